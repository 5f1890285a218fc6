"""The second reader: openpyxl in a child process, for a workbook that ours does not understand.

The child takes the workbook's bytes from stdin and gives pickled grids and names on stdout.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Scalar, Visibility
from zipingbiao.book.read.cells import digits, numeric
from zipingbiao.book.read.content import Sheets
from zipingbiao.book.read.heads import heads_of
from zipingbiao.book.read.parse import OddWorkbookError, elements
from zipingbiao.book.read.preflight import Archive, Limits, open_archive, over_limit
from zipingbiao.book.read.styles import classify
from zipingbiao.errors import UnreadableError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_Read = tuple[tuple[Grid, ...], dict[str, str]]

# Its flags leave out the current folder, where a module beside the workbook would run, and PYTHONPATH; what that
# gave to us reaches the child with the other folders that we import from.
_CHILD = "import sys; sys.path = sys.argv[1:]; from zipingbiao.book.read.second import main; main()"
_SECONDS = 20
_MEMORY = 1_000_000_000
# In UTF-16 of either order, the second form is what the bytes of the word contain.
_DOCTYPES = (b"<!DOCTYPE", b"<\0!\0D\0O\0C\0T\0Y\0P\0E")
_WORKBOOK, _WORKSHEETS = "xl/workbook.xml", "xl/worksheets/"
_SECONDS_OF_DAY = 86_400
_NOTE = "工作簿结构不规范，已改用备用方式读取，请核对数值，并用 Excel 或 WPS 另存一次。"


def read_again(data: bytes, limits: Limits) -> Sheets:
    """Read every worksheet with openpyxl, within 20 seconds and, where the system can, 1 GB.

    Raises:
        UnreadableError: it cannot read the workbook either, or a limit is exceeded.
    """
    archive = open_archive(data, limits)
    listed, heads = _check_all_parts(archive), tuple(_heads(archive))
    grids, names = _read_here(data) if sys.platform == "emscripten" else _read_in_child(data)
    if not grids:
        raise _unreadable()
    _check_limits(grids, limits)
    lost = [sheet for sheet in listed if sheet not in {grid.sheet for grid in grids}]
    if lost:
        told = f"没有读到的工作表：{'、'.join(lost)}，请用 Excel 或 WPS 打开核对。"
        return Sheets(grids, names, (_NOTE, told), heads=heads)
    return Sheets(grids, names, (_NOTE,), heads=heads)


def _heads(archive: Archive) -> Iterator[str]:
    for part in archive.entries:
        if part.startswith(_WORKSHEETS) and part.endswith(".xml"):
            yield from heads_of(archive.read(part))


def _read_in_child(data: bytes) -> _Read:
    try:
        child = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-E", "-P", "-c", _CHILD, *filter(os.path.isabs, sys.path)],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise _unreadable() from error
    found: _Read = pickle.loads(child.stdout)  # noqa: S301 - written by our own child
    return found


def _read_here(data: bytes) -> _Read:
    """Read in this process: a browser has no other, and ends the page's worker where it takes too long."""
    try:
        return _read(data)
    except Exception as error:  # the library raises what it likes over a broken workbook
        raise _unreadable() from error


def _unreadable() -> UnreadableError:
    return UnreadableError("工作簿结构异常，两种方式都无法读取，请用 Excel 或 WPS 打开后另存为 .xlsx。")


def _check_all_parts(archive: Archive) -> list[str]:
    """Hold every part to the checks that our own reader makes as it goes.

    Returns the names of the sheets that the workbook lists: openpyxl drops a broken one silently.
    """
    for part in archive.entries:
        content = archive.read(part)
        if part.endswith((".xml", ".rels")) and any(word in content for word in _DOCTYPES):
            raise UnreadableError("文件含有 DTD 声明（可能是恶意构造），已停止读取，请核实文件来源。")
    if _WORKBOOK not in archive:
        return []
    try:
        sheets = elements(archive.read(_WORKBOOK), _WORKBOOK, {"sheet"})
    except OddWorkbookError:  # perhaps this very part is what our reader does not know
        return []
    return [sheet.attributes.get("name", "") for sheet in sheets if sheet.parent == "sheets"]


