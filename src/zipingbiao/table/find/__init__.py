"""Finds every self-evaluation table of a workbook by its labels, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from zipingbiao.book.cells import Book, Ref, Visibility
from zipingbiao.table import ours
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.drafts import (
    Draft,
    Page,
    Pages,
    beside_rows,
    find_pages,
    headings_of,
    leave_out_listings,
    other_heads,
)
from zipingbiao.table.find.elsewhere import give_spare_funds
from zipingbiao.table.find.execution import execution_line
from zipingbiao.table.find.gaps import find_gaps
from zipingbiao.table.find.head import project, titled_years
from zipingbiao.table.find.headings import ROLE_NAMES
from zipingbiao.table.find.last_years import without_last_years
from zipingbiao.table.find.lost import with_lost_headings
from zipingbiao.table.find.points import points_entry
from zipingbiao.table.find.scope import is_monitoring, other_table, scope_of
from zipingbiao.table.find.stated import stated
from zipingbiao.table.find.texts import Materials, read_around, read_materials
from zipingbiao.table.forms import FORMS, OTHER
from zipingbiao.table.records import Form, Indicator, Problem, Role, SelfEvaluation, Trouble
from zipingbiao.table.words import GRADE_ALONE
from zipingbiao.values.number import EXACT_BELOW
from zipingbiao.values.typed import Quantity

if TYPE_CHECKING:
    from zipingbiao.table.find.report import Part

__all__ = ["Pages", "other_table", "read_prose", "read_tables"]

_GRADES = frozenset("优良中差")
_FILLED_IN = frozenset({Role.TARGET, Role.ACTUAL, Role.SCORE, Role.DEDUCTION})


def read_tables(book: Book, pages: Pages | None = None) -> tuple[SelfEvaluation, ...]:
    """Return every self-evaluation table of a workbook, in sheet order, top to bottom.

    Tables of approved targets (no results) and of the half year are left out, and hidden ones that a
    project keeps from another year. Nothing is computed and nothing guessed:
    what could not be settled is in ``problems`` of the table. Never raises for what a user typed.
    With *pages* a workbook that is read again is searched only where a sheet changed.
    """
    parts, found = _parts(_without_own_sheets(book), pages)
    leave_out_listings(found)
    for page in found:
        page.drafts = [draft for draft in page.drafts if not is_monitoring(draft)]
    drafts = [draft for page in found for draft in page.drafts]
    without = give_spare_funds(found)
    elsewhere = other_heads(found) if len(drafts) == 1 else {}
    owners = {at: part for at, draft in enumerate(drafts) for part in parts if part.main is draft}
    heads = [owners[at].head if at in owners else {} for at in range(len(drafts))]
    tables = [
        _evaluation(draft, head, elsewhere, without.get(id(draft), ()))
        for draft, head in zip(drafts, heads, strict=True)
    ]
    read: Sequence[SelfEvaluation] = _with_texts(drafts, tables, read_materials(book))
    if parts:
        from zipingbiao.table.find.prose import with_reports

        read = with_reports(book, parts, read, owners)
    return without_last_years(book, read)


def read_prose(book: Book) -> tuple[SelfEvaluation, ...]:
    """Return what the reports of a document say whose table stands elsewhere: their heads and texts, no line."""
    if not book.blocks:
        return ()
    from zipingbiao.table.find import prose

    return prose.read_prose(book)


def _parts(book: Book, pages: Pages | None) -> tuple[list[Part], list[Page]]:
    """The reports of a document and the pages around them; a workbook has no report, and needs nothing that reads one."""
    if not book.blocks:
        return [], find_pages(book, pages)
    from zipingbiao.table.find.report import find_reports

    return find_reports(book)


def _with_texts(
    drafts: list[Draft], tables: list[SelfEvaluation], materials: Materials
) -> tuple[SelfEvaluation, ...]:
    """Add what stands in words around each table, and on the sheets for it in our template."""
    sheets = [table.sheet for table in tables]
    found = []
    for draft, table in zip(drafts, tables, strict=True):
        around = read_around(draft, table.project)
        where = (table.project, table.sheet, sheets)
        texts = {**materials.texts_of(*where), **around.texts}
        evidence = materials.evidence_of(*where)
        found.append(
            replace(
                table,
                texts=texts,
                evidence=evidence,
                head=around.head,
                gaps=find_gaps(draft, table.project, around.texts),
                bands=around.bands,
                problems=(*table.problems, *_long_code(draft, around.head)),
            )
        )
    return tuple(found)


def _without_own_sheets(book: Book) -> Book:
    """Of our template only the project sheets hold tables; on 评分规则 or 校验结果 words merely look like one."""
    if ours.of(book.names) is None:
        return book
    return replace(book, grids=tuple(grid for grid in book.grids if grid.sheet not in ours.OWN_SHEETS))


def _evaluation(
    draft: Draft, around: dict[str, str], elsewhere: dict[str, str], problems: tuple[Problem, ...]
) -> SelfEvaluation:
    band = draft.bands[0]
    total, grade = _total(draft), _grade(draft)
    return SelfEvaluation(
        form=_form(draft),
        sheet=draft.sheet.name,
        anchor=min((spot.ref for spot in band.columns.values()), key=lambda ref: (ref.row, ref.column)),
        headings={role: spot.ref for role, spot in band.columns.items()},
        project=project(draft.head, around, elsewhere),
        funds=draft.block.funds if draft.block is not None else None,
        indicators=_with_execution(draft),
        informative=tuple(draft.rows.informative),
        total_weight=draft.rows.total_weight,
        total_score=total,
        grade=grade,
        problems=(
            *with_lost_headings(draft, (*band.problems, *_no_weights(draft))),
            *(*problems, *_hidden(draft), *_repeated(draft), *_two_years(draft)),
        ),
        unread=_has_unread_figures(draft),
        scope=scope_of(draft),
        total_deduction=draft.rows.total_deduction,
    )


def _has_unread_figures(draft: Draft) -> bool:
    """Whether values stand under the headings in rows that make no line: without a name, or below the end."""
    found, bottom = draft.rows, draft.bands[-1].bottom
    read = {line.row for line in (*found.indicators, *found.informative)}
    read |= {
        entry.ref.row for entry in (found.total_weight, found.total_score, found.total_deduction) if entry
    }
    spots = [spot for role, spot in draft.bands[-1].columns.items() if role in _FILLED_IN]
    rows = (row for row in draft.sheet.rows_between(bottom + 1, draft.end) if row not in read)
    entries = (draft.sheet.entry(row, spot.first) for row in rows for spot in spots)
    return any(entry.is_typed and isinstance(entry.value, Quantity) for entry in entries)


def _with_execution(draft: Draft) -> tuple[Indicator, ...]:
    rows = draft.rows.indicators
    line = execution_line(draft.block) if draft.block is not None else None
    if line is None or any(row.is_execution and not row.is_unfilled for row in rows):
        return tuple(rows)
    return (line, *(row for row in rows if not row.is_execution))


def _total(draft: Draft) -> Entry | None:
    """The total row's score; where that is blank or missing, the total stated beside the table."""
    own = draft.rows.total_score
    if own is not None and not own.is_empty:
        return own
    columns = (draft.left, draft.right)
    weights = draft.rows.total_weight

    def is_score(entry: Entry) -> bool:
        # While 得分 is blank, what stands beside 总分 is the sum of the weights.
        return entry.number is not None and (weights is None or entry.ref != weights.ref)

    beside = stated(draft.sheet, beside_rows(draft), columns, labels.is_stated_total, is_score)
    if beside is not None and (own is None or not beside.is_empty):
        return beside
    return own


