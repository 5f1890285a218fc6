"""Where in a report the figures of its workbook stand: by structure, and by bookmarks where two places look alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

from zipingbiao.book.blocks import Block, CellBlock, Paragraph, RowBlock, TableBlock
from zipingbiao.book.cells import Book, Ref
from zipingbiao.table.find import read_tables
from zipingbiao.table.find.drafts import Draft, Page
from zipingbiao.table.find.outline import LEVELS, heading_key
from zipingbiao.table.find.report import Part, find_reports, number_of
from zipingbiao.table.funds import Funds
from zipingbiao.table.records import SelfEvaluation
from zipingbiao.table.sentence import named_in, states_result

_YEAR = re.compile(r"[（(]?\s*(20\d\d)\s*年度?\s*[)）]?")
_MARKED = "zpb_"


class DocumentPlaces:
    """A report that was read, with what its updater asks of it.

    Attributes:
        xml: the bytes of the part that *book* names.
        parts: its reports, one per project.
    """

    def __init__(self, book: Book, xml: bytes) -> None:
        self.book, self.xml = book, xml
        self.parts: list[Part]
        self._pages: list[Page]
        self.parts, self._pages = find_reports(book)

    @cached_property
    def tables(self) -> Mapping[str, SelfEvaluation]:
        """Its evaluations by the name of their Grid."""
        return {table.sheet: table for table in read_tables(self.book)}

    @cached_property
    def years(self) -> set[str]:
        """The years that stand alone in a line, as below its title."""
        lines = (block.text.strip() for block in self.book.blocks if isinstance(block, Paragraph))
        return {found[1] for line in lines if (found := _YEAR.fullmatch(line))}

    def blocks(self, sheet: str) -> list[TableBlock]:
        """The ``w:tbl`` of a Grid; none for a table that stands in a cell."""
        return [block for block in self.book.blocks if isinstance(block, TableBlock) and block.sheet == sheet]

    def rows(self, sheet: str) -> dict[int, RowBlock]:
        """The rows of a Grid by number."""
        return {row.row: row for block in self.blocks(sheet) for row in block.rows}

    def _own(self, part: Part) -> list[Page]:
        return [page for page in self._pages if part.chapter.holds(number_of(page.sheet.name))]

    def bodies(self, part: Part, title: str) -> list[Draft]:
        """The tables below a heading of the part 绩效情况."""
        key = heading_key(title)
        level = next((level for level, word, _ in LEVELS if word.fullmatch(key)), None)
        return [draft for own, draft in part.body if own == level]

    def forms(self, part: Part) -> list[Draft]:
        """The tables that may be its 附件1."""
        if part.main is not None:
            return [part.main] if part.has_attachment else []
        return [draft for page in self._own(part) for draft in page.drafts]

    def funds(self, part: Part) -> list[Funds]:
        """The tables that may be its funds."""
        own = part.main.block if part.main is not None else None
        spare = [block for page in self._own(part) for block in page.spare]
        return [block.funds for block in ([own] if own is not None else []) + spare]

    def is_marked(self, sheet: str, mark: str) -> bool:
        """Whether a bookmark stands in a Grid."""
        return any(is_marked(block, mark) for block in self.blocks(sheet))

    def notes(self, sheet: str) -> list[Paragraph]:
        """The paragraphs right behind a table that are notes on it."""
        last = max((block.start for block in self.blocks(sheet)), default=0)
        behind = (block for block in self.book.blocks if block.start > last)
        said = (block for block in behind if isinstance(block, TableBlock) or block.text.strip())
        return [each for each in takewhile(_is_note, said) if isinstance(each, Paragraph)]

    def above(self, ref: Ref) -> Paragraph | None:
        """The paragraph that stands in a row above the heading of a Grid."""
        places = self.book.grid(ref.sheet).places
        if places is None or ref.row > len(places.above):
            return None
        paragraphs = (block for block in self.book.blocks if isinstance(block, Paragraph))
        return next((each for each in paragraphs if each.number == places.above[ref.row - 1] != 0), None)

    def sentences(self, part: Part) -> list[Paragraph]:
        """The paragraphs that state the result of a project."""
        paragraphs = (block for block in self.book.blocks if isinstance(block, Paragraph))
        found = [each for each in paragraphs if states_result(joined(each))]
        if len(self.parts) == 1:
            return found
        own = part.chapter.sentence
        return [each for each in found if each is own or named_in(joined(each)) == part.chapter.name]

    def stands_below(self, paragraph: Paragraph, mark: str) -> bool:
        """Whether the nearest bookmark of ours above a paragraph is this one, or that of a further project."""
        names: Sequence[str] = ()
        for block in self.book.blocks:
            if block is paragraph:
                break
            if isinstance(block, Paragraph):
                names = [name for name in block.marks if name.startswith(_MARKED)] or names
        return _is_among(mark, names)


def is_marked(block: TableBlock, mark: str) -> bool:
    """Whether a bookmark, or that of the same table of a further project, stands in a table."""
    cells = (cell for row in block.rows for cell in row.cells)
    return _is_among(mark, (name for cell in cells for each in cell.paragraphs for name in each.marks))


def _is_among(mark: str, names: Iterable[str]) -> bool:
    own = re.compile(rf"{re.escape(mark)}(?:_\d+)?")
    return any(own.fullmatch(name) for name in names)


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.text.strip().startswith("注")


def joined(paragraph: Paragraph) -> str:
    """The texts of a paragraph that can be changed, without tabs and breaks."""
    return "".join(piece.text for piece in paragraph.pieces)


def cell_over(row: RowBlock, column: int) -> CellBlock | None:
    """The cell of a row that covers a column of its Grid."""
    return next((cell for cell in row.cells if cell.column <= column < cell.column + cell.span), None)


def text_of(cell: CellBlock) -> str:
    """What a cell says, as a person reads it."""
    return "\n".join(paragraph.text for paragraph in cell.paragraphs).strip("\n")


def cell_at(row: RowBlock, column: int) -> CellBlock | None:
    """The cell of a row that begins in a column of its Grid."""
    return next((cell for cell in row.cells if cell.column == column), None)
