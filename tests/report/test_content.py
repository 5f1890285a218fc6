"""What a report says: headings in the order of the form, figures of the evaluation, texts as they were written."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support.written import EXECUTION, USUAL, below, blocks, line, project, tables, texts, workbook
from zipingbiao.table.sentence import named_in, result_sentence
from zipingbiao.template.content import NewProject
from zipingbiao.template.examples import examples

SHANXI = """
1 一、项目的基本情况
2 （一）项目概况
2 （二）预算执行情况
2 （三）项目绩效目标
3 （1）. 项目实施期绩效目标
3 （2）. 项目年度目标
1 二、项目绩效情况
2 （一）预算执行情况
2 （二）项目产出情况
2 （三）项目效益情况
2 （四）项目满意度情况
1 三、项目绩效分析
3 1. 项目实施和预算执行情况及分析
3 2. 产出情况及分析
3 3. 效益情况及分析
3 4. 满意度情况及分析
1 四、项目主要经验做法
1 五、项目管理中存在问题及原因分析
1 六、进一步加强项目管理措施及建议
1 附件1.项目支出绩效自评表
1 附件2.绩效自评相关资料
"""
NATIONAL = """
1 一、项目支出基本情况
2 1、项目立项背景
2 2、资金用途及目的
2 3、项目资金预算和执行情况
1 二、绩效自评工作开展情况
1 三、绩效自评结果及分析
1 四、自评发现的问题及整改措施
1 五、绩效自评结果应用建议
1 附件1
1 附件2.绩效自评相关资料
"""
LEAD = "综合考虑预算执行情况、产出、效益、服务对象满意度各方面因素，通过数据采集及分析，最终评分结果："
SHANXI_TEXTS = {
    "项目概况": "全县教师轮训。\n分三期进行。",
    "立项依据": "县教育发展规划。",
    "设立的必要性": "",
    "项目实施期绩效目标": "三年轮训一遍。",
    "项目年度绩效目标": "培训200人次。",
    "产出情况及分析": "　　共办班三期。\n\n第二期因暴雨改期。",
    "主要经验做法": "无",
}


def made(data: bytes, **options: object) -> bytes:
    document, _ = z.report(data, **options)  # type: ignore[call-overload]
    return bytes(document)


def example(number: str) -> bytes:
    return next(examples().glob(f"{number}-*.xlsx")).read_bytes()


def headings(document: bytes) -> str:
    found = [f"{style[-1]} {said}" for style, said in blocks(document) if style.startswith("Heading")]
    return "\n".join(["", *found, ""])


# ------------------------------------------------------------------ structure


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_shanxi_has_its_six_parts(number: str) -> None:
    assert headings(made(example(number))) == SHANXI


def test_national_has_its_five_parts() -> None:
    assert headings(made(example("003"))) == NATIONAL


# ------------------------------------------------------------------ the sentence


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("000", '创建党建先进县项目项目绩效自评价结果为:总得分89.5分，属于"良好"。'),
        (
            "001",
            '某县精准扶贫档案规范化、数字化整理项目工作运行经费项目项目绩效自评价结果为:总得分93.08分，属于"优秀"。',
        ),
        ("002", '信息化建设经费项目项目绩效自评价结果为:总得分94.23分，属于"优秀"。'),
        ("003", '“互联网+政务服务”平台运维服务费项目绩效自评价结果为:总得分98分，属于"优"。'),
        ("004", '融媒体平台建设项目项目绩效自评价结果为:总得分96.75分，属于"优秀"。'),
    ],
)
def test_the_sentence_states_total_and_grade_in_the_words_of_every_report(number: str, said: str) -> None:
    assert [text for text in texts(made(example(number))) if "总得分" in text] == [LEAD + said]


@pytest.mark.parametrize(
    "name",
    [
        "信息化建设经费",
        "融媒体平台建设项目",
        "“互联网+政务服务”平台运维服务费",
        "项目",
        "三个项目一期项目",
        "",
    ],
)
@pytest.mark.parametrize("total", [Decimal("96.75"), None])
def test_a_name_is_read_back_as_it_was(name: str, total: Decimal | None) -> None:
    assert named_in(result_sentence(name, total, "优秀")) == name


def test_another_text_names_no_project() -> None:
    assert named_in("本项目绩效自评价结果为优秀。") is None


def test_a_table_that_is_not_complete_has_no_total() -> None:
    lines = (*USUAL, line("产出指标|时效指标|按时开班|10||"))
    document = made(workbook(project(lines=lines)))
    assert f"{LEAD}业务培训项目项目绩效自评价结果为:未完成。" in texts(document)
    (row,) = (row for row in tables(document)[-1] if row[2] == "按时开班")
    assert (row[3], row[7]) == ("10", "")


# ------------------------------------------------------------------ figures


def test_the_tables_of_the_text_hold_the_lines_of_their_level() -> None:
    funds, execution, output, effect, satisfaction, form = tables(made(workbook()))
    assert funds[2:5] == [
        ["年初预算资金", "(1)", "100", "100", "", "", "", "100", "", ""],
        ["全年预算资金", "(2)", "100", "100", "", "", "", "100", "", ""],
        ["实际到位资金", "(3)", "100", "100", "", "", "", "100", "", ""],
    ]
    assert [row[:3] for row in funds[5:]] == [
        ["全年执行资金", "(4)", "95"],
        ["资金结余", "(5)=(3)-(4)", "5"],
        ["预算到位率", "(6)=(3)/(2)", "100"],
        ["预算执行率(%)", "(7)=(4)/(2)", "95"],
    ]
    head = ["二级指标", "三级指标", "权重", "目标值", "业绩值", "得分"]
    assert execution == [head, ["预算执行指标", "预算执行率", "10", "100%", "95%", "9.5"]]
    assert output == [
        head,
        ["数量指标", "培训人次", "30", "200人次", "190人次", "28.5"],
        ["质量指标", "培训合格率", "20", "≥95%", "96%", "20"],
    ]
    assert [row[1:] for row in effect[1:]] == [["系统使用率", "30", "≥90%", "92%", "30"]]
    assert [row[1:] for row in satisfaction[1:]] == [["学员满意度", "10", "≥95%", "85%", "8.95"]]
    assert form[2] == [
        "产出指标",
        "数量指标",
        "培训人次",
        "30",
        "200人次",
        "190人次",
        "95.00%",
        "28.5",
        "有10人请假，改在下年初补训。",
    ]
    assert [row[0] for row in form] == [
        "一级指标",
        "预算执行指标",
        "产出指标",
        "产出指标",
        "效益指标",
        "满意度指标",
    ]


def test_a_line_of_any_level_is_in_one_table_of_the_text() -> None:
    lines = (
        EXECUTION,
        line("成本指标|经济成本指标|人均成本|20|≤500元|480元"),
        line("产出指标|数量指标|培训人次|30|200人次|200人次"),
        line("决策指标|立项|立项规范性|20|规范|规范"),
        line("效益指标|社会效益指标|系统使用率|10|≥90%|92%"),
        line("满意度指标|服务对象满意度指标|学员满意度|10|≥95%|96%"),
    )
    _, *body, _ = tables(made(workbook(project(lines=lines))))
    assert [[row[1] for row in table[1:]] for table in body] == [
        ["预算执行率", "立项规范性"],
        ["人均成本", "培训人次"],
        ["系统使用率"],
        ["学员满意度"],
    ]


def test_an_execution_that_no_row_states_is_said_below_the_form() -> None:
    document = made(example("002"))
    _, execution, *_, form = tables(document)
    assert len(execution) == 1
    assert "预算执行指标" not in {row[0] for row in form}
    assert "注：未列预算执行率，按资金表另计9.98分（权重10，计入后权重合计95）。" in texts(document)


def test_the_national_form_has_its_analysis_below_the_total() -> None:
    (form,) = tables(made(example("003")))
    labels = [row[0] for row in form]
    total = labels.index("总分")
    assert form[total][6:8] == ["100", "98"]
    assert form[total + 1][6] == "优"
    below_total = [(row[0], row[2], row[3]) for row in form[total + 2 :]]
    assert below_total[0] == (
        "项目绩效分析",
        "项目实施和预算执行情况及分析",
        "项目按合同实施，资金已全部支付。",
    )
    assert [title for _, title, _ in below_total[4:]] == [
        "主要经验做法",
        "项目管理中存在的主要问题及原因分析",
        "下一步改进措施及管理建议",
    ]
    assert form[2][2] == "“互联网+政务服务”平台运维服务费"
    assert form[5] == ["项目资金\n（万元）"] * 2 + [
        "年度资金总额",
        "24.5",
        "24.5",
        "24.5",
        "10",
        "100%",
        "10",
    ]
    assert (
        form[10][2:]
        == ["保障政务服务平台安全稳定运行，完成功能升级和性能优化。"] * 3
        + ["平台全年安全稳定运行，功能升级和性能优化已完成。"] * 4
    )


def test_amounts_in_yuan_are_printed_in_the_unit_of_the_heading() -> None:
    lines = [["项目名称", "培训"], ["资金", "年初预算数（元）", "全年预算数（元）", "全年执行数（元）"]]
    lines += [["年度资金总额", "1000000", "1000000", "955000"], []]
    lines += [
        ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "偏差原因分析"]
    ]
    lines += [["产出指标", "数量指标", "培训人次", "90", "200", "190", "", ""]]
    document = made(foreign(lines))
    assert headings(document) == NATIONAL  # of a layout that is no printed form: by its funds table
    (form,) = tables(document)
    (amounts,) = (row for row in form if row[2] == "年度资金总额")
    assert amounts[3:6] == ["100", "100", "95.5"]


def foreign(lines: list[list[str]]) -> bytes:
    """Return a workbook of somebody else's with these rows."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in lines:
        book.active.append([Decimal(cell) if cell.isdecimal() else cell for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_loose_annex_says_whose_it_is() -> None:
    assert below(made(workbook()), "附件1.项目支出绩效自评表") == [
        "项目名称：业务培训项目　　　项目编码：P1",
        "主管部门：某县教育局　　　实施单位：某县教师进修学校　　　年度：2025",
    ]
    assert below(made(example("003")), "附件1") == []


# ------------------------------------------------------------------ texts


def test_texts_stand_paragraph_by_paragraph_and_empty_ones_say_so() -> None:
    document, written = z.report(workbook(project(texts=SHANXI_TEXTS)))
    assert below(document, "（一）项目概况") == [
        "项目概况：全县教师轮训。",
        "分三期进行。",
        "立项依据：县教育发展规划。",
        "设立的必要性：未填写",
        "保证项目实施的措施与制度：未填写",
        "项目实施计划：未填写",
    ]
    assert below(document, "2. 产出情况及分析") == ["共办班三期。", "第二期因暴雨改期。"]
    assert below(document, "四、项目主要经验做法") == ["无"]
    assert below(document, "五、项目管理中存在问题及原因分析") == ["未填写"]
    assert below(document, "附件2.绩效自评相关资料") == ["未填写"]
    (note,) = written.notes
    assert note.startswith("8个章节没有文字，报告中写的是“未填写”")
    assert "设立的必要性" in note
    assert "项目概况" not in note
    assert "T113" in {finding.code for finding in written.result.findings}


def test_the_goal_of_the_year_may_stand_on_the_table() -> None:
    assert below(made(example("001")), "（2）. 项目年度目标") == [
        "完成全县精准扶贫档案的收集、整理和数字化。"
    ]


def test_a_foreign_workbook_without_texts_has_a_report_too() -> None:
    lines = [
        ["项目名称", "培训"],
        ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分"],
    ]
    document, written = z.report(
        foreign([*lines, ["产出指标", "数量指标", "培训人次", "100", "200", "190", ""]])
    )
    assert f'{LEAD}培训项目绩效自评价结果为:总得分95分，属于"优"。' in texts(document)
    assert written.notes[0].startswith("12个章节没有文字")


def test_every_project_has_its_report_in_turn() -> None:
    first, second = (
        project("甲项目", texts={"项目概况": "甲的概况。"}),
        project("乙项目", texts={"项目概况": "乙的概况。"}),
    )
    document, written = z.report(workbook(first, second))
    titles = [said for style, said in blocks(document) if style == "Title"]
    assert titles == ["甲项目绩效自评报告", "乙项目绩效自评报告"]
    assert headings(document).split() == SHANXI.split() * 2
    assert [text for text in texts(document) if text.startswith("项目概况：")] == [
        "项目概况：甲的概况。",
        "项目概况：乙的概况。",
    ]
    assert [note[:8] for note in written.notes] == ["“甲项目”的13", "“乙项目”的13"]


def test_a_project_that_nobody_filled_in_is_left_out() -> None:
    document = made(workbook(project(), NewProject()))
    assert [said for style, said in blocks(document) if style == "Title"] == ["业务培训项目绩效自评报告"]


# ------------------------------------------------------------------ drafts


def test_drafts_say_figures_and_nothing_else() -> None:
    document, written = z.report(workbook(project(texts={"效益情况及分析": "作用明显。"})), draft=True)
    assert below(document, "1. 项目实施和预算执行情况及分析") == [
        "本项目年初预算100万元，全年预算100万元，实际到位100万元，全年执行95万元，预算执行率95.00%。（待核实）",
        "全年预算尚有5万元没有支出。（待核实）",
    ]
    assert below(document, "2. 产出情况及分析") == [
        "产出指标共2项，达到目标值的1项，未达到1项。（待核实）",
        "培训人次目标值为200人次，实际完成190人次，完成率95.00%。（待核实）",
    ]
    assert below(document, "3. 效益情况及分析") == ["作用明显。"]
    assert below(document, "4. 满意度情况及分析") == [
        "满意度指标共1项，达到目标值的0项，未达到1项。（待核实）",
        "学员满意度目标值为≥95%，实际完成85%，完成率89.47%。（待核实）",
    ]
    assert below(document, "五、项目管理中存在问题及原因分析") == ["未填写"]
    assert any("3个章节按表中数字写了初稿" in note for note in written.notes)
    assert "待核实" not in "".join(texts(made(workbook())))


def test_a_draft_counts_no_result_that_nothing_measures() -> None:
    lines = (EXECUTION, line("产出指标|质量指标|服务质量|90|良好|80%"))
    (said,) = below(made(workbook(project(lines=lines)), draft=True), "2. 产出情况及分析")[-1:]
    assert "服务质量" in said
    assert "达到目标值的1项" not in said


# ------------------------------------------------------------------ what people do to tables


def edited(data: bytes, sheet: str, cells: dict[str, str]) -> bytes:
    """Return a workbook with some cells typed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, text in cells.items():
        book[sheet][place] = text
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_list_of_documents_is_annex_two() -> None:
    proofs = {"B4": "业务培训项目", "C4": "培训人次", "D4": "签到册（三期）", "D5": "培训合同"}
    document = made(edited(workbook(), "佐证材料", proofs))
    assert tables(document)[-1] == [
        ["序号", "对应指标", "材料名称"],
        ["1", "培训人次", "签到册（三期）"],
        ["2", "", "培训合同"],
    ]


HEAD = ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "偏差原因分析"]


def test_parts_of_a_line_stand_below_it() -> None:
    rows = [["项目名称", "培训"], HEAD]
    rows += [["产出指标", "数量指标", "培训人次", "100", "200", "190", "95", ""]]
    rows += [["", "", "其中：校长", "", "20", "20", "", ""], ["", "", "其中：教师", "", "180", "170", "", ""]]
    (form,) = tables(made(foreign(rows)))
    printed = [row[3:8] for row in form if row[0] == "绩效\n指标" and row[3] != "三级指标"]
    assert printed == [
        ["培训人次", "200", "190", "100", "95"],
        ["其中：校长", "20", "20", "", ""],
        ["其中：教师", "180", "170", "", ""],
    ]


def test_a_score_that_lines_share_is_one_cell() -> None:
    rows = [["项目名称", "培训"], HEAD]
    rows += [["产出指标", "数量指标", "培训人次", "50", "200", "190", "95", ""]]
    rows += [["产出指标", "数量指标", "培训班次", "50", "3", "3", "", ""]]
    book = openpyxl.load_workbook(io.BytesIO(foreign(rows)))
    assert book.active is not None
    book.active.merge_cells("G3:G4")
    target = io.BytesIO()
    book.save(target)
    (form,) = tables(made(target.getvalue()))
    lines = {row[3]: row[7] for row in form}
    assert (lines["培训人次"], lines["培训班次"]) == ("95", "95")
    (shares,) = (row for row in form if row[3] == "培训班次")
    assert shares[6] == "50"


def test_signs_and_units_of_columns_of_their_own_are_not_lost() -> None:
    head = [*HEAD[:4], "符号", "年度指标值", "单位", "实际完成值", "得分"]
    rows = [
        ["项目名称", "培训"],
        head,
        ["产出指标", "数量指标", "培训人次", "100", "≥", "200", "人次", "190", ""],
    ]
    (form,) = tables(made(foreign(rows)))
    (row,) = (row for row in form if row[3] == "培训人次")
    assert row[4:6] == ["≥200人次", "190人次"]


def test_a_department_is_named_by_its_own_name() -> None:
    rows = [["部门整体支出绩效自评表"], ["部门名称", "某县教育局"], HEAD]
    rows += [["产出指标", "数量指标", "在校学生", "100", "2000", "2000", "100", ""]]
    data = foreign(rows)
    (evaluation,) = z.evaluate(z.read(data)).evaluations
    assert evaluation.table.scope == "department"
    assert (
        next(said for style, said in blocks(made(data)) if style == "Title")
        == "某县教育局部门整体绩效自评报告"
    )


def test_a_table_without_a_name_has_a_title_all_the_same() -> None:
    data = foreign([HEAD, ["产出指标", "数量指标", "培训人次", "100", "200", "190", "", ""]])
    assert next(said for style, said in blocks(made(data)) if style == "Title") == "项目支出绩效自评报告"


CAPPED = """title: 某县（执行率限制总分）
extends: shanxi
values:
  caps:
    value: [[80%, 89], [50%, 59]]
    from: 2026-01-01
    source: 试验
    trust: practice
    checked_on: 2026-11-20
"""


def test_a_total_that_is_cut_says_why(tmp_path: Path) -> None:
    rules = tmp_path / "某县.yaml"
    rules.write_text(CAPPED, "utf-8")
    lines = (EXECUTION, line("产出指标|数量指标|培训人次|90|200|200"))
    said = texts(made(workbook(project(lines=lines, executed="70")), profile=str(rules)))
    assert any('总得分89分，属于"良好"' in text for text in said)
    assert "注：各项得分之和 97，预算执行率 70.00% 低于 80%，总分最高 89。" in said
