"""Which of two tables of one project is the later one, by what their folders and names say; never by file time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from zipingbiao.values.frozen import frozen
from zipingbiao.values.words import BATCH_NAME, EARLIER_NAME, FINAL_NAME, SCORED_NAME, SUPPLEMENT_NAME

# 2026-03-05, 2026年3月5日, 3月5日, 20260305; 1.5教育局 is a number before a name.
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)[-./_年]|(?=\d{1,2}月))(?P<month>0?[1-9]|1[0-2])[-./_月](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<year8>20\d\d)(?P<month8>0[1-9]|1[0-2])(?P<day8>0[1-9]|[12]\d|3[01])(?!\d)"
)
# 第一批0115, 0305补报; a number before a name, 1001教育局, is none.
_SHORT = re.compile(
    r"(?<!\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?:$|(?=[批次报收交送版]|补))"
)
# 校舍v2, 校舍第二稿.
_TRY = re.compile(r"[vV](?P<arabic>\d{1,2})(?!\d)|第(?P<number>[一二三四五六七八九]|\d{1,2})[稿版]")
# 校舍改, 校舍（再改）: only beside a name that is the same without it.
_CHANGED = re.compile(r"[-_（(]?(?P<again>[再又])?改[)）]?$")
_DIGITS = "一二三四五六七八九"
_HALF_YEAR = 6

Day = tuple[int | None, int, int]
"""Year, where it is known, month and day."""


@frozen
class Mark:
    """What the way to a file says of when it was handed in.

    Attributes:
        given: its place among the batches that the caller named; None where he named none, 0 for none of them.
        number: of its batch, 第二批.
        day: that its folder bears.
        supplement: whether its folder says 补报.
        final, final_folder: whether its own name, or a folder, says 最终 or the like.
        stem: its name without ending.
        label: the folder of its batch; "" where none is known.
    """

    given: int | None
    number: int | None
    day: Day | None
    supplement: bool
    final: bool
    final_folder: bool
    stem: str
    label: str

    @property
    def has_batch(self) -> bool:
        """Whether anything says in which batch it came."""
        return bool(self.given or self.number is not None or self.day is not None or self.supplement)

    def of(self, project: str) -> Mark:
        """The mark for one project: what stands in its own name says nothing, 垃圾最终处置 is no final version."""
        name = "".join(unicodedata.normalize("NFKC", project).split())
        rest = self.stem.replace(name, "") if name else self.stem
        return replace(self, final=FINAL_NAME.search(rest) is not None)


def mark_of(shown: str, given: int | None, label: str = "") -> Mark:
    """Return the mark of a file by its path below the folder that all files share.

    Args:
        shown: the path; an archive on the way is like a folder.
        given: as in *Mark*.
        label: the name of the batch that the caller named.
    """
    *folders, name = (unicodedata.normalize("NFKC", part) for part in PurePath(shown).parts or (shown,))
    folders = [re.sub(r"\.(?:zip|rar|7z|eml)$", "", folder, flags=re.IGNORECASE) for folder in folders]
    numbers, days = [_number(folder) for folder in folders], [_day(folder) for folder in folders]
    supplement = [SUPPLEMENT_NAME.search(folder) is not None for folder in folders]
    told = [folder for folder, *said in zip(folders, numbers, days, supplement, strict=True) if any(said)]
    stem = PurePath(name).stem
    return Mark(
        given=given,
        number=next((number for number in reversed(numbers) if number is not None), None),
        day=next((day for day in reversed(days) if day is not None), None),
        supplement=any(supplement),
        final=FINAL_NAME.search(stem) is not None,
        final_folder=any(FINAL_NAME.search(folder) for folder in folders),
        stem="".join(stem.split()),
        label=label or (told[-1] if told else ""),
    )


def later(one: Mark, other: Mark) -> str:
    """Return why the first of two is the later one, in a few Chinese words; "" where nothing says so."""
    order, why = _order(one, other)
    return why if order > 0 else ""


def newest(marks: Sequence[Mark]) -> list[int]:
    """Return the places of those than which none is later; one, where that is settled."""
    like: dict[Mark, list[int]] = {}
    for place, mark in enumerate(marks):
        like.setdefault(replace(mark, stem="", label=""), []).append(place)
    kept = []
    for one, places in like.items():
        if not any(later(other, one) for other in like if other is not one):
            scored = {
                SCORED_NAME.sub("", marks[at].stem) for at in places if SCORED_NAME.search(marks[at].stem)
            }
            kept += [place for place in places if marks[place].stem not in scored]
    return sorted(kept)


def likely_last(marks: Sequence[Mark]) -> int | None:
    """Return the place of the one whose file name reads as the last of several; None where not one does.

    Such names decide nothing: people also send v1 after v2. What is returned may be proposed.
    """
    stems = [mark.stem for mark in marks]
    orders: list[list[int | None]] = [
        [int(EARLIER_NAME.search(stem) is None) for stem in stems],
        [_dated(stem) for stem in stems],
        [_try(stem) for stem in stems],
        _changes(stems),
    ]
    for order in orders:
        told = [each for each in order if each is not None]
        if len(told) == len(stems) and told.count(max(told)) == 1:
            return told.index(max(told))
    return None


def _dated(stem: str) -> int | None:
    """The day of a name with its year, as a number that grows with it."""
    year, month, day = _day(stem) or (None, 0, 0)
    return None if year is None else (year * 100 + month) * 100 + day


def _try(stem: str) -> int | None:
    found = _TRY.search(stem)
    if found is None:
        return None
    text = found["arabic"] or found["number"]
    return int(text) if text.isdigit() else _DIGITS.index(text) + 1


def _changes(stems: Sequence[str]) -> list[int | None]:
    """How often each name says 改, where they are the same without it."""
    if len({_CHANGED.sub("", stem) for stem in stems}) > 1:
        return [None] * len(stems)
    found = [_CHANGED.search(stem) for stem in stems]
    return [0 if each is None else 2 if each["again"] else 1 for each in found]


def _order(one: Mark, other: Mark) -> tuple[int, str]:
    """1 when the first is the later one, -1 when it is the earlier one, 0 when nobody knows."""
    if one.given is not None and other.given is not None and one.given != other.given:
        return (1 if one.given > other.given else -1), "报送批次较后"
    by_batch = _by_batch(one, other)
    if by_batch is None:
        return 0, ""
    if by_batch:
        return by_batch, "报送批次较后"
    for mine, theirs, order in ((one, other, 1), (other, one, -1)):
        if SCORED_NAME.search(mine.stem) and SCORED_NAME.sub("", mine.stem) == theirs.stem:
            return order, "是本软件评分后另存的"
    if one.final is not other.final:
        return (1 if one.final else -1), "文件名注明是修改后的或最终的"
    if one.final_folder is not other.final_folder:
        return (1 if one.final_folder else -1), "文件夹注明是修改后的或最终的"
    return 0, ""


def _by_batch(one: Mark, other: Mark) -> int | None:
    """The order of two batches, 0 where nothing tells; None where number and date contradict each other."""
    days = _days(one, other)
    orders = {_sign(one.number, other.number), days or 0} - {0}
    if len(orders) > 1 or (days is None and not orders):
        return None
    return orders.pop() if orders else int(one.supplement) - int(other.supplement)


def _sign(one: int | None, other: int | None) -> int:
    if one is None or other is None or one == other:
        return 0
    return 1 if one > other else -1


def _days(one: Mark, other: Mark) -> int | None:
    """The order of two dates, 0 where one has none or both are equal; None where a missing year leaves it open."""
    if one.day is None or other.day is None or one.day == other.day:
        return 0
    (year, *rest), (other_year, *others) = one.day, other.day
    if year is not None and other_year is not None and year != other_year:
        return 1 if year > other_year else -1
    if (year is None or other_year is None) and abs(rest[0] - others[0]) >= _HALF_YEAR:
        return None
    if rest == others:
        return 0
    return 1 if rest > others else -1


def _number(folder: str) -> int | None:
    found = BATCH_NAME.search(folder)
    if found is None:
        return None
    if found["first"]:
        return 1
    text = found["number"]
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十") if "十" in text else ("", "", text)
    ten = 10 * (_DIGITS.index(tens) + 1 if tens else 1) if "十" in text else 0
    return ten + (_DIGITS.index(ones[-1]) + 1 if ones else 0)


def _day(folder: str) -> Day | None:
    found = _DATE.search(folder)
    if found is not None:
        eight = found["year8"] is not None
        year, month, day = (found[f"{name}8" if eight else name] for name in ("year", "month", "day"))
        return (int(year) if year else None), int(month), int(day)
    short = _SHORT.search(folder)
    return None if short is None else (None, int(short["month"]), int(short["day"]))
