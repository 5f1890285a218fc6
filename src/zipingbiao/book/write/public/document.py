"""A Word document without what nobody is to see: comments, tracked changes, hidden text, marks of ours."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from zipingbiao.book.read.package import main_part
from zipingbiao.book.read.parse import Attributes, elements, is_true
from zipingbiao.book.read.preflight import Archive, open_archive
from zipingbiao.book.write.public.package import is_public, links_of, public
from zipingbiao.book.write.public.paragraphs import joined
from zipingbiao.book.write.public.sweep import Open, Rules, Sweep, Verdict
from zipingbiao.errors import RefusedError, UnreadableError

_OURS = "zpb_"
_MOST_BASES = 20
_GONE = frozenset(
    "w:del w:moveFrom w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd w:rPrChange"  # noqa: SIM905
    " w:pPrChange w:sectPrChange w:tblPrChange w:tblPrExChange w:tblGridChange w:tcPrChange w:trPrChange"
    " w:numberingChange w:cellIns w:commentRangeStart w:commentRangeEnd w:commentReference w:annotationRef"
    " w:customXmlInsRangeStart w:customXmlInsRangeEnd w:customXmlDelRangeStart w:customXmlDelRangeEnd"
    " w:attachedTemplate w:mailMerge w:docVars w:attachedSchema w:trackRevisions w:dataBinding :dataBinding"
    " w:printerSettings w:placeholder :OLEObject :externalData w:proofErr :docId :chartTrackingRefBased w:rsids w:permStart w:permEnd".split()
)
_OPENED = frozenset({"w:ins", "w:moveTo", "w:customXml", "w:smartTag"})
_TAKEN_AWAY = frozenset({"w:del", "w:moveFrom"})
_CHANGES = _TAKEN_AWAY | {"w:ins", "w:moveTo"}
# In these a change is a mark on what they belong to, and holds nothing.
_PROPERTIES = frozenset({"w:rPr", "w:trPr", "w:numPr", "m:ctrlPr"})
# Fields that fetch from other files, or say who made this one.
_FIELD = re.compile(
    r"\s*(?:LINK|INCLUDE\w*|IMPORT|DDE\w*|AUTHOR|LASTSAVEDBY|USER\w+|TEMPLATE|FILENAME|DOCPROPERTY|DOCVARIABLE|INFO"
    r"|DATABASE|MERGE\w*|COMMENTS|KEYWORDS|SUBJECT|HYPERLINK\s+\"?(?:file|mailto|[A-Za-z]:|\\\\))\b",
    re.IGNORECASE,
)
_REFUSED = frozenset({"w:cellDel", "w:cellMerge"})


def public_document(data: bytes, *, codes: Collection[str] = ()) -> bytes:
    """Return a .docx file as it may be published.

    Tracked changes are accepted; gone are comments, hidden text, embedded files, links to other files, custom
    XML, bookmarks of ours, properties that name a person; personal numbers become asterisks. All else keeps
    its bytes.

    Raises:
        UnreadableError: it cannot be read.
        RefusedError: it holds something that cannot be published; says what to do.
    """
    archive = open_archive(data)
    main = main_part(archive)
    if main is None:
        raise UnreadableError("不是 Word 文档（.docx），请用 Word 或 WPS 打开后另存为 .docx。")
    view = _View(archive, main, tuple(codes))
    return public(archive, lambda _owner, link: is_public(link), view.cleaned)


@dataclass
class _View:
    archive: Archive
    main: str
    codes: tuple[str, ...]
    ends: set[str] = field(default_factory=set)
    """Ids of bookmarks of ours in the part under way."""

    @cached_property
    def _hidden_styles(self) -> frozenset[str]:
        """Styles that hide their text, by themselves or by what they are based on."""
        links, _ = links_of(self.archive, self.main)
        part = next((link.part for link in links if link.kind == "styles"), None)
        if part is None:
            return frozenset()
        found = elements(self.archive.read(part), part, {"w:style", "w:basedOn", "w:vanish"})
        own: dict[str, bool] = {}
        bases: dict[str, str] = {}
        hides: bool | None = None
        base = ""
        for element in found:  # children end before their style
            if element.name == "w:vanish":
                hides = _is_on(element.attributes)
            elif element.name == "w:basedOn":
                base = element.attributes.get("w:val", "")
            else:
                style = element.attributes.get("w:styleId", "")
                bases[style] = base
                own |= {} if hides is None else {style: hides}
                hides, base = None, ""
        return frozenset(style for style in bases if _hides(style, own, bases))

    def cleaned(self, xml: bytes, part: str, _kind: str, ids: Collection[str]) -> bytes:
        """Return a part that stays as it shall be."""
        if not part.lower().endswith((".xml", ".vml")):
            return xml
        self.ends.clear()
        rules = Rules(
            self._judge,
            hollow={"w:tbl"},
            leads={"w:instrText"},
            is_gone=lambda text: _FIELD.match(text) is not None,
            instead=b" ",
            ids=ids,
            codes=self.codes,
        )
        return joined(Sweep(xml, part, rules).run(), part)

    def _judge(self, name: str, attributes: Attributes, sweep: Sweep) -> Verdict:
        parent = sweep.parent.name
        if name in _REFUSED:
            raise RefusedError("请先在 Word 或 WPS 中接受或拒绝表格单元格的修订，再做公开稿；没有生成。")
        if name in _CHANGES and parent == "w:rPr" and _around(sweep, "w:pPr") is not None:
            return (
                Verdict.STAY if name in _TAKEN_AWAY else Verdict.GO
            )  # of the end of a paragraph: see joined
        if name in _TAKEN_AWAY | {"w:hidden"} and parent == "w:trPr":
            _mark(sweep, "w:tr", bad=name != "w:hidden" or _is_on(attributes))
        elif (name in _OPENED and parent not in _PROPERTIES) or (
            name == "w:fldSimple" and _FIELD.match(attributes.get("w:instr", ""))
        ):
            return Verdict.OPEN
        if name in _GONE | _OPENED or self._is_mark(name, attributes):
            return Verdict.GO
        self._judge_hidden(name, attributes, sweep)
        return Verdict.STAY

    def _is_mark(self, name: str, attributes: Attributes) -> bool:
        """Whether this is one end of a bookmark of ours."""
        number = attributes.get("w:id", "")
        if name == "w:bookmarkStart" and attributes.get("w:name", "").lower().startswith(_OURS):
            self.ends.add(number)
            return True
        return name == "w:bookmarkEnd" and number in self.ends

    def _judge_hidden(self, name: str, attributes: Attributes, sweep: Sweep) -> None:
        """Condemn runs of hidden text: by the style of their paragraph, by their own, by themselves."""
        value = attributes.get("w:val", "")
        if name == "w:pStyle" and value in self._hidden_styles:
            _mark(sweep, "w:p", hidden=True)
        elif name == "w:r":
            around = _around(sweep, "w:p")
            sweep.condemn(bad=around is not None and around.hidden)
        elif sweep.parent.name == "w:rPr" and _around(sweep, "w:pPr") is None:
            if name == "w:rStyle" and value in self._hidden_styles:
                _mark(sweep, "w:r", bad=True)
            elif name == "w:vanish":
                _mark(sweep, "w:r", bad=_is_on(attributes))


def _around(sweep: Sweep, name: str) -> Open | None:
    """The nearest element of a name around the current one, not beyond the text that holds it."""
    for each in reversed(sweep.path):
        if each.name == name:
            return each
        if each.name in {"w:txbxContent", "w:tc", "w:r"}:
            return None
    return None


def _mark(sweep: Sweep, name: str, *, bad: bool | None = None, hidden: bool | None = None) -> None:
    found = next((each for each in reversed(sweep.path) if each.name == name), None)
    if found is not None:
        found.bad = found.bad if bad is None else bad
        found.hidden = found.hidden if hidden is None else hidden


def _is_on(attributes: Attributes) -> bool:
    return is_true(attributes.get("w:val", "1")) or attributes.get("w:val") == "on"


def _hides(style: str, own: Mapping[str, bool], bases: Mapping[str, str]) -> bool:
    for _ in range(_MOST_BASES):
        if style in own:
            return own[style]
        style = bases.get(style, "")
    return False
