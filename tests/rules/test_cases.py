"""Every rule against its case file, and the registry, the files, the docstrings and the cases as one set.

A case file is ``tests/rules/<CODE>.yaml``, a list of cases. Keys of a case:

* title: one sentence.
* table, funds: in the notation of tests/support/tables.py; ``total`` and ``grade`` stand in A and B
  of the row below the table; ``merged_score`` lists rows that share one score cell.
* unit: of the funds, 万元 unless given. profile: shanxi unless given; profile_unsure, profile_why.
* problems: what reading left open (trouble, what, labels, column of the heading).
* findings: those of this rule and no others: at, severity, says (a part of the sentence) and,
  where it matters, found and expected. An empty list is a near miss that must not fire.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from support.tables import build, place
from zipingbiao import rules
from zipingbiao.finding import Severity

HERE = Path(__file__).parent
RULE_FILES = Path(rules.__file__).parent
PARTS = ("检查内容", "为何重要", "依据", "严重程度", "反例", "正例", "不检查")
GROUPS = "LVWSTF"
KEYS = {
    "title", "table", "funds", "unit", "total", "grade", "merged_score", "profile", "profile_unsure",
    "profile_why", "problems", "findings",
}  # fmt: skip


def cases_of(code: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((HERE / f"{code}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, list)
    return loaded


def all_cases() -> list[Any]:
    paths = sorted(HERE.glob("*.yaml"))
    return [
        pytest.param(path.stem, case, id=f"{path.stem} {case['title']}")
        for path in paths
        for case in cases_of(path.stem)
    ]


@pytest.mark.parametrize(("code", "case"), all_cases())
def test_case(code: str, case: dict[str, Any]) -> None:
    findings, faults = rules.check(build(case))
    assert not faults
    own = [finding for finding in findings if finding.code == code]
    assert [(place(finding.ref), finding.severity) for finding in own] == [
        (wanted["at"], wanted["severity"]) for wanted in case["findings"]
    ], [finding.message for finding in own]
    for finding, wanted in zip(own, case["findings"], strict=True):
        assert wanted["says"] in finding.message
        for key in ("found", "expected"):
            if key in wanted:
                assert getattr(finding, key) == wanted[key]


@pytest.mark.parametrize(("code", "case"), all_cases())
def test_every_message_is_a_sentence_with_a_place(code: str, case: dict[str, Any]) -> None:
    findings, _ = rules.check(build(case))
    for finding in findings:
        assert finding.message.endswith("。"), finding.message
        assert not re.search(r"None|Decimal|[，。；：]{2}|\n", finding.message), finding.message
        assert finding.ref is not None, finding.message


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_case_file_has_a_hit_and_a_near_miss(path: Path) -> None:
    cases = cases_of(path.stem)
    assert any(case["findings"] for case in cases)
    assert any(not case["findings"] for case in cases)
    assert not {key for case in cases for key in case} - KEYS
    titles = [case["title"] for case in cases]
    assert len(titles) == len(set(titles))


def test_registry_files_and_cases_agree() -> None:
    registered = [rule.CODE for rule in rules.RULES]
    files = {path.stem.split("_")[0].upper() for path in RULE_FILES.glob("[a-z]*_*.py")}
    assert set(registered) == files == {path.stem for path in HERE.glob("*.yaml")}
    assert registered == sorted(registered, key=lambda code: (GROUPS.index(code[0]), code))
    assert len(registered) == len(set(registered))


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.CODE)
def test_rule_is_named_and_documented(rule: ModuleType) -> None:
    assert rule.__name__.rsplit(".", 1)[1].startswith(f"{rule.CODE.lower()}_")
    assert isinstance(rule.SEVERITY, Severity)
    lines = (rule.__doc__ or "").strip().splitlines()
    assert re.fullmatch(rf"{rule.CODE} \S.*。", lines[0])
    parts = [line.split("：", 1) for line in lines[1:] if line]
    assert [part[0] for part in parts] == list(PARTS)
    assert all(len(part[1]) > 2 and part[1].endswith("。") for part in parts)
    assert rule.SEVERITY.label in dict(parts)["严重程度"]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.CODE)
def test_codes_in_a_docstring_exist(rule: ModuleType) -> None:
    named = set(re.findall(r"\b[LVWSTF]1\d\d\b", rule.__doc__ or ""))
    assert named <= {other.CODE for other in rules.RULES}


def test_crash_of_a_rule_is_reported_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ModuleType("x999_broken")
    broken.CODE = "X999"  # type: ignore[attr-defined]  # a module made by hand has no such names

    def check(_: object) -> list[object]:
        raise RuntimeError("an error in the rule itself")

    broken.check = check  # type: ignore[attr-defined]  # as above
    case = next(case for case in cases_of("W101") if case["findings"])
    alone, _ = rules.check(build(case))
    monkeypatch.setattr(rules, "RULES", (broken, *rules.RULES))
    findings, faults = rules.check(build(case))
    assert findings == alone
    assert len(faults) == 1
    assert faults[0].startswith("X999 表!A1")
    assert "an error in the rule itself" in faults[0]
