"""Forms that ask for 扣分 and have no 得分: read, scored, checked and written by what was taken off."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest

from zipingbiao.book.cells import Cell, CellClass, Ref
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.plan import plan_score
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.table.deductions import taken_off
from zipingbiao.table.entry import Entry

HEADINGS = ("一级指标", "二级指标", "三级指标", "目标值", "业绩值", "分值", "扣分", "扣分原因")
LINES = (
    ("产出指标", "数量指标", "培训人次", "≥200人次", "180人次", 50),
    (None, "质量指标", "合格率", "100%", "100%", 30),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "85%", 20),
)


def workbook(
    off: Sequence[object], total: object = None, label: str = "合计", heading: str = "扣分"
) -> bytes:
    """Three lines in rows 2 to 4 with what is typed under 扣分, and a total row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([heading if each == "扣分" else each for each in HEADINGS])
    for line, taken in zip(LINES, off, strict=True):
        sheet.append([*line, taken, "学员请假" if taken else None])
    sheet.append([label, None, None, None, None, 100, total])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def result(data: bytes) -> FileResult:
    return evaluate(read_bytes(data, "表.xlsx"))


def stated(data: bytes) -> list[Decimal | None]:
    (one,) = result(data).evaluations
    return [row.indicator.stated_score for row in one.rows]


def said(data: bytes, *codes: str) -> list[str]:
    return [each.message for each in result(data).findings if each.code in codes]


def pressed(data: bytes, *, recompute: bool = False) -> bytes:
    book = read_bytes(data, "表.xlsx")
    return patch(data, plan_score(book, evaluate(book).evaluations, recompute=recompute))


def column(data: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [sheet.cell(row, 7).value for row in range(2, 6)]


def test_what_is_left_is_the_score() -> None:
    """A blank cell says that nothing was taken off, where other lines say what was."""
    data = workbook([5, None, 1.11], 6.11)
    assert stated(data) == [Decimal(45), Decimal(30), Decimal("18.89")]
    (one,) = result(data).evaluations
    assert one.adopted_total == Decimal("93.89")
    assert said(data, "S101", "S102", "S103", "T101") == []


@pytest.mark.parametrize("heading", ["扣分值", "自评扣分", "应扣分", "扣分情况", "扣减分值"])
def test_headings(heading: str) -> None:
    assert stated(workbook([5, 0, 1.11], heading=heading)) == [Decimal(45), Decimal(30), Decimal("18.89")]


@pytest.mark.parametrize("heading", ["扣分标准", "扣分原因", "扣分依据"])
def test_other_headings(heading: str) -> None:
    (one,) = result(workbook([5, 0, 1.11], heading=heading)).evaluations
    assert [row.indicator.stated_score for row in one.rows] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("2", "2"),
        ("-2", "2"),
        ("扣2分", "2"),
        ("扣减 0.5 分", "0.5"),
        ("未扣分", "0"),
        ("不扣分", "0"),
        ("无", "0"),
        ("/", "0"),
        ("", "0"),
    ],
)
def test_what_is_taken_off(text: str, points: str) -> None:
    assert taken_off(Entry.of(Ref("表", 1, 1), Cell(text, CellClass.TEXT))) == Decimal(points)


@pytest.mark.parametrize("text", ["每少1次扣1分，少2次扣2分", "见附件", "酌情"])
def test_what_does_not_say_how_much(text: str) -> None:
    assert taken_off(Entry.of(Ref("表", 1, 1), Cell(text, CellClass.TEXT))) is None


def test_words_are_a_finding_and_not_nothing() -> None:
    data = workbook([5, "酌情", 1.11])
    assert stated(data)[1] is None
    assert said(data, "S101") == [
        "第3行“合格率”（填“酌情”）的扣分看不出是几分，没有计入。请只填数，原因写在另一栏。"
    ]


