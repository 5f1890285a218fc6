"""Funds blocks: amounts crossed with sources, whichever of the two stands in the rows.

One finder serves both: a sheet of labels is looked at as (line, place), turned over for the Shanxi
form, so that the amounts (年初预算, 全年执行, …) always stand along one line and the sources (年度资金总额,
财政拨款, …) stand on the lines after it, before the place of the first amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from zipingbiao.book.cells import Area, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.funds_lines import Mark, View, marks_of
from zipingbiao.table.find.funds_pairs import figure_beside, further_below, parts_below
from zipingbiao.table.find.funds_points import BlockPoints, beside_labels, in_columns, point_columns
from zipingbiao.table.find.money import in_own_unit, named_unit, own_unit, wan_yuan
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.values.frozen import frozen
from zipingbiao.values.typed import Quantity
from zipingbiao.values.unit import Unit

_GAP = 3  # lines without a label that a block may contain
_WIDE_GAP = 5  # columns between two amounts of one row, at most
_HEADER_ROWS = 4  # rows of source headings above the first amount, at most
_MOST_TASKS = 60  # lines from the headings to the total below them
_AMOUNTS = frozenset({AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED})


@frozen
class Block:
    """A funds block, the rectangle it fills, and the row of its total."""

    funds: Funds
    area: Area
    total_row: int


@frozen
class _Run:
    """Amounts along one line: their places, surest label first."""

    view: View
    line: int
    places: Mapping[AmountKind, int]

    @property
    def first(self) -> int:
        return min(self.places.values())

    @property
    def last(self) -> int:
        return max(self.places.values())

    def mark(self, kind: AmountKind) -> Mark | None:
        """The label of an amount; None where only a 行次 beside the line names it."""
        return self.view.lines[self.line].get(self.places[kind])

    @property
    def marks(self) -> list[Mark]:
        """The labels of its amounts."""
        return [mark for kind in self.places if (mark := self.mark(kind)) is not None]

    @property
    def labels(self) -> list[Ref]:
        """Where its labels stand."""
        return [mark.ref for mark in self.marks]

    def is_part(self, line: int, label: int) -> bool:
        """Whether a line after the sources holds amounts and has words of its own at about the place *label*."""
        sheet, by_rows = self.view.sheet, self.view.by_rows
        places = range(max(label - 2, 1), self.first)
        named = any(sheet.text(at, line) if by_rows else sheet.text(line, at) for at in places)
        return named and any(
            isinstance(self.view.entry(line, place).value, Quantity)
            for kind, place in self.places.items()
            if kind in _AMOUNTS
        )

    @property
    def rank(self) -> int:
        return max((mark.rank for mark in self.marks), default=2)


def find_blocks(sheet: Sheet) -> list[Block]:
    """Return the funds blocks of a sheet, top to bottom."""
    if not any(label.amount or label.line for label in sheet.labels.values()):
        return []
    marks = marks_of(sheet)
    if sum(mark.kind is not None for mark in marks.values()) < 2:
        return []
    runs = [run for by_rows in (False, True) for run in _runs(View(sheet, marks, by_rows=by_rows))]
    blocks: list[Block] = []
    for make in (_cross, _pairs):
        for run in sorted(runs, key=lambda run: run.rank):
            if any(block.area.holds((ref.row, ref.column)) for ref in run.labels for block in blocks):
                continue  # its labels are those of a block that we have
            block = make(sheet, run)
            if block is not None and not any(overlap(block.area, other.area) for other in blocks):
                blocks.append(block)
    return sorted(blocks, key=lambda block: (block.area.top, block.area.left))


def overlap(one: Area, other: Area) -> bool:
    """Tell whether two rectangles have a cell in common."""
    rows = one.top <= other.bottom and other.top <= one.bottom
    return rows and one.left <= other.right and other.left <= one.right


def _runs(view: View) -> Iterator[_Run]:
    """Runs of two amounts or more; where one merged label covers two lines, the last line counts."""
    for line in sorted(view.lines):
        kinds = view.kinds(line)
        following = {mark.ref for mark in view.kinds(line + 1).values()}
        if {mark.ref for mark in kinds.values()} <= following:
            continue
        for places in _unbroken(view, line):
            if len(places) >= 2:
                extra = _by_line_number(view, line, places) if view.by_rows else {}
                yield _Run(view, line, places | extra)


def _unbroken(view: View, line: int) -> Iterator[dict[AmountKind, int]]:
    """Cut a line where another block begins: an amount comes again, a gap, a source label between."""
    run: dict[AmountKind, int] = {}
    ranks: dict[AmountKind, int] = {}
    held: Ref | None = None
    for place, mark in view.kinds(line).items():
        if mark.ref == held or mark.kind is None:
            continue
        held = mark.ref
        if mark.kind is AmountKind.EXECUTION_RATE and run.get(mark.kind) == min(run.values(), default=0):
            del run[mark.kind]  # 预算执行率 before the amounts was the caption of the block
        again = mark.kind in run
        if again and mark.rank > ranks[mark.kind]:
            continue
        if (again and mark.rank == ranks[mark.kind]) or (
            run and _is_cut(view, line, max(run.values()), place)
        ):
            yield run
            run, ranks = {}, {}
        run[mark.kind], ranks[mark.kind] = place, mark.rank
    yield run


def _is_cut(view: View, line: int, last: int, place: int) -> bool:
    """Whether two amounts of a line are too far apart, or the next block's sources stand between them."""
    if view.by_rows:
        return place - last > _GAP
    below, heads = view.lines.get(line + 1, {}), view.kinds(line)
    between = (below[at] for at in range(last + 1, place) if at in below and at not in heads)
    return place - last > _WIDE_GAP or any(mark.source for mark in between)


