"""Runs the rules: a crash of one stops nothing, a profile may move or switch off each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from zipingbiao.book.cells import BODY, Ref
from zipingbiao.errors import trace
from zipingbiao.rules import rule_of, rules_with
from zipingbiao.rules.one_cause import told_once
from zipingbiao.rules.shared.kept import Kept, Moves
from zipingbiao.rules.shared.say import entries
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity, remedy_first
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.records import SelfEvaluation

if TYPE_CHECKING:
    from zipingbiao.rules.shared.registered import Registered
    from zipingbiao.rules.years.approval import Approval

Checked = tuple[tuple[Finding, ...], tuple[str, ...]]
"""Findings in a stable order, and the rules that crashed."""
Sheet = tuple[str, Evaluation]
"""The path of a file and one of its tables."""
Among = tuple[tuple[tuple[str, Finding], ...], tuple[str, ...]]
"""Findings, each with its file, in a stable order, and the rules that crashed."""
_UNFILLED = "V115"  # all that is said of a form that nobody filled in

Looked = TypeVar("Looked", Evaluation, Kept)
"""A table, or what a batch keeps of one."""


def check(evaluation: Evaluation) -> Checked:
    """Return the findings of all rules in a stable order, and the rules that crashed.

    Findings are sorted by place, then code; those about the whole table come first. The profile
    may move a rule to another severity or switch it off. A crash is our fault: it is returned as
    text under the rule's code and stops nothing. What follows from another finding is told there;
    of a form that nobody filled in only that is said.
    """
    rules = (rule_of(_UNFILLED),) if evaluation.table.is_blank else rules_with("check")
    findings, faults = _found(rules, "check", evaluation)
    try:
        return _told(told_once(evaluation, findings, _again)), faults
    except Exception:  # noqa: BLE001 then everything is said as it was found
        fault = f"{told_once.__name__} {evaluation.table.anchor}\n{trace()}"
        return _told(findings), (*faults, fault)


def _again(code: str, evaluation: Evaluation) -> list[Finding]:
    return _as_wanted(evaluation.profile, rule_of(code).check(evaluation))


def check_targets(evaluation: Evaluation, approval: Approval) -> Checked:
    """Return, as :func:`check` does, where a table differs from the approved targets of its project."""
    return _checked("check_targets", evaluation, approval)


def check_registered(table: Kept, registered: Registered) -> Checked:
    """Return, as :func:`check` does, where a table differs from what a list says of its project."""
    asked = (table, registered)
    findings, faults = _run(
        rules_with("check_registered"), "check_registered", asked, table.profile, table.anchor
    )
    return _told(findings), faults


def check_last(evaluation: Evaluation, last: Evaluation) -> Checked:
    """Return, as :func:`check` does, what is doubtful beside the project's table of last year."""
    return _checked("check_last", evaluation, last)


def check_report(report: Evaluation, table: Evaluation, source: str) -> Checked:
    """Return, as :func:`check` does, where a written report differs from the table of its project in the file *source*."""
    return _checked("check_report", report, table, source)


def check_prose(prose: SelfEvaluation, table: Evaluation, source: str) -> Checked:
    """Return what a written report without a table says otherwise than the table of its project.

    Each finding is about the cells of the table, and names its place in the file *source*.
    """
    both = replace(table, table=replace(table.table, texts=prose.texts, report=prose.report))
    findings, faults = _found(rules_with("check"), "check", both)
    told = [_beside(finding, table, source) for finding in findings if _is_of_prose(finding)]
    return _told(told), faults


def _is_of_prose(finding: Finding) -> bool:
    return any(ref.sheet == BODY for ref in finding.refs)


def _beside(finding: Finding, table: Evaluation, source: str) -> Finding:
    places = "、".join(dict.fromkeys(ref.place for ref in finding.refs if ref.sheet == BODY))
    cells = [ref for ref in finding.refs if ref.sheet != BODY] or [table.table.anchor]
    message = f"{source} {places}：{finding.message}"
    return Finding.about(finding.code, finding.severity, cells, message, finding.found, finding.expected)


def check_gone(last: Evaluation) -> Checked:
    """Return, as :func:`check` does, what is to be said of a table of last year without one this year."""
    return _checked("check_gone", last)


def _checked(function: str, evaluation: Evaluation, *beside: object) -> Checked:
    findings, faults = _found(rules_with(function), function, evaluation, *beside)
    return _told(findings), faults


