"""What reports say in sentences, against their table and funds: many counties' ways to say it, right and wrong.

The reports have the structure and the figures of the five reference projects: 107.26 and 106.49 万元, 93.08 points (1);
50 and 49.92 (2); 24.5 and 98 points (3); 125.95 and 119.65, 96.75 points (4); 19.48 and 89.5 points (0).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from docx.document import Document

from support import reports
from zipingbiao.result.examine import examine_bytes
from zipingbiao.scoring.finding import Finding, Severity

SPENDING, OUTPUTS, BENEFITS = "项目实施和预算执行情况及分析", "产出情况及分析", "效益情况及分析"
SATISFACTION, OVERVIEW, PRACTICE = "满意度情况及分析", "项目概况", "主要经验做法"
MONEY, RESULT = "资金预算和执行情况", "绩效自评结果及分析"

RIGHT = (
    (1, SPENDING, "全年执行数106.49万元，执行率99.28%，支出进度较为理想。"),
    (1, SPENDING, "年初预算107.26万元，实际到位106.49万元，全年支付106.49万元，执行进度达到99.3%。"),
    (1, SPENDING, "2020年预算85万元，执行率92%；2021年预算107.26万元，执行率为99%。"),
    (1, SPENDING, "截至6月底支出进度50%，截至9月底支付80万元，年底执行率99.28%。"),
    (1, SPENDING, "其中：办公费实际支出12.5万元，印刷费实际支出30万元，委托业务费已支付63.99万元。"),
    (1, OVERVIEW, "项目总投资350万元，分三年实施，本年度安排预算107.26万元。"),
    (1, SPENDING, "约支出106万元，预算执行率接近100%。"),
    (1, SPENDING, "预算资金共计1072600元，实际支出1064900元。"),
    (1, SATISFACTION, "受访群众满意度达到85%。"),
    (4, SPENDING, "资金到位率100%，支付进度95%，剩余6.3万元为质保金，待质保期满后支付。"),
    (4, SPENDING, "本年度财政预算安排125.95万元已全部到位，累计支付119.65万元，结余6.30万元。"),
    (4, SPENDING, "合同金额118万元，首付款已支付60万元，二期已支付59.65万元，合计支出119.65万元。"),
    (4, PRACTICE, "严控成本，比上年预算执行率提高5个百分点，上年执行率90%。"),
    (4, OUTPUTS, "设备完好率达到98%，任务完成率100%，政策执行率100%，合同执行率100%。"),
    (4, SATISFACTION, "服务对象满意度达到95%以上，其中干部满意度98%、群众满意度93%。"),
    (4, BENEFITS, "本次自评综合得分96.75分，评定等级为优。"),
    (3, MONEY, "2022年预算总金额24.5万元，其中一季度支付5万元，全年执行数24.5万元，支出进度100%。"),
    (3, MONEY, "部门预算总额1200万元，本项目预算资金24.5万元，已支付24.50万元。"),
    (3, RESULT, "绩效自评综合得分98分，评定等级为优，其中产出指标得分50分。"),
    (3, MONEY, "财政批复预算24.5万元，资金使用率100%。计划2023年安排预算30万元。"),
    (2, SPENDING, "年初预算50万元，全年执行49.92万元，结余0.08万元，预算完成率99.8%。"),
    (2, SPENDING, "全年支出50万元，预算完成率100%。"),
    (2, SPENDING, "经费已支付近50万元，执行率超过99%。"),
    (0, SPENDING, "上级下达资金19.48万元，当年全部支付，执行率100%，全年使用资金19.27万元。"),
    (1, SPENDING, "自2019年起累计支付资金320万元，其中2021年支付106.49万元。"),
    (1, SPENDING, "资金支付及时率100%，资金支出合规率100%，财务制度执行率100%。"),
    (1, SPENDING, "一季度执行率20%，二季度执行率45%，三季度执行率70%，四季度执行率99.28%。"),
    (4, PRACTICE, "三公经费支出2.5万元，公用经费已支付8万元，每户实际支出1.2万元。"),
    (4, OVERVIEW, "单位2022年部门预算收入合计890万元，支出合计870万元，其中项目支出125.95万元。"),
    (3, RESULT, "自评总分90分（含）以上为优，80-90分为良。我单位自评得分98分，属于优秀。"),
    (3, MONEY, "截至2022年11月已支付20万元，执行率81.63%，12月底全部支付。"),
    (0, OUTPUTS, "全县应建348个，已建221个，完成率170%。系统故障响应及时率70%。"),
)

WRONG = (
    (1, SPENDING, "全年执行数107.26万元，执行率100%。", "T117"),
    (1, SPENDING, "年初预算170.26万元，实际支出106.49万元。", "T117"),
    (1, SPENDING, "资金到位率100%，预算执行率99.28%。", "T117"),
    (1, SPENDING, "支出进度仅为92.8%。", "T117"),
    (1, SPENDING, "预算资金共计1072600元，实际支出1046900元。", "T117"),
    (1, BENEFITS, "本次自评综合得分98.03分，评定等级为优。", "T111"),
    (1, BENEFITS, "本次自评综合得分93.08分，评定等级为良。", "T111"),
    (1, BENEFITS, "综合得分93.08分，评定等级为良。", "T111"),
    (1, SATISFACTION, "社会公众满意度达到95%。", "T114"),
    (4, SPENDING, "累计支付125.95万元，结余0元。", "T117"),
    (4, SPENDING, "执行进度100%，无结余。", "T117"),
    (4, SPENDING, "预算安排152.95万元，到位125.95万元。", "T117"),
    (4, SPENDING, "剩余9.3万元待支付。", "T117"),
    (4, SATISFACTION, "满意度达到98%以上。", "T114"),
    (3, MONEY, "2022年项目预算资金为25.4万元，2022年12月8日已全部支付完成，预算执行率为100%。", "T117"),
    (3, MONEY, "预算24.5万元，已支付22.05万元，执行率90%。", "T117"),
    (3, RESULT, "绩效自评综合得分89分，评定等级为良。", "T111"),
    (3, RESULT, "对我单位2021年度绩效目标完成情况进行自评，总体自评结果优秀。", "T110"),
    (2, SPENDING, "预算完成率89.84%。", "T117"),
    (0, SPENDING, "到位资金19.84万元，资金使用率98.9%。", "T117"),
    (0, OUTPUTS, "项目绩效自评价最终得分为85.9分，属于良好。", "T111"),
)

RIGHT_COVERS = (
    ("2022年度融媒体平台建设项目支出绩效自评报告", "填报单位：大宁县融媒体中心"),
    ("大宁县融媒体中心2022年度部门预算项目支出绩效自评报告", "填报单位：大宁县融媒体中心"),
    ("县融媒体中心关于2022年度项目支出绩效自评的报告", "填报单位：大宁县融媒体中心"),
    ("大宁县人民政府2022年度财政支出项目绩效自评报告", "填报单位：大宁县融媒体中心"),
    ("中共大宁县委宣传部2022年度县级融媒体平台建设项目绩效自评报告", "填报单位：大宁县委宣传部"),
)
WRONG_COVERS = (
    (("隰县教育局2022年度项目支出绩效自评报告", "填报单位：大宁县融媒体中心"), "“隰县教育局”", Severity.INFO),
    (("2022年度校舍维修项目支出绩效自评报告",), "“校舍维修项目”", Severity.INFO),
    (("项目名称：档案整理项目",), "“融媒体平台建设项目”", Severity.WARNING),
)


def told(document: Document) -> Iterator[Finding]:
    """The findings of family T, but for those that blame no text."""
    for finding in examine_bytes(reports.content(document), "报告.docx").findings:
        if finding.code[0] == "T":
            yield finding


def written(seed: int, key: str, text: str) -> Document:
    """The report of a reference project with one of its sections in other words."""
    document, usual = reports.written(seed), reports.prose(seed)[key].strip()
    if not usual:  # seed 0 leaves the section blank
        heading = next(each for each in document.paragraphs if each.text.endswith(key))
        heading._p.getnext().clear_content()
        place = next(each for each in document.paragraphs if each._p is heading._p.getnext())
        place.add_run(text)
        return document
    for paragraph in document.paragraphs:
        if usual in paragraph.text:
            paragraph.text = paragraph.text.replace(usual, text)
    assert any(text in paragraph.text for paragraph in document.paragraphs)
    return document


@pytest.fixture(scope="module")
def usual() -> dict[int, set[str]]:
    """What is said of each report as it is."""
    return {seed: {each.message for each in told(reports.written(seed))} for seed in range(5)}


@pytest.mark.parametrize(("seed", "key", "text"), RIGHT)
def test_what_agrees_with_the_table_is_not_blamed(
    usual: dict[int, set[str]], seed: int, key: str, text: str
) -> None:
    assert [each.message for each in told(written(seed, key, text)) if each.message not in usual[seed]] == []


@pytest.mark.parametrize(("seed", "key", "text", "code"), WRONG)
def test_what_contradicts_the_table_is_told_once(
    usual: dict[int, set[str]], seed: int, key: str, text: str, code: str
) -> None:
    document = written(seed, key, text)
    (finding,) = [each for each in told(document) if each.message not in usual[seed]]
    assert finding.code == code
    assert finding.ref is not None
    assert finding.ref.place.startswith("正文第")
    assert any(ref.sheet != "正文" for ref in finding.refs) or code == "T110"


@pytest.mark.parametrize("cover", RIGHT_COVERS, ids=[cover[0] for cover in RIGHT_COVERS])
def test_a_title_in_other_words_is_not_blamed(cover: tuple[str, ...]) -> None:
    assert not [each for each in told(covered(cover)) if each.code in {"T109", "T110"}]


@pytest.mark.parametrize(("cover", "name", "severity"), WRONG_COVERS)
def test_a_cover_of_another_project_or_unit_is_told(
    cover: tuple[str, ...], name: str, severity: Severity
) -> None:
    (finding,) = [each for each in told(covered(cover)) if each.code == "T109"]
    assert name in finding.message
    assert finding.severity is severity


def test_the_year_of_the_title_is_that_of_the_head() -> None:
    document = reports.written(3)
    document.paragraphs[0].insert_paragraph_before("2021年度平台运维服务费项目支出绩效自评报告")
    (finding,) = [each for each in told(document) if each.code == "T110"]
    assert "表头是2022年度，报告标题写的是2021年" in finding.message


def covered(cover: tuple[str, ...]) -> Document:
    document = reports.written(4)
    first = document.paragraphs[0]
    for line in cover:
        first.insert_paragraph_before(line)
    return document


# ------------------------------------------------------------------ the reports of the five projects


@pytest.mark.parametrize("seed", range(5))
def test_no_report_is_flooded_and_order_says_nothing(seed: int) -> None:
    for shuffled in (False, True):
        document = reports.written(seed, shuffled=shuffled)
        findings = examine_bytes(reports.content(document), "报告.docx").findings
        assert len([each for each in findings if each.severity is not Severity.INFO]) <= 8
        blamed = {
            each.code for each in findings if each.code in {"T109", "T110", "T111", "T114", "T116", "T117"}
        }
        assert blamed == ({"T111"} if seed == 3 else set())  # 总体自评结果良好 at 98


def test_good_at_98_is_a_warning() -> None:
    (finding,) = told(reports.written(3))
    assert (finding.code, finding.severity) == ("T111", Severity.WARNING)
    assert "附件1（表1）中总分98应为“优”" in finding.message


def test_another_total_in_the_sentence_is_an_error_that_names_both_places() -> None:
    document = reports.written(1)
    for paragraph in document.paragraphs:
        paragraph.text = paragraph.text.replace("93.08", "98.03")
    (finding,) = told(document)
    assert (finding.code, finding.severity) == ("T111", Severity.ERROR)
    assert "文字里的总得分为98.03分，附件1（表6）中总分为93.08分" in finding.message
    assert [ref.place for ref in finding.refs] == ["正文第15段", "附件1（表6）第2行第8列"]


@pytest.mark.parametrize("shuffled", [False, True])
def test_another_score_in_the_body_is_one_finding_that_names_both_places(shuffled: bool) -> None:
    document = reports.written(1, shuffled=shuffled)
    body = next(table for table in document.tables if "社会公众满意度" in table.rows[1].cells[1].text)
    body.rows[1].cells[5].text = "9.85"
    (finding,) = told(document)
    assert (finding.code, finding.severity) == ("T116", Severity.ERROR)
    assert (finding.found, finding.expected) == ("9.85", "8.95")
    body_place, main_place = (ref.place for ref in finding.refs)
    assert body_place == "表5第2行第6列"
    assert main_place in finding.message
    assert main_place.startswith("附件1（表6）")


def test_a_body_without_a_line_says_which() -> None:
    document = reports.written(4)
    outputs = document.tables[2]
    outputs._tbl.remove(outputs.rows[2]._tr)
    (finding,) = told(document)
    assert (finding.code, finding.severity) == ("T116", Severity.WARNING)
    assert "正文漏列“采购质量达标率”" in finding.message


@pytest.mark.parametrize(
    ("heading", "amounts", "said"),
    [
        ("年初预算数（万元）|全年预算数（万元）|全年执行数（万元）", "24.5|24.5|24.5", ""),
        ("年初预算数（元）|全年预算数（元）|全年执行数（元）", "245000|245000|245000", ""),
        ("年初预算数（万元）|全年预算数（万元）|全年执行数（万元）", "24.5|24.5|23.1", "全年执行23.1万元（附件1（表2）"),
    ],
)  # fmt: skip
def test_a_table_of_funds_in_the_body_beside_that_of_the_attachment(
    heading: str, amounts: str, said: str
) -> None:
    document = reports.written(3)
    reports.fill(document, [heading, amounts])
    document.paragraphs[4]._p.addnext(document.tables[-1]._tbl)
    found = [each for each in told(document) if each.code == "T116"]
    assert [each.severity for each in found] == ([Severity.WARNING] if said else [])
    assert all(said in each.message and "为24.5万元" in each.message for each in found)


def test_a_goal_of_348_beside_a_target_of_130_is_a_hint() -> None:
    document = written(0, "项目年度绩效目标", "加强13个乡镇、348个农村党支部的平台建设。")
    (finding,) = [each for each in told(document) if each.code == "T118"]
    assert finding.severity is Severity.INFO
