"""What came of a project whose table is missing: a scan, a blank form, a file that nobody can open, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import PurePath

from zipingbiao.batch.records import FileRecord
from zipingbiao.batch.summary.coverage import Trace
from zipingbiao.batch.summary.departments import folders_of
from zipingbiao.batch.summary.identity import code_of, name_of
from zipingbiao.batch.summary.roll import Enrolled
from zipingbiao.batch.summary.settle import owner_names, said_of
from zipingbiao.result.file_result import Status
from zipingbiao.values.offices import office_of
from zipingbiao.values.spelling import same_text
from zipingbiao.values.words import WHOLE_NAME

_ORDER = tuple(Trace)
# A picture of the table, or a document in which none can be read.
_PAPER = frozenset({"pdf", "ofd", "picture", "doc", "wps", "docx", "docm", "rtf", "odt"})
_NO_TRACE = frozenset({"video", "sound", "program", "dwg", "caj", "text"})
_SHORTEST_PART = 4
_SHORTEST_CODE = 8
_SHORTEST_OFFICE = 3


def traces(
    missing: Sequence[int], enrolled: Sequence[Enrolled], files: Iterable[tuple[str, FileRecord]]
) -> Mapping[int, Trace]:
    """Return what came of each missing project, by its place; none where nothing did.

    A file is of a project when it bears its code or name. One that names no project stands for all
    that its department, by the folder, lacks: whoever sent something is not told that nothing came.

    Args:
        missing: the places of the projects without a table.
        enrolled: all projects of the list.
        files: (path as shown, record) of every file.
    """
    names = _Names(enrolled)
    found: dict[int, Trace] = {}
    for shown, record in files:
        trace = _trace(record)
        if trace is None:
            continue
        for at in names.of(shown, record, frozenset(missing)):
            found[at] = min(found.get(at, trace), trace, key=_ORDER.index)
    return found


def _trace(record: FileRecord) -> Trace | None:
    """What a file may be of a table that is missing; None for what counts, and for what is no table."""
    if record.blanks:
        return Trace.BLANK
    if record.kind in _NO_TRACE or record.status not in {Status.REJECTED, Status.ATTACHED, Status.OTHER}:
        return None
    if record.kind in _PAPER:
        return Trace.SCAN
    return Trace.UNREADABLE if record.status is Status.REJECTED else None


class _Names:
    """The projects of a list by what names of files say."""

    def __init__(self, enrolled: Sequence[Enrolled]) -> None:
        self._enrolled = enrolled
        offices = {name for each in enrolled for name in (each.department, each.row.unit, *each.row.also)}
        levels = {
            f"{place[-1]}{office_of(name).name}" for name in offices if (place := office_of(name).place)
        }
        self._owners = owner_names((offices | levels) - {""})
        self._said = {at: said_of(each.row.name, self._owners) for at, each in enumerate(enrolled)}
        self._offices = {office_of(each.department).name for each in enrolled}
        self._also = {
            office_of(name).name: office_of(each.department).name
            for each in enrolled
            for name in (*each.row.also, each.row.unit, *each.row.unit_also)
            if name
        }

    def of(self, shown: str, record: FileRecord, missing: Collection[int]) -> list[int]:
        """Return the missing projects of which a file may be."""
        whose = self._whose(shown)
        fitting = [
            at for at in self._said if not whose or office_of(self._enrolled[at].department).name in whose
        ]
        if record.blanks:
            codes = {code_of(head.code) for head in record.blanks} - {""}
            names = {name_of(head.name) for head in record.blanks} - {""}
            own = [at for at in missing if self._enrolled[at].whole_code in codes]
            own = own or [at for at in fitting if at in missing and self._enrolled[at].name in names]
            if own or record.status is Status.ACCEPTED:
                return own
        path = PurePath(shown)
        for name in (path.stem, *reversed(path.parent.parts)):
            coded = [at for at in fitting if self._bears_code(at, name)]
            named = coded or self._named(said_of(name, self._owners), fitting)
            if named:
                return [at for at in named if at in missing]
        if (
            WHOLE_NAME.sub("", said_of(path.stem, self._owners))
            or record.status is not Status.REJECTED
            or not whose
        ):
            return []
        return [at for at in fitting if at in missing]

    def _bears_code(self, at: int, name: str) -> bool:
        code = self._enrolled[at].whole_code
        return len(code) >= _SHORTEST_CODE and code in code_of(name)

    def _named(self, said: str, fitting: Sequence[int]) -> list[int]:
        """The projects whose name a file says: the same, else the longest that it holds."""
        if not said:
            return []
        same = [at for at in fitting if self._said[at] == said]
        parts = [at for at in fitting if len(self._said[at]) >= _SHORTEST_PART and self._said[at] in said]
        longest = max((len(self._said[at]) for at in parts), default=0)
        return same or [at for at in parts if len(self._said[at]) == longest]

    def _whose(self, shown: str) -> set[str]:
        """The departments that the folders of a file name, else its own name."""
        stem = same_text(PurePath(shown).stem)
        named = {office_of(folder).name for folder in folders_of(shown)}
        if not named & {*self._offices, *self._also}:
            named = {
                name
                for name in (*self._offices, *self._also)
                if len(name) >= _SHORTEST_OFFICE and name in stem
            }
        return (named & self._offices) | {self._also[name] for name in named if name in self._also}
