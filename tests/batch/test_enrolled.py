"""A small county with its list of projects: who did not report, what came instead, what the list does not have."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from support import county
from support.county import HEALTH, SCHOOL, WATER, listed, sent
from support.sent import PDF, packed, put, rows, workbook
from zipingbiao.batch.merge import merge
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.summary.as_json import summary_json
from zipingbiao.batch.summary.coverage import Enrolment, Trace
from zipingbiao.errors import UsageError
from zipingbiao.scoring.finding import Severity

# What came in: of the water office one project and nothing else, of the hospital all that it must.
SENT = {
    "教育局/校舍维修改造.xlsx": sent(1),
    "教育局/宣传培训经费.xlsx": sent(2),
    "教育局/智慧教室建设.xlsx": sent(3),
    "水利局/农村饮水安全维修养护.xlsx": sent(4),
    "卫健局/医疗设备购置.xlsx": sent(8),
    "卫健局/疫苗冷链运行.xlsx": sent(10),
}


def consolidated(
    folder: Path, files: Mapping[str, bytes], register: bytes | None = None, **options: Any
) -> MergeResult:
    place = put(folder / "来文", files)
    (folder / "名单.xlsx").write_bytes(listed() if register is None else register)
    return merge(
        [place],
        folder / "汇总表.xlsx",
        workers=1,
        details=True,
        register=folder / "名单.xlsx",
        force=True,
        **options,
    )


def enrolment(merged: MergeResult) -> Enrolment:
    assert merged.summary.enrolment is not None
    return merged.summary.enrolment


def traced(merged: MergeResult) -> dict[str, str]:
    return {each.enrolled.row.name: each.trace.value for each in enrolment(merged).missing}


def shown(folder: Path, sheet: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(folder / "汇总表.xlsx")
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def asked(merged: MergeResult) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (question.matter.value, question.lines[0].name, question.choices)
        for question in merged.summary.questions
    ]


# ------------------------------------------------------------------ coverage and what is missing


def test_who_did_not_report_by_department_in_the_order_of_the_list(tmp_path: Path) -> None:
    merged = consolidated(tmp_path, SENT)
    assert [str(each) for each in enrolment(merged).departments] == [
        f"{SCHOOL}：应评3个，已评3个，未报0个，金额0.00万元",
        f"{WATER}：应评4个，已评1个，未报3个，金额300.00万元",
        f"{HEALTH}：应评2个，已评2个，未报0个，金额0.00万元",
    ]
    total = enrolment(merged).total
    assert (total.due, total.done, total.missing) == (9, 6, 3)
    assert (total.due_amount, total.done_amount) == (Decimal(900), Decimal(600))
    assert "应评9个，已评6个，自评覆盖率66.67%。" in merged.summary.notes
    assert traced(merged) == dict.fromkeys(("河道清障", "水库除险加固", "河长制经费"), "未收到文件")


def test_the_sheet_to_phone_from(tmp_path: Path) -> None:
    consolidated(tmp_path, SENT, as_of="2026-02-12 17:00")
    title, headings, heading, first, *_ = shown(tmp_path, "应报未报")
    assert title[0] == "应报未报项目清单（截至2026年2月12日 17:00收到的文件）"
    assert headings[:-1] == [
        "序号", "主管部门", "实施单位", "项目编码", "项目名称", "调整后预算", "截止日期", "逾期（天）", "情况", "联系人", "电话", "催报情况",
    ]  # fmt: skip
    assert heading[1] == f"{WATER}：应评4个，已评1个，未报3个，金额300.00万元"
    assert first[:12] == [
        1, WATER, "河道管理站", county.code(5), "河道清障", 100, "2026-02-10", 2, "未收到文件", "张某", "0000-0000000", None,
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["应报未报"]
    widths = [sheet.column_dimensions[column].width for column in "ABCDEFGHIJKL"]
    wanted = [4.5, 20, 18, 20, 28, 11, 10, 6, 16, 8, 13, 14]  # stored with the room of a cell's sides
    assert [width - 0.71 for width in widths] == pytest.approx(wanted, abs=0.15)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)


def test_without_a_date_none_is_shown_and_nobody_is_late(tmp_path: Path) -> None:
    consolidated(tmp_path, SENT)
    title, headings, *_ = shown(tmp_path, "应报未报")
    assert title[0] == "应报未报项目清单"
    assert "逾期（天）" not in headings


def test_without_a_list_there_are_no_such_sheets(tmp_path: Path) -> None:
    merged = merge([put(tmp_path / "来文", SENT)], tmp_path / "汇总表.xlsx", workers=1)
    assert merged.summary.enrolment is None
    names = openpyxl.load_workbook(tmp_path / "汇总表.xlsx").sheetnames
    assert not {"应报未报", "催报话术", "名单核对"} & set(names)


@pytest.mark.parametrize(
    ("name", "data", "trace"),
    [
        ("水利局/河长制经费扫描.pdf", PDF, Trace.SCAN),
        ("水利局/河长制经费（盖章）.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", Trace.SCAN),
        ("水利局/河长制经费/扫描件0001.pdf", PDF, Trace.SCAN),
        (f"水利局/{county.code(7)}.pdf", PDF, Trace.SCAN),
        ("水利局/河长制经费.xlsx", b"PK\x03\x04 broken", Trace.UNREADABLE),
        ("材料.zip/水利局/河长制经费扫描.pdf", PDF, Trace.SCAN),
        ("水利局/河长制经费.xlsx", workbook(rows("河长制经费", unit="水库管理处")[:5]), Trace.UNREADABLE),
        ("教育局/河长制经费扫描.pdf", PDF, Trace.NOTHING),
        ("水利局/河道采砂规划.pdf", PDF, Trace.NOTHING),
        ("水利局/河长制经费宣传片.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0", Trace.NOTHING),
    ],
)
def test_a_trace_is_not_nothing(tmp_path: Path, name: str, data: bytes, trace: Trace) -> None:
    archive, _, member = name.partition(".zip/")
    files = {f"{archive}.zip": packed({member: data})} if member else {name: data}
    merged = consolidated(tmp_path, {**SENT, **files})
    found = traced(merged)
    assert found.pop("河长制经费") == trace.value, [(r.path, r.status, r.kind) for r in merged.records]
    assert set(found.values()) == {"未收到文件"}


def test_a_blank_form_of_a_project_is_not_nothing(tmp_path: Path) -> None:
    form = rows("河道清障", department=WATER, unit="河道管理站", code=county.code(5))
    form[5] = ["年度资金总额"]
    for line in form[7:]:
        line[2:] = [""] * 6
    merged = consolidated(tmp_path, {**SENT, "水利局/表.xlsx": workbook(form)})
    assert [r.status.value for r in merged.records if "表.xlsx" in r.path] == ["blank"]
    assert traced(merged)["河道清障"] == "空表"


@pytest.mark.parametrize("name", ["水利局/自评表扫描件.pdf", "02水利局/全部项目.pdf", "县水利局自评材料.pdf"])
def test_a_scan_that_names_no_project_stands_for_all_that_its_department_lacks(
    tmp_path: Path, name: str
) -> None:
    files = {name: data for name, data in SENT.items() if "水利局" not in name}
    merged = consolidated(tmp_path, {**files, name: PDF})
    assert set(traced(merged).values()) == {"只有扫描件"}


def test_what_to_write_to_a_department(tmp_path: Path) -> None:
    consolidated(tmp_path, {**SENT, "水利局/河长制经费扫描.pdf": PDF}, as_of="2026年2月12日")
    headings, line = shown(tmp_path, "催报话术")
    assert headings == ["主管部门", "联系人", "电话", "可直接发送的文字"]
    assert line == [
        WATER, "张某", "0000-0000000",
        ("县水利局您好：2025年度项目支出绩效自评，贵单位应报4个，已收到1个，还差2个（河道清障、水库除险加固）；"
        "另有1个只收到扫描件（河长制经费），请补报Excel表。请于2月13日前报送。县财政局绩效股"),
    ]  # fmt: skip


def test_a_message_is_never_longer_than_can_be_sent(tmp_path: Path) -> None:
    more: list[county.Change] = [
        {
            "序号": number,
            "主管部门": WATER,
            "实施单位": "河道管理站",
            "项目编码": county.code(number),
            "项目名称": f"某某流域第{number}期水土保持综合治理及配套设施建设项目",
        }
        for number in range(20, 60)
    ]
    merged = consolidated(tmp_path, SENT, listed(*more))
    (reminder,) = enrolment(merged).reminders
    assert len(reminder.text) <= 300
    assert "还差43个" in reminder.text
    assert reminder.text.endswith("县财政局绩效股")


# ------------------------------------------------------------------ near, unlisted, exempt, faults


def test_a_like_name_under_another_code_is_proposed_and_never_taken(tmp_path: Path) -> None:
    other = sent(5, code="1409250000000000099", name="河道清障工程")
    merged = consolidated(tmp_path, {**SENT, "水利局/河道清障工程.xlsx": other})
    assert asked(merged) == [("与名单名称相近", "河道清障工程", ("是名单第5项", "不是，另列"))]
    assert merged.summary.main.total.counted == 6
    assert traced(merged)["河道清障"] == "疑似已报（名称相近）"
    line = merged.summary.questions[0].lines[0]
    assert "名单第5项“河道清障”" in line.why
    assert line.proposal == "是名单第5项"


def test_a_common_beginning_says_nothing_beside_a_name_that_is_wholly_there(tmp_path: Path) -> None:
    """绿化美化工程 is asked about as 绿化美化; 购置更新 of the same centre did not come and is chased."""
    names = {5: "法律援助中心绿化美化", 6: "法律援助中心购置更新"}
    changes: list[county.Change] = [{"序号": n, "项目名称": name} for n, name in names.items()]
    came = sent(5, code="", name="法律援助中心绿化美化工程")
    merged = consolidated(tmp_path, {**SENT, "水利局/绿化.xlsx": came}, listed(*changes))
    assert asked(merged) == [("与名单名称相近", "法律援助中心绿化美化工程", ("是名单第5项", "不是，另列"))]
    assert traced(merged)[names[5]] == "疑似已报（名称相近）"
    assert traced(merged)[names[6]] == "未收到文件"


@pytest.mark.parametrize(("choice", "done", "unlisted"), [("是名单第5项", 7, 0), ("不是，另列", 6, 1)])
def test_what_an_officer_decides_of_a_near_name(
    tmp_path: Path, choice: str, done: int, unlisted: int
) -> None:
    other = sent(5, code="1409250000000000099", name="河道清障工程")
    files = {**SENT, "水利局/河道清障工程.xlsx": other}
    consolidated(tmp_path, files)
    decide(tmp_path / "汇总表.xlsx", choice)
    merged = consolidated(tmp_path, files, update=tmp_path / "汇总表.xlsx")
    assert not merged.summary.questions
    assert merged.summary.main.total.counted == 7
    assert (enrolment(merged).total.done, len(enrolment(merged).unlisted)) == (done, unlisted)


def decide(path: Path, choice: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["待认定"]
    column = next(cell.column for cell in sheet[3] if cell.value == "认定")
    sheet.cell(4, column, choice)
    book.save(path)


def test_a_project_that_the_list_does_not_have_counts_and_is_told(tmp_path: Path) -> None:
    other = sent(4, code="1409250000000000077", name="智慧水务平台")
    merged = consolidated(tmp_path, {**SENT, "水利局/智慧水务平台.xlsx": other})
    assert [remark.name for remark in enrolment(merged).unlisted] == ["智慧水务平台"]
    assert merged.summary.main.total.counted == 7
    assert enrolment(merged).total.done == 6
    assert any("未列入名单1个" in line for line in merged.lines())


def test_a_transfer_that_the_list_does_not_have_is_no_stranger_among_the_projects(tmp_path: Path) -> None:
    """It is added up on a sheet of its own; 部门汇总 speaks of the projects."""
    table = workbook(rows("教育转移支付", department=SCHOOL, title="转移支付绩效自评表"))
    merged = consolidated(tmp_path, {**SENT, "教育局/转移支付.xlsx": table})
    assert [remark.name for remark in enrolment(merged).unlisted] == ["教育转移支付"]
    assert not any("名单外" in str(line) for line in shown(tmp_path, "部门汇总"))


def test_an_exempt_project_is_not_missing_and_what_came_nevertheless_is_told(tmp_path: Path) -> None:
    without = consolidated(tmp_path / "没有报", SENT)
    assert "乡村医生补助" not in traced(without)
    assert [(r.matter, r.name) for r in enrolment(without).remarks] == [
        ("免评", "乡村医生补助"), ("名单本身", ""),
    ]  # fmt: skip
    came = consolidated(tmp_path / "报了", {**SENT, "卫健局/乡村医生补助.xlsx": sent(9)})
    assert enrolment(came).total.due == 9
    row = next(row for row in came.summary.projects() if row.name == "乡村医生补助")
    assert row.counted
    assert row.remark.startswith("免评转自评")


def test_a_code_of_another_project_is_not_taken_for_it(tmp_path: Path) -> None:
    """Same office, same code, another name: it is the project of the list, and says so."""
    other = sent(4, name="河道堤防加固")
    merged = consolidated(tmp_path, {**SENT, "水利局/农村饮水安全维修养护.xlsx": other})
    (finding,) = [f for result in merged.results for f in result.findings if f.code == "T120"]
    assert "“河道堤防加固”" in finding.message
    assert "“农村饮水安全维修养护”" in finding.message


@pytest.mark.parametrize("typed", [float, lambda code: f"{float(code):.5E}"], ids=["number", "1.40925E+18"])
def test_codes_that_the_list_keeps_as_numbers_tell_no_project_from_another(
    tmp_path: Path, typed: Callable[[str], float | str]
) -> None:
    """Of a number 15 digits are left, the same for a whole county: names and units say which project it is."""
    codes: list[county.Change] = [{"序号": n, "项目编码": typed(county.code(n))} for n in range(1, 11)]
    merged = consolidated(tmp_path, SENT, listed(*codes, secret=False))
    assert (enrolment(merged).total.due, enrolment(merged).total.done) == (9, 6)
    assert list(traced(merged)) == ["河道清障", "水库除险加固", "河长制经费"]
    assert (asked(merged), enrolment(merged).unlisted) == ([], ())
    assert len({each.key for each in enrolment(merged).missing}) == 3
    told = [remark.why for remark in enrolment(merged).remarks if remark.matter == "名单本身"]
    assert told == [
        "名单.xlsx Sheet!E3等10格：项目编码按数字保存，末几位可能已丢失，请改为文本重新填写；现按项目名称和单位对照。"
    ]


def test_a_secret_project_whose_code_lost_its_last_digits_hides_no_other(tmp_path: Path) -> None:
    cut = f"{float(county.code(1)):.0f}"
    merged = consolidated(
        tmp_path,
        {"教育局/校舍维修改造.xlsx": sent(1, code=cut)},
        listed({"序号": 12, "项目编码": float(county.SECRET_CODE)}),
    )
    assert [row.name for row in merged.summary.projects()] == ["校舍维修改造"]


@pytest.mark.parametrize(("code", "typed"), [("0012024004", 12024004), ("12024004", "0012024004")])
def test_a_code_without_the_zeros_before_it_is_the_same(
    tmp_path: Path, code: str, typed: float | str
) -> None:
    files = {**SENT, "水利局/农村饮水安全维修养护.xlsx": sent(4, code=code)}
    merged = consolidated(tmp_path, files, listed({"序号": 4, "项目编码": typed}))
    assert (asked(merged), enrolment(merged).total.done) == ([], 6)


def test_a_list_may_say_who_must_report(tmp_path: Path) -> None:
    asked_of: list[county.Change] = [
        {"序号": n, "是否需要自评": "否" if n in {5, 6} else "是"} for n in range(1, 11)
    ]
    merged = consolidated(tmp_path, SENT, listed(*asked_of, without=["免评原因"]))
    assert list(traced(merged)) == ["河长制经费", "乡村医生补助"]
    assert [each.row.exempt for each in enrolment(merged).exempt] == ["名单注明不需要自评"] * 2


def test_a_project_listed_for_each_source_of_money_is_no_repetition(tmp_path: Path) -> None:
    twice: county.Change = {
        "序号": 13, "主管部门": SCHOOL, "实施单位": "第一中学", "项目编码": county.code(1), "项目名称": "校舍维修改造",
        "调整后预算": 20, "资金级次": "省级",
    }  # fmt: skip
    first: county.Change = {"序号": 1, "资金级次": "县级", "调整后预算": 80}
    merged = consolidated(tmp_path, SENT, listed(first, twice, secret=False))
    assert enrolment(merged).total.due == 9
    assert not any("是否重复" in remark.why for remark in enrolment(merged).remarks)


@pytest.mark.parametrize("code", ["", "lost"])
def test_a_name_with_or_without_the_word_project_is_one(tmp_path: Path, code: str) -> None:
    changes: list[county.Change] = [
        {"序号": n, "项目编码": float(county.code(n)) if code else ""} for n in range(1, 11)
    ]
    merged = consolidated(
        tmp_path, SENT, listed(*changes, {"序号": 4, "项目名称": "农村饮水安全维修养护项目", "项目编码": ""})
    )
    assert (asked(merged), enrolment(merged).total.done) == ([], 6)


def test_a_project_of_the_department_itself_is_not_that_of_its_unit(tmp_path: Path) -> None:
    """名单中局机关和所属学校各有一个同名项目；局机关的表没有写编码，单位就是局机关，不必问。"""
    own: county.Change = {"序号": 2, "实施单位": f"{SCHOOL}机关", "项目名称": "校舍维修改造"}
    files = {"甲.xlsx": sent(1), "乙.xlsx": sent(2, name="校舍维修改造", unit=SCHOOL, code="")}
    merged = consolidated(tmp_path, files, listed(own))
    assert asked(merged) == []
    assert not {"校舍维修改造"} & set(traced(merged))


def test_faults_of_the_list_itself_are_told(tmp_path: Path) -> None:
    twice: county.Change = {
        "序号": 13,
        "主管部门": WATER,
        "实施单位": "水库管理处",
        "项目编码": county.code(6),
        "项目名称": "水库除险加固二期",
    }
    nameless: county.Change = {
        "序号": 14,
        "主管部门": WATER,
        "项目编码": "1409250000000000014",
        "调整后预算": 5,
    }
    merged = consolidated(tmp_path, SENT, listed(twice, nameless))
    told = "\n".join(remark.why for remark in enrolment(merged).remarks if remark.matter == "名单本身")
    assert "项目编码相同，请核对是否重复" in told
    assert "没有项目名称，已略过" in told
    assert enrolment(merged).total.due == 9


# ------------------------------------------------------------------ departments


def test_departments_stand_in_the_order_of_the_list_under_its_names(tmp_path: Path) -> None:
    merged = consolidated(
        tmp_path,
        {
            "1/a.xlsx": sent(10, department="卫计委"),
            "2/b.xlsx": sent(4, department="县水利局"),
            "3/c.xlsx": sent(1, department="教育局"),
            "4/d.xlsx": sent(8, department="县卫计委"),
            "5/e.xlsx": workbook(rows("供销社改造", department="供销社", code="Z1")),
        },
    )
    assert [each.total.label for each in merged.summary.main.departments] == [SCHOOL, WATER, HEALTH, "供销社"]
    assert {fold.why for fold in merged.summary.folds if "卫计委" in fold.spelling} == {
        "名单中的曾用名或简称"
    }


def test_a_project_without_department_gets_it_by_code(tmp_path: Path) -> None:
    merged = consolidated(tmp_path, {"新建文件夹/表.xlsx": sent(4, department="")})
    (row,) = merged.summary.projects()
    assert row.department == WATER
    assert row.remark.startswith("主管部门未填，按名单列")


def test_a_department_that_nobody_can_tell_is_asked_among_those_of_the_list(tmp_path: Path) -> None:
    nobody = workbook(rows("某项工作", department="", unit="", code=""))
    merged = consolidated(tmp_path, {**SENT, "新建文件夹/表.xlsx": nobody})
    assert asked(merged) == [("主管部门不明", "某项工作", (SCHOOL, WATER, HEALTH))]
    decide(tmp_path / "汇总表.xlsx", WATER)
    again = consolidated(tmp_path, {}, update=tmp_path / "汇总表.xlsx")
    assert next(row for row in again.summary.projects() if row.name == "某项工作").department == WATER


def test_a_long_list_of_departments_can_be_chosen_from(tmp_path: Path) -> None:
    more: list[county.Change] = [
        {
            "序号": number,
            "主管部门": f"云岭县第{number}管理委员会办公室",
            "项目编码": county.code(number),
            "项目名称": f"工作{number}",
        }
        for number in range(20, 60)
    ]
    nobody = workbook(rows("某项工作", department="", unit="", code=""))
    consolidated(tmp_path, {**SENT, "新建文件夹/表.xlsx": nobody}, listed(*more))
    book = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")
    (validation,) = book["待认定"].data_validations.dataValidation
    assert validation.formula1 == "'认定选项'!$A$1:$A$43"
    assert book["认定选项"].sheet_state == "hidden"
    assert book["认定选项"]["A43"].value == "云岭县第59管理委员会办公室"


# ------------------------------------------------------------------ amounts


def test_amounts_that_differ_from_the_list_are_findings(tmp_path: Path) -> None:
    merged = consolidated(
        tmp_path,
        SENT,
        listed({"序号": 1, "调整后预算": 120, "国库支付数": 80}, {"序号": 2, "调整后预算": 100.005}),
    )
    found = [
        (finding.code, finding.severity, finding.found, finding.expected)
        for result in merged.results
        for finding in result.findings
        if finding.code in {"F117", "F118"}
    ]
    assert found == [
        ("F117", Severity.WARNING, "100万元", "120万元"),
        ("F118", Severity.WARNING, "90万元", "80万元"),
    ]
    row = next(row for row in merged.summary.projects() if row.name == "校舍维修改造")
    plain = next(row for row in merged.summary.projects() if row.name == "宣传培训经费")
    assert row.warnings == plain.warnings + 2
    assert row.file == "教育局/校舍维修改造.xlsx"


def test_ten_thousand_times_the_list_is_asked_and_in_no_total(tmp_path: Path) -> None:
    files = {**SENT, "教育局/校舍维修改造.xlsx": sent(1, budget="1000000", executed="900000")}
    merged = consolidated(tmp_path, files)
    (question,) = merged.summary.questions
    assert (question.matter.value, question.lines[0].why) == (
        "金额与名单相差一万倍", "名单为100万元，表上为1000000万元，正好相差一万倍",
    )  # fmt: skip
    assert question.lines[0].proposal == "按元"
    assert merged.summary.main.total.full_year_budget == Decimal(500)
    assert not [f for result in merged.results for f in result.findings if f.code in {"F117", "F118"}]
    decide(tmp_path / "汇总表.xlsx", "按元")
    again = consolidated(tmp_path, {}, update=tmp_path / "汇总表.xlsx")
    assert again.summary.main.total.full_year_budget == Decimal(600)
    assert enrolment(again).total.done == 6


# ------------------------------------------------------------------ what is secret


def everything(folder: Path, merged: MergeResult) -> str:
    """All that a merge says anywhere: the workbook with its hidden parts, JSON, the terminal, the records."""
    with zipfile.ZipFile(folder / "汇总表.xlsx") as book:
        parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    told = json.dumps(summary_json(merged.summary), ensure_ascii=False)
    return "\n".join([*parts, told, *merged.lines(), repr(merged.summary), repr(list(merged.results))])


@pytest.mark.parametrize(
    "name",
    [
        "教育局/表.xlsx",
        f"教育局/{county.SECRET_NAME}.xlsx",
        f"{county.SECRET_NAME}/表.xlsx",
        "教育局/材料.zip",
    ],
)
def test_of_a_secret_project_of_the_list_nothing_is_said(tmp_path: Path, name: str) -> None:
    table = sent(1, name=county.SECRET_NAME, code=county.SECRET_CODE, executed="77")
    data = packed({f"{county.SECRET_NAME}.xlsx": table}) if name.endswith("zip") else table
    scan = {f"教育局/{county.SECRET_NAME}扫描.pdf": PDF}
    merged = consolidated(tmp_path, {**SENT, name: data, **scan})
    told = everything(tmp_path, merged)
    assert county.SECRET_NAME not in told
    assert county.SECRET_CODE not in told
    assert "777.31" not in told
    assert summary_json(merged.summary)["summary"]["secret"] == 1
    assert enrolment(merged).total.due == 9
    assert "涉密项目按规定另行报送，未列入本表。" in merged.summary.notes


def test_a_word_that_nobody_understands_is_secret_until_it_is_told(tmp_path: Path) -> None:
    merged = consolidated(tmp_path, SENT, listed({"序号": 7, "是否涉密": "待定密"}))
    assert "河长制经费" not in traced(merged)
    assert summary_json(merged.summary)["summary"]["secret"] == 2
    told = "\n".join(remark.why for remark in enrolment(merged).remarks)
    assert re.search(r"!J9：“是否涉密”请填“是”或“否”", told), told


# ------------------------------------------------------------------ typed, JSON, dates, bytes


def test_what_was_typed_of_a_call_is_kept(tmp_path: Path) -> None:
    consolidated(tmp_path, SENT)
    path = tmp_path / "汇总表.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["应报未报"]
    column = next(cell.column for cell in sheet[2] if cell.value == "催报情况")
    for row, typed in ((4, "2月11日已电话，答应次日报"), (5, "无人接听")):
        sheet.cell(row, column, typed)
    book.save(path)
    merged = consolidated(tmp_path, {"水利局/水库除险加固.xlsx": sent(6)}, update=path)
    kept = {each.enrolled.row.name: each.chased for each in enrolment(merged).missing}
    assert kept == {"河道清障": "2月11日已电话，答应次日报", "河长制经费": ""}
    gone = [remark for remark in enrolment(merged).remarks if remark.matter == "原催报情况"]
    assert [(remark.name, remark.why) for remark in gone] == [
        ("水库除险加固", "已不在应报未报之列，原催报情况：无人接听")
    ]


def test_json_says_it_all(tmp_path: Path) -> None:
    told = summary_json(consolidated(tmp_path, SENT).summary)["summary"]
    assert told["missing"][0] == {
        "code": county.code(5), "name": "河道清障", "department": WATER, "unit": "河道管理站",
        "budget": "100", "trace": "未收到文件",
    }  # fmt: skip
    assert [each["name"] for each in told["exempt"]] == ["乡村医生补助"]
    assert {key: told["coverage"][key] for key in ("due", "done", "missing", "due_budget")} == {
        "due": 9, "done": 6, "missing": 3, "due_budget": "900",
    }  # fmt: skip
    assert (told["secret"], told["unlisted"]) == (1, [])


@pytest.mark.parametrize("typed", ["2月12日", "2026-02-30", "明天", "26-2-12", ""])
def test_a_date_that_is_none_is_refused_in_one_sentence(tmp_path: Path, typed: str) -> None:
    with pytest.raises(UsageError, match=r"^日期请写成 2026-02-12 .*。$"):
        consolidated(tmp_path, SENT, as_of=typed)


def test_a_list_without_projects_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with pytest.raises(UsageError, match=r"^名单.xlsx：没有找到项目，名单要有“项目名称”一列"):
        consolidated(tmp_path, SENT, stream.getvalue())


def test_same_input_same_bytes_for_any_number_of_workers(tmp_path: Path) -> None:
    written = []
    for workers in (1, 2):
        consolidated(tmp_path, SENT, as_of="2026-02-12")
        place = tmp_path / "来文"
        out = tmp_path / "汇总表.xlsx"
        merge(
            [place],
            out,
            details=True,
            workers=workers,
            cache=False,
            register=tmp_path / "名单.xlsx",
            as_of="2026-02-12",
            force=True,
        )
        written.append(out.read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    "without", ["主管部门", "实施单位", "项目编码", "调整后预算", "截止日期", "是否涉密", "曾用名/简称"]
)
def test_any_column_may_be_missing(tmp_path: Path, without: str) -> None:
    merged = consolidated(tmp_path, SENT, listed(without=[without], secret=False))
    assert (enrolment(merged).total.due, enrolment(merged).total.done) == (9, 6)
    assert sorted(traced(merged)) == sorted(["河道清障", "水库除险加固", "河长制经费"])
