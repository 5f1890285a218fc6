"""A place writes its own 评分规则: what a file inherits, and one located sentence per mistake."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from zipingbiao.errors import UsageError
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.finding import Severity
from zipingbiao.scoring.profile import Deduction
from zipingbiao.scoring.profile.new import new_profile
from zipingbiao.scoring.profile.values import KEYS

DOCS = Path(__file__).parents[2] / "docs" / "profiles.md"
SHIPPED = Path(profiles.__file__).parents[1] / "profiles"

LOCAL = """\
title: 某县
extends: national-2020
values:
  {key}:
    value: {value}
    from: 2026-01-01
    source: 某县办法第六条
    trust: confirmed
    checked_on: 2026-11-20
"""


def written(folder: Path, text: str | bytes, name: str = "本县.yaml") -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def local(key: str, value: str) -> str:
    return LOCAL.format(key=key, value=value)


def messages(folder: Path, text: str | bytes) -> list[str]:
    return [str(mistake) for mistake in profiles.check_file(Path(written(folder, text)))]


# --- what a file gives ---------------------------------------------------------------------------


def example() -> str:
    (text,) = re.findall(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    return str(text)


def test_the_example_of_the_docs_can_be_used(tmp_path: Path) -> None:
    path = written(tmp_path, example())
    assert profiles.check_file(path) == ()
    county = profiles.load(path)
    assert (county.name, county.extends) == ("本县", "national-2020")
    assert county.execution_points == 20
    assert county.execution_base == "initial_budget"
    assert county.levels == {"产出": 40, "效益+满意度": 40}
    assert county.inverse == "ratio"
    assert county.bands == profiles.load("hubei").bands
    assert county.deduction == Deduction(lines=((Decimal("1.5"), Decimal(1)), (Decimal(2), Decimal(2))))
    assert county.caps[0] == (Decimal("0.8"), Decimal(89))
    assert county.printed_grade(Decimal(70)) == "合格"
    assert county.same_grade("不合格") == "差"
    assert county.severities == {"S104": Severity.ERROR, "S105": Severity.INFO}
    assert county.rules_off == ("V106",)
    assert county.provenance["caps"].source.endswith("第十条")
    assert county.grades == profiles.load("national-2020").grades
    assert county.provenance["grades"].stated_in == "national-2020"


def test_the_docs_explain_every_key() -> None:
    text = DOCS.read_text("utf-8")
    assert [key for key in KEYS if f"`{key}`" not in text] == []
    assert f"{len(KEYS)} 项" in text
    assert [name for name in profiles.names() if f"`{name}`" not in text] == []


def test_a_file_may_stand_alone(tmp_path: Path) -> None:
    path = written(tmp_path, (SHIPPED / "national-2020.yaml").read_bytes())
    assert profiles.load(path).extends is None
    assert profiles.load(path).hash == profiles.load("national-2020").hash


def test_a_file_of_the_time_when_it_named_its_forms_is_still_read(tmp_path: Path) -> None:
    older = written(tmp_path, "title: 某县\nextends: shanxi\nforms: [shanxi]\nvalues: {}\n")
    assert profiles.check_file(older) == ()
    assert profiles.load(older).hash == profiles.load("shanxi").hash


def test_the_hash_is_that_of_the_rules_and_not_of_their_spelling(tmp_path: Path) -> None:
    plain = profiles.load(written(tmp_path, local("caps", "[[0.8, 89]]"), "a.yaml"))
    spelled = profiles.load(written(tmp_path, "# 注\n" + local("caps", "[['80%', 89.0]]"), "b.yaml"))
    other = profiles.load(written(tmp_path, local("caps", "[[0.8, 88]]"), "c.yaml"))
    resourced = profiles.load(
        written(tmp_path, local("caps", "[[0.8, 89]]").replace("第六条", "第七条"), "d.yaml")
    )
    assert plain.hash == spelled.hash
    assert len({plain.hash, other.hash, resourced.hash, profiles.load("national-2020").hash}) == 4


def test_a_corrected_file_counts_at_once(tmp_path: Path) -> None:
    assert profiles.load(written(tmp_path, local("inverse", "ratio"))).inverse == "ratio"
    assert profiles.load(written(tmp_path, local("inverse", "strict"))).inverse == "strict"


# --- zpb profile new -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", profiles.names())
def test_a_new_file_scores_as_the_profile_it_extends(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, new_profile(name, "本县"))
    assert profiles.check_file(path) == ()
    assert (profiles.load(path).extends, profiles.load(path).title) == (name, "本县")
    assert profiles.load(path).hash == profiles.load(name).hash


@pytest.mark.parametrize("name", [*profiles.names(), *profiles.starters()])
def test_every_value_waits_behind_its_sign(tmp_path: Path, name: str) -> None:
    """Whatever # is taken away, the file stays one that can be used, and says the same."""
    text = new_profile(name, "本县: 2026 #1")
    opened = re.sub(r"^#(?=  )", "", text, flags=re.MULTILINE)
    assert [key for key in KEYS if f"\n  {key}:  # " not in opened] == []
    kept, taken = (
        profiles.load(written(tmp_path, each, f"{at}.yaml")) for at, each in enumerate((text, opened))
    )
    assert kept.hash == taken.hash
    assert {where.stated_in for where in taken.provenance.values()} == {"1"}
    assert kept.title == "本县: 2026 #1"


