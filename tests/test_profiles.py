"""评分规则 files: complete, dated, sourced; and how a table gets its profile."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from zipingbiao import profile as profiles
from zipingbiao.errors import UsageError


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
    assert profiles.names() == ("national-2020", "national-2021", "shanxi")


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


def test_a_value_without_source_is_refused(tmp_path: Path) -> None:
    text = Path(profiles.__file__).with_name("profiles").joinpath("shanxi.yaml").read_text("utf-8")
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if "source:" in line)
    broken = tmp_path / "ours.yaml"
    broken.write_text("\n".join(lines[:at] + lines[at + 1 :]), "utf-8")
    with pytest.raises(UsageError, match="weight_total 缺少 source"):
        profiles.load(str(broken))
