"""Which kind of table stands on a sheet, by its title: a project's, a department's, a transfer's, or none of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zipingbiao.book.blocks import Paragraph
from zipingbiao.book.cells import Book, Grid
from zipingbiao.table.find import labels
from zipingbiao.table.find.drafts import Draft
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import Source
from zipingbiao.table.records import Scope
from zipingbiao.table.words import (
    DEPARTMENT_TITLE,
    FORM_SIGN,
    LETTER_TITLE,
    OTHER_TABLES,
    TRANSFER_NAME,
    TRANSFER_TITLE,
)
from zipingbiao.values.spelling import label_key

__all__ = ["is_monitoring", "other_table", "scope_of", "shows_form"]

_NAMES = {
    "monitoring": "绩效运行监控表",
    "approval": "绩效目标审批表",
    "targets": "绩效目标申报表",
    "summary": "汇总表",
}
_LETTER_HEAD = 6  # 文件头、文号、标题
_TITLE_ROWS = 12
_ENDS = ("表", "情况", "评分")
_ABOUT = ("绩效", "自评", "评价", "支出", "汇总", "一览")


def scope_of(draft: Draft) -> Scope:
    """Return whose money a table evaluates; its own title goes before the name of its sheet."""
    if any(TRANSFER_NAME.fullmatch(label) for label in _labels(draft)):
        return Scope.TRANSFER
    titles = list(_titles(draft)) or [label_key(draft.sheet.name)]
    if any(DEPARTMENT_TITLE.search(title) for title in titles):
        return Scope.DEPARTMENT
    if any(TRANSFER_TITLE.search(title) for title in titles):
        return Scope.TRANSFER
    sources = draft.block.funds.sources if draft.block is not None else ()
    spending = Source.BASIC in sources and Source.PROJECTS in sources
    return Scope.DEPARTMENT if spending else Scope.PROJECT


def is_monitoring(draft: Draft) -> bool:
    """Tell whether a table that looks like ours is one of the half year: its results are not final."""
    return any(_kind(title) == "monitoring" for title in _titles(draft))


def other_table(book: Book) -> str | None:
    """Return what a workbook without a self-evaluation holds instead, in the words of its kind; None if unknown.

    A title that says 自评表 is none of these: such a table was meant to be read.
    """
    if _is_letter(book):
        return "公文"
    titles = [title for grid in book.grids for title in _titles_of(grid)]
    if any("自评" in title and _kind(title) is None for title in titles):
        return None
    kinds = (_kind(title) for title in (*titles, *(label_key(grid.sheet) for grid in book.grids)))
    return next((_NAMES[kind] for kind in kinds if kind is not None), None)


def _is_letter(book: Book) -> bool:
    """Whether a document opens like a letter between offices and has no form in its tables."""
    texts = [
        label_key(block.text) for block in book.blocks if isinstance(block, Paragraph) and block.text.strip()
    ]
    return any(LETTER_TITLE.search(text) for text in texts[:_LETTER_HEAD]) and not shows_form(book)


def shows_form(book: Book) -> bool:
    """Whether a workbook shows words that only a form of evaluation has: a roster or an account shows none."""
    texts = (cell.value for grid in book.grids for cell in grid.cells.values())
    return any(
        isinstance(text, str) and len(text) <= labels.LONGEST_LABEL and FORM_SIGN.search(label_key(text))
        for text in texts
    )


def _kind(title: str) -> str | None:
    found = OTHER_TABLES.search(labels.label(title).key)
    return found.lastgroup if found else None


def _titles_of(grid: Grid) -> Iterator[str]:
    sheet = Sheet(grid)
    rows = sheet.rows[:_TITLE_ROWS]
    yield from _titles_in(sheet, rows, 1, None)


def _titles(draft: Draft) -> Iterator[str]:
    """The titles above a table, as keys; the value beside a label is none."""
    rows = draft.sheet.rows_between(draft.start, draft.top - 1)
    yield from _titles_in(draft.sheet, rows, draft.left, draft.right)


def _titles_in(sheet: Sheet, rows: Iterable[int], left: int, right: int | None) -> Iterator[str]:
    for row in rows:
        first = next(iter(sheet.filled(row, left, right)), None)
        text = sheet.text(row, first) if first is not None else ""
        if not text or len(text) > labels.LONGEST_LABEL or labels.opens_head(text):
            continue
        key = label_key(text)
        if labels.label(text).key.endswith(_ENDS) and any(word in key for word in _ABOUT):
            yield key


def _labels(draft: Draft) -> Iterator[str]:
    sheet = draft.sheet
    for row in sheet.rows_between(draft.start, draft.top - 1):
        for column in sheet.filled(row, draft.left, draft.right):
            yield labels.label(sheet.text(row, column).split("：")[0]).key