def test_the_capped_starter_has_caps_and_deduction_and_is_no_places_rules(tmp_path: Path) -> None:
    capped = profiles.load(written(tmp_path, new_profile("capped", "本县")))
    assert capped.extends == "national-2020"
    assert capped.caps == tuple((Decimal(below), Decimal(most)) for below, most in (("0.8", 89), ("0.7", 79), ("0.6", 69), ("0.5", 59)))  # fmt: skip
    assert capped.deduction == Deduction(lines=((Decimal("1.3"), Decimal(2)),))
    own = {key for key, where in capped.provenance.items() if where.stated_in == "本县"}
    assert own == {"caps", "deduction"}
    assert "capped" not in profiles.names()
    with pytest.raises(UsageError, match="没有名为“capped”的评分规则"):
        profiles.load("capped")


def test_an_unknown_start_names_what_there_is() -> None:
    with pytest.raises(UsageError, match=r"没有名为“hebei”的评分规则.*hubei.*capped"):
        new_profile("hebei", "本县")


# --- mistakes ------------------------------------------------------------------------------------

SINGLE = [
    # key, value → what is said; the key stands in line 4, its value in line 5
    ("exection_points", "20", 4, "values 里没有名为 exection_points 的项。是否想写 execution_points。"),
    ("weight_total", "一百", 5, "weight_total 为“一百”，应为不小于 0 的数字（分）。请改正。"),
    ("weight_total", "[100]", 5, "weight_total 写成了列表，应为不小于 0 的数字（分）。请改正。"),
    ("execution_points", "-5", 5, "execution_points 为“-5”，应为不小于 0 的数字（分）。请改正。"),
    ("execution_points", "60", 4, "execution_points 与 levels 合计 150，不等于 weight_total 100。请改正其中的分值；一级指标分值自定的，levels 写 {}。"),
    ("execution_base", "决算", 5, "execution_base 为“决算”，应为全年预算、年初预算 之一。请改正。"),
    ("levels", "90", 5, "levels 为“90”，应为“名称: 值”的对应关系，没有内容时写 {}。请改正。"),
    ("levels", "{产出: 50, 产出: 40}", 5, "levels 里 产出 写了两次。请只留一处。"),
    ("inverse", "half", 5, "inverse 为“half”，应为linear、ratio、strict 之一。请改正。"),
    ("bands", "[[0.8, 1], [0.6, 0.7], [0, 0.6]]", 5, "bands 的各档 0.8～1、0.6～0.7、0～0.6 没有首尾相接，应为从 1 到 0 依次相接，如 [[0.8, 1], [0.6, 0.8], [0, 0.6]]。请改正。"),
    ("bands", "[[0, 1]]", 5, "bands 有 1 档，应为两档或更多，如达成、部分达成、未达成。请改正。"),
    ("bands", "[[0.9, 1], [0.8, 0.9], [0.6, 0.8], [0.1, 0.6]]", 5, "bands 的各档 0.9～1、0.8～0.9、0.6～0.8、0.1～0.6 没有首尾相接，应为从 1 到 0 依次相接，如 [[0.8, 1], [0.6, 0.8], [0, 0.6]]。请改正。"),
    ("bands", "[[80, 100], [60, 80], [0, 60]]", 5, "bands 为“80”，应为0%～100% 之间的比例，写作 0.8 或 80%。请改正。"),
    ("bands", "[0.8, 0.6, 0]", 5, "bands 为“0.8”，应为若干对数，每对写作 [0.8, 89]。请改正。"),
    ("grades", "{优: 80, 良: 90, 中: 60, 差: 0}", 5, "grades 的分数线为 80、90、60、0，应为从高到低，最后的差为 0。请改正。"),
    ("grades", "{优: 90, 良: 80, 中: 60, 差: 10}", 5, "grades 的分数线为 90、80、60、10，应为从高到低，最后的差为 0。请改正。"),
    ("grades", "{优: 90, 合格: 60}", 5, "grades 的等级为“优、合格”，应为优、良、中、差，依次写出。请改正。"),
    ("grade_words", "{好: 优秀}", 5, "grade_words 的等级 为“好”，应为优、良、中、差 之一。请改正。"),
    ("ask_from", "0.5", 5, "ask_from 为“0.5”，应为100%～10000% 之间的比例，写作 0.8 或 80%。请改正。"),
    ("ask_from", "1.4", 4, "ask_from 高于 ask_strongly_from。请把较低的一条线写在 ask_from。"),
    ("deduction", "much", 5, "deduction 为“much”，应为none、{tolerance: 0.2} 或 {points: [[1.3, 1], [1.5, 2]]} 之一。请改正。"),
    ("deduction", "{rate: 0.2}", 5, "deduction 里没有名为 rate 的项，应为none、{tolerance: 0.2} 或 {points: [[1.3, 1], [1.5, 2]]} 之一。请改正。"),
    ("deduction", "{points: [[1.5, 2], [1.3, 1]]}", 5, "deduction 的 points 没有从低到高排列，应为完成率由低到高、扣分由少到多。请改正。"),
    ("caps", "[[0.6, 69], [0.8, 89]]", 5, "caps 没有从高到低排列，应为执行率和最高分都由高到低，如 [[0.8, 89], [0.7, 79]]。请改正。"),
    ("caps", "[[0.8, 79], [0.7, 89]]", 5, "caps 没有从高到低排列，应为执行率和最高分都由高到低，如 [[0.8, 89], [0.7, 79]]。请改正。"),
    ("caps", "none", 5, "caps 为“none”，应为用方括号括起来的列表，没有内容时写 []。请改正。"),
    ("grading", "maybe", 5, "grading 为“maybe”，应为required、optional 之一。请改正。"),
    ("lag_above", "5", 5, "lag_above 为“5”，应为0%～100% 之间的比例，写作 0.8 或 80%。请改正。"),
    ("serial_years", "[2035, 2010]", 5, "serial_years 为 [2035, 2010]，应为由早到晚两个年份，写作 [2010, 2035]。请改正。"),
    ("serial_years", "[2010]", 5, "serial_years 为 [2010]，应为由早到晚两个年份，写作 [2010, 2035]。请改正。"),
    ("serial_years", "[10, 35]", 5, "serial_years 为“10”，应为起止两个年份，写作 [2010, 2035]。请改正。"),
    ("severities", "{W999: 错误}", 5, "severities 里没有“W999”这条校验规则，应为W101 这样的规则代码。"),
    ("severities", "{W101: 严重}", 5, "severities 的 W101 为“严重”，应为error、错误、warning、警告、info、提示 之一。请改正。"),
    ("rules_off", "[s105]", 5, "rules_off 里没有“s105”这条校验规则，应为W101 这样的规则代码。是否想写 S105。"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "line", "says"), SINGLE)
