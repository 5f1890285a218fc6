"""Rows that only divide the line above them: 其中…, （1）…, indented, or below a line with a star."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.regex import regex

OF_WHICH = "其中"
_STARS = "★☆*＊"
_FIRST = "1一①"
_MARK = regex(
    r"(?P<indent>[\u3000\t]+| {2,})|(?P<of_which>其中)|[（(](?P<bracket>\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|(?P<ring>[①-⑳])"
    r"|(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<stop>\s*[.、．)）])(?!\d)|(?P<bullet>[-—–·•●○◆◇▪□])"
)


class Mark(NamedTuple):
    """What stands before a name: its kind, "" without one, and whether it is the first of its kind.

    *depth* is how far the name is indented.
    """

    kind: str
    is_first: bool = False
    depth: int = 0

    def is_below(self, above: Mark) -> bool:
        """Tell whether a row with this mark is a part of one with the mark *above*."""
        return bool(self.kind) and (self.kind != above.kind or self.depth > above.depth)


def mark_of(row: Indicator) -> Mark:
    """Return the mark before the name of a row; a star is none, it stands before lines and parts."""
    found = _MARK.match(_name(row).lstrip(_STARS))
    if found is None:
        return Mark("")
    kind = next(name for name, text in found.groupdict().items() if text is not None)
    number = found[kind] if kind in {"bracket", "ring", "number"} else "1"
    sign = found["stop"].strip() if kind == "number" else kind
    return Mark(sign, number in _FIRST, len(found[0]) if kind == "indent" else 0)


def beside(row: Indicator, other: Indicator) -> bool:
    """Tell whether two rows stand under the same level 1 and level 2."""
    return (row.level1, row.level2) == (other.level1, other.level2)


def divided(
    rows: Sequence[Indicator], tells: Callable[[str], bool]
) -> tuple[list[Indicator], list[Indicator]]:
    """Return the lines, each with the rows of its parts that report a result, and the filled parts.

    An unfilled row whose name *tells* enough is a line whatever stands beside it.
    """
    wholes = list(_wholes(rows))
    reported: dict[int, list[int]] = {}
    for row, whole in zip(rows, wholes, strict=True):
        if whole is not None and row.row is not None and not _is_empty(row, Role.ACTUAL):
            reported.setdefault(whole, []).append(row.row)
    lines, parts = [], []
    for number, (row, whole) in enumerate(zip(rows, wholes, strict=True)):
        told = row.is_unfilled and tells(row.name)
        if not told and (whole is not None or (row.weight is None and row.name.startswith(OF_WHICH))):
            parts += [] if row.is_unfilled else [row]
        else:
            lines.append(replace(row, parts=tuple(reported[number])) if number in reported else row)
    return lines, parts


def _wholes(rows: Sequence[Indicator]) -> Iterator[int | None]:
    """For each row the number of the line with points that it is a part of; None for a line of its own."""
    whole: int | None = None
    enumerated = False  # 其中 stands before the first part only: 其中：男性, 女性
    for number, row in enumerate(rows):
        if whole is not None and _is_part(row, rows[whole], enumerated=enumerated):
            enumerated = enumerated or mark_of(row).kind == "of_which"
            yield whole
        else:
            whole, enumerated = (None if row.weight is None else number), False
            yield None


def _is_part(row: Indicator, whole: Indicator, *, enumerated: bool) -> bool:
    """Whether a row below a line with points says by its mark, or by a star on the line, that it is a part."""
    if _has_points(row) or not beside(row, whole):
        return False
    own = mark_of(row)
    if own.kind or row.is_unfilled:
        return own.is_below(mark_of(whole))
    return enumerated or (_is_starred(whole) and not _is_starred(row))


def _is_starred(row: Indicator) -> bool:
    return _name(row).lstrip().startswith(tuple(_STARS))


def _has_points(row: Indicator) -> bool:
    """Whether points, or what was meant as points, stand in the row itself: a merged cell above is another's."""
    typed = (
        entry
        for role in (Role.WEIGHT, Role.SCORE, Role.DEDUCTION)
        if (entry := row.entries.get(role)) is not None
    )
    return any(entry.ref.row == row.row and not entry.is_empty and entry.is_typed for entry in typed)


def _is_empty(row: Indicator, role: Role) -> bool:
    entry = row.entries.get(role)
    return entry is None or entry.is_empty


def _name(row: Indicator) -> str:
    return row.entries[Role.NAME].text
