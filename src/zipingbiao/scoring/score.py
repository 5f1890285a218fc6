"""Completion, score and explanation of every line, by one profile (design.md section 3).

Points are Decimals rounded once, half up, to 0.01; products are formed before the one division.
Sources of each formula: the profile's provenance; 财预〔2020〕10号 for 正向 and 定性, local
practice for 反向, text targets and deadlines (rules.md sections 2 and 3).
"""

from __future__ import annotations

from dataclasses import replace

from zipingbiao.scoring import qualitative
from zipingbiao.scoring.budget_line import implied_execution, score_execution
from zipingbiao.scoring.direction import is_unwanted
from zipingbiao.scoring.evaluation import Note, Scored
from zipingbiao.scoring.execution import base_of
from zipingbiao.scoring.given import given_points, with_merged_points
from zipingbiao.scoring.outcome import ONE, ZERO, by_percentage, is_percent, met, nothing, result
from zipingbiao.scoring.profile import Profile
from zipingbiao.scoring.quantitative import score_number
from zipingbiao.scoring.words import DONE_BY, IN_MONTHS, TIME_NAME
from zipingbiao.table.deductions import with_deductions
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import Funds
from zipingbiao.table.records import Indicator, Kind, Role, SelfEvaluation
from zipingbiao.values.deadline import Deadline, days_late, how_late
from zipingbiao.values.number import plain, ratio, round_points
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise, says, without_brackets
from zipingbiao.values.typed import Blank, Comparator, Filler, Interval, Quantity, Unclear, Value, Words

_MONTHS = frozenset(range(1, 13))
_YEAR = regex(r"20\d\d")


def score_table(table: SelfEvaluation, profile: Profile) -> tuple[Scored, ...]:
    """Return one result per counting line; an implied execution line comes last.

    The execution is implied when the table shows none, or none that is filled in, its funds allow the
    rate and the weights leave room for the profile's points (seed 002: 85 shown, 95 with execution).
    """
    lines, implied = with_deductions(table.indicators), implied_execution(table, profile)
    if implied is not None:
        lines = (*(line for line in lines if not line.is_execution), implied)
    dated = (_in_year(line, table.project.year) for line in lines)
    return tuple(with_merged_points([score_indicator(line, table.funds, profile) for line in dated]))


def score_indicator(indicator: Indicator, funds: Funds | None, profile: Profile) -> Scored:
    """Return the result of one line. Never raises because of what was typed."""
    if indicator.is_unfilled:
        return nothing(indicator, None, "", Note.UNFILLED)
    if indicator.is_execution and not indicator.by_standard:
        scored = score_execution(indicator, funds, base_of(profile, funds))
    else:
        scored = _compare(indicator, profile)
    if indicator.weight is None or indicator.weight < 0:
        note = Note.NO_WEIGHT if indicator.weight is None else Note.BAD_WEIGHT
        return replace(scored, score=None, explanation=note.value, notes=(note, *scored.notes))
    return scored


def _compare(indicator: Indicator, profile: Profile) -> Scored:
    indicator = _in_months(indicator)
    target, actual = indicator.value(Role.TARGET), indicator.value(Role.ACTUAL)
    for value in (target, actual):
        if isinstance(value, Unclear):
            return nothing(indicator, None, "", Note.UNCLEAR, f"{_quoted(value.text)}{value.doubt.value}")
    if _is_stray_date(indicator, target) or _is_stray_date(indicator, actual):
        return nothing(indicator, None, "", Note.UNCLEAR, "单元格是日期，可能由 3-5 之类的文字变来")
    if isinstance(actual, Words) and qualitative.band(actual, target, profile.bands) is not None:
        return _banded(indicator, actual, profile)
    given = _none_happened(indicator, target, actual) or given_points(indicator)
    given = given or _missing(indicator, target, actual)
    if given is not None:
        return given
    match target:
        case Deadline():
            return _deadline(indicator, target, actual)
        case Words():
            return _words(indicator, target, actual)
        case Interval() | Quantity():
            return score_number(indicator, target, profile)
        case _:
            return nothing(indicator, Kind.QUALITATIVE, "没有目标值", Note.NO_TARGET)


def _in_year(indicator: Indicator, year: str) -> Indicator:
    """``12月底前`` is that of the year of the table: what was done in the next January is late."""
    target = indicator.value(Role.TARGET)
    if not isinstance(target, Deadline) or target.year is not None or not _YEAR.fullmatch(year):
        return indicator
    actual = indicator.value(Role.ACTUAL)
    if not isinstance(actual, Deadline) or actual.year is None:
        return indicator
    entry = indicator.entries[Role.TARGET]._replace(value=replace(target, year=int(year)))
    return replace(indicator, entries={**indicator.entries, Role.TARGET: entry})


def _in_months(indicator: Indicator) -> Indicator:
    """``≤ | 10 | 月`` of 完成时间 is October, and no ten months: 11 is late, and no ratio to 10."""
    target = _month(indicator.entries.get(Role.TARGET))
    actual = _month(indicator.entries.get(Role.ACTUAL)) if target is not None else None
    if target is None or actual is None or indicator.sign is Comparator.AT_LEAST:
        return indicator
    name = normalise(indicator.name)
    if not DONE_BY.search(without_brackets(name)):
        return indicator
    if not (IN_MONTHS.fullmatch(indicator.text(Role.UNIT)) or IN_MONTHS.search(name)):
        return indicator
    return replace(indicator, entries={**indicator.entries, Role.TARGET: target, Role.ACTUAL: actual})


