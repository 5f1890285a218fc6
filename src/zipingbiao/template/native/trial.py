"""Lines with known results, calculated on 评分规则 by the formulas of the 免宏版 themselves.

They stand for each construct that the formulas rely on. Where a program calculates one otherwise, no line of
the workbook shows a number: each asks for a score typed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from zipingbiao.book.write.new_cells import put
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.ours import Sheet
from zipingbiao.template import frame
from zipingbiao.template.native.steps import (
    INPUTS,
    PASSED,
    addressed,
    completion_formula,
    score_formula,
    steps,
)
from zipingbiao.template.native.units import unit_lines
from zipingbiao.template.page import cell
from zipingbiao.template.styles import PERCENT, TEXT, Styles
from zipingbiao.template.sums import ASK

_UNITS, _DIMENSIONS, _FACTORS, _TRIALS = 7, 8, 9, 11  # columns of 评分规则, right of what is printed
_WEIGHT = Decimal(10)
_PASSING, _VERDICT = "得分应为", "公式自检"


class Trial(NamedTuple):
    """A line of 10 points and what the formulas must give; a target is text, or a number in a percent cell."""

    level2: str
    name: str
    target: str | Decimal
    actual: str | Decimal
    expected: str
    kind: str = ""


TRIALS = (
    Trial("数量指标", "培训人次", "≥200人次", "190人次", "9.5"),
    Trial("数量指标", "覆盖户数", "不少于１．５万户", "12000户", "8"),
    Trial("质量指标", "合格率", "＞＝９５％", Decimal("0.855"), "9"),
    Trial("质量指标", "合格率", Decimal("0.95"), "95%", "10"),
    Trial("质量指标", "重大安全事故次数", "3", "5", ASK),
    Trial("质量指标", "行程工作日", "5", "3", ASK),
    Trial("质量指标", "差错次数", "≤ 5次", "5次", "10"),
    Trial("成本指标", "设备采购成本", "20万元", "190000元", "10"),
    Trial("成本指标", "设备采购成本", "20", "90%", ASK),
    Trial("时效指标", "响应", "及时", "70 %", "7"),
    Trial("时效指标", "响应", "及时。", "及时", "10"),
    Trial("时效指标", "响应", "及时", "不及时", ASK),
    Trial("时效指标", "完成时间", "2021年12月底前", "2021年12月底前", "10"),
    Trial("数量指标", "采购数量", "9 5", "95", ASK),
    Trial("数量指标", "采购数量", "20211231", "5", ASK),
    Trial("数量指标", "采购数量", "50G", "50g", ASK),
    Trial("数量指标", "采购数量（套）", "12.50", "12.5个", "10"),
    Trial("数量指标", "采购数量", "8", "1", "1.25", "正向"),
)


def constants() -> Mapping[str, str]:
    """The addresses on 评分规则 that all formulas name."""
    first, last = frame.FIRST + 1, frame.FIRST + len(unit_lines())
    at = {"units": _UNITS, "dimensions": _DIMENSIONS, "factors": _FACTORS}
    found = {
        key: f"{Sheet.RULES}!{_fixed(column, first)}:{_fixed(column, last)}" for key, column in at.items()
    }
    return {**found, "trial": f"{Sheet.RULES}!{_fixed(_TRIALS, frame.HEADING + 1)}"}


def write_tables(sheet: Any, styles: Styles, profile: Profile) -> None:
    """Write units and trial lines on 评分规则, in hidden columns that are not printed."""
    columns = _columns()
    sheet.set_column(_UNITS, max(columns.values()), 12, None, {"hidden": True, "level": 1})
    for column, heading in ((_UNITS, "计量单位"), (_DIMENSIONS, "量纲"), (_FACTORS, "换算")):
        put(sheet, frame.HEADING, column, heading, styles.label())
    for row, line in enumerate(unit_lines(), frame.FIRST):
        for column, value in ((_UNITS, line.label), (_DIMENSIONS, line.dimension), (_FACTORS, line.factor)):
            put(
                sheet, row, column, value, styles.of(num_format=TEXT if isinstance(value, str) else "General")
            )
    _write_verdict(sheet, styles)
    for row, trial in enumerate(TRIALS, frame.FIRST):
        _write_trial(sheet, styles, profile, row, trial)


def _columns() -> Mapping[str, int]:
    keys = ("verdict", "expected", *INPUTS, *(step.key for step in steps()), "score", "completion")
    return {key: column for column, key in enumerate(keys, _TRIALS)}


def _write_verdict(sheet: Any, styles: Styles) -> None:
    columns = _columns()
    rows = range(frame.FIRST + 1, frame.FIRST + len(TRIALS) + 1)
    pairs = [(cell(columns["score"], row), cell(columns["expected"], row)) for row in rows]
    same = (f'EXACT({found}&"",{expected}),{found}&""={expected}' for found, expected in pairs)
    verdict = f'=IFERROR(IF(AND({",".join(same)}),"{PASSED}","{_VERDICT}未通过"),"{_VERDICT}未通过")'
    sheet.write_formula(frame.HEADING, columns["verdict"], verdict, styles.formula("General"))
    put(sheet, frame.HEADING, columns["expected"], _PASSING, styles.label())
    for step in steps():
        put(sheet, frame.HEADING, columns[step.key], step.heading, styles.label())


def _write_trial(sheet: Any, styles: Styles, profile: Profile, row: int, trial: Trial) -> None:
    columns = _columns()
    values = {"expected": trial.expected, "level1": "产出指标", "weight": _WEIGHT, **trial._asdict()}
    for key, column in columns.items():
        value = values.get(key)
        number = "General" if key == "weight" else PERCENT if isinstance(value, Decimal) else TEXT
        put(sheet, row, column, value, styles.of(num_format=number))
    cells = {key: cell(column, row + 1) for key, column in columns.items()}
    # The trials decide whether lines may be calculated, so they are themselves always calculated.
    cells = {**constants(), **cells, "trial": f'"{PASSED}"'}
    for key, formula in _formulas(profile):
        sheet.write_formula(row, columns[key], f"={addressed(formula, cells)}", styles.of())


def _formulas(profile: Profile) -> Iterator[tuple[str, str]]:
    yield from ((step.key, step.formula) for step in steps())
    yield "score", score_formula(profile)
    yield "completion", completion_formula('""')


def _fixed(column: int, row: int) -> str:
    address = cell(column, row)
    letters = address.rstrip("0123456789")
    return f"${letters}${address[len(letters) :]}"
