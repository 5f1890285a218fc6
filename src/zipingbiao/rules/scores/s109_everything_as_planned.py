"""S109 各项都恰好等于目标，或都得满分。

检查内容：除预算执行率外，是否每一项的业绩值都恰好等于目标值；或者包括预算执行率在内每一项都得满分。
为何重要：实际结果很少处处与目标一样；照抄目标值的自评看不出实际完成了多少，抽查时常被要求提供依据。
依据：审核的经验；自评表的“实际完成值”应填实际数。
严重程度：提示，因为全部按计划完成也是可能的。一张表只报一次。
反例：九项指标的业绩值全部与目标值相同；十项指标全部得满分。
正例：目标值95%，业绩值96.5%，其余各项有高有低。
不检查：少于五项指标的表；照抄带符号目标值的单项（见 V106）；目标定得是否恰当。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.reasons import counted, is_below_full
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "S109"
SEVERITY = Severity.INFO

_ENOUGH = 5


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention a table that leaves nothing to explain: the stronger of two statements, once."""
    lines = [row for row in evaluation.rows if not row.indicator.is_execution]
    if len(lines) < _ENOUGH:
        return
    if all(row.completion == 1 for row in lines):
        message = f"除预算执行率外，{len(lines)}项指标的业绩值都恰好等于目标值。请核对是否填写了实际完成数。"
    elif all(counted(row) is not None and not is_below_full(row) for row in evaluation.rows):
        message = f"{len(evaluation.rows)}项指标全部得满分。请核对目标值是否偏低，并备好各项的佐证材料。"
    else:
        return
    refs = [line.indicator.ref(Role.ACTUAL, Role.SCORE) for line in lines]
    yield Finding.about(CODE, SEVERITY, refs, message)
