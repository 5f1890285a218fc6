"""Records of published tables as data: figures and indicator names, the golden input of several suites."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class RecordRow:
    """One indicator as printed; "" where the cell is blank.

    *meaning* and *standard* are 指标解释 and 评分标准 of a form that is scored by a standard.
    """

    level1: str
    level2: str
    name: str
    weight: str
    target: str
    sign: str
    unit: str
    actual: str
    completion: str
    score: str
    has_reason: bool
    meaning: str = ""
    standard: str = ""


@dataclass(frozen=True)
class RecordFunds:
    """One line of a national funds block as printed; None where the form has no such column."""

    initial: str | None
    full_year: str | None
    executed: str | None
    points: str | None
    rate: str | None
    score: str | None
    label: str = "年度资金总额"


@dataclass(frozen=True)
class Record:
    """One published table.

    Attributes:
        funds: lines of the national block, the total first; empty when there is none.
        shanxi_funds: rows of the Shanxi funds table: label, 行次, then nine figures.
        year: that of its head.
        title, headings: of a table that lacks columns which others have: its headings by column, in order.
    """

    id: str
    form: str
    complete: bool
    funds: tuple[RecordFunds, ...]
    shanxi_funds: tuple[tuple[str, ...], ...]
    rows: tuple[RecordRow, ...]
    total_weight: str | None
    total_score: str | None
    grade: str | None
    year: str = "2022"
    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)


def load(record_id: str) -> Record:
    """Return the record of one published table: ``seed0``, ``case07``."""
    data = json.loads((DATA / f"{record_id}.json").read_text(encoding="utf-8"))
    funds: list[RecordFunds] = []
    if block := data["funds"]:
        parts = block.pop("parts")
        funds = [RecordFunds(**block), *(RecordFunds(**part) for part in parts)]
    table = data["funds_table"] or {"rows": []}
    return Record(
        id=data["id"],
        form=data["form"],
        complete=data["complete"],
        funds=tuple(funds),
        shanxi_funds=tuple(tuple(row) for row in table["rows"]),
        rows=tuple(RecordRow(**row) for row in data["indicators"]),
        total_weight=data["total_weight"],
        total_score=data["total_score"],
        grade=data["grade"],
        year=data.get("year", "2022"),
        title=data.get("title", ""),
        headings=data.get("headings", {}),
    )


@cache
def every_record() -> tuple[Record, ...]:
    """Return every record, by id."""
    return tuple(
        load(path.stem) for path in sorted(DATA.glob("*.json")) if path.stem.startswith(("seed", "case"))
    )


@cache
def all_records() -> tuple[Record, ...]:
    """Return the records of tables with all the usual columns: they can stand in any layout."""
    return tuple(record for record in every_record() if not record.headings)
