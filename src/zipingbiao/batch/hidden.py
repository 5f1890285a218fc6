"""What the list of projects says is secret: no file, name or word of it stays in a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.batch.summary.identity import code_of, name_of
from zipingbiao.result.secrecy import secret
from zipingbiao.table.register import Register, RegisterRow
from zipingbiao.values.offices import office_of

_SHORTEST_CODE = 8
_SHORTEST_NAME = 4


def without_secret(records: Sequence[FileRecord], register: Register) -> tuple[FileRecord, ...]:
    """Return the records; of each file that holds or names a secret project of the list only that there is one."""
    return tuple(_hidden(record, register.secret) for record in records)


def is_of_secret(record: FileRecord, register: Register) -> bool:
    """Whether a file holds or names a secret project of the list."""
    return _hidden(record, register.secret) is not record


def _hidden(record: FileRecord, projects: Sequence[RegisterRow]) -> FileRecord:
    for project in projects:
        parts = PurePath(record.path).parts
        named = next((at for at, part in enumerate(parts) if _names(part, project)), None)
        told = any(_names(text, project) for text in (record.why or "", *record.notes))
        if named is not None or told or _holds(record, project):
            path = record.file if named is None else str(PurePath(*parts[: named + 1]))
            return record_of(secret(path, member=bool(record.member)))
    return record


def _names(text: str, project: RegisterRow) -> bool:
    """Whether a text bears the code or the whole name of a project."""
    code, name = _code_of(project), name_of(project.name)
    bare = name_of(text)
    return (len(code) >= _SHORTEST_CODE and code in bare.upper()) or (
        len(name) >= _SHORTEST_NAME and name in bare
    )


def _holds(record: FileRecord, project: RegisterRow) -> bool:
    """Whether a table of a file is of a project: the code, or the name where the offices do not contradict."""
    for code, name, *owners in _heads(record):
        if code_of(code) and code_of(code) == _code_of(project):
            return True
        if name_of(name) and name_of(name) == name_of(project.name):
            mine = {office_of(owner).name for owner in owners} - {""}
            theirs = {office_of(owner).name for owner in (project.department, project.unit)} - {""}
            if not mine or not theirs or mine & theirs:
                return True
    return False


def _code_of(project: RegisterRow) -> str:
    """The code; "" where it lost its last digits: then it is that of other projects too."""
    return "" if project.code_lost else code_of(project.code)


def _heads(record: FileRecord) -> Iterator[tuple[str, str, str, str]]:
    for row in record.projects:
        yield row.code, row.name, row.department, row.unit
    for head in record.blanks:
        yield head.code, head.name, head.department, head.unit
