"""The record of an installation: what was installed, with which Python, to tell later what has changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from zipingbiao.excel.desk.computer import Computer
from zipingbiao.values.frozen import frozen

_FILE = "installed.json"


@frozen
class Installed:
    """One installed add-in.

    Attributes:
        addin: the file that Excel opens.
        version: of zipingbiao.
        xlwings: its version; the name of its DLL carries it.
        interpreter: the Python written into the add-in.
        digest: SHA-256 of the file as installed; Excel may save it again.
        libraries: the file names of the libraries that it loads, in our own folder.
    """

    addin: str
    version: str
    xlwings: str
    interpreter: str
    digest: str
    libraries: tuple[str, ...] = ()


def record_file(computer: Computer) -> Path:
    """Return where the record lies, present or not."""
    return computer.data_folder / _FILE


def read(computer: Computer) -> Installed | None:
    """Return the record; None when there is none, or none that this version understands."""
    try:
        known = json.loads(record_file(computer).read_text("utf-8"))
        return Installed(**{**known, "libraries": tuple(known.get("libraries", ()))})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def write(computer: Computer, installed: Installed) -> None:
    """Keep the record."""
    computer.data_folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(installed), ensure_ascii=False, indent=1)
    record_file(computer).write_text(text, "utf-8")
