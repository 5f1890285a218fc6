"""One result per file in input order, whatever happens to the process that reads one."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from batch.made import crash_on_bad, die_on_bad, hang_on_bad, slow
from zipingbiao.batch import processes, run
from zipingbiao.batch.engine import Item
from zipingbiao.errors import RefusedError, UnreadableError, UsageError
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.isolated import OUR_FAULT, isolated

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
    monkeypatch.setattr(processes, "SECONDS_PER_FILE", 3.0)
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


@pytest.mark.parametrize("workers", [1, 2])
def test_a_crash_of_ours_is_told_and_stops_nothing(
    files: list[str], monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(run, "examine", crash_on_bad)
    results = run.examine_all(files, workers=workers)
    assert statuses(results) == ONE_BAD
    assert results[4].why == OUR_FAULT
    assert "另存为" in OUR_FAULT
    assert "LookupError" in results[4].faults[0]


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (UnreadableError("甲.xlsx：已损坏。"), "已损坏。"),
        (RefusedError("没有写入。"), "没有写入。"),
        (PermissionError(13, "拒绝访问"), "无法读写（没有权限），内容没有改动；请检查权限和磁盘后重试。"),
        (RecursionError(), OUR_FAULT),
    ],
)
def test_whatever_one_file_raises_is_one_sentence_of_its_own(failure: Exception, said: str) -> None:
    def work() -> FileResult:
        raise failure

    result = isolated("某单位/甲.xlsx", work, lambda result: result)
    assert (result.path, result.status, result.why) == ("某单位/甲.xlsx", Status.REJECTED, said)
    assert bool(result.faults) == (said == OUR_FAULT)


@pytest.mark.parametrize("failure", [UsageError("没有这个方案。"), MemoryError(), KeyboardInterrupt()])
def test_what_no_file_is_to_blame_for_ends_the_run(failure: BaseException) -> None:
    def work() -> FileResult:
        raise failure

    with pytest.raises(type(failure)):
        isolated("甲.xlsx", work, lambda result: result)


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_reaches_the_end(files: list[str], workers: int) -> None:
    seen: list[run.Step] = []
    run.examine_all(files, workers=workers, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == run.Step(len(files), len(files), rejected=1)


def test_a_wrong_profile_is_one_mistake(files: list[str]) -> None:
    with pytest.raises(UsageError, match="火星"):
        run.examine_all(files, "火星")


def test_results_travel_between_processes(files: list[str]) -> None:
    results = run.examine_all(files[:5], workers=1)
    assert pickle.loads(pickle.dumps(results)) == results


# --- few files, or one worker ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("does", "said"), [(hang_on_bad, "超过 3 秒"), (die_on_bad, "异常退出")], ids=["hangs", "dies"]
)
@pytest.mark.parametrize("few", [True, False])
def test_an_odd_file_ends_nothing_else_with_one_worker_or_few_files(
    files: list[str], monkeypatch: pytest.MonkeyPatch, does: object, said: str, few: bool
) -> None:
    monkeypatch.setattr(run, "examine", does)
    monkeypatch.setattr(processes, "SECONDS_PER_FILE", 3.0)
    given = files[4:6] if few else files
    results = run.examine_all(given, workers=None if few else 1)
    assert statuses(results) == (ONE_BAD[4:6] if few else ONE_BAD)
    assert said in (results[0 if few else 4].why or "")
    (alone,) = run.examine_all(files[4:5])
    assert said in (alone.why or "")


def test_the_usual_small_file_starts_no_process(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", started)
    good = [path for path in files if "坏" not in path]
    assert statuses(run.examine_all(good[:3])) == [Status.ACCEPTED] * 3
    assert statuses(run.examine_all(good, workers=1)) == [Status.ACCEPTED] * 10


def test_an_archive_and_what_it_holds_are_read_beside(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "教育局.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in files[3:6]:
            made.write(path, Path(path).name)
    beside: list[object] = []
    alone = processes._Crew.alone

    def watched(crew: processes._Crew[object], item: Item) -> object:
        beside.append(item if isinstance(item, str) else item.member)
        return alone(crew, item)

    monkeypatch.setattr(processes._Crew, "alone", watched)
    results = run.examine_all([files[0], archive])
    good = [Status.ACCEPTED, Status.ARCHIVE, Status.ACCEPTED]
    assert statuses(results) == [*good, Status.REJECTED, Status.ACCEPTED]
    assert beside == [str(archive), "3.xlsx", "坏.xlsx", "4.xlsx"]


@pytest.mark.parametrize("files_per_task", [4, 6])
def test_a_hanging_file_among_many_in_a_task_costs_only_itself(
    files: list[str], monkeypatch: pytest.MonkeyPatch, files_per_task: int
) -> None:
    monkeypatch.setattr(run, "examine", hang_on_bad)
    monkeypatch.setattr(processes, "SECONDS_PER_FILE", 3.0)
    monkeypatch.setattr(processes, "SECONDS_PER_FURTHER_FILE", 0.1)
    monkeypatch.setattr(run, "task_size", lambda *_: files_per_task)
    results = run.examine_all(files, workers=2)
    assert statuses(results) == ONE_BAD
    assert "超过 3 秒" in (results[4].why or "")


def test_a_task_of_slow_files_has_the_time_of_them_all(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of them is too slow, together they take longer than one may."""
    monkeypatch.setattr(run, "examine", slow)
    monkeypatch.setattr(processes, "SECONDS_PER_FILE", 3.0)
    monkeypatch.setattr(processes, "SECONDS_PER_FURTHER_FILE", 1.0)
    monkeypatch.setattr(run, "task_size", lambda *_: 11)
    ended: list[object] = []

    def watched(process: subprocess.Popen[bytes]) -> None:
        ended.append(process)
        process.kill()

    monkeypatch.setattr(processes, "_kill", watched)
    assert statuses(run.examine_all(files, workers=2)) == ONE_BAD
    assert len(ended) == 1  # when all was done, not before
