"""Files that other programs built oddly, or that are damaged: scored, or one sentence, and the batch goes on."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from book.read import raw
from support.budget import drawn, often
from support.mutations import mutated
from zipingbiao.book.read import read_book
from zipingbiao.cli import main

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
BUTTON = (
    "<controls><control shapeId='1' r:id='r9'><controlPr><anchor><from><xdr:col>1</xdr:col><xdr:row>1</xdr:row></from>"
    "<to><xdr:col>2</xdr:col><xdr:row>2</xdr:row></to></anchor></controlPr></control></controls>"
)
COLUMNS = '<cols><col min="1" max="2" width="12" style="0"/></cols>'
SHEET, BOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


def zpb(*arguments: str | Path) -> Ran:
    """Run a command; never a traceback, never a fault of ours."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    ran = Ran(int(left.value.code or 0), out.getvalue(), err.getvalue())
    assert ran.status in {0, 1, 2}
    assert "Traceback" not in ran.err
    return ran


def parts() -> dict[str, str]:
    """The parts of a small 自评表."""
    return raw.parts(sheet=raw.sheet(raw.table(), COLUMNS), shared=())


def changed(part: str, *pairs: tuple[str, str]) -> dict[str, str]:
    made = parts()
    for old, new in pairs:
        assert old in made[part]
        made[part] = made[part].replace(old, new)
    return made


def totals(ran: Ran) -> list[Any]:
    return [one["total"] for file in json.loads(ran.out)["files"] for one in file["evaluations"]]


ODD = {
    "as usual": parts(),
    "a button": changed(SHEET, ("<worksheet", f'<worksheet xmlns:r="{raw.REL}" xmlns:xdr="{XDR}"'), ("</worksheet>", f"{BUTTON}</worksheet>")),
    "backslashes in the names of parts": {name.replace("/", "\\"): text for name, text in parts().items()},
    "backslashes in targets": changed(RELATIONS, ("worksheets/", "worksheets\\")),
    "a sheet that is shown": changed(BOOK, ('name="自评表"', 'name="自评表" state="show"')),
    "the namespace again for what Excel adds": changed(BOOK, ("</sheets>", f'</sheets><extLst><ext xmlns="{raw.MAIN}" xmlns:q="urn:q"><q:p/></ext></extLst>')),
    "the namespace again in a sheet": changed(SHEET, ("</worksheet>", f'<extLst><ext xmlns="{raw.MAIN}"/></extLst></worksheet>')),
    "the namespace again in each row": changed(SHEET, ("<row", f'<row xmlns="{raw.MAIN}"')),
    "a second prefix in each row": changed(SHEET, ("<row", f'<y:row xmlns:y="{raw.MAIN}"'), ("</row", "</y:row")),
    "the namespace again as a prefix": changed(BOOK, ("<workbook ", f'<workbook xmlns:x="{raw.MAIN}" ')),
}  # fmt: skip


@pytest.mark.parametrize("made", ODD.values(), ids=ODD)
def test_what_is_odd_but_legal_is_read_and_scored(made: Mapping[str, str], tmp_path: Path) -> None:
    file, out = tmp_path / "甲.xlsx", tmp_path / "已评.xlsx"
    file.write_bytes(raw.zipped(made))
    assert totals(zpb("check", file, "--json")) == ["97.5"]
    assert zpb("merge", file, "-o", tmp_path / "汇总表.xlsx").status == 0
    ran = zpb("score", file, "-o", out)
    assert "已写入" in ran.out
    assert "备用方式" not in ran.err
    again = json.loads(zpb("score", out, "--dry-run", "--json").out)["files"][0]
    assert again["changes"] == []
    cells = read_book(out).grids[0].cells
    assert [cells[row, 7].value for row in range(1, 5)] == ["得分", Decimal("47.5"), 40, 10]


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_scored_workbook_with_a_button_opens_elsewhere(tmp_path: Path) -> None:
    file, out = tmp_path / "甲.xlsx", tmp_path / "已评.xlsx"
    file.write_bytes(raw.zipped(ODD["a button"]))
    zpb("score", file, "-o", out)
    assert [cell.value for cell in openpyxl.load_workbook(out)["自评表"]["G"]] == ["得分", 47.5, 40, 10]


