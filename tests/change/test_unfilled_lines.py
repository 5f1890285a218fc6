"""A table with named rows that nobody filled in: no total, no grade, one finding, nothing written there."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from zipingbiao.batch.records import record_of
from zipingbiao.book.changes import Plan
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.plan import plan_score
from zipingbiao.cli import main
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Severity

HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "完成率",
    "偏差原因分析及改进措施",
)
FUNDS = (
    ("项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    (None, "年度资金总额", 100, 100, 100, 10, "100%", 10),
)
AMOUNTS = (
    ("项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数"),
    (None, "年度资金总额", 100, 100, 95),
)
PEOPLE = ("产出指标", "数量指标", "培训人数", "100人", "100人", 50, 50, "100.00%")
COVER = ("效益指标", "社会效益指标", "覆盖率", "100%", "100%", 30, 30, "100.00%")
PLEASED = ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", "95%", 10, 10, "105.56%")
TOTAL = ("总分", None, None, None, None, 100)
GRADE = ("自评等级", None)
Row = Sequence[Any]


def bare(row: Row) -> Row:
    """The row with nothing but its levels and its name."""
    return row[:3]


def workbook(*rows: Row, funds: Sequence[Row] = FUNDS, foot: Sequence[Row] = (TOTAL, GRADE)) -> bytes:
    """Title and head in rows 1 to 3, funds in 4 and 5, headings in 6, the rows from 7 on, then the foot."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    head = (("项目支出绩效自评表",), ("（2023年度）",), ("项目名称", "甲项目", "主管部门", "甲局"))
    for row in (*head, *funds, HEAD, *rows, *foot):
        sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(data: bytes, edit: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    return saved(book)


def checked(data: bytes) -> tuple[Evaluation, FileResult]:
    result = evaluate(read_bytes(data, "表.xlsx"))
    (evaluation,) = result.evaluations
    return evaluation, result


def planned(data: bytes, *, recompute: bool = False) -> Plan:
    book = read_bytes(data, "表.xlsx")
    return plan_score(book, evaluate(book).evaluations, recompute=recompute)


def changes(data: bytes, *, recompute: bool = False) -> dict[str, Decimal | str]:
    return {change.ref.a1: change.new for change in planned(data, recompute=recompute).changes}


def codes(result: FileResult) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ((bare(PEOPLE), bare(COVER), bare(PLEASED)), ["培训人数", "覆盖率", "满意度"]),
        ((PEOPLE, bare(COVER), bare(PLEASED)), ["覆盖率", "满意度"]),
        ((PEOPLE, (*bare(COVER), None, None, None, None, None, "项目取消"), PLEASED), ["覆盖率"]),
    ],
)
def test_rows_with_nothing_but_a_name_leave_no_total(rows: Sequence[Row], missing: list[str]) -> None:
    data = workbook(*rows)
    evaluation, result = checked(data)
    assert (evaluation.total, evaluation.adopted_total, evaluation.grade) == (None, None, None)
    assert [row.indicator.name for row in evaluation.uncomputed] == missing
    (finding,) = result.findings
    assert (finding.code, finding.severity) == ("V115", Severity.ERROR)
    assert [name for name in ("培训人数", "覆盖率", "满意度") if f"“{name}”" in finding.message] == missing
    for recompute in (False, True):
        assert changes(data, recompute=recompute) == {}


def test_the_summary_says_how_many_are_missing_and_counts_no_total() -> None:
    _, result = checked(workbook(PEOPLE, bare(COVER), bare(PLEASED)))
    (row,) = record_of(result).projects
    assert (row.total, row.adopted_total, row.grade, row.uncomputed) == (None, None, None, 2)
    assert row.remark.startswith("未完成：2 项指标没有得分，不计入平均分")


def test_the_other_rows_are_scored_all_the_same() -> None:
    assert changes(workbook((*PEOPLE[:4], "90人", 50), bare(COVER), bare(PLEASED))) == {
        "G7": Decimal(45),
        "H7": "90.00%",
    }


def test_a_table_with_every_row_filled_has_a_total_though_its_weights_do_not_reach_100() -> None:
    evaluation, result = checked(data := workbook(PEOPLE))
    assert evaluation.total == 60
    assert codes(result) == ["W101"]
    assert changes(data) == {"G8": Decimal(60), "B9": "中"}


