""".docx → its blocks, and its tables as sheets with the paragraphs before each as its first rows.

Only text and places are read, with the parser and the limits of the workbook reader; Word's own library
would load styles, pictures and fields that no table needs, and does not see into content controls.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from zipingbiao.book.blocks import Paragraph
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.docx_walk import Walk
from zipingbiao.book.read.package import read_relationships, related_part
from zipingbiao.book.read.parse import OddWorkbookError, elements, feed, name_parser
from zipingbiao.errors import UnreadableError

_USUAL_PART = "word/document.xml"
_TEXT_LEVEL = 9  # the outline level that stands for running text
_MOST_BASES = 20
_HEADS, _MOST_HEADS = frozenset({"header", "footer"}), 20
_SMALLEST_OLE = 4 * 512  # its header, table, directory and something in it
_CONVERTED = "旧版 Word 文档，已用 LibreOffice 转换后读取，请核对数值，并用 Word 或 WPS 另存为 .docx。"
# In any other encoding the tags cannot be found by their bytes.
_OTHER_ENCODING = re.compile(
    rb"""^(?:\xff\xfe|\xfe\xff|\0|.\0|<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["']))""", re.IGNORECASE
)


def read_docx(content: Content, _wanted: Wanted | None) -> Sheets:
    """Read a Word document: its paragraphs and tables in order, and its tables as sheets 表1, 表2 … of text.

    Tracked changes are read as accepted. Merged cells become merged ranges; a table inside a cell is a sheet
    of its own, one that only goes on after a page break is a part of the one before. The last ten paragraphs
    since the previous table stand above a table, one per row, for they may name what it is about.

    Raises:
        UnreadableError: why it cannot be read; does not name the file.
    """
    part = _document_part(content)
    if part is None:
        raise UnreadableError("不是 Word 文档（.docx），请用 Word 或 WPS 打开后另存为 .docx。")
    try:
        xml = content.archive.read(part)
        walk = _walked(content, part, xml, _levels(content, part))
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # whatever is too odd; the log has the rest
        logging.getLogger("zipingbiao").info("%s cannot be read", content.file, exc_info=True)
        raise UnreadableError("文档结构异常，无法读取，请用 Word 或 WPS 打开后另存为 .docx。") from error
    return Sheets(
        tuple(walk.grids()),
        notes=tuple(walk.notes),
        blocks=tuple(walk.blocks),
        part=part,
        heads=tuple(_heads(content, part)),
    )


def read_doc(content: Content, wanted: Wanted | None) -> Sheets:
    """Read an old Word document (.doc, .wps) as :func:`read_docx`, converted by an installed LibreOffice.

    Its blocks have no part: nothing can be patched into the file.

    Raises:
        UnreadableError: none is installed, or it cannot be read; does not name the file.
    """
    if len(content.data) >= _SMALLEST_OLE:
        from zipingbiao.book.read.office import converted

        data = converted(content.data)
        if data is not None:
            sheets = read_docx(Content(content.path, data, content.limits), wanted)
            return replace(sheets, notes=(*sheets.notes, _CONVERTED), part="")
    if content.is_named_as_word:
        raise UnreadableError("是旧版 Word 文档（.doc）或其他旧格式，请用 Word 或 WPS 打开后另存为 .docx。")
    raise UnreadableError("实为 Word 文档（.doc），不是工作簿，请提供 Excel 原文件。")


def _document_part(content: Content) -> str | None:
    """Return the part that holds the text, where the package names none the usual one."""
    if content.main is not None:
        return content.main
    return _USUAL_PART if _USUAL_PART in content.archive else None


def _walked(content: Content, part: str, xml: bytes, levels: Mapping[str, int]) -> Walk:
    walk = Walk(xml, content.limits, levels, has_offsets=not _OTHER_ENCODING.match(xml))
    walk.parser = name_parser(walk.start, walk.end, walk.text)
    feed(walk.parser, xml, part)
    return walk


def _heads(content: Content, document: str) -> Iterator[str]:
    """The texts above and below its pages; a head that cannot be read says nothing."""
    try:
        related = read_relationships(content.archive, document).values()
    except (OddWorkbookError, UnreadableError):
        return
    for head in [each.part for each in related if each.kind in _HEADS][:_MOST_HEADS]:
        try:
            walk = _walked(content, head, content.archive.read(head), {})
        except Exception:  # whatever is odd about it, the document can be read
            logging.getLogger("zipingbiao").info("a head of pages cannot be read", exc_info=True)
            continue
        said = (block.text for block in walk.blocks if isinstance(block, Paragraph))
        yield from (text for line in said for text in re.split(r"[\t\n]+", line) if text.strip())
        yield from (str(cell.value) for grid in walk.grids() for cell in grid.cells.values())


def _levels(content: Content, document: str) -> Mapping[str, int]:
    """The outline level of each style that has one; none where the styles cannot be read."""
    try:
        part = related_part(content.archive, document, "styles")
        if part is None:
            return {}
        found = elements(content.archive.read(part), part, {"w:style", "w:basedOn", "w:outlineLvl"})
    except (OddWorkbookError, UnreadableError):  # of no account for reading
        return {}
    own: dict[str, int] = {}
    bases: dict[str, str] = {}
    level = base = ""
    for element in found:  # children end before their style
        value = element.attributes.get("w:val", "")
        if element.name == "w:style":
            style = element.attributes.get("w:styleId", "")
            own |= {style: int(level)} if level.isdecimal() else {}
            bases[style], level, base = base, "", ""
        elif element.name == "w:basedOn":
            base = value
        else:
            level = value
    levels = {style: _inherited(style, own, bases) for style in bases}
    return {style: level for style, level in levels.items() if level < _TEXT_LEVEL}


def _inherited(style: str, own: Mapping[str, int], bases: Mapping[str, str]) -> int:
    for _ in range(_MOST_BASES):
        if style in own:
            return own[style]
        style = bases.get(style, "")
    return _TEXT_LEVEL
