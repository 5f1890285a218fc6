"""核实说明: an answered warning is quiet until its cells change, and no note is ever lost."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import zipingbiao as z
from zipingbiao.book.cells import Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_book
from zipingbiao.book.write.patch import patch
from zipingbiao.rules.shared.reasons import says_something
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table import ours

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples"
NOTE = "已核对合同和发票，19.27万元为合同价，差额为审计费。"
_COLUMN = {heading: place for place, heading in enumerate(ours.FINDING_HEADINGS, 1)}


@dataclass
class Workbook:
    """A template workbook that a person and the program take turns with."""

    path: Path

    def score(self) -> tuple[Finding, ...]:
        (press,) = z.score(self.path, when=dt.datetime(2026, 1, 9, 10, 0))  # noqa: DTZ001
        return press.result.findings

    def type(self, ref: Ref, text: str) -> None:
        data = self.path.read_bytes()
        change = Change(ref, "", text, "手工")
        self.path.write_bytes(patch(data, Plan((change,), read_book(self.path).digest)))

    def line(self, code: str) -> int:
        """The row of 校验结果 that lists a rule."""
        grid = read_book(self.path).grid(ours.Sheet.FINDINGS)
        return next(
            row for row in grid.rows if (cell := grid.at(row, _COLUMN["规则"])) and cell.value == code
        )

    def shown(self, row: int, heading: str) -> object:
        cell = read_book(self.path).grid(ours.Sheet.FINDINGS).at(row, _COLUMN[heading])
        return None if cell is None else cell.value

    def answer(self, code: str, note: str) -> None:
        self.type(Ref(ours.Sheet.FINDINGS, self.line(code), _COLUMN["核实说明"]), note)


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    """Seed 000 on our template, scored once: F108 asks about its cost of 19.27万元."""
    source = next(EXAMPLE.glob("000-*.xlsx"))
    workbook = Workbook(Path(shutil.copy(source, tmp_path / "党建.xlsx")))
    workbook.score()
    return workbook


def of(findings: tuple[Finding, ...], code: str) -> Finding:
    return next(finding for finding in findings if finding.code == code)


def test_an_answered_warning_is_verified_and_no_longer_counted(book: Workbook) -> None:
    book.answer("F108", NOTE)
    finding = of(book.score(), "F108")
    assert (finding.severity, finding.verified, finding.label) == (Severity.WARNING, NOTE, "已核实")
    row = book.line("F108")
    assert (book.shown(row, "级别"), book.shown(row, "核实说明")) == ("已核实", NOTE)
    assert book.shown(row, "警告单元格") is None
    assert "已核实 1" in str(book.shown(ours.HEADING_ROW - 1, "序号"))


def test_it_stays_quiet_and_nothing_more_is_written(book: Workbook) -> None:
    book.answer("F108", NOTE)
    book.score()
    before = book.path.read_bytes()
    book.score()
    assert book.path.read_bytes() == before


def test_changed_cells_ask_again_until_the_note_is_typed_anew(book: Workbook) -> None:
    book.answer("F108", NOTE)
    actual = of(book.score(), "F108").ref
    assert actual is not None
    book.type(actual, "19.10万元")
    assert of(book.score(), "F108").verified == ""
    row = book.line("F108")
    assert book.shown(row, "核实说明") == NOTE
    assert "请重新核实" in str(book.shown(row, "问题"))
    assert of(book.score(), "F108").verified == ""
    book.answer("F108", "审计调整后为19.10万元。")
    assert of(book.score(), "F108").verified == "审计调整后为19.10万元。"


def test_a_note_whose_finding_is_gone_is_kept_below(book: Workbook) -> None:
    book.answer("F108", NOTE)
    actual = of(book.score(), "F108").ref
    assert actual is not None
    book.type(actual, "19.48万元")
    assert "F108" not in {finding.code for finding in book.score()}
    grid = read_book(book.path).grid(ours.Sheet.FINDINGS)
    kept = [row for row in grid.rows if (cell := grid.at(row, _COLUMN["核实说明"])) and cell.value == NOTE]
    assert [book.shown(row, "级别") for row in kept] == ["已消除"]
    book.type(actual, "19.27万元")
    assert of(book.score(), "F108").verified == NOTE


def test_a_note_beside_an_error_does_not_settle_it(tmp_path: Path) -> None:
    source = next(EXAMPLE.glob("002-*.xlsx"))
    workbook = Workbook(Path(shutil.copy(source, tmp_path / "信息化.xlsx")))
    workbook.score()
    workbook.answer("W101", "领导同意。")
    finding = of(workbook.score(), "W101")
    assert (finding.severity, finding.verified) == (Severity.ERROR, "")
    assert workbook.shown(workbook.line("W101"), "核实说明") == "领导同意。"


HOLLOW = [
    "无", "已核实", "已核实。", "同上", "情况属实", "属实", "/", "——", "1", "OK", "√", "19.27", "……", "经核实，情况属实。", "数据无误", "已确认，没有问题",
    "以上情况真实有效，特此说明", "已修改", "见上", "是", "不适用", "单位已核对",
]  # fmt: skip
TELLING = [
    NOTE, "按验收单比例", "已核实，差额为审计费", "合同价", "见文字材料第三章", "与合同一致", "领导批示调整", "属实，付款凭证在佐证材料第2页", "误差",
    "已更正为发票金额，尾款次年支付", "无发票，按收据入账",
]  # fmt: skip


@pytest.mark.parametrize("note", HOLLOW)
def test_a_note_that_explains_nothing_answers_nothing(note: str) -> None:
    assert not says_something(note)


@pytest.mark.parametrize("note", TELLING)
def test_a_note_with_content_answers(note: str) -> None:
    assert says_something(note)


def test_a_hollow_note_is_kept_and_the_finding_says_so(book: Workbook) -> None:
    book.answer("F108", "已核实")
    finding = of(book.score(), "F108")
    assert (finding.severity, finding.verified) == (Severity.WARNING, "")
    assert finding.message.startswith("（核实说明“已核实”没有写出理由，请写明情况和依据）第")
    row = book.line("F108")
    assert (book.shown(row, "级别"), book.shown(row, "核实说明")) == ("警告", "已核实")
    assert book.shown(row, "问题") == finding.message
    before = book.path.read_bytes()
    book.score()
    assert book.path.read_bytes() == before


def test_a_hollow_note_asks_once_though_its_cells_change_and_content_settles_it(book: Workbook) -> None:
    book.answer("F108", "同上")
    actual = of(book.score(), "F108").ref
    assert actual is not None
    book.type(actual, "19.10万元")
    assert of(book.score(), "F108").message.startswith("（核实说明“同上”没有写出理由")
    assert str(book.shown(book.line("F108"), "问题")).count("核实说明") == 1
    book.answer("F108", NOTE)
    assert of(book.score(), "F108").verified == NOTE
    book.answer("F108", "属实")
    assert of(book.score(), "F108").verified == ""
