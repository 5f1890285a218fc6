"""Which files a merge reads, which it leaves out, and that none is lost in between."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zipingbiao.batch.files import find, is_output
from zipingbiao.errors import UsageError
from zipingbiao.result.file_result import Status

NAMES = [
    "乙局/自评表.xlsx",
    "乙局/宏.XLSM",
    "甲局/旧版.xls",
    "甲局/金山.et",
    "甲局/二级/开放.ods",
    "甲局/二进制.xlsb",
    "甲局/模板.xltx",
    "~$自评表.xlsx",
    ".~自评表.xlsx",
    "自评表.xlsx.bak",
    "自评表.xlsx.bak2",
    "自评表.xlsx.last.bak",
    "A1B2.tmp",
    ".zpb-0123.tmp",
    "__MACOSX/自评表.xlsx",
    "._自评表.xlsx",
    "Thumbs.db",
    "desktop.ini",
    "说明.docx",
    "甲局/照片.JPG",
    "甲局/没有扩展名",
    "教育局.zip",
]
READ = [*NAMES[:7], *NAMES[18:]]
LEFT_OUT = NAMES[7:18]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return tmp_path


def below(folder: Path, path: str | Path) -> str:
    return Path(path).relative_to(folder).as_posix()


def test_a_folder_is_walked_in_the_order_of_its_paths(folder: Path) -> None:
    to_read, _ = find([folder])
    assert [below(folder, path) for path in to_read] == sorted(READ)


def test_what_is_left_out_stands_in_the_ledger_with_a_reason(folder: Path) -> None:
    _, aside = find([folder])
    assert {below(folder, result.path) for result in aside} == set(LEFT_OUT)
    assert all(result.status is Status.SKIPPED and result.why for result in aside)


def test_every_file_is_in_one_of_the_lists(folder: Path) -> None:
    to_read, aside = find([folder])
    assert len(to_read) + len(aside) == len(NAMES)


def test_a_file_named_directly_is_read_whatever_its_extension(folder: Path) -> None:
    to_read, aside = find([folder / "说明.docx", folder / "~$自评表.xlsx"])
    assert to_read == [folder / "说明.docx"]
    assert [below(folder, result.path) for result in aside] == ["~$自评表.xlsx"]


def test_a_file_named_twice_counts_once(folder: Path) -> None:
    once, _ = find([folder])
    twice, _ = find([folder, folder / READ[0], folder / "甲局"])
    assert twice == once


def test_what_does_not_exist_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个"):
        find([tmp_path / "没有这个"])


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    inner = tmp_path / "甲"
    inner.mkdir()
    (inner / "表.xlsx").write_bytes(b"")
    (inner / "回到上层").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "又一次").symlink_to(inner, target_is_directory=True)
    to_read, _ = find([tmp_path])
    assert len(to_read) == 1


def test_a_closed_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "锁"
    closed.mkdir()
    (tmp_path / "表.xlsx").write_bytes(b"")
    scandir = os.scandir

    def closed_to_us(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed_to_us)
    to_read, aside = find([tmp_path])
    assert to_read == [tmp_path / "表.xlsx"]
    assert [(result.path, result.status) for result in aside] == [(str(closed), Status.REJECTED)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    to_read, aside = find([tmp_path])
    assert to_read == []
    assert [result.why for result in aside] == ["管道或设备，不是普通文件，不必处理"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0"])
def test_what_cannot_be_read_is_no_output_of_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert not is_output(path)
