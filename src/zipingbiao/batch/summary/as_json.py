"""A summary as the members ``summary`` and ``other_summaries`` of the documented JSON object (design.md 5.3)."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from zipingbiao.batch.records import Section, Summary
from zipingbiao.batch.summary.coverage import Coverage, Enrolment, Missing, Remark
from zipingbiao.batch.summary.questions import Question
from zipingbiao.batch.summary.roll import Enrolled
from zipingbiao.batch.summary.statistics import Statistics, statistics_of
from zipingbiao.result.said import number_text
from zipingbiao.result.totals import GRADES, TotalRow
from zipingbiao.values.number import plain


def summary_json(summary: Summary) -> dict[str, Any]:
    """Return both members: Decimals as strings, amounts in 万元, rates as fractions, missing as None."""
    year = int(summary.year) if summary.year else None
    listed = sum(section.total.projects - section.total.counted for section in summary.sections)
    enrolment = summary.enrolment
    undecided = {
        "projects": listed,
        "budget": plain(summary.open_amount),
        "items": [_question(question) for question in summary.questions],
    }
    return {
        "summary": {
            "year": year,
            **_section(summary.main),
            "undecided": undecided,
            "coverage": None if enrolment is None else _coverage(enrolment),
            "missing": [] if enrolment is None else list(map(_missing, enrolment.missing)),
            "exempt": [] if enrolment is None else list(map(_exempt, enrolment.exempt)),
            "unlisted": [] if enrolment is None else list(map(_unlisted, enrolment.unlisted)),
            "secret": summary.secret,
            "statistics": _plain(statistics_of(summary)),
        },
        "other_summaries": {
            section.scope.label: {"year": year, **_section(section)} for section in summary.sections[1:]
        },
    }


def _plain(value: Any) -> Any:
    """A record of figures as an object: Decimals as text, what is missing as None."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Statistics):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _section(section: Section) -> dict[str, Any]:
    departments = [
        {"name": department.total.label, **_total(department.total)} for department in section.departments
    ]
    return {**_total(section.total), "departments": departments}


def _total(total: TotalRow) -> dict[str, Any]:
    return {
        "projects": total.projects,
        "counted": total.counted,
        "scored": total.scored,
        "initial_budget": number_text(total.initial_budget),
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


def _coverage(enrolment: Enrolment) -> dict[str, Any]:
    departments = [{"name": each.label, **_counts(each)} for each in enrolment.departments]
    projects = [{"name": each.label, **_counts(each)} for each in enrolment.projects_of]
    return {
        **_counts(enrolment.total),
        "departments": departments,
        "projects": {**_counts(enrolment.projects), "departments": projects},
    }


def _counts(coverage: Coverage) -> dict[str, Any]:
    return {
        "due": coverage.due,
        "done": coverage.done,
        "missing": coverage.missing,
        "due_budget": plain(coverage.due_amount),
        "done_budget": plain(coverage.done_amount),
        "missing_budget": plain(coverage.missing_amount),
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {**_project(missing.enrolled), "trace": missing.trace.value}


def _exempt(enrolled: Enrolled) -> dict[str, Any]:
    return {**_project(enrolled), "why": enrolled.row.exempt}


def _project(enrolled: Enrolled) -> dict[str, Any]:
    row = enrolled.row
    return {
        "code": row.code or None,
        "name": row.name,
        "department": enrolled.department,
        "unit": row.unit or None,
        "budget": number_text(enrolled.registered.budget),
    }


def _unlisted(remark: Remark) -> dict[str, Any]:
    return {
        "code": remark.code or None,
        "name": remark.name or None,
        "department": remark.department,
        "unit": remark.unit or None,
        "path": remark.file,
    }
