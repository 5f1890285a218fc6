"""Formulas in the XML of a sheet after rows were inserted, into this or into another sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from zipingbiao.book.cells import Grid
from zipingbiao.book.read.parse import Element, span_of
from zipingbiao.book.read.sheet_xml import parse_area
from zipingbiao.book.write.rows.moving import Insertion
from zipingbiao.book.write.xml_bytes import Edit, prefix_of, with_attribute
from zipingbiao.errors import RefusedError

ODD = "工作表的内部结构特殊，不能插入行，没有写入；请用 Excel 或 WPS 打开后另存为 .xlsx，再重试。"
FORMULAS = frozenset({"f", "formula", "formula1", "formula2", ":f"})
"""Elements that hold a formula: of a cell, a conditional format, a validation, and those of later versions."""


class Formula(NamedTuple):
    """A formula and the cell in which it stands; None for that of a format or validation."""

    element: Element
    place: tuple[int, int] | None

    @property
    def kind(self) -> str:
        """How it belongs to its cell: alone, ``shared`` or ``array``."""
        return self.element.attributes.get("t", "normal") if self.place is not None else "normal"


def formulas_of(found: Iterable[Element]) -> Iterator[Formula]:
    """Give the formulas among the elements of a sheet, which must hold its cells too, in their order."""
    cell, end = None, -1
    for each in sorted(found, key=lambda each: each.start):
        if each.name == "c":
            cell, end = _place(each), each.close
        elif each.name in FORMULAS:
            yield Formula(each, cell if each.start < end else None)


def _place(cell: Element) -> tuple[int, int]:
    area = parse_area(cell.attributes.get("r", ""))
    if area is None:
        raise RefusedError(ODD)
    return area.top, area.left


def text_of(formula: Formula, grid: Grid) -> str:
    """Return the text of a formula; that of a cell that shares one as the reader derived it.

    Raises:
        RefusedError: nobody knows it.
    """
    if formula.kind == "dataTable":
        raise RefusedError(ODD)
    if formula.kind != "shared" or formula.place is None:
        return formula.element.text
    cell = grid.cells.get(formula.place)
    if cell is None or not cell.formula:
        raise RefusedError(ODD)
    return cell.formula


def moved(formula: Formula, grid: Grid, insertion: Insertion) -> str:
    """Return the text of a formula after the insertion."""
    row = formula.place[0] if formula.place is not None else None
    return insertion.formula(text_of(formula, grid), grid.sheet, row)


def edit_of(xml: bytes, formula: Formula, grid: Grid, insertion: Insertion) -> Edit | None:
    """Return the edit of a formula: a shared one becomes the cell's own; None where nothing changes."""
    element = formula.element
    span, new = span_of(xml, element.start, element.close), moved(formula, grid, insertion)
    tag = xml[span.tag.start : span.tag.end]
    prefix = prefix_of(tag)
    content = escape(new, quote=False).encode()
    if formula.kind == "shared":
        return Edit(*span.whole, b"<%sf>%s</%sf>" % (prefix, content, prefix))
    if formula.kind == "array" and grid.sheet == insertion.sheet:
        area = parse_area(element.attributes.get("ref", ""))
        if area is not None:
            tag = with_attribute(tag, b"ref", str(insertion.area(area, grows=False)).encode())
    elif new == element.text:
        return None
    if span.self_closing:  # a formula of no text
        return None
    return Edit(span.tag.start, span.close, tag + content)
