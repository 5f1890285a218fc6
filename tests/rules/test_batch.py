"""Batch rules against their case files ``tests/rules/B….yaml``.

A case lists its ``tables``: each as in test_cases.py, with ``file`` and ``project`` (fields of the
head). A finding names its ``file`` besides at, severity and says.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from support.sentences import begins_with_what_to_do
from support.tables import build, place
from zipingbiao.rules import rules_with, run
from zipingbiao.rules.shared.kept import kept
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding

HERE = Path(__file__).parent


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem} {case['title']}")
        for path in sorted(HERE.glob("B*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


def sheets(case: dict[str, Any]) -> list[tuple[str, Evaluation]]:
    return [(table["file"], build(table)) for table in case["tables"]]


def found(case: dict[str, Any], code: str) -> list[tuple[str, Finding]]:
    tables = sheets(case)
    among = run.check_batch(tables)
    merged = run.check_merged([(file, kept(evaluation)) for file, evaluation in tables])
    assert not among[1] + merged[1]
    return [(file, finding) for file, finding in (*among[0], *merged[0]) if finding.code == code]


@pytest.mark.parametrize(("code", "case"), cases())
def test_case(code: str, case: dict[str, Any]) -> None:
    own = found(case, code)
    assert [(file, place(finding.ref), finding.severity) for file, finding in own] == [
        (wanted["file"], wanted["at"], wanted["severity"]) for wanted in case["findings"]
    ]
    for (_, finding), wanted in zip(own, case["findings"], strict=True):
        assert wanted["says"] in finding.message
        assert finding.message.endswith("。")
        assert begins_with_what_to_do(finding.message)


@pytest.mark.parametrize(("code", "case"), cases())
def test_order_of_the_files_does_not_matter(code: str, case: dict[str, Any]) -> None:
    turned = {**case, "tables": case["tables"][::-1]}
    places = [(file, finding.ref, finding.severity) for file, finding in found(case, code)]
    assert [(file, finding.ref, finding.severity) for file, finding in found(turned, code)] == places


def copies(count: int) -> dict[str, Any]:
    (case,) = [param.values[1] for param in cases() if param.values[1]["title"].startswith("另存后没有改写")]
    table = case["tables"][0]["table"]
    return {
        "tables": [
            {"file": f"{number}.xlsx", "project": {"name": f"项目{number}"}, "table": table}
            for number in range(count)
        ]
    }


def test_many_copies_are_counted_not_listed() -> None:
    own = found(copies(50), "B102")
    assert len(own) == 50
    assert all(finding.message.count("xlsx") == 3 for _, finding in own)
    assert "等逐项相同" in own[0][1].message


def test_crash_of_a_batch_rule_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ModuleType("b999_broken")
    broken.CODE = "B999"  # type: ignore[attr-defined]  # a module made by hand has no such names

    def check_batch(_: object) -> list[object]:
        raise RuntimeError("an error in the rule itself")

    broken.check_batch = check_batch  # type: ignore[attr-defined]  # as above
    alone, _ = run.check_batch(sheets(copies(2)))
    monkeypatch.setattr(run, "rules_with", lambda function: (broken, *rules_with(function)))
    findings, faults = run.check_batch(sheets(copies(2)))
    assert alone
    assert findings == alone
    assert len(faults) == 1
    assert faults[0].startswith("B999\n")


def test_file_with_several_tables_is_compared_too() -> None:
    """Each table gets its own findings: of its cells, and of those among the tables."""
    (case,) = [param.values[1] for param in cases() if param.values[1]["title"] == "同一文件的三张表"]
    evaluations = [evaluation for _, evaluation in sheets(case)]
    moved = [_moved(evaluation, f"表{number}") for number, evaluation in enumerate(evaluations)]
    checks, faults = run.check_tables("a.xlsx", moved, [run.check(one) for one in moved])
    assert not faults
    for number, (evaluation, found) in enumerate(zip(moved, checks, strict=True)):
        among = [finding for finding in found if finding.code == "B101"]
        assert [finding.ref.sheet for finding in among if finding.ref] == [f"表{number}资金"]
        assert [finding for finding in found if finding.code[0] != "B"] == list(run.check(evaluation)[0])


def _moved(evaluation: Evaluation, sheet: str) -> Evaluation:
    """The same table with its funds on a sheet of their own, as a workbook with several would have."""
    funds = evaluation.table.funds
    assert funds is not None
    entries = {
        key: entry._replace(ref=entry.ref._replace(sheet=f"{sheet}资金"))
        for key, entry in funds.entries.items()
    }
    return replace(
        evaluation,
        table=replace(evaluation.table, sheet=sheet, funds=replace(funds, entries=entries)),
    )
