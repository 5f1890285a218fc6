"""The formulas of the 免宏版: 完成率 and 核算得分 without macros, for Excel 2010 and later, WPS and LibreOffice.

They give what :mod:`zipingbiao.scoring.score` gives under a profile that deducts linearly above a cap, or no
number at all: whatever cannot be decided in a formula shows :data:`ASK`. Anything doubtful becomes an
error inside, and the IFERROR around the whole turns it into that text.

A number is a cell with a number, a percent cell, or text of digits with at most a sign before them and a
percent sign behind; percentages count in points (95 for 95%), as the core does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ASK = "需用评分按钮"
"""What a score cell shows where only the button can score."""


@dataclass(frozen=True, slots=True)
class LineCells:
    """The A1 addresses of one line; in a merged range that of its first cell."""

    weight: str
    target: str
    actual: str
    kind: str
    level2: str
    name: str


def completion_formula(cells: LineCells, otherwise: str = '""') -> str:
    """Return the formula of 完成率 without ``=``: a fraction rounded to 4 places, or *otherwise*; "" for a blank line."""
    target, actual = _number(cells.target, _signs(cells.target)), _number(cells.actual)
    rate = f"ROUND({actual}/{target},4)"
    reached = _if(f"({actual}=0)+{_says_at_least(cells)}", "1", '""')
    # A direction that cannot be decided leaves no completion either.
    checked = _if(
        f"{_at_most(cells)}+{_check(cells, target, actual)}>9", "0", _if(f"{target}=0", reached, rate)
    )
    return f'IF(TRIM({cells.actual})="","",IFERROR({checked},{otherwise}))'


def score_formula(cells: LineCells) -> str:
    """Return the formula of 核算得分 without ``=``: points rounded to 2 places, :data:`ASK`, or "" for a blank line."""
    weight, actual = cells.weight, _number(cells.actual)
    target = _number(cells.target, _signs(cells.target))
    at_least = _says_at_least(cells)
    is_zero = f"({target}=0)"
    # Any actual above a target of 0 is too much beyond measure, unless somebody says ≥: then all is enough.
    points = f"{weight}*({actual}+{is_zero}*{at_least})/({target}+{is_zero}*1E-99)"
    side = _if(f"{_at_most(cells)}+{is_zero}*(1-9*{at_least})>0", "1", "-1")
    # Below a target W·A/T is short of W by W - W·A/T; above a cap it is too much by W·A/T - W.
    score = f"MAX(0,{weight}-MAX(0,{side}*({points}-{weight})))"
    checks = f"{_check(cells, target, actual)}+{_check_weight(weight)}"
    counted = f'IFERROR(ROUND({score},2)+{checks},"{ASK}")'
    return f'IF(TRIM({cells.actual})="","",{counted})'


# --- parts, each an expression; one that cannot be decided is an error ------------------------------


def _if(test: str, yes: str, no: str) -> str:
    return f"IF({test},{yes},{no})"


def _holds(text: str, words: Iterable[str]) -> str:
    """How many of the words stand in a text: an expression of 0 or more."""
    listed = ",".join(f'"{word}"' for word in words)
    return f"SUMPRODUCT(--ISNUMBER(FIND({{{listed}}},{text})))"


def _is_percent_cell(cell: str) -> str:
    return f'(LEFT(CELL("format",{cell}))="P")'


def _is_percent(cell: str) -> str:
    """1 for a percentage, 0 for a plain number."""
    return f'(ISNUMBER(FIND(RIGHT(TRIM({cell})),"%％"))+{_is_percent_cell(cell)})'


def _signs(cell: str) -> str:
    """How many comparison signs stand before the number."""
    first = f'ISNUMBER(FIND(LEFT(TRIM({cell})),"≥≤><=＞＜＝"))'
    return f'{first}+ISNUMBER(FIND(MID(TRIM({cell})&"0",2,1),"=＝"))'


def _number(cell: str, signs: str = "0") -> str:
    """The number behind so many signs; a percentage in points.

    The exponent makes a date, a time or a fraction no number for VALUE.
    """
    text = f'SUBSTITUTE(SUBSTITUTE(TRIM({cell})&"e0","％","%"),"%e0","e0")'
    plain = f"TRIM(MID({text},1+{signs},99))" if signs != "0" else text
    return f"(VALUE({plain})*IF({_is_percent_cell(cell)},100,1))"


def _check(cells: LineCells, target: str, actual: str) -> str:
    """0, or an error where a cell is no plain number or percentage, or the two are hard to compare."""
    each = f"{_check_cell(cells.target, _signs(cells.target))}+{_check_cell(cells.actual)}"
    return f"{each}+{_check_units(cells, target, actual)}"


def _check_cell(cell: str, signs: str = "0") -> str:
    """0 where a digit comes first and nothing looks like a date (20211231) or a code (007)."""
    text = f"TRIM({cell})"
    first = f'0*VALUE(LEFT(TRIM(MID({text}&"e",1+{signs},99))))'
    # CELL does not know every date format: a whole number that may be a day of 2009 to 2050 is one.
    is_date = (
        f'(LEFT(CELL("format",{cell}))="D")+ISNUMBER({cell})*(N({cell})=INT(MEDIAN(40000,N({cell}),55000)))'
    )
    in_percent = f"ISTEXT({cell})*{_is_percent_cell(cell)}"
    looks_like_date = f'(LEN({text})=8)*ISNUMBER(FIND("|"&LEFT({text},2),"|19|20"))'
    odd = (
        f'{is_date}+{in_percent}+ISNUMBER(FIND(",",{text}))+{looks_like_date}+ISTEXT({cell})*(LEN({text})>10)'
    )
    code = f'(LEFT({text})="0")*ISERR(FIND(MID({text}&".",2,1),".%％"))'
    return f"{first}+{_if(f'{odd}+{code}', 'NA()', '0')}"


def _check_weight(cell: str) -> str:
    fits = f'ISNUMBER({cell})*(LEFT(CELL("format",{cell}))<>"P")*(N({cell})>=0)'
    return _if(fits, "0", "NA()")


# --- direction ---------------------------------------------------------------------------------------

_POSITIVE = ("正向", "正向指标", "越大越好", "正", "≥", ">", ">=", "大于等于")
_NEGATIVE = (
    "反向",
    "反向指标",
    "逆向",
    "逆向指标",
    "负向",
    "负向指标",
    "越小越好",
    "反",
    "≤",
    "<",
    "<=",
    "小于等于",
)
_EQUAL = ("等于", "=")
# A name with one of these needs the core: bad things, spending, durations, caps, changes, signs, denials.
_DOUBTFUL = ["不", "未", "≥", "≤", ">", "<", "＞", "＜", "≧", "≦", "⩾", "⩽", "≮", "≯", "&", "大于", "小于", "低于", "高于", "至少", "最低", "最高", "以上", "以内", "以下", "之内", "上限", "下限", "控制在", "三公", "概算", "决算", "费控制", "编制控制", "人员控制", "人数控制", "变动", "变化率", "变化幅度", "变化比", "变化额", "增减", "浮动", "事故", "事件", "投诉", "差错", "错误", "故障", "违规", "违纪", "违法", "违约", "病害", "虫害", "变质", "成灾", "受害", "结余", "结转", "超标", "死亡", "伤亡", "上访", "信访", "舆情", "逾期", "流失", "损失", "损耗", "浪费", "污染", "返工", "闲置", "空置", "缺陷", "退货", "拖欠", "欠薪", "失误", "失信", "火灾", "发案", "发病", "感染", "调整", "超支", "误差", "偏差", "泄露", "泄漏", "中断", "停机", "宕机", "能耗", "消耗", "排放", "辍学", "失业", "返贫", "负面影响", "消极影响", "成本", "支出", "费用", "经费", "投资", "投入", "花费", "开支", "造价", "单价", "价格", "报价", "限价", "资金", "金额", "补助", "补贴", "标准", "预算", "工资", "薪酬", "租金", "时间", "时长", "时限", "用时", "耗时", "天数", "工期", "周期", "时效", "期限", "工作日"]  # fmt: skip
_LEVELS = ("数量", "质量", "效益", "影响", "满意", "时效", "产出")
# A name ending so is a rate or a count whatever its level is.
_ENDINGS = "率度性数量次户件套台辆家亩场份篇名条项种"


def _is_one_of(cell: str, words: Iterable[str]) -> str:
    return f'ISNUMBER(FIND("|"&TRIM({cell})&"|","|{"|".join(words)}|"))'


def _starts_with(cell: str, signs: str) -> str:
    return f'ISNUMBER(FIND(LEFT(TRIM({cell})),"{signs}"))'


def _at_most(cells: LineCells) -> str:
    """Whether less is better: by the sign in the target, else 指标性质, else a name that leaves no doubt."""
    by_kind = _if(
        _is_one_of(cells.kind, _NEGATIVE),
        "TRUE",
        _if(_is_one_of(cells.kind, (*_POSITIVE, *_EQUAL)), "FALSE", "NA()"),
    )
    without_sign = _if(f'TRIM({cells.kind})=""', _by_name(cells), by_kind)
    at_least = _if(_starts_with(cells.target, "≥>=＞＝"), "FALSE", without_sign)
    return _if(_starts_with(cells.target, "≤<＜"), "TRUE", at_least)


def _by_name(cells: LineCells) -> str:
    """FALSE for a name of something good; else an error. Line breaks inside a word do not hide it."""
    name = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cells.name},CHAR(10),"")," ",""),"　","")'
    measured = f'{_holds(cells.level2, _LEVELS)}+(TRIM({cells.level2})="")*ISNUMBER(FIND(RIGHT({name}),"{_ENDINGS}"))'
    good = f'(TRIM({cells.name})<>"")*({_holds(name, _DOUBTFUL)}=0)*ISERR(FIND("成本",{cells.level2}))*({measured})'
    return _if(good, "FALSE", "NA()")


def _says_at_least(cells: LineCells) -> str:
    """1 where the target or 指标性质 says ≥: then a target of 0 is reached by everything."""
    said = f"{_starts_with(cells.target, '≥>＞')}+{_is_one_of(cells.kind, _POSITIVE)}"
    return f"({said}>0)"


# --- 95 and 0.95 -------------------------------------------------------------------------------------

_RATES = ("率|", "比例|", "占比|", "比重|", "百分比|", "满意度|")
_BRACKETS = ("(", "（", "[", "【", "〔")
_PERCENT_UNITS = ("%)|", "%）|", "％)|", "％）|", "%|", "％|")


def _check_units(cells: LineCells, target: str, actual: str) -> str:
    """0, or an error where 0.95 may stand for 95%, or one side is a percentage and the other a count.

    That is in doubt only for a rate, or a percentage beside a plain number, where one side is at most
    1 and the other above. A bracketed unit may hide 元 against 万元, a thousand times apart.
    """
    of_target, of_actual = _is_percent(cells.target), _is_percent(cells.actual)
    ended = f'TRIM({cells.name})&"|"'
    bracketed = _holds(cells.name, _BRACKETS)
    in_percent = f"{_holds(ended, _RATES)}*({bracketed}=0)+{_holds(ended, _PERCENT_UNITS)}"
    # 90% of a plain target is a percentage of it, unless the target is a percentage as well.
    other_unit = f"({of_actual}>{of_target})*({in_percent}=0)"
    words = (*(word.rstrip("|") for word in _RATES), "%", "％")
    maybe_fraction = f"(({of_target}<>{of_actual})+{_holds(cells.name, (*words, *_BRACKETS))}>0)*({of_target}*{of_actual}=0)"
    scale = f"{maybe_fraction}*(({target}<=1)<>({actual}<=1))"
    apart = f"({bracketed}>0)*(ABS(LOG10({actual}/{target}))>2.99)"
    doubt = f"{other_unit}+{_if(f'{actual}*{target}>0', f'{scale}+{apart}', '0')}"
    return _if(doubt, "NA()", "0")
