"""Frozen records: dataclasses whose methods are shared, or compiled when they are first used.

``dataclass(frozen=True)`` compiles six methods for each class when it is imported. A start imports a hundred
records, makes some of them and compares hardly any: the compiling took longer than scoring a workbook.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

R = TypeVar("R")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[R]) -> type[R]:
    """Make a class a frozen record, as ``dataclass(frozen=True)`` does: ``replace``, ``fields``, ``asdict`` know it.

    Two records are equal when they are of one class and equal in all fields that are compared. A record may be
    pickled, and may remember what it worked out (``cached_property``): then it has no slots. Whatever method it has
    of its own stays.
    """
    remembers = any(isinstance(each, cached_property) for each in vars(kind).values())
    made = dataclass(init=False, repr=False, eq=False, slots=not remembers)(kind)
    for name, method in _METHODS.items():
        if name not in vars(kind):
            setattr(made, name, method)
    return made


def _init(self: Any, *values: Any, **named: Any) -> None:
    """Make way for the ``__init__`` that fits the fields: the first record of a kind comes here, once."""
    kind = type(self)
    kind.__init__ = _compiled(kind)
    kind.__init__(self, *values, **named)


def _compiled(kind: type[Any]) -> Callable[..., None]:
    """Write the ``__init__`` of a kind as dataclasses do: a loop over its fields would cost each record more."""
    names: dict[str, Any] = {"set_": object.__setattr__, "missing_": MISSING}
    first, keyed, body = ["self"], ["*"], []
    for each in fields(kind):
        names[f"default_{each.name}"] = each.default
        names[f"make_{each.name}"] = each.default_factory
        (keyed if each.kw_only else first).append(each.name + _default(each))
        body.append(f"  set_(self, {each.name!r}, {_value(each)})")
    asked = ", ".join(first + (keyed if len(keyed) > 1 else []))
    exec("\n".join([f"def __init__({asked}):", *(body or ["  pass"])]), names)  # noqa: S102 the names of our own fields
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _default(each: Field[Any]) -> str:
    if each.default_factory is not MISSING:
        return "=missing_"
    return "" if each.default is MISSING else f"=default_{each.name}"


def _value(each: Field[Any]) -> str:
    if each.default_factory is MISSING:
        return each.name
    return f"make_{each.name}() if {each.name} is missing_ else {each.name}"


class _Compared(dict[type[Any], Callable[[Any], Any]]):
    """Of each kind what gives the values that are compared."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        names = [each.name for each in fields(kind) if each.compare]
        self[kind] = attrgetter(*names) if names else lambda _record: ()
        return self[kind]


_COMPARED = _Compared()


def _eq(self: Any, other: object) -> object:
    if type(other) is not type(self):
        return NotImplemented
    compared = _COMPARED[type(self)]
    return compared(self) == compared(other)


def _hash(self: Any) -> int:
    return hash(_COMPARED[type(self)](self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _refuse(_record: object, name: str, *_value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r}")


_METHODS: dict[str, Callable[..., Any]] = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
