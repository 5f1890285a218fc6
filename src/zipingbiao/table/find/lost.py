"""Headings that somebody cleared: a column of figures stays, and what it is can be told from its neighbours.

The column is named, never used: who reads figures into the wrong column gets every score wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from zipingbiao.book.cells import Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.drafts import Draft
from zipingbiao.table.find.headings import ROLE_NAMES, Band, Heading
from zipingbiao.table.find.indicators import clean_name
from zipingbiao.table.find.sheet import Sheet, is_blank
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import Indicator, Place, Problem, Role, SelfEvaluation, Trouble
from zipingbiao.table.words import Extra
from zipingbiao.values.number import HUNDRED

_MISSING = frozenset({Trouble.NO_COLUMN, Trouble.NO_WEIGHTS})
_BESIDE = 2  # columns beside the headings in which one may have stood
# Which headings stand left of which, in every form that was seen.
_BEFORE: Mapping[Role, tuple[Role, ...]] = {
    Role.NAME: (Role.LEVEL1, Role.LEVEL2),
    Role.WEIGHT: (Role.NAME,),
    Role.TARGET: (Role.NAME,),
    Role.ACTUAL: (Role.NAME, Role.TARGET),
    Role.SCORE: (Role.NAME, Role.WEIGHT),
    Role.COMPLETION: (Role.NAME, Role.ACTUAL),
    Role.REASON: (Role.NAME, Role.ACTUAL, Role.SCORE),
}
_STAND_INS: Mapping[tuple[Role, Role | Extra | None], Role | None] = {
    (Role.NAME, Role.LEVEL2): Role.LEVEL2,
    (Role.TARGET, Extra.ADJUSTED): None,
}
_NEEDED = (Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL, Role.SCORE)


def with_lost_headings(draft: Draft, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems of a table with those columns named that lack nothing but their heading.

    Of a column that is named so, it is not said as well that it cannot be found.
    """
    headings = _headings(draft.bands[0])
    missing = [role for role in _NEEDED if _is_missing(draft, headings, role, problems)]
    found = _lost(draft, headings, missing) if missing else {}
    words = _words(headings)
    lost = [
        Problem(Trouble.LOST_HEADING, ref, words[roles[0]], tuple(words[role] for role in roles))
        for ref, roles in found.items()
    ]
    named = {ROLE_NAMES[role] for roles in found.values() for role in roles}
    kept = [each for each in problems if each.trouble not in _MISSING or each.what not in named]
    return (*kept, *lost)


def lost_roles(table: SelfEvaluation) -> Iterator[Role]:
    """Yield the roles of the columns that lack their heading, each that a column could have."""
    for problem in table.problems:
        if problem.trouble is Trouble.LOST_HEADING:
            meanings = (labels.heading(word) for word in problem.labels)
            yield from (
                meaning.role for meaning in meanings if meaning is not None and isinstance(meaning.role, Role)
            )


def _headings(band: Band) -> Mapping[Role, Heading]:
    """The headings by what they say: 二级指标 may serve as the name and 调整后 as the target, and are neither."""
    says = {role: _STAND_INS.get((role, spot.role), role) for role, spot in band.columns.items()}
    return {own: band.columns[role] for role, own in says.items() if own is not None}


def _is_missing(
    draft: Draft, headings: Mapping[Role, Heading], role: Role, problems: tuple[Problem, ...]
) -> bool:
    if role in headings:
        return False
    if any(each.trouble is Trouble.TWO_COLUMNS and each.what == ROLE_NAMES[role] for each in problems):
        return False
    return role is not Role.WEIGHT or any(line.weight is None for line in draft.rows.indicators)


def _lost(draft: Draft, headings: Mapping[Role, Heading], missing: list[Role]) -> dict[Ref, list[Role]]:
    """The heading cells that are blank above a column of figures, with the missing roles that it fits.

    What stands where the role stands in most forms goes before what only holds the like.
    """
    columns = dict(_without_heading(draft))
    fitting = {
        ref: [role for role in missing if _holds(draft, column, role)] for ref, column in columns.items()
    }
    found: dict[Ref, list[Role]] = {}
    for ref, roles in fitting.items():
        usual = [role for role in roles if _stands_as_usual(headings, columns[ref], role)]
        if usual or roles:
            found[ref] = usual or roles
    taken = [role for roles in found.values() for role in roles]
    if not taken and Role.ACTUAL in missing:  # a results column that is still empty
        empty = [ref for ref, column in columns.items() if _is_gap(draft, headings, column)]
        return {empty[0]: [Role.ACTUAL]} if len(empty) == 1 else {}
    return found if len(found) <= len(set(taken)) else {}  # more columns than headings: no telling which


