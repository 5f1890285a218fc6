"""What people typed into an earlier 汇总表 of ours: 认定, remarks, calls, codes of stamped paper, and who signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from zipingbiao.batch.summary.identity import project_key
from zipingbiao.batch.summary.questions import Line, hashed
from zipingbiao.batch.summary.reread import checked_summary, open_summary, rows_below, text_of
from zipingbiao.batch.summary.signed import SIGNERS, UNIT_LABEL, Signed, names_in
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.given import OnePath
from zipingbiao.result.rows import ProjectRow
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import exact

SHEET = "待认定"
MARK = "校验标记"
"""Heading of the hidden column by which a line is known again."""
REMARK = "备注"
MARK_WIDTH = 40
"""Wide enough that no row grows for what nobody sees."""
MISSING, CHASED = "应报未报", "催报情况"
STAMPED = "盖章件校验码"
WORKING_PAPER = "底稿"
"""The sheet with a line for each project, whatever it is added up in."""
HANDED_UP_SHEETS: Mapping[Scope, str] = {
    Scope.PROJECT: "汇总表（上报）",
    Scope.TRANSFER: "转移支付汇总",
    Scope.DEPARTMENT: "部门整体汇总",
}
"""The sheet on which the tables of each kind are added up."""

_TYPED = "typed"
_USE = "用来更新；请核对 --update 后的文件。"


@frozen
class Earlier:
    """What an earlier 汇总表 holds that people typed.

    Attributes:
        lines: those of 待认定, by the key of their question.
        remarks: 备注 that a person typed, by the key of the project.
        chased: 催报情况, by the key of the missing project.
        stamped: 盖章件校验码, by the key of the project.
        signed: what stands in head and foot of the papers that are handed up.
        complaints: what cannot be used, one Chinese sentence each.
        digest: of the file; "" where there is none.
    """

    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    chased: Mapping[str, str] = field(default_factory=dict)
    stamped: Mapping[str, str] = field(default_factory=dict)
    signed: Mapping[Scope, Signed] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()
    digest: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        """What people typed, each kind in a word; it is lost where nobody keeps it."""
        held = {
            "认定": any(line.is_typed for lines in self.lines.values() for line in lines),
            REMARK: bool(self.remarks),
            CHASED: bool(self.chased),
            STAMPED: bool(self.stamped),
            UNIT_LABEL.partition("（")[0]: any(each.unit for each in self.signed.values()),
            "签字人": any(each.names for each in self.signed.values()),
        }
        return tuple(word for word, holds in held.items() if holds)


NOTHING = Earlier()


def read_earlier(path: OnePath) -> Earlier:
    """Read an earlier 汇总表.

    Raises:
        UsageError: it is none of ours, or cannot be read.
    """
    return earlier_of(open_summary(path, _USE))


def earlier_of(book: Book) -> Earlier:
    """Return what people typed into a 汇总表.

    Raises:
        UsageError: it is none of ours.
    """
    checked_summary(book, _USE)
    lines: dict[str, list[Line]] = defaultdict(list)
    remarks: list[tuple[str, str, bool]] = []
    chased: dict[str, str] = {}
    stamped: dict[str, str] = {}
    signed: dict[Scope, Signed] = {}
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
            chased.update(_typed(grid, CHASED))
        else:
            remarks += _remarks(grid)
            stamped.update(_typed(grid, STAMPED))
            signed.update(
                (scope, _signed(grid)) for scope, name in HANDED_UP_SHEETS.items() if name == grid.sheet
            )
    return Earlier(
        lines={key: tuple(found) for key, found in lines.items()},
        remarks=_newest(remarks),
        chased=chased,
        stamped=stamped,
        signed=signed,
        complaints=tuple(complaints),
        digest=book.digest,
    )


def mark_of_line(line: Line) -> str:
    """Return the hidden mark of a line: its question and the content it was decided on."""
    return f"{line.key}.{line.content}"


def mark_of_project(row: ProjectRow, typed: Collection[str]) -> str:
    """Return the hidden mark of a project: by it a remark that a person typed is told from ours."""
    key = project_key(row)
    return f"{key}.{mark_of_text(row.notice, typed=key in typed)}"


def mark_of_text(text: str, *, typed: bool) -> str:
    """Return the hidden mark of a text as it was written: whether a person typed it once, and what it was."""
    return f"{_TYPED}-{hashed(text)}" if typed else hashed(text)


def _is_typed(text: str, mark: str) -> tuple[bool, bool]:
    """Whether a person typed a text, and whether since it was written."""
    before, _, written = mark.rpartition("-")
    fresh = mark != _TYPED and written != hashed(text)
    return _TYPED in (before, mark) or fresh, fresh


def _lines(grid: Grid) -> Iterator[Line]:
    for row in rows_below(grid, "认定", MARK):
        key, _, content = text_of(row.get(MARK)).partition(".")
        yield Line(
            key=key,
            content=content,
            matter=text_of(row.get("事项")),
            name=text_of(row.get("项目名称")),
            owner=text_of(row.get("主管部门 · 实施单位")),
            file=text_of(row.get("文件")),
            budget=exact(row.get("全年预算数")),
            executed=exact(row.get("全年执行数")),
            score=exact(row.get("自评得分")),
            why=text_of(row.get("两者差别 / 依据")),
            proposal=text_of(row.get("建议")),
            choice=text_of(row.get("认定")),
            note=text_of(row.get("认定说明")),
            by=text_of(row.get("认定人")),
            on=text_of(row.get("认定日期")),
        )


def _remarks(grid: Grid) -> Iterator[tuple[str, str, bool]]:
    """The remarks that a person typed: the key of the project, the text, and whether it is new."""
    for row in rows_below(grid, REMARK, MARK):
        key, _, ours = text_of(row.get(MARK)).partition(".")
        remark = text_of(row.get(REMARK))
        typed, fresh = _is_typed(remark, ours)
        if key and typed:
            yield key, remark, fresh


def _newest(remarks: Sequence[tuple[str, str, bool]]) -> Mapping[str, str]:
    """By project the remark: what was typed last goes before what was kept; a cleared one is none."""
    found: dict[str, str] = {}
    for key, remark, _ in sorted(remarks, key=lambda each: not each[2]):
        found.setdefault(key, remark)
    return {key: remark for key, remark in found.items() if remark}


def _typed(grid: Grid, heading: str) -> Iterator[tuple[str, str]]:
    """What stands below a heading under which only people type, by the key of the project."""
    for row in rows_below(grid, heading, MARK):
        key, typed = text_of(row.get(MARK)).partition(".")[0], text_of(row.get(heading))
        if key and typed:
            yield key, typed


def _signed(grid: Grid) -> Signed:
    """What people typed into head and foot: the unit where it is not ours, the names where there are any."""
    unit, names = "", dict[str, str]()
    for row, columns in grid.rows.items():
        texts = [text_of(grid.cells[row, column].value) for column in columns]
        for text in texts:
            if text.startswith(UNIT_LABEL):
                said = text.removeprefix(UNIT_LABEL).strip()
                unit = said if _is_typed(said, texts[-1])[0] else ""
            if text.startswith(SIGNERS[0]):
                names = dict(names_in(text))
    return Signed(unit, names)
