"""The table as read and the evaluation as computed: frozen records that remember their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zipingbiao.book.cells import Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import Funds
from zipingbiao.table.sections import Section
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import exact
from zipingbiao.values.typed import Blank, Comparator, Value
from zipingbiao.values.unit import Unit


class Role(StrEnum):
    """What a column of the indicator table holds.

    STANDARD is 指标解释 or 评分标准, by which a person gives the points; DEDUCTION is 扣分 of a form that has
    no 得分. The last four stand beside the printed form of our template: 核算得分, 手工得分, 手工得分理由, 评分说明.
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
    DEDUCTION = "deduction"
    REASON = "reason"
    STANDARD = "standard"
    COMPUTED = "computed"
    MANUAL = "manual"
    MANUAL_REASON = "manual_reason"
    EXPLANATION = "explanation"


SCORED_BY = (Role.SCORE, Role.DEDUCTION, Role.MANUAL)
"""Where a person says the points of a line."""


@frozen
class Form:
    """A printed form; which one a table follows is a result of reading, never a premise.

    Two records of one key are the same form.

    Attributes:
        key: what JSON, ``zpb new --form`` and our own template say.
        name: how people call it.
        file_name: of its blank template, without an ending.
        title: as it stands on the paper.
        profile: the 评分规则 that a table of this form has when nothing else decides.
        headings: what it prints over a column, where it has words of its own.
        told_by: the columns whose headings, together, tell a table of this form.
        funds_by_rows: whether the kinds of amounts are rows of its funds table, where that tells it as well.
        levels: its 二级指标 by 一级指标, in the order in which they are printed.
        sections: those of its written report (文字材料), in order.
    """

    key: str
    name: str = field(compare=False)
    file_name: str = field(default="", compare=False)
    title: str = field(default="", compare=False)
    profile: str = field(default="", compare=False)
    headings: Mapping[Role, str] = field(default_factory=dict, compare=False)
    told_by: tuple[Role, ...] = field(default=(), compare=False)
    funds_by_rows: bool | None = field(default=None, compare=False)
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    sections: tuple[Section, ...] = field(default=(), compare=False)

    def heading(self, role: Role) -> str:
        """The heading of a column as one word, without the line breaks of the paper."""
        return "".join(self.headings[role].split())

    def fits(self, headings: Mapping[Role, str], *, funds_by_rows: bool | None) -> bool:
        """Tell whether a table is of this form, by its headings and its funds table (None: it has none)."""
        if self.funds_by_rows is not None and funds_by_rows is self.funds_by_rows:
            return True
        return bool(self.told_by) and all(headings.get(role) == self.heading(role) for role in self.told_by)


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


class Scope(StrEnum):
    """Whose money a table evaluates; each is consolidated by itself."""

    PROJECT = "project"
    DEPARTMENT = "department"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {"project": "部门预算项目", "department": "部门整体", "transfer": "转移支付"}[self.value]


class Place(StrEnum):
    """Where an indicator stands: a row, the funds block, or nowhere (implied execution)."""

    ROW = "row"
    FUNDS = "funds"
    IMPLIED = "implied"


