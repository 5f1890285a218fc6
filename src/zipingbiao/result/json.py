"""Results as the documented JSON object (design.md 5.3)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from zipingbiao.book.changes import Change
from zipingbiao.book.marks import PROGRAM
from zipingbiao.result.code import check_code
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.precheck import verdict
from zipingbiao.result.said import number_text, stated_grade, stated_total
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain

VERSION = 1
OPENING: Mapping[str, Any] = {"version": VERSION, "program": PROGRAM}
"""The first members of every object: the version of its shape, and the program that made it."""


_AMOUNTS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)


def as_json(results: Iterable[FileResult]) -> dict[str, Any]:
    """Return the object that ``--json`` prints: Decimals as strings, missing as None."""
    return {**OPENING, "files": list(files_json(results))}


def files_json(results: Iterable[FileResult]) -> Iterator[dict[str, Any]]:
    """Yield the items of the member ``files``."""
    return map(_file, results)


def json_pieces(members: Mapping[str, Any]) -> Iterator[str]:
    """Yield an object as text, piece by piece: of a member that is an iterator each item when it comes.

    The text is that of ``json.dumps(…, ensure_ascii=False, indent=1)``, however many files there are.
    """
    before = "{\n "
    for name, value in members.items():
        yield f"{before}{_text(name, 1)}: "
        before = ",\n "
        if isinstance(value, Iterator):
            yield from _items(value)
        else:
            yield _text(value, 1)
    yield "\n}"


def _items(values: Iterator[Any]) -> Iterator[str]:
    empty = True
    for value in values:
        yield ("[\n  " if empty else ",\n  ") + _text(value, 2)
        empty = False
    yield "[]" if empty else "\n ]"


def _text(value: Any, depth: int) -> str:
    # A line break in a text is written as \\n, so that each line here is one of the layout.
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def ledger_json(results: Iterable[FileResult]) -> Iterator[dict[str, Any]]:
    """Yield the items of the member ``ledger``: a line per file and per member of an archive.

    Projects are told by code, else by name; a whole department, which has neither, by its own.
    """
    return (
        {
            "path": result.file,
            "member": result.member or None,
            "kind": result.kind or None,
            "status": result.status.value,
            "why": result.why,
            "projects": [
                project.code or project.name or project.department
                for evaluation in result.evaluations
                for project in (evaluation.table.project,)
                if result.status is Status.ACCEPTED and not evaluation.table.is_blank
            ],
        }
        for result in results
        if result.is_file
    )


def _file(result: FileResult) -> dict[str, Any]:
    return {
        "path": result.file,
        "member": result.member or None,
        "status": result.status.value,
        "why": result.why,
        "evaluations": [_evaluation(evaluation, result.prechecks) for evaluation in result.evaluations],
        "findings": [_finding(finding) for finding in result.findings],
        "notes": list(result.notes),
    }


def _evaluation(evaluation: Evaluation, prechecked: tuple[str, ...]) -> dict[str, Any]:
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
        "total": number_text(evaluation.total),
        "adopted_total": number_text(evaluation.adopted_total),
        "parts": {group: number_text(points) for group, points in evaluation.parts.items()},
        "uncapped_total": number_text(evaluation.uncapped_total),
        "cap": number_text(evaluation.cap),
        "grade": evaluation.grade,
        "uncomputed": [
            {"row": row.indicator.row, "name": row.indicator.name, "why": row.explanation}
            for row in evaluation.uncomputed
        ],
        "stated_total": number_text(stated_total(evaluation)),
        "stated_grade": stated_grade(evaluation),
        "prechecked": verdict(prechecked, check_code(evaluation)) or None if prechecked else None,
    }


def _funds(funds: Funds, rate: Decimal | None) -> dict[str, Any]:
    amounts = {kind.value: number_text(funds.amount(kind)) for kind in _AMOUNTS}
    return {**amounts, "execution_rate": number_text(rate), "unit": "万元"}


def _indicator(row: Scored) -> dict[str, Any]:
    line = row.indicator
    return {
        "row": line.row,
        "place": line.place.value,
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "weight": number_text(line.weight),
        "target": line.text(Role.TARGET) or None,
        "actual": line.text(Role.ACTUAL) or None,
        "kind": row.kind.value if row.kind is not None else None,
        "kind_why": row.kind_why or None,
        "completion": number_text(row.completion),
        "completion_text": row.completion_text or None,
        "score": number_text(row.score),
        "stated_score": number_text(line.stated_score),
        "adopted": number_text(row.adopted),
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
