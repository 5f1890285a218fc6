"""变更记录: one line per changed cell on our own sheet, and the plan that takes the last batch back.

A line holds the old and the new value so that the type survives: a number as a number, a formula as
text that begins with ``=``, a blank cell as a blank. Text that itself begins with ``=`` or ``'``
gets a ``'`` before it, as people write it in Excel. A press is a batch; what undid batch 3 says so
in 说明 (``撤销第3批``), and the next undo takes the batch before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.book.after import after, content
from zipingbiao.book.cells import Book, Cell, Grid, Ref, column_number
from zipingbiao.book.changes import Change, Plan
from zipingbiao.errors import UsageError
from zipingbiao.table import entry as typed
from zipingbiao.table import ours, written
from zipingbiao.table.find import read_tables
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import stored
from zipingbiao.values.regex import regex

SCORE, FIX, UNDO = "评分", "修复", "撤销"
"""Words of the column 动作: what a 评分 wrote counts as ours when an undo brings it back."""

Value = Decimal | str
"""A value as the log spells it: see the module's docstring; "" is a blank cell."""

_OWN = frozenset({ours.Sheet.FINDINGS, ours.Sheet.LOG, ours.Sheet.SUMMARY})
_WHEN, _ACTION, _SHEET, _CELL, _OLD, _NEW, _WHY, _PROFILE, _BATCH = range(1, 10)
_A1 = regex(r"([A-Z]{1,3})([1-9]\d{0,6})")
_UNDONE = regex(r"撤销第(\d+)批")


@frozen
class Entry:
    """One changed cell of a batch, values as the log spells them."""

    ref: Ref
    old: Value
    new: Value
    why: str


@frozen
class Batch:
    """What one press changed; *when* is the text of the log."""

    number: int
    action: str
    when: str
    entries: tuple[Entry, ...]


def now() -> datetime:
    """Return the time for 变更记录: people read it by the clock on their wall."""
    return datetime.now()  # noqa: DTZ005


def logged(
    book: Book, changes: Sequence[Change], action: str, when: datetime, profile: str
) -> tuple[Change, ...]:
    """Return the further changes that put a line per change on top of 变更记录: the newest press comes first.

    Results of formulas and our own sheets are not logged. The old values are those of *book*.
    Nothing to log, or a workbook without that sheet, gives no changes.

    Args:
        book: as read, before the changes.
        changes: of one press.
        action: one word for the column 动作, such as :data:`SCORE`.
        when: the time of the press.
        profile: the 评分规则 in force.
    """
    lines = [
        _Line(change.ref.sheet, change.ref.a1, _at(book, change.ref), _written(change), change.why)
        for change in changes
        if not change.cached and change.ref.sheet not in _OWN
    ]
    return _on_top(book, lines, action, when, profile)


def last_batch(book: Book) -> Batch | None:
    """Return the last batch that is not undone and is itself no undo; None when there is none."""
    batches = _in_force(book)
    return batches[-1] if batches else None


def to_undo(book: Book) -> Batch:
    """Return the batch that an undo would take back.

    Raises:
        UsageError: there is nothing to undo.
    """
    if _log(book) is None:
        raise UsageError(
            "工作簿中没有“变更记录”工作表，无法撤销；请从写入前留下的 .last.bak 文件恢复，没有它时用 .bak。"
        )
    batch = last_batch(book)
    if batch is None:
        raise UsageError("变更记录中没有可以撤销的操作，文件没有改动。")
    return batch


def undo(book: Book, when: datetime) -> Plan:
    """Return the plan that takes the last batch back, with its own lines in 变更记录.

    A cell that no longer holds what the batch wrote is left alone and named in the notes. The
    memory of what we wrote follows: a value that an earlier 评分 wrote counts as ours again.

    Raises:
        UsageError: there is nothing to undo.
    """
    batch = to_undo(book)
    back = [entry for entry in batch.entries if _holds(book, entry)]
    why = f"撤销第{batch.number}批"
    changes = with_results(book, [_reversed(book, entry, why) for entry in back])
    later = after(book, changes)
    log = logged(book, changes, UNDO, when, "") or _on_top(
        book, [_Line("", "", "", "", f"{why}，没有可恢复的单元格")], UNDO, when, ""
    )
    return Plan(
        tuple(sorted((*changes, *log), key=lambda change: change.ref)),
        book.digest,
        written.names_for(_remembered(book, later, batch, back), book.names),
        tuple(_notes(batch, back)),
    )


