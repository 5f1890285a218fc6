""".docx → sheets: each table of the document is a sheet, with the paragraphs before it as its first rows.

Only the text is read, with the parser and the limits of the workbook reader; Word's own library would
load styles, pictures and fields that no table needs.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field

from zipingbiao.book.cells import Area, Cell, CellClass, Grid
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.parse import Attributes, feed, name_parser, resolved
from zipingbiao.book.read.preflight import Limits, over_limit
from zipingbiao.errors import UnreadableError

_PARAGRAPHS_BEFORE = 10
_MOST_SPAN = 1_000  # Word itself ends at 63 columns
_USUAL_PART = "word/document.xml"
# Deleted or doubled text: the old place of a moved text, phonetic guides, the picture of a shape.
_HIDDEN = frozenset({"w:moveFrom", "w:del", "w:rt", "mc:Fallback"})
_TEXT = frozenset({"w:t", "m:t"})  # of a formula too: it may hold ≥
# What the dialog 插入符号 leaves of a comparator, in the private codes of the font Symbol.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F03D": "=", "F03E": ">", "F03C": "<", "F025": "%"}
_SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}


def read_docx(content: Content, _wanted: Wanted | None) -> Sheets:
    """Read the tables of a Word document as sheets 表1, 表2 …, every cell as text.

    Merged cells become merged ranges; a table inside a cell is a sheet of its own. The last ten
    paragraphs since the previous table stand above a table, one per row, for they may name what it is about.

    Raises:
        UnreadableError: why it cannot be read; does not name the file.
    """
    part = _document_part(content)
    if part is None:
        raise UnreadableError("不是 Word 文档（.docx），请用 Word 或 WPS 打开后另存为 .docx。")
    walk = _Walk(content.limits)
    try:
        feed(name_parser(walk.start, walk.end, walk.text), content.archive.read(part), part)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # whatever is too odd; the log has the rest
        logging.getLogger("zipingbiao").info("%s cannot be read", content.file, exc_info=True)
        raise UnreadableError("文档结构异常，无法读取，请用 Word 或 WPS 打开后另存为 .docx。") from error
    return Sheets(tuple(walk.grids()), notes=tuple(walk.notes))


def _document_part(content: Content) -> str | None:
    """Return the part that holds the text, where the package names none the usual one."""
    if content.main is not None:
        return content.main
    return _USUAL_PART if _USUAL_PART in content.archive else None


@dataclass
class _Cell:
    """An open cell: where it starts, how it is merged, its paragraphs."""

    column: int
    span: int = 1
    goes_on: bool = False
    opens: bool = False
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class _Table:
    """An open table; rows count from 1, below the paragraphs that stand before it."""

    number: int
    row: int
    cells: dict[tuple[int, int], Cell]
    merges: list[Area] = field(default_factory=list)
    column: int = 1
    cell: _Cell | None = None
    upright: dict[int, Area] = field(default_factory=dict)

    def close_cell(self) -> None:
        cell, self.cell = self.cell, None
        if cell is None:
            return
        first, last = cell.column, cell.column + cell.span - 1
        self.column = last + 1
        above = self.upright.get(first)
        if cell.goes_on and above is not None and above.bottom == self.row - 1:
            self.upright[first] = Area(above.top, above.left, self.row, above.right)
            return
        self._settle(first)
        area = Area(self.row, first, self.row, last)
        if cell.opens:
            self.upright[first] = area
        elif cell.span > 1:
            self.merges.append(area)
        # Word ends a paragraph that nobody typed behind a nested table.
        text = "\n".join(cell.paragraphs).strip("\n")
        if text.strip():
            self.cells[self.row, first] = Cell(text, CellClass.TEXT)

    def _settle(self, column: int) -> None:
        area = self.upright.pop(column, None)
        if area is not None and (area.top, area.left) != (area.bottom, area.right):
            self.merges.append(area)

    def grid(self) -> Grid:
        for column in tuple(self.upright):
            self._settle(column)
        return Grid(f"表{self.number}", self.cells, tuple(self.merges))


class _Walk:
    """Handlers for the parser: collects the tables of a document in the order in which they begin."""

    def __init__(self, limits: Limits) -> None:
        self.notes: list[str] = []
        self._limits = limits
        self._done: dict[int, Grid] = {}
        self._begun = 0
        self._open: list[_Table] = []
        self._before: deque[str] = deque(maxlen=_PARAGRAPHS_BEFORE)
        self._paragraphs: list[list[str]] = []
        self._hidden = 0
        self._in_text = False
        self._text_left = limits.text
        self._merges_left = limits.merges

    def grids(self) -> list[Grid]:
        """The tables that were read; further ones are left out with a note."""
        found = [self._done[number] for number in sorted(self._done)]
        if len(found) > self._limits.sheets:
            most = self._limits.sheets
            self.notes.append(f"文档中的表格超过 {most} 张，只读取了前 {most} 张，请拆分文档。")
        return found[: self._limits.sheets]

    def start(self, name: str, attributes: Attributes) -> None:
        """Note the start of an element."""
        if name in _HIDDEN:
            self._hidden += 1
        if self._hidden:
            return
        if name in _TEXT:
            self._in_text = True
        else:
            self._start(name, resolved(attributes))

    def _start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        table = self._open[-1] if self._open else None
        cell = table.cell if table is not None else None
        if name == "w:p":
            self._paragraphs.append([])
        elif name == "w:tbl":
            self._begin_table()
        elif name == "w:tr" and table is not None:
            table.row, table.column = table.row + 1, 1
        elif name == "w:gridBefore" and table is not None:
            table.column += _number(value)
        elif name == "w:tc" and table is not None:
            table.cell = _Cell(table.column)
        elif name == "w:gridSpan" and cell is not None:
            cell.span = max(1, _number(value))
        elif name == "w:vMerge" and cell is not None:
            cell.opens, cell.goes_on = value == "restart", value != "restart"
        elif name == "w:sym":
            self._take(_SYMBOLS.get(attributes.get("w:char", "").upper(), ""))
        elif name in _SIGNS and self._paragraphs:
            self._take(_SIGNS[name])

    def end(self, name: str) -> None:
        """Note the end of an element."""
        if name in _HIDDEN:
            self._hidden -= 1
            return
        if self._hidden:
            return
        if name in _TEXT:
            self._in_text = False
        else:
            self._end(name)

    def _end(self, name: str) -> None:
        if name == "w:p" and self._paragraphs:
            self._close_paragraph("".join(self._paragraphs.pop()))
        elif name == "w:tc" and self._open:
            self._open[-1].close_cell()
            if len(self._open[-1].cells) > self._limits.cells:
                raise over_limit("单张表格的单元格数", str(self._limits.cells))
        elif name == "w:tbl" and self._open:
            table = self._open.pop()
            self._done[table.number] = table.grid()
            self._merges_left -= len(table.merges)
            if self._merges_left < 0:
                raise over_limit("合并单元格数", str(self._limits.merges))

    def text(self, chunk: str) -> None:
        """Take a piece of text."""
        if self._in_text and not self._hidden:
            self._take(chunk)

    def _take(self, chunk: str) -> None:
        self._text_left -= len(chunk)
        if self._text_left < 0:
            raise over_limit("文字总量", f"{self._limits.text} 字")
        if self._paragraphs:
            self._paragraphs[-1].append(chunk)

    def _close_paragraph(self, text: str) -> None:
        cell = self._open[-1].cell if self._open else None
        if cell is not None:
            cell.paragraphs.append(text)
        elif text.strip():
            self._before.append(text)

    def _begin_table(self) -> None:
        """Open a table below the paragraphs before it: of the document, or of the cell around it."""
        self._begun += 1
        around = self._open[-1].cell if self._open else None
        lines = around.paragraphs[-_PARAGRAPHS_BEFORE:] if around is not None else list(self._before)
        lines = [line for line in lines if line.strip()]
        cells = {(row, 1): Cell(line, CellClass.TEXT) for row, line in enumerate(lines, 1)}
        self._open.append(_Table(self._begun, len(lines), cells))
        self._before.clear()


def _number(text: str) -> int:
    return min(int(text), _MOST_SPAN) if text.isdecimal() else 0
