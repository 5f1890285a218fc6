"""Benchmarks as ratios within one run: ``python tests/bench/bench.py [FOLDER]``. Reported, never tested.

Each figure is CPU time (two workers: wall time), the median of interleaved rounds; a ratio compares two
medians of the same run on the same files, so that it holds on a noisy machine. The corpus is drawn
(five sheets each, of which one holds a table) unless a folder of workbooks is named. Run it without PYTHONDONTWRITEBYTECODE: every
process that starts would compile the package again.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_bytes
from zipingbiao.excel import udfs
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import examine
from zipingbiao.rules import run
from zipingbiao.table.find.candidates import open_book

ROUNDS = 7
FEW, MANY = 100, 600
"""Files of two batches: what a further file costs is the difference of the two, divided by that of their sizes."""
TEMPLATES = sorted(Path(__file__).parents[2].joinpath("workbooks", "examples").glob("[0-9]*.xlsx"))

Work = Callable[[], object]
Timed = Callable[[], float]


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 this script reports


def line(what: str, ratio: float, bar: str) -> None:
    say(f"{what:<60} {ratio:7.2f} x   ({bar})")


# ------------------------------------------------------------------ how time is taken


def cpu(work: Work) -> Timed:
    def timed() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return timed


def child(*arguments: str, wall: bool = False) -> Timed:
    def timed() -> float:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if wall:
            return time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return timed


def medians(works: Mapping[str, Timed], rounds: int = ROUNDS) -> dict[str, float]:
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(work())
    return {name: statistics.median(values) for name, values in times.items()}


# ------------------------------------------------------------------ workbooks to measure with

_LEVELS = (
    "产出指标 数量指标 维护系统数量（套）", "产出指标 数量指标 培训人次", "产出指标 质量指标 验收合格率", "产出指标 时效指标 资金拨付及时率（%）",
    "产出指标 成本指标 业务运行成本（万元）", "效益指标 经济效益指标 带动增收（万元）", "效益指标 社会效益指标 信息公开及时率",
    "效益指标 可持续影响指标 系统正常运行", "满意度指标 服务对象满意度指标 受益对象满意度（%）", "满意度指标 服务对象满意度指标 社会公众满意度",
)  # fmt: skip
_ASIDE = 60
"""Rows of the sheets that hold no table."""


def table(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, rows: int = len(_LEVELS), short: int = 3
) -> None:
    """Write a self-evaluation table with so many rows, every *short*-th of them below its target."""
    sheet.write(0, 0, "项目支出绩效自评表（2025年度）")
    sheet.write_row(
        1, 0, ["项目名称", f"第{number}号设备购置项目", None, "项目编码", f"14092525{number:012}"]
    )
    sheet.write_row(2, 0, ["主管部门", f"第{number % 40}局", None, "实施单位", f"第{number % 40}局办公室"])
    sheet.write_row(
        3, 0, ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    )
    budget = 20 + number % 300
    sheet.write_row(4, 0, ["年度资金总额", budget, budget, budget, 10, 1, 10])
    sheet.write_row(
        6, 0,
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    )  # fmt: skip
    weight = 90 / rows
    for row in range(rows):
        level1, level2, name = _LEVELS[row % len(_LEVELS)].split()
        below = short and row % short == 0
        part = 0.9 if below else 1
        named = name if row < len(_LEVELS) else f"第{row}批{name}"
        sheet.write_row(
            7 + row, 0,
            [level1, level2, named, "≥100", 100 * part, weight, weight * part, "下达较晚，已整改。" if below else None],
        )  # fmt: skip
    sheet.write_row(7 + rows, 0, ["总分", None, None, None, None, 100])


def workbook(number: int, *, tables: int = 1, rows: int = len(_LEVELS), others: int = 4) -> bytes:
    """Return a workbook with so many tables, and so many sheets that hold none."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for place in range(tables):
        table(book.add_worksheet(f"自评表{place + 1}"), number + place, rows)
    for place in range(others):
        sheet = book.add_worksheet(f"明细{place + 1}")
        sheet.write_row(0, 0, ["序号", "付款日期", "收款单位", "金额", "备注"])
        for row in range(1, _ASIDE + 1):
            sheet.write_row(
                row, 0, [row, f"2025-{row % 12 + 1:02}-15", f"第{row % 7}公司", row * 3.5, "已付"]
            )
    book.close()
    return target.getvalue()


