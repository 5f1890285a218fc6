"""Workbooks to report on, made through our own template, and what a Word document says, read by python-docx."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from zipingbiao.table.forms import form_of
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Project
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.write import finished

EXECUTION = NewLine("预算执行指标", "预算执行指标", "预算执行率", Decimal(10), "100%", is_execution=True)


def line(text: str) -> NewLine:
    """Read ``产出指标|数量指标|培训人次|50|200人次|190人次|原因``."""
    level1, level2, name, weight, target, actual, *reason = text.split("|")
    points = Decimal(weight) if weight else None
    return NewLine(level1, level2, name, points, target, actual, reason=reason[0] if reason else "")


USUAL = (
    EXECUTION,
    line("产出指标|数量指标|培训人次|30|200人次|190人次|有10人请假，改在下年初补训。"),
    line("产出指标|质量指标|培训合格率|20|≥95%|96%"),
    line("效益指标|社会效益指标|系统使用率|30|≥90%|92%"),
    line("满意度指标|服务对象满意度指标|学员满意度|10|≥95%|85%|食宿安排不够周到。"),
)


def project(
    name: str = "业务培训项目",
    lines: Sequence[NewLine] = USUAL,
    texts: Mapping[str, str] | None = None,
    *,
    budget: str = "100",
    executed: str = "95",
) -> NewProject:
    """Return a project whose money came from the county."""
    amounts = {
        AmountKind.INITIAL: budget,
        AmountKind.FULL_YEAR: budget,
        AmountKind.RECEIVED: budget,
        AmountKind.EXECUTED: executed,
    }
    funds = {(kind, Source.COUNTY): Decimal(amount) for kind, amount in amounts.items()}
    head = Project(name, "P1", "某县教育局", "某县教师进修学校", "2025")
    return NewProject(head, funds=funds, lines=tuple(lines), texts=texts or {})


def workbook(*projects: NewProject, form: str = "shanxi") -> bytes:
    """Return our template, filled."""
    printed = form_of(form)
    assert printed is not None
    unit = Project(department="某县教育局", unit="某县教师进修学校", year="2025")
    return finished(NewWorkbook(printed, unit, projects or (project(),)))


def blocks(document: bytes) -> Iterator[tuple[str, Any]]:
    """Give what stands in a document, in its order: (name of style, text), or ("table", its rows)."""
    for block in Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(block, Paragraph):
            assert block.style is not None
            yield str(block.style.name), block.text
        elif isinstance(block, Table):
            yield "table", rows(block)


def rows(table: Table) -> list[list[str]]:
    """Return the texts of a table, a merged cell in each place that it takes."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def texts(document: bytes) -> list[str]:
    """Return the paragraphs outside of tables that say something."""
    return [said for style, said in blocks(document) if style != "table" and said]


def tables(document: bytes) -> list[list[list[str]]]:
    """Return the tables."""
    return [said for style, said in blocks(document) if style == "table"]


def below(document: bytes, heading: str) -> list[str]:
    """Return the paragraphs between a heading and the next one."""
    found: list[str] | None = None
    for style, said in blocks(document):
        if style.startswith(("Heading", "Title")):
            if found is not None:
                return found
            found = [] if said == heading else None
        elif found is not None and style != "table" and said:
            found.append(said)
    return found or []
