"""Texts around a table and on 文字材料, the lines of 佐证材料, and the cells of the head."""

from __future__ import annotations

from table.find.drawn import read_one, sheet
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.marks import TEMPLATE
from zipingbiao.table.find import read_tables
from zipingbiao.table.records import SelfEvaluation
from zipingbiao.table.sections import TEXT_HEADINGS
from zipingbiao.template.evidence import HEADINGS

TABLE = """一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|甲|1|1|90|90
"""
GOALS = "年度\\n总体\\n目标|预期目标|实际完成情况\n|完成改造，保障运行。|改造完成，运行正常。\n"


def said(evaluation: SelfEvaluation) -> dict[str, tuple[str, str]]:
    """Title → (cell, text)."""
    return {title: (entry.ref.a1, entry.text) for title, entry in evaluation.texts.items()}


def test_goal_and_result_stand_below_their_labels() -> None:
    evaluation = read_one(GOALS + TABLE, merges="A1:A2")
    assert said(evaluation) == {
        "预期目标": ("B2", "完成改造，保障运行。"),
        "实际完成情况": ("C2", "改造完成，运行正常。"),
    }


def test_a_phrase_below_a_row_of_titles_is_the_goal() -> None:
    phrase = "自然资源卫片执法补助经费"
    head = f"年度总体目标|预期目标|实际完成情况\n|{phrase}|{phrase}\n"
    assert said(read_one(head + TABLE)) == {
        "预期目标": ("B2", phrase),
        "实际完成情况": ("C2", phrase),
    }
    # Blank goals: what stands below is the next caption.
    captions = "年度总体目标|预期目标|实际完成情况\n年度绩效指标完成情况|一级指标\n"
    assert said(read_one(captions + TABLE)) == {}
    alone = "年度绩效目标\n资金使用情况表\n"
    assert said(read_one(alone + TABLE)) == {}


SICHUAN = """项目基本情况|1.项目年度目标完成情况|项目年度目标|年度目标完成情况
||购买设备|完成
|2.项目实施内容及过程概述|购买13台电脑|
"""


def test_one_word_is_a_result_and_the_next_caption_is_none() -> None:
    assert said(read_one(SICHUAN + TABLE, merges="A1:A3 B1:B2")) == {
        "项目年度目标": ("C2", "购买设备"),
        "年度目标完成情况": ("D2", "完成"),
        "项目实施内容及过程概述": ("C3", "购买13台电脑"),
    }


def test_a_sentence_that_speaks_of_problems_is_no_label_and_a_cell_is_one_text() -> None:
    below = """评价结论|综合评定，项目自评总分90分。
存在问题|结合自评情况，分析存在的问题及原因。（200字以内）
"""
    assert said(read_one(TABLE + below)) == {
        "评价结论": ("B3", "综合评定，项目自评总分90分。"),
        "存在问题": ("B4", "结合自评情况，分析存在的问题及原因。（200字以内）"),
    }


def test_goal_and_result_stand_beside_their_labels_or_behind_a_colon() -> None:
    head = "（一）年度绩效目标：|完成改造\n总体目标完成情况：改造完成，运行正常|\n"
    assert said(read_one(head + TABLE)) == {
        "年度绩效目标": ("B1", "完成改造"),
        "总体目标完成情况": ("A2", "改造完成，运行正常"),
    }


def test_the_analysis_below_the_table_is_read_without_its_captions() -> None:
    below = """总分||||||90
项目绩效分析|自评结果分析|产出情况及分析|按时完成
||效益情况及分析|
|主要经验做法||专人负责
|项目管理中存在的\\n主要问题及原因分析||资金到位晚
|下一步改进措施及\\n管理建议||提前申报
填报人：某人||联系电话：1234567
"""
    evaluation = read_one(TABLE + below, merges="A4:A8 B4:B5")
    assert said(evaluation) == {
        "产出情况及分析": ("D4", "按时完成"),
        "主要经验做法": ("D6", "专人负责"),
        "项目管理中存在的主要问题及原因分析": ("D7", "资金到位晚"),
        "下一步改进措施及管理建议": ("D8", "提前申报"),
    }