def _without_heading(draft: Draft) -> Iterator[tuple[Ref, int]]:
    """The blank heading cells of a table and beside it, each with its first column."""
    band = draft.bands[0]
    right = band.right + _BESIDE if draft.right is None else min(draft.right, band.right + _BESIDE)
    seen = set()
    for column in range(max(draft.left, band.left - _BESIDE), right + 1):
        ref = _blank_heading(draft.sheet, band, column)
        if ref is not None and ref not in seen:
            seen.add(ref)
            yield ref, column


def _blank_heading(sheet: Sheet, band: Band, column: int) -> Ref | None:
    """The cell in which the heading of a column should stand; None where one does.

    The caption of a group (完成情况 over 业绩值 and 得分) is no heading of a column below which nothing stands.
    """
    if any(spot.first <= column <= spot.last and spot.role is not None for spot in band.columns.values()):
        return None
    for row in range(band.bottom, band.top - 1, -1):
        if not sheet.seen(row, column):
            continue
        caption = sheet.span(row, column)
        below = range(caption.bottom + 1, band.bottom + 1)
        others = range(caption.left, caption.right + 1)
        if caption.left == caption.right or not any(
            sheet.seen(lower, other) for lower in below for other in others
        ):
            return None
        return sheet.grid.through_merge(caption.bottom + 1, column)[0]
    return sheet.grid.through_merge(band.top, column)[0]


def _stands_as_usual(headings: Mapping[Role, Heading], column: int, role: Role) -> bool:
    return not any(
        (other in _BEFORE[role] and column <= spot.last)
        or (role in _BEFORE.get(other, ()) and column >= spot.first)
        for other, spot in headings.items()
    )


def _is_gap(draft: Draft, headings: Mapping[Role, Heading], column: int) -> bool:
    """Whether a column without figures lies among the others, where the results usually stand."""
    band = draft.bands[0]
    return band.left < column < band.right and _stands_as_usual(headings, column, Role.ACTUAL)


def _holds(draft: Draft, column: int, role: Role) -> bool:
    """Whether a column holds what that of a role does."""
    lines = [line for line in draft.rows.indicators if line.place is Place.ROW and line.row is not None]
    entries = [draft.sheet.entry(line.row or 0, column) for line in lines]
    filled = [entry for entry in entries if entry.is_formula or not is_blank(entry.cell)]
    match role:
        case Role.NAME:
            return bool(filled) and all(clean_name(each.text) and each.number is None for each in filled)
        case Role.SCORE:
            typed = [entry for entry in filled if not entry.is_formula]
            return bool(filled) and _are_points(typed) and _are_within(entries, lines)
        case Role.WEIGHT:
            return len(filled) * 2 > len(lines) and _are_points(filled)
        case _:
            return len(filled) * 2 > len(lines)


def _are_within(scores: Iterable[Entry], lines: Iterable[Indicator]) -> bool:
    pairs = zip(scores, lines, strict=True)
    known = ((score.number, line.weight) for score, line in pairs)
    return all(score <= weight for score, weight in known if score is not None and weight is not None)


def _are_points(entries: list[Entry]) -> bool:
    numbers = [entry.number for entry in entries]
    known = [number for number in numbers if number is not None and number >= 0]
    return len(known) == len(numbers) and sum(known) <= HUNDRED


def _words(headings: Mapping[Role, Heading]) -> Mapping[Role, str]:
    """What the form of a table prints over its columns; the usual words where its other headings are of none."""
    printed = {role: labels.label(spot.text).key for role, spot in headings.items()}
    for form in FORMS:
        own = {role: form.heading(role) for role in form.headings}
        shared = [role for role in own if role in printed]
        if len(shared) > 1 and all(printed[role] == labels.label(own[role]).key for role in shared):
            return {**ROLE_NAMES, **own}
    return ROLE_NAMES