def _by_line_number(view: View, line: int, places: dict[AmountKind, int]) -> dict[AmountKind, int]:
    """Amounts that only their 行次 names, in rows of the block whose label is missing or odd."""
    first, last = min(places.values()) - 2, max(places.values()) + 2
    found: dict[AmountKind, int] = {}
    for beside in range(line + 1, line + _GAP + 1):
        for place, mark in view.kinds(beside).items():
            free = place not in places.values() and mark.kind not in places
            if mark.kind is not None and mark.rank == 2 and free and first <= place <= last:
                found.setdefault(mark.kind, place)
    return found


def _cross(sheet: Sheet, run: _Run) -> Block | None:
    """Cross the amounts of a line with the sources on the lines after it."""
    sources, refs, others = _sources(run)
    if not sources:
        sources = _figures_below(sheet, run) or _total_of_tasks(run)
    if not sources:
        return None
    marks = {kind: run.mark(kind) for kind in run.places}
    units = {kind: own_unit(sheet, mark.ref) if mark else None for kind, mark in marks.items()}
    source_units = {source: own_unit(sheet, refs[source]) if source in refs else None for source in sources}
    own = {(kind, source): units[kind] or source_units[source] for kind in units for source in sources}
    entries = {
        (kind, source): run.view.entry(line, place)
        for kind, place in run.places.items()
        for source, line in sources.items()
    }
    total = sources.get(Source.TOTAL, min(sources.values()))
    lines = [total, *(line for line in sorted(sources.values()) if line != total)]
    found = BlockPoints()
    if not run.view.by_rows:
        found = in_columns(sheet, run.line, _beside_amounts(run, total), lines, range(1, run.first))
    block = _block(sheet, run, entries, own, [*refs.values()], found, total)
    if not others:
        return block
    any_unit, unit = next(filter(None, units.values()), None), block.funds.unit
    unnamed = {
        kind: tuple(in_own_unit(run.view.entry(line, place), kind, any_unit, unit) for line in others)
        for kind, place in run.places.items()
    }
    return replace(block, funds=replace(block.funds, unnamed=unnamed))


