"""A table as read and scored, as a project of a new workbook: what was typed, and what has no cell there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from zipingbiao.book.cells import Ref
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.parts import OF_WHICH, mark_of
from zipingbiao.table.find.target_text import approved, kind_word
from zipingbiao.table.find.targets import TargetLine
from zipingbiao.table.find.texts import RESULT, TITLE
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.table.records import Form, Indicator, Place, Role
from zipingbiao.table.words import ACHIEVED as ACHIEVED_TITLE
from zipingbiao.table.words import GOAL_TITLE
from zipingbiao.template.content import NewLine, NewProject, Unplaced
from zipingbiao.template.funds import TYPED_KINDS
from zipingbiao.template.places import ACHIEVED, GOAL, GOAL_SECTION
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import ratio, round_rate

_CALCULATED = "本表自动计算，结果与原来填的不同，请核对"
_SHARED = "原表与上一行合并打分"
_SAID_BY_NAME = frozenset({"bracket", "ring", "bullet"})  # an indent would be lost
_NO_AMOUNT = "看不出金额，没有带入，请核对后填入资金表"
_SENTENCE = "总分和等级由本表得出，报告中的这句话由程序生成"
_COPY = "没有对应的栏目，需要的请抄到相应处"


@frozen
class Filled:
    """A project of a new workbook, the source's row of each of its lines (None: a part), and what found no cell."""

    project: NewProject
    rows: tuple[Scored | None, ...]
    unplaced: tuple[Unplaced, ...]


def filled(evaluation: Evaluation, form: Form, targets: Mapping[Ref, TargetLine]) -> Filled:
    """Return a table as a project of a new workbook of this form.

    Targets and results are taken over as typed; scores, completions, rates and sums are left to the new
    workbook (:func:`with_scores` puts in those that it does not give).

    Args:
        evaluation: of the table, scored.
        form: of the new workbook.
        targets: the approved targets that the same table holds, by the cell of the target.
    """
    table = evaluation.table
    texts, without = _texts(evaluation, form)
    made = tuple(_lines(evaluation, form, targets))
    project = NewProject(
        project=table.project,
        funds=_typed_funds(table.funds),
        lines=tuple(line for line, _ in made),
        texts=texts,
        evidence=tuple((line.indicator, line.name) for line in table.evidence or ()),
    )
    others = {
        entry.ref: Unplaced(entry.ref.place, f"{what}{entry.text}", _CALCULATED)
        for what, entry in _other(evaluation)
    }
    replaced = (*others.values(), *_unreadable(table.funds))
    return Filled(project, tuple(row for _, row in made), (*without, *replaced))


def _typed_funds(funds: Funds | None) -> dict[tuple[AmountKind, Source], Decimal]:
    if funds is None:
        return {}
    amounts = {key: funds.typed_amount(*key) for key in funds.entries if key[0] in TYPED_KINDS}
    return {key: amount for key, amount in amounts.items() if amount is not None}


def _unreadable(funds: Funds | None) -> Iterator[Unplaced]:
    for (kind, source), entry in funds.entries.items() if funds is not None else ():
        if funds is not None and kind in TYPED_KINDS and funds.is_unreadable(kind, source):
            yield Unplaced(entry.ref.place, f"{source.label}{kind.label}：{entry.text}", _NO_AMOUNT)


# ------------------------------------------------------------------ lines


def _lines(
    evaluation: Evaluation, form: Form, targets: Mapping[Ref, TargetLine]
) -> Iterator[tuple[NewLine, Scored | None]]:
    """The lines in the order of the sheet, each with its source; parts of a line stand below it."""
    rows = [row for row in evaluation.rows if row.indicator.place is not Place.IMPLIED]
    if form.funds_by_rows is False and not any(row.indicator.is_execution for row in rows):
        yield NewLine("", "", "预算执行率", is_execution=True), None  # no points where nobody gave any
    parts = [(line.row or 0, _part(line, targets), None) for line in evaluation.table.informative]
    lines = [(row.indicator.row or 0, _line(evaluation, row, targets), row) for row in rows]
    for _, line, row in sorted((*lines, *parts), key=lambda each: each[0]):
        yield line, row


def _part(line: Indicator, targets: Mapping[Ref, TargetLine]) -> NewLine:
    target, kind = _target(line, _given(line, targets))
    told = line.name.startswith(OF_WHICH) or mark_of(line).kind in _SAID_BY_NAME
    name = _name(line, None) if told else f"{OF_WHICH}：{line.name}"
    return NewLine(line.level1, line.level2, name, None, target, _typed(line, Role.ACTUAL), kind)


def _line(evaluation: Evaluation, row: Scored, targets: Mapping[Ref, TargetLine]) -> NewLine:
    line, given = row.indicator, _given(row.indicator, targets)
    target, kind = _target(line, given)
    by_funds = line.is_execution and evaluation.spending is not None
    return NewLine(
        level1=line.level1,
        level2=line.level2,
        name=_name(line, given),
        weight=line.weight,
        target=target,
        actual=_typed(line, Role.ACTUAL),
        kind=kind,
        adjusted=given.adjusted if given is not None else "",
        document=given.document if given is not None else "",
        reason=_typed(line, Role.REASON),
        manual_reason=_typed(line, Role.MANUAL_REASON),
        is_execution=by_funds or (line.is_execution and line.place is Place.FUNDS),
    )


