"""What the funds rules share: amounts of one column, tolerances, and one finding for many cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import NamedTuple, Protocol

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.shared.rounding import ONE_DECIMAL, WHOLE, nearest
from zipingbiao.rules.shared.say import listed, shown
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import FISCAL_PARTS, AmountKind, Funds, Source
from zipingbiao.values.number import (
    AMOUNT_STEP,
    CENT,
    HUNDRED,
    RATE_STEP,
    TEN_THOUSAND,
    plain,
    ratio,
    round_points,
)
from zipingbiao.values.typed import Quantity
from zipingbiao.values.unit import Unit

TYPED_KINDS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)

_ROUNDED = "，只是四舍五入的位数不同"
_NO_NEED = "不必改。"


class Mismatch(NamedTuple):
    """One cell of the funds table that is not what its formula gives.

    Attributes:
        label: the column or row it stands in.
        expected: as text, in the unit of the table.
        how: the calculation, for a person to check by hand.
        severity: the usual one of the rule, or a lower one where only the spelling differs.
        remark: what else can be said about it, with its own opening punctuation.
    """

    label: str
    entry: Entry
    expected: str
    how: str
    severity: Severity
    remark: str = ""

    @property
    def hit(self) -> Hit:
        """The cell as a finding of all of them names it."""
        found = shown(self.entry)
        name = f"“{self.label}”填{found}，应为{self.expected}（{self.how}）{self.remark}"
        return Hit(name, self.entry.ref, found, self.expected)


def report(code: str, what: str, advice: str, mismatches: Iterable[Mismatch]) -> Iterator[Finding]:
    """Yield one finding per severity that lists its cells: equal columns repeat one mistake."""
    wrong = list(mismatches)
    for severity in sorted({mismatch.severity for mismatch in wrong}, key=attrgetter("rank")):
        alike = [mismatch for mismatch in wrong if mismatch.severity is severity]
        remedy = _NO_NEED if all(mismatch.remark == _ROUNDED for mismatch in alike) else advice
        yield from together(code, severity, [each.hit for each in alike], f"。{remedy}", lead=f"{what}：")


class Fit(Enum):
    """How a typed rate agrees with the amounts."""

    SAME = "same"
    ROUNDED = "rounded"  # to a whole percent or to one decimal
    DECIMAL = "decimal"  # 0.9928 where 99.28 is meant
    WRONG = "wrong"


def fit_rate(entry: Entry, exact: Decimal) -> Fit | None:
    """Compare a typed rate with the exact fraction, tolerance 0.01 percentage points.

    None when nothing that can be compared was typed.
    """
    value, typed = entry.value, entry.fraction
    if typed is None or not isinstance(value, Quantity):
        return None
    if abs(typed - exact) <= RATE_STEP:
        return Fit.SAME
    if typed * HUNDRED in {nearest(exact * HUNDRED, step) for step in (WHOLE, ONE_DECIMAL)}:
        return Fit.ROUNDED
    if value.unit is None and abs(value.number - exact) <= RATE_STEP:
        return Fit.DECIMAL
    return Fit.WRONG


def check_rates(
    funds: Funds,
    result: AmountKind,
    parts: tuple[AmountKind, AmountKind],
    sources: Iterable[Source],
    severity: Severity,
) -> Iterator[Mismatch]:
    """Yield the cells of one rate, (6)=(3)/(2) or (7)=(4)/(2), that its two *parts* do not give."""
    top, base = parts
    for source in sources:
        entry = funds.entry(result, source)
        if entry is None or entry.is_empty or not readable(funds, parts, (source,)):
            continue
        budget, amount = amount_of(funds, base, source), amount_of(funds, top, source)
        if budget is None and amount:
            continue  # unchecked_rates
        if not budget:
            if entry.fraction:
                how = f"{base.label}为0或空白"
                yield Mismatch(source.label, entry, "0或空白", how, severity)
            continue
        exact = ratio(amount or Decimal(0), budget)
        fit = fit_rate(entry, exact)
        if fit is None or fit is Fit.SAME:
            continue
        how = f"{top.label}{money(funds, amount or Decimal(0))} ÷ {base.label}{money(funds, budget)}"
        level, remark = _judged(fit, severity)
        yield Mismatch(source.label, entry, rate_text(entry, exact), how, level, remark)


def unchecked_rates(
    code: str,
    funds: Funds,
    result: AmountKind,
    parts: tuple[AmountKind, AmountKind],
    sources: Iterable[Source],
) -> Iterator[Finding]:
    """Yield what is to be said of rates over a blank amount: nobody can tell whether they are right."""
    top, base = parts
    hits = [
        Hit(f"“{source.label}”填{shown(entry)}", entry.ref, shown(entry))
        for source in sources
        if (entry := funds.entry(result, source)) is not None
        and not entry.is_empty
        and readable(funds, parts, (source,))
        and amount_of(funds, base, source) is None
        and amount_of(funds, top, source)
    ]
    said = f"，{base.label}未填，无法核对。请填写{base.label}。"
    yield from together(code, Severity.WARNING, hits, said, lead=f"{result.label}的")


def _judged(fit: Fit, severity: Severity) -> tuple[Severity, str]:
    if fit is Fit.ROUNDED:
        return Severity.INFO, _ROUNDED
    if fit is Fit.DECIMAL:
        return Severity.INFO, "，把百分数写成了小数"
    return severity, ""


def check_sums(
    code: str, what: str, funds: Funds, whole: Source, parts: Sequence[Source], severity: Severity
) -> Iterator[Finding]:
    """Yield what is wrong with a whole and its parts: sums that differ, and parts left blank.

    A total of 0 or nothing above filled parts is F107's. Blank parts are only mentioned, once.
    """
    columns = [source for source in parts if source in funds.sources]
    wrong: list[Mismatch] = []
    blank: list[Entry] = []
    for kind in TYPED_KINDS if columns else ():
        entry, stated = funds.entry(kind, whole), funds.typed_amount(kind, whole)
        if entry is None or not stated or not readable(funds, (kind,), columns):
            continue
        if is_left_out(funds, kind):
            continue  # V116 says why
        known = [part for source in columns if (part := funds.typed_amount(kind, source)) is not None]
        if unnamed := unnamed_parts(funds, kind):
            known = min(known, known + unnamed, key=lambda each: abs(stated - sum(each)))
        total = sum(known, Decimal(0))
        if not known:
            blank.append(entry)
        elif not same_amount(funds, stated, total):
            how = " + ".join(money(funds, part) for part in known)
            wrong.append(Mismatch(kind.label, entry, money(funds, total), how, severity))
    yield from report(code, f"{what}与明细之和不符", f"请补填明细，或改正{what}。", wrong)
    if blank:
        names = listed([source.label for source in columns])
        message = f"{what}有数，而明细（{names}）都空白，无法核对。请补填明细。"
        yield Finding.about(code, Severity.INFO, [entry.ref for entry in blank], message, "空白")


def unnamed_parts(funds: Funds, kind: AmountKind) -> list[Decimal]:
    """Return the amounts of the parts that no source names, in 万元.

    They may be parts of the total or of another part: a sum is right with them or without them.
    """
    return [part for each in funds.unnamed.get(kind, ()) if (part := each.amount(funds.unit)) is not None]


def amount_of(funds: Funds, kind: AmountKind, source: Source) -> Decimal | None:
    """The amount of one column in 万元; for the total what counts, even where it was not carried."""
    return funds.amount(kind) if source is Source.TOTAL else funds.typed_amount(kind, source)


def readable(funds: Funds, kinds: Iterable[AmountKind], sources: Iterable[Source]) -> bool:
    """Tell whether every one of these cells is missing, empty or an amount."""
    return all(funds.is_clear(kind, source) for kind in kinds for source in sources)


@once
def left_out_by_formula(funds: Funds) -> Iterator[tuple[AmountKind, Entry]]:
    """Yield the amounts typed as text (``107.26万元``) that the formula of their sum passes over, each with its kind."""
    for kind in TYPED_KINDS:
        for whole, parts in ((Source.TOTAL, funds.total_parts), (Source.FISCAL, FISCAL_PARTS)):
            total = funds.entry(kind, whole)
            if total is None or not total.is_formula or total.is_error:
                continue
            known = [
                (part, amount) for part in parts if (amount := funds.typed_amount(kind, part)) is not None
            ]
            shown_sum = funds.typed_amount(kind, whole) or Decimal(0)
            if not same_amount(funds, shown_sum, sum((amount for _, amount in known), Decimal(0))):
                entries = (funds.entries[kind, part] for part, _ in known)
                yield from ((kind, entry) for entry in entries if entry.is_text)


def is_left_out(funds: Funds, kind: AmountKind) -> bool:
    """Tell whether the formula of one kind passes over an amount: V116 says so."""
    return any(kind is other for other, _ in left_out_by_formula(funds))


def budgets(funds: Funds) -> list[Decimal]:
    """The budgets of the year in 万元, full-year one first; none that is blank or 0."""
    amounts = (funds.amount(AmountKind.FULL_YEAR), funds.amount(AmountKind.INITIAL))
    return [amount for amount in amounts if amount]


class InUnit(Protocol):
    """A funds table, or an amount of one: what knows in which unit amounts are typed."""

    @property
    def unit(self) -> Unit: ...  # noqa: D102 as there


def same_amount(typed: InUnit, left: Decimal, right: Decimal) -> bool:
    """Compare two amounts in 万元: tolerance 0.01 in the unit of the table, at least one yuan."""
    return abs(left - right) <= max(CENT * typed.unit.factor / TEN_THOUSAND, AMOUNT_STEP)


def money(typed: InUnit, amount: Decimal) -> str:
    """Write an amount in 万元 in the unit of the table."""
    return f"{plain(amount * TEN_THOUSAND / typed.unit.factor)}{typed.unit.label}"


def rate_text(entry: Entry, exact: Decimal) -> str:
    """Write a rate as its cell holds it: ``99.28`` or ``99.28%``."""
    value = entry.value
    sign = "%" if isinstance(value, Quantity) and value.unit is not None else ""
    return f"{plain(round_points(exact * HUNDRED))}{sign}"