def _sources(run: _Run) -> tuple[dict[Source, int], dict[Source, Ref], list[int]]:
    """The lines of the sources, their labels, and the lines of parts whose label names none, or one again."""
    lines: dict[Source, int] = {}
    refs: dict[Source, Ref] = {}
    unnamed: list[int] = []
    missing, aligned = 0, 0
    numbers = _number_lines(run)
    for line in count(run.line + 1):
        if missing > (_GAP if run.view.by_rows else 1) or _is_rival(run, line) or _has_labels(run, line):
            break
        found = _source_at(run, line, aligned)
        if found is None:
            if aligned and not missing and run.is_part(line, aligned):
                unnamed.append(line)
            else:
                missing += line not in numbers
            continue
        place, mark, source = found
        missing, aligned = 0, aligned or place
        if mark.ref in refs.values():
            continue
        if source in lines and source is not Source.TOTAL:
            unnamed.append(line)
        lines.setdefault(source, line)
        refs.setdefault(source, mark.ref)
    return lines, refs, unnamed


def _number_lines(run: _Run) -> set[int]:
    """Lines that hold the 行次 of a Shanxi block."""
    near = range(run.line + 1, run.line + _GAP + 1)
    return {line for line in near if any(mark.rank == 2 for mark in run.view.kinds(line).values())}


def _is_rival(run: _Run, line: int) -> bool:
    """Whether a line names amounts of another block at the places of this one."""
    own = {mark.ref for mark in run.view.kinds(run.line).values()}
    return any(
        mark.ref not in own and mark.rank < 2 and run.first - 1 <= place <= run.last
        for place, mark in run.view.kinds(line).items()
    )


def _has_labels(run: _Run, line: int) -> bool:
    """Whether labels stand where amounts would: a whole department's ``财政拨款： | 50 | 基本支出： | 30`` is of pairs."""
    marks = run.view.lines.get(line, {})
    return not run.view.by_rows and any(
        (place in marks and marks[place].source is not None and marks[place].ref.column >= run.first)
        or run.view.entry(line, place).text.rstrip().endswith((":", "："))
        for place in run.places.values()
    )


def _source_at(run: _Run, line: int, aligned: int) -> tuple[int, Mark, Source] | None:
    """The source of a line: the label nearest to the amounts; 合计 below 财政资金 is its subtotal.

    Labels of one block are aligned: a label far from the place of the first is another block's.
    """
    reach = run.first - _HEADER_ROWS if run.view.by_rows else 0
    captions = run.view.lines[run.line]  # a label that also covers this line heads no figures
    marks = [
        (place, mark, mark.source)
        for place, mark in run.view.lines.get(line, {}).items()
        if reach <= place < run.first
        and mark.source is not None
        and captions.get(place) is not mark
        and (not aligned or abs(place - aligned) <= 2)
    ]
    if not marks:
        return None
    place, mark, source = marks[-1]
    parents = [parent for at, _, parent in marks[:-1] if place - at <= 2]
    if source is Source.TOTAL and Source.FISCAL in parents:
        source = Source.FISCAL
    return place, mark, source


def _figures_below(sheet: Sheet, run: _Run) -> dict[Source, int]:
    """One row of figures right below the amounts, without any label, is the total; points count as figures."""
    if run.view.by_rows or len(_AMOUNTS & set(run.places)) < 2:
        return {}
    first = run.line + 1
    amounts = tuple(run.places.values())
    points = point_columns(sheet, run.line, _beside_amounts(run, first))
    for columns in (amounts, (*amounts, *(column for column in points if column))):
        one, two = (
            sum(isinstance(sheet.entry(line, column).value, Quantity) for column in columns)
            for line in (first, first + 1)
        )
        if one >= 2:
            return {Source.TOTAL: first} if two < 2 else {}
    return {}


