"""What 评分 writes into somebody else's table, and what it leaves alone (design.md 5.2)."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from zipingbiao.book.changes import Plan
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.plan import plan_score
from zipingbiao.result.evaluate import evaluate

HEADINGS = ("一级指标", "二级指标", "三级指标", "目标值", "业绩值", "分值", "得分", "完成率", "偏差原因")
ROWS = (
    ("产出指标", "数量指标", "培训人次", "≥200人次", "190人次", 50),
    (None, "质量指标", "合格率", "100%", "100%", 40),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "96%", 10),
)
Arrange = Callable[[Worksheet], object]


def workbook(arrange: Arrange = lambda _: None) -> bytes:
    """Headings in row 1, three lines in rows 2 to 4; *arrange* adds what the case is about."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    arrange(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def planned(data: bytes, *, recompute: bool = False) -> Plan:
    book = read_bytes(data, "表.xlsx")
    return plan_score(book, evaluate(book).evaluations, recompute=recompute)


def changes(data: bytes, *, recompute: bool = False) -> dict[str, Decimal | str]:
    return {change.ref.a1: change.new for change in planned(data, recompute=recompute).changes}


def put(**cells: Any) -> Arrange:
    def arrange(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return arrange


def test_blank_cells_are_filled() -> None:
    assert changes(workbook()) == {
        "G2": Decimal("47.5"), "G3": Decimal(40), "G4": Decimal(10), "H2": "95.00%", "H3": "100.00%", "H4": "101.05%",
    }  # fmt: skip


def test_applying_and_planning_again_changes_nothing() -> None:
    data = workbook(put(C5="总分", F5="=SUM(F2:F4)", G5="=SUM(G2:G4)"))
    once = patch(data, planned(data))
    assert planned(once).changes == ()
    assert openpyxl.load_workbook(io.BytesIO(once), data_only=True).worksheets[0]["G5"].value == 97.5


def test_typed_values_stay_and_recompute_replaces_those_that_differ() -> None:
    data = workbook(put(G2=50, G3=40, G4=10, H2="95%", C5="总分", G5=100))
    assert changes(data) == {"H3": "100.00%", "H4": "101.05%"}
    assert changes(data, recompute=True) == {
        "G2": Decimal("47.5"), "G5": Decimal("97.5"), "H3": "100.00%", "H4": "101.05%",
    }  # fmt: skip


def test_a_formula_is_never_replaced() -> None:
    data = workbook(put(G2="=F2*0.95", G3="=F3", G4="=F4"))
    written = [change for change in planned(data, recompute=True).changes if not change.cached]
    assert not {"G2", "G3", "G4"} & {change.ref.a1 for change in written}


def test_scores_are_written_as_their_column_holds_them() -> None:
    assert changes(workbook(put(G3="40分", G4="10分")))["G2"] == "47.5分"
    assert changes(workbook(put(G3="40", G4="10")))["G2"] == "47.5"


def test_rates_go_as_numbers_where_the_column_holds_percentages() -> None:
    def as_percent(sheet: Worksheet) -> None:
        for row in (2, 3, 4):
            sheet.cell(row, 8).number_format = "0.00%"
        sheet["H3"] = 1

    assert changes(workbook(as_percent))["H2"] == Decimal("0.95")


def test_rates_go_as_plain_numbers_where_the_column_holds_them() -> None:
    plain = workbook(put(H3=100, H4=101.05))
    assert changes(plain)["H2"] == Decimal(95)
    assert changes(patch(plain, planned(plain))) == {}
    assert changes(workbook(put(H3=1, H4=1.0105)))["H2"] == "95.00%"  # 1 % or 100 %: nobody knows


@pytest.mark.parametrize(
    ("part", "number_format", "written"),
    [(97.28, "General", Decimal("97.28")), (0.9728, "0.00%", Decimal("0.9728")), ("97.28%", "@", "97.28%")],
)
def test_the_rate_of_the_funds_goes_as_its_own_column_holds_it(
    part: float | str, number_format: str, written: Decimal | str
) -> None:
    def funds(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 4)
        block: tuple[tuple[float | str | None, ...], ...] = (
            ("项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
            ("年度资金总额", None, 320, 10000, 9728, 10, None, None),
            ("其中：财政拨款", None, 320, 10000, 9728, None, part, None),
        )
        for row, values in enumerate(block, 1):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column).value = value
        sheet["G2"].number_format = sheet["G3"].number_format = number_format

    data = workbook(funds)
    assert changes(data)["G2"] == written
    assert changes(patch(data, planned(data))) == {}


def test_a_cell_formatted_for_something_else_is_left_alone() -> None:
    def odd(sheet: Worksheet) -> None:
        sheet["G2"], sheet["G3"] = 20, 10
        sheet["G2"].number_format, sheet["G3"].number_format = "yyyy-mm-dd", "0%"

    assert not {"G2", "G3"} & changes(workbook(odd), recompute=True).keys()


def test_a_merged_score_cell_gets_the_sum_of_its_lines() -> None:
    def merged(sheet: Worksheet) -> None:
        sheet.merge_cells("G2:G3")
        sheet.merge_cells("H2:H3")

    found = changes(workbook(merged))
    assert (found["G2"], found["G4"]) == (Decimal("87.5"), Decimal(10))
    assert not {"G3", "H2", "H3"} & found.keys()


def test_a_label_beside_a_label_is_no_place_for_a_value() -> None:
    found = changes(workbook(put(A5="自评总分", B5="自评等级", C5="评价人")))
    assert not {"A5", "B5", "C5"} & found.keys()


def test_total_and_grade_in_the_total_row() -> None:
    found = changes(workbook(put(C5="总分", C6="自评等级")))
    assert (found["G5"], found["D6"]) == (Decimal("97.5"), "优")


def test_total_and_grade_in_one_cell_are_replaced_in_place() -> None:
    data = workbook(put(G2=30, G3=40, G4=10, A6="自评总分：80分　自评等级：良"))
    assert "A6" not in changes(data)
    assert changes(data, recompute=True)["A6"] == "自评总分：97.5分　自评等级：优"


def test_a_sentence_with_a_total_keeps_its_words() -> None:
    data = workbook(put(G2=30, G3=40, G4=10, A6="自评总分：80分（其中产出70分）"))
    assert "A6" not in changes(data, recompute=True)


def test_what_can_no_longer_be_computed_is_cleared_if_it_was_ours() -> None:
    once = patch(workbook(), planned(workbook()))
    book = openpyxl.load_workbook(io.BytesIO(once))
    book.worksheets[0]["E2"] = "约190人次"
    stream = io.BytesIO()
    book.save(stream)
    assert changes(stream.getvalue()) == {"G2": "", "H2": ""}


def test_two_tables_of_one_project_keep_their_own_memory() -> None:
    def twice(sheet: Worksheet) -> None:
        for row in (["合计", None, None, None, None, 100], [], HEADINGS, *ROWS):
            sheet.append(row)

    data = workbook(twice)
    once = patch(data, planned(data))
    book = openpyxl.load_workbook(io.BytesIO(once))
    sheet = book.worksheets[0]
    last = sheet.max_row
    assert sheet.cell(last, 7).value == 10
    sheet.cell(last, 5).value = "47.5%"
    stream = io.BytesIO()
    book.save(stream)
    assert changes(stream.getvalue())[f"G{last}"] == Decimal(5)
    assert "G4" not in changes(stream.getvalue())


def test_a_sum_hidden_under_a_merge_is_left_and_one_shown_as_a_time_settles() -> None:
    def odd(sheet: Worksheet) -> None:
        sheet["K2"], sheet["L2"] = "=SUM(G2:G4)", "=SUM(G2:G4)"
        sheet["L2"].number_format = "h:mm:ss"
        sheet["J2"] = "合并"

    book = openpyxl.load_workbook(io.BytesIO(workbook(odd)))
    sheet = book.worksheets[0]
    sheet.merged_cells.add("J2:K2")  # without clearing what lies below, as other programs do
    stream = io.BytesIO()
    book.save(stream)
    assert "K2" not in changes(stream.getvalue())
    assert changes(patch(stream.getvalue(), planned(stream.getvalue()))) == {}


def test_a_plain_number_among_percentages_becomes_text_once() -> None:
    def mixed(sheet: Worksheet) -> None:
        sheet["H2"], sheet["H3"] = 95, 1
        sheet["H3"].number_format = "0.00%"

    def off(sheet: Worksheet) -> None:
        mixed(sheet)
        sheet["H2"] = 1

    assert "H2" not in changes(workbook(mixed), recompute=True)  # 95 says 95 % already
    assert changes(workbook(off), recompute=True)["H2"] == "95.00%"


def test_a_grade_label_inside_the_table_is_no_place_for_a_grade() -> None:
    def between(sheet: Worksheet) -> None:
        sheet.insert_rows(3)
        sheet["C3"] = "自评等级"

    assert "D3" not in changes(workbook(between))


def test_a_score_of_nothing_is_remembered_for_ours() -> None:
    """0 分 that we wrote is no typed score: a corrected 业绩值 changes it."""
    first = patch(data := workbook(put(E2=0)), planned(data))
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.worksheets[0]["G2"].value == 0
    book.worksheets[0]["E2"] = "190人次"
    stream = io.BytesIO()
    book.save(stream)
    assert changes(stream.getvalue())["G2"] == Decimal("47.5")
