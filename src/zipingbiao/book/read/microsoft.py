"""The one place that asks an installed Word or Excel for a PDF: they print with the fonts that people see.

On Windows only, with the library that the add-in brings. They run unseen and apart from what a person has
open, run no macro and follow no link, and what hangs is left after a time limit.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from zipingbiao.errors import UnreadableError

SECONDS = 120
_LATE = "Word 或 Excel {seconds} 秒内没有生成 PDF，请关闭它们弹出的窗口后再打包，或自己另存为 PDF。"
_NO_ALERTS, _NO_MACROS, _NO_LINKS = 0, 3, 0
_WORD_PDF, _EXCEL_PDF = 17, 0
_DOCUMENTS = frozenset({".docx", ".docm", ".doc"})

Start = Callable[[str], Any]
"""Starts a program of its own by its name, ``Word.Application``, and returns what it can be asked."""

# As the processes of a batch are started: nothing that lies beside the documents is run.
_CHILD = (
    "import sys; sys.path = sys.argv[2:]; from zipingbiao.book.read.microsoft import main; main(sys.argv[1])"
)


def printed(files: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """Return files as PDF, as :func:`zipingbiao.book.read.office.printed`; None without Word and Excel.

    Raises:
        UnreadableError: it took too long.
    """
    if sys.platform != "win32":
        return None
    with tempfile.TemporaryDirectory(prefix="zpb-", ignore_cleanup_errors=True) as private:
        for name, data in files.items():
            Path(private, name).write_bytes(data)
        try:
            subprocess.run(  # noqa: S603 - ourselves
                [sys.executable, "-E", "-P", "-c", _CHILD, private, *filter(os.path.isabs, sys.path)],
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(_LATE.format(seconds=SECONDS)) from error
        made = {name: pdf.read_bytes() for name in files if (pdf := _pdf(Path(private, name))).is_file()}
        return made or None


def main(folder: str) -> None:
    """Print every file of a folder beside itself: the other end of :func:`printed`.

    Raises:
        ImportError: the library is not installed.
    """
    from win32com.client import DispatchEx

    print_all(sorted(Path(folder).iterdir()), DispatchEx)


def print_all(files: Sequence[Path], start: Start) -> None:
    """Print files beside themselves, documents through Word and workbooks through Excel, where each is there."""
    documents = [file for file in files if file.suffix.lower() in _DOCUMENTS]
    workbooks = [file for file in files if file not in documents]
    for through, some in ((_through_word, documents), (_through_excel, workbooks)):
        with contextlib.suppress(Exception):  # not installed, or it cannot open one: what has no PDF is told
            if some:
                through(some, start)


def _through_word(documents: Sequence[Path], start: Start) -> None:
    word = start("Word.Application")
    try:
        word.Visible, word.DisplayAlerts, word.AutomationSecurity = False, _NO_ALERTS, _NO_MACROS
        for file in documents:
            document = word.Documents.Open(str(file), ConfirmConversions=False, ReadOnly=True)
            document.ExportAsFixedFormat(str(_pdf(file)), _WORD_PDF)
            document.Close(SaveChanges=False)
    finally:
        word.Quit(SaveChanges=False)


def _through_excel(workbooks: Sequence[Path], start: Start) -> None:
    excel = start("Excel.Application")
    try:
        excel.Visible, excel.DisplayAlerts, excel.AutomationSecurity = False, False, _NO_MACROS
        for file in workbooks:
            book = excel.Workbooks.Open(str(file), UpdateLinks=_NO_LINKS, ReadOnly=True)
            book.ExportAsFixedFormat(_EXCEL_PDF, str(_pdf(file)))
            book.Close(SaveChanges=False)
    finally:
        excel.Quit()


def _pdf(file: Path) -> Path:
    return file.with_name(f"{file.stem}.pdf")
