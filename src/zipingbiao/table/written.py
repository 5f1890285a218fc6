"""What we wrote last into a foreign workbook, remembered in hidden defined names.

A score that we wrote and nobody changed since may be replaced by a newer one; a score that somebody
typed may not. The memory travels inside the workbook, survives Excel, WPS and LibreOffice, and does
not depend on addresses: inserting rows or sorting keeps it right. Each name holds ``key=value``
pairs; a string constant in a formula may not exceed 255 characters, so there can be several names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from zipingbiao.book.cells import Ref
from zipingbiao.book.marks import WRITTEN
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Indicator, Role, SelfEvaluation

_MAX_CONSTANT = 240

WRITABLE = (Role.COMPLETION, Role.SCORE)
TOTAL, GRADE = "total", "grade"

Written = Mapping[str, str]


def slots(tables: Sequence[SelfEvaluation]) -> dict[str, Entry]:
    """Return every cell that scoring may fill, by a key that outlives row moves and re-readings."""
    found: dict[str, Entry] = {}
    for table in tables:
        for name, entry in _named_entries(table):
            stem = f"{table.project.name or table.sheet}|{name}"
            found[_free_key(found, stem)] = entry
    return found


def written(names: Mapping[str, str]) -> Written:
    """Return the remembered values by key, from the defined names of a workbook."""
    pairs: dict[str, str] = {}
    for name, constant in names.items():
        if name.startswith(WRITTEN):
            text = constant.removeprefix("=").strip('"').replace('""', '"')
            pairs.update((key, value) for key, _, value in (pair.partition("=") for pair in text.split(";")))
    return pairs


def recognise(tables: Sequence[SelfEvaluation], names: Mapping[str, str]) -> tuple[SelfEvaluation, ...]:
    """Return the tables with those entries marked ``ours`` that still hold what we wrote last."""
    memory = written(names)
    if not memory:
        return tuple(tables)
    ours = {
        (entry.ref, entry.text)
        for key, entry in slots(tables).items()
        if key in memory and not entry.is_formula and entry.text == memory[key]
    }
    return tuple(_mark(table, ours) for table in tables)


def names_for(values: Written, existing: Mapping[str, str]) -> tuple[tuple[str, str | None], ...]:
    """Return the defined names to set (or, with None, to remove) so that *values* are remembered."""
    chunks: list[str] = []
    for key in sorted(values):
        pair = f"{key}={values[key]}"
        if chunks and len(chunks[-1]) + len(pair) < _MAX_CONSTANT:
            chunks[-1] += f";{pair}"
        else:
            chunks.append(pair)
    wanted = {f"{WRITTEN}{number}": chunk for number, chunk in enumerate(chunks, 1)}
    stale = [name for name in existing if name.startswith(WRITTEN) and name not in wanted]
    return (*wanted.items(), *((name, None) for name in stale))


def _named_entries(table: SelfEvaluation) -> Iterator[tuple[str, Entry]]:
    for row in table.indicators:
        for role in WRITABLE:
            if role in row.entries:
                yield f"{role}|{row.level1}|{row.level2}|{row.name}", row.entries[role]
    if table.total_score is not None:
        yield TOTAL, table.total_score
    if table.grade is not None:
        yield GRADE, table.grade


def _free_key(taken: Mapping[str, Entry], stem: str) -> str:
    """Number lines of one name, and tables of one project, in reading order."""
    number = 0
    while (key := hashlib.blake2b(f"{stem}|{number}".encode(), digest_size=4).hexdigest()) in taken:
        number += 1
    return key


def _mark(table: SelfEvaluation, ours: AbstractSet[tuple[Ref, str]]) -> SelfEvaluation:
    return replace(
        table,
        indicators=tuple(_mark_row(row, ours) for row in table.indicators),
        total_score=table.total_score and _mark_entry(table.total_score, ours),
        grade=table.grade and _mark_entry(table.grade, ours),
    )


def _mark_row(row: Indicator, ours: AbstractSet[tuple[Ref, str]]) -> Indicator:
    if not any(role in row.entries and _is_ours(row.entries[role], ours) for role in WRITABLE):
        return row
    entries = {role: _mark_entry(entry, ours) for role, entry in row.entries.items()}
    return replace(row, entries=entries)


def _mark_entry(entry: Entry, ours: AbstractSet[tuple[Ref, str]]) -> Entry:
    return replace(entry, ours=True) if _is_ours(entry, ours) else entry


def _is_ours(entry: Entry, ours: AbstractSet[tuple[Ref, str]]) -> bool:
    return (entry.ref, entry.text) in ours
