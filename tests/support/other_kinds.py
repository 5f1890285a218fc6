"""The sheets of a workbook written as the other kinds of files that offices hand in, each in its smallest form.

Only what a reader of ours must understand is written; real files of real programs are tried beside these.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Visibility
from zipingbiao.values.number import HUNDRED, plain

_DAY_0 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
CODES = {CellClass.PERCENT: "0.00%", CellClass.DATE: "yyyy-mm-dd", CellClass.CURRENCY: '"¥"#,##0.00'}
"""The number format by which these files tell a class."""


def serial(value: object) -> Decimal:
    """The number that a binary file holds for a value."""
    if isinstance(value, dt.datetime):
        return Decimal((value - _DAY_0).days)
    assert isinstance(value, Decimal)
    return value


def written(cell: Cell) -> str:
    """What a person sees who saves the sheet as text."""
    if isinstance(cell.value, dt.datetime):
        return f"{cell.value:%Y-%m-%d}"
    if isinstance(cell.value, Decimal):
        is_percent = cell.kind is CellClass.PERCENT
        return f"{plain(cell.value * HUNDRED)}%" if is_percent else plain(cell.value)
    return str(cell.value)


def stacked(grids: Sequence[Grid], sheet: str = "表1") -> Grid:
    """All sheets below each other on one, as a file with room for one sheet only holds them."""
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Area] = []
    down = 0
    for grid in grids:
        cells |= {(row + down, column): cell for (row, column), cell in grid.cells.items()}
        merges += [Area(a.top + down, a.left, a.bottom + down, a.right) for a in grid.merges]
        down += max(list(grid.rows) + [area.bottom for area in grid.merges]) + 1
    return Grid(sheet, cells, tuple(merges))


def _rows(grid: Grid) -> Iterator[tuple[int, list[int]]]:
    last = max(list(grid.rows) + [area.bottom for area in grid.merges])
    for row in range(1, last + 1):
        yield row, sorted({*grid.rows.get(row, ())})


# ------------------------------------------------------------------ texts


def delimited(grid: Grid, separator: str = ",") -> str:
    """A table of text; what is merged stands in its first cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    width = max(column for _, column in grid.cells)
    for row, _ in _rows(grid):
        found = (grid.at(row, column) for column in range(1, width + 1))
        writer.writerow(["" if cell is None else written(cell) for cell in found])
    return out.getvalue()


def web_page(grid: Grid, charset: str = "gb2312") -> str:
    """A page as Excel saves it: a class per format, ``x:num`` for a number, spans for what is merged."""
    classes = "".join(
        f'.xl{number} {{mso-number-format:"{_css(code)}";}}\n'
        for number, code in enumerate(CODES.values(), 65)
    )
    lines = []
    width = max([column for _, column in grid.cells] + [area.right for area in grid.merges])
    for row, _ in _rows(grid):
        cells = (_web_cell(grid, row, column) for column in range(1, width + 1))
        lines.append(f"<tr height=20>{''.join(cells)}</tr>")
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}"><style>\n<!--table\n{classes}-->\n</style>'
        f"</head><body link=blue><!--[if gte mso 9]><xml><td>不是单元格</td></xml><![endif]--><table border=0>{''.join(lines)}"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=9></td></tr><![endif]></table></body></html>"
    )


def _css(code: str) -> str:
    return "".join(
        f"\\{ord(sign):04x}" if sign == '"' else sign if sign.isalnum() else f"\\{sign}" for sign in code
    )


def _web_cell(grid: Grid, row: int, column: int) -> str:
    area = grid.merge_at(row, column)
    if area is not None and (area.top, area.left) != (row, column):
        return ""
    spans = (
        ""
        if area is None
        else f" colspan={area.right - area.left + 1} rowspan='{area.bottom - area.top + 1}'"
    )
    cell = grid.at(row, column)
    if cell is None:
        return f"<td{spans}>&nbsp;</td>"
    shown = f" class=xl{65 + list(CODES).index(cell.kind)}" if cell.kind in CODES else ""
    text = escape(written(cell)).replace("\n", "<br>\n  ")
    stored = f' x:num="{serial(cell.value)}"' if not isinstance(cell.value, str) else ""
    return f"<td{spans}{shown}{stored}>{text}</td>"