def _told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in order, each in the words that people read."""
    return tuple(sorted(map(_in_words, findings), key=_place))


def _in_words(finding: Finding) -> Finding:
    message = remedy_first(finding.message)
    return finding if message == finding.message else replace(finding, message=message)


def _found(
    rules: Iterable[ModuleType], function: str, evaluation: Evaluation, *beside: object
) -> tuple[list[Finding], tuple[str, ...]]:
    return _run(rules, function, (evaluation, *beside), evaluation.profile, evaluation.table.anchor)


def _run(
    rules: Iterable[ModuleType],
    function: str,
    asked: tuple[object, ...],
    profile: Profile | Moves,
    anchor: Ref,
) -> tuple[list[Finding], tuple[str, ...]]:
    findings: list[Finding] = []
    faults: list[str] = []
    for rule in rules:
        if rule.CODE in profile.rules_off:
            continue
        try:
            findings.extend(getattr(rule, function)(*asked))
        except Exception:  # noqa: BLE001 a rule must never stop the others
            faults.append(f"{rule.CODE} {anchor}\n{trace()}")
    return _as_wanted(profile, findings), tuple(faults)


def check_batch(evaluations: Sequence[Sheet]) -> Among:
    """Return what the batch rules find in many tables, each with its file, and the rules that crashed.

    Args:
        evaluations: path of the file and table; a file with several tables comes several times. Of
            several versions of a project only the one that counts should be given.

    Findings are sorted by file, place and code; the cell of each lies in a table of its file.
    """
    return _among("check_batch", evaluations)


def check_merged(tables: Sequence[tuple[str, Kept]]) -> Among:
    """Return, as :func:`check_batch` does, what may be said where all tables of a unit are given."""
    return _among("check_merged", tables)


def _among(function: str, tables: Sequence[tuple[str, Looked]]) -> Among:
    findings: list[tuple[str, Finding]] = []
    faults: list[str] = []
    for rule in rules_with(function):
        compared = [sheet for sheet in tables if rule.CODE not in sheet[1].profile.rules_off]
        profiles = {path: table.profile for path, table in compared}
        try:
            for path, finding in getattr(rule, function)(compared):
                findings += ((path, _in_words(one)) for one in _as_wanted(profiles[path], [finding]))
        except Exception:  # noqa: BLE001 a rule must never stop the others
            faults.append(f"{rule.CODE}\n{trace()}")
    return tuple(sorted(findings, key=lambda found: (found[0], *_place(found[1])))), tuple(faults)


def check_tables(
    path: str, evaluations: Sequence[Evaluation], checked: Sequence[Checked]
) -> tuple[tuple[tuple[Finding, ...], ...], tuple[str, ...]]:
    """Return the findings of each table of one file, those among its tables included, and the faults.

    *checked* is what :func:`check` says of each.
    """
    findings = [list(found) for found, _ in checked]
    several = len(evaluations) > 1  # one table has nothing to be compared with
    among, faults = check_batch([(path, one) for one in evaluations]) if several else ((), ())
    for _, finding in among:
        findings[owner(finding, evaluations)].append(finding)
    return (
        tuple(tuple(sorted(found, key=_place)) for found in findings),
        (*(fault for _, crashed in checked for fault in crashed), *faults),
    )


def owner(finding: Finding, evaluations: Sequence[Evaluation]) -> int:
    """Return the position of the table in which the cell of a finding lies; funds may stand on another sheet."""
    ref = finding.ref
    on_sheet = [
        number for number, one in enumerate(evaluations) if ref is not None and one.table.sheet == ref.sheet
    ]
    if len(on_sheet) == 1:
        return on_sheet[0]
    owners = (
        number
        for number, evaluation in enumerate(evaluations)
        if any(entry.ref == ref for entry in entries(evaluation))
    )
    return next(owners, 0)


def _as_wanted(profile: Profile | Moves, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the severities of the profile; what a rule says more mildly never gets worse."""
    return [
        _moved(finding, profile.severities[finding.code]) if finding.code in profile.severities else finding
        for finding in findings
    ]


def _moved(finding: Finding, wanted: Severity) -> Finding:
    if finding.severity is not rule_of(finding.code).SEVERITY and finding.severity.rank >= wanted.rank:
        return finding
    return replace(finding, severity=wanted)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    if finding.ref is None:
        return ("", 0, 0, finding.code)
    return (finding.ref.sheet, finding.ref.row, finding.ref.column, finding.code)
