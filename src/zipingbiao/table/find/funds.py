"""Funds blocks: amounts crossed with sources, whichever of the two stands in the rows.

One finder serves both: a sheet of labels is looked at as (line, place), turned over for the Shanxi
form, so that the amounts (年初预算, 全年执行, …) always stand along one line and the sources (年度资金总额,
财政拨款, …) stand on the lines after it, before the place of the first amount.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from zipingbiao.book.cells import Area, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.funds_lines import Mark, View, marks_of
from zipingbiao.table.find.funds_pairs import figure_beside, further_below, parts_below
from zipingbiao.table.find.funds_points import BlockPoints, beside_labels, in_columns, point_columns
from zipingbiao.table.find.funds_runs import AMOUNTS, GAP, Run, runs
from zipingbiao.table.find.money import in_own_unit, named_unit, own_unit, wan_yuan
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.values.frozen import frozen
from zipingbiao.values.typed import Quantity
from zipingbiao.values.unit import Unit

_HEADER_ROWS = 4  # rows of source headings above the first amount, at most
_MOST_TASKS = 60  # lines from the headings to the total below them


@frozen
class Block:
    """A funds block, the rectangle it fills, and the row of its total."""

    funds: Funds
    area: Area
    total_row: int


def find_blocks(sheet: Sheet) -> list[Block]:
    """Return the funds blocks of a sheet, top to bottom."""
    if not any(label.amount or label.line for label in sheet.labels.values()):
        return []
    marks = marks_of(sheet)
    if sum(mark.kind is not None for mark in marks.values()) < 2:
        return []
    found = [run for by_rows in (False, True) for run in runs(View(sheet, marks, by_rows=by_rows))]
    blocks: list[Block] = []
    for make in (_cross, _pairs):
        for run in sorted(found, key=lambda run: run.rank):
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


def _cross(sheet: Sheet, run: Run) -> Block | None:
    """Cross the amounts of a line with the sources on the lines after it."""
    if _is_line_of_indicators(run):
        return None
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


def _is_line_of_indicators(run: Run) -> bool:
    """``预算执行 | 预算执行 | 预算执行率 | 100% | 97% | 10 | 9.7``: one amount is named, beside figures."""
    if run.view.by_rows or len(AMOUNTS & set(run.places)) > 1:
        return False
    sheet = run.view.sheet
    return any(isinstance(sheet.entry(run.line, column).value, Quantity) for column in sheet.filled(run.line))


def _sources(run: Run) -> tuple[dict[Source, int], dict[Source, Ref], list[int]]:
    """The lines of the sources, their labels, and the lines of parts whose label names none, or one again."""
    lines: dict[Source, int] = {}
    refs: dict[Source, Ref] = {}
    unnamed: list[int] = []
    missing, aligned = 0, 0
    numbers = _number_lines(run)
    for line in count(run.line + 1):
        if missing > (GAP if run.view.by_rows else 1) or _is_rival(run, line) or _has_labels(run, line):
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


def _number_lines(run: Run) -> set[int]:
    """Lines that hold the 行次 of a Shanxi block."""
    near = range(run.line + 1, run.line + GAP + 1)
    return {line for line in near if any(mark.rank == 2 for mark in run.view.kinds(line).values())}


def _is_rival(run: Run, line: int) -> bool:
    """Whether a line names amounts of another block at the places of this one."""
    own = {mark.ref for mark in run.view.kinds(run.line).values()}
    return any(
        mark.ref not in own and mark.rank < 2 and run.first - 1 <= place <= run.last
        for place, mark in run.view.kinds(line).items()
    )


def _has_labels(run: Run, line: int) -> bool:
    """Whether labels stand where amounts would: a whole department's ``财政拨款： | 50 | 基本支出： | 30`` is of pairs."""
    marks = run.view.lines.get(line, {})
    return not run.view.by_rows and any(
        (place in marks and marks[place].source is not None and marks[place].ref.column >= run.first)
        or run.view.entry(line, place).text.rstrip().endswith((":", "："))
        for place in run.places.values()
    )


def _source_at(run: Run, line: int, aligned: int) -> tuple[int, Mark, Source] | None:
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


def _figures_below(sheet: Sheet, run: Run) -> dict[Source, int]:
    """One row of figures right below the amounts, without any label, is the total; points count as figures."""
    if run.view.by_rows or len(AMOUNTS & set(run.places)) < 2:
        return {}
    first = run.line + 1
    amounts = tuple(run.places.values())
    points = point_columns(sheet, run.line, _beside_amounts(run, first))
    for columns in (amounts, (*amounts, *(column for column in points if column))):
        one, two = (_figures(sheet, line, columns) for line in (first, first + 1))
        if one >= 2:
            return {Source.TOTAL: first} if two < 2 else {}
    return {}


def _figures(sheet: Sheet, line: int, columns: tuple[int, ...]) -> int:
    """How many figures stand in the columns; what is merged over two of them is a sentence: 完成3所学校."""
    held = Counter(entry.ref for c in columns if isinstance((entry := sheet.entry(line, c)).value, Quantity))
    return sum(times == 1 for times in held.values())


def _total_of_tasks(run: Run) -> dict[Source, int]:
    """金额合计 below the tasks of a department, which are named and have amounts of their own."""
    if run.view.by_rows or len(AMOUNTS & set(run.places)) < 2:
        return {}
    for line in range(run.line + 1, run.line + _MOST_TASKS):
        marks = run.view.lines.get(line, {})
        if any(mark.source is Source.TOTAL and place < run.first for place, mark in marks.items()):
            return {Source.TOTAL: line} if run.is_part(line, 1) else {}
        if _is_rival(run, line) or not (run.is_part(line, 1) or _has_labels(run, line)):
            return {}
    return {}


def _beside_amounts(run: Run, total: int) -> range:
    """The columns in which points of the execution may stand in the line of the amounts."""
    own = run.labels  # one that is merged reaches beyond its own place
    beyond = [
        place
        for line in (run.line, total)
        for place, mark in run.view.lines.get(line, {}).items()
        if place > run.last and (mark.kind is not None or mark.source is not None) and mark.ref not in own
    ]
    first = max((place for place in run.view.lines.get(total, {}) if place < run.first), default=0) + 1
    return range(first, min(beyond, default=run.last + GAP + 3))


def _pairs(sheet: Sheet, run: Run) -> Block | None:
    """Amounts with their figure right beside the label: ``预算数： | 50 | 执行数： | 50``."""
    if len(AMOUNTS & set(run.places)) < 2:
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
    run: Run,
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
    funds = Funds(
        anchor, unit, amounts, found.points, found.score, run.view.by_rows, by_initial=run.is_by_initial
    )
    row = min(entry.ref.row for entry in entries.values()) if run.view.by_rows else total
    return Block(funds, area, row)


def _around(refs: list[Ref], sheet: Sheet) -> Area:
    tops, lefts, bottoms, rights = zip(*(sheet.span(ref.row, ref.column) for ref in refs), strict=True)
    return Area(min(tops), min(lefts), max(bottoms), max(rights))
