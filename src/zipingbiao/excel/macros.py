"""The macros: plain functions from an open workbook to a report, over the same core as the command line.

Each reads every sheet once, makes a plan and applies it in blocks; pressing twice changes nothing.
They raise :class:`~zipingbiao.errors.ZipingbiaoError` with one Chinese sentence when nothing can be
done; :mod:`zipingbiao.excel.entry` shows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import zipingbiao as z
from zipingbiao.batch.files import is_output
from zipingbiao.book.cells import Book, Grid, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.change.plan import differing
from zipingbiao.change.workbook import (
    foresee,
    foresee_undo,
    plan_findings,
    plan_summary,
    planned,
    why_unwritten,
)
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.excel import udfs
from zipingbiao.excel.live import own_sheets as own_sheets_live
from zipingbiao.excel.live.apply import apply
from zipingbiao.excel.live.open_book import read_live
from zipingbiao.excel.live.ranges import file_of
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.said import headline
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.scoring.finding import Severity, count
from zipingbiao.table import ours, written
from zipingbiao.table.entry import Entry

SUMMARY_FILE = "汇总表.xlsx"


@dataclass(frozen=True, slots=True)
class Report:
    """What a macro did: one line for the status bar, more for who wants to read.

    Attributes:
        result: the workbook as it now stands; None where the macro did not evaluate it.
        undoable: whether 撤销评分 takes it back.
    """

    title: str
    lines: tuple[str, ...] = ()
    changed: int = 0
    result: FileResult | None = None
    undoable: bool = False


@dataclass(frozen=True)
class Talk:
    """How a macro asks; the defaults ask nobody: typed scores stay, no folder is chosen.

    Attributes:
        ask: a yes-or-no question.
        folder: the folder that the user chooses; None when cancelled.
        document: the Word document that the user chooses; None when cancelled.
        new_file: the name that the user gives a new file, of the suggested one; None when cancelled.
        now: the time for 变更记录.
    """

    ask: Callable[[str], bool] = field(default=lambda _question: False)
    folder: Callable[[], Path | None] = field(default=lambda: None)
    now: Callable[[], dt.datetime] = field(default=dt.datetime.now)
    document: Callable[[], Path | None] = field(default=lambda: None)
    new_file: Callable[[Path], Path | None] = field(default=lambda _suggested: None)


def score(book: Any, talk: Talk = Talk()) -> Report:
    """评分: scores into the tables, findings and log onto their sheets.

    Asks once, and only when typed scores differ from the rule's: 以计算值为准, or keep them.
    """
    read, result = _read(book)
    others = differing(result.evaluations)
    by_rule = bool(others) and talk.ask(
        f"有 {others} 行手工得分与核算不同。以计算值为准吗？选“否”则保留手工分，并列为问题。"
    )
    return _score(book, read, result, talk, recompute=by_rule)


def recalculate(book: Any, talk: Talk = Talk()) -> Report:
    """全部重算: typed scores that differ give way to the rule's, if the user agrees."""
    read, result = _read(book)
    others = differing(result.evaluations)
    if others and not talk.ask(f"将有 {others} 行手工得分改为核算得分，继续吗？"):
        raise UsageError("已取消，没有改动。")
    return _score(book, read, result, talk, recompute=True)


def check(book: Any, talk: Talk = Talk()) -> Report:  # noqa: ARG001 every macro has the same shape
    """校验: findings onto 校验结果, nothing else changes."""
    read, result = _read(book)
    with own_sheets_live.ensured(book, read, ours.Sheet.FINDINGS) as ready:
        plan = plan_findings(ready, result)
        apply(book, plan, ready)
    return Report(_tally(result), tuple(_findings(result)), len(plan.changes), result)


def undo(book: Any, talk: Talk = Talk()) -> Report:
    """撤销评分: the cells of the last press become what they were, 校验结果 and 汇总表 follow."""
    read = read_live(book)
    plan, _ = foresee_undo(read, talk.now())
    apply(book, plan, read)
    back = _beside_ours(change for change in plan.changes if not change.cached)
    return Report(f"已恢复 {back} 个单元格。", plan.notes, back)


