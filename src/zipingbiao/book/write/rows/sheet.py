"""The XML of the sheet that gets new rows: what stands below them moves, what speaks of them follows."""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.book.cells import Area, Grid
from zipingbiao.book.read.formula import shift
from zipingbiao.book.read.parse import Element, elements, span_of
from zipingbiao.book.read.sheet_xml import parse_area, whole
from zipingbiao.book.write.cell_xml import formula_element
from zipingbiao.book.write.rows.formulas import FORMULAS, ODD, Formula, edit_of, formulas_of, moved
from zipingbiao.book.write.rows.moving import Insertion
from zipingbiao.book.write.xml_bytes import (
    Edit,
    apply,
    attribute,
    prefix_of,
    with_attribute,
    without_attributes,
)
from zipingbiao.errors import RefusedError
from zipingbiao.values.regex import regex

_LISTS = {
    "conditionalFormatting": b"sqref",
    "dataValidation": b"sqref",
    "protectedRange": b"sqref",
    "ignoredError": b"sqref",
}
"""Elements whose attribute lists areas that hold of each row in them."""
_GROWING = frozenset({"dimension", "autoFilter", "sortState", "sortCondition"})
"""Elements whose ``ref`` is one area, all of a list."""
_PLACES = {
    "hyperlink": (b"ref",),
    "pane": (b"topLeftCell",),
    "sheetView": (b"topLeftCell",),
    "selection": (b"activeCell", b"sqref"),
}
"""Elements whose attributes name places that move and do not grow."""
_WANTED = FORMULAS | {"row", "c", "mergeCell", "mergeCells", "brk", ":sqref", *_LISTS, *_GROWING, *_PLACES}
_COLUMN = regex(r"[A-Za-z]+")


def with_rows_in(xml: bytes, part: str, grid: Grid, insertion: Insertion) -> bytes:
    """Return the part of the sheet with the new rows.

    Args:
        xml: the part.
        part: its name, for messages.
        grid: the sheet as read, for the text of shared formulas.
        insertion: what to insert.

    Raises:
        RefusedError: it holds what cannot be moved: a data table, rows or cells without addresses.
    """
    return apply(xml, _Sheet(xml, part, grid, insertion).edits())


def with_formulas(xml: bytes, part: str, grid: Grid, insertion: Insertion) -> bytes:
    """Return the part of another sheet, where only formulas can speak of the one with the new rows."""
    found = list(formulas_of(elements(xml, part, FORMULAS | {"c"})))
    if not any(_speaks(each, grid, insertion) for each in found):
        return xml
    edits = (edit_of(xml, each, grid, insertion) for each in found)
    return apply(xml, [edit for edit in edits if edit is not None])


def _speaks(formula: Formula, grid: Grid, insertion: Insertion) -> bool:
    text = formula.element.text  # of a group that shares it the first cell says what it speaks of
    return insertion.formula(text, grid.sheet) != text


