"""``zpb score`` on a foreign workbook full of everything: only the planned cells change."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from support import office
from zipingbiao.cli import main

# openpyxl says what it would lose; here it only reads.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension:UserWarning")

HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "完成率",
    "偏差原因分析及改进措施",
)
ROWS = (
    ("产出指标", "数量指标", "指标1：培训人次", "≥200人次", "190人次", 25),
    ("", "质量指标", "指标1：验收合格率", "100%", "100%", 25),
    ("效益指标", "社会效益指标", "指标1：服务水平", "提高", "90%", 30),
    ("满意度指标", "服务对象满意度指标", "指标1：群众满意度", "≥95%", "96%", 10),
)
TOUCHED = {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}


def png() -> io.BytesIO:
    """One white pixel."""
    return io.BytesIO(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f"
            "0005fe02fe0def46b80000000049454e44ae426082"
        )
    )


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A national table with sums, and all that other libraries lose."""
    path = tmp_path / "外来.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, other = book.add_worksheet("自评表"), book.add_worksheet("附表")
    sheet.write("A1", "项目名称")
    sheet.write("C1", "培训项目")
    sheet.write_row(
        "A3", ["项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    )
    sheet.write_row("C4", ["年度资金总额", 40, 40, 38, 10])
    sheet.write_formula("H4", "=F4/E4", book.add_format({"num_format": "0.00%"}), 0.95)
    sheet.write_row("A6", HEADINGS)
    for number, row in enumerate(ROWS, 6):
        sheet.write_row(number, 0, row)
    sheet.write("A11", "总分")
    sheet.write_formula("F11", "=SUM(F7:F10)+G4", None, 100)
    sheet.write_formula("G11", "=SUM(G7:G10)+I4", None, 0)
    sheet.write_formula("H11", "=G11*2+0*RAND()", None, 0)
    other.write_formula("A1", "=自评表!G11", None, 0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=自评表!$F$7:$F$10"})
    sheet.insert_chart("K2", chart)
    sheet.insert_textbox("K20", "请按时报送")
    sheet.insert_image("N2", "点.png", {"image_data": png()})
    sheet.insert_button("K26", {"macro": "Score", "caption": "评分"})
    sheet.write_comment("E7", "见签到表")
    sheet.data_validation("D7:D10", {"validate": "any", "input_message": "填目标值"})
    sheet.conditional_format(
        "G7:G10", {"type": "cell", "criteria": "<", "value": 5, "format": book.add_format()}
    )
    sheet.add_sparkline("J7", {"range": "自评表!F7:F10"})
    sheet.write_rich_string("A20", "说明：", book.add_format({"bold": True}), "得分", "由软件核算")
    sheet.autofilter("A6:I10")
    sheet.set_footer("&C第 &P 页")
    other.hide()
    book.close()
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def score(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main(["score", *map(str, arguments)])
    assert isinstance(left.value.code, int)
    return left.value.code


def cells(xml: bytes) -> dict[str, bytes]:
    return {
        found[1].decode(): found[0] for found in re.finditer(rb'<c r="([A-Z]+\d+)"(?:[^>]*/>|.*?</c>)', xml)
    }


def test_member_by_member(workbook: Path) -> None:
    before = members(workbook)
    score(workbook)
    after = members(workbook)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == TOUCHED
    old, new = cells(before["xl/worksheets/sheet1.xml"]), cells(after["xl/worksheets/sheet1.xml"])
    changed = {address for address in new if new[address] != old.get(address)}
    assert changed == {"I4", "G7", "G8", "G9", "G10", "H7", "H8", "H9", "H10", "G11"}
    assert set(old) - set(new) == set()
    outside = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
    assert outside.sub(b"", before["xl/worksheets/sheet1.xml"]) == outside.sub(
        b"", after["xl/worksheets/sheet1.xml"]
    )


def test_values_formulas_and_totals(workbook: Path) -> None:
    score(workbook)
    values = openpyxl.load_workbook(workbook, data_only=True)["自评表"]
    formulas = openpyxl.load_workbook(workbook)["自评表"]
    assert [values.cell(row, 7).value for row in range(7, 12)] == [23.75, 25, 27, 10, 95.25]
    assert [values.cell(row, 8).value for row in range(7, 11)] == ["95.00%", "100.00%", "90%", "101.05%"]
    assert values["I4"].value == 9.5
    assert formulas["G11"].value == "=SUM(G7:G10)+I4"
    assert formulas["H4"].value == "=F4/E4"


def test_what_other_formulas_show_is_said(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score(workbook)
    assert capsys.readouterr().out.count("打开文件时会自动重算") == 1


@pytest.mark.office
def test_an_independent_recalculation_agrees(workbook: Path) -> None:
    score(workbook)
    recalculated = office.recalculated(workbook)["自评表"]
    cached = openpyxl.load_workbook(workbook, data_only=True)["自评表"]
    for address in ("F11", "G11", "H4"):
        assert recalculated[address].value == pytest.approx(cached[address].value), address


@pytest.mark.office
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
def test_no_new_validation_error(workbook: Path, version: office.Office) -> None:
    before = office.validate(workbook, version)
    score(workbook)
    assert set(office.validate(workbook, version)) <= set(before)


@pytest.mark.office
def test_libreoffice_keeps_what_we_remember(workbook: Path, tmp_path: Path) -> None:
    """Saved by another program in between, our scores are still ours and follow a corrected actual."""
    score(workbook)
    saved = office.convert(workbook, "xlsx", tmp_path / "另存")
    book = openpyxl.load_workbook(saved)
    book["自评表"]["E7"] = "200人次"
    book.save(saved)
    score(saved)
    values = openpyxl.load_workbook(saved, data_only=True)["自评表"]
    assert [values.cell(row, 7).value for row in (7, 8, 9, 10)] == [25, 25, 27, 10]
