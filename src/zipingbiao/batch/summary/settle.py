"""What each file is to the others: the one that counts, its copy, its original, or material beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TypeAlias

from zipingbiao.batch.records import FileRecord
from zipingbiao.batch.summary.duplicates import set_aside_copies
from zipingbiao.result.file_result import Status
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow
from zipingbiao.values.spelling import same_text
from zipingbiao.values.words import COMMON_NAME, EVIDENCE_NAME, FORM_NAME, TABLE_NAME

Figures: TypeAlias = tuple[tuple[object, ...], ...]

# Which kind of one table counts: what people work in, what it was converted from, a document, a bare list.
_RANKS = {"xlsx": 0, "xlsm": 0, "docx": 2, "csv": 3}
_WORKBOOK = 1
# A kind that holds a table like a workbook: only the same name says that it is the same one.
_TABLES = frozenset({"xls", "xlsb", "ods", "csv", "html", "mhtml", "xml", "xml2003"})
# What never stands for a missing table; any other material is told by its name.
_NEVER_TABLES = frozenset({"video", "sound", "dwg", "caj"})
# Whoever gives a picture such a name meant to send a table, and is to be asked for it.
_MEANT_AS_TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".docx", ".doc", ".wps"})
_SHORTEST_NAME = 2
_EVIDENCE_LAST = re.compile(rf"(?:{EVIDENCE_NAME.pattern})+$")
_DISTRICT = re.compile(r"^.{1,8}?[省市县区旗](?=.)")


def settle(records: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    """Return the records with what does not count beside another one set aside; the order stays.

    * Of byte-identical files one counts, the others are SKIPPED.
    * Of one table in several kinds in one folder (same project, equal figures) the workbook counts,
      else the .docx, else the .csv; the others are ATTACHED. An original that was converted under the
      same name is SKIPPED.
    * What cannot be read is ATTACHED where a table that counts stands beside it: one of the same name
      or project, or in a folder of one department where the name says that it is evidence or the
      picture of that table. A folder that is named after the project of a table beside it belongs to
      that table. Else it stays what it is, for it may be all that a unit sent.
    """
    settled = list(set_aside_copies(records))
    places: dict[PurePath, list[int]] = defaultdict(list)
    for at, record in enumerate(settled):
        places[_place(record)].append(at)
    _join_folders_of_projects(places, settled)
    for together in places.values():
        for at, decided in _kinds({at: settled[at] for at in together}).items():
            settled[at] = decided
        counting = [settled[at] for at in together if settled[at].status is Status.ACCEPTED]
        for at in together if counting else ():
            settled[at] = _beside(settled[at], counting)
    return tuple(settled)


def _place(record: FileRecord) -> PurePath:
    """The folder whose name says whose files these are: 佐证材料 and 扫描件 say nothing."""
    folder = PurePath(record.path).parent
    while _says_form(_bare(_stem(folder.name))):
        folder = folder.parent
    return folder


def _join_folders_of_projects(places: dict[PurePath, list[int]], records: Sequence[FileRecord]) -> None:
    """Put the material of a folder beside the table after whose project the folder is named: 校舍维修改造佐证材料."""
    counting = {
        place: [records[at] for at in together if records[at].status is Status.ACCEPTED]
        for place, together in places.items()
    }
    for place in [place for place, tables in counting.items() if not tables]:
        if any(_names(place.name, table) for table in counting.get(place.parent, ())):
            places[place.parent] += places.pop(place)


def _says_form(folder: str) -> bool:
    """Whether a name says that evidence lies there, or in which form, and nothing else."""
    named = EVIDENCE_NAME.search(folder) or FORM_NAME.search(folder)
    return named is not None and not EVIDENCE_NAME.sub("", COMMON_NAME.sub("", folder))


# ------------------------------------------------------------------ one table in several kinds


def _kinds(records: Mapping[int, FileRecord]) -> dict[int, FileRecord]:
    """What becomes of the files that hold the table of another one in a kind that does not count."""
    same: dict[Figures, list[int]] = defaultdict(list)
    for at, record in records.items():
        if record.status is Status.ACCEPTED and all(row.name or row.code for row in record.projects):
            same[_figures(record)].append(at)
    decided = {}
    for together in same.values():
        best = min(together, key=lambda at: rank(records[at]))
        for at in together:
            if rank(records[at]) > rank(records[best]):
                decided[at] = _other_kind(records[at], [records[each] for each in together], records[best])
    return decided


def _other_kind(record: FileRecord, same: Sequence[FileRecord], best: FileRecord) -> FileRecord:
    if rank(record) > _WORKBOOK:
        return record.aside(Status.ATTACHED, f"与“{_name(best)}”是同一张表，以后者为准，本件作附件。")
    converted = next((each for each in same if rank(each) == 0 and _is_namesake(each, record)), None)
    if converted is None:  # two workbooks of other names are two versions
        return record
    return record.aside(Status.SKIPPED, f"是“{_name(converted)}”转换前的原件，数字相同，只计一次。")


def rank(record: FileRecord) -> int:
    """Return which kind of one table counts: the least one."""
    return _RANKS.get(record.kind, _WORKBOOK)


def _figures(record: FileRecord) -> Figures:
    return tuple(sorted((_facts(row) for row in record.projects), key=repr))


def _facts(row: ProjectRow) -> tuple[object, ...]:
    """What one table says in every kind of file: the sums, not how they are written."""
    amounts = (row.initial_budget, row.full_year_budget, row.executed)
    return (
        same_text(row.name) or same_text(row.code),
        *amounts,
        row.adopted_total,
        row.weights_total,
        len(row.indicators),
    )


# ------------------------------------------------------------------ material beside a table


def _beside(record: FileRecord, counting: Sequence[FileRecord]) -> FileRecord:
    if not record.material or record.status not in {Status.REJECTED, Status.OTHER}:
        return record
    own = next((table for table in counting if _is_namesake(table, record)), None)
    if own is None and record.kind not in _TABLES:
        own = next((table for table in counting if _names(_stem(_name(record)), table)), None)
    if own is not None and record.kind != "program":
        return record.aside(Status.ATTACHED, f"与“{_name(own)}”是同一项目的材料，以该表为准，本件作附件。")
    if _is_evidence(record, counting):
        why = f"与“{_name(counting[0])}”放在一处，作为佐证材料留存，不参加汇总，不必处理。"
        return record.aside(Status.ATTACHED, why)
    return record


def _is_namesake(one: FileRecord, other: FileRecord) -> bool:
    return _bare(_stem(_name(one))) == _bare(_stem(_name(other)))


def _names(text: str, table: FileRecord) -> bool:
    """Whether a name says the project of a table, or what the name of its file says, alone or with what lies there.

    二期 is another project; 自评报告 and 佐证材料 are not.
    """
    owners = _owners([table])
    said = said_of(text, owners)
    known = {said_of(_stem(_name(table)), owners), *(said_of(row.name, owners) for row in table.projects)}
    return any(len(name) >= _SHORTEST_NAME and name in known for name in (said, _EVIDENCE_LAST.sub("", said)))


def _is_evidence(record: FileRecord, counting: Sequence[FileRecord]) -> bool:
    """Whether material that names no project of these tables belongs to them nevertheless.

    A name that says 自评 or 扫描 and something else besides may be the scan of a table that is missing.
    """
    if record.kind == "program" or (record.status is Status.OTHER and record.kind not in _NEVER_TABLES):
        return False
    name = _bare(_name(record))
    rest = EVIDENCE_NAME.sub("", said_of(_stem(_name(record)), _owners(counting)))
    if not rest or record.kind in _NEVER_TABLES:
        return _is_of_one_department(counting) or EVIDENCE_NAME.search(name) is not None
    if TABLE_NAME.search(name):
        return False
    below = PurePath(record.path).relative_to(_place(record)).as_posix()
    if EVIDENCE_NAME.search(_bare(below)):
        return True
    is_picture = record.kind == "picture" and PurePath(record.path).suffix.lower() not in _MEANT_AS_TABLES
    return is_picture and _is_of_one_department(counting)


def _is_of_one_department(tables: Sequence[FileRecord]) -> bool:
    rows = [row for table in tables for row in table.projects]
    return (
        len({same_text(row.department if row.department != NO_DEPARTMENT else row.unit) for row in rows}) == 1
    )


def _owners(tables: Sequence[FileRecord]) -> tuple[str, ...]:
    return owner_names(
        text for table in tables for row in table.projects for text in (row.department, row.unit)
    )


def owner_names(offices: Iterable[str]) -> tuple[str, ...]:
    """Return offices as names of files say them, the longest first: 县教育局, 教育局."""
    named = set(map(_bare, offices))
    short = {_DISTRICT.sub("", name) for name in named}
    return tuple(sorted((named | short) - {""}, key=lambda name: (-len(name), name)))


def said_of(text: str, owners: Sequence[str]) -> str:
    """Return what a name says of a project: without the words of every file, and without whose it is."""
    bare = _bare(text)
    for owner in owners:
        bare = bare.replace(owner, "")
    return COMMON_NAME.sub("", bare)


def _name(record: FileRecord) -> str:
    return PurePath(record.path).name


def _stem(name: str) -> str:
    return PurePath(name).stem


def _bare(text: str) -> str:
    return same_text(text).lower()
