"""How the cells of a workbook look, blank ones too: what a number in them would be, their frames, fonts and room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from zipingbiao.book.cells import CellClass
from zipingbiao.book.read.package import WORKSHEET, Package, open_package
from zipingbiao.book.read.parse import Element, elements, is_true
from zipingbiao.book.read.sheet_xml import parse_area, whole

_SIDES = frozenset({"left", "right", "top", "bottom"})
COMMON_SIZE = 11.0
"""Of the font in whose digits widths are told, in points."""
_WIDTH = 8.43


class Look(NamedTuple):
    """How one cell looks.

    Attributes:
        kind: the class of a number under its format.
        framed: whether a line is drawn on one of its sides.
        wraps: whether a long text goes on in the next line.
        size: of its font, in points.
    """

    kind: CellClass
    framed: bool
    wraps: bool
    size: float


class SheetLook(NamedTuple):
    """How one sheet looks.

    Attributes:
        cells: by row and column; a place without a cell has no look.
        widths: of the columns that do not have the common one, in digits of the common font.
        heights: of the rows whose height somebody fixed, in points.
    """

    cells: Mapping[tuple[int, int], Look]
    widths: Mapping[int, float]
    heights: Mapping[int, float]

    def width(self, column: int) -> float:
        """Return the width of a column, in digits of the common font."""
        return self.widths.get(column, _WIDTH)


def looks_of(data: bytes) -> dict[str, SheetLook]:
    """Return the look of each worksheet of an .xlsx or .xlsm file, by its name.

    Raises:
        UnreadableError, OddWorkbookError: it is no such file.
    """
    package = open_package(data)
    styles = _styles(package)
    return {
        sheet.name: _look(elements(package.read(sheet.part), sheet.part, {"c", "row", "col"}), styles)
        for sheet in package.sheets
        if sheet.kind == WORKSHEET
    }


def _look(found: Iterable[Element], styles: list[Look]) -> SheetLook:
    cells: dict[tuple[int, int], Look] = {}
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    for each in found:
        said = each.attributes
        area = parse_area(said.get("r", "")) if each.name == "c" else None
        style = whole(said.get("s", "0"))
        if area is not None and style < len(styles):
            cells[area.top, area.left] = styles[style]
        elif each.name == "row" and is_true(said.get("customHeight")) and "ht" in said:
            heights[whole(said.get("r", ""))] = float(said["ht"])
        elif each.name == "col" and "width" in said:
            first, last = whole(said.get("min", "")), whole(said.get("max", ""))
            widths |= dict.fromkeys(range(first, min(last, first + _MOST_COLUMNS) + 1), float(said["width"]))
    return SheetLook(cells, widths, heights)


_MOST_COLUMNS = 200  # a width to the last column of all is told of those that a table can have


def _styles(package: Package) -> list[Look]:
    part = package.related("styles")
    if part is None:
        return []
    framed: list[bool] = []
    sizes: list[float] = []
    styles: list[Look] = []
    lined, wraps, size = False, False, COMMON_SIZE
    for each in elements(package.read(part), part, {*_SIDES, "border", "xf", "alignment", "font", "sz"}):
        said = each.attributes
        if each.parent == "border" and each.name in _SIDES:
            lined = lined or said.get("style", "none") != "none"
        elif each.name == "border":
            if each.parent == "borders":  # others belong to conditional formats
                framed.append(lined)
            lined = False
        elif each.parent == "font" and each.name == "sz":
            size = float(said.get("val", COMMON_SIZE))
        elif each.name == "font":
            if each.parent == "fonts":
                sizes.append(size)
            size = COMMON_SIZE
        elif each.name == "alignment":
            wraps = is_true(said.get("wrapText"))
        elif each.name == "xf":
            if each.parent == "cellXfs":
                border, font = whole(said.get("borderId", "0")), whole(said.get("fontId", "0"))
                kind = package.formats[len(styles)].kind
                styles.append(
                    Look(
                        kind,
                        border < len(framed) and framed[border],
                        wraps,
                        sizes[font] if font < len(sizes) else COMMON_SIZE,
                    )
                )
            wraps = False
    return styles
