"""The table as read and the evaluation as computed: frozen records that remember their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zipingbiao.book.cells import Cell, CellClass, Ref
from zipingbiao.values.number import exact, round_amount
from zipingbiao.values.typed import Blank, Comparator, Filler, Quantity, Value, parse_cell
from zipingbiao.values.unit import Unit

TEN_THOUSAND = Decimal(10_000)


class Form(StrEnum):
    """Which printed form a table follows; a result of reading, never a premise."""

    SHANXI = "shanxi"
    NATIONAL = "national"
    OTHER = "other"


class Role(StrEnum):
    """What a column of the indicator table holds.

    The last four stand beside the printed form of our template: 核算得分, 手工得分, 手工得分理由, 评分说明.
    """

    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"
    WEIGHT = "weight"
    SIGN = "sign"
    TARGET = "target"
    UNIT = "unit"
    ACTUAL = "actual"
    COMPLETION = "completion"
    SCORE = "score"
    REASON = "reason"
    COMPUTED = "computed"
    MANUAL = "manual"
    MANUAL_REASON = "manual_reason"
    EXPLANATION = "explanation"


class Kind(StrEnum):
    """指标性质: how actual and target are compared."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUAL = "equal"
    RANGE = "range"
    QUALITATIVE = "qualitative"
    DEADLINE = "deadline"
    EXECUTION = "execution"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {
            "at_least": "正向", "at_most": "反向", "equal": "等于", "range": "区间", "qualitative": "定性",
            "deadline": "时限", "execution": "预算执行",
        }[self.value]  # fmt: skip


class Place(StrEnum):
    """Where an indicator stands: a row, the funds block, or nowhere (implied execution)."""

    ROW = "row"
    FUNDS = "funds"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell of a table holds: its place, its text as shown, its typed value.

    ``ours`` marks a value that this product wrote last and nobody changed since
    (:mod:`zipingbiao.table.written`); like a formula's result it was not stated by a person.
    """

    ref: Ref
    cell: Cell | None
    text: str
    value: Value
    ours: bool = False

    @classmethod
    def of(cls, ref: Ref, cell: Cell | None) -> Entry:
        """Return the entry for a cell as read."""
        value = parse_cell(cell)
        return cls(ref, cell, value.text if cell is not None else "", value)

    @property
    def is_formula(self) -> bool:
        """Whether a formula stands here: its result was not typed by a person."""
        return self.cell is not None and self.cell.formula is not None

    @property
    def is_typed(self) -> bool:
        """Whether a person typed something here: no formula, not ours, not blank."""
        return self.cell is not None and not self.is_formula and not self.ours

    @property
    def is_error(self) -> bool:
        """Whether the cell shows an error such as #DIV/0!."""
        return self.cell is not None and self.cell.kind is CellClass.ERROR

    @property
    def lacks_result(self) -> bool:
        """Whether a formula stands here that was never calculated."""
        return self.cell is not None and self.cell.kind is CellClass.BLANK

    @property
    def is_empty(self) -> bool:
        """Whether nothing, or only a filler such as ``/``, stands here."""
        return isinstance(self.value, Blank | Filler)

    @property
    def number(self) -> Decimal | None:
        """The number of a weight or score cell (``10``, ``10分``), in points; None for other text."""
        value = self.value
        if not isinstance(value, Quantity) or value.comparator is not None:
            return None
        return value.number

    def amount(self, unit: Unit) -> Decimal | None:
        """The money in 万元, *unit* standing in for a missing one; None when it is no amount."""
        value = self.value
        if not isinstance(value, Quantity):
            return None
        own = value.unit or unit
        if own.dimension not in {"money", "scale"}:
            return None
        return round_amount(value.number * own.factor / TEN_THOUSAND)

    @property
    def fraction(self) -> Decimal | None:
        """The rate of a percentage cell as a fraction; a plain number counts as percent (99.28)."""
        value = self.value
        if not isinstance(value, Quantity):
            return None
        if value.unit is not None and value.unit.is_percent:
            return value.number * value.unit.factor
        return value.number / 100


@dataclass(frozen=True, slots=True)
class Indicator:
    """One scored line: a 三级指标, or the budget execution wherever it stands.

    Attributes:
        row: sheet row counted from 1; None for an implied indicator.
        weight: points; None when blank or not a number.
        sign: comparator of a sign or direction column.
        qualitative: the 性质 column says 定性.
        unit: of the unit column, or bracketed in the name; None when neither names one.
        entries: the cells by role; a role without a column is missing.
        shared_score: rows that share this row's merged score cell, itself included; empty else.
        is_execution: whether this is the budget execution.
    """

    row: int | None
    place: Place
    level1: str
    level2: str
    name: str
    weight: Decimal | None
    sign: Comparator | None = None
    qualitative: bool = False
    unit: Unit | None = None
    entries: Mapping[Role, Entry] = field(default_factory=dict)
    shared_score: tuple[int, ...] = ()
    is_execution: bool = False

    def value(self, role: Role) -> Value:
        """The typed value in a column; Blank when there is no such column."""
        entry = self.entries.get(role)
        return entry.value if entry is not None else Blank()

    def text(self, role: Role) -> str:
        """The text in a column as shown, trimmed; "" when there is none."""
        entry = self.entries.get(role)
        return entry.text.strip() if entry is not None else ""

    def ref(self, *roles: Role) -> Ref | None:
        """The place of the first of these roles that the table has."""
        return next((entry.ref for entry in self._held(*roles)), None)

    @property
    def stated_score(self) -> Decimal | None:
        """The score typed by somebody, in points; a formula's result, or what we wrote, is not stated.

        A 手工得分 goes before what stands in 得分.
        """
        typed = (entry for entry in self._held(Role.MANUAL, Role.SCORE) if entry.is_typed)
        return next((entry.number for entry in typed if entry.number is not None), None)

    @property
    def is_unfilled(self) -> bool:
        """Whether nobody filled this row in: a formula's result, or what we wrote last, is nobody's."""
        if self.place is not Place.ROW or self.weight is not None or self.shared_score:
            return False
        figures = self._held(Role.WEIGHT, Role.TARGET, Role.ACTUAL)
        figures += [e for e in self._held(Role.COMPLETION, Role.SCORE, Role.MANUAL) if e.is_typed]
        return all(isinstance(entry.value, Blank) for entry in figures)

    @property
    def has_reason(self) -> bool:
        """Whether a reason column says anything: ``0``, ``/`` and 无 do not (values.md 6)."""
        reasons = self._held(Role.REASON, Role.MANUAL_REASON)
        return any(not entry.is_empty and exact(entry.text) is None for entry in reasons)

    def _held(self, *roles: Role) -> list[Entry]:
        return [self.entries[role] for role in roles if role in self.entries]


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
    """Where the money comes from."""

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

    @property
    def label(self) -> str:
        """The heading people know it by."""
        return {
            "total": "年度总金额", "fiscal": "财政资金小计", "central": "中央级", "provincial": "省级",
            "city": "市级", "county": "县区级", "carried_over": "上年结转资金", "earmarked": "财政专户管理资金",
            "own": "单位资金", "other": "其他资金",
        }[self.value]  # fmt: skip


