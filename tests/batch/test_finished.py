"""Rows that are finished with a file: what the sheets would say if each were made when it is written, and nothing older."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from batch.made import file, table
from support.handed_in import FILES
from zipingbiao.batch.finished import finding_rows, opened_findings
from zipingbiao.batch.packed_rows import PackedRows
from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.batch.summary.table import summarise
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.book.cells import Ref
from zipingbiao.book.write.row_text import RowText
from zipingbiao.result.examine import examine
from zipingbiao.scoring.finding import Finding, Severity

HOSTILE = "甲\x00乙\x01丙\x02丁\n第二行 <r>&\"'"


def written(records: Iterable[FileRecord]) -> bytes:
    stream = io.BytesIO()
    write_summary(summarise(records), stream, beside=Path("/汇总"))
    return stream.getvalue()


def bare(record: FileRecord) -> FileRecord:
    """The record without its rows: they are made when the sheets are written."""
    return replace(record, indicator_rows=PackedRows(), finding_rows=())


def shown(records: Iterable[FileRecord], sheet: str, heading: str) -> list[Any]:
    rows = openpyxl.load_workbook(io.BytesIO(written(records)))[sheet].iter_rows(values_only=True)
    headings = next(rows)
    return [row[headings.index(heading)] for row in rows]


def found(message: str, sheet: str = "自评表", row: int = 4, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("W101", severity, Ref(sheet, row, 2), message, "95", "100")


def hostile() -> list[FileRecord]:
    """Files of the same content in two departments, several tables in one, a text with every odd sign."""
    findings = (
        found(HOSTILE, HOSTILE), found("说明", severity=Severity.INFO), found("请说明", severity=Severity.WARNING),
        replace(found("已答", severity=Severity.WARNING), verified="核实"), replace(found("整个文件"), ref=None),
    )  # fmt: skip
    one = table(HOSTILE, department="很长的主管部门名称" * 4)
    results = [
        file("甲/表.xlsx", one, findings=findings),
        file("乙/表.xlsx", table("同一项目", department="卫生局"), table("另一项目"), findings=findings),
        file("丙/空.xlsx"),
    ]
    return [record_of(result) for result in results]


def handed_in() -> list[FileRecord]:
    return [record_of(examine(path)) for path in FILES]


@pytest.mark.parametrize("records", [handed_in(), hostile()], ids=["handed in", "hostile"])
def test_the_sheets_are_those_of_rows_made_when_they_are_written(records: Sequence[FileRecord]) -> None:
    assert any(record.finding_rows for record in records)
    assert any(record.indicator_rows for record in records)
    travelled = pickle.loads(pickle.dumps(records))
    assert written(travelled) == written(map(bare, records))


def test_finished_rows_are_taken_as_they_are() -> None:
    record = record_of(file("甲.xlsx", table("甲"), findings=(found("旧的一句"),)))
    other = replace(record, finding_rows=finding_rows([found("记住的一句")]))
    assert shown([other], "问题清单", "问题") == ["记住的一句"]


def test_what_a_rule_of_the_batch_tells_stands_on_both_sheets() -> None:
    evaluation = table("甲")
    line = evaluation.rows[1].indicator
    ref = next(iter(line.entries.values())).ref
    record = record_of(file("甲.xlsx", evaluation)).told(
        0, [Finding("W101", Severity.ERROR, ref, "合在一起才看得出。")]
    )
    assert shown([record], "问题清单", "问题") == ["合在一起才看得出。"]
    asked = [text for text in shown([record], "指标明细", "问题") if text]
    assert asked == ["必须改：合在一起才看得出。"]


def test_a_table_that_does_not_count_leaves_its_rows() -> None:
    record = record_of(file("甲.xlsx", table("甲"), table("乙"), findings=(found("甲的问题"),)))
    names = shown([record], "指标明细", "项目")
    assert set(names) == {"甲", "乙"}
    left = record.without([0], ["其中“甲”不计"])
    assert set(shown([left], "指标明细", "项目")) == {"乙"}
    assert shown([left], "问题清单", "问题") == []
    assert written([left]) == written([bare(left)])


def test_any_text_comes_back_from_its_pack() -> None:
    row = RowText(3, ["/>", "><v>1.5</v></c>", ' t="inlineStr"><is><t>％, 甲</t></is></c>'])
    rows = PackedRows.of([((HOSTILE, 4), row), (("\ud800", 0), row)])
    assert [(tuple(head), text) for head, text in rows] == [((HOSTILE, 4), row), (("\ud800", 0), row)]
    assert list(PackedRows.of([])) == []
    assert not PackedRows.of([])


def test_findings_are_packed_by_their_turn() -> None:
    findings = [found("一", severity=Severity.INFO), found("二"), found("三", severity=Severity.INFO)]
    packed = dict(finding_rows(findings))
    assert [len(list(opened_findings(rows))) for _, rows in sorted(packed.items())] == [1, 2]
    (row,) = opened_findings(packed[0])
    assert (row.sheet, row.row, row.cell) == ("自评表", 4, "'自评表'!B4")
