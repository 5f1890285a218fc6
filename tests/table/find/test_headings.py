"""Headings: found by meaning, in one to three rows; two or none for a role are said, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from table.find.drawn import names, read, read_one, sheet
from zipingbiao.table.forms import national
from zipingbiao.table.records import Problem, Role, Trouble
from zipingbiao.values.typed import Comparator

ROWS = """
产出指标 | 数量指标 | 培训人次 | 60 | 100 | 100 | 60
效益指标 | 社会效益 | 知晓率   | 40 | 95% | 90% | 37.89
"""


def with_heading(heading: str) -> str:
    return heading + ROWS.rstrip()


def test_a_missing_actual_column_names_the_nearest_label() -> None:
    evaluation = read_one(with_heading("一级指标 | 二级指标 | 三级指标 | 权重 | 目标值 | 完成情况 | 得分"))
    assert Role.ACTUAL not in evaluation.headings
    (problem,) = evaluation.problems
    assert (problem.trouble, problem.ref.a1, problem.what) == (Trouble.NO_COLUMN, "F1", "业绩值")
    assert problem.labels == ("完成情况",)


def test_two_columns_for_the_actual_value_are_both_named_and_neither_is_used() -> None:
    evaluation = read_one(
        """
        一级指标 | 二级指标 | 三级指标 | 权重 | 目标值 | 实际完成值 | 业绩值 | 得分
        产出指标 | 数量指标 | 培训人次 | 60   | 100    | 100        | 99     | 60
        """.strip()
    )
    (problem,) = evaluation.problems
    labels = ("实际完成值", "业绩值")
    assert problem == Problem(Trouble.TWO_COLUMNS, problem.ref, "业绩值", labels, problem.more)
    assert [ref.a1 for ref in (problem.ref, *problem.more)] == ["F1", "G1"]
    assert Role.ACTUAL not in evaluation.headings
    assert Role.ACTUAL not in evaluation.indicators[0].entries


@pytest.mark.parametrize(
    "heading", ["完成率", "偏差原因", "核算得分", "手工得分", "手工得分理由", "评分说明"]
)
def test_a_heading_that_comes_twice_is_said(heading: str) -> None:
    evaluation = read_one(
        f"""
        一级指标 | 三级指标 | 分值 | 目标值 | 实际完成值 | 得分 | {heading} | {heading}
        产出指标 | 培训人次 | 60   | 100    | 100        | 60   | 甲        | 乙
        """.strip()
    )
    (problem,) = evaluation.problems
    assert (problem.trouble, problem.what) == (Trouble.TWO_COLUMNS, heading)


def test_two_columns_of_deductions_beside_the_score_say_nothing_new() -> None:
    evaluation = read_one(
        """
        一级指标 | 三级指标 | 分值 | 目标值 | 实际完成值 | 得分 | 扣分 | 扣分
        产出指标 | 培训人次 | 60   | 100    | 100        | 60   | 0    | 0
        """.strip()
    )
    assert evaluation.problems == ()
    assert Role.DEDUCTION not in evaluation.headings


def test_without_a_column_of_names_there_is_no_table() -> None:
    """绩效指标 beside the levels is the caption of the whole, not the heading of the names."""
    evaluations = read(
        sheet(
            """
            绩效指标 | 一级指标 | 类别     | 内容 | 目标值 | 实际完成值 | 分值 | 得分
                     | 产出指标 | 数量指标 | 里程 | 100    | 100        | 50   | 50
            """.strip()
        )
    )
    assert not evaluations


def test_two_score_columns() -> None:
    evaluation = read_one(with_heading("一级指标 | 二级指标 | 三级指标 | 得分 | 目标值 | 业绩值 | 得分"))
    assert [problem.labels for problem in evaluation.problems] == [("得分", "得分")]


def test_points_behind_each_level_are_those_of_the_level() -> None:
    evaluation = read_one(
        """
一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 目标值 | 完成值 | 得分
产出     | 60   | 数量     | 40   | 养护面积 | 40   | 35     | 35     | 40
         |      | 质量     | 20   | 成活率   | 20   | 95%    | 96%    | 20
