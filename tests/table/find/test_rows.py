"""Rows below the headings: what counts, what is left out, what ends a table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from table.find.drawn import names, read, read_one, sheet
from zipingbiao.book.cells import Visibility
from zipingbiao.table.find.indicators import clean_name
from zipingbiao.table.records import Role, Trouble

HEADING = "一级指标|二级指标|三级指标|权重|目标值|业绩值|完成率|得分|偏差原因分析及改进措施\n"


def test_levels_go_on_through_merges_and_blanks_but_not_past_a_total() -> None:
    evaluation = read_one(
        HEADING
        + """产出指标(50分)|数量指标|甲|10|1|1||10|
||乙|10|1|1||10|
|质 量\\n指标|丙|30|1|1||30|
合计|||50||||50|
||丁|50|1|1||50|""",
        merges="A2:A4",
    )
    assert [(row.level1, row.level2, row.name) for row in evaluation.indicators] == [
        ("产出指标", "数量指标", "甲"),
        ("产出指标", "数量指标", "乙"),
        ("产出指标", "质量指标", "丙"),
        ("", "", "丁"),
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("指标1：培训人次", "培训人次"), ("指标12:培训人次", "培训人次"), ("指标 3、培训人次", "培训人次"),
        ("★★★培训人次", "培训人次"), ("1.培训人次", "培训人次"), ("（1）培训人次", "培训人次"), ("①培训人次", "培训人次"),
        ("软件采购数量（套）", "软件采购数量（套）"), ("发放人数(≥**人)", "发放人数(≥**人)"),
        ("1.2万亩造林", "1.2万亩造林"), ("5G基站数", "5G基站数"), ("0-6岁儿童健康管理数", "0-6岁儿童健康管理数"),
        ("指标2：", ""), ("……", ""), ("指标1:/", ""), ("/", ""), ("★", ""), ("培训\n人次", "培训人次"),
    ],
)  # fmt: skip
def test_names_lose_their_numbering_and_nothing_else(typed: str, name: str) -> None:
    assert clean_name(typed) == name


def test_placeholders_and_subtotals_are_left_out_and_named_rows_without_figures_are_not() -> None:
    evaluation = read_one(
        HEADING
        + """产出指标|数量指标|甲|50|1|1||50|
|||||||
||指标2：|||||
||乙||||||
小计|||50||||50|
产出指标小计|||50||||50|
效益指标|社会效益|丙|50|1|1||50|
||指标2:/|/|||/||"""
    )
    assert names(evaluation) == ["甲", "乙", "丙"]
    assert (evaluation.total_weight, evaluation.total_score) == (None, None)


def test_a_row_named_none_without_points_is_no_line() -> None:
    evaluation = read_one(
        HEADING
        + """产出指标|数量指标|甲|100|1|1||100|
