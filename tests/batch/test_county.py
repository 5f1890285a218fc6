"""A whole county, drawn from a seed: ledger, sums, questions and what is missing are those of its truth.

The truth is known by whoever planted the files, and calculated without the product: see ``support/drawn_county``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import zipingbiao as z
from support.budget import LONG, SEED, drawn
from support.drawn_county import kinds, layouts
from support.drawn_county.build import County, county
from support.drawn_county.compare import beside_register, differences, findings
from support.drawn_county.truth import Truth
from support.sent import put, rows, workbook
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.summary.as_json import summary_json
from zipingbiao.result.json import as_json, ledger_json

SIZE = 300
SEEDS = (1, 2, 3, 4, 5, 1000 + SEED) if LONG else (1,)
"""In the long run five that are the same each time, and a further one."""


@drawn
@pytest.mark.parametrize("seed", SEEDS)
def test_a_county_is_consolidated_as_it_is(tmp_path: Path, seed: int) -> None:
    sent = county(seed, SIZE)
    root = put(tmp_path / "收文", sent.files)
    merged = z.merge(root, tmp_path / "汇总表.xlsx", details=True, workers=2)
    told = _told(merged)
    assert list(differences(sent.truth, told, str(root))) == []
    assert list(findings(sent.truth, told, str(root))) == []
    assert not any(record.faults for record in merged.records)
    z.merge(root, tmp_path / "一.xlsx", details=True, workers=1, cache=False)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "汇总表.xlsx").read_bytes()


@drawn
@pytest.mark.parametrize("seed", SEEDS)
def test_a_county_beside_its_register(tmp_path: Path, seed: int) -> None:
    sent = county(seed, SIZE)
    root = put(tmp_path / "收文", sent.files)
    truth, told = sent.truth.beside_register(), _beside_register(sent, root, workers=2)
    assert list(differences(truth, told, str(root))) == []
    assert list(findings(truth, told, str(root))) == []
    assert list(beside_register(truth, told, [project.code for project in sent.projects])) == []


@drawn
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_decided_brings_just_that(tmp_path: Path, seed: int) -> None:
    """认定 typed into 待认定 changes the sums by the decided lines; what is left open stays a question."""
    sent = county(seed, SIZE // 3)
    root, out = put(tmp_path / "收文", sent.files), tmp_path / "汇总表.xlsx"
    z.merge(root, out, details=True, workers=1)
    last = sent.truth.asked[-1]
    _decide(out, replace(sent.truth, asked=sent.truth.asked[:-1]))
    told = _told(z.merge(root, tmp_path / "二.xlsx", details=True, workers=1, update=out))
    truth = replace(replace(sent.truth, asked=sent.truth.asked[:-1]).decided(), asked=[last])
    assert list(differences(truth, told, str(root))) == []


def test_the_comparison_sees_what_is_wrong(tmp_path: Path) -> None:
    sent = county(7, 60)
    root = put(tmp_path / "收文", sent.files)
    (root / next(file for file in sorted(sent.truth.sound) if file in sent.files)).unlink()
    seen = list(
        differences(
            sent.truth, _told(z.merge(root, tmp_path / "汇总表.xlsx", details=True, workers=1)), str(root)
        )
    )
    assert {line.split()[0] for line in seen} == {"ledger", "sums"}


def test_a_seed_gives_the_same_county() -> None:
    one, other = county(3, 60), county(3, 60)
    assert (one.truth.entries, one.files.keys()) == (other.truth.entries, other.files.keys())
    assert county(4, 60).truth.entries != one.truth.entries


def _told(merged: MergeResult) -> Mapping[str, Any]:
    """The documented object, as ``zpb merge --json`` prints it."""
    results = tuple(merged.results)
    return {**as_json(results), **summary_json(merged.summary), "ledger": list(ledger_json(results))}


def _beside_register(sent: County, root: Path, workers: int) -> Mapping[str, Any]:
    listed = root.parent / "名单.xlsx"
    listed.write_bytes(sent.register)
    return _told(z.merge(root, root.parent / "汇总表.xlsx", details=True, workers=workers, register=listed))


def _decide(path: Path, truth: Truth) -> None:
    """Type the answers into 待认定, as a person does."""
    book = openpyxl.load_workbook(path)
    sheet = book["待认定"]
    columns = {str(cell.value): number for number, cell in enumerate(sheet[3], 1)}
    answers = {file: word for asked in truth.asked for file, word in asked.answers.items() if word}
    for row in range(4, sheet.max_row + 1):
        word = answers.pop(str(sheet.cell(row, columns["文件"]).value), None)
        if word is not None:
            sheet.cell(row, columns["认定"], word)
            sheet.cell(row, columns["认定人"], "王某")
    assert not answers
    book.save(path)


# --- what counties have shown, in its smallest form ------------------------------------------------

OWN, LISTED = "1409252300380636095", "1409252100417597120"


def _beside(folder: Path, files: Mapping[str, bytes], *listed: tuple[str, str, str]) -> Mapping[str, Any]:
    """The object of a merge beside a list of (code, name, department)."""
    sheet = [["项目编码", "项目名称", "主管部门"], *map(list, listed)]
    (folder / "名单.xlsx").write_bytes(workbook(sheet))
    root = put(folder / "收文", files)
    return _told(
        z.merge(root, folder / "汇总表.xlsx", details=True, workers=1, register=folder / "名单.xlsx")
    )


@pytest.mark.parametrize(
    ("name", "department"), [("办公设备购置", "统计局"), ("集镇排水运行维护", "交通运输局")]
)
def test_two_whole_codes_are_two_projects(tmp_path: Path, name: str, department: str) -> None:
    """The name that every office uses, or a common ending, makes no project of another code a near one."""
    mine = "办公设备购置" if department == "统计局" else "污水管网运行维护"
    files = {"交通运输局/表.xlsx": workbook(rows(mine, department="交通运输局", code=OWN))}
    summary = _beside(tmp_path, files, (LISTED, name, department))["summary"]
    assert (summary["counted"], summary["undecided"]["items"]) == (1, [])
    assert [each["code"] for each in summary["unlisted"]] == [OWN]
    assert [each["trace"] for each in summary["missing"]] == ["未收到文件"]


def test_a_mistyped_code_is_near(tmp_path: Path) -> None:
    files = {"统计局/表.xlsx": workbook(rows("办公设备购置", department="统计局", code=OWN))}
    summary = _beside(tmp_path, files, (LISTED, "办公设备购置", "统计局"))["summary"]
    assert [item["why"] for item in summary["undecided"]["items"]] == ["与名单名称相近"]


def test_a_blank_form_is_of_the_department_whose_folder_it_lies_in(tmp_path: Path) -> None:
    files = {
        "统计局/办公设备购置.xlsx": kinds.xlsx(layouts.blank("办公设备购置")),
        "教育局/表.xlsx": workbook(rows()),
    }
    listed = [(LISTED, "办公设备购置", "统计局"), (OWN, "办公设备购置", "总工会")]
    summary = _beside(tmp_path, files, *listed)["summary"]
    assert {each["department"]: each["trace"] for each in summary["missing"]} == {
        "统计局": "空表",
        "总工会": "未收到文件",
    }