效益     | 40   | 生态效益 | 40   | 绿地率   | 40   | 40%    | 41%    | 40
""",
        merges="A2:A3 B2:B3",
    )
    assert evaluation.problems == ()
    assert [(row.level1, row.level2, row.weight) for row in evaluation.indicators] == [
        ("产出", "数量", Decimal(40)),
        ("产出", "质量", Decimal(20)),
        ("效益", "生态效益", Decimal(40)),
    ]


def test_headings_with_the_formula_of_their_column() -> None:
    evaluation = read_one(
        with_heading("一级指标 | 二级指标 | 三级指标 | 权重 | 年度指标值A | 完成值B | 得分=权重×B/A")
    )
    assert evaluation.problems == ()
    assert [row.stated_score for row in evaluation.indicators] == [Decimal(60), Decimal("37.89")]


def test_points_of_reference_are_the_points() -> None:
    evaluation = read_one(
        """
一级指标 | 二级指标 | 三级指标   | 参考分值 | 指标值（A） | 全年实际值（B） | 得分
项目决策 | 项目立项 | 可行性     | 4        | —           | 实际工作需求    | 4
项目产出 | 数量指标 | 保障人数   | 10       | 2370人      | 2370人          | 10
"""
    )
    assert evaluation.problems == ()
    assert [row.weight for row in evaluation.indicators] == [Decimal(4), Decimal(10)]


def test_an_approved_target_table_is_no_self_evaluation() -> None:
    assert read(sheet("一级指标|二级指标|三级指标|指标值|分值\n产出指标|数量指标|培训人次|100人|10")) == ()


def test_a_table_of_other_things_is_none() -> None:
    assert read(sheet("项目名称|得分|排名\n甲|90|1\n乙|80|2")) == ()


def test_the_adjusted_target_counts_where_it_is_filled() -> None:
    evaluation = read_one(
        """
一级指标 | 三级指标 | 分值 | 年初目标值 | 调整后目标值 | 实际完成值 | 得分
产出指标 | 培训人次 | 60 | 100 | 80 | 80 | 60
产出指标 | 培训期数 | 40 | 10 |  | 10 | 40
"""
    )
    assert [row.text(Role.TARGET) for row in evaluation.indicators] == ["80", "10"]
    assert evaluation.problems == ()


def test_sign_and_value_below_one_heading() -> None:
    evaluation = read_one(
        """
绩效指标 |      |      | 指标值 |      | 完成值 | 权重 | 得分
一级指标 | 二级指标 | 三级指标 | 符号 | 数值 |  |  |
产出指标 | 成本指标 | 办公成本 | ≦ | 20 | 19 | 50 | 50
产出指标 | 质量指标 | 机制健全性 | 定性 | 优良中差 | 优 | 50 | 50
""",
        merges="A1:C1 D1:E1 F1:F2 G1:G2 H1:H2",
    )
    first, second = evaluation.indicators
    assert (first.sign, first.text(Role.TARGET), first.text(Role.ACTUAL)) == (Comparator.AT_MOST, "20", "19")
    assert (second.sign, second.qualitative) == (None, True)


@pytest.mark.parametrize("sign", ["大于等于", "≧", ">=", "正向"])
def test_words_and_signs_of_the_sign_column(sign: str) -> None:
    evaluation = read_one(
        f"三级指标|指标性质|目标值|计量单位|业绩值|分值|得分\n培训人次|{sign}|100|人|100|10|10"
    )
    (row,) = evaluation.indicators
    assert row.sign is Comparator.AT_LEAST
    assert row.unit is not None
    assert row.unit.label == "人"


def test_two_heading_rows_without_any_merged_cell() -> None:
    evaluation = read_one(
        """
绩效指标 |  |  | 分值 | 年度指标值 | 实际完成值 | 得分
一级指标 | 二级指标 | 三级指标 |  |  |  |
产出指标 | 数量指标 | 培训人次 | 60 | 100 | 100 | 60
"""
    )
    assert names(evaluation) == ["培训人次"]
    assert evaluation.form is national.FORM


def test_level_two_serves_as_name_where_there_is_no_level_three() -> None:
    evaluation = read_one("一级指标|二级指标|分值|目标值|业绩值|得分\n产出指标|培训人次|60|100|100|60")
    assert [(row.level1, row.level2, row.name) for row in evaluation.indicators] == [
        ("产出指标", "", "培训人次")
    ]


def test_traditional_characters_and_brackets() -> None:
    evaluation = read_one(
        "一級指標|二級指標|三級指標|權重（100分）|年度目標值（A）|實際完成值(B)|得分【自评】|偏差原因\n"
        "产出指标|数量指标|培训人次|60|100|100|60|"
    )
    assert set(evaluation.headings) == {
        Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL, Role.SCORE, Role.REASON,
    }  # fmt: skip


def test_a_text_split_over_a_wide_heading() -> None:
    evaluation = read_one(
        """
