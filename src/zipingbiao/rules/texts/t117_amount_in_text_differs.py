"""T117 文字中的金额或执行率与资金表不符。

检查内容：文字里写明的预算、到位、支出、结余金额和预算执行率、到位率，是否与资金表中的某个数相合。
为何重要：报告正文和资金表说的是同一笔钱；两处不同，审核时说不清花了多少。
依据：自评报告的预算执行情况取自资金表；各地报告都在正文里写预算、支出和执行率。
严重程度：警告，因为文字里的数也可能只是项目的一部分，要由填报人核对。一张表只报一次，列出各处。
反例：资金表全年执行119.65万元、执行率95%，文字写“已支付125.95万元，预算执行率100%”“完成预算的100%”。
正例：文字写“预算资金为24.5万元，预算执行率为100%”，资金表也是；文字四舍五入写“支出120万元”“执行率99%”，或者资金表四舍五入写132.912万元、文字写“1329120.67元”；“约120万元”。
不检查：目标、依据、计划和措施里的数；上年、往年、年内某月的数；其中的一部分，中央、省、市下达的部分，合同、申请和追加的金额；同一处文字里有一个数或几个数之和与资金表相合的；没有资金表的表。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.rules import money_words
from zipingbiao.rules.shared.money import money
from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.rules.texts.said import Text, told
from zipingbiao.rules.words import NOT_A_RESULT
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Role
from zipingbiao.values.number import HUNDRED, TEN_THOUSAND, percent, ratio
from zipingbiao.values.regex import regex
from zipingbiao.values.typed import Quantity
from zipingbiao.values.unit import Unit, parse_unit

CODE = "T117"
SEVERITY = Severity.WARNING

_IS = r"(?:\((?:万元|元|%)\))?(?:\s*(?:为|是|共计?|合计|总计|计|达到?了?|人民币|了|仅|只|也|均|都|已|:))*\s*"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
# 29.6万 before a stop, behind the words for money, is said of 万元.
_MONEY = regex(r"(?:(?:亿|[百千]?万)?元|[亿万](?=[,、;。)]|$))")
# Part of every figure: a text without it says nothing of money.
_FIGURE = regex(rf"\d\s*(?:%|{_MONEY.pattern})")
_AMOUNT = rf"{_IS}(?P<rough>{money_words.ROUGH.pattern})?\s*{_NUMBER}(?P<unit>{_MONEY.pattern})(?P<more>{money_words.ROUGH.pattern}|/|以上)?"
_RATE = rf"{_IS}(?P<rough>{money_words.ROUGH.pattern})?(?P<least>≥|超过|高于|不低于)?\s*{_NUMBER}%(?P<more>\s*(?:及|或|\(含\))?以上|左右)?"
_SENTENCE = regex(r"[。;]+")
_CLAUSE = regex(r",(?!\d{3}(?!\d))|(?<!\d),")
_YEAR = regex(r"(?<![\d〔\[(【])20\d\d(?=年)")

Figures = Callable[[Evaluation, Funds], Sequence[Decimal]]


class _Said(NamedTuple):
    """A figure in a text: what was written of it, its value (万元, fraction), and one of its last digit."""

    written: str
    value: Decimal
    step: Decimal
    is_least: bool = False

    def fits(self, figure: Decimal) -> bool:
        """Whether it is the figure, or a lower bound of it; either may be the other, rounded or cut to fewer digits."""
        if self.is_least and figure > self.value:
            return True
        return _shortens(self.value, self.step, figure) or _shortens(
            figure, _decimal_step(figure), self.value
        )


def _shortens(short: Decimal, step: Decimal, full: Decimal) -> bool:
    """Whether a number is another one, rounded or cut to its last digit."""
    beyond = full - short
    return abs(beyond) * 2 <= step or 0 <= beyond < step


def _decimal_step(figure: Decimal) -> Decimal:
    """One of the last decimal place; nothing for a whole number, which is more often exact than rounded."""
    last = int(figure.normalize().as_tuple().exponent)
    return Decimal(1).scaleb(last) if last < 0 else Decimal(0)


class _Kind(NamedTuple):
    """One kind of figure: its words with a figure behind them, what the funds say of it, and where."""

    written: re.Pattern[str]
    label: str
    entry: AmountKind
    figures: Figures
    is_rate: bool = False


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report amounts and rates in the texts that the funds table does not have, once per table."""
    funds = evaluation.table.funds
    if funds is None or not funds.is_filled:
        return
    with_figures = [text for text in told(evaluation) if _FIGURE.search(text.spelt)]
    known = [(kind, found) for kind in _KINDS if with_figures and (found := kind.figures(evaluation, funds))]
    year = evaluation.table.project.year
    hits = [hit for text in with_figures if (hit := _hit(text, funds, known, year)) is not None]
    said = "。请核对哪一处正确，改正另一处。"
    yield from together(CODE, SEVERITY, hits, said, lead="文字里的数与资金表不符：")


