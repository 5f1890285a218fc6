"""Y304 上年的项目今年没有。

检查内容：上年文件夹中的每个项目，今年校验的文件夹中是否有它的自评表。
为何重要：没有完成的项目容易悄悄不报；改了名的项目就不能与上年比较。
依据：核对的经验；延续性项目每年都应当自评。
严重程度：提示，因为项目到期、合并或改名都是正常的，而且没有可以填写说明的单元格，由汇总的人判断。每个项目一条，不指向单元格。
反例：上年有“东片区维护”，今年各单位的文件中都没有这个项目。
正例：项目编码相同而名称改了的；名称相同而编码换了的。
不检查：只校验单个文件而不是文件夹时；上年的表没有项目名称和编码的。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

CODE = "Y304"
SEVERITY = Severity.INFO


def check_gone(last: Evaluation) -> Iterator[Finding]:
    """Report a project of last year that has no table this year; it has no cell."""
    project = last.table.project
    unit = project.unit or project.department
    owner = f"{unit}的" if unit else ""
    message = f"{owner}上年项目{quote(project.name or project.code)}今年没有自评表。请核对是到期、合并、改名还是漏报。"
    yield Finding(CODE, SEVERITY, None, message, expected=project.name or project.code)