def _check_limits(grids: tuple[Grid, ...], limits: Limits) -> None:
    text = 0
    for grid in grids:
        if len(grid.cells) > limits.cells:
            raise over_limit(f"工作表“{grid.sheet}”有内容的单元格数", str(limits.cells))
        if len(grid.merges) > limits.merges:
            raise over_limit(f"工作表“{grid.sheet}”的合并区域数", str(limits.merges))
        text += sum(len(cell.value) for cell in grid.cells.values() if isinstance(cell.value, str))
    if len(grids) > limits.sheets:
        raise over_limit("工作表数", str(limits.sheets))
    if text > limits.text:
        raise over_limit("单元格文字总量", f"{limits.text} 字")


# ------------------------------------------------------------------ in the child


def main() -> None:
    """Be the child."""
    _limit_memory()
    pickle.dump(_read(sys.stdin.buffer.read()), sys.stdout.buffer)


def _read(data: bytes) -> _Read:
    from openpyxl import load_workbook

    shown = load_workbook(io.BytesIO(data), data_only=True)
    typed = load_workbook(io.BytesIO(data))
    grids = tuple(_grid(sheet, typed[sheet.title]) for sheet in shown.worksheets)
    names = {name: defined.attr_text for name, defined in shown.defined_names.items()}
    return grids, names


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _grid(shown: Worksheet, typed: Worksheet) -> Grid:
    cells = dict(_cells(shown, typed))
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    return Grid(
        sheet=shown.title,
        cells=cells,
        merges=tuple(
            Area(area.min_row, area.min_col, area.max_row, area.max_col) for area in shown.merged_cells.ranges
        ),
        visibility=Visibility(shown.sheet_state),
        hidden_rows=frozenset(
            row
            for row, shape in shown.row_dimensions.items()
            if (shape.hidden or shape.height == 0) and row <= last_row
        ),
        hidden_columns=frozenset(
            column
            for shape in shown.column_dimensions.values()
            if shape.hidden or shape.width == 0
            for column in range(shape.min or 1, min(shape.max or 0, last_column) + 1)
        ),
    )


def _cells(shown: Worksheet, typed: Worksheet) -> Iterator[tuple[tuple[int, int], Cell]]:
    # The public iterators also walk, and create, the empty cells between far ones.
    for place, cell in shown._cells.items():  # noqa: SLF001
        source = typed.cell(*place)
        formula = _formula(source.value) if source.data_type == "f" else None
        if cell.value is None and formula is not None:
            shows = classify(str(source.number_format))
            yield place, Cell(None, CellClass.BLANK, formula, shows.decimals, shows.kind)
        elif cell.value is not None and (cell.value != "" or formula is not None):
            value, kind, decimals = _value(cell.value, cell.data_type, cell.number_format)
            code = digits(repr(cell.value), classify(cell.number_format)) if cell.data_type == "n" else None
            yield place, Cell(value, kind, formula, decimals, digits=code)


def _formula(value: object) -> str:
    text = value if isinstance(value, str) else getattr(value, "text", None)
    return str(text or "").removeprefix("=")


def _value(value: object, data_type: str, code: str) -> tuple[Scalar, CellClass, int | None]:
    if isinstance(value, bool):
        return value, CellClass.BOOL, None
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value, CellClass.DATE, None
    if isinstance(value, dt.timedelta):
        value = value.total_seconds() / _SECONDS_OF_DAY
    if isinstance(value, int | float):
        return numeric(repr(value), classify(code), date1904=False)
    return str(value), CellClass.ERROR if data_type == "e" else CellClass.TEXT, None
