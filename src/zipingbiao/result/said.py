"""Results as JSON and as text for a terminal: the same sentences everywhere (design.md 5.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zipingbiao.book.changes import Plan
from zipingbiao.result.file_result import FileResult, Line, Status
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import percent, plain


def stated_total(evaluation: Evaluation) -> Decimal | None:
    """Return the total typed by somebody; a formula's result is not stated."""
    entry = evaluation.table.total_score
    return entry.number if entry is not None and entry.is_typed else None


def stated_grade(evaluation: Evaluation) -> str | None:
    """Return the grade word typed by somebody."""
    entry = evaluation.table.grade
    return (entry.text.strip() or None) if entry is not None and entry.is_typed else None


def number_text(number: Decimal | None) -> str | None:
    """Return a number as people write it, without trailing zeros; None for a missing one."""
    return None if number is None else plain(number)


# --- terminal -----------------------------------------------------------------------------------


def finding_line(path: str, finding: Finding, label: str = "") -> str:
    """Return one finding as one line: file, place, severity (as *label*, where given), code, sentence."""
    ref = finding.ref
    place = "" if ref is None else f" {ref.said}" if ref.said else f"!{ref}"
    return f"{path}{place} {label or finding.label} {finding.code} {finding.message}"


def by_severity(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings as a person should read them: errors first, verified ones last, else as they stand."""
    return sorted(findings, key=lambda finding: (bool(finding.verified), finding.severity.rank))


SCORE_TABLE_TEXTS = frozenset({"指标", "目标值", "业绩值"})
"""The columns of :func:`score_table` that hold texts of any length, 说明 apart."""


def score_table(evaluation: Evaluation) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heading and rows of a scored table for people."""
    heading = ("行", "指标", "分值", "目标值", "业绩值", "完成率", "填报得分", "核算得分", "说明")
    rows: list[tuple[str, ...]] = [
        (
            row.indicator.row_label if row.indicator.place is Place.ROW else "资金表",
            row.indicator.name,
            number_text(row.indicator.weight) or "",
            row.indicator.text(Role.TARGET),
            row.indicator.text(Role.ACTUAL),
            row.completion_text,
            number_text(row.indicator.stated_score) or "",
            number_text(row.score) or "—",
            row.explanation,
        )
        for row in evaluation.rows
    ]
    return heading, rows


def headline(evaluation: Evaluation) -> str:
    """Return a table's result in one line."""
    project = evaluation.table.name
    total, adopted = evaluation.total, evaluation.adopted_total
    if evaluation.table.is_blank:
        return f"{project}：未填写"
    if total is not None:
        parts = [f"核算总分 {plain(total)}"]
    elif evaluation.without_points:
        parts = ["表中没有分值，不计算总分"]
    else:
        parts = [f"未完成（{len(evaluation.uncomputed)} 行无法计算）"]
    if adopted is not None and adopted != total:
        parts.append(f"填报总分 {plain(adopted)}")
    if adopted is not None:
        parts.append(f"等级 {evaluation.profile.printed_grade(adopted)}")
    if evaluation.execution_rate is not None:
        parts.append(f"执行率 {percent(evaluation.execution_rate)}")
    if evaluation.cap_note:
        parts.append(f"总分受限（{evaluation.cap_note}）")
    if not evaluation.lacks_points:
        parts.append(f"分值合计 {plain(evaluation.weights_total)}")
    return f"{project}：{'，'.join(parts)}（评分规则：{evaluation.profile.title}）"


def tally(results: Sequence[FileResult]) -> str:
    """Return how many findings of each severity there are, in words."""
    findings = tuple(finding for result in results for finding in result.findings)
    return "，".join(f"{severity.label} {count(findings, severity)}" for severity in Severity)


def ledger_sum(files: Iterable[Line]) -> str:
    """Return the first line of the ledger: how many files, members among them, of each status, and the sum."""
    kept = tuple(files)
    statuses = Counter(line.status for line in kept)
    members = sum(bool(line.member) for line in kept)
    counts = "、".join(f"{status.label}{statuses[status]}" for status in Status if statuses[status])
    inside = f"、{members}个包内文件" if members else ""
    return f"共{len(kept)}个文件{inside}" + (f"：{counts}，合计{statuses.total()}" if kept else "")


def plan_lines(plan: Plan) -> Iterator[str]:
    """Return the planned changes, one line each: cell, old, new, why."""
    for change in plan.changes:
        new = plain(change.new) if isinstance(change.new, Decimal) else change.new
        yield f"{change.ref}：{change.old or '空白'} → {new or '空白'}（{change.why}）"
    yield from plan.notes
