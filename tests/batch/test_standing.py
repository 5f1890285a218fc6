"""A project and year counts once: which of several tables counts, and what is asked (design.md 5.4)."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zipingbiao as z
from batch.made import file, summarise, table
from support.sent import document, packed, rows, workbook
from zipingbiao.batch.records import Summary, record_of
from zipingbiao.batch.summary.table import Terms
from zipingbiao.batch.summary.table import summarise as summarise_records
from zipingbiao.book.read import read_bytes
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.records import Scope

CODE = "1409252100100007919"


def school(executed: str = "90", *, code: str = CODE, **more: Any) -> Evaluation:
    """The table of one project, told from its other versions by what was spent."""
    given = {"department": "云岭县教育局", "unit": "云岭县教育局", "year": "2025", **more}
    return table("校舍维修改造", code=code, executed=executed, **given)


def of_scope(evaluation: Evaluation, scope: Scope) -> Evaluation:
    return replace(evaluation, table=replace(evaluation.table, scope=scope))


def by_number(evaluation: Evaluation) -> Evaluation:
    """The same table, its code typed as a number: the reader has kept fifteen digits of it."""
    data = io.BytesIO(workbook(rows(code="x")))
    book = openpyxl.load_workbook(data)
    book.worksheets[0]["D3"] = int(CODE)
    stream = io.BytesIO()
    book.save(stream)
    (read,) = evaluate(read_bytes(stream.getvalue(), "表.xlsx")).evaluations
    problems, code = read.table.problems, read.table.project.code
    project = replace(evaluation.table.project, code=code)
    return replace(evaluation, table=replace(evaluation.table, project=project, problems=problems))


def states(summary: Summary) -> dict[str, str]:
    return {shown: record.status.label for shown, record in summary.files}


def counted(summary: Summary) -> dict[str, Decimal | None]:
    """The spending of what counts, by file."""
    return {row.file: row.executed for row in summary.projects() if row.counted}


def matters(summary: Summary) -> list[str]:
    return [question.matter.value for question in summary.questions]


# ------------------------------------------------------------------ one project


@pytest.mark.parametrize(
    ("later", "earlier", "why"),
    [
        ("第二批0305/校舍.xlsx", "第一批0115/校舍.xlsx", "报送批次较后"),
        ("第十批/校舍.xlsx", "第九批/校舍.xlsx", "报送批次较后"),
        ("第二批/校舍.xlsx", "首批/校舍.xlsx", "报送批次较后"),
        ("20260305/校舍.xlsx", "20260115/校舍.xlsx", "报送批次较后"),
        ("2026-03-05/校舍.xlsx", "2025-12-30/校舍.xlsx", "报送批次较后"),
        ("2026年3月5日/校舍.xlsx", "2026年1月15日/校舍.xlsx", "报送批次较后"),
        ("3月5日/教育局/校舍.xlsx", "1月15日/教育局/校舍.xlsx", "报送批次较后"),
        ("第二批0305.zip/校舍.xlsx", "第一批0115.zip/校舍.xlsx", "报送批次较后"),
        ("补报/校舍.xlsx", "教育局/校舍.xlsx", "报送批次较后"),
        ("第二批/校舍.xlsx", "第一批/校舍（最终版）.xlsx", "报送批次较后"),
        ("校舍维修改造（最终版）.xlsx", "校舍维修改造.xlsx", "文件名注明是修改后的或最终的"),
        ("校舍维修改造-修改后.xlsx", "校舍维修改造 - 副本.xlsx", "文件名注明是修改后的或最终的"),
        ("校舍定稿.xlsx", "校舍(2).xlsx", "文件名注明是修改后的或最终的"),
        ("校舍（财政局退回后）.xlsx", "校舍.xlsx", "文件名注明是修改后的或最终的"),
        ("修改后/校舍.xlsx", "初稿/校舍.xlsx", "文件夹注明是修改后的或最终的"),
        ("校舍（已评分）.xlsx", "校舍.xlsx", "是本软件评分后另存的"),
    ],
)
def test_the_later_version_counts(later: str, earlier: str, why: str) -> None:
    for order in (1, -1):
        summary = summarise([file(later, school("95")), file(earlier, school("90"))][::order])
        assert counted(summary) == {later: Decimal(95)}
        assert summary.draft == ""
        replaced = dict(summary.files)[earlier]
        assert (replaced.status, replaced.why) == (Status.SKIPPED, f"已由“{later}”代替（后者{why}）。")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1/校舍维修改造.xlsx", "2/校舍维修改造.xlsx"),
        ("校舍.xlsx", "校舍(2).xlsx"),
        ("校舍.xlsx", "校舍 - 副本.xlsx"),
        ("校舍维修改造.xlsx", "校舍维修改造项目.xlsx"),  # 修改 stands in the name of the project
        ("校舍（最终）.xlsx", "校舍（修改）.xlsx"),
        ("甲/校舍.xlsx", "乙/校舍.xlsx"),
        ("1001教育局/校舍.xlsx", "1002教育局/校舍.xlsx"),
        ("1220/校舍.xlsx", "0115/校舍.xlsx"),  # December of which year?
        ("第一批0305/校舍.xlsx", "第二批0115/校舍.xlsx"),  # they contradict each other
    ],
)
def test_what_decides_nothing_is_asked(one: str, other: str) -> None:
    summary = summarise([file(one, school("90")), file(other, school("95"))])
    assert matters(summary) == ["同一项目两个版本"]
    assert counted(summary) == {}
    assert summary.draft == "草稿：有1项待认定，涉及2个文件、100.00万元未计入"
    (question,) = summary.questions
    assert question.lines[0].why.startswith("与另一版不同：金额1处")


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("校舍v2.xlsx", "校舍v1.xlsx"),
        ("校舍第二稿.xlsx", "校舍第一稿.xlsx"),
        ("校舍20260203.xlsx", "校舍20260115.xlsx"),
        ("校舍.xlsx", "校舍初稿.xlsx"),
        ("校舍.xlsx", "校舍（作废）.xlsx"),
        ("校舍再改.xlsx", "校舍改.xlsx"),
        ("校舍改.xlsx", "校舍.xlsx"),
    ],
)
def test_a_name_that_reads_as_the_last_is_proposed_and_not_taken(last: str, first: str) -> None:
    for order in (1, -1):
        summary = summarise([file(last, school("95")), file(first, school("90"))][::order])
        (question,) = summary.questions
        assert {line.file: line.proposal for line in question.lines} == {last: "采用", first: ""}
        assert {line.file: line.why.startswith("文件名像是较后的一版；") for line in question.lines} == {
            last: True,
            first: False,
        }
        assert counted(summary) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("校舍v2.xlsx", "校舍.xlsx"), ("校舍.xlsx", "厕改.xlsx"), ("校舍v1.xlsx", "校舍第一稿.xlsx")],
)
def test_names_that_tell_no_order_propose_nothing(one: str, other: str) -> None:
    (question,) = summarise([file(one, school("90")), file(other, school("95"))]).questions
    assert [line.proposal for line in question.lines] == ["", ""]


def test_batches_that_the_caller_names_go_before_all_names() -> None:
    first, second = (
        file("/收/丁/第二批/校舍（最终）.xlsx", school("90")),
        file("/收/丙/校舍.xlsx", school("95")),
    )
    terms = Terms(batches=(Path("/收/丁"), Path("/收/丙")))
    summary = summarise_records(map(record_of, [first, second]), terms)
    assert counted(summary) == {"丙/校舍.xlsx": Decimal(95)}
    assert [record.batch for _, record in summary.files] == ["丁", "丙"]


def test_a_target_that_a_workbook_took_for_a_formula_is_no_difference(tmp_path: Path) -> None:
    """Word 表里的“=100%”，在 Excel 里输入就成了公式，显示100%：是同一个目标值。"""
    cells = rows()
    cells[8][3] = "=100%"
    typed = [*cells[:8], [*cells[8][:3], "100%", *cells[8][4:]], *cells[9:]]
    (tmp_path / "局").mkdir()
    (tmp_path / "局" / "甲.docx").write_bytes(document(cells))
    (tmp_path / "乙.xlsx").write_bytes(workbook(typed))
    merged = z.merge([tmp_path], tmp_path / "汇总表.xlsx", workers=1)
    assert merged.summary.questions == ()


def test_a_later_version_that_says_less_is_asked() -> None:
    less = table(
        "校舍维修改造", code=CODE, department="云岭县教育局", unit="云岭县教育局", year="2025",
        lines="产出指标 | 指标甲 | 50 | 按时 | 大致按时 | 45 |\n效益指标 | 指标乙 | 40 | 提高 |  |  |",
    )  # fmt: skip
    summary = summarise([file("第一批/校舍.xlsx", school()), file("第二批/校舍.xlsx", less)])
    (question,) = summary.questions
    said = {line.file: (line.why.split("；")[0], line.proposal) for line in question.lines}
    assert said["第二批/校舍.xlsx"] == ("报送较晚，但少填2行", "")


def test_three_versions_leave_only_those_of_the_last_batch_open() -> None:
    batch = [
        file("第一批/校舍.xlsx", school("80")),
        file("第二批/校舍.xlsx", school("90")),
        file("第二批/校舍(2).xlsx", school("95")),
    ]
    summary = summarise(batch)
    (question,) = summary.questions
    assert {line.file for line in question.lines} == {"第二批/校舍.xlsx", "第二批/校舍(2).xlsx"}
    assert states(summary)["第一批/校舍.xlsx"] == "略过"


@pytest.mark.parametrize("unit", ["县教育局", "教育局", "教 育 局", "云岭县教育局（本级）"])
def test_spellings_of_the_unit_make_versions_not_projects(unit: str) -> None:
    summary = summarise([file("1/表.xlsx", school("90")), file("2/表.xlsx", school("80", unit=unit))])
    assert matters(summary) == ["同一项目两个版本"]


@pytest.mark.parametrize(
    "code", [f"[155]{CODE}", f"219001-{CODE}", f" {CODE[:4]} {CODE[4:]}", f"【155】{CODE}"]
)
def test_prefixes_and_blanks_of_a_code_make_no_other_project(code: str) -> None:
    summary = summarise([file("a.xlsx", school()), file("b（最终）.xlsx", school("85", code=code))])
    assert counted(summary) == {"b（最终）.xlsx": Decimal(85)}


def test_a_code_that_came_as_a_number_is_compared_by_its_first_digits() -> None:
    cut = by_number(school("85"))
    assert cut.table.project.code == "1409252100100008000"
    summary = summarise([file("a.xlsx", school()), file("b（最终）.xlsx", cut)])
    assert counted(summary) == {"b（最终）.xlsx": Decimal(85)}
    other = replace(cut, table=replace(cut.table, project=replace(cut.table.project, name="宣传培训经费")))
    assert len(counted(summarise([file("a.xlsx", school()), file("b.xlsx", other)]))) == 2


def test_several_projects_in_one_workbook_and_again_alone_count_once() -> None:
    other = table(
        "宣传培训经费",
        code="1409252100200015838",
        department="云岭县教育局",
        unit="云岭县教育局",
        year="2025",
    )
    whole = file("合并.xlsx", school(), other)
    summary = summarise([file("宣传.xlsx", other), whole, file("校舍.xlsx", school())])
    assert states(summary) == {"宣传.xlsx": "略过", "合并.xlsx": "已采用", "校舍.xlsx": "略过"}
    assert summary.main.total.full_year_budget == Decimal(200)
    newer = summarise([whole, file("校舍（修改）.xlsx", school("95"))])
    assert counted(newer) == {"合并.xlsx": Decimal(100), "校舍（修改）.xlsx": Decimal(95)}
    (_, record), _ = newer.files
    assert record.notes == (
        "其中“校舍维修改造”不计：已由“校舍（修改）.xlsx”代替（后者文件名注明是修改后的或最终的）。",
    )
    assert [row.name for row in record.projects] == ["宣传培训经费"]


# ------------------------------------------------------------------ two projects, or one


def town(name: str, budget: str) -> Evaluation:
    office = f"云岭县{name}人民政府"
    return school("54", department=office, unit=office, budget=budget)


def test_one_code_of_two_units_is_a_question_and_no_version() -> None:
    summary = summarise(
        [file("城关镇/表.xlsx", town("城关镇", "100")), file("石泉镇/表.xlsx", town("石泉镇", "60"))]
    )
    (question,) = summary.questions
    assert (question.matter.value, question.choices) == ("同一编码，两个单位", ("分别计入", "采用", "不计"))
    assert [line.proposal for line in question.lines] == ["分别计入", "分别计入"]
    assert question.amount == Decimal(160)


def shared(unit: str, budget: str, executed: str, **more: str) -> FileResult:
    """A project that the department and two units of it report under one name."""
    return file(f"{unit}.xlsx", school(executed, budget=budget, unit=unit, code=more.get("code", "")))


@pytest.mark.parametrize(
    "units",
    [
        [("第一中学", "60", "60"), ("第二中学", "40", "38.76")],
        [("第一中学", "100", "98.76")],
    ],
)
def test_what_the_department_sums_up_of_its_units_is_asked(units: list[tuple[str, str, str]]) -> None:
    """单位各报各的一份，主管部门又按合计报了一张同名的表：同一笔资金报了两次。"""
    summary = summarise([shared("云岭县教育局", "100", "98.76"), *(shared(*unit) for unit in units)])
    (question,) = summary.questions
    assert (question.matter.value, question.amount) == ("疑似同一项目", Decimal(100))
    assert [line.proposal for line in question.lines] == ["不计", *["分别计入"] * len(units)]
    assert counted(summary) == {}


@pytest.mark.parametrize(
    ("own", "code"),
    [
        (("云岭县教育局", "100", "98.75"), ""),
        (("云岭县教育局", "100", "98.76"), "1409252100100000001"),
    ],
)
def test_another_amount_or_code_is_another_project(own: tuple[str, str, str], code: str) -> None:
    files = [shared(*own, code=code), shared("第一中学", "100", "98.76", code=CODE if code else "")]
    assert not summarise(files).questions


def test_the_department_adds_the_word_project_to_the_name() -> None:
    own = shared("云岭县教育局", "100", "98.76")
    (evaluation,) = own.evaluations
    named = replace(evaluation.table.project, name="校舍维修改造项目")
    renamed = replace(evaluation, table=replace(evaluation.table, project=named))
    files = [file("云岭县教育局.xlsx", renamed), shared("第一中学", "100", "98.76")]
    assert matters(summarise(files)) == ["疑似同一项目"]


def test_round_amounts_of_the_department_and_one_unit_are_the_same_by_chance() -> None:
    assert not summarise([shared("云岭县教育局", "10", "10"), shared("第一中学", "10", "10")]).questions


def test_of_two_units_with_the_same_figures_one_is_proposed() -> None:
    summary = summarise(
        [file("城关镇/表.xlsx", town("城关镇", "100")), file("石泉镇/表.xlsx", town("石泉镇", "100"))]
    )
    (question,) = summary.questions
    assert [line.proposal for line in question.lines] == ["采用", "不计"]
    assert question.amount == Decimal(100)


def test_a_code_taken_over_from_another_table_is_asked() -> None:
    """Who fills the next table over the last one forgets its code: that is no version of it."""
    other = table(
        "宣传培训经费", code=CODE, department="云岭县教育局", unit="云岭县教育局", year="2025", budget="30"
    )
    summary = summarise([file("第一批/校舍.xlsx", school()), file("第二批/宣传.xlsx", other)])
    (question,) = summary.questions
    assert (question.matter.value, question.amount) == ("疑似同一项目", Decimal(130))


@pytest.mark.parametrize(
    ("one", "other", "versions"),
    [
        ("校舍维修改造", "云岭县校舍维修改造项目", True),
        ("校舍维修改造", "校舍维修改造（2025年）", True),
        ("农村饮水安全巩固提升", "农村饮水安全巩固提生", True),  # a slip
        ("2025年道路维修项目", "2025年桥梁维修项目", False),
        ("校舍维修一期", "校舍维修二期", False),
        ("校舍维修改造", "宣传培训经费", False),
    ],
)
def test_under_one_code_names_tell_versions_from_forgotten_codes(
    one: str, other: str, versions: bool
) -> None:
    def of(name: str, executed: str) -> Evaluation:
        return table(name, code=CODE, unit="教育局", year="2025", executed=executed)

    summary = summarise([file("第一批/a.xlsx", of(one, "90")), file("第二批/b.xlsx", of(other, "95"))])
    assert matters(summary) == ([] if versions else ["疑似同一项目"])


def test_a_version_that_names_no_unit_is_of_the_department() -> None:
    summary = summarise(
        [file("第一批/a.xlsx", school(unit="")), file("第二批/b.xlsx", school("95", unit="第一中学"))]
    )
    assert counted(summary) == {"第二批/b.xlsx": Decimal(95)}


def test_a_word_of_the_projects_own_name_makes_no_final_version() -> None:
    def of(executed: str) -> Evaluation:
        return table("垃圾最终处置场建设", unit="住建局", year="2025", executed=executed)

    summary = summarise([file("垃圾最终处置场建设.xlsx", of("90")), file("表1.xlsx", of("95"))])
    assert matters(summary) == ["同一项目两个版本"]


def test_two_tables_of_one_sheet_are_two_lines() -> None:
    one, other = (
        table("工作经费", unit="教育局", year="2025", executed=executed) for executed in ("90", "95")
    )
    (question,) = summarise([file("表.xlsx", one, other)]).questions
    assert (question.matter.value, len({line.content for line in question.lines})) == ("疑似同一项目", 2)


def test_equal_names_of_many_schools_are_as_many_projects() -> None:
    summary = summarise(
        file(f"{place}.xlsx", table("公用经费", unit=f"第{place}小学", year="2025")) for place in range(9)
    )
    assert (len(counted(summary)), matters(summary)) == (9, [])


def test_a_transfer_that_is_a_project_too_is_asked() -> None:
    transfer = of_scope(school(), Scope.TRANSFER)
    summary = summarise([file("项目.xlsx", school()), file("转移支付.xlsx", transfer)])
    assert matters(summary) == ["转移支付与部门项目重复"]
    assert [section.total.full_year_budget for section in summary.sections] == [None, None]


def test_projects_transfers_and_departments_are_never_added() -> None:
    batch = [
        file("项目.xlsx", school()),
        file(
            "转移支付.xlsx",
            of_scope(table("农业资金", unit="农业局", year="2025", budget="70"), Scope.TRANSFER),
        ),
        file("整体.xlsx", of_scope(table("", unit="", year="2025", budget="5000"), Scope.DEPARTMENT)),
    ]
    summary = summarise(batch)
    assert {section.scope.label: section.total.full_year_budget for section in summary.sections} == {
        "部门预算项目": Decimal(100),
        "转移支付": Decimal(70),
        "部门整体": Decimal(5000),
    }
    assert summary.main.total.projects == 1


def test_two_versions_of_a_whole_department() -> None:
    whole = of_scope(table("", department="教育局", unit="", year="2025", budget="5000"), Scope.DEPARTMENT)
    again = of_scope(table("", department="县教育局", unit="", year="2025", budget="5100"), Scope.DEPARTMENT)
    summary = summarise([file("整体.xlsx", whole), file("整体（定稿）.xlsx", again)])
    assert [row.full_year_budget for row in summary.projects()] == [Decimal(5100)]


# ------------------------------------------------------------------ 元 typed as 万元, and no money


def cost(budget: str, target: str) -> Evaluation:
    return table(
        "宣传培训经费", unit="教育局", year="2025", budget=budget, executed=budget,
        lines=f"成本指标 | 项目总成本 | 10 | ≤{target} | {target} | 10 |\n产出指标 | 甲 | 80 | 按时 | 按时 | 80 |",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("budget", "target", "asked"),
    [
        ("1000000", "100万元", True),
        ("194800", "19.48万元", True),
        ("100", "100万元", False),
        ("100", "1000000元", False),
        ("100", "1000000万元", False),  # the line is wrong, the funds are right
        ("1000000", "99万元", False),
    ],
)
def test_funds_that_contradict_a_line_by_ten_thousand_are_not_summed(
    budget: str, target: str, asked: bool
) -> None:
    summary = summarise([file("甲.xlsx", cost(budget, target)), file("乙.xlsx", school())])
    assert matters(summary) == (["金额疑为元"] if asked else [])
    assert summary.main.total.full_year_budget == Decimal(100) + (0 if asked else Decimal(budget))
    if asked:
        (question,) = summary.questions
        assert (question.lines[0].proposal, question.choices) == ("按元", ("按元", "按万元", "不计"))
        assert question.amount == Decimal(budget) / 10_000


def test_a_version_ten_thousand_times_the_other_one_is_asked() -> None:
    batch = [file("第一批/表.xlsx", school("90")), file("第二批/表.xlsx", school("900000", budget="1000000"))]
    (question,) = summarise(batch).questions
    assert (question.matter.value, question.lines[0].why) == ("金额疑为元", "另一版为100万元，正好相差一万倍")
    corrected = [
        file("第一批/表.xlsx", school("900000", budget="1000000")),
        file("第二批/表.xlsx", school("90")),
    ]
    assert counted(summarise(corrected)) == {"第二批/表.xlsx": Decimal(90)}


def test_no_budget_and_nothing_spent_has_a_dash_for_a_rate() -> None:
    data, _ = z.merge({"应急.xlsx": workbook(rows("应急项目", budget="0", executed="0"))})
    assert data is not None
    sheet = openpyxl.load_workbook(io.BytesIO(data))["汇总表（上报）"]
    at = next(cell.column for cell in sheet[3] if cell.value == "执行率")
    assert [sheet.cell(row, at).value for row in (4, 5, 6)] == ["—", "—", "—"]


# ------------------------------------------------------------------ as files


def merged(files: Mapping[str, bytes]) -> Summary:
    _, result = z.merge(files)
    return result.summary


def test_the_title_of_a_table_says_into_which_summary_it_goes() -> None:
    transfer = rows("中央财政农业资金", title="转移支付项目支出绩效自评表", executed="80")
    whole = rows("", title="部门整体支出绩效自评表", budget="5000", executed="4900")
    summary = merged(
        {"校舍.xlsx": workbook(rows()), "tp.xlsx": workbook(transfer), "整体.xlsx": workbook(whole)}
    )
    assert {section.scope.label: section.total.full_year_budget for section in summary.sections} == {
        "部门预算项目": Decimal(100),
        "转移支付": Decimal(100),
        "部门整体": Decimal(5000),
    }
    assert set(states(summary).values()) == {"已采用"}
    assert summary.questions == ()


def test_a_hidden_sheet_of_last_year_makes_no_other_year() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows(), rows(year="2024", executed="70"))))
    book.worksheets[1].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    summary = merged({"校舍维修改造.xlsx": stream.getvalue()})
    assert (summary.year, counted(summary)) == ("2025", {"校舍维修改造.xlsx": Decimal(90)})
    assert summary.draft == ""


def test_batches_in_archives_and_a_document_beside() -> None:
    """A later batch came as an archive; the same table in Word says nothing new."""
    files = {
        "第一批/校舍.xlsx": workbook(rows(code=CODE, executed="90")),
        "第二批.zip": packed({"教育局/校舍.xlsx": workbook(rows(code=CODE, executed="95"))}),
        "纸质/校舍.docx": document(rows(code=CODE, executed="95")),
        "备份/旧.docx": document(rows(code=CODE, executed="90")),  # what the first batch said
    }
    summary = merged(files)
    assert counted(summary) == {"第二批.zip/教育局/校舍.xlsx": Decimal(95)}
    assert states(summary)["第一批/校舍.xlsx"] == "略过"
    assert summary.draft == ""


# ------------------------------------------------------------------ order


NAMES = ("校舍维修改造", "宣传培训经费", "公用经费", "")
UNITS = ("云岭县教育局", "县教育局", "第一中学", "")
FOLDERS = ("01教育局", "02水利局/第一批", "02水利局/第二批0305", "03卫生局/补报", "03卫生局")
TABLES = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(UNITS),
    st.sampled_from(("", CODE, f"[155]{CODE}", "2")),
    st.sampled_from(("90", "95", "1000000")),
    st.sampled_from(("2025", "2025", "2024", "")),
    st.sampled_from(list(Scope)),
)
BATCHES = st.lists(
    st.tuples(st.sampled_from(FOLDERS), st.sampled_from(("表", "表（最终）", "表(2)")), st.lists(TABLES, min_size=1, max_size=2)),
    min_size=1,
    max_size=7,
)  # fmt: skip


def drawn(batch: list[Any]) -> list[FileResult]:
    """Files in several folders: of one folder alone the name is not shown."""
    made = [file("00财政局/另一个.xlsx", table("另一个", department="财政局", unit="财政局", year="2025"))]
    for place, (folder, name, tables) in enumerate(batch):
        read = [
            of_scope(table(title, department="", unit=unit, code=code, budget=budget, year=year), scope)
            for title, unit, code, budget, year, scope in tables
        ]
        sheets = [
            replace(one, table=replace(one.table, sheet=f"表{number}")) for number, one in enumerate(read)
        ]
        made.append(file(f"{folder}/{place}{name}.xlsx", *sheets))
    return made


def said(summary: Summary) -> Mapping[str, Any]:
    """All that a summary says, without the order of what has no order of its own."""
    return {
        "totals": [(each.scope, each.total) for each in summary.sections],
        "departments": [[part.total for part in each.departments] for each in summary.sections],
        "counted": Counter((row.file, row.sheet, row.counted) for row in summary.projects()),
        "files": {shown: (record.status, record.why, record.notes) for shown, record in summary.files},
        "questions": Counter(
            (question.matter, question.amount, frozenset((line.file, line.key) for line in question.lines))
            for question in summary.questions
        ),
        "folds": summary.folds,
    }


def test_two_questions_about_one_office_keep_their_keys_in_any_order() -> None:
    """Two folders hand in two tables of the whole office each: what was decided of one is never read as the other's."""
    both = [("", "云岭县教育局", "", budget, "2025", Scope.DEPARTMENT) for budget in ("90", "95")]
    files = drawn([("01教育局", "表", both), ("02水利局/第一批", "表", both)])
    first, last = (
        {question.lines[0].file: question.lines[0].key for question in summarise(given).questions}
        for given in (files, files[::-1])
    )
    assert len(first) == 2
    assert first == last


@given(BATCHES, st.randoms(use_true_random=False))
def test_any_order_of_files_gives_the_same_summary(batch: list[Any], chance: random.Random) -> None:
    results = drawn(batch)
    shuffled = chance.sample(results, len(results))
    assert said(summarise(shuffled)) == said(summarise(results))


@given(BATCHES, st.integers(0, 6))
def test_a_file_copied_into_another_folder_changes_no_total(batch: list[Any], place: int) -> None:
    results = drawn(batch)
    copied = results[place % len(results)]
    copy = replace(copied, path=f"04备份/{copied.path.rpartition('/')[2]}")
    totals = said(summarise(results))["totals"]
    assert said(summarise([*results, copy]))["totals"] == totals
    assert said(summarise([copy, *results]))["totals"] == totals
