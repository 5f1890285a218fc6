"""F112 项目当年没有预算，或没有支出。

检查内容：全年预算填0而没有支出；或有预算而全年执行填0。
为何重要：资金全部收回、项目没有实施是一种情况，不是填报错误，但要写明，汇总时也要单独看。
依据：资金表的口径：全年预算为调整后的预算，收回的资金已经减去。
严重程度：提示，因为没有实施是一种状态，不是填报错误。一张表只报一次。
反例：年初预算20，全年预算0，全年执行0；全年预算20，全年执行0。
正例：全年预算20，全年执行12。
不检查：全年预算或全年执行空白（见 V104）；有支出而没有预算（见 V104）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.money import money
from zipingbiao.rules.shared.say import shown
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Funds

CODE = "F112"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention a project without budget or without spending: a status, no error."""
    funds = evaluation.table.funds
    if funds is None:
        return
    budget, executed = funds.amount(AmountKind.FULL_YEAR), funds.amount(AmountKind.EXECUTED)
    if is_withdrawn(funds):
        initial = funds.amount(AmountKind.INITIAL)
        before = f"，年初预算{money(funds, initial)}" if initial else ""
        entry, what = funds.entry(AmountKind.FULL_YEAR), f"全年预算为0{before}，没有支出"
    elif budget and budget > 0 and executed == 0:
        entry = funds.entry(AmountKind.EXECUTED)
        what = f"全年预算{money(funds, budget)}，全年执行为0"
    else:
        return
    message = (
        f"{what}。项目没有实施或资金已经收回的，请在偏差原因中写明，已经写明的不必改{_by_hand(evaluation)}。"
    )
    found = shown(entry) if entry is not None else None
    others = (funds.entry(kind) for kind in (AmountKind.FULL_YEAR, AmountKind.EXECUTED))
    refs = [entry.ref if entry is not None else funds.anchor, *(other.ref for other in others if other)]
    yield Finding.about(CODE, SEVERITY, refs, message, found)


def _by_hand(evaluation: Evaluation) -> str:
    """What to do about a score that no rule gives, where nobody has typed one."""
    row = evaluation.execution
    if row is None or row.adopted is not None:
        return ""
    return "；预算执行率算不出，得分请按当地规定填写"


def is_withdrawn(funds: Funds) -> bool:
    """Tell whether the budget of the year was typed as 0 and nothing was spent."""
    return funds.amount(AmountKind.FULL_YEAR) == 0 and not funds.amount(AmountKind.EXECUTED)
