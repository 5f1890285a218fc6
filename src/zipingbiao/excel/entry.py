"""Where Excel enters: one call per button, every outcome one Chinese message, no traceback in a cell.

VBA shows and asks, because only Excel's own boxes stand in front of Excel: :func:`press` gives it one
text that says what to show or to ask. To a question it comes back with the answer, and the macro is
begun anew with all answers so far; macros ask before they change anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from zipingbiao.errors import ZipingbiaoError, as_run_here
from zipingbiao.excel import macros, registry
from zipingbiao.excel.at_exit import forget_caller, leave_excel_running
from zipingbiao.excel.live import journal, patience
from zipingbiao.excel.talk import Report, Talk
from zipingbiao.scoring import profile as profiles
from zipingbiao.values.frozen import frozen

_MOST_LINES, _MOST_SIGNS = 12, 800  # what a box of VBA shows
_WORD = "Word 文档 (*.docx),*.docx,旧版 Word 文档 (*.doc;*.wps),*.doc;*.wps"
_KINDS = {".docx": "Word 文档 (*.docx),*.docx", ".xlsx": "Excel 工作簿 (*.xlsx),*.xlsx"}
_RULES = "评分规则文件 (*.yaml;*.yml),*.yaml;*.yml"


class Tone(StrEnum):
    """Whether a message says what was done, or why it was not: for the user to mend, or a fault of ours."""

    DONE = "done"
    WRONG = "wrong"
    FAULT = "fault"


class Kind(StrEnum):
    """What VBA does with an answer; the last four are questions."""

    DONE = "done"
    WRONG = "wrong"
    STATUS = "status"
    WAIT = "wait"
    RULES = "rules"
    YES_NO = "yes_no"
    FOLDER = "folder"
    FILE = "a_file"
    NEW_FILE = "new_file"


@frozen
class Answer:
    """What VBA is told.

    Attributes:
        text: to be shown, or the question.
        undo: the words of Ctrl+Z, where the press can be taken back.
        more: for a question where to begin and which files, as ``begin|filter``; else the 评分规则 to keep.
    """

    kind: Kind
    text: str
    undo: str = ""
    more: str = ""

    @property
    def sent(self) -> str:
        """The answer as one text: three lines, then the text."""
        return "\n".join((self.kind, self.undo, self.more, self.text))


class Asked(Exception):  # noqa: N818 no error: it carries a question
    """A macro needs an answer that nobody has given yet."""

    def __init__(self, question: Answer) -> None:
        super().__init__(question.text)
        self.question = question


# Of pywin32 and of xlwings on Windows; elsewhere neither class exists, so they are known by name.
_SILENT = frozenset({"com_error", "ExcelBusyError"})

Show = Callable[[str, Tone], None]
"""(text, tone)."""


def press(identifier: str, given: str) -> str:
    """Do what a button says and return what VBA is to show or to ask; see :attr:`Answer.sent`.

    Args:
        identifier: of a macro, :data:`registry.WATCH` or :data:`registry.CHOOSE_RULES`.
        given: a line per thing that is known: a question, a tab, its answer (``1`` is yes, "" is no or
            cancelled); ``rules`` and ``choice`` are the 评分规则 that hold, and those just chosen.
    """
    known = dict(line.split("\t", 1) for line in given.splitlines() if "\t" in line)
    try:
        if identifier == registry.CHOOSE_RULES:
            return _chosen_rules(known).sent
        return _pressed(identifier, known).sent
    except Asked as asked:
        return asked.question.sent


def run(identifier: str, book: Any, talk: Talk, show: Show) -> Report | None:
    """Run a macro on a workbook; tell only why it could not do its work.

    Args:
        identifier: as in :data:`zipingbiao.excel.registry.MACROS`, or the name of another macro.
        book: an ``xlwings.Book``; None is the workbook that called.
        talk: how to ask.
        show: how to tell.

    Returns:
        The report; None when the macro could not do its work, which was shown.

    Raises:
        Asked: *talk* has no answer yet.
    """
    try:
        with patience.limited():
            report: Report = getattr(macros, identifier)(book if book is not None else _caller(), talk)
    except Asked:
        raise
    except ZipingbiaoError as known:
        journal.note(identifier, failure=type(known).__name__)
        show(as_run_here(str(known)), Tone.WRONG)
        return None
    except Exception as fault:
        journal.note(identifier, failure=type(fault).__name__, where=journal.frames(fault))
        busy = type(fault).__name__ in _SILENT
        if not busy:
            logging.getLogger("zipingbiao").exception("macro %s failed", identifier)
        show(_fault(fault), Tone.WRONG if busy else Tone.FAULT)
        return None
    _log(identifier, report)
    return report


def _pressed(identifier: str, known: Mapping[str, str]) -> Answer:
    told: list[str] = []
    macro = "merged_folder" if identifier == registry.WATCH else identifier
    report = run(macro, None, _talk(known), lambda text, _tone: told.append(text))
    if report is None:
        return Answer(Kind.WRONG, told[-1] + _without_rules(known.get("rules")))
    if report.goes_on:
        return Answer(Kind.WAIT, report.title)
    if report.in_passing:
        return Answer(Kind.STATUS, report.title)
    undo = registry.macro("undo").title if report.undoable else ""
    return Answer(Kind.DONE, boxed(report), undo)


def _without_rules(rules: str | None) -> str:
    """What to do where the chosen 评分规则 are no longer to be had; "" where they are."""
    if not rules:
        return ""
    try:
        profiles.load(rules)
    except ZipingbiaoError:
        return "或在功能区“评分规则”里改选“自动”。"
    return ""


def _chosen_rules(known: Mapping[str, str]) -> Answer:
    """The 评分规则 that hold from now on; a file with mistakes is told, and the former ones stay."""
    choice = known.get("choice", "")
    if choice == registry.OF_THE_TABLE:
        return Answer(Kind.RULES, "", more="")
    if choice == registry.OWN_FILE:
        choice = _known(known, Kind.FILE, "选择本县的评分规则文件", f"|{_RULES}")
        if not choice:
            return Answer(Kind.STATUS, "没有选择文件，评分规则不变。")
    try:
        profiles.load(choice)
    except ZipingbiaoError as wrong:
        return Answer(Kind.WRONG, str(wrong))
    return Answer(Kind.RULES, "", more=choice)


def _talk(known: Mapping[str, str]) -> Talk:
    """How a macro asks through VBA."""

    def path(kind: Kind, title: str, more: str = "") -> Path | None:
        chosen = _known(known, kind, title, more)
        return Path(chosen) if chosen else None

    return Talk(
        ask=lambda question: _known(known, Kind.YES_NO, question) == "1",
        folder=lambda: path(Kind.FOLDER, "选择存放自评表的文件夹"),
        document=lambda: path(Kind.FILE, "选择 Word 自评报告", f"|{_WORD}"),
        new_file=lambda begin: path(Kind.NEW_FILE, "另存为", f"{begin}|{_KINDS[begin.suffix]}"),
        say=_on_status_bar,
        profile=known.get("rules") or None,
    )


def _known(known: Mapping[str, str], kind: Kind, question: str, more: str = "") -> str:
    if question not in known:
        raise Asked(Answer(kind, question, more=more))
    return known[question]


def _on_status_bar(book: Any, text: str) -> None:
    with suppress(Exception):  # no work stops for want of it
        book.app.status_bar = f"绩效自评：{text}"


def boxed(report: Report) -> str:
    """Return what a box shows of a report; lines that stand on a sheet are not repeated there."""
    lines = [] if report.shown else list(report.lines[:_MOST_LINES])
    text = "\n".join(filter(None, (report.title, *lines)))
    while len(text) > _MOST_SIGNS and len(lines) > 1:
        lines.pop()
        text = "\n".join(filter(None, (report.title, *lines)))
    if len(text) > _MOST_SIGNS:
        text = f"{text[:_MOST_SIGNS]}……"
    if not report.shown and len(lines) < len(report.lines):
        text += f"\n……另有 {len(report.lines) - len(lines)} 条，处理以后再按一次查看。"
    return text


def _log(identifier: str, report: Report) -> None:
    result = report.result
    if result is None:
        if not report.goes_on and not report.in_passing:
            journal.note(identifier)
        return
    of_tables = (f"{one.profile.name} {one.profile.hash}" for one in result.evaluations)
    journal.note(
        identifier,
        digest=result.digest,
        profiles=of_tables,
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


def _fault(fault: Exception) -> str:
    if type(fault).__name__ in _SILENT:
        return "Excel 没有应答，可能正在编辑单元格或开着对话框：请按回车或 Esc 结束后再按一次，没有改动。"
    return f"程序自身出错（{type(fault).__name__}：{fault}），工作簿没有保存，请把这句话发给维护者。"
