"""评分 of a whole workbook as one plan: cells, and in our template its own sheets, code, marks and log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from zipingbiao.book import marks
from zipingbiao.book.after import after
from zipingbiao.book.cells import Book, Cell, Grid, Ref
from zipingbiao.book.changes import Change, Plan, RowChange
from zipingbiao.change import formulas, log
from zipingbiao.change.own_sheets import (
    as_it_stands,
    findings_changes,
    line_heights,
    sheets_before,
    summary_changes,
    texts_changes,
)
from zipingbiao.change.plan import plan_score
from zipingbiao.result.code import check_code, code_cell, labelled_cell
from zipingbiao.result.evaluate import Evaluator
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.sheets import HEADINGS, own_sheet
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.records import Role

_IMPORT = "zpb score {} -o {}，导入样表并评分"
_OTHER_KIND = "请用 Excel 或 WPS 另存为 .xlsx 再试{}：这种格式只能读取和校验，不能写入，没有改动。"
_DOCUMENT = "请运行 {}：Word 文档只能读取和校验，不能写入，没有改动。"
_NEWER = "请先更新本程序再试：这个工作簿是用更新的版本生成的，现在的版本只能读取和校验，没有改动。"

_INPUTS = (Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL)


class Foreseen(NamedTuple):
    """A plan, and what the workbook says once it is carried out; None where that has not been asked yet."""

    plan: Plan
    result: FileResult | None = None


def why_unwritten(book: Book) -> str | None:
    """Return why nothing may be written into a file, and what to do, as one sentence; None where we may."""
    if ours.is_newer(book.names):
        return _NEWER
    if book.writable:
        return None
    if not may_import(book):  # our own workbook, saved as another kind: it needs no import
        return _OTHER_KIND.format("")
    path = PurePath(book.path)
    command = _IMPORT.format(*map(_argument, (path, path.with_name(f"{path.stem}（已评分）.xlsx"))))
    return _DOCUMENT.format(command) if book.blocks else _OTHER_KIND.format(f"，或运行 {command}")


def may_import(book: Book) -> bool:
    """Whether a file that cannot be written may be imported into our template and scored there."""
    return not book.writable and ours.of(book.names) is None


def _argument(path: PurePath) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def plan_workbook(
    book: Book,
    result: FileResult,
    when: dt.datetime | None = None,
    *,
    recompute: bool = False,
    profile: str | None = None,
) -> Plan:
    """Return the plan of one press of 评分: each cell with what it holds, what it is to hold, and why.

    Pressing again right after it gives an empty plan, which logs nothing. In a workbook without
    sheets of ours it is :func:`zipingbiao.change.plan.plan_score` alone, in our template with the
    formulas of inserted lines.

    Args:
        book: as read.
        result: of exactly this book.
        when: what 变更记录 says, local time; None is now.
        recompute: 以计算值为准: typed scores that differ from the rule's give way.
        profile: as given to :func:`zipingbiao.result.evaluate.evaluate`.
    """
    return foresee(book, result, Evaluator(profile), when, recompute=recompute).plan


def foresee(
    book: Book,
    result: FileResult,
    evaluator: Evaluator,
    when: dt.datetime | None = None,
    *,
    recompute: bool = False,
) -> Foreseen:
    """Return the plan of :func:`plan_workbook`, with the result that it needed on the way.

    *evaluator* is best the one that gave *result*: it knows the sheets that stay as they are.
    """
    scored = _scored(book, result, evaluator, recompute=recompute)
    if not any(own_sheet(book, sheet) for sheet in HEADINGS):
        return Foreseen(scored)
    beside = list(_single_cells(book, result.evaluations))
    lines = texts_changes(
        book, result
    )  # not logged: what was typed beside them must not lose its line by undo
    then = _then(book, (*scored.changes, *beside, *lines), scored)
    shown = result if then == book else evaluator.evaluate(then)
    beside += _codes(book, shown.evaluations)
    profiles = profiles_of(result.evaluations)
    entries = log.logged(book, (*scored.changes, *beside), log.SCORE, when or log.now(), profiles)
    sheets = [*findings_changes(book, shown), *summary_changes(book, shown), *lines]
    ordered = sorted([*scored.changes, *beside, *sheets, *entries], key=lambda change: change.ref)
    rows = (*_rows(then, shown.evaluations), *line_heights(book, ordered))
    footers = tuple(_footers(beside, shown.evaluations, then))
    return Foreseen(replace(scored, changes=tuple(ordered), rows=rows, footers=footers), shown)


def _scored(book: Book, result: FileResult, evaluator: Evaluator, *, recompute: bool) -> Plan:
    """Return the plan of scoring; lines that were inserted get their formulas first."""
    mended = formulas.for_inserted(book, result.evaluations)
    if not mended:
        return plan_score(book, result.evaluations, recompute=recompute)
    then = after(book, mended)
    scored = plan_score(then, evaluator.evaluate(then).evaluations, recompute=recompute)
    changes = {change.ref: change for change in mended}
    for change in scored.changes:
        mend = changes.get(change.ref)
        changes[change.ref] = change if mend is None else replace(mend, new=change.new)
    return replace(scored, changes=tuple(sorted(changes.values(), key=lambda change: change.ref)))


def plan_findings(book: Book, result: FileResult) -> Plan:
    """Return the plan of 校验: the findings onto 校验结果, nothing else; without that sheet it is empty."""
    return _sorted(book, findings_changes(book, result))


def plan_summary(book: Book, result: FileResult) -> Plan:
    """Return the plan of 汇总本簿: a line per table onto 汇总表; without that sheet it is empty."""
    return _sorted(book, summary_changes(book, result))


def _sorted(book: Book, changes: Iterable[Change]) -> Plan:
    return Plan(tuple(sorted(changes, key=lambda change: change.ref)), book.digest)


def profiles_of(evaluations: Iterable[Evaluation]) -> str:
    """Return the 评分规则 in force for 变更记录, in words; their 版本 stands on 评分规则."""
    return "、".join(dict.fromkeys(one.profile.title for one in evaluations))


def foresee_undo(book: Book, when: dt.datetime, evaluator: Evaluator) -> Foreseen:
    """Return the plan that takes the last batch of 变更记录 back, and our other sheets with it.

    They are blank again before the first press, but for what people typed; later ones leave them as
    the tables then stand.

    Args:
        book: as read.
        when: what 变更记录 says, local time.
        evaluator: best the one that evaluated the book.

    Raises:
        UsageError: there is nothing to undo.
    """
    plan = log.undo(book, when)
    then = planned(book, plan)
    shown = evaluator.evaluate(then)
    if log.last_batch(then) is None:
        sheets = sheets_before(then, shown)
    else:
        sheets = [*findings_changes(then, shown), *summary_changes(then, as_it_stands(shown))]
    return _with(plan, book, then, shown, sheets)


def with_sheets(plan: Plan, book: Book, evaluator: Evaluator) -> Foreseen:
    """Return a plan that also brings our sheets and the folded rows up to date, as they are once it is done."""
    then = _then(book, plan.changes, plan)
    shown = evaluator.evaluate(then)
    return _with(plan, book, then, shown, [*findings_changes(then, shown), *summary_changes(then, shown)])


def _with(plan: Plan, book: Book, then: Book, shown: FileResult, sheets: Iterable[Change]) -> Foreseen:
    ordered = sorted([*plan.changes, *sheets], key=lambda change: change.ref)
    rows = (*_rows(then, shown.evaluations), *line_heights(book, ordered))
    footers = tuple(_footers(plan.changes, shown.evaluations, then))
    return Foreseen(replace(plan, changes=tuple(ordered), rows=rows, footers=footers), shown)


def planned(book: Book, plan: Plan) -> Book:
    """Return the book as it will read once the plan is carried out."""
    return _then(book, plan.changes, plan)


def _then(book: Book, changes: Iterable[Change], plan: Plan) -> Book:
    """Return the book as it will read, what we remember of our own values included."""
    names = {**book.names, **{name: f'"{text}"' for name, text in plan.names if text is not None}}
    for name, text in plan.names:
        if text is None:
            names.pop(name, None)
    return replace(after(book, changes), names=names)


def _single_cells(book: Book, evaluations: Iterable[Evaluation]) -> Iterator[Change]:
    """The sheet's own name for its marks: a copied or renamed sheet still says the old one."""
    for sheet in dict.fromkeys(evaluation.table.sheet for evaluation in evaluations):
        found = labelled_cell(book.grid(sheet), ours.SHEET_LABEL)
        if found is not None:
            yield from _told(*found, sheet, "本表名称")


