"""T116 报告正文的表与附件1不一致。

检查内容：自评报告正文“项目绩效情况”下各表的指标，与附件1自评表同名指标的分值、目标值、业绩值、得分是否相同，有没有漏列或多列；正文另有资金表的，预算、到位、执行的金额是否与附件1的相同。
为何重要：正文的表抄自附件1；两处不同，签字盖章的报告就说不清以哪一处为准。
依据：山西自评报告的正文按预算执行、产出、效益、满意度分列四张表，列的就是附件1的指标。
严重程度：错误，因为同一份报告的两处数不同，必有一处要改；只是文字写法不同、漏列多列指标、或资金不同的为警告，因为可能是有意摘要，或正文的资金表只列了一部分。一份报告只报一次，列出各处。
反例：附件1“社会公众满意度”得分8.95，正文表写9.85；附件1全年执行1150万元，正文的资金表写1100万元。
正例：各行顺序不同；正文写“100%”，附件1写“100”；得分只是四舍五入的位数不同。
不检查：工作簿；正文没有表的报告；正文有几张资金表的；正文没有列表的一级指标；空白的单元格；文字里写的数（见 T111、T117）。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import LEVEL_GROUPS, Evaluation, Scored, level_group
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Place, Report, Role

if TYPE_CHECKING:
    from zipingbiao.rules.texts.lines import Compared

CODE = "T116"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report where the tables of the body say something else than 附件1, once per report."""
    report = evaluation.table.report
    if report is None:
        return
    from zipingbiao.rules.texts.lines import Compared, amounts, compare

    money = list(amounts(report.funds, evaluation.table.funds, "", same_file=True))
    rows = [row for row in evaluation.rows if row.indicator.place is not Place.IMPLIED]
    compared = compare(report.body, rows) if report.bodies else Compared((), (), ())
    differences = [each.hit("", same_file=True) for each in compared.differences]
    severities = {difference.severity for difference in compared.differences}
    severity = SEVERITY if SEVERITY in severities else Severity.WARNING
    said = "。请把两处改成一致。"
    hits = [*money, *differences, *_alone(compared, report)]
    yield from together(CODE, severity, hits, said, lead="正文的表与附件1不一致：")


def _alone(compared: Compared, report: Report) -> Iterator[Hit]:
    """Lines that stand in one of the two only."""
    missing = [row for row in compared.missing if _is_due(row, report)]
    if missing:
        names = listed([quote(row.indicator.name) for row in missing])
        groups = {level_group(row.indicator) for row in missing}
        refs = [ref for level, ref in report.bodies.items() if _group(level) in groups]
        refs += [ref for row in missing if (ref := row.indicator.ref(Role.NAME)) is not None]
        yield Hit(f"正文漏列{names}", refs[0], more=tuple(refs[1:]))
    for line in compared.extra:
        yield Hit(f"附件1没有正文所列的{quote(line.name or line.level2)}", line.ref(Role.NAME))


def _is_due(row: Scored, report: Report) -> bool:
    """Whether the body has a table for the level of a line that somebody filled in."""
    group = level_group(row.indicator)
    return not row.indicator.is_unfilled and any(_group(level) == group for level in report.bodies)


def _group(level: str) -> str:
    return next((group for group in LEVEL_GROUPS[:-1] if group in level), "")
