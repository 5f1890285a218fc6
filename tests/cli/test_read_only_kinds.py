"""Files that are read and never written: checked like workbooks; what would write says what to do instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from support.handed_in import handed_in
from support.office import convert
from support.old_excel import old_workbook
from support.other_kinds import binary_workbook, delimited, spreadsheet_2003, stacked, web_page
from zipingbiao.book.cells import Grid
from zipingbiao.book.read import read_book
from zipingbiao.cli import main

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
def test_check_reads_and_score_offers_two_ways(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(before := WRITE[name](GRIDS))
    code, out, _ = run(capsys, "check", file, "--json")
    assert code in {0, 1}
    assert [one["total"] for one in json.loads(out)["files"][0]["evaluations"]] == ["89.5"]
    for ending in ((), ("-o", tmp_path / "已评分.xlsx")):
        code, out, err = run(capsys, "score", file, *ending)
        assert code == 2
        assert (out + err).count("另存为 .xlsx 再试") == 1
        assert "zpb import 原文件 -o 自评表.xlsx" in out + err
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_bytes() == before


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_our_summary_is_known_when_somebody_saved_it_as_another_kind(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "merge", handed_in("000"), "-o", tmp_path / "汇总表.xlsx")
    _, out, _ = run(capsys, "check", convert(tmp_path / "汇总表.xlsx", kind, tmp_path), "--json")
    (file,) = json.loads(out)["files"]
    assert (file["status"], file["why"]) == ("skipped", "本软件生成的汇总表")
