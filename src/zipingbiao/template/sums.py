"""Native formulas of a project sheet: sums that stay blank while their parts are, total and grade."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.scoring.profile import Profile
from zipingbiao.table.funds import AmountKind
from zipingbiao.template.page import Formula
from zipingbiao.values.number import plain

UNFINISHED = "未完成"
_PLACEHOLDER_ENDS = ("：", ":", "…")


def of_parts(*parts: str) -> Formula:
    """The sum of amounts in 万元, to the cent; blank while all parts are."""
    cells = ",".join(parts)
    return Formula(f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),6))')


def of_amounts(
    kind: AmountKind, budget: str, received: str, executed: str, total_received: str, total_executed: str
) -> Formula:
    """资金结余, 预算到位率 or 预算执行率 of one source, rates as 99.28; blank while what the total needs is."""
    if kind is AmountKind.BALANCE:
        needed, result = f"{total_received}:{total_executed}", f"ROUND(SUM({received})-SUM({executed}),6)"
        return Formula(f'=IF(COUNT({needed})=2,{result},"")')
    funded = kind is AmountKind.FUNDING_RATE
    needed, part = (total_received, received) if funded else (total_executed, executed)
    rate = f"IF(SUM({budget})=0,0,ROUND(SUM({part})*100/SUM({budget}),2))"
    return Formula(f'=IF(COUNT({needed})=1,{rate},"")')


def weights(*cells: str) -> Formula:
    """The sum of the weights, in points; blank while there are none."""
    listed = ",".join(cells)
    return Formula(f'=IF(COUNT({listed})=0,"",ROUND(SUM({listed}),2))')


def verdict(found: str, whole: Decimal) -> Formula:
    """One sentence about the sum of the weights: ``权重合计95，缺5``."""
    points = plain(whole)
    return Formula(
        f'=IF({found}="","",IF({found}={points},"权重合计"&{found}&"，通过",IF({found}<{points},'
        f'"权重合计"&{found}&"，缺"&ROUND({points}-{found},2),"权重合计"&{found}&"，多"&ROUND({found}-{points},2))))'
    )


def total(weight_cells: str, score_cells: str, unfilled: str, unlisted: str = "") -> Formula:
    """The total in points; 未完成 while a line has no score, blank without weights.

    Args:
        weight_cells: a range, or a list of them: ``D18:D47`` or ``G24:G53,G7``.
        score_cells: the same for the scores.
        unfilled: the expression of :func:`unfilled`: a line without a weight has no score either.
        unlisted: the cell with what :mod:`zipingbiao.template.unlisted` adds, where the form has one.
    """
    counted = f"{score_cells},{unlisted}" if unlisted else score_cells
    return Formula(
        f'=IF(COUNT({weight_cells})=0,"",IF(OR(COUNT({score_cells})<COUNT({weight_cells}),{unfilled}>0),'
        f'"{UNFINISHED}",ROUND(SUM({counted}),2)))'
    )


def unfilled(name_cells: str, *figure_cells: str) -> str:
    """How many named rows have none of these figures, as an expression for :func:`total`.

    A name that ends in a colon or dots is a placeholder pasted from a blank form: ``指标2：``, ``……``. Only
    COUNTIFS: text functions over a column are not calculated row by row everywhere (Gnumeric).
    """
    blank = "".join(f',{cells},""' for cells in figure_cells)
    placeholders = "".join(f'-COUNTIFS({name_cells},"*{end}"{blank})' for end in _PLACEHOLDER_ENDS)
    return f'COUNTIFS({name_cells},"?*"{blank}){placeholders}'


def grade(total_cell: str, profile: Profile) -> Formula:
    """The grade as the place of the profile prints it; blank while there is no total."""
    *higher, (_, lowest) = profile.grades
    choice = f'"{profile.grade_words.get(lowest, lowest)}"'
    for least, word in reversed(higher):
        choice = f'IF({total_cell}>={plain(least)},"{profile.grade_words.get(word, word)}",{choice})'
    return Formula(f'=IF(COUNT({total_cell})=0,"",{choice})')