def _name(line: Indicator, given: TargetLine | None) -> str:
    """The name as typed, 指标1： included; where it also says the target, without it."""
    typed = _typed(line, Role.NAME)
    return given.name if given is not None and given.name != line.name else typed or line.name


def _given(line: Indicator, targets: Mapping[Ref, TargetLine]) -> TargetLine | None:
    ref = line.ref(Role.TARGET, Role.NAME, Role.WEIGHT)
    return targets.get(ref) if ref is not None else None


def _target(line: Indicator, given: TargetLine | None) -> tuple[str, str]:
    """The approved target and the word for its direction; where nothing was approved, what stands there."""
    if given is not None and given.target:
        return given.target, given.kind
    typed = _typed(line, Role.TARGET)
    text = approved(line, typed) or typed
    return text, kind_word(line, text)


def _typed(line: Indicator, role: Role) -> str:
    entry = line.entries.get(role)
    return "" if entry is None or entry.is_error else entry.text.strip()


def with_scores(made: Filled, scored: Evaluation) -> NewProject:
    """Return the project with the typed scores of its source that its own rules do not give, as 手工得分.

    Args:
        made: by :func:`filled`, without 手工得分.
        scored: the new workbook's own evaluation of it.
    """
    lines = list(made.project.lines)
    keys = _keys((row.indicator.is_execution, _name(row.indicator, None)) for row in scored.rows)
    own = {key: row.score for key, row in zip(keys, scored.rows, strict=True)}
    sources = [(at, row) for at, row in enumerate(made.rows) if row is not None]
    keys = _keys((row.indicator.is_execution, lines[at].name) for at, row in sources)
    scores = {row.indicator.row: own.get(key) for key, (_, row) in zip(keys, sources, strict=True)}
    stated_of = {row.indicator.row: row.indicator.stated_score for _, row in sources}
    for at, row in sources:
        group = row.indicator.shared_score or (row.indicator.row,)
        stated, given = stated_of[group[0]], [scores[number] for number in group]
        if stated is None or (None not in given and sum(score or 0 for score in given) == stated):
            continue
        is_first = row.indicator.row == group[0]
        manual, why = (stated, lines[at].manual_reason) if is_first else (Decimal(0), _SHARED)
        lines[at] = replace(lines[at], manual=manual, manual_reason=why)
    return replace(made.project, lines=tuple(lines))


def _keys(names: Iterable[tuple[bool, str]]) -> Iterator[tuple[str, int]]:
    """Name and number among those of the same name; the execution is known without a name."""
    seen: Counter[str] = Counter()
    for is_execution, name in names:
        known = "" if is_execution else name
        seen[known] += 1
        yield known, seen[known]


# ------------------------------------------------------------------ words, and what is calculated


def _texts(evaluation: Evaluation, form: Form) -> tuple[dict[str, str], tuple[Unplaced, ...]]:
    """The texts by the section or cell of the form that is for them, and those for which it has none."""
    sections = {labels.label(section.title).key: section.title for section in form.sections}
    found: dict[str, str] = {}
    without: list[Unplaced] = []
    for title, entry in evaluation.table.texts.items():
        place = sections.get(title) or _cell_for(title, form, sections.values())
        # 无 is what is to be written in a section with nothing to tell.
        if title == TITLE or (entry.is_empty and (place is None or not entry.text.strip())):
            continue
        if place is None or place in found:
            said, advice = (entry.text, _SENTENCE) if title == RESULT else (f"{title}：{entry.text}", _COPY)
            without.append(Unplaced(entry.ref.place, said, advice))
        else:
            found[place] = entry.text
    return found, tuple(without)


def _cell_for(title: str, form: Form, sections: Collection[str]) -> str | None:
    if ACHIEVED_TITLE.fullmatch(title):
        return ACHIEVED if form.funds_by_rows is False else None
    if GOAL_TITLE.fullmatch(title):
        return GOAL_SECTION if GOAL_SECTION in sections else GOAL
    return None


def _other(evaluation: Evaluation) -> Iterator[tuple[str, Entry]]:
    """Typed values that the new workbook calculates itself, and otherwise."""
    table = evaluation.table
    for row in evaluation.rows:
        entry = row.indicator.entries.get(Role.COMPLETION)
        if entry is not None and entry.is_typed and not entry.is_empty and entry.fraction != row.completion:
            yield f"{row.indicator.name} 完成率：", entry
    totals = ((table.total_score, evaluation.adopted_total), (table.total_weight, evaluation.weights_sum))
    for (entry, shown), what in zip(totals, ("总分：", "权重合计："), strict=True):
        if entry is not None and entry.is_typed and entry.number not in (None, shown):
            yield what, entry
    if table.funds is not None:
        yield from _other_funds(table.funds)


def _other_funds(funds: Funds) -> Iterator[tuple[str, Entry]]:
    """Typed 资金结余 and rates that do not follow from the amounts of their column."""
    for (kind, source), entry in funds.entries.items():
        if kind in TYPED_KINDS or not entry.is_typed or entry.is_empty:
            continue
        budget, received, executed = (
            funds.typed_amount(each, source) or Decimal(0) for each in TYPED_KINDS[1:]
        )
        if kind is AmountKind.BALANCE:
            same = entry.amount(funds.unit) == received - executed
        else:
            part = received if kind is AmountKind.FUNDING_RATE else executed
            rate = ratio(part, budget) if budget else Decimal(0)
            same = entry.fraction is not None and round_rate(entry.fraction) == round_rate(rate)
        if not same:
            yield f"{source.label}{kind.label}：", entry
