"""What people typed into an earlier 汇总表 of ours: 认定 on the sheet 待认定, and remarks, by project."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from zipingbiao.batch.summary.questions import Line, hashed
from zipingbiao.book import marks
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.given import OnePath
from zipingbiao.book.read import read_book
from zipingbiao.book.read.package import open_package
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.errors import UnreadableError, UsageError
from zipingbiao.values.number import exact, plain

SHEET = "待认定"
MARK = "校验标记"
"""Heading of the hidden column by which a line is known again."""
MARK_WIDTH = 40
"""Wide enough that no row grows for what nobody sees."""
MISSING, CHASED = "应报未报", "催报情况"

# Our own sheets of a whole county are above what a handed-in file may cost.
_LIMITS = replace(DEFAULT_LIMITS, cells=20_000_000, text=1_000_000_000, strings=20_000_000)
_TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier 汇总表 holds that people typed.

    Attributes:
        lines: those of 待认定, by the key of their question.
        remarks: 备注 that a person typed, by the key of the project.
        chased: 催报情况, by the key of the missing project.
        complaints: what cannot be used, one Chinese sentence each.
        digest: of the file; "" where there is none.
    """

    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    chased: Mapping[str, str] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()
    digest: str = ""


NOTHING = Earlier()


def read_earlier(path: OnePath) -> Earlier:
    """Read an earlier 汇总表.

    Raises:
        UsageError: it is none of ours, or cannot be read.
    """
    try:
        book = read_book(path, limits=_LIMITS)
    except UnreadableError as unreadable:
        raise UsageError(str(unreadable)) from unreadable
    return earlier_of(book)


def earlier_of(book: Book) -> Earlier:
    """Return what people typed into a 汇总表.

    Raises:
        UsageError: it is none of ours.
    """
    if marks.OUTPUT not in book.names:
        raise UsageError(f"“{book.path}”不是本软件生成的汇总表，不能用来更新；请核对 --update 后的文件。")
    lines: dict[str, list[Line]] = defaultdict(list)
    remarks: dict[str, str] = {}
    chased: dict[str, str] = {}
    complaints: list[str] = []
    for grid in book.grids:
        if grid.sheet == SHEET:
            for line in _lines(grid):
                if line.key:
                    lines[line.key].append(line)
                elif line.is_typed:
                    complaints.append(
                        f"请在新的“待认定”中重填“{line.name or line.file}”的认定：这一行的校验标记没有了，无法对应"
                    )
        elif grid.sheet == MISSING:
            chased.update(_chased(grid))
        else:
            remarks.update(_remarks(grid))
    return Earlier(
        lines={key: tuple(found) for key, found in lines.items()},
        remarks=remarks,
        chased=chased,
        complaints=tuple(complaints),
        digest=book.digest,
    )


def holds_decisions(path: Path) -> bool:
    """Whether a person typed on the sheet 待认定, or into 催报情况, of a 汇总表 of ours."""
    sheets = {sheet.name for sheet in open_package(path.read_bytes()).sheets}
    if sheets.isdisjoint({SHEET, MISSING}):
        return False
    earlier = read_earlier(path)
    return bool(earlier.chased) or any(line.is_typed for lines in earlier.lines.values() for line in lines)


def mark_of_line(line: Line) -> str:
    """Return the hidden mark of a line: its question and the content it was decided on."""
    return f"{line.key}.{line.content}"


def mark_of_remark(key: str, remark: str, *, typed: bool) -> str:
    """Return the hidden mark of a project: by it a remark that a person typed is told from ours."""
    return f"{key}.{_TYPED if typed else hashed(remark)}"


def _lines(grid: Grid) -> Iterator[Line]:
    for row in _rows(grid, "认定"):
        key, _, content = _text(row.get(MARK)).partition(".")
        yield Line(
            key=key,
            content=content,
            matter=_text(row.get("事项")),
            name=_text(row.get("项目名称")),
            owner=_text(row.get("主管部门 · 实施单位")),
            file=_text(row.get("文件")),
            budget=exact(row.get("全年预算数")),
            executed=exact(row.get("全年执行数")),
            score=exact(row.get("自评得分")),
            why=_text(row.get("两者差别 / 依据")),
            proposal=_text(row.get("建议")),
            choice=_text(row.get("认定")),
            note=_text(row.get("认定说明")),
            by=_text(row.get("认定人")),
            on=_text(row.get("认定日期")),
        )


def _remarks(grid: Grid) -> Iterator[tuple[str, str]]:
    for row in _rows(grid, "备注"):
        key, _, ours = _text(row.get(MARK)).partition(".")
        remark = _text(row.get("备注"))
        if key and remark and ours != hashed(remark):
            yield key, remark


def _chased(grid: Grid) -> Iterator[tuple[str, str]]:
    for row in _rows(grid, CHASED):
        key, typed = _text(row.get(MARK)), _text(row.get(CHASED))
        if key and typed:
            yield key, typed


def _rows(grid: Grid, needed: str) -> Iterator[dict[str, object]]:
    """The rows below the heading row that has a certain heading and our mark, as values by heading."""
    headings: dict[int, str] = {}
    for row, columns in grid.rows.items():
        values = {column: grid.cells[row, column].value for column in columns}
        if not headings:
            texts = {column: _text(value) for column, value in values.items()}
            headings = texts if {needed, MARK} <= set(texts.values()) else {}
        else:
            yield {headings[column]: value for column, value in values.items() if column in headings}


def _text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value).strip()
