"""The one XML parser of the readers: expat, without DTD, for whole parts in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple, TypeAlias
from xml.parsers import expat

from zipingbiao.errors import UnreadableError

# Transitional, as everybody writes it, and Strict.
NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)

Attributes: TypeAlias = dict[str, str]
Start: TypeAlias = Callable[[str, Attributes], object]
End: TypeAlias = Callable[[str], object]
Text: TypeAlias = Callable[[str], object]

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")


class OddWorkbookError(Exception):
    """The workbook is built in a way that our reader does not know; a second reader may."""


class Element(NamedTuple):
    """One element of a small part, names without namespace."""

    parent: str
    name: str
    attributes: Attributes
    text: str


def sheet_parser(start: Start, end: End, text: Text | None = None) -> expat.XMLParserType:
    """Return a parser that calls *start* and *end* with the local names of the spreadsheet namespace.

    Names of other namespaces reach them with a colon. Which prefix is ours is read from the
    root element, once: to have expat resolve each name would cost a third of the reading.
    """
    parser = _parser()

    def root(_: str, attributes: Attributes) -> None:
        prefixes = [key[6:] for key, value in attributes.items() if value in NAMESPACES]
        if prefixes in ([""], []):
            parser.StartElementHandler, parser.EndElementHandler = start, end
            return
        prefix = f"{prefixes[0]}:"

        def local(name: str) -> str:
            return name[len(prefix) :] if name.startswith(prefix) else f":{name}"

        parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
        parser.EndElementHandler = lambda name: end(local(name))

    parser.StartElementHandler = root
    parser.CharacterDataHandler = text
    return parser


def feed(parser: expat.XMLParserType, xml: bytes, part: str) -> None:
    """Parse a whole part.

    Raises:
        UnreadableError: the part is not well-formed, or declares a DTD.
        OddWorkbookError: it declares the spreadsheet namespace more than once.
    """
    if sum(xml.count(space.encode()) for space in NAMESPACES) > 1:
        raise OddWorkbookError(part)
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError as error:
        raise UnreadableError(
            f"部件 {part} 不是完整的 XML（第 {error.lineno} 行），文件已损坏，请向提供者重新获取原文件。"
        ) from error


def elements(xml: bytes, part: str, wanted: Collection[str]) -> list[Element]:
    """Return the elements with a wanted local name, in the order in which they end."""
    found: list[Element] = []
    path = [""]
    opened: list[Attributes] = []
    chunks: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        local = name.rpartition(":")[2]
        path.append(local)
        if local in wanted:
            opened.append({key.rpartition(":")[2]: value for key, value in attributes.items()})
            chunks.clear()

    def end(_: str) -> None:
        local = path.pop()
        if local in wanted:
            found.append(Element(path[-1], local, opened.pop(), "".join(chunks)))

    parser = _parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = chunks.append
    feed(parser, xml, part)
    return found


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


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    return parser


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
