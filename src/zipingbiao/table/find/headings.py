"""Heading bands: one to three rows whose labels say what each column of an indicator table holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import accumulate
from operator import or_

from zipingbiao.book.cells import Area
from zipingbiao.table.find import labels
from zipingbiao.table.find.causes import kinds_of_causes, reason_among
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.find.spots import Sought, Spot, read_spots
from zipingbiao.table.records import Problem, Role, Trouble
from zipingbiao.table.words import GIVES_POINTS, NO_RESULT, RESULT_LIKE, Extra
from zipingbiao.values.frozen import frozen

MEASURED = frozenset({Role.WEIGHT, Role.TARGET, Role.ACTUAL, Role.SCORE, Role.DEDUCTION, Role.COMPLETION})
ONLY_SCORES = frozenset({Role.LEVEL1, Role.NAME, Role.SCORE})
"""The columns of a table whose points stand in the names: 相关性（15分）."""
_RESULTS = frozenset({Role.ACTUAL, Role.SCORE, Role.DEDUCTION, Role.COMPLETION})
_NAMING = frozenset({Role.NAME, Role.LEVEL2})
_OPENING = _NAMING | {Role.LEVEL1}
_MAY_REPEAT = frozenset({Role.SIGN, Role.UNIT, Role.STANDARD})
_POINTS = frozenset({Role.WEIGHT, Role.SCORE, Role.DEDUCTION})
_DEEPEST = 3
ROLE_NAMES = {
    Role.NAME: "三级指标", Role.WEIGHT: "分值", Role.TARGET: "目标值", Role.ACTUAL: "业绩值", Role.COMPLETION: "完成率",
    Role.SCORE: "得分", Role.DEDUCTION: "扣分", Role.REASON: "偏差原因", Role.LEVEL1: "一级指标", Role.LEVEL2: "二级指标",
    Role.COMPUTED: "核算得分", Role.MANUAL: "手工得分", Role.MANUAL_REASON: "手工得分理由", Role.EXPLANATION: "评分说明",
}  # fmt: skip


Heading = Spot[Role | Extra]
"""One column heading of a table of indicators."""
_SOUGHT: Sought[Role | Extra] = Sought(labels.heading, vague=Extra.VALUE, reach=3)


@frozen
class Band:
    """The heading of one table.

    Attributes:
        top, bottom, left, right: the rectangle of the headings.
        columns: the heading of each role, that of the names always; a role that two headings claim is missing.
        adjusted: the column of the approved adjustment of the target.
        signs: all sign and direction columns.
        problems: headings that could not be settled.
    """

    top: int
    bottom: int
    left: int
    right: int
    columns: Mapping[Role, Heading]
    adjusted: Heading | None = None
    signs: tuple[Heading, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def levels_share(self) -> bool:
        """Whether one heading stands over the columns of both levels."""
        level1, level2 = self.columns.get(Role.LEVEL1), self.columns.get(Role.LEVEL2)
        return level1 is not None and level2 is not None and level1.ref == level2.ref

    def overlaps(self, left: int, right: int) -> bool:
        """Tell whether the columns of this band and a range have one in common."""
        return self.left <= right and left <= self.right


Roles = frozenset[Role | Extra]


@frozen
class Search:
    """Which tables are looked for, by the roles of their headings.

    Attributes:
        complete: whether these are the headings of a table; more headings never make less of one.
        whole: whether they can be those of a table whose sub-headings are still missing.
        accepts: whether a heading opens a table that is wanted.
        tells: whether a name alone makes a line: the figures may be printed in it.
    """

    complete: Callable[[Roles], bool]
    whole: Callable[[Roles], bool]
    accepts: Callable[[Band], bool]
    tells: Callable[[str], bool]


@frozen
class _Stack:
    """Rows that may make a heading together, within the columns *left* to *right*."""

    rows: tuple[int, ...]
    left: int
    right: int


def find_bands(sheet: Sheet, taken: Iterable[Area], search: Search) -> list[Band]:
    """Return the heading bands of all tables on a sheet that *search* wants, top to bottom.

    Areas *taken* by funds blocks are left out: their 分值 and 得分 are no columns of a table.
    """
    if not search.complete(frozenset(each.heading.role for each in sheet.labels.values() if each.heading)):
        return []  # most sheets: not even all headings together make a table
    areas = tuple(taken)
    known = defaultdict(set, _heading_cells(sheet, areas))  # a line of causes holds no heading
    bands: list[Band] = []
    for row in sorted(known):
        while known[row]:
            stack = _stack(sheet, row, known, areas, search)
            found = _bands_of(sheet, stack, search)
            while _adds_nothing(sheet, stack, found, search):
                known[stack.rows[0]] -= set(range(stack.left, stack.right + 1))
                stack = replace(stack, rows=stack.rows[1:])
                found = _bands_of(sheet, stack, search)
            if not found:
                known[row] -= set(range(stack.left, stack.right + 1))
                continue
            bands += [band for band in found if search.accepts(band)]
            for used in stack.rows:
                known[used] -= set(range(stack.left, stack.right + 1))
    return bands


def _heading_cells(sheet: Sheet, taken: tuple[Area, ...]) -> dict[int, set[int]]:
    """Columns in which headings stand, by row."""
    found: dict[int, set[int]] = {}
    for (row, column), label in sheet.labels.items():
        if label.heading is not None and not any(area.holds((row, column)) for area in taken):
            found.setdefault(row, set()).add(column)
    return found


def _stack(
    sheet: Sheet, row: int, known: Mapping[int, set[int]], taken: tuple[Area, ...], search: Search
) -> _Stack:
    """The row with the rows of sub-headings directly below it."""
    own = _first_table(sheet, row, known[row], search)
    inner = (min(own), max(sheet.span(row, column).right for column in own))
    left, right = _extent(sheet, row, own, taken)
    rows = [row]
    while len(rows) < _DEEPEST:
        below = rows[-1] + 1
        headings, kinds = known.get(below, set()), kinds_of_causes(sheet, below)
        if headings or len(kinds) > 1:  # one text alone below the heading is a reason
            headings = headings | kinds
        if any(column not in headings for column in sheet.filled(below, left, right)):
            left, right = inner  # what stands beside the headings is no part of them
        filled = list(sheet.filled(below, left, right))
        if not filled or not headings.issuperset(filled):
            break
        rows.append(below)
        left, right = _widened(sheet, rows, headings, left, right)
        inner = _widened(sheet, rows, headings, *inner)
    return _Stack(tuple(rows), left, right)


def _widened(sheet: Sheet, rows: list[int], headings: set[int], left: int, right: int) -> tuple[int, int]:
    """Take in the sub-headings that go on beside those above them, where nothing stands above."""

    def goes_on(column: int) -> bool:
        return column in headings and not any(sheet.seen(upper, column) for upper in rows[:-1])

    while goes_on(right + 1):
        right = sheet.span(rows[-1], right + 1).right
    while goes_on(left - 1):
        left -= 1
    return left, right


def _first_table(sheet: Sheet, row: int, columns: set[int], search: Search) -> set[int]:
    """The heading columns of the leftmost of several tables whose headings start in one row."""
    spots = list(_spots(sheet, _Stack((row,), min(columns), max(columns))))
    if not spots:
        return columns  # labels that lie hidden under merged cells
    last = _side_by_side(spots, search)[0][-1].last
    return {column for column in columns if column <= last}


def _extent(sheet: Sheet, row: int, columns: set[int], taken: tuple[Area, ...]) -> tuple[int, int]:
    """The columns from the first to the last heading, and the unknown texts right beside them."""
    left, right = min(columns), max(sheet.span(row, column).right for column in columns)
    filled = [column for column in sheet.filled(row) if not any(area.holds((row, column)) for area in taken)]
    for column in filled:
        if column == right + 1 and labels.heading(sheet.text(row, column)) is None:
            right = sheet.span(row, column).right
    for column in reversed(filled):
        if sheet.span(row, column).right == left - 1 and labels.heading(sheet.text(row, column)) is None:
            left = column
    return left, right


def _bands_of(sheet: Sheet, stack: _Stack, search: Search) -> list[Band]:
    parts = _side_by_side(list(_spots(sheet, stack)), search)
    named = [(part, _name_spot(part)) for part in parts if search.complete(frozenset(_roles(part)))]
    # 绩效指标 before 一级指标 sounds like the names and is none: without them no line can be read.
    return [_resolve(stack.rows, part, name) for part, name in named if name is not None]


def _adds_nothing(sheet: Sheet, stack: _Stack, found: list[Band], search: Search) -> bool:
    """Tell whether the first row of a heading adds no role: it belongs to what stands above."""
    if len(stack.rows) == 1 or not found:
        return False
    rest = _bands_of(sheet, replace(stack, rows=stack.rows[1:]), search)
    return len(rest) == len(found) and all(
        set(inner.columns) >= set(outer.columns)
        and all(spot.ref.row > stack.rows[0] for spot in inner.columns.values())
        for inner, outer in zip(rest, found, strict=True)
    )


def _spots(sheet: Sheet, stack: _Stack) -> Iterator[Heading]:
    return read_spots(sheet, stack.rows, stack.left, stack.right, _SOUGHT)


def _roles(spots: list[Heading]) -> list[Role | Extra]:
    return [spot.role for spot in spots if spot.role is not None]


def _complete(roles: Roles) -> bool:
    return bool(roles & _NAMING) and (len(roles & MEASURED) >= 2 or roles >= ONLY_SCORES)


def _whole(roles: Roles) -> bool:
    return bool(roles & _OPENING) and len(roles & MEASURED) >= 2


def _side_by_side(spots: list[Heading], search: Search) -> list[list[Heading]]:
    """Split headings of several complete tables that stand beside each other."""
    roles = [frozenset(_roles([spot])) for spot in spots]
    before = list(accumulate(roles, or_))
    behind = list(accumulate(reversed(roles), or_))[::-1]
    cuts = [
        cut
        for cut in range(2, len(spots) - 1)
        if search.whole(before[cut - 1]) and search.whole(behind[cut]) and not _repeats(spots[:cut])
    ]
    if not cuts:
        return [spots]

    def likelihood(cut: int) -> tuple[bool, bool, int, int]:
        left, right = _roles(spots[:cut]), _roles(spots[cut:])
        # A table opens with its naming columns; it hardly ends with one.
        opens = spots[cut].role in _OPENING and spots[cut - 1].role not in _OPENING
        return left == right[: len(left)], opens, spots[cut].first - spots[cut - 1].last, cut

    cut = max(cuts, key=likelihood)
    return [spots[:cut], *_side_by_side(spots[cut:], search)]


def _repeats(spots: list[Heading]) -> bool:
    roles = [role for role in _roles(spots) if role not in _MAY_REPEAT and role is not Role.NAME]
    return len(roles) > len(set(roles)) or len({s.text for s in spots if s.role is Role.NAME}) < sum(
        s.role is Role.NAME for s in spots
    )


def _resolve(stack: tuple[int, ...], spots: list[Heading], name: Heading) -> Band:
    columns: dict[Role, Heading] = {Role.NAME: name}
    problems: list[Problem] = []
    for role in Role:
        if role is Role.NAME or (role is Role.DEDUCTION and _claims(spots, Role.SCORE)):
            continue  # beside 得分, 扣分 only says again what that says
        claims = _of_the_line([spot for spot in _claims(spots, role) if spot is not name], role, name)
        if len(claims) == 1 or (claims and role in _MAY_REPEAT):
            columns[role] = claims[0]
        elif claims:
            texts = tuple(_one_line(spot.text) for spot in claims)
            others = tuple(spot.ref for spot in claims[1:])
            problems.append(Problem(Trouble.TWO_COLUMNS, claims[0].ref, ROLE_NAMES[role], texts, others))
    adjusted = next((spot for spot in spots if spot.role is Extra.ADJUSTED), None)
    if adjusted is not None and not _claims(spots, Role.TARGET):
        columns[Role.TARGET], adjusted = adjusted, None
    _split_wide_level(columns)
    if not _claims(spots, Role.ACTUAL) and not _is_by_standard(spots):
        columns.pop(Role.STANDARD, None)
        if MEASURED & set(columns) != {Role.SCORE}:
            problems.append(_no_actual(columns, spots))
    return Band(
        stack[0],
        stack[-1],
        min(spot.first for spot in spots if spot.meaning),
        max(spot.last for spot in spots if spot.meaning),
        columns,
        adjusted,
        tuple(_claims(spots, Role.SIGN)),
        tuple(problems),
    )


def _of_the_line(claims: list[Heading], role: Role, name: Heading) -> list[Heading]:
    """Points before the names (一级指标|分值|二级指标|分值|三级指标|分值) are those of the levels."""
    if role is Role.REASON:
        return reason_among(claims)
    if role not in _POINTS:
        return claims
    return [spot for spot in claims if spot.first > name.first] or claims


def _split_wide_level(columns: dict[Role, Heading]) -> None:
    """One heading over both levels (评价内容): its first column is level 1, the others up to the name level 2."""
    wide, name = columns.get(Role.LEVEL1), columns[Role.NAME]
    if wide is None or Role.LEVEL2 in columns or name.first <= wide.first + 1:
        return
    between = range(wide.first + 1, name.first)
    if any(spot.first in between for role, spot in columns.items() if role is not Role.NAME):
        return
    columns[Role.LEVEL1] = replace(wide, last=wide.first)
    columns[Role.LEVEL2] = replace(wide, first=wide.first + 1, last=name.first - 1)


def _name_spot(spots: list[Heading]) -> Heading | None:
    """The column of the names: 三级指标 before 指标名称; the caption 绩效指标 only if it is no prefix."""
    levels = [spot.first for spot in spots if spot.role in {Role.LEVEL1, Role.LEVEL2}]
    names = [
        spot
        for spot in spots
        if spot.role is Role.NAME
        and not (levels and spot.first < min(levels) and labels.is_prefix_heading(spot.text))
    ]
    if names:
        return min(names, key=lambda spot: (spot.meaning.rank if spot.meaning else 0, spot.first))
    return next((spot for spot in spots if spot.role is Role.LEVEL2), None)


def _claims(spots: list[Heading], role: Role) -> list[Heading]:
    """The headings of a role that are surest."""
    found = [(spot.meaning.rank, spot) for spot in spots if spot.meaning and spot.meaning.role is role]
    best = min((rank for rank, _ in found), default=0)
    return [spot for rank, spot in found if rank == best]


def _is_by_standard(spots: list[Heading]) -> bool:
    """Whether points are given by a standard, so that no column of results is missing.

    Beside targets 指标解释 alone says nothing of points.
    """
    standards = [spot.text for spot in _claims(spots, Role.STANDARD)]
    if not standards or not (_claims(spots, Role.SCORE) or _claims(spots, Role.DEDUCTION)):
        return False
    if _claims(spots, Role.TARGET) and not any(GIVES_POINTS.search(_one_line(text)) for text in standards):
        return False
    return not any(RESULT_LIKE.search(spot.text) for spot in spots if spot.meaning is None)


def _no_actual(columns: Mapping[Role, Heading], spots: list[Heading]) -> Problem:
    unknown = [spot for spot in spots if spot.meaning is None and _may_be_result(spot.text)]
    nearest = max(unknown, key=lambda spot: _likeness(spot.text), default=None)
    at = columns[Role.NAME].ref if Role.NAME in columns else spots[0].ref
    if nearest is None or _likeness(nearest.text) < 0.25:
        return Problem(Trouble.NO_COLUMN, at, ROLE_NAMES[Role.ACTUAL])
    return Problem(Trouble.NO_COLUMN, nearest.ref, ROLE_NAMES[Role.ACTUAL], (_one_line(nearest.text),))


def _may_be_result(text: str) -> bool:
    return RESULT_LIKE.search(_one_line(text)) is not None or not NO_RESULT.search(_one_line(text))


def _likeness(text: str) -> float:
    from difflib import SequenceMatcher

    key = labels.label(text).key
    return max(SequenceMatcher(None, key, word).ratio() for word in labels.words_of(Role.ACTUAL))


def _one_line(text: str) -> str:
    return "".join(text.split())


def _is_self_evaluation(band: Band) -> bool:
    """An approved-target table has neither results nor a column that could be meant as one."""
    if _RESULTS & set(band.columns):
        return True
    return any(
        (problem.trouble is Trouble.TWO_COLUMNS and problem.what in {ROLE_NAMES[role] for role in _RESULTS})
        or (problem.trouble is Trouble.NO_COLUMN and RESULT_LIKE.search("".join(problem.labels)) is not None)
        for problem in band.problems
    )


def _never(_: str) -> bool:
    return False


SELF_EVALUATIONS = Search(_complete, _whole, _is_self_evaluation, _never)
"""Tables with results: at least two columns of figures beside the names."""
