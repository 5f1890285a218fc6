"""Results as the documented JSON object (design.md 5.3)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from zipingbiao.book.changes import Change
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.said import _text, stated_grade, stated_total
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain

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
        "form": table.form.key,
        "scope": table.scope.value,
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
        "funds": _funds(table.funds, evaluation.execution_rate) if table.funds is not None else None,
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


def _funds(funds: Funds, rate: Decimal | None) -> dict[str, Any]:
    amounts = {kind.value: _text(funds.amount(kind)) for kind in _AMOUNTS}
    return {**amounts, "execution_rate": _text(rate), "unit": "万元"}


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
        "cells": [str(ref) for ref in finding.refs],
        "message": finding.message,
        "found": finding.found,
        "expected": finding.expected,
        "verified": finding.verified or None,
    }


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
