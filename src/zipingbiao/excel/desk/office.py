"""Which Excel is on a computer, read from its registry and from the head of its program."""

from __future__ import annotations

import struct
from pathlib import Path, PureWindowsPath

from zipingbiao.excel.desk.computer import Computer

EXCEL = "excel.exe"
_APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_EXCEL_CLASS = "{00024500-0000-0000-C000-000000000046}"
_VERSIONS = ("16.0", "15.0", "14.0")
_MACHINES = {0x014C: 32, 0x8664: 64}
_DOS_HEAD, _POINTER_AT, _SIGNATURE = 64, 0x3C, b"PE\0\0"


def excel_program(computer: Computer) -> Path | None:
    """Return where Excel is installed; None when it is not, or its program is gone."""
    named = [computer.registry(f"{hive}\\{_APP_PATHS}").get("") for hive in ("HKCU", "HKLM")]
    for command in (*named, _server(computer, _EXCEL_CLASS)):
        program = _program(command)
        if program is not None and is_excel(program) and _is_there(program):
            return program
    return None


def registered_program(computer: Computer) -> Path | None:
    """Return the program that answers to ``Excel.Application``, Excel's or another; None if none does."""
    identifier = computer.registry(r"HKCR\Excel.Application\CLSID").get("")
    if not isinstance(identifier, str):
        current = computer.registry(r"HKCR\Excel.Application\CurVer").get("")
        identifier = computer.registry(f"HKCR\\{current!s}\\CLSID").get("") if current else None
    return _program(_server(computer, identifier)) if isinstance(identifier, str) else None


def is_excel(program: Path) -> bool:
    """Tell whether a program is Microsoft's Excel by its file name."""
    return _name(program) == EXCEL


def is_from_store(program: Path) -> bool:
    """Tell whether a program came from Microsoft's store: it then lives in a sandbox of its own."""
    return "windowsapps" in (part.lower() for part in PureWindowsPath(str(program)).parts)


def versions(computer: Computer) -> tuple[str, ...]:
    """Return the versions under which settings are to be looked for: the installed one, or all."""
    current = computer.registry(r"HKCR\Excel.Application\CurVer").get("")
    number = str(current).rpartition(".")[2]
    return (f"{number}.0",) if f"{number}.0" in _VERSIONS else _VERSIONS


def bits(program: Path) -> int | None:
    """Return 32 or 64 from the head of a program; None for another processor or no program."""
    try:
        with program.open("rb") as file:
            head = file.read(_DOS_HEAD)
            file.seek(struct.unpack_from("<I", head, _POINTER_AT)[0])
            signature, machine = struct.unpack("<4sH", file.read(6))
    except (OSError, struct.error):
        return None
    return _MACHINES.get(machine) if signature == _SIGNATURE else None


def _server(computer: Computer, identifier: str) -> object:
    return computer.registry(f"HKCR\\CLSID\\{identifier}\\LocalServer32").get("")


def _program(command: object) -> Path | None:
    """The program of a command line: quoted or not, with arguments or without."""
    if not isinstance(command, str) or not command.strip():
        return None
    text = command.strip()
    if text.startswith('"'):
        return Path(text[1:].partition('"')[0])
    end = text.lower().find(".exe")
    return Path(text if end < 0 else text[: end + len(".exe")])


def _is_there(program: Path) -> bool:
    try:
        return program.is_file()
    except PermissionError:  # the store's folder may not be looked into
        return True


def _name(program: Path) -> str:
    return PureWindowsPath(str(program)).name.lower()
