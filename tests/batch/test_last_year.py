"""八、与上年相比: last year's 汇总表 beside this year's, by cases that an officer can check by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from batch.made import file, table
from batch.test_standing import of_scope
from zipingbiao.batch.records import Summary, record_of
from zipingbiao.batch.summary.as_json import summary_json
from zipingbiao.batch.summary.last_year import MOST, Compared, LostAgain, YearLine, read_last
from zipingbiao.batch.summary.statistics import statistics_of
from zipingbiao.batch.summary.table import Terms, summarise
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.errors import UsageError
from zipingbiao.result.file_result import FileResult
from zipingbiao.table.records import Scope

FULL = "产出指标 | 甲 | 90 | 按时 | 按时 | 90"
LOW = "产出指标 | 甲 | 60 | 按时 | 尚可 | 40 | 招标流标\n产出指标 | 乙 | 30 | 提高 | 提高 | 30"
LOWER = "产出指标 | 甲 | 60 | 按时 | 尚可 | 30 | 招标流标\n产出指标 | 乙 | 30 | 提高 | 一般 | 20 | 人员不足"


def written(place: Path, results: Iterable[FileResult], year: str) -> Path:
    """A 汇总表 of these files."""
    target = place / f"{year}.xlsx"
    write_summary(summarise(map(record_of, results), Terms(year=year)), str(target))
    return target


def this_year(last: Path, results: Iterable[FileResult], year: str = "2022") -> Summary:
    return summarise(map(record_of, results), Terms(year=year, last=read_last(last)))


def compared(last: Path, *results: FileResult) -> Compared:
    found = statistics_of(this_year(last, results)).last
    assert found is not None
    return found


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """2021: 打井 and 修路 of 100 each, one with 100 points and one with 75 (甲 lost 20, 执行 5)."""
    return written(
        tmp_path,
        [
            file("1.xlsx", table("打井", unit="水利站", lines=FULL)),
            file("2.xlsx", table("修路", unit="交通站", executed="50", lines=LOW)),
        ],
        "2021",
    )


def test_both_years_and_their_difference(last: Path) -> None:
    found = compared(
        last,
        file("1.xlsx", table("打井", unit="水利站", year="2022", budget="150", executed="150", lines=FULL)),
        file("2.xlsx", table("修路", unit="交通站", year="2022", lines=LOWER)),
        file("3.xlsx", table("植树", unit="林业站", year="2022", budget="50", executed="50", lines=FULL)),
    )
    before, this, change = found.years
    assert before == YearLine("2021年度", 2, Decimal(200), Decimal("0.75"), Decimal("87.5"), Decimal("0.5"))
    assert this == YearLine("2022年度", 3, Decimal(300), Decimal(1), Decimal("86.67"), Decimal("0.6667"))
    assert change == YearLine("增减", 1, Decimal(100), Decimal("0.25"), Decimal("-0.83"), Decimal("0.1667"))


def test_an_indicator_that_lost_points_in_both_years_is_named(last: Path) -> None:
    found = compared(last, file("2.xlsx", table("修路", unit="交通站", year="2022", lines=LOWER)))
    # 乙 had all points last year, the execution has all this year
    assert found.again == (LostAgain("修路", "教育局", Decimal(60), Decimal(40), Decimal(30), "甲"),)
    assert found.found == 1


def test_a_project_of_the_same_name_in_another_unit_is_another_one(last: Path) -> None:
    assert compared(last, file("2.xlsx", table("修路", unit="公路站", year="2022", lines=LOWER))).found == 0


def test_the_code_tells_a_project_whose_name_changed(tmp_path: Path) -> None:
    code = "14092525210000123456"
    last = written(tmp_path, [file("2.xlsx", table("修路", unit="交通站", code=code, lines=LOW))], "2021")
    renamed = table("农村公路养护", unit="交通站", code=code, year="2022", lines=LOWER)
    assert [each.name for each in compared(last, file("2.xlsx", renamed)).again] == ["农村公路养护"]


def test_nobody_can_tell_the_lines_of_two_projects_of_one_name(tmp_path: Path) -> None:
    units = ("交通站", "公路站")
    last = written(
        tmp_path, [file(f"{unit}.xlsx", table("修路", unit=unit, lines=LOW)) for unit in units], "2021"
    )
    found = compared(last, file("2.xlsx", table("修路", unit="交通站", year="2022", lines=LOWER)))
    assert (found.years[0].projects, found.found) == (2, 0)


def test_nor_those_of_a_project_and_a_transfer_of_one_name(tmp_path: Path) -> None:
    """The project had all points, the transfer of its name lost some: its lines are not taken for the project's."""
    transfer = of_scope(table("修路", unit="公路站", lines=LOW), Scope.TRANSFER)
    full = table("修路", unit="交通站", lines=LOW.replace("尚可 | 40", "按时 | 60"))
    last = written(tmp_path, [file("1.xlsx", full), file("2.xlsx", transfer)], "2021")
    assert compared(last, file("1.xlsx", table("修路", unit="交通站", year="2022", lines=LOWER))).found == 0


