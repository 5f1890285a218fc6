"""Points that a person gives: by a standard, or because only the parts of a line hold values."""

from __future__ import annotations

import pytest

from table.find.drawn import sheet
from zipingbiao.book.cells import Book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.values.number import plain

HEADING = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施\n"
EXECUTION = "预算执行指标|预算执行|预算执行率|100%|100%|10|10|\n"
REST = "效益指标|社会效益指标|覆盖率|100%|100%|30|30|\n满意度指标|服务对象满意度指标|满意度|≥90%|95%|10|10|\n总分|||||100|{total}|"


def scored(drawing: str, merges: str = "") -> FileResult:
    return evaluate(Book("表.xlsx", (sheet(drawing, merges=merges),)))


def scores(result: FileResult) -> list[str | None]:
    (evaluation,) = result.evaluations
    return [None if row.score is None else plain(row.score) for row in evaluation.rows]


def total(result: FileResult) -> str | None:
    (evaluation,) = result.evaluations
    return None if evaluation.total is None else plain(evaluation.total)


def found(result: FileResult) -> list[tuple[str, str]]:
    """Codes and severities; what a table without funds and head brings with it is left out."""
    beside = {"W104", "W105", "S109", "S107"}
    return [(each.code, each.severity.value) for each in result.findings if each.code not in beside]


# ------------------------------------------------------------------ only the parts hold values


@pytest.mark.parametrize("mark", ["　　", "其中：", "（1）", "★", "①"])
def test_the_typed_score_counts_where_only_the_parts_hold_values(mark: str) -> None:
    whole, part = ("★家畜数量", "猪") if mark == "★" else ("家畜数量", f"{mark}猪")
    rows = f"产出指标|数量指标|{whole}|||50|48|生猪价格下跌，少养2头\n||{part}|80头|78头||\n"
    result = scored(HEADING + EXECUTION + rows + REST.format(total=98))
    assert total(result) == "98"
    assert found(result) == [("V104", "info")]
    (hint,) = (each for each in result.findings if each.code == "V104")
    assert "“家畜数量”的目标值和业绩值只写在下面的分项里，按填报得分计" in hint.message


def test_a_line_with_values_of_its_own_is_computed_and_its_parts_are_not() -> None:
    rows = "产出指标|数量指标|★家畜数量|100头|90头|50|45|饲料涨价，少养10头\n||　猪|80头|70头||\n||　羊|20头|20头||\n"
    result = scored(HEADING + EXECUTION + rows + REST.format(total=95))
    assert (total(result), found(result)) == ("95", [])


def test_without_a_score_the_line_asks_for_one() -> None:
    rows = "产出指标|数量指标|家畜数量|||50||\n||其中：猪|80头|78头||\n"
    result = scored(HEADING + EXECUTION + rows + REST.format(total=""))
    assert total(result) is None
    assert found(result) == [("V104", "error")]
    assert any("请在这一行填写合计的目标值和业绩值，或填写得分" in each.message for each in result.findings)


def test_a_score_above_the_weight_is_one_error() -> None:
    rows = "产出指标|数量指标|家畜数量|||50|55|\n||其中：猪|80头|78头||\n"
    result = scored(HEADING + EXECUTION + rows + REST.format(total=105))
    assert total(result) is None
    assert ("S101", "error") in found(result)
    assert not any(code == "V104" for code, _ in found(result))


def test_parts_without_a_result_do_not_speak_for_their_line() -> None:
    rows = "产出指标|数量指标|家畜数量|||50|50|\n||其中：猪|80头|||\n"
    result = scored(HEADING + EXECUTION + rows + REST.format(total=100))
    assert found(result) == [("V104", "error")]


def test_below_full_marks_a_reason_is_due() -> None:
    rows = "产出指标|数量指标|家畜数量|||50|48|\n||其中：猪|80头|78头||\n"
    result = scored(HEADING + EXECUTION + rows + REST.format(total=98))
    assert sorted(found(result)) == [("S104", "warning"), ("V104", "info")]


# ------------------------------------------------------------------ a form scored by a standard

STANDARDS = [
    "一级指标|二级指标|三级指标|指标分值|指标解释|指标说明及评分标准|自评得分",
    "一级指标|二级指标|三级指标|评价标准|权重|指标说明|得分",
    "序号|一级指标|三级指标|标准分|评分细则|自评分|扣分原因",
    "一级指标|三级指标|得分|满分|评价要点|备注|数据来源",
    "一级指标|三级指标|目标值|分值|评分办法|得分",
]
CELLS = {
    "序号": ("1", "2"), "一级指标": ("规划（40分）", "执行（60分）"), "二级指标": ("基础信息", "资产管理"),
    "三级指标": ("信息完整性", "资产管理规范性"), "目标值": ("完整", "健全"), "扣分原因": ("", "盘点表缺两张，已补"),
    "分值": ("40", "60"), "得分": ("40", "55"),
}  # fmt: skip
SAME = {
    "指标分值": "分值",
    "权重": "分值",
    "标准分": "分值",
    "满分": "分值",
    "自评得分": "得分",
    "自评分": "得分",
}


@pytest.mark.parametrize("heading", STANDARDS)
def test_typed_scores_are_adopted_in_a_form_scored_by_a_standard(heading: str) -> None:
    titles = heading.split("|")
    text = ("基础信息是否真实、完整", "制度健全得60分，缺一项扣5分")
    rows = [[CELLS.get(SAME.get(title, title), text)[number] for title in titles] for number in (0, 1)]
    result = scored("部门自评表\n" + heading + "\n" + "\n".join("|".join(row) for row in rows))
    assert (scores(result), total(result), found(result)) == (["40", "55"], "95", [])


STANDARD = STANDARDS[0] + "\n"


