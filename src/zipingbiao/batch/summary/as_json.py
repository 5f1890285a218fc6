"""A summary as the members ``summary`` and ``other_summaries`` of the documented JSON object (design.md 5.3)."""

from __future__ import annotations

from typing import Any

from zipingbiao.batch.records import Section, Summary
from zipingbiao.batch.summary.questions import Question
from zipingbiao.result.said import number_text
from zipingbiao.result.totals import GRADES, TotalRow
from zipingbiao.values.number import plain


def summary_json(summary: Summary) -> dict[str, Any]:
    """Return both members: Decimals as strings, amounts in 万元, rates as fractions, missing as None."""
    year = int(summary.year) if summary.year else None
    listed = sum(section.total.projects - section.total.counted for section in summary.sections)
    undecided = {
        "projects": listed,
        "budget": plain(summary.open_amount),
        "items": [_question(question) for question in summary.questions],
    }
    return {
        "summary": {"year": year, **_section(summary.main), "undecided": undecided},
        "other_summaries": {
            section.scope.label: {"year": year, **_section(section)} for section in summary.sections[1:]
        },
    }


def _section(section: Section) -> dict[str, Any]:
    departments = [
        {"name": department.total.label, **_total(department.total)} for department in section.departments
    ]
    return {**_total(section.total), "departments": departments}


def _total(total: TotalRow) -> dict[str, Any]:
    return {
        "projects": total.projects,
        "counted": total.counted,
        "budget": number_text(total.full_year_budget),
        "executed": number_text(total.executed),
        "rate": number_text(total.execution_rate),
        "mean": number_text(total.mean),
        "weighted_mean": number_text(total.weighted_mean),
        "grades": dict(zip(GRADES, total.grades, strict=True)),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "why": question.matter.value,
        "projects": list(dict.fromkeys(row.code or row.name for row in question.rows)),
        "files": list(dict.fromkeys(line.file for line in question.lines)),
    }
