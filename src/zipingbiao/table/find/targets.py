"""Tables of approved targets (绩效目标申报表, 绩效目标批复表): found by label, in any layout.

The same finder as for self-evaluations, without asking for results: a monitoring table of the half
year and a finished self-evaluation hold approved targets too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from itertools import groupby

from zipingbiao.book.cells import Book, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.drafts import Draft, Page, find_drafts
from zipingbiao.table.find.execution import execution_line, mark_execution
from zipingbiao.table.find.head import project, read_head
from zipingbiao.table.find.headings import MEASURED, ROLE_NAMES, Band, Roles, Search
from zipingbiao.table.find.indicators import Reader
from zipingbiao.table.find.list_columns import ListColumns, document_column, list_columns
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.find.target_head import amounts, block_amounts, goal
from zipingbiao.table.find.target_text import approved, disagrees, from_name, kind_word, unit_lost
from zipingbiao.table.funds import Source
from zipingbiao.table.records import Indicator, Place, Project, Role, Trouble
from zipingbiao.table.words import Extra
from zipingbiao.values.frozen import frozen
from zipingbiao.values.typed import parse_text

__all__ = ["TargetLine", "TargetTable", "read_targets"]

_NAMES = frozenset({Role.LEVEL1, Role.LEVEL2, Role.NAME})
_VALUES = frozenset({Role.TARGET, Extra.ADJUSTED})
_OURS = frozenset({ROLE_NAMES[Role.TARGET], ROLE_NAMES[Role.WEIGHT]})


@frozen
class TargetLine:
    """One approved indicator, its texts as they can be typed into a template.

    Attributes:
        kind: 正向 反向 等于 定性 where a column says it; "" leaves it to the rules.
        target: sign, number and unit together (``≥130个``), or the words as they stand.
        adjusted, document: the approved adjustment and its 文号; "" when there is none.
        ref: the cell of the target, else of the name.
    """

    level1: str
    level2: str
    name: str
    ref: Ref
    weight: Decimal | None = None
    target: str = ""
    kind: str = ""
    adjusted: str = ""
    document: str = ""
    is_execution: bool = False


@frozen
class TargetTable:
    """The approved targets of one project.

    Attributes:
        funds: the year's amounts in 万元 by source, as far as the table shows them.
        goal: 年度绩效目标, else 总体目标, as written.
        ref: the first heading of the table, with the name of its sheet.
        problems: what a person should look at, one Chinese sentence each, with its place.
    """

    project: Project
    ref: Ref
    lines: tuple[TargetLine, ...]
    funds: Mapping[Source, Decimal] = field(default_factory=dict)
    goal: str = ""
    problems: tuple[str, ...] = ()


def read_targets(book: Book) -> tuple[TargetTable, ...]:
    """Return the tables of approved targets of a workbook or document, in order.

    A table that lists several projects, one in each line's own columns, gives one record per project.
    Never raises for what a user typed.
    """
    tables: list[TargetTable] = []
    before: list[Sheet] = []
    for page in find_drafts(book, _SEARCH):
        drafts = _annual(page)
        if not drafts:
            before.append(page.sheet)
            continue
        for draft, left in drafts:
            # A head on an earlier sheet belongs to the only table that follows it.
            tables += _tables(draft, left, before if len(drafts) == 1 else [])
        before = []
    return tuple(table for table in tables if any(_says(line) for line in table.lines))


def _says(line: TargetLine) -> bool:
    return bool(line.target or line.adjusted) or line.weight is not None


# ------------------------------------------------------------------ what counts as such a table


def _complete(roles: Roles) -> bool:
    """Names with their targets, or with their points (the target in the name), or all three levels."""
    if not roles & {Role.NAME, Role.LEVEL2}:
        return False
    return bool(roles & (_VALUES | {Role.WEIGHT})) or roles >= _NAMES


def _whole(roles: Roles) -> bool:
    return bool(roles & _NAMES) and bool(roles & _VALUES)


def _accepts(_: Band) -> bool:
    return True


def _tells(name: str) -> bool:
    return bool(name)


_SEARCH = Search(_complete, _whole, _accepts, _tells)


def _annual(page: Page) -> list[tuple[Draft, Draft | None]]:
    """The drafts of a page, each with the one beside it whose level 1 also counts for it.

    Where 实施期目标 and 年度目标 stand side by side, the year's counts and the other is left out.
    """
    found: list[tuple[Draft, Draft | None]] = []
    for draft in page.drafts:
        left = found[-1][0] if found else None
        if left is not None and left.top == draft.top and not _has_level1(draft) and _has_level1(left):
            draft.head = {**left.head, **draft.head}
            draft.block = draft.block or left.block
            found[-1] = (draft, left)
        else:
            found.append((draft, None))
    return found


def _has_level1(draft: Draft) -> bool:
    return Role.LEVEL1 in draft.bands[0].columns


# ------------------------------------------------------------------ one draft


def _tables(draft: Draft, left: Draft | None, before: Sequence[Sheet]) -> Iterator[TargetTable]:
    rows = _kept(_own_rows(draft))
    if left is not None:
        rows = [_with_level(row, left) for row in rows]
    columns = list_columns(draft.sheet, draft.bands[0])
    if columns is None:
        yield _single(draft, rows, before)
        return
    placed = [(columns.opening(row.row), row) for row in rows if row.row is not None]
    for _, group in groupby(placed, key=lambda pair: columns.key(pair[0])):
        members = list(group)
        yield _listed(draft, columns, members[0][0], [row for _, row in members])


def _own_rows(draft: Draft) -> list[Indicator]:
    """The rows of a draft; without a column of points, 其中 … is an indicator like any other."""
    if Role.WEIGHT in draft.bands[0].columns:
        return draft.rows.indicators
    return sorted([*draft.rows.indicators, *draft.rows.informative], key=lambda row: row.row or 0)


def _kept(rows: Sequence[Indicator]) -> list[Indicator]:
    """Leave out names without figures below the table, unless they still stand under a level."""
    kept: list[Indicator] = []
    for row in reversed(rows):
        levels = (row.entries.get(role) for role in (Role.LEVEL1, Role.LEVEL2))
        if kept or _has_figures(row) or any(entry is not None and not entry.is_empty for entry in levels):
            kept.insert(0, row)
    return kept


def _has_figures(row: Indicator) -> bool:
    said = (row.entries.get(role) for role in MEASURED)
    return any(entry is not None and not entry.is_empty for entry in said) or from_name(row.name) is not None


def _with_level(row: Indicator, left: Draft) -> Indicator:
    spot = left.bands[0].columns[Role.LEVEL1]
    rows = range(row.row or 0, left.bands[0].bottom, -1)
    text = next((text for above in rows if (text := left.sheet.seen(above, spot.first))), "")
    return replace(row, level1=labels.label(text).key)


def _single(draft: Draft, rows: list[Indicator], before: Sequence[Sheet]) -> TargetTable:
    """A table with its head around it, or on sheets before it: a form in Word is often several tables."""
    above = [(sheet, 1, sheet.last_row) for sheet in reversed(before)]
    heads = [read_head(sheet, first, last, 1, None) for sheet, first, last in above]
    places = [(draft.sheet, draft.start, draft.top - 1), *above]
    funds = block_amounts(draft.block) if draft.block is not None else {}
    funds = funds or next((found for place in places if (found := amounts(*place))), {})
    text = next((said for place in places if (said := goal(*place))), "")
    execution = execution_line(draft.block) if draft.block is not None else None
    if execution is not None and not any(row.is_execution for row in rows):
        rows = [execution, *rows]
    return _table(draft, project(draft.head, *heads), rows, funds, text)


def _listed(draft: Draft, columns: ListColumns, first: int, rows: list[Indicator]) -> TargetTable:
    """One project of a list: its head stands in columns of its own, the rest above the list."""
    shared = {name: value for name, value in draft.head.items() if name not in {"name", "code"}}
    lines = mark_execution([replace(row, is_execution=False) for row in rows])
    head = project(columns.head(first), shared)
    return _table(draft, head, lines, columns.amounts(first), columns.goal(first))


def _table(
    draft: Draft, head: Project, rows: Iterable[Indicator], funds: Mapping[Source, Decimal], text: str
) -> TargetTable:
    spots = draft.bands[0].columns.values()
    anchor = min((spot.ref for spot in spots), key=lambda ref: (ref.row, ref.column))
    read = [_line(draft, row) for row in rows]
    lines = tuple(line for line, _ in read)
    problems = (*_unsettled(draft), *(said for _, said in read if said), *_missing(head, lines, anchor))
    return TargetTable(head, anchor, lines, funds, text, problems)


def _line(draft: Draft, row: Indicator) -> tuple[TargetLine, str]:
    """The line of a row, and what a person should look at; "" when nothing."""
    original, changed, document = _columns(draft, row)
    name, text = row.name, approved(row, original)
    if not text and (said := from_name(name)) is not None:
        name, text = said
    ref = row.ref(Role.TARGET, Role.NAME, Role.WEIGHT) or draft.sheet.grid.ref(draft.top, draft.left)
    line = TargetLine(
        level1=row.level1,
        level2=row.level2,
        name=name,
        ref=ref,
        weight=row.weight,
        target=text,
        kind=kind_word(row, text),
        adjusted=changed,
        document=document,
        is_execution=row.is_execution,
    )
    return line, _doubt(row, line)


def _columns(draft: Draft, row: Indicator) -> tuple[str, str, str]:
    """Target as first approved, its adjustment with sign and unit, and the 文号 of that."""
    entry = row.entries.get(Role.TARGET)
    if row.row is None or row.place is Place.FUNDS:
        return "", "", ""
    band = next(band for band in reversed(draft.bands) if band.bottom < row.row)
    first, changed = _text(entry), ""
    if band.adjusted is not None:
        reader = Reader(draft.sheet, band, draft.left, draft.right, _tells)
        first = _text(reader.at(row.row, band.columns[Role.TARGET]))
        changed = approved(row, _text(reader.at(row.row, band.adjusted)))
    column = document_column(draft.sheet, band)
    return first, changed, _text(draft.sheet.entry(row.row, column)) if column is not None else ""


def _text(entry: Entry | None) -> str:
    return "" if entry is None or entry.is_empty else entry.text.strip()


# ------------------------------------------------------------------ notes


def _doubt(row: Indicator, line: TargetLine) -> str:
    if disagrees(row, parse_text(line.target)):
        return f"{line.ref.place}：“{line.name}”的目标值“{line.target}”与指标性质不一致，请核对。"
    if unit := unit_lost(row, line.target):
        return f"{line.ref.place}：“{line.name}”的计量单位“{unit}”无法识别，目标值未带单位，请核对。"
    return ""


def _unsettled(draft: Draft) -> Iterator[str]:
    for problem in (problem for band in draft.bands for problem in band.problems):
        if problem.trouble is Trouble.TWO_COLUMNS and problem.what in _OURS:
            names = "”“".join(problem.labels)
            yield f"{problem.ref.place}：“{names}”都可能是{problem.what}，没有读取，请只保留一列或改列名。"


def _missing(head: Project, lines: tuple[TargetLine, ...], anchor: Ref) -> Iterator[str]:
    if not head.name and not head.code:
        yield f"{anchor}：没有找到项目名称，请在表头填写“项目名称”。"
    blank = [line.name for line in lines if not line.target and not line.adjusted and not line.is_execution]
    if blank:
        yield f"{anchor}：{len(blank)} 个指标没有目标值（{'、'.join(blank[:5])}{'等' * (len(blank) > 5)}），请补充。"
