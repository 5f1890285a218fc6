"""Archives opened by an installed program: cut by its list, ended in time, never a program beside the workbooks."""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from zipingbiao.book.unpack import Source, open_archive, tool
from zipingbiao.errors import UnreadableError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its programs are shell scripts")

MAGIC = b"7z\xbc\xaf\x27\x1c"
FILES = {"教育局/表.xlsx": b"first", "空": b"", "../二": b"second\n"}
Install = Callable[..., None]


@pytest.fixture
def sent(tmp_path: Path) -> Source:
    path = tmp_path / "-材料 {}.7z"
    path.write_bytes(MAGIC)
    return Source.of_file(path)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a program on the path that speaks as 7-Zip does; with nothing, none is installed."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(listing: str = "", content: bytes = b"", *, name: str = "7z", sleep: int = 0) -> None:
        (folder / "list").write_text(listing, "utf-8")
        (folder / "content").write_bytes(content)
        program = folder / name
        program.write_text(
            f"#!/bin/sh\n/bin/sleep {sleep}\n"
            f'case "$1" in l) /bin/cat "{folder}/list";; *) /bin/cat "{folder}/content";; esac\n'
        )
        program.chmod(0o755)

    return put


def listing(files: dict[str, bytes], **more: str) -> str:
    blocks = []
    for name, data in files.items():
        facts = {
            "Path": name,
            "Folder": "-",
            "Size": str(len(data)),
            "CRC": f"{zlib.crc32(data):08X}",
            **more,
        }
        blocks.append("\n".join(f"{key} = {value}" for key, value in facts.items()))
    return "\n\n".join(["Path = 教育局\nFolder = +\nSize = 0", *blocks, ""])


def test_what_the_program_writes_is_cut_by_its_list(sent: Source, install: Install) -> None:
    install(listing(FILES), b"".join(FILES.values()))
    found = open_archive(sent)
    assert found is not None
    assert found.kind == "7z"
    assert [entry.name for entry in found.entries] == ["教育局/表.xlsx", "空", "二"]
    assert [found.read(place, 99) for place in (2, 0, 1)] == [b"second\n", b"first", b""]
    found.close()


@pytest.mark.parametrize("content", [b"firs", b"second\nfirst", b"firstsecond", b""])
def test_what_does_not_fit_the_list_is_no_file(sent: Source, install: Install, content: bytes) -> None:
    install(listing(FILES), content)
    found = open_archive(sent)
    assert found is not None
    with pytest.raises(UnreadableError, match="没有完整解开"):
        found.read(0, 99)


def test_a_secret_file_is_not_written_out(
    sent: Source, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"涉密/表.xlsx": b"secret", "二": b"open"}
    install(listing(files), b"secretopen")
    found = open_archive(sent)
    assert found is not None
    assert (found.read(1, 99), found.read(0, 99)) == (b"open", bytes(6))
    found.close()


def test_a_password_is_told(sent: Source, install: Install) -> None:
    install(listing(FILES, Encrypted="+"))
    found = open_archive(sent)
    assert found is not None
    with pytest.raises(UnreadableError, match="请用密码解压后再汇总"):
        found.read(0, 99)


def test_what_the_program_cannot_list(sent: Source, install: Install) -> None:
    install("ERROR: cannot open")
    with pytest.raises(UnreadableError, match="请右键解压后再汇总"):
        open_archive(sent)


def test_without_a_program_the_officer_unpacks_it(
    sent: Source, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableError, match=r"没有可以读 .7z 的解压程序，请右键解压后再汇总"):
        open_archive(sent)
    # A program of this name in the current folder came with the workbooks.
    install(listing(FILES), b"".join(FILES.values()))
    monkeypatch.chdir(os.environ["PATH"])
    monkeypatch.setenv("PATH", f".{os.pathsep}")
    with pytest.raises(UnreadableError, match="请右键解压后再汇总"):
        open_archive(sent)


def test_a_bomb_is_refused_by_the_list(sent: Source, install: Install) -> None:
    install("Path = a\nSize = 20000000\nPacked Size = 100\n")
    with pytest.raises(UnreadableError, match="压缩比"):
        open_archive(sent)
    install("\n\n".join(f"Path = {number}\nSize = 900000\n" for number in range(2_000)))
    with pytest.raises(UnreadableError, match="解压后超过1000MB"):
        open_archive(sent)


def test_a_program_that_hangs_is_ended(
    sent: Source, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "SECONDS", 0.3)
    install(listing(FILES), sleep=30)
    started = time.monotonic()
    with pytest.raises(UnreadableError):
        open_archive(sent)
    assert time.monotonic() - started < 10


def test_in_another_archive_it_is_not_opened() -> None:
    with pytest.raises(UnreadableError, match=r"压缩包里又有 .7z 压缩包，请右键解压后再汇总"):
        open_archive(Source.of_bytes(MAGIC, "内.7z"))


@pytest.mark.office
def test_an_installed_program_reads_a_real_archive(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "data" / "archives" / "教育局.7z"
    found = open_archive(Source.of_file(path))
    assert found is not None
    contents = {entry.name: found.read(place, 99) for place, entry in enumerate(found.entries)}
    assert contents == {"内层/表.txt": "内容\n".encode(), "二.txt": b"second\n"}
    found.close()
