"""What units send, in its smallest form: one table as workbook or document, scans, photographs, archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from docx import Document

PDF = b"%PDF-1.4\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF\0"
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0"
EXE = b"MZ\x90\0\x03\0\0\0"
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")


def rows(
    name: str = "校舍维修改造",
    *,
    department: str = "教育局",
    code: str = "",
    executed: str = "90",
    top: str = "",
    unit: str | None = None,
    year: str = "2025",
    budget: str = "100",
    title: str = "项目支出绩效自评表",
) -> list[list[str]]:
    """A filled 自评表 as the cells of its rows, with *top* in a row of its own above everything."""
    lines = [[top], [title]] if top else [[title]]
    return [
        *lines,
        [f"（{year}年度）"],
        ["项目名称", name, "项目编码", code],
        ["主管部门", department, "实施单位", department if unit is None else unit],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", budget, budget, executed, "10", f"{executed}.00%", f"{int(executed) / 10:g}"],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        ["产出指标", "数量指标", "完成数量", "≥8个", "8个", "50", "50", ""],
        ["效益指标", "社会效益指标", "受益群众满意率", "≥90%", "95%", "30", "30", ""],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "95%", "10", "10", ""],
    ]


def workbook(table: list[list[str]], *others: list[list[str]], head: str = "", below: bool = False) -> bytes:
    """A workbook with a sheet per table; *head* is printed above the last one, or *below*, beside the number of the page."""
    book = openpyxl.Workbook()
    for number, cells in enumerate((table, *others)):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        for row in cells:
            sheet.append(row)
    printed = book.worksheets[-1].oddFooter if below else book.worksheets[-1].oddHeader
    if head and printed is not None:
        printed.left.text, printed.left.font, printed.left.size = head, "黑体,常规", 14
        printed.right.text = "第&P页"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def document(table: list[list[str]], *before: str) -> bytes:
    """A Word document with paragraphs and a table of the same cells; no table where there are no rows."""
    made = Document()
    for text in before:
        made.add_paragraph(text)
    if table:
        width = max(map(len, table))
        grid = made.add_table(len(table), width)
        for cells, line in zip(grid.rows, table, strict=True):
            for cell, text in zip(cells.cells, line, strict=False):
                cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def headed(data: bytes, text: str, *, first: bool = False, below: bool = False) -> bytes:
    """A Word document with a text above its pages, above the *first* one alone, or *below* them."""
    made = Document(io.BytesIO(data))
    section = made.sections[0]
    section.different_first_page_header_footer = first
    place = section.footer if below else section.first_page_header if first else section.header
    place.paragraphs[0].text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


class _Gbk(zipfile.ZipInfo):
    """A name as Chinese programs write it: in GBK, without the mark of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 the library's name
        return self.filename.encode("gb18030"), self.flag_bits


def packed(files: Mapping[str, bytes], *, gbk: bool = False) -> bytes:
    """A zip of these files; with *gbk* their names are in GBK."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = (_Gbk if gbk else zipfile.ZipInfo)(name)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files below a folder, by their path there."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
