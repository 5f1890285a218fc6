"""What we wrote last into a workbook: known by the template, or remembered in hidden defined names.

In our own template 完成率, 核算得分 and 评分说明 are ours wherever they stand. In a foreign table a score
that we wrote and nobody changed since may be replaced by a newer one; a score that somebody
typed may not. The memory travels inside the workbook, survives Excel, WPS and LibreOffice, and does
not depend on addresses: inserting rows or sorting keeps it right. Each name holds ``key=value``
pairs; a string constant in a formula may not exceed 255 characters, so there can be several names.

A key is 8 signs of project and indicator, and 8 of what the line holds beside its names: weight and
target. Once a project or an indicator has another name, the value in a line of this content is still
known for ours, as long as no more cells show it than memory has lost.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from zipingbiao.book.cells import Ref
from zipingbiao.book.marks import WRITTEN
from zipingbiao.table import ours as template
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Indicator, Role, SelfEvaluation
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain

_MAX_CONSTANT = 240
_DIGEST = 4  # bytes: 8 signs of a key

WRITABLE = (Role.COMPLETION, Role.SCORE, Role.DEDUCTION)
GREY = (Role.COMPLETION, Role.COMPUTED, Role.EXPLANATION)
"""What only we write in a line of our own template."""
TOTAL, OFF, GRADE = "total", "off", "grade"


class Remembered(NamedTuple):
    """A value that we wrote; *content* says in what a line it stood, "" in names of earlier versions."""

    text: str
    content: str = ""


Written = Mapping[str, Remembered]


@frozen
class Slot:
    """A cell that scoring may fill.

    Attributes:
        entry: the cell as read.
        content: what its line holds beside names, as :class:`Remembered` says it.
        line: the same for the cells of one line, and for total and grade.
    """

    entry: Entry
    content: str
    line: tuple[Ref, int | None]

    @property
    def remembered(self) -> Remembered:
        """What memory is to hold while the cell stays as it is."""
        return Remembered(self.entry.text, self.content)


def slots(tables: Sequence[SelfEvaluation]) -> dict[str, Slot]:
    """Return every cell that scoring may fill, by a key that outlives row moves and re-readings."""
    found: dict[str, Slot] = {}
    for table in tables:
        for name, slot in _named_slots(table):
            stem = f"{table.project.name or table.sheet}|{name}"
            found[_free_key(found, stem)] = slot
    return found


def written(names: Mapping[str, str]) -> Written:
    """Return the remembered values by key, from the defined names of a workbook."""
    pairs: dict[str, Remembered] = {}
    for name, constant in names.items():
        if name.startswith(WRITTEN):
            text = constant.removeprefix("=").strip('"').replace('""', '"')
            for pair in text.split(";"):
                key, _, value = pair.partition("=")
                pairs[key[: 2 * _DIGEST]] = Remembered(value, key[2 * _DIGEST :])
    return pairs


def recognise(tables: Sequence[SelfEvaluation], names: Mapping[str, str]) -> tuple[SelfEvaluation, ...]:
    """Return the tables with those entries marked ``ours`` that still hold what we wrote last."""
    memory = written(names)
    ours = _remembered_cells(slots(tables), memory) if memory else set()
    if template.of(names) is not None:
        ours |= {_spot(entry) for table in tables for entry in _grey(table)}
    return tuple(_mark(table, ours) for table in tables) if ours else tuple(tables)


def _spot(entry: Entry) -> tuple[Ref, str]:
    return entry.ref, entry.text


def _grey(table: SelfEvaluation) -> Iterator[Entry]:
    """The cells of our template's lines that only we write; a formula is nobody's."""
    if Role.COMPUTED in table.headings:  # a foreign table in our workbook has no such column
        for row in table.indicators:
            held = (row.entries.get(role) for role in GREY)
            yield from (entry for entry in held if entry is not None and not entry.is_formula)


def _remembered_cells(found: Mapping[str, Slot], memory: Written) -> set[tuple[Ref, str]]:
    """The cells that hold what memory says, by name, or by value where the name is gone."""
    typed = {key: slot for key, slot in found.items() if not slot.entry.is_formula and slot.entry.cell}
    named = {_spot(slot.entry) for key, slot in typed.items() if slot.entry.text == _text(memory.get(key))}
    strange = [slot for key, slot in typed.items() if key not in memory and _spot(slot.entry) not in named]
    lost = Counter(value for key, value in memory.items() if key not in found)
    return named | {_spot(slot.entry) for slot in _by_value(strange, lost)}


def _text(value: Remembered | None) -> str | None:
    return None if value is None else value.text


def _by_value(strange: Sequence[Slot], lost: Counter[Remembered]) -> Iterator[Slot]:
    """The cells under unknown names that hold what memory has lost: never more of them than it lost.

    Memory of an earlier version does not say in what a line a value stood: there one line must hold all
    that is lost, and more than one value.
    """
    shown = Counter(slot.remembered for slot in strange)
    values = Counter(Remembered(slot.entry.text) for slot in strange)
    is_one_line = len(strange) > 1 and len({slot.line for slot in strange}) == 1
    for slot in strange:
        if shown[slot.remembered] <= lost[slot.remembered] or (is_one_line and values == lost):
            yield slot


def names_for(values: Written, existing: Mapping[str, str]) -> tuple[tuple[str, str | None], ...]:
    """Return the defined names to set (or, with None, to remove) so that *values* are remembered."""
    chunks: list[str] = []
    for key in sorted(values):
        pair = f"{key}{values[key].content}={values[key].text}"
        if chunks and len(chunks[-1]) + len(pair) < _MAX_CONSTANT:
            chunks[-1] += f";{pair}"
        else:
            chunks.append(pair)
    wanted = {f"{WRITTEN}{number}": chunk for number, chunk in enumerate(chunks, 1)}
    stale = [name for name in existing if name.startswith(WRITTEN) and name not in wanted]
    return (*wanted.items(), *((name, None) for name in stale))


def _named_slots(table: SelfEvaluation) -> Iterator[tuple[str, Slot]]:
    for row in table.indicators:
        for role in WRITABLE:
            if role in row.entries:
                name = f"{role}|{row.level1}|{row.level2}|{row.name}"
                content = _digest(f"{role}|{_content(row)}")
                yield name, Slot(row.entries[role], content, (table.anchor, row.row))
    whole = "|".join(map(_content, table.indicators))
    for name, entry in ((TOTAL, table.total_score), (OFF, table.total_deduction), (GRADE, table.grade)):
        if entry is not None:
            yield name, Slot(entry, _digest(f"{name}|{whole}"), (table.anchor, None))


def _content(row: Indicator) -> str:
    """What a line holds beside its names and results."""
    return f"{'' if row.weight is None else plain(row.weight)}|{row.text(Role.TARGET)}"


def _free_key(taken: Mapping[str, Slot], stem: str) -> str:
    """Number lines of one name, and tables of one project, in reading order."""
    number = 0
    while (key := _digest(f"{stem}|{number}")) in taken:
        number += 1
    return key


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).hexdigest()


def _mark(table: SelfEvaluation, ours: AbstractSet[tuple[Ref, str]]) -> SelfEvaluation:
    return replace(
        table,
        indicators=tuple(_mark_row(row, ours) for row in table.indicators),
        total_score=table.total_score and _mark_entry(table.total_score, ours),
        total_deduction=table.total_deduction and _mark_entry(table.total_deduction, ours),
        grade=table.grade and _mark_entry(table.grade, ours),
    )


def _mark_row(row: Indicator, ours: AbstractSet[tuple[Ref, str]]) -> Indicator:
    if not any(_is_ours(entry, ours) for entry in row.entries.values()):
        return row
    entries = {role: _mark_entry(entry, ours) for role, entry in row.entries.items()}
    return replace(row, entries=entries)


def _mark_entry(entry: Entry, ours: AbstractSet[tuple[Ref, str]]) -> Entry:
    return entry._replace(ours=True) if _is_ours(entry, ours) else entry


def _is_ours(entry: Entry, ours: AbstractSet[tuple[Ref, str]]) -> bool:
    return _spot(entry) in ours
