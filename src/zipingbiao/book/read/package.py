"""The OOXML package: which parts are the workbook, its sheets, styles and strings."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import unquote

from zipingbiao.book.cells import Visibility
from zipingbiao.book.read.parse import (
    TEXT,
    Element,
    OddWorkbookError,
    RichText,
    elements,
    feed,
    is_true,
    plain_texts,
    sheet_parser,
    unescape,
    usual_text,
)
from zipingbiao.book.read.preflight import DEFAULT_LIMITS, Archive, Limits, open_archive, over_limit
from zipingbiao.book.read.styles import Format, read_styles
from zipingbiao.errors import UnreadableError
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

WORKSHEET = "worksheet"
_STRING = regex(rf'<si><t(?: xml:space="preserve")?>({TEXT})</t></si>')
_NO_PLAIN_STRING = regex(r"<!|<\?(?!xml )|<si\b")


@frozen
class Relationship:
    """One relationship of a part: the last word of its type, and the part it leads to."""

    kind: str
    part: str


@frozen
class SheetPart:
    """One sheet as the workbook lists it.

    Attributes:
        name: as on its tab.
        part: its part in the package, as :meth:`Package.read` takes it.
        kind: ``worksheet``, ``chartsheet``, ``dialogsheet`` or ``xlMacrosheet``.
        visibility: how it is shown.
    """

    name: str
    part: str
    kind: str
    visibility: Visibility


@frozen
class Package:
    """A workbook file whose directory was checked; parts are inflated when they are asked for.

    Attributes:
        archive: the checked zip, with the bytes of the whole file in ``archive.data``.
        workbook: name of the workbook part.
        sheets: all sheets, chart sheets too, in workbook order.
        names: workbook-wide defined names, name → formula text; those of one sheet are left out.
        date1904: whether date serials count from 1904.
        relationships: of the workbook part, by id.
        limits: in force for what is read from the parts.
    """

    archive: Archive
    workbook: str
    sheets: tuple[SheetPart, ...]
    names: Mapping[str, str]
    date1904: bool
    relationships: Mapping[str, Relationship]
    limits: Limits

    def read(self, part: str) -> bytes:
        """Return a part unpacked; see :meth:`Archive.read` for what it raises."""
        return self.archive.read(part)

    def related(self, kind: str) -> str | None:
        """Return the part that the workbook calls its ``styles``, ``sharedStrings``, …, if it exists."""
        return _related(self.archive, self.relationships, kind)

    @cached_property
    def formats(self) -> tuple[Format, ...]:
        """The number format of each cell style; empty when the workbook has no styles."""
        part = self.related("styles")
        return () if part is None else read_styles(self.read(part), part)

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """The shared strings, rich text joined, phonetic runs left out, escapes decoded."""
        part = self.related("sharedStrings")
        return () if part is None else _read_strings(self.read(part), part, self.limits)


def open_package(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Check a workbook file and list its sheets.

    Raises:
        UnreadableError: no OOXML workbook, damaged, or over a limit; does not name the file.
        OddWorkbookError: a workbook whose parts do not lead to its sheets in the usual way.
    """
    archive = open_archive(data, limits)
    return package_of(archive, main_part(archive), limits)


def package_of(archive: Archive, workbook: str | None, limits: Limits) -> Package:
    """List the sheets of a workbook file whose directory was checked; raises as :func:`open_package`.

    *workbook* is what the package calls its document, None where it names none in the usual way.
    """
    if workbook is None:
        raise OddWorkbookError("_rels/.rels")
    relationships = read_relationships(archive, workbook)
    found = elements(archive.read(workbook), workbook, {"workbook", "workbookPr", "sheet", "definedName"})
    if not any(element.name == "workbook" for element in found):
        raise OddWorkbookError(workbook)
    sheets = tuple(
        _sheet(element, relationships, archive)
        for element in found
        if element.name == "sheet" and element.parent == "sheets"
    )
    if not sheets:
        raise OddWorkbookError(workbook)
    return Package(archive, workbook, sheets, _names(found), _date1904(found), relationships, limits)


