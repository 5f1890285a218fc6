"""XML Spreadsheet 2003 (.xml, or named .xls) → sheets: each value says its type, each style its format."""

from __future__ import annotations

from dataclasses import dataclass, field

from zipingbiao.book.cells import Area, Cell, CellClass, Visibility
from zipingbiao.book.read.cells import iso_date, stored_cell
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.decoded import decoded
from zipingbiao.book.read.filling import UNKNOWN_FORMULA, Budget, Filling, finished, text_cell
from zipingbiao.book.read.parse import (
    Attributes,
    OddWorkbookError,
    feed,
    is_no_length,
    is_true,
    name_parser,
    resolved,
)
from zipingbiao.book.read.sheet_xml import whole
from zipingbiao.book.read.styles import GENERAL, Format, named
from zipingbiao.errors import UnreadableError
from zipingbiao.values.regex import regex

_DECLARATION = regex(r"\s*<\?xml[^>]{0,200}\?>")
_VISIBILITY = {"SheetHidden": Visibility.HIDDEN, "SheetVeryHidden": Visibility.VERY_HIDDEN}
_HEADS = frozenset({"excel:Header", "excel:Footer"})
_COLLECTED = frozenset({"ss:Data", "excel:Visible"})


def read_xml2003(content: Content, wanted: Wanted | None) -> Sheets:
    """Read the worksheets of an XML Spreadsheet 2003.

    Raises:
        UnreadableError: why it cannot be read; does not name the file.
    """
    text, notes = decoded(content.data)
    xml = _DECLARATION.sub("", text, count=1).strip("\ufeff \r\n\t\x1a\0").encode("utf-8", "replace")
    try:
        walk = _Walk(Budget(content.limits))
        feed(name_parser(walk.start, walk.end, walk.chunks.append), xml, "XML 电子表格 2003")
    except (OddWorkbookError, ValueError) as error:
        raise UnreadableError(
            "XML 电子表格 2003 结构异常，无法读取，请用 Excel 或 WPS 打开后另存为 .xlsx。"
        ) from error
    return finished(walk.sheets, content.limits, wanted, names=walk.names, notes=notes, heads=walk.heads)


@dataclass
class _Styles:
    """The number format of each style, taken from its parent where it has none of its own."""

    formats: dict[str, Format] = field(default_factory=dict)
    now: str = ""

    def open(self, attributes: Attributes) -> None:
        """Begin a style."""
        self.now = attributes.get("ID", "")
        parent = self.formats.get(attributes.get("Parent", ""))
        if parent is not None:
            self.formats[self.now] = parent


class _Walk:
    """Handlers for the parser; afterwards ``sheets``, ``names`` and ``heads`` hold what was read."""

    def __init__(self, budget: Budget) -> None:
        self.sheets: list[Filling] = []
        self.names: dict[str, str] = {}
        self.heads: list[str] = []
        self.chunks: list[str] = []
        self._budget = budget
        self._path: list[str] = [""]
        self._styles = _Styles()
        self._row = self._column = 0
        self._rows_on = self._cells_on = 1  # how far the next row and cell stand behind
        self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._cell: Attributes = {}
        self._kind = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Note the start of an element."""
        parent = self._path[-1]
        self._path.append(name)
        if name in _COLLECTED:
            self.chunks.clear()
        # Some programs leave the prefix of attributes out.
        said = {key.removeprefix("ss:"): value for key, value in resolved(attributes).items()}
        if name == "ss:Data" and parent == "ss:Cell":
            self._kind = said.get("Type", "String")
        elif name == "ss:Cell":
            self._start_cell(said)
        elif name == "ss:Row" and self.sheets:
            self._start_row(said)
        elif name == "ss:Column" and self.sheets:
            self._start_column(said)
        elif name == "ss:Worksheet":
            self.sheets.append(Filling(said.get("Name", ""), self._budget))
            self._row = self._column = 0
            self._rows_on, self._column_styles = 1, {}
        elif name in _HEADS:
            self.heads.append(said.get("excel:Data", said.get("Data", "")))
        elif name == "ss:Style":
            self._styles.open(said)
        elif name == "ss:NumberFormat":
            self._styles.formats[self._styles.now] = named(said.get("Format", ""))
        elif name == "ss:NamedRange" and not self.sheets:
            self.names[said.get("Name", "")] = said.get("RefersTo", "").removeprefix("=")

    def end(self, name: str) -> None:
        """Note the end of an element."""
        self._path.pop()
        if name == "ss:Data" and self._path[-1] == "ss:Cell" and self.sheets:
            self.sheets[-1].put(self._row, self._column, self._made("".join(self.chunks)))
        elif name == "excel:Visible" and self.sheets:
            word = "".join(self.chunks).strip()
            self.sheets[-1].visibility = _VISIBILITY.get(word, Visibility.VISIBLE)
        elif name == "ss:Table":
            self._column = 0

    def _start_row(self, said: Attributes) -> None:
        self._budget.spend()
        self._row = whole(said.get("Index", "")) or self._row + self._rows_on
        self._column, self._cells_on = 0, 1
        self._rows_on, self._row_style = 1 + whole(said.get("Span", "")), said.get("StyleID", "")
        if is_true(said.get("Hidden")) or is_no_length(said.get("Height")):
            self.sheets[-1].hide_rows(self._row, self._row + self._rows_on - 1)

    def _start_column(self, said: Attributes) -> None:
        first = whole(said.get("Index", "")) or self._column + 1
        self._column = first + whole(said.get("Span", ""))
        if is_true(said.get("Hidden")) or is_no_length(said.get("Width")):
            self.sheets[-1].hide_columns(first, self._column)
        if "StyleID" in said:
            for column in range(first, self._column + 1):
                self._budget.spend()
                self._column_styles[column] = said["StyleID"]

    def _start_cell(self, said: Attributes) -> None:
        self._budget.spend()
        self._cell, self._kind = said, ""
        self._column = whole(said.get("Index", "")) or self._column + self._cells_on
        across, down = whole(said.get("MergeAcross", "")), whole(said.get("MergeDown", ""))
        self._cells_on = 1 + across
        if (across or down) and self.sheets:
            self.sheets[-1].merge(Area(self._row, self._column, self._row + down, self._column + across))

    def _made(self, text: str) -> Cell:
        formula = UNKNOWN_FORMULA if "Formula" in self._cell else None
        style = self._cell.get("StyleID") or self._row_style or self._column_styles.get(self._column, "")
        if self._kind == "Number":
            shown = self._styles.formats.get(style) or self._styles.formats.get("Default", GENERAL)
            return stored_cell(text, shown, formula=formula)
        if self._kind == "DateTime":
            value, of_class, decimals = iso_date(text)
            return Cell(value, of_class, formula, decimals)
        if self._kind == "Boolean":
            return Cell(is_true(text.strip()), CellClass.BOOL, formula)
        if self._kind == "Error":
            return Cell(text.strip(), CellClass.ERROR, formula)
        return text_cell(text, formula)