效益指标|经济效益指标|不涉及|—|—|—|—|—|
|生态效益指标|无|0|无|无||0|
|社会效益指标|无|10|无|无||10|"""
    )
    assert [(row.name, row.weight) for row in evaluation.indicators] == [
        ("甲", Decimal(100)),
        ("无", Decimal(10)),
    ]


def test_sub_rows_without_weight_are_informative() -> None:
    evaluation = read_one(
        HEADING
        + "产出指标|数量指标|种植面积|20|29.5亩|29.5亩||20|\n||其中：桃树||1.5亩|1.5亩|||\n||其中：新植|5|1亩|1亩||5|"
    )
    assert names(evaluation) == ["种植面积", "其中：新植"]
    assert [row.name for row in evaluation.informative] == ["其中：桃树"]


def test_the_last_total_row_counts_and_may_span_merged_cells() -> None:
    evaluation = read_one(
        HEADING
        + "产出指标|数量指标|甲|60|1|1||60|\n合计|||60||||60|\n效益指标|社会效益|乙|40|1|1||38|\n自评总分|||100||||98|\n填报人：|某某",
        merges="A5:C5",
    )
    assert names(evaluation) == ["甲", "乙"]
    assert evaluation.total_weight is not None
    assert evaluation.total_score is not None
    assert (evaluation.total_weight.number, evaluation.total_score.number) == (Decimal(100), Decimal(98))


def test_one_figure_across_a_total_row_is_the_score() -> None:
    evaluation = read_one(HEADING + "产出指标|数量指标|甲|100|1|1||97|\n总分|||97", merges="A3:C3 D3:I3")
    assert evaluation.total_weight is None
    assert evaluation.total_score is not None
    assert evaluation.total_score.ref.a1 == "D3"


@pytest.mark.parametrize(
    "stated",
    ["自评总分：94分，自评等级：优", "自评总分|94\n自评等级|优", "总得分：94\n评价等级：|优秀"],
)
def test_total_and_grade_stated_beside_the_table(stated: str) -> None:
    row = "产出指标|数量指标|甲|100|1|1||94|\n"
    for drawing in (HEADING + row + stated, stated + "\n" + HEADING + row):
        evaluation = read_one(drawing)
        assert evaluation.total_score is not None
        assert evaluation.total_score.number == 94
        assert evaluation.grade is not None
        assert evaluation.grade.text.startswith("优")


@pytest.mark.parametrize(
    "foot",
    [
        "填报人：某某",
        "备注",
        "注：得分保留两位小数",
        "存在问题",
        "项目绩效分析|自评结果分析|良好",
        "联系电话",
    ],
)
def test_the_foot_ends_the_table(foot: str) -> None:
    evaluation = read_one(HEADING + f"产出指标|数量指标|甲|100|1|1||100|\n{foot}\n||乙|10|1|1||10|")
    assert names(evaluation) == ["甲"]


def test_a_sentence_across_the_figures_is_no_indicator() -> None:
    evaluation = read_one(
        HEADING + "产出指标|数量指标|甲|100|1|1||100|\n其他情况|||本年度按计划完成。",
        merges="A3:B3 C3:I3",
    )
    assert names(evaluation) == ["甲"]


def test_one_merged_score_for_several_rows() -> None:
    evaluation = read_one(
        HEADING + "产出指标|数量指标|甲|10|1|1||28|\n||乙|10|1|1|||\n||丙|10|1|1|||\n||丁|70|1|1||70|",
        merges="H2:H4",
    )
    assert [row.shared_score for row in evaluation.indicators] == [(2, 3, 4), (2, 3, 4), (2, 3, 4), ()]
    assert [Role.SCORE in row.entries for row in evaluation.indicators] == [True, False, False, True]


def test_a_merged_weight_counts_once() -> None:
    evaluation = read_one(HEADING + "产出指标|数量指标|甲|30|1|1||15|\n||乙||1|1||15|", merges="D2:D3")
    assert [row.weight for row in evaluation.indicators] == [Decimal(30), None]
    assert evaluation.indicators[1].entries[Role.WEIGHT].ref.a1 == "D2"


def test_an_indicator_laid_over_two_sheet_rows_is_one() -> None:
    evaluation = read_one(
        HEADING + "产出指标|数量指标|甲|30|1|1||30|\n||||||||续写原因\n||乙|70|1|1||70|",
        merges="C2:C3 D2:D3 E2:E3 F2:F3 H2:H3",
    )
    assert names(evaluation) == ["甲", "乙"]


def test_execution_is_recognised_by_its_levels_and_never_by_its_name_alone() -> None:
    evaluation = read_one(
        HEADING + "产出指标|成本指标|预算执行率|15|98%|98%||15|\n效益指标|社会效益|甲|85|1|1||85|"
    )
    assert [row.is_execution for row in evaluation.indicators] == [False, False]
    evaluation = read_one(
        HEADING + "预算执行率（10分）|||10|100%|99%||9.9|\n项目管理|投入管理|预算执行率|10|100%|100%||9|",
        merges="A2:C2",
    )
    assert [row.is_execution for row in evaluation.indicators] == [True, False]
    evaluation = read_one(
        HEADING + "项目管理|投入管理|预算执行率|10|100%|100%||9|\n项目管理|财务管理|制度|90|1|1||90|"
    )
    assert [row.is_execution for row in evaluation.indicators] == [True, False]


def test_a_repeated_heading_goes_on_with_the_same_table() -> None:
    rows = "产出指标|数量指标|甲|50|1|1||50|\n\n" + HEADING + "效益指标|社会效益|乙|50|1|1||50|"
    assert names(read_one(HEADING + rows)) == ["甲", "乙"]


@pytest.mark.parametrize(
    "between", ["总分|||50||||50|", "项目支出绩效自评表", "项目名称：乙项目", "项目名称|乙项目"]
)
def test_a_total_title_or_head_before_a_heading_opens_a_new_table(between: str) -> None:
    one, two = read(
        sheet(
            HEADING
            + "产出指标|数量指标|甲|50|1|1||50|\n"
            + between
            + "\n"
            + HEADING
            + "效益指标|社会效益|乙|50|1|1||50|"
        )
    )
    assert (names(one), names(two)) == (["甲"], ["乙"])


def test_weights_as_percentages_and_with_their_unit() -> None:
    evaluation = read_one(HEADING + "产出指标|数量指标|甲|10%|1|1||10|\n||乙|90分|1|1||90分|")
    assert [row.weight for row in evaluation.indicators] == [Decimal(10), Decimal(90)]


def test_hidden_sheets_and_rows_are_read_and_said() -> None:
    drawing = HEADING + "产出指标|数量指标|甲|50|1|1||50|\n||乙|50|1|1||50|"
    (evaluation,) = read(sheet(drawing, visibility=Visibility.VERY_HIDDEN))
    assert [problem.trouble for problem in evaluation.problems] == [Trouble.HIDDEN]
    (evaluation,) = read(sheet(drawing, hidden_rows=frozenset({3})))
    assert names(evaluation) == ["甲", "乙"]
    assert [(problem.trouble, problem.ref.row) for problem in evaluation.problems] == [(Trouble.HIDDEN, 3)]


def test_a_sheet_that_lists_the_indicators_again_is_no_table() -> None:
    row = "产出指标|数量指标|甲|100|1|1||94|\n"
    main, listing = sheet("项目名称|甲项目\n" + HEADING + row), sheet(HEADING + row + row, name="指标明细")
    assert [evaluation.sheet for evaluation in read(listing, main)] == ["自评表"]
    other = sheet(HEADING + row.replace("甲", "乙"), name="另一项目")
    assert [evaluation.sheet for evaluation in read(main, other)] == ["自评表", "另一项目"]


def test_a_grade_below_a_table_of_one_naming_column_is_no_indicator() -> None:
    evaluation = read_one("三级指标|权重|目标值|业绩值|得分\n甲|100|1|1|100\n合计|100|||100\n评价等级：|优")
    assert names(evaluation) == ["甲"]
    assert evaluation.grade is not None
    assert evaluation.grade.ref.a1 == "B4"


def test_a_total_of_the_weights_is_no_total_of_blank_scores() -> None:
    evaluation = read_one(HEADING + "产出指标|数量指标|甲|100|1|1|||\n总分|||100||||||")
    assert evaluation.total_score is not None
    assert evaluation.total_score.is_empty
    assert evaluation.total_weight is not None
    assert evaluation.total_weight.number == 100


def test_notes_may_stand_between_the_rows_and_their_total() -> None:
    evaluation = read_one(
        HEADING
        + """产出指标|数量指标|甲|100|1|1||100|