def test_placeholders_are_silent() -> None:
    rows = (PEOPLE, COVER, PLEASED, (*PLEASED[:2], "指标2："), (None, None, "……"))
    evaluation, result = checked(workbook(*rows))
    assert (evaluation.total, codes(result)) == (Decimal(100), [])


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ((*bare(PEOPLE), "100人"), ["V104", "W106"]),
        ((*bare(PEOPLE), None, None, 50), ["V104"]),
    ],
)
def test_a_row_with_its_target_or_its_weight_only_is_said_as_before(row: Row, found: list[str]) -> None:
    evaluation, result = checked(data := workbook(row, COVER, PLEASED))
    assert (evaluation.total, codes(result), changes(data)) == (None, found, {})


def test_a_typed_total_and_grade_stay_and_nothing_is_said_of_a_partial_sum() -> None:
    data = workbook(PEOPLE, bare(COVER), PLEASED, foot=((*TOTAL, 96), ("自评等级", "优")))
    evaluation, result = checked(data)
    assert (evaluation.adopted_total, codes(result)) == (None, ["V115"])
    assert changes(data, recompute=True) == {}


def test_the_formula_of_a_total_stays_and_a_typed_grade_is_not_measured_by_it() -> None:
    total = (*TOTAL[:5], "=SUM(F7:F9)+F5", "=SUM(G7:G9)+H5")
    data = workbook(PEOPLE, bare(COVER), PLEASED, foot=(total, ("自评等级", "优")))
    once = patch(data, planned(data))
    evaluation, result = checked(once)
    assert evaluation.table.total_score is not None
    assert evaluation.table.total_score.number == 70
    assert (evaluation.adopted_total, codes(result)) == (None, ["V115"])
    assert openpyxl.load_workbook(io.BytesIO(once)).worksheets[0]["G10"].value == "=SUM(G7:G9)+H5"


def test_what_we_wrote_goes_when_the_row_loses_its_figures_and_comes_back_with_them() -> None:
    rows = [row[:6] for row in (PEOPLE, COVER, PLEASED)]
    once = patch(data := workbook(*rows), planned(data))
    assert {"G7", "H7", "G8", "G10", "B11"} <= changes(data).keys()

    def lose(sheet: Worksheet) -> None:
        for address in ("D8", "E8", "F8"):
            sheet[address] = None

    lost = edited(once, lose)
    evaluation, result = checked(lost)
    assert [row.indicator.name for row in evaluation.uncomputed] == ["覆盖率"]
    assert codes(result) == ["V115"]
    assert changes(lost) == {"G8": "", "H8": "", "G10": "", "B11": ""}
    cleared = patch(lost, planned(lost))
    assert changes(cleared) == {}
    assert codes(checked(cleared)[1]) == ["V115"]

    def fill(sheet: Worksheet) -> None:
        sheet["D8"], sheet["E8"], sheet["F8"] = "100%", "100%", 30

    assert changes(edited(cleared, fill)) == {
        "G8": Decimal(30), "H8": "100.00%", "G10": Decimal(100), "B11": "优",
    }  # fmt: skip


def test_a_total_typed_over_ours_stays_when_a_row_loses_its_figures() -> None:
    once = patch(data := workbook(PEOPLE, COVER[:6], PLEASED), planned(data))

    def change(sheet: Worksheet) -> None:
        for address in ("D8", "E8", "F8"):
            sheet[address] = None
        sheet["G10"] = 98

    assert changes(edited(once, change)) == {"G8": "", "H8": "", "B11": ""}


def test_a_blank_execution_row_is_computed_from_the_funds() -> None:
    blank = ("预算执行指标", "预算执行率", "预算执行率")
    in_block, result = checked(workbook(blank, PEOPLE, COVER, PLEASED))
    assert (in_block.total, codes(result)) == (Decimal(100), [])
    implied, result = checked(workbook(blank, PEOPLE, COVER, PLEASED, funds=AMOUNTS))
    assert (implied.total, codes(result)) == (Decimal("99.5"), ["W103"])
    without, result = checked(workbook(blank, PEOPLE, COVER, PLEASED, funds=()))
    assert (without.total, codes(result)) == (None, ["V115"])


def test_terminal_and_json_list_the_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(data := workbook(PEOPLE, bare(COVER), bare(PLEASED)))
    for arguments in (["score", str(path)], ["score", str(path), "--json"]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 1
        shown = capsys.readouterr().out
        if "--json" not in arguments:
            assert "甲项目：未完成（2 行无法计算）" in shown
            assert shown.count("V115") == 1
            continue
        (evaluation,) = json.loads(shown)["files"][0]["evaluations"]
        assert [line["name"] for line in evaluation["uncomputed"]] == ["覆盖率", "满意度"]
        assert [evaluation[key] for key in ("total", "adopted_total", "grade")] == [None] * 3
    assert path.read_bytes() == data
