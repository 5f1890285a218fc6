"""Results as pandas frames, for people who script: one line per project, indicator, finding and file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.records import record_of
from zipingbiao.batch.summary.findings import finding_lines, indicator_lines
from zipingbiao.batch.summary.ledger import LedgerLine, ledger_lines
from zipingbiao.batch.summary.table import summarise
from zipingbiao.result.columns import FindingLine, IndicatorLine
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow

if TYPE_CHECKING:
    import pandas as pd


class Frames(NamedTuple):
    """The four tables of a batch; :func:`frame` says what their columns hold."""

    projects: pd.DataFrame
    indicators: pd.DataFrame
    findings: pd.DataFrame
    ledger: pd.DataFrame


def frame(results: MergeResult | Iterable[FileResult]) -> Frames:
    """Return four pandas DataFrames: ``projects``, ``indicators``, ``findings``, ``ledger``.

    Amounts are in 万元, scores and weights in points, rates and completions fractions (0.8947 is
    89.47 %), all as Float64: the floats nearest to the exact decimals. Counts are Int64, words are
    string, flags are boolean. What is missing is NA, never 0. ``file`` and ``sheet`` join the tables.

    * projects: one line per table, in the order of a 汇总表: number, year, department, unit, code,
      project, initial_budget, full_year_budget, executed (万元), execution_rate, the adopted points
      of each level 1 (points_execution, points_cost, points_output, points_benefit,
      points_satisfaction, points_other), adopted_total, grade, total (by rule), weights_total,
      unmet, uncomputed, errors, warnings, profile, remark, counted (false: repeated, of another year or
      to be decided, in no total; a merge lists only the last), file, sheet.
    * indicators: file, sheet, place (its row), level1, level2, name, kind, target and actual as
      typed, completion, completion_text, weight, stated_score, score (by rule), adopted, reason,
      explanation.
    * findings: file, sheet, cell, severity (error, warning or info), code, message, found, expected.
    * ledger: one line per file and per member of an archive: file, member, kind, status (accepted,
      attached, other, blank, rejected, skipped, archive or secret), why, tables, errors, warnings, digest.

    Args:
        results: what :func:`zipingbiao.check` or :func:`zipingbiao.merge` returned.

    Raises:
        ImportError: pandas is not installed.
    """
    summary = (
        results.summary
        if isinstance(results, MergeResult)
        else summarise(map(record_of, results), everything=True)
    )
    return Frames(
        _table(PROJECTS, summary.projects()),
        _table(INDICATORS, indicator_lines(summary)),
        _table(FINDINGS, finding_lines(summary)),
        _table(LEDGER, ledger_lines(summary)),
    )


# --- columns ---------------------------------------------------------------------------------------

TEXT, COUNT, NUMBER, FLAG = "string", "Int64", "Float64", "boolean"
"""What a column is to pandas; each of them knows a missing value, which is no zero."""

Value = Callable[[Any], object]


class Column(NamedTuple):
    """One column of a frame, and where its value comes from."""

    name: str
    dtype: str
    value: Value


def _columns(dtype: str, names: str, record: str = "") -> list[Column]:
    """Columns that bear the names of what they hold."""
    return [Column(name, dtype, attrgetter(f"{record}{name}")) for name in names.split()]


def _department(row: ProjectRow) -> str:
    return "" if row.department == NO_DEPARTMENT else row.department


def _part(group: int) -> Value:
    return lambda row: row.parts[group]


def _completion(line: IndicatorLine) -> Decimal | None:
    completion = line.indicator.completion
    return completion if isinstance(completion, Decimal) else None


def _completion_text(line: IndicatorLine) -> str:
    completion = line.indicator.completion
    return completion if isinstance(completion, str) else ""


def _sheet(line: FindingLine) -> str:
    return line.finding.ref.sheet if line.finding.ref is not None else ""


def _cell(line: FindingLine) -> str:
    return line.finding.ref.a1 if line.finding.ref is not None else ""


def _tables(line: LedgerLine) -> int:
    return len(line.record.projects)


# In the order of zipingbiao.scoring.evaluation.LEVEL_GROUPS.
_PARTS = ("execution", "cost", "output", "benefit", "satisfaction", "other")

PROJECTS = (
    *_columns(COUNT, "number"),
    *_columns(TEXT, "year"),
    Column("department", TEXT, _department),
    *_columns(TEXT, "unit code"),
    Column("project", TEXT, attrgetter("name")),
    *_columns(NUMBER, "initial_budget full_year_budget executed execution_rate"),
    *(Column(f"points_{name}", NUMBER, _part(group)) for group, name in enumerate(_PARTS)),
    *_columns(NUMBER, "adopted_total"),
    *_columns(TEXT, "grade"),
    *_columns(NUMBER, "total weights_total"),
    *_columns(COUNT, "unmet uncomputed errors warnings"),
    *_columns(TEXT, "profile remark"),
    *_columns(FLAG, "counted"),
    *_columns(TEXT, "file sheet"),
)
INDICATORS = (
    *_columns(TEXT, "file sheet", "project."),
    *_columns(TEXT, "place level1 level2 name kind target actual", "indicator."),
    Column("completion", NUMBER, _completion),
    Column("completion_text", TEXT, _completion_text),
    *_columns(NUMBER, "weight stated_score score adopted", "indicator."),
    *_columns(TEXT, "reason explanation", "indicator."),
)
FINDINGS = (
    *_columns(TEXT, "file"),
    Column("sheet", TEXT, _sheet),
    Column("cell", TEXT, _cell),
    *_columns(TEXT, "severity code message found expected", "finding."),
)
LEDGER = (
    Column("file", TEXT, attrgetter("shown")),
    *_columns(TEXT, "member kind status why", "record."),
    Column("tables", COUNT, _tables),
    *_columns(COUNT, "errors warnings", "record."),
    *_columns(TEXT, "digest", "record."),
)


def _table(columns: Sequence[Column], lines: Iterable[object]) -> pd.DataFrame:
    import pandas as pd

    kept = list(lines)
    return pd.DataFrame(
        {
            column.name: pd.Series([_plain(column.value(line)) for line in kept], dtype=column.dtype)
            for column in columns
        }
    )


def _plain(value: object) -> object:
    """What pandas takes: floats for exact decimals, plain words, None for what is missing."""
    if isinstance(value, Decimal):
        return float(value)
    return str(value) or None if isinstance(value, str) else value
