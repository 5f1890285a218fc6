from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import pytest

from zipingbiao.book.write import save as saving
from zipingbiao.book.write.save import TEMP_PREFIX, save, save_new
from zipingbiao.errors import RefusedError


def book(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a"), text)
    return buffer.getvalue()


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


OLD, NEW = book("old"), book("new")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "自评表 1.xlsx"
    path.write_bytes(OLD)
    return path


def beside(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir() if path != target)


def kept(target: Path) -> tuple[Path, Path]:
    """The two backups: the first original, and the version before the last press."""
    return target.with_name(f"{target.name}.bak"), target.with_name(f"{target.name}.last.bak")


def assert_untouched(target: Path, *others: str) -> None:
    assert target.read_bytes() == OLD
    assert beside(target) == sorted(others)


class SharingError(PermissionError):
    """What Windows says when another program holds the file."""

    winerror = 32


def test_the_old_file_is_kept_beside_the_new_one(target: Path) -> None:
    target.chmod(0o640)
    backup = save(target, NEW, digest(OLD))
    assert backup == target.with_name("自评表 1.xlsx.bak")
    assert backup.read_bytes() == OLD
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert beside(target) == ["自评表 1.xlsx.bak"]


def test_of_five_presses_the_first_original_and_the_last_version_are_kept(target: Path) -> None:
    contents = [OLD, NEW, book("third"), book("fourth"), book("fifth"), book("sixth")]
    for before, after in pairwise(contents):
        save(target, after, digest(before))
    first, last = kept(target)
    assert (first.read_bytes(), last.read_bytes()) == (OLD, contents[-2])
    assert beside(target) == [first.name, last.name]


def test_a_failure_leaves_both_backups_as_they_were(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(target, NEW, digest(OLD))
    save(target, book("third"), digest(NEW))
    replace = Path.replace

    def held(path: Path, to: Path) -> Path:
        if to == target:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(RefusedError, match="磁盘读写出错"):
        save(target, book("fourth"), digest(book("third")))
    first, last = kept(target)
    assert (first.read_bytes(), last.read_bytes()) == (OLD, NEW)
    assert beside(target) == [first.name, last.name]


def test_a_backup_name_that_would_be_too_long_is_shortened_and_stays_of_one_file(tmp_path: Path) -> None:
    long = "县" * 82  # 246 bytes and the suffix: a name that the file system just takes
    files = [tmp_path / f"{long}{last}.xlsx" for last in "1234"]
    for number, file in enumerate(files):
        file.write_bytes(book(f"old {number}"))
        save(file, NEW, digest(book(f"old {number}")))
        save(file, book("third"), digest(NEW))
    backups = [file for file in tmp_path.iterdir() if file.name.endswith(".xlsx.bak")]
    assert {file.read_bytes() for file in backups} == {book(f"old {number}") for number in range(4)}
    assert len(list(tmp_path.glob("*.last.bak"))) == 4
    assert all(file.name.startswith(long[:70]) for file in backups)


def ended() -> int:
    """The number of a process that is gone."""
    return int(subprocess.run(["sh", "-c", "echo $$"], capture_output=True, check=True).stdout)


def test_what_a_killed_run_left_goes_at_the_next_save(target: Path) -> None:
    host = saving._temp_beside(target).name.split("-")[1]
    dead, alive = f".zpb-{host}-{ended()}-{'a' * 12}.tmp", f".zpb-{host}-{os.getpid()}-{'b' * 12}.tmp"
    elsewhere, old = f".zpb-{'0' * 8}-{ended()}-{'c' * 12}.tmp", f".zpb-{'0' * 8}-1-{'d' * 12}.tmp"
    foreign = ".zpb-我的笔记.tmp"
    for name in (dead, alive, elsewhere, old, foreign):
        target.with_name(name).write_bytes(b"half")
    for name in (old, foreign):
        os.utime(target.with_name(name), (0, 0))
    save(target, NEW, digest(OLD))
    assert beside(target) == sorted([alive, elsewhere, foreign, f"{target.name}.bak"])


def test_a_run_that_is_killed_leaves_the_old_file_and_the_next_one_sweeps(target: Path) -> None:
    die = (
        "import os, sys, pathlib; from zipingbiao.book.write import save as s;"
        "s._replace = lambda *_: os._exit(9); p = pathlib.Path(sys.argv[1]);"
        "s.save(p, pathlib.Path(sys.argv[2]).read_bytes(), sys.argv[3])"
    )
    new = target.with_name("新内容")
    new.write_bytes(NEW)
    subprocess.run([sys.executable, "-c", die, target, new, digest(OLD)], check=False)
    new.unlink()
    assert target.read_bytes() == OLD
    assert any(name.startswith(TEMP_PREFIX) for name in beside(target))
    save(target, NEW, digest(OLD))
    assert not any(name.startswith(TEMP_PREFIX) for name in beside(target))


def test_the_backup_is_a_copy_where_links_do_not_work(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(os, "link", no_links)
    target.with_name(target.name + ".bak").write_bytes(b"older")
    backup = save(target, NEW, digest(OLD))
    assert backup == target.with_name(target.name + ".last.bak")
    assert backup.read_bytes() == OLD
    assert target.with_name(target.name + ".bak").read_bytes() == b"older"


def test_the_same_content_is_not_written(target: Path) -> None:
    before = target.stat().st_mtime_ns
    assert save(target, OLD, digest(OLD)) is None
    assert target.stat().st_mtime_ns == before
    assert_untouched(target)


def test_a_link_stays_a_link(target: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    link = tmp_path / "sub" / "link.xlsx"
    link.symlink_to(target)
    save(link, NEW, digest(OLD))
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_a_file_changed_since_is_refused(target: Path) -> None:
    with pytest.raises(RefusedError, match="已被修改"):
        save(target, NEW, digest(b"what was read"))
    assert_untouched(target)


def test_a_file_changed_while_we_save_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = book("by somebody else")

    def sync_and_change(_: int) -> None:
        target.write_bytes(other)

    monkeypatch.setattr(os, "fsync", sync_and_change)
    with pytest.raises(RefusedError, match="已被修改"):
        save(target, NEW, digest(OLD))
    assert target.read_bytes() == other
    assert beside(target) == []


def test_a_missing_file_is_refused(target: Path) -> None:
    with pytest.raises(RefusedError, match="不能读取"):
        save(target.with_name("no.xlsx"), NEW, digest(OLD))
    assert_untouched(target)


def owner_file(ansi: bytes, wide: str = "") -> bytes:
    head = bytes([len(ansi)]) + ansi.ljust(54, b" ")
    if not wide:
        return head
    return head + len(wide).to_bytes(2, "little") + wide.encode("utf-16-le").ljust(108, b" ")


@pytest.mark.parametrize(
    ("pattern", "content", "said"),
    [
        ("~${}", owner_file(b"Zhang", "张三"), "被 张三 打开"),
        ("~${}", owner_file("李四".encode("gb18030")), "被 李四 打开"),
        (".~{}", owner_file(b"Wang"), "被 Wang 打开"),
        (".~lock.{}#", "赵六,host,20.11.2026 10:00,file:///x;".encode(), "被 赵六 打开"),
        ("~${}", b"", "正被打开"),
        ("~${}", b"\xff\x01\x02", "正被打开"),
    ],
)
def test_a_file_open_elsewhere_is_refused(target: Path, pattern: str, content: bytes, said: str) -> None:
    mark = target.with_name(pattern.format(target.name))
    mark.write_bytes(content)
    with pytest.raises(RefusedError, match=said) as refused:
        save(target, NEW, digest(OLD))
    assert "-o" in str(refused.value)
    assert mark.name in str(refused.value)
    assert_untouched(target, mark.name)


def test_an_owner_file_that_cannot_be_read_still_counts(target: Path) -> None:
    target.with_name(f"~${target.name}").mkdir()
    with pytest.raises(RefusedError, match="正被打开"):
        save(target, NEW, digest(OLD))
    assert_untouched(target, f"~${target.name}")


def test_a_read_only_file_is_refused(target: Path) -> None:
    target.chmod(0o444)
    with pytest.raises(RefusedError, match=r"只读.*-o .*自评表 1\(1\)\.xlsx"):
        save(target, NEW, digest(OLD))
    assert_untouched(target)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "磁盘空间不足，需要约 1 KB"),
        (errno.EROFS, "文件夹不可写；请用 -o 另存到"),
        (errno.EACCES, "文件夹不可写"),
        (errno.EIO, "检查磁盘"),
    ],
)
@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_when_the_system_fails_nothing_has_happened(
    target: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str, step: str
) -> None:
    def fail(*_: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    def open_to_read(path: Path, mode: str) -> io.FileIO:
        return io.FileIO(path, mode) if mode == "rb" else fail()

    monkeypatch.setattr(os if step == "fsync" else Path, step, open_to_read if step == "open" else fail)
    with pytest.raises(RefusedError, match=said):
        save(target, NEW, digest(OLD))
    monkeypatch.undo()
    assert_untouched(target)


def test_a_disk_that_fills_up_at_the_backup_leaves_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(_: Path, to: Path) -> None:
        to.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(shutil, "copy2", half)
    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(RefusedError, match="磁盘空间不足"):
        save(target, NEW, digest(OLD))
    assert_untouched(target)


def test_what_was_written_is_verified(target: Path) -> None:
    broken = bytearray(NEW)
    broken[NEW.index(b"new")] ^= 1
    with pytest.raises(RefusedError, match="复核"):
        save(target, bytes(broken), digest(OLD))
    with pytest.raises(RefusedError, match="复核"):
        save(target, b"no zip at all", digest(OLD))
    assert_untouched(target)


def test_a_file_held_for_a_moment_is_tried_again(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries, replace = [], Path.replace

    def held_twice(path: Path, to: Path) -> Path:
        tries.append(path.name)
        if len(tries) < 3:
            raise SharingError(errno.EACCES, "held")
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", held_twice)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    save(target, NEW, digest(OLD))
    assert target.read_bytes() == NEW
    assert len(tries) == 3
    assert all(name.startswith(TEMP_PREFIX) for name in tries)


def test_a_file_held_for_long_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise SharingError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(saving, "RETRY_SECONDS", -1)
    with pytest.raises(RefusedError, match="占用"):
        save(target, NEW, digest(OLD))
    assert_untouched(target)


def test_an_interrupted_save_leaves_nothing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        save(target, NEW, digest(OLD))
    assert_untouched(target)


def test_an_interrupt_after_the_replacement_keeps_the_backup(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(saving, "_sync_folder", stop)
    with pytest.raises(KeyboardInterrupt):
        save(target, NEW, digest(OLD))
    assert target.read_bytes() == NEW
    assert target.with_name(target.name + ".bak").read_bytes() == OLD


def test_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "新.xlsx"
    save_new(path, NEW)
    assert path.read_bytes() == NEW
    assert beside(path) == []


def test_a_new_file_replaces_none_that_is_not_ours(target: Path) -> None:
    with pytest.raises(RefusedError, match=r"已存在.*自评表 1\(1\)\.xlsx"):
        save_new(target, NEW)
    assert_untouched(target)
    save_new(target, NEW, overwrite=True)
    assert target.read_bytes() == NEW
    assert beside(target) == []


def test_our_own_file_is_not_replaced_while_it_is_open_or_read_only(target: Path) -> None:
    target.chmod(0o444)
    with pytest.raises(RefusedError, match="只读"):
        save_new(target, NEW, overwrite=True)
    target.with_name(f"~${target.name}").write_bytes(b"")
    with pytest.raises(RefusedError, match="打开"):
        save_new(target, NEW, overwrite=True)
    assert_untouched(target, f"~${target.name}")


def test_a_new_file_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"文件夹 .*无 不存在"):
        save_new(tmp_path / "无" / "新.xlsx", NEW)
