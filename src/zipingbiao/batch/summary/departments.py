"""Departments: spellings of one folded into one, a missing one told by its folder, and the order of all."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import PurePath

from zipingbiao.batch.summary.roll import Listed, Roll
from zipingbiao.batch.summary.versions import mark_of
from zipingbiao.book.write.new_cells import Column, Style
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow, year_of
from zipingbiao.values.frozen import frozen
from zipingbiao.values.offices import Offices, office_of
from zipingbiao.values.words import COMMON_NAME, EVIDENCE_NAME

_NUMBER = re.compile(r"^(?P<number>\d{1,3})(?![\d年月日号批次]|-\d)[\s.、．_\-—)）]*(?=\D)")
_LAST = 10**6
_BLANK = "（未填）"


@frozen
class Fold:
    """One spelling of a department and the one under which it is added up.

    Attributes:
        spelling: 原名称, as it came.
        adopted: 归并为.
        why: 依据.
        files: in how many files it stands.
    """

    spelling: str
    adopted: str
    why: str
    files: int


FOLDS: tuple[Column[Fold], ...] = (
    Column("原名称", 32, Style.TEXT, attrgetter("spelling")),
    Column("归并为", 32, Style.TEXT, attrgetter("adopted")),
    Column("依据", 44, Style.TEXT, attrgetter("why")),
    Column("文件数", 8, Style.COUNT, attrgetter("files")),
)


def offices_in(rows: Iterable[ProjectRow], listed: Listed | None = None) -> Offices:
    """Return which of all names of a batch and of the list are one office: departments, units and folders."""
    names = {"", *(listed.names() if listed is not None else ())}
    for row in rows:
        names.update((_typed(row), row.unit, *folders_of(row.file)))
    return Offices(names, listed.also()[0] if listed is not None else None)


def with_departments(
    rows: Sequence[ProjectRow], offices: Offices, roll: Roll | None = None
) -> tuple[list[ProjectRow], tuple[Fold, ...]]:
    """Return the tables, each under the one spelling of its department, and what was folded.

    The spelling is that of the list where there is one. A table that names no department is put under
    that of the list by its code, else under that of its folder, and says so in its remark; with a list
    of departments no other folder is one.
    """
    listed = roll.spellings if roll is not None else {}
    known = {offices.key(_typed(row)) for row in rows} - {""}
    strict = roll is not None and bool(roll.departments)
    told, remarks = [], []
    for row in rows:
        by_list = roll.department_of(row) if roll is not None and not _typed(row) else ""
        by_folder = _by_folder(row.file, {*known, *listed}, offices, strict=strict)
        told.append(_typed(row) or by_list or by_folder)
        remarks.append("按名单" if by_list else f"按文件夹“{by_folder}”")
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row, name in zip(rows, told, strict=True):
        if name:
            spellings[offices.key(name)][name] += bool(_typed(row))
    adopted = {key: listed.get(key) or _adopted(counts) for key, counts in spellings.items()}
    placed: list[ProjectRow] = []
    folds: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row, name, by in zip(rows, told, remarks, strict=True):
        label = adopted[offices.key(name)] if name else NO_DEPARTMENT
        typed, remark = _typed(row), row.remark
        if not typed and name:
            why = f"主管部门未填，{by}列"
            folds[_BLANK, label, by].add(row.file)
            remark = f"{why}；{remark}" if remark else why
        elif typed != label and typed:
            folds[typed, label, _why(typed, label)].add(row.file)
        placed.append(row._replace(department=label, remark=remark))
    order = department_order(placed, roll)
    ordered = sorted(folds, key=lambda fold: (order[fold[1]], fold[0] == _BLANK, fold))
    return placed, tuple(Fold(*fold, len(folds[fold])) for fold in ordered)


def department_order(rows: Iterable[ProjectRow], roll: Roll | None = None) -> Mapping[str, int]:
    """Return the place of each department: in the order of the list; those that it does not have behind.

    Of these by the number before its folder's name, then as they come; none comes last.
    """
    listed = {name: place for place, name in enumerate(roll.departments if roll is not None else ())}
    first: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        name = row.department
        first.setdefault(name, len(first))
        numbers[name] = min(numbers.get(name, _LAST), _folder_number(row.file))

    def order(name: str) -> tuple[object, ...]:
        return name == NO_DEPARTMENT, listed.get(name, _LAST), numbers[name], first[name]

    ordered = sorted(first, key=order)
    return {name: place for place, name in enumerate(ordered)}


def place_of(departments: Iterable[str]) -> str:
    """Return whose offices these are, 云岭县; "" where most of them do not name one place."""
    places = Counter(place for name in departments if (place := office_of(name).place))
    place, most = max(places.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    return place if 2 * most > places.total() else ""


def _typed(row: ProjectRow) -> str:
    return "" if row.department == NO_DEPARTMENT else row.department


def folders_of(file: str) -> list[str]:
    """Return the names of folders on the way to a file that may be those of a department, the outermost first."""
    found = []
    for folder in PurePath(file).parts[:-1]:
        name = re.sub(
            r"\.(?:zip|rar|7z|eml)$", "", unicodedata.normalize("NFKC", folder), flags=re.IGNORECASE
        )
        name = _NUMBER.sub("", name).strip()
        batch = mark_of(f"{name}/-", None).label
        rest = EVIDENCE_NAME.sub("", COMMON_NAME.sub("", name))
        if name and not batch and rest and not year_of(name):
            found.append(name)
    return found


def _by_folder(file: str, known: Collection[str], offices: Offices, *, strict: bool) -> str:
    """The department by the folders of a file: one that is known, else the outermost unless *strict*; "" without any."""
    folders = folders_of(file)
    outermost = folders[0] if folders and not strict else ""
    return next((name for name in folders if offices.key(name) in known), outermost)


def _folder_number(file: str) -> int:
    for folder in PurePath(file).parts[:-1]:
        found = _NUMBER.search(unicodedata.normalize("NFKC", folder))
        if found is not None:
            return int(found["number"])
    return _LAST


def _adopted(spellings: Counter[str]) -> str:
    """The spelling under which a department is added up: the whole name, else the most frequent one."""

    def order(name: str) -> tuple[object, ...]:
        office = office_of(name)
        return not office.place, not office.whole, name != "".join(name.split()), -spellings[name], name

    return min(spellings, key=order)


def _why(spelling: str, adopted: str) -> str:
    one, other = office_of(spelling), office_of(adopted)
    if one.name != other.name:
        return "名单中的曾用名或简称"
    said = []
    if spelling != "".join(spelling.split()):
        said.append("名称中有空格")
    if one.place != other.place:
        said.append(
            f"省略了“{other.place.removesuffix(one.place)}”"
            if not one.level
            else f"“{one.level}”即“{other.place}”"
        )
    if not one.whole:
        said.append("本级或编号不另列")
    return "；".join(said) or "同一单位的另一种写法"