def test_the_sentence_that_states_the_total_and_the_title_with_the_year() -> None:
    head = "2022年度项目支出绩效自评表\n"
    foot = "综合各方面因素，最终评分结果：本项目总得分90分。\n注：总分90分以上为优，80分以上为良。\n"
    assert said(read_one(head + TABLE + foot)) == {
        "标题": ("A1", "2022年度项目支出绩效自评表"),
        "自评结果": ("A4", "综合各方面因素，最终评分结果：本项目总得分90分。"),
    }


def test_figures_headings_and_labels_are_no_texts() -> None:
    head = "年度目标|95\n绩效目标|项目名称|某项目\n实际完成情况\n"
    foot = "填表说明：一、二级指标不得改动，改进措施另附。\n"
    assert said(read_one(head + TABLE + foot)) == {}


def test_fields_of_the_head_have_their_cells() -> None:
    head = "项目支出绩效自评表\n（2022年度）\n项目名称|某项目|主管部门|某局\n实施单位：某馆  项目编码：123\n"
    evaluation = read_one(head + TABLE)
    assert {name: ref.a1 for name, ref in evaluation.head.items()} == {
        "year": "A2",
        "name": "B3",
        "department": "D3",
        "unit": "A4",
        "code": "A4",
    }


# ------------------------------------------------------------------ our template


def template(*grids: Grid) -> Book:
    return Book("x.xlsx", grids, {TEMPLATE: '="shanxi/1"'})


def project(name: str) -> Grid:
    return sheet(f"项目名称|{name}的项目\n" + TABLE, name=name)


def texts(*lines: str) -> Grid:
    return sheet("\n".join(["文字材料", "", "|".join(TEXT_HEADINGS), *lines]), name="文字材料")


def evidence(*lines: str) -> Grid:
    return sheet("\n".join(["佐证材料", "", "|".join(HEADINGS), *lines]), name="佐证材料")


def test_sections_go_to_the_project_of_their_sheet_blank_ones_too() -> None:
    written = texts(
        "1|甲||项目概况|修渠", "2|甲||主要经验做法|", "3|乙||项目概况|修路", "4|丙|乙的项目|立项依据|批复"
    )
    first, second = read_tables(template(project("甲"), project("乙"), written))
    assert said(first) == {"项目概况": ("E4", "修渠"), "主要经验做法": ("E5", "")}
    assert said(second) == {"项目概况": ("E6", "修路"), "立项依据": ("E7", "批复")}


def test_a_workbook_with_one_project_owns_every_section() -> None:
    (only,) = read_tables(template(project("改过名的表"), texts("1|项目1||项目概况|修渠")))
    assert said(only) == {"项目概况": ("E4", "修渠")}


def test_documents_go_to_the_project_they_name() -> None:
    listed = evidence("1|甲的项目|验收合格率|验收单", "2||问卷|问卷", "3|乙|满意度|问卷表", "4||||")
    first, second = read_tables(template(project("甲"), project("乙"), listed))
    assert first.evidence is not None
    assert [(one.indicator, one.name, one.ref.a1) for one in first.evidence] == [
        ("验收合格率", "验收单", "D4")
    ]
    assert second.evidence is not None
    assert [one.name for one in second.evidence] == ["问卷表"]
    (only,) = read_tables(template(project("甲"), listed))
    assert only.evidence is not None
    assert len(only.evidence) == 3


def test_without_the_sheets_or_in_another_workbook_there_is_nothing() -> None:
    (ours,) = read_tables(template(project("甲")))
    assert (ours.evidence, dict(ours.texts)) == (None, {})
    grids = (project("甲"), texts("1|甲||项目概况|修渠"), evidence("1||满意度|问卷"))
    (foreign,) = read_tables(Book("x.xlsx", grids))
    assert (foreign.evidence, dict(foreign.texts)) == (None, {})
