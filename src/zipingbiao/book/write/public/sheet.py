"""The cells of a sheet for a public copy: cleared, turned into their values, or masked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from html import escape

from zipingbiao.book.read.parse import Attributes, Span, feed, sheet_parser
from zipingbiao.book.read.sheet_xml import Places, parse_area
from zipingbiao.book.write.public.sweep import Open, Rules, Sweep
from zipingbiao.book.write.xml_bytes import Edit, prefix_of, without_attributes
from zipingbiao.values.number import exact
from zipingbiao.values.personal import masked

Place = tuple[int, int]
_MOST_OF_ARRAY = 100_000
_OF_FORMULA = (b"cm", b"vm")


class Sheet(Sweep):
    """The pass over a worksheet.

    Args:
        cut: cells that are to be blank.
        values: cells whose formula gives way to what it shows.
        personal: cells that hold a person's number, with what they are to say.
        used: takes the shared strings that stay in use.
    """

    def __init__(
        self,
        xml: bytes,
        part: str,
        rules: Rules,
        cut: Collection[Place],
        values: Collection[Place],
        personal: Mapping[Place, str],
        used: set[int],
    ) -> None:  # fmt: skip
        super().__init__(xml, part, rules)
        self._cut, self._values, self._personal, self._used = cut, values, personal, used
        self._places = Places()
        self._children: dict[str, tuple[Span, Open]] = {}

    def opening(self, one: Open) -> None:
        """Take note of where a row or cell is."""
        if one.name == "row":
            self._places.enter_row(one.attributes)
        elif one.name == "c":
            given = one.attributes
            self._places.cell = given if "r" in given else {"r": self._places.following()}
            self._children.clear()

    def closing(self, one: Open, whole: Span) -> None:
        """Change a cell when all of it is known."""
        if self.parent.name == "c" and one.name in {"f", "v", "is"}:
            self._children[one.name] = whole, one
        elif one.name == "c":
            self._cell(one, whole)

    def _cell(self, one: Open, whole: Span) -> None:
        place, kind = self._places.place(), one.attributes.get("t", "n")
        if place in self._cut or place in self._personal:
            self._replace(one, whole, self._personal.get(place) if place not in self._cut else None)
            return
        formula, value = self._children.get("f"), self._children.get("v")
        shown = "".join(value[1].chunks) if value else ""
        if kind == "s" and shown.strip().isdecimal():
            self._used.add(int(shown))
        said = self._said(shown, kind)
        if said != shown:
            self._replace(one, whole, said)
        elif formula is not None and (place in self._values or self._is_personal(formula[1])):
            self.edits.append(Edit(*formula[0], b""))
            tag = self.xml[one.tag.start : one.tag.end]
            self.edits.append(Edit(*one.tag, without_attributes(tag, _OF_FORMULA)))

    def _is_personal(self, formula: Open) -> bool:
        text = "".join(formula.chunks)
        return masked(text, self.rules.codes) != text

    def _said(self, shown: str, kind: str) -> str:
        if kind not in {"n", "str"}:
            return shown
        number = exact(shown) if kind == "n" else None
        text = shown if number is None or number != number.to_integral_value() else f"{number:f}"
        new = masked(text, self.rules.codes)
        return shown if new == text else new

    def _replace(self, one: Open, whole: Span, text: str | None) -> None:
        """Let the cell hold a text, or nothing; its style stays."""
        del self.edits[one.edits :]
        tag = without_attributes(self.xml[one.tag.start : one.tag.end], (b"t", *_OF_FORMULA))
        head, prefix = tag.removesuffix(b">").removesuffix(b"/").rstrip(), prefix_of(tag)
        if text is None:
            self.edits.append(Edit(*whole, head + b"/>"))
            return
        said = escape(text, quote=False).encode()
        new = b'%s t="str"><%sv>%s</%sv></%sc>' % (head, prefix, said, prefix, prefix)
        self.edits.append(Edit(*whole, new))


def shared_groups(xml: bytes, part: str) -> Iterator[set[Place]]:
    """Give the cells that have a formula together: shared, of an array, of a data table."""
    shared: dict[str, set[Place]] = {}
    areas: list[set[Place]] = []
    places = Places()

    def start(name: str, attributes: Attributes) -> None:
        if name == "row":
            places.enter_row(attributes)
        elif name == "c":
            places.cell = attributes if "r" in attributes else {"r": places.following()}
            places.place()
        elif name == "f" and attributes.get("t") == "shared":
            shared.setdefault(attributes.get("si", ""), set()).add(places.place())
        elif name == "f" and attributes.get("t") in {"array", "dataTable"}:
            area = parse_area(attributes.get("ref", ""))
            if (
                area is not None
                and (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _MOST_OF_ARRAY
            ):
                rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
                areas.append({(row, column) for row in rows for column in columns})

    feed(sheet_parser(xml, start, lambda _name: None), xml, part)
    yield from shared.values()
    yield from areas
