"""A folder that is only checked: each file has the status and the reason that a merge gives it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import zipingbiao as z
from support.sent import packed, put, rows, workbook
from zipingbiao.cli import main
from zipingbiao.result.json import ledger_json

WRONG = rows("校舍维修改造", executed="90")
WRONG[-2][5] = "9"  # a weight that does not add up to 100: an error
SENT = {
    "教育局/校舍维修改造.xlsx": workbook(WRONG),
    "教育局/校舍维修改造（修改）.xlsx": workbook(rows("校舍维修改造", executed="95")),
    "教育局/宣传培训经费.xlsx": workbook(rows("宣传培训经费")),
    "教育局/宣传培训经费 副本.xlsx": workbook(rows("宣传培训经费")),
    "教育局/2020年宣传培训经费.xlsx": workbook(rows("宣传培训经费", year="2020")),
    "水利局.zip": packed({"河道治理.xlsx": workbook(rows("河道治理", executed="70"))}),
    "水利局/河道治理.xlsx": workbook(rows("河道治理", executed="60")),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(str(left.value.code)), out, err


def test_the_ledger_of_a_check_is_that_of_a_merge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = put(tmp_path / "收文", SENT)
    _, checked, _ = run(capsys, "check", folder, "--json")
    _, merged, _ = run(capsys, "merge", folder, "-o", tmp_path / "汇总表.xlsx", "--json", "--workers", "1")
    assert json.loads(checked)["ledger"] == json.loads(merged)["ledger"]
    said = {Path(line["path"]).name: (line["status"], line["why"]) for line in json.loads(checked)["ledger"]}
    assert said["校舍维修改造.xlsx"][0] == "skipped"
    assert "已由“教育局/校舍维修改造（修改）.xlsx”代替" in str(said["校舍维修改造.xlsx"][1])
    assert "另一年度：这张表是2020年度的" in str(said["2020年宣传培训经费.xlsx"][1])
    assert "只计一次" in str(said["宣传培训经费 副本.xlsx"][1])


def test_what_is_replaced_has_no_findings_and_does_not_decide_the_exit_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("教育局/校舍维修改造.xlsx", "教育局/校舍维修改造（修改）.xlsx")
    folder = put(tmp_path / "收文", {name: SENT[name] for name in names})
    assert any(result.has_errors for result in z.check(sorted(folder.rglob("*.xlsx"))))
    code, out, err = run(capsys, "check", folder)
    assert code == 0
    assert "共2个文件：已采用1、略过1，合计2；错误 0" in out
    assert "略过" in err
    assert "代替" in err


def test_files_that_are_named_are_checked_as_they_are(tmp_path: Path) -> None:
    folder = put(tmp_path / "收文", SENT)
    old = folder / "教育局/2020年宣传培训经费.xlsx"
    first, last = folder / "教育局/校舍维修改造.xlsx", folder / "教育局/校舍维修改造（修改）.xlsx"
    for named in ([old], [first], [first, last, old]):
        assert [result.status.label for result in z.check(named)] == ["已采用"] * len(named)


def test_what_a_merge_would_ask_is_noted_at_each_of_its_files(tmp_path: Path) -> None:
    folder = put(tmp_path / "收文", SENT)
    asked = {
        result.path.removeprefix(f"{folder}/"): result.notes for result in z.check(folder) if result.notes
    }
    assert asked.keys() == {"水利局.zip/河道治理.xlsx", "水利局/河道治理.xlsx"}
    for notes in asked.values():
        assert "“河道治理”汇总时待认定（同一项目两个版本）：与另一版不同" in notes[0]


def test_files_in_memory_are_named_ones_and_those_of_an_archive_a_batch() -> None:
    versions = {name: data for name, data in SENT.items() if "校舍" in name}
    assert [result.status.label for result in z.check(versions)] == ["已采用"] * 2
    inside = z.check({"教育局.zip": packed({Path(name).name: data for name, data in versions.items()})})
    assert [line["status"] for line in ledger_json(inside)] == ["archive", "skipped", "accepted"]
