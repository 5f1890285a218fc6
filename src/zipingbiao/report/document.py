"""Blocks → a Word document: the one place that knows the library.

Styles are taken by name from the document that it starts from; one that is missing there is made as
our own blank document has it. Figures of a table are never a table style: other programs lose it.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from zipingbiao.errors import UnreadableError
from zipingbiao.report.blank import FORMAT, LANDSCAPE, MARGINS, PORTRAIT, blank, packed, unpacked
from zipingbiao.report.blocks import Block, Cell, Look, Table, Text, Turn

_MOST_WHOLE = 20
"""Lines of the highest row that is kept on one page: a higher one may fill more than a page, and be cut off."""
_SIGN = 210  # twips, of a Chinese sign in a table
_SHORT = 10
"""Rows of the longest table that is kept on one page."""
_PLACE = re.compile(r"\s*【([^【】]{1,40})】\s*")
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MM = 56.7  # twips


class Document:
    """A document under way; blocks go to its end, or to where a unit's own document asks for them."""

    def __init__(self, start: bytes, name: str = "") -> None:
        """Open the document to start from; *name* is what messages call it.

        Raises:
            UnreadableError: it is no Word document.
        """
        import docx

        try:
            self._document = docx.Document(io.BytesIO(start))
        except Exception as error:  # the library raises whatever its zip and XML readers do
            raise UnreadableError(
                f"{name}：不是 Word 文档（.docx），请用 Word 或 WPS 打开后另存为 .docx。"
            ) from error
        self._body: Any = self._document.element.body
        self._name_format()
        self._bookmarks = max(
            (int(number) for number in self._body.xpath(".//w:bookmarkStart/@w:id")), default=0
        )
        self._marks: set[str] = set(self._body.xpath(".//w:bookmarkStart/@w:name"))
        self._styles = self._known_styles()

    # ------------------------------------------------------------------ places of a unit's own document

    def places(self) -> Iterator[tuple[str, Any]]:
        """Give the paragraphs that hold nothing but 【a name】, with the name; in a cell of a table too."""
        for paragraph in self._body.xpath("./w:p | ./w:tbl//w:p"):
            text = "".join(paragraph.xpath(".//w:t/text()"))
            if found := _PLACE.fullmatch(text):
                yield found[1].strip(), paragraph

    def replace(self, place: Any, blocks: Sequence[Text | Table]) -> bool:
        """Put blocks where a paragraph stands; a break of sections in it is kept.

        False, and nothing is done, where a table would have to go into a cell.
        """
        if place.getparent() is not self._body and any(isinstance(block, Table) for block in blocks):
            return False
        for block in blocks:
            self._put(block, place)
        if place.find(f"{_tag('w:pPr')}/{_tag('w:sectPr')}") is None:
            place.getparent().remove(place)
        else:
            for run in place.xpath("./w:r"):
                place.remove(run)
        return True

    # ------------------------------------------------------------------ writing

    def add(self, blocks: Iterable[Block]) -> None:
        """Append blocks; a paragraph before a table stays with it."""
        for block in blocks:
            end = self._body.sectPr
            if isinstance(block, Turn):
                self._turn(landscape=block.landscape)
                continue
            if isinstance(block, Table):
                _keep(end.getprevious())
            self._put(block, end)

    def content(self) -> bytes:
        """Return the whole file: the same bytes for the same blocks."""
        target = io.BytesIO()
        self._document.save(target)
        return packed(unpacked(target.getvalue()))

    # ------------------------------------------------------------------ how

    def _name_format(self) -> None:
        """Say what it is in its properties; where there are none, the library would make its own."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        kinds = {relation.reltype for relation in self._document.part.package.rels.values()}
        if RELATIONSHIP_TYPE.CORE_PROPERTIES in kinds:
            self._document.core_properties.identifier = FORMAT

    def _known_styles(self) -> Mapping[Look, str]:
        """Return the identity of each style, making those that are missing."""
        import docx

        own = None
        known: dict[Look, str] = {}
        for look in Look:
            if look.value not in self._document.styles:
                own = own or docx.Document(io.BytesIO(blank()))
                self._document.styles.element.append(copy.deepcopy(own.styles[look.value].element))
            known[look] = str(self._document.styles[look.value].style_id)
        return known

    def _put(self, block: Text | Table, before: Any) -> None:
        """Put a paragraph or a table before an element.

        Behind a table stands a paragraph that takes hardly any room: two tables would become one, and
        LibreOffice tears a heading that follows one directly from its text.
        """
        if isinstance(block, Text):
            before.addprevious(self._paragraph(block))
        else:
            before.addprevious(self._table(block, _text_width(before)))
            before.addprevious(_small())

    def _paragraph(self, text: Text) -> Any:
        paragraph, properties = _element("w:p"), _element("w:pPr")
        properties.append(_element("w:pStyle", val=self._styles[text.look]))
        if text.look.is_heading:
            properties.append(_element("w:keepNext"))
        if text.new_page:
            properties.append(_element("w:pageBreakBefore"))
        if text.flush or text.centred:
            properties.append(_element("w:ind", firstLineChars="0", firstLine="0"))
        if text.centred:
            properties.append(_element("w:jc", val="center"))
        paragraph.append(properties)
        self._write(paragraph, text.text, text.mark)
        return paragraph

    def _write(self, paragraph: Any, text: str, mark: str = "", *, bold: bool = False) -> None:
        run = _run(text, bold=bold)
        name = self._free(mark) if mark else ""
        if name:
            self._bookmarks += 1
            number = str(self._bookmarks)
            paragraph.append(_element("w:bookmarkStart", id=number, name=name))
        paragraph.append(run)
        if name:
            paragraph.append(_element("w:bookmarkEnd", id=number))

    def _free(self, mark: str) -> str:
        """A name of its own: of several projects in one report the second one counts from 2."""
        number, name = 1, mark
        while name in self._marks:
            number += 1
            name = f"{mark}_{number}"
        self._marks.add(name)
        return name

    def _table(self, table: Table, room: int) -> Any:
        whole = sum(table.widths)
        widths = [room * width // whole for width in table.widths]
        made = _element("w:tbl")
        made.append(_table_properties(sum(widths)))
        grid = _element("w:tblGrid")
        grid.extend(_element("w:gridCol", w=str(width)) for width in widths)
        made.append(grid)
        opened = _opened(table.rows)
        for number, row in enumerate(table.rows):
            made.append(self._row(table, number, row, widths, opened))
        return made

    def _row(
        self,
        table: Table,
        number: int,
        row: Sequence[Cell],
        widths: Sequence[int],
        opened: set[tuple[int, int]],
    ) -> Any:
        made, properties = _element("w:tr"), _element("w:trPr")
        if _lines(row, widths) <= _MOST_WHOLE:
            properties.append(_element("w:cantSplit"))
        high = max((cell.high for cell in row), default=0)
        if high:
            properties.append(_element("w:trHeight", val=str(round(high * _MM)), hRule="atLeast"))
        if number < table.heads:
            properties.append(_element("w:tblHeader"))
        made.append(properties)
        column = 0
        for cell in row:
            width = sum(widths[column : column + cell.span])
            merge = "continue" if cell.joins else "restart" if (number, column) in opened else ""
            mark = table.mark if (number, column) == (0, 0) else ""
            made.append(self._cell(cell, width, merge, mark, keep=_stays(table, number)))
            column += cell.span
        return made

    def _cell(self, cell: Cell, width: int, merge: str, mark: str, *, keep: bool) -> Any:
        made, properties = _element("w:tc"), _element("w:tcPr")
        properties.append(_element("w:tcW", w=str(width), type="dxa"))
        if cell.span > 1:
            properties.append(_element("w:gridSpan", val=str(cell.span)))
        if merge:
            properties.append(_element("w:vMerge", val=merge))
        properties.append(_element("w:vAlign", val="center"))
        made.append(properties)
        texts = [""] if cell.joins else cell.text.split("\n")
        for number, text in enumerate(texts):
            paragraph, look = _element("w:p"), _element("w:pPr")
            look.append(_element("w:pStyle", val=self._styles[Look.CELL]))
            if keep:
                look.append(_element("w:keepNext"))
            if cell.left:
                look.append(_element("w:jc", val="left"))
            paragraph.append(look)
            if text:
                self._write(paragraph, text, mark if number == 0 else "", bold=cell.bold)
            made.append(paragraph)
        return made

    def _turn(self, *, landscape: bool) -> None:
        """End the section here; what follows has its page across, or upright again."""
        end = self._body.sectPr
        last = end.getprevious()
        is_free = last is not None and last.tag == _tag("w:p") and not last.xpath("./w:pPr/w:sectPr")
        if not is_free:  # the end of a unit's own document
            last = _small()
            end.addprevious(last)
        last.get_or_add_pPr().append(copy.deepcopy(end))
        page, margins = end.find(_tag("w:pgSz")), end.find(_tag("w:pgMar"))
        shape = LANDSCAPE if landscape else PORTRAIT
        for side in ("w", "h"):
            page.set(_tag(f"w:{side}"), str(shape[side]))
        page.attrib.pop(_tag("w:orient"), None)
        if landscape:
            page.set(_tag("w:orient"), "landscape")
        for side in MARGINS:
            margins.set(_tag(f"w:{side}"), str(shape[side]))


def _stays(table: Table, number: int) -> bool:
    """Whether a row is kept on the page of the next one: headings are, and all of a short table."""
    return number < table.heads or (len(table.rows) <= _SHORT and number < len(table.rows) - 1)


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return how many lines the highest cell of a row takes; one that goes on from above takes none."""
    column, most = 0, 0
    for cell in row:
        signs = max(sum(widths[column : column + cell.span]) // _SIGN, 1)
        if not cell.joins:
            most = max(most, sum(ceil(max(len(text), 1) / signs) for text in cell.text.split("\n")))
        column += cell.span
    return most


def _opened(rows: Sequence[Sequence[Cell]]) -> set[tuple[int, int]]:
    """Return row and column of each cell that goes on in the row below."""
    opened = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.joins:
                opened.add((number - 1, column))
            column += cell.span
    return opened


def _table_properties(width: int) -> Any:
    properties, borders = _element("w:tblPr"), _element("w:tblBorders")
    properties.append(_element("w:tblW", w=str(width), type="dxa"))
    properties.append(_element("w:jc", val="center"))
    borders.extend(_element(f"w:{side}", val="single", sz="4", space="0", color="auto") for side in _SIDES)
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    return properties


def _run(text: str, *, bold: bool) -> Any:
    """A run of one text; its quotation marks are Chinese ones, as wide as a sign."""
    run, properties, shown = _element("w:r"), _element("w:rPr"), _element("w:t")
    properties.append(_element("w:rFonts", hint="eastAsia"))
    if bold:
        properties.append(_element("w:b"))
    shown.text = text
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.extend((properties, shown))
    return run


def _small() -> Any:
    """A paragraph that takes hardly any room."""
    paragraph, properties = _element("w:p"), _element("w:pPr")
    properties.append(_element("w:spacing", before="0", after="0", line="120", lineRule="exact"))
    paragraph.append(properties)
    return paragraph


def _keep(paragraph: Any) -> None:
    """Keep a paragraph of text on the page of the table that follows it."""
    if paragraph is not None and paragraph.tag == _tag("w:p"):
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def _text_width(before: Any) -> int:
    """Return the width between the margins where a block is to stand, in twips."""
    following = before.xpath("./descendant-or-self::w:sectPr | ./following::w:sectPr")
    section = following[0]
    page, margins = section.find(_tag("w:pgSz")), section.find(_tag("w:pgMar"))
    if page is None or margins is None:
        return PORTRAIT["w"] - PORTRAIT["left"] - PORTRAIT["right"]
    left, right = (int(margins.get(_tag(f"w:{side}"), "0")) for side in ("left", "right"))
    return int(page.get(_tag("w:w"))) - left - right


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _element(tag: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(tag, {_tag(f"w:{key}"): value for key, value in attributes.items()} or None)
