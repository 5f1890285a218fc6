"""Planned cells into the XML of one sheet; bytes outside of them stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from zipingbiao.book.cells import Area, Ref
from zipingbiao.book.changes import Change, PlanError, RowChange
from zipingbiao.book.read.parse import Element, Span, elements, is_true, tag_at
from zipingbiao.book.read.sheet_xml import CellSpan, locate, parse_area, whole
from zipingbiao.book.write.cell_xml import SHARED_FORMULA, new_cell, with_value
from zipingbiao.book.write.styles_xml import PlainStyles
from zipingbiao.book.write.xml_bytes import (
    Edit,
    apply,
    attribute,
    prefix_of,
    with_attribute,
    without_attributes,
)
from zipingbiao.errors import RefusedError, UnreadableError
from zipingbiao.values.regex import regex

_SPANS = regex(rb"(\d+):(\d+)")


def patch_sheet(
    xml: bytes,
    part: str,
    changes: Sequence[Change],
    rows: Mapping[int, RowChange] | None = None,
    styles: PlainStyles | None = None,
) -> bytes:
    """Return a sheet part with the changes made, all of which are for this sheet.

    Args:
        xml: the part.
        part: its name, for messages.
        changes: at most one per cell.
        rows: rows to show, hide or set in height, by number.
        styles: of the workbook, where numbers are to be seen as they are; None leaves each cell its own.

    Raises:
        PlanError: a change does not fit the sheet: a plain value for a formula, a result for a
            plain cell, a place inside a merged range, a model in another sheet.
        UnreadableError: the part is damaged.
        RefusedError: a cell shares the formula that shall go.
    """
    sheet = _Sheet(xml, part, changes, rows or {}, styles)
    for change in changes:
        sheet.check(change)
    return apply(xml, sheet.edits())


class _Sheet:
    """One sheet part with the places of what changes, and what new cells need to know."""

    def __init__(
        self,
        xml: bytes,
        part: str,
        changes: Sequence[Change],
        rows: Mapping[int, RowChange],
        styles: PlainStyles | None,
    ) -> None:
        self._xml = xml
        self._part = part
        self._changes = sorted(changes, key=lambda change: change.ref)
        self._rows = rows
        self._plain_styles = styles
        models = [change.like for change in changes if change.like is not None]
        places = {_place(ref) for ref in (*models, *(change.ref for change in changes))}
        self._spans = locate(xml, places, part)

    def check(self, change: Change) -> None:
        """Refuse what only a plan made for another sheet would ask for."""
        place = _place(change.ref)
        if any(area.holds(place) and place != (area.top, area.left) for area in self._merges):
            raise PlanError(f"{change.ref} lies inside a merged range")
        if change.like is not None and change.like.sheet != change.ref.sheet:
            raise PlanError(f"{change.ref} cannot take its style from another sheet")
        cell = self._cell(place)
        in_array = any(area.holds(place) for area in self._arrays)
        if change.formula is not None:
            if change.cached:
                raise PlanError(f"{change.ref} cannot keep its formula and take another")
            if in_array:
                raise RefusedError(SHARED_FORMULA)
            return
        computed = in_array or (cell is not None and cell.formula is not None)
        if change.cached and not (cell and computed):
            raise PlanError(f"{change.ref} holds no formula whose result could be set")
        if computed and not change.cached:
            raise PlanError(f"{change.ref} holds a formula that would be lost")

    def edits(self) -> Iterator[Edit]:
        """Give all edits of the part."""
        new: list[Change] = []
        for change in self._changes:
            cell = self._cell(_place(change.ref))
            if cell is not None:
                new_bytes = with_value(
                    self._xml, cell, change.new, cached=change.cached, formula=change.formula
                )
                yield Edit(*cell.element.whole, self._styled(new_bytes, change))
            elif change.new != "" or change.formula:  # a cell that does not exist is blank already
                new.append(change)
        cells = {row: list(changes) for row, changes in groupby(new, key=lambda change: change.ref.row)}
        for row in sorted({*cells, *self._rows} & self._spans.rows.keys()):
            yield from self._into_row(row, cells.get(row, []))
        yield from self._new_rows(cells)
        yield from self._dimension(new)

    def _into_row(self, number: int, changes: list[Change]) -> Iterator[Edit]:
        """Give the edits that put new cells into a row that exists, show or hide it."""
        row = self._spans.rows[number]
        span, tag = row.element, self._bytes(row.element.tag)
        prefix = prefix_of(tag)
        new_tag = _shown(_widened(tag, changes), self._rows.get(number))
        if span.self_closing and changes:
            cells = b"".join(self._new(prefix, change) for change in changes)
            yield Edit(*span.tag, b"%s%s</%srow>" % (_opened(new_tag), cells, prefix))
            return
        if new_tag != tag:
            yield Edit(*span.tag, new_tag)
        for change in changes:
            at = next((start for column, start in row.columns if column > change.ref.column), span.close)
            yield Edit(at, at, self._new(prefix, change))

    def _new_rows(self, cells: Mapping[int, list[Change]]) -> Iterator[Edit]:
        """Give the edits that make the rows that do not exist, with their cells or to be hidden."""
        spans, made = self._spans, b""
        data = self._bytes(spans.data.tag)
        prefix = prefix_of(data)
        wanted = {number for number, row in self._rows.items() if row.hidden or row.height}
        for number in sorted({*cells, *wanted} - spans.rows.keys()):
            row = self._new_row(prefix, number, cells.get(number, []))
            if spans.data.self_closing:
                made += row
            else:
                below = (each.element.tag.start for other, each in spans.rows.items() if other > number)
                at = next(below, spans.data.close)
                yield Edit(at, at, row)
        if made:
            yield Edit(*spans.data.whole, b"%s%s</%ssheetData>" % (_opened(data), made, prefix))

    def _new_row(self, prefix: bytes, number: int, changes: list[Change]) -> bytes:
        tag = _shown(b'<%srow r="%d"/>' % (prefix, number), self._rows.get(number))
        if not changes:
            return tag
        cells = b"".join(self._new(prefix, change) for change in changes)
        return b"%s%s</%srow>" % (_opened(tag), cells, prefix)

    def _dimension(self, new: list[Change]) -> Iterator[Edit]:
        """Give the edit that widens the stated used range, where it is stated."""
        span = self._spans.dimension
        if span is None or not new:
            return
        element = self._bytes(span)
        area = parse_area((attribute(element, b"ref") or b"").decode())
        if area is not None:
            wide = str(_widest(area, [change.ref for change in new])).encode()
            yield Edit(
                *span, with_attribute(element, b"ref", wide) if wide != str(area).encode() else element
            )

    def _new(self, prefix: bytes, change: Change) -> bytes:
        return self._styled(
            new_cell(prefix, change.ref.a1, self._style(change), change.new, change.formula), change
        )

    def _styled(self, cell: bytes, change: Change) -> bytes:
        """Return the bytes of a cell with a style that shows its number as it is, where the change asks for that."""
        if not change.as_number or self._plain_styles is None:
            return cell
        tag = cell[slice(*tag_at(cell, 0))]
        own = attribute(tag, b"s")
        plain = self._plain_styles.plain(own)
        return cell if plain is None or plain == own else with_attribute(tag, b"s", plain) + cell[len(tag) :]

    def _style(self, change: Change) -> bytes | None:
        """Return the style of a new cell: its model's, else its row's, else its column's."""
        model = None if change.like is None else self._cell(_place(change.like))
        if model is not None:
            return attribute(self._bytes(model.element.tag), b"s")
        row = self._spans.rows.get(change.ref.row)
        if row is not None:
            tag = self._bytes(row.element.tag)
            if (attribute(tag, b"customFormat") or b"") in {b"1", b"true"}:
                return attribute(tag, b"s")
        return next((style for columns, style in self._styles if change.ref.column in columns), None)

    def _cell(self, place: tuple[int, int]) -> CellSpan | None:
        return self._spans.cells.get(place)

    def _bytes(self, span: Span) -> bytes:
        return self._xml[span.start : span.end]

    @cached_property
    def _frame(self) -> tuple[Element, ...]:
        """What stands around the cells: the part is read again without them."""
        start, end = self._spans.data.whole
        return elements(self._xml[:start] + self._xml[end:], self._part, {"mergeCell", "col"})

    @cached_property
    def _merges(self) -> list[Area]:
        return _areas(element for element in self._frame if element.name == "mergeCell")

    @cached_property
    def _styles(self) -> list[tuple[range, bytes]]:
        """The columns that have a style, with it."""
        listed = [
            (_columns(each), each.attributes.get("style")) for each in self._frame if each.name == "col"
        ]
        return [(columns, style.encode()) for columns, style in listed if style is not None]

    @cached_property
    def _arrays(self) -> list[Area]:
        """The ranges of array formulas: cells in them hold results without a formula of their own."""
        if b"array" not in self._xml:  # nearly always, and saves a pass over all cells
            return []
        found = elements(self._xml, self._part, {"f"})
        return _areas(element for element in found if element.attributes.get("t") == "array")