def spreadsheet_2003(grids: Sequence[Grid], *, head: str = "") -> str:
    """An XML Spreadsheet 2003; *head* is printed above its pages."""
    printed = f'<PageSetup><Header x:Data="{escape(head)}"/></PageSetup>' if head else ""
    styles = "".join(
        f'<Style ss:ID="s{number}"><NumberFormat ss:Format="{escape(code)}"/></Style>'
        for number, code in enumerate(CODES.values())
    )
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(grid.sheet)}"><Table>{"".join(_row_2003(grid, row) for row in grid.rows)}</Table>'
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel" xmlns:x="urn:schemas-microsoft-com:office:excel">{printed}<Visible>{_STATE[grid.visibility]}</Visible>'
        "</WorksheetOptions></Worksheet>"
        for grid in grids
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles><Style ss:ID="Default" ss:Name="Normal"/>{styles}</Styles>{sheets}</Workbook>'
    )


_STATE = {
    Visibility.VISIBLE: "SheetVisible",
    Visibility.HIDDEN: "SheetHidden",
    Visibility.VERY_HIDDEN: "SheetVeryHidden",
}


def _row_2003(grid: Grid, row: int) -> str:
    cells = []
    for column in grid.rows[row]:
        cell, area = grid.cells[row, column], grid.merge_at(row, column)
        merged = ""
        if area is not None:
            merged = f' ss:MergeAcross="{area.right - area.left}" ss:MergeDown="{area.bottom - area.top}"'
        style = f' ss:StyleID="s{list(CODES).index(cell.kind)}"' if cell.kind in CODES else ""
        kind, text = "Number", str(cell.value)
        if isinstance(cell.value, dt.datetime):
            kind, text = "DateTime", f"{cell.value:%Y-%m-%dT%H:%M:%S.000}"
        elif isinstance(cell.value, str):
            kind, text = "String", escape(text).replace("\n", "&#10;")
        cells.append(f'<Cell ss:Index="{column}"{merged}{style}><Data ss:Type="{kind}">{text}</Data></Cell>')
    return f'<Row ss:Index="{row}">{"".join(cells)}</Row>'


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_SPACES = "".join(f' xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "style", "table", "text"))


def ods_with_head(grid: Grid, head: str, place: str = "header") -> bytes:
    """An .ods of texts with *head* in the middle above its pages, or at another *place*: footer, header-first …"""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell.value))}</text:p></table:table-cell>'
            if (cell := grid.at(row, column)) is not None
            else "<table:table-cell/>"
            for column in range(1, max(grid.rows[row]) + 1)
        )
        + "</table:table-row>"
        for row in grid.rows
    )
    printed = f"<style:{place}><style:region-center><text:p>{escape(head)}</text:p></style:region-center></style:{place}>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content{_ODS_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{escape(grid.sheet)}">{lines}</table:table></office:spreadsheet></office:body></office:document-content>',
        "styles.xml": f"<office:document-styles{_ODS_SPACES}><office:master-styles><style:master-page>{printed}"
        "</style:master-page></office:master-styles></office:document-styles>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# ------------------------------------------------------------------ binary parts of .xlsb


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary part."""
    kinds = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, sizes = len(data), b""
    while True:
        length, low = length >> 7, length & 0x7F
        sizes += bytes([low | (0x80 if length else 0)])
        if not length:
            return kinds + sizes + data


def number32(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, "little") for value in values)


def wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return number32(len(raw) // 2) + raw


_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _related(*targets: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def binary_workbook(
    grids: Sequence[Grid],
    *,
    date1904: bool = False,
    name: tuple[str, str] | None = None,
    heads: tuple[str, str] | None = None,
) -> bytes:
    """An .xlsb; texts are shared, whole numbers in 30 bits, the others floats; *heads* stand above and below pages."""
    shared: dict[str, int] = {}
    parts = {
        f"xl/worksheets/sheet{number}.bin": _sheet_bin(grid, shared, heads)
        for number, grid in enumerate(grids, 1)
    }
    listed = b"".join(
        record(
            156,
            number32(list(Visibility).index(grid.visibility), number) + wide(f"r{number}") + wide(grid.sheet),
        )
        for number, grid in enumerate(grids, 1)
    )
    defined = b""
    if name is not None:
        said = bytes([0x17]) + len(name[1]).to_bytes(2, "little") + name[1].encode("utf-16-le")
        defined = record(
            39, bytes(5) + b"\xff" * 4 + wide(name[0]) + number32(len(said)) + said + number32(0)
        )
    formats = b"".join(
        record(44, (164 + number).to_bytes(2, "little") + wide(code))
        for number, code in enumerate(CODES.values())
    )
    styles = [0, *(164 + number for number in range(len(CODES)))]
    xfs = b"".join(record(47, bytes(2) + style.to_bytes(2, "little") + bytes(12)) for style in styles)
    strings = b"".join(record(19, b"\0" + wide(text)) for text in shared)
    parts |= {
        "xl/workbook.bin": record(131) + record(153, number32(int(date1904), 0) + number32(0))
        + record(143) + listed + record(144) + defined + record(132),
        "xl/styles.bin": record(278) + record(615, number32(len(CODES))) + formats + record(616)
        + record(626, number32(1)) + record(47, bytes(16)) + record(627)
        + record(617, number32(len(styles))) + xfs + record(618) + record(279),
        "xl/sharedStrings.bin": record(159, number32(len(shared), len(shared))) + strings + record(160),
    }  # fmt: skip
    rels = [
        (f"r{number}", "worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(grids) + 1)
    ]
    rels += [("s", "styles", "styles.bin"), ("t", "sharedStrings", "sharedStrings.bin")]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", _related(("r", "officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/_rels/workbook.bin.rels", _related(*rels))
        for part, data in parts.items():
            archive.writestr(part, data)
    return buffer.getvalue()


def _content_types(parts: Iterable[str]) -> str:
    kinds = {
        "workbook": "sheet.binary.macroEnabled.main",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.ms-excel.{kinds.get(part[3:-4], "worksheet")}"/>'
        for part in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{listed}</Types>'
    )


def _sheet_bin(grid: Grid, shared: dict[str, int], heads: tuple[str, str] | None) -> bytes:
    printed = b""
    if heads is not None:
        printed = record(479, bytes(2) + b"".join(map(wide, heads)) + b"\xff" * 16) + record(480)
    rows = b"".join(
        record(
            0, number32(row - 1, 0) + bytes(3) + (b"\x10" if row in grid.hidden_rows else b"\0") + bytes(5)
        )
        + b"".join(_cell_bin(column, grid.cells[row, column], shared) for column in grid.rows[row])
        for row in grid.rows
    )
    columns = b"".join(
        record(60, number32(column - 1, column - 1, 2304, 0) + b"\1\0")
        for column in sorted(grid.hidden_columns)
    )
    merges = b"".join(
        record(176, number32(area.top - 1, area.bottom - 1, area.left - 1, area.right - 1))
        for area in grid.merges
    )
    size = (
        max((row for row, _ in grid.cells), default=1),
        max((column for _, column in grid.cells), default=1),
    )
    return (
        record(129) + record(148, number32(0, size[0] - 1, 0, size[1] - 1)) + record(390) + columns + record(391)
        + record(145) + rows + record(146) + record(177, number32(len(grid.merges))) + merges + record(178) + printed + record(130)
    )  # fmt: skip


def _cell_bin(column: int, cell: Cell, shared: dict[str, int]) -> bytes:
    import struct

    style = 1 + list(CODES).index(cell.kind) if cell.kind in CODES else 0
    head = number32(column - 1, style)
    if cell.kind is CellClass.ERROR:
        return record(11 if cell.formula is not None else 3, head + b"\x07" + bytes(9))
    if isinstance(cell.value, bool):
        return record(4, head + bytes([cell.value]))
    if isinstance(cell.value, str):
        if cell.formula is not None:
            return record(8, head + wide(cell.value) + bytes(8))
        return record(7, head + number32(shared.setdefault(cell.value, len(shared))))
    value = serial(cell.value)
    if cell.formula is not None:
        return record(9, head + struct.pack("<d", float(value)) + bytes(8))
    if value == value.to_integral_value() and abs(value) < 2**28:
        return record(2, head + ((int(value) << 2 | 2) & 0xFFFFFFFF).to_bytes(4, "little"))
    return record(5, head + struct.pack("<d", float(value)))