def merge_book(book: Any, talk: Talk = Talk()) -> Report:  # noqa: ARG001
    """汇总本簿: one line per table of this workbook onto its 汇总表."""
    read, result = _read(book)
    with own_sheets_live.ensured(book, read, ours.Sheet.SUMMARY) as ready:
        plan = plan_summary(ready, result)
        apply(book, plan, ready)
    return Report(
        f"汇总表：{len(result.evaluations)} 个项目。", tuple(_headlines(result)), len(plan.changes), result
    )


def merge_folder(book: Any, talk: Talk = Talk()) -> Report:
    """汇总文件夹: every workbook of a folder into 汇总表.xlsx there, which opens; what was decided in it counts."""
    folder = talk.folder()
    if folder is None:
        raise UsageError("没有选择文件夹，没有汇总。")
    # One process: Excel waits in front of it, and others would open windows of their own.
    target = folder / SUMMARY_FILE
    merged = z.merge(folder, target, workers=1, update=target if is_output(target) else None)
    _open(book, target, "汇总")
    lines = tuple(merged.lines())
    return Report(lines[-1], lines)


def write_report(book: Any, talk: Talk = Talk()) -> Report:
    """生成报告: a new Word report of the workbook as it stands on the screen, saved or not."""
    return _new_document(book, talk, "绩效自评报告")


def sign_off(book: Any, talk: Talk = Talk()) -> Report:
    """送签单: one page per project for who signs."""
    return _new_document(book, talk, "送签单", sign_off=True)


def update_report(book: Any, talk: Talk = Talk()) -> Report:
    """更新报告: figures of a Word report brought to those on the screen, what people wrote in it untouched."""
    read, _ = _read(book)
    document = _chosen(talk.document(), "没有选择报告，没有更新。")
    done = z.update_report(read, document)
    title, *lines = done.lines()
    return Report(title, (*lines, *done.notes))


def import_report(book: Any, talk: Talk = Talk()) -> Report:
    """导入报告: a Word report into a new workbook of our template, which opens."""
    source = _chosen(talk.document(), "没有选择报告，没有导入。")
    target = _chosen(
        talk.new_file(source.with_name(f"{source.stem}自评表.xlsx")), "没有选择文件名，没有导入。"
    )
    written = z.import_report(source, target)
    _open(book, target, "导入")
    return Report(f"已导入到 {target}，请核对后按“评分”。", written.notes)


def explain(book: Any, talk: Talk = Talk()) -> Report:  # noqa: ARG001
    """显示说明: how the score of the selected row came about."""
    selected = book.selection
    if selected is None:
        raise UsageError("请先选中自评表里的一行指标。")
    sheet, row = selected.sheet.name, selected.row
    _, result = _read(book)
    for evaluation in result.evaluations:
        for line in evaluation.rows:
            if evaluation.table.sheet == sheet and line.indicator.row == row:
                kind = line.kind.label if line.kind is not None else "未定"
                why = f"指标性质：{kind}（{line.kind_why}）" if line.kind_why else f"指标性质：{kind}"
                return Report(f"{line.indicator.name}：{line.explanation}", (why, headline(evaluation)))
    raise UsageError(f"工作表“{sheet}”第 {row} 行不是指标行，请选中自评表里的一行指标。")


def add_project(book: Any, talk: Talk = Talk()) -> Report:  # noqa: ARG001
    """新增项目: a copy of the project sheet in front, everything typed on it blank."""
    from zipingbiao.excel.live.new_project import blanks

    read, result = _read(book)
    active = book.sheets.active.name
    evaluation = next((one for one in result.evaluations if one.table.sheet == active), None)
    if evaluation is None:
        raise UsageError(f"工作表“{active}”上没有自评表，请先切换到一张项目表。")
    name = _free_name({sheet.name for sheet in book.sheets})
    with own_sheets_live.copied(book, read, active, name) as ready:
        grid = ready.grid(name)
        changes = [
            Change(Ref(name, ref.row, ref.column), _text_at(grid, ref), new, "新增项目")
            for ref, new in blanks(read, evaluation, name)
        ]
        apply(book, _plan(ready, changes), ready)
    return Report(f"已新增工作表“{name}”，请填写项目名称。", (), len(changes))


