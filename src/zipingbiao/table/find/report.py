"""The reports of a document: which of its tables is evaluated, which are the funds and the body of the report.

A report has one evaluation: 附件1, else the tables of its part 绩效情况 together. Everything else that
stands in it goes to one text, or to 未归类内容 (:mod:`zipingbiao.table.find.prose`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from zipingbiao.book.blocks import Paragraph, TablePlaces
from zipingbiao.book.cells import BODY, Area, Book, Cell, CellClass, Grid
from zipingbiao.table.find.drafts import Draft, Page, find_pages
from zipingbiao.table.find.head import read_head
from zipingbiao.table.find.outline import Chapter, is_attachment, read_outline
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import Funds
from zipingbiao.table.records import Indicator
from zipingbiao.table.report_words import REPORT_TITLE
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key

__all__ = ["Part", "find_reports", "number_of"]

_NUMBER = regex(r"\d+")


@dataclass
class Part:
    """One report with its tables.

    Attributes:
        chapter: what stands in words, and where its tables are.
        body: the tables of its part 绩效情况, each with its level 1.
        main: the table that is evaluated; None where none belongs to it.
        has_attachment: whether that is 附件1, and not the body in its place.
        used: the Grids of the body.
        funds: a table of funds in its text, beside that of its table.
        common: what a cover in front of several reports says of each.
    """

    chapter: Chapter
    body: list[tuple[str, Draft]] = field(default_factory=list)
    main: Draft | None = None
    has_attachment: bool = True
    used: set[str] = field(default_factory=set)
    funds: Funds | None = None
    common: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> dict[str, str]:
        """What its cover, else its sentence, says of the head."""
        return {"name": self.chapter.name, **self.common, **_cover_head(self.chapter.cover)}

    @property
    def cover(self) -> dict[str, tuple[Paragraph, str]]:
        """The fields of the head on its cover, each with the line that says it; not what its title says."""
        found: dict[str, tuple[Paragraph, str]] = {}
        for line in self.chapter.cover:
            if not REPORT_TITLE.fullmatch(line.text.strip()):
                found |= {key: (line, said) for key, said in _cover_head([line]).items() if key not in found}
        return found

    @property
    def lines(self) -> tuple[Indicator, ...]:
        """The lines of its body, with the level 1 that the heading above each table says."""
        return tuple(
            replace(line, level1=level) for level, draft in self.body for line in draft.rows.indicators
        )


def find_reports(book: Book) -> tuple[list[Part], list[Page]]:
    """Return the reports of a document, each with its tables, and the pages on which tables are left.

    A body table is on no page: it is no evaluation of its own. A workbook, and a document that is no
    report, has none.
    """
    parts = [Part(chapter) for chapter in read_outline(book.blocks)]
    if not parts:
        return [], find_pages(book)
    pages = find_pages(_without_prose(book, parts))
    _share_cover(parts)
    for part in parts:
        own = _own(part, pages)
        _take_body(part, own)
        part.main = _only(draft for page in own for draft in page.drafts)
    _pair(parts, pages)
    for part in parts:
        if part.main is None and part.body and not any(page.drafts for page in _own(part, pages)):
            _evaluate_body(part, pages)
        if part.main is not None:
            _give_funds(part, part.main, _own(part, pages))
    return parts, pages


def _without_prose(book: Book, parts: list[Part]) -> Book:
    """The book without those paragraphs above its tables that belong to a section of a report."""
    loose = {paragraph.number for part in parts for paragraph in part.chapter.unplaced}
    loose |= {
        block.number
        for block in book.blocks
        if isinstance(block, Paragraph) and is_attachment(block.text.strip())
    }
    return replace(book, grids=tuple(_only_loose(grid, loose) for grid in book))


def _only_loose(grid: Grid, loose: set[int]) -> Grid:
    above = grid.places.above if grid.places is not None else ()
    gone = {row for row, number in enumerate(above, 1) if number and number not in loose}
    return replace(grid, cells={place: cell for place, cell in grid.cells.items() if place[0] not in gone})


def number_of(sheet: str) -> int:
    """Return the number of a table by the name of its Grid: 6 for ``表6``."""
    found = _NUMBER.search(sheet)
    return int(found[0]) if found else 0


def _own(part: Part, pages: Iterable[Page]) -> list[Page]:
    """The pages of the tables of a report; a table in a cell is where that cell is."""
    return [page for page in pages if part.chapter.holds(number_of(page.sheet.name))]


def _take_body(part: Part, pages: list[Page]) -> None:
    for page in pages:
        level = part.chapter.level_at(number_of(page.sheet.name))
        if level and page.drafts and not any(draft.name for draft in page.drafts):
            part.body += [(level, draft) for draft in page.drafts]
            part.used.add(page.sheet.name)
            page.drafts = []


def _share_cover(parts: list[Part]) -> None:
    """Give what the first cover says, naming no project, to the reports that have no title of their own."""
    said = _cover_head(parts[0].chapter.cover)
    if "name" not in said and "code" not in said:
        for part in parts[1:]:
            if not part.chapter.has_title:
                part.common = said


def _cover_head(cover: list[Paragraph]) -> dict[str, str]:
    found = read_head(_cover_sheet(cover), 1, len(cover), 1, None)
    return {field: value for field, value in found.items() if value}


def _pair(parts: list[Part], pages: list[Page]) -> None:
    """Give reports without a table of their own one that stands elsewhere: by name, else in order if all can be.

    The name is that of its head, else the only one of a table that its texts say.
    """
    taken = {id(part.main) for part in parts if part.main is not None}
    free = [draft for page in pages for draft in page.drafts if id(draft) not in taken]
    for part in (*parts, *parts):  # once more, with those left over that are nobody else's
        name = label_key(part.head["name"])
        named = [draft for draft in free if name and label_key(draft.name) == name]
        if part.main is None and not name and len(parts) > 1:
            told = label_key("".join(part.chapter.said()))
            named = [draft for draft in free if draft.name and label_key(draft.name) in told]
        if part.main is None and len(named) == 1:
            part.main = named[0]
            free.remove(named[0])
    needy = [part for part in parts if part.main is None]
    if len(needy) == len(free) and not any(draft.name for draft in free):
        for part, draft in zip(needy, free, strict=True):
            part.main = draft


def _only(drafts: Iterator[Draft]) -> Draft | None:
    found = list(drafts)
    return found[0] if len(found) == 1 else None


def _give_funds(part: Part, main: Draft, pages: list[Page]) -> None:
    """The one table of funds in a report is its own, or says the same money once more."""
    spare = [(page, block) for page in pages for block in page.spare]
    if len(spare) != 1:
        return
    page, block = spare[0]
    page.spare = []
    if main.block is None:
        main.block = block
    else:
        part.funds = block.funds


def _cover_sheet(cover: list[Paragraph]) -> Sheet:
    cells = {(row, 1): Cell(paragraph.text, CellClass.TEXT) for row, paragraph in enumerate(cover, 1)}
    places = TablePlaces("", tuple(paragraph.number for paragraph in cover), ((0, 0),))
    return Sheet(Grid(BODY, cells, places=places))


# ------------------------------------------------------------------ a report without 附件1


def _evaluate_body(part: Part, pages: list[Page]) -> None:
    """Let the tables of the body be one table, with a caption for each level."""
    grid = _joined(part.body)
    page = next(iter(find_pages(Book("", (grid,)))), None) if grid is not None else None
    if page is None or len(page.drafts) != 1:  # each is read by itself, as in any document
        for _, draft in part.body:
            next(each for each in pages if each.sheet is draft.sheet).drafts.append(draft)
        part.body = []
        return
    at = next(number for number, each in enumerate(pages) if each.sheet is part.body[0][1].sheet)
    pages[at] = page
    part.main, part.body, part.has_attachment = page.drafts[0], [], False


def _joined(body: list[tuple[str, Draft]]) -> Grid | None:
    """The rows of several tables below one heading; None where their headings differ."""
    first = body[0][1]
    heading = _heading(first)
    if any(_heading(draft) != heading for _, draft in body) or any(len(draft.bands) > 1 for _, draft in body):
        return None
    band, row = first.bands[0], 1
    cells = {(row, column): cell for column, cell in heading.items()}
    merges: list[Area] = []
    parts: list[tuple[int, int]] = []
    for level, draft in body:
        grid, last = draft.sheet.grid, draft.sheet.last_row
        top = draft.bands[0].bottom + 1
        above = len(grid.places.above) if grid.places is not None else 0
        down = row + 2 - top
        parts.append((down + above, number_of(grid.sheet)))
        if top > last:
            continue
        cells[row + 1, band.left] = Cell(level, CellClass.TEXT)
        cells |= {(at + down, column): cell for (at, column), cell in grid.cells.items() if at >= top}
        merges += [
            Area(area.top + down, area.left, area.bottom + down, area.right)
            for area in grid.merges
            if area.top >= top
        ]
        row = last + down
    return Grid(first.sheet.name, cells, tuple(merges), places=TablePlaces("", (), tuple(parts)))


def _heading(draft: Draft) -> dict[int, Cell]:
    grid, band = draft.sheet.grid, draft.bands[0]
    return {column: cell for (row, column), cell in grid.cells.items() if row == band.bottom}
