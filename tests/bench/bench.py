"""Benchmarks as ratios within one run: ``python tests/bench/bench.py``. Reported, never tested.

Each figure is CPU time, the median of interleaved rounds; a ratio compares two medians of the same
run on the same files, so that it holds on a noisy machine. The files are the five examples. Run it
without PYTHONDONTWRITEBYTECODE: every process that starts would compile the package again.
"""

from __future__ import annotations

import os
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from zipingbiao.book.changes import Change, Plan
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import examine
from zipingbiao.rules import run
from zipingbiao.table.find.candidates import open_book

ROUNDS = 7
BATCH = 600
MORE = 1000
FILES = sorted(Path(__file__).parents[1].joinpath("data", "handed_in").glob("*.xlsx"))


def calamine() -> None:
    from python_calamine import CalamineWorkbook

    for file in FILES:
        book = CalamineWorkbook.from_path(str(file))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def openpyxl_read() -> None:
    import openpyxl

    for file in FILES:
        for sheet in openpyxl.load_workbook(file, data_only=True):
            list(sheet.iter_rows(values_only=True))


def pandas_read() -> None:
    import pandas as pd

    for file in FILES:
        pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl")


def own_read() -> None:
    for file in FILES:
        open_book(file)


def whole() -> None:
    for file in FILES:
        examine(file)


def rules_only() -> Callable[[], object]:

    evaluations = [one for file in FILES for one in evaluate(open_book(file)).evaluations]
    return lambda: [run.check(one) for one in evaluations]


def openpyxl_save() -> None:
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            openpyxl.load_workbook(file).save(Path(folder) / file.name)


def patching() -> Callable[[], object]:
    from zipingbiao.book.write.patch import patch

    plans = []
    for file in FILES:
        book = open_book(file)
        row = evaluate(book).evaluations[0].rows[0].indicator
        ref = next(entry.ref for entry in row.entries.values() if not entry.is_formula)
        plans.append((file.read_bytes(), Plan((Change(ref, "", "改动", "基准"),), book.digest)))
    return lambda: [patch(data, plan) for data, plan in plans]


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def child(*arguments: str) -> Callable[[], float]:
    def run() -> object:
        return subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    return lambda: used(run)


def used(work: Callable[[], object]) -> float:
    """CPU of the processes that *work* starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


MERGE = """
import resource, sys
import zipingbiao as z

z.merge([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]), cache=sys.argv[4] == "cache")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def batch(folder: Path, size: int) -> Path:
    """A folder of so many files of different bytes: an archive may end in any comment."""
    folder.mkdir()
    contents = [file.read_bytes() for file in FILES]
    for number in range(size):
        comment = str(number).encode()
        data = contents[number % len(contents)][:-2] + struct.pack("<H", len(comment)) + comment
        (folder / f"{number:05}.xlsx").write_bytes(data)
    return folder


def merge(files: Path, workers: int, cache: str = "") -> int:
    """Merge a folder in a process of its own and return the most memory that it took, in KB.

    An earlier 汇总表 would be looked into first; there is none. With ``cache`` what is remembered is used.
    """
    script = files.parent / "merge.py"
    script.write_text(MERGE)
    out = files.parent / "汇总表.xlsx"
    out.unlink(missing_ok=True)
    command = [sys.executable, str(script), str(files), str(out), str(workers), cache]
    environment = {**os.environ, "ZPB_CACHE": str(files.parent / "缓存")}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return int(done.stdout)


def merging_more(few: Path, many: Path, cache: str = "") -> Callable[[], float]:
    """CPU of a merge in one process per further file."""

    def run() -> float:
        times = [used(partial(merge, files, 1, cache)) for files in (few, many)]
        return (times[1] - times[0]) / MORE

    return run


def merging(files: Path, workers: int) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        merge(files, workers)
        return time.perf_counter() - start

    return run


def medians(works: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    return {name: statistics.median(values) for name, values in times.items()}


def line(what: str, ratio: float, bar: str) -> None:
    print(f"{what:<58} {ratio:6.1f} x   ({bar})")  # noqa: T201 this script reports


def main() -> None:
    rules, patch = rules_only(), patching()
    took = medians(
        {
            name: (lambda work=work: cpu(work))  # type: ignore[misc]
            for name, work in {
                "calamine": calamine, "own": own_read, "whole": whole, "rules": rules, "openpyxl": openpyxl_read,
                "pandas": pandas_read, "patch": patch, "save": openpyxl_save,
            }.items()
        }
    )  # fmt: skip
    line("read one workbook, against a bare calamine read", took["own"] / took["calamine"], "reported")
    line(
        "read + score + check, against a bare calamine read", took["whole"] / took["calamine"], "bar 6, aim 3"
    )
    line(
        "a pandas/openpyxl loop against read + score + check", took["pandas"] / took["whole"], "bar 8, aim 30"
    )
    line("rules alone, against reading", took["rules"] / took["own"], "below 1")
    line("openpyxl load + save against patching in place", took["save"] / took["patch"], "bar 15, aim 30")
    zpb = str(Path(sys.executable).with_name("zpb"))
    started = medians(
        {
            "bare": child(sys.executable, "-c", "pass"),
            "help": child(zpb, "--help"),
            "one": child(zpb, "score", "--dry-run", str(FILES[0])),
        }
    )
    line("zpb --help against a bare interpreter", started["help"] / started["bare"], "bar 6, aim 4")
    line("zpb score ONE against a bare interpreter", started["one"] / started["bare"], "bar 12, aim 7")
    with tempfile.TemporaryDirectory() as folder:
        few, many = batch(Path(folder) / "少", BATCH), batch(Path(folder) / "多", BATCH + MORE)
        walls = medians({"1": merging(few, 1), "2": merging(few, 2)}, rounds=3)
        line(
            f"merge of {BATCH} files: one worker against two, wall",
            walls["1"] / walls["2"],
            "bar 1.7, aim 1.8",
        )
        more = (merge(many, 2) - merge(few, 2)) / 1024
        print(f"{'memory of the parent per further 1,000 files':<58} {more:6.1f} MB  (bar 4 MB, aim 1 MB)")  # noqa: T201
        floor = took["calamine"] / len(FILES)
        afresh = merging_more(few, many)()
        line("merge, CPU per further file, against a bare calamine read", afresh / floor, "bar 10, aim 6")
        again = medians({"again": merging_more(few, many, "cache")}, rounds=3)["again"]
        line("the same again, nothing changed", again / floor, "bar 0.3, aim 0.1")


if __name__ == "__main__":
    main()
