"""The macros: plain functions from an open workbook to a report, over the same core as the command line.

Each reads every sheet once, makes a plan and applies it in blocks; pressing twice changes nothing.
They raise :class:`~zipingbiao.errors.ZipingbiaoError` with one Chinese sentence when nothing can be
done; :mod:`zipingbiao.excel.entry` shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import zipingbiao as z
from zipingbiao.book.cells import Book, Grid, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.change import log
from zipingbiao.change.fix import foresee_fix
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
from zipingbiao.excel import merging
from zipingbiao.excel.live import own_sheets as own_sheets_live
from zipingbiao.excel.live import walk
from zipingbiao.excel.live.apply import apply
from zipingbiao.excel.live.open_book import read_live
from zipingbiao.excel.live.ranges import file_of
from zipingbiao.excel.talk import Report, Talk
from zipingbiao.result.evaluate import Evaluator
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.said import headline
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.rules.explained import as_text
from zipingbiao.scoring.finding import Severity, count
from zipingbiao.table import ours, written
from zipingbiao.table.entry import Entry

_ASKING = (Severity.ERROR, Severity.WARNING)


def score(book: Any, talk: Talk) -> Report:
    """评分: scores into the tables, findings and log onto their sheets.

    Asks once, and only when typed scores differ from the rule's: 以计算值为准, or keep them.
    """
    read, result, evaluator = _read(book, talk)
    others = differing(result.evaluations)
    by_rule = bool(others) and talk.ask(
        f"有 {others} 行手工得分与核算不同。以计算值为准吗？选“否”则保留手工分，并列为问题。"
    )
    return _score(book, read, result, evaluator, talk, recompute=by_rule)


def recalculate(book: Any, talk: Talk) -> Report:
    """全部重算: typed scores that differ give way to the rule's, if the user agrees."""
    read, result, evaluator = _read(book, talk)
    others = differing(result.evaluations)
    if others and not talk.ask(f"将有 {others} 行手工得分改为核算得分，继续吗？"):
        raise UsageError("已取消，没有改动。")
    return _score(book, read, result, evaluator, talk, recompute=True)


def check(book: Any, talk: Talk) -> Report:
    """校验: findings onto 校验结果, nothing else changes."""
    read, result, _ = _read(book, talk)
    with own_sheets_live.ensured(book, read, ours.Sheet.FINDINGS) as ready:
        plan = plan_findings(ready, result)
        apply(book, plan, ready)
    return Report(
        f"校验完成：{_tally(result)}",
        tuple(_findings(result)),
        len(plan.changes),
        result,
        shown=ours.Sheet.FINDINGS,
    )


def repair(book: Any, talk: Talk) -> Report:
    """修复: what ``zpb fix`` repairs in a file; 撤销评分 takes it back."""
    read, result, evaluator = _read(book, talk)
    _require_writable(read)
    if not foresee_fix(read, result, talk.now(), evaluator).plan.changes:
        return Report("没有可以修复的单元格。")
    with own_sheets_live.ensured(book, read, ours.Sheet.FINDINGS, ours.Sheet.LOG) as ready:
        plan, _ = foresee_fix(ready, result, talk.now(), evaluator)
        apply(book, plan, ready)
    repairs = [change for change in plan.changes if change.why.startswith(log.FIX)]
    lines = tuple(f"{change.ref} {change.why}" for change in repairs)
    title = f"已修复 {len(repairs)} 个单元格，请再按“评分”。"
    return Report(title, lines, len(repairs), undoable=True, shown=ours.Sheet.LOG)


def undo(book: Any, talk: Talk) -> Report:
    """撤销评分: the cells of the last press become what they were, 校验结果 and 汇总表 follow."""
    read = read_live(book)
    plan, _ = foresee_undo(read, talk.now(), Evaluator(talk.profile))
    apply(book, plan, read)
    back = _beside_ours(change for change in plan.changes if not change.cached)
    return Report(f"已恢复 {back} 个单元格。", plan.notes, back)


def merge_book(book: Any, talk: Talk) -> Report:
    """汇总本簿: one line per table of this workbook onto its 汇总表."""
    read, result, _ = _read(book, talk)
    with own_sheets_live.ensured(book, read, ours.Sheet.SUMMARY) as ready:
        plan = plan_summary(ready, result)
        apply(book, plan, ready)
    return Report(
        f"汇总表：{len(result.evaluations)} 个项目。",
        tuple(_headlines(result)),
        len(plan.changes),
        result,
        shown=ours.Sheet.SUMMARY,
    )


