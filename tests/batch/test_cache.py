"""What earlier runs know of files: the same to the last byte, asked first, and never in the way."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import zipingbiao
import zipingbiao as z
from batch.made import crash_on_bad
from support.budget import LONG, SEED, drawn, often
from support.county import SECRET_NAME, listed
from support.drawn_county.build import county
from support.sent import PDF, document, packed, put, rows, workbook
from zipingbiao.batch import run, store
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.run import Step
from zipingbiao.batch.summary.as_json import summary_json
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.json import as_json, ledger_json

TABLES = {f"{name}/表.xlsx": workbook(rows(f"{name}维修", code=f"10{name}")) for name in ("甲", "乙", "丙")}
WITH_OTHERS = {
    **TABLES,
    "丁.docx": document(rows("丁维修")),
    "空.xlsx": workbook([["什么也没有"]]),
    "扫描.pdf": PDF,
    "局.zip": packed({"戊.xlsx": workbook(rows("戊维修"))}),
}
SRC = Path(zipingbiao.__file__).parents[1]


class Asked:
    """Reads as always, and notes which files were opened for it."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, path: str, profile_name: str | None) -> FileResult:
        self.names.append(Path(path).name)
        return examine(path, profile_name)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    asked = Asked()
    monkeypatch.setattr(run, "examine", asked)
    monkeypatch.setattr(run, "NO_PROCESSES", True)  # what is asked elsewhere would not be counted
    return asked


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return put(tmp_path / "收文", WITH_OTHERS)


def place() -> Path:
    found = store.folder()
    assert found is not None
    return found


def base() -> Path:
    (found,) = place().iterdir()
    return found


def out(folder: Path) -> Path:
    return folder.parent / "汇总表.xlsx"


def merged(folder: Path, **options: Any) -> MergeResult:
    return z.merge(folder, out(folder), **{"workers": 1, **options})


def told(folder: Path, **options: Any) -> tuple[str, bytes]:
    """All that ``zpb merge --json`` prints, and the bytes of 汇总表."""
    found = merged(folder, details=True, **options)
    results = tuple(found.results)
    whole = {**as_json(results), **summary_json(found.summary), "ledger": list(ledger_json(results))}
    return json.dumps(whole, ensure_ascii=False), out(folder).read_bytes()


# ------------------------------------------------------------------ the same, and asked first


def test_a_second_run_says_the_same_and_opens_only_what_is_not_remembered(sent: Path, asked: Asked) -> None:
    fresh = told(sent, cache=False)
    assert not place().exists()
    asked.names.clear()
    assert told(sent) == fresh
    assert len(asked.names) == 7
    asked.names.clear()
    assert told(sent) == fresh
    assert sorted(asked.names) == ["局.zip", "扫描.pdf", "空.xlsx"]


@drawn
@pytest.mark.parametrize("seed", (1, 2, 3, SEED + 1000) if LONG else (1,))
def test_a_county_says_the_same_with_cache_and_without_for_any_number_of_workers(
    tmp_path: Path, seed: int
) -> None:
    folder = put(tmp_path / "收文", county(seed, often(120, 300)).files)
    fresh = told(folder, cache=False)
    assert [told(folder, workers=2), told(folder), told(folder, workers=2)] == [fresh] * 3


def test_without_details_the_sheets_are_the_same(sent: Path) -> None:
    merged(sent, cache=False)
    fresh = out(sent).read_bytes()
    for _ in range(2):
        merged(sent)
        assert out(sent).read_bytes() == fresh


def test_a_check_takes_details_only_where_they_are_remembered(sent: Path, asked: Asked) -> None:
    fresh = z.check(sent, workers=1, cache=False)
    merged(sent)
    asked.names.clear()
    assert z.check(sent, workers=1) == fresh
    assert len(asked.names) == 7  # the merge had asked for less
    asked.names.clear()
    assert z.check(sent, workers=1) == fresh
    merged(sent)
    assert len(asked.names) == 6


def test_last_years_files_are_remembered_too(tmp_path: Path, asked: Asked) -> None:
    now = put(tmp_path / "今年", TABLES)
    before = put(
        tmp_path / "去年",
        {name.replace("表", "旧"): workbook(rows("甲维修", year="2024")) for name in TABLES},
    )
    first = z.check(now, last=before, workers=1)
    asked.names.clear()
    assert z.check(now, last=before, workers=1) == first
    assert asked.names == []