def test_each_mistake_in_a_value(tmp_path: Path, key: str, value: str, line: int, says: str) -> None:
    (message,) = messages(tmp_path, local(key, value))
    assert message.startswith(f"本县.yaml 第{line}行：{says}")
    with pytest.raises(UsageError, match=re.escape(message)):
        profiles.load(str(tmp_path / "本县.yaml"))


GOOD = local("inverse", "ratio")
AROUND = [
    (GOOD.replace("    source: 某县办法第六条\n", ""), 4, "inverse 缺少 source。请补上；每个值都要写明依据。"),
    (GOOD.replace("source: 某县办法第六条", "source:"), 7, "inverse 的 source 为“”，应为一段文字。请改正。"),
    (GOOD.replace("trust: confirmed", "trust: sure"), 8, "inverse 的 trust 为“sure”，应为confirmed、practice、unchecked 之一。请改正。"),
    (GOOD.replace("2026-01-01", "2026年1月"), 6, "inverse 的 from 为“2026年1月”，应为2026-01-01 这样的日期。请改正。"),
    (GOOD.replace("    trust", "    trusted"), 8, "inverse 里没有名为 trusted 的项。是否想写 trust。"),
    (GOOD + "    value: linear\n", 10, "inverse 里 value 写了两次。请只留一处。"),
    (GOOD.replace("title: 某县\n", ""), 1, "评分规则文件 缺少 title。"),
    (GOOD.replace("national-2020", "national-2019"), 2, "extends 为“national-2019”，应为hubei、national-2016、national-2020、national-2021、shanxi、sichuan 之一。请改正。"),
    (GOOD.replace("extends", "extend"), 2, "评分规则文件 里没有名为 extend 的项。是否想写 extends。"),
    ("title: 某县\nextends: shanxi\nvalues:\n  inverse: ratio\n", 4, "inverse 为“ratio”，应为“名称: 值”的若干行。请改正。"),
    ("- 某县\n", 1, "评分规则文件 写成了列表，应为“名称: 值”的若干行。请改正。"),
    ("", 1, "文件是空的。请写上 title 和 values。"),
    (GOOD.replace("value: ratio", "value: 'ratio"), 10, "不符合 YAML 的写法。请检查这一行和前几行的缩进、冒号后的空格、引号和括号。"),
    (GOOD.encode("gbk"), 1, "文字编码不是 UTF-8。请用记事本另存为 UTF-8 编码。"),
    (GOOD.replace("ratio", "ra\x00tio"), 1, "含有 YAML 不允许的字符。"),
    (GOOD.replace("ratio", "&a [*a]"), 5, "层次太多。"),
    (GOOD.replace("ratio", "[" * 10 + "]" * 10), 5, "层次太多。"),
    (GOOD.replace("ratio", "{[a]: b}"), 5, "名称写成了列表或“名称: 值”，应为一个词。"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), AROUND)
