"""Edits to the text, the cells and the rows of a document, each over the bytes that must change and no others.

Tags are found by their bytes: the part was parsed before, and is UTF-8. What a person formatted stays, because
a text is put into the run that is there; a new row has the properties of another one and nothing of its content.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from zipingbiao.book.blocks import CellBlock, Paragraph, Piece, RowBlock
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

_TOKEN = re.compile(
    rb"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""", re.DOTALL
)
_NAME = re.compile(rb"</?([^\s/>]+)")
_SIGN = re.compile(r"&[^;]*;|.", re.DOTALL)  # one character as it is written
_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IDENTITIES = (b"w14:paraId", b"w14:textId")
# What a run shows beside its texts, and what may be dropped with a paragraph that holds nothing else.
_SIGNS = frozenset({"tab", "br", "cr", "sym", "noBreakHyphen"})
_PLAIN = frozenset({"r", "t", "proofErr", "lastRenderedPageBreak"}) | _SIGNS
_PROPERTIES = frozenset({"pPr", "rPr"})
_BEFORE_MERGE = frozenset({"cnfStyle", "tcW", "gridSpan", "hMerge"})
_HEADS_ONLY = frozenset({"tblHeader", "cnfStyle"})
_BOLD = frozenset({"b", "bCs"})


class Replaced(NamedTuple):
    """A text to stand in place of a span of another one."""

    start: int
    end: int
    new: str


class Content(NamedTuple):
    """What a cell of a new row holds.

    Attributes:
        merge: ``restart``, ``continue`` or "".
    """

    text: str = ""
    merge: str = ""


@dataclass
class _Node:
    """An element; *name* without its prefix, *inner* and *close* where its content begins and ends."""

    name: str
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[_Node] = field(default_factory=list)

    def child(self, name: str) -> _Node | None:
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self) -> Iterator[_Node]:
        """Give the element and all inside it, in order."""
        yield self
        for child in self.children:
            yield from child.all()


def escaped(text: str) -> bytes:
    """Return a text as XML writes it; a sign that no document may hold becomes �."""
    return escape(_ILLEGAL.sub("\ufffd", text), quote=False).encode()


# ------------------------------------------------------------------ text


def text_edits(xml: bytes, pieces: Sequence[Piece], spans: Sequence[Replaced]) -> Iterator[Edit]:
    """Put texts in place of spans of the texts of some pieces, joined; the spans do not overlap.

    The piece that holds the start of a span takes its new text, with its formatting; the others lose their part
    only. An empty span is an insertion, at the end of the piece before it.

    Raises:
        ValueError: there is no piece.
    """
    if not pieces:
        raise ValueError("no text to put another one into")
    own: dict[Piece, list[Replaced]] = {}
    for span in spans:
        at, written = 0, False
        for piece in pieces:
            first, last = max(span.start - at, 0), min(span.end - at, len(piece.text))
            at += len(piece.text)
            takes = not written and (span.start < at or span.start == span.end == at or piece is pieces[-1])
            if first < last or takes:
                first = min(first, len(piece.text))
                own.setdefault(piece, []).append(Replaced(first, max(first, last), span.new if takes else ""))
                written = written or takes
    for piece, changes in own.items():
        yield from _piece_edits(xml, piece, sorted(changes))


def _piece_edits(xml: bytes, piece: Piece, changes: Sequence[Replaced]) -> Iterator[Edit]:
    """Change spans of one piece, and keep the blanks at its ends."""
    text = piece.text
    for change in reversed(changes):
        text = text[: change.start] + change.new + text[change.end :]
    tag_at = xml.rfind(b"<", 0, piece.start)  # no attribute holds a bare <
    tag = xml[tag_at : piece.start]
    if text != text.strip() and attribute(tag, b"xml:space") != b"preserve":
        yield Edit(tag_at, piece.start, with_attribute(tag, b"xml:space", b"preserve"))
    raw = xml[piece.start : piece.end]
    signs = _SIGN.findall(raw.decode())
    if b"<" in raw or b"\r" in raw or len(signs) != len(piece.text):  # CDATA, a comment inside
        yield Edit(piece.start, piece.end, escaped(text))
        return
    for change in changes:
        before = len("".join(signs[: change.start]).encode())
        behind = len("".join(signs[: change.end]).encode())
        yield Edit(piece.start + before, piece.start + behind, escaped(change.new))


# ------------------------------------------------------------------ cells


