"""Results as JSON and as text for a terminal: the same sentences everywhere (design.md 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from zipingbiao.book.changes import Change, Plan
from zipingbiao.result.evaluate import FileResult
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.table.records import AmountKind, Funds, Place, Role
from zipingbiao.values.number import percent, plain, ratio, round_rate

VERSION = 1
_AMOUNTS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)


def as_json(results: Iterable[FileResult]) -> dict[str, Any]:
    """Return the object that ``--json`` prints: Decimals as strings, missing as None."""
    return {"version": VERSION, "files": [_file(result) for result in results]}


def _file(result: FileResult) -> dict[str, Any]:
    return {
        "path": result.path,
        "status": result.status.value,
        "why": result.why,
        "evaluations": [_evaluation(evaluation) for evaluation in result.evaluations],
        "findings": [_finding(finding) for finding in result.findings],
        "notes": list(result.notes),
    }


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    table = evaluation.table
    project = table.project
    return {
        "form": table.form.value,
        "sheet": table.sheet,
        "profile": {
            "name": evaluation.profile.name,
            "hash": evaluation.profile.hash,
            "why": evaluation.profile_why,
        },
        "project": {
            "name": project.name or None,
            "code": project.code or None,
            "department": project.department or None,
            "unit": project.unit or None,
            "year": project.year or None,
        },
        "funds": _funds(table.funds) if table.funds is not None else None,
        "indicators": [_indicator(row) for row in evaluation.rows],
        "weights_sum": plain(evaluation.weights_sum),
        "weights_total": plain(evaluation.weights_total),
        "total": _text(evaluation.total),
        "adopted_total": _text(evaluation.adopted_total),
        "parts": {group: _text(points) for group, points in evaluation.parts.items()},
        "uncapped_total": _text(evaluation.uncapped_total),
        "cap": _text(evaluation.cap),
        "grade": evaluation.grade,
        "uncomputed": [
            {"row": row.indicator.row, "name": row.indicator.name, "why": row.explanation}
            for row in evaluation.uncomputed
        ],
        "stated_total": _text(stated_total(evaluation)),
        "stated_grade": stated_grade(evaluation),
    }


def stated_total(evaluation: Evaluation) -> Decimal | None:
    """Return the total typed by somebody; a formula's result is not stated."""
    entry = evaluation.table.total_score
    return entry.number if entry is not None and entry.is_typed else None


def stated_grade(evaluation: Evaluation) -> str | None:
    """Return the grade word typed by somebody."""
    entry = evaluation.table.grade
    return (entry.text.strip() or None) if entry is not None and entry.is_typed else None


def execution_rate(funds: Funds) -> Decimal | None:
    """Return 全年执行 ÷ 全年预算 as a fraction rounded to 0.0001; None without a budget."""
    budget, executed = funds.amount(AmountKind.FULL_YEAR), funds.amount(AmountKind.EXECUTED)
    return round_rate(ratio(executed, budget)) if budget and executed is not None else None


def _funds(funds: Funds) -> dict[str, Any]:
    amounts = {kind.value: _text(funds.amount(kind)) for kind in _AMOUNTS}
    return {**amounts, "execution_rate": _text(execution_rate(funds)), "unit": "万元"}


def _indicator(row: Scored) -> dict[str, Any]:
    line = row.indicator
    return {
        "row": line.row,
        "place": line.place.value,
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "weight": _text(line.weight),
        "target": line.text(Role.TARGET) or None,
        "actual": line.text(Role.ACTUAL) or None,
        "kind": row.kind.value if row.kind is not None else None,
        "kind_why": row.kind_why or None,
        "completion": _text(row.completion),
        "completion_text": row.completion_text or None,
        "score": _text(row.score),
        "stated_score": _text(line.stated_score),
        "adopted": _text(row.adopted),
        "explanation": row.explanation,
        "cells": {role.value: str(entry.ref) for role, entry in line.entries.items()},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "cell": str(finding.ref) if finding.ref is not None else None,
        "message": finding.message,
        "found": finding.found,
        "expected": finding.expected,
        "verified": finding.verified or None,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


# --- terminal -----------------------------------------------------------------------------------


def finding_line(path: str, finding: Finding) -> str:
    """Return one finding as one line: file, place, severity, code, sentence."""
    place = f"!{finding.ref}" if finding.ref is not None else ""
    return f"{path}{place} {finding.label} {finding.code} {finding.message}"


def score_table(evaluation: Evaluation) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heading and rows of a scored table for people."""
    heading = ("行", "指标", "分值", "目标值", "业绩值", "完成率", "填报得分", "核算得分", "说明")
    rows: list[tuple[str, ...]] = [
        (
            str(row.indicator.row) if row.indicator.place is Place.ROW else "资金表",
            row.indicator.name,
            _text(row.indicator.weight) or "",
            row.indicator.text(Role.TARGET),
            row.indicator.text(Role.ACTUAL),
            row.completion_text,
            _text(row.indicator.stated_score) or "",
            _text(row.score) or "—",
            row.explanation,
        )
        for row in evaluation.rows
    ]
    return heading, rows


def headline(evaluation: Evaluation) -> str:
    """Return a table's result in one line."""
    project = evaluation.table.project.name or evaluation.table.sheet
    total, adopted = evaluation.total, evaluation.adopted_total
    parts = [
        f"核算总分 {plain(total)}"
        if total is not None
        else f"未完成（{len(evaluation.uncomputed)} 行无法计算）"
    ]
    if adopted is not None and adopted != total:
        parts.append(f"填报总分 {plain(adopted)}")
    if evaluation.grade is not None:
        parts.append(f"等级 {evaluation.grade}")
    weights = plain(evaluation.weights_total)
    if evaluation.table.funds is not None and evaluation.execution_rate is not None:
        parts.append(f"执行率 {percent(evaluation.execution_rate)}")
    if evaluation.cap_note:
        parts.append(f"总分受限（{evaluation.cap_note}）")
    return f"{project}：{'，'.join(parts)}，分值合计 {weights}（评分规则：{evaluation.profile.title}）"


def tally(results: Sequence[FileResult]) -> str:
    """Return how many findings of each severity there are, in words."""
    findings = tuple(finding for result in results for finding in result.findings)
    return "，".join(f"{severity.label} {count(findings, severity)}" for severity in Severity)


def changes_json(changes: Iterable[Change]) -> list[dict[str, str]]:
    """Return planned changes as every ``--json`` prints them: a formula with its ``=``, Decimals as strings."""
    return [
        {"cell": str(change.ref), "old": change.old, "new": _new(change), "why": change.why}
        for change in changes
    ]


def _new(change: Change) -> str:
    if change.formula:
        return f"={change.formula}"
    return plain(change.new) if isinstance(change.new, Decimal) else change.new


def plan_lines(plan: Plan) -> Iterator[str]:
    """Return the planned changes, one line each: cell, old, new, why."""
    for change in plan.changes:
        new = plain(change.new) if isinstance(change.new, Decimal) else change.new
        yield f"{change.ref}：{change.old or '空白'} → {new or '空白'}（{change.why}）"
    yield from plan.notes
