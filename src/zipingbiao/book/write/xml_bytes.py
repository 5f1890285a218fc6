"""Small changes to the bytes of an XML part: everything that is not changed keeps its spelling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from zipingbiao.errors import RefusedError
from zipingbiao.values.regex import regex

_NAME = rb"[^\s:=/<>\"'&]+"
_PREFIX = regex(rb"</?((?:%s:)?)" % _NAME)
_ATTRIBUTE = regex(
    rb"""\s+(?P<key>(?:%s:)?%s)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""" % (_NAME, _NAME)
)
_DECLARED = regex(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")


class Edit(NamedTuple):
    """Bytes to stand in place of a span; an empty span is an insertion."""

    start: int
    end: int
    new: bytes


def require_utf8(xml: bytes) -> bytes:
    """Return the XML itself if bytes of UTF-8 may be put into it.

    Raises:
        RefusedError: it is in another encoding.
    """
    declared = _DECLARED.match(xml.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in xml[:4] or (declared and declared[1].lower() not in {b"utf-8", b"utf8"}):
        raise RefusedError(
            "工作簿的 XML 不是 UTF-8 编码，没有写入；请用 Excel 或 WPS 打开后另存为 .xlsx，再重试。"
        )
    return xml


def apply(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the XML with all edits made; insertions at one place keep their order."""
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += xml[at : edit.start], edit.new
        at = edit.end
    return b"".join((*pieces, xml[at:]))


def prefix_of(tag: bytes) -> bytes:
    """Return what stands before the name in a tag: ``b""`` or such as ``b"x:"``.

    Inside of the element it means the namespace of the element, so that a child may take it too.
    """
    match = _PREFIX.match(tag)
    return match[1] if match else b""


def attribute(tag: bytes, key: bytes) -> bytes | None:
    """Return the text of an attribute of a start tag, None when it has none; entities stay as written."""
    for found in _ATTRIBUTE.finditer(tag):
        if found["key"] == key:
            return found["double"] if found["single"] is None else found["single"]
    return None


def with_attribute(tag: bytes, key: bytes, value: bytes) -> bytes:
    """Return a start tag with one attribute set."""
    whole = b' %s="%s"' % (key, value)
    for found in _ATTRIBUTE.finditer(tag):
        if found["key"] == key:
            return tag[: found.start()] + whole + tag[found.end() :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + whole + tag[end:]


def without_attributes(tag: bytes, keys: Iterable[bytes]) -> bytes:
    """Return a tag, or the part of one, without some attributes."""
    dropped = frozenset(keys)
    return _ATTRIBUTE.sub(lambda found: b"" if found["key"] in dropped else found.group(), tag)
