"""An existing report and the evaluations of its workbook → the same report with their figures; bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zipingbiao.book.read.seals import document_seals
from zipingbiao.book.write.document_patch import document_xml, patch_document
from zipingbiao.errors import RefusedError
from zipingbiao.report.update.places import DocumentPlaces
from zipingbiao.report.update.plan import ReportChange, ReportPlan
from zipingbiao.report.update.project import ProjectUpdate
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.rows import year_of
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.find.candidates import open_bytes
from zipingbiao.table.find.report import Part
from zipingbiao.table.sentence import named_in
from zipingbiao.values.frozen import frozen
from zipingbiao.values.spelling import label_key

_KIND = "docx"


@frozen
class Updated:
    """A report that was brought up to date, or would be.

    Attributes:
        path: the report, as given.
        result: what is known of the workbook; its errors did not hinder the update.
        changes: what changed, place by place.
        notes: what a person should know, in Chinese.
        saved: where the report stands now; None when nothing was written.
        backup: the copy of the report as it was before, when it was replaced.
    """

    path: str
    result: FileResult
    changes: tuple[ReportChange, ...] = ()
    notes: tuple[str, ...] = ()
    saved: Path | None = None
    backup: Path | None = None

    def lines(self) -> tuple[str, ...]:
        """Return what was done, for people, without the notes."""
        count = len(self.changes)
        if self.saved is not None and not count:
            return (f"报告与工作簿一致，已另存为 {self.saved}。",)
        if not count:
            return ("报告与工作簿一致，没有需要更新的内容，文件未写。",)
        kept = f"，原文件留作 {self.backup.name}" if self.backup is not None else ""
        said = (
            f"已更新 {self.saved}（{count} 处{kept}）：" if self.saved else f"将更新 {count} 处（未写文件）："
        )
        return (said, *(f"  {change.line}" for change in self.changes))


def updated(data: bytes, path: str, result: FileResult) -> tuple[bytes, Updated]:
    """Return a report with the figures of these evaluations, and what changed in it.

    Args:
        data: the report.
        path: where it stands, for messages.
        result: the workbook, with at least one filled table.

    Raises:
        UnreadableError: the report cannot be read.
        RefusedError: nothing may be written; one Chinese sentence says why and where.
    """
    plan = _planned(data, path, result.evaluations)
    new = patch_document(data, plan.places.book, plan.edits)
    if new != data and _planned(new, path, result.evaluations).edits:
        raise RefusedError(
            f"{Path(path).name} 写出后复核不一致，没有写入；请用 Word 或 WPS 打开后另存，再重试。"
        )
    return new, Updated(path, result, tuple(plan.changes), (*result.notes, *plan.notes))


def _planned(data: bytes, path: str, evaluations: Sequence[Evaluation]) -> ReportPlan:
    """Plan what is to change in a report.

    Raises:
        RefusedError: it is none, or not of these projects, or a place in it is not as it must be.
    """
    name = Path(path).name
    book = open_bytes(data, path)
    if book.kind != _KIND:
        remedy = "请用 Word 或 WPS 打开后另存为 .docx" if book.blocks else "请给出报告的 Word 文件"
        raise RefusedError(f"{name} 不是 Word 文档（.docx），没有写入；{remedy}。")
    if found := document_seals(data):
        raise RefusedError(f"{name} {'、'.join(found)}，没有写入；请先在 Word 中取消，再重试。")
    plan = ReportPlan(DocumentPlaces(book, document_xml(data, book)))
    if not plan.places.parts:
        raise RefusedError(
            f"{name} 中没有找到自评报告的标题（如“二、项目绩效情况”），没有写入；请核对是不是这个文件。"
        )
    for part, evaluation in _paired(plan, evaluations, name):
        ProjectUpdate(plan, part, evaluation).run()
    if plan.refusals:
        raise RefusedError(f"{name} 没有写入，{'；'.join(plan.refusals)}，再重试。")
    return plan


# ------------------------------------------------------------------ which project is which


def _paired(
    plan: ReportPlan, evaluations: Sequence[Evaluation], name: str
) -> Iterator[tuple[Part, Evaluation]]:
    """Give each report in the document with its project, by name; one of a single project may have none."""
    parts = plan.places.parts
    pairs = [(part, [each for each in evaluations if _is_named(each, part)]) for part in parts]
    if len(parts) == len(evaluations) == 1 and not (_names(parts[0]) and _key(evaluations[0])):
        pairs = [(parts[0], [evaluations[0]])]
    if not any(found for _, found in pairs):
        own = "、".join(quote(_shown(part)) for part in parts)
        others = "、".join(quote(each.table.project.name) for each in evaluations)
        raise RefusedError(f"{name} 是{own}的报告，工作簿是{others}的，没有写入；请核对文件或项目名称。")
    for part, found in pairs:
        if len(found) > 1:
            plan.refuse(f"请在工作簿中只留一张{quote(_shown(part))}的表")
        elif not found:
            plan.notes.append(f"报告中的{quote(_shown(part))}在工作簿中没有找到，没有更新。")
        else:
            _require_year(plan, part, found[0], name)
            yield part, found[0]
    used = [each for _, found in pairs for each in found]
    left = [each for each in evaluations if all(each is not other for other in used)]
    plan.notes += [f"工作簿中的{quote(each.table.name)}在报告中没有找到，没有更新。" for each in left]


def _require_year(plan: ReportPlan, part: Part, evaluation: Evaluation, name: str) -> None:
    """Refuse the report of another year.

    Raises:
        RefusedError: the report says another year than the workbook.
    """
    own = year_of(evaluation.table.project.year)
    table = plan.places.tables.get(part.main.sheet.name) if part.main is not None else None
    head = year_of(table.project.year) if table is not None and "year" in table.head else ""
    said = plan.places.years | ({head} if head else set())
    if own and said and own not in said:
        raise RefusedError(
            f"{name} 是{'、'.join(sorted(said))}年度的报告，工作簿是{own}年度的，没有写入；请核对文件。"
        )


def _is_named(evaluation: Evaluation, part: Part) -> bool:
    return _key(evaluation) in _names(part) - {""}


def _key(evaluation: Evaluation) -> str:
    return _folded(evaluation.table.project.name)


def _names(part: Part) -> set[str]:
    """What a report may call its project; none where it does not say."""
    sentence = part.chapter.sentence
    stated = named_in(sentence.text) if sentence is not None else None
    return {_folded(name) for name in (part.head["name"], stated or "") if name}


def _shown(part: Part) -> str:
    sentence = part.chapter.sentence
    return (named_in(sentence.text) if sentence is not None else None) or part.head["name"]


def _folded(name: str) -> str:
    """A name as it is compared: the word 项目 at its end may be missing."""
    return label_key(name).removesuffix("项目")
