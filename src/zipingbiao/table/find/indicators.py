"""The rows below a heading band: indicators, totals, and what ends a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from zipingbiao.table.deductions import told_apart
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.headings import MEASURED, Band, Heading
from zipingbiao.table.find.parts import divided
from zipingbiao.table.find.points import with_shared_scores
from zipingbiao.table.find.sheet import Sheet, is_blank
from zipingbiao.table.find.unfilled import is_level, is_line_name, without_captions
from zipingbiao.table.find.units import unit_of
from zipingbiao.table.records import Indicator, Place, Role
from zipingbiao.table.words import LEVEL1, LEVEL_LIKE
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise
from zipingbiao.values.typed import Comparator, Filler, Words, parse_comparator, parse_text

Columns: TypeAlias = tuple[int, ...]
"""The columns of a row in which something stands, ascending."""
_NAMING = (Role.LEVEL1, Role.LEVEL2, Role.NAME)
_NOTES_BEFORE_TOTAL = 3  # rows of notes that may stand between the indicators and their total
_PREFIXES = regex(
    r"^(?:[★☆*＊\s]+|指标\s*\d+\s*[：:、.．]?\s*|[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)]|\d{1,2}\s*[、.．](?!\d)\s*"
    r"|\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、)"
)
_LINE_BREAK = regex(r"\s*[\r\n]+\s*")
_HAS_WORD = regex(r"[^\W\d_]")
_POINTS = regex(
    r"[(\[【]\s*[\d.]+\s*(?:[-~至]\s*[\d.]+)?\s*(?:分|%|分值)?\s*[)\]】]\s*分?|(?<=[^\d.])[\d.]+\s*分$|[(\[【]\s*(?:权重|分值|满分)?:?[\d.]+\s*[分%]?[)\]】]",
    holds="([【分",
)
_OF_POINTS = (Role.WEIGHT, Role.SCORE, Role.DEDUCTION)


@dataclass
class Rows:
    """What was read below one or more bands of a table; grows while reading.

    Attributes:
        last: the last sheet row that belongs to the table.
        ended: whether something stood there that no table goes on after.
        caption: whether the last thing read is a caption of its own, so that a heading below it opens
            a new table.
    """

    indicators: list[Indicator] = field(default_factory=list)
    informative: list[Indicator] = field(default_factory=list)
    total_weight: Entry | None = None
    total_score: Entry | None = None
    total_deduction: Entry | None = None
    last: int = 0
    ended: bool = False
    has_total: bool = False
    caption: bool = False

    @property
    def weights(self) -> Decimal:
        """Σ of the weights read so far."""
        return sum((row.weight for row in self.indicators if row.weight is not None), Decimal(0))

    def add(self, other: Rows) -> None:
        """Take over the rows of a continued page."""
        self.indicators += other.indicators
        self.informative += other.informative
        self.total_weight = other.total_weight or self.total_weight
        self.total_score = other.total_score or self.total_score
        self.total_deduction = other.total_deduction or self.total_deduction
        self.last, self.ended, self.has_total = other.last, other.ended, self.has_total or other.has_total
        self.caption = other.caption


class Reader:
    """Reads the rows of one band, within the columns between *left* and *right*.

    *tells* says whether a name makes a line although no figures stand beside it.
    """

    def __init__(
        self, sheet: Sheet, band: Band, left: int, right: int | None, tells: Callable[[str], bool]
    ) -> None:
        self.sheet, self.band, self.left, self.right, self.tells = sheet, band, left, right, tells
        self.spots = band.columns
        name = band.columns[Role.NAME]
        self.naming = [band.columns[role] for role in _NAMING if role in band.columns]
        # Labels of totals, foot and head stand in or left of the naming columns.
        self.labels_end = max([name.last, *(spot.last for spot in self.naming)])
        self.first_named = min(spot.first for spot in self.naming)
        self.figures = [spot.first for role, spot in self.spots.items() if role in MEASURED]
        self.others = {role: self.spots[role] for role in Role if role in self.spots and role not in _NAMING}
        self.points = [self.spots[role] for role in _OF_POINTS if role in self.spots]
        self.adjusted = band.adjusted if Role.TARGET in self.spots else None
        self.levels_share = band.levels_share
        self.signs = [spot.first for spot in band.signs]
        target = self.spots.get(Role.TARGET)
        self.wide = range(target.first, target.last) if target is not None else range(0)
        self.level1 = self.level2 = ""
        self.unfilled: list[Indicator] = []  # below the last line or total: of the table if one follows

    def read(self, rows: Iterable[int], is_foreign: Callable[[int], bool]) -> Rows:
        """Read until a row that ends the table; *is_foreign* tells rows of another block."""
        found = Rows(last=self.band.bottom)
        lines = [(row, filled) for row in rows if (filled := self.sheet.filled(row, self.left, self.right))]
        for number, (row, filled) in enumerate(lines):
            captions = self._captions(row, filled)
            if not is_foreign(row) and any(labels.is_total(text) for text in captions):
                self._take_total(found, row, captions)
            elif is_foreign(row) or self._ends(row, filled):
                found.ended = True
                self._take_late_total(found, lines[number : number + _NOTES_BEFORE_TOTAL + 1], is_foreign)
                break
            else:
                self._take(found, row, filled, captions)
        found.indicators += self._last_unfilled(found)
        whole, found.informative = divided(found.indicators, self.tells)
        whole = without_captions(whole, self.tells)
        points = Role.DEDUCTION if Role.DEDUCTION in self.spots else Role.SCORE
        found.indicators = with_shared_scores(self.sheet, points, whole)
        return found

    def _captions(self, row: int, filled: Columns) -> list[str]:
        """The texts in and left of the naming columns."""
        columns = [column for column in filled if column <= self.labels_end]
        return [text for column in columns if (text := self.sheet.text(row, column))]

    def _take_late_total(
        self, found: Rows, lines: list[tuple[int, Columns]], is_foreign: Callable[[int], bool]
    ) -> None:
        """Take the total row of a form in which 其他需要说明事项 stands between the rows and their total."""
        for row, filled in lines:
            captions = self._captions(row, filled)
            if is_foreign(row) or found.has_total:
                return
            if any(labels.is_total(text) for text in captions) and self._has_points(row):
                self._take_total(found, row, captions)
            elif not captions or not labels.is_foot(captions[0]):
                return

    def _take(self, found: Rows, row: int, filled: Columns, captions: list[str]) -> None:
        if any(labels.is_subtotal(text) for text in captions):
            self._close(found, row)
        elif any(labels.is_grade(text) for text in captions):
            found.last, found.caption = row, False
        elif self._is_caption(row, filled):
            found.caption = not labels.is_continuation(captions[0])
            self._open_group(captions[0])
        else:
            found.caption = False
            self._take_indicator(found, row)

    def _ends(self, row: int, filled: Columns) -> bool:
        first = next((column for column in filled if not self._is_prefix(row, column)), None)
        if first is None:
            return False
        text = self.sheet.text(row, first)
        if first <= self.labels_end and text:
            if labels.is_title(text) or (labels.is_foot(text) and not self._has_points(row)):
                return True
            if labels.opens_head(text) and not self._has_points(row):
                return True
        return self._is_other_heading(row)

    def _is_prefix(self, row: int, column: int) -> bool:
        """The vertical caption 绩效指标, repeated on a new page."""
        return column < self.labels_end and labels.is_prefix_heading(self.sheet.text(row, column))

    def _has_points(self, row: int) -> bool:
        return any(self.at(row, spot).number is not None for spot in self.points)

    def _is_other_heading(self, row: int) -> bool:
        """Words where both points columns should have numbers: the heading of something else."""
        return len(self.points) > 1 and all(
            isinstance(self.at(row, spot).value, Words) for spot in self.points
        )

    def _is_caption(self, row: int, filled: Columns) -> bool:
        """One text alone, before or across the naming columns: the caption of a group or of a page."""
        if len(filled) != 1 or filled[0] > self.labels_end or not self.sheet.text(row, filled[0]):
            return False
        if self._is_prefix(row, filled[0]):
            return False
        if self._runs_into_figures(row, filled[0]) or self._names_a_level(row, filled[0]):
            return True
        alone = filled[0] < self.spots[Role.NAME].first and self.sheet.span(row, filled[0]).bottom == row
        return alone and not LEVEL_LIKE.search(self.sheet.text(row, filled[0]))

    def _names_a_level(self, row: int, column: int) -> bool:
        """``一、产出指标`` alone in a row, where no column holds the level."""
        return Role.LEVEL1 not in self.spots and bool(LEVEL1.fullmatch(_level(self.sheet.text(row, column))))

    def _open_group(self, text: str) -> None:
        """A caption opens its level: in its column, or 一、产出指标 in a table without level 1."""
        if LEVEL_LIKE.search(text):
            self.level1, self.level2 = _level(text), ""

    def _take_total(self, found: Rows, row: int, captions: list[str]) -> None:
        self._close(found, row)
        found.has_total = True
        weight, score = self._entry(row, Role.WEIGHT), self._entry(row, Role.SCORE)
        if weight is not None and score is not None and score.is_empty and not weight.is_empty:
            across = self.sheet.span(row, weight.ref.column).right >= score.ref.column
            if across or any("得分" in text or "自评" in text for text in captions):
                weight, score = None, weight  # one figure for the whole row is the score
        found.total_deduction, left = told_apart(self._entry(row, Role.DEDUCTION), found.indicators)
        found.total_weight, found.total_score = weight, left or score
        self.level1 = self.level2 = ""

    def _take_indicator(self, found: Rows, row: int) -> None:
        self._carry_levels(row)
        indicator = self._indicator(row)
        if indicator is None:
            return
        if indicator.is_unfilled and not self.tells(indicator.name):
            self.unfilled.append(indicator)
            return
        self._close(found, row)
        found.indicators.append(indicator)

    def _close(self, found: Rows, row: int) -> None:
        """Take the unfilled rows above this row of the table into it."""
        found.last, found.caption = row, False
        found.indicators += self.unfilled
        self.unfilled = []

    def _last_unfilled(self, found: Rows) -> list[Indicator]:
        """The unfilled rows that nothing follows: those beside a level, or right below where no total stands."""
        before = [spot.first for spot in self.naming if spot.first < self.spots[Role.NAME].first]
        kept: list[Indicator] = []
        for line in self.unfilled:
            row = line.row or 0
            levels = [text for column in before if (text := self.sheet.seen(row, column))]
            goes_on = not found.has_total and row == found.last + 1 and (before or not found.indicators)
            if any(is_level(_level(text)) for text in levels) or (goes_on and not levels):
                kept, found.last = [*kept, line], row
        return kept

    def _carry_levels(self, row: int) -> None:
        first, second = self._naming_text(row, Role.LEVEL1), self._naming_text(row, Role.LEVEL2)
        if first is not None:
            level = _level(first)
            if level != self.level1:
                self.level1, self.level2 = level, ""
        if second is not None:
            self.level2 = _level(second)

    def _naming_text(self, row: int, role: Role) -> str | None:
        """The text of a naming column through merges; None where nothing stands."""
        spot = self.spots.get(role)
        if spot is None:
            return None
        starts = role is Role.LEVEL2 and self.levels_share
        return self.sheet.first_seen(row, spot.first, spot.last, starts_here=starts)

    def _indicator(self, row: int) -> Indicator | None:
        entries = {role: self.at(row, spot) for role, spot in self.others.items()}
        if self.adjusted is not None and not (approved := self.at(row, self.adjusted)).is_empty:
            entries[Role.TARGET] = approved
        name, place = self._name(row)
        measured = [entries[role] for role in MEASURED if role in entries]
        if all(entry.is_empty for entry in measured) and not self.tells(name):
            crossed_out = any(isinstance(entry.value, Filler) for entry in measured)  # / or 无: not wanted
            if crossed_out or not is_line_name(name) or self._is_across(row, place):
                return None
        if isinstance(parse_text(name), Filler) and all(e.is_empty or e.number == 0 for e in measured):
            return None  # 生态效益指标 | 无 | 无 | 无 | 0 | 0: there is none
        if not name and _counts(row, entries):
            name = self.level2 or self.level1
        if not name or self._is_continuation(row, place, entries):
            return None
        for role, spot in self.spots.items():
            if role in _NAMING:
                entries[role] = self.sheet.entry(row, place if role is Role.NAME else spot.first)
        return self._build(row, name, entries)

    def _build(self, row: int, name: str, entries: dict[Role, Entry]) -> Indicator:
        sign, qualitative = self._sign(row)
        weight = entries.get(Role.WEIGHT)
        started_above = weight is not None and weight.ref.row < row
        return Indicator(
            row=row,
            place=Place.ROW,
            level1=self.level1,
            level2=self.level2,
            name=name,
            weight=None if weight is None or started_above else weight.number,
            sign=sign,
            qualitative=qualitative,
            unit=unit_of(name, entries.get(Role.UNIT)),
            entries=entries,
        )

    def _name(self, row: int) -> tuple[str, int]:
        """The name without its numbering, and its column."""
        spot = self.spots[Role.NAME]
        for column in range(spot.first, spot.last + 1):
            text = self.sheet.seen(row, column)
            # A text that runs on over the figures is a sentence, no name.
            if text and not self._runs_into_figures(row, column) and (name := clean_name(text)):
                return name, column
        return "", spot.first

    def _is_across(self, row: int, place: int) -> bool:
        """Whether one merged cell holds all names: the caption of a group."""
        return self.sheet.span(row, place).left <= self.first_named < self.spots[Role.NAME].first

    def _runs_into_figures(self, row: int, column: int) -> bool:
        area = self.sheet.span(row, column)
        return any(area.left < first <= area.right for first in self.figures)

    def _is_continuation(self, row: int, place: int, entries: dict[Role, Entry]) -> bool:
        """Whether this row only goes on with the merged cells of the row above."""
        return self.sheet.span(row, place).top < row and not any(
            entries[role].ref.row == row and not entries[role].is_empty
            for role in MEASURED
            if role in entries
        )

    def _entry(self, row: int, role: Role) -> Entry | None:
        """The entry of a column; None without it."""
        spot = self.spots.get(role)
        return None if spot is None else self.at(row, spot)

    def at(self, row: int, spot: Heading) -> Entry:
        """The value under a heading; under a wide heading the first cell that is more than a sign."""
        chosen: Entry | None = None
        for column in range(spot.first, spot.last + 1):
            entry = self.sheet.entry(row, column)
            if entry.ref.column < spot.first and self._belongs_elsewhere(entry.ref.column, spot):
                continue
            if spot.first == spot.last or not (is_blank(entry.cell) or parse_comparator(entry.text)):
                return entry
            chosen = chosen or entry
        return chosen or Entry.of(self.sheet.grid.ref(row, spot.first), None)

    def _belongs_elsewhere(self, start: int, spot: Heading) -> bool:
        """Whether a merged cell that starts left of a heading starts under another: a sentence across the row."""
        return (
            any(other.first <= start <= other.last for other in self.spots.values() if other is not spot)
            or start <= self.labels_end
        )

    def _sign(self, row: int) -> tuple[Comparator | None, bool]:
        texts = [self.sheet.seen(row, column) for column in self.signs]
        texts += [text for column in self.wide if parse_comparator(text := self.sheet.seen(row, column))]
        if not texts:
            return None, False
        # 正向 or 反向 says more than = or ≥ beside it.
        ordered = sorted(texts, key=lambda text: "向" not in text)
        return next((sign for text in ordered if (sign := parse_comparator(text))), None), any(
            "定性" in text for text in texts
        )


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """Return a name without numbering, stars and line breaks; "" for ``指标2：``, ``……`` or ``/``."""
    name = _LINE_BREAK.sub("", text).strip()
    while (shorter := _PREFIXES.sub("", name).strip()) != name:
        name = shorter
    return name if _HAS_WORD.search(name) else ""


@lru_cache(maxsize=4096)
def _level(text: str) -> str:
    """The name of a level without white space, numbering and its points: ``产出指标(50分)`` → ``产出指标``."""
    level = re.sub(r"\s+", "", normalise(text))
    level = re.sub(
        r"^[一二三四五六七八九十]{1,3}、|^[(][一二三四五六七八九十]{1,3}[)]|^\d{1,2}[、.](?!\d)", "", level
    )
    return _POINTS.sub("", level).strip(":")


def _counts(row: int, entries: dict[Role, Entry]) -> bool:
    """Whether a row without a name still carries points and a result."""
    weight = entries.get(Role.WEIGHT)
    results = [entries[role] for role in (Role.ACTUAL, Role.SCORE) if role in entries]
    return (
        weight is not None
        and weight.ref.row == row
        and bool(weight.number)
        and any(not entry.is_empty for entry in results)
    )
