"""The report that lies beside its workbook, known by what it says and not by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zipingbiao.book.blocks import Paragraph, TableBlock
from zipingbiao.book.cells import Book
from zipingbiao.book.read.content import content_of
from zipingbiao.book.read.preflight import is_archive
from zipingbiao.errors import RefusedError, UnreadableError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.secrecy import open_unmarked
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain, same_points
from zipingbiao.values.secrecy import is_secret_name
from zipingbiao.values.spelling import label_key


@frozen
class Beside:
    """A report of a workbook's projects: its file, its content, what it says."""

    path: Path
    data: bytes
    book: Book
    result: FileResult


def report_beside(workbook: Path, evaluations: Sequence[Evaluation]) -> Beside | None:
    """Return the Word report beside a workbook that is about its projects; None where there is none.

    Raises:
        RefusedError: there are several; says which.
    """
    wanted = sorted(label_key(one.table.name) for one in evaluations)
    years = {one.table.project.year for one in evaluations if one.table.project.year}
    found = [one for one in _reports(workbook.parent) if _is_of(one.result, wanted, years)]
    if len(found) > 1:
        names = "、".join(f"“{one.path.name}”" for one in found)
        raise RefusedError(
            f"{workbook.name}：请只留一份报告，其余的移到别的文件夹：{names}写的是同一个项目，没有打包。"
        )
    return found[0] if found else None


def open_sentences(book: Book, word: str) -> Iterator[str]:
    """Give the places of a document in words where a word stands, in its text or in a table."""
    for block in book.blocks:
        if isinstance(block, Paragraph) and word in block.text:
            yield block.ref.said if block.number else "正文"
        elif isinstance(block, TableBlock):
            for row in block.rows:
                for cell in row.cells:
                    if any(word in paragraph.text for paragraph in cell.paragraphs):
                        yield book.grid(block.sheet).ref(row.row, cell.column).place


def contradictions(beside: Beside, evaluations: Sequence[Evaluation]) -> Iterator[str]:
    """Give what a report states otherwise than its workbook, and what it contradicts itself in."""
    own = {label_key(one.table.name): one.adopted_total for one in evaluations}
    for one in beside.result.evaluations:
        total, right = one.adopted_total, own.get(label_key(one.table.name))
        if total is not None and right is not None and not same_points(total, right):
            yield (
                f"请更新报告“{beside.path.name}”：{one.table.name}的总分在报告中为{plain(total)}分，"
                f"在工作簿中为{plain(right)}分。"
            )
    for finding in beside.result.findings:
        if _is_about_text(finding):
            yield f"{finding.message}（报告“{beside.path.name}”）"


def _is_about_text(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.code.startswith("T")


def _reports(folder: Path) -> Iterator[Beside]:
    for path in sorted(folder.glob("*.docx")):
        if path.name.startswith(("~$", ".")) or path.is_symlink() or is_secret_name(path.name):
            continue
        try:
            data = content_of(path)
            if not is_archive(data):
                continue
            book = open_unmarked(data, str(path))
        except UnreadableError:  # somebody's letter that nobody can open is no report
            continue
        if book is not None:
            yield Beside(path, data, book, evaluate(book))


def _is_of(result: FileResult, wanted: Sequence[str], years: set[str]) -> bool:
    tables = [one.table for one in result.evaluations if one.table.report is not None]
    said = {table.project.year for table in tables if table.project.year}
    names = sorted(label_key(table.name) for table in tables)
    return names == wanted and (not years or not said or not said.isdisjoint(years))
