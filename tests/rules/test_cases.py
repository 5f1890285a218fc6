"""Every rule against its case file; that nothing is missing is the business of test_registry.

A case file is ``tests/rules/<CODE>.yaml``, a list of cases. Keys of a case:

* title: one sentence.
* table, funds: in the notation of tests/support/tables.py; ``total``, ``grade`` and
  ``total_weight`` stand in A to C of the row below the table; ``merged_score`` lists rows that share one score cell.
* unit: of the funds, 万元 unless given. profile: shanxi unless given; profile_unsure, profile_why.
* project: fields of the head: name, year and so on.
* approved: the approved targets of the project, with 调整后 and 文号 (tests/support/against.py);
  documents: 调整文号 in the table itself, by the cell of the target.
* registered: what the list says of the project: name (that of the case unless given), initial, full_year, paid.
* last: the project's table of last year, a case of its own; its head names the same project.
* texts: title → text, in column E of 文字材料 from row 4; evidence: lines ``对应指标 | 材料名称`` in D of 佐证材料.
* gaps: what the form asks for beside the indicators and nobody filled in: field, label, at (a cell), shows (an error).
* report: whether the table stands in a Word report; body: the tables of its part 绩效情况 as one, on sheet 正文表; bodies:
  level 1 of further ones without a line; sentence: the paragraph that states the total, in A9 of 正文.
* workbook: the table of the same project in 自评表.xlsx, a case of its own.
* problems: what reading left open (trouble, what, labels, column of the heading).
* findings: those of this rule and no others: at, severity, says (a part of the sentence) and,
  where it matters, found, expected and cells (all of them, the place first). An empty list is a near miss that must not fire.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from support.against import check
from support.sentences import begins_with_what_to_do
from support.tables import build, place
from zipingbiao.rules import rules_with, run

HERE = Path(__file__).parent
CASE_FILES = sorted(HERE.glob("[!B]*.yaml"))  # batch rules have several tables to a case: test_batch
KEYS = {
    "title", "table", "funds", "unit", "total", "grade", "total_weight", "merged_score", "profile", "profile_unsure",
    "profile_why", "problems", "findings", "project",
    "approved", "documents", "last", "texts", "evidence", "gaps", "report", "body", "bodies", "sentence", "workbook",
    "registered",
}  # fmt: skip


def cases_of(code: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((HERE / f"{code}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, list)
    return loaded


def all_cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem} {case['title']}")
        for path in CASE_FILES
        for case in cases_of(path.stem)
    ]


@pytest.mark.parametrize(("code", "case"), all_cases())
def test_case(code: str, case: dict[str, Any]) -> None:
    findings, faults = check(case)
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
        if "cells" in wanted:
            assert [place(ref) for ref in finding.refs] == wanted["cells"]


@pytest.mark.parametrize(("code", "case"), all_cases())
def test_every_message_is_a_sentence_with_a_place(code: str, case: dict[str, Any]) -> None:
    findings, _ = check(case)
    for finding in findings:
        assert finding.message.endswith("。"), finding.message
        assert begins_with_what_to_do(finding.message), finding.message
        assert not re.search(r"None|Decimal|[，。；：]{2}|\n", finding.message), finding.message
        # A project that vanished has no cell in any table of this year.
        assert finding.ref is not None or finding.code == "Y304", finding.message
        assert finding.refs[:1] == ((finding.ref,) if finding.ref is not None else ())
        assert len(set(finding.refs)) == len(finding.refs)
        for text in (finding.message, finding.found or "", finding.expected or ""):
            assert "“”" not in text
            assert not re.search(r"、{2}|^、|、$", text), text


@pytest.mark.parametrize(("code", "case"), all_cases())
def test_every_line_that_a_message_names_is_among_its_cells(code: str, case: dict[str, Any]) -> None:
    findings, _ = check(case)
    for finding in findings:
        named = set(map(int, re.findall(r"第(\d+)行", finding.message)))
        named -= set(case.get("merged_score", ())[1:])  # one cell for all of them
        assert named <= {ref.row for ref in finding.refs}, finding.message


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_keys_of_cases_are_known(path: Path) -> None:
    assert not {key for case in cases_of(path.stem) for key in case} - KEYS


def test_crash_of_a_rule_is_reported_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ModuleType("x999_broken")
    broken.CODE = "X999"  # type: ignore[attr-defined]  # a module made by hand has no such names

    def check(_: object) -> list[object]:
        raise RuntimeError("an error in the rule itself")

    broken.check = check  # type: ignore[attr-defined]  # as above
    case = next(case for case in cases_of("W101") if case["findings"])
    alone, _ = run.check(build(case))
    monkeypatch.setattr(run, "rules_with", lambda function: (broken, *rules_with(function)))
    findings, faults = run.check(build(case))
    assert findings == alone
    assert len(faults) == 1
    assert faults[0].startswith("X999 表!A1")
    assert "an error in the rule itself" in faults[0]
