"""V115 指标未填写。

检查内容：写了指标名称的行，分值、目标值、业绩值和得分是否一项都没有填；是否整张表都没有填。
为何重要：列出的指标都要评；空着的行不能当作没有，否则其余各行加起来的只是一部分，总分和等级就错了。
依据：总分为全部指标得分之和，各地样表都如此；样表里没有写名称的行（“指标2：”“……”）才是备用的空行。
严重程度：错误，因为缺了它总分就是未完成。一张表只报一次，列出各行；指标、资金、总分都没有填的表只说未填写，不再逐项检查，汇总时也不算一个项目。
反例：三级指标写了“培训人数”，后面都空着；只填了偏差原因或计量单位；从前由本软件写入得分，后来内容删去了。
正例：填了分值、目标值和业绩值；不用的行整行删除，或各栏填“/”。
不检查：没有写名称的行；填了一部分的行（见 V104、W106）；“其中”等不计分的行；资金表能算出的预算执行率（见 W103）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.book.cells import Ref
from zipingbiao.rules.shared.say import list_lines
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "V115"
SEVERITY = Severity.ERROR

_COLUMNS = {Role.WEIGHT: "分值", Role.TARGET: "目标值", Role.ACTUAL: "业绩值"}


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report named rows that nobody filled in, once per table."""
    rows = [row for row in evaluation.rows if Note.UNFILLED in row.notes]
    if evaluation.table.is_blank:
        yield _blank(evaluation, rows)
        return
    if not rows:
        return
    first = rows[0].indicator
    columns = "、".join(name for role, name in _COLUMNS.items() if role in first.entries)
    message = f"请填写{list_lines(rows)}的{columns}，不用的行请删除；有指标未填写，总分和等级不能计算。"
    yield Finding.about(CODE, SEVERITY, _cells(rows), message, None, columns)


def _blank(evaluation: Evaluation, rows: Sequence[Scored]) -> Finding:
    """The one finding of a form in which nothing is filled; it may print no name either."""
    headings = evaluation.table.headings
    first = (headings[role] for role in (*_COLUMNS, Role.NAME) if role in headings)
    cells = _cells(rows) or [next(first, evaluation.table.anchor)]
    message = "请填写这张表后再报送，不用报的请取出：指标、资金和总分都还是空的。"
    return Finding.about(CODE, SEVERITY, cells, message)


def _cells(rows: Sequence[Scored]) -> list[Ref]:
    cells = (row.indicator.ref(*_COLUMNS, Role.NAME) for row in rows)
    return [cell for cell in cells if cell is not None]