def cell_edits(xml: bytes, cell: CellBlock, text: str, like: CellBlock | None = None) -> Iterator[Edit]:
    """Let a cell say another text: line by line in its paragraphs, each with the formatting of its first run.

    Args:
        xml: the part.
        cell: the cell; without a text box or another table in it.
        text: what it is to say.
        like: a cell whose formatting a text takes where there is none yet.

    Raises:
        RefusedError: it holds what cannot be kept.
    """
    node = _tree(xml, cell.start, cell.end)
    if any(each.name in {"tbl", "txbxContent"} for each in node.all()) or not cell.paragraphs:
        raise RefusedError("单元格里另有表格或文本框")
    lines = text.split("\n")
    for paragraph, line in zip(cell.paragraphs, lines, strict=False):
        yield from _paragraph_edits(xml, paragraph, line, like)
    last = cell.paragraphs[-1]
    for line in lines[len(cell.paragraphs) :]:
        yield Edit(last.end, last.end, _paragraph_like(xml, last, line, like))
    for paragraph in cell.paragraphs[len(lines) :]:
        if _is_plain(xml, paragraph):
            yield Edit(paragraph.start, paragraph.end, b"")
        else:
            yield from _paragraph_edits(xml, paragraph, "", like)


def _paragraph_edits(xml: bytes, paragraph: Paragraph, line: str, like: CellBlock | None) -> Iterator[Edit]:
    node = _tree(xml, paragraph.start, paragraph.end)
    for run in (each for each in node.all() if each.name == "r"):
        yield from (Edit(sign.start, sign.end, b"") for sign in run.children if sign.name in _SIGNS)
    if paragraph.pieces:
        length = sum(len(piece.text) for piece in paragraph.pieces)
        yield from text_edits(xml, paragraph.pieces, [Replaced(0, length, line)])
    elif line:
        run_bytes = _run(xml, node, line, like)
        if node.close == node.end:  # <w:p/>
            tag = xml[node.start : node.inner]
            open_tag = tag[:-2].rstrip() + b">"
            yield Edit(node.start, node.end, open_tag + run_bytes + _closing(tag, "p"))
        else:
            yield Edit(node.close, node.close, run_bytes)


def _paragraph_like(xml: bytes, paragraph: Paragraph, line: str, like: CellBlock | None) -> bytes:
    """A paragraph of one line with the properties of another one."""
    node = _tree(xml, paragraph.start, paragraph.end)
    tag = xml[node.start : node.inner]
    run = _run(xml, node, line, like) if line else b""
    return _opening(tag, "p") + _bytes(xml, node.child("pPr")) + run + _closing(tag, "p")


def _run(
    xml: bytes, paragraph: _Node, line: str, like: CellBlock | None = None, *, bold: bool = True
) -> bytes:
    """A run of one text with the formatting of the first run of a paragraph, else of its end, else of a cell."""
    tag = xml[paragraph.start : paragraph.inner]
    look = _look(paragraph)
    if look is None and like is not None:
        other = next((node for node in _paragraphs(xml, like) if _look(node) is not None), None)
        look = _look(other) if other is not None else None
    kept = [each for each in look.children if bold or each.name not in _BOLD] if look is not None else []
    properties = b"".join(_bytes(xml, each) for each in kept)
    if properties:
        properties = _opening(tag, "rPr") + properties + _closing(tag, "rPr")
    space = b' xml:space="preserve"' if line != line.strip() else b""
    shown = _opening(tag, "t")[:-1] + space + b">" + escaped(line) + _closing(tag, "t")
    return _opening(tag, "r") + properties + shown + _closing(tag, "r")


def _paragraphs(xml: bytes, cell: CellBlock) -> Iterator[_Node]:
    return (_tree(xml, each.start, each.end) for each in cell.paragraphs)


def _look(paragraph: _Node) -> _Node | None:
    """The formatting of the first run of a paragraph, else that of its end."""
    runs = [each for each in paragraph.all() if each.name == "r"]
    end = paragraph.child("pPr")
    if runs:
        return runs[0].child("rPr")
    return end.child("rPr") if end is not None else None


def _is_plain(xml: bytes, paragraph: Paragraph) -> bool:
    """Whether nothing but text stands in a paragraph."""
    return all(name in _PLAIN for name in _shown(_tree(xml, paragraph.start, paragraph.end)))


def _shown(node: _Node) -> Iterator[str]:
    """Give the names of what stands in an element, properties left out."""
    for child in node.children:
        if child.name not in _PROPERTIES:
            yield child.name
            yield from _shown(child)


# ------------------------------------------------------------------ merges and rows


def merge_edits(xml: bytes, cell: CellBlock, merge: str) -> Iterator[Edit]:
    """Let a cell open a merged cell (``restart``), go on with the one above (``continue``), or neither ("")."""
    node = _tree(xml, cell.start, cell.end)
    yield from _merge_edits(xml, node, merge)


