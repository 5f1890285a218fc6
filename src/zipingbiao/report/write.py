"""A new report: one workbook → 绩效自评报告 as a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import overload

from zipingbiao.book.cells import Book
from zipingbiao.book.given import IN_MEMORY, OnePath
from zipingbiao.book.read.content import content_of
from zipingbiao.book.write.save import make_folder, save_new
from zipingbiao.errors import UnreadableError, UsageError
from zipingbiao.report.blank import LINE_SPACING, LINE_SPACINGS, PORTRAIT, SLIP, blank
from zipingbiao.report.blocks import Block, Turn
from zipingbiao.report.content import blocks_of, heading, title_blocks
from zipingbiao.report.document import Document
from zipingbiao.report.draft import TO_CHECK
from zipingbiao.report.forms import outline_of
from zipingbiao.report.outline import Outline, Part
from zipingbiao.report.sign_off import sign_off_pages
from zipingbiao.report.texts import Basis
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import examine_bytes
from zipingbiao.result.file_result import FileResult
from zipingbiao.rules.shared.say import quote
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain

_SUFFIX = ".docx"
_NAMES = {False: "绩效自评报告", True: "送签单"}


@frozen
class Written:
    """A report that was written, or made in memory.

    Attributes:
        path: the workbook, as given.
        result: what is known of it; its errors did not hinder the report.
        saved: where the report stands; None in memory.
        notes: what a person should know, in Chinese: what prints 未填写, what waits for 待核实.
    """

    path: str
    result: FileResult
    saved: Path | None = None
    notes: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return what was done, for people."""
        written = (f"已生成 {self.saved}",) if self.saved is not None else ()
        return (*written, *self.notes)


@overload
def report(
    file: OnePath | Book,
    *,
    out: OnePath,
    template: OnePath | None = None,
    draft: bool = False,
    sign_off: bool = False,
    last: OnePath | None = None,
    line_spacing: Decimal = LINE_SPACING,
    bold_title: bool = False,
    profile: str | None = None,
) -> Written: ...
@overload
def report(
    file: bytes,
    *,
    name: str = IN_MEMORY,
    template: OnePath | None = None,
    draft: bool = False,
    sign_off: bool = False,
    last: OnePath | None = None,
    line_spacing: Decimal = LINE_SPACING,
    bold_title: bool = False,
    profile: str | None = None,
) -> tuple[bytes, Written]: ...
def report(  # noqa: PLR0913 each is an option of its own
    file: OnePath | bytes | Book,
    *,
    out: OnePath | None = None,
    name: str = IN_MEMORY,
    template: OnePath | None = None,
    draft: bool = False,
    sign_off: bool = False,
    last: OnePath | None = None,
    line_spacing: Decimal = LINE_SPACING,
    bold_title: bool = False,
    profile: str | None = None,
) -> Written | tuple[bytes, Written]:
    """Write the 绩效自评报告 of a workbook, or the 送签单 for who signs it, as a Word document.

    Figures, total, grade and tables are those of the evaluation; texts are those of 文字材料, paragraph by
    paragraph, and a section that nobody wrote says 未填写. Several projects stand one after the other,
    each with its 附件. Findings do not hinder it. The same workbook gives the same bytes.

    Args:
        file: a workbook, or one that was read already, or its bytes; of bytes the document comes back.
        out: where to write, a new .docx or an existing folder.
        name: for bytes, what messages call the workbook.
        template: a unit's own document: its styles are used by name, its paragraphs 【…】 are replaced.
        draft: give sections that nobody wrote sentences made of figures alone, each marked 待核实.
        sign_off: the 送签单, a page per project, instead of the report.
        last: for it, last year's workbook or folder to compare with.
        line_spacing: exact distance of lines in points, one of 28, 28.8, 28.9, 29, 30.
        bold_title: whether the title is bold.
        profile: 评分规则, a name or a YAML file; None chooses per table.

    Raises:
        UnreadableError: no workbook with a filled table, or *template* is no Word document.
        UsageError: arguments that do not fit together, or an unknown profile.
        RefusedError: there is a file at *out* already, or it cannot be written.
    """
    if Decimal(line_spacing) not in LINE_SPACINGS:
        raise UsageError(f"行距应为 {'、'.join(map(plain, LINE_SPACINGS))} 磅之一，现为 {line_spacing}。")
    if last is not None and not sign_off:
        raise UsageError("与上年比较（--last）只用于送签单，请加上 --sign-off。")
    if sign_off and (draft or template is not None):
        raise UsageError("送签单不用 --draft 和 --template，请去掉后再试。")
    result = examined(file, name, profile)
    target = None if isinstance(file, bytes) else _target(result.path, out, _NAMES[sign_off])
    if template is not None:
        document = Document(content_of(template), Path(template).name)
    else:
        page = SLIP if sign_off else PORTRAIT
        document = Document(blank(Decimal(line_spacing), bold_title=bold_title, page=page))
    if sign_off:
        blocks, notes = sign_off_pages(result, last, profile)
        document.add(blocks)
    else:
        notes = _write(document, result, drafts=draft)
    written = Written(result.path, result, target, notes)
    if target is None:
        return document.content(), written
    make_folder(target.parent)
    save_new(target, document.content())
    return written


