"""Points that stand elsewhere than beside their line.

In a caption instead of a column (``质量指标（20分）``, ``得分（20分*执行率）``), or in one merged cell of several lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from zipingbiao.book.cells import Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise
from zipingbiao.values.typed import parse_text

# From the surest to the widest: a caption gives its points to a line only if no other line shares it.
_CAPTIONS = (Role.NAME, Role.LEVEL2, Role.LEVEL1)
_POINTS = regex(r"[(\[]\s*(\d+(?:\.\d+)?)\s*分\s*(?:[)\]]|[*×x])")


def points_entry(entry: Entry) -> Entry | None:
    """Return the points that a caption names, as an entry of its cell; None where it names none."""
    found = _POINTS.search(normalise(entry.text))
    return entry._replace(text=found[1], value=parse_text(found[1])) if found else None


def with_caption_points(rows: Iterable[Indicator]) -> list[Indicator]:
    """Give lines without a column of weights the points of their own caption.

    A caption over several lines does not say how its points are divided: those stay without weight,
    as does a row that nobody filled in.
    """
    rows = list(rows)
    captions = _captions(rows)
    shared = Counter(
        entry.ref
        for row, held in zip(rows, captions, strict=True)
        for entry in held.values()
        if not row.is_unfilled
    )
    return [
        row if row.is_unfilled else _with_points(row, held, shared)
        for row, held in zip(rows, captions, strict=True)
    ]


def _captions(rows: list[Indicator]) -> list[dict[Role, Entry]]:
    """The captions over each line; one goes on over blank cells until its level begins anew."""
    found: list[dict[Role, Entry]] = []
    held: dict[Role, Entry] = {}
    for row in rows:
        for role in (Role.LEVEL1, Role.LEVEL2, Role.NAME):
            entry = row.entries.get(role)
            if entry is None or entry.is_empty:
                continue
            if role is Role.LEVEL1 and entry != held.get(role):
                held.pop(Role.LEVEL2, None)
            held[role] = entry
        found.append(dict(held))
    return found


def _with_points(row: Indicator, held: dict[Role, Entry], shared: Counter[Ref]) -> Indicator:
    for role in _CAPTIONS:
        if role in held and shared[held[role].ref] == 1 and (points := points_entry(held[role])):
            return replace(row, weight=points.number, entries={**row.entries, Role.WEIGHT: points})
    return row


def with_shared_scores(sheet: Sheet, role: Role, rows: list[Indicator]) -> list[Indicator]:
    """Mark the rows that share one merged cell of their scores or deductions; only the first keeps the entry."""
    groups: dict[Ref, list[int]] = {}
    for row in rows:
        entry = row.entries.get(role)
        if (
            entry is not None
            and row.row is not None
            and sheet.span(entry.ref.row, entry.ref.column).bottom > entry.ref.row
        ):
            groups.setdefault(entry.ref, []).append(row.row)
    return [_shared(row, role, groups) for row in rows]


def _shared(row: Indicator, role: Role, groups: dict[Ref, list[int]]) -> Indicator:
    entry = row.entries.get(role)
    group = tuple(groups.get(entry.ref, ())) if entry is not None else ()
    if len(group) < 2:
        return row
    entries = {key: held for key, held in row.entries.items() if key is not role or row.row == group[0]}
    return replace(row, entries=entries, shared_score=group)
