"""``zpb import``: a Word report, or anybody's workbook, as a new workbook of our template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from zipingbiao.book.cells import Book, Ref
from zipingbiao.book.given import OnePath, given_year
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.write.save import make_folder, save_new
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.find.left_over import left_over
from zipingbiao.table.find.secret import is_marked
from zipingbiao.table.find.targets import TargetLine, read_targets
from zipingbiao.table.forms import FORMS, OTHER, form_named, form_of, national, shanxi
from zipingbiao.table.records import Form, Place, Project, SelfEvaluation
from zipingbiao.template.content import NewWorkbook, Unplaced
from zipingbiao.template.new.filled import filled, with_scores
from zipingbiao.template.new.write import Written
from zipingbiao.template.write import build, finished
from zipingbiao.values.secrecy import HIDDEN
from zipingbiao.values.spelling import label_key

_CHECK = "原文件没有对应的栏目，需要的请抄到相应处"
_WHOLE = "这张工作表不是自评表，没有带入，需要的请抄到相应处"


def import_report(
    source: OnePath,
    out: OnePath,
    *,
    form: str | None = None,
    unit: str | None = None,
    year: str | int | None = None,
    formulas: bool = False,
) -> Written:
    """Write a new workbook of our template from a Word report, or from anybody's self-evaluation workbook.

    Everything typed is carried over as typed; what the template calculates is left to its formulas; what has
    no cell there stands on the sheet 未归类内容. The source is never changed.

    Args:
        source: a .docx report or a workbook with self-evaluation tables.
        out: a new file ending in .xlsx.
        form: key of a printed form, ``shanxi`` or ``national``; None for the one that the source follows.
        unit: 实施单位, where the source does not say it; it goes before what the source says.
        year: four digits, likewise.
        formulas: 免宏版: 完成率 and 核算得分 calculate by formulas.

    Returns:
        The file written, and notes in Chinese that a person should read.

    Raises:
        UsageError: arguments that do not fit together, or a source without such a table.
        UnreadableError: the source cannot be read.
        RefusedError: the file is there already, or the source is marked as secret: its mark would not stand on
            what is made of it. Nothing was written.
    """
    target = Path(out)
    if target.suffix.lower() != ".xlsx" or target.is_dir():
        raise UsageError(f"请给一个以 .xlsx 结尾的新文件名，例如 -o 自评表.xlsx（现在是“{target.name}”）。")
    shape, said = form_named(form), given_year(year)
    if target.exists():
        raise RefusedError(f"{target.name} 已存在，没有写入；请换一个文件名或先移走。")
    book = read_book(source)
    new = _headed(_imported(book, Path(source).name, shape, formulas=formulas), unit or "", said or "")
    make_folder(target.parent)
    save_new(target, finished(new))
    return Written((target,), tuple(_notes(book, new)))


def import_bytes(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """Return what :func:`import_report` writes of a file in memory, and its notes.

    Raises:
        UsageError: a workbook of ours, or a file without a table.
        UnreadableError: the bytes cannot be read.
        RefusedError: it is marked as secret.
    """
    book = read_bytes(data, name)
    new = _imported(book, Path(name).name, None, formulas=False)
    return finished(new), tuple(_notes(book, new))


def _imported(book: Book, name: str, form: Form | None, *, formulas: bool) -> NewWorkbook:
    if is_marked(book):
        raise RefusedError(f"{HIDDEN}：涉密文件不能导入，没有生成新工作簿；请按保密规定另行办理。")
    if ours.of(book.names) is not None:
        raise UsageError(f"{name} 已经是本软件的工作簿，请直接在其中填写和评分，不用导入。")
    result = evaluate(book)
    if not result.evaluations:
        raise UsageError(f"{name}：{result.why}")
    tables = [one.table for one in result.evaluations]
    shape = form or _form_of(tables[0])
    targets = _targets(book)
    parts = [filled(one, shape, targets) for one in result.evaluations]
    without = (*(line for part in parts for line in part.unplaced), *_left(book, result.evaluations))
    head = next((t.project for t in tables if t.project.unit or t.project.department), tables[0].project)
    unit = Project(department=head.department, unit=head.unit, year=head.year)
    new = NewWorkbook(shape, unit, tuple(part.project for part in parts), formulas, unplaced=tuple(without))
    scored = evaluate(read_bytes(build(new), name)).evaluations
    projects = (with_scores(part, one) for part, one in zip(parts, scored, strict=True))
    return replace(new, projects=tuple(projects))


def _form_of(table: SelfEvaluation) -> Form:
    """The form that a table follows; for any other layout the one whose execution stands where this table's does."""
    if table.form != OTHER:
        return form_of(table.form.key) or FORMS[0]
    in_funds = any(line.is_execution and line.place is Place.FUNDS for line in table.indicators)
    return national.FORM if in_funds else shanxi.FORM


def _targets(book: Book) -> dict[Ref, TargetLine]:
    return {line.ref: line for table in read_targets(book) for line in table.lines}


def _left(book: Book, evaluations: Sequence[Evaluation]) -> Iterator[Unplaced]:
    tables = [one.table for one in evaluations]
    reports = [table.report for table in tables if table.report is not None]
    if reports:
        texts = [each for one in reports for each in one.unplaced if not _is_made(each.text, tables)]
        yield from (Unplaced(each.ref.place, each.text, _CHECK) for each in texts)
        return
    for ref, text in left_over(book, tables):
        yield Unplaced(ref.place, text, _CHECK) if text else Unplaced(ref.sheet, "（整张工作表）", _WHOLE)


def _is_made(text: str, tables: Sequence[SelfEvaluation]) -> bool:
    """Whether a line only repeats what has its place, or what a report of ours says by itself."""
    said = label_key(text)
    if label_key(ours.UNLISTED_NOTE) in said:
        return True
    texts = (entry.text for table in tables for entry in table.texts.values())
    return any(said == label_key(line) for text in texts for line in (text, *text.splitlines()))


def _headed(new: NewWorkbook, unit: str, year: str) -> NewWorkbook:
    """Put in what the caller knows of unit and year."""
    given = {name: value for name, value in (("unit", unit), ("year", year)) if value}
    if not given:
        return new
    projects = tuple(replace(one, project=replace(one.project, **given)) for one in new.projects)
    return replace(new, unit=replace(new.unit, **given), projects=projects)


def _notes(book: Book, new: NewWorkbook) -> Iterator[str]:
    yield from book.notes
    heads = [one.project for one in new.projects]
    blank = [
        label
        for label, has in (
            ("项目名称", all(head.name for head in heads)),
            ("实施单位", all(head.unit for head in heads)),
            ("年度", all(head.year for head in heads)),
        )
        if not has
    ]
    if blank:
        yield f"请补填{'、'.join(blank)}：原文件没有写明（单位和年度也可用 --unit、--year 给出）。"
    if new.unplaced:
        yield f"请核对工作表“{ours.UNPLACED}”：有 {len(new.unplaced)} 处内容在样表中没有对应的栏目。"
