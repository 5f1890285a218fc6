"""统计 as a sheet: blocks below each other, each with its chart, for the bureau's own use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, Generic

from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary import headline
from zipingbiao.batch.summary.attention import MOST, Attention, Watched
from zipingbiao.batch.summary.last_year import Compared, LostAgain
from zipingbiao.batch.summary.statistics import Point, Statistics
from zipingbiao.book.write.new_cells import (
    HEADING_HEIGHT,
    LINE_HEIGHT,
    Column,
    Formats,
    Style,
    T,
    Value,
    body_lines,
    height_of,
    put,
    put_across,
    put_record,
    record_lines,
)
from zipingbiao.book.write.paper import A4_UPRIGHT, Height, page_breaks, pixels_of, set_paper, together
from zipingbiao.result.columns import NO_RATE
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen

SHEET = "统计"
_DATA = "图表数据"
_GRID = (26, 12, 9, 10, 10, 10, 10, 9, 9, 16)
"""The columns of the sheet, which all blocks share; the last ones are room for charts."""
_LAST = len(_GRID) - 1
_SCALE = int(100 * A4_UPRIGHT.width / sum(map(pixels_of, _GRID)))
_ROW_PIXELS = 20
_MOST_LABELS = 30
"""Of so many points the numbers can be read, those with the least spent first."""
_NARROWEST = 0.94
"""A program that measures columns exactly makes them so much narrower; a chart keeps its size."""
_FONT = {"name": "宋体", "size": 9}
_REASONS_NOTE = "一条原因说到几类的，各类都计；达到目标的指标不计。"


@frozen
class _Chart:
    """A chart: what draws it for the first and last row of its block, how many rows it is high, and where it stands."""

    draw: Callable[[Any, int, int], Any]
    rows: int
    column: int = 0
    below: bool = False


@frozen
class _Block(Generic[T]):
    """A part of the sheet: its title, a table, and what stands beside or below it."""

    title: str
    columns: tuple[Column[T], ...]
    records: Sequence[T]
    note: str = ""
    chart: _Chart | None = None


def write_statistics(workbook: Any, summary: Summary, statistics: Statistics, formats: Formats) -> None:
    """Write the sheet, and the hidden one from which the scatter is drawn."""
    sheet = workbook.add_worksheet(SHEET)
    for at, width in enumerate(_GRID):
        sheet.set_column(at, at, width)
    put_across(
        sheet, 0, (0, _LAST), headline.title(summary, Scope.PROJECT, "统计表"), formats.get(Style.TITLE)
    )
    sheet.set_row(0, headline.TITLE_HEIGHT)
    heights = [Height(headline.TITLE_HEIGHT, with_next=True)]
    room = A4_UPRIGHT.height * 100 / _SCALE
    for block in _blocks(statistics):
        own = _put_block(workbook, sheet, len(heights), block, formats)
        heights += together(own) if sum(each.points for each in own) <= room else own
    for note in summary.notes:
        lines = body_lines(note, sum(map(pixels_of, _GRID)) / 7)
        put_across(sheet, len(heights), (0, _LAST), note, formats.get(Style.NOTE))
        sheet.set_row(len(heights), height_of(lines))
        heights.append(Height(height_of(lines)))
    set_paper(sheet, A4_UPRIGHT, scale=_SCALE)
    sheet.set_h_pagebreaks(page_breaks(heights, room, room))
    sheet.print_area(0, 0, len(heights) - 1, _LAST)


def write_chart_data(workbook: Any, statistics: Statistics, formats: Formats) -> None:
    """Write what charts show beside the blocks onto a hidden sheet: the grades, then the points, what is marked first."""
    sheet = workbook.add_worksheet(_DATA)
    sheet.hide()
    look = formats.get(Style.PLAIN)
    lines: list[tuple[Value, ...]] = [(_word(line.label),) for line in statistics.grades]
    lines += [(point.number, point.rate, point.score) for point in _in_order(statistics.points)]
    for row, values in enumerate(lines):
        for column, value in enumerate(values):
            put(sheet, row, column, value, look)


def _word(label: str) -> str:
    """The grade without its bounds."""
    return label.partition("（")[0]


def _in_order(points: Sequence[Point]) -> list[Point]:
    return sorted(points, key=lambda point: (not point.marked, point.rate if point.marked else 0))


# ------------------------------------------------------------------ blocks


def _blocks(statistics: Statistics) -> Iterator[_Block[Any]]:
    scopes = statistics.scopes
    by_list = any(line.rate is not None for line in scopes)
    listed = (
        _column("应评（个）", Style.COUNT, "due"), _column("已评（个）", Style.COUNT, "done"),
        _column("覆盖率", Style.PERCENT, "rate"), _column("应评金额", Style.MONEY, "due_budget"),
        _column("已评金额", Style.MONEY, "done_budget"), _column("金额覆盖率", Style.PERCENT, "budget_rate"),
    )  # fmt: skip
    counted = listed if by_list else (_column("已评（个）", Style.COUNT, "done"),)
    yield _block(
        "一、覆盖情况", "类别", counted, [line for line in scopes if by_list or line.done is not None]
    )
    grades = (
        _column("个数", Style.COUNT, "projects"), _column("占比", Style.PERCENT, "share"),
        _column("全年预算数", Style.MONEY, "budget"), _column("金额占比", Style.PERCENT, "budget_share"),
        _column("其中满分项目", Style.COUNT, "full"),
    )  # fmt: skip
    chart = _Chart(_grade_chart, 12, column=len(grades) + 1)
    yield _block("二、等级分布", "等级", grades, statistics.grades, chart=chart)
    rates = (
        _column("个数", Style.COUNT, "projects"), _column("占比", Style.PERCENT, "share"),
        _column("全年预算数", Style.MONEY, "budget"), _column("平均得分", Style.SCORE, "mean"),
    )  # fmt: skip
    points = _in_order(statistics.points)
    scatter = (
        _Chart(lambda book, *_: _scatter(book, points, len(statistics.grades)), 16, column=len(rates) + 1)
        if points
        else None
    )
    yield _block("三、执行率分布", "执行率", rates, statistics.rates, chart=scatter)
    sources = (
        _column("全年预算数", Style.MONEY, "budget"), _column("全年执行数", Style.MONEY, "executed"),
        _column("执行率", Style.PERCENT, "rate"),
    )  # fmt: skip
    yield _block("四、资金级次", "资金来源", sources, statistics.sources)
    levels = (
        _column("指标数", Style.COUNT, "indicators"), _column("达到目标", Style.COUNT, "reached"),
        _column("占比", Style.PERCENT, "share"), _column("未达到", Style.COUNT, "missed"),
        _column("超过130%", Style.COUNT, "over"), _column("定性或无法比较", Style.COUNT, "incomparable"),
        _column("平均得分率", Style.PERCENT, "points_rate"), _column("失分合计", Style.SCORE, "lost"),
    )  # fmt: skip
    bars = _Chart(_bar_chart, 12, below=True) if statistics.levels else None
    yield _block("五、指标完成情况", "二级指标", levels, statistics.levels, chart=bars)
    for number, attention in enumerate(statistics.attention, start=1):
        yield _watched(number, attention)
    reasons = (_column("指标数", Style.COUNT, "indicators"), _column("项目数", Style.COUNT, "projects"))
    yield _block("七、偏差原因", "原因", reasons, statistics.reasons, note=_REASONS_NOTE)
    if statistics.last is not None:
        yield from _compared(statistics.last)


def _compared(compared: Compared) -> Iterator[_Block[Any]]:
    years = (
        _column("项目数", Style.COUNT, "projects"), _column("全年预算数", Style.MONEY, "budget"),
        _column("执行率", Style.PERCENT, "rate"), _column("平均分", Style.SCORE, "mean"),
        _column("优秀率", Style.PERCENT, "best"),
    )  # fmt: skip
    yield _block("八、与上年相比", "年度", years, compared.years)
    again = (
        Column("主管部门", 0, Style.TEXT, attrgetter("department")),
        _column("分值", Style.WEIGHT, "weight"), _column("上年得分", Style.SCORE, "before"),
        _column("本年得分", Style.SCORE, "now"),
        Column("指标", 0, Style.PLAIN, attrgetter("indicator")),
    )  # fmt: skip
    names: Column[LostAgain] = Column("项目名称", 0, Style.TEXT, attrgetter("name"))
    more = (
        f"另有{compared.found - len(compared.again)}项，见指标明细"
        if compared.found > len(compared.again)
        else ""
    )
    title = f"同一指标连续两年失分：{compared.found}项"
    yield _Block(title, _on_grid((names, *again)), compared.again, more)


def _watched(number: int, attention: Attention) -> _Block[Watched]:
    columns: tuple[Column[Watched], ...] = (
        Column("项目名称", 0, Style.TEXT, attrgetter("name")),
        Column("主管部门", 0, Style.TEXT, attrgetter("department")),
        _column("全年预算数", Style.MONEY, "budget"),
        _column("执行率", Style.PERCENT, "rate"),
        _column("自评得分", Style.SCORE, "score"),
        Column("提示", 0, Style.PLAIN, attrgetter("hint")),
    )
    title = f"{attention.label}：{attention.found}个"
    more = f"另有{attention.found - MOST}个，见底稿" if attention.found > MOST else ""
    head = "六、需关注的项目\n" if number == 1 else ""
    return _Block(f"{head}（{number}）{title}", _on_grid(columns), attention.projects, more)


def _block(
    title: str,
    label: str,
    columns: Sequence[Column[Any]],
    records: Sequence[Any],
    *,
    note: str = "",
    chart: _Chart | None = None,
) -> _Block[Any]:
    first: Column[Any] = Column(label, 0, Style.TEXT, attrgetter("label"))
    return _Block(title, _on_grid((first, *columns)), records, note, chart)


def _column(heading: str, style: Style, name: str) -> Column[Any]:
    """A figure; a dash where there is none, for nobody to take it for one left out."""
    value = attrgetter(name)

    def said(record: Any) -> Value:
        found: Value = value(record)
        return NO_RATE if found is None else found

    return Column(heading, 0, style, said)


def _on_grid(columns: Sequence[Column[T]]) -> tuple[Column[T], ...]:
    return tuple(replace(column, width=_GRID[at]) for at, column in enumerate(columns))


# ------------------------------------------------------------------ writing


def _put_block(workbook: Any, sheet: Any, top: int, block: _Block[Any], formats: Formats) -> list[Height]:
    """Write one block from a row on; return the heights of its rows, the blank ones after it included."""
    heights: list[Height] = []
    for line in block.title.split("\n"):
        put(sheet, top + len(heights), 0, line, formats.get(Style.PLAIN, total=True))
        heights.append(Height(LINE_HEIGHT, with_next=bool(block.records)))
    first = top + len(heights)
    if block.records:
        for at, column in enumerate(block.columns):
            put(sheet, first, at, column.heading, formats.get(Style.HEADING))
        sheet.set_row(first, HEADING_HEIGHT)
        heights.append(Height(HEADING_HEIGHT, with_next=True))
        first += 1
    looks = formats.of(block.columns)
    for at, record in enumerate(block.records, start=first):
        put_record(sheet, at, block.columns, record, looks)
        points = height_of(record_lines(block.columns, record))
        heights.append(Height(points, with_next=block.chart is not None and not block.chart.below))
    if block.note:
        put(sheet, top + len(heights), 0, block.note, formats.get(Style.PLAIN))
        heights.append(Height(LINE_HEIGHT))
    if block.chart is not None and block.records:
        heights += _put_chart(workbook, sheet, (first, top + len(heights)), block.chart)
    return [*heights, Height(LINE_HEIGHT)]


def _put_chart(workbook: Any, sheet: Any, rows: tuple[int, int], chart: _Chart) -> list[Height]:
    """Put a chart beside the rows of a block, or below; return the heights of the blank rows that it needs."""
    first, end = rows
    drawn = chart.draw(workbook, first, end - 1)
    width = sum(map(pixels_of, _GRID[chart.column :]))
    drawn.set_size({"width": int(_NARROWEST * width) - 12, "height": chart.rows * _ROW_PIXELS - 8})
    drawn.set_legend({"none": True})
    top = end if chart.below else first - 1
    sheet.insert_chart(top, chart.column, drawn, {"x_offset": 8, "y_offset": 4})
    blank = chart.rows - (0 if chart.below else end - top)
    return [Height(LINE_HEIGHT, with_next=at < blank - 1) for at in range(blank)]


def _titled(chart: Any, text: str) -> None:
    chart.set_title({"name": text, "name_font": {**_FONT, "size": 10, "bold": True}, "overlay": False})


def _grade_chart(workbook: Any, first: int, last: int) -> Any:
    chart = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": [_DATA, 0, 0, last - first, 0],
            "values": [SHEET, first, 1, last, 1],
            "data_labels": {"value": True, "font": _FONT},
            "gap": 80,
        }
    )
    _titled(chart, "各等级项目数（个）")
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis({"num_font": _FONT, "num_format": "0", "major_gridlines": {"visible": False}})
    return chart


def _scatter(workbook: Any, points: Sequence[Point], above: int) -> Any:
    """Execution rate against score; where little was spent and much was given, a point bears its number.

    The points stand on the hidden sheet below so many rows.
    """
    chart = workbook.add_chart({"type": "scatter"})
    marked = [point for point in points if point.marked]
    parts = ((0, len(marked), "#C00000"), (len(marked), len(points), "#2F75B5"))
    for start, end, colour in parts:
        if start == end:
            continue
        series: dict[str, Any] = {
            "categories": [_DATA, above + start, 1, above + end - 1, 1],
            "values": [_DATA, above + start, 2, above + end - 1, 2],
            "marker": {"type": "circle", "size": 4, "fill": {"color": colour}, "border": {"none": True}},
        }
        if start == 0 and marked:
            said = [
                {"value": str(p.number)} if at < _MOST_LABELS else {"delete": True}
                for at, p in enumerate(marked)
            ]
            font = {**_FONT, "size": 8, "color": colour}
            series["data_labels"] = {"value": True, "custom": said, "position": "above", "font": font}
        chart.add_series(series)
    _titled(chart, "执行率与自评得分（标序号的：执行率低于80%而得分高于90分）")
    lowest = min(point.score for point in points)
    bottom = max(0, int(lowest // 10) * 10)
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_x_axis({"name": "执行率", "name_font": _FONT, "num_font": _FONT, "num_format": "0%", "min": 0, "major_gridlines": grid})  # fmt: skip
    top = {"max": 100} if max(point.score for point in points) <= 100 else {}
    chart.set_y_axis({"name": "自评得分", "name_font": _FONT, "num_font": _FONT, "num_format": "0", "min": bottom, **top, "major_gridlines": grid})  # fmt: skip
    return chart


def _bar_chart(workbook: Any, first: int, last: int) -> Any:
    """The five under which most points were lost, the worst one on top."""
    end, lost = min(last, first + 4), 8
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [SHEET, first, 0, end, 0],
            "values": [SHEET, first, lost, end, lost],
            "data_labels": {"value": True, "font": _FONT},
            "gap": 60,
        }
    )
    _titled(chart, "失分最多的五类二级指标（分）")
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis({"num_font": _FONT, "num_format": "0", "min": 0, "major_gridlines": {"visible": False}})
    return chart
