"""One project of a report: each place that its outline prints is found, and brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from zipingbiao.book.blocks import TableBlock
from zipingbiao.report.blocks import Block, Table, Text
from zipingbiao.report.content import blocks_of
from zipingbiao.report.forms import outline_of
from zipingbiao.report.outline import Part as Planned
from zipingbiao.report.outline import Printed, Sentence
from zipingbiao.report.texts import Basis
from zipingbiao.report.update.figures import (
    update_funds,
    update_grade,
    update_head,
    update_notes,
    update_sentence,
    update_totals,
)
from zipingbiao.report.update.lines import update_lines
from zipingbiao.report.update.pair import TablePair
from zipingbiao.report.update.places import is_marked
from zipingbiao.report.update.plan import ReportPlan
from zipingbiao.report.update.printed import book_of
from zipingbiao.report.update.rows import rows_of
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.find.drafts import Draft, find_pages
from zipingbiao.table.find.report import Part
from zipingbiao.table.records import Role
from zipingbiao.values.number import exact

T = TypeVar("T")
_TABLE = "表："


class ProjectUpdate:
    """The report of one project.

    Args:
        plan: of the whole document.
        part: where the project stands in it.
        evaluation: the project in the workbook.
    """

    def __init__(self, plan: ReportPlan, part: Part, evaluation: Evaluation) -> None:
        self._plan, self._places, self._part, self._evaluation = plan, plan.places, part, evaluation
        self._basis = Basis(evaluation)
        self._outline = outline_of(evaluation.table)

    def run(self) -> None:
        """Plan what is to change."""
        for planned in (*self._outline.parts, *self._outline.annexes):
            if isinstance(planned.content, Sentence):
                self._update_sentence(planned)
            elif isinstance(planned.content, Printed):
                self._update_table(planned)

    def _update_sentence(self, planned: Planned) -> None:
        found = self._places.sentences(self._part)
        if len(found) > 1:
            mark = f"zpb_{planned.mark}"
            below = [each for each in found if self._places.stands_below(each, mark)]
            found = below if len(below) == 1 else found
        if len(found) == 1:
            update_sentence(self._plan, found[0], self._evaluation)
        elif found:
            places = "、".join(each.ref.place for each in found)
            self._plan.refuse(f"请只留一处总得分句（{places}）")
        else:
            self._plan.refuse(f"请在“{planned.title}”下恢复总得分句（…自评价结果为：总得分…分，属于…）")

    def _update_table(self, planned: Planned) -> None:
        blocks = list(blocks_of(self._basis, planned))
        table = next((block for block in blocks if isinstance(block, Table)), None)
        if table is None:
            return
        (page,) = find_pages(book_of(table))
        if page.drafts:
            self._update_form(planned, blocks, table, page.drafts[0])
        elif page.spare:
            funds = self._places.funds(self._part)
            found = self._one(planned, table, funds, lambda each: each.anchor.sheet)
            if found is not None:
                update_funds(self._plan, found, page.spare[0].funds, _title(planned))

    def _update_form(self, planned: Planned, blocks: Sequence[Block], table: Table, wanted: Draft) -> None:
        """A table of lines: one of the body, or 附件1 with what stands around its lines."""
        title, is_annex = _title(planned), planned in self._outline.annexes
        if not is_annex and not self._part.has_attachment:
            return  # the reader took the body in place of 附件1, whose absence is told
        drafts = (
            self._places.forms(self._part) if is_annex else self._places.bodies(self._part, planned.title)
        )
        if not drafts and not is_annex and not any(row.name for row in rows_of(wanted)):
            return  # nobody misses a table without lines
        draft = self._one(planned, table, drafts, lambda each: each.sheet.name)
        if draft is None:
            return
        parts = self._places.blocks(draft.sheet.name)
        only = self._only(planned, table, draft, parts) if _says_twice(draft, parts) else None
        if only is None and _says_twice(draft, parts):
            return
        update_lines(TablePair(self._plan, title, draft, wanted, only))
        if not is_annex:
            update_totals(self._plan, draft, _sum(wanted, Role.WEIGHT), _sum(wanted, Role.SCORE), title)
            return
        evaluation, standing = self._evaluation, self._places.tables.get(draft.sheet.name)
        if standing is not None:
            update_head(self._plan, standing, evaluation.table.project, title)
        update_totals(self._plan, draft, evaluation.weights_sum, evaluation.adopted_total, title)
        update_grade(self._plan, draft, evaluation, title)
        if draft.block_beside is not None and wanted.block_beside is not None:
            update_funds(self._plan, draft.block_beside.funds, wanted.block_beside.funds, title)
        notes = [block.text for block in blocks[blocks.index(table) + 1 :] if isinstance(block, Text)]
        update_notes(self._plan, self._places.notes(draft.sheet.name), notes, title)

    def _one(self, planned: Planned, table: Table, found: Sequence[T], sheet: Callable[[T], str]) -> T | None:
        """The one candidate for a table, or the one with its bookmark; notes why there is none."""
        if not found:
            place = f"“{planned.title}”" if _is_body(planned) else planned.key
            self._plan.refuse(f"请恢复{place}标题和下面的表格")
            return None
        marked = [each for each in found if self._places.is_marked(sheet(each), table.mark)]
        if len(found) > 1 and len(marked) != 1:
            self._plan.refuse(f"请只留一张{_title(planned)}（{'、'.join(map(sheet, found))}）")
            return None
        chosen = found[0] if len(found) == 1 else marked[0]
        if not self._places.blocks(sheet(chosen)):
            self._plan.refuse(f"请把{_title(planned)}从别的表格的单元格里移出来")
            return None
        return chosen

    def _only(
        self, planned: Planned, table: Table, draft: Draft, parts: Sequence[TableBlock]
    ) -> TableBlock | None:
        """Of a table that somebody copied right below itself the one with the bookmark."""
        marked = [part for part in parts if is_marked(part, table.mark)]
        if len(marked) == 1:
            return marked[0]
        self._plan.refuse(f"请只留一张{_title(planned)}（{draft.sheet.name}后面还有一张）")
        return None


def _says_twice(draft: Draft, parts: Sequence[TableBlock]) -> bool:
    """Whether a further ``w:tbl`` does not go on with a table but says its lines again."""
    rows = rows_of(draft)
    seen: set[tuple[tuple[str, str], str]] = set()
    for part in parts:
        numbers = {row.row for row in part.rows}
        names = {(row.levels, row.name) for row in rows if row.number in numbers and row.name}
        if names & seen:
            return True
        seen |= names
    return False


def _sum(wanted: Draft, role: Role) -> Decimal | None:
    """What the lines of a table add up to in a column of points; None where one of them has none."""
    column = wanted.bands[0].columns[role].first
    lines = [row.number for row in rows_of(wanted) if row.name]
    points = [
        exact(wanted.sheet.text(row, column)) for row in lines if wanted.sheet.span(row, column).top == row
    ]
    known = [each for each in points if each is not None]
    return sum(known, Decimal(0)) if len(known) == len(points) else None


def _is_body(planned: Planned) -> bool:
    return planned.key.startswith(_TABLE)


def _title(planned: Planned) -> str:
    """What people call a table: 产出表, 附件1."""
    return f"{planned.key.removeprefix(_TABLE)}表" if _is_body(planned) else planned.key
