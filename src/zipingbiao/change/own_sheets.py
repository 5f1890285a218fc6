"""校验结果 and 汇总表 of our template: what they are to hold, as changes to what they hold now.

Both sheets are wholly ours but for the column 核实说明, which people type: a note moves with its
finding, and a note whose finding is gone stays below the findings. 文字材料 is typed by people; it only
gets lines below its last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.book.cells import Book, Cell, CellClass, Grid, Ref, column_letters
from zipingbiao.book.changes import Change, RowChange
from zipingbiao.book.write.new_cells import Value, lines_needed
from zipingbiao.result.answers import Answer, Identity, answers, identities
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.rows import ProjectRow, project_row
from zipingbiao.result.sheets import HEADINGS, SUMMARY, SummaryLayout, own_sheet, summary_layout
from zipingbiao.result.totals import total_of
from zipingbiao.rules.explained import reason
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.table import ours
from zipingbiao.table.records import Place, Role
from zipingbiao.table.sections import TEXT_HEADINGS
from zipingbiao.template.places import TEXT_KEY, text_key
from zipingbiao.values.number import plain

_TALLY_ROW = ours.HEADING_ROW - 1
_GONE = "已消除"
_NOTE = ours.FINDING_HEADINGS.index("核实说明") - 1  # of a line without its number
_ORDER = tuple(Severity)

_LINE, _ROOM = 15, 4  # points
_HIGHEST = 409  # Excel's limit
_WIDTHS: Mapping[str, tuple[int, ...]] = {
    ours.Sheet.FINDINGS: ours.FINDING_WIDTHS[:-3],  # the last are hidden
    ours.Sheet.LOG: ours.LOG_WIDTHS,
}


class _Link(NamedTuple):
    """A cell that jumps to another one when it is clicked."""

    ref: Ref

    @property
    def formula(self) -> str:
        sheet = self.ref.sheet.replace("'", "''").replace('"', '""')
        shown = str(self.ref).replace('"', '""')
        return f'HYPERLINK("#\'{sheet}\'!{self.ref.a1}","{shown}")'


Line = Sequence[Value | _Link]


def findings_changes(book: Book, result: FileResult) -> list[Change]:
    """Return the changes that make 校验结果 show the findings of *result*, errors first."""
    grid = own_sheet(book, ours.Sheet.FINDINGS)
    if grid is None:
        return []
    lines = [
        (Decimal(number), *line) for number, line in enumerate(_finding_lines(result, dict(answers(book))), 1)
    ]
    return _block(grid, lines, _tally(result))


def sheets_before(book: Book, result: FileResult) -> list[Change]:
    """Return the changes that leave 校验结果 and 汇总表 as they were before the first press.

    A 核实说明 was typed by somebody: it stays with its finding.
    """
    changes: list[Change] = []
    findings, summary = (own_sheet(book, name) for name in (ours.Sheet.FINDINGS, ours.Sheet.SUMMARY))
    if findings is not None:
        lines = [line for line in _finding_lines(result, dict(answers(book))) if line[_NOTE]]
        changes += _block(findings, [(Decimal(number), *line) for number, line in enumerate(lines, 1)], "")
    if summary is not None:
        changes += _block(summary, [], ours.SUMMARY_BEFORE)
    return changes


def as_it_stands(result: FileResult) -> FileResult:
    """Return the result with the scores that the tables show, right or not: what 汇总表 says after an undo."""
    shown = tuple(
        replace(one, rows=tuple(replace(row, score=_shown_score(row)) for row in one.rows))
        for one in result.evaluations
    )
    return replace(result, evaluations=shown)


def _shown_score(row: Scored) -> Decimal | None:
    indicator = row.indicator
    score = indicator.entries.get(Role.SCORE)
    if score is None or indicator.place is not Place.ROW or indicator.shared_score:
        return row.score
    return score.number


def line_heights(book: Book, changes: Iterable[Change]) -> Iterator[RowChange]:
    """Give the heights of the lines of 校验结果 and 变更记录 that change: every program shows their whole texts."""
    shown: dict[Ref, Decimal | str] = {}
    for change in changes:
        if change.ref.sheet in _WIDTHS and change.ref.row >= ours.FIRST_ROW:
            shown[change.ref] = change.new
    for sheet, row in dict.fromkeys((ref.sheet, ref.row) for ref in shown):
        grid, needed = book.grid(sheet), 1
        for column, width in enumerate(_WIDTHS[sheet], 1):
            value = shown.get(grid.ref(row, column), _shown(grid.at(row, column)))
            needed = max(needed, lines_needed(str(value), width))
        yield RowChange(sheet, row, hidden=False, height=min(_LINE * needed + _ROOM, _HIGHEST))


def summary_changes(book: Book, result: FileResult) -> list[Change]:
    """Return the changes that make 汇总表 show one line per project sheet, and their sums."""
    grid = own_sheet(book, ours.Sheet.SUMMARY)
    if grid is None:
        return []
    rows = [
        project_row(result.path, evaluation, findings)._replace(number=number)
        for number, (evaluation, findings) in enumerate(
            zip(result.evaluations, result.checks, strict=True), 1
        )
    ]
    lines = summary_lines(rows, summary_layout(grid) or SUMMARY)
    return _block(grid, lines, f"共 {len(rows)} 个项目，金额单位：万元")


def summary_lines(rows: Sequence[ProjectRow], layout: SummaryLayout = SUMMARY) -> list[list[Value]]:
    """Return the lines of 汇总表: one per project, and their total; below them only where there are several."""
    lines = [[column.value(row) for column in layout.columns] for row in rows]
    if len(rows) > (0 if layout.total_above else 1):
        whole = total_of("合计", rows)
        total = [column.total.value(whole) if column.total is not None else None for column in layout.columns]
        lines.insert(0 if layout.total_above else len(lines), total)
    return lines


def texts_changes(book: Book, result: FileResult) -> list[Change]:
    """Return the changes that give 文字材料 a line per section for every project sheet that has none there yet.

    Sheets that somebody copied or added are such; no line that is there changes.
    """
    template, grid = ours.of(book.names), _texts_sheet(book)
    if template is None or grid is None:
        return []
    bare = {
        evaluation.table.sheet: evaluation.table.project.name
        for evaluation in result.evaluations
        if not any(entry.ref.sheet == grid.sheet for entry in evaluation.table.texts.values())
    }
    lines = [(sheet, name, one) for sheet, name in bare.items() for one in template.form.sections]
    last = max((row for row in grid.rows if row >= ours.FIRST_ROW), default=ours.HEADING_ROW)
    return [
        change
        for row, (sheet, name, one) in enumerate(lines, last + 1)
        for change in _section_line(grid, last, row, (sheet, name, one.title, "", one.hint))
    ]


def _texts_sheet(book: Book) -> Grid | None:
    """文字材料 with the columns as we write them; None where it is missing or has others."""
    grid = next((grid for grid in book.grids if grid.sheet == ours.Sheet.TEXTS), None)
    at = [] if grid is None else [ours.column_headed(grid, ours.HEADING_ROW, each) for each in TEXT_HEADINGS]
    return grid if at == list(range(1, len(TEXT_HEADINGS) + 1)) else None


def _section_line(grid: Grid, model: int, row: int, texts: Sequence[str]) -> Iterator[Change]:
    """One new line, looking like the last one; its number, its texts, and its key for formulas."""
    sheet, _, title, *_ = texts
    values: tuple[Decimal | str, ...] = (Decimal(row - ours.HEADING_ROW), *texts, f"{sheet}|{title}")
    cells = (f"{column_letters(TEXT_HEADINGS.index(heading) + 1)}{row}" for heading in ("工作表", "章节"))
    for column, value in enumerate(values, 1):
        if value != "":
            formula = text_key(*cells) if column == TEXT_KEY + 1 else None
            like = grid.ref(model, column) if model >= ours.FIRST_ROW else None
            yield Change(grid.ref(row, column), "", value, "新增章节", like, formula=formula)


def _tally(result: FileResult) -> str:
    counts = "，".join(f"{severity.label} {count(result.findings, severity)}" for severity in Severity)
    verified = sum(bool(finding.verified) for finding in result.findings)
    return (
        f"{counts}，已核实 {verified}。错误必须修改；警告请核实后在“核实说明”栏写明情况和依据；提示供参考。"
    )


def _finding_lines(result: FileResult, given: dict[str, Answer]) -> Iterator[Line]:
    """Give the lines without their numbers: errors, warnings and hints, then the notes that are left over."""
    found = [
        (finding, identity, evaluation.table.project.name or evaluation.table.sheet)
        for evaluation, findings in zip(result.evaluations, result.checks, strict=True)
        for finding, identity in zip(findings, identities(evaluation, findings), strict=True)
    ]
    for finding, identity, project in sorted(found, key=lambda each: _ORDER.index(each[0].severity)):
        yield _finding_line(project, finding, identity, given.pop(identity.key, None))
    for answer in given.values():
        if answer.note:
            mark = f"{answer.key}:{answer.state}:{answer.seen}"
            head = (_GONE, None, None, None, "原问题已不存在，核实说明保留备查。")
            yield (*head, None, None, None, answer.note, None, None, mark)


def _finding_line(project: str, finding: Finding, identity: Identity, answer: Answer | None) -> Line:
    note = answer.note if answer is not None else ""
    mark, message = identity.mark(note), finding.message
    if answer is not None and answer.is_outdated(identity) and not answer.is_hollow:
        # The old state stays in the mark: only a note typed anew settles the changed cells.
        mark = f"{answer.key}:{answer.state}:{answer.seen}"
        message = f"（填报内容在写核实说明之后有改动，请重新核实并改写说明）{message}"
    cell = str(finding.ref) if finding.ref is not None and not finding.verified else None
    return (
        *(finding.label, finding.code, project),
        _Link(finding.ref) if finding.ref is not None else None,
        *(message, finding.found, finding.expected, reason(finding.code), note),
        cell if finding.severity is Severity.ERROR else None,
        cell if finding.severity is Severity.WARNING else None,
        mark,
    )


def _block(grid: Grid, lines: Sequence[Line], tally: str) -> list[Change]:
    """Return the changes from what a sheet of ours holds to these lines; what is left over goes blank."""
    last = max((row for row in grid.rows), default=0)
    layout = summary_layout(grid) if grid.sheet == ours.Sheet.SUMMARY else None
    headings = HEADINGS[ours.Sheet(grid.sheet)] if layout is None else layout.headings
    changes = [_change(grid, Ref(grid.sheet, _TALLY_ROW, 1), tally)]
    for number in range(max(len(lines), last - ours.HEADING_ROW)):
        line: Line = lines[number] if number < len(lines) else ()
        for column in range(len(headings)):
            ref = Ref(grid.sheet, ours.FIRST_ROW + number, column + 1)
            changes.append(_change(grid, ref, line[column] if column < len(line) else None))
    return [change for change in changes if change is not None]


def _change(grid: Grid, ref: Ref, value: Value | _Link) -> Change | None:
    """Return the change of one cell, or None where it already says so."""
    cell = grid.at(ref.row, ref.column)
    old = _shown(cell)
    if isinstance(value, _Link):
        if cell is not None and cell.formula == value.formula and cell.value == str(value.ref):
            return None
        return Change(ref, old, str(value.ref), "位置", formula=value.formula)
    new = "" if value is None else Decimal(value) if isinstance(value, int) else value
    if cell is None:
        return None if new == "" else Change(ref, "", new, "程序写入")
    if cell.formula is not None:
        return Change(ref, old, new, "程序写入", formula="")
    return None if _same(cell, new) else Change(ref, old, new, "程序写入")


def _same(cell: Cell, new: Decimal | str) -> bool:
    if isinstance(new, Decimal):
        return isinstance(cell.value, Decimal) and cell.value == new
    return cell.kind is CellClass.TEXT and cell.value == new


def _shown(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    return plain(cell.value) if isinstance(cell.value, Decimal) else str(cell.value)