def clear(book: Any, talk: Talk = Talk()) -> Report:
    """清空结果: what this product wrote goes, what people typed stays; 变更记录 goes with it.

    From a workbook that is not our template, our sheets go whole, unless somebody wrote on them.
    """
    from zipingbiao.excel.live.clearing import our_cells, sheets_left_blank

    if not talk.ask(
        "将清除程序写入的完成率、得分、说明、校验结果、汇总表和变更记录，之后不能再撤销。继续吗？"
    ):
        raise UsageError("已取消，没有改动。")
    read, result = _read(book)
    refs = dict.fromkeys(our_cells(read, result))
    changes = [Change(ref, _text_at(read.grid(ref.sheet), ref), "", "清空结果") for ref in refs]
    apply(book, replace(_plan(read, changes), names=written.names_for({}, read.names)), read)
    own_sheets_live.remove(book, sheets_left_blank(read, refs))
    return Report(f"已清除 {len(changes)} 个单元格。", (), len(changes))


def last_error(book: Any, talk: Talk = Talk()) -> Report:  # noqa: ARG001
    """最近错误: why a worksheet function last gave an error value."""
    return Report(udfs.last_error() or "最近没有函数返回错误值。")


# --- together ------------------------------------------------------------------------------------


def _read(book: Any) -> tuple[Book, FileResult]:
    """Read and evaluate; a workbook without a table is told in one sentence."""
    read = read_live(book)
    result = z.evaluate(read)
    if not result.status.holds_tables:
        raise UsageError(result.why or "没有找到自评表。")
    return read, result


def _new_document(book: Any, talk: Talk, name: str, *, sign_off: bool = False) -> Report:
    read, _ = _read(book)
    file = file_of(book) or Path.home() / book.name  # nowhere yet: where people look first
    target = _new_file(talk, file.with_name(f"{file.stem}{name}.docx"), "生成")
    written = z.report(read, out=target, sign_off=sign_off)
    title, *notes = written.lines()
    return Report(f"{title}。", tuple(notes))


def _chosen(path: Path | None, otherwise: str) -> Path:
    if path is None:
        raise UsageError(otherwise)
    return path


def _new_file(talk: Talk, suggested: Path, done: str) -> Path:
    target = _chosen(talk.new_file(suggested), f"没有选择文件名，没有{done}。")
    if target.exists():
        raise RefusedError(f"请换一个文件名：{target.name} 已存在，没有覆盖。")
    return target


def _open(book: Any, path: Path, done: str) -> None:
    try:
        book.app.books.open(str(path))
    except ValueError as error:  # xlwings' word for two workbooks of one name
        raise UsageError(
            f"已{done}到 {path}，但 Excel 里开着另一个“{path.name}”，请先关闭它，再打开新的。"
        ) from error


def _score(book: Any, read: Book, result: FileResult, talk: Talk, *, recompute: bool) -> Report:
    if (why := why_unwritten(read)) is not None:
        raise RefusedError(why)
    own = (ours.Sheet.FINDINGS, ours.Sheet.LOG)
    with own_sheets_live.ensured(book, read, *own) as ready:
        plan, shown = foresee(ready, result, talk.now(), recompute=recompute)
        apply(book, plan, ready)
    shown = shown or z.evaluate(planned(ready, plan))
    made = [change for change in plan.changes if not change.cached]
    done = f"评分完成，写入 {_beside_ours(made)} 个单元格" if made else "没有需要改动的单元格"
    return Report(
        title=f"{done}；{_tally(shown)}",
        lines=(*_headlines(shown), *_findings(shown)),
        changed=len(made),
        result=shown,
        undoable=bool(made),
    )


def _beside_ours(changes: Iterable[Change]) -> int:
    """How many cells of people's sheets are among these."""
    return sum(change.ref.sheet not in HEADINGS for change in changes)


def _plan(book: Book, changes: Sequence[Change]) -> Plan:
    return Plan(tuple(sorted(changes, key=lambda change: change.ref)), book.digest)


def _headlines(result: FileResult) -> Iterator[str]:
    yield from (headline(evaluation) for evaluation in result.evaluations)


def _findings(result: FileResult) -> Iterator[str]:
    for finding in result.findings:
        yield f"{finding.label} {finding.code} {finding.ref or ''} {finding.message}"


def _tally(result: FileResult) -> str:
    return "，".join(f"{severity.label} {count(result.findings, severity)}" for severity in Severity) + "。"


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"项目{number}" in taken:
        number += 1
    return f"项目{number}"


def _text_at(grid: Grid, ref: Ref) -> str:
    return Entry.of(ref, grid.at(ref.row, ref.column)).text
