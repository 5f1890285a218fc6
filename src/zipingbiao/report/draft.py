"""Sentences that a report may start from, made of figures alone: no cause, no praise, nothing that nobody measured.

Each ends in :data:`TO_CHECK`; whoever signs replaces it by what he knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.scoring.evaluation import Evaluation, Scored, level_group
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role
from zipingbiao.values.number import percent, plain

TO_CHECK = "（待核实）"
_MOST_NAMED = 10

_GROUPS = {
    "产出情况及分析": ("产出", ("产出", "成本")),
    "效益情况及分析": ("效益", ("效益",)),
    "满意度情况及分析": ("满意度", ("满意度",)),
}
_MONEY = ("项目实施和预算执行情况及分析", "资金预算和执行情况")


def sentences(evaluation: Evaluation, section: str) -> tuple[str, ...]:
    """Return what the figures of a table say under a section; nothing for a section of other matters."""
    said: Iterator[str] = iter(())
    if section in _MONEY:
        said = _money(evaluation)
    elif section in _GROUPS:
        word, groups = _GROUPS[section]
        said = _reached(word, [row for row in evaluation.rows if level_group(row.indicator) in groups])
    return tuple(f"{sentence}。{TO_CHECK}" for sentence in said)


def _money(evaluation: Evaluation) -> Iterator[str]:
    funds = evaluation.table.funds
    if funds is None:
        return
    parts = [
        f"{label}{plain(amount)}万元"
        for kind, label in (
            (AmountKind.INITIAL, "年初预算"),
            (AmountKind.FULL_YEAR, "全年预算"),
            (AmountKind.RECEIVED, "实际到位"),
            (AmountKind.EXECUTED, "全年执行"),
        )
        if (amount := funds.amount(kind)) is not None
    ]
    if evaluation.execution_rate is not None:
        parts.append(f"预算执行率{percent(evaluation.execution_rate)}")
    if parts:
        yield f"本项目{'，'.join(parts)}"
    budget, executed = funds.amount(AmountKind.FULL_YEAR), funds.amount(AmountKind.EXECUTED)
    if budget is not None and executed is not None and executed < budget:
        yield f"全年预算尚有{plain(budget - executed)}万元没有支出"


def _reached(word: str, rows: Sequence[Scored]) -> Iterator[str]:
    known = [row for row in rows if row.met is not None]
    if not rows:
        return
    below = [row for row in known if row.met is False]
    if known:
        rest = f"，未达到{len(below)}项" if below else ""
        yield f"{word}指标共{len(rows)}项，达到目标值的{len(known) - len(below)}项{rest}"
    for row in below[:_MOST_NAMED]:
        yield _missed(row)
    if len(below) > _MOST_NAMED:
        yield f"其余{len(below) - _MOST_NAMED}项未达到目标值的指标见附件1"
    unclear = [row.indicator.name for row in rows if row.met is None]
    if unclear:
        yield f"{'、'.join(unclear[:_MOST_NAMED])}{'等' if len(unclear) > _MOST_NAMED else ''}没有可以直接比较的数值，完成情况请补写"


def _missed(row: Scored) -> str:
    target, actual = row.indicator.text(Role.TARGET), row.indicator.text(Role.ACTUAL)
    rate = f"，完成率{row.completion_text}" if row.completion_text and row.completion_text != actual else ""
    return f"{row.indicator.name}目标值为{target}，实际完成{actual}{rate}"
