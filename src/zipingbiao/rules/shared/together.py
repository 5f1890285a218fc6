"""Once per table, not per row: one finding for all places of a table that share one flaw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zipingbiao.book.cells import Ref
from zipingbiao.rules.shared.say import listed, with_detail
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Role


class Hit(NamedTuple):
    """One place with the flaw.

    Attributes:
        name: as the message names it.
        ref: its cell.
        found, expected: what stands there and what should; None where nothing is quoted.
        more: further cells of the same place.
    """

    name: str
    ref: Ref | None
    found: str | None = None
    expected: str | None = None
    more: tuple[Ref, ...] = ()


def on_line(
    row: Scored,
    *roles: Role,
    detail: str = "",
    found: Role | str | None = None,
    expected: str | None = None,
    at: Ref | None = None,
    also: Iterable[Role] = (),
) -> Hit:
    """Return the hit on a line: its cell is that of the first of *roles* it has, else *at*.

    A role as *found* quotes the text of that cell; *also* are those of the other cells it is about.
    """
    quoted = row.indicator.text(found) if isinstance(found, Role) else found
    more = [ref for role in also if (ref := row.indicator.ref(role)) is not None]
    return Hit(with_detail(row, detail), row.indicator.ref(*roles) or at, quoted, expected, tuple(more))


def on_cell(entry: Entry) -> Hit:
    """Return the hit on a cell that is named by its address."""
    return Hit(entry.ref.place_here, entry.ref)


def together(
    code: str,
    severity: Severity,
    hits: Iterable[Hit],
    said: str,
    *,
    lead: str = "",
    found: str | None = None,
    expected: str | None = None,
) -> Iterator[Finding]:
    """Yield one finding that names all *hits*, none where there are none.

    The message is *lead*, the names, and what is *said* of them: the flaw and the remedy. *found* and
    *expected* are quoted of all together, else each hit's own are.
    """
    places = list(hits)
    if places:
        message = f"{lead}{listed([hit.name for hit in places])}{said}"
        yield Finding.about(
            code,
            severity,
            [ref for hit in places for ref in (hit.ref, *hit.more)],
            message,
            _joined([hit.found for hit in places]) if found is None else found,
            _joined([hit.expected for hit in places]) if expected is None else expected,
        )


def _joined(texts: Iterable[str | None]) -> str | None:
    return "、".join(text for text in texts if text) or None