一级指标 | 二级指标 | 三级指标 |  | 分值 | 年度指标值 |  | 实际完成值 | 得分
产出指标 | 数量指标 | 指标1 | 培训人次 | 60 | ≥ | 100人 | 120人 | 60
""",
        merges="C1:D1 F1:G1",
    )
    (row,) = evaluation.indicators
    assert (row.name, row.text(Role.TARGET), row.sign) == ("培训人次", "100人", Comparator.AT_LEAST)


def test_sub_headings_go_on_beside_a_short_row_of_headings() -> None:
    evaluation = read_one(
        """绩效指标|||年度指标值||||||
一级指标|二级指标|三级指标|指标性质|指标值|度量单位|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|甲|>=|10|人|9|90|81|""",
        merges="A1:C1 D1:G1",
    )
    (row,) = evaluation.indicators
    assert row.weight == 90
    assert row.text(Role.SCORE) == "81"
    assert Role.REASON in evaluation.headings


CAUSES = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 |    |      | 全年完成值 | 分值 | 得分 | 偏差原因分析 |          |      |          | 改进措施
         |          |          | 运算符号   | 内容 | 度量单位 |        |      |      | 经费保障     | 人员保障 | 其他 | {last} |
产出指标 | 数量指标 | 办理案件 | >=         | 450 | 件   | 486        | 60   | 60   |              |          |      |          |
产出指标 | 时效指标 | 及时率   | =          | 100 | %    | 90         | 40   | 36   |              |          | √    | 年底关账 | 提前申请
"""
CAUSES_MERGED = "A1:A2 B1:B2 C1:C2 D1:F1 G1:G2 H1:H2 I1:I2 J1:M1 N1:N2"


@pytest.mark.parametrize(("last", "reason"), [("原因说明", "年底关账"), ("项目管理", "√")])
def test_kinds_of_causes_below_the_heading_of_the_reasons(last: str, reason: str) -> None:
    """辽宁等地：偏差原因分析下分经费保障、人员保障、其他、原因说明。"""
    evaluation = read_one(CAUSES.format(last=last), merges=CAUSES_MERGED)
    assert evaluation.problems == ()
    assert [
        (row.name, row.weight, row.text(Role.TARGET), row.text(Role.REASON)) for row in evaluation.indicators
    ] == [("办理案件", Decimal(60), "450", ""), ("及时率", Decimal(40), "100", reason)]


def test_kinds_of_causes_alone_may_make_the_second_line() -> None:
    """Nothing else stands there: the other headings are merged over both lines."""
    evaluation = read_one(
        """
        一级指标 | 二级指标 | 三级指标 | 目标值  | 业绩值 | 分值 | 得分 | 偏差原因分析 |          |
                 |          |          |         |        |      |      | 经费保障     | 人员保障 | 其他
        产出指标 | 数量指标 | 清淤里程 | 20公里  | 18公里 | 50   | 45   |              | √        |
        效益指标 | 社会效益 | 保证率   | 90%     | 92%    | 50   | 50   |              |          |
        """.strip(),
        merges="H1:J1 A1:A2 B1:B2 C1:C2 D1:D2 E1:E2 F1:F2 G1:G2",
    )
    assert names(evaluation) == ["清淤里程", "保证率"]
    assert evaluation.indicators[0].text(Role.REASON) == "√"


def test_a_row_with_nothing_but_its_reason_is_no_heading() -> None:
    evaluation = read_one(
        """
一级指标 | 二级指标 | 三级指标 | 目标值 | 业绩值 | 分值 | 得分 | 偏差原因 |
         |          |          |        |        |      |      | 见附件   |
产出指标 | 数量指标 | 甲       | 1      | 1      | 100  | 100  |          |
""",
        merges="H1:I1 H2:I2",
    )
    assert names(evaluation) == ["甲"]