def relationships_of(part: str) -> str:
    """Return the name of the part that holds the relationships of another one."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def main_part(archive: Archive) -> str | None:
    """Return the part that a package calls its document, None when it names none that is there.

    Raises:
        OddWorkbookError: its relationships are written in an unusual way.
    """
    if "_rels/.rels" in archive:
        for relationship in read_relationships(archive, "").values():
            if relationship.kind == "officeDocument" and relationship.part in archive:
                return archive.entries[relationship.part.lower()].name
    return None


def related_part(archive: Archive, part: str, kind: str) -> str | None:
    """Return the part that another one calls its ``styles``, ``numbering``, …, if it exists.

    Raises:
        OddWorkbookError: it has no relationships, or unusual ones.
    """
    return _related(archive, read_relationships(archive, part), kind)


def _related(archive: Archive, relationships: Mapping[str, Relationship], kind: str) -> str | None:
    for relationship in relationships.values():
        if relationship.kind == kind and relationship.part in archive:
            return archive.entries[relationship.part.lower()].name
    return None


def read_relationships(archive: Archive, part: str) -> dict[str, Relationship]:
    """Return the relationships of a part by id; those of the package itself for ``""``.

    Raises:
        OddWorkbookError: it has none, or unusual ones.
    """
    folder, rels = posixpath.dirname(part), relationships_of(part)
    if rels not in archive:
        raise OddWorkbookError(rels)
    found: dict[str, Relationship] = {}
    for element in elements(archive.read(rels), rels, {"rels:Relationship"}):
        attributes = element.attributes
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = resolve(archive, folder, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = Relationship(kind, target)
    return found


def resolve(archive: Archive, folder: str, target: str) -> str:
    """Return the part that a relationship leads to, whose owner lies in *folder*; it need not be there."""
    target = target.replace("\\", "/")
    path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return path if path in archive else unquote(path)


def _sheet(element: Element, relationships: Mapping[str, Relationship], archive: Archive) -> SheetPart:
    attributes = element.attributes
    relationship = relationships.get(attributes.get("r:id", ""))
    if relationship is None or relationship.part not in archive:
        raise OddWorkbookError(attributes.get("name", ""))
    return SheetPart(
        name=unescape(attributes.get("name", "")),
        part=archive.entries[relationship.part.lower()].name,
        kind=relationship.kind,
        visibility=_visibility(attributes.get("state", "visible")),
    )


def _visibility(state: str) -> Visibility:
    """Return how a sheet is shown; a word that is none of the three (``show``) hides nothing."""
    return next((each for each in Visibility if each == state), Visibility.VISIBLE)


def _names(found: tuple[Element, ...]) -> dict[str, str]:
    return {
        element.attributes.get("name", ""): element.text
        for element in found
        if element.name == "definedName" and "localSheetId" not in element.attributes
    }


def _date1904(found: tuple[Element, ...]) -> bool:
    return any(
        element.name == "workbookPr" and is_true(element.attributes.get("date1904")) for element in found
    )


def _read_strings(xml: bytes, part: str, limits: Limits) -> tuple[str, ...]:
    try:
        plain = _plain_strings(xml, part, limits)
    except (UnreadableError, LookupError):  # who reads all can say in which line
        plain = None
    return tuple(_parsed_strings(xml, part, limits) if plain is None else plain)


def _plain_strings(xml: bytes, part: str, limits: Limits) -> list[str] | None:
    """The strings of a part that are all written as nearly everybody does, as one text without a format; else None."""
    text = usual_text(xml)
    if text is None:
        return None
    parts = _STRING.split(text)
    left, strings = "".join(parts[::2]), parts[1::2]
    if _NO_PLAIN_STRING.search(left) or len(strings) > limits.strings:
        return None
    feed(sheet_parser(xml, _ignored, _ignored), left.encode(), part)
    return [unescape(each or "") for each in plain_texts(strings)]


def _ignored(*_: object) -> None:
    """What is left around plain strings says nothing."""


def _parsed_strings(xml: bytes, part: str, limits: Limits) -> list[str]:
    strings: list[str] = []
    text = RichText()

    def end(name: str) -> None:
        if name == "si":
            strings.append(text.take())
            if len(strings) > limits.strings:
                raise over_limit("共享字符串数", str(limits.strings))
        else:
            text.end(name)

    feed(sheet_parser(xml, text.start, end, text.chunks.append), xml, part)
    return strings
