"""The page in a browser without a network says and saves what the command line does."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

import zipingbiao as z
from support import browser
from support.browser import Screen
from zipingbiao.deliver.page import page as build
from zipingbiao.template.examples import examples

pytestmark = pytest.mark.browser

FILES = sorted(examples().glob("[0-9]*.xlsx"))
TOTALS = dict(zip((file.name for file in FILES), ("89.5", "93.08", "94.23", "100", "96.75"), strict=True))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = browser.pyodide()
    assert package is not None
    return build(tmp_path_factory.mktemp("page") / "评分页.html", pyodide=package).file


@pytest.fixture(scope="module")
def opened(built: Path) -> Iterator[Screen]:
    """One browser for all tests: each works with files of its own."""
    with browser.screen() as screen:
        screen.open(built)
        yield screen
        assert screen.outside == []
        assert screen.errors == []


def cells(file: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(file)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_five_projects_score_as_in_the_reports(opened: Screen) -> None:
    opened.drop(*FILES)
    for name, total in TOTALS.items():
        opened.choose(name)
        assert f"核算总分 {total}　" in opened.text("#result .total")
    assert opened.self_check().startswith("5个样表全部一致：89.5　93.08　94.23　100　96.75")


def test_a_scored_workbook_is_the_one_that_the_command_writes(opened: Screen, tmp_path: Path) -> None:
    file = Path(shutil.copyfile(FILES[4], tmp_path / FILES[4].name))
    opened.drop(file)
    opened.choose(file.name)
    saved = opened.saved("下载评分后的工作簿", tmp_path)
    assert saved.name == f"{file.stem}（已评分）.xlsx"
    expected, _press = z.score(file.read_bytes(), name=file.name)
    with zipfile.ZipFile(saved) as own, zipfile.ZipFile(tmp_path / file.name) as before:
        assert own.namelist() == before.namelist()
    (tmp_path / "命令.xlsx").write_bytes(expected)
    journal = "变更记录"  # the moment of the press stands there
    assert {k: v for k, v in cells(saved).items() if k != journal} == {
        k: v for k, v in cells(tmp_path / "命令.xlsx").items() if k != journal
    }


def test_a_summary_is_the_one_that_the_command_writes(opened: Screen, tmp_path: Path) -> None:
    opened.drop(*FILES)
    saved = opened.saved("生成汇总表", tmp_path)
    data, _merged = z.merge({file.name: file.read_bytes() for file in FILES})
    assert data is not None
    (tmp_path / "命令.xlsx").write_bytes(data)
    own, expected = cells(saved), cells(tmp_path / "命令.xlsx")
    assert own.keys() == expected.keys()
    assert own == expected


def test_a_text_with_a_wrong_name_gets_one_sentence(opened: Screen, tmp_path: Path) -> None:
    file = tmp_path / "不是表格.xlsx"
    file.write_text("项目支出绩效自评表", "utf-8")
    opened.drop(file)
    opened.choose(file.name)
    assert opened.text("#result").count("。") == 1
    assert "核算总分" not in opened.text("#result")


def test_what_a_cell_says_is_never_run(opened: Screen, tmp_path: Path) -> None:
    evil = "<img src=x onerror=document.title='坏'>"
    file = tmp_path / "注入.xlsx"
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet(evil[:20].replace("/", ""))
    sheet.write_row(0, 0, ["项目名称", evil])
    sheet.write_row(
        2, 0, ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
    )
    sheet.write_row(3, 0, ["产出指标", "数量指标", evil, "≥10", "9", 100, 90, evil])
    book.close()
    opened.drop(file)
    opened.choose(file.name)
    assert evil in opened.text("#result")
    assert opened.page.locator("#result img").count() == 0
    assert opened.page.title() == "项目支出绩效自评 · 评分页"


def test_a_corrected_file_is_compared_with_the_one_before(opened: Screen, tmp_path: Path) -> None:
    file = Path(shutil.copyfile(FILES[1], tmp_path / "改一改.xlsx"))
    opened.drop(file)
    book = openpyxl.load_workbook(file)
    (sheet,) = (each for each in book if each.title.startswith("001"))
    (row,) = (row for row in sheet.iter_rows() if any(cell.value == "85%" for cell in row))
    next(cell for cell in row if cell.value == "85%").value = "95%"
    book.save(file)
    opened.drop(file)
    opened.choose(file.name)
    assert opened.text("#result .compared").startswith("上次93.08，本次")
    assert opened.text("#result .compared").endswith("改动1处")


@pytest.mark.parametrize("label", ["全国通用表", "山西附件1", "免宏版"])
def test_blank_templates_come_with_the_page(opened: Screen, tmp_path: Path, label: str) -> None:
    saved = opened.saved(label, tmp_path)
    assert z.read(saved).names
    opened.drop(saved)
    assert opened.state(saved.name).startswith("未填写")
