"""One pass over a sheet's XML into a sparse grid: values, classes, formulas, merges, hidden flags."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import islice
from operator import lt
from typing import ClassVar, NamedTuple

from zipingbiao.book.cells import Area, Cell, Grid, Ref, Visibility
from zipingbiao.book.read.cells import CellFactory
from zipingbiao.book.read.formula import LAST_COLUMN, shift
from zipingbiao.book.read.parse import (
    Attributes,
    OddWorkbookError,
    RichText,
    feed,
    is_no_length,
    is_true,
    sheet_parser,
    unescape,
)
from zipingbiao.book.read.preflight import Limits, over_limit
from zipingbiao.book.read.sheet_xml import Places, parse_area, place_of, plain_cells, whole
from zipingbiao.errors import UnreadableError


class _Shared(NamedTuple):
    """The first cell of a group of shared formulas."""

    formula: str
    row: int
    column: int


class _Scan(Places):
    """Collects what a grid holds, element by element."""

    def __init__(self, sheet: str, factory: CellFactory, limits: Limits, text_left: int) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Area] = []
        self.hidden_rows: list[int] = []
        self.repeated: set[tuple[int, int]] = set()
        self.hidden_columns = bytearray(LAST_COLUMN + 1)
        self.text_left = text_left
        self._sheet = sheet
        self._factory = factory
        self._limits = limits
        self._text = RichText()
        self._chunks = self._text.chunks
        self._value: str | None = None
        self._formula: str | None = None
        self._formula_attributes: Attributes = {}
        self._groups: dict[str, _Shared] = {}
        self._arrays: list[Area] = []

    def read(self, xml: bytes, part: str) -> None:
        """Read the whole part, every cell by the parser."""
        self._parse(xml, part)
        self._mark_arrays()

    def read_usual(self, xml: bytes, part: str) -> bool:
        """Read the part, the cells that everybody writes alike by a pattern; False where another scan must read all.

        That is where a cell comes twice or before one to its left, and where anything is wrong: only who
        reads all can say in which line.
        """
        try:
            return self._read_usual(xml, part)
        except (UnreadableError, LookupError, ValueError):
            return False

    def _read_usual(self, xml: bytes, part: str) -> bool:
        left, cells = plain_cells(xml)
        plain, computed = self._factory.plain, self._factory.computed
        found: dict[tuple[int, int], Cell] = {}
        last = (0, 0)
        for ref, style, kind, formula, value, inline in cells:
            place = place_of(ref)
            if place <= last:
                return False
            last = place
            held = value if inline is None else unescape(inline)
            if formula is None:
                cell = plain(kind or "n", style or "0", held or "")
            else:
                cell = computed(kind or "n", style or "0", held, formula)
            if cell is not None:
                found[place] = cell
        self.text_left -= sum(len(cell.value) for cell in found.values() if isinstance(cell.value, str))
        self._parse(left, part)
        if self.cells:
            if not found.keys().isdisjoint(self.cells) or not _ascending(self.cells):
                return False
            found = dict(sorted({**found, **self.cells}.items()))
        self.cells = found
        self._check_limits()
        self._mark_arrays()
        return True

    def _parse(self, xml: bytes, part: str) -> None:
        feed(sheet_parser(xml, self._start, self._end, self._chunks.append), xml, part)
        self._check_limits()

    # Most elements are `c` and `v`; they are handled right here because each call counts.
    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            if "r" not in attributes:
                attributes["r"] = self.following()
            self.cell = attributes
            self._value = self._formula = None
        elif name == "v":
            self._chunks.clear()
        elif name in self._starts:
            self._starts[name](self, attributes)
        else:
            self._text.start(name, attributes)

    def _end(self, name: str) -> None:
        if name == "v":
            self._value = "".join(self._chunks)
        elif name == "c":
            if self._value is not None or self._formula is not None:
                self._end_cell()
        elif name == "f":
            self._end_formula()
        elif name == "is":
            self._value = self._text.take()
        else:
            self._text.end(name)

    def grid(self, visibility: Visibility) -> Grid:
        """Return what was read; hidden flags beyond the last used cell say nothing and are left out."""
        last_row = max(self.cells)[0] if self.cells else 0
        hidden: list[int] = []
        if 1 in self.hidden_columns:
            last_column = max((column for _, column in self.cells), default=0)
            hidden = [column for column in range(1, last_column + 1) if self.hidden_columns[column]]
        return Grid(
            sheet=self._sheet,
            cells=self.cells,
            merges=tuple(self.merges),
            visibility=visibility,
            hidden_rows=frozenset(row for row in self.hidden_rows if row <= last_row),
            hidden_columns=frozenset(hidden),
            repeated=frozenset(self.repeated),
        )

    def _start_row(self, attributes: Attributes) -> None:
        self._check_limits()
        self.enter_row(attributes)
        if ("hidden" in attributes and is_true(attributes["hidden"])) or (
            "customHeight" in attributes  # without it the height is made anew when the sheet is opened
            and is_true(attributes["customHeight"])
            and is_no_length(attributes.get("ht"))
        ):
            self.hidden_rows.append(self.row)

    def _check_limits(self) -> None:
        # Once per row is enough: a row holds at most 16,384 cells.
        if len(self.cells) > self._limits.cells:
            raise over_limit(f"工作表“{self._sheet}”有内容的单元格数", str(self._limits.cells))
        if self.text_left < 0:
            raise over_limit("单元格文字总量", f"{self._limits.text} 字")

    def _end_cell(self) -> None:
        """Take the current cell in, and count its text."""
        place, value = self.place(), self._value
        kind, style = self.cell.get("t", "n"), self.cell.get("s", "0")
        try:
            if self._formula is None:
                cell = self._factory.plain(kind, style, value or "")
            else:
                cell = self._factory.computed(kind, style, value, self._formula)
        except (LookupError, ValueError) as error:
            raise UnreadableError(
                f"{Ref(self._sheet, *place)} 指向不存在的共享字符串（{value}），文件已损坏，"
                "请用 Excel 或 WPS 打开修复后另存为 .xlsx。"
            ) from error
        if cell is None:
            return
        if isinstance(cell.value, str):
            self.text_left -= len(cell.value)
        if place in self.cells:
            self.repeated.add(place)
        self.cells[place] = cell

    def _start_formula(self, attributes: Attributes) -> None:
        self._formula_attributes = attributes
        self._chunks.clear()

    def _end_formula(self) -> None:
        text = "".join(self._chunks)
        attributes = self._formula_attributes
        match attributes.get("t"):
            case "shared":
                text = self._of_group(attributes.get("si", ""), text)
            case "array":
                area = parse_area(attributes.get("ref", ""))
                if area is not None:
                    self._arrays.append(area)
        self._formula = text

    def _of_group(self, group: str, text: str) -> str:
        """Return the formula of a cell of a shared group: its own text, or the first one's, moved."""
        if text:
            self._groups[group] = _Shared(text, *self.place())
            return text
        first = self._groups.get(group)
        if first is None:
            return ""
        row, column = self.place()
        self.text_left -= len(first.formula)  # many dependents make much text of a small file
        return shift(first.formula, row - first.row, column - first.column)

    def _mark_arrays(self) -> None:
        """Give the dependents of array formulas, which look like typed values, an empty formula."""
        size = 0
        for area in self._arrays:
            size += area.size
            if size > self._limits.cells:
                raise over_limit(f"工作表“{self._sheet}”数组公式的单元格数", str(self._limits.cells))
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    cell = self.cells.get((row, column))
                    if cell is not None and cell.formula is None:
                        self.cells[row, column] = cell._replace(formula="")

    def _hide_columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) or is_no_length(attributes.get("width")):
            first, last = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            last = min(last, LAST_COLUMN)
            self.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)

    def _add_merge(self, attributes: Attributes) -> None:
        area = parse_area(attributes.get("ref", ""))
        if area is None:
            raise OddWorkbookError("mergeCell")
        self.merges.append(area)
        if len(self.merges) > self._limits.merges:
            raise over_limit(f"工作表“{self._sheet}”的合并区域数", str(self._limits.merges))

    # Of the class: methods of this scan would hold it, and with it all cells, until the collector comes.
    _starts: ClassVar[Mapping[str, Callable[[_Scan, Attributes], None]]] = {
        "row": _start_row,
        "f": _start_formula,
        "col": _hide_columns,
        "mergeCell": _add_merge,
    }


def _ascending(cells: Collection[tuple[int, int]]) -> bool:
    """Whether cells stand in the order of their rows and columns."""
    return all(map(lt, cells, islice(cells, 1, None)))


def scan(
    xml: bytes,
    sheet: str,
    part: str,
    factory: CellFactory,
    *,
    visibility: Visibility,
    limits: Limits,
    text_left: int,
) -> tuple[Grid, int]:
    """Read a sheet; return its grid and how many characters of text the workbook may still hold.

    Raises:
        UnreadableError: not well-formed, a limit exceeded, a cell that points nowhere.
        OddWorkbookError: something that only another reader may understand.
    """
    scanner = _Scan(sheet, factory, limits, text_left)
    if not scanner.read_usual(xml, part):
        scanner = _Scan(sheet, factory, limits, text_left)
        scanner.read(xml, part)
    return scanner.grid(visibility), scanner.text_left