def _target(file: str, out: OnePath | None, name: str) -> Path:
    if out is None:
        raise UsageError("没有说写到哪里，请加上 -o 报告.docx。")
    place = Path(out) / f"{Path(file).stem}{name}{_SUFFIX}" if Path(out).is_dir() else Path(out)
    if place.suffix.lower() != _SUFFIX:
        raise UsageError(f"“{out}”应以 {_SUFFIX} 结尾：报告是 Word 文档，例如 -o {place.stem}{_SUFFIX}。")
    return place


def examined(file: OnePath | bytes | Book, name: str, profile: str | None) -> FileResult:
    """Return what is known of the filled tables of a workbook: a file, its bytes (called *name*), or one read already.

    Raises:
        UnreadableError: there is none.
        UsageError: there is no profile of this name.
    """
    if isinstance(file, Book):
        return readable(evaluate(file, profile))
    data, path = (file, name) if isinstance(file, bytes) else (content_of(file), str(file))
    return readable(examine_bytes(data, path, profile))


def readable(result: FileResult) -> FileResult:
    """The result with the tables that somebody filled in.

    Raises:
        UnreadableError: there is none.
    """
    filled = [
        (evaluation, findings)
        for evaluation, findings in zip(result.evaluations, result.checks, strict=True)
        if not evaluation.table.is_blank
    ]
    if not filled:
        raise UnreadableError(f"{Path(result.path).name}：{result.why}")
    evaluations, checks = zip(*filled, strict=True)
    return replace(result, evaluations=evaluations, checks=checks)


# ------------------------------------------------------------------ the report


def _write(document: Document, result: FileResult, *, drafts: bool) -> tuple[str, ...]:
    """Write the report of every project; return what a person should know."""
    evaluations = result.evaluations
    places = list(document.places())
    if places and len(evaluations) > 1:
        raise UsageError(
            f"这个工作簿有 {len(evaluations)} 个项目，模板中的“【{places[0][0]}】”不知道填哪一个，"
            "请把每个项目另存为单独的工作簿，或换用没有【…】的模板。"
        )
    notes = list(result.notes)
    for number, evaluation in enumerate(evaluations):
        basis, outline = Basis(evaluation, drafts), outline_of(evaluation.table)
        if number:
            document.add([Turn(landscape=False)])
        if places:
            notes += _fill(document, places, basis, outline)
        else:
            document.add(title_blocks(evaluation))
            _append(document, basis, outline, [*outline.parts, *outline.annexes])
        notes += _said_of(basis, outline, several=len(evaluations) > 1)
    return tuple(notes)


def _fill(document: Document, places: list[tuple[str, object]], basis: Basis, outline: Outline) -> list[str]:
    """Replace the paragraphs 【…】 of a unit's own document, then append what it does not ask for."""
    parts = [*outline.parts, *outline.annexes]
    wanted = {part.key: part for part in parts if part.key}
    unknown = dict.fromkeys(f"【{name}】" for name, _ in places if name not in wanted)
    narrow, filled = dict[str, None](), set[str]()
    for name, place in places:
        if name in wanted:
            if document.replace(place, list(blocks_of(basis, wanted[name]))):
                filled.add(name)
            else:
                narrow[f"【{name}】"] = None
    _append(document, basis, outline, [part for part in parts if part.key not in filled])
    notes = []
    if unknown:
        known = "、".join(f"【{key}】" for key in wanted)
        notes.append(f"模板中的“{'、'.join(unknown)}”不认识，原样保留；可用的有：{known}。")
    if narrow:
        notes.append(
            f"模板中的“{'、'.join(narrow)}”在表格里，放不下一张表，原样保留，该表附在文末；请移到表格外面。"
        )
    return notes


def _append(document: Document, basis: Basis, outline: Outline, parts: Sequence[Part]) -> None:
    upright = [part for part in parts if part in outline.parts]
    document.add(_parts(basis, upright, outline.parts))
    across = [part for part in parts if part in outline.annexes]
    if across:
        document.add([Turn(landscape=True)])
    for number, part in enumerate(across):
        document.add([*heading(part, flush=True, new_page=number > 0), *blocks_of(basis, part)])


def _parts(basis: Basis, wanted: Sequence[Part], outline: Sequence[Part]) -> Iterator[Block]:
    """The wanted parts; a heading over others only where one of them is wanted."""
    for number, part in enumerate(outline):
        below = list(_below(outline, number))
        if part in wanted and (part.content is not None or any(one in wanted for one in below)):
            yield from heading(part)
            yield from blocks_of(basis, part)


def _below(outline: Sequence[Part], number: int) -> Iterator[Part]:
    for part in outline[number + 1 :]:
        if part.level <= outline[number].level:
            return
        yield part


def _said_of(basis: Basis, outline: Outline, *, several: bool) -> Iterator[str]:
    evaluation = basis.evaluation
    whose = f"{quote(evaluation.table.name)}的" if several else ""
    titles = dict.fromkeys(title for part in (*outline.parts, *outline.annexes) for title in part.sections)
    if missing := basis.unwritten(titles):
        yield f"{whose}{len(missing)}个章节没有文字，报告中写的是“未填写”，请在“文字材料”或报告中补写：{'、'.join(missing)}。"
    drafted = [title for title in titles if any(said.endswith(TO_CHECK) for said in basis.said(title))]
    if drafted:
        yield f"{whose}{len(drafted)}个章节按表中数字写了初稿，请逐句核实后删去“{TO_CHECK}”：{'、'.join(drafted)}。"