def _merge_edits(xml: bytes, node: _Node, merge: str) -> Iterator[Edit]:
    tag = xml[node.start : node.inner]
    made = _merge(tag, merge)
    properties = node.child("tcPr")
    if properties is None:
        whole = _opening(tag, "tcPr") + made + _closing(tag, "tcPr")
        yield Edit(node.inner, node.inner, whole if made else b"")
        return
    old = properties.child("vMerge")
    if old is not None:
        yield Edit(old.start, old.end, made)
    elif properties.close == properties.end:  # <w:tcPr/>
        yield Edit(properties.start, properties.end, _opening(tag, "tcPr") + made + _closing(tag, "tcPr"))
    else:
        before = [each.end for each in properties.children if each.name in _BEFORE_MERGE]
        at = max(before, default=properties.inner)
        yield Edit(at, at, made)


def new_row(
    xml: bytes, row: RowBlock, contents: Mapping[int, Content], likes: Sequence[RowBlock], *, is_heading: bool
) -> bytes:
    """Return a row with the properties of another one.

    Args:
        xml: the part.
        row: the row whose properties it takes; comments, bookmarks, pictures and identities stay behind.
        contents: of each of its cells, by its column.
        likes: other rows whose formatting a text takes where there is none in that row.
        is_heading: whether *row* is a heading, which a line is not: it is neither repeated nor bold.
    """
    node = _tree(xml, row.start, row.end)
    dropped = _HEADS_ONLY if is_heading else frozenset()
    tag = without_attributes(xml[node.start : node.inner], _IDENTITIES)
    made = [tag, _bytes(xml, node.child("tblPrEx")), _without(xml, node.child("trPr"), dropped)]
    for cell in row.cells:
        content = contents.get(cell.column, Content())
        like = next((each for other in likes for each in other.cells if each.column == cell.column), None)
        made.append(_new_cell(xml, cell, content, like, bold=not is_heading))
    return b"".join((*made, _closing(tag, "tr")))


def _new_cell(xml: bytes, cell: CellBlock, content: Content, like: CellBlock | None, *, bold: bool) -> bytes:
    node = _tree(xml, cell.start, cell.end)
    tag = xml[node.start : node.inner]
    properties = _with_merge(xml, node, content.merge)
    first = _tree(xml, cell.paragraphs[0].start, cell.paragraphs[0].end) if cell.paragraphs else None
    made = [_opening(tag, "tc"), properties]
    for line in content.text.split("\n"):
        look = _bytes(xml, first.child("pPr")) if first is not None else b""
        run = _run(xml, first, line, like, bold=bold) if first is not None and line else b""
        made += [_opening(tag, "p"), look, run, _closing(tag, "p")]
    return b"".join((*made, _closing(tag, "tc")))


def _with_merge(xml: bytes, cell: _Node, merge: str) -> bytes:
    """The properties of a cell, merged otherwise."""
    properties = cell.child("tcPr")
    tag = xml[cell.start : cell.inner]
    if properties is None:
        made = _merge(tag, merge)
        return _opening(tag, "tcPr") + made + _closing(tag, "tcPr") if made else b""
    at = properties.start
    edits = (Edit(one.start - at, one.end - at, one.new) for one in _merge_edits(xml, cell, merge))
    return apply(xml[at : properties.end], edits)


def _merge(tag: bytes, merge: str) -> bytes:
    prefix = prefix_of(tag)
    return b'<%svMerge %sval="%s"/>' % (prefix, prefix or b"w:", merge.encode()) if merge else b""


def _without(xml: bytes, node: _Node | None, names: Collection[str]) -> bytes:
    if node is None:
        return b""
    gone = [child for child in node.children if child.name in names]
    made, at = b"", node.start
    for child in gone:
        made, at = made + xml[at : child.start], child.end
    return made + xml[at : node.end]


# ------------------------------------------------------------------ elements


def _tree(xml: bytes, start: int, end: int) -> _Node:
    """The element that stands there, with all inside it."""
    root = _Node("", start, start, end, end)
    stack = [root]
    for token in _TOKEN.finditer(xml, start, end):
        found = _NAME.match(token[0])
        if found is None or token[0][1:2] in {b"!", b"?"}:
            continue
        if token[0].startswith(b"</"):
            node = stack.pop()
            node.close, node.end = token.start(), token.end()
            continue
        node = _Node(found[1].decode().rpartition(":")[2], token.start(), token.end())
        stack[-1].children.append(node)
        if token[0].endswith(b"/>"):
            node.close = node.end = token.end()
        else:
            stack.append(node)
    return root.children[0]


def _bytes(xml: bytes, node: _Node | None) -> bytes:
    return xml[node.start : node.end] if node is not None else b""


def _opening(tag: bytes, name: str) -> bytes:
    return b"<%s%s>" % (prefix_of(tag), name.encode())


def _closing(tag: bytes, name: str) -> bytes:
    return b"</%s%s>" % (prefix_of(tag), name.encode())