def _month(entry: Entry | None) -> Entry | None:
    """A cell with a month, a bare number made one; None for anything else."""
    if entry is None or isinstance(entry.value, Deadline):
        return entry
    value = entry.value
    if not isinstance(value, Quantity) or value.unit is not None or value.comparator is Comparator.AT_LEAST:
        return None
    if value.number not in _MONTHS:
        return None
    return entry._replace(value=Deadline(None, int(value.number), None, text=f"{value.number}月"))


def _quoted(text: str) -> str:
    return f"“{text}”" if text.strip() else ""


def _is_stray_date(indicator: Indicator, value: object) -> bool:
    """An Excel date outside a time indicator: Excel makes dates of ``3-5`` (values.md section 4)."""
    if not isinstance(value, Deadline) or not value.from_cell:
        return False
    return "时效" not in indicator.level2 and not says(indicator.name, TIME_NAME)


def _none_happened(indicator: Indicator, target: Value, actual: Value) -> Scored | None:
    """``无`` against ``无`` (or 0) is met for an effect that should not be."""
    if isinstance(target, Quantity) and isinstance(actual, Quantity):
        return None
    values = (target, actual)
    if not qualitative.none_of_the_same(values):
        if not is_unwanted(indicator):
            return None
        if not all(qualitative.says_none(value, indicator.name) for value in values):
            return None
    return met(indicator, Kind.AT_MOST, "不希望发生的事", "目标和结果都是没有发生")


def _missing(indicator: Indicator, target: Value, actual: Value) -> Scored | None:
    if isinstance(actual, Blank):
        note = Note.NO_VALUES if isinstance(target, Blank | Filler) else Note.NO_ACTUAL
        return nothing(indicator, None, "", note)
    if isinstance(actual, Filler):
        if isinstance(target, Filler) and target.sign == actual.sign:
            return nothing(indicator, None, "", Note.NO_VALUES)
        return nothing(indicator, None, "", Note.NOT_APPLICABLE)
    return None


def _banded(indicator: Indicator, actual: Words, profile: Profile) -> Scored:
    """The typed score is the input of a three-grade indicator; a rule checks it against its band."""
    found = qualitative.band(actual, indicator.value(Role.TARGET), profile.bands)
    weight, stated = indicator.weight, indicator.stated_score
    if found is None or weight is None:
        return nothing(indicator, Kind.QUALITATIVE, "定性指标", Note.NEEDS_SCORE)
    limits = f"{plain(round_points(weight * found.low))}～{plain(round_points(weight * found.high))}"
    band = f"“{actual.text.strip()}”一档为 {limits} 分"
    typed = stated is not None and ZERO <= stated <= weight
    if found.presumed is not None and (not typed or stated == weight * found.presumed):
        sentence = f"“{actual.text.strip()}”为最高一档，得满分 {plain(weight)}"
        return result(indicator, Kind.QUALITATIVE, "定性指标", ONE, weight, sentence, (), reached=True)
    if stated is None or not typed:
        return nothing(indicator, Kind.QUALITATIVE, "定性指标", Note.NEEDS_SCORE, band)
    rate = ratio(stated, weight) if weight else ONE
    sentence = f"{band}，按填报得分 {plain(stated)} 计"
    why, notes = "定性指标", (Note.BAND,)
    scored = result(indicator, Kind.QUALITATIVE, why, rate, stated, sentence, notes, reached=None)
    return replace(scored, detail=band)


def _deadline(indicator: Indicator, target: Deadline, actual: Value) -> Scored:
    why = "目标值是时限"
    if isinstance(actual, Deadline):
        if qualitative.same_words(target.text, actual.text):
            return met(indicator, Kind.DEADLINE, why, "与时限一致，按时完成")
        late = days_late(target, actual)
        if late == 0:
            return met(indicator, Kind.DEADLINE, why, f"{actual.text.strip()} 不晚于 {target.text.strip()}")
        if late is None:
            return nothing(indicator, Kind.DEADLINE, why, Note.DATES_COARSE)
        return nothing(indicator, Kind.DEADLINE, why, Note.LATE, how_late(target, actual))
    if is_percent(actual):
        return by_percentage(indicator, Kind.DEADLINE, why)
    return nothing(indicator, Kind.DEADLINE, why, Note.WORDS_DIFFER)


def _words(indicator: Indicator, target: Words, actual: Value) -> Scored:
    why = "目标值是文字"
    if is_percent(actual):
        return by_percentage(indicator, Kind.QUALITATIVE, why)
    if isinstance(actual, Quantity) and not qualitative.same_words(target.text, actual.text):
        return nothing(indicator, Kind.QUALITATIVE, why, Note.NUMBER_FOR_WORDS)
    if qualitative.is_scale(target.words):
        return nothing(indicator, Kind.QUALITATIVE, why, Note.NOTHING_CHOSEN)
    if qualitative.same_words(target.text, indicator.text(Role.ACTUAL)):
        return met(indicator, Kind.QUALITATIVE, why, "实际结果与目标一致")
    return nothing(indicator, Kind.QUALITATIVE, why, Note.WORDS_DIFFER)
