"""How an add-in starts Python: straight from its program file, through the library of xlwings.

The module ``ZpbServer`` loads that library by its full path; which one, and what it starts, stands in the
add-in of each computer. An add-in without it says that it has to be installed.
"""

from __future__ import annotations

from collections.abc import Mapping

from zipingbiao.book.marks import VERSION
from zipingbiao.excel.addin import sources
from zipingbiao.values.frozen import frozen

MODULE = "ZpbServer"
SHEET = "zp_start"
LONGEST = 2047
"""Bytes, in the ANSI code page, of all that the library starts with."""
MACRO = "$("
"""What the library would fill in; it knows ``$(CLSID)`` and fails at any other."""

_FLAGS = "-B -E -P -c"  # nothing beside the workbook, and nothing that a variable names, is imported
_SERVE = f"from zipingbiao.excel.desk.server import serve; serve('{MACRO}CLSID)')"


@frozen
class Start:
    """The Python of one computer.

    Attributes:
        interpreter: the program file.
        folder: where the libraries lie.
        libraries: their file names by 32 and 64, the bits of Excel.
    """

    interpreter: str
    folder: str
    libraries: Mapping[int, str]

    @property
    def command(self) -> str:
        """What is started, as Windows takes it apart: only the program file may hold blanks and signs."""
        return f'"{self.interpreter}" {_FLAGS} "{_SERVE}"'


def rows(start: Start | None) -> list[tuple[str, str]]:
    """Return what ``ZpbServer`` reads from the add-in's sheet, in its order."""
    folder, command = (start.folder, start.command) if start is not None else ("", "")
    return [("folder", folder), ("start", command), ("version", VERSION)]


def module(start: Start | None) -> str:
    """Return the source of ``ZpbServer`` with the file names of this computer's libraries."""
    source = sources.module(MODULE)
    for bits, name in (start.libraries if start is not None else {}).items():
        source = source.replace(f'"xlwings{bits}.dll"', f'"{name}"')
    return source
