"""Formulas of our template that a line or a total should have: those of 得分, and sums that reach the last line.

A row inserted between the ready rows and the total has no formula for its 得分, and every sum stops above
it. 评分 mends that; 修复 also brings back what was typed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from zipingbiao.book.cells import Book, Grid, Ref, column_letters
from zipingbiao.book.changes import Change
from zipingbiao.book.formulas.tokens import references
from zipingbiao.change import log
from zipingbiao.result.code import labelled_cell
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table import ours
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.table.records import Place, Role
from zipingbiao.template import sums
from zipingbiao.template.sums import FIGURES, Amounts, adopted

_UNLISTED = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.SCORE)
_INSERTED = "公式补到新插入的行"


def for_inserted(book: Book, evaluations: Iterable[Evaluation]) -> list[Change]:
    """Return the changes that give inserted lines of our template their 得分, and let every sum reach them.

    What somebody typed stays; elsewhere than in our template formulas are nobody's but their owner's.
    Results are those of the workbook as it stands with them, cells that depend on them included.
    """
    if ours.of(book.names) is None:
        return []
    found: dict[Ref, Change] = {}
    for one in evaluations:
        grid = book.grid(one.table.sheet)
        wanted = (*((entry, formula) for _, entry, formula in of_scores(grid, one)), *of_totals(grid, one))
        for entry, formula in wanted:
            if not entry.is_typed and grid.through_merge(entry.ref.row, entry.ref.column)[0] == entry.ref:
                found.setdefault(entry.ref, written(entry, formula, _INSERTED))
    return log.with_results(book, list(found.values())) if found else []


def written(entry: Entry, formula: str, why: str) -> Change:
    """Return the change that puts a formula into a cell; its result is not known yet."""
    return Change(entry.ref, entry.text, "", why, formula=formula.removeprefix("="))


def of_scores(
    grid: Grid, evaluation: Evaluation, *, replaced: Collection[Ref] = ()
) -> Iterator[tuple[Scored, Entry, str]]:
    """Give the lines whose 得分 lost its formula, or never had one, with the cell and what belongs there.

    Args:
        grid: of the table.
        evaluation: of a table of our template; of any other there are none.
        replaced: cells whose formulas are wrong and count as lost.
    """
    if Role.COMPUTED not in evaluation.table.headings:
        return
    heading = evaluation.table.headings[Role.COMPUTED].row
    button = ours.column_headed(grid, heading, ours.BUTTON_SCORE)
    for row in evaluation.rows:
        entries = row.indicator.entries
        score, manual = entries.get(Role.SCORE), entries.get(Role.MANUAL)
        if score is None or manual is None or (score.is_formula and score.ref not in replaced):
            continue
        beside = None if button is None else grid.ref(score.ref.row, button).a1
        yield row, score, adopted(manual.ref.a1, entries[Role.COMPUTED].ref.a1, beside)


def of_totals(
    grid: Grid, evaluation: Evaluation, *, replaced: Collection[Ref] = ()
) -> Iterator[tuple[Entry, str]]:
    """Give the sums of weights and scores that lost their formula or stop above the last line, as :func:`of_scores`."""
    table = evaluation.table
    total = table.total_score
    if Role.COMPUTED not in table.headings or total is None:
        return
    columns = _columns(grid, evaluation)
    if columns is None:
        return
    found = labelled_cell(grid, ours.UNLISTED_LABEL, total.ref.row)
    unlisted = Entry.of(*found) if found is not None else None
    if total.ref in replaced or not (total.is_formula or total.is_typed) or _falls_short(total, evaluation):
        yield total, sums.total(*columns, unlisted.ref.a1 if unlisted is not None else "")
    if unlisted is not None and (not unlisted.is_formula or _falls_short(unlisted, evaluation)):
        yield from _unlisted_formula(grid, evaluation, unlisted)
    weights = Entry.of(*grid.through_merge(total.ref.row, table.headings[Role.WEIGHT].column))
    if weights.is_formula and _falls_short(weights, evaluation):
        yield weights, sums.weights(columns[0])


def ready_rows(grid: Grid, evaluation: Evaluation) -> Iterator[int]:
    """Give the rows below the headings whose 得分 calculates from 核算得分 and 手工得分."""
    headings = evaluation.table.headings
    if Role.SCORE not in headings or Role.COMPUTED not in headings:
        return
    first, column = headings[Role.SCORE].row + 1, headings[Role.SCORE].column
    source = f"{headings[Role.COMPUTED].a1.rstrip('0123456789')}"
    for row in (row for row in grid.rows if row >= first):
        cell = grid.at(row, column)
        if (
            cell is not None
            and cell.formula is not None
            and f"{source}{row}" in cell.formula.replace("$", "")
        ):
            yield row


def _unlisted_formula(grid: Grid, evaluation: Evaluation, unlisted: Entry) -> Iterator[tuple[Entry, str]]:
    funds = evaluation.table.funds
    amounts = amounts_of(funds, fixed=True) if funds is not None else None
    cells = [_cells(grid, evaluation, role) for role in _UNLISTED]
    if amounts is not None and None not in cells:
        from zipingbiao.template.unlisted import Columns, points

        columns = Columns(*(each for each in cells if each is not None))
        yield unlisted, points(columns, amounts, evaluation.profile)


def _falls_short(entry: Entry, evaluation: Evaluation) -> bool:
    """Whether what is calculated from the lines stops above the last of them."""
    total, formula = evaluation.table.total_score, entry.cell.formula if entry.cell is not None else None
    last = max(_rows(evaluation), default=0)
    if formula is None or total is None:
        return False
    bottoms = (area.bottom for _, area in references(formula).areas if area.bottom < total.ref.row)
    return max(bottoms, default=last) < last


def _columns(grid: Grid, evaluation: Evaluation) -> tuple[str, str, str] | None:
    """The cells of the weights and of the scores, as a total's formula lists them, and its unfilled rows."""
    funds = evaluation.table.funds
    weights, scores = (_cells(grid, evaluation, role) for role in (Role.WEIGHT, Role.SCORE))
    figures = [_cells(grid, evaluation, role) for role in (Role.NAME, *FIGURES)]
    known = [cells for cells in figures if cells is not None]
    if weights is None or scores is None or len(known) < len(figures):
        return None
    if funds is not None and funds.points is not None and funds.score is not None:
        weights, scores = f"{weights},{funds.points.ref.a1}", f"{scores},{funds.score.ref.a1}"
    return weights, scores, sums.unfilled(*known)


