"""定性指标 by two, three, four or five bands: which band a phrase or a band word names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from support.tables import read
from zipingbiao.rules import run
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.profile.words import profile_lines
from zipingbiao.scoring.qualitative import band, is_scale
from zipingbiao.scoring.score import score_table
from zipingbiao.values.typed import Words, parse_text

FOUR_YAML = """\
title: 某省（四档）
extends: national-2020
values:
  bands:
    value: [["0.9", "1"], ["0.8", "0.9"], ["0.6", "0.8"], ["0", "0.6"]]
    from: 2026-01-01
    source: 试验
    trust: practice
    checked_on: 2026-11-20
"""


def bands(*limits: str) -> tuple[tuple[Decimal, Decimal], ...]:
    ends = [Decimal(limit) for limit in ("1", *limits, "0")]
    return tuple(zip(ends[1:], ends[:-1], strict=True))


TWO, THREE, FOUR, FIVE = bands("0.6"), bands("0.8", "0.6"), bands("0.9", "0.8", "0.6"), bands("0.9", "0.8", "0.7", "0.6")  # fmt: skip

REACHED, PARTLY, MISSED = "达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差"
PHRASES = [
    # result → band of two, three, four, five as "lower upper"; None: a person decides
    (REACHED, "0.6 1", "0.8 1", "0.9 1", "0.9 1"),
    (PARTLY, None, "0.6 0.8", "0.6 0.9", "0.6 0.9"),
    (MISSED, "0 0.6", "0 0.6", "0 0.6", "0 0.6"),
    ("全部达成年度指标", "0.6 1", "0.8 1", "0.9 1", "0.9 1"),
    ("全部或基本达成预期指标", "0.6 1", "0.8 1", "0.9 1", "0.9 1"),
    ("全部/基本完成", "0.6 1", "0.8 1", "0.9 1", "0.9 1"),
    ("实现预期目标", "0.6 1", "0.8 1", "0.9 1", "0.9 1"),
    ("达到预期效果", None, None, None, None),
    ("基本达成预期指标", "0.6 1", "0.6 1", "0.6 1", "0.6 1"),
    ("已基本完成。", "0.6 1", "0.6 1", "0.6 1", "0.6 1"),
    ("基本达标", "0.6 1", "0.6 1", "0.6 1", "0.6 1"),
    ("基本达成预期指标，并具有一定效果", None, "0.6 0.8", "0.6 0.9", "0.6 0.9"),
    ("基本满意", None, None, None, None),
    ("全部基本农田", None, None, None, None),
]
MEASURED = ("≥95%", "100公里", "3～5次", "12月底前")
WORDS = [
    # target, result → the same
    ("优良中低差", "优", "0.6 1", "0.8 1", "0.9 1", "0.9 1"),
    ("优良中低差", "良", "0.6 0.8", "0.8 0.9", "0.8 0.9", "0.8 0.9"),
    ("优良中低差", "中", None, "0.6 0.8", "0.6 0.8", "0.7 0.8"),
    ("优良中低差", "低", "0 0.6", "0 0.6", "0 0.6", "0.6 0.7"),
    ("优良中低差", "差", "0 0.6", "0 0.6", "0 0.6", "0 0.6"),
    ("好、较好、一般、差", "好", "0.6 1", "0.8 1", "0.9 1", "0.9 1"),
    ("好、较好、一般、差", "较好", "0.6 0.8", "0.8 0.9", "0.8 0.9", "0.8 0.9"),
    ("好、较好、一般、差", "一般", None, "0.6 0.8", "0.6 0.8", "0.7 0.8"),
    ("好/坏", "坏", "0 0.6", "0 0.6", "0 0.6", "0 0.6"),
    ("", "良好", "0.6 0.8", "0.8 0.9", "0.8 0.9", "0.8 0.9"),
]


def named(target: str, result: str, among: tuple[tuple[Decimal, Decimal], ...]) -> str | None:
    actual = parse_text(result)
    assert isinstance(actual, Words)
    found = band(actual, parse_text(target), among)
    return None if found is None else f"{found.low.normalize():f} {found.high.normalize():f}"


@pytest.mark.parametrize("case", PHRASES, ids=lambda case: case[0])
def test_a_phrase_is_the_first_band_the_last_or_those_between(case: tuple[str, ...]) -> None:
    result, *expected = case
    assert [named("效果明显", result, among) for among in (TWO, THREE, FOUR, FIVE)] == expected


@pytest.mark.parametrize("target", MEASURED)
def test_nearly_beside_a_number_or_a_date_is_no_grade(target: str) -> None:
    assert named(target, "基本完成", THREE) is None
    assert named(target, REACHED, THREE) == "0.8 1"


@pytest.mark.parametrize("case", WORDS, ids=lambda case: "".join(case[:2]))
def test_a_band_word_takes_the_band_of_its_rank(case: tuple[str, ...]) -> None:
    target, result, *expected = case
    assert [named(target, result, among) for among in (TWO, THREE, FOUR, FIVE)] == expected


@pytest.mark.parametrize(
    ("target", "lists"),
    [
        ("优良中差", True), ("优、良、中、差", True), ("优良差", True), ("好/较好/一般/差", True), ("好坏", True),
        ("优秀、良好、一般、较差", True), ("优良", False), ("良好", False), ("优", False), ("差中良优", False),
        ("优良优良", False), ("优良中差率", False),
    ],
)  # fmt: skip
def test_a_scale_lists_three_grades_or_more_best_first(target: str, lists: bool) -> None:
    assert is_scale(target) is lists


# --- a place with four grades, from its file to the total -----------------------------------------

TABLE = """一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值 | 得分
产出指标 | 质量指标 | 验收结果 | 50 | 优良中差 | {first} | {score}
效益指标 | 社会效益指标 | 受益情况 | 30 | 效果明显 | {second} | 25
满意度指标 | 服务对象满意度指标 | 群众满意度 | 10 | 90% | 90% |
预算执行 | 预算执行率 | 预算执行率 | 10 | 100% | 100% |"""


def four(folder: Path, first: str = "优", score: str = "47", second: str = PARTLY) -> Evaluation:
    path = folder / "四档.yaml"
    path.write_text(FOUR_YAML, "utf-8")
    profile = profiles.load(str(path))
    table = read({"table": TABLE.format(first=first, score=score, second=second)})
    return Evaluation(table, profile, "由用户指定", profile_unsure=False, rows=score_table(table, profile))


def codes(evaluation: Evaluation, *wanted: str) -> dict[str, str | None]:
    findings, faults = run.check(evaluation)
    assert not faults
    return {finding.code: finding.expected for finding in findings if finding.code in wanted}


def test_the_typed_score_counts_within_its_band(tmp_path: Path) -> None:
    evaluation = four(tmp_path)
    assert [str(row.score) for row in evaluation.rows] == ["47.00", "25.00", "10.00", "10.00"]
    assert evaluation.rows[0].explanation == "“优”一档为 45～50 分，按填报得分 47 计"
    assert evaluation.rows[1].explanation.startswith(f"“{PARTLY}”一档为 18～27 分")
    assert (evaluation.total, evaluation.grade) == (Decimal(92), "优")
    assert codes(evaluation, "S102", "S103", "S106", "V104") == {}


@pytest.mark.parametrize(
    ("first", "score", "limits"),
    [
        ("优", "44.9", "45（含）～50（含）"), ("良", "45", "40（含）～45（不含）"), ("良", "40", None),
        ("中", "40", "30（含）～40（不含）"), ("中", "30", None), ("差", "30", "0（含）～30（不含）"), ("差", "0", None),
        ("达成年度指标", "44", "45（含）～50（含）"), (PARTLY, "45", "30（含）～45（不含）"), (PARTLY, "30", None),
    ],
)  # fmt: skip
def test_a_score_outside_its_band_is_reported_with_its_limits(
    tmp_path: Path, first: str, score: str, limits: str | None
) -> None:
    assert codes(four(tmp_path, first, score), "S106").get("S106") == limits


def test_without_a_score_a_person_is_asked(tmp_path: Path) -> None:
    row = four(tmp_path, "良", "").rows[0]
    assert (row.score, row.explanation) == (
        None,
        "未计算：定性指标按档评分，需要填写得分（“良”一档为 40～45 分）",
    )


def test_the_profile_says_its_bands_and_what_the_phrases_mean(tmp_path: Path) -> None:
    lines = {line.title: line.value for line in profile_lines(four(tmp_path).profile)}
    assert lines["定性分档"] == (
        "得分占分值的比例。第1档：100%～90%；第2档：90%～80%；第3档：80%～60%；第4档：60%～0%。"
        f"“{REACHED}”为第1档，“{PARTLY}”为第2至3档，“{MISSED}”为第4档"
    )