def _codes(book: Book, evaluations: Iterable[Evaluation]) -> Iterator[Change]:
    """The code of each table; of two that share the cell, that of the one nearer to it."""
    nearest: dict[Ref, tuple[Cell | None, Evaluation]] = {}
    for evaluation in evaluations:
        found = code_cell(book.grid(evaluation.table.sheet), evaluation.table.anchor.row)
        if found is not None:
            nearest[found[0]] = found[1], evaluation
    for ref, (cell, evaluation) in nearest.items():
        yield from _told(ref, cell, check_code(evaluation), marks.CODE_LABEL)


def _footers(
    changes: Iterable[Change], evaluations: Iterable[Evaluation], book: Book
) -> Iterator[marks.Footer]:
    """Give the page footers that follow a changed code: the unit is part of it."""
    new = {change.ref: str(change.new) for change in changes}
    for evaluation in evaluations:
        found = code_cell(book.grid(evaluation.table.sheet), evaluation.table.anchor.row)
        if found is not None and found[0] in new:
            unit = evaluation.table.project.unit
            yield marks.Footer(evaluation.table.sheet, new[found[0]], unit)


def _told(ref: Ref, cell: Cell | None, text: str, why: str) -> Iterator[Change]:
    old = str(cell.value) if cell is not None and cell.value is not None else ""
    if old != text and (cell is None or cell.formula is None):
        yield Change(ref, old, text, why)


def _rows(book: Book, evaluations: Sequence[Evaluation]) -> Iterator[RowChange]:
    """Ready rows nobody filled are folded away while the table is complete, ready for printing.

    A line that somebody hid stays hidden: L103 asks about it.
    """
    for evaluation in evaluations:
        grid = book.grid(evaluation.table.sheet)
        complete = evaluation.adopted_total is not None
        filled = {row.indicator.row for row in evaluation.rows}
        for row in formulas.ready_rows(grid, evaluation):
            if (
                row not in filled
                and _is_blank(grid, evaluation, row)
                and complete != (row in grid.hidden_rows)
            ):
                yield RowChange(grid.sheet, row, hidden=complete)


def _is_blank(grid: Grid, evaluation: Evaluation, row: int) -> bool:
    headings = evaluation.table.headings
    return all(grid.at(row, headings[role].column) is None for role in _INPUTS if role in headings)
