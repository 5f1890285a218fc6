"""What the batch rules share: groups of tables that should differ, and how a message names them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import PurePath
from typing import TypeVar

from zipingbiao.book.cells import Ref
from zipingbiao.rules.shared.kept import Kept
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.records import Project
from zipingbiao.values.spelling import label_key

Sheet = tuple[str, Evaluation]
"""The path of a file and one of its tables."""
_NAMED = 3

K = TypeVar("K", bound=Hashable)
S = TypeVar("S")
Table = TypeVar("Table", Evaluation, Kept)


def groups(
    sheets: Sequence[S], key: Callable[[S], K | None], project: Callable[[S], Hashable]
) -> Iterator[tuple[K, list[S]]]:
    """Yield the tables that share a key and belong to at least two projects, in the order given.

    Versions of one project's table are the ledger's business: they share name and year.
    """
    found: dict[K, list[S]] = {}
    for sheet in sheets:
        if (of := key(sheet)) is not None:
            found.setdefault(of, []).append(sheet)
    for shared, members in found.items():
        if len(set(map(project, members))) > 1:
            yield shared, members


def project_of(sheet: tuple[str, Evaluation | Kept]) -> tuple[str, ...]:
    """Return what tells one project from another; a table without a name is a project by itself."""
    path, told = sheet
    table = told if isinstance(told, Kept) else told.table
    return project_key(path, table.anchor, table.project)


def project_key(path: str, anchor: Ref, project: Project) -> tuple[str, ...]:
    """Return the same of a file, the place of a table in it, and its head."""
    name = label_key(project.name)
    return (name, project.year) if name else (path, str(anchor))


def unit_key(path: str, project: Project) -> str:
    """Return the unit that answers for a table of a file; without one, whoever filled in the file."""
    return label_key(project.unit) or label_key(project.department) or path


def others(sheet: tuple[str, Table], members: Sequence[tuple[str, Table]]) -> str:
    """Name the other projects of a group: the first three, and how many there are."""
    own, named = project_of(sheet), dict[tuple[str, ...], str]()
    for member in members:
        if len(named) > _NAMED:
            break
        if (project := project_of(member)) != own:
            named.setdefault(project, _named(member, sheet[0]))
    listed = "、".join(list(named.values())[:_NAMED])
    return f"{listed}等" if len(named) > _NAMED else listed


def _named(sheet: tuple[str, Evaluation | Kept], path: str) -> str:
    file, told = sheet
    table = told if isinstance(told, Kept) else told.table
    place = f"工作表{quote(table.anchor.sheet)}" if file == path else PurePath(file).name
    name = table.project.name
    return f"{quote(name)}（{place}）" if name else place
