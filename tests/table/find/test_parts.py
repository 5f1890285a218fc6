"""Rows without points below a row with points: parts of that line, or lines whose points are missing."""

from __future__ import annotations

import pytest

from table.find.drawn import names, read_one
from zipingbiao.table.records import SelfEvaluation

HEADING = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施\n"
WHOLE = "产出指标|数量指标|补助家畜家禽养殖数量|363只|363只|50|50|\n"
BARE = "产出指标|数量指标|补助家畜家禽养殖数量|||50|50|\n"
REST = "满意度指标|服务对象满意度指标|满意度|≥90%|95%|40|40|\n总分|||||90|90|"


def parts(evaluation: SelfEvaluation) -> list[str]:
    return [row.name for row in evaluation.informative]


@pytest.mark.parametrize("whole", [WHOLE, BARE])
@pytest.mark.parametrize(
    ("pigs", "sheep"),
    [
        ("　　猪养殖数量", "　　羊养殖数量"),
        ("　猪养殖数量", "　　　羊养殖数量"),
        ("其中猪养殖数量", "其中羊养殖数量"),
        ("其中：猪养殖数量", "　　　羊养殖数量"),
        ("其中：猪养殖数量", "羊养殖数量"),
        ("（1）猪养殖数量", "（2）羊养殖数量"),
        ("①猪养殖数量", "②羊养殖数量"),
        ("1.猪养殖数量", "2.羊养殖数量"),
        ("1）猪养殖数量", "2）羊养殖数量"),
        ("—猪养殖数量", "—羊养殖数量"),
        ("★（1）猪养殖数量", "★（2）羊养殖数量"),
    ],
)
def test_marked_rows_without_points_are_parts(whole: str, pigs: str, sheep: str) -> None:
    evaluation = read_one(f"{HEADING}{whole}||{pigs}|80头|80头||\n||{sheep}|283只|283只||\n{REST}")
    assert names(evaluation) == ["补助家畜家禽养殖数量", "满意度"]
    assert [row.row for row in evaluation.informative] == [3, 4]
    assert evaluation.indicators[0].parts == (3, 4)
    assert evaluation.indicators[1].parts == ()


def test_a_star_on_the_line_alone_marks_what_stands_below_it() -> None:
    rows = "产出指标|数量指标|★补助家畜家禽养殖数量|||50|50|\n||猪养殖数量|80头|80头||\n||羊养殖数量|283只|283只|/|/\n"
    evaluation = read_one(HEADING + rows + REST)
    assert parts(evaluation) == ["猪养殖数量", "羊养殖数量"]
    # Stars on all of them say nothing.
    rows = "产出指标|数量指标|★家畜数量|80头|80头|50|50|\n||★家禽数量|283只|283只||\n"
    assert parts(read_one(HEADING + rows + REST)) == []


def test_the_points_come_before_the_values_and_a_plain_name_below_is_a_line() -> None:
    heading = "一级指标|二级指标|三级指标|分值|目标值|业绩值|得分\n"
    rows = "产出指标|数量指标|道路养护|30|||30\n||1、国道||10公里|10公里|\n||2、省道||20公里|20公里|\n||桥梁维修||2座|2座|\n"
    evaluation = read_one(heading + rows + "总分|||30|||30")
    assert names(evaluation) == ["道路养护", "桥梁维修"]
    assert parts(evaluation) == ["国道", "省道"]


@pytest.mark.parametrize(
    "row",
    [
        "||　　羊养殖数量|283只|283只||10",  # a score of its own
        "||　　羊养殖数量|283只|283只|十分|",  # words meant as points
        "|质量指标|　　羊存活率|95%|95%||",  # under another level
        "效益指标||　　羊养殖收入|5万元|5万元||",
    ],
)
def test_a_row_that_counts_or_stands_elsewhere_is_a_line(row: str) -> None:
    evaluation = read_one(HEADING + WHOLE + row + "\n" + REST)
    assert parts(evaluation) == []
    assert len(names(evaluation)) == 3


def test_rows_that_are_all_numbered_are_lines() -> None:
    rows = "产出指标|数量指标|（1）猪养殖数量|80头|80头|50|50|\n||（2）羊养殖数量|283只|283只||\n"
    assert names(read_one(HEADING + rows + REST)) == ["猪养殖数量", "羊养殖数量", "满意度"]
    rows = "产出指标|数量指标|　猪养殖数量|80头|80头|50|50|\n||　羊养殖数量|283只|283只||\n"
    assert names(read_one(HEADING + rows + REST)) == ["猪养殖数量", "羊养殖数量", "满意度"]


def test_a_row_below_a_caption_without_points_is_no_part_of_the_line_before_it() -> None:
    rows = WHOLE + "||培训情况|||||\n||（1）培训人数|100人|100人||\n"
    evaluation = read_one(HEADING + rows + REST)
    assert parts(evaluation) == []
    assert names(evaluation) == ["补助家畜家禽养殖数量", "培训人数", "满意度"]


def test_an_unfilled_name_below_a_star_or_below_of_which_is_missing() -> None:
    rows = "产出指标|数量指标|★家畜数量|363只|363只|50|50|\n||其中：猪|80头|80头||\n||培训人数|||||\n"
    evaluation = read_one(HEADING + rows + REST)
    assert names(evaluation) == ["家畜数量", "培训人数", "满意度"]


def test_points_merged_over_the_line_and_its_parts_are_the_line_s() -> None:
    rows = BARE + "||　猪养殖数量|80头|80头||\n||　羊养殖数量|283只|283只||\n"
    evaluation = read_one(HEADING + rows + REST, merges="F2:F4 G2:G4 A2:A4 B2:B4")
    assert names(evaluation) == ["补助家畜家禽养殖数量", "满意度"]
    assert evaluation.indicators[0].shared_score == ()
    assert evaluation.indicators[0].parts == (3, 4)


def test_of_which_without_a_line_above_stays_out_of_the_count() -> None:
    rows = "产出指标|数量指标|其中：女性|5人|5人||\n"
    evaluation = read_one(HEADING + rows + REST)
    assert names(evaluation) == ["满意度"]
    assert parts(evaluation) == ["其中：女性"]