def _place(ref: Ref) -> tuple[int, int]:
    return ref.row, ref.column


def _areas(found: Iterable[Element]) -> list[Area]:
    areas = (parse_area(element.attributes.get("ref", "")) for element in found)
    return [area for area in areas if area is not None]


def _columns(col: Element) -> range:
    """Return the columns that a ``col`` element speaks of."""
    first, last = (whole(col.attributes.get(key, "")) for key in ("min", "max"))
    if not first or not last:
        raise UnreadableError(
            "工作表的列设置中有不是数字的列号，文件已损坏，请用 Excel 或 WPS 打开修复后另存为 .xlsx。"
        )
    return range(first, last + 1)


def _widest(area: Area, refs: Sequence[Ref]) -> Area:
    """Return the smallest area around an area and some cells."""
    rows, columns = [ref.row for ref in refs], [ref.column for ref in refs]
    return Area(
        min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns)
    )


def _widened(tag: bytes, changes: Sequence[Change]) -> bytes:
    """Return a row's start tag whose ``spans``, if it has one, holds the new columns too."""
    spans = _SPANS.fullmatch(attribute(tag, b"spans") or b"")
    if spans is None or not changes:
        return tag
    columns = [change.ref.column for change in changes]
    first, last = min(int(spans[1]), *columns), max(int(spans[2]), *columns)
    return with_attribute(tag, b"spans", b"%d:%d" % (first, last))


def _shown(tag: bytes, row: RowChange | None) -> bytes:
    """Return a row's tag shown or hidden, and as high as the plan wants it."""
    if row is None:
        return tag
    is_hidden = is_true((attribute(tag, b"hidden") or b"").decode())
    if row.hidden != is_hidden:
        tag = with_attribute(tag, b"hidden", b"1") if row.hidden else without_attributes(tag, (b"hidden",))
    if row.height is not None:
        tag = with_attribute(tag, b"ht", str(row.height).encode())
        tag = with_attribute(tag, b"customHeight", b"1")
    return tag


def _opened(tag: bytes) -> bytes:
    """Return a self-closing tag as a start tag."""
    return tag.removesuffix(b"/>").rstrip() + b">"
