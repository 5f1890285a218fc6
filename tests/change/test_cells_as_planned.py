"""A press looks at the workbook once before and once after, and at what it wrote cell by cell."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import zipingbiao as z
from zipingbiao.book.cells import Book, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write import patch as patching
from zipingbiao.book.write.verified import verify
from zipingbiao.errors import RefusedError
from zipingbiao.result.evaluate import Evaluator, evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.json import as_json
from zipingbiao.table.find.candidates import open_bytes

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "workbooks" / "examples").glob("*.xlsx"))
FOREIGN = ROOT / "tests" / "data" / "template1" / "002.xlsx"
WHEN = dt.datetime(2026, 1, 5, 9, 30)  # noqa: DTZ001 local time


@pytest.mark.parametrize("file", [*EXAMPLES, FOREIGN], ids=lambda path: path.stem)
def test_what_is_told_of_a_press_is_what_the_next_reader_finds(file: Path) -> None:
    scored, pressed = z.score(file.read_bytes(), name=file.name, when=WHEN)
    read = evaluate(open_bytes(scored, file.name))
    assert as_json([pressed.result]) == as_json([read])
    assert pressed.result.digest == read.digest
    undone, back = z.undo(scored, name=file.name)
    assert as_json([back.result]) == as_json([evaluate(open_bytes(undone, file.name))])


def test_a_workbook_is_evaluated_twice_and_when_nothing_changes_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(shutil.copy(EXAMPLES[0], tmp_path / "自评表.xlsx"))
    seen: list[str] = []
    evaluated = Evaluator.evaluate

    def counting(self: Evaluator, book: Book) -> FileResult:
        seen.append(book.path)
        return evaluated(self, book)

    monkeypatch.setattr(Evaluator, "evaluate", counting)
    assert z.score(file)[0].saved == file
    assert len(seen) == 2
    seen.clear()
    stamp = file.stat().st_mtime_ns
    assert z.score(file)[0].saved is None
    assert (len(seen), file.stat().st_mtime_ns) == (1, stamp)


def test_what_was_written_wrongly_never_replaces_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(shutil.copy(EXAMPLES[0], tmp_path / "自评表.xlsx"))
    before = file.read_bytes()
    true = patching.patch

    def lost_one(data: bytes, plan: Plan) -> bytes:
        return true(data, replace(plan, changes=plan.changes[1:]))

    monkeypatch.setattr(patching, "patch", lost_one)
    (done,) = z.score(file)
    assert done.refused is not None
    assert done.refused.startswith("请用 Excel 或 WPS 打开后另存为 .xlsx 再试：")
    assert str(done.plan.changes[0].ref) in done.refused if done.plan is not None else False
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


TABLE: list[list[str | float | dt.date]] = [
    ["指标", "目标值", "业绩值"],
    ["数量", 0.5, dt.date(2025, 12, 31)],
    ["质量", 7, ""],
]


def workbook_of(tmp_path: Path) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for row in TABLE:
        sheet.append(row)
    sheet["B2"].number_format = "0.00%"
    sheet["D3"] = "=B3*2"
    book.save(tmp_path / "甲.xlsx")
    return (tmp_path / "甲.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("cell", "new"),
    [
        ((3, 1), "一" * 40_000),  # cut where Excel cuts it
        ((3, 1), "_x000D_ 与 \x0b 和\n换行 "),
        ((3, 1), ""),
        ((2, 2), Decimal("0.8947")),
        ((2, 3), Decimal("45000.5")),
        ((9, 9), Decimal(1) / Decimal(3)),
    ],
)
def test_whatever_a_plan_writes_reads_back_as_planned(
    tmp_path: Path, cell: tuple[int, int], new: Decimal | str
) -> None:
    data = workbook_of(tmp_path)
    book = read_bytes(data, "甲.xlsx")
    plan = Plan((Change(Ref("表", *cell), "", new, "试"),), book.digest)
    verify(book, plan, read_bytes(patching.patch(data, plan), "甲.xlsx"))


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ([], "表!B3"),  # not written
        ([((3, 2), Decimal(9))], "表!B3"),  # another figure
        ([((3, 2), "8")], "表!B3"),  # a text
        ([((3, 2), Decimal(8)), ((1, 1), "")], "表!A1"),  # another cell is lost
        ([((3, 2), Decimal(8)), ((5, 5), "多")], "表!E5"),  # another cell is new
    ],
)
def test_what_differs_from_the_plan_is_refused(
    tmp_path: Path, made: list[tuple[tuple[int, int], Decimal | str]], told: str
) -> None:
    data = workbook_of(tmp_path)
    book = read_bytes(data, "甲.xlsx")
    plan = Plan((Change(Ref("表", 3, 2), "7", Decimal(8), "试"),), book.digest)
    other = Plan(tuple(Change(Ref("表", *place), "", new, "") for place, new in made), book.digest)
    with pytest.raises(RefusedError, match=told):
        verify(book, plan, read_bytes(patching.patch(data, other), "甲.xlsx"))


def test_a_formula_stays_beside_its_new_result_and_a_lost_one_is_noticed(tmp_path: Path) -> None:
    data = workbook_of(tmp_path)
    book = read_bytes(data, "甲.xlsx")
    result = Change(Ref("表", 3, 4), "", Decimal(14), "公式结果", cached=True)
    gone = replace(result, cached=False, formula="")
    right, wrong = (Plan((change,), book.digest) for change in (result, gone))
    verify(book, right, read_bytes(patching.patch(data, right), "甲.xlsx"))
    with pytest.raises(RefusedError, match="表!D3"):
        verify(book, right, read_bytes(patching.patch(data, wrong), "甲.xlsx"))
