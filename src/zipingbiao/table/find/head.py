"""The head of a table: project, code, department, unit and year, wherever their labels stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zipingbiao.book.cells import Area
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.head_words import has_word
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.records import Project
from zipingbiao.table.words import MONEY_UNITS
from zipingbiao.values.numerals import with_years
from zipingbiao.values.regex import regex

_FOUR = regex(r"(?<!\d)(20\d{2})(?!\d)")
_DIGIT = regex(
    r"[\d〇○零一二三四五六七八九]"
)  # 年度 without one is blank, and the next label stands beside it
_YEAR_ALONE = regex(r"[(（\[【]?\s*20\d{2}\s*年度?\s*[)）\]】]?")
FIELDS = ("name", "code", "department", "unit", "year")


def read_head(
    sheet: Sheet, first: int, last: int, left: int, right: int | None, skip: Iterable[Area] = ()
) -> dict[str, str]:
    """Return the fields found by label in rows *first* to *last*, surest and first label first.

    Areas to *skip* are funds blocks: their 项目 and 单位 are no fields of the head.
    """
    areas = tuple(skip)
    found: dict[str, tuple[int, str]] = {}
    titles = ""
    for (row, column), says in sheet.heads_between(first, last):
        inside = left <= column and (right is None or column <= right)
        if not inside or any(area.holds((row, column)) for area in areas):
            continue
        titles = titles or says.year
        for field, rank, behind in says.fields:
            value = _value_beside(sheet, row, column, right) if behind is None else behind
            if (
                value
                and not (field == "unit" and value in MONEY_UNITS)
                and not (field == "year" and not _DIGIT.search(value))
                and (field not in found or rank < found[field][0])
            ):
                found[field] = (rank, value)
    fields = {field: value for field, (_, value) in found.items()}
    if year := _FOUR.search(with_years(fields.get("year", ""))):
        fields["year"] = year[1]
    elif titles:
        fields["year"] = titles
    return fields


def titled_years(
    sheet: Sheet, first: int, last: int, left: int, right: int | None
) -> Mapping[str, tuple[int, int]]:
    """Return the years that titles of rows *first* to *last* say, each with its first place.

    A title stands alone in its row and speaks of 自评, or is the year alone: 2025年度项目支出绩效自评表、（2024年度）.
    """
    years: dict[str, tuple[int, int]] = {}
    for (row, column), says in sheet.heads_between(first, last):
        text = sheet.text(row, column)
        is_title = "自评" in text or _YEAR_ALONE.fullmatch(with_years(text).strip()) is not None
        if says.year and is_title and list(sheet.filled(row, left, right)) == [column]:
            years.setdefault(says.year, (row, column))
    return years


def project(*sources: dict[str, str]) -> Project:
    """Return the head from several places, the first that has a field."""
    return Project(**{field: next((s[field] for s in sources if s.get(field)), "") for field in FIELDS})


def said(entry: Entry) -> str:
    """Return what a cell of the head says: nothing where it is an error, a line to write on, or the 0 of a blank."""
    if entry.is_error or (entry.is_formula and entry.number == 0):
        return ""
    return entry.shown.strip() if has_word(entry.text) else ""


def _value_beside(sheet: Sheet, row: int, column: int, right: int | None) -> str:
    """The next text or number to the right that is no label itself; below, in a row of labels only."""
    place = sheet.right_of(row, column, right)
    if place is None or is_label(sheet, place.row, place.column):
        filled = sheet.filled(row)
        if len(filled) > 1 and all(is_label(sheet, row, at) for at in filled):
            return _value_below(sheet, row, column)
        return ""
    return said(sheet.entry(place.row, place.column))


def _value_below(sheet: Sheet, row: int, column: int) -> str:
    below = sheet.span(row, column).bottom + 1
    if any(is_label(sheet, below, at) for at in sheet.filled(below)):
        return ""
    return said(sheet.entry(below, column))


def is_label(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether a label of a head, an indicator table or a funds block stands here."""
    text = sheet.text(row, column)
    return bool(text) and (
        labels.opens_head(text)
        or labels.stands_beside_head(text)
        or labels.heading(text) is not None
        or labels.amount_kind(text) is not None
    )
