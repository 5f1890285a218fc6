"""Defined names of xlwings' object model over a workbook in memory."""

from __future__ import annotations

from xlwings import base_classes

from support.headless.model import Workbook


class Names(base_classes.Names):
    def __init__(self, model: Workbook) -> None:
        self._model = model

    def __call__(self, name_or_index: str | int) -> Name:
        names = list(self._model.names)
        if isinstance(name_or_index, int):
            return Name(self._model, names[name_or_index - 1])
        return Name(self._model, next(name for name in names if name.lower() == name_or_index.lower()))

    def contains(self, name_or_index: str) -> bool:
        return name_or_index.lower() in (name.lower() for name in self._model.names)

    def __len__(self) -> int:
        return len(self._model.names)

    def add(self, name: str, refers_to: str) -> Name:
        self._model.require_answer()
        self._model.names[name] = refers_to
        return Name(self._model, name)


class Name(base_classes.Name):
    def __init__(self, model: Workbook, name: str) -> None:
        self._model, self._name = model, name

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        raise NotImplementedError

    @property
    def refers_to(self) -> str:
        return self._model.names[self._name]

    @refers_to.setter
    def refers_to(self, text: str) -> None:
        self._model.names[self._name] = text

    def delete(self) -> None:
        self._model.require_answer()
        del self._model.names[self._name]
