"""Zip archives: names as whoever packed them saw them, nothing that a hostile one can do, documents are none."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from support.handed_in import FILES
from support.sent import document, packed
from zipingbiao.book.unpack import Archive, Source, archive, open_archive, zipped
from zipingbiao.book.unpack.archive import shown_names
from zipingbiao.errors import UnreadableError


def opened(data: bytes) -> Archive:
    found = open_archive(Source.of_bytes(data, "材料.zip"))
    assert found is not None
    return found


def names(data: bytes) -> list[str]:
    return [entry.name for entry in opened(data).entries]


@pytest.mark.parametrize("name", ["教育局/宣传培训经费.xlsx", "一.xlsx", "a.xlsx", "①㎡.xlsx"])
@pytest.mark.parametrize("gbk", [False, True])
def test_names_in_gbk_and_in_utf8(name: str, gbk: bool) -> None:
    assert names(packed({name: b"x"}, gbk=gbk)) == [name]


def test_a_name_in_utf8_without_the_mark_of_it() -> None:
    """As the archiver of a Mac writes it."""
    place, name = b"0" * len("教育局.xlsx".encode()), "教育局.xlsx".encode()
    assert names(packed({place.decode(): b"x"}).replace(place, name)) == ["教育局.xlsx"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.xlsx", "etc/passwd.xlsx"),
        ("/root/表.xlsx", "root/表.xlsx"),
        ("C:\\Windows\\表.xlsx", "Windows/表.xlsx"),
        ("..\\..\\表.xlsx", "表.xlsx"),
        ("a/./b//表.xlsx", "a/b/表.xlsx"),
        ("表\n\x1b[31m.xlsx", "表\ufffd\ufffd[31m.xlsx"),
        ("表\u202exslx.exe", "表\ufffdxslx.exe"),
        ("..", "无名文件"),
    ],
)
def test_a_name_leads_nowhere(name: str, shown: str) -> None:
    assert shown_names([name]) == [shown]


def test_each_file_has_a_name_of_its_own() -> None:
    assert shown_names(["a.xlsx", "../a.xlsx", "b/a.xlsx"]) == ["a.xlsx", "a.xlsx（同名第2个）", "b/a.xlsx"]


def test_bytes_are_read_by_place() -> None:
    found = opened(packed({"甲/": b"", "甲/一": b"first", "二": b"second"}))
    assert [(entry.name, entry.size) for entry in found.entries] == [("甲/一", 5), ("二", 6)]
    assert (found.read(1, 3), found.read(1, 99)) == (b"sec", b"second")


@pytest.mark.parametrize("data", [FILES[0].read_bytes(), document([["a"]])])
def test_a_workbook_or_document_is_no_archive(data: bytes) -> None:
    assert open_archive(Source.of_bytes(data, "教育局.zip")) is None


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(500), b"text", packed({"a": b"x"})[:-30]]
)
def test_what_has_no_list_is_left_to_the_readers(data: bytes) -> None:
    assert open_archive(Source.of_bytes(data, "a.zip")) is None


def locked(data: bytes) -> bytes:
    """The archive as one whose first file has a password: the mark of it, in both lists."""
    changed = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[data.index(magic) + at] |= 1
    return bytes(changed)


def test_a_password_is_told_file_by_file() -> None:
    found = opened(locked(packed({"一": b"secret", "二": b"open"})))
    assert [entry.locked for entry in found.entries] == [True, False]
    with pytest.raises(UnreadableError, match="请用密码解压后再汇总"):
        found.read(0, 9)
    assert found.read(1, 9) == b"open"


def test_a_packing_that_python_does_not_know() -> None:
    """Deflate64, as Windows packs large files."""
    data = bytearray(packed({"一": b"first"}))
    for magic, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(magic) + at] = 9
    with pytest.raises(UnreadableError, match="压缩方式特殊，请右键解压后再汇总"):
        opened(bytes(data)).read(0, 9)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableError, match="压缩比超过100:1"):
        opened(packed({"a": bytes(17_000_000)}))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (archive, zipped):
        monkeypatch.setattr(module, "MEMBERS", 3)
    with pytest.raises(UnreadableError, match="超过3个"):
        opened(packed({str(number): b"" for number in range(4)}))


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "TOTAL_BYTES", 1_000_000)
    with pytest.raises(UnreadableError, match="解压后超过1MB"):
        opened(packed({"a": bytes(600_000), "b": bytes(600_000)}))


def test_a_size_that_is_not_true_is_damage() -> None:
    """The list says 3 bytes, the file has 300,000: no more than the list allows is ever unpacked."""
    data = packed({"a": bytes(300_000)})
    at = data.index(b"PK\x01\x02")
    lying = data[: at + 24] + struct.pack("<I", 3) + data[at + 28 :]
    found = opened(lying)
    with pytest.raises(UnreadableError, match="压缩包已损坏"):
        found.read(0, 50_000_000)


def test_a_damaged_file_costs_no_other(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("一", b"first content")
        made.writestr("二", b"second")
    found = opened(stream.getvalue().replace(b"first content", b"first c0ntent"))
    with pytest.raises(UnreadableError, match="压缩包已损坏"):
        found.read(0, 99)
    assert found.read(1, 99) == b"second"


def test_an_archive_on_a_disk_is_not_read_whole(tmp_path: Path) -> None:
    """The photographs of a department exceed what a workbook may have."""
    path = tmp_path / "大.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made,
        made.open("照片.jpg", "w", force_zip64=True) as photo,
    ):
        for _ in range(60):
            photo.write(b"\xff\xd8\xff" + bytes(1_000_000))
    found = open_archive(Source.of_file(path))
    assert found is not None
    assert found.read(0, 3) == b"\xff\xd8\xff"
    found.close()


@pytest.mark.parametrize(
    "name",
    ["资料.z01", "资料.zip.001", "资料.7z.002", "资料.part2.rar", "资料.r00", "资料.Z02"],
)
def test_a_volume_of_an_archive_is_said(name: str) -> None:
    with pytest.raises(UnreadableError, match="分卷压缩包中的一卷，请把各卷放在一起，右键解压后再汇总"):
        open_archive(Source.of_bytes(b"\x8a\x01" * 900, name))


def test_the_last_volume_of_a_zip_is_said() -> None:
    whole = packed({"表.xlsx": b"x" * 50})
    end = whole.rindex(b"PK\x05\x06")
    last = whole[40:end] + whole[end : end + 4] + b"\x02\0\x02\0" + whole[end + 8 :]
    with pytest.raises(UnreadableError, match="分卷"):
        open_archive(Source.of_bytes(last, "资料.zip"))
    assert open_archive(Source.of_bytes(whole, "资料.zip.001")) is not None
    assert open_archive(Source.of_bytes(b"\x8a\x01" * 900, "资料.zip")) is None
