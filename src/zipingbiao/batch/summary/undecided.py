"""The sheet 待认定: a line per candidate of a question, the open ones above, what was decided below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.decisions import MARK, MARK_WIDTH, SHEET, mark_of_line
from zipingbiao.batch.summary.questions import Line, Question
from zipingbiao.book.cells import column_letters
from zipingbiao.book.write.new_cells import (
    Column,
    Formats,
    Style,
    put,
    put_headings,
    put_record,
)
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import round_points

HOW = "请在“认定”栏选择，保存后运行：zpb merge … --update 汇总表.xlsx。空着的仍按待认定处理。"
_GONE = "项目已不在本批，或已不需认定，原认定留存备查"


@frozen
class Place:
    """One line as it stands on the sheet: with the number of its question, and a link to its file."""

    number: str
    line: Line
    link: str


COLUMNS: tuple[Column[Place], ...] = (
    Column("编号", 6, Style.WORD, attrgetter("number")),
    Column("事项", 14, Style.TEXT, attrgetter("line.matter")),
    Column("项目名称", 28, Style.TEXT, attrgetter("line.name")),
    Column("主管部门 · 实施单位", 26, Style.TEXT, attrgetter("line.owner")),
    Column("文件", 30, Style.TEXT, attrgetter("line.file"), link=attrgetter("link")),
    Column("全年预算数", 12, Style.AMOUNT, attrgetter("line.budget")),
    Column("全年执行数", 12, Style.AMOUNT, attrgetter("line.executed")),
    Column("自评得分", 8, Style.SCORE, attrgetter("line.score")),
    Column("两者差别 / 依据", 36, Style.TEXT, attrgetter("line.why")),
    Column("建议", 12, Style.WORD, attrgetter("line.proposal")),
    Column("认定", 14, Style.WORD, attrgetter("line.choice")),
    Column("认定说明", 18, Style.TEXT, attrgetter("line.note")),
    Column("认定人", 8, Style.WORD, attrgetter("line.by")),
    Column("认定日期", 10, Style.WORD, attrgetter("line.on")),
    Column(MARK, MARK_WIDTH, Style.TEXT, lambda place: mark_of_line(place.line)),
)
_CHOICE = 10
_CHOICES = "认定选项"
_LONGEST_LIST = 255
_LAST = len(COLUMNS) - 1


def has_undecided(summary: Summary) -> bool:
    """Whether there is anything to be decided, or that was decided once."""
    return bool(summary.questions or summary.decided or summary.gone)


def write_undecided(workbook: Any, summary: Summary, formats: Formats, link: Callable[[str], str]) -> None:
    """Write the sheet; *link* gives the way to a file by its path as shown, "" for none."""
    sheet = workbook.add_worksheet(SHEET)
    asked = len(summary.questions)
    amount = round_points(summary.open_amount)
    title = f"待认定事项（{asked}项，涉及{amount:,.2f}万元，认定前不计入任何合计）"
    sheet.merge_range(0, 0, 0, _LAST - 1, "", formats.get(Style.TITLE))
    put(sheet, 0, 0, title, formats.get(Style.TITLE))
    put(sheet, 1, 0, HOW, formats.get(Style.PLAIN))
    put_headings(sheet, 2, COLUMNS, formats)
    sheet.set_column(_LAST, _LAST, COLUMNS[_LAST].width, None, {"hidden": True})
    row, lists = 3, _Lists()
    for number, question in enumerate(summary.questions, start=1):
        row = _put_question(
            sheet, row, _places(str(number), question, link), question.choices, formats, lists
        )
    decided = [(question.lines, question.choices) for question in summary.decided]
    gone = [((replace(line, why=_kept(line)),), ()) for line in summary.gone]
    if decided or gone:
        put(sheet, row, 0, f"已认定（{len(decided) + len(gone)}项）", formats.get(Style.PLAIN))
        row += 1
    for number, (lines, choices) in enumerate([*decided, *gone], start=asked + 1):
        places = [Place(str(number), line, link(line.file)) for line in lines]
        row = _put_question(sheet, row, places, choices, formats, lists)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.hide_gridlines(1)
    lists.write(workbook)


class _Lists:
    """Lists to choose from that are too long for Excel to keep with a cell: columns of a hidden sheet."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def source(self, choices: Sequence[str]) -> list[str] | str:
        """Return the list, or where it stands."""
        if len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices):
            return list(choices)
        column = self._columns.setdefault(tuple(choices), len(self._columns))
        name = column_letters(column + 1)
        return f"='{_CHOICES}'!${name}$1:${name}${len(choices)}"

    def write(self, workbook: Any) -> None:
        """Write the hidden sheet where a list needs it."""
        if not self._columns:
            return
        sheet = workbook.add_worksheet(_CHOICES)
        sheet.hide()
        lists = list(self._columns)
        for row in range(max(map(len, lists))):
            for column, choices in enumerate(lists):
                if row < len(choices):
                    put(sheet, row, column, choices[row], None)


def _kept(line: Line) -> str:
    return line.why if line.why.startswith(_GONE) else f"{_GONE}。{line.why}"


def _places(number: str, question: Question, link: Callable[[str], str]) -> list[Place]:
    places = [Place(number, line, link(line.file)) for line in question.lines]
    if question.complaint:
        first = places[0].line
        places[0] = replace(places[0], line=replace(first, why=f"{question.complaint}。{first.why}"))
    return places


def _put_question(
    sheet: Any,
    row: int,
    places: Sequence[Place],
    choices: Sequence[str],
    formats: Formats,
    lists: _Lists,
) -> int:
    """Write the lines of one question, the first below a thick line; return the next free row."""
    for at, place in enumerate(places):
        looks = [
            formats.get(column.style, parted=at == 0, asked=number == _CHOICE)
            for number, column in enumerate(COLUMNS)
        ]
        put_record(sheet, row, COLUMNS, place, looks)
        if choices:
            source = lists.source(choices)
            listed = {"validate": "list", "source": source, "error_message": "请从列表中选择。"}
            sheet.data_validation(row, _CHOICE, row, _CHOICE, listed)
        row += 1
    return row
