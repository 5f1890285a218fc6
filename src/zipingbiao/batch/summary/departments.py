"""Departments: spellings of one folded into one, a missing one told by its folder, and the order of all."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import PurePath

from zipingbiao.batch.summary.versions import mark_of
from zipingbiao.book.write.new_cells import Column, Style
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow, year_of
from zipingbiao.values.offices import Offices, office_of
from zipingbiao.values.words import COMMON_NAME, EVIDENCE_NAME

_NUMBER = re.compile(r"^(?P<number>\d{1,3})(?!\d|[年月日号批次\-]\d|年|月|批|次|号)[\s.、．_\-—)）]*(?=\D)")
_LAST = 10**6
_BLANK = "（未填）"


@dataclass(frozen=True, slots=True)
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


def offices_in(rows: Iterable[ProjectRow]) -> Offices:
    """Return which of all names of a batch are one office: departments, units and folders."""
    names = {""}
    for row in rows:
        names.update((_typed(row), row.unit, *_folders(row.file)))
    return Offices(names)


def with_departments(
    rows: Sequence[ProjectRow], offices: Offices
) -> tuple[list[ProjectRow], tuple[Fold, ...]]:
    """Return the tables, each under the one spelling of its department, and what was folded.

    A table that names none is put under that of its folder, and says so in its remark.
    """
    known = {offices.key(_typed(row)) for row in rows} - {""}
    told = [_typed(row) or _by_folder(row.file, known, offices) for row in rows]
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row, name in zip(rows, told, strict=True):
        if name:
            spellings[offices.key(name)][name] += bool(_typed(row))
    adopted = {key: _adopted(counts) for key, counts in spellings.items()}
    placed: list[ProjectRow] = []
    folds: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row, name in zip(rows, told, strict=True):
        label = adopted[offices.key(name)] if name else NO_DEPARTMENT
        typed, remark = _typed(row), row.remark
        if not typed and name:
            why = f"主管部门未填，按文件夹“{name}”列"
            folds[_BLANK, label, f"按文件夹“{name}”"].add(row.file)
            remark = f"{why}；{remark}" if remark else why
        elif typed != label and typed:
            folds[typed, label, _why(typed, label)].add(row.file)
        placed.append(replace(row, department=label, remark=remark))
    order = department_order(placed)
    listed = sorted(folds, key=lambda fold: (order[fold[1]], fold[0] == _BLANK, fold))
    return placed, tuple(Fold(*fold, len(folds[fold])) for fold in listed)


def department_order(rows: Iterable[ProjectRow]) -> Mapping[str, int]:
    """Return the place of each department: by the number before its folder's name, then as they come; none comes last."""
    first: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        name = row.department
        first.setdefault(name, len(first))
        numbers[name] = min(numbers.get(name, _LAST), _folder_number(row.file))
    ordered = sorted(first, key=lambda name: (name == NO_DEPARTMENT, numbers[name], first[name]))
    return {name: place for place, name in enumerate(ordered)}


def _typed(row: ProjectRow) -> str:
    return "" if row.department == NO_DEPARTMENT else row.department


def _folders(file: str) -> list[str]:
    """The names of folders on the way to a file that may be those of a department, the outermost first."""
    found = []
    for folder in PurePath(file).parts[:-1]:
        name = re.sub(r"\.(?:zip|rar|7z)$", "", unicodedata.normalize("NFKC", folder), flags=re.IGNORECASE)
        name = _NUMBER.sub("", name).strip()
        batch = mark_of(f"{name}/-", None).label
        rest = EVIDENCE_NAME.sub("", COMMON_NAME.sub("", name))
        if name and not batch and rest and not year_of(name):
            found.append(name)
    return found


def _by_folder(file: str, known: Iterable[str], offices: Offices) -> str:
    """The department by the folders of a file: one that others name, else the outermost; "" without any."""
    folders = _folders(file)
    return next((name for name in folders if offices.key(name) in known), folders[0] if folders else "")


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
