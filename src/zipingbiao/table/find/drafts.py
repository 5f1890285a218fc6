"""From a workbook to its self-evaluation tables: headings, rows, funds and head put together."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import pairwise

from zipingbiao.book.cells import Book, Grid
from zipingbiao.table.find import labels
from zipingbiao.table.find.execution import mark_execution
from zipingbiao.table.find.funds import Block, find_blocks
from zipingbiao.table.find.head import FIELDS, project, read_head
from zipingbiao.table.find.headings import MEASURED, SELF_EVALUATIONS, Band, Search, find_bands
from zipingbiao.table.find.indicators import Reader, Rows
from zipingbiao.table.find.points import with_caption_points
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.records import Role

_FULL = 100
_TITLE_REACH = 30  # rows above a table in which a title over all columns may name the year


@dataclass
class Draft:
    """One table while it is put together.

    Attributes:
        left, right: columns in which labels of this table may stand (no other table beside it does).
        start, end: rows from its head to what follows it.
        nearby: all funds blocks of the sheet, its own and others'.
    """

    sheet: Sheet
    bands: list[Band]
    rows: Rows
    left: int
    right: int | None
    start: int = 1
    end: int = 0
    block: Block | None = None
    head: dict[str, str] = field(default_factory=dict)
    nearby: list[Block] = field(default_factory=list)

    @property
    def top(self) -> int:
        """The first heading row."""
        return self.bands[0].top

    @property
    def block_beside(self) -> Block | None:
        """Its funds block where that stands on its own sheet."""
        block = self.block
        return block if block is not None and block.funds.anchor.sheet == self.sheet.name else None

    @property
    def name(self) -> str:
        """The project's name by the head of the table; "" when it has none."""
        return self.head.get("name", "")


@dataclass
class Page:
    """A sheet with what was found on it."""

    sheet: Sheet
    drafts: list[Draft]
    spare: list[Block]


class Pages:
    """What was found on each sheet of a workbook: read again after a few cells changed, only changed sheets are searched."""

    def __init__(self, search: Search = SELF_EVALUATIONS) -> None:
        """Make one that knows no sheet yet; *search* says which tables are looked for."""
        self._search = search
        self._known: dict[str, tuple[Grid, Page]] = {}

    def of(self, grid: Grid) -> Page:
        """Return what is found on a sheet. What the reader then settles stays its own."""
        grid_then, page = self._known.get(grid.sheet, (None, None))
        if page is None or grid_then != grid:
            page = _read_page(grid, self._search)
            self._known[grid.sheet] = grid, page
        return Page(page.sheet, [copy(draft) for draft in page.drafts], list(page.spare))


def find_drafts(book: Book, search: Search = SELF_EVALUATIONS) -> list[Page]:
    """Read every sheet of a workbook; funds blocks on a sheet with tables are already theirs."""
    pages = find_pages(book, Pages(search))
    leave_out_listings(pages)
    return pages


def find_pages(book: Book, known: Pages | None = None) -> list[Page]:
    """As :func:`find_drafts`, with the tables that only list another one again; *known* are those read before."""
    pages = known or Pages()
    return [pages.of(grid) for grid in book]


def leave_out_listings(pages: list[Page]) -> None:
    """Leave out the tables that only list another one again."""
    drafts = [draft for page in pages for draft in page.drafts]
    for page in pages:
        page.drafts = [draft for draft in page.drafts if not _is_listing(draft, drafts)]