def test_a_long_list_shows_its_first_lines_and_how_many_more_there_are(tmp_path: Path) -> None:
    names = [f"修路{number}" for number in range(20)]
    last = written(
        tmp_path, [file(f"{name}.xlsx", table(name, unit=name, lines=LOW)) for name in names], "2021"
    )
    found = compared(
        last, *(file(f"{name}.xlsx", table(name, unit=name, year="2022", lines=LOWER)) for name in names)
    )
    assert (len(found.again), found.found) == (MOST, 20)


def test_the_sheet_and_json_say_the_same(last: Path, tmp_path: Path) -> None:
    summary = this_year(last, [file("2.xlsx", table("修路", unit="交通站", year="2022", lines=LOWER))])
    target = tmp_path / "2022.xlsx"
    write_summary(summary, str(target))
    rows = [
        [value for value in row if value is not None]
        for row in openpyxl.load_workbook(target)["统计"].iter_rows(values_only=True)
    ]
    at = rows.index(["八、与上年相比"])
    assert rows[at + 1] == ["年度", "项目数", "全年预算数", "执行率", "平均分", "优秀率"]
    assert rows[at + 2] == ["2021年度", 2, 200, 0.75, 87.5, 0.5]
    assert rows[at + 4] == ["增减", -1, -100, 0.25, -27.5, -0.5]
    assert rows[at + 6 :][:3] == [
        ["同一指标连续两年失分：1项"],
        ["项目名称", "主管部门", "分值", "上年得分", "本年得分", "指标"],
        ["修路", "教育局", 60, 40, 30, "甲"],
    ]
    told = summary_json(summary)["summary"]["statistics"]["last"]
    assert told["years"][2] == {
        "label": "增减", "projects": -1, "budget": "-100", "rate": "0.25", "mean": "-27.5", "best": "-0.5",
    }  # fmt: skip
    assert (told["found"], told["again"][0]["indicator"]) == (1, "甲")


def test_a_summary_of_the_same_year_is_not_compared_and_said_so(last: Path) -> None:
    summary = this_year(last, [file("1.xlsx", table("打井", unit="水利站", lines=FULL))], "2021")
    assert statistics_of(summary).last is None
    assert summary.complaints == (
        "请在 --last 后给上年的汇总表：现在给的是2021年度的，这次汇总的是2021年度，没有比较",
    )


def _rename(sheet: Worksheet) -> None:
    sheet["C3"] = "名称"


@pytest.mark.parametrize(
    "change",
    [_rename, lambda sheet: sheet.delete_rows(4, 50), lambda sheet: sheet.parent.remove(sheet)],
    ids=["a heading renamed", "no row left", "the sheet gone"],
)
def test_a_summary_that_a_person_took_apart_is_refused(
    last: Path, change: Callable[[Worksheet], None]
) -> None:
    book = openpyxl.load_workbook(last)
    change(book["汇总表（上报）"])
    book.save(last)
    with pytest.raises(UsageError, match=r"看不出年度和合计，不能与上年比较"):
        read_last(last)


def test_anything_else_is_refused_with_the_remedy(tmp_path: Path) -> None:
    other = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(other) as book:
        book.add_worksheet().write(0, 0, "自评表")
    with pytest.raises(
        UsageError, match="不是本软件生成的汇总表，不能与上年比较；请给上年的汇总表，没有的先用"
    ):
        read_last(other)
