"""Paragraphs whose end was deleted under tracked changes: accepted, they run on into the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zipingbiao.book.read.parse import ElementSpan, Span, feed, name_parser, span_of
from zipingbiao.book.write.xml_bytes import Edit, apply, prefix_of
from zipingbiao.values.frozen import frozen

_MARKS = frozenset({"w:del", "w:moveFrom"})


@dataclass
class _Open:
    name: str
    start: int
    paragraphs: list[_Paragraph] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    properties: Span | None = None


@frozen
class _Paragraph:
    """A paragraph, None in place of one for a table; *marks* are those that say that its end is deleted."""

    span: ElementSpan
    properties: Span | None
    marks: tuple[Span, ...]

    @property
    def head(self) -> Span:
        """Its start tag and properties."""
        return Span(self.span.tag.start, self.properties.end if self.properties else self.span.tag.end)


def joined(xml: bytes, part: str) -> bytes:
    """Return the part with each such paragraph made one with the next, which says how both look.

    Where none follows, before a table or at the end of a cell, the end stays after all.
    """
    if not any(mark.removeprefix("w:").encode() in xml for mark in _MARKS):
        return xml
    edits: list[Edit] = []
    for paragraphs in _siblings(xml, part):
        chain: list[_Paragraph] = []
        for one in paragraphs:
            chain.append(one)
            if not one.marks:
                edits += _run_on(xml, chain)
                chain = []
        edits += _run_on(xml, chain)
    return apply(xml, edits)


def _run_on(xml: bytes, chain: Sequence[_Paragraph]) -> Iterator[Edit]:
    """Give the edits that make one paragraph of several; the last one's properties count."""
    if not chain:
        return
    *before, last = chain
    head = xml[last.head.start : last.head.end]
    for mark in reversed(last.marks):
        at = Span(mark.start - last.head.start, mark.end - last.head.start)
        head = head[: at.start] + head[at.end :]
    if not before:
        if last.marks:
            yield Edit(*last.head, head)
        return
    if last.span.self_closing:
        head = head.removesuffix(b"/>").rstrip() + b">"
    yield Edit(*before[0].head, head)
    for one, following in zip(before, chain[1:], strict=True):
        yield Edit(one.span.close, one.span.end, b"")
        yield Edit(*following.head, b"</%sp>" % prefix_of(head) if following.span.self_closing else b"")


def _siblings(xml: bytes, part: str) -> Iterator[list[_Paragraph]]:
    """Give the paragraphs that follow each other without anything but marks between them."""
    path = [_Open("", 0)]
    runs: list[list[_Paragraph]] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name in {"w:tbl", "w:sdt", "w:sectPr"}:
            path[-1].paragraphs = []
        path.append(_Open(name, parser.CurrentByteIndex))

    def end(name: str) -> None:
        one = path.pop()
        above, span = path[-1], span_of(xml, one.start, parser.CurrentByteIndex)
        if name == "w:pPr":
            above.properties = span.whole
            above.marks = one.marks
        elif name == "w:rPr" and above.name == "w:pPr":
            above.marks = one.marks
        elif name in _MARKS and above.name == "w:rPr":
            above.marks.append(span.whole)
        elif name == "w:p":
            if not above.paragraphs:
                runs.append(above.paragraphs)
            above.paragraphs.append(_Paragraph(span, one.properties, tuple(one.marks)))

    parser = name_parser(start, end, any_root=True)
    feed(parser, xml, part)
    yield from runs