FISCAL_PARTS = (Source.CENTRAL, Source.PROVINCIAL, Source.CITY, Source.COUNTY)
TOTAL_PARTS = (Source.FISCAL, Source.CARRIED_OVER, Source.EARMARKED, Source.OWN, Source.OTHER)


@dataclass(frozen=True)
class Funds:
    """The funds of one table, in either orientation.

    Attributes:
        anchor: the first label of the block, for findings about the whole.
        unit: in which plain numbers are meant (万元 unless a heading says 元).
        entries: amounts and rates by kind and source.
        points: the 分值 cell of the national block; None where the form has none.
        score: its 得分 cell.
        by_rows: True where the kinds are rows (Shanxi), False where they are columns (national).
    """

    anchor: Ref
    unit: Unit
    entries: Mapping[tuple[AmountKind, Source], Entry]
    points: Entry | None = None
    score: Entry | None = None
    by_rows: bool = False

    def entry(self, kind: AmountKind, source: Source = Source.TOTAL) -> Entry | None:
        """The cell of one kind and source; None where the form has none."""
        return self.entries.get((kind, source))

    def typed_amount(self, kind: AmountKind, source: Source = Source.TOTAL) -> Decimal | None:
        """The amount in 万元 exactly as it stands in its cell."""
        entry = self.entry(kind, source)
        return entry.amount(self.unit) if entry is not None else None

    def parts_amount(self, kind: AmountKind) -> Decimal | None:
        """Σ of the sources below the total in 万元; None when none of them is filled."""
        parts = [self.typed_amount(kind, source) for source in self.total_parts]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def total_parts(self) -> tuple[Source, ...]:
        """The sources directly below the total: without a 小计 the levels stand for it."""
        if Source.FISCAL in self.sources:
            return TOTAL_PARTS
        return (*FISCAL_PARTS, *TOTAL_PARTS[1:])

    def amount(self, kind: AmountKind) -> Decimal | None:
        """The year's total in 万元.

        A total of 0 or blank above filled parts was not carried over by whoever typed it: the
        parts are used (values.md section 6), and a rule says so.
        """
        typed = self.typed_amount(kind)
        if typed and typed > 0:
            return typed
        parts = self.parts_amount(kind)
        return parts or typed

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that have a column or row, total first."""
        return tuple(source for source in Source if any(key[1] is source for key in self.entries))


@dataclass(frozen=True, slots=True)
class Project:
    """The head of a table, each field as written; "" where it is missing."""

    name: str = ""
    code: str = ""
    department: str = ""
    unit: str = ""
    year: str = ""


class Trouble(StrEnum):
    """What reading a table could not settle; rules turn it into findings."""

    TWO_COLUMNS = "two_columns"
    NO_COLUMN = "no_column"
    FUNDS_ELSEWHERE = "funds_elsewhere"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Problem:
    """One trouble of reading, where it is, and the labels it is about."""

    trouble: Trouble
    ref: Ref
    what: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of the sheet 佐证材料: the indicator it proves, the name of the document, its cell."""

    indicator: str
    name: str
    ref: Ref


@dataclass(frozen=True)
class SelfEvaluation:
    """One table as read: everything typed, nothing computed.

    Attributes:
        headings: the heading cell of each column.
        indicators: lines that count, in sheet order; the national funds block's execution first.
        informative: sub-rows (其中 …) without weight.
        total_weight, total_score, grade: the cells where the form states them, or None.
        texts: goals, results and analysis beside the table or on 文字材料, by their label without
            spaces and numbering; a section of 文字材料 that is not written has an empty entry.
        evidence: the lines of 佐证材料 for this project; None where the workbook has no such sheet.
        head: the cell of each field of *project* that stands on the table's own sheet.
    """

    form: Form
    sheet: str
    anchor: Ref
    headings: Mapping[Role, Ref]
    project: Project
    funds: Funds | None
    indicators: tuple[Indicator, ...]
    informative: tuple[Indicator, ...] = ()
    total_weight: Entry | None = None
    total_score: Entry | None = None
    grade: Entry | None = None
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, Entry] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] | None = None
    head: Mapping[str, Ref] = field(default_factory=dict)
