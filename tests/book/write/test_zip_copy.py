from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zipingbiao.book.write.zip_copy import rewrite
from zipingbiao.errors import UnreadableError

ZIP64_FIELD = struct.pack("<2HQQ", 1, 16, 5, 5)
OTHER_FIELD = struct.pack("<2H4s", 0xCAFE, 4, b"kept")


class Unseekable(io.BytesIO):
    """Makes zipfile write data descriptors, as a program that streams its output does."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def archive(members: dict[str, bytes], *, streamed: bool = False, comment: bytes = b"") -> bytes:
    buffer = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for number, (name, body) in enumerate(members.items()):
            info = zipfile.ZipInfo(name, (2020, 1, 2 + number, 3, 4, 6))
            info.compress_type = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
            info.external_attr, info.comment, info.extra = number << 16, b"c%d" % number, OTHER_FIELD
            out.writestr(info, body)
        out.comment = comment
    return buffer.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        return {info.filename: opened.read(info) for info in opened.infolist()}


def raw_members(data: bytes) -> dict[str, bytes]:
    """Local record and compressed bytes of each member, up to the next one."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        infos = sorted(opened.infolist(), key=lambda info: info.header_offset)
        stops = [info.header_offset for info in infos[1:]] + [opened.start_dir]
        return {
            info.filename: data[info.header_offset : stop] for info, stop in zip(infos, stops, strict=True)
        }


@pytest.mark.parametrize("streamed", [False, True])
def test_only_the_replaced_member_changes(streamed: bool) -> None:
    data = archive({"a": b"one", "乙.xml": b"two" * 99, "c": b""}, streamed=streamed, comment="归档".encode())
    out = rewrite(data, {"乙.xml": b"three"})
    assert contents(out) == {"a": b"one", "乙.xml": b"three", "c": b""}
    before, after = raw_members(data), raw_members(out)
    assert [before["a"], before["c"]] == [after["a"], after["c"]]
    old, new = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, out))
    assert new.comment == "归档".encode()
    for left, right in zip(old.infolist(), new.infolist(), strict=True):
        assert (left.filename, left.date_time, left.external_attr, left.comment, left.extra) == (
            right.filename,
            right.date_time,
            right.external_attr,
            right.comment,
            right.extra,
        )


@given(
    st.dictionaries(
        st.text("abc/.表", min_size=1, max_size=6), st.binary(max_size=40), min_size=1, max_size=5
    ),
    st.data(),
    st.booleans(),
)
def test_any_members_can_be_replaced(members: dict[str, bytes], draw: st.DataObject, streamed: bool) -> None:
    replaced = draw.draw(st.dictionaries(st.sampled_from(sorted(members)), st.binary(max_size=40)))
    data = archive(members, streamed=streamed)
    out = rewrite(data, replaced)
    assert contents(out) == members | replaced
    assert list(contents(out)) == list(members)
    assert rewrite(data, {}) == data


def test_zip64_field_of_a_local_record_goes_with_its_sizes() -> None:
    data = archive({"a": b"one", "b": b"two"})
    # A streaming writer keeps room for 64 bit sizes in the local record only.
    header = bytearray(data[:30])
    header[18:26] = b"\xff" * 8
    header[28:30] = struct.pack("<H", len(ZIP64_FIELD + OTHER_FIELD))
    grown = bytes(header) + b"a" + ZIP64_FIELD + OTHER_FIELD + data[31 + len(OTHER_FIELD) :]
    shift = len(ZIP64_FIELD)
    directory = grown.index(b"PK\1\2")
    second = grown.index(b"PK\1\2", directory + 4)
    fixed = bytearray(grown)
    fixed[second + 42 : second + 46] = struct.pack("<L", grown.index(b"PK\3\4", 4))
    fixed[-6:-2] = struct.pack("<L", directory)
    assert shift == directory - data.index(b"PK\1\2")
    assert raw_members(rewrite(bytes(fixed), {"b": b"2"}))["a"] == fixed[: grown.index(b"PK\3\4", 4)]
    out = rewrite(bytes(fixed), {"a": b"1"})
    assert contents(out) == {"a": b"1", "b": b"two"}
    assert ZIP64_FIELD not in out
    assert OTHER_FIELD in raw_members(out)["a"]


def test_what_stands_between_members_is_kept() -> None:
    data = archive({"a": b"one", "b": b"two"})
    second, directory = data.index(b"PK\3\4", 4), data.index(b"PK\1\2")
    line = data.index(b"PK\1\2", directory + 4)
    gapped = bytearray(data[:second] + b"gap!" + data[second:])
    gapped[line + 4 + 42 : line + 4 + 46] = struct.pack("<L", second + 4)
    gapped[-6:-2] = struct.pack("<L", directory + 4)
    out = rewrite(bytes(gapped), {"b": b"2"})
    assert contents(out) == {"a": b"one", "b": b"2"}
    assert b"gap!" in out


def test_a_comment_may_look_like_the_end_of_the_archive() -> None:
    comment = b"PK\5\6" + bytes(30)
    out = rewrite(archive({"a": b"one", "b": b"two"}, comment=comment), {"b": b"2"})
    assert out.endswith(comment)
    # zipfile itself falls into this trap, so it is shown the archive without its comment.
    assert contents(out[: -len(comment) - 2] + bytes(2)) == {"a": b"one", "b": b"2"}


def test_bytes_after_the_archive_are_kept() -> None:
    out = rewrite(archive({"a": b"one", "b": b"two"}) + b"PK\5\6", {"b": b"2"})
    assert out.endswith(b"PK\5\6")
    assert contents(out[:-4]) == {"a": b"one", "b": b"2"}


def test_unknown_name_is_the_callers_fault() -> None:
    with pytest.raises(KeyError):
        rewrite(archive({"a": b""}), {"b": b""})


def test_damaged_archives_are_refused() -> None:
    data = archive({"a": b"one" * 9, "b": b"two"})
    directory = data.index(b"PK\1\2")
    overlapping = bytearray(data)
    second = data.index(b"PK\1\2", directory + 4)
    overlapping[second + 42 : second + 46] = bytes(4)
    longer = bytearray(data)
    longer[directory + 20 : directory + 24] = struct.pack("<L", 10_000)
    zip64 = bytearray(data)
    zip64[directory + 20 : directory + 24] = struct.pack("<L", 0xFFFFFFFF)
    no_local = bytearray(data)
    no_local[0:4] = b"none"
    for bad in (b"", b"no zip", data[:-30], data[:directory], overlapping, longer, zip64, no_local):
        with pytest.raises(UnreadableError, match="另存"):
            rewrite(bytes(bad), {"a": b""})