def test_each_mistake_around_the_values(tmp_path: Path, text: str | bytes, line: int, says: str) -> None:
    message = messages(tmp_path, text)[0]
    assert message.startswith(f"本县.yaml 第{line}行：{says}")


def test_without_extends_every_missing_value_is_named(tmp_path: Path) -> None:
    found = messages(tmp_path, GOOD.replace("extends: national-2020\n", ""))
    assert len(found) == len(KEYS) - 1
    assert found[0] == (
        "本县.yaml 第2行：缺少 weight_total（满分）。请补上，或在文件开头写 extends: national-2020，沿用它的值。"
    )


def test_all_mistakes_are_listed_and_the_first_is_raised(tmp_path: Path) -> None:
    text = GOOD.replace("ratio", "half").replace("trust: confirmed", "trust: sure") + "  weigth_total: 1\n"
    found = messages(tmp_path, text)
    assert [message.split("：")[0] for message in found] == [
        "本县.yaml 第5行",
        "本县.yaml 第8行",
        "本县.yaml 第10行",
    ]
    with pytest.raises(UsageError, match=r"第5行.*共 3 处问题，其余请用 zpb profile check 查看。"):
        profiles.load(str(tmp_path / "本县.yaml"))


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    for action in (profiles.load, profiles.check_file):
        with pytest.raises(UsageError, match=r"找不到评分规则文件.*请检查路径"):
            action(str(tmp_path / "没有.yaml"))