@frozen
class Indicator:
    """One scored line: a 三级指标, or the budget execution wherever it stands.

    Attributes:
        row: sheet row counted from 1; None for an implied indicator.
        weight: points; None when blank or not a number.
        sign: comparator of a sign or direction column.
        qualitative: the 性质 column says 定性.
        unit: of the unit column, or bracketed in the name; None when neither names one.
        entries: the cells by role; a role without a column is missing.
        parts: rows below it without points of their own that report its result in parts (其中 …).
        shared_score: rows that share this row's merged cell of 得分 (or 扣分), itself included; empty else.
        is_execution: whether this is the budget execution.
        left_over: the points that are left after what somebody took off, where the form asks for 扣分 instead of 得分.
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
    parts: tuple[int, ...] = ()
    shared_score: tuple[int, ...] = ()
    is_execution: bool = False
    left_over: Decimal | None = None

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
        for role in roles:
            entry = self.entries.get(role)
            if entry is not None:
                return entry.ref
        return None

    @property
    def row_label(self) -> str:
        """The number of its row as people count it; "" for an implied indicator."""
        own = (entry.ref for entry in self.entries.values() if entry.ref.row == self.row)
        ref = next(own, None)
        return ref.row_label if ref is not None else str(self.row or "")

    @cached_property
    def stated_score(self) -> Decimal | None:
        """The score typed by somebody, in points; a formula's result, or what we wrote, is not stated.

        A 手工得分 goes before what stands in 得分; a form without 得分 states it by what it takes off.
        """
        typed = (entry for entry in self._held(Role.MANUAL, Role.SCORE) if entry.is_typed)
        return next((entry.number for entry in typed if entry.number is not None), self.left_over)

    @property
    def by_standard(self) -> bool:
        """Whether its form has a standard by which a person gives the points, and no column for results."""
        return Role.STANDARD in self.entries and Role.ACTUAL not in self.entries

    @property
    def is_unfilled(self) -> bool:
        """Whether nobody filled this row in: a formula's result, or what we wrote last, is nobody's."""
        if self.place is not Place.ROW or self.weight is not None or self.shared_score:
            return False
        figures = self._held(Role.WEIGHT, Role.TARGET, Role.ACTUAL)
        figures += [e for e in self._held(Role.COMPLETION, *SCORED_BY) if e.is_typed]
        return all(isinstance(entry.value, Blank) for entry in figures)

    @property
    def is_blank(self) -> bool:
        """Whether no person filled anything in; the points and target that a form prints for 预算执行率 are its own."""
        if not self.is_execution:
            return self.is_unfilled
        results = self._held(Role.ACTUAL, *SCORED_BY)
        return not any(entry.is_typed and not entry.is_empty for entry in results)

    @property
    def has_reason(self) -> bool:
        """Whether a reason column says anything: ``0``, ``/`` and 无 do not (values.md 6)."""
        reasons = self._held(Role.REASON, Role.MANUAL_REASON)
        return any(not entry.is_empty and exact(entry.text) is None for entry in reasons)

    def _held(self, *roles: Role) -> list[Entry]:
        return [self.entries[role] for role in roles if role in self.entries]


@frozen
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
    NO_WEIGHTS = "no_weights"
    LOST_HEADING = "lost_heading"
    FUNDS_ELSEWHERE = "funds_elsewhere"
    HIDDEN = "hidden"
    LONG_CODE = "long_code"
    LAST_YEAR = "last_year"
    CELL_TWICE = "cell_twice"
    NO_ATTACHMENT = "no_attachment"
    TWO_YEARS = "two_years"


@frozen
class Problem:
    """One trouble of reading, where it is, the labels it is about, and the other cells where it is."""

    trouble: Trouble
    ref: Ref
    what: str
    labels: tuple[str, ...] = ()
    more: tuple[Ref, ...] = ()


@frozen
class Evidence:
    """One line of the sheet 佐证材料: the indicator it proves, the name of the document, its cell."""

    indicator: str
    name: str
    ref: Ref


@frozen
class Gap:
    """A cell that the form has for something around the indicators, and that is blank or shows an error.

    Attributes:
        field: one of *Project*, ``goal``, ``result`` or ``signature``; "" for an error of the head.
        label: as printed, without numbering and brackets; "" where none stands beside an error.
        ref: the cell to be filled in; where a formula takes its text from another sheet, the one there.
        shows: the error; "" where it is blank.
    """

    field: str
    label: str
    ref: Ref
    shows: str = ""


@frozen
class Report:
    """What the written 绩效自评报告 around a table says beside its texts.

    Attributes:
        body: the lines of its tables by level (二级指标 … 得分), *level1* from the heading above each.
        bodies: of each such table by level 1 the first cell of its heading, also where no line stands below.
        sentence: the paragraph that states the total and the grade; None where there is none.
        name: the paragraph from which the project's name was read; None where its head gives it, or nothing.
        unplaced: 未归类内容: each paragraph and each table (rows by line, cells by tab) that belongs nowhere, in their order.
        title: the paragraph that is its title; None where there is none.
        loose: the paragraphs of *unplaced* that stand among the sections of this very report.
        funds: the table of funds in its text, where its 自评表 has another one; None where it is the only one.
        cover: what the lines in front of its text say of the head, by field, the year as its whole line; without its title.
    """

    body: tuple[Indicator, ...] = ()
    bodies: Mapping[str, Ref] = field(default_factory=dict)
    sentence: Entry | None = None
    name: Entry | None = None
    unplaced: tuple[Entry, ...] = ()
    title: Entry | None = None
    loose: tuple[Entry, ...] = ()
    funds: Funds | None = None
    cover: Mapping[str, Entry] = field(default_factory=dict)


@frozen
class SelfEvaluation:
    """One table as read: everything typed, nothing computed.

    Attributes:
        headings: the heading cell of each column.
        indicators: lines that count, in sheet order; the national funds block's execution first.
        informative: parts of a line (其中 …, （1）…, indented) that have no points of their own.
        total_weight, total_score, grade: the cells where the form states them, or None.
        total_deduction: where a form with 扣分 and no 得分 adds up what was taken off, or None.
        texts: goals, results and analysis beside the table or on 文字材料, by their label without
            spaces and numbering; a section of 文字材料 that is not written has an empty entry.
        evidence: the lines of 佐证材料 for this project; None where the workbook has no such sheet.
        head: the cell of each field of *project* that stands on the table's own sheet.
        gaps: what its form asks for beside the indicators and nobody filled in.
        bands: (lower, upper) fractions of the weight that a footnote prints for the grades of a
            qualitative result, best first; empty where none does.
        scope: a project's, a whole department's or a transfer's, by title, labels and funds.
        unread: whether figures stand below the headings in rows that make no line.
        report: of a Word report what it says around this table; None of a workbook. The sections of the
            report are in *texts*, by the same keys as those of 文字材料.
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
    gaps: tuple[Gap, ...] = ()
    bands: tuple[tuple[Decimal, Decimal], ...] = ()
    unread: bool = False
    scope: Scope = Scope.PROJECT
    report: Report | None = None
    total_deduction: Entry | None = None

    @property
    def name(self) -> str:
        """What people call it: its project; of a whole department the department; else its sheet."""
        if self.scope is Scope.DEPARTMENT and not self.project.name:
            owner = self.project.department or self.project.unit
            return f"{owner}{self.scope.label}" if owner else self.sheet
        return self.project.name or self.sheet

    @cached_property
    def is_blank(self) -> bool:
        """Whether nobody filled this form in: no line, no amount and no total."""
        total = self.total_score
        stated = total is not None and total.is_typed and not total.is_empty
        funded = self.funds is not None and self.funds.is_filled
        lines = (*self.indicators, *self.informative)
        return not (stated or funded or self.unread) and all(line.is_blank for line in lines)

    @property
    def by_standard(self) -> bool:
        """Whether a person gives all points by a standard (指标解释, 评分标准): no column holds results."""
        return Role.STANDARD in self.headings and Role.ACTUAL not in self.headings
