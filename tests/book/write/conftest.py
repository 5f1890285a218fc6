"""Builders: a workbook with everything that a careless rewrite loses, and plans for it."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from zipingbiao.book.cells import Ref, column_number
from zipingbiao.book.changes import Change, Plan, RowChange

Planner = Callable[..., Plan]
Builder = Callable[..., bytes]

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ADDED = {
    "customXml/item1.xml": b"<?xml version='1.0'?>\r\n<memory xmlns='urn:test'>\xe4\xb8\x80</memory>",
    "customUI/customUI14.xml": b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>',
    "xl/calcChain.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="D8" i="1"/></calcChain>'
    ),
}
_INSERTED = {
    "_rels/.rels": (
        b"</Relationships>",
        (
            '<Relationship Id="rZ1" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
            f'Target="customUI/customUI14.xml"/><Relationship Id="rZ2" Type="{_RELATION}/customXml" '
            'Target="customXml/item1.xml"/>'
        ),
    ),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        f'<Relationship Id="rZ3" Type="{_RELATION}/calcChain" Target="calcChain.xml"/>',
    ),
    "[Content_Types].xml": (
        b"</Types>",
        (
            '<Override PartName="/xl/calcChain.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
        ),
    ),
}


@pytest.fixture(scope="session")
def rich() -> bytes:
    """Give a macro workbook with shapes, charts, controls, extensions, and parts no library knows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_vba_project(io.BytesIO(b"no real project"), is_stream=True)
    _fill_table(book, book.add_worksheet("自评表"))
    _decorate(book, book.add_worksheet("图 表"))
    hidden = book.add_worksheet("参数")
    hidden.write_column("A1", [1, 2, 3])
    hidden.hide()
    book.define_name("总分", "=自评表!$D$8")
    book.define_name("名单", "=参数!$A$1:$A$3")
    book.close()
    return _with_parts(buffer.getvalue())


def _fill_table(book: Any, sheet: Any) -> None:
    bold, points = book.add_format({"bold": True, "border": 1}), book.add_format({"num_format": "0.00"})
    sheet.set_column("G:G", 12, points)
    sheet.merge_range("A1:F1", "项目支出绩效自评表", bold)
    sheet.write_row("A3", ["指标", "目标", "实际", "得分", "理由"], bold)
    for row, (name, score) in enumerate([("数量", 10), ("质量", 8.5), ("时效", 7.25), ("成本", 0)], 3):
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, 100 + row)
        sheet.write_number(row, 3, score, points)
    sheet.write_formula("D8", "=SUM(D4:D7)", points, 25.75)
    sheet.write_formula("E8", '=IF(D8>=90,"优","良")', None, "良")
    sheet.write_rich_string("A10", bold, "粗", "细 & <斜>")
    sheet.write_comment("B4", "批注")
    sheet.data_validation("B4:B7", {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.conditional_format("D4:D7", {"type": "data_bar", "data_bar_2010": True})
    sheet.insert_button("H2", {"macro": "Score", "caption": "评分"})
    sheet.insert_textbox("H6", "说明")
    sheet.add_sparkline("F4", {"range": "自评表!B4:D4"})
    sheet.write_url("A12", "https://example.invalid/a?b=1&c=2", string="依据")
    sheet.set_header("&C&G", {"image_center": "head.png", "image_data_center": io.BytesIO(_png())})
    sheet.autofilter("A3:E7")
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})


def _decorate(book: Any, sheet: Any) -> None:
    sheet.add_table(
        "A1:B4", {"data": [["甲", 1], ["乙", 2], ["丙", 3]], "columns": [{"header": "名"}, {"header": "数"}]}
    )
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=自评表!$D$4:$D$7", "data_labels": {"custom": [{"value": "一"}]}})
    sheet.insert_chart("D2", chart)
    sheet.insert_image("D20", "dot.png", {"image_data": io.BytesIO(_png())})
    sheet.write_dynamic_array_formula("F1:F3", "=SORT(B2:B4)", None, 1)
    sheet.write_array_formula("G1:G2", "{=B2:B3*2}", None, 2)


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    header = struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(4)))
        + chunk(b"IEND", b"")
    )


def _with_parts(data: bytes) -> bytes:
    source, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            body = source.read(info)
            if info.filename in _INSERTED:
                before, text = _INSERTED[info.filename]
                body = body.replace(before, text.encode() + before)
            target.writestr(info, body)
        for name, body in _ADDED.items():
            target.writestr(zipfile.ZipInfo(name, (2021, 12, 31, 23, 59, 58)), body)
        target.comment = "归档".encode()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def small() -> Builder:
    """Give a builder: sheet XML (and workbook XML parts) by hand → a minimal workbook."""

    def build(sheet_data: str, *, before: str = "", after: str = "", workbook: str = "") -> bytes:
        main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        sheet = f"<worksheet {main}>{before}{sheet_data}{after}</worksheet>"
        return package(
            {
                "xl/worksheets/sheet1.xml": sheet.encode(),
                "xl/workbook.xml": (
                    f'<workbook {main} xmlns:r="{_RELATION}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>'
                    f"{workbook}</workbook>"
                ).encode(),
            }
        )

    return build


@pytest.fixture(scope="session")
def pack() -> Builder:
    """Give a builder: workbook and sheet parts → a minimal package around them."""
    return package


def package(parts: Mapping[str, bytes]) -> bytes:
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    fixed = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in fixed.items():
            archive.writestr(zipfile.ZipInfo(name), text)
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name), body)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def plan_for() -> Planner:
    """Give a planner: ``plan_for(data, {"自评表!D4": "9.5"})``; text for text, Decimal for numbers."""

    def plan(
        data: bytes,
        values: Mapping[str, Decimal | str],
        *,
        cached: tuple[str, ...] = (),
        like: Mapping[str, str] | None = None,
        names: tuple[tuple[str, str | None], ...] = (),
        formulas: Mapping[str, str] | None = None,
        rows: Mapping[int, bool] | None = None,
    ) -> Plan:
        changes = (
            Change(
                _ref(at),
                "",
                new,
                "测试",
                _ref(like[at]) if like and at in like else None,
                at in cached,
                (formulas or {}).get(at),
            )
            for at, new in values.items()
        )
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        hidden = tuple(RowChange("表", row, flag) for row, flag in (rows or {}).items())
        return Plan(tuple(sorted(changes, key=lambda change: change.ref)), digest, names, rows=hidden)

    return plan


def _ref(text: str) -> Ref:
    sheet, _, a1 = text.rpartition("!")
    letters = a1.rstrip("0123456789")
    return Ref(sheet, int(a1[len(letters) :]), column_number(letters))
