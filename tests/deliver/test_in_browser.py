"""The page in a browser without a network says and saves what the command line does."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

import zipingbiao as z
from support import browser, bureau
from support.browser import Screen
from zipingbiao.deliver.page import built as built_page
from zipingbiao.deliver.page import page as build
from zipingbiao.deliver.page import read_pyodide
from zipingbiao.deliver.screen import answer
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import Status
from zipingbiao.template.examples import examples

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser

FILES = sorted(examples().glob("[0-9]*.xlsx"))
TOTALS = dict(zip((file.name for file in FILES), ("89.5", "93.08", "94.23", "100", "96.75"), strict=True))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = browser.pyodide()
    assert package is not None
    return build(tmp_path_factory.mktemp("page") / "评分页.html", pyodide=package).file


@pytest.fixture(scope="module")
def window(built: Path) -> Iterator[Screen]:
    """One browser for all tests."""
    with browser.screen() as screen:
        screen.open(built)
        yield screen
        assert screen.outside == []
        assert screen.errors == []


@pytest.fixture
def opened(window: Screen) -> Screen:
    """The page without a file."""
    window.clear()
    return window


def cells(file: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(file)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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
    (moment,) = {str(row[0]) for row in cells(saved)["变更记录"] if "评分" in row}
    expected, _press = z.score(file.read_bytes(), name=file.name, when=dt.datetime.fromisoformat(moment))
    assert parts(saved.read_bytes()) == parts(expected)


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


def given_files() -> list[Path]:
    """Everything that the tests and workbooks hold, but for programs."""
    places = (ROOT / "tests" / "data", ROOT / "workbooks")
    return [
        path
        for place in places
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.suffix != ".py"
    ]


def _as_told(finding: dict[str, str]) -> str:
    """The message in one piece; where it tells no remedy, what should stand there takes its place."""
    return finding["what"] + ("" if finding["remedy"].startswith("应为") else finding["remedy"])


def test_what_is_said_of_a_file_is_what_the_command_says(opened: Screen, tmp_path: Path) -> None:
    files = given_files() if os.environ.get("ZPB_LONG") else given_files()[::2]
    kinds = {}
    for number, file in enumerate(files):  # one name each, as in one folder
        name = f"{number:03}-{file.name}"
        kinds[name] = Path(shutil.copyfile(file, tmp_path / name))
    opened.drop(*kinds.values())
    shown = opened.answers()
    for name, path in kinds.items():
        data = path.read_bytes()
        expected = json.loads(answer("examined", json.dumps([name]), [data])[0])
        assert shown[name] == expected, name
        result = examine(path)
        if result.status is Status.ARCHIVE:  # a page opens none
            assert shown[name]["state"] == "打不开：这是压缩包，请先解压，再把里面的自评表放进来。"
            continue
        filled = [
            findings
            for one, findings in zip(result.evaluations, result.checks, strict=True)
            if not one.table.is_blank
        ]
        assert [len(project["findings"]) for project in expected["projects"]] == [
            len(each) for each in filled
        ]
        messages = sorted(finding.message for findings in filled for finding in findings)
        told = (each for project in expected["projects"] for each in project["findings"])
        assert sorted(map(len, messages)) == sorted(len(_as_told(each)) for each in told), name
        word = "打不开" if result.status is Status.REJECTED else result.status.label
        assert result.status is Status.ACCEPTED or shown[name]["state"].startswith(word)


def test_a_file_that_takes_too_long_costs_one_sentence(opened: Screen, tmp_path: Path) -> None:
    package = browser.pyodide()
    assert package is not None
    page = tmp_path / "评分页.html"
    page.write_bytes(built_page(read_pyodide(package), file_seconds=3))
    long = tmp_path / "很长.xlsx"
    book = xlsxwriter.Workbook(long)
    for number in range(60):
        sheet = book.add_worksheet(f"表{number}")
        sheet.write_row(0, 0, ["项目名称", f"项目{number}"])
        sheet.write_row(
            2, 0, ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
        )
        for row in range(3, 1203):
            sheet.write_row(row, 0, ["产出指标", "数量指标", f"数量{row}", "≥10个", "9个", 10, 9])
    book.close()
    screen = opened.another()
    screen.open(page)
    screen.drop(long, FILES[1])
    assert screen.state(long.name) == "处理超过3秒，已停止；请检查文件是否异常庞大，或重新获取原文件。"
    screen.choose(FILES[1].name)
    assert "核算总分 93.08　" in screen.text("#result .total")


def test_files_of_the_same_name_from_different_folders(opened: Screen, tmp_path: Path) -> None:
    for number, folder in enumerate(("甲", "乙")):
        (tmp_path / folder).mkdir()
        shutil.copyfile(FILES[number], tmp_path / folder / "同名.xlsx")
    opened.page.set_input_files("#files", [])
    opened.drop(tmp_path / "甲" / "同名.xlsx")
    opened.page.set_input_files("#files", [str(tmp_path / "乙" / "同名.xlsx")])
    opened.choose("同名（2）.xlsx")
    assert "核算总分 93.08　" in opened.text("#result .total")
    opened.choose("同名.xlsx")
    assert "核算总分 89.5　" in opened.text("#result .total")


def test_the_sign_off_is_what_is_printed(opened: Screen, tmp_path: Path) -> None:
    opened.drop(FILES[0])
    opened.choose(FILES[0].name)
    opened.page.evaluate("window.print = () => {}")
    opened.page.get_by_role("button", name="打印送签单").click()
    opened.page.pdf(path=tmp_path / "送签单.pdf", format="A4")
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    said = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "送签单.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert said.count("\f") == 1
    for word in ("项目支出绩效自评送签单", "创建党建先进县项目", "89.5分", "单位负责人意见"):
        assert word in said
    for word in ("第二步", "放入文件", "必须修改"):
        assert word not in said
    assert opened.page.locator("#result .total").is_visible()


def test_by_keyboard_alone(opened: Screen) -> None:
    five = examples() / "五个项目.xlsx"
    opened.drop(five)
    opened.page.locator("#list .name", has_text=five.name).press("Enter")
    assert opened.page.evaluate("document.activeElement.textContent") == five.name
    opened.page.get_by_role("tab", selected=True).press("ArrowRight")
    assert opened.page.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"
    assert "核算总分 93.08　" in opened.text("#result .total")
    opened.page.locator("#result td .link").first.press("Enter")
    assert "9.93" in opened.text("#result .sum")


def test_a_large_workbook_offers_a_list(opened: Screen, tmp_path: Path) -> None:
    file = tmp_path / "七个.xlsx"
    book = xlsxwriter.Workbook(file)
    for number in range(7):
        sheet = book.add_worksheet(f"表{number}")
        sheet.write_row(0, 0, ["项目名称", f"项目{number}"])
        sheet.write_row(
            2, 0, ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
        )
        sheet.write_row(3, 0, ["产出指标", "数量指标", "数量", "≥10个", f"{number}个", 100, number * 10])
    book.close()
    opened.drop(file)
    assert opened.count(file.name) == "7个项目"
    opened.choose(file.name)
    opened.page.get_by_label("项目", exact=True).select_option(label="项目6")
    assert "核算总分 60　" in opened.text("#result .total")


def test_what_is_wrong_comes_as_a_workbook(opened: Screen, tmp_path: Path) -> None:
    opened.drop(FILES[2])
    opened.choose(FILES[2].name)
    saved = opened.saved("下载校验结果", tmp_path)
    head, *rows = cells(saved)["问题清单"]
    assert [row[head.index("级别")] for row in rows][:2] == ["必须改", "必须改"]
    assert {row[head.index("项目名称")] for row in rows} == {"信息化建设经费项目"}


def test_a_bureaus_page_gives_a_unit_its_tables(opened: Screen, tmp_path: Path) -> None:
    package = browser.pyodide()
    assert package is not None
    own = build(
        tmp_path / "云岭县.html",
        pyodide=package,
        profile=str(bureau.rules(tmp_path)),
        register=bureau.register(tmp_path),
        targets=bureau.targets(tmp_path),
    )
    screen = opened.another()
    screen.open(own.file)
    assert screen.text("#rules") == "2025年度 · 云岭县版 · 规则：云岭县规则 2026-01-08"
    screen.page.get_by_label("本单位", exact=False).first.wait_for()
    screen.page.select_option("#unit", "云岭县水利局")
    assert screen.text("#unit-projects") == "东片区维护"
    saved = screen.saved("下载本单位自评表", tmp_path)
    assert z.read(saved).names
    screen.drop(bureau.handed_in(tmp_path / "表.xlsx"))
    scored = screen.saved("下载评分后的工作簿", tmp_path)
    assert "预审：云岭县规则 2026-01-08，错误0" in screen.text("#saved")
    assert any(name.startswith("zp_prechecked_") for name in z.read(scored).names)
    assert screen.outside == []
    assert screen.errors == []


def test_without_script_an_old_browser_says_what_to_do(opened: Screen, built: Path) -> None:
    context = opened.page.context.browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(built.as_uri())
    assert "极速模式" in page.locator("#old").inner_text()
    assert page.locator("#old").is_visible()
    assert not page.locator("main").is_visible()


@pytest.mark.parametrize("label", ["全国通用表", "山西附件1", "免宏版"])
def test_blank_templates_come_with_the_page(opened: Screen, tmp_path: Path, label: str) -> None:
    saved = opened.saved(label, tmp_path)
    assert z.read(saved).names
    opened.drop(saved)
    assert opened.state(saved.name).startswith("未填写")
