"""What 评分 wrote into somebody else's table is known after project or indicator got another name.

What somebody typed never is, be it the very value that we wrote elsewhere.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from zipingbiao.book.marks import WRITTEN
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.plan import plan_score
from zipingbiao.result.evaluate import evaluate
from zipingbiao.values.number import plain

HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "目标值",
    "业绩值",
    "完成率",
    "得分",
    "偏差原因分析及改进措施",
)
ROWS = (
    ("预算执行指标", "预算执行指标", "预算执行率", 10, "100%", "90%"),
    ("产出指标", "数量指标", "软件购置数量", 30, "6套", "6套"),
    ("产出指标", "质量指标", "验收合格率", 30, "100%", "100%"),
    ("效益指标", "社会效益指标", "知晓率", 20, "90%", "90%"),
    ("满意度指标", "服务对象满意度指标", "满意度", 10, "95%", "95%"),
)
Arrange = Callable[[Worksheet], object]


def workbook(*rows: Iterable[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "自评表"
    for row in (("项目支出绩效自评表",), ("项目名称", "甲项目"), HEADINGS, *(rows or ROWS)):
        sheet.append(list(row))
    sheet.append(("总分", None, None, 100))
    sheet.append(("自评等级",))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(data: bytes, arrange: Arrange) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    arrange(book.worksheets[0])
    return saved(book)


def put(**cells: Any) -> Arrange:
    def arrange(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return arrange


def scored(data: bytes) -> bytes:
    book = read_bytes(data, "表.xlsx")
    return patch(data, plan_score(book, evaluate(book).evaluations))


def changes(data: bytes) -> dict[str, str]:
    book = read_bytes(data, "表.xlsx")
    plan = plan_score(book, evaluate(book).evaluations)
    return {
        change.ref.a1: new if isinstance(new := change.new, str) else plain(new) for change in plan.changes
    }


def of_earlier_version(data: bytes) -> bytes:
    """Memory as versions before wrote it: keys of project and indicator alone."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, held in book.defined_names.items():
        if name.startswith(WRITTEN):
            held.value = re.sub(r"([0-9a-f]{8})[0-9a-f]{8}=", r"\1=", held.value)
    return saved(book)


HALF = {"G5": "50.00%", "H5": "15", "H9": "84", "B10": "良"}


@pytest.mark.parametrize(
    "rename",
    [
        put(B2="乙项目"),
        put(C5="办公软件购置数量（套）"),
        put(B2="乙项目", C5="办公软件", C6="合格率", B5="质量指标"),
    ],
    ids=["项目改名", "指标改名", "都改名"],
)
def test_a_new_name_does_not_make_our_scores_typed(rename: Arrange) -> None:
    data = edited(scored(workbook()), rename)
    assert changes(data) == {}
    data = edited(data, put(F5="3套"))
    assert changes(data) == HALF
    again = edited(scored(data), put(B2="丙项目", C5="软件", F5="6套"))
    assert changes(again) == {"G5": "100.00%", "H5": "30", "H9": "99", "B10": "优"}
    assert "S112" in {finding.code for finding in evaluate(read_bytes(data, "表.xlsx")).findings}
    assert not {"S102", "S110"} & {finding.code for finding in evaluate(read_bytes(data, "表.xlsx")).findings}


def test_memory_of_an_earlier_version_is_read() -> None:
    data = of_earlier_version(scored(workbook()))
    assert changes(edited(data, put(F5="3套"))) == HALF
    assert changes(edited(data, put(C5="办公软件", F5="3套"))) == HALF


@pytest.mark.parametrize("earlier", [False, True], ids=["现在", "早先版本"])
@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ({"H5": 28, "F5": "3套"}, {"H5"}),
        ({"H7": 30, "F7": "45%"}, {"H7"}),
        ({"H5": 20, "H7": 30, "F5": "3套", "F7": "45%"}, {"H5", "H7"}),
        ({"G5": "90%", "F5": "3套"}, {"G5"}),
    ],
    ids=["改了一个分", "改成别行的分", "两行的分对调", "改了完成率"],
)
@pytest.mark.parametrize(
    "rename", [{"B2": "乙项目"}, {"C5": "办公软件", "C7": "公众知晓率"}], ids=["项目改名", "指标改名"]
)
def test_what_somebody_typed_stays_whatever_is_renamed(
    typed: dict[str, Any], stays: set[str], rename: dict[str, Any], earlier: bool
) -> None:
    data = scored(workbook())
    data = edited(of_earlier_version(data) if earlier else data, put(**typed, **rename))
    assert not stays & changes(data).keys()


def test_a_line_typed_anew_with_the_points_of_the_line_it_replaces_stays() -> None:
    """Same weight and same score, another indicator: nobody can tell from the score alone."""

    def replace_line(sheet: Worksheet) -> None:
        sheet.delete_rows(7)
        sheet.insert_rows(5)
        for column, value in enumerate(
            ("产出指标", "时效指标", "完成时间", 20, "12月", "14个月", None, 20), 1
        ):
            sheet.cell(5, column).value = value

    assert "H5" not in changes(edited(scored(workbook()), replace_line))


def test_two_lines_alike_of_which_one_was_typed_are_both_left() -> None:
    rows = (*ROWS[:1], *[("产出指标", "质量指标", name, 45, "100%", "100%") for name in ("合格率", "完好率")])
    blank = workbook(*rows)
    data = scored(edited(blank, put(H6=45)))
    data = edited(data, put(B2="乙项目", F5="50%", F6="50%"))
    assert not {"H5", "H6"} & changes(data).keys()
    assert {"G5", "G6"} <= changes(data).keys()


def test_sorted_and_inserted_lines_are_known_by_name() -> None:
    def sort(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(4, 8)]
        for number, row in enumerate(sorted(rows, key=lambda row: str(row[2])), 4):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.insert_rows(4)
        for number in range(5, 10):
            if sheet.cell(number, 3).value == "软件购置数量":
                sheet.cell(number, 6).value = "3套"

    found = changes(edited(scored(workbook()), sort))
    assert {"50.00%", "15", "84", "良"} == set(found.values())
