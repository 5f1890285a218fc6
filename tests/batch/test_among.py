"""What only a merge shows: all projects of a unit with full marks, told once, on the file it belongs to."""

from __future__ import annotations

from batch.made import LINES, file, table
from zipingbiao.batch.among import with_merged_findings
from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.scoring.evaluation import Evaluation

ALL = "产出指标 | 指标甲 | 50 | 按时 | 按时 | 50 |\n效益指标 | 指标乙 | 40 | 提高 | 提高 | 40 |"


def full(name: str, unit: str = "第一中学") -> Evaluation:
    return table(name, unit=unit, lines=ALL)


def told(*results: FileResult) -> list[tuple[str, str]]:
    """The files with a finding more than they came with, and what it says."""
    records = [record_of(result) for result in results]
    return [
        (record.path, finding.message)
        for before, record in zip(records, with_merged_findings(records), strict=True)
        for finding in record.findings
        if finding not in before.findings
    ]


def test_a_unit_with_nothing_but_full_marks() -> None:
    (hint,) = told(file("乙.xlsx", full("一")), file("甲.xlsx", full("二")), file("丙.xlsx", full("三")))
    assert hint == (
        "丙.xlsx",
        "本单位3个项目的自评总分都是100分。请核对目标值是否偏低，并备好各项的佐证材料。",
    )


def test_the_finding_stands_in_every_account_of_the_file() -> None:
    records = [record_of(file(f"{name}.xlsx", full(name)), details=True) for name in ("甲", "乙")]
    first, second = sorted(with_merged_findings(records), key=lambda record: record.path)
    assert [finding.code for finding in first.findings] == ["B104"]
    assert [finding.code for finding in first.result.findings] == ["B104"]
    assert len(second.findings) == 0


def test_one_project_below_full_marks_anywhere_in_the_batch() -> None:
    """The file of two full tables says nothing: the unit has a third table in another file."""
    assert not told(file("一册.xlsx", full("一"), full("二")), file("补.xlsx", table("三", lines=LINES)))


def test_files_of_several_units_are_told_apart() -> None:
    (hint,) = told(
        file("一册.xlsx", full("一"), full("二", unit="第二中学"), full("四", unit="第二中学")),
        file("补.xlsx", table("三", unit="第二中学", lines=LINES)),
        file("又.xlsx", full("五")),
    )
    assert hint[0] == "一册.xlsx"
    assert "2个项目" in hint[1]


def test_order_does_not_matter_and_rejected_files_stay() -> None:
    bad = FileRecord("坏.xlsx", Status.REJECTED, "不是工作簿", "", notes=(), faults=())
    records = [record_of(file("甲.xlsx", full("一"))), bad, record_of(file("乙.xlsx", full("二")))]
    there, back = with_merged_findings(records), with_merged_findings(records[::-1])
    assert [record.path for record in there] == ["甲.xlsx", "坏.xlsx", "乙.xlsx"]
    assert [tuple(record.findings) for record in there] == [tuple(record.findings) for record in back[::-1]]


def same_money(name: str, unit: str = "第一中学") -> Evaluation:
    """A table whose three amounts are those of every other one with this budget, not with full marks."""
    return table(name, unit=unit, budget="107.26", executed="106.49", lines=LINES)


def test_two_files_of_one_unit_with_the_same_money() -> None:
    """两个文件各报一个项目，三个数完全相同：同一笔资金可能报了两次。"""
    first, second = sorted(
        told(file("甲.xlsx", same_money("良种补贴")), file("乙.xlsx", same_money("种业提升")))
    )
    assert (first[0], second[0]) == ("乙.xlsx", "甲.xlsx")
    assert "与本单位“良种补贴”（甲.xlsx）完全相同，疑似同一资金重复填报" in first[1]
    assert "与本单位“种业提升”（乙.xlsx）完全相同，疑似同一资金重复填报" in second[1]


def test_money_of_one_file_is_told_once() -> None:
    """册中两张表已在读取时提示过；只有另一文件的那张还要提示。"""
    ((path, message),) = told(
        file("一册.xlsx", same_money("一"), same_money("二")), file("补.xlsx", same_money("三"))
    )
    assert path == "补.xlsx"
    assert "“一”（一册.xlsx）、“二”（一册.xlsx）" in message


def test_the_same_money_of_other_units_and_of_one_project_says_nothing() -> None:
    assert not told(
        file("甲.xlsx", same_money("良种补贴")),
        file("甲（改）.xlsx", same_money("良种补贴")),
        file("乙.xlsx", same_money("种业提升", unit="第二中学")),
    )
