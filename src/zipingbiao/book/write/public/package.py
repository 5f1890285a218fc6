"""Which parts of a package belong into a public copy, and what each says when it is swept.

A part is kept when a relationship of a kind that is known to be public leads to it; what nothing leads to
goes. A kind that nobody has thought of is refused: it may hold what nobody sees.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from zipingbiao.book.read.package import relationships_of, resolve
from zipingbiao.book.read.parse import Attributes, elements
from zipingbiao.book.read.preflight import Archive
from zipingbiao.book.write.public.pictures import without_metadata
from zipingbiao.book.write.public.sweep import Rules, Sweep, Verdict
from zipingbiao.book.write.zip_copy import rewrite
from zipingbiao.errors import RefusedError
from zipingbiao.values.frozen import frozen

_TYPES = "[Content_Types].xml"
_KEPT = frozenset(
    "officedocument worksheet chartsheet styles stylesWithEffects theme themeoverride sharedstrings drawing image hdphoto"
    " chart chartex chartstyle chartcolorstyle chartusershapes hyperlink table settings websettings fonttable font"
    " numbering footnotes endnotes header footer diagramdata diagramlayout diagramquickstyle diagramcolors"
    " diagramdrawing core-properties extended-properties sheetmetadata rdrichvalue rdrichvaluestructure"
    " rdrichvaluetypes richvaluerel cellimage".lower().split()
)
_TAKEN_OUT = frozenset(
    "comments threadedcomment person people commentsextended commentsids commentsextensible documenttasks vmldrawing"  # noqa: SIM905
    " calcchain printersettings custom-properties thumbnail customxml externallink externallinkpath externallinklong"
    " revisionheaders usernames vbaproject wordvbadata ctrlprop control activexcontrolbinary oleobject package"
    " attachedtemplate glossarydocument keymapcustomizations attachedtoolbars customproperty connections origin"
    " mailmergesource mailmergeheadersource recipientdata classificationlabels webextension webextensiontaskpanes"
    " taskpanes xmlmaps attachedschema transform volatiledependencies usershapes xlextexternallink".split()
)
_SAID = {
    "pivottable": "数据透视表", "pivotcachedefinition": "数据透视表", "slicer": "切片器", "slicercache": "切片器",
    "querytable": "外部数据查询", "afchunk": "嵌入的其他文档", "subdocument": "子文档", "dialogsheet": "对话框工作表",
    "xlmacrosheet": "宏工作表", "xlintlmacrosheet": "宏工作表",
}  # fmt: skip
_WEB = ("http://", "https://")
_MACRO_TYPES = {
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
    "application/vnd.ms-word.document.macroEnabled.main+xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
}
# What of the properties of a file is about the file and not about who made it.
_PROPERTIES = frozenset(
    {":title", ":language", ":created", ":modified", ":Application", ":AppVersion", ":DocSecurity"}
)


@frozen
class Link:
    """One relationship that a part has: its id, the last word of its kind, the part that it leads to."""

    id: str
    kind: str
    part: str


@dataclass
class Tour:
    """What a public copy keeps.

    Attributes:
        parts: kept, with the kind that leads to each.
        gone: the ids of relationships that each part loses.
    """

    parts: dict[str, str] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)


Wanted = Callable[[str, Link], bool]
"""Whether a relationship of a public kind, owned by this part, stays."""
Cleaner = Callable[[bytes, str, str, Collection[str]], bytes]
"""(content, part, kind, ids of lost relationships) → the part as it shall be."""


def public(archive: Archive, wanted: Wanted, cleaner: Cleaner) -> bytes:
    """Return the package without the parts that are not public, each kept one as *cleaner* gives it.

    Raises:
        RefusedError: it holds parts of a kind that may hide anything.
        UnreadableError: it is damaged.
    """
    tour = _tour(archive, wanted)
    replaced: dict[str, bytes | None] = {}
    rels = {relationships_of(part): part for part in ("", *tour.parts)}
    for entry in archive.entries.values():
        name, old = entry.name, archive.read(entry.name)
        if name == _TYPES:
            new: bytes | None = _types(old, tour)
        elif name in rels:
            new = _relationships(old, name, tour.gone.get(rels[name], set()))
        elif name in tour.parts:
            kind = tour.parts[name]
            ids = tour.gone.get(name, set())
            if kind.endswith("-properties"):
                new = _properties(old, name)
            elif kind == "image":
                new = without_metadata(old)
            else:
                new = cleaner(old, name, kind, ids)
        else:
            new = None
        if new != old:
            replaced[name] = new
    return rewrite(archive.data, replaced) if replaced else archive.data


def links_of(archive: Archive, part: str) -> tuple[tuple[Link, ...], frozenset[str]]:
    """Return the relationships of a part that lead to parts or to the web, and the ids of all others."""
    rels = relationships_of(part)
    if rels not in archive:
        return (), frozenset()
    inside, outside = list[Link](), set[str]()
    for element in elements(archive.read(rels), rels, {"rels:Relationship"}):
        attributes, target = element.attributes, element.attributes.get("Target", "")
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        if attributes.get("TargetMode") == "External":
            if not (kind == "hyperlink" and target.lower().startswith(_WEB)):
                outside.add(attributes.get("Id", ""))
            continue
        to = resolve(archive, posixpath.dirname(part), target)
        if to in archive:
            inside.append(Link(attributes.get("Id", ""), kind, archive.entries[to.lower()].name))
        elif kind != "hyperlink":
            outside.add(attributes.get("Id", ""))
    return tuple(inside), frozenset(outside)


def _tour(archive: Archive, wanted: Wanted) -> Tour:
    tour, queue = Tour(), [""]
    while queue:
        owner = queue.pop()
        links, outside = links_of(archive, owner)
        gone = tour.gone.setdefault(owner, set(outside))
        for link in links:
            if link.kind not in _KEPT | _TAKEN_OUT:
                raise RefusedError(
                    f"请先去掉其中的{_SAID.get(link.kind, '特殊内容')}再做公开稿：里面可能存有看不见的内容，没有生成。"
                )
            if not wanted(owner, link):
                gone.add(link.id)
            elif link.part not in tour.parts:
                tour.parts[link.part] = link.kind
                queue.append(link.part)
    return tour


def is_public(link: Link) -> bool:
    """Whether what such a relationship leads to is public by its kind."""
    return link.kind in _KEPT


def _types(xml: bytes, tour: Tour) -> bytes:
    kept = {f"/{name}".lower() for part in ("", *tour.parts) for name in (part, relationships_of(part))}

    def judge(name: str, attributes: Attributes, _sweep: Sweep) -> Verdict:
        is_gone = name == "types:Override" and attributes.get("PartName", "").lower() not in kept
        return Verdict.GO if is_gone else Verdict.STAY

    new = Sweep(xml, _TYPES, Rules(judge)).run()
    for macro, plain in _MACRO_TYPES.items():
        new = new.replace(macro.encode(), plain.encode())
    return new


def _relationships(xml: bytes, part: str, gone: Collection[str]) -> bytes:
    def judge(name: str, attributes: Attributes, _sweep: Sweep) -> Verdict:
        return Verdict.GO if name == "rels:Relationship" and attributes.get("Id") in gone else Verdict.STAY

    return Sweep(xml, part, Rules(judge)).run()


def _properties(xml: bytes, part: str) -> bytes:
    """The properties of the file, of which only what says nothing of a person stays; all are optional."""

    def judge(name: str, _attributes: Attributes, sweep: Sweep) -> Verdict:
        return Verdict.GO if len(sweep.path) == 2 and name not in _PROPERTIES else Verdict.STAY

    return Sweep(xml, part, Rules(judge)).run()
