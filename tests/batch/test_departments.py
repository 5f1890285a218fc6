"""Departments of a summary: one spelling each, a missing one told by its folder, in an order people know."""

from __future__ import annotations

import io

import openpyxl
import pytest

from batch.made import file, summarise, table
from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.rows import NO_DEPARTMENT

SPELLINGS = ("云岭县教育局", "县教育局", "教 育局", "教育局", "云岭县教育局（本级）")


def departments(summary: Summary) -> list[tuple[str, int]]:
    return [(part.total.label, part.total.counted) for part in summary.main.departments]


def of(path: str, department: str) -> FileResult:
    return file(path, table(path, department=department, unit=path, year="2025"))


def test_five_spellings_are_one_department_and_listed() -> None:
    batch = [of(f"{place}.xlsx", name) for place, name in enumerate(SPELLINGS)]
    summary = summarise(batch)
    assert departments(summary) == [("云岭县教育局", 5)]
    assert {fold.spelling: (fold.adopted, fold.why, fold.files) for fold in summary.folds} == {
        "云岭县教育局（本级）": ("云岭县教育局", "本级或编号不另列", 1),
        "县教育局": ("云岭县教育局", "“县”即“云岭县”", 1),
        "教 育局": ("云岭县教育局", "名称中有空格；省略了“云岭县”", 1),
        "教育局": ("云岭县教育局", "省略了“云岭县”", 1),
    }
    stream = io.BytesIO()
    write_summary(summary, stream)
    sheet = openpyxl.load_workbook(stream)["名称归并"]
    assert [cell.value for cell in sheet[1]] == ["原名称", "归并为", "依据", "文件数"]
    assert sheet.max_row == 5


def test_without_folds_there_is_no_such_sheet() -> None:
    stream = io.BytesIO()
    write_summary(summarise([of("甲.xlsx", "教育局")]), stream)
    assert "名称归并" not in openpyxl.load_workbook(stream).sheetnames


def test_near_misses_stay_apart() -> None:
    names = ("教育局", "教育局信息中心", "云岭县城关镇人民政府", "石泉镇人民政府")
    summary = summarise(of(f"{name}.xlsx", name) for name in names)
    assert departments(summary) == [(name, 1) for name in names]
    assert summary.folds == ()


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("01教育局/一小/表.xlsx", "云岭县教育局"),  # the folder of a department that others name
        ("第一批0115/教育局/表.xlsx", "云岭县教育局"),
        ("教育局.zip/表.xlsx", "云岭县教育局"),
        ("2025年度/3、县教育局/佐证材料/表.xlsx", "云岭县教育局"),
        ("07林业局/表.xlsx", "林业局"),
        ("表.xlsx", NO_DEPARTMENT),
        ("第二批/扫描件/表.xlsx", NO_DEPARTMENT),
    ],
)
def test_a_blank_department_is_that_of_the_folder_and_marked(path: str, label: str) -> None:
    summary = summarise([of("水利局/甲.xlsx", "云岭县教育局"), file(path, table("无主", department="", unit="某站", year="2025"))])  # fmt: skip
    row = next(row for row in summary.projects() if row.name == "无主")
    assert row.department == label
    assert ("主管部门未填，按文件夹" in row.remark) is (label != NO_DEPARTMENT)
    assert [fold.adopted for fold in summary.folds if fold.spelling == "（未填）"] == [label] * (
        label != NO_DEPARTMENT
    )


def test_departments_stand_by_the_number_of_their_folder_then_as_they_come() -> None:
    paths = {
        "10卫生局": "卫生局",
        "02水利局": "水利局",
        "中共县委": "县委",
        "9.财政局": "财政局",
        "审计局": "审计局",
        "1-教育局": "教育局",
    }
    summary = summarise(of(f"{folder}/甲.xlsx", name) for folder, name in paths.items())
    assert [name for name, _ in departments(summary)] == [
        "教育局",
        "水利局",
        "财政局",
        "卫生局",
        "县委",
        "审计局",
    ]


def test_inside_a_department_a_unit_keeps_together_and_codes_ascend() -> None:
    given = [("二小", "203"), ("一小", "101"), ("二小", "202"), ("一小", "105"), ("三小", "")]
    summary = summarise(
        file(f"{place}.xlsx", table(f"项目{place}", unit=unit, code=code, year="2025"))
        for place, (unit, code) in enumerate(given)
    )
    assert [(row.unit, row.code) for row in summary.projects()] == [
        ("一小", "101"), ("一小", "105"), ("二小", "202"), ("二小", "203"), ("三小", ""),
    ]  # fmt: skip
