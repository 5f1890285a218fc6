"""``zpb cache clear`` and ``--no-cache``: what is remembered of files, and how somebody is rid of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import zipingbiao as z
from cli.test_commands import Zpb, zpb
from support.handed_in import FILES
from zipingbiao.batch import store

__all__ = ["zpb"]


@pytest.fixture
def units(tmp_path: Path) -> Path:
    folder = tmp_path / "各单位"
    folder.mkdir()
    for file in FILES[:3]:
        shutil.copy(file, folder)
    return folder


def size() -> int:
    place = store.folder()
    assert place is not None
    return sum(file.stat().st_size for file in place.iterdir()) if place.exists() else 0


def test_a_merge_remembers_and_a_person_clears_it(zpb: Zpb, units: Path) -> None:
    out = units.parent / "汇总表.xlsx"
    first = zpb("merge", units, "-o", out)
    held = size()
    assert held
    assert zpb("merge", units, "-o", out) == first
    ran = zpb("cache", "clear")
    assert (ran.status, ran.out, ran.err) == (0, f"已清除缓存，释放 {-(-held // 1000)} KB。\n", "")
    assert size() == 0
    assert zpb("cache", "clear").out == "没有缓存，不必清除。\n"


@pytest.mark.parametrize("command", ["merge", "check"])
def test_without_the_cache_nothing_is_remembered(zpb: Zpb, units: Path, command: str) -> None:
    more = ("-o", units.parent / "汇总表.xlsx") if command == "merge" else ()
    without = zpb(command, units, *more, "--json", "--no-cache")
    assert size() == 0
    assert zpb(command, units, *more, "--json").json == without.json
    assert size() > 0


def test_one_file_alone_is_not_worth_it(zpb: Zpb, units: Path) -> None:
    zpb("check", next(units.iterdir()))
    assert size() == 0


def test_what_is_wrong_with_it_is_said_on_stderr_and_changes_nothing(zpb: Zpb, units: Path) -> None:
    first = zpb("check", units)
    place = store.folder()
    assert place is not None
    (file,) = place.iterdir()
    file.write_bytes(b"x" * 5000)
    again = zpb("check", units)
    assert (again.status, again.out) == (first.status, first.out)
    assert again.err.count("\n") == first.err.count("\n") + 1
    assert "结果缓存不能正常使用（文件已损坏），不影响这次的结果" in again.err


def test_details_are_those_that_were_asked_for(units: Path) -> None:
    bare = z.merge(units, units.parent / "一.xlsx", workers=1)
    with pytest.raises(z.UsageError, match="details=True"):
        list(bare.results)
    whole = z.merge(units, units.parent / "二.xlsx", workers=1, details=True)
    assert [len(result.evaluations) for result in whole.results] == [1, 1, 1]
    assert [record.projects for record in bare.records] == [record.projects for record in whole.records]
