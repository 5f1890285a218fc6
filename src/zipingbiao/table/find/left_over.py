"""What stands on the sheets of some tables and went into none of their fields: for who carries a table over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.book.cells import Book, Grid, Ref, Visibility
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import SelfEvaluation
from zipingbiao.table.words import ACHIEVED, ANALYSIS, GOAL_TITLE
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key

_COLON = regex(r"[:：]")
_FIGURES = regex(r"[\W\d_]+")
_PRINTED = regex(r"指标\d*|行次|……|…")  # what a form prints in a row that nobody filled in
_LEVELS = frozenset(
    label_key(name) for form in FORMS for level in form.levels.items() for name in (level[0], *level[1])
)


def left_over(book: Book, tables: Sequence[SelfEvaluation]) -> tuple[tuple[Ref, str], ...]:
    """Return (cell, text) of what people typed beside *tables*, in the order of the workbook.

    Labels, headings and results of formulas are nobody's words. Of a visible sheet without a table only
    the name is told, with an empty text.
    """
    found: list[tuple[Ref, str]] = []
    for grid in book:
        own = [table for table in tables if grid.sheet in _sheets(table)]
        if own:
            found += _beside(grid, own)
        elif grid.cells and grid.visibility is Visibility.VISIBLE:
            found.append((grid.ref(1, 1), ""))
    return tuple(found)


def _sheets(table: SelfEvaluation) -> set[str]:
    """Its own sheet, and the one on which its funds stand."""
    return {table.sheet, *((table.funds.anchor.sheet,) if table.funds is not None else ())}


def _beside(grid: Grid, tables: Sequence[SelfEvaluation]) -> Iterator[tuple[Ref, str]]:
    read = {ref for table in tables for ref in _read(table)}
    said = {label_key(word) for table in tables for word in _words(table)}
    in_rows = {line.row for table in tables for line in (*table.indicators, *table.informative)}
    for row, columns in grid.rows.items():
        for column in columns:
            cell = grid.cells[row, column]
            text = Entry.of(grid.ref(row, column), cell).shown.strip()
            if not text or cell.formula is not None or grid.ref(row, column) in read:
                continue
            if label_key(text) in said or _is_label(text) or _is_number_of(text, row, in_rows):
                continue
            yield grid.ref(row, column), text


def _is_number_of(text: str, row: int, in_rows: set[int | None]) -> bool:
    """Whether this is the number of a line or a sign without words beside it: 1, ①, —."""
    return _FIGURES.fullmatch(text) is not None and (
        (row in in_rows and len(text) <= 2) or not text.strip("—-/\\ ")
    )


def _read(table: SelfEvaluation) -> Iterator[Ref]:
    yield from table.headings.values()
    yield from table.head.values()
    lines = (*table.indicators, *table.informative)
    entries = [entry for line in lines for entry in line.entries.values()]
    if table.funds is not None:
        entries += [*table.funds.entries.values()]
        entries += [entry for entry in (table.funds.points, table.funds.score) if entry is not None]
    entries += [entry for entry in (table.total_weight, table.total_score, table.grade) if entry is not None]
    yield from (entry.ref for entry in entries)
    yield from (entry.ref for entry in table.texts.values())


def _words(table: SelfEvaluation) -> Iterator[str]:
    """What other cells repeat: the levels and names of merged cells, the head, the title."""
    for line in (*table.indicators, *table.informative):
        yield from (line.level1, line.level2, line.name)
    project = table.project
    yield from (project.name, project.code, project.department, project.unit, project.year)


def _is_label(text: str) -> bool:
    """Whether a text is one of the form's own: alone, or before its colon with nothing behind it."""
    first, *rest = _COLON.split(text, maxsplit=1)
    if "".join(rest).strip():
        return labels.source(text) is not None or labels.money_unit(text) is not None
    key = labels.label(first).key
    if key in _LEVELS or _PRINTED.fullmatch(key):
        return True
    known = (
        labels.heading(first), labels.head_field(first), labels.amount_kind(first), labels.line_kind(first),
        labels.source(first), labels.money_unit(text),
    )  # fmt: skip
    told = (
        labels.is_total, labels.is_stated_total, labels.is_subtotal, labels.is_grade, labels.is_foot,
        labels.is_title, labels.is_points, labels.is_score, labels.opens_head,
    )  # fmt: skip
    if any(meaning is not None for meaning in known) or any(test(first) for test in told):
        return True
    return any(pattern.fullmatch(key) for pattern in (GOAL_TITLE, ACHIEVED, ANALYSIS))