def test_in_such_a_form_score_and_weight_and_a_missing_score_are_checked() -> None:
    result = scored(
        STANDARD
        + "规划|基础信息|信息完整性|40|真实|完整得40分|41\n执行|资产管理|资产管理规范性|60|健全|健全得60分|"
    )
    assert scores(result) == [None, None]
    assert [code for code, _ in found(result)] == ["S101", "V104"]
    assert any("“资产管理规范性”无法核算：按评分标准由人打分，没有填写得分。请填写得分。" in each.message
               for each in result.findings)  # fmt: skip


def test_in_such_a_form_a_deduction_needs_a_reason() -> None:
    heading = STANDARD.strip() + "|扣分原因\n"
    result = scored(
        heading
        + "规划|基础信息|信息完整性|40|真实|完整得40分|40|\n执行|资产管理|资产管理规范性|60|健全|健全得60分|55|"
    )
    assert found(result) == [("S104", "warning")]


def test_an_execution_row_of_such_a_form_has_its_typed_score_too() -> None:
    rows = "执行|预算执行|预算执行率|60|执行数÷预算数|低于90%不得分|60\n规划|基础信息|信息完整性|40|真实|完整得40分|40\n"
    result = scored(STANDARD + rows)
    assert (scores(result), found(result)) == (["60", "40"], [])
    rows = rows.replace("不得分|60", "不得分|")
    assert [code for code, _ in found(scored(STANDARD + rows))] == ["V104"]


def test_a_budget_line_that_a_person_scores_says_nothing_of_the_form() -> None:
    rows = "过程|预算执行|预算完成率|20|结余不超过5%|每超出1%扣2分|16\n产出|职责履行|重点工作完成率|80|完成|按考核结果计分|80\n"
    result = scored(STANDARD + rows)
    (evaluation,) = result.evaluations
    assert evaluation.profile.name == "national-2020"
    assert evaluation.adopted_total == 96
    assert "T103" not in {each.code for each in result.findings}


def test_a_score_merged_over_several_lines_is_divided_by_their_weights() -> None:
    rows = "规划|基础信息|信息完整性|30|真实|完整得30分|91\n||信息准确性|30|准确|准确得30分|\n||信息及时性|40|及时|及时得40分|\n"
    result = scored(STANDARD + rows, "A2:A4 B2:B4 G2:G4")
    assert (scores(result), total(result), found(result)) == (["27.3", "27.3", "36.4"], "91", [])
    result = scored(STANDARD + rows.replace("|91", "|101"), "A2:A4 B2:B4 G2:G4")
    assert (total(result), found(result)) == (None, [("S101", "error")])
    result = scored(STANDARD + rows.replace("|91", "|"), "A2:A4 B2:B4 G2:G4")
    assert (total(result), found(result)) == (None, [("V104", "error")])


@pytest.mark.parametrize(
    ("heading", "nearest"),
    [
        ("一级指标|三级指标|目标值|指标解释|分值|得分", ""),
        ("一级指标|三级指标|目标值|分值|得分|数据来源|备注", ""),
        ("一级指标|三级指标|目标值|评分标准|完成情况|分值|得分", "完成情况"),
    ],
)
def test_a_form_that_lacks_its_results_is_told_so_and_never_offered_an_explanation(
    heading: str, nearest: str
) -> None:
    cells = {"一级指标": "产出指标", "三级指标": "培训人数", "分值": "100", "得分": "100"}
    row = "|".join(cells.get(title, "100人") for title in heading.split("|"))
    result = scored(heading + "\n" + row)
    (missing,) = (each for each in result.findings if each.code == "L101")
    assert total(result) is None
    assert (missing.found or "") == nearest


def test_a_form_with_results_beside_the_standard_is_computed() -> None:
    heading = "一级指标|二级指标|三级指标|指标解释|评分标准|目标值|业绩值|分值|得分|原因\n"
    rows = "产出指标|数量指标|培训人数|参训人数|按比例|100人|80人|60|60|\n过程|管理|制度健全性|是否健全|健全得40分|||40|38|缺一项制度，下月补\n"
    result = scored(heading + rows)
    assert scores(result) == ["48", "38"]
    assert ("S102", "error") in found(result)


# ------------------------------------------------------------------ rows of process in a usual form


@pytest.mark.parametrize("level", ["项目决策", "过程指标", "项目管理", "投入", "决策", "部门管理"])
@pytest.mark.parametrize("actual", ["", "—", "制度健全"])
def test_a_row_of_process_has_its_typed_score(level: str, actual: str) -> None:
    row = f"{level}|财务制度|财务制度健全性||{actual}|50|45|缺采购制度，已于6月补订\n"
    result = scored(HEADING + EXECUTION + row + REST.format(total=95))
    assert (scores(result)[1], total(result), found(result)) == ("45", "95", [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("项目管理|财务制度|财务制度健全性|||50||\n", "V104"),  # no score
        ("项目管理|财务制度|资金到位率||100%|50|50|\n", "V104"),  # a figure, and no target for it
        ("产出指标|数量指标|培训人数|||50|50|\n", "V104"),  # no process
        ("管理效益指标|社会效益|培训覆盖||覆盖|50|50|\n", "V104"),
        ("项目管理|财务制度|财务制度健全性|||50|51|\n", "S101"),
    ],
)
def test_other_rows_without_values_are_not_computed(row: str, code: str) -> None:
    result = scored(HEADING + EXECUTION + row + REST.format(total=""))
    assert total(result) is None
    assert code in [each for each, _ in found(result)]


def test_a_row_of_process_with_values_is_computed() -> None:
    row = "项目管理|资金管理|资金到位率|100%|90%|50|50|\n"
    assert scores(scored(HEADING + EXECUTION + row + REST.format(total="")))[1] == "45"
