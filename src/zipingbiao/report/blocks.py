"""What a document is made of, before any library writes it: headings, paragraphs, tables, turns of the page."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from zipingbiao.values.frozen import frozen


class Look(StrEnum):
    """How a paragraph looks; the value is the name of its style, so that a unit's own document can say how."""

    TITLE = "Title"
    HEADING_1 = "Heading 1"
    HEADING_2 = "Heading 2"
    HEADING_3 = "Heading 3"
    BODY = "公文正文"
    CELL = "表格文字"

    @property
    def is_heading(self) -> bool:
        """Whether it stays with what follows it."""
        return self in {Look.TITLE, Look.HEADING_1, Look.HEADING_2, Look.HEADING_3}


HEADINGS = (Look.HEADING_1, Look.HEADING_2, Look.HEADING_3)


@frozen
class Text:
    """A paragraph.

    Attributes:
        mark: name of a bookmark in it, by which a later update tells it from one that looks alike.
        flush: whether it starts at the margin, as the heading of an 附件 does.
        centred: whether it stands in the middle of its line, whatever its style says.
        new_page: whether it opens a page.
    """

    text: str
    look: Look = Look.BODY
    mark: str = ""
    flush: bool = False
    centred: bool = False
    new_page: bool = False


@frozen
class Cell:
    """A cell of a table.

    Attributes:
        text: a line break starts a paragraph.
        span: how many columns it takes.
        joins: whether it is one with the cell above it; its own text is not shown then.
        left: whether its text starts at the left, as long ones do.
        bold: whether it is a label.
        high: least height of its row in mm, for what is written by hand.
    """

    text: str = ""
    span: int = 1
    joins: bool = False
    left: bool = False
    bold: bool = False
    high: int = 0


@frozen
class Table:
    """A table.

    Attributes:
        widths: of its columns, relative to each other.
        rows: each fills all columns.
        heads: how many rows are repeated on each page.
        mark: name of a bookmark in its first cell.
    """

    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    heads: int = 1
    mark: str = ""


@frozen
class Turn:
    """What follows starts a new page, upright or across."""

    landscape: bool


Block = Text | Table | Turn

FORM_MARK = "zpb_form"
"""Bookmark of the table that is the printed form, 附件1."""


def head(*titles: str) -> tuple[Cell, ...]:
    """Return a row of headings."""
    return tuple(Cell(title, bold=True) for title in titles)
