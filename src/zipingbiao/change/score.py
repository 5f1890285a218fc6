"""评分 of one workbook in memory: bytes in, bytes out, and the record of what was changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from zipingbiao.book import marks
from zipingbiao.book.changes import Plan
from zipingbiao.book.given import IN_MEMORY
from zipingbiao.change import log
from zipingbiao.change.press import Ask, Press, carried_out
from zipingbiao.change.workbook import foresee, may_import, why_unwritten
from zipingbiao.result.evaluate import Evaluator
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.table.find.candidates import open_bytes

_IMPORTED = "原文件的格式不能写入：已导入样表，在新的工作簿里评分，单元格位置是新工作簿的；原文件没有改动。"


def score_bytes(
    data: bytes,
    name: str = IN_MEMORY,
    *,
    recompute: bool = False,
    dry_run: bool = False,
    profile: str | None = None,
    when: dt.datetime | None = None,
    ask: Ask | None = None,
    imports: bool = False,
) -> tuple[bytes, Press]:
    """Return the scored workbook and what was changed in it; the very same bytes where nothing was.

    A workbook without a table, and a summary of ours, come back with a result that says why. With *imports* the table of
    a file that cannot be written, an .xls or a Word report, comes back scored in a new workbook of our template.

    Raises:
        UnreadableError: the bytes are no workbook that can be read.
        UsageError: there is no profile of this name.
    """
    book = open_bytes(data, name)
    if marks.OUTPUT in book.names:  # it lists what is scored elsewhere
        skipped = FileResult(name, Status.SKIPPED, marks.OUR_OUTPUT, digest=book.digest)
        return data, Press(log.SCORE, name, skipped)
    evaluator = Evaluator(profile)
    result = evaluator.evaluate(book)
    if result.status is not Status.ACCEPTED:
        return data, Press(log.SCORE, name, result)
    notes: tuple[str, ...] = ()
    imported = imports and may_import(book)
    if imported:
        from zipingbiao.template.new.imports import import_bytes

        data, notes = import_bytes(data, name)
        book = open_bytes(data, name)
        result = evaluator.evaluate(book)
    if (why := why_unwritten(book)) is not None:
        return data, Press(log.SCORE, name, result, Plan((), book.digest), refused=why)
    plan, shown = foresee(book, result, evaluator, when, recompute=recompute)
    press = Press(log.SCORE, name, result, plan, plan.changes)
    data, press = carried_out(data, book, press, shown, evaluator, dry_run=dry_run, ask=ask)
    return (data, _imported(press, notes)) if imported else (data, press)


def _imported(press: Press, notes: Iterable[str]) -> Press:
    told = replace(press.result, notes=(_IMPORTED, *notes, *press.result.notes))
    return replace(press, result=told, imported=True)