def _total_of_tasks(run: _Run) -> dict[Source, int]:
    """金额合计 below the tasks of a department, which are named and have amounts of their own."""
    if run.view.by_rows or len(_AMOUNTS & set(run.places)) < 2:
        return {}
    for line in range(run.line + 1, run.line + _MOST_TASKS):
        marks = run.view.lines.get(line, {})
        if any(mark.source is Source.TOTAL and place < run.first for place, mark in marks.items()):
            return {Source.TOTAL: line} if run.is_part(line, 1) else {}
        if _is_rival(run, line) or not (run.is_part(line, 1) or _has_labels(run, line)):
            return {}
    return {}


def _beside_amounts(run: _Run, total: int) -> range:
    """The columns in which points of the execution may stand in the line of the amounts."""
    own = run.labels  # one that is merged reaches beyond its own place
    beyond = [
        place
        for line in (run.line, total)
        for place, mark in run.view.lines.get(line, {}).items()
        if place > run.last and (mark.kind is not None or mark.source is not None) and mark.ref not in own
    ]
    first = max((place for place in run.view.lines.get(total, {}) if place < run.first), default=0) + 1
    return range(first, min(beyond, default=run.last + _GAP + 3))


def _pairs(sheet: Sheet, run: _Run) -> Block | None:
    """Amounts with their figure right beside the label: ``预算数： | 50 | 执行数： | 50``."""
    if len(_AMOUNTS & set(run.places)) < 2:
        return None
    entries: dict[tuple[AmountKind, Source], Entry] = {}
    own: dict[tuple[AmountKind, Source], Unit | None] = {}
    labels = [(kind, mark.ref) for kind in run.places if (mark := run.mark(kind)) is not None]
    if not run.view.by_rows:
        labels += further_below(sheet, run.line, [ref.column for _, ref in labels], run.places)
    for kind, ref in labels:
        if (entry := figure_beside(sheet, ref)) is not None:
            entries[kind, Source.TOTAL] = entry
            own[kind, Source.TOTAL] = own_unit(sheet, ref)
            if not run.view.by_rows:
                entries |= {(kind, source): part for source, part in parts_below(sheet, ref).items()}
    refs = [ref for _, ref in labels]
    area = _around([*refs, *(entry.ref for entry in entries.values())], sheet)
    found = beside_labels(sheet, area, lambda ref: figure_beside(sheet, ref))
    if sum(isinstance(entry.value, Quantity) for entry in entries.values()) + found.count < 2:
        return None
    return _block(sheet, run, entries, own, refs, found, run.line)


def _block(
    sheet: Sheet,
    run: _Run,
    entries: dict[tuple[AmountKind, Source], Entry],
    own: Mapping[tuple[AmountKind, Source], Unit | None],
    source_refs: list[Ref],
    found: BlockPoints,
    total: int,
) -> Block:
    """Put a block together; *own* are the units that the headings of single amounts name."""
    label_refs = [*run.labels, *source_refs, *found.labels]
    held = [entry.ref for entry in (*entries.values(), found.points, found.score) if entry is not None]
    area = _around([*label_refs, *held], sheet)
    named = named_unit(sheet, area, label_refs)
    unit = named or wan_yuan()
    amounts = {key: in_own_unit(entry, key[0], own.get(key) or named, unit) for key, entry in entries.items()}
    anchor = min(label_refs, key=lambda ref: (ref.row, ref.column))
    funds = Funds(anchor, unit, amounts, found.points, found.score, run.view.by_rows)
    row = min(entry.ref.row for entry in entries.values()) if run.view.by_rows else total
    return Block(funds, area, row)


def _around(refs: list[Ref], sheet: Sheet) -> Area:
    tops, lefts, bottoms, rights = zip(*(sheet.span(ref.row, ref.column) for ref in refs), strict=True)
    return Area(min(tops), min(lefts), max(bottoms), max(rights))