# --- writing the log ----------------------------------------------------------------------------


class _Line(NamedTuple):
    """What a line says of one cell; no cell when there was none to change."""

    sheet: str
    a1: str
    old: Value
    new: Value
    why: str


def _on_top(
    book: Book, lines: Sequence[_Line], action: str, when: datetime, profile: str
) -> tuple[Change, ...]:
    grid = _log(book)
    if grid is None or not lines:
        return ()
    before = [_held(grid, row) for row in grid.rows if row >= ours.FIRST_ROW]
    kept = sorted((held for held in before if any(held)), key=lambda held: -_batch_of(held))
    batch = Decimal(max((line.batch for line in _read(grid)), default=0) + 1)
    moment = when.strftime("%Y-%m-%d %H:%M:%S")
    new = [(moment, action, *line, profile, batch) for line in lines]
    last = max((row for row in grid.rows), default=0)
    blank = [("",) * _BATCH] * (last - ours.HEADING_ROW - len(new) - len(kept))
    return tuple(
        Change(ref, old, value, ours.Sheet.LOG.value)
        for row, line in enumerate((*new, *kept, *blank), ours.FIRST_ROW)
        for column, value in enumerate(line, 1)
        if (old := str(content(grid.at(row, column)))) or value != ""
        for ref in (grid.ref(row, column),)
    )


def _held(grid: Grid, row: int) -> tuple[Value, ...]:
    return tuple(content(grid.at(row, column)) for column in range(1, _BATCH + 1))


def _batch_of(held: Sequence[Value]) -> Decimal:
    """The batch of a line; a line that somebody made unreadable goes last."""
    number = held[_BATCH - 1]
    return number if isinstance(number, Decimal) else Decimal(-1)


def _written(change: Change) -> Value:
    return f"={change.formula}" if change.formula else _spelled(change.new)


def _at(book: Book, ref: Ref) -> Value:
    """Return what a cell holds, as the log spells it."""
    cell = book.grid(ref.sheet).at(ref.row, ref.column)
    if cell is not None and cell.formula is not None:
        return f"={cell.formula}"
    return _spelled(content(cell))