def in_encoding(part: str, declared: str, encoding: str) -> dict[str, str | bytes]:
    return {**parts(), part: parts()[part].replace("UTF-8", declared).encode(encoding)}


DAMAGED: dict[str, Mapping[str, str | bytes]] = {
    "a Chinese encoding": in_encoding(BOOK, "GB2312", "gb2312"),
    "an encoding that does not exist": in_encoding(BOOK, "XFD1048576", "utf-8"),
    "a prefix that nobody declared": changed(BOOK, (f' xmlns:r="{raw.REL}"', "")),
    "a prefix that was taken back": changed(BOOK, (f'"{raw.REL}"', '""')),
    "a namespace of nothing": changed(BOOK, (f'xmlns="{raw.MAIN}"', 'xmlns="&#10;"')),
    "cells of a prefix that nobody declared": changed(SHEET, ("<c ", "<q:c "), ("</c>", "</q:c>")),
}


@pytest.mark.parametrize("made", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_gets_one_sentence_and_a_line(
    made: Mapping[str, str | bytes], tmp_path: Path
) -> None:
    bad, good, out = tmp_path / "坏.xlsx", tmp_path / "好.xlsx", tmp_path / "汇总表.xlsx"
    bad.write_bytes(raw.zipped(made))
    good.write_bytes(raw.zipped(parts()))
    for ran in (zpb("check", bad), zpb("score", bad, "-o", tmp_path / "无.xlsx")):
        assert ran.status == 2
        assert re.fullmatch(r"无法读取 \S+：[^。]*请[^。]*。\n", ran.err)
    both = zpb("score", bad, good, "-o", tmp_path / "已评", "--json")
    assert [file["status"] for file in json.loads(both.out)["files"]] == ["rejected", "accepted"]
    assert both.status == 0
    merged = zpb("merge", tmp_path, "-o", out)
    assert merged.status == 1
    ledger = openpyxl.load_workbook(out)["文件清单"]
    assert any("无法读取" in row and "坏" in str(row) for row in ledger.iter_rows(values_only=True))


def test_a_workbook_without_namespace_is_read_but_not_written(tmp_path: Path) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(raw.zipped(changed(BOOK, (f' xmlns="{raw.MAIN}"', ""))))
    ran = zpb("score", file, "-o", tmp_path / "已评.xlsx")
    assert (ran.status, "没有写入" in ran.out, "备用方式" in ran.err) == (2, True, True)


def test_a_column_without_number_is_read_but_not_written(tmp_path: Path) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(raw.zipped(changed(SHEET, ('min="1"', 'min="s"'))))
    ran = zpb("score", file, "-o", tmp_path / "已评.xlsx")
    assert (ran.status, "核算总分 97.5" in ran.out) == (2, True)
    assert "没有写入：工作表的列设置中有不是数字的列号" in ran.out
    assert zpb("merge", file, "-o", tmp_path / "汇总表.xlsx").status == 0


# ------------------------------------------------------------------ project codes


def with_code(stored: str, mask: str) -> dict[str, str]:
    """The small 自评表 below a head whose code is a number under a format."""
    head = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>项目编码</t></is></c>'
        f'<c r="B1" s="0"><v>{stored}</v></c></row>'
    )
    lower = re.sub(r'(?<=r=")([A-H]?)(\d+)', lambda at: f"{at[1]}{int(at[2]) + 2}", raw.table())
    return raw.parts(sheet=raw.sheet(head + lower), shared=(), styles=raw.styles(mask))


@pytest.mark.parametrize(
    ("stored", "mask", "code", "doubted"),
    [
        ("140900245580000123", "0", "140900245580000123", True),
        ("1.4060220240001E+17", "General", "140602202400010000", True),
        ("140602", "0000000", "0140602", False),
        ("140602", "0000-00", "1406-02", False),
        ("140900245580123", "0", "140900245580123", False),
    ],
)
def test_a_code_typed_as_a_number_keeps_its_digits(
    stored: str, mask: str, code: str, doubted: bool, tmp_path: Path
) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(raw.zipped(with_code(stored, mask)))
    found = json.loads(zpb("check", file, "--json").out)["files"][0]
    assert [one["project"]["code"] for one in found["evaluations"]] == [code]
    assert ["自评表!B1"] * doubted == [each["cell"] for each in found["findings"] if each["code"] == "V109"]
    zpb("merge", file, "-o", tmp_path / "汇总表.xlsx")
    assert code in {
        cell.value for row in openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["底稿"] for cell in row
    }