def _cells(grid: Grid, evaluation: Evaluation, role: Role) -> str | None:
    """The cells of a column from the headings down to the last line: ``D18:D47``; None without."""
    heading = evaluation.table.headings.get(role)
    rows = [*_rows(evaluation), *ready_rows(grid, evaluation)]
    if heading is None or not rows:
        return None
    letters = column_letters(heading.column)
    return f"{letters}{heading.row + 1}:{letters}{max(rows)}"


def _rows(evaluation: Evaluation) -> list[int]:
    """The rows of the lines above the total: a sum down to one below it would go in a circle."""
    rows = (row.indicator.row for row in evaluation.rows if row.indicator.place is Place.ROW)
    total = evaluation.table.total_score
    return [row for row in rows if row is not None and (total is None or row < total.ref.row)]


def amounts_of(funds: Funds, *, fixed: bool = False, source: Source = Source.TOTAL) -> Amounts | None:
    """The cells of the rate; *fixed* as ``$C$10``, for formulas that stand elsewhere on the sheet."""
    entries = [funds.entry(kind, source) for kind in (AmountKind.FULL_YEAR, AmountKind.EXECUTED)]
    refs = [entry.ref for entry in entries if entry is not None]
    if len(refs) < len(entries):
        return None
    sign = "$" if fixed else ""
    budget, executed = (f"{sign}{column_letters(ref.column)}{sign}{ref.row}" for ref in refs)
    return Amounts(budget, executed)
