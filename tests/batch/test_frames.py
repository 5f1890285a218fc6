"""The pandas frames: every column as documented, the same figures as the summary, what is missing is NA."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import zipingbiao as z
from batch.made import file, summarise, table
from support.handed_in import FILES
from support.sent import put, rows, workbook
from zipingbiao.batch import frames
from zipingbiao.batch.frame_files import NAMES, FrameFiles
from zipingbiao.batch.merged import MergeResult
from zipingbiao.book import marks
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


# ------------------------------------------------------------------ as files


def test_the_files_are_the_frames(tmp_path: Path) -> None:
    tables = tmp_path / "数据" / "表"
    merged = z.merge(FILES, tmp_path / "汇总表.xlsx", workers=1, frames=tables)
    assert (
        merged.lines()[-1] == f"数据表已写入 {tables}：projects.csv、indicators.csv、findings.csv、ledger.csv"
    )
    for name, made in zip(NAMES, z.frame(merged), strict=True):
        assert (tables / name).read_bytes().startswith("\ufeff".encode())  # Excel knows UTF-8 by it
        read = pd.read_csv(tables / name, dtype=dict(made.dtypes), keep_default_na=False, na_values=[""])
        pd.testing.assert_frame_equal(read, made)
    assert len(merged.of_frames) == 1


def test_files_of_an_earlier_merge_are_replaced_and_no_material_of_the_next(tmp_path: Path) -> None:
    folder = put(tmp_path / "收文", {"教育局/校舍.xlsx": workbook(rows())})
    for _ in range(2):
        merged = z.merge(folder, folder / "汇总表.xlsx", workers=1, frames=folder)
    assert [(record.kind, record.why) for record in merged.records if record.status is Status.SKIPPED] == [
        ("csv", marks.OUR_OUTPUT) if name.endswith("csv") else ("xlsx", marks.OUR_OUTPUT)
        for name in sorted((*NAMES, "汇总表.xlsx"))
    ]
    assert pd.read_csv(folder / "ledger.csv")["status"].value_counts().to_dict() == {
        "skipped": 5,
        "accepted": 1,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_somebody_else_is_refused_before_the_work(tmp_path: Path, name: str) -> None:
    mine = tmp_path / "表" / name
    mine.parent.mkdir()
    mine.write_text("项目,金额\n校舍,100\n", "utf-8")
    with pytest.raises(z.RefusedError, match=rf"请把 .*{name} 移走或改名"):
        z.merge(FILES, tmp_path / "汇总表.xlsx", frames=mine.parent)
    with pytest.raises(z.RefusedError, match="请给 --frames 换一个文件夹"):
        z.merge(FILES, tmp_path / "汇总表.xlsx", frames=mine)
    assert mine.read_text("utf-8") == "项目,金额\n校舍,100\n"
    assert not (tmp_path / "汇总表.xlsx").exists()


def test_without_pandas_the_rest_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    merged = z.merge(FILES, tmp_path / "汇总表.xlsx", workers=1, frames=tmp_path / "表")
    assert merged.out is not None
    assert merged.out.exists()
    assert not (tmp_path / "表").exists()
    (said,) = merged.of_frames
    assert said.startswith("请先安装 pandas")
    assert merged.lines()[-1] == said


def test_what_excel_would_calculate_is_text(tmp_path: Path) -> None:
    """A CSV has no texts: what a unit typed must not run in the office that opens it."""
    names = ["=1+1", "-1+cmd", "@SUM(A1)", "+86", "-5%", "一=二"]
    summary = summarise([file(f"{at}.xlsx", table(name, code=str(at + 1))) for at, name in enumerate(names)])
    FrameFiles(tmp_path).write(MergeResult((), summary, None))
    shown = pd.read_csv(tmp_path / "projects.csv", dtype="string")["project"].tolist()
    assert shown == ["'=1+1", "'-1+cmd", "'@SUM(A1)", "+86", "-5%", "一=二"]


def test_our_files_are_known_by_their_headings(of_check: frames.Frames) -> None:
    for made, begins in zip(of_check, marks.FRAMES, strict=True):
        assert made.head(0).to_csv(index=False).encode("utf-8-sig").startswith(begins)
