"""A merge from folder to workbook: the ledger adds up, nothing foreign is overwritten."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from support.handed_in import FILES
from zipingbiao.batch.merge import examine_paths, merge
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.result.file_result import FileResult

EXAMPLES = FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The five example projects, a copy of one, a file that is no workbook, and a lock file."""
    folder = tmp_path / "收文"
    folder.mkdir()
    for path in EXAMPLES:
        shutil.copy(path, folder)
    shutil.copy(EXAMPLES[0], folder / "副本 (1).xlsx")
    (folder / "坏.xlsx").write_bytes(b"not a workbook")
    (folder / "~$坏.xlsx").write_bytes(b"")
    return folder


def counts(results: Sequence[FileResult]) -> dict[str, int]:
    return Counter(result.status.value for result in results)


def test_every_file_ends_in_the_ledger(folder: Path, tmp_path: Path) -> None:
    merged = merge([folder], tmp_path / "汇总表.xlsx", details=True, workers=1)
    assert counts(merged.results) == {"accepted": 4, "rejected": 1, "skipped": 3}
    assert {Path(result.path) for result in merged.results} == set(folder.iterdir())
    assert len(list(merged.summary.projects())) == 4
    assert merged.lines()[-1].startswith("2 个项目，已写入 ")  # two more name no year, one is of 2022


def test_the_references_of_a_year_keep_their_results(folder: Path, tmp_path: Path) -> None:
    merged = merge([folder], tmp_path / "汇总表.xlsx", details=True, workers=1)
    results = {row.file[:3]: (str(row.adopted_total), row.grade) for row in merged.summary.projects()}
    assert results == {
        "000": ("89.50", "良"),
        "001": ("93.08", "优"),
        "002": ("94.23", "优"),
        "004": ("96.75", "优"),
    }


def test_the_same_folder_gives_the_same_bytes_whatever_the_workers(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    merge([folder], one, workers=1)
    for number in range(3):
        shutil.copy(EXAMPLES[1], folder.parent / f"{number}.txt")  # beside the folder: not read
    merge([folder], two, workers=2, cache=False)
    assert one.read_bytes() == two.read_bytes()


def test_our_own_output_is_left_out_and_replaced(folder: Path) -> None:
    out = folder / "汇总表.xlsx"
    first = merge([folder], out, details=True, workers=1)
    second = merge([folder], out, details=True, workers=1)
    assert counts(second.results) == counts(first.results) | {"skipped": 4}
    assert [result.why for result in second.results if Path(result.path) == out] == ["本软件生成的汇总表"]
    content = out.read_bytes()
    merge([folder], out, workers=1)
    assert out.read_bytes() == content
    assert list(second.summary.projects()) == list(first.summary.projects())


def test_a_foreign_file_is_never_overwritten(folder: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "别人的.xlsx"
    shutil.copy(EXAMPLES[0], foreign)
    before = foreign.read_bytes()
    with pytest.raises(RefusedError, match="不是本软件生成的汇总表"):
        merge([folder], foreign)
    assert foreign.read_bytes() == before
    merge([folder], foreign, workers=1, force=True)
    assert "汇总表（上报）" in openpyxl.load_workbook(foreign).sheetnames


def test_a_submission_is_never_overwritten_even_by_force(folder: Path) -> None:
    submission = folder / EXAMPLES[0].name
    with pytest.raises(RefusedError, match="参加汇总"):
        merge([folder], submission, force=True)
    assert submission.read_bytes() == EXAMPLES[0].read_bytes()


def test_without_a_table_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"not a workbook")
    out = tmp_path / "out.xlsx"
    merged = merge([tmp_path], out)
    assert not merged.readable
    assert merged.out is None
    assert not out.exists()
    assert merged.lines()[-1] == "没有可以汇总的自评表，没有写入汇总表。"


def test_wrong_calls_are_told_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        merge([folder], tmp_path / "汇总表.xls")
    with pytest.raises(RefusedError, match="不存在"):
        merge([folder], tmp_path / "没有" / "汇总表.xlsx")


def test_check_sees_the_same_files(folder: Path) -> None:
    results = examine_paths([folder])
    assert {Path(result.path) for result in results} == set(folder.iterdir())
    assert Path(results[-1].path).name == "~$坏.xlsx"
