"""Of one table in several kinds of file one counts; what the others are is told by their kind and name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from batch.made import file, table
from zipingbiao.batch.records import record_of
from zipingbiao.batch.summary.settle import settle
from zipingbiao.result.file_result import FileResult, Status


def sent(path: str, kind: str, executed: str = "100") -> FileResult:
    return replace(file(path, table("校舍", executed=executed)), kind=kind)


def settled(*results: FileResult) -> dict[str, str]:
    return {record.path: record.status.label for record in settle(map(record_of, results))}


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsb", "html"])
def test_an_original_that_was_converted_is_skipped(kind: str) -> None:
    """county/12."""
    old, new = sent("甲/校舍.xls", kind), sent("甲/校舍.xlsx", "xlsx")
    assert settled(old, new) == {"甲/校舍.xls": "略过", "甲/校舍.xlsx": "已采用"}
    (record, _) = settle(map(record_of, (old, new)))
    assert record.why == "是“校舍.xlsx”转换前的原件，数字相同，只计一次。"
    assert (record.projects, len(record.whole)) == ((), 0)


@pytest.mark.parametrize(
    "old",
    [sent("甲/校舍.xls", "xls", executed="99"), sent("甲/校舍改.xls", "xls"), sent("乙/校舍.xls", "xls")],
    ids=["other figures", "another name", "another folder"],
)
def test_another_version_is_no_original(old: FileResult) -> None:
    assert set(settled(old, sent("甲/校舍.xlsx", "xlsx")).values()) == {"已采用"}


@pytest.mark.parametrize(
    ("kinds", "counts"),
    [
        (("csv", "docx", "xlsx"), "xlsx"),
        (("csv", "docx"), "docx"),
        (("docx", "xls"), "xls"),
        (("csv", "ods"), "ods"),
        (("csv",), "csv"),
    ],
)
def test_the_workbook_counts_then_the_document_then_the_list(kinds: tuple[str, ...], counts: str) -> None:
    found = settled(*(sent(f"甲/{number}.{kind}", kind) for number, kind in enumerate(kinds)))
    assert {path.rpartition(".")[2]: status for path, status in found.items()} == {
        kind: "已采用" if kind == counts else "附件" for kind in kinds
    }


def test_tables_without_a_name_are_not_taken_for_one() -> None:
    nameless = [replace(file(f"甲/{kind}", table("")), kind=kind) for kind in ("xlsx", "docx")]
    assert set(settled(*nameless).values()) == {"已采用"}


def scan(path: str, kind: str = "pdf") -> FileResult:
    return FileResult(path, Status.REJECTED, "这是 PDF。", kind=kind, material=True)


@pytest.mark.parametrize("kind", ["xls", "csv"])
def test_a_table_that_cannot_be_read_is_the_same_only_by_its_whole_name(kind: str) -> None:
    """A later version that is damaged must be told."""
    own, later = scan(f"甲/校舍.{kind}", kind), scan(f"甲/校舍（修改）.{kind}", kind)
    found = settled(sent("甲/校舍.xlsx", "xlsx"), own, later)
    assert (found[own.path], found[later.path]) == ("附件", "无法读取")


@pytest.mark.parametrize("name", ["校舍（改）.xlsx", "校舍.xlsx.zip"])
def test_what_is_no_material_stays_rejected(name: str) -> None:
    bad = FileResult(f"甲/{name}", Status.REJECTED, "文件已损坏。", kind="xlsx")
    assert settled(sent("甲/校舍.xlsx", "xlsx"), bad)[bad.path] == "无法读取"


@pytest.mark.parametrize(
    "copy",
    [
        "甲/校舍 - 副本.xlsx",
        "甲(2)/校舍.xlsx",
        "甲 - 副本/校舍.xlsx",
        "甲(1).zip/校舍.xlsx",
        "甲.zip/校舍.xlsx",
    ],
)
def test_the_copy_is_told_by_its_name_or_that_of_its_folder(copy: str) -> None:
    member = "校舍.xlsx" if ".zip" in copy else ""
    results = [
        replace(file(copy, table("校舍"), digest="d"), member=member),
        file("甲/校舍.xlsx", table("校舍"), digest="d"),
    ]
    assert settled(*results) == {copy: "略过", "甲/校舍.xlsx": "已采用"}


def test_settling_twice_changes_nothing() -> None:
    once = settle(
        map(record_of, [sent("甲/校舍.xls", "xls"), sent("甲/校舍.xlsx", "xlsx"), scan("甲/校舍.pdf")])
    )
    assert settle(once) == once
