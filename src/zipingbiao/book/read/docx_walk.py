"""The walk over the XML of a document: one pass of the parser gives its blocks and its tables."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from zipingbiao.book.blocks import Block, Paragraph, Piece
from zipingbiao.book.cells import Grid
from zipingbiao.book.read.docx_table import OpenCell, OpenTable
from zipingbiao.book.read.parse import Attributes, is_true, resolved, span_of, tag_at
from zipingbiao.book.read.preflight import Limits, over_limit
from zipingbiao.values.regex import regex

_PARAGRAPHS_BEFORE = 10
_MOST_SPAN = 1_000  # Word itself ends at 63 columns
_TEXT_LEVEL = 9
# Deleted or doubled text: the old place of a moved text, phonetic guides, the picture of a shape.
_HIDDEN = frozenset({"w:moveFrom", "w:del", "w:rt", "mc:Fallback"})
_TRACKED = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge"})
_TEXT = frozenset({"w:t", "m:t"})  # of a formula too: it may hold ≥
# What the dialog 插入符号 leaves of a comparator, in the private codes of the font Symbol.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F03D": "=", "F03E": ">", "F03C": "<", "F025": "%"}
_SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_RUN = ["w:r", "w:rPr"]
_WHITE, _PAPER = frozenset({"FFFFFF", "WHITE"}), frozenset({"", "AUTO", "FFFFFF", "WHITE"})
_COUNTED = frozenset({"w:p", "w:t", "w:tr", "w:tc", "w:bookmarkStart"})
# What people write above the second half of a table.
_GOES_ON = regex(r"\s*[（(]?(?:续表?|接上[页表])[）)]?\s*\d*\s*")


@dataclass
class _OpenParagraph:
    start: int
    boxed: bool
    chunks: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    level: int | None = None
    tracked: bool = False
    runs_on: bool = False  # its mark is deleted: the next paragraph goes on with it
    hidden: bool = False  # the open run is set so
    white: bool = False  # and so
    shaded: bool = False
    unseen: bool = False


class Walk:
    """Handlers for the parser; afterwards ``blocks``, ``notes`` and :meth:`grids` hold what was read.

    Args:
        xml: the part.
        limits: in force.
        levels: the outline level of each style.
        has_offsets: whether tags can be found by their bytes.
    """

    parser: expat.XMLParserType

    def __init__(self, xml: bytes, limits: Limits, levels: Mapping[str, int], *, has_offsets: bool) -> None:
        self.notes: list[str] = []
        self.blocks: list[Block] = []
        self._xml, self._limits, self._levels, self._has_offsets = xml, limits, levels, has_offsets
        self._path = [""]
        self._done: dict[int, OpenTable] = {}
        self._begun = self._numbered = 0
        self._open: list[OpenTable] = []
        self._last: OpenTable | None = None  # with nothing but blank paragraphs behind it
        self._before: deque[Paragraph] = deque(maxlen=_PARAGRAPHS_BEFORE)
        self._paragraphs: list[_OpenParagraph] = []
        self._carried: dict[int, str] = {}
        self._hidden = 0
        self._text_start: int | None = None
        self._text_chunks: list[str] = []
        self._text_left, self._merges_left, self._blocks_left = limits.text, limits.merges, limits.blocks

    def grids(self) -> list[Grid]:
        """The tables that were read; further ones are left out with a note."""
        found = [self._done[number] for number in sorted(self._done)]
        if len(found) > self._limits.sheets:
            most = self._limits.sheets
            self.notes.append(f"文档中的表格超过 {most} 张，只读取了前 {most} 张，请拆分文档。")
        return [table.grid() for table in found[: self._limits.sheets]]

    # ---------------------------------------------------------------- handlers

    def start(self, name: str, attributes: Attributes) -> None:
        """Note the start of an element."""
        if name in _TRACKED:
            self._note_change(name)
        self._path.append(name)
        if name in _HIDDEN:
            self._hidden += 1
        if self._hidden:
            return
        if name in _COUNTED:
            self._blocks_left -= 1
            if self._blocks_left < 0:
                raise over_limit("段落和单元格数", str(self._limits.blocks))
        if name in _TEXT:
            self._text_start, self._text_chunks = self._at(), []
        else:
            self._start(name, resolved(attributes))

    def end(self, name: str) -> None:
        """Note the end of an element."""
        self._path.pop()
        if name in _HIDDEN:
            self._hidden -= 1
        elif self._hidden:
            return
        elif name in _TEXT:
            self._close_text(name)
        else:
            self._end(name)

    def text(self, chunk: str) -> None:
        """Take a piece of text."""
        if self._text_start is not None and not self._hidden:
            self._text_chunks.append(chunk)
            self._take(chunk)

    # ---------------------------------------------------------------- elements

    def _start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        table = self._open[-1] if self._open else None
        if name == "w:p":
            self._paragraphs.append(_OpenParagraph(self._at(), bool(self._paragraphs)))
        elif name == "w:tbl":
            self._begin_table()
        elif name == "w:sym":
            self._take(_SYMBOLS.get(attributes.get("w:char", "").upper(), ""))
        elif name in _SIGNS:
            # A tab stop of a style or paragraph is an element of the same name.
            if self._path[-2] != "w:tabs":
                self._take(_SIGNS[name])
        elif self._paragraphs and self._start_in_paragraph(name, value, attributes):
            pass
        elif table is not None:
            self._start_in_table(table, name, value, attributes)

    def _start_in_paragraph(self, name: str, value: str, attributes: Attributes) -> bool:
        paragraph = self._paragraphs[-1]
        if name == "w:pStyle":
            paragraph.level = self._levels.get(value)
        elif name == "w:outlineLvl":
            paragraph.level = int(value) if value.isdecimal() and int(value) < _TEXT_LEVEL else None
        elif name == "w:bookmarkStart":
            paragraph.marks.append(attributes.get("w:name", ""))
        elif name == "w:r":
            paragraph.hidden = paragraph.white = False
        elif name == "w:vanish" and self._path[-3:-1] == _RUN:
            paragraph.hidden = _is_on(value)
        elif name == "w:color" and self._path[-3:-1] == _RUN:
            paragraph.white = value.upper() in _WHITE
        elif name == "w:shd" and self._path[-2] in ("w:pPr", "w:rPr"):
            paragraph.shaded |= _is_shade(attributes)
        else:
            return False
        return True

    def _start_in_table(self, table: OpenTable, name: str, value: str, attributes: Attributes) -> None:
        cell = table.cell
        if name == "w:tr":
            table.open_row(self._at())
        elif name == "w:gridCol":
            table.widths.append(attributes.get("w:w", ""))
        elif name == "w:gridBefore":
            table.column += _number(value)
        elif name == "w:tc":
            table.cell = OpenCell(table.column, self._at())
        elif name == "w:gridSpan" and cell is not None:
            cell.span = max(1, _number(value))
        elif name == "w:vMerge" and cell is not None:
            cell.opens, cell.goes_on = value == "restart", value != "restart"
        elif name == "w:shd" and cell is not None:
            cell.shaded |= _is_shade(attributes)
        elif name == "w:hidden" and self._path[-2] == "w:trPr" and _is_on(value):
            table.hidden_rows.add(table.row)

    def _note_change(self, name: str) -> None:
        """A tracked change: whose it is, and whether a whole row or the end of a paragraph is deleted."""
        for table in self._open:
            table.tracked = True
        for paragraph in self._paragraphs:
            paragraph.tracked = True
        if name in _HIDDEN and self._path[-2:] == ["w:pPr", "w:rPr"] and self._paragraphs:
            self._paragraphs[-1].runs_on = True
        elif name in _HIDDEN and self._path[-1] == "w:trPr" and self._open:
            self._open[-1].row_deleted = True

    def _end(self, name: str) -> None:
        if name == "w:p" and self._paragraphs:
            self._close_paragraph(self._paragraphs.pop())
        elif name == "w:tc" and self._open:
            table = self._open[-1]
            if table.cell is not None:
                self._flush()
                table.close_cell(self._end_of(table.cell.start))
            if len(table.cells) > self._limits.cells:
                raise over_limit("单张表格的单元格数", str(self._limits.cells))
        elif name == "w:tr" and self._open:
            self._open[-1].close_row(self._end_of(self._open[-1].row_start))
        elif name == "w:tbl" and self._open:
            self._close_table(self._open.pop())
        elif name == "w:body":
            self._flush()

    # ---------------------------------------------------------------- text and paragraphs

    def _take(self, chunk: str) -> None:
        self._text_left -= len(chunk)
        if self._text_left < 0:
            raise over_limit("文字总量", f"{self._limits.text} 字")
        if self._paragraphs:
            self._paragraphs[-1].chunks.append(chunk)
            if chunk.strip() and (self._paragraphs[-1].hidden or self._paragraphs[-1].white):
                self._note_unseen(self._paragraphs[-1])

    def _note_unseen(self, paragraph: _OpenParagraph) -> None:
        """White text is seen where a heading stands on a dark ground."""
        cell = self._open[-1].cell if self._open else None
        shaded = paragraph.shaded or (cell is not None and cell.shaded)
        paragraph.unseen |= paragraph.hidden or not shaded

    def _close_text(self, name: str) -> None:
        start, self._text_start = self._text_start, None
        if start is None or name != "w:t" or not self._has_offsets or not self._paragraphs:
            return
        if text := "".join(self._text_chunks):
            first, close = tag_at(self._xml, start).end, self.parser.CurrentByteIndex
            self._paragraphs[-1].pieces.append(Piece(text, first, close))

    def _close_paragraph(self, done: _OpenParagraph) -> None:
        depth = len(self._open)
        text = self._carried.pop(depth, "") + "".join(done.chunks)
        if done.runs_on:
            self._carried[depth] = text
            text = ""
        self._place(
            Paragraph(
                text,
                level=done.level,
                marks=tuple(done.marks),
                start=done.start,
                end=self._end_of(done.start),
                pieces=tuple(done.pieces),
                tracked=done.tracked,
                boxed=done.boxed,
                unseen=done.unseen,
            )
        )

    def _flush(self) -> None:
        """A deleted end with no paragraph behind it ends the cell or the text all the same."""
        if text := self._carried.pop(len(self._open), ""):
            self._place(Paragraph(text, tracked=True))

    def _place(self, paragraph: Paragraph) -> None:
        cell = self._open[-1].cell if self._open else None
        if cell is not None:
            cell.paragraphs.append(paragraph)
            return
        if paragraph.text.strip():
            self._numbered += 1
            paragraph = replace(paragraph, number=self._numbered)
            self._before.append(paragraph)
            if not _GOES_ON.fullmatch(paragraph.text):
                self._last = None
        self.blocks.append(paragraph)

    # ---------------------------------------------------------------- tables

    def _begin_table(self) -> None:
        """Open a table below the paragraphs before it: of the document, or of the cell around it."""
        self._begun += 1
        around = self._open[-1].cell if self._open else None
        lines = around.paragraphs[-_PARAGRAPHS_BEFORE:] if around is not None else list(self._before)
        lines = [line for line in lines if line.text.strip()]
        self._open.append(OpenTable(self._begun, lines, self._at(), nested=around is not None))
        self._before.clear()

    def _close_table(self, table: OpenTable) -> None:
        table.close(self._end_of(table.start))
        self._merges_left -= len(table.merges)
        if self._merges_left < 0:
            raise over_limit("合并单元格数", str(self._limits.merges))
        if table.nested:
            self._done[table.number] = table
            return
        last = self._last
        if last is not None and last.goes_on_in(table):
            self.blocks.append(last.take(table))
            if len(last.cells) > self._limits.cells:
                raise over_limit("单张表格的单元格数", str(self._limits.cells))
        else:
            self.blocks.append(table.block)
            self._last = self._done[table.number] = table

    # ---------------------------------------------------------------- places in the bytes

    def _at(self) -> int:
        return self.parser.CurrentByteIndex if self._has_offsets else 0

    def _end_of(self, start: int) -> int:
        """Where the element that began there ends, at its end."""
        return span_of(self._xml, start, self.parser.CurrentByteIndex).end if self._has_offsets else 0


def _is_on(value: str) -> bool:
    """A property that is named is on, unless it says otherwise."""
    return value in ("", "on") or is_true(value)


def _is_shade(attributes: Attributes) -> bool:
    return attributes.get("w:fill", "").upper() not in _PAPER


def _number(text: str) -> int:
    return min(int(text), _MOST_SPAN) if text.isdecimal() else 0