def drawn(place: Path, size: int) -> Path:
    """Write so many workbooks into a new folder."""
    place.mkdir()
    for number in range(size):
        (place / f"{number:05}.xlsx").write_bytes(workbook(number))
    return place


# ------------------------------------------------------------------ what is measured


def calamine(files: Sequence[Path]) -> Work:
    from python_calamine import CalamineWorkbook

    def read() -> None:
        for file in files:
            book = CalamineWorkbook.from_path(str(file))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

    return read


def pandas(files: Sequence[Path]) -> Work:
    import pandas as pd

    return lambda: [pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl") for file in files]


def own_read(files: Sequence[Path]) -> Work:
    return lambda: [open_book(file) for file in files]


def whole(files: Sequence[Path]) -> Work:
    return lambda: [examine(file) for file in files]


def rules(files: Sequence[Path]) -> Work:
    evaluations = [one for file in files for one in evaluate(open_book(file)).evaluations]
    return lambda: [run.check(one) for one in evaluations]


def openpyxl_save(files: Sequence[Path]) -> Work:
    import openpyxl

    def save() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                openpyxl.load_workbook(file).save(Path(folder) / file.name)

    return save


def patching(files: Sequence[Path]) -> Work:
    from zipingbiao.book.write.patch import patch

    plans = []
    for file in files:
        book = open_book(file)
        row = evaluate(book).evaluations[0].rows[0].indicator
        ref = next(entry.ref for entry in row.entries.values() if not entry.is_formula)
        plans.append((file.read_bytes(), Plan((Change(ref, "", "改动", "基准"),), book.digest)))
    return lambda: [patch(data, plan) for data, plan in plans]


MERGE = """
import os, resource, sys
import zipingbiao as z

if os.path.exists(sys.argv[2]):
    os.remove(sys.argv[2])  # an earlier 汇总表 would be read first
z.merge([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]), cache=sys.argv[4] == "cache")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Merging:
    """A merge of two batches, each in a process of its own."""

    def __init__(self, place: Path) -> None:
        self.script = place / "merge.py"
        self.script.write_text(MERGE)
        self.out = place / "汇总表.xlsx"
        self.batches = {size: drawn(place / f"{size}", size) for size in (FEW, MANY)}

    def command(self, size: int, workers: int, cache: str = "no") -> list[str]:
        return [sys.executable, str(self.script), str(self.batches[size]), str(self.out), str(workers), cache]

    def timed(self, workers: int, cache: str = "no", *, wall: bool = False) -> dict[str, Timed]:
        return {str(size): child(*self.command(size, workers, cache), wall=wall) for size in (FEW, MANY)}

    def memory(self, size: int) -> float:
        """The most memory that the parent took, in MB."""
        done = subprocess.run(self.command(size, 2), check=True, capture_output=True, text=True)
        return int(done.stdout) / 1024

    def further(self, workers: int, cache: str = "no", *, wall: bool = False, rounds: int = 3) -> float:
        """Seconds for one further file."""
        took = medians(self.timed(workers, cache, wall=wall), rounds)
        return (took[str(MANY)] - took[str(FEW)]) / (MANY - FEW)


# ------------------------------------------------------------------ the report


def reading(corpus: Sequence[Path]) -> float:
    """Report reading and rules; return the seconds of a bare calamine read of one workbook of the corpus."""
    took = medians(
        {
            "calamine": cpu(calamine(corpus)), "whole": cpu(whole(corpus)), "pandas": cpu(pandas(corpus)),
            "calamine, templates": cpu(calamine(TEMPLATES)), "whole, templates": cpu(whole(TEMPLATES)),
            "own": cpu(own_read(TEMPLATES)), "rules": cpu(rules(TEMPLATES)),
            "patch": cpu(patching(TEMPLATES)), "save": cpu(openpyxl_save(TEMPLATES)),
        }
    )  # fmt: skip
    line("read + evaluate ÷ calamine, five sheets", took["whole"] / took["calamine"], "bar 9, aim 5")
    line(
        "read + evaluate ÷ calamine, our templates",
        took["whole, templates"] / took["calamine, templates"],
        "bar 6, aim 4",
    )
    line("pandas/openpyxl read loop ÷ read + evaluate", took["pandas"] / took["whole"], "bar 3.5, aim 6")
    line("rules ÷ reading, our templates", took["rules"] / took["own"], "below 0.3")
    line("openpyxl load + save ÷ patching in place", took["save"] / took["patch"], "bar 15, aim 30")
    return took["calamine"] / len(corpus)


def starting() -> None:
    zpb = str(Path(sys.executable).with_name("zpb"))
    took = medians(
        {
            "bare": child(sys.executable, "-c", "pass"),
            "help": child(zpb, "--help"),
            "one": child(zpb, "score", "--dry-run", str(TEMPLATES[0])),
        },
        2 * ROUNDS + 1,
    )
    line("zpb --help ÷ bare interpreter", took["help"] / took["bare"], "bar 6, aim 4")
    line("zpb score ONE ÷ bare interpreter", took["one"] / took["bare"], "bar 14, aim 10")


def merging(place: Path, bare: float) -> None:
    merge = Merging(place)
    line("merge, per further file ÷ calamine", merge.further(1) / bare, "bar 10, aim 6")
    line(
        "merge again, unchanged, per further file ÷ calamine",
        merge.further(1, "cache") / bare,
        "bar 0.3, aim 0.1",
    )
    one, two = merge.further(1, wall=True), merge.further(2, wall=True)
    line("one worker ÷ two, per further file, wall", one / two, "bar 1.7, aim 1.85")
    more = 1000 * (merge.memory(MANY) - merge.memory(FEW)) / (MANY - FEW)
    say(f"{'memory of the parent per further 1,000 files':<60} {more:7.1f} MB  (bar 4, aim 1)")


def growing(place: Path) -> None:
    """Report what grows with rows, sheets and files: each figure per row, sheet and file stays about the same."""
    for rows in (10, 100, 1000, 5000):
        _grown("rows", rows, workbook(1, rows=rows, others=0))
    for sheets in (1, 10, 60):
        _grown("sheets with a table", sheets, workbook(1, tables=sheets, others=0))
        _grown("sheets without one", sheets, workbook(1, others=sheets))
    for files in (100, 1000, 3000):
        batch = drawn(place / f"growth{files}", files)
        command = [sys.executable, str(place / "merge.py"), str(batch), str(place / "汇总表.xlsx"), "1", "no"]
        took = child(*command)()
        say(f"{'files':<24} {files:>6}   {took:8.2f} s   {1000 * took / files:7.2f} ms each")


def _grown(what: str, number: int, data: bytes) -> None:
    took = min(cpu(lambda: evaluate(read_bytes(data, "表.xlsx")))() for _ in range(3))
    say(f"{what:<24} {number:>6}   {took:8.2f} s   {1000 * took / number:7.2f} ms each")


def calculating(rows: int = 500) -> None:
    """Report worksheet functions over 500 lines: one array call must stay below 0.2 s of Python."""
    lines = [[f"培训人次{row}", f"≥{200 + row}人次", f"{190 + row}人次", 20.0] for row in range(rows)]
    columns = [[[line[column]] for line in lines] for column in range(4)]
    whole = [["三级指标", "年度指标值", "实际完成值", "分值"], *lines]
    works: dict[str, Work] = {
        "ZPB_SCORE, one array call": lambda: udfs.zpb_score(*columns),
        "ZPB_TABLE, one array call": lambda: udfs.zpb_table(whole),
        "ZPB_SCORE, cell by cell": lambda: [udfs.zpb_score(*line) for line in lines],
    }
    for what, work in works.items():
        udfs._scored.cache_clear()
        first, again = cpu(work)(), cpu(work)()
        say(f"{what:<40} {rows:>6} lines   {first:6.3f} s   again {again:6.3f} s  (bar 0.2)")


def main(given: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as private:
        place = Path(private)
        os.environ["ZPB_CACHE"] = str(place / "cache")
        named = [Path(each) for each in given]
        corpus = [file for each in named for file in sorted(each.rglob("*.xlsx"))[:FEW]]
        bare = reading(corpus or sorted(drawn(place / "corpus", 40).iterdir()))
        starting()
        calculating()
        merging(place, bare)
        growing(place)


if __name__ == "__main__":
    main(sys.argv[1:])
