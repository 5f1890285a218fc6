"""Native formulas of a project sheet: sums that stay blank while their parts are, execution, score, total and grade."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.scoring.profile import Profile
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain

FIGURES = (Role.WEIGHT, Role.TARGET, Role.ACTUAL, Role.SCORE)
"""What makes a named row one that somebody filled in."""
ASK = "请填手工得分"
"""What a score cell shows where a formula cannot score."""
UNFINISHED = "未完成"
_PLACEHOLDER_ENDS = ("：", ":", "…")


class Formula(str):
    """A formula with its ``=``; any other text is written as text, whatever it starts with."""

    __slots__ = ()


@frozen
class Amounts:
    """The cells from which the budget execution is calculated: ``$C$10``.

    *entered* are the cells with the amounts that they add up, of the 免宏版 only: a sum passes over
    an amount that was typed with its unit (100万元), so there it must not be divided.
    """

    budget: str
    executed: str
    entered: tuple[str, ...] = ()

    def rate(self) -> Formula:
        """The execution rate as a fraction; blank while an amount is missing or the budget is 0."""
        rate = f'IF(OR({self._missing}),"",ROUND({self.executed}/{self.budget},4))'
        return Formula(f"={self._unless_text(rate, '')}")

    def score(self, weight: str) -> Formula:
        """The points, multiplied before divided; blank while an amount is missing or the budget is 0."""
        points = f"MAX(0,MIN({weight},{weight}*{self.executed}/{self.budget}))"
        score = f'IF(OR(COUNT({weight})=0,{self._missing}),"",ROUND({points},2))'
        return Formula(f"={self._unless_text(score, ASK)}")

    def _unless_text(self, formula: str, otherwise: str) -> str:
        # One by one: COUNTIF with a pattern counts numbers too in LibreOffice.
        texts = "+".join(f"IF(ISTEXT({cell}),LEN({cell}),0)" for cell in self.entered)
        return f'IF({texts}>0,"{otherwise}",{formula})' if texts else formula

    @property
    def _missing(self) -> str:
        return f"SUM({self.budget})<=0,COUNT({self.executed})=0"


def adopted(manual: str, computed: str, button: str | None = None) -> Formula:
    """What counts as 得分: the score typed by hand, else the rule's, else nothing.

    In the 免宏版 the rule's is what 评分 wrote into *button*, where the formula shows no number but asks.
    """
    rule = f'IF({computed}<>"",{computed},"")'
    if button is not None:
        rule = f'IF(AND(ISTEXT({computed}),{computed}<>"",{button}<>""),{button},{rule})'
    return Formula(f'=IF({manual}<>"",{manual},{rule})')


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
