"""The entries of Explorer's context menu: for this user only, in the part of the registry that is theirs.

A workbook gets 评分 and 校验, a folder 汇总. Each starts Python directly, without anything that lies beside the file,
in a window that stays until it has been read (:mod:`zipingbiao.cli.pressed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zipingbiao.excel.desk.computer import PACKAGE, Computer
from zipingbiao.values.frozen import frozen

_CLASSES = r"HKCU\Software\Classes"
_OF_A_FILE = "SystemFileAssociations"


@frozen
class Entry:
    """One entry: what stands in the menu, what it is offered for, which command of ours it is."""

    title: str
    places: tuple[str, ...]
    command: str


def _files(*suffixes: str) -> tuple[str, ...]:
    return tuple(rf"{_OF_A_FILE}\{suffix}" for suffix in suffixes)


ENTRIES = (
    Entry("自评表评分", _files(".xlsx", ".xlsm"), "score"),
    Entry("自评表校验", _files(".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"), "check"),
    Entry("自评表汇总", ("Directory",), "merge"),
)


def keys(computer: Computer) -> Iterator[tuple[str, str, str]]:
    """Give key, title and command of every entry; the key is wholly ours."""
    for entry in ENTRIES:
        command = f'"{_python(computer)}" -B -E -P -m {PACKAGE}.cli.pressed {entry.command} "%1"'
        for place in entry.places:
            yield rf"{_CLASSES}\{place}\shell\{PACKAGE}.{entry.command}", entry.title, command


def is_there(computer: Computer) -> bool:
    """Tell whether any of our entries is in the menu."""
    return any(computer.registry(key) for key, _, _ in keys(computer))


def add(computer: Computer) -> None:
    """Put the entries in, or renew them for this Python."""
    for key, title, command in keys(computer):
        computer.set_key(key, title)
        computer.set_key(rf"{key}\command", command)


def remove(computer: Computer) -> list[str]:
    """Take the entries out; return the keys that were there."""
    there = [key for key, _, _ in keys(computer) if computer.registry(key)]
    for key in there:
        computer.set_key(key, None)
    return there


def _python(computer: Computer) -> Path:
    """The Python with a window: its answer is to be read."""
    shown = computer.interpreter.with_name("python.exe")
    return shown if shown.exists() else computer.interpreter
