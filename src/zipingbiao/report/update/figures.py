"""What stands around the lines of a report: the sentence of the result, funds, head and total of the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from zipingbiao.book.blocks import Paragraph
from zipingbiao.book.write.docx_xml import Replaced
from zipingbiao.report.update.places import joined
from zipingbiao.report.update.plan import ReportChange, ReportPlan, alike, squeezed
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.drafts import Draft, beside_rows
from zipingbiao.table.find.stated import stated
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.table.records import Project, SelfEvaluation
from zipingbiao.table.sentence import corrections
from zipingbiao.values.number import plain
from zipingbiao.values.spelling import label_key

_RATES = frozenset({AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE})
_HEAD = {"code": "项目编码", "department": "主管部门", "unit": "实施单位"}
_INCOMPLETE = "未完成"
_FIGURE = re.compile(r"[\d.]+")
_UNLISTED = re.compile(r"注：未列预算执行率，按资金表另计.*。")


def update_sentence(plan: ReportPlan, sentence: Paragraph, evaluation: Evaluation) -> None:
    """Bring the total and the grade in the sentence of the result up to date."""
    total, profile = evaluation.adopted_total, evaluation.profile
    grade = None if total is None else profile.printed_grade(total)
    text = joined(sentence)

    def says_grade(word: str) -> bool:
        return total is not None and profile.same_grade(word) == profile.grade(total)

    found = corrections(text, total, grade, says_grade) or ()
    if found and sentence.boxed:
        plan.refuse("请把总得分句从文本框里移到正文")
        return
    if found and sentence.tracked:
        plan.refuse(f"请先接受或拒绝{sentence.ref.place}总得分句里的修订")
        return
    place = sentence.ref.place
    plan.replace(sentence, [Replaced(*each) for each in found])
    plan.changes += [ReportChange(place, "总得分句", text[each.start : each.end], each.new) for each in found]


def update_funds(plan: ReportPlan, standing: Funds, wanted: Funds, title: str) -> None:
    """Bring amounts and rates up to date; an amount that says the same otherwise stays as it is typed."""
    if standing.unit.factor != wanted.unit.factor:
        plan.refuse(f"请把{title}的金额单位改为万元")
        return
    missing: list[str] = []
    for (kind, source), entry in wanted.entries.items():
        place = standing.entry(kind, source)
        what = f"{kind.label}（{source.label}）"
        if place is None and not _is_nothing(entry):
            has_source = any(other is source for _, other in standing.entries)
            missing.append(quote(kind.label if has_source else source.label))
        elif place is not None and not _same(place, entry, standing, wanted, kind, source):
            plan.say(place.ref, what, entry.text, title)
    if missing:
        plan.refuse(f"请在{title}里补上{'、'.join(dict.fromkeys(missing))}")
    for old, new, what in ((standing.points, wanted.points, "分值"), (standing.score, wanted.score, "得分")):
        if old is not None and new is not None:
            plan.say(old.ref, f"预算执行率{what}", new.text, title)


def _is_nothing(entry: Entry) -> bool:
    return entry.is_empty or entry.fraction == 0


def _same(
    place: Entry, entry: Entry, standing: Funds, wanted: Funds, kind: AmountKind, source: Source
) -> bool:
    if alike(place.text, entry.text):
        return True
    if kind in _RATES:
        return place.fraction is not None and place.fraction == entry.fraction
    amount = standing.typed_amount(kind, source)
    return amount is not None and amount == wanted.typed_amount(kind, source)


def update_head(plan: ReportPlan, standing: SelfEvaluation, wanted: Project, title: str) -> None:
    """Bring the head of the printed form up to date, where it has one and the workbook says it."""
    for field, what in _HEAD.items():
        old, new = getattr(standing.project, field), getattr(wanted, field)
        place = standing.head.get(field)
        if place is not None and new and label_key(old) != label_key(new):
            plan.replace_value(place, what, old, new, title)


def update_totals(
    plan: ReportPlan, standing: Draft, weight: Decimal | None, total: Decimal | None, title: str
) -> None:
    """Bring the row of the total up to date, where a table has one; a subtotal is left to people, and said."""
    for what, place, points in (
        ("权重合计", standing.rows.total_weight, weight),
        ("总分", standing.rows.total_score, total),
    ):
        if place is not None and place.cell is not None:
            plan.replace_value(
                place.ref, what, place.text, _INCOMPLETE if points is None else plain(points), title
            )
    sheet = standing.sheet
    rows = sheet.rows_between(standing.top, standing.rows.last)
    if any(labels.is_subtotal(sheet.text(row, column)) for row in rows for column in sheet.filled(row)):
        plan.notes.append(f"{title}里的小计没有更新，请核对。")


def update_grade(plan: ReportPlan, standing: Draft, evaluation: Evaluation, title: str) -> None:
    """Bring the grade of the printed form up to date, where it has one; a word for the same grade stays."""
    columns = (standing.left, standing.right)
    # 未完成 is no grade, but is printed in its place.
    old = stated(standing.sheet, beside_rows(standing), columns, labels.is_grade, lambda _: True)
    total, profile = evaluation.adopted_total, evaluation.profile
    if old is None or old.cell is None:
        return
    if total is None or profile.same_grade(old.text.strip()) != profile.grade(total):
        new = _INCOMPLETE if total is None else profile.printed_grade(total)
        plan.replace_value(old.ref, "等级", old.text, new, title)


def update_notes(plan: ReportPlan, standing: Sequence[Paragraph], wanted: Sequence[str], title: str) -> None:
    """Bring the notes below 附件1 up to date that say why the total is not what its lines add up to.

    A note stands for another one where only the figures differ; what is missing or no longer true is said.
    """
    by_shape = {_shape(said): said for said in wanted}
    for note in standing:
        text = joined(note)
        said = by_shape.pop(_shape(text), "")
        if not said and _UNLISTED.fullmatch(text.strip()):
            plan.notes.append(f"{note.ref.place}“{text.strip()}”已不适用，请在报告中删去。")
        elif said and not alike(text, said) and note.tracked:
            plan.refuse(f"请先接受或拒绝{note.ref.place}附注里的修订")
        elif said and not alike(text, said):
            plan.replace(note, [Replaced(0, len(text), said)])
            plan.changes.append(ReportChange(note.ref.place, "附注", text, said))
    plan.notes += [f"{title}下方没有“{said}”，请在报告中补写。" for said in by_shape.values()]


def _shape(text: str) -> str:
    """A note without its figures."""
    return _FIGURE.sub("#", squeezed(text))
