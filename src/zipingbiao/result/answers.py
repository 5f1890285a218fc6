"""核实说明: a warning that the unit answered on 校验结果 stays quiet until its cells change.

Each line of 校验结果 carries a mark: which finding it is, what its cells said, and which note was
last seen there. From the three follows whether a note answers the finding as it stands now: a note
typed since answers it; the old note answers it as long as the cells say the same. A note without
content (已核实, 同上, 无) answers nothing, and the finding says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zipingbiao.book.cells import Book, Grid
from zipingbiao.result.sheets import own_sheet
from zipingbiao.rules.shared.reasons import says_something
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table import ours
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.frozen import frozen

_TYPED = (
    Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.SIGN, Role.TARGET, Role.UNIT, Role.ACTUAL, Role.SCORE,
    Role.REASON, Role.MANUAL, Role.MANUAL_REASON,
)  # fmt: skip
_SINCE = (Role.DEDUCTION,)
"""Columns that are read since marks were first left: only where they are filled, so that older marks still fit."""
_NOTE, _MARK = (ours.FINDING_HEADINGS.index(heading) + 1 for heading in ("核实说明", "标识"))


@frozen
class Identity:
    """Which finding it is, wherever its row stands, and what its cells say."""

    key: str
    state: str

    def mark(self, note: str) -> str:
        """The text that remembers this finding together with the note beside it."""
        return ":".join((self.key, self.state, _digest(note)))


@frozen
class Answer:
    """A note as it stands on 校验结果, with what its line remembered when we wrote it last."""

    note: str
    key: str
    state: str
    seen: str

    @property
    def is_hollow(self) -> bool:
        """Whether something was typed that explains nothing."""
        return bool(self.note) and not says_something(self.note)

    def is_outdated(self, identity: Identity) -> bool:
        """Whether it was given to cells that have changed since, and is the same still."""
        return bool(self.note) and _digest(self.note) == self.seen and self.state != identity.state

    def settles(self, identity: Identity) -> bool:
        """Whether it explains something and was typed since, or was given to the cells as they are."""
        return bool(self.note) and not self.is_hollow and not self.is_outdated(identity)


def identities(evaluation: Evaluation, findings: Sequence[Finding]) -> list[Identity]:
    """Return the identity of each finding of one table; equal ones are numbered in their order."""
    rows = {row.indicator.row: row.indicator for row in evaluation.rows if row.indicator.row is not None}
    project = evaluation.table.project
    taken: dict[str, int] = {}
    found = []
    for finding in findings:
        line = rows.get(finding.ref.row) if finding.ref is not None else None
        about = f"{line.level1}|{line.level2}|{line.name}" if line is not None else ""
        stem = f"{finding.code}|{project.code or project.name or evaluation.table.sheet}|{about}"
        number = taken[stem] = taken.get(stem, -1) + 1
        said = (finding.found or "", finding.expected or "", *_typed(line))
        found.append(Identity(_digest(f"{stem}|{number}"), _digest("\x1f".join(said))))
    return found


def answers(book: Book) -> Mapping[str, Answer]:
    """Return the notes on 校验结果 by the key of their finding; empty without that sheet."""
    grid = own_sheet(book, ours.Sheet.FINDINGS)
    if grid is None:
        return {}
    found = {}
    for row in (row for row in grid.rows if row >= ours.FIRST_ROW):
        key, state, seen = (*_text(grid, row, _MARK).split(":"), "", "", "")[:3]
        if key:
            found[key] = Answer(_text(grid, row, _NOTE), key, state, seen)
    return found


def settled(book: Book, evaluation: Evaluation, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings with those warnings marked verified that a note answers.

    A warning with a note that explains nothing says so.
    """
    given = answers(book)
    if not given:
        return findings
    pairs = zip(findings, identities(evaluation, findings), strict=True)
    return tuple(_settled(finding, identity, given.get(identity.key)) for finding, identity in pairs)


def _settled(finding: Finding, identity: Identity, answer: Answer | None) -> Finding:
    if finding.severity is not Severity.WARNING or answer is None:
        return finding
    if answer.settles(identity):
        return replace(finding, verified=answer.note)
    if answer.is_hollow:
        asked = f"（核实说明{quote(answer.note)}没有写出理由，请写明情况和依据）"
        return replace(finding, message=f"{asked}{finding.message}")
    return finding


def _typed(line: Indicator | None) -> list[str]:
    if line is None:
        return []
    entries = [line.entries.get(role) for role in _TYPED]
    entries += [line.entries[role] for role in _SINCE if role in line.entries]
    return ["" if entry is None or entry.is_formula or entry.ours else entry.text for entry in entries]


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column)
    return str(cell.value).strip() if cell is not None and cell.value is not None else ""


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
