"""Public tables of other governments: every score that differs from the printed one is explained.

``public_tables.yaml`` is the list, read by a person: case, line, printed score, score by rule, the
finding that says so, and the cause. A line without a score by rule is listed with its cause too.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from support.records import Record, all_records
from table.find.layouts import Canvas, Layout
from zipingbiao.book.cells import Book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.table.records import Place
from zipingbiao.values.number import plain

GOLDEN = Path(__file__).with_name("public_tables.yaml")


def golden() -> dict[str, list[dict[str, str]]]:
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(GOLDEN.read_text("utf-8"))
    return {part: [{key: str(value) for key, value in item.items()} for item in data[part]] for part in data}


def laid_out(record: Record, seed: int | None = None) -> FileResult:
    """The record on a sheet: in its own headings, or in the random layout of *seed*."""
    canvas = Canvas()
    layout = Layout(record, Random(seed or 1), plain=seed is None)
    layout.table(canvas, 2, 2)
    return evaluate(Book("表.xlsx", (canvas.grid(),)))


def rows(result: FileResult) -> list[Scored]:
    (evaluation,) = result.evaluations
    return list(evaluation.rows)


def code(result: FileResult, row: Scored) -> str:
    """The codes of the findings about a line's score, most serious first; "—" when there is none."""
    line = row.indicator.row
    in_funds = row.indicator.place is Place.FUNDS
    about = [
        finding
        for finding in result.findings
        if f"第{line}行" in finding.message
        or (finding.ref is not None and finding.ref.row == line)
        or (in_funds and "预算执行率无法核算" in finding.message)
    ]
    codes = [finding.code for finding in sorted(about, key=lambda finding: finding.severity.rank)]
    return next(
        (code for code in codes if code[0] in "SFVW" and code not in {"S104", "S105", "F103", "W107"}),
        "—",
    )


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.id)
def test_each_difference_is_explained(record: Record) -> None:
    result = laid_out(record)
    found = [
        (row.indicator.name, plain(stated), plain(row.score), code(result, row))
        for row in rows(result)
        if (stated := row.indicator.stated_score) is not None
        and row.score is not None
        and stated != row.score
    ]
    listed = [item for item in golden()["differs"] if item["case"] == record.id]
    assert found == [(item["row"], item["stated"], item["score"], item["code"]) for item in listed]
    assert all(item["cause"] for item in listed)


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.id)
def test_each_line_without_a_score_is_explained(record: Record) -> None:
    result = laid_out(record)
    found = [(row.indicator.name, code(result, row)) for row in rows(result) if row.score is None]
    listed = [item for item in golden()["uncomputed"] if item["case"] == record.id]
    assert found == [(item["row"], item["code"]) for item in listed]
    assert all(item["cause"] for item in listed)


def test_lines_without_a_score_are_a_small_minority() -> None:
    counted = [row for record in all_records() for row in rows(laid_out(record))]
    without = [row for row in counted if row.score is None]
    assert (len(without), len(counted)) == (11, 175)


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.id)
def test_no_layout_changes_a_result(record: Record) -> None:
    def outcome(seed: int | None) -> list[tuple[str, Decimal | None, Decimal | None]]:
        return [
            (row.indicator.name, row.indicator.stated_score, row.score)
            for row in rows(laid_out(record, seed))
        ]

    expected = outcome(None)
    for seed in range(1, 21):
        assert outcome(seed) == expected, f"layout {seed}"
