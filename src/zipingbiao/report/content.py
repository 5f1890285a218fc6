"""What a report says: the blocks of each part of its outline, from one evaluation."""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.report.blocks import HEADINGS, Block, Look, Table, Text
from zipingbiao.report.outline import Labels, Part, Printed, Prose, Sentence
from zipingbiao.report.texts import UNWRITTEN, Basis, paragraphs
from zipingbiao.result.rows import year_of
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.records import Place
from zipingbiao.table.sentence import result_sentence
from zipingbiao.values.number import plain


def title_blocks(evaluation: Evaluation) -> Iterator[Block]:
    """Give the title of the report of one project, and its year."""
    project = evaluation.table.project
    name = " ".join(project.name.split()) or "项目"
    yield Text(f"{name}绩效自评报告", Look.TITLE, "zpb_title")
    if year := year_of(project.year):
        yield Text(f"（{year}年度）", centred=True)


def heading(part: Part, *, flush: bool = False, new_page: bool = False) -> Iterator[Block]:
    """Give the heading of a part."""
    look = HEADINGS[part.level - 1]
    yield Text(part.title, look, f"zpb_{part.mark}", flush=flush, new_page=new_page)


def blocks_of(basis: Basis, part: Part) -> Iterator[Block]:
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
            yield from map(Text, paragraphs(result_sentence(evaluation.table.project.name, total, grade)))
        case Printed(made):
            yield from _printed(evaluation, made(basis))


def _printed(evaluation: Evaluation, table: Table | None) -> Iterator[Block]:
    if table is None:
        yield Text(UNWRITTEN)
        return
    yield table
    execution = evaluation.execution
    if table.mark == "zpb_form" and execution is not None and execution.indicator.place is Place.IMPLIED:
        yield Text(_unlisted(evaluation, execution), Look.CELL)


def _unlisted(evaluation: Evaluation, execution: Scored) -> str:
    """Say why the total is more than what the lines add up to, as the printed form does."""
    weight = plain(execution.indicator.weight) if execution.indicator.weight is not None else ""
    score = plain(execution.adopted) if execution.adopted is not None else ""
    whole = plain(evaluation.weights_total)
    return f"注：未列预算执行率，按资金表另计{score}分（权重{weight}，计入后权重合计{whole}）。"