def _hit(text: Text, funds: Funds, known: Sequence[tuple[_Kind, Sequence[Decimal]]], year: str) -> Hit | None:
    """What one text says otherwise than the funds."""
    wrong = [
        (kind, found, percent(figures[0]) if kind.is_rate else money(funds, figures[0]))
        for kind, figures in known
        if (found := _contradiction(kind, figures, text.spelt, year)) is not None
    ]
    if not wrong:
        return None
    name = "、".join(f"{found}（资金表的{kind.label}为{right}）" for kind, found, right in wrong)
    cells = (funds.entry(kind.entry) for kind, _, _ in wrong)
    return Hit(
        f"{quote(text.title)}写{name}",
        text.entry.ref,
        "、".join(found for _, found, _ in wrong),
        "、".join(right for _, _, right in wrong),
        tuple(cell.ref for cell in cells if cell is not None),
    )


def _contradiction(kind: _Kind, figures: Sequence[Decimal], text: str, year: str) -> str | None:
    """The first figure of one kind in a text as written, where none of them nor their sum is one of the funds' *figures*."""
    said = list(_said(kind, text, year))
    if not said or any(one.fits(figure) for one in said for figure in figures):
        return None
    if not kind.is_rate and any(_sum(said).fits(figure) for figure in figures):
        return None
    return said[0].written


def _sum(said: Sequence[_Said]) -> _Said:
    return _Said("", sum((one.value for one in said), Decimal(0)), max(one.step for one in said))


def _said(kind: _Kind, text: str, year: str) -> Iterator[_Said]:
    """The figures of one kind in a text, without those of another year, of a part, and rough ones."""
    years = set(_YEAR.findall(text))
    for sentence in _SENTENCE.split(text):
        for found in kind.written.finditer(sentence):
            lead = sentence[: found.start()]
            named = _YEAR.findall(lead)
            is_other = bool(named) and (named[-1] != year if year else len(years) > 1)
            rough = found["rough"] or money_words.ROUGH.fullmatch((found["more"] or "").strip())
            if is_other or rough or found["more"] == "/" or _is_of_a_part(lead, found[0]):
                continue
            yield _figure(kind, found)


def _is_of_a_part(lead: str, found: str) -> bool:
    """Whether a clause speaks of something else; what follows 其中 is a part up to the end of the sentence."""
    said, clause = lead + found, _CLAUSE.split(lead)[-1] + found
    return (
        "其中" in lead
        or money_words.PART_OF_MONEY.search(clause) is not None
        or _last(money_words.WITHIN_YEAR, said) > _last(money_words.WHOLE_YEAR, said)
        or NOT_A_RESULT.search(_YEAR.sub("", clause)) is not None
    )


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last of such words ends; -1 for none."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def _figure(kind: _Kind, found: re.Match[str]) -> _Said:
    number = Decimal(found["number"].replace(",", ""))
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    if kind.is_rate:
        is_least = bool(found["least"]) or "以上" in (found["more"] or "")
        return _Said(found[0].strip(), number / HUNDRED, step / HUNDRED, is_least)
    unit = parse_unit(found["unit"])
    factor = (unit.factor if isinstance(unit, Unit) else TEN_THOUSAND) / TEN_THOUSAND
    return _Said(found[0].strip(), number * factor, step * factor, "以上" in (found["more"] or ""))


# ------------------------------------------------------------------ what the funds say


def _amounts(*kinds: AmountKind) -> Figures:
    def figures(_: Evaluation, funds: Funds) -> list[Decimal]:
        totals = [funds.amount(kind) for kind in kinds]
        parts = [entry.amount(funds.unit) for (kind, _), entry in funds.entries.items() if kind in kinds]
        return [amount for amount in (*totals, *parts) if amount]

    return figures


