"""Every name and label that we leave in a workbook; what bears one of them is ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from zipingbiao.values.regex import regex

VERSION = "0.13.0"
"""Of the program; it rises with every change that an office may notice (CHANGELOG.md)."""
PROGRAM = f"zipingbiao {VERSION}"
"""What made or wrote it; in the properties of new workbooks, on 评分规则 and in JSON."""
TEMPLATE = "zp_template"
"""The workbook name of our own template: form and version."""
OUTPUT = "zp_output"
"""The hidden name by which a later run knows a 汇总表 of ours and leaves it out."""
OUR_OUTPUT = "本软件生成的汇总表"
FRAMES = tuple(
    f"\ufeff{head}".encode()
    for head in (
        "number,year,department,unit,code,project,initial_budget,",
        "file,sheet,place,level1,level2,name,kind,",
        "file,sheet,cell,severity,code,message,",
        "file,member,kind,status,why,tables,",
    )
)
"""How the tables of a merge begin as CSV: projects, indicators, findings, ledger (``zpb merge --frames``)."""
"""Why a workbook named so is left out."""
WRITTEN = "zp_written_"
"""The hidden names, numbered from 1, that remember what we wrote last."""
PRECHECKED = "zp_prechecked_"
"""The hidden names, numbered from 1, in which a bureau's page leaves what it found before a table was sent."""

CODE_LABEL = "数据校验码"
"""On a project sheet; right of it the 8 characters over the values, as in the page footer."""
UNIT_LABEL = "填报单位："
"""In the page footer of a project sheet, before the name of the unit."""

_CODE_IN_FOOTER = regex(f"{CODE_LABEL}[^&<]*")
_UNIT_IN_FOOTER = regex(f"{UNIT_LABEL}[^&<]*")
_NO_CODE = "评分后生成"
_LONGEST_UNIT = 150  # a footer holds 255 signs
_MARKUP = str.maketrans("", "", "&<>")  # a footer takes them for orders


class Footer(NamedTuple):
    """What the page footer of a sheet shall say: 数据校验码 ("" before 评分), and the unit ("" leaves it)."""

    sheet: str
    code: str
    unit: str = ""


def is_template(names: Mapping[str, str]) -> bool:
    """Whether the defined names of a workbook say that it is our own template."""
    return TEMPLATE in names


def footer_with(text: str, footer: Footer) -> str:
    """Return the text of a page footer with code and unit where it speaks of them, nowhere else."""
    said = f"{CODE_LABEL} {footer.code}" if footer.code else f"{CODE_LABEL}{_NO_CODE}"
    unit = footer.unit.translate(_MARKUP)[:_LONGEST_UNIT]
    text = _CODE_IN_FOOTER.sub(lambda _found: said, text)
    return _UNIT_IN_FOOTER.sub(lambda _found: UNIT_LABEL + unit, text) if unit else text