其他需要说明事项|无
总分|||100||||98.59|（自评等级）优
注：自评等级划分为4档"""
    )
    assert names(evaluation) == ["甲"]
    assert evaluation.total_score is not None
    assert evaluation.total_score.number == Decimal("98.59")
    assert evaluation.grade is not None
    assert evaluation.grade.text == "优"


@pytest.mark.parametrize(
    ("cell", "grade"), [("优", "优"), ("（良好）", "（良好）"), ("优化管理", None), ("96", None)]
)
def test_a_grade_alone_behind_the_total(cell: str, grade: str | None) -> None:
    evaluation = read_one(HEADING + f"产出指标|数量指标|甲|100|1|1||96|\n总分|||100||||96|{cell}")
    assert (None if evaluation.grade is None else evaluation.grade.text) == grade


NO_WEIGHTS = "一级指标|二级指标|三级指标|年初目标值|实际完成值|得分\n"


def test_without_a_column_of_weights_the_caption_of_a_line_gives_its_points() -> None:
    evaluation = read_one(
        NO_WEIGHTS
        + """产出指标（40分）|数量指标（25分）|甲|1|1|25
|质量指标（15分）|乙|1|1|15
效益指标（60分）|社会效益|丙|1|1|60"""
    )
    assert [row.weight for row in evaluation.indicators] == [Decimal(25), Decimal(15), Decimal(60)]
    assert evaluation.problems == ()


def test_points_over_several_lines_are_not_divided() -> None:
    evaluation = read_one(
        NO_WEIGHTS
        + """产出指标（40分）|数量指标|甲|1|1|20
|质量指标|乙|1|1|20"""
    )
    assert [row.weight for row in evaluation.indicators] == [None, None]
    (problem,) = evaluation.problems
    assert (problem.trouble, problem.what) == (Trouble.NO_COLUMN, "分值")


def test_a_caption_left_of_the_names_opens_its_level() -> None:
    evaluation = read_one(
        """序号|绩效指标|分值|目标值|实际完成值|得分
一、产出指标（60分）
1|培训班|60|4期|3期|45
二、满意度
2|学员满意度|40|90%|93%|40
合计||100|||85"""
    )
    assert [(row.level1, row.name) for row in evaluation.indicators] == [
        ("产出指标", "培训班"),
        ("满意度", "学员满意度"),
    ]