def merge_folder(book: Any, talk: Talk) -> Report:
    """汇总文件夹: every workbook of a folder into 汇总表.xlsx there; what was decided in it counts.

    The work goes on beside Excel. Pressed meanwhile, it asks whether to stop.
    """
    del book  # whichever is in front
    if (at_work := merging.current()) is not None:
        if not talk.ask("正在汇总一个文件夹。要停止吗？"):
            return Report(at_work.progress, goes_on=True)
        at_work.stop()
        merging.forget()
        return Report("已停止汇总，没有写入汇总表。")
    folder = talk.folder()
    if folder is None:
        raise UsageError("没有选择文件夹，没有汇总。")
    return Report(merging.start(folder, talk.profile).progress, goes_on=True)


def merged_folder(book: Any, talk: Talk) -> Report:  # noqa: ARG001 every macro has the same shape
    """How far the folder is that :func:`merge_folder` began; once it is done, its 汇总表 opens."""
    at_work = merging.current()
    if at_work is None:
        return Report("", in_passing=True)
    if at_work.is_running:
        return Report(at_work.progress, goes_on=True)
    merging.forget()
    lines, target = at_work.merged()
    if target is not None:
        _open(book, target, "汇总")
    return Report(lines[-1], lines[:-1], shown="文件清单" if target is not None else "")


def write_report(book: Any, talk: Talk) -> Report:
    """生成报告: a new Word report of the workbook as it stands on the screen, saved or not."""
    return _new_document(book, talk, "绩效自评报告")


def sign_off(book: Any, talk: Talk) -> Report:
    """送签单: one page per project for who signs."""
    return _new_document(book, talk, "送签单", sign_off=True)


def update_report(book: Any, talk: Talk) -> Report:
    """更新报告: figures of a Word report brought to those on the screen, what people wrote in it untouched."""
    read, *_ = _read(book, talk)
    document = _chosen(talk.document(), "没有选择报告，没有更新。")
    done = z.update_report(read, document, profile=talk.profile)
    title, *lines = done.lines()
    return Report(title, (*lines, *done.notes))


def import_report(book: Any, talk: Talk) -> Report:
    """导入报告: a Word report into a new workbook of our template, which opens."""
    source = _chosen(talk.document(), "没有选择报告，没有导入。")
    target = _chosen(
        talk.new_file(source.with_name(f"{source.stem}自评表.xlsx")), "没有选择文件名，没有导入。"
    )
    written = z.import_report(source, target)
    _open(book, target, "导入")
    return Report(f"已导入到 {target}，请核对后按“评分”。", written.notes)


def next_finding(book: Any, talk: Talk) -> Report:  # noqa: ARG001
    """下一处问题: the next cell of 校验结果 is selected; after the last comes the first."""
    return _walked(book, 1)


def previous_finding(book: Any, talk: Talk) -> Report:  # noqa: ARG001
    """上一处问题: the cell of 校验结果 before the selected one."""
    return _walked(book, -1)


def explain(book: Any, talk: Talk) -> Report:
    """显示说明: how the score of the selected row came about."""
    selected = book.selection
    if selected is None:
        raise UsageError("请先选中自评表里的一行指标。")
    sheet, row = selected.sheet.name, selected.row
    _, result, _ = _read(book, talk)
    for evaluation in result.evaluations:
        for line in evaluation.rows:
            if evaluation.table.sheet == sheet and line.indicator.row == row:
                kind = line.kind.label if line.kind is not None else "未定"
                why = f"指标性质：{kind}（{line.kind_why}）" if line.kind_why else f"指标性质：{kind}"
                return Report(f"{line.indicator.name}：{line.explanation}", (why, headline(evaluation)))
    raise UsageError(f"工作表“{sheet}”第 {row} 行不是指标行，请选中自评表里的一行指标。")


def add_project(book: Any, talk: Talk) -> Report:
    """新增项目: a copy of the project sheet in front, everything typed on it blank."""
    from zipingbiao.excel.live.new_project import blanks

    read, result, _ = _read(book, talk)
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


