"""The one XML parser of the readers: expat, without DTD, for whole parts in memory."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from xml.parsers import expat

from zipingbiao.errors import UnreadableError
from zipingbiao.values.regex import regex

# Which namespaces we know, and how our code writes their names; the first of two is Transitional,
# as everybody writes it, the other one Strict. What prefix a file uses for them does not matter.
_PREFIXES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rels:",
    "http://schemas.openxmlformats.org/package/2006/content-types": "types:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    # OpenDocument, and the XML of Excel 2003.
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office:",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table:",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text:",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style:",
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": "number:",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext:",
    "urn:schemas-microsoft-com:office:spreadsheet": "ss:",
    "urn:schemas-microsoft-com:office:excel": "excel:",
}
_FOREIGN = ":"  # no name of ours begins so
_SEPARATOR = " "  # expat refuses a namespace that holds it
_UNICODE = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be"})

Attributes: TypeAlias = dict[str, str]
Start: TypeAlias = Callable[[str, Attributes], object]
End: TypeAlias = Callable[[str], object]
Text: TypeAlias = Callable[[str], object]

_DEFAULT_NAMESPACE = re.compile(rb"xmlns\s*=")
_PREFIXED_ELEMENT = re.compile(rb":[A-Za-z_][\w.-]*[\s/>]")
# A tag up to its end: a `>` may stand inside an attribute value.
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_DECLARATION = 100
_OTHER_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?!(?i:utf-?8)["'])""")
TEXT = r"[^<>\0-\x08\x0b-\x1f]*+"
"""The text of an element, for a pattern: its entities are as they were written, and no line ends in two signs."""
SOUND_TEXT = r"(?:[^<>&\0-\x08\x0b-\x1f]++|&(?:lt|gt|amp|quot|apos);)*+"
"""As :data:`TEXT`, for what nobody reads: every sign of it may stand in XML."""
_ENTITY = re.compile("&(?:(#?[A-Za-z0-9]+);)?")
_NUMBER = regex("#(?:([1-9][0-9]{0,6})|x([1-9A-Fa-f][0-9A-Fa-f]{0,5}))")
_NO_SIGN = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = regex(r"_x([0-9A-Fa-f]{4})_")
_NO_LENGTH = regex(r"0+(?:\.0*)?(?:[a-z]{2})?")
_SURROGATE = regex("[\ud800-\udfff]")


class OddWorkbookError(Exception):
    """The workbook is built in a way that our reader does not know; a second reader may."""


class Element(NamedTuple):
    """One element of a small part, all names as our code writes them.

    *start* and *close* are where the parser stood at its start and end, for :func:`span_of`.
    """

    parent: str
    name: str
    attributes: Attributes
    text: str
    start: int
    close: int


class Span(NamedTuple):
    """Byte offsets in the part, end exclusive."""

    start: int
    end: int


class ElementSpan(NamedTuple):
    """Where one element stands in the bytes of its part.

    Attributes:
        tag: its start tag (the whole element when self-closing).
        close: where its end tag begins; for a self-closing one, the end of the tag.
        end: where it ends.
    """

    tag: Span
    close: int
    end: int

    @property
    def whole(self) -> Span:
        """The element from its first byte to its last."""
        return Span(self.tag.start, self.end)

    @property
    def self_closing(self) -> bool:
        """Whether it is ``<name/>``."""
        return self.tag.end == self.end


