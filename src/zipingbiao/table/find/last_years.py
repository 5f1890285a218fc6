"""Hidden sheets that people keep from another year beside this year's table: neither written nor counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zipingbiao.book.cells import Book, Visibility
from zipingbiao.table.records import Problem, SelfEvaluation, Trouble
from zipingbiao.values.spelling import label_key


def without_last_years(book: Book, tables: Sequence[SelfEvaluation]) -> tuple[SelfEvaluation, ...]:
    """Return the tables without hidden ones of another year whose project has a table that is shown.

    The table that is shown has the problem that names them. A hidden table whose year is not known,
    or is the same, counts as any other.
    """
    shown = {grid.sheet for grid in book.grids if grid.visibility is Visibility.VISIBLE}
    left_out: dict[int, list[SelfEvaluation]] = {}
    for table in tables:
        if table.sheet not in shown:
            this = next(
                (
                    at
                    for at, other in enumerate(tables)
                    if other.sheet in shown and _is_other_year(other, table)
                ),
                None,
            )
            if this is not None:
                left_out.setdefault(this, []).append(table)
    gone = {id(table) for old in left_out.values() for table in old}
    return tuple(
        _told(table, left_out.get(at, [])) for at, table in enumerate(tables) if id(table) not in gone
    )


def _is_other_year(shown: SelfEvaluation, hidden: SelfEvaluation) -> bool:
    one, other = shown.project, hidden.project
    same = any(
        label_key(mine) == label_key(theirs) != ""
        for mine, theirs in ((one.code, other.code), (one.name, other.name))
    )
    return same and bool(one.year and other.year) and one.year != other.year


def _told(table: SelfEvaluation, old: Sequence[SelfEvaluation]) -> SelfEvaluation:
    if not old:
        return table
    named = tuple(f"{each.sheet}（{each.project.year}年）" for each in old)
    return replace(
        table, problems=(*table.problems, Problem(Trouble.LAST_YEAR, old[0].anchor, "工作表", named))
    )
