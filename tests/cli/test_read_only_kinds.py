"""Files that are read and never written: checked like workbooks, and scored in a new workbook of our template."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import zipingbiao as z
from support.handed_in import handed_in
from support.office import convert, validate
from support.old_excel import old_workbook
from support.other_kinds import binary_workbook, delimited, spreadsheet_2003, stacked, web_page
from support.reports import content, written
from zipingbiao.book.cells import Grid
from zipingbiao.book.read import read_book
from zipingbiao.cli import main
from zipingbiao.table import ours

GRIDS = read_book(handed_in("000")).grids
WRITE: dict[str, Callable[[tuple[Grid, ...]], bytes]] = {
    "甲.xls": old_workbook,
    "甲.et": old_workbook,
    "甲.xlsb": binary_workbook,
    "甲.xml": lambda grids: spreadsheet_2003(grids).encode(),
    "网页.xls": lambda grids: web_page(stacked(grids)).encode("gb18030"),
    "甲.csv": lambda grids: delimited(stacked(grids)).encode("gb18030"),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(str(left.value.code)), out, err


@pytest.mark.parametrize("name", WRITE)
def test_check_reads_and_score_offers_the_command_that_scores_a_copy(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(before := WRITE[name](GRIDS))
    code, out, _ = run(capsys, "check", file, "--json")
    assert code in {0, 1}
    assert [one["total"] for one in json.loads(out)["files"][0]["evaluations"]] == ["89.5"]
    code, out, err = run(capsys, "score", file)
    assert code == 2
    assert (out + err).count("另存为 .xlsx 再试") == 1
    offered = re.findall(r"zpb (score \S+ -o [^\s，]+)，", out + err)
    assert list(tmp_path.iterdir()) == [file]
    code, out, err = run(capsys, *offered[0].split())
    assert code in {0, 1}
    assert {path.name for path in tmp_path.iterdir()} == {name, f"{file.stem}（已评分）.xlsx"}
    assert file.read_bytes() == before


@pytest.mark.office
@pytest.mark.parametrize("name", [*WRITE, "报告.docx"])
def test_score_imports_into_our_template_and_scores_there(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, new = tmp_path / name, tmp_path / "评分" / "新表.xlsx"
    file.write_bytes(before := WRITE[name](GRIDS) if name in WRITE else content(written(0)))
    code, out, _ = run(capsys, "score", file, "-o", new, "--json")
    assert code in {0, 1}
    (said,) = json.loads(out)["files"]
    assert (said["saved"], said["refused"]) == (str(new), None)
    assert [one["total"] for one in said["evaluations"]] == ["89.5"]
    assert "已导入样表" in said["notes"][0]
    assert any("请核对工作表“未归类内容”" in note or "请补填" in note for note in said["notes"][1:])
    book = z.read(new)
    assert ours.of(book.names) is not None
    assert [each.total for each in z.evaluate(book).evaluations] == [Decimal("89.5")]
    assert file.read_bytes() == before
    assert validate(new, "Microsoft365") == []
    again, _ = z.score(new.read_bytes(), when=dt.datetime(2026, 1, 5))  # noqa: DTZ001
    assert again == new.read_bytes()  # it is scored: pressing again changes nothing


def test_into_a_folder_the_import_takes_the_name_of_its_source(tmp_path: Path) -> None:
    file, folder = tmp_path / "甲.et", tmp_path / "已评分"
    file.write_bytes(old_workbook(GRIDS))
    (press,) = z.score(file, out=folder)
    assert press.imported
    assert press.saved == folder / "甲.xlsx"
    (again,) = z.score(file, out=folder)
    assert again.saved is None
    assert "已存在，没有覆盖" in str(again.refused)


@pytest.mark.parametrize("out", ["甲.xls", "乙.xls", "乙.xlsm", "有了.xlsx"])
def test_an_import_writes_over_nothing_and_under_no_false_name(out: str, tmp_path: Path) -> None:
    file, there = tmp_path / "甲.xls", tmp_path / "有了.xlsx"
    file.write_bytes(before := old_workbook(GRIDS))
    there.write_bytes(b"mine")
    (press,) = z.score(file, out=tmp_path / out)
    assert press.saved is None
    assert press.refused
    assert sorted(path.name for path in tmp_path.iterdir()) == ["有了.xlsx", "甲.xls"]
    assert (file.read_bytes(), there.read_bytes()) == (before, b"mine")


def test_a_dry_run_of_an_import_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "甲.xls"
    file.write_bytes(old_workbook(GRIDS))
    code, out, err = run(capsys, "score", file, "-o", tmp_path / "新表.xlsx", "--dry-run")
    assert code in {0, 1}
    assert "未写文件" in out
    assert "已导入样表" in err
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_our_own_workbook_as_another_kind_is_to_be_saved_as_xlsx(kind: str, tmp_path: Path) -> None:
    z.import_report(handed_in("000"), tmp_path / "自评表.xlsx")
    (press,) = z.score(convert(tmp_path / "自评表.xlsx", kind, tmp_path), out=tmp_path / "新表.xlsx")
    assert str(press.refused).startswith("请用 Excel 或 WPS 另存为 .xlsx 再试：")
    assert not (tmp_path / "新表.xlsx").exists()


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_our_summary_is_known_when_somebody_saved_it_as_another_kind(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "merge", handed_in("000"), "-o", tmp_path / "汇总表.xlsx")
    _, out, _ = run(capsys, "check", convert(tmp_path / "汇总表.xlsx", kind, tmp_path), "--json")
    (file,) = json.loads(out)["files"]
    assert (file["status"], file["why"]) == ("skipped", "本软件生成的汇总表")
