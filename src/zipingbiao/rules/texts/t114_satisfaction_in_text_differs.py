"""T114 文字中的满意度与表中不符。

检查内容：文字里写明的满意度（如“满意度达到95%以上”），是否与表中某个满意度指标的业绩值相合。
为何重要：同一次调查只有一个结果，正文与附表不同，说明其中一处没有依据。
依据：报告的满意度情况及分析应与附表的业绩值一致。
严重程度：提示，因为文字里的满意度可能是另一次调查的结果，由填报人核对。一张表只报一次。
反例：文字“服务对象满意度达到95%以上”，表中满意度85%。
正例：文字“满意度达到95%以上”，表中95%或98%；文字“满意度95.2%”，表中95%。
不检查：目标、计划和措施中的满意度；文字里有一处与表中相合的；表中的满意度不是百分比的；没有满意度指标的表。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.rules.texts.said import told
from zipingbiao.rules.words import NOT_A_RESULT
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import percent, plain
from zipingbiao.values.regex import regex
from zipingbiao.values.typed import Quantity

CODE = "T114"
SEVERITY = Severity.INFO

_CLAIM = regex(
    r"(?P<before>[^,。;]{0,16}?)满意度?(?:率)?(?:调查)?(?:结果)?(?:均|都|已)?(?:达到?了?|为|是|在|:)?\s*(?P<least>≥|>=|不低于|超过)?\s*"
    r"(?P<rate>\d{1,3}(?:\.\d+)?)%\s*(?P<more>\(?含?\)?(?:及|或)?以上)?"
)
_NEAR = Decimal("0.01")  # people round to a percentage point


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report a satisfaction in the texts that no line of the table has, once per table."""
    rates = _rates(evaluation)
    if not rates:
        return
    claims = [
        (text.entry, found)
        for text in told(evaluation)
        if "满意" in text.spelt
        for found in _CLAIM.finditer(text.spelt)
        if not NOT_A_RESULT.search(found["before"])
    ]
    if not claims or any(_fits(found, rate) for _, found in claims for rate in rates):
        return
    entry, found = claims[0]
    said = f"{plain(Decimal(found['rate']))}%{'以上' if _is_least(found) else ''}"
    shown = listed([percent(rate) for rate in dict.fromkeys(rates)])
    message = f"文字里的满意度是{quote(said)}，表中满意度指标的业绩值是{shown}。请核对哪一处正确。"
    refs = [entry.ref, *(line.ref(Role.ACTUAL) for line in _asked(evaluation))]
    yield Finding.about(CODE, SEVERITY, refs, message, said, shown)


def _rates(evaluation: Evaluation) -> list[Decimal]:
    """The satisfaction of each line as a fraction; nothing where one of them is no percentage."""
    asked = _asked(evaluation)
    rates = [_rate(line.entries.get(Role.ACTUAL)) for line in asked]
    known = [rate for rate in rates if rate is not None]
    return known if len(known) == len(asked) else []


def _asked(evaluation: Evaluation) -> list[Indicator]:
    lines = [row.indicator for row in evaluation.rows]
    return [line for line in lines if "满意" in line.level1 + line.level2 + line.name]


def _rate(entry: Entry | None) -> Decimal | None:
    value = entry.value if entry is not None else None
    if entry is None or not isinstance(value, Quantity) or value.unit is None or not value.unit.is_percent:
        return None
    return entry.fraction


def _is_least(found: re.Match[str]) -> bool:
    return bool(found["least"] or found["more"])


def _fits(found: re.Match[str], rate: Decimal) -> bool:
    said = Decimal(found["rate"]).scaleb(-2)
    return abs(said - rate) <= _NEAR or (_is_least(found) and rate > said)
