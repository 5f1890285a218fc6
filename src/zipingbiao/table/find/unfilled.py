"""Named rows that nobody filled in: lines of the table, or words that only stand where a name stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from zipingbiao.table.find.parts import OF_WHICH, beside, mark_of
from zipingbiao.table.records import Indicator
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise
from zipingbiao.values.typed import Blank, Filler, parse_text

# What a blank form prints where the name goes: 三级指标1：, 指标名称, XXX, ××率 is a name.
_PLACEHOLDER = regex(
    r"(?:[一二三四]级)?(?:指标|目标)(?:名称|内容)?[\d一二三四五六七八九十nNxX]*[:：]?|[xX×*]+"
)
_LEVEL = r"(?:产出|数量|质量|时效|成本|效益|效果|影响|发展|满意度|投入|过程|决策|管理|预算执行)"
_CAPTION = regex(rf".{{0,6}}{_LEVEL}类?指标")  # 社会效益指标, never 服务质量 or 群众满意度
_LEVEL_WORD = regex(
    rf"(?:经济|社会|生态|环境|可持续|服务|受益|对象|公众|群众|项目|部门|年度|预算|资金)*{_LEVEL}(?:类|指标|类指标)?"
)
_BRACKETS = regex(r"[(\[][^()\[\]]*[)\]]$")  # 数量指标（20分）


def is_line_name(name: str) -> bool:
    """Tell whether a row of this name is a line that must be filled in.

    No line are a filler (无), what a blank form prints (三级指标1：), a part (其中…) and a level (数量指标).
    """
    if isinstance(parse_text(name), Blank | Filler) or name.startswith(OF_WHICH):
        return False
    text = _BRACKETS.sub("", re.sub(r"\s+", "", normalise(name)))
    return not _PLACEHOLDER.fullmatch(text) and not _CAPTION.fullmatch(text)


def is_level(text: str) -> bool:
    """Tell whether a text without its points is a level that forms use: 产出指标, 社会效益, 满意度指标."""
    return _LEVEL_WORD.fullmatch(text) is not None


def without_captions(rows: Sequence[Indicator], tells: Callable[[str], bool]) -> list[Indicator]:
    """Leave out unfilled rows that are captions over marked rows: 培训情况 over （1）人数.

    A row whose name *tells* enough is a line whatever stands below it.
    """
    return [
        row
        for number, row in enumerate(rows)
        if not row.is_unfilled or tells(row.name) or not _opens_parts(rows, number)
    ]


def _opens_parts(rows: Sequence[Indicator], number: int) -> bool:
    """Whether the next row begins an enumeration of another kind than this row stands in."""
    if number + 1 == len(rows) or not beside(rows[number], rows[number + 1]):
        return False
    below = mark_of(rows[number + 1])
    return below.is_first and below.is_below(mark_of(rows[number]))
