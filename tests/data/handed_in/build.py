"""Builds the five reference projects as units handed them in, in forms of their own: ``python build.py [FOLDER]``.

Data: ``workbooks/examples.yaml``, from which the template workbooks in ``workbooks/examples`` come too.

The same data gives the same bytes: nothing of the clock, the machine or the user enters a file.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "workbooks" / "examples.yaml"
CREATED = dt.datetime(2023, 1, 31)  # noqa: DTZ001 - the format stores it without a time zone
A4 = 9
LINE_HEIGHT = 15  # points, for 11 point text; heights are whole pixels, multiples of 0.75

TABLE_WIDTHS = (16, 17, 30, 9, 16, 14, 11, 11, 36)
FUNDS_WIDTHS = (18, 16, 20, 11, 11, 11, 11, 11, 22, 18)
# Funds and indicators on one sheet: the last heading of the table spans two columns of the funds.
SHARED_WIDTHS = (16, 17, 30, 10, 16, 14, 11, 12, 18, 18)
NATIONAL_WIDTHS = (7, 14, 22, 32, 14, 14, 10, 10, 28)

TABLE_HEADINGS = (
    *("一级指标", "二级指标", "目标指标", "权重", "目标值", "业绩值", "完成率", "指标得分"),
    "偏差原因分析及改进措施",
)
FUNDS_HEADINGS = ("项目", "行次", "年度总金额(万元)")
FISCAL_HEADINGS = ("小计", "中央级", "省级", "市级", "县区级")
OTHER_HEADINGS = ("上年结转资金(万元)", "其他资金(万元)")

Value = str | float
Project = Mapping[str, Any]


class Page:
    """A sheet that grows downwards: every method writes at ``row`` (counted from 0) or below it."""

    def __init__(self, book: Any, name: str, widths: Sequence[float]) -> None:
        self.sheet = book.add_worksheet(name)
        self.widths = widths
        self.last = len(widths) - 1
        self.row = 0
        self.fewest_lines: dict[int, int] = {}
        text = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        frame = {**text, "border": 1}
        self.heading = book.add_format({**text, "font_size": 16, "bold": True, "align": "center"})
        self.plain = book.add_format({**text, "align": "center"})
        self.label = book.add_format({**frame, "align": "center", "bold": True, "bg_color": "#EDF2F9"})
        self.value = book.add_format({**frame, "align": "center"})
        self.prose = book.add_format({**frame, "align": "left", "indent": 1})
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def put(self, left: int, right: int, value: Value, style: Any, rows: int = 1) -> None:
        """Write one value, merged over the columns *left* to *right* and *rows* rows."""
        if rows > 1 or right > left:
            self.sheet.merge_range(self.row, left, self.row + rows - 1, right, "", style)
        if value == "":
            self.sheet.write_blank(self.row, left, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, left, value, style)
        else:
            self.sheet.write_number(self.row, left, value, style)

    def line(self, *cells: tuple[int, int, Value, Any]) -> None:
        """Write one row of (left, right, value, style), as high as its longest text needs."""
        for cell in cells:
            self.put(*cell)
        lines = (_lines(str(value), sum(self.widths[left : right + 1])) for left, right, value, _ in cells)
        self.sheet.set_row(self.row, 6 + LINE_HEIGHT * max(*lines, self.fewest_lines.get(self.row, 1)))
        self.row += 1

    def down(self, column: int, texts: Sequence[str], style: Any) -> None:
        """Write a column of labels from here on, each merged over the blanks that follow it.

        The rows themselves are written afterwards, and become high enough for the labels.
        """
        here = self.row
        starts = [index for index, text in enumerate(texts) if text]
        for start, end in zip(starts, [*starts[1:], len(texts)], strict=True):
            self.row = here + start
            self.put(column, column, texts[start], style, rows=end - start)
            share = math.ceil(_lines(texts[start], self.widths[column]) / (end - start))
            for row in range(self.row, here + end):
                self.fewest_lines[row] = max(share, self.fewest_lines.get(row, 1))
        self.row = here

    def title(self, text: str, under: str = "") -> None:
        """Write the title over the whole width, and a line under it."""
        self.sheet.set_row(self.row, 2 * LINE_HEIGHT)
        self.put(0, self.last, text, self.heading)
        self.row += 1
        self.line((0, self.last, under, self.plain))

    def finish(self, unit: str) -> None:
        """Set one A4 page across, with the unit and the page number in the footer."""
        self.sheet.set_paper(A4)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 1)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.center_horizontally()
        self.sheet.hide_gridlines(1)
        self.sheet.print_area(0, 0, self.row - 1, self.last)
        self.sheet.set_footer(f"&L填报单位：{unit}&R第 &P 页，共 &N 页")


def build(folder: Path) -> list[Path]:
    """Write every example into *folder* and return the files in the order of the data."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = {"shanxi": _shanxi, "national": _national}
    paths = []
    for project in yaml.safe_load(DATA.read_text(encoding="utf-8")):
        path = folder / f"{project['file']}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.set_properties({"title": project["project"], "created": CREATED})
            for page in forms[project["form"]](book, project):
                page.finish(project["unit"])
        paths.append(path)
    return paths


def _shanxi(book: Any, project: Project) -> list[Page]:
    first, *second = project["sheets"]
    table = Page(book, first, TABLE_WIDTHS if second else SHARED_WIDTHS)
    pages = [table, *(Page(book, name, FUNDS_WIDTHS) for name in second)]
    table.title("附件1.项目支出绩效自评表")
    _shanxi_head(table, project)
    for page in pages[1:]:
        page.title("预算执行情况", f"项目名称：{project['project']}")
    _shanxi_funds(pages[-1], project["funds"])
    _shanxi_indicators(table, project)
    table.row += 1
    table.line((0, table.last, project["result"], table.plain))
    return pages


