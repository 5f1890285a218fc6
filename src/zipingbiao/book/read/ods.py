""".ods → sheets: every cell says its class itself (``office:value-type``), so that nothing is guessed."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal

from zipingbiao.book.cells import Area, Cell, CellClass, Visibility
from zipingbiao.book.read.cells import iso_date, stored_cell
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.filling import ERROR_TEXTS, Budget, Filling, finished, text_cell
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
from zipingbiao.book.read.styles import GENERAL, Format
from zipingbiao.errors import UnreadableError
from zipingbiao.values.regex import regex

_PART, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_HEADS = frozenset(
    f"style:{place}{pages}" for place in ("header", "footer") for pages in ("", "-left", "-first")
)
_PARAGRAPHS_OF = _CELLS | _HEADS | {"style:region-left", "style:region-center", "style:region-right"}
_NUMBERS = {"float": CellClass.NUMBER, "percentage": CellClass.PERCENT, "currency": CellClass.CURRENCY}
_LENGTHS = {"style:table-row-properties": "row-height", "style:table-column-properties": "column-width"}
_FOLDED = frozenset({"collapse", "filter"})
_REFERENCE = regex(r"\[(?P<sheet>[^\].]*)\.(?P<first>[^\]:]*)(?::(?:[^\].]*)\.(?P<last>[^\]]*))?\]")
_DURATION = regex(r"PT(\d{1,5})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_SECONDS_OF_DAY = 86_400
_MOST_BLANKS = 1_000
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx。"


def read_ods(content: Content, wanted: Wanted | None) -> Sheets:
    """Read the sheets of an OpenDocument spreadsheet.

    Raises:
        UnreadableError: why it cannot be read; does not name the file.
    """
    archive = content.archive
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise UnreadableError("设有打开密码，请在 WPS 或 LibreOffice 中取消密码后另存为 .xlsx。")
    try:
        walk = _Walk(Budget(content.limits))
        for part in (_STYLES, _PART) if _STYLES in archive else (_PART,):
            feed(name_parser(walk.start, walk.end, walk.text), archive.read(part), part)
    except (OddWorkbookError, ValueError) as error:
        raise UnreadableError(f"OpenDocument 表格（.ods）结构异常，无法读取，{_SAVE_AS}") from error
    return finished(walk.sheets, content.limits, wanted, names=walk.names, heads=walk.heads)


@dataclass
class _Text:
    """The paragraphs of the open cell or head of a page; those of a comment or a shape are not its own."""

    paragraphs: list[list[str]] = field(default_factory=list)
    inside: int = 0  # how deep below the paragraph
    silent: int = 0

    def __str__(self) -> str:
        return "\n".join("".join(chunks) for chunks in self.paragraphs)


@dataclass
class _Row:
    """One row, perhaps many times: its cells as first column, how many, and what they hold."""

    style: str
    times: int
    cells: list[tuple[int, int, Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)


class _Walk:
    """Handlers for the parser; afterwards ``sheets``, ``names`` and ``heads`` hold what was read."""

    def __init__(self, budget: Budget) -> None:
        self.sheets: list[Filling] = []
        self.names: dict[str, str] = {}
        self.heads: list[str] = []
        self._budget = budget
        self._path: list[str] = [""]
        self._hidden_styles: set[str] = set()
        self._masks: dict[str, str] = {}
        self._style = ("", "")
        self._data_style = ""
        self._row: _Row | None = None
        self._at = (1, 1)
        self._columns: list[tuple[int, str]] = []  # from which column on a style is the usual one
        self._cell: Attributes = {}
        self._text = _Text()

    def start(self, name: str, attributes: Attributes) -> None:
        """Note the start of an element."""
        parent = self._path[-1]
        self._path.append(name)
        if name in _CELLS:
            self._budget.spend()
            self._cell, self._text = resolved(attributes), _Text()
        elif name.startswith("text:"):
            self._start_text(name, parent, attributes)
        elif name.startswith("table:"):
            self._start_table(name, parent, resolved(attributes))
        elif name in _HEADS:
            self._text = _Text()
        elif name.startswith(("style:", "number:")):
            self._start_style(name, resolved(attributes))

    def end(self, name: str) -> None:
        """Note the end of an element."""
        self._path.pop()
        if name.startswith("text:"):
            self._text.inside -= self._text.inside > 0
            self._text.silent -= name == "text:ruby-text"
        elif name in _HEADS:
            self.heads.append(str(self._text))
        elif name in _CELLS:
            self._end_cell(covered=name != "table:table-cell")
        elif name == "table:table-row":
            self._end_row()

    def text(self, text: str) -> None:
        """Note characters."""
        if self._text.inside and not self._text.silent:
            self._text.paragraphs[-1].append(text)

    def _start_text(self, name: str, parent: str, attributes: Attributes) -> None:
        text = self._text
        if parent in _PARAGRAPHS_OF and name == "text:p":
            text.paragraphs.append([])
            text.inside = 1
            return
        if not text.inside:
            return
        text.inside += 1
        text.silent += name == "text:ruby-text"
        if name == "text:s":
            count = whole(resolved(attributes).get("text:c", "1"))
            text.paragraphs[-1].append(" " * min(count, _MOST_BLANKS))
        elif name in ("text:line-break", "text:tab"):
            text.paragraphs[-1].append("\n" if name == "text:line-break" else "\t")

    def _start_table(self, name: str, parent: str, attributes: Attributes) -> None:
        if name == "table:table":
            if parent != "office:spreadsheet":  # a table in a cell, in a shape, of a chart
                raise OddWorkbookError(name)
            hidden = attributes.get("table:style-name") in self._hidden_styles
            visibility = Visibility.HIDDEN if hidden else Visibility.VISIBLE
            self.sheets.append(Filling(attributes.get("table:name", ""), self._budget, visibility))
            self._at, self._columns = (1, 1), []
        elif name == "table:table-column":
            self._add_columns(attributes)
        elif name == "table:table-row":
            self._budget.spend()
            times = _times(attributes, "table:number-rows-repeated")
            self._row = _Row(attributes.get("table:default-cell-style-name", ""), times)
            row = self._at[0]
            self._at = (row, 1)
            if self._is_folded(attributes):
                self.sheets[-1].hide_rows(row, row + times - 1)
        elif name in ("table:named-expression", "table:named-range"):
            expression = attributes.get("table:expression") or attributes.get("table:cell-range-address", "")
            self.names[attributes.get("table:name", "")] = _formula(expression)

    def _add_columns(self, attributes: Attributes) -> None:
        first, times = self._at[1], _times(attributes, "table:number-columns-repeated")
        self._columns.append((first, attributes.get("table:default-cell-style-name", "")))
        if self._is_folded(attributes):
            self.sheets[-1].hide_columns(first, first + times - 1)
        self._at = (self._at[0], first + times)

    def _is_folded(self, attributes: Attributes) -> bool:
        """Whether nobody sees a row or column: it says so, or its style leaves it no room."""
        style = attributes.get("table:style-name")
        return attributes.get("table:visibility") in _FOLDED or style in self._hidden_styles

    def _start_style(self, name: str, attributes: Attributes) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", ""), attributes.get("style:data-style-name", "")
            if self._style[1] in self._masks:
                self._masks[f"cell {self._style[0]}"] = self._masks[self._style[1]]
        elif name == "style:table-properties":
            if not is_true(attributes.get("table:display", "true")):
                self._hidden_styles.add(self._style[0])
        elif name in _LENGTHS:
            optimal = attributes.get(f"style:use-optimal-{_LENGTHS[name]}")  # made anew when it is opened
            if is_no_length(attributes.get(f"style:{_LENGTHS[name]}")) and not is_true(optimal):
                self._hidden_styles.add(self._style[0])
        elif name == "number:number-style":
            self._data_style = attributes.get("style:name", "")
        elif name == "number:number" and self._path[-2] == "number:number-style":
            filled = whole(attributes.get("number:min-integer-digits", ""))
            if 1 < filled < _MOST_BLANKS and not whole(attributes.get("number:decimal-places", "")):
                self._masks[self._data_style] = "0" * filled

    def _end_cell(self, *, covered: bool) -> None:
        row, attributes, (_, column) = self._row, self._cell, self._at
        times = _times(attributes, "table:number-columns-repeated")
        self._at = (self._at[0], column + times)
        if row is None or covered:
            return
        cell = self._made(attributes, column, row)
        if cell is not None:
            row.cells.append((column, times, cell))
        across = _times(attributes, "table:number-columns-spanned")
        down = _times(attributes, "table:number-rows-spanned")
        if across > 1 or down > 1:
            row.merges.append((column, across, down))

    def _end_row(self) -> None:
        row, self._row = self._row, None
        if row is None or not self.sheets:
            return
        sheet, top = self.sheets[-1], self._at[0]
        for number in range(top, top + row.times) if row.cells or row.merges else ():
            for column, times, cell in row.cells:
                for each in range(column, column + times):
                    sheet.put(number, each, cell)
            for column, across, down in row.merges:
                sheet.merge(Area(number, column, number + down - 1, column + across - 1))
        self._at = (top + row.times, 1)

    def _made(self, attributes: Attributes, column: int, row: _Row) -> Cell | None:
        kind, text = attributes.get("office:value-type", ""), str(self._text)
        formula = _formula(attributes["table:formula"]) if "table:formula" in attributes else None
        if attributes.get("calcext:value-type") == "error" or (formula is not None and text in ERROR_TEXTS):
            return Cell(text, CellClass.ERROR, formula)
        if kind in _NUMBERS:
            stored, shown = attributes.get("office:value", ""), Format(_NUMBERS[kind], None)
            if kind == "float":
                shown = self._shown(attributes.get("table:style-name") or row.style or self._usual(column))
            return stored_cell(stored, shown, formula=formula)
        if kind in ("date", "time"):
            return _moment(attributes, formula)
        if kind == "boolean":
            return Cell(is_true(attributes.get("office:boolean-value")), CellClass.BOOL, formula)
        if kind == "string":
            return text_cell(attributes.get("office:string-value", text), formula)
        if formula is not None and not text:
            return Cell(None, CellClass.BLANK, formula, None, CellClass.NUMBER)
        return text_cell(text, formula) if text else None

    def _shown(self, style: str) -> Format:
        mask = self._masks.get(f"cell {style}", "")
        return Format(CellClass.NUMBER, 0, mask) if mask else GENERAL

    def _usual(self, column: int) -> str:
        at = bisect_right(self._columns, column, key=lambda each: each[0]) - 1
        return self._columns[at][1] if at >= 0 else ""


def _times(attributes: Attributes, name: str) -> int:
    return max(1, whole(attributes.get(name, "1")))


def _moment(attributes: Attributes, formula: str | None) -> Cell:
    written = attributes.get("office:date-value") or attributes.get("office:time-value", "")
    duration = _DURATION.fullmatch(written)
    if duration is None:
        value, of_class, decimals = iso_date(written)
        return Cell(value, of_class, formula, decimals)
    hours, minutes, seconds = map(int, duration.groups())
    past = Decimal(hours * 3600 + minutes * 60 + seconds) / _SECONDS_OF_DAY
    return stored_cell(str(past), Format(CellClass.DATE, None), formula=formula)


def _formula(text: str) -> str:
    """A formula as Excel writes it: ``of:=SUM([.A1:.A3];2)`` is ``SUM(A1:A3,2)``."""
    bare = text.partition("=")[2] if re.match(r"[\w-]*:?=", text) else text
    pieces = re.split(r'("[^"]*")', bare)
    return "".join(
        piece if piece.startswith('"') else _REFERENCE.sub(_reference, piece.replace(";", ","))
        for piece in pieces
    )


def _reference(found: re.Match[str]) -> str:
    sheet, last = found["sheet"].removeprefix("$"), found["last"]
    return f"{sheet}!" * bool(sheet) + found["first"] + (f":{last}" if last else "")
