"""Our own blank document, in the format of 公文 (GB/T 9704-2012 as finance bureaus ask for it).

Made here and not by the library: its default has theme fonts, English as its language, other people's
properties and a picture of another document. Every part is here, so nothing is in it that we did not put there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal

from zipingbiao.report.blocks import Look

FORMAT = "zpb:report:1"
"""Property ``identifier`` of a document of ours: a report, and the version of how it is built."""

LINE_SPACINGS = tuple(map(Decimal, ("28", "28.8", "28.9", "29", "30")))
"""Exact distances of lines in points that bureaus ask for; 28.9 gives the 22 lines of the standard."""
LINE_SPACING = Decimal(30)

TITLE, HEADING, SUBHEADING, TEXT, SONG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
_WEST = "Times New Roman"
# What stands in for a font that the computer lacks; none of these three is part of Windows.
_ALTERNATIVES = {TITLE: SONG, SUBHEADING: "楷体", TEXT: "仿宋", HEADING: "SimHei", SONG: "SimSun"}

# Page of A4 upright, in twips: margins 37, 35, 28, 26 mm. Across: 28, 26, 25, 25 mm.
PORTRAIT = {"w": 11906, "h": 16838, "top": 2098, "bottom": 1984, "left": 1587, "right": 1474, "footer": 1474}
LANDSCAPE = {"w": 16838, "h": 11906, "top": 1587, "bottom": 1474, "left": 1417, "right": 1417, "footer": 794}
SLIP = {**PORTRAIT, **dict.fromkeys(("top", "bottom", "left", "right"), 1134), "footer": 567}
"""What is signed and stays in the house: margins of 20 mm, so that it is one page."""
MARGINS = ("top", "right", "bottom", "left", "footer")

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE = (1980, 1, 1, 0, 0, 0)
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'  # other programs know only the second


def blank(
    line_spacing: Decimal = LINE_SPACING, *, bold_title: bool = False, page: Mapping[str, int] = PORTRAIT
) -> bytes:
    """Return a document without text: page, styles, fonts, page number.

    Args:
        line_spacing: of text and headings, in points, exact.
        bold_title: whether the title is bold; places differ.
        page: its size and margins in twips.
    """
    parts = _parts(line_spacing, page, bold_title=bold_title)
    return packed({name: part.encode() for name, part in parts.items()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as one file; the same bytes for the same parts, whenever it is made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def unpacked(document: bytes) -> dict[str, bytes]:
    """Return the parts of a document by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _parts(line_spacing: Decimal, page: Mapping[str, int], *, bold_title: bool) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{_R}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(),
        "word/document.xml": f'{_XML}<w:document {_W} xmlns:r="{_R}"><w:body>{_section(page)}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(
            *((f"{_R}/{kind}", f"{kind}.xml") for kind in ("styles", "settings", "fontTable", "footer"))
        ),
        "word/styles.xml": _styles(round(line_spacing * 20), bold_title=bold_title),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/footer.xml": _footer(),
    }


def _content_types() -> str:
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    kinds = {
        "/word/document.xml": f"{_TYPES}.document.main+xml",
        "/docProps/core.xml": core,
        **{
            f"/word/{kind}.xml": f"{_TYPES}.{kind}+xml"
            for kind in ("styles", "settings", "fontTable", "footer")
        },
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
    return f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(*relations: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _core() -> str:
    names = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    said = f"<dc:title>绩效自评报告</dc:title><dc:language>zh-CN</dc:language><dc:identifier>{FORMAT}</dc:identifier>"
    return f"{_XML}<cp:coreProperties {names}>{said}</cp:coreProperties>"


def _section(page: Mapping[str, int]) -> str:
    sides = " ".join(f'w:{side}="{page[side]}"' for side in MARGINS)
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{page["w"]}" w:h="{page["h"]}"/><w:pgMar {sides} w:header="851" w:gutter="0"/></w:sectPr>'
    )


def _styles(line: int, *, bold_title: bool) -> str:
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
    default = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(TEXT, 32)}"
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )
    single = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    headings = zip((Look.HEADING_1, Look.HEADING_2, Look.HEADING_3), (HEADING, SUBHEADING, TEXT), strict=True)
    defaults = (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{exact}<w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="28" w:type="dxa"/><w:right w:w="28" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    styles = [
        _style(
            "Title",
            "Title",
            f'<w:keepNext/>{_spread(exact)}<w:jc w:val="center"/>',
            _font(TITLE, 44, bold=bold_title),
        ),
        *(
            _style(
                f"Heading{level}",
                f"heading {level}",
                f'<w:keepNext/>{exact}{_INDENT}<w:outlineLvl w:val="{level - 1}"/>',
                _font(font, 32, bold=look is Look.HEADING_2),
            )
            for level, (look, font) in enumerate(headings, 1)
        ),
        _style("BodyText1", Look.BODY, f"{exact}{_INDENT}", _font(TEXT, 32)),
        _style("TableText1", Look.CELL, f'{single}<w:jc w:val="center"/>', _font(TEXT, 21)),
        _style("Footer", "footer", f'{single}<w:jc w:val="center"/>', _font(SONG, 28)),
    ]
    return f"{_XML}<w:styles {_W}>{default}{defaults}{''.join(styles)}</w:styles>"


def _spread(spacing: str) -> str:
    """Exact lines as the text has, with a line before and after: the title is larger than they are."""
    return spacing.replace('w:before="0" w:after="0"', 'w:before="312" w:after="312"').replace(
        '"exact"', '"atLeast"'
    )


def _style(identity: str, name: str, paragraph: str, font: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{font}</w:rPr></w:style>"
    )


def _font(east: str, half_points: int, *, bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    return (
        f'<w:rFonts w:ascii="{_WEST}" w:hAnsi="{_WEST}" w:eastAsia="{east}" w:cs="{_WEST}"/>{weight}'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def _settings() -> str:
    compatible = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat>'
    )
    return (
        f'{_XML}<w:settings {_W}><w:zoom w:percent="100"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        f"{compatible}</w:settings>"
    )


def _fonts() -> str:
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in _ALTERNATIVES.items()
    )
    return f"{_XML}<w:fonts {_W}>{listed}</w:fonts>"


def _footer() -> str:
    """``— 1 —``; the number is a field."""
    field = "".join(
        f"<w:r>{inside}</w:r>"
        for inside in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    dash, behind = ('<w:r><w:t xml:space="preserve">' + text + "</w:t></w:r>" for text in ("— ", " —"))
    return (
        f'{_XML}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{dash}{field}{behind}</w:p></w:ftr>'
    )
