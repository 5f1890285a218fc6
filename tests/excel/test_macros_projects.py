"""新增项目 and 汇总文件夹: sheets and workbooks beside the one in front."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support.drawn_county.build import county
from support.headless.desk import Desk, contents
from support.headless.foreign import FIRST, foreign
from support.sent import put, rows, workbook
from zipingbiao.book.marks import CODE_LABEL
from zipingbiao.excel import merging
from zipingbiao.excel.talk import Report
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.table.ours import FIRST_ROW, SHEET_LABEL, Sheet
from zipingbiao.table.records import Role

ROOT = Path(__file__).parents[2] / "workbooks"
SHANXI = ROOT / "examples" / "000-创建党建先进县项目.xlsx"
FIVE = ROOT / "examples" / "五个项目.xlsx"
SAME_YEAR = ROOT / "examples" / "002-信息化建设经费项目.xlsx"
NATIONAL = ROOT / "examples" / "003-政务服务平台运维服务费.xlsx"


@pytest.mark.parametrize("path", [SHANXI, NATIONAL], ids=["shanxi", "national"])
def test_a_new_project_is_a_blank_copy(desk: Desk, path: Path) -> None:
    book = desk.excel.open(path)
    book.active = source = book.sheet(path.name[:3])
    desk.press("score")
    before = contents(book)
    desk.press("add_project")
    made = book.sheet("项目1")
    assert book.sheets.index(made) == book.sheets.index(source) + 1
    assert contents(book, "项目1") == before
    formulas = {place: held.formula for place, held in source.contents().items() if held.formula}
    assert {place: held.formula for place, held in made.contents().items() if held.formula} == formulas
    typed = {held.value for held in made.contents().values() if held.formula is None and held.format == "@"}
    assert typed <= levels(desk) | {"", None, "预算执行率", "100%", *kept_head(desk)}
    shown = [held.value for held in made.contents().values()]
    assert shown[shown.index(SHEET_LABEL) + 1] == "项目1"
    assert CODE_LABEL in shown
    assert path.stem[4:] not in shown


def levels(desk: Desk) -> set[object]:
    """The words of the level columns, which a new project keeps."""
    (evaluation, *_) = evaluate(desk.read()).evaluations
    roles = (Role.LEVEL1, Role.LEVEL2)
    return {row.indicator.text(role) for row in evaluation.rows for role in roles}


def kept_head(desk: Desk) -> set[str]:
    """What the unit says of itself."""
    project = evaluate(desk.read()).evaluations[0].table.project
    return {project.department, project.unit}


def test_a_new_project_can_be_filled_and_scored(desk: Desk) -> None:
    book = desk.excel.open(SHANXI)
    source = book.sheet("000")
    book.active = source
    desk.press("add_project")
    made = book.sheet("项目1")
    made.put(
        (place, held)
        for place, held in source.contents().items()
        if held.formula is None and held.value is not None and held.value != "000"
    )
    made.type("E3", "另一个项目")
    desk.press("score")
    first, second = evaluate(desk.read()).evaluations
    assert second.table.sheet == "项目1"
    assert second.table.project.name == "另一个项目"
    assert second.adopted_total == first.adopted_total
    assert second.adopted_total is not None


def test_a_foreign_sheet_becomes_a_blank_copy_too(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    desk.press("add_project")
    made = book.sheet("项目1")
    assert made[f"C{FIRST}"].value is None
    assert made[f"A{FIRST}"].value == "产出指标"
    assert made["D5"].value is None
    assert made["H5"].formula == "F5/E5"


def test_a_new_project_needs_a_project_in_front(desk: Desk) -> None:
    book = desk.excel.open(SHANXI)
    book.active = book.sheet(Sheet.GUIDE)
    assert "请先切换到一张项目表" in desk.refused("add_project")


@pytest.mark.parametrize("what", ["fixed", "protected"])
def test_no_half_new_project(desk: Desk, what: str) -> None:
    book = desk.excel.open(foreign())
    book.fixed, book.sheet("表1").protected = what == "fixed", what == "protected"
    before = contents(book)
    desk.refused("add_project")
    assert contents(book) == before


def test_a_folder_is_merged_and_its_summary_opens(desk: Desk, tmp_path: Path) -> None:
    for path in (SHANXI, SAME_YEAR):
        shutil.copy(path, tmp_path)
    desk.excel.open(foreign())
    desk.folder = tmp_path
    report = merged(desk)
    assert desk.excel.app.open_books[-1].name == "汇总表.xlsx"
    assert (tmp_path / "汇总表.xlsx").exists()
    assert report.title.startswith("2 个项目，")


def test_a_folder_merged_in_excel_is_the_workbook_that_the_command_writes(desk: Desk, tmp_path: Path) -> None:
    """Sheet by sheet and cell by cell; and once more beside what is there."""
    sent = county(7, 40).files
    here, there = (put(tmp_path / name / "收文", sent) for name in ("一", "二"))
    desk.excel.open(foreign())
    desk.folder = here
    for again in (False, True):
        merged(desk)
        out = there / "汇总表.xlsx"
        z.merge(there, out, workers=1, update=out if again else None)
        in_excel = cells(here / "汇总表.xlsx")
        assert in_excel == cells(out)
        assert next(iter(in_excel)) == "汇总表（上报）"
        desk.excel.app.open_books.pop()  # it is closed again


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What stands in each cell of each sheet, how it looks, and where its link leads."""
    return {
        sheet.title: [
            (cell.coordinate, cell.value, cell.number_format, cell.font.b, cell.hyperlink and cell.hyperlink.target)
            for row in sheet.iter_rows()
            for cell in row
        ]
        for sheet in openpyxl.load_workbook(path).worksheets
    }  # fmt: skip


