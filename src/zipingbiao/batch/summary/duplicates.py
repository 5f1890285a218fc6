"""A project counts once: copies of a file and of a table, and tables that may be one project."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from pathlib import PurePath

from zipingbiao.batch.records import FileRecord
from zipingbiao.result.file_result import Status
from zipingbiao.result.rows import IndicatorRow, ProjectRow
from zipingbiao.values.words import COPY_NAME

MOST_DOUBLES = 3
"""How many doubles of one project are named; one more would help nobody."""


def set_aside_copies(records: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    """Return the records with every byte-identical copy of an accepted file SKIPPED as 重复文件.

    Of equal files the one stays whose name, or that of its folder or archive, is not
    that of a copy, (2) or 副本; a file before a member
    of an archive; then the first, so that the outcome depends on names and the input order alone.
    """
    kept = list(records)
    same: dict[str, list[FileRecord]] = defaultdict(list)
    for record in kept:
        if record.status is Status.ACCEPTED and record.digest:
            same[record.digest].append(record)
    originals = {digest: min(equal, key=_copied) for digest, equal in same.items()}
    return tuple(
        record if original is None or original is record else _copy_of(original, record)
        for record in kept
        for original in (originals.get(record.digest) if record.status is Status.ACCEPTED else None,)
    )


def _copied(record: FileRecord) -> tuple[int, bool]:
    """How much the names on the way to a file say that it is a copy, and whether it lies in an archive."""
    names = PurePath(record.path).parts
    return sum(COPY_NAME.search(name) is not None for name in names), bool(record.member)


def _copy_of(original: FileRecord, copy: FileRecord) -> FileRecord:
    return copy.aside(
        Status.SKIPPED, f"重复文件：与“{PurePath(original.path).name}”内容完全相同，只计一次，不必处理"
    )


def same_text(text: str) -> str:
    """Return a text as names compare: without blanks, full-width signs as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def repeats(drafts: Sequence[ProjectRow]) -> dict[int, int]:
    """Return, for each named table that says the same as an earlier one, the place of the first.

    A unit hands in one workbook of all its projects and each of them by itself: where the two agree
    in every figure and word of the summary there is nothing to decide.
    """
    alike: dict[ProjectRow, list[int]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        if draft.name:
            alike[_without_place(draft)].append(place)
    found: dict[int, int] = {}
    for places in alike.values():
        first: dict[tuple[IndicatorRow, ...], int] = {}
        for place in places if len(places) > 1 else ():  # lines are unpacked only where the rest agrees
            lines = tuple(line._replace(place="") for line in drafts[place].indicators)
            if first.setdefault(lines, place) != place:
                found[place] = first[lines]
    return found


def _without_place(draft: ProjectRow) -> ProjectRow:
    """What a table says, without where it stands and what its neighbours made the checks say."""
    return replace(
        draft,
        number=0,
        sheet="",
        file="",
        profile="",
        remark="",
        errors=0,
        warnings=0,
        indicators=(),
    )


def suspects(identities: Sequence[tuple[str, ...]]) -> dict[int, tuple[int, ...]]:
    """Return, for each project that may stand twice in the batch, the places of its first doubles.

    Args:
        identities: (name, owner, year, code) of each project. Two are suspected to be one when the
            names are equal and no other field contradicts: a blank contradicts nothing. Without
            a name nothing is suspected.
    """
    by_pattern: dict[tuple[bool, ...], list[int]] = defaultdict(list)
    for place, identity in enumerate(identities):
        if identity[0]:
            by_pattern[tuple(map(bool, identity))].append(place)
    found: dict[int, set[int]] = defaultdict(set)
    # Rows that fill the same fields contradict each other in none of them when all are equal, so
    # comparing whole groups takes the place of comparing every pair.
    for left, right in combinations_with_replacement(by_pattern, 2):
        shared = [field for field, filled in enumerate(zip(left, right, strict=True)) if all(filled)]
        ours, theirs = (_grouped(by_pattern[pattern], identities, shared) for pattern in (left, right))
        for key in ours.keys() & theirs.keys():
            for one, others in ((ours[key], theirs[key]), (theirs[key], ours[key])):
                for place in one:
                    found[place].update(other for other in others[: MOST_DOUBLES + 1] if other != place)
    return {place: tuple(sorted(found[place])[:MOST_DOUBLES]) for place in sorted(found) if found[place]}


def _grouped(
    places: Iterable[int], identities: Sequence[tuple[str, ...]], fields: Sequence[int]
) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in places:
        groups[tuple(identities[place][field] for field in fields)].append(place)
    return groups