def _grade(draft: Draft) -> Entry | None:
    columns = (draft.left, draft.right)
    labelled = stated(
        draft.sheet, beside_rows(draft), columns, labels.is_grade, lambda e: e.text.strip()[:1] in _GRADES
    )
    total = draft.rows.total_score
    if (labelled is not None and not labelled.is_empty) or total is None:
        return labelled
    sheet, row = draft.sheet, total.ref.row
    behind = (sheet.entry(row, column) for column in sheet.filled(row, total.ref.column + 1, draft.right))
    return next((entry for entry in behind if GRADE_ALONE.fullmatch(entry.text.strip())), labelled)


def _form(draft: Draft) -> Form:
    headings = headings_of(draft)
    funds = draft.block.funds if draft.block is not None else None
    # Amounts that stand below each other beside their figures are no table with sources as its columns.
    by_rows = None if funds is None or (funds.by_rows and len(funds.sources) < 2) else funds.by_rows
    return next((form for form in FORMS if form.fits(headings, funds_by_rows=by_rows)), OTHER)


def _no_weights(draft: Draft) -> tuple[Problem, ...]:
    """Scores without a column of weights, where the captions do not give each line its points either."""
    band = draft.bands[0]
    points = band.columns.get(Role.SCORE) or band.columns.get(Role.DEDUCTION)
    unsettled = any(problem.what == ROLE_NAMES[Role.WEIGHT] for problem in band.problems)
    if Role.WEIGHT in band.columns or points is None or unsettled:
        return ()
    if all(row.weight is not None or row.is_unfilled for row in draft.rows.indicators):
        return ()
    trouble = Trouble.NO_WEIGHTS if _prints_points_in_captions(draft) else Trouble.NO_COLUMN
    return (Problem(trouble, points.ref, ROLE_NAMES[Role.WEIGHT]),)