def test_progress_counts_what_is_remembered(sent: Path) -> None:
    merged(sent)
    seen: list[Step] = []
    merged(sent, progress=seen.append)
    assert seen[0] == Step(4, 4, cached=4)
    assert seen == sorted(seen)
    assert seen[-1]._replace(rejected=0) == Step(8, 8, cached=4)


# ------------------------------------------------------------------ what makes it another result


def test_the_same_bytes_at_two_paths_are_two_paths(tmp_path: Path, asked: Asked) -> None:
    first = put(tmp_path / "收文", {"甲/表.xlsx": TABLES["甲/表.xlsx"], "乙/表.xlsx": TABLES["乙/表.xlsx"]})
    merged(first)
    asked.names.clear()
    moved = put(
        tmp_path / "移动", {"丙/表.xlsx": TABLES["甲/表.xlsx"], "丁/深/表.xlsx": TABLES["甲/表.xlsx"]}
    )
    fresh = merged(moved, cache=False)
    asked.names.clear()
    found = merged(moved)
    assert asked.names == []
    assert found == fresh
    assert [line.path for line in found.records] == [str(moved / "丁/深/表.xlsx"), str(moved / "丙/表.xlsx")]
    assert [row.file for row in found.summary.projects()] == ["丙/表.xlsx"]
    assert [line.path for line in merged(first).records] == [
        str(first / "乙/表.xlsx"),
        str(first / "甲/表.xlsx"),
    ]


def test_another_name_is_looked_at_anew(tmp_path: Path) -> None:
    """A text without a table is 其他表, under the name of a workbook it is one that cannot be read."""
    text = b"<?xml version='1.0'?><a/>"
    folder = put(tmp_path / "收文", {**TABLES, "说明.xml": text})
    merged(folder)
    (folder / "说明.xml").rename(folder / "说明.xlsx")
    statuses = {Path(record.path).name: record.status.value for record in merged(folder).records}
    assert statuses["说明.xlsx"] == "rejected"


def test_another_content_under_the_same_name_is_read(sent: Path, asked: Asked) -> None:
    merged(sent)
    (sent / "甲/表.xlsx").write_bytes(workbook(rows("别的项目")))
    asked.names.clear()
    assert "别的项目" in {row.name for row in merged(sent).summary.projects()}
    assert asked.names.count("表.xlsx") == 1


def test_what_a_profile_says_is_part_of_it(sent: Path) -> None:
    rules = sent.parent / "我县.yaml"

    def totals(most: int) -> set[int]:
        rules.write_text(
            f"title: 我县\nextends: shanxi\nvalues:\n  caps:\n    value: [[95%, {most}]]\n    from: 2026-01-01\n"
            "    source: 某县通知\n    trust: practice\n    checked_on: 2026-11-27\n",
            "utf-8",
        )
        rows = merged(sent, profile=str(rules)).summary.projects()
        return {int(row.adopted_total or 0) for row in rows}

    assert [totals(89), totals(80), totals(89)] == [{89}, {80}, {89}]


def test_one_line_of_a_rule_is_another_program(tmp_path: Path) -> None:
    """The wheel of tomorrow finds what the wheel of today wrote."""
    code = tmp_path / "程序"
    shutil.copytree(SRC / "zipingbiao", code / "zipingbiao", ignore=shutil.ignore_patterns("__pycache__"))
    folder = put(
        tmp_path / "收文",
        {"一.xlsx": workbook(rows(executed="10")), "二.xlsx": workbook(rows("二", executed="20"))},
    )
    script = "import sys, zipingbiao as z\nfor each in z.check(sys.argv[1], workers=1):\n print([f.code for f in each.findings])"

    def codes() -> str:
        command = [sys.executable, "-c", script, str(folder)]
        environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    before = codes()
    assert codes() == before
    (rule,) = (code / "zipingbiao/rules").rglob("t103_*.py")
    text = rule.read_text("utf-8")
    assert "T103" in before
    rule.write_text(text.replace('CODE = "T103"', 'CODE = "T999"'), "utf-8")
    assert "T999" in codes()
    rule.write_text(text, "utf-8")
    assert codes() == before


def test_a_file_that_changes_while_it_is_read_is_not_remembered_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "收文", TABLES)
    original = (folder / "甲/表.xlsx").read_bytes()

    def late(path: str, profile_name: str | None) -> FileResult:
        if "甲" in path:
            Path(path).write_bytes(workbook(rows("后来的")))
        return examine(path, profile_name)

    monkeypatch.setattr(run, "examine", late)
    merged(folder)
    monkeypatch.undo()
    (folder / "甲/表.xlsx").write_bytes(original)
    assert "甲维修" in {row.name for row in merged(folder).summary.projects()}


