"""疑似涉密文件: whose name speaks of 机密 or 秘密 without the marks that close it; a person says which it is.

Such a file is read, though it is not summed: in most of them the words are of the project (机密文件柜采购), and what
nobody reads nobody can ask about, chase or send back. Only a mark closes a file unread (:mod:`zipingbiao.values.secrecy`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath

from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.batch.summary.identity import code_of, name_of
from zipingbiao.batch.summary.ledger import shown_paths
from zipingbiao.batch.summary.questions import SECRET, Asked, Docket, Line, Matter, hashed
from zipingbiao.result.file_result import Status
from zipingbiao.result.rows import ProjectRow
from zipingbiao.result.secrecy import secret
from zipingbiao.values.secrecy import may_be_secret_name, may_be_secret_path

_WHY = "文件名或文件夹名中有“机密”或“秘密”，又没有密级标志，认定前不计入"


def content_of(record: FileRecord, row: ProjectRow, number: int) -> str:
    """Return what stands for the content on which a decision about a table was made; *number* is its place in the file."""
    return hashed(record.digest or record.path, row.sheet, str(number))


def settle_doubtful(docket: Docket) -> None:
    """Ask of each such file whether it is secret; none of its tables counts until then."""
    files: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(docket.rows):
        if may_be_secret_path(row.file):
            files[row.file].append(place)
    for places in files.values():
        rows = [docket.rows[place] for place in places]
        amount = sum((row.budget or Decimal(0) for row in rows), Decimal(0))
        docket.ask(Matter.SECRET, _identity(rows), [Asked(place, _WHY) for place in places], amount=amount)


def without_withheld(
    records: Sequence[FileRecord], stored: Mapping[str, Sequence[Line]]
) -> tuple[FileRecord, ...]:
    """Return the records; of each file that a person said is secret only that there is one.

    Args:
        records: of the whole batch.
        stored: the lines of an earlier 待认定 by the key of their question.
    """
    if not any(line.is_withheld for lines in stored.values() for line in lines):
        return tuple(records)
    return tuple(
        _withheld(record, shown) if _is_withheld(record, shown, stored) else record
        for record, shown in zip(records, shown_paths(records), strict=True)
    )


def _is_withheld(record: FileRecord, shown: str, stored: Mapping[str, Sequence[Line]]) -> bool:
    if record.status is not Status.ACCEPTED or not may_be_secret_path(shown):
        return False
    contents = {content_of(record, row, number) for number, row in enumerate(record.projects)}
    key = hashed(Matter.SECRET.value, _identity(record.projects))
    while key in stored:  # several files of one project have each a question
        lines = stored[key]
        said = {line.choice for line in lines} - {""}
        if {line.content for line in lines} == contents and said == {SECRET}:
            return True
        key = hashed(key)
    return False


def _withheld(record: FileRecord, shown: str) -> FileRecord:
    """The record of a secret file: of its path stays what stands before the first name that may say it."""
    parts = PurePath(record.path).parts
    first = len(parts) - len(PurePath(shown).parts)
    cut = next(at for at, part in enumerate(parts) if at >= first and may_be_secret_name(part))
    inside = bool(record.member)
    path = min(PurePath(record.file).parts, parts[: cut + 1], key=len)
    return record_of(secret(str(PurePath(*path)), member=inside))


def _identity(rows: Sequence[ProjectRow]) -> str:
    return min(code_of(row.code) or name_of(row.name) for row in rows)
