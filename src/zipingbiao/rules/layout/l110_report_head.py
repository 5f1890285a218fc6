"""L110 自评报告没有写明项目名称、单位或年度。

检查内容：Word 自评报告的封面、标题、附件1表头和“绩效自评价结果为”一句里，是否写明项目名称、实施单位（填报单位）、年度。
为何重要：汇总时分不清是哪个单位、哪一年的项目。
依据：各地样表的表头；山西附件1不印表头，这几项只能写在报告里。
严重程度：提示，因为报送文件夹或文件名也可能写明；项目名称也没有的为警告。一份报告只报一次。
反例：报告从“一、项目的基本情况”写起，通篇没有“填报单位：”，标题里也没有年度。
正例：封面写“项目名称：信息化建设经费”“填报单位：档案馆”，标题写“2022年度项目支出绩效自评报告”。
不检查：工作簿；只有一张自评表的文档；表头留有位置而没有填的（由 T115 检查）；叙述文字里提到的年份和单位，因为可能说的是别人。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

CODE = "L110"
SEVERITY = Severity.INFO

_ASKED = {"name": "项目名称", "unit": "填报单位", "year": "年度"}


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report what a report does not say of itself, once."""
    table = evaluation.table
    if table.report is None:
        return
    asked_elsewhere = {gap.field for gap in table.gaps}
    missing = [
        field for field in _ASKED if not getattr(table.project, field) and field not in asked_elsewhere
    ]
    if missing:
        severity = Severity.WARNING if "name" in missing else SEVERITY
        labels = "、".join(f"“{_ASKED[field]}：”" for field in missing)
        message = f"请在报告的封面或附件1上方补写{labels}，汇总时才分得清是谁的、哪一年的项目。"
        yield Finding(CODE, severity, table.anchor, message)