def test_too_little_was_taken_off() -> None:
    assert said(workbook([2, 0, 0]), "S102") == [
        "第2行“培训人次”扣2分、得48分，高于核算得分45：50 × 180 ÷ 200 = 45（完成率 90.00%）。请改为扣5分，或更正业绩值。",
        "请改为扣1.11分，或更正业绩值。第4行“群众满意度”扣0分、得20分，高于核算得分18.89：20 × 85 ÷ 90 = 18.89（完成率 94.44%）；没有达到目标，却填了满分。",
    ]


def test_more_than_the_weight_was_taken_off() -> None:
    assert said(workbook([60, 0, 1.11]), "S101") == ["第2行“培训人次”扣60分，高于分值50。请改正扣分。"]


@pytest.mark.parametrize(
    ("label", "total"), [("合计", 6.11), ("总分", 93.89), ("扣分合计", 6.11), ("自评得分", 93.89)]
)
def test_the_total_row_says_what_was_taken_off_or_what_is_left(label: str, total: float) -> None:
    data = workbook([5, None, 1.11], total, label)
    assert said(data, "T101") == []


def test_a_wrong_total() -> None:
    assert said(workbook([5, None, 1.11], 6), "T101") == ["扣分合计为6，各项扣分之和为6.11。请改正扣分合计。"]
    assert said(workbook([5, None, 1.11], 94, "总分"), "T101") == [
        "总分为94，各项得分之和为93.89，多0.11分。请改正总分。"
    ]


def test_beside_a_score_nothing_changes() -> None:
    """Where the form has 得分, that is the score."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([*HEADINGS[:7], "得分", HEADINGS[7]])
    for line, taken, score in zip(LINES, (5, None, 1.11), (45, 30, 18), strict=True):
        sheet.append([*line, taken, score, None])
    stream = io.BytesIO()
    book.save(stream)
    assert stated(stream.getvalue()) == [Decimal(45), Decimal(30), Decimal(18)]


def test_a_merged_cell_counts_once() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([5, None, 1.11])))
    book.worksheets[0].merge_cells("G2:G3")
    stream = io.BytesIO()
    book.save(stream)
    (one,) = result(stream.getvalue()).evaluations
    assert one.adopted_total == Decimal("93.89")
    assert said(stream.getvalue(), "S102", "S103") == []


def test_a_form_by_a_standard() -> None:
    """Nobody writes 0 beside each of thirty lines in which nothing was taken off."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("一级指标", "二级指标", "三级指标", "分值", "评分标准", "扣分", "扣分原因"))
    sheet.append(("决策", "项目立项", "立项依据充分性", 40, "依据充分得满分", None, None))
    sheet.append(("过程", "组织实施", "制度健全性", 60, "每缺一项扣3分", 3, "缺验收制度"))
    stream = io.BytesIO()
    book.save(stream)
    (one,) = result(stream.getvalue()).evaluations
    assert [row.score for row in one.rows] == [Decimal(40), Decimal(57)]


def test_scoring_fills_a_column_that_nobody_filled() -> None:
    """The form's own column gets what the rules take off; no 得分 is invented, and a later press follows."""
    scored = pressed(workbook([None, None, None]))
    assert column(scored) == [5, 0, 1.11, 6.11]
    assert stated(scored) == [None, None, None], "ours, stated by nobody"
    book = openpyxl.load_workbook(io.BytesIO(scored))
    book.worksheets[0]["E3"] = "90%"
    stream = io.BytesIO()
    book.save(stream)
    assert [
        each.code for each in result(stream.getvalue()).findings if each.code in ("S102", "S103", "S112")
    ] == ["S112"]
    assert column(pressed(stream.getvalue())) == [5, 3, 1.11, 9.11]


def test_scoring_leaves_what_people_typed() -> None:
    assert column(pressed(workbook([2, None, 1], 3))) == [2, None, 1, 3]
    assert column(pressed(workbook([2, None, 1], 3), recompute=True)) == [5, None, 1.11, 6.11]


def test_nothing_is_written_below_a_deduction_that_is_unclear() -> None:
    assert column(pressed(workbook([5, "酌情", 1.11])))[:3] == [5, "酌情", 1.11]