def _is_listing(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a sheet only lists the indicators of a table again (指标明细): no head, funds or total of its own."""
    if draft.name or draft.block is not None or draft.rows.has_total:
        return False
    own = _contents(draft)
    names = {name for name, _, _ in own} if _only_scores(draft) else set[str]()
    return any(
        other.sheet is not draft.sheet
        and (other.name or other.block is not None or other.rows.has_total)
        and (own <= _contents(other) or (names and names <= {name for name, _, _ in _contents(other)}))
        for other in drafts
    )


def _only_scores(draft: Draft) -> bool:
    return set(draft.bands[0].columns) & MEASURED == {Role.SCORE}


def _has_points(draft: Draft) -> bool:
    """Whether the names say the points of each line, so that scores alone make a table."""
    rows = draft.rows.indicators
    return bool(rows) and all(row.weight is not None for row in rows)


def _contents(draft: Draft) -> set[tuple[str, str, str]]:
    return {(row.name, row.text(Role.TARGET), row.text(Role.ACTUAL)) for row in draft.rows.indicators}


def _read_page(grid: Grid, search: Search) -> Page:
    sheet = Sheet(grid)
    blocks = find_blocks(sheet)
    bands = find_bands(sheet, [block.area for block in blocks], search)
    drafts: list[Draft] = []
    lanes = _lanes(bands)
    for number, lane in enumerate(lanes):
        left = max((band.right for band in lanes[number - 1]), default=0) + 1 if number else 1
        right = min(band.left for band in lanes[number + 1]) - 1 if number + 1 < len(lanes) else None
        stack = _read_lane(sheet, lane, blocks, (left, right), search)
        stack = [draft for draft in stack if not _only_scores(draft) or _has_points(draft)]
        _bound(sheet, stack, blocks)
        drafts += stack
    drafts.sort(key=lambda draft: (draft.top, draft.left))
    spare = [block for block in blocks if not _give(block, drafts, blocks)]
    for draft in drafts:
        draft.nearby = blocks
        draft.head = _head(draft)
    return Page(sheet, drafts, [] if drafts else spare)


def _lanes(bands: list[Band]) -> list[list[Band]]:
    """Group bands that stand below each other; lanes stand side by side, left to right."""
    lanes: list[list[Band]] = []
    for band in sorted(bands, key=lambda band: band.left):
        if lanes and any(band.overlaps(other.left, other.right) for other in lanes[-1]):
            lanes[-1].append(band)
        else:
            lanes.append([band])
    return [sorted(lane, key=lambda band: band.top) for lane in lanes]


def _read_lane(
    sheet: Sheet, lane: list[Band], blocks: list[Block], bounds: tuple[int, int | None], search: Search
) -> list[Draft]:
    drafts: list[Draft] = []
    for number, band in enumerate(lane):
        last = lane[number + 1].top - 1 if number + 1 < len(lane) else sheet.last_row
        left, right = _clear_of_blocks(band, blocks, bounds, last)
        foreign = {
            row
            for block in blocks
            if band.overlaps(block.area.left, block.area.right)
            for row in range(block.area.top, block.area.bottom + 1)
        }
        rows = Reader(sheet, band, left, right, search.tells).read(
            sheet.rows_between(band.bottom + 1, last), foreign.__contains__
        )
        if drafts and _goes_on(drafts[-1], band, rows):
            drafts[-1].rows.add(_with_levels_of(drafts[-1].rows, rows))
            drafts[-1].bands.append(band)
        else:
            drafts.append(Draft(sheet, [band], rows, left, right))
    for draft in drafts:
        if all(Role.WEIGHT not in band.columns for band in draft.bands):
            draft.rows.indicators = with_caption_points(draft.rows.indicators)
        draft.rows.indicators = mark_execution(draft.rows.indicators)
    return drafts


def _clear_of_blocks(
    band: Band, blocks: list[Block], bounds: tuple[int, int | None], last: int
) -> tuple[int, int | None]:
    """Narrow the columns of a table by funds blocks that stand beside it."""
    left, right = bounds
    for block in blocks:
        if block.area.bottom < band.top or block.area.top > last:
            continue
        if left <= block.area.right < band.left:
            left = block.area.right + 1
        elif block.area.left > band.right and (right is None or block.area.left <= right):
            right = block.area.left - 1
    return left, right


def _goes_on(draft: Draft, band: Band, rows: Rows) -> bool:
    """Whether a heading only repeats that of the table above: nothing but its rows lies between."""
    before = draft.rows
    if before.ended or before.has_total or before.caption or before.weights >= _FULL:
        return False
    if set(band.columns) != set(draft.bands[-1].columns):
        return False
    executions = [mark_execution(part.indicators) for part in (before, rows)]
    return not all(any(row.is_execution for row in part) for part in executions)


def _with_levels_of(before: Rows, rows: Rows) -> Rows:
    """The first lines below a repeated heading, still under the levels above it: a merged cell ends at a page."""
    last = before.indicators[-1] if before.indicators else None
    for at, line in enumerate(rows.indicators if last is not None else ()):
        if line.level1 or last is None:
            break
        rows.indicators[at] = replace(line, level1=last.level1, level2=line.level2 or last.level2)
    return rows


def _bound(sheet: Sheet, drafts: list[Draft], blocks: list[Block]) -> None:
    """Settle which rows between two tables belong to the upper and which to the lower."""
    for upper, lower in pairwise(drafts):
        border = _border(sheet, upper, lower, blocks) or lower.top
        upper.end, lower.start = border - 1, border
    if drafts:
        drafts[-1].end = sheet.last_row


def _border(sheet: Sheet, upper: Draft, lower: Draft, blocks: list[Block]) -> int | None:
    """The first row between two tables that opens a head or title."""
    for row in sheet.rows_between(upper.rows.last + 1, lower.top - 1):
        if any(block.area.top <= row <= block.area.bottom for block in blocks):
            continue
        for column in sheet.filled(row, lower.left, lower.right):
            text = sheet.text(row, column)
            if text and (labels.is_title(text) or labels.opens_head(text)):
                return row
    return None


def _give(block: Block, drafts: list[Draft], blocks: list[Block]) -> bool:
    """Give a block to its table on the same sheet: beside it, below it, else above it."""
    lane = [draft for draft in drafts if _in_lane(draft, block)] or drafts
    beside = [draft for draft in lane if draft.top <= block.area.bottom and block.area.top <= draft.rows.last]
    if beside:
        nearest = min(beside, key=lambda draft: abs(draft.bands[0].left - block.area.left))
        return _take(nearest, block)
    below = next((draft for draft in lane if draft.top > block.area.bottom), None)
    above = next((draft for draft in reversed(lane) if draft.rows.last < block.area.top), None)
    if above is not None and above.block is None and _is_foot(block, below, lane, blocks):
        return _take(above, block)
    return (below is not None and _take(below, block)) or (above is not None and _take(above, block))


def _take(draft: Draft, block: Block) -> bool:
    if draft.block is not None:
        return False
    draft.block = block
    return True


def _in_lane(draft: Draft, block: Block) -> bool:
    return block.area.left >= draft.left and (draft.right is None or block.area.left <= draft.right)


def _is_foot(block: Block, below: Draft | None, lane: list[Draft], blocks: list[Block]) -> bool:
    """Whether a block between two tables closes the upper one."""
    if below is None:
        return True
    if below.start < below.top:
        return block.area.bottom < below.start
    # No head says it: the blocks come after their tables if none comes before the first table.
    return all(other.area.top > lane[0].top for other in blocks) and any(
        other.area.top > lane[-1].top for other in blocks
    )


def _head(draft: Draft) -> dict[str, str]:
    sheet, skip = draft.sheet, [block.area for block in draft.nearby]

    def fields(first: int, last: int, left: int, right: int | None) -> dict[str, str]:
        return read_head(sheet, first, last, left, right, skip)

    above = fields(draft.start, draft.top - 1, draft.left, draft.right)
    below = fields(draft.rows.last + 1, draft.end, draft.left, draft.right)
    found = {**below, **above}
    if "year" not in found:
        wide = fields(draft.top - _TITLE_REACH, draft.top - 1, 1, None)
        found |= {"year": wide["year"]} if "year" in wide else {}
    return found


def other_heads(pages: list[Page]) -> dict[str, str]:
    """The head as other sheets give it: 封面, 单位信息."""
    heads = [
        read_head(page.sheet, 1, 80, 1, None, [block.area for block in page.spare])
        for page in pages
        if not page.drafts
    ]
    merged = project(*heads)
    return {name: value for name in FIELDS if (value := getattr(merged, name))}


def beside_rows(draft: Draft) -> Iterator[int]:
    """Rows of a draft in which its total or grade may be stated: no headings, funds or indicators."""
    used = {row for band in draft.bands for row in range(band.top, band.bottom + 1)}
    lines = [line.row for line in draft.rows.indicators if line.row is not None]
    used |= set(range(draft.top, max(lines, default=0) + 1))
    area = draft.block_beside.area if draft.block_beside is not None else None
    for row in draft.sheet.rows_between(draft.start, draft.end):
        if row not in used and not (area is not None and area.top <= row <= area.bottom):
            yield row


def headings_of(draft: Draft) -> dict[Role, str]:
    """The keys of the headings by role: they tell the form."""
    return {role: labels.label(spot.text).key for role, spot in draft.bands[0].columns.items()}
