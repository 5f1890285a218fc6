"""Sheets while they are read from a kind that is not .xlsx: one place for their cells, merges and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Visibility
from zipingbiao.book.read.cells import stored_cell
from zipingbiao.book.read.content import Sheets, Wanted
from zipingbiao.book.read.heads import head_parts
from zipingbiao.book.read.preflight import Limits, over_limit
from zipingbiao.book.read.styles import Format

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""The text of an error by its code in the binary formats."""
ERROR_TEXTS = frozenset(ERRORS.values())
UNKNOWN_FORMULA = ""
"""The formula of a cell of which a reader knows only that it has one."""

_LABELS_NEEDED = 2
_EXACT_BELOW = 1e15


@dataclass
class Budget:
    """What all sheets of one file may still cost together.

    Attributes:
        limits: in force.
        text: characters left.
        blocks: steps left for what may be blank: rows, cells, covered places.
    """

    limits: Limits
    text: int = field(init=False)
    blocks: int = field(init=False)

    def __post_init__(self) -> None:
        self.text, self.blocks = self.limits.text, self.limits.blocks

    def spend(self, steps: int = 1) -> None:
        """Take steps off; raises UnreadableError when none are left."""
        self.blocks -= steps
        if self.blocks < 0:
            raise over_limit("行和单元格数", str(self.limits.blocks))


@dataclass
class Filling:
    """One sheet while it is read; rows and columns count from 1.

    Every method raises UnreadableError for what exceeds a limit.
    """

    sheet: str
    budget: Budget
    visibility: Visibility = Visibility.VISIBLE
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: bytearray = field(default_factory=lambda: bytearray(LAST_COLUMN + 1))
    repeated: set[tuple[int, int]] = field(default_factory=set)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell; one that shows nothing is left out."""
        if cell.formula is None and (cell.value is None or cell.value == ""):
            return
        if row > LAST_ROW or column > LAST_COLUMN:
            raise over_limit(f"工作表“{self.sheet}”的行列数", f"{LAST_ROW} 行 {LAST_COLUMN} 列")
        if (row, column) in self.cells:
            self.repeated.add((row, column))
        self.cells[row, column] = cell
        if len(self.cells) > self.budget.limits.cells:
            raise over_limit(f"工作表“{self.sheet}”有内容的单元格数", str(self.budget.limits.cells))
        if isinstance(cell.value, str):
            self.budget.text -= len(cell.value)
            if self.budget.text < 0:
                raise over_limit("单元格文字总量", f"{self.budget.limits.text} 字")

    def merge(self, area: Area) -> None:
        """Note a merged range; one of a single cell is none."""
        if (area.top, area.left) == (area.bottom, area.right):
            return
        self.merges.append(area)
        if len(self.merges) > self.budget.limits.merges:
            raise over_limit(f"工作表“{self.sheet}”的合并区域数", str(self.budget.limits.merges))

    def hide_rows(self, first: int, last: int) -> None:
        """Note that rows are hidden."""
        self.hidden_rows.append(range(first, min(last, LAST_ROW) + 1))

    def hide_columns(self, first: int, last: int) -> None:
        """Note that columns are hidden."""
        last = min(last, LAST_COLUMN)
        self.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)

    def grid(self) -> Grid:
        """What was read; hidden flags beyond the last used cell say nothing and are left out."""
        last_row = max((row for row, _ in self.cells), default=0)
        last_column = max((column for _, column in self.cells), default=0)
        return Grid(
            sheet=self.sheet,
            cells=self.cells,
            merges=tuple(self.merges),
            visibility=self.visibility,
            hidden_rows=frozenset(
                row for rows in self.hidden_rows for row in range(rows.start, min(rows.stop, last_row + 1))
            ),
            hidden_columns=frozenset(
                column for column in range(1, last_column + 1) if self.hidden_columns[column]
            ),
            repeated=frozenset(self.repeated),
        )


def finished(
    fillings: Iterable[Filling],
    limits: Limits,
    wanted: Wanted | None,
    *,
    names: Mapping[str, str] | None = None,
    notes: Iterable[str] = (),
    heads: Iterable[str] = (),
) -> Sheets:
    """Return the sheets of a file, with *wanted* those only that show two wanted texts.

    *heads* is asked once all were read: what is printed above and below those left out counts too.
    """
    kept: list[Grid] = []
    said = list(notes)
    for filling in fillings:
        if wanted is not None and not _shows_labels(filling, wanted):
            continue
        if len(kept) == limits.sheets:
            said.append(f"工作表超过 {limits.sheets} 张，只读取了前 {limits.sheets} 张，请拆分工作簿。")
            break
        kept.append(filling.grid())
    return Sheets(tuple(kept), names or {}, tuple(said), heads=tuple(head_parts(heads)))


def number_cell(value: float, shown: Format, *, date1904: bool = False, formula: str | None = None) -> Cell:
    """Return the cell of a binary number under a number format."""
    whole = value.is_integer() and abs(value) < _EXACT_BELOW
    return stored_cell(str(int(value)) if whole else repr(value), shown, date1904=date1904, formula=formula)


def text_cell(text: str, formula: str | None = None) -> Cell:
    """Return the cell of a text."""
    return Cell(text, CellClass.TEXT, formula)


def written_cell(text: str, formula: str | None = None) -> Cell:
    """Return the cell of a file that holds but signs: a text, or an error such as ``#DIV/0!``."""
    kind = CellClass.ERROR if text.strip() in ERROR_TEXTS else CellClass.TEXT
    return Cell(text, kind, formula)


def _shows_labels(filling: Filling, wanted: Wanted) -> bool:
    found: set[str] = set()
    for cell in filling.cells.values():
        if isinstance(cell.value, str) and cell.value not in found and wanted(cell.value):
            found.add(cell.value)
            if len(found) == _LABELS_NEEDED:
                return True
    return False