def clear(book: Any, talk: Talk) -> Report:
    """清空结果: what this product wrote goes, what people typed stays; 变更记录 goes with it.

    From a workbook that is not our template, our sheets go whole, unless somebody wrote on them.
    """
    from zipingbiao.excel.live.clearing import our_cells, sheets_left_blank

    if not talk.ask(
        "将清除程序写入的完成率、得分、说明、校验结果、汇总表和变更记录，之后不能再撤销。继续吗？"
    ):
        raise UsageError("已取消，没有改动。")
    read, result, _ = _read(book, talk)
    refs = dict.fromkeys(our_cells(read, result))
    changes = [Change(ref, _text_at(read.grid(ref.sheet), ref), "", "清空结果") for ref in refs]
    apply(book, replace(_plan(read, changes), names=written.names_for({}, read.names)), read)
    own_sheets_live.remove(book, sheets_left_blank(read, refs))
    return Report(f"已清除 {len(changes)} 个单元格。", (), len(changes))


_HOW = (
    "一、打开自评表，按“评分”：完成率、得分、总分和等级写进表里。",
    "二、按“下一处问题”逐一查看：错误必须修改；警告核实无误的，在“校验结果”的“核实说明”写明理由。",
    "三、改完再按“评分”，直到没有错误；不满意按“撤销评分”，或按 Ctrl+Z。",
    "选中有问题的单元格再按“帮助”，说明是哪条规则、依据什么、怎样改。",
)


def help(book: Any, talk: Talk) -> Report:  # noqa: A001, ARG001 named as its button
    """帮助: the rules behind the findings of the selected cell; elsewhere, how one works with the buttons."""
    known: tuple[walk.Stop, ...] = ()
    with suppress(UsageError):
        known = walk.stops(book)
    number = walk.at(book, known)
    if number is None:
        return Report(f"绩效自评 {z.__version__}", _HOW)
    return Report("", tuple(as_text(z.explain(code)) for code in known[number].codes))


# --- together ------------------------------------------------------------------------------------


def _read(book: Any, talk: Talk) -> tuple[Book, FileResult, Evaluator]:
    """Read and evaluate; a workbook without a table is told in one sentence."""
    read = read_live(book, lambda done, whole: talk.say(book, f"正在读取第 {done} / {whole} 张工作表……"))
    talk.say(book, "正在核算……")
    evaluator = Evaluator(talk.profile)
    result = evaluator.evaluate(read)
    if not result.status.holds_tables:
        raise UsageError(result.why or "没有找到自评表。")
    return read, result, evaluator


def _new_document(book: Any, talk: Talk, name: str, *, sign_off: bool = False) -> Report:
    read, *_ = _read(book, talk)
    file = file_of(book) or Path.home() / book.name  # nowhere yet: where people look first
    target = _new_file(talk, file.with_name(f"{file.stem}{name}.docx"), "生成")
    written = z.report(read, out=target, sign_off=sign_off, profile=talk.profile)
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


def _score(
    book: Any, read: Book, result: FileResult, evaluator: Evaluator, talk: Talk, *, recompute: bool
) -> Report:
    _require_writable(read)
    own = (ours.Sheet.FINDINGS, ours.Sheet.LOG)
    with own_sheets_live.ensured(book, read, *own) as ready:
        plan, shown = foresee(ready, result, evaluator, talk.now(), recompute=recompute)
        talk.say(book, "正在写入……")
        apply(book, plan, ready)
    shown = shown or evaluator.evaluate(planned(ready, plan))
    made = [change for change in plan.changes if not change.cached]
    done = "评分完成" if made else "没有需要改动的单元格"
    return Report(
        title=f"{done}：{_tally(shown)}",
        lines=(*_headlines(shown), *_findings(shown)),
        changed=len(made),
        result=shown,
        undoable=bool(made),
        shown=ours.Sheet.FINDINGS,
    )


def _require_writable(read: Book) -> None:
    if (why := why_unwritten(read)) is not None:
        raise RefusedError(why)


def _walked(book: Any, step: int) -> Report:
    known = walk.stops(book)
    if not known:
        return Report("没有要查看的问题。", in_passing=True)
    here = walk.at(book, known)
    number = (here + step) % len(known) if here is not None else (0 if step > 0 else len(known) - 1)
    walk.go(book, known[number])
    return Report(walk.said(known[number], number + 1, len(known)), in_passing=True)


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
    """What a box has room for: how many projects, and how much is left to do."""
    counts = ((count(result.findings, severity), severity.label) for severity in _ASKING)
    left = "、".join(f"{number} 处{label}" for number, label in counts if number)
    advice = "按“下一处问题”逐一查看。" if left else ""
    return f"{len(result.evaluations)} 个项目，{left or '没有错误和警告'}。{advice}"


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"项目{number}" in taken:
        number += 1
    return f"项目{number}"


def _text_at(grid: Grid, ref: Ref) -> str:
    return Entry.of(ref, grid.at(ref.row, ref.column)).text
