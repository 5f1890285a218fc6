"""What a report says: the blocks of each part of its outline, from one evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.report.blocks import FORM_MARK, HEADINGS, Block, Look, Table, Text
from zipingbiao.report.outline import Labels, Part, Printed, Prose, Sentence
from zipingbiao.report.texts import UNWRITTEN, Basis, paragraphs
from zipingbiao.result.rows import year_of
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.records import Place, Scope
from zipingbiao.table.sentence import result_sentence
from zipingbiao.values.number import plain

_APART = "　　　"  # so far apart, readers know where one field ends


def title_blocks(evaluation: Evaluation) -> Iterator[Block]:
    """Give the title of the report of one project, and its year."""
    yield Text(f"{_named(evaluation) or '项目支出'}绩效自评报告", Look.TITLE, "zpb_title")
    if year := year_of(evaluation.table.project.year):
        yield Text(f"（{year}年度）", centred=True)


def _named(evaluation: Evaluation) -> str:
    """The project on one line, of a whole department the department; "" where the table names none."""
    table = evaluation.table
    own = table.name if table.scope is Scope.DEPARTMENT else table.project.name
    return " ".join(own.split())


def heading(part: Part, *, flush: bool = False, new_page: bool = False) -> Iterator[Block]:
    """Give the heading of a part."""
    look = HEADINGS[part.level - 1]
    yield Text(part.title, look, f"zpb_{part.mark}", flush=flush, new_page=new_page)


def blocks_of(basis: Basis, part: Part) -> Iterator[Text | Table]:
    """Give what stands below the heading of a part."""
    evaluation = basis.evaluation
    match part.content:
        case Prose(title):
            yield from map(Text, basis.said(title))
        case Labels(titles):
            for title in titles:
                first, *others = basis.said(title)
                yield Text(f"{title}：{first}")
                yield from map(Text, others)
        case Sentence():
            total = evaluation.adopted_total
            grade = None if total is None else evaluation.profile.printed_grade(total)
            yield from map(Text, paragraphs(result_sentence(_named(evaluation), total, grade)))
        case Printed(made, named=named):
            if named:
                yield from (Text(said, Look.CELL) for said in _owner(evaluation))
            yield from _printed(evaluation, made(basis))


def _printed(evaluation: Evaluation, table: Table | None) -> Iterator[Text | Table]:
    if table is None:
        yield Text(UNWRITTEN)
        return
    yield table
    if table.mark == FORM_MARK:
        yield from (Text(f"注：{note}。", Look.CELL) for note in _notes(evaluation))


def _owner(evaluation: Evaluation) -> Iterator[str]:
    """Whose form it is, as its printed form says above the table: nobody else tells a loose 附件1."""
    project = evaluation.table.project
    project_line = (("项目名称", project.name), ("项目编码", project.code))
    unit_line = (("主管部门", project.department), ("实施单位", project.unit), ("年度", project.year))
    for fields in (project_line, unit_line):
        said = _APART.join(f"{label}：{' '.join(text.split())}" for label, text in fields if text.strip())
        if said:
            yield said


def _notes(evaluation: Evaluation) -> Iterator[str]:
    """Why the total is not what the lines of the form add up to, as the printed form and the terminal say it."""
    execution = evaluation.execution
    if execution is not None and execution.indicator.place is Place.IMPLIED:
        weight, score = (
            plain(points or Decimal(0)) for points in (execution.indicator.weight, execution.adopted)
        )
        whole = plain(evaluation.weights_total)
        yield f"未列预算执行率，按资金表另计{score}分（权重{weight}，计入后权重合计{whole}）"
    if evaluation.cap_note:
        yield evaluation.cap_note
