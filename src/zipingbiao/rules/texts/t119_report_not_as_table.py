"""T119 自评报告与自评表不一致。

检查内容：一起交来的自评报告（Word）与同一项目的自评表（Excel），总分、资金总额、各指标的分值、目标值、业绩值、得分是否相同，有没有漏列或多列的指标。
为何重要：报告和表一起签字报送；改了一份没有改另一份，就有两个总分、两个执行数。
依据：自评报告的附件1就是该项目的自评表，各地要求报告与附表一致。
严重程度：错误，因为两份材料的数不同，必有一份要改；只是文字写法不同、或漏列多列指标的为警告。一个项目只报一次，列出各处和两份材料中的位置。
反例：自评表“社会公众满意度”得分8.95，报告附件1写9.85，总分因此也不同。
正例：指标和资金各行顺序不同；自评表有单位栏而报告把单位写在数后；得分只是四舍五入的位数不同。
不检查：只交了一份的项目；报告正文与附件1之间（见 T116）、文字与表之间（见 T111、T117）；名称或年度不同的项目；空白的单元格。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.rules.texts.lines import amounts, compare
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import plain, same_points

CODE = "T119"
SEVERITY = Severity.ERROR


def check_report(report: Evaluation, table: Evaluation, source: str) -> Iterator[Finding]:
    """Report where the table in a report differs from that of a workbook, once per project.

    Args:
        report: the evaluation in the report; the finding is about its places.
        table: that of the same project in the workbook.
        source: the file of *table*, for messages.
    """
    lines = [row.indicator for row in report.rows if row.indicator.place is not Place.IMPLIED]
    rows = [row for row in table.rows if row.indicator.place is not Place.IMPLIED]
    compared = compare(lines, rows)
    figures = [*_total(report, table), *amounts(report.table.funds, table.table.funds, "表中")]
    alone = [
        Hit(f"报告没有表中的{quote(row.indicator.name)}", report.table.anchor)
        for row in compared.missing
        if not row.indicator.is_unfilled
    ]
    alone += [Hit(f"表中没有报告的{quote(line.name)}", line.ref(Role.NAME)) for line in compared.extra]
    hits = [*figures, *(each.hit("表中") for each in compared.differences), *alone]
    graver = figures or any(each.severity is SEVERITY for each in compared.differences)
    severity = SEVERITY if graver else Severity.WARNING
    said = "。请核对哪一份正确，改正另一份。"
    yield from together(CODE, severity, hits, said, lead=f"报告与{source}不一致：")


def _total(report: Evaluation, table: Evaluation) -> Iterator[Hit]:
    here, there = report.adopted_total, table.adopted_total
    if here is None or there is None or same_points(here, there):
        return
    cell = report.table.total_score
    ref = cell.ref if cell is not None else report.table.headings.get(Role.SCORE)
    yield Hit(f"总分{plain(here)}（表中为{plain(there)}）", ref, plain(here), plain(there))