def _shanxi_head(page: Page, project: Project) -> None:
    page.line((0, 0, "项目名称", page.label), (1, page.last, project["project"], page.prose))
    pairs = (("主管部门", "department", "实施单位", "unit"), ("年度", "year", "年度绩效目标", "goal"))
    for left_label, left, right_label, right in pairs:
        if not project[left]:  # the printed 附件1 has no 年度; two units do not name it
            page.line((0, 0, right_label, page.label), (1, page.last, project[right], page.prose))
            continue
        page.line(
            (0, 0, left_label, page.label),
            (1, 2, project[left], page.prose),
            (3, 4, right_label, page.label),
            (5, page.last, project[right], page.prose),
        )


def _shanxi_funds(page: Page, rows: Sequence[Sequence[Value]]) -> None:
    page.row += 1
    fiscal = len(FUNDS_HEADINGS)
    others = fiscal + len(FISCAL_HEADINGS)
    for column, heading in [*enumerate(FUNDS_HEADINGS), *enumerate(OTHER_HEADINGS, others)]:
        page.put(column, column, heading, page.label, rows=2)
    page.line((fiscal, others - 1, "财政资金", page.label))
    page.line(*((column, column, text, page.label) for column, text in enumerate(FISCAL_HEADINGS, fiscal)))
    for label, *values in rows:
        cells = [(column, column, value, page.value) for column, value in enumerate(values, 1)]
        page.line((0, 0, label, page.label), *cells)


def _shanxi_indicators(page: Page, project: Project) -> None:
    page.row += 1
    rows = project["indicators"]
    _table_line(page, TABLE_HEADINGS, 0, page.label)
    for level in (0, 1):
        page.down(level, [row[level] for row in rows], page.value)
    for row in rows:
        _table_line(page, row, 2, page.value)
    for _ in range(project["blank_rows"]):
        _table_line(page, [""] * len(TABLE_HEADINGS), 0, page.value)


def _table_line(page: Page, row: Sequence[Value], first: int, style: Any) -> None:
    """Write a row of an indicator table from column *first* on; its last cell takes the rest of the page."""
    cells = [(column, column, value, style) for column, value in enumerate(row)][first:-1]
    reason = page.label if style is page.label else page.prose
    page.line(*cells, (len(row) - 1, page.last, row[-1], reason))


def _national(book: Any, project: Project) -> list[Page]:
    page = Page(book, project["sheets"][0], NATIONAL_WIDTHS)
    page.title("项目支出绩效自评表", f"（{project['year']}年度）")
    page.line((0, 1, "项目名称", page.label), (2, page.last, project["project"], page.prose))
    page.line(
        (0, 1, "主管部门", page.label),
        (2, 3, project["department"], page.prose),
        (4, 5, "实施单位", page.label),
        (6, page.last, project["unit"], page.prose),
    )
    _national_funds(page, project["funds"])
    _national_goals(page, project["goals"])
    _national_indicators(page, project["indicators"])
    label, weight, score, reason = project["total"]
    page.line(
        (0, 5, label, page.label),
        (6, 6, weight, page.value),
        (7, 7, score, page.value),
        (8, page.last, reason, page.prose),
    )
    _national_analysis(page, project["result_analysis"], project["remarks"])
    return [page]


def _national_funds(page: Page, rows: Sequence[Sequence[Value]]) -> None:
    page.put(0, 1, "项目资金\n（万元）", page.label, rows=len(rows))
    for number, (label, *values) in enumerate(rows):
        style = page.value if number else page.label
        cells = [(column, column, value, style) for column, value in enumerate(values, 3)]
        page.line((2, 2, label, page.prose if number else page.label), *cells)


def _national_goals(page: Page, goals: Mapping[str, str]) -> None:
    (expected, expected_text), (achieved, achieved_text) = goals.items()
    page.put(0, 1, "年度总体目标", page.label, rows=2)
    page.line((2, 4, expected, page.label), (5, page.last, achieved, page.label))
    page.line((2, 4, expected_text, page.prose), (5, page.last, achieved_text, page.prose))


def _national_indicators(page: Page, rows: Sequence[Sequence[Value]]) -> None:
    page.down(0, [str(row[0]) for row in rows], page.label)
    _table_line(page, rows[0], 1, page.label)
    for level in (1, 2):
        page.down(level, [str(row[level]) for row in rows[1:]], page.value)
    for row in rows[1:]:
        _table_line(page, row, 3, page.value)


def _national_analysis(page: Page, results: Mapping[str, str], remarks: Mapping[str, str]) -> None:
    page.put(0, 0, "项目绩效分析", page.label, rows=len(results) + len(remarks))
    page.put(1, 1, "自评结果分析", page.label, rows=len(results))
    for label, text in results.items():
        page.line((2, 2, label, page.label), (3, page.last, text, page.prose))
    for label, text in remarks.items():
        page.line((1, 2, label, page.label), (3, page.last, text, page.prose))


def _lines(text: str, width: float) -> int:
    """Count the lines a text takes in a column; a Chinese character is two units wide."""
    units = (sum(1 if char.isascii() else 2 for char in part) for part in text.split("\n"))
    return sum(max(1, math.ceil(unit / (width - 1))) for unit in units)


if __name__ == "__main__":
    for built in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(built.name)
