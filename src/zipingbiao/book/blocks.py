"""The blocks of a Word document in their order, with where they stand in the bytes of its part.

Reading needs their texts; an updater patches by their offsets, so that every other block keeps its bytes.
All offsets count bytes of the document part (:attr:`zipingbiao.book.cells.Book.part`) as it is stored, ends
exclusive. All are 0 where that is not stored as UTF-8: nothing can be patched there.
"""

from __future__ import annotations

from typing import TypeAlias

from zipingbiao.book.cells import BODY, Ref
from zipingbiao.values.frozen import frozen


@frozen
class Piece:
    """The text between the tags of one ``w:t``; *start* and *end* are those of its escaped bytes."""

    text: str
    start: int
    end: int


@frozen
class Paragraph:
    """One paragraph outside or inside a table, tracked changes accepted.

    Attributes:
        text: as a person sees it, with tabs and line breaks.
        number: which paragraph of the running text it is, blank ones not counted; 0 of a blank one and
            of one in a cell.
        level: the outline level of its style, 0 for the highest; None for text.
        marks: names of the bookmarks that begin inside.
        start, end: of the whole ``w:p``.
        pieces: its spans of text in order; tabs, breaks and symbols stand between them.
        tracked: whether it holds a tracked change that nobody accepted or refused yet.
        boxed: whether it stands in a text box; its bytes are then inside those of another paragraph.
        unseen: whether some of its text is set hidden, or white on white: nobody sees that on paper.
    """

    text: str
    number: int = 0
    level: int | None = None
    marks: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    pieces: tuple[Piece, ...] = ()
    tracked: bool = False
    boxed: bool = False
    unseen: bool = False

    @property
    def ref(self) -> Ref:
        """Its place: ``正文!A12``; for a numbered paragraph only."""
        return Ref(BODY, self.number, 1, said=f"{BODY}第{self.number}段")


@frozen
class CellBlock:
    """One ``w:tc``.

    Attributes:
        column, span: its first column in the grid of the table, counted from 1, and how many it covers.
        goes_on: whether it only continues the merged cell above it.
        paragraphs: its own, without those of a table inside it.
        start, end: of the whole ``w:tc``.
    """

    column: int
    span: int
    goes_on: bool
    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int


@frozen
class RowBlock:
    """One ``w:tr``; *row* is its row in the Grid of its table, *start* and *end* those of the whole ``w:tr``."""

    row: int
    cells: tuple[CellBlock, ...]
    start: int
    end: int


@frozen
class TableBlock:
    """One table of the running text; where it goes on in a further ``w:tbl``, each of them is a block.

    Attributes:
        sheet: the name of its Grid: ``表6``; a part that goes on has that of the first.
        start, end: of the whole ``w:tbl``.
        rows: from top to bottom.
        tracked: whether it holds a tracked change that nobody accepted or refused yet.
    """

    sheet: str
    start: int
    end: int
    rows: tuple[RowBlock, ...]
    tracked: bool = False

    def cell(self, row: int, column: int) -> CellBlock | None:
        """The cell that begins at this place of its Grid; None where none does."""
        cells = (cell for each in self.rows if each.row == row for cell in each.cells)
        return next((cell for cell in cells if cell.column == column), None)


Block: TypeAlias = Paragraph | TableBlock


@frozen
class TablePlaces:
    """How a person finds the cells of a table in a document, which has no addresses.

    Attributes:
        caption: what the table is called on the paper (附件1); "" where it has no such name.
        above: the numbers of the paragraphs that stand in the first rows of its Grid; 0 in a cell.
        parts: of each ``w:tbl`` that belongs to it the last row of the Grid before it, and its number.
    """

    caption: str
    above: tuple[int, ...]
    parts: tuple[tuple[int, int], ...]

    def said(self, row: int, column: int) -> str:
        """A place in words: ``附件1（表6）第5行第4列``, ``正文第12段``."""
        before, number = next((part for part in reversed(self.parts) if part[0] < row), self.parts[0])
        name = f"{self.caption}（表{number}）" if self.caption else f"表{number}"
        if row <= len(self.above):
            return f"{BODY}第{self.above[row - 1]}段" if self.above[row - 1] else f"{name}上方的文字"
        return f"{name}第{row - before}行第{column}列"