def _spelled(value: Value) -> Value:
    """Mark text that would read as a formula or as a mark."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "'"} else value


# --- reading the log ----------------------------------------------------------------------------


class _Read(NamedTuple):
    """A line as read; *entry* is None where it names no cell."""

    batch: int
    action: str
    when: str
    why: str
    entry: Entry | None


def _log(book: Book) -> Grid | None:
    return next((grid for grid in book.grids if grid.sheet == ours.Sheet.LOG), None)


def _read(grid: Grid) -> Iterator[_Read]:
    """Give the lines of the log, without those somebody made unreadable."""
    for row in grid.rows:
        cells = {column: grid.at(row, column) for column in grid.rows[row]}
        number = content(cells.get(_BATCH))
        if row >= ours.FIRST_ROW and isinstance(number, Decimal) and number == int(number):
            text = {column: str(content(cells.get(column))) for column in (_WHEN, _ACTION, _WHY)}
            yield _Read(int(number), text[_ACTION], text[_WHEN], text[_WHY], _entry(cells, text[_WHY]))


def _entry(cells: Mapping[int, Cell | None], why: str) -> Entry | None:
    sheet, a1 = str(content(cells.get(_SHEET))), str(content(cells.get(_CELL)))
    place = _A1.fullmatch(a1)
    if place is None:
        return None
    ref = Ref(sheet, int(place[2]), column_number(place[1]))
    return Entry(ref, content(cells.get(_OLD)), content(cells.get(_NEW)), why)


def _in_force(book: Book) -> list[Batch]:
    """Return the batches whose changes stand, in the order in which they were made."""
    grid = _log(book)
    lines = [] if grid is None else list(_read(grid))
    undone = {int(found[1]) for line in lines if line.action == UNDO and (found := _UNDONE.match(line.why))}
    batches: dict[int, Batch] = {}
    for line in lines:
        if line.action != UNDO and line.batch not in undone:
            known = batches.get(line.batch, Batch(line.batch, line.action, line.when, ()))
            entries = known.entries if line.entry is None else (*known.entries, line.entry)
            batches[line.batch] = replace(known, entries=entries)
    return [batches[number] for number in sorted(batches)]


# --- taking back --------------------------------------------------------------------------------


def _holds(book: Book, entry: Entry) -> bool:
    """Tell whether a cell still holds what the batch wrote, and can be written."""
    ref = entry.ref
    if not any(grid.sheet == ref.sheet for grid in book.grids):
        return False
    shown, _ = book.grid(ref.sheet).through_merge(ref.row, ref.column)
    return shown == ref and _at(book, ref) == entry.new


def _reversed(book: Book, entry: Entry, why: str) -> Change:
    """Return the change back; the result of a formula is not known yet."""
    cell = book.grid(entry.ref.sheet).at(entry.ref.row, entry.ref.column)
    now, old = typed.Entry.of(entry.ref, cell).text, entry.old
    if isinstance(old, str) and old.startswith("="):
        return Change(entry.ref, now, "", why, formula=old[1:])
    loses_formula = cell is not None and cell.formula is not None
    value = old.removeprefix("'") if isinstance(old, str) else old
    return Change(entry.ref, now, value, why, formula="" if loses_formula else None)


def with_results(book: Book, changes: Sequence[Change]) -> list[Change]:
    """Return the changes with what formulas give once they are made: those that come back, and all others."""
    from zipingbiao.book.formulas import results

    back = {each.ref for each in changes if each.formula}
    found = results(after(book, changes)) if back else {}
    done = [replace(each, new=found.get(each.ref, "")) if each.ref in back else each for each in changes]
    return [*done, *_cached(book, results(book, {each.ref: each.new for each in done}))]


def _cached(book: Book, found: Mapping[Ref, Value]) -> Iterator[Change]:
    """Give the changes of cached results that are not, to the 15 digits of a cell, what they were."""
    for ref, value in found.items():
        shown, cell = book.grid(ref.sheet).through_merge(ref.row, ref.column)
        kept = stored(str(value)) if isinstance(value, Decimal) else value
        if shown == ref and content(cell) != kept:  # nobody sees, or can write, under a merge
            yield Change(ref, typed.Entry.of(ref, cell).text, value, "公式结果", cached=True)


def _remembered(
    book: Book, later: Book, batch: Batch, back: Iterable[Entry]
) -> dict[str, written.Remembered]:
    """Return what memory holds after the undo.

    A value that comes back is ours exactly when the last 评分 that still stands wrote it there.
    """
    last = {
        entry.ref: entry.new
        for earlier in _in_force(book)
        if earlier.action == SCORE and earlier.number != batch.number
        for entry in earlier.entries
    }
    restored = {entry.ref: entry.old for entry in back}
    remembered = dict(written.written(book.names))
    for key, slot in written.slots(read_tables(later)).items():
        ref = slot.entry.ref
        if ref in restored:
            remembered.pop(key, None)
            if slot.entry.text and last.get(ref) == restored[ref]:
                remembered[key] = slot.remembered
    return remembered


def _notes(batch: Batch, back: Sequence[Entry]) -> Iterator[str]:
    left = [str(entry.ref) for entry in batch.entries if entry not in back]
    if left:
        yield f"以下单元格在第{batch.number}批之后又有改动，没有恢复，请核对：{'、'.join(left)}。"
