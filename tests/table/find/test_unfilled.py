"""Named rows that nobody filled in: which of them are lines of the table, and which words are none."""

from __future__ import annotations

import pytest

from table.find.drawn import names, read, read_one, sheet
from zipingbiao.table.find.unfilled import is_line_name
from zipingbiao.table.records import Place, Role, SelfEvaluation

HEADING = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施\n"
FILLED = "产出指标|数量指标|培训人数|100人|100人|50|50|\n"
TOTAL = "总分|||||100||"


def unfilled(evaluation: SelfEvaluation) -> list[str]:
    return [line.name for line in evaluation.indicators if line.is_unfilled]


def test_every_row_is_named_and_none_is_filled() -> None:
    drawing = (
        HEADING
        + "产出指标|数量指标|培训人数\n效益指标|社会效益指标|覆盖率\n满意度指标|服务对象满意度指标|满意度\n"
    )
    for foot in (TOTAL, ""):
        evaluation = read_one(drawing + foot)
        assert names(evaluation) == unfilled(evaluation) == ["培训人数", "覆盖率", "满意度"]
        assert [line.weight for line in evaluation.indicators] == [None, None, None]


def test_a_reason_a_unit_or_a_sign_alone_fills_no_row() -> None:
    evaluation = read_one(
        "一级指标|三级指标|指标性质|目标值|度量单位|业绩值|分值|得分|偏差原因\n"
        "产出指标|培训人数|≥|100|人|100|50|50|\n|培训场次|≥||场|||||\n|观摩次数|||||||项目取消\n总分||||||100|"
    )
    assert unfilled(evaluation) == ["培训场次", "观摩次数"]


@pytest.mark.parametrize("row", ["培训场次|50场", "培训场次||50场", "培训场次|||20", "培训场次||||20"])
def test_one_figure_fills_a_row(row: str) -> None:
    assert unfilled(read_one(HEADING + FILLED + "||" + row + "\n" + TOTAL)) == []


@pytest.mark.parametrize(
    "name",
    [
        "指标2：", "指标 3:", "……", "...", "/", "—", "无", "暂无", "不涉及", "三级指标1：", "指标名称", "指标一：", "XXX", "**",
        "数量指标", "质量指标（20分）", "社会效益指标", "服务对象满意度指标", "生态环境成本指标", "其中：女性",
    ],
)  # fmt: skip
def test_placeholders_fillers_levels_and_parts_are_no_names_of_lines(name: str) -> None:
    evaluation = read_one(HEADING + FILLED + f"||{name}|||||\n" + TOTAL)
    assert names(evaluation) == ["培训人数"]


@pytest.mark.parametrize(
    "name", ["满意度", "社会效益", "服务质量", "××率", "指标体系完善", "其他", "无障碍设施数", "培训（期）"]
)
def test_short_and_odd_names_are_names(name: str) -> None:
    assert is_line_name(name)


@pytest.mark.parametrize("cross", ["/", "—", "无"])
def test_a_row_that_somebody_crossed_out_is_not_wanted(cross: str) -> None:
    row = f"效益指标|生态效益指标|植被恢复|{cross}|{cross}|{cross}|{cross}|\n"
    assert names(read_one(HEADING + FILLED + row + TOTAL)) == ["培训人数"]


def test_a_caption_over_marked_parts_is_no_line() -> None:
    parts = "||（1）培训人数|100人|100人|20|20|\n||（2）培训场次|5场|5场|30|30|\n"
    evaluation = read_one(HEADING + "产出指标|数量指标|培训情况|||||\n" + parts + TOTAL)
    assert names(evaluation) == ["培训人数", "培训场次"]


def test_an_unfilled_row_beside_rows_that_are_all_numbered_is_a_line() -> None:
    rows = "产出指标|数量指标|1.培训人数|||||\n||2.培训场次|5场|5场|50|50|\n||3.教材|||||\n"
    assert unfilled(read_one(HEADING + rows + TOTAL)) == ["培训人数", "教材"]


def test_marked_parts_of_a_line_with_points_need_none() -> None:
    rows = "产出指标|数量指标|★补助家畜数量|363只|363只|50|50|\n||（1）猪|||||\n||（2）羊|||||\n"
    assert names(read_one(HEADING + rows + TOTAL)) == ["补助家畜数量"]
    # Where the parts have points of their own, an unfilled one is missing.
    rows = "产出指标|数量指标|补助家畜数量|363只|363只|20|20|\n||（1）猪|80头|80头|30|30|\n||（2）羊|||||\n"
    assert unfilled(read_one(HEADING + rows + TOTAL)) == ["羊"]


def test_a_caption_across_all_names_is_no_line() -> None:
    drawing = HEADING + "部门决策（25分）||||||\n" + FILLED + TOTAL
    assert names(read_one(drawing, merges="A2:C2")) == ["培训人数"]


