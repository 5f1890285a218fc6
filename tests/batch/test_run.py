"""One result per file in input order, whatever happens to the process that reads one."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from batch.made import die_on_bad, hang_on_bad
from zipingbiao.batch import engine_processes, run
from zipingbiao.errors import UsageError
from zipingbiao.result.file_result import FileResult, Status

EXAMPLES = sorted((Path(__file__).parents[2] / "workbooks" / "examples").glob("*.xlsx"))


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Ten good workbooks, and a bad one in their midst."""
    paths = [Path(shutil.copy(EXAMPLES[number % 5], tmp_path / f"{number}.xlsx")) for number in range(10)]
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 this is no zip")
    return [str(path) for path in (*paths[:4], bad, *paths[4:])]


def statuses(results: tuple[FileResult, ...]) -> list[Status]:
    return [result.status for result in results]


ONE_BAD = [Status.ACCEPTED] * 4 + [Status.REJECTED] + [Status.ACCEPTED] * 6


def test_the_number_of_workers_changes_nothing(files: list[str]) -> None:
    alone = run.examine_all(files, workers=1)
    assert [result.path for result in alone] == files
    assert statuses(alone) == ONE_BAD
    assert run.examine_all(files, workers=2) == run.examine_all(files, workers=3) == alone


def test_a_file_that_hangs_is_stopped_and_the_rest_goes_on(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "examine", hang_on_bad)
    monkeypatch.setattr(engine_processes, "SECONDS_PER_FILE", 3.0)
    results = run.examine_all(files, workers=2)
    assert statuses(results) == ONE_BAD
    assert "超过 3 秒" in (results[4].why or "")


@pytest.mark.parametrize("files_per_task", [1, 4])
def test_a_file_that_ends_its_process_costs_no_other_file(
    files: list[str], monkeypatch: pytest.MonkeyPatch, files_per_task: int
) -> None:
    monkeypatch.setattr(run, "examine", die_on_bad)
    monkeypatch.setattr(run, "task_size", lambda *_: files_per_task)
    results = run.examine_all(files, workers=2)
    assert statuses(results) == ONE_BAD
    assert "异常退出" in (results[4].why or "")


def test_a_crash_of_ours_is_told_and_stops_nothing(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(path: str, profile_name: str | None) -> FileResult:
        raise LookupError(path)

    monkeypatch.setattr(run, "examine", crash)
    results = run.examine_all(files[:2])
    assert statuses(results) == [Status.REJECTED] * 2
    assert all(
        result.why and "程序出错" in result.why and "LookupError" in result.faults[0] for result in results
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_reaches_the_end(files: list[str], workers: int) -> None:
    seen: list[tuple[int, int]] = []
    run.examine_all(files, workers=workers, progress=lambda *step: seen.append(step))
    assert seen == sorted(seen)
    assert seen[-1] == (len(files), len(files))


def test_a_wrong_profile_is_one_mistake(files: list[str]) -> None:
    with pytest.raises(UsageError, match="火星"):
        run.examine_all(files, "火星")


def test_results_travel_between_processes(files: list[str]) -> None:
    results = run.examine_all(files[:5], workers=1)
    assert pickle.loads(pickle.dumps(results)) == results
