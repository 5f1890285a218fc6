"""评分规则: weights, bands, thresholds and grades of one regulation or place, dated and sourced."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from zipingbiao.errors import UsageError
from zipingbiao.number import exact


@dataclass(frozen=True)
class Provenance:
    """Where one value of a profile comes from."""

    value: str
    since: str
    source: str
    trust: str
    checked_on: str


@dataclass(frozen=True)
class Profile:
    """The rules in force for one evaluation.

    Attributes:
        name: file name without suffix, as given to ``--profile``.
        title: for people.
        hash: of the file's content, 12 hex digits: two outputs with one hash used the same rules.
        forms: forms for which this profile is chosen when nothing else decides.
        weight_total: points of a whole table.
        execution_points: points of 预算执行率.
        levels: points of each level 1, by the words that a level-1 name contains; empty where the
            place leaves them free.
        inverse: ``linear`` for W × (1 − (A−T)/T) above the cap, ``ratio`` for W × T ÷ A.
        ask_from, ask_strongly_from: completion as a fraction from which over-completion asks for
            a reason.
        grades: (lowest total, word) from best to worst, in 优 良 中 差.
        grade_words: how this place prints them.
        bands: (lower, upper) fraction of the weight for 达成, 部分达成, 未达成.
        provenance: source of each value by its name in the file.
    """

    name: str
    title: str
    hash: str
    forms: tuple[str, ...]
    weight_total: Decimal
    execution_points: Decimal
    levels: Mapping[str, Decimal]
    inverse: str
    ask_from: Decimal
    ask_strongly_from: Decimal
    grades: tuple[tuple[Decimal, str], ...]
    grade_words: Mapping[str, str]
    bands: tuple[tuple[Decimal, Decimal], ...]
    provenance: Mapping[str, Provenance]

    def grade(self, total: Decimal) -> str:
        """Return 优, 良, 中 or 差 for a total in points."""
        return next((word for lowest, word in self.grades if total >= lowest), self.grades[-1][1])

    def printed_grade(self, total: Decimal) -> str:
        """Return the grade as this place prints it: Shanxi writes 优秀 and 良好."""
        word = self.grade(total)
        return self.grade_words.get(word, word)

    def same_grade(self, typed: str) -> str | None:
        """Return the grade that a typed word means (``优秀`` is 优), or None."""
        return next((word for _, word in self.grades if typed and typed in _SPELLINGS[word]), None)


_SPELLINGS = {
    "优": {"优", "优秀", "优等", "A"},
    "良": {"良", "良好", "良等", "B"},
    "中": {"中", "中等", "合格", "及格", "一般", "C"},
    "差": {"差", "较差", "差等", "不合格", "不及格", "D"},
}


@cache
def load(name: str) -> Profile:
    """Return a built-in profile by name, or one from a YAML file by path.

    Raises:
        UsageError: no such profile, or a value in it is missing or has no source.
    """
    given = Path(name)
    if given.suffix in {".yaml", ".yml"}:
        if not given.is_file():
            raise UsageError(f"找不到评分规则文件“{name}”，请检查路径。")
        return _parse(given.stem, given.read_bytes())
    if name not in names():
        raise UsageError(f"没有名为“{name}”的评分规则，可用的有：{'、'.join(names())}。")
    return _parse(name, resources.files("zipingbiao.profiles").joinpath(f"{name}.yaml").read_bytes())


@cache
def names() -> tuple[str, ...]:
    """Return the names of the built-in profiles."""
    files = resources.files("zipingbiao.profiles").iterdir()
    return tuple(sorted(file.name[: -len(".yaml")] for file in files if file.name.endswith(".yaml")))


def _parse(name: str, content: bytes) -> Profile:
    import yaml

    # The C loader reads the same YAML several times faster; wheels have it, some builds do not.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(content, loader)  # noqa: S506 both loaders are the safe ones
    values: dict[str, Any] = {}
    provenance: dict[str, Provenance] = {}
    for key, item in data["values"].items():
        values[key] = item["value"]
        try:
            provenance[key] = Provenance(
                str(item["value"]), str(item["from"]), item["source"], item["trust"], str(item["checked_on"])
            )
        except KeyError as missing:
            raise UsageError(
                f"评分规则“{name}”的 {key} 缺少 {missing.args[0]}，每个值都要写明依据。"
            ) from None
    try:
        return Profile(
            name=name,
            title=data["title"],
            hash=hashlib.blake2b(content, digest_size=6).hexdigest(),
            forms=tuple(data["forms"]),
            weight_total=_number(name, values, "weight_total"),
            execution_points=_number(name, values, "execution_points"),
            levels={level: Decimal(str(points)) for level, points in values["levels"].items()},
            inverse=values["inverse"],
            ask_from=_number(name, values, "ask_from"),
            ask_strongly_from=_number(name, values, "ask_strongly_from"),
            grades=tuple((Decimal(str(lowest)), word) for word, lowest in values["grades"].items()),
            grade_words=values["grade_words"],
            bands=tuple((Decimal(str(low)), Decimal(str(high))) for low, high in values["bands"]),
            provenance=provenance,
        )
    except KeyError as missing:
        raise UsageError(f"评分规则“{name}”缺少 {missing.args[0]}。") from None


def _number(name: str, values: Mapping[str, Any], key: str) -> Decimal:
    number = exact(str(values[key]))
    if number is None:
        raise UsageError(f"评分规则“{name}”的 {key} 应为数字，现为“{values[key]}”。")
    return number
