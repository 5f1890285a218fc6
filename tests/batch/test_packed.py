"""What a merge keeps of a file is small, and gives the whole result back when it is asked for."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from support.handed_in import FILES, FOLDER
from zipingbiao.batch.merge import examine_paths, merge
from zipingbiao.batch.records import record_of
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import FileResult, Status


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_result_comes_back_as_it_was(path: Path) -> None:
    result = examine(path)
    record = pickle.loads(pickle.dumps(record_of(result, details=True)))
    assert record.result == result
    assert list(record.findings) == list(result.findings)
    (project,), (evaluation,) = record.projects, result.evaluations
    assert [line.explanation for line in project.indicators] == [row.explanation for row in evaluation.rows]


def test_a_record_is_smaller_than_its_result() -> None:
    result = examine(FILES[0])
    assert len(pickle.dumps(record_of(result))) < len(pickle.dumps(result)) / 2


def test_a_file_without_a_table_needs_no_packing() -> None:
    result = FileResult("坏.xlsx", Status.REJECTED, "坏了", faults=("KeyError",), notes=("注意",))
    record = record_of(result)
    assert record.result == result
    assert len(record.whole) == len(record.findings) == 0


def test_the_results_of_a_merge_are_those_of_a_check(tmp_path: Path) -> None:
    merged = merge([FOLDER], tmp_path / "汇总表.xlsx", details=True, workers=1)
    by_themselves = list(examine_paths([FOLDER], workers=1))
    assert [
        (one, other)
        for one, other in zip(merged.results, by_themselves, strict=True)
        if replace(one, notes=()) != replace(other, notes=())  # a check notes what a merge asks
    ] == []
    assert list(merged.results[1:3]) == [merged.results[1], merged.results[2]]
    assert [record.has_errors for record in merged.records] == [
        result.has_errors for result in merged.results
    ]