# ------------------------------------------------------------------ sheets of another year, cells stored twice


def head(name: str, year: str, code: str = "") -> str:
    """Rows below the small 自评表 that name its project and year."""
    fields = (("项目名称", name), ("年度", year), ("项目编码", code))
    return "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{label}：{text}</t></is></c></row>'
        for row, (label, text) in enumerate(fields, 9)
        if text
    )


def two_sheets(other: str, state: str = "veryHidden") -> bytes:
    """A workbook with the table of 2024 of 档案整理, and another table on the sheet 旧."""
    listed = f'<sheet name="旧" sheetId="2" state="{state}" r:id="r4"/>'
    made = raw.parts(sheet=raw.sheet(raw.table() + head("档案整理", "2024", "0001")), shared=())
    made[BOOK] = made[BOOK].replace("</sheets>", f"{listed}</sheets>")
    relation = f'<Relationship Id="r4" Type="{raw.REL}/worksheet" Target="worksheets/sheet2.xml"/>'
    made[RELATIONS] = made[RELATIONS].replace("</Relationships>", f"{relation}</Relationships>")
    made["xl/worksheets/sheet2.xml"] = raw.sheet(raw.table() + other)
    return raw.zipped(made)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize(
    "old",
    [
        head("档案整理", "2023", "0001"),
        head("档案整理", "2023", "2023-0001"),  # codes may carry the year
        head("档案整理工作", "2022", "0001"),  # and names may change
    ],
)
def test_a_hidden_sheet_of_another_year_is_neither_written_nor_counted(
    old: str, state: str, tmp_path: Path
) -> None:
    file, out = tmp_path / "甲.xlsx", tmp_path / "汇总表.xlsx"
    file.write_bytes(two_sheets(old, state))
    before = read_book(file).grid("旧")
    ran = zpb("score", file, "--json")
    (found,) = json.loads(ran.out)["files"]
    assert totals(ran) == ["97.5"]
    hints = [each for each in found["findings"] if "旧" in each["message"]]
    assert [(each["code"], each["severity"]) for each in hints] == [("L107", "info")]
    assert read_book(file).grid("旧") == before
    assert zpb("merge", file, "-o", out).status == 0
    assert {
        row[0].value for row in openpyxl.load_workbook(out)["指标明细"].iter_rows() if "旧" in str(row)
    } == set()


@pytest.mark.parametrize(
    ("other", "state"),
    [
        (head("档案整理", "2024", "0001"), "hidden"),  # the same year: hidden rows count as ever
        (head("档案整理", ""), "hidden"),
        (head("校舍维修", "2023", "0002"), "hidden"),
        (head("档案整理", "2023", "0001"), "visible"),
    ],
)
def test_any_other_second_table_counts(other: str, state: str, tmp_path: Path) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(two_sheets(other, state))
    assert totals(zpb("check", file, "--json")) == ["97.5", "97.5"]


def test_a_cell_that_stands_twice_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(
        raw.zipped(
            changed(SHEET, ('<c r="D2"><v>50</v></c>', '<c r="D2"><v>50</v></c><c r="D2"><v>99</v></c>'))
        )
    )
    ran = zpb("check", file, "--json")
    (found,) = json.loads(ran.out)["files"]
    assert [(each["cell"], each["severity"]) for each in found["findings"] if each["code"] == "L108"] == [
        ("自评表!D2", "error")
    ]
    assert ran.status == 1


def test_a_cell_that_is_blank_the_first_time_is_none_of_them(tmp_path: Path) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(raw.zipped(changed(SHEET, ('<c r="D2">', '<c r="D2" s="0"/><c r="D2">'))))
    assert "L108" not in zpb("check", file).out


