"""Where VBA enters: one call per button, every outcome one Chinese message, no traceback in a cell.

``RunPython("import zipingbiao.excel.entry as e; e.run('score')")`` is all that VBA knows.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from zipingbiao.errors import ZipingbiaoError, as_run_here
from zipingbiao.excel import macros, registry
from zipingbiao.excel.at_exit import forget_caller, leave_excel_running
from zipingbiao.excel.live import journal
from zipingbiao.excel.macros import Report, Talk

_MOST_LINES = 12
_YES = 6
_KINDS = {".docx": "Word 文档", ".xlsx": "Excel 工作簿"}
_YES_NO_QUESTION, _OK_INFORMATION, _OK_WARNING = 0x24, 0x40, 0x30
# MB_SETFOREGROUND and MB_TOPMOST: Excel waits meanwhile, and a box behind its window looks like a crash.
_IN_FRONT = 0x10000 | 0x40000


class Tone(StrEnum):
    """Whether a message says what was done, or why it was not: for the user to mend, or a fault of ours."""

    DONE = "done"
    WRONG = "wrong"
    FAULT = "fault"


# Of pywin32 and of xlwings on Windows; elsewhere neither class exists, so they are known by name.
_SILENT = frozenset({"com_error", "ExcelBusyError"})

Show = Callable[[str, str, Tone], None]
"""(title, text, tone)."""


def run(
    identifier: str, book: Any = None, talk: Talk | None = None, show: Show | None = None
) -> Report | None:
    """Run a macro of the registry on the calling workbook and show what it did.

    Args:
        identifier: as in :data:`zipingbiao.excel.registry.MACROS`.
        book: an ``xlwings.Book``; None is the workbook that called.
        talk: how to ask; None is message boxes in front of Excel.
        show: how to tell; None is a message box.

    Returns:
        The report; None when the macro could not do its work, which was shown.
    """
    told = show or _message_box
    title = registry.macro(identifier).title
    try:
        workbook = book if book is not None else _caller()
        report: Report = getattr(macros, identifier)(workbook, talk or _in_front_of_excel())
    except ZipingbiaoError as known:
        journal.note(identifier, failure=type(known).__name__)
        told(title, as_run_here(str(known)), Tone.WRONG)
        return None
    except Exception as fault:
        journal.note(identifier, failure=type(fault).__name__, where=journal.frames(fault))
        busy = type(fault).__name__ in _SILENT
        if not busy:
            logging.getLogger("zipingbiao").exception("macro %s failed", identifier)
        told(title, _fault(fault), Tone.WRONG if busy else Tone.FAULT)
        return None
    _log(identifier, report)
    told(title, _text(report), Tone.DONE)
    if book is None and report.undoable:
        _offer_undo(workbook)
    return report


def _offer_undo(workbook: Any) -> None:
    """Let Ctrl+Z take the press back: after a macro Excel undoes nothing else.

    The one call beside xlwings' object model; a program that does not know it goes without.
    """
    from zipingbiao.excel.addin import vba
    from zipingbiao.excel.addin.build import ADDIN

    undo = registry.macro("undo")
    with contextlib.suppress(Exception):
        workbook.app.api.OnUndo(undo.title, f"{ADDIN}!{vba.entry(undo)}")


def _log(identifier: str, report: Report) -> None:
    result = report.result
    if result is None:
        journal.note(identifier)
        return
    profiles = (f"{one.profile.name} {one.profile.hash}" for one in result.evaluations)
    journal.note(
        identifier,
        digest=result.digest,
        profiles=profiles,
        codes=(finding.code for finding in result.findings),
    )


def _caller() -> Any:
    """Return the calling workbook.

    Raises:
        ZipingbiaoError: no workbook is open, or Excel does not answer.
    """
    import xlwings

    leave_excel_running()
    try:
        return xlwings.Book.caller()
    except Exception as error:
        raise ZipingbiaoError(
            "没有可以处理的工作簿，请先打开自评表；在“受保护的视图”里的，先点“启用编辑”，再按按钮。"
        ) from error
    finally:
        forget_caller()


def _text(report: Report) -> str:
    lines = report.lines[:_MOST_LINES]
    more = len(report.lines) - len(lines)
    rest = (f"……另有 {more} 条，见校验结果表。",) if more > 0 else ()
    return "\n".join((report.title, *lines, *rest))


def _fault(fault: Exception) -> str:
    if type(fault).__name__ in _SILENT:
        return "Excel 没有应答，可能正在编辑单元格或开着对话框：请按回车或 Esc 结束后再按一次，没有改动。"
    return f"程序自身出错（{type(fault).__name__}：{fault}），工作簿没有保存，请把这句话发给维护者。"


def _message_box(title: str, text: str, tone: Tone) -> None:
    if sys.platform != "win32":
        print(f"{title}：{text}", file=sys.stdout if tone is Tone.DONE else sys.stderr)
        return
    import ctypes

    look = _OK_INFORMATION if tone is Tone.DONE else _OK_WARNING
    ctypes.windll.user32.MessageBoxW(0, text, title, look | _IN_FRONT)


def _ask(question: str) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    answer = ctypes.windll.user32.MessageBoxW(0, question, "绩效自评", _YES_NO_QUESTION | _IN_FRONT)
    return bool(answer == _YES)


def _in_front_of_excel() -> Talk:
    return Talk(ask=_ask, folder=_choose_folder, document=_choose_document, new_file=_name_file)


def _choose_folder() -> Path | None:
    from tkinter import filedialog

    return _chosen(lambda: filedialog.askdirectory(title="选择存放自评表的文件夹"))


def _choose_document() -> Path | None:
    from tkinter import filedialog

    kinds = [("Word 文档", "*.docx"), ("旧版 Word 文档", "*.doc *.wps")]
    return _chosen(lambda: filedialog.askopenfilename(title="选择 Word 自评报告", filetypes=kinds))


def _name_file(suggested: Path) -> Path | None:
    from tkinter import filedialog

    kind = _KINDS[suggested.suffix], f"*{suggested.suffix}"
    return _chosen(
        lambda: filedialog.asksaveasfilename(
            title="另存为",
            initialdir=str(suggested.parent),
            initialfile=suggested.name,
            defaultextension=suggested.suffix,
            filetypes=[kind],
            confirmoverwrite=False,  # what is there is never written over
        )
    )


def _chosen(dialog: Callable[[], str]) -> Path | None:
    """Show a dialog in front of Excel."""
    import tkinter

    window = tkinter.Tk()
    window.withdraw()
    window.attributes("-topmost", True)  # noqa: FBT003 tkinter's own shape
    chosen = dialog()
    window.destroy()
    return Path(chosen) if chosen else None