def _spent(evaluation: Evaluation, funds: Funds) -> list[Decimal]:
    """What was executed, and what a cost line says was: F108 compares those two."""
    costs = [
        entry.amount(funds.unit)
        for row in evaluation.rows
        if (entry := row.indicator.entries.get(Role.ACTUAL)) is not None and _is_money(entry.value)
    ]
    executed = _amounts(AmountKind.EXECUTED)(evaluation, funds)
    return [*executed, *(cost for cost in costs if cost and executed)]


def _arrived(evaluation: Evaluation, funds: Funds) -> Sequence[Decimal]:
    """What arrived; a form without such a line has only the budget."""
    received = _amounts(AmountKind.RECEIVED)(evaluation, funds)
    return received or _amounts(AmountKind.FULL_YEAR, AmountKind.INITIAL)(evaluation, funds)


def _left(_: Evaluation, funds: Funds) -> list[Decimal]:
    typed = funds.amount(AmountKind.BALANCE)
    spent = funds.amount(AmountKind.EXECUTED)
    had = [funds.amount(kind) for kind in (AmountKind.RECEIVED, AmountKind.FULL_YEAR, AmountKind.INITIAL)]
    rest = [amount - spent for amount in had if amount is not None and spent is not None]
    return [*([typed] if typed is not None else []), *rest]


def _executed_rates(evaluation: Evaluation, funds: Funds) -> list[Decimal]:
    row = evaluation.execution
    typed = [row.completion, _fraction(row.indicator.value(Role.ACTUAL))] if row is not None else []
    rates = [evaluation.execution_rate, *_of_sources(funds, AmountKind.EXECUTION_RATE), *typed]
    rates += _shares(funds, AmountKind.EXECUTED, AmountKind.RECEIVED, AmountKind.INITIAL)
    return [rate for rate in rates if rate is not None]


def _funding_rates(_: Evaluation, funds: Funds) -> list[Decimal]:
    shares = _shares(funds, AmountKind.RECEIVED, AmountKind.FULL_YEAR, AmountKind.INITIAL)
    return [rate for rate in (*shares, *_of_sources(funds, AmountKind.FUNDING_RATE)) if rate is not None]


def _shares(funds: Funds, top: AmountKind, *bases: AmountKind) -> list[Decimal]:
    amount = funds.amount(top)
    return [ratio(amount, base) for kind in bases if amount is not None and (base := funds.amount(kind))]


def _of_sources(funds: Funds, kind: AmountKind) -> list[Decimal | None]:
    return [entry.fraction for (of, _), entry in funds.entries.items() if of is kind]


def _fraction(value: object) -> Decimal | None:
    if not isinstance(value, Quantity) or value.unit is None or not value.unit.is_percent:
        return None
    return value.number * value.unit.factor


def _is_money(value: object) -> bool:
    return isinstance(value, Quantity) and value.unit is not None and value.unit.is_money


def _amount(words: re.Pattern[str]) -> re.Pattern[str]:
    return regex(rf"(?:{words.pattern}){_AMOUNT}")


def _rate(words: re.Pattern[str]) -> re.Pattern[str]:
    return regex(rf"(?:{words.pattern}){_RATE}")


_KINDS = (
    _Kind(
        _amount(money_words.BUDGET),
        "预算",
        AmountKind.FULL_YEAR,
        _amounts(AmountKind.FULL_YEAR, AmountKind.INITIAL),
    ),
    _Kind(_amount(money_words.RECEIVED), "实际到位", AmountKind.RECEIVED, _arrived),
    _Kind(_amount(money_words.EXECUTED), "全年执行", AmountKind.EXECUTED, _spent),
    _Kind(_amount(money_words.LEFT), "资金结余", AmountKind.BALANCE, _left),
    _Kind(
        _rate(money_words.EXECUTION_RATE),
        "预算执行率",
        AmountKind.EXECUTION_RATE,
        _executed_rates,
        is_rate=True,
    ),
    _Kind(
        _rate(money_words.FUNDING_RATE), "预算到位率", AmountKind.FUNDING_RATE, _funding_rates, is_rate=True
    ),
)
