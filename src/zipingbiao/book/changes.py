"""Plans: the changes that score, fix or undo want to make to a workbook, before anybody makes them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from zipingbiao.book.cells import Book, Ref
from zipingbiao.book.marks import Footer
from zipingbiao.values.frozen import frozen


class PlanError(ValueError):
    """A plan that cannot be meant for this workbook: a fault of ours, never of the file."""


@frozen
class Change:
    """One cell that is to hold something else.

    Attributes:
        ref: the cell.
        old: what stands there now, as shown; "" for a blank cell.
        new: a Decimal is written as a number, a str as text (never as a formula).
        why: one short Chinese phrase for the log: ``核算得分``.
        like: a cell whose style a newly made cell takes; None keeps the cell's own style.
        cached: True when the cell holds a formula: the formula stays, only its cached value
            becomes *new*.
        formula: None: a formula in the cell stays. Text without ``=``: the cell is to hold it, with
            *new* as its cached result; for our own sheets, and to restore an overwritten formula.
            "": the formula goes and *new* is a plain value. Not together with *cached*.
        as_number: whether the number must be seen as it is: a cell whose format shows it as a percent or a date,
            such as a blank one, gets the format 常规.
    """

    ref: Ref
    old: str
    new: Decimal | str
    why: str
    like: Ref | None = None
    cached: bool = False
    formula: str | None = None
    as_number: bool = False


class RowChange(NamedTuple):
    """One row of a sheet that is to be shown or hidden, or to get a height in points; cells stay."""

    sheet: str
    row: int
    hidden: bool
    height: int | None = None


@frozen
class Plan:
    """All changes for one workbook, in sheet and cell order.

    Attributes:
        changes: at most one per cell.
        names: hidden defined names to set (name → string constant), None to remove: the memory
            of what we wrote last.
        digest: of the file the plan was made from; an applier refuses any other content.
        notes: what a person should know, in Chinese.
        rows: rows to show or hide: the blank lines of our template.
        footers: what page footers that speak of 数据校验码 and 填报单位 are to say.
    """

    changes: tuple[Change, ...]
    digest: str
    names: tuple[tuple[str, str | None], ...] = ()
    notes: tuple[str, ...] = ()
    rows: tuple[RowChange, ...] = ()
    footers: tuple[Footer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.rows)


def why_covered(book: Book, plan: Plan) -> str | None:
    """Return why a plan cannot be written where a merged range of the book covers one of its cells; None where none does.

    Our own sheets have no such ranges: somebody merged them.
    """
    for change in plan.changes:
        ref = change.ref
        area = book.grid(ref.sheet).merge_at(ref.row, ref.column)
        if area is not None and (area.top, area.left) != (ref.row, ref.column):
            return (
                f"请先取消工作表“{ref.sheet}”中 {area} 的合并单元格，再试：要写入的内容会被它盖住，没有改动。"
            )
    return None
