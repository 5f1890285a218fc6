"""One pass over an XML part that takes elements, tags, attributes and personal numbers out of its bytes.

All that is not taken out keeps its spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import escape, unescape

from zipingbiao.book.read.parse import Attributes, Span, feed, name_parser, resolved, span_of, tag_at
from zipingbiao.book.write.xml_bytes import Edit, apply, require_utf8, with_attribute, without_attributes
from zipingbiao.values.frozen import frozen
from zipingbiao.values.personal import masked

_ATTRIBUTE = re.compile(rb"""\s+(?P<key>[^\s=/<>"']+)\s*=\s*(?P<value>"[^"]*"|'[^']*')""")
_LEADS_OUT = frozenset({b"id", b"link", b"embed", b"pict"})
# What people read in a box, or what the program keeps of a file that was put in.
_TEXTS = frozenset(
    {b"prompt", b"error", b"promptTitle", b"errorTitle", b"tooltip", b"display", b"descr", b"title", b"alt"}
)
_PATH = re.compile(rb"[\\/]")
_TOGETHER = frozenset({"w:p", "si", "is", ":p"})  # one text in several pieces
_LOOKS = frozenset({"w:tblPr", "w:tblGrid"})
_APART = frozenset({"w:tab", "w:br", "w:cr", ":br"})


class Verdict(Enum):
    """What becomes of an element."""

    STAY = "stay"
    GO = "go"
    OPEN = "open"  # its tags go, what is between them stays


Judge = Callable[[str, Attributes, "Sweep"], Verdict]


@dataclass(slots=True)
class Open:
    """An element under way.

    Attributes:
        edits: how many there were when it began.
        kept: how many children stay, those that only say how it looks not counted.
        bad: whether something inside condemns it.
        hidden: whether what is in it is hidden.
    """

    name: str
    tag: Span
    edits: int
    attributes: Attributes
    verdict: Verdict = Verdict.STAY
    kept: int = 0
    bad: bool = False
    hidden: bool = False
    chunks: list[str] = field(default_factory=list)


@frozen
class Rules:
    """What is taken out of a part.

    Attributes:
        judge: says for each element what becomes of it.
        hollow: elements that go when none of their children stays.
        condemned: elements that go when a text inside leads to what is gone.
        leads: names of elements with the text of a formula.
        is_gone: whether such a text leads to what is gone.
        untouched: elements whose text is no text of a person.
        instead: what such a text becomes where nothing around it may go.
        ids: of relationships that are gone.
        codes: numbers of projects, which are not taken for a person's.
    """

    judge: Judge = lambda _name, _attributes, _sweep: Verdict.STAY
    hollow: Collection[str] = ()
    condemned: Collection[str] = ()
    leads: Collection[str] = ()
    is_gone: Callable[[str], bool] = lambda _text: False
    untouched: Collection[str] = ()
    instead: bytes = b"#REF!"
    ids: Collection[str] = ()
    codes: Collection[str] = ()


class Sweep:
    """The pass; *path* holds the elements around the current one, the outermost first."""

    def __init__(self, xml: bytes, part: str, rules: Rules) -> None:
        self.xml, self.path = require_utf8(xml), [Open("", Span(0, 0), 0, {})]
        self.rules, self.edits = rules, list[Edit]()
        self.at = 0
        """Where the current element begins."""
        self._part, self._gone = part, 0
        self._bad = False
        self._set: dict[str, str | None] = {}
        self._pieces: list[tuple[str, Span | None]] = []
        self._parser = name_parser(self._start, self._end, self._text, any_root=True)

    def run(self) -> bytes:
        """Return the part as it shall be.

        Raises:
            RefusedError: it is not in UTF-8.
            UnreadableError: it is damaged.
        """
        feed(self._parser, self.xml, self._part)
        return apply(self.xml, self.edits)

    def set_attributes(self, new: Mapping[str, str | None]) -> None:
        """Give the current element, which stays, attributes without prefix; None takes one away."""
        self._set = dict(new)

    def condemn(self, *, bad: bool) -> None:
        """Say of the current element, which stays so far, whether it goes at its end."""
        self._bad = bad

    @property
    def parent(self) -> Open:
        """The element around the current one."""
        return self.path[-1]

    def _start(self, name: str, given: dict[str, str]) -> None:
        tag = tag_at(self.xml, self._parser.CurrentByteIndex)
        one = Open(name, tag, len(self.edits), resolved(given))
        if not self._gone:
            self.at = tag.start
            self.opening(one)
            one.verdict = self.rules.judge(name, one.attributes, self)
            one.bad, self._bad = self._bad, False
            if one.verdict is Verdict.STAY:
                self._clean_tag(tag)
            elif one.verdict is Verdict.OPEN:
                self.edits.append(Edit(*tag, b""))
            if name in _APART:
                self._pieces.append(("\n", None))
        self.path.append(one)
        self._gone += one.verdict is Verdict.GO or bool(self._gone)

    def _text(self, chunk: str) -> None:
        if not self._gone:
            self.path[-1].chunks.append(chunk)

    def _end(self, name: str) -> None:
        one = self.path.pop()
        span = span_of(self.xml, one.tag.start, self._parser.CurrentByteIndex)
        if self._gone:
            self._gone -= 1
            if not self._gone:
                self.drop(one, span.whole)
            return
        text = "".join(one.chunks)
        if one.verdict is Verdict.OPEN:
            if not span.self_closing:
                self.edits.append(Edit(span.close, span.end, b""))
        elif name in self.rules.leads and self.rules.is_gone(text):
            self._condemn(one)
        elif text.strip() and not one.kept and name not in self.rules.untouched:
            self._pieces.append((text, Span(one.tag.end, span.close)))
        if one.bad or (name in self.rules.hollow and not one.kept):
            self.drop(one, span.whole)
            return
        self.path[-1].kept += name not in _LOOKS
        self.closing(one, span.whole)
        if name in _TOGETHER or not any(each.name in _TOGETHER for each in self.path):
            self._mask()

    def opening(self, one: Open) -> None:
        """Take note of an element that begins, for who knows more of a part."""

    def closing(self, one: Open, whole: Span) -> None:
        """Take note of an element that stays, for who knows more of a part."""

    def drop(self, one: Open, whole: Span) -> None:
        """Take an element out with all that was to change inside."""
        del self.edits[one.edits :]
        self._pieces = [piece for piece in self._pieces if piece[1] is None or piece[1].start < whole.start]
        self.edits.append(Edit(*whole, b""))

    def _condemn(self, one: Open) -> None:
        for each in (one, *reversed(self.path)):
            if each.name in self.rules.condemned:
                each.bad = True
                return
        self.edits.append(Edit(one.tag.end, self._parser.CurrentByteIndex, self.rules.instead))

    def _clean_tag(self, tag: Span) -> None:
        old = self.xml[tag.start : tag.end]
        new = _ATTRIBUTE.sub(self._attribute, old) if b"=" in old else old
        for key, value in self._set.items():
            name = key.encode()
            new = (
                without_attributes(new, [name])
                if value is None
                else with_attribute(new, name, value.encode())
            )
        self._set.clear()
        if new != old:
            self.edits.append(Edit(*tag, new))

    def _attribute(self, found: re.Match[bytes]) -> bytes:
        key, value = found["key"], found["value"]
        prefix, _, local = key.rpartition(b":")
        if prefix and local in _LEADS_OUT and value[1:-1].decode() in self.rules.ids:
            return b""
        if local in _TEXTS:
            if local in {b"descr", b"title", b"alt"} and _PATH.search(value):
                return b""
            said = unescape(value.decode())
            if (new := masked(said, self.rules.codes)) != said:
                return found[0][: found.start("value") - found.start()] + b'"%s"' % escape(new[1:-1]).encode()
        return found[0]

    def _mask(self) -> None:
        """Mask what the pieces say together: a number may be typed in several runs."""
        whole = "".join(text for text, _ in self._pieces)
        new, at = masked(whole, self.rules.codes), 0
        for text, span in self._pieces:
            said = new[at : at + len(text)]
            at += len(text)
            if span is not None and said != text:
                self.edits.append(Edit(*span, escape(said, quote=False).encode()))
        self._pieces.clear()
