"""Workbooks written part by part, so that a test can put any fault into any place."""

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LABELS = ("指标名称", "分值")
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2"><v>12.5</v></c></row>'
)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


TABLE = (
    ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "偏差原因"),
    ("产出指标", "数量指标", "培训人次", "50", "≥200人次", "190人次"),
    ("效益指标", "社会效益指标", "服务水平", "40", "提高", "提高"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "10", "≥95%", "96%"),
)


def table() -> str:
    """The rows of a small 自评表 without scores: 47.5 of 50 points, the others in full."""
    return "".join(
        f'<row r="{row}">{"".join(_typed(f"{letter}{row}", text) for letter, text in zip("ABCDEFGH", texts, strict=False))}</row>'
        for row, texts in enumerate(TABLE, 1)
    )


def _typed(place: str, text: str) -> str:
    if text.isdecimal():
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str = ROWS, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(*items: str) -> str:
    listed = "".join(item if item.startswith("<si>") else f"<si><t>{item}</t></si>" for item in items)
    return f'<sst xmlns="{MAIN}">{listed}</sst>'


def styles(*codes: str) -> str:
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs>{used}</cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="0%"/></dxf></dxfs></styleSheet>'
    )


def parts(rows: str = ROWS, shared: tuple[str, ...] = LABELS, **replaced: str | None) -> dict[str, str]:
    """The parts of a small workbook; a keyword replaces one, None leaves it out."""
    made: dict[str, str | None] = {
        "types": CONTENT_TYPES,
        "root": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "workbook": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
        '<sheet name="自评表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{REL}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "styles": styles("General", "yyyy-mm-dd", "0.00%"),
        "strings": strings(*shared),
        "sheet": sheet(rows),
        **replaced,
    }
    names = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "workbook": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    return {names[key]: HEAD + text for key, text in made.items() if text is not None}


def zipped(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(rows: str = ROWS, shared: tuple[str, ...] = LABELS, **replaced: str | None) -> bytes:
    return zipped(parts(rows, shared, **replaced))
