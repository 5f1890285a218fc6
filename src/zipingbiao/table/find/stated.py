"""Totals and grades stated beside a table: ``自评总分：94``, ``自评等级 | 良``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.values.regex import regex
from zipingbiao.values.typed import parse_text

# Sentences, wide gaps, and any gap before the next label: 自评总分：80分 自评等级：良.
_PARTS = regex(r"[\n\r\t,，;；。]+|[ \u3000]{2,}|[ \u3000]+(?=[^\s:：]{2,10}[:：])")
_COLON = regex(r"[:：]")
_IN_BRACKETS = regex(r"[（(]([^（）()]{2,10})[）)][:：]?\s*(\S{1,8})")  # （自评等级）优


def stated(
    sheet: Sheet,
    rows: Iterable[int],
    columns: tuple[int, int | None],
    is_label: Callable[[str], bool],
    accepts: Callable[[Entry], bool],
) -> Entry | None:
    """Return the entry beside or after a label; the blank cell beside it when none is filled."""
    blank: Entry | None = None
    for row in rows:
        for column in sheet.filled(row, *columns):
            text = sheet.text(row, column)
            if not text:
                continue
            entry = _after_colon(sheet, row, column, is_label)
            if entry is None and is_label(text):
                entry = _beside(sheet, row, column, columns[1])
            if entry is None:
                continue
            if not entry.is_empty and accepts(entry):
                return entry
            blank = blank or (entry if entry.is_empty else None)
    return blank


def _after_colon(sheet: Sheet, row: int, column: int, is_label: Callable[[str], bool]) -> Entry | None:
    value = next((value for label, value in _labelled(sheet.text(row, column)) if is_label(label)), None)
    if value is None:
        return None
    return Entry(sheet.grid.ref(row, column), sheet.grid.at(row, column), value, parse_text(value))


@lru_cache(maxsize=8192)
def _labelled(text: str) -> tuple[tuple[str, str], ...]:
    """Each label in a text with what stands behind its colon, or behind its brackets."""
    if len(text) > labels.LONGEST_LABEL:
        return ()
    found = []
    for part in _PARTS.split(text):
        bracketed = _IN_BRACKETS.fullmatch(part.strip())
        label, *value = bracketed.groups() if bracketed else _COLON.split(part, maxsplit=1)
        if value and value[0].strip():
            found.append((label, value[0].strip()))
    return tuple(found)


def _beside(sheet: Sheet, row: int, column: int, right: int | None) -> Entry:
    place = sheet.right_of(row, column, right)
    if place is not None and not _is_label(sheet.text(place.row, place.column)):
        return sheet.entry(place.row, place.column)
    return Entry.of(sheet.grid.ref(row, sheet.span(row, column).right + 1), None)


def _is_label(text: str) -> bool:
    return bool(text) and (
        labels.is_stated_total(text)
        or labels.is_grade(text)
        or labels.opens_head(text)
        or labels.is_foot(text)
    )