def test_our_own_fault_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "收文", {**TABLES, "坏.xlsx": workbook(rows("坏"))})
    cache = os.environ["ZPB_CACHE"]
    monkeypatch.setattr(run, "examine", crash_on_bad)
    assert any(record.faults for record in merged(folder).records)
    monkeypatch.undo()
    assert os.environ["ZPB_CACHE"] == cache
    assert not any(record.faults for record in merged(folder).records)


# ------------------------------------------------------------------ 涉密


def everything() -> str:
    """All that can be read out of the cache: its bytes, and what is packed in them."""
    data = b"".join(file.read_bytes() for file in place().iterdir())
    said = [data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")]
    with closing(sqlite3.connect(base())) as found:
        for record, details in found.execute("SELECT record, details FROM files"):
            said += [record.decode(), *_unpacked(json.loads(record))]
            if details:
                said.append(zlib.decompress(details).decode())
    return "\n".join(said)


def _unpacked(told: Any) -> Iterator[str]:
    """The texts that stand packed anywhere among the values of a record."""
    if isinstance(told, list):
        for each in told:
            yield from _unpacked(each)
    elif isinstance(told, str) and told.startswith("eA"):
        yield zlib.decompress(b64decode(told)).decode()


CODENAME = "磐石工程"
SECRETS: Mapping[str, Mapping[str, bytes]] = {
    "a name": {f"{CODENAME}（机密）.xlsx": workbook(rows(CODENAME))},
    "a folder": {f"涉密/{CODENAME}.xlsx": workbook(rows(CODENAME))},
    "a mark": {"表.xlsx": workbook(rows(CODENAME, top="机密★10年"))},
    "a marked document": {"表.docx": document(rows(CODENAME), "机密★10年")},
    "what could not be read": {"表.xlsx": workbook([[CODENAME]]), f"{CODENAME}.txt": CODENAME.encode()},
    "a member": {"材料.zip": packed({"表.xlsx": workbook(rows(CODENAME, top="机密"))})},
}


@pytest.mark.parametrize("files", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("details", [False, True])
def test_nothing_secret_is_remembered(tmp_path: Path, files: Mapping[str, bytes], details: bool) -> None:
    folder = put(tmp_path / "收文", {**TABLES, **files})
    merged(folder, details=details)
    assert "甲维修" in everything()
    assert CODENAME not in everything()


def test_what_a_list_says_is_secret_is_not_remembered_and_forgotten_where_it_was(tmp_path: Path) -> None:
    folder = put(tmp_path / "收文", {**TABLES, "表.xlsx": workbook(rows(SECRET_NAME))})
    register = tmp_path / "名单.xlsx"
    register.write_bytes(listed())
    merged(folder, register=register, details=True)
    assert SECRET_NAME not in everything()
    store.clear(place())
    merged(folder, details=True)
    assert SECRET_NAME in everything()  # nobody had said so
    merged(folder, register=register)
    assert SECRET_NAME not in everything()
    assert "甲维修" in everything()


# ------------------------------------------------------------------ never in the way


def _damage(how: str) -> None:
    data = bytearray(base().read_bytes())
    if how == "no database":
        data[:] = b"not a database at all" * 500
    elif how == "cut off":
        del data[len(data) // 2 :]
    elif how == "empty":
        data.clear()
    elif how == "other table":
        base().unlink()
        with closing(sqlite3.connect(place() / "results-1.sqlite")) as found:
            found.execute("CREATE TABLE files (key, colour)")
        return
    else:
        at = data.rindex("维修".encode())
        data[at] ^= 1
    base().write_bytes(data)


@pytest.mark.parametrize("how", ["no database", "cut off", "empty", "other table", "one bit"])
def test_a_damaged_cache_costs_time_only(sent: Path, how: str) -> None:
    fresh = told(sent)
    _damage(how)
    said: list[str] = []
    assert told(sent, say=said.append) == fresh
    assert len(said) == (how not in {"empty", "one bit"})
    assert all(each.startswith("结果缓存不能正常使用（") and each.endswith("。") for each in said)
    assert store.clear(place()) > 0
    assert told(sent, say=said.append) == told(sent, say=said.append) == fresh
    assert len(said) <= 1


@drawn
def test_every_bit_that_a_disk_loses_costs_time_only(sent: Path) -> None:
    fresh = told(sent)
    data, luck = base().read_bytes(), random.Random(SEED)
    for _ in range(often(12, 300)):
        damaged = bytearray(data)
        damaged[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
        base().write_bytes(damaged)
        assert told(sent, say=lambda _: None) == fresh
        for file in place().iterdir():
            file.unlink()
        base_of_run = place() / "results-1.sqlite"
        base_of_run.write_bytes(data)


def test_a_locked_cache_costs_time_only(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = told(sent)
    monkeypatch.setattr(store, "_WAIT", 0.05)
    other = sqlite3.connect(base(), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    said: list[str] = []
    try:
        assert told(sent, say=said.append) == fresh
    finally:
        other.close()
    assert [each.partition("（")[2][:9] for each in said] == ["正被另一个程序占用"]


def test_where_nothing_can_be_written_nothing_is_remembered(
    sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = told(sent, cache=False)
    (tmp_path / "文件").write_bytes(b"")
    monkeypatch.setenv("ZPB_CACHE", str(tmp_path / "文件" / "缓存"))
    said: list[str] = []
    assert told(sent, say=said.append) == fresh
    assert len(said) == 1


def test_a_cache_that_may_only_be_read_serves_and_says_where_it_cannot_grow(
    sent: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = told(sent)
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def read_only(path: Path, **options: Any) -> sqlite3.Connection:
        return connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, **options)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    said: list[str] = []
    asked.names.clear()
    assert told(sent, say=said.append) == fresh
    assert (len(asked.names), said) == (3, [])
    put(sent, {"新/表.xlsx": workbook(rows("新项目"))})
    merged(sent, say=said.append)
    assert [each.partition("（")[2][:7] for each in said] == ["没有写入的权限"]


def test_it_lies_in_no_folder_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "家", TABLES)
    monkeypatch.setenv("ZPB_CACHE", str(folder / ".cache" / "zipingbiao"))
    merged(folder)
    assert not (folder / ".cache").exists()


@pytest.mark.parametrize("off", ["off", "", "0"])
def test_it_can_be_turned_off(sent: Path, monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    monkeypatch.setenv("ZPB_CACHE", off)
    monkeypatch.setattr(store, "Store", None)
    merged(sent)
    assert store.folder() is None


def test_it_lies_where_each_system_keeps_what_can_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZPB_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    places = {}
    for system in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
        found = store.folder()
        assert found is not None
        places[system] = found.relative_to(tmp_path).as_posix()
    assert places == {
        "linux": ".cache/zipingbiao",
        "darwin": "Library/Caches/zipingbiao",
        "win32": "Local/zipingbiao",
    }


def test_the_oldest_go_when_it_is_full(tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    old = put(tmp_path / "旧", {f"{number}.xlsx": workbook(rows(f"旧{number}")) for number in range(12)})
    new = put(tmp_path / "新", {f"{number}.xlsx": workbook(rows(f"新{number}")) for number in range(12)})
    merged(old)
    room = base().stat().st_size * 3 // 2  # pages stay half full where every second record goes
    monkeypatch.setattr(store, "MOST_BYTES", room)
    merged(new)
    merged(new)
    asked.names.clear()
    merged(new)
    assert asked.names == []
    merged(old)
    assert asked.names
    assert base().stat().st_size <= 2 * store.MOST_BYTES


# ------------------------------------------------------------------ stopped on the way


def test_what_was_read_before_ctrl_c_is_remembered(
    tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "收文", {f"{n}.xlsx": workbook(rows(f"项目{n}")) for n in range(6)})

    def stop(step: Step) -> None:
        if step.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        merged(folder, progress=stop)
    asked.names.clear()
    merged(folder)
    assert asked.names == ["4.xlsx", "5.xlsx"]


@drawn
def test_killed_at_any_moment_the_next_run_is_right(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "收文", {f"{n}.xlsx": workbook(rows(f"项目{n}", code=f"1{n:03}")) for n in range(40)}
    )
    fresh = told(folder, cache=False)
    script = "import sys, zipingbiao as z\nz.merge(sys.argv[1], sys.argv[2], workers=2)"
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "别的.xlsx")]
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    began = time.perf_counter()
    subprocess.run(command, env={**environment, "ZPB_CACHE": "off"}, check=True)
    whole, luck = time.perf_counter() - began, random.Random(SEED)
    stopped = 0
    for _ in range(often(3, 50)):
        if place().exists():
            store.clear(place())
        running = subprocess.Popen(command, env=environment, start_new_session=True)
        try:
            running.wait(luck.uniform(0.2, 1.0) * whole)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            stopped += 1
        running.wait()
        said: list[str] = []
        assert told(folder, workers=2, say=said.append) == fresh
        assert said == []
    assert stopped
