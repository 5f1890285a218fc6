"""评分规则 files: complete, dated, sourced; and how a table gets its profile."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from zipingbiao.errors import UsageError
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.profile import Deduction
from zipingbiao.scoring.profile.values import KEYS


@pytest.mark.parametrize("name", profiles.names())
def test_every_value_has_date_source_and_trust(name: str) -> None:
    profile = profiles.load(name)
    assert profile.provenance
    for key, where in profile.provenance.items():
        assert where.source.strip(), key
        assert where.trust in {"confirmed", "practice", "unchecked"}, key
        assert len(where.since) == len(where.checked_on) == len("2026-11-20"), key


@pytest.mark.parametrize("name", profiles.names())
def test_fixed_levels_and_execution_make_the_whole(name: str) -> None:
    profile = profiles.load(name)
    if profile.levels:
        assert sum(profile.levels.values()) + profile.execution_points == profile.weight_total


def test_built_in_profiles() -> None:
    assert profiles.names() == (
        "hubei", "national-2016", "national-2020", "national-2021", "shanxi", "sichuan",
    )  # fmt: skip
    assert profiles.load("national-2021").title == "中央部门 2021（试行）"


def test_inherited_values_say_whose_they_are() -> None:
    hubei, national = profiles.load("hubei"), profiles.load("national-2020")
    assert hubei.grades == national.grades
    assert hubei.provenance["grades"] == national.provenance["grades"]
    assert hubei.provenance["inverse"].stated_in == "hubei"
    assert set(hubei.provenance) == set(national.provenance) == set(KEYS)


def test_what_no_built_in_profile_does_unasked() -> None:
    for profile in map(profiles.load, profiles.names()):
        assert (profile.deduction, profile.caps, profile.severities, profile.rules_off) == (
            Deduction(),
            (),
            {},
            (),
        )
        assert profile.execution_base == "full_year_budget"


def test_hubei() -> None:
    hubei = profiles.load("hubei")
    assert hubei.execution_points == 20
    assert hubei.levels == {"产出": 40, "效益+满意度": 40}
    assert hubei.bands[1] == (Decimal("0.5"), Decimal("0.8"))
    assert hubei.inverse == "ratio"
    assert hubei.belongs("效益+满意度", "满意度指标")
    assert hubei.belongs("效益+满意度", "效益指标")
    assert not hubei.belongs("效益+满意度", "产出指标")


def test_hubei_may_leave_tables_without_a_grade() -> None:
    assert {name for name in profiles.names() if profiles.load(name).grading == "optional"} == {"hubei"}
    assert profiles.load("hubei").provenance["grading"].source.endswith("可以不评级")


def test_the_older_form_has_the_bands_and_the_inverse_of_hubei_with_other_points() -> None:
    older, hubei = profiles.load("national-2016"), profiles.load("hubei")
    assert (older.bands, older.inverse) == (hubei.bands, hubei.inverse)
    assert older.execution_points == 10
    assert older.levels == {"产出": 50, "效益": 30, "满意度": 10}


def test_sichuan_leaves_ninety_points_free() -> None:
    sichuan = profiles.load("sichuan")
    assert sichuan.execution_points == 10
    assert sichuan.levels == {}
    assert sichuan.deduction == Deduction()
    assert sichuan.bands == profiles.load("national-2020").bands


ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+条")


@pytest.mark.parametrize("name", [*profiles.names(), *profiles.starters()])
def test_no_article_number_that_nobody_read(name: str) -> None:
    """财预〔2020〕10号 could not be read: a number that may be wrong is worse than none."""
    provenance = profiles.to_start_from(name).provenance
    assert [key for key, where in provenance.items() if ARTICLE.search(where.source)] == []


@pytest.mark.parametrize(
    ("total", "word"), [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差"), ("0", "差")]
)  # fmt: skip
def test_grades_take_their_lower_bound(total: str, word: str) -> None:
    assert profiles.load("national-2020").grade(Decimal(total)) == word


def test_shanxi_prints_two_signs_and_reads_one() -> None:
    shanxi = profiles.load("shanxi")
    assert shanxi.printed_grade(Decimal("93.08")) == "优秀"
    assert shanxi.grade(Decimal("89.5")) == "良"
    assert shanxi.same_grade("优秀") == "优"
    assert shanxi.same_grade("很好") is None


def test_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"没有名为“hebei”的评分规则.*national-2020"):
        profiles.load("hebei")


def test_the_words_of_a_place_go_before_the_common_ones() -> None:
    place = replace(profiles.load("national-2020"), grade_words={"优": "良好"})
    assert place.same_grade("良好") == "优"
    assert place.same_grade("良") == "良"
    assert place.same_grade("") is None