def test_the_summary_of_a_workbook_has_the_figures_of_the_command(desk: Desk, tmp_path: Path) -> None:
    """汇总本簿 is 汇总表（上报） in small: the same cells below the same headings.

    自评等级 is in the word that the form prints, 备注 is for the unit itself, and there are no departments.
    """
    z.merge(FIVE, tmp_path / "汇总表.xlsx", workers=1)
    paper = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["汇总表（上报）"]
    heads = [str(cell.value).replace("\n", "") for cell in paper[3]]
    book = desk.excel.open(FIVE)
    desk.press("merge_book")
    own = book.sheet(Sheet.SUMMARY)
    same = [heading for heading in HEADINGS[Sheet.SUMMARY] if heading not in {"序号", "自评等级", "备注"}]
    places = {heading: HEADINGS[Sheet.SUMMARY].index(heading) + 1 for heading in same}
    shown = [[own.at(row, places[heading]).value or None for heading in same] for row in range(FIRST_ROW, FIRST_ROW + 6)]  # fmt: skip
    printed = [
        [row[heads.index(heading)] for heading in same]
        for row in paper.iter_rows(4, values_only=True)
        if isinstance(row[0], int) or str(row[2]).startswith("合计")
    ]
    assert len(printed) == 6
    assert sorted(shown, key=str) == sorted(printed, key=str)


def merged(desk: Desk) -> Report:
    """Press the button, then look again until the folder is done, as Excel does every second."""
    report = desk.press("merge_folder")
    for _ in range(600):
        assert report is not None
        if not report.goes_on:
            return report
        assert report.title.startswith("绩效自评：正在汇总“")
        time.sleep(0.1)
        report = desk.press("merged_folder")
    raise AssertionError("the folder is never done")


def test_excel_stays_free_and_the_folder_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    shutil.copy(SHANXI, tmp_path)
    book = desk.excel.open(foreign())
    desk.folder = tmp_path
    begun = desk.press("merge_folder")
    assert begun is not None
    assert begun.goes_on
    at_work = merging.current()
    assert at_work is not None
    assert desk.press("check") is not None
    assert book.sheet(Sheet.FINDINGS) is not None
    going_on = desk.press("merge_folder")
    assert going_on is not None
    assert going_on.goes_on
    desk.agrees = True
    stopped = desk.press("merge_folder")
    assert stopped is not None
    assert stopped.title == "已停止汇总，没有写入汇总表。"
    assert not at_work.is_running
    assert not at_work.told.exists()
    assert merging.current() is None
    nothing = desk.press("merged_folder")
    assert nothing is not None
    assert (nothing.title, nothing.in_passing) == ("", True)


def test_a_folder_without_a_table_is_told_and_nothing_opens(desk: Desk, tmp_path: Path) -> None:
    desk.excel.open(foreign())
    desk.folder = tmp_path
    report = merged(desk)
    assert report.title == "没有可以汇总的自评表，没有写入汇总表。"
    assert len(desk.excel.app.open_books) == 1


def test_a_process_that_dies_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.excel.open(foreign())
    desk.folder = tmp_path
    desk.press("merge_folder")
    at_work = merging.current()
    assert at_work is not None
    at_work.process.kill()
    at_work.process.wait()
    at_work.told.write_text("", "utf-8")
    assert "汇总中途停止了" in desk.refused("merged_folder")


def test_what_was_decided_in_the_summary_of_a_folder_counts(desk: Desk, tmp_path: Path) -> None:
    for name, executed in (("a.xlsx", "90"), ("b.xlsx", "80")):
        (tmp_path / name).write_bytes(workbook(rows(executed=executed)))
    out = tmp_path / "汇总表.xlsx"
    z.merge(tmp_path, out, workers=1)
    summary = openpyxl.load_workbook(out)
    summary["待认定"]["K4"] = "采用"
    summary.save(out)
    desk.excel.open(foreign())
    desk.folder = tmp_path
    report = merged(desk)
    assert report.title.startswith("1 个项目，")
    assert out.with_name("汇总表.xlsx.bak").exists()


def test_no_folder_chosen_is_one_sentence(desk: Desk) -> None:
    desk.excel.open(foreign())
    assert desk.refused("merge_folder") == "没有选择文件夹，没有汇总。"


def test_a_summary_that_is_open_already_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "别处"
    other.mkdir()
    shutil.copy(SHANXI, other / "汇总表.xlsx")
    shutil.copy(SHANXI, tmp_path)
    desk.excel.open(other / "汇总表.xlsx")
    desk.folder = tmp_path
    desk.press("merge_folder")
    at_work = merging.current()
    assert at_work is not None
    at_work.process.wait()
    assert "汇总表.xlsx" in desk.refused("merged_folder")
