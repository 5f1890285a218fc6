"""Every name and label that we leave in a workbook; what bears one of them is ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

VERSION = "0.4.0"
"""Of the program; it rises with every change that an office may notice (CHANGELOG.md)."""
PROGRAM = f"zipingbiao {VERSION}"
"""What made or wrote it; in the properties of new workbooks, on 评分规则 and in JSON."""
TEMPLATE = "zp_template"
"""The workbook name of our own template: form and version."""
OUTPUT = "zp_output"
"""The hidden name by which a later run knows a 汇总表 of ours and leaves it out."""
OUR_OUTPUT = "本软件生成的汇总表"
"""Why a workbook named so is left out."""
WRITTEN = "zp_written_"
"""The hidden names, numbered from 1, that remember what we wrote last."""

CODE_LABEL = "数据校验码"
"""In the foot of a project sheet; right of it the 8 characters over the values, as in the page footer."""

_CODE_IN_FOOTER = re.compile(f"{CODE_LABEL}[^&<]*")


def is_template(names: Mapping[str, str]) -> bool:
    """Whether the defined names of a workbook say that it is our own template."""
    return TEMPLATE in names


def footer_with(text: str, code: str) -> str:
    """Return the text of a page footer with *code* where it speaks of 数据校验码; "" points to the table."""
    said = f"{CODE_LABEL} {code}" if code else f"{CODE_LABEL}见表尾"
    return _CODE_IN_FOOTER.sub(lambda _found: said, text)