class _Names(dict[str, str]):
    """Element names as expat gives them → as our code writes them, each worked out once."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(_SEPARATOR)
        self[name] = known = _PREFIXES.get(space, _FOREIGN) + local
        return known


class _Entities(dict[str, str]):
    """What stands for a sign: its name, or its number, which some programs write for every Chinese sign."""

    def __missing__(self, name: str) -> str:
        found = _NUMBER.fullmatch(name)
        code = 0 if found is None else int(found[1]) if found[1] else int(found[2], 16)
        if not 0 < code <= sys.maxunicode or _NO_SIGN.match(chr(code)):
            raise KeyError(name)
        self[name] = sign = chr(code)
        return sign


_ENTITIES = _Entities({"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"})


def name_parser(
    start: Start, end: End, text: Text | None = None, *, any_root: bool = False
) -> expat.XMLParserType:
    """Return a parser that tells names by their namespace: the one place where a name is resolved.

    An element of the spreadsheet namespace reaches the handlers by its local name; of another one
    that we know with our prefix for it (``w:tbl``, ``rels:Relationship``), whatever prefix the file
    uses; of any other namespace, or of none, with a colon first. Attributes come as expat gives
    them: those without prefix by their name, all others need :func:`resolved`. With *any_root* the
    root may be of a namespace that we do not know: a drawing, properties.
    """
    names = _Names()
    return _parser(
        _SEPARATOR,
        lambda name, _attributes: any_root or not names[name].startswith(_FOREIGN),
        lambda name, attributes: start(names[name], attributes),
        lambda name: end(names[name]),
        text,
    )


def resolved(attributes: Attributes) -> Attributes:
    """Return attributes by names that our code writes: ``r:id``; those without prefix keep theirs."""
    return {_attribute_name(key) if _SEPARATOR in key else key: value for key, value in attributes.items()}


def sheet_parser(xml: bytes, start: Start, end: End, text: Text | None = None) -> expat.XMLParserType:
    """Return a parser for a part of many elements, of which only those of a sheet matter.

    As :func:`name_parser`, but names of all other namespaces reach the handlers with some colon or
    blank in them, and attributes with a prefix cannot be resolved. A part without any prefixed
    element whose default namespace is declared once means by each name what its root means: to
    have expat resolve them all would cost a third of the reading.
    """
    if not is_plain(xml):
        return name_parser(start, end, text)
    return _parser(
        None, lambda _name, attributes: _PREFIXES.get(attributes.get("xmlns", "")) == "", start, end, text
    )


def usual_text(xml: bytes) -> str | None:
    """Return the text of a part in which a pattern may find elements; None where only the parser knows.

    That is in UTF-8, each element without prefix of the namespace of the root. Comments and CDATA are left
    to whoever uses the pattern.
    """
    if not is_plain(xml) or _OTHER_ENCODING.search(xml, 0, _DECLARATION):
        return None
    try:
        return xml.decode()
    except UnicodeDecodeError:
        return None


def plain_text(text: str | None) -> str | None:
    """Return what the text of an element means that a pattern found, its entities decoded; None stays None.

    Raises:
        LookupError: an entity that is no plain one, a number that no sign has.
    """
    if text is None or "&" not in text:
        return text
    return _ENTITY.sub(lambda found: _ENTITIES[found[1] or ""], text)


def plain_texts(texts: Sequence[str | None]) -> Iterable[str | None]:
    """Return what :func:`plain_text` makes of many texts, of which most often none has an entity."""
    return map(plain_text, texts) if "&" in "".join(filter(None, texts)) else texts


def feed(parser: expat.XMLParserType, xml: bytes, part: str) -> None:
    """Parse a whole part.

    Raises:
        UnreadableError: the part is not well-formed, uses a prefix that it does not declare, is in
            an encoding that no part may have, or declares a DTD.
        OddWorkbookError: its root belongs to a namespace that we do not know.
    """
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError as error:
        raise UnreadableError(
            f"部件 {part} 不是完整的 XML（第 {error.lineno} 行），文件已损坏，请向提供者重新获取原文件。"
        ) from error


def elements(xml: bytes, part: str, wanted: Collection[str]) -> tuple[Element, ...]:
    """Return the wanted elements, named as by :func:`name_parser`, in the order in which they end.

    Small parts are remembered by their content: the workbooks of one form have the same styles and
    relationships. Nobody may change what is returned.
    """
    read = _remembered if len(xml) <= _MOST_REMEMBERED else _elements
    return read(xml, part, frozenset(wanted))


def _elements(xml: bytes, part: str, wanted: frozenset[str]) -> tuple[Element, ...]:
    names = _Names()
    found: list[Element] = []
    path = [""]
    opened: list[tuple[int, Attributes]] = []
    chunks: list[str] = []

    def start(given: str, attributes: Attributes) -> None:
        name = names[given]
        path.append(name)
        if name in wanted:
            opened.append((parser.CurrentByteIndex, resolved(attributes)))
            chunks.clear()

    def end(_: str) -> None:
        name = path.pop()
        if name in wanted:
            first, attributes = opened.pop()
            text, close = "".join(chunks), parser.CurrentByteIndex
            found.append(Element(path[-1], name, attributes, text, first, close))

    parser = _resolving(names, start, end, chunks.append)
    feed(parser, xml, part)
    return tuple(found)


_MOST_REMEMBERED = 16_384
_remembered = lru_cache(maxsize=64)(_elements)


def tag_at(xml: bytes, start: int) -> Span:
    """Return the span of the start or end tag that begins here, in a part that was parsed."""
    match = _TAG.match(xml, start)
    return Span(start, start if match is None else match.end())


def span_of(xml: bytes, start: int, close: int) -> ElementSpan:
    """Return where an element stands, from where the parser stood at its start and at its end."""
    tag = tag_at(xml, start)
    if xml[tag.end - 2 : tag.end] == b"/>":  # here the parser calls both its start and its end
        return ElementSpan(tag, tag.end, tag.end)
    return ElementSpan(tag, close, tag_at(xml, close).end)


def unescape(text: str) -> str:
    """Decode the escapes of control characters in a workbook: ``_x000D_`` is a carriage return."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(decoded):  # two escapes may make one character; half of one is no text
        decoded = decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return decoded