class _Sheet:
    def __init__(self, xml: bytes, part: str, grid: Grid, insertion: Insertion) -> None:
        self._xml, self._grid, self._to = xml, grid, insertion
        found = elements(xml, part, _WANTED | {"sheetData"})
        self._found = [each for each in found if each.name != "sheetData"]
        self._data = next(each for each in found if each.name == "sheetData")
        self._rows = {self._number(each): each for each in found if each.name == "row"}
        self._formulas = list(formulas_of(self._found))

    def edits(self) -> Iterator[Edit]:
        """Give all edits of the part."""
        for formula in self._formulas:
            edit = edit_of(self._xml, formula, self._grid, self._to)
            if edit is not None:
                yield edit
        for each in self._found:
            yield from self._of(each)
        yield from self._new_rows()

    def _of(self, each: Element) -> Iterator[Edit]:
        if each.name in {"row", "c"}:
            yield from self._moved_place(each)
        elif each.name == ":sqref":
            span = span_of(self._xml, each.start, each.close)
            yield Edit(span.tag.end, span.close, self._to.areas(each.text).encode())
        elif each.name == "mergeCell":
            yield from self._moved(each, (b"ref",))
        elif each.name == "mergeCells":
            yield from self._new_merges(each)
        elif each.name == "brk" and each.parent == "rowBreaks":
            yield self._with(each, {b"id": str(self._to.row(whole(each.attributes.get("id", ""))))})
        elif each.name in _LISTS:
            key = _LISTS[each.name]
            yield self._with(each, {key: self._to.areas(each.attributes.get(key.decode(), ""))})
        elif each.name in _GROWING:
            yield from self._moved(each, (b"ref",), grows=True)
        elif each.name in _PLACES:
            yield from self._moved(each, _PLACES[each.name])

    def _moved_place(self, each: Element) -> Iterator[Edit]:
        """A row or a cell below the new rows."""
        number = self._number(each)
        if number >= self._to.at:
            column = _COLUMN.match(each.attributes["r"])
            yield self._with(each, {b"r": f"{column[0] if column else ''}{self._to.row(number)}"})

    def _moved(self, each: Element, keys: tuple[bytes, ...], *, grows: bool = False) -> Iterator[Edit]:
        new = {}
        for key in keys:
            areas = [parse_area(one) for one in each.attributes.get(key.decode(), "").split()]
            known = [self._to.area(area, grows=grows) for area in areas if area is not None]
            if known:
                new[key] = " ".join(map(str, known))
        if new:
            yield self._with(each, new)

    def _new_merges(self, each: Element) -> Iterator[Edit]:
        """What is merged in the model row is merged in the new ones."""
        areas = [
            area
            for one in self._found
            if one.name == "mergeCell"
            and (area := parse_area(one.attributes.get("ref", ""))) is not None
            and area.top == area.bottom == self._to.like
        ]
        if not areas:
            return
        span = span_of(self._xml, each.start, each.close)
        tag = self._xml[span.tag.start : span.tag.end]
        made = b"".join(
            b'<%smergeCell ref="%s"/>' % (prefix_of(tag), str(Area(row, area.left, row, area.right)).encode())
            for row in self._to.rows
            for area in areas
        )
        yield Edit(span.close, span.close, made)
        if attribute(tag, b"count") is not None:
            count = sum(one.name == "mergeCell" for one in self._found) + len(areas) * self._to.count
            yield Edit(*span.tag, with_attribute(tag, b"count", str(count).encode()))

    def _new_rows(self) -> Iterator[Edit]:
        model = self._rows.get(self._to.like or 0)
        if model is None:  # cells will make their rows
            return
        below = [each.start for number, each in self._rows.items() if number >= self._to.at]
        at = min(below, default=span_of(self._xml, self._data.start, self._data.close).close)
        yield Edit(at, at, b"".join(self._like(model, row) for row in self._to.rows))

    def _like(self, model: Element, row: int) -> bytes:
        """One new row: the cells of the model with their look and formulas, without values."""
        span = span_of(self._xml, model.start, model.close)
        tag = without_attributes(self._xml[span.tag.start : span.tag.end], (b"hidden", b"collapsed"))
        tag = with_attribute(tag, b"r", str(row).encode())
        if span.self_closing:
            return tag
        formulas = {each.place: each for each in self._formulas if each.kind in {"normal", "shared"}}
        made = [tag]
        for cell in self._cells(span.tag.end, span.close):
            area = parse_area(cell.attributes["r"])
            formula = formulas.get((area.top, area.left)) if area is not None else None
            made.append(self._cell_like(cell, formula, row))
        return b"".join((*made, self._xml[span.close : span.end]))

    def _cells(self, start: int, end: int) -> Iterator[Element]:
        return (each for each in self._found if each.name == "c" and start <= each.start < end)

    def _cell_like(self, cell: Element, formula: Formula | None, row: int) -> bytes:
        span = span_of(self._xml, cell.start, cell.close)
        tag = without_attributes(self._xml[span.tag.start : span.tag.end], (b"t", b"cm", b"vm"))
        prefix = prefix_of(tag)
        place = f"{_COLUMN.match(cell.attributes['r'])[0]}{row}"  # type: ignore[index]  # parsed before
        opened = with_attribute(tag, b"r", place.encode()).removesuffix(b">").removesuffix(b"/").rstrip()
        if formula is None:
            return opened + b"/>"
        text = shift(moved(formula, self._grid, self._to), row - self._number(cell), 0)
        return b"%s>%s</%sc>" % (opened, formula_element(prefix, text), prefix)

    def _number(self, each: Element) -> int:
        """The row of a row or cell, which must say it."""
        area = parse_area(f"A{each.attributes.get('r', '').lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}")
        if area is None:
            raise RefusedError(ODD)
        return area.top

    def _with(self, each: Element, new: dict[bytes, str]) -> Edit:
        span = span_of(self._xml, each.start, each.close)
        tag = self._xml[span.tag.start : span.tag.end]
        for key, text in new.items():
            if attribute(tag, key) not in {None, text.encode()}:
                tag = with_attribute(tag, key, text.encode())
        return Edit(*span.tag, tag)