# ------------------------------------------------------------------ pipes, and what the system says


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_device_is_refused_before_it_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.xlsx"
    os.mkfifo(pipe)
    for file in (pipe, Path("/dev/null"), Path("/dev/zero")):
        for command in ("score", "check", "fix", "undo"):
            ran = zpb(command, file)
            assert ran.status == 2
            assert "不是普通文件" in ran.out + ran.err


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EACCES, "没有权限"),
        (errno.EIO, "磁盘读写出错"),
        (errno.ENAMETOOLONG, "文件名或路径太长"),
        (errno.ESTALE, "网络文件夹已断开"),
        (errno.EXDEV, f"系统错误 {errno.EXDEV}"),
    ],
)
def test_errors_of_the_system_are_told_in_chinese(
    code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> bytes:
        raise OSError(code, os.strerror(code), str(path))

    file = tmp_path / "甲.xlsx"
    file.write_bytes(raw.zipped(parts()))
    monkeypatch.setattr(Path, "read_bytes", fail)
    for command in ("score", "check", "undo"):
        ran = zpb(command, file)
        assert said in ran.out + ran.err
        assert os.strerror(code) not in ran.out + ran.err


# ------------------------------------------------------------------ any small change


@contextlib.contextmanager
def no_second_reader() -> Iterator[None]:
    """The second reader is a process of its own: here it never answers in time."""

    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("openpyxl", 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zipingbiao.book.read.second.subprocess.run", late)
        yield


NAMED = (
    f'<workbook xmlns="{raw.MAIN}" xmlns:r="{raw.REL}"><sheets><sheet name="自评表" sheetId="1" r:id="r1"/></sheets>'
    '<definedNames><definedName name="a">1</definedName></definedNames><calcPr calcId="1"/></workbook>'
)
ANY = raw.parts(
    sheet=ODD["a button"][SHEET].removeprefix(raw.HEAD), strings=raw.strings(*raw.LABELS), workbook=NAMED
)


def real(name: str) -> dict[str, str]:
    """The parts in XML of a workbook as a unit handed it in, or of our template."""
    with zipfile.ZipFile(Path(__file__).parents[2] / name) as archive:
        return {
            each: archive.read(each).decode()
            for each in archive.namelist()
            if each.endswith((".xml", ".rels"))
        }


BASES = {
    "small": ANY,
    "handed in": real("tests/data/handed_in/003-政务服务平台运维服务费.xlsx"),
    "our template": real("workbooks/examples/001-精准扶贫档案整理项目.xlsx"),
}


@drawn
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("base", BASES.values(), ids=BASES)
def test_no_small_change_of_a_workbook_stops_a_batch(
    base: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What check accepts is scored with the same total, or refused in one sentence; the others go on."""
    good = raw.zipped(parts())

    @settings(max_examples=often(15, 700), deadline=None, suppress_health_check=list(HealthCheck))
    @given(made=mutated(base))
    def each(made: Mapping[str, str]) -> None:
        folder = tmp_path_factory.mktemp("各单位")
        odd, out = folder / "甲.xlsx", tmp_path_factory.mktemp("结果") / "已评.xlsx"
        odd.write_bytes(raw.zipped(made))
        (folder / "乙.xlsx").write_bytes(good)
        with no_second_reader():
            checked = zpb("check", odd, "--json")
            (found,) = json.loads(zpb("score", odd, "-o", out, "--yes", "--json").out)["files"]
            accepted = found["status"] == "accepted"
            assert accepted == (json.loads(checked.out)["files"][0]["status"] == "accepted")
            assert out.exists() == (accepted and found["refused"] is None)
            if accepted and not out.exists():
                assert re.fullmatch(r"[^。]*请[^。]+。", found["refused"])
            if out.exists():
                assert totals(zpb("check", out, "--json")) == totals(checked)
                again = zpb("score", out, "--dry-run", "--json")
                assert json.loads(again.out)["files"][0]["changes"] == []
                zpb("undo", out, "--yes")
                out.unlink()
            zpb("fix", odd, "-o", out, "--yes")
            out.unlink(missing_ok=True)
            merged = zpb("merge", folder, "-o", folder / "汇总表.xlsx")
        assert "共2个文件" in merged.out

    each()
