"""A superior's 汇总表, to be filled with the projects of many tables: where its columns and rows are, by its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from zipingbiao.book.cells import Area, Book, Ref, Visibility
from zipingbiao.table.find import labels
from zipingbiao.table.find.labels import Meaning
from zipingbiao.table.find.money import block_unit
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.find.spots import Sought, Spot, heading_bottom, read_spots
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Scope
from zipingbiao.table.superior_words import (
    ALL_OF_IT,
    COLUMN_NUMBER,
    OF_OTHERS,
    SAMPLE,
    SUPERIOR,
    SUPERIOR_TOTAL,
)
from zipingbiao.table.words import DEPARTMENT_TITLE, TRANSFER_TITLE
from zipingbiao.values.frozen import frozen
from zipingbiao.values.spelling import label_key
from zipingbiao.values.unit import Unit

__all__ = ["Asked", "SuperiorForm", "read_superior"]

_WORDS = {word: Meaning(what, rank) for what, rank, words in SUPERIOR for word in words.split()}
_AMOUNTS = {
    AmountKind.INITIAL: "initial",
    AmountKind.FULL_YEAR: "full_year",
    AmountKind.EXECUTED: "executed",
    AmountKind.EXECUTION_RATE: "rate",
}
_FEWEST = 3
_NAMING = {
    Scope.PROJECT: {"name"},
    Scope.TRANSFER: {"name"},
    Scope.DEPARTMENT: {"name", "department", "unit"},  # a whole department has no project
}
_MONEY = frozenset({"initial", "full_year", "executed"})
_NUMBERED = 3  # so many numbers in a row number the columns


@frozen
class Asked:
    """One column of a form.

    Attributes:
        what: a word of ``SUPERIOR``, or initial, full_year, executed, rate; "" where nobody knows.
        column: its first column.
        heading: its text, on one line.
        unit: of a column of money.
    """

    what: str
    column: int
    heading: str
    unit: Unit | None = None


@frozen
class SuperiorForm:
    """One sheet of a superior's workbook that wants a line per project.

    Attributes:
        scope: whose money it is about, by its title, else by the name of the sheet.
        columns: those that are understood, from left to right.
        unknown: all others.
        heading: the last row of the heading, the numbers of its columns included.
        body: the rows that are ready for projects; empty where the form has none.
        totals: rows of 合计, above or below the body.
        filled: cells of the body in which somebody typed what is no sample.
        end: the last used row.
    """

    sheet: str
    scope: Scope
    columns: tuple[Asked, ...]
    unknown: tuple[Asked, ...]
    heading: int
    body: range
    totals: tuple[int, ...]
    filled: tuple[Ref, ...]
    end: int

    def column(self, what: str) -> int | None:
        """Return the column that asks for something; None where none does."""
        return next((each.column for each in self.columns if each.what == what), None)


def read_superior(book: Book, framed: Mapping[str, AbstractSet[tuple[int, int]]]) -> tuple[SuperiorForm, ...]:
    """Return the forms of a workbook, one per visible sheet with a heading of a list of projects.

    Args:
        book: as read.
        framed: the cells of each sheet that have a frame, blank ones too: they make its ready rows.
    """
    forms = []
    for grid in book:
        if grid.visibility is Visibility.VISIBLE:
            sheet = Sheet(grid)
            form = next(_forms(sheet, framed.get(grid.sheet, frozenset())), None)
            if form is not None:
                forms.append(form)
    return tuple(forms)


def _forms(sheet: Sheet, framed: AbstractSet[tuple[int, int]]) -> Iterator[SuperiorForm]:
    for row in sheet.rows:
        bottom = heading_bottom(sheet, row, _SOUGHT, "name")
        right = max((sheet.span(row, column).right for column in sheet.filled(row)), default=0)
        spots = list(read_spots(sheet, range(row, bottom + 1), 1, right, _SOUGHT))
        columns, unknown = _columns(sheet, spots, range(row, bottom + 1))
        scope = _scope(sheet, row)
        if len(columns) < _FEWEST or not any(each.what in _NAMING[scope] for each in columns):
            continue
        while _numbers_columns(sheet, bottom + 1):
            bottom += 1
        body, totals = _rows(sheet, bottom, [spot.first for spot in spots], framed)
        filled = tuple(sheet.grid.ref(at, column) for at in body for column in _typed(sheet, at))
        end = max([sheet.last_row, bottom, *body, *(place[0] for place in framed)])
        yield SuperiorForm(sheet.name, scope, columns, unknown, bottom, body, totals, filled, end)


def _meaning(text: str) -> Meaning[str] | None:
    key = labels.label(text).key
    if key in _WORDS:
        return _WORDS[key]
    kind = labels.amount_kind(text)
    return Meaning(_AMOUNTS[kind[0]], kind[1]) if kind is not None and kind[0] in _AMOUNTS else None


_SOUGHT = Sought(_meaning)


def _columns(
    sheet: Sheet, spots: Sequence[Spot[str]], rows: range
) -> tuple[tuple[Asked, ...], tuple[Asked, ...]]:
    """The columns that are understood, the surest of each kind, and the others."""
    meant = [(spot, _meant(sheet, spot, rows)) for spot in spots]
    best: dict[str, tuple[int, int]] = {}
    for place, (_, meaning) in enumerate(meant):
        if meaning is not None:
            best[meaning.role] = min(best.get(meaning.role, (meaning.rank, place)), (meaning.rank, place))
    chosen = {place for _, place in best.values()}
    columns, unknown = [], []
    for place, (spot, meaning) in enumerate(meant):
        if place not in chosen or meaning is None:
            group = "".join(f"{_one_line(text)}：" for text in _groups(sheet, spot, rows)[-1:])
            unknown.append(Asked("", spot.first, group + _one_line(spot.text)))
        else:
            unit = _unit(sheet, spot, rows, spots) if meaning.role in _MONEY else None
            columns.append(Asked(meaning.role, spot.first, _one_line(spot.text), unit))
    return tuple(columns), tuple(unknown)


def _meant(sheet: Sheet, spot: Spot[str], rows: range) -> Meaning[str] | None:
    """What a heading means below the headings of its group."""
    groups = _groups(sheet, spot, rows)
    if any(OF_OTHERS.search(label_key(text)) for text in (*groups, spot.text)):
        return None
    own, of_group = _meaning(spot.text), next(filter(None, map(_meaning, groups)), None)
    if groups and ALL_OF_IT.fullmatch(labels.label(spot.text).key):
        return of_group or own
    has_points = labels.label(spot.text).note.endswith("分")
    in_scores = of_group is not None and of_group.role == "score"
    if own is not None and own.role in {"rate", "executed"} and (in_scores or has_points):
        return Meaning("execution_score")
    return own


def _groups(sheet: Sheet, spot: Spot[str], rows: range) -> list[str]:
    """The texts above a heading, the nearest first; without merged cells a group stands over its first column."""
    own = sheet.span(spot.ref.row, spot.ref.column).top
    texts = []
    for row in reversed(range(rows.start, own)):
        text = sheet.seen(row, spot.first)
        before = [
            column for column in sheet.filled(row, 1, spot.first - 1) if sheet.span(row, column).bottom < own
        ]
        if not text and before:
            text = sheet.text(row, before[-1])
        texts += [text] if text else []
    return texts


def _unit(sheet: Sheet, spot: Spot[str], rows: range, spots: Sequence[Spot[str]]) -> Unit:
    for text in (spot.text, *_groups(sheet, spot, rows)):
        if (unit := labels.money_unit(text)) is not None:
            return unit
    left, right = spots[0].first, spots[-1].last
    return block_unit(sheet, Area(rows.start, left, rows.start, right), ())


def _numbers_columns(sheet: Sheet, row: int) -> bool:
    filled = sheet.filled(row)
    texts = [label_key(sheet.entry(row, column).text) for column in filled]
    return len(texts) >= _NUMBERED and all(COLUMN_NUMBER.fullmatch(text) for text in texts)


def _rows(
    sheet: Sheet, heading: int, columns: Sequence[int], framed: AbstractSet[tuple[int, int]]
) -> tuple[range, tuple[int, ...]]:
    """The rows that are ready below a heading, and those of 合计."""
    totals: list[int] = []
    body: list[int] = []
    last = max([sheet.last_row, *(row for row, _ in framed)])
    for row in range(heading + 1, last + 1):
        filled = sheet.filled(row)
        if any(SUPERIOR_TOTAL.fullmatch(labels.label(sheet.text(row, each)).key) for each in filled):
            totals.append(row)
            if body:
                break
        elif (filled and labels.is_foot(sheet.text(row, filled[0]))) or (
            not any((row, column) in framed for column in columns) and not _is_sample_line(sheet, row)
        ):
            break
        else:
            body.append(row)
    return (range(body[0], body[-1] + 1) if body else range(heading + 1, heading + 1)), tuple(totals)


def _is_sample_line(sheet: Sheet, row: int) -> bool:
    """Whether a line without frames is one of the list: it has a number, or a sample."""
    filled = sheet.filled(row)
    first = sheet.entry(row, filled[0]) if filled else None
    return first is not None and (first.number is not None or SAMPLE.search(first.text.strip()) is not None)


def _typed(sheet: Sheet, row: int) -> Iterator[int]:
    """The columns of a ready row that hold more than its number, a formula or a sample."""
    entries = {column: sheet.entry(row, column) for column in sheet.filled(row)}
    if any(SAMPLE.search(entry.text.strip()) for entry in entries.values()):
        return
    for place, (column, entry) in enumerate(entries.items()):
        is_number = place == 0 and entry.number is not None
        if not (is_number or entry.is_formula or entry.is_empty):
            yield column


def _scope(sheet: Sheet, top: int) -> Scope:
    texts = [
        label_key(sheet.text(row, column))
        for row in sheet.rows_between(1, top - 1)
        for column in sheet.filled(row)
    ]
    for titles in ([text for text in texts if text.endswith(("表", ")")) or "类别" in text], [sheet.name]):
        if any(DEPARTMENT_TITLE.search(title) or "部门整体" in title for title in titles):
            return Scope.DEPARTMENT
        if any(TRANSFER_TITLE.search(title) for title in titles):
            return Scope.TRANSFER
    return Scope.PROJECT


def _one_line(text: str) -> str:
    return "".join(text.split())