def _prints_points_in_captions(draft: Draft) -> bool:
    """Whether the form has no 分值 anywhere, not even beside the execution: Hubei prints 得分（20分*执行率）."""
    points = draft.block.funds.points if draft.block is not None else None
    if points is None or points.ref.sheet != draft.sheet.grid.sheet:
        return False
    return points_entry(draft.sheet.entry(points.ref.row, points.ref.column)) is not None


def _long_code(draft: Draft, head: Mapping[str, Ref]) -> tuple[Problem, ...]:
    """A code typed as a number longer than the digits that Excel keeps of one."""
    ref = head.get("code")
    cell = draft.sheet.grid.at(ref.row, ref.column) if ref is not None else None
    if ref is None or cell is None or not isinstance(cell.value, Decimal) or cell.value < EXACT_BELOW:
        return ()
    return (Problem(Trouble.LONG_CODE, ref, "项目编码", (draft.head["code"],)),)


def _repeated(draft: Draft) -> tuple[Problem, ...]:
    """Cells of the table that the file holds twice."""
    grid, rows = draft.sheet.grid, range(draft.start, max(draft.end, draft.rows.last) + 1)
    places = sorted(place for place in grid.repeated if place[0] in rows)
    return tuple(Problem(Trouble.CELL_TWICE, grid.ref(*place), "单元格") for place in places)


def _two_years(draft: Draft) -> tuple[Problem, ...]:
    """Titles of one table that say different years: pasted from last year's, changed in one of them."""
    years = titled_years(draft.sheet, draft.start, draft.top - 1, draft.left, draft.right)
    if len(years) < 2:
        return ()
    first, *more = (draft.sheet.grid.ref(*place) for place in years.values())
    return (Problem(Trouble.TWO_YEARS, first, "年度", tuple(years), tuple(more)),)


def _hidden(draft: Draft) -> tuple[Problem, ...]:
    grid, band = draft.sheet.grid, draft.bands[0]
    if grid.visibility is not Visibility.VISIBLE:
        return (Problem(Trouble.HIDDEN, grid.ref(band.top, band.left), "工作表", (grid.sheet,)),)
    found, lines = draft.rows, (*draft.rows.indicators, *draft.rows.informative)
    totals = [entry for entry in (found.total_weight, found.total_score, found.total_deduction) if entry]
    counted = {row.row for row in lines} | {entry.ref.row for entry in totals}
    rows = [grid.ref(row, band.left) for row in sorted(grid.hidden_rows & counted)]
    held = [entry.ref for entry in (*totals, *(each for line in lines for each in line.entries.values()))]
    unseen = sorted({ref for ref in held if (ref.row, ref.column) in grid.unseen} if grid.unseen else ())
    return (*_hidden_places("行", rows), *_hidden_places("单元格", unseen))


def _hidden_places(what: str, refs: Sequence[Ref]) -> tuple[Problem, ...]:
    labels = tuple(ref.row_label if what == "行" else ref.place_here for ref in refs)
    return (Problem(Trouble.HIDDEN, refs[0], what, labels, tuple(refs[1:])),) if refs else ()
