"""The funds of one table: amounts and rates by kind and source, in 万元."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zipingbiao.book.cells import Ref
from zipingbiao.table.entry import Entry
from zipingbiao.values.frozen import frozen
from zipingbiao.values.unit import Unit


class AmountKind(StrEnum):
    """What an amount of the funds table is."""

    INITIAL = "initial_budget"
    FULL_YEAR = "full_year_budget"
    RECEIVED = "received"
    EXECUTED = "executed"
    BALANCE = "balance"
    FUNDING_RATE = "funding_rate"
    EXECUTION_RATE = "execution_rate"

    @property
    def label(self) -> str:
        """The heading people know it by."""
        return {
            "initial_budget": "年初预算", "full_year_budget": "全年预算", "received": "实际到位",
            "executed": "全年执行", "balance": "资金结余", "funding_rate": "预算到位率",
            "execution_rate": "预算执行率",
        }[self.value]  # fmt: skip


class Source(StrEnum):
    """Where the money comes from; the last three: what a whole department spends it for."""

    TOTAL = "total"
    FISCAL = "fiscal"
    CENTRAL = "central"
    PROVINCIAL = "provincial"
    CITY = "city"
    COUNTY = "county"
    CARRIED_OVER = "carried_over"
    EARMARKED = "earmarked"
    OWN = "own"
    OTHER = "other"
    BASIC = "basic"
    PROJECTS = "projects"
    OTHER_SPENDING = "other_spending"

    @property
    def label(self) -> str:
        """The heading people know it by."""
        return {
            "total": "年度总金额", "fiscal": "财政资金小计", "central": "中央级", "provincial": "省级",
            "city": "市级", "county": "县区级", "carried_over": "上年结转资金", "earmarked": "财政专户管理资金",
            "own": "单位资金", "other": "其他资金", "basic": "基本支出", "projects": "项目支出",
            "other_spending": "其他支出",
        }[self.value]  # fmt: skip


FISCAL_PARTS = (Source.CENTRAL, Source.PROVINCIAL, Source.CITY, Source.COUNTY)


SPENDING_PARTS = (Source.BASIC, Source.PROJECTS, Source.OTHER_SPENDING)


TOTAL_PARTS = (Source.FISCAL, Source.CARRIED_OVER, Source.EARMARKED, Source.OWN, Source.OTHER)


@frozen
class Funds:
    """The funds of one table, in either orientation.

    Attributes:
        anchor: the first label of the block, for findings about the whole.
        unit: in which plain numbers are meant (万元 unless a heading says 元).
        entries: amounts and rates by kind and source.
        points: the 分值 cell of the national block; None where the form has none.
        score: its 得分 cell.
        by_rows: True where the kinds are rows (Shanxi), False where they are columns (national).
        unnamed: amounts of parts whose label names no source (市县财政, 政府性基金), or one a second time:
            whether they stand below the total or below another part nobody can tell.
        by_initial: True where the headings themselves divide what was spent by 年初预算 and there is no
            全年预算 (济南: 年初预算数（A）, 全年执行数（B）, 执行率（B/A）).
    """

    anchor: Ref
    unit: Unit
    entries: Mapping[tuple[AmountKind, Source], Entry]
    points: Entry | None = None
    score: Entry | None = None
    by_rows: bool = False
    unnamed: Mapping[AmountKind, tuple[Entry, ...]] = field(default_factory=dict)
    by_initial: bool = False

    def entry(self, kind: AmountKind, source: Source = Source.TOTAL) -> Entry | None:
        """The cell of one kind and source; None where the form has none."""
        return self.entries.get((kind, source))

    def typed_amount(self, kind: AmountKind, source: Source = Source.TOTAL) -> Decimal | None:
        """The amount in 万元 exactly as it stands in its cell."""
        return self._amounts.get((kind, source))

    @cached_property
    def _amounts(self) -> Mapping[tuple[AmountKind, Source], Decimal | None]:
        return {place: entry.amount(self.unit) for place, entry in self.entries.items()}

    def is_clear(self, kind: AmountKind, source: Source = Source.TOTAL) -> bool:
        """Whether a cell is missing, empty or an amount."""
        return (kind, source) not in self._unclear

    def is_unreadable(self, kind: AmountKind, source: Source = Source.TOTAL) -> bool:
        """Whether somebody typed what is no amount: 约700, 7,00.0,77; an error cell is no such text."""
        entry = self._unclear.get((kind, source))
        return entry is not None and entry.is_typed and not entry.is_error

    @cached_property
    def _unclear(self) -> Mapping[tuple[AmountKind, Source], Entry]:
        held = self.entries.items()
        return {place: entry for place, entry in held if self._amounts[place] is None and not entry.is_empty}

    def parts_amount(self, kind: AmountKind) -> Decimal | None:
        """Σ of the sources below the total in 万元, a blank 小计 by its levels; None when none is filled."""
        return _sum(self._part(kind, source) for source in self.total_parts)

    def _part(self, kind: AmountKind, source: Source) -> Decimal | None:
        typed = self.typed_amount(kind, source)
        if typed or source is not Source.FISCAL:
            return typed
        levels = _sum(self.typed_amount(kind, level) for level in FISCAL_PARTS)
        return typed if levels is None else levels

    @cached_property
    def total_parts(self) -> tuple[Source, ...]:
        """The sources directly below the total: without a 小计 the levels stand for it.

        A department's total is its 基本支出 and 项目支出, whatever it names as sources beside them.
        """
        if {Source.BASIC, Source.PROJECTS} <= set(self.sources):
            return SPENDING_PARTS
        if Source.FISCAL in self.sources:
            return TOTAL_PARTS
        return (*FISCAL_PARTS, *TOTAL_PARTS[1:])

    def amount(self, kind: AmountKind) -> Decimal | None:
        """The year's total in 万元.

        A total of 0 or blank above filled parts was not carried over by whoever typed it: the
        parts are used (values.md section 6), and a rule says so. None where nobody can read it.
        """
        return self._totals.get(kind)

    @cached_property
    def _totals(self) -> Mapping[AmountKind, Decimal | None]:
        filled = {kind for (kind, _), amount in self._amounts.items() if amount is not None}
        return {kind: self._total(kind) for kind in filled}

    def _total(self, kind: AmountKind) -> Decimal | None:
        if self.is_unreadable(kind):
            return None
        typed = self.typed_amount(kind)
        if typed and typed > 0:
            return typed
        parts = self.parts_amount(kind)
        return parts or typed

    @cached_property
    def is_filled(self) -> bool:
        """Whether somebody typed an amount or a rate."""
        return any(entry.is_typed and not entry.is_empty for entry in self.entries.values())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that have a column or row, total first."""
        held = {source for _, source in self.entries}
        return tuple(source for source in Source if source in held)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
