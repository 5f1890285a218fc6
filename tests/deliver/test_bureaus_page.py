"""本局版: a unit gets its own projects, is checked by the bureau's rules, and the bureau sees that it was."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import zipingbiao as z
from support import bureau as given
from zipingbiao.deliver import county
from zipingbiao.deliver.county import Gathered, gathered
from zipingbiao.deliver.page import built
from zipingbiao.deliver.screen import answer
from zipingbiao.deliver.site import site_archive
from zipingbiao.errors import UsageError
from zipingbiao.result.json import as_json

Ask = Callable[..., tuple[Any, bytes | None]]


@pytest.fixture
def own(tmp_path: Path) -> Gathered:
    return gathered(str(given.rules(tmp_path)), given.register(tmp_path), [given.targets(tmp_path)])


@pytest.fixture
def ask(own: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Answers as the page does, with its files where the page has them."""
    for name, data in own.files.items():
        place = tmp_path / "网页" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    monkeypatch.setattr(county, "_folder", lambda: tmp_path / "网页")
    county.carried.cache_clear()

    def asked(call: str, *words: str, files: tuple[bytes, ...] = ()) -> tuple[Any, bytes | None]:
        said, made = answer(call, json.dumps(words), files)
        return json.loads(said), made

    yield asked
    county.carried.cache_clear()


def prechecked(folder: Path) -> list[object]:
    """Merge a folder by the county's rules and return the column 预审 of 底稿, which JSON says too."""
    out, rules = folder.parent / "汇总表.xlsx", str(folder.parent / "云岭县.yaml")
    z.merge([folder], out, profile=rules, force=True)
    head, *rows = openpyxl.load_workbook(out)["底稿"].iter_rows(values_only=True)
    found: list[object] = [row[head.index("预审")] for row in rows]
    told = as_json(z.check([folder], profile=rules))["files"]
    assert [one["prechecked"] for each in told for one in each["evaluations"]] == found
    return found


def test_a_unit_gets_its_projects_with_approved_targets(ask: Ask) -> None:
    units, _ = ask("units")
    assert units == [
        {"unit": "云岭县水利局", "projects": ["东片区维护"]},
        {"unit": "云岭县档案馆", "projects": ["西片区维护"]},
    ]
    said, data = ask("prefilled", "云岭县水利局")
    assert said["name"] == "云岭县水利局自评表.xlsx"
    assert data is not None
    (table,) = (one.table for one in z.evaluate(z.read(data, name=said["name"])).evaluations)
    assert table.name == "东片区维护"
    assert {"≥130个", "≥95%", "≥90%"} <= {line.target for line in county.carried().approved[0][1].lines}
    assert {"维护系统数量", "系统使用率", "群众满意度"} <= {line.name for line in table.indicators}


def test_a_table_is_held_against_what_was_approved(ask: Ask, tmp_path: Path) -> None:
    right = given.handed_in(tmp_path / "对.xlsx").read_bytes()
    lower = given.handed_in(tmp_path / "降.xlsx", "≥100个").read_bytes()
    assert "≥130个" not in str(ask("examined", "对.xlsx", files=(right,))[0]["projects"][0]["findings"])
    (project,) = ask("examined", "降.xlsx", files=(lower,))[0]["projects"]
    assert any("130" in each["what"] + each["remedy"] for each in project["findings"])


def test_the_bureau_sees_what_was_checked_and_what_changed_since(ask: Ask, tmp_path: Path) -> None:
    data = given.handed_in(tmp_path / "表.xlsx").read_bytes()
    said, scored = ask("scored", "表.xlsx", files=(data,))
    assert "预审：云岭县规则 2026-01-08，错误0 " in said["said"]
    assert scored is not None
    folder = tmp_path / "上报"
    folder.mkdir()
    sent = folder / said["name"]
    sent.write_bytes(scored)
    assert prechecked(folder) == ["预审通过"]
    book = openpyxl.load_workbook(sent)
    book["附件1"]["F7"] = "129个"
    book.save(sent)
    assert prechecked(folder) == ["预审后又改动"]
    sent.write_bytes(data)
    assert prechecked(folder) == [None]


def test_a_table_with_errors_did_not_pass(ask: Ask, tmp_path: Path) -> None:
    data = given.handed_in(tmp_path / "表.xlsx", "≥200个").read_bytes()
    said, scored = ask("scored", "表.xlsx", files=(data,))
    assert scored is not None
    assert "错误0" not in said["said"]
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "表.xlsx").write_bytes(scored)
    (word,) = prechecked(folder)
    assert str(word).startswith("预审时错误")


def test_checked_again_it_says_the_last_check_only(ask: Ask, tmp_path: Path) -> None:
    data = given.handed_in(tmp_path / "表.xlsx", "≥200个").read_bytes()
    _, once = ask("scored", "表.xlsx", files=(data,))
    assert once is not None
    book = openpyxl.load_workbook(io.BytesIO(once))
    book["附件1"]["E7"], book["附件1"]["F7"] = "≥130个", "135个"
    changed = io.BytesIO()
    book.save(changed)
    _, twice = ask("scored", "表.xlsx", files=(changed.getvalue(),))
    assert twice is not None
    names = [name for name in z.read(twice, name="表.xlsx").names if name.startswith("zp_prechecked_")]
    assert names == ["zp_prechecked_1"]


def test_no_person_payment_or_secret_is_inside(own: Gathered) -> None:
    archive = zipfile.ZipFile(io.BytesIO(site_archive(own.files)))
    inside = b"".join(archive.read(name) for name in archive.namelist() if "/county/" in name)
    inside += "".join(archive.namelist()).encode()
    assert "东片区维护".encode() in inside
    assert "≥130个".encode() in inside
    for word in (given.PHONE, given.PERSON, str(given.PAID), "8765", given.SECRET, given.COMMENT):
        assert word.encode() not in inside, word
        assert json.dumps(word).strip('"').encode() not in inside, word


def test_the_bar_says_whose_page_it_is(own: Gathered) -> None:
    parts = dict.fromkeys(("pyodide.js",), b"")
    assert "2025年度 · 云岭县版 · 规则：云岭县规则 2026-01-08" in built(parts, own).decode()
    assert "通用版 · 规则：内置" in built(parts).decode()


def test_the_rules_inside_are_those_of_the_file(own: Gathered, tmp_path: Path) -> None:
    place = tmp_path / "里面" / "云岭县.yaml"
    place.parent.mkdir()
    place.write_bytes(own.files["rules/云岭县.yaml"])
    assert z.profiles(str(place)) == z.profiles(str(tmp_path / "云岭县.yaml"))


def test_refusals(tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    with pytest.raises(UsageError, match="没有找到绩效目标表"):
        gathered(targets=[empty])
    with pytest.raises(UsageError, match="没有找到项目"):
        gathered(register=given.save(tmp_path / "名.xlsx", [("标题",)]))
