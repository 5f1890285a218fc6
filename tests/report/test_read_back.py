"""What a report says is what its workbook says: its 附件1, read as any Word document, is scored alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import zipingbiao as z
from support import office
from support.budget import drawn, often
from support.written import EXECUTION, line, project, workbook
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.records import Role
from zipingbiao.template.examples import examples

EXAMPLES = sorted(examples().glob("[0-9]*.xlsx"))
SAVED = (("docx",), ("odt", "docx"), ("doc", "docx"))
"""The kinds in which another program saves a report, one after the other."""
MANY = tuple(line(f"产出指标|质量指标|第{n}批合格率|3|≥95%|{70 + n}%|第{n}批返工。") for n in range(1, 31))


def said(evaluation: Evaluation) -> dict[str, object]:
    """Return what a person reads in a form: head, lines, total, grade, execution rate."""
    roles = (Role.TARGET, Role.ACTUAL, Role.REASON)
    return {
        "head": replace(evaluation.table.project, year=""),
        "lines": [
            (
                *(row.indicator.level1, row.indicator.level2, row.indicator.name),
                *(row.indicator.weight, row.score),
                *(row.indicator.text(role) for role in roles),
            )
            for row in evaluation.rows
        ],
        "total": evaluation.adopted_total,
        "grade": evaluation.grade,
        "rate": evaluation.execution_rate,
    }


def read_back(data: bytes) -> tuple[Evaluation, Evaluation]:
    document, written = z.report(data)
    *_, form = z.evaluate(z.read(document, name="报告.docx")).evaluations
    (own,) = written.result.evaluations
    return own, form


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name[:3])
def test_an_example_is_read_back(path: Path) -> None:
    own, form = read_back(path.read_bytes())
    assert said(form) == said(own)


@pytest.mark.parametrize("form", ["shanxi", "national"])
@pytest.mark.parametrize("lines", [None, (EXECUTION, *MANY)], ids=["usual", "many"])
def test_a_made_one_is_read_back(form: str, lines: tuple[object, ...] | None) -> None:
    made = project() if lines is None else project(lines=lines)  # type: ignore[arg-type]
    own, read = read_back(workbook(made, form=form))
    assert said(read) == said(own)
    assert read.table.project.year == "2025"


@pytest.mark.office
@drawn
@pytest.mark.parametrize("kinds", SAVED, ids=lambda kinds: kinds[0])
def test_a_report_that_another_program_saved_is_read_back(kinds: tuple[str, ...], tmp_path: Path) -> None:
    for path in EXAMPLES[: often(1, len(EXAMPLES))]:
        document, written = z.report(path.read_bytes())
        at = tmp_path / f"{path.stem}.docx"
        at.write_bytes(document)
        for kind in kinds:
            at = office.convert(at, kind, tmp_path / kind / "saved")
        *_, form = z.evaluate(z.read(at)).evaluations
        (own,) = written.result.evaluations
        assert said(form) == said(own), path.stem
