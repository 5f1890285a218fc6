"""Lines on the 免宏版, and what each program that calculates shows of them.

A value is text as typed into the template; ``n:95`` is a cell with a number, ``p:95`` a percent cell of 95%,
``d:44561`` a date cell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from support import office
from zipingbiao.book.cells import Ref
from zipingbiao.book.formulas import results
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.result.evaluate import evaluate
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.find import read_tables
from zipingbiao.table.forms import form_of
from zipingbiao.table.records import Place, Project, Role, SelfEvaluation
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.sums import ASK
from zipingbiao.template.write import build

SHEET = "试算"
_FORMATS = {"p": "0.00%", "d": "yyyy-mm-dd", "n": "General"}
_TYPED = re.compile(r"([pnd]):([\d.]+)")


@dataclass(frozen=True)
class Line:
    """One indicator as typed; *weight* in points."""

    name: str
    target: str
    actual: str
    weight: str = "10"
    kind: str = ""
    level2: str = "数量指标"
    level1: str = "产出指标"


@dataclass(frozen=True)
class Shown:
    """What stands in a line: its 完成率 and its 核算得分, "" where nothing does."""

    completion: Any
    score: Any

    @property
    def asks(self) -> bool:
        return bool(self.score == ASK)

    def equals(self, row: Scored | None) -> bool:
        """Whether these are the numbers of the core."""
        if row is None or row.score is None:
            return False
        expected = (row.completion, row.score)
        return all(
            _same(shown, value) for shown, value in zip((self.completion, self.score), expected, strict=True)
        )


def _same(shown: Any, value: Decimal | None) -> bool:
    if value is None or shown == "":
        return value is None and shown == ""
    return not isinstance(shown, str) and abs(float(shown) - float(value)) < 1e-9


def write(path: Path, lines: Sequence[Line], form: str = "shanxi", profile: str | None = None) -> None:
    """Write one project with these lines as a workbook of the 免宏版, nothing calculated in it.

    Beside it goes the same without formulas: what the core says does not depend on them.
    """
    known = form_of(form)
    assert known is not None
    rows = tuple(
        NewLine(
            *(line.level1, line.level2, line.name, Decimal(line.weight)),
            *(_text(line.target), _text(line.actual), line.kind),
        )
        for line in lines
    )
    project = NewProject(Project(name=SHEET), lines=rows)
    new = NewWorkbook(known, Project(unit="甲局", year="2021"), (project,), profile_name=profile)
    plain = build(new)
    (table,) = read_tables(read_bytes(plain, path.name))
    path.write_bytes(_with_numbers(build(replace(new, formulas=True)), table, lines))
    _beside(path).write_bytes(_with_numbers(plain, table, lines))


def _text(typed: str) -> str:
    return "" if _TYPED.fullmatch(typed) else typed


def _with_numbers(data: bytes, table: SelfEvaluation, lines: Sequence[Line]) -> bytes:
    if not any(_TYPED.fullmatch(typed) for line in lines for typed in (line.target, line.actual)):
        return data
    opened = openpyxl.load_workbook(io.BytesIO(data))
    for number, line in enumerate(lines):
        for role, typed in ((Role.TARGET, line.target), (Role.ACTUAL, line.actual)):
            if found := _TYPED.fullmatch(typed):
                cell = opened[SHEET][_at(table, role, number).a1]
                cell.value = float(Decimal(found[2]) / (100 if found[1] == "p" else 1))
                cell.number_format = _FORMATS[found[1]]
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-无公式.xlsx")


@cache
def _evaluation(path: Path, profile: str | None = None) -> Evaluation:
    (evaluation,) = evaluate(read_book(_beside(path)), profile).evaluations
    return evaluation


def _at(table: SelfEvaluation, role: Role, number: int) -> Ref:
    """The cell of a role in the line of this number, counted from 0."""
    heading = table.headings[role]
    return Ref(heading.sheet, heading.row + 1 + number, heading.column)


def core(path: Path, count: int, profile: str | None = None) -> list[Scored | None]:
    """Return what the core says of each line; None where it sees no line (／ against ／)."""
    evaluation = _evaluation(path, profile)
    rows = {row.indicator.row: row for row in evaluation.rows if row.indicator.place is Place.ROW}
    return [rows.get(_at(evaluation.table, Role.NAME, number).row) for number in range(count)]


def ours(path: Path, count: int) -> list[Shown]:
    """Return what our own evaluator shows; a line that it leaves to Excel (a date cell) asks as well."""
    found = results(read_book(path))
    return _shown(path, count, lambda ref: found.get(ref, ASK))


def libreoffice(path: Path, count: int) -> list[Shown]:
    """Return what LibreOffice shows."""
    return _in_workbook(path, count, office.recalculated(path))


def gnumeric(path: Path, count: int) -> list[Shown]:
    """Return what Gnumeric shows."""
    return _in_workbook(path, count, office.recalculated_by_gnumeric(path))


def _in_workbook(path: Path, count: int, opened: Workbook) -> list[Shown]:
    return _shown(path, count, lambda ref: opened[ref.sheet].cell(ref.row, ref.column).value)


def _shown(path: Path, count: int, at: Callable[[Ref], Any]) -> list[Shown]:
    table = _evaluation(path).table

    def of(role: Role, number: int) -> Any:
        value = at(_at(table, role, number))
        return "" if value is None else value

    shown = ((of(Role.COMPLETION, number), of(Role.COMPUTED, number)) for number in range(count))
    return [Shown("" if completion == ASK else completion, score) for completion, score in shown]


ENGINES: Mapping[str, Callable[[Path, int], list[Shown]]] = {
    "本程序": ours,
    "LibreOffice": libreoffice,
    "Gnumeric": gnumeric,
}
