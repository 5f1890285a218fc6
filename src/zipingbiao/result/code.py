"""数据校验码: eight characters over what a table says, so that stamped paper and file can be matched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.book import marks
from zipingbiao.book.cells import Cell, Grid, Ref
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain
from zipingbiao.values.spelling import normalise

# Crockford's alphabet: no I, L, O, U, which a reader of stamped paper would take for 1, 0 or V.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AMOUNTS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)
_INPUTS = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.TARGET, Role.ACTUAL, Role.REASON)


def check_code(evaluation: Evaluation) -> str:
    """Return the code over head, funds, indicators, scores that count, total and grade.

    Width and spacing of signs do not matter; where the cells stand does not matter either. The
    profile enters through the scores only.
    """
    text = "\x1f".join(map(normalise, _parts(evaluation)))
    number = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).digest())
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def same_code(typed: str, code: str) -> bool:
    """Tell whether a person copied *code* from paper: case, spaces and dashes do not matter."""
    read = typed.upper().translate(str.maketrans("ILO", "110", " -"))
    return read == code


def code_cell(grid: Grid, from_row: int) -> tuple[Ref, Cell | None] | None:
    """Return the cell right of the label 数据校验码 at or below a row; None where there is none."""
    return labelled_cell(grid, marks.CODE_LABEL, from_row)


def labelled_cell(grid: Grid, label: str, from_row: int = 1) -> tuple[Ref, Cell | None] | None:
    """Return the cell right of the first cell with exactly this text; a merged label is passed whole."""
    for (row, column), cell in sorted(grid.cells.items()):
        if row >= from_row and cell.value == label:
            area = grid.merge_at(row, column)
            return grid.through_merge(row, (area.right if area is not None else column) + 1)
    return None


def _parts(evaluation: Evaluation) -> Iterator[str]:
    table = evaluation.table
    project = table.project
    yield from (project.name, project.code, project.department, project.unit, project.year)
    if table.funds is not None:
        for kind, source in sorted(table.funds.entries):
            if kind in _AMOUNTS:  # balance and rates follow from them
                amount = table.funds.typed_amount(kind, source)
                yield f"{kind.value}/{source.value}={_text(amount)}"
    for row in evaluation.rows:
        yield from (row.indicator.text(role) for role in _INPUTS)
        yield from (_text(row.indicator.weight), _text(row.adopted))
    yield from (_text(evaluation.adopted_total), evaluation.grade or "")


def _text(number: Decimal | None) -> str:
    return "" if number is None else plain(number)