def is_true(text: str | None) -> bool:
    """Read an xsd:boolean attribute; a missing one is false."""
    return text in {"1", "true"}


def is_no_length(text: str | None) -> bool:
    """Whether a height or width is none at all, such as 0, 0.00 or 0cm: nobody sees such a row or column."""
    return text is not None and _NO_LENGTH.fullmatch(text) is not None


def _resolving(names: _Names, start: Start, end: End, text: Text | None) -> expat.XMLParserType:
    """Return a parser whose handlers look the names up by themselves: in a loop each call counts."""
    return _parser(
        _SEPARATOR, lambda name, _attributes: not names[name].startswith(_FOREIGN), start, end, text
    )


def _parser(
    separator: str | None,
    is_known: Callable[[str, Attributes], bool],
    start: Start,
    end: End,
    text: Text | None,
) -> expat.XMLParserType:
    """Return a parser that goes on only if the namespace of the root is known."""
    parser = expat.ParserCreate(namespace_separator=separator)

    def root(name: str, attributes: Attributes) -> None:
        if not is_known(name, attributes):
            raise OddWorkbookError(name)
        parser.StartElementHandler = start
        start(name, attributes)

    parser.StartElementHandler = root
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    parser.XmlDeclHandler = _refuse_encoding
    parser.StartDoctypeDeclHandler = _refuse_dtd
    return parser


def is_plain(xml: bytes) -> bool:
    """Tell whether all elements without prefix share the namespace of the root, and no other has one."""
    return (
        b"\0" not in xml[:4]  # UTF-16 shows its bytes to no pattern
        and len(_DEFAULT_NAMESPACE.findall(xml)) == 1
        and _PREFIXED_ELEMENT.search(xml) is None
    )


def _attribute_name(name: str) -> str:
    space, _, local = name.rpartition(_SEPARATOR)
    return (_PREFIXES.get(space) or _FOREIGN) + local


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    # ECMA-376 part 2 allows UTF-8 and UTF-16; expat also takes what has one byte for each character.
    if encoding is not None and encoding.lower() not in _UNICODE and not _is_single_byte(encoding):
        raise UnreadableError(
            f"文件内部声明了 {encoding} 编码，工作簿只能用 UTF-8，无法读取，"
            "请用 Excel 或 WPS 打开后另存为 .xlsx。"
        )


def _is_single_byte(encoding: str) -> bool:
    every = bytes(range(256))
    try:
        return len(every.decode(encoding, "replace")) == len(every)
    except (LookupError, ValueError):
        return False


def _refuse_dtd(*_: object) -> None:
    # Excel never writes one; entities are how a small file becomes a huge or a foreign one.
    raise UnreadableError("文件含有 DTD 声明（可能是恶意构造），已停止读取，请核实文件来源。")


class RichText:
    """Collects the ``t`` elements of one string, without those of its phonetic runs.

    :meth:`start` and :meth:`end` are handlers for :func:`sheet_parser`, ``chunks`` takes its text.
    """

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = False

    def start(self, name: str, _: Attributes) -> None:
        """Note the start of an element of a string."""
        if name == "t":
            self.chunks.clear()
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """Note the end of an element of a string."""
        if name == "t":
            if not self._phonetic:
                self._pieces.append(unescape("".join(self.chunks)))
        elif name == "rPh":
            self._phonetic = False

    def take(self) -> str:
        """Return the string collected since the last call, escapes decoded piece by piece."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text
