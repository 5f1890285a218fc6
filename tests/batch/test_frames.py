"""The pandas frames: every column as documented, the same figures as the summary, what is missing is NA."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import zipingbiao as z
from batch.made import file, table
from support.handed_in import FILES
from zipingbiao.batch import frames
from zipingbiao.result.file_result import FileResult, Status


@pytest.fixture(scope="module")
def of_check() -> frames.Frames:
    return z.frame(z.check(FILES))


def test_a_check_and_a_merge_give_the_same_frames(tmp_path: Path) -> None:
    of_one_year = [file for file in FILES if not file.name.startswith("003")]
    merged = z.frame(z.merge(of_one_year, tmp_path / "汇总表.xlsx"))
    for one, other in zip(z.frame(z.check(of_one_year)), merged, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_the_five_references(of_check: frames.Frames) -> None:
    projects = of_check.projects.set_index(of_check.projects["file"].str[:3])
    assert projects["adopted_total"].to_dict() == {
        "000": 89.5, "001": 93.08, "002": 94.23, "003": 98.0, "004": 96.75,
    }  # fmt: skip
    assert projects["total"]["003"] == 100.0
    assert projects["full_year_budget"]["002"] == 50.0  # 万元
    assert projects["execution_rate"]["002"] == 0.9984  # a fraction
    assert projects["points_execution"]["002"] == 9.98
    assert projects["grade"].tolist().count("优") == 4
    lines = of_check.indicators
    assert set(lines["file"]) == set(of_check.projects["file"]) == set(of_check.ledger["file"])
    satisfied = lines[lines["name"] == "社会公众满意度（%）"].iloc[0]
    assert (satisfied["target"], satisfied["actual"], satisfied["score"]) == ("95", "85%", 8.95)
    assert satisfied["completion"] == 0.8947
    by_project = lines.groupby("file")["adopted"].sum().round(2)
    assert by_project.to_dict() == of_check.projects.set_index("file")["adopted_total"].to_dict()


def test_every_column_has_its_documented_name_and_dtype(of_check: frames.Frames) -> None:
    said = frames.frame.__doc__ or ""
    dtypes = {frames.TEXT: "string", frames.COUNT: "Int64", frames.NUMBER: "Float64", frames.FLAG: "boolean"}
    columns = (frames.PROJECTS, frames.INDICATORS, frames.FINDINGS, frames.LEDGER)
    for made, known in zip(of_check, columns, strict=True):
        assert list(made.columns) == [column.name for column in known]
        for column in known:
            assert str(made[column.name].dtype).startswith(dtypes[column.dtype])
            assert column.name in said


def test_findings_join_their_file_and_say_where(of_check: frames.Frames) -> None:
    errors = of_check.findings[of_check.findings["severity"] == "error"]
    assert "W101" in set(errors["code"])
    assert set(of_check.findings["file"]) <= set(of_check.projects["file"])
    placed = of_check.findings.dropna(subset=["cell"])
    assert placed["cell"].str.fullmatch(r"[A-Z]+\d+").all()
    per_file = errors.groupby("file").size()
    assert of_check.ledger.set_index("file")["errors"].loc[per_file.index].tolist() == per_file.tolist()


def test_what_is_missing_is_no_zero() -> None:
    results = [
        file("a.xlsx", table(name="", department="", budget="", executed="")),
        FileResult("b.xlsx", Status.REJECTED, "坏了"),
    ]
    made = z.frame(results)
    (project,) = made.projects.to_dict("records")
    for name in ("project", "department", "full_year_budget", "executed", "execution_rate", "total"):
        assert project[name] is pd.NA or pd.isna(project[name]), name
    assert made.ledger["why"].isna().tolist() == [True, False]
    assert made.ledger["tables"].tolist() == [1, 0]


def test_nothing_at_all_is_four_empty_tables() -> None:
    assert [len(each) for each in z.frame([])] == [0, 0, 0, 0]


def test_a_repeated_project_is_not_counted() -> None:
    made = z.frame([file("a.xlsx", table()), file("b.xlsx", table(executed="90"))])
    assert made.projects["counted"].tolist() == [False, False]
    assert made.projects["executed"].tolist() == [float(Decimal(100)), 90.0]