def test_a_name_over_two_sheet_rows_is_one_line() -> None:
    drawing = HEADING + "产出指标|数量指标|培训人数|||||\n||||||| \n" + TOTAL
    assert unfilled(read_one(drawing, merges="C2:C3")) == ["培训人数"]


@pytest.mark.parametrize(
    "foot",
    [
        "填报人：某某",
        "数据校验码||SGA608FM",
        "单位意见||同意上报",
        "||（单位盖章）",
        "||2024年1月10日",
        "经办意见|属实",
    ],
)
def test_what_stands_below_the_total_is_no_line(foot: str) -> None:
    assert names(read_one(HEADING + FILLED + TOTAL + "\n" + foot)) == ["培训人数"]


@pytest.mark.parametrize("foot", ["单位意见||同意上报", "经办意见|属实", "\n||（单位盖章）"])
def test_what_stands_below_the_rows_without_a_total_is_no_line(foot: str) -> None:
    assert names(read_one(HEADING + FILLED + foot)) == ["培训人数"]


def test_without_a_total_the_last_rows_are_lines_beside_their_level_or_below_it() -> None:
    drawing = (
        HEADING + FILLED + "||培训场次|||||\n满意度指标|服务对象满意度指标|满意度|||||\n||投诉处理率|||||"
    )
    assert unfilled(read_one(drawing)) == ["培训场次", "满意度", "投诉处理率"]
    assert unfilled(read_one(drawing, merges="A4:A5 B4:B5")) == ["培训场次", "满意度", "投诉处理率"]


def test_a_subtotal_below_says_that_a_row_is_of_the_table() -> None:
    assert unfilled(read_one(HEADING + FILLED + "履职效能|工作成效|培训场次|||||\n小计|||||50|50")) == [
        "培训场次"
    ]


def test_one_column_of_names_without_a_total() -> None:
    heading = "三级指标|目标值|业绩值|分值|得分\n"
    assert unfilled(read_one(heading + "培训人数\n培训场次")) == ["培训人数", "培训场次"]
    assert names(read_one(heading + "培训人数|100|100|100|100\n绩效自评综述")) == ["培训人数"]


def test_rows_at_the_end_of_a_page_belong_to_the_table() -> None:
    drawing = (
        HEADING
        + FILLED
        + "||培训场次|||||\n"
        + HEADING
        + "效益指标|社会效益指标|覆盖率|100%|100%|50|50|\n"
        + TOTAL
    )
    assert names(read_one(drawing)) == ["培训人数", "培训场次", "覆盖率"]


def test_the_line_of_the_funds_block_stands_for_a_blank_execution_row() -> None:
    evaluation = read_one(
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分\n|年度资金总额|100|100|90|10|90%|9\n"
        + HEADING
        + "预算执行指标|预算执行率|预算执行率|||||\n"
        + FILLED
        + TOTAL
    )
    assert [(line.name, line.place) for line in evaluation.indicators] == [
        ("预算执行率", Place.FUNDS),
        ("培训人数", Place.ROW),
    ]


def test_of_two_execution_rows_the_filled_one_is_the_execution() -> None:
    rows = "预算执行指标|预算执行率|预算执行率|||||\n|预算执行率|资金支付进度|100%|90%|10|9|\n"
    evaluation = read_one(HEADING + rows + FILLED + TOTAL)
    assert [line.name for line in evaluation.indicators if line.is_execution] == ["资金支付进度"]
    assert unfilled(evaluation) == ["预算执行率"]


def test_a_blank_row_takes_no_points_from_the_caption_of_another() -> None:
    evaluation = read_one(
        "一级指标|二级指标|三级指标|目标值|业绩值|得分\n产出指标（50分）|数量指标|培训人数|100|100|50\n||培训场次|||\n总分|||||50"
    )
    assert [(line.name, line.weight and int(line.weight)) for line in evaluation.indicators] == [
        ("培训人数", 50),
        ("培训场次", None),
    ]
    assert evaluation.problems == ()


def test_the_figures_of_another_row_reach_down_through_merged_cells() -> None:
    """A weight or a score over two rows is filled in for both."""
    drawing = HEADING + "产出指标|数量指标|培训人数|100人|100人|50|50|\n||培训场次|||||\n" + TOTAL
    assert unfilled(read_one(drawing, merges="F2:F3")) == []
    assert unfilled(read_one(drawing, merges="G2:G3")) == []
    assert unfilled(read_one(drawing)) == ["培训场次"]


def test_a_hidden_row_is_read_like_any_other() -> None:
    (evaluation,) = read(sheet(HEADING + FILLED + "||培训场次|||||\n" + TOTAL, hidden_rows=frozenset({3})))
    assert unfilled(evaluation) == ["培训场次"]
    assert evaluation.indicators[1].ref(Role.NAME) is not None
