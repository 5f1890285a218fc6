"""预审: what a bureau's page found before a table was sent, kept in the workbook beside the 数据校验码 it found it at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zipingbiao.book.marks import PRECHECKED
from zipingbiao.result.code import check_code
from zipingbiao.result.file_result import FileResult
from zipingbiao.scoring.finding import Severity, count

PASSED, CHANGED = "预审通过", "预审后又改动"
_NO_ERROR = "错误0"


def said(result: FileResult, rules: str) -> tuple[str, ...]:
    """Return what the 预审 of a workbook says of each filled table, its code at the end.

    Args:
        result: the workbook as it is sent.
        rules: the 评分规则 by name and date: ``云岭县规则 2026-01-08``.
    """
    return tuple(
        f"预审：{rules}，错误{count(findings, Severity.ERROR)} {check_code(evaluation)}"
        for evaluation, findings in zip(result.evaluations, result.checks, strict=True)
        if not evaluation.table.is_blank
    )


def names_for(texts: Iterable[str], existing: Mapping[str, str]) -> tuple[tuple[str, str | None], ...]:
    """Return the defined names to set (or, with None, to remove) so that a workbook says these texts."""
    names = {f"{PRECHECKED}{number}": text for number, text in enumerate(texts, start=1)}
    old = {name: None for name in existing if name.startswith(PRECHECKED) and name not in names}
    return (*names.items(), *old.items())


def prechecks(names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the 预审 said of the tables of a workbook, from its defined names."""
    return tuple(
        constant.removeprefix("=").strip('"')
        for name, constant in sorted(names.items())
        if name.startswith(PRECHECKED)
    )


def verdict(texts: Iterable[str], code: str) -> str:
    """Return 预审 of a table in a few words by its 数据校验码 of today; "" where nobody checked its workbook."""
    found = {known: text for text, _, known in (each.rpartition(" ") for each in texts)}
    if not found:
        return ""
    if code not in found:
        return CHANGED
    _, _, errors = found[code].rpartition("，")
    return PASSED if errors == _NO_ERROR else f"预审时{errors}处"
