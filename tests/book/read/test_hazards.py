"""Every bad file ends in the right values, or in one sentence that names the file and the reason."""

import io
import re
import struct
import warnings
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from book.read import raw
from support.old_excel import compound
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.read.preflight import DEFAULT_LIMITS, Limits
from zipingbiao.errors import UnreadableError

GOOD = raw.workbook()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DTD = '<!DOCTYPE x [<!ENTITY a "分"><!ENTITY b "&a;&a;&a;">]>'
DATA = {(1, 1): "指标名称", (1, 2): "分值", (2, 1): Decimal("12.5")}


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, "某单位/甲.xlsx", limits=limits)
    return str(caught.value)


def values(data: bytes) -> dict[tuple[int, int], object]:
    (grid,) = read_bytes(data, "甲.xls").grids
    return {place: cell.value for place, cell in grid.cells.items()}


def overwritten(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def with_central(data: bytes, part: str, at: int, value: bytes) -> bytes:
    """Overwrite a field of a part's entry in the zip directory."""
    changed = bytearray(data)
    where = data.find(b"PK\x01\x02")
    while data[where + 46 : where + 46 + struct.unpack_from("<H", data, where + 28)[0]] != part.encode():
        where = data.index(b"PK\x01\x02", where + 4)
    changed[where + at : where + at + len(value)] = value
    return bytes(changed)


def doubled(name: str) -> bytes:
    buffer = io.BytesIO(GOOD)
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of the very fault that is wanted here
        archive.writestr(name, "<x/>")
    return buffer.getvalue()


def flagged_encrypted() -> bytes:
    return with_central(GOOD, "xl/workbook.xml", 8, b"\x01\x00")


def overlapping() -> bytes:
    """Two entries of one name length whose second points into the first one's data."""
    data = raw.zipped({**raw.parts(), "xl/a.bin": b"x" * 200, "xl/b.bin": b"y"}, zipfile.ZIP_STORED)
    inside = data.index(b"x" * 200)
    header = data[data.index(b"PK\x03\x04", inside) :][: 30 + len("xl/b.bin") + 1]
    data = data[: inside + 20] + header + data[inside + 20 + len(header) :]
    return with_central(data, "xl/b.bin", 42, struct.pack("<I", inside + 20))


def changed(part: str, old: str, new: str) -> bytes:
    """A workbook with a text of one part replaced."""
    parts = raw.parts()
    assert old in parts[part]
    return raw.zipped({**parts, part: parts[part].replace(old, new)})


def in_encoding(part: str, encoding: str, said: str = "") -> bytes:
    """A workbook with one part in another encoding, or one that says so."""
    text = raw.parts()[part].replace("UTF-8", said or encoding)
    return raw.zipped({**raw.parts(), part: text.encode(encoding)})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空的"),
        (bytes(20000), "全是零字节"),
        (GOOD[: len(GOOD) // 2], "不完整"),
        (GOOD[:-30], "不完整"),
        (OLE + "Workbook".encode("utf-16-le"), "内部目录无法读取"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "PowerPoint"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE, "内部目录无法读取"),
        (compound({"VisioDocument": b"x" * 99}), "没有工作簿"),
        (b'<?xml version="1.0"?><a/>', "XML 文件"),
        ("指标\t分值\n".encode("utf-16"), "没有表格"),
        ("本单位没有项目，特此说明。\n请知悉。".encode("gb18030"), "没有表格"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 9, "加密软件"),
        (raw.zipped({"word/styles.xml": "<x/>"}), "docx"),
        (raw.zipped({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
        (b"{\\rtf1", "另存为 .docx"),
        (b"II*\0" + bytes(9), "图片"),
        (b"BM\x36\0\0\0" + bytes(9), "图片"),
        (b"\0\0\0\x18ftypheic", "图片"),
        (raw.zipped({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), "OFD"),
        (raw.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), ".odt"),
        (raw.zipped({"xl/workbook.bin": b"x"}), "xlsb"),
        (raw.zipped({"mimetype": "x", "content.xml": "<x/>"}), "OpenDocument"),
        (raw.zipped({"甲.txt": "x"}), "普通压缩包"),
        (raw.zipped({**raw.parts(), "../x": ""}), "部件名"),
        (raw.zipped({**raw.parts(), "/x": ""}), "部件名"),
        (raw.zipped({**raw.parts(), "..\\x": ""}), "部件名"),
        (raw.zipped({**raw.parts(), "\\x": ""}), "部件名"),
        (raw.zipped({**raw.parts(), "c:\\x": ""}), "部件名"),
        (raw.zipped({**raw.parts(), "xl\\workbook.xml": ""}), "重复"),
        (doubled("XL/Workbook.xml"), "重复"),
        (overlapping(), "重叠"),
        (overwritten(GOOD, b"xl/styles.xml", b"xl/stylez.xml"), "不符"),
        (flagged_encrypted(), "密码"),
        (overwritten(raw.zipped(raw.parts(), zipfile.ZIP_STORED), b"12.5", b"12.6"), "CRC"),
        (with_central(GOOD, "xl/worksheets/sheet1.xml", 24, struct.pack("<I", 10)), "CRC"),
        (raw.workbook(sheet=DTD + raw.sheet()), "DTD"),
        (raw.workbook(strings=DTD + raw.strings(*raw.LABELS)), "DTD"),
        (raw.workbook(root=None, strings=DTD + raw.strings(*raw.LABELS)), "DTD"),
        (raw.workbook(sheet=raw.sheet()[:-4]), "sheet1.xml"),
        (raw.workbook(sheet=raw.sheet(after="\0" * 9)), "sheet1.xml"),
        (raw.workbook(raw.ROWS.replace("<v>1<", "<v>99<")), "自评表!B1"),
        (raw.workbook(raw.ROWS.replace("<v>1<", "<v>-1<")), "自评表!B1"),
        (raw.workbook(strings=None), "自评表!A1"),
        (raw.workbook(raw.ROWS.replace('"A2"', '"XFE2"')), "XFE2"),
        (raw.workbook(raw.ROWS.replace('"A2"', '"A0"')), "A0"),
        (raw.workbook(rels=raw.parts()["_rels/.rels"].removeprefix(raw.HEAD)), "两种方式"),
        (in_encoding("xl/workbook.xml", "gb2312"), "gb2312 编码"),
        (in_encoding("xl/worksheets/sheet1.xml", "gb18030"), "gb18030 编码"),
        (in_encoding("xl/sharedStrings.xml", "utf-8", "mars"), "mars 编码"),
        (in_encoding("xl/_rels/workbook.xml.rels", "utf-8", "hex"), "hex 编码"),
        (changed("xl/workbook.xml", f' xmlns:r="{raw.REL}"', ""), "workbook.xml 不是完整的 XML"),
        (changed("xl/workbook.xml", f'"{raw.REL}"', '""'), "workbook.xml 不是完整的 XML"),
        (changed("xl/worksheets/sheet1.xml", '<c r="A2"><v>12.5</v></c>', "<x:c/>"), "sheet1.xml"),
        (changed("xl/workbook.xml", f' xmlns="{raw.MAIN}"', ' xmlns="&#10;"'), "两种方式"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    message = refusal(data)
    assert message.startswith("甲.xlsx：")
    assert reason in message
    assert message.count("。") == 1


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (replace(DEFAULT_LIMITS, file_bytes=100), "文件大小"),
        (replace(DEFAULT_LIMITS, entries=3), "部件数"),
        (replace(DEFAULT_LIMITS, entries=1), "部件数"),
        (replace(DEFAULT_LIMITS, unpacked_bytes=1000), "解压后"),
        (replace(DEFAULT_LIMITS, ratio=1, ratio_from=100), "压缩比"),
        (replace(DEFAULT_LIMITS, cells=2), "单元格数"),
        (replace(DEFAULT_LIMITS, strings=1), "共享字符串数"),
        (replace(DEFAULT_LIMITS, text=5), "文字总量"),
        (replace(DEFAULT_LIMITS, merges=0), "合并区域"),
    ],
)
def test_a_limit_is_named_when_it_is_exceeded(limits: Limits, reason: str) -> None:
    merged = raw.sheet(after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    assert reason in refusal(raw.workbook(sheet=merged), limits)


def test_an_array_formula_over_more_cells_than_a_sheet_may_hold_is_refused() -> None:
    rows = raw.ROWS + '<row r="3"><c r="A3"><f t="array" ref="A3:XFD1048576">1</f><v>1</v></c></row>'
    assert "数组公式" in refusal(raw.workbook(rows))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = raw.zipped({**raw.parts(), "xl/worksheets/sheet1.xml": raw.sheet() + " " * 20_000_000})
    assert "压缩比" in refusal(data)


def test_a_part_that_unpacks_to_more_than_declared_stops_there() -> None:
    long = raw.workbook(sheet=raw.sheet(after=" " * 5_000_000))
    lie = with_central(long, "xl/worksheets/sheet1.xml", 24, struct.pack("<I", 500))
    assert "长度" in refusal(lie)


PREFIXED = raw.sheet().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
MIXED = (
    f'<worksheet xmlns="{raw.MAIN}" xmlns:a="{raw.MAIN}" xmlns:b="urn:b"><a:sheetData>'
    + raw.ROWS.replace("<row", f'<b:row xmlns:b="{raw.MAIN}"').replace("</row", "</b:row")
    + "</a:sheetData><b:c r='A9'><b:v>1</b:v></b:c></worksheet>"
)
STRICT = {
    name: text.replace(raw.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
        raw.REL, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    for name, text in raw.parts().items()
}
RELS = raw.parts()["xl/_rels/workbook.xml.rels"].removeprefix(raw.HEAD)


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        raw.zipped(raw.parts(), zipfile.ZIP_STORED),
        raw.zipped(STRICT),
        raw.workbook(sheet=PREFIXED),
        raw.workbook(styles=None),
        raw.workbook(styles=raw.styles("0").replace("<cellXfs>", "<fills><fill/></fills><cellXfs>")),
        raw.workbook(sheet=raw.sheet(before='<dimension ref="A1"/>')),
        raw.workbook(sheet=raw.sheet(before='<dimension ref="A1:XFD1048576"/>')),
        raw.workbook(rels=RELS.replace('"worksheets', '"/xl/worksheets')),
        raw.workbook(rels=RELS.replace("sheet1", "SHEET1")),
        raw.workbook(rels=RELS.replace("worksheets/", "worksheets\\")),
        raw.workbook(rels=RELS.replace("worksheets/", "\\xl\\worksheets\\")),
        raw.zipped({name.replace("/", "\\"): text for name, text in raw.parts().items()}),
        changed("xl/workbook.xml", 'sheetId="1"', 'sheetId="1" state="show"'),
        changed("xl/workbook.xml", "</sheets>", f'</sheets><extLst xmlns="{raw.MAIN}"/>'),
        raw.workbook(sheet=raw.sheet().replace("<row ", f'<row xmlns="{raw.MAIN}" ')),
        raw.workbook(sheet=raw.sheet().replace("<c ", f'<c xmlns:y="{raw.MAIN}" ')),
        raw.workbook(
            sheet=raw.sheet(after=f'<extLst xmlns="{raw.MAIN}"><ext xmlns:x14="urn:x14"/></extLst>')
        ),
        raw.workbook(sheet=raw.sheet(after='<ext xmlns="urn:x"><c r="A9"><v>1</v></c></ext>')),
        raw.workbook(sheet=MIXED),
        raw.workbook(strings=raw.strings(*raw.LABELS).replace("<si>", f'<si xmlns="{raw.MAIN}">')),
        raw.workbook(rels=re.sub("<(/?)Rel", r"<\1p:Rel", RELS).replace("xmlns=", "xmlns:p=")),
        raw.workbook(styles=re.sub(r"<(/?)(?=\w)", r"<\1s:", raw.styles("0")).replace("xmlns=", "xmlns:s=")),
        raw.workbook(raw.ROWS.replace("</row>", '<c r="C1" t="s"><v></v></c></row>', 1)),
        raw.workbook(
            sheet=raw.sheet(after='<extLst><ext xmlns:m="m"><m:c r="A9"><m:v>1</m:v></m:c></ext></extLst>')
        ),
        raw.zipped(
            {
                **raw.parts(),
                "xl/worksheets/sheet1.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + raw.sheet()).encode(
                    "utf-16"
                ),
            }
        ),
    ],
)
def test_an_odd_but_honest_file_is_read_fully(data: bytes) -> None:
    assert values(data) == DATA


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD1"])
def test_a_far_cell_costs_one_cell(address: str) -> None:
    row = address.lstrip("AXFD")
    far = raw.ROWS + f'<row r="{row}"><c r="{address}"><v>1</v></c></row>'
    assert len(values(raw.workbook(far))) == len(DATA) + 1


def test_many_formatted_empty_rows_are_no_bomb() -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}" s="1"/></row>' for r in range(3, 30_000))
    assert values(raw.workbook(raw.ROWS + rows)) == DATA


@pytest.mark.parametrize(
    "data",
    [
        raw.workbook(root=None),
        changed("xl/workbook.xml", f' xmlns="{raw.MAIN}"', ""),
        changed("xl/styles.xml", f' xmlns="{raw.MAIN}"', ' xmlns="urn:x"'),
    ],
)
def test_what_our_reader_does_not_know_goes_to_the_second_one(data: bytes) -> None:
    book = read_bytes(data, "甲.xlsx")
    assert {place: cell.value for place, cell in book.grids[0].cells.items()} == DATA
    assert "备用方式" in book.notes[0]


def books_of(sheets: int, shared: tuple[str, ...]) -> bytes:
    listed = "".join(f'<sheet name="表{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, sheets + 1))
    rels = RELS.replace('Id="r1"', 'Id="r1000"').replace("r2", "r1002").replace("r3", "r1003")
    added = "".join(
        f'<Relationship Id="r{i}" Type="{raw.REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, sheets + 1)
    )
    files = raw.parts(
        shared=shared,
        workbook=f'<workbook xmlns="{raw.MAIN}" xmlns:r="{raw.REL}"><sheets>{listed}</sheets></workbook>',
        rels=rels.replace("</Relationships>", added + "</Relationships>"),
    )
    return raw.zipped(files | {f"xl/worksheets/sheet{i}.xml": raw.sheet() for i in range(1, sheets + 1)})


def test_of_too_many_sheets_the_first_64_are_read_and_a_note_says_so() -> None:
    book = read_bytes(books_of(70, raw.LABELS), "甲.xlsx")
    assert [grid.sheet for grid in book.grids] == [f"表{i}" for i in range(1, 65)]
    assert "64" in book.notes[0]


def test_a_chart_sheet_is_no_grid() -> None:
    data = raw.workbook(rels=RELS.replace("/worksheet", "/chartsheet"))
    assert read_bytes(data, "甲.xlsx").grids == ()


def test_files_on_disk(tmp_path: Path) -> None:
    named = tmp_path / "自评表（最终版）✅.xls"
    named.write_bytes(GOOD)
    book = read_book(named)
    assert (book.path, len(book.digest)) == (str(named), 32)
    lock = tmp_path / "~$自评表.xlsx"
    lock.write_bytes(b"\x05Admin" + b" " * 159)
    for path, reason in (
        (tmp_path / "无.xlsx", "找不到"),
        (tmp_path, "文件夹"),
        (lock, "锁定文件"),
        (tmp_path / "a\0b.xlsx", "无法打开"),
    ):
        with pytest.raises(UnreadableError, match=reason):
            read_book(path)
    with pytest.raises(UnreadableError, match="文件大小"):
        read_book(named, limits=replace(DEFAULT_LIMITS, file_bytes=10))
