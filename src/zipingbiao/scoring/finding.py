"""Findings: what is wrong, where, what was found, what was expected, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from zipingbiao.book.cells import Ref
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

LONGEST_AT_ONCE = 80
"""Signs of a message that is read at one glance."""
_STOP = regex("。")


class Severity(StrEnum):
    """What a finding asks for: 错误 must be corrected, 警告 explained, 提示 is for information."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word shown to people."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the most serious, so that findings sort by it."""
        return ("error", "warning", "info").index(self.value)


@frozen
class Finding:
    """One finding of one rule.

    Attributes:
        code: the permanent code of the rule, as in ``zpb explain W101``.
        severity: the action it asks for.
        ref: the cell, or None when the finding is about the whole file.
        message: in Chinese: what, expected, and as its last sentence the next step; a long one is told by
            :func:`remedy_first`.
        found: what stands there, as text; None where nothing can be quoted.
        expected: what should stand there, as text; None where it is not one value.
        verified: the 核实说明 that answers a warning (:mod:`zipingbiao.result.answers`); "" when there
            is none. A verified warning is no longer counted as one.
        more: the other cells that it is about, where it names several.
    """

    code: str
    severity: Severity
    ref: Ref | None
    message: str
    found: str | None = None
    expected: str | None = None
    verified: str = ""
    more: tuple[Ref, ...] = ()

    @classmethod
    def about(
        cls,
        code: str,
        severity: Severity,
        refs: Iterable[Ref | None],
        message: str,
        found: str | None = None,
        expected: str | None = None,
    ) -> Finding:
        """Make one finding about several cells: each counts once, the first known one is its place."""
        cells = tuple(dict.fromkeys(ref for ref in refs if ref is not None))
        first = cells[0] if cells else None
        return cls(code, severity, first, message, found, expected, more=cells[1:])

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Every cell that it is about, its place first; empty when it is about the whole file."""
        return () if self.ref is None else (self.ref, *self.more)

    @property
    def label(self) -> str:
        """The word for its standing: 错误, 警告, 提示, or 已核实."""
        return "已核实" if self.verified else self.severity.label


def remedy_first(message: str) -> str:
    """Return a message as people are told it: a long one says first what to do, then why and the sums.

    A short message stays as it is.
    """
    if len(message) <= LONGEST_AT_ONCE:
        return message
    said, remedy = remedy_of(message)
    return f"{remedy}{said}"


def remedy_of(message: str) -> tuple[str, str]:
    """Return what a message says, and what to do: its last sentence, "" where it has only one.

    A full stop within “” ends no sentence.
    """
    for end in reversed([stop.end() for stop in _STOP.finditer(message, 0, len(message) - 1)]):
        remedy = message[end:]
        if remedy.count("“") == remedy.count("”"):
            return message[:end], remedy
    return message, ""


def parted(message: str) -> tuple[str, str]:
    """Return what a message says and what to do, "" where it does not tell, of a message as people are told it."""
    if len(message) <= LONGEST_AT_ONCE:
        return remedy_of(message)
    for end in (stop.end() for stop in _STOP.finditer(message, 0, len(message) - 1)):
        if message.count("“", 0, end) == message.count("”", 0, end):
            return message[end:], message[:end]
    return message, ""


def count(findings: tuple[Finding, ...], severity: Severity) -> int:
    """Return how many findings have this severity; verified ones no longer ask for anything."""
    return sum(finding.severity is severity and not finding.verified for finding in findings)
