"""The steps in which a line of the 免宏版 is calculated: one record per hidden column, its formula over the others.

A formula names the cells that it reads in braces: ``{target}`` and the like are what people typed
(:data:`INPUTS`), ``{t_number}`` is the column of that step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from zipingbiao.scoring.profile import Profile
from zipingbiao.template.native import words
from zipingbiao.template.native.words import Pairs
from zipingbiao.template.sums import ASK
from zipingbiao.values.number import plain

PASSED = "通过"
"""What the cell ``{trial}`` says where this program calculates the lines with known results rightly."""

INPUTS = ("level1", "level2", "name", "weight", "target", "adjusted", "actual", "kind")
"""What a line is calculated from."""

_FAR, _NEARLY = 1000, "0.999999999"
_MOST_DIGITS, _MOST_WHOLE, _DATE_DIGITS, _YEAR_DIGITS = 15, 10, 8, 4
# Whole numbers that may be days of 2009 to 2050: not every program tells every format of a date.
_DAYS = (40000, 55000)
_SHORT = 9  # texts with brackets shorter than this may be a unit: 台(套)


class Step(NamedTuple):
    """One hidden column: its key in other formulas, its heading, its formula without ``=``."""

    key: str
    heading: str
    formula: str


def steps() -> tuple[Step, ...]:
    """Return the columns from left to right; each reads only columns left of it and :data:`INPUTS`."""
    return (
        *_side("t", "目标", ("adjusted", "target")),
        *_side("a", "完成", ("actual", "actual")),
        *_name(),
        *_comparison(),
    )


def score_formula(profile: Profile) -> str:
    """Return the formula of 核算得分: points rounded to 2 places, :data:`ASK`, or "" for a line without actual."""
    weight_fits = '{weight}>=0,NOT(EXACT(LEFT(CELL("format",{weight})),"P"))'
    points = _if(
        ('EXACT({mode},"词")', "{weight}"),
        ('EXACT({mode},"率")', "{weight}*MAX(0,MIN(1,{a_number}/100))"),
        ('NOT(EXACT({mode},"比"))', f'"{ASK}"'),
        ("{done}={goal}", "{weight}"),
        ('EXACT({direction},"?")', f'"{ASK}"'),
        ("{goal}=0", "IF({signed}=1,{weight},0)"),
        ('EXACT({direction},"≤")', f"IF({{done}}<{{goal}},{{weight}},{_above_cap(profile)})"),
        ("{done}<{goal}", "{weight}*{done}/{goal}"),
        otherwise=_beyond(profile),
    )
    fits = f'IF(AND(EXACT({{trial}},"{PASSED}"),ISNUMBER({{weight}}),{weight_fits}),{points},"{ASK}")'
    scored = f'IF(ISNUMBER({fits}),ROUND({fits},2),"{ASK}")'
    return f'IFERROR(IF(TRIM({{actual}})="","",{scored}),"{ASK}")'


def completion_formula(otherwise: str) -> str:
    """Return the formula of 完成率: a fraction rounded to 4 places; *otherwise* where the score asks."""
    rate = _if(
        ('EXACT({mode},"词")', "1"),
        ('EXACT({mode},"率")', "ROUND({a_number}/100,4)"),
        ("{done}={goal}", "1"),
        ("{goal}=0", 'IF({signed}=1,1,"")'),
        otherwise="ROUND({done}/{goal},4)",
    )
    return f'IFERROR(IF(ISNUMBER({{score}}),{rate},IF(TRIM({{actual}})="","",{otherwise})),"")'


# --- expressions ------------------------------------------------------------------------------------


def _if(*cases: tuple[str, str], otherwise: str) -> str:
    """The value of the first condition that holds."""
    for condition, value in reversed(cases):
        otherwise = f"IF({condition},{value},{otherwise})"
    return otherwise


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The text with each first replaced by its second, one after the other."""
    for old, new in pairs:
        text = f'SUBSTITUTE({text},"{_quoted(old)}","{new}")'
    return text


def _without(text: str, parts: Iterable[str]) -> str:
    return _replaced(text, ((part, "") for part in parts))


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def _blanks_to(text: str, new: str) -> str:
    for blank in words.BLANKS:
        text = f'SUBSTITUTE({text},{blank},"{new}")'
    return text


def _is_among(text: str, listed: Iterable[str]) -> str:
    return f'ISNUMBER(FIND("|"&{text}&"|","|{"|".join(listed)}|"))'


def _contains(text: str, part: str) -> str:
    return f'ISNUMBER(FIND("{part}",{text}))'


def _has_any(text: str, parts: Iterable[str]) -> str:
    """Whether one of the parts stands in the text: taking them all out changes it."""
    return f"NOT(EXACT({text},{_without(text, parts)}))"


# --- target and actual ------------------------------------------------------------------------------


def _side(side: str, title: str, cells: tuple[str, str]) -> tuple[Step, ...]:
    """The steps of one value; the first of *cells* counts where it is filled in, else the second."""
    of = {key: f"{{{side}_{key}}}" for key in ("text", "said", "signs", "sign", "body", "unit", "digits", "bare", "mask")}  # fmt: skip
    first, second = (f"{{{cell}}}" for cell in cells)
    shown = _shown(second, second)
    if first != second:
        chosen = f'IF(TRIM({first})="",{second},{first})'
        shown = f"IF(ISNUMBER({first}),{_of_number(first)},{_shown(chosen, second)})"
    steps = {
        "text": ("文字", f'IFERROR({shown},"?")'),
        "said": ("比较词换成符号", _replaced(of["text"], words.COMPARING)),
        "signs": ("符号统一", _replaced(of["said"], words.SIGNS)),
        "sign": ("符号", _sign(of["signs"])),
        "body": ("去掉符号", _body(of["signs"], of["sign"])),
        "unit": ("去掉数字", _without(of["body"], f"{words.DIGITS}.")),
        "digits": ("数字", _digits(of["body"], of["unit"])),
        "number": ("数", _number(of["digits"], of["unit"])),
        "row": ("单位的行", _unit_row(f"TRIM({of['unit']})")),
        "dimension": ("量纲", _dimension(f"{{{side}_row}}")),
        "bare": ("只留文字", _without(of["text"], (" ", *words.PUNCTUATION))),
        "mask": ("日期样式", _mask(of["bare"])),
        "words": ("词", _words(of["text"], of["bare"], of["mask"])),
    }
    return tuple(Step(f"{side}_{key}", f"{title}·{name}", formula) for key, (name, formula) in steps.items())


def _shown(value: str, cell: str) -> str:
    """The text of a value: as typed in one width, or of the number in the cell."""
    text = f"TRIM({_replaced(_blanks_to(value, ' '), words.TIDY)})"
    return f'IF(ISTEXT({value}),{text},IF(ISNUMBER({value}),{_of_number(cell)},IF(ISBLANK({cell}),"","?")))'


def _of_number(cell: str) -> str:
    """The text of a number: as it stands, in a percent cell in points with the sign, for a date ?."""
    low, high = _DAYS
    kind = f'LEFT(CELL("format",{cell}))'
    is_day = f'OR(EXACT({kind},"D"),AND({cell}>={low},{cell}<={high},{cell}=INT({cell})))'
    return f'IF(EXACT({kind},"P"),ROUND({cell}*100,10)&"%",IF({is_day},"?",ROUND({cell},10)&""))'


def _sign(text: str) -> str:
    """The sign before the number, or the words behind it: 95%以上."""
    end = f"RIGHT({text},2)"
    return _if(
        (f'EXACT({text},"")', '""'),
        (f'ISNUMBER(FIND(LEFT({text}),"≥≤="))', f"LEFT({text})"),
        (f'EXACT({end},"以上")', '"≥"'),
        (_is_among(end, ("以内", "以下", "之内")), '"≤"'),
        otherwise='""',
    )


def _body(text: str, sign: str) -> str:
    before = f"EXACT(LEFT({text}),{sign})"
    behind = f"TRIM(LEFT({text},LEN({text})-2))"
    return f'IF(EXACT({sign},""),{text},IF({before},TRIM(MID({text},2,255)),{behind}))'


def _digits(body: str, unit: str) -> str:
    """What stands before the unit, where digits and points stand nowhere else."""
    return f'IF(EXACT(RIGHT({body},LEN({unit})),{unit}),LEFT({body},LEN({body})-LEN({unit})),"")'


def _number(digits: str, unit: str) -> str:
    """The number, or "" where the digits may be a date (20211231, 2021年) or a code (007)."""
    point = f'IFERROR(FIND(".",{digits}),0)'
    whole = f"IF({point}=0,LEN({digits}),{point}-1)"
    decimals = f"IF({point}=0,0,LEN({digits})-{point})"
    starts_like_year = _is_among(f"LEFT({digits},2)", ("19", "20"))
    is_date = f"{point}=0,{starts_like_year},OR(LEN({digits})={_DATE_DIGITS},AND(LEN({digits})={_YEAR_DIGITS},{_is_among(f'TRIM({unit})', words.YEARS)}))"
    refused = (
        f"LEN({digits})>{_MOST_DIGITS}",
        f"{whole}>{_MOST_WHOLE}",
        f"{whole}<1",
        f'LEN({digits})-LEN(SUBSTITUTE({digits},".",""))>1',
        f'EXACT(RIGHT({digits}),".")',
        f'AND({whole}>1,EXACT(LEFT({digits}),"0"))',
        f"AND({is_date})",
    )
    value = f'VALUE(SUBSTITUTE({digits},".",""))/10^{decimals}'  # of digits alone: . is no point everywhere
    return f'IF(EXACT({digits},""),"",IF(OR({",".join(refused)}),"",{value}))'


def _unit_row(label: str) -> str:
    """Where a unit stands in the table; 0 for an unknown one, "" for none."""
    row = f"MATCH({label},{{units}},0)"
    return f'IF(EXACT({label},""),"",IFERROR(IF(EXACT(INDEX({{units}},{row}),{label}),{row},0),0))'


def _dimension(row: str) -> str:
    return f'IF(ISNUMBER({row}),IF({row}>0,INDEX({{dimensions}},{row}),"?"),"")'


def _mask(text: str) -> str:
    """The text with every number in it as a 0, of up to four digits."""
    pairs = (*((digit, "0") for digit in words.DIGITS[1:]), ("00", "0"), ("00", "0"))
    return _replaced(text, pairs)


def _words(text: str, bare: str, mask: str) -> str:
    """What a text says, where it is surely words or a date; else ""."""
    unsure = (
        _has_any(text, words.DIGITS + words.NOT_WORDS),
        _contains(text, "百分之"),
        f"AND({_has_any(text, '()')},LEN({text})<{_SHORT})",
        _is_among(bare, words.FILLERS),
        f'AND(EXACT({_without(bare, words.SCALE)},""),NOT({_is_among(bare, words.GOOD)}))',
        f"ISNUMBER(MATCH({bare},{{units}},0))",
    )
    is_date = _is_among(mask, words.DATES)
    plain_words = f'IF(OR({",".join(unsure)}),"",{bare})'
    return f'IF(EXACT({bare},""),"",IF({is_date},{bare},{plain_words}))'


# --- the name and the levels ------------------------------------------------------------------------


def _name() -> Iterable[Step]:
    brackets: Pairs = (*((sign, "(") for sign in "（[【〔"), *((sign, ")") for sign in "）]】〕"))
    tidy = _without(_blanks_to("{name}", ""), " 。，,;；、:：.")
    yield Step("n_text", "名称", _replaced(tidy, (*brackets, ("％", "%"))))
    last = "n_text"
    for number, (title, listed) in enumerate(words.DOUBTFUL.items(), 1):
        key = f"n_free{number}"
        yield Step(key, f"名称·去掉{title}", _without(f"{{{last}}}", listed.split()))
        last = key
    yield Step("n_percent", "名称·是百分比", _says_percent())
    yield Step("n_row", "名称·单位的行", _unit_in_name())
    yield Step("n_dimension", "名称·量纲", _dimension("{n_row}"))
    levels = _without(_blanks_to("{level1}&{level2}", ""), " ")
    known = 'OR(TRIM({level1})="",TRIM({level2})="")'
    yield Step("level", "级次", levels)
    yield Step("n_good", "名称·越多越好", f"IF(OR({known},EXACT({{n_text}},\"\")),0,IF(AND(EXACT({{n_text}},{{{last}}}),NOT({_contains('{level}', '成本')}),{_has_any('{level}', words.LEVELS)}),1,0))")  # fmt: skip
    yield Step("own", "目标或名称的量纲", 'IF(NOT(EXACT({t_dimension},"")),{t_dimension},IF(EXACT({n_dimension},"?"),"",{n_dimension}))')  # fmt: skip
    yield Step("n_cost", "名称·成本", f"IF({known},0,{_is_cost()})")


def _says_percent() -> str:
    """Whether plain numbers are percentages by the name: 是, 否, or 可能 where its end cannot be seen."""
    ends = "OR(" + ",".join(f'EXACT(RIGHT({{n_text}},{len(end)}),"{end}")' for end in words.RATES) + ")"
    return _if(
        (_contains("{n_text}", "%"), '"是"'),
        (f"NOT({_has_any('{n_text}', words.RATES)})", '"否"'),
        (f"AND({ends},NOT({_contains('{n_text}', '(')}))", '"是"'),
        otherwise='"可能"',
    )


def _unit_in_name() -> str:
    """The unit in the brackets of the name: 软件采购数量（套）; 0 where brackets hold something else."""
    inside = 'MID({n_text},FIND("(",{n_text})+1,FIND(")",{n_text})-FIND("(",{n_text})-1)'
    single = 'LEN({n_text})-LEN(SUBSTITUTE({n_text},"(",""))=1'
    row = f"MATCH({inside},{{units}},0)"
    found = f"IFERROR(IF(AND({single},EXACT(INDEX({{units}},{row}),{inside})),{row},0),0)"
    return f'IF({_contains("{n_text}", "(")},{found},"")'


def _is_cost() -> str:
    """1 for an amount of money or a price under a cost level: the less the better."""
    spends = f"AND({_has_any('{n_text}', words.DOUBTFUL['花费'].split())},NOT({_contains('{n_text}', '(')}))"
    unit = 'IF(EXACT({own},""),{a_dimension},{own})'
    is_money = f'IF(EXACT({unit},""),{spends},OR(EXACT(LEFT({unit},2),"金额"),EXACT({unit},"数量级")))'
    sure = (
        f'EXACT({{n_text}},{{n_free1}}),EXACT({{n_percent}},"否"),NOT({_has_any("{n_text}", words.GAINED)})'
    )
    return f"IF(AND({_contains('{level}', '成本')},{sure},{is_money}),1,0)"


# --- what is compared -------------------------------------------------------------------------------


def _comparison() -> tuple[Step, ...]:
    numbers = "AND(ISNUMBER({t_number}),ISNUMBER({a_number}))"
    far = f"MAX({{t_number}}/{{a_number}},{{a_number}}/{{t_number}})>={_FAR}*{_NEARLY}"
    both = "{t_number}*{a_number}>0"
    mode = _if(
        (_has_any("{level}", words.EXECUTION), '"?"'),
        ('EXACT({n_text},"")', '"?"'),
        ('NOT(EXACT({t_words},""))', 'IF(AND(ISNUMBER({a_number}),EXACT({a_dimension},"比率")),"率",IF(EXACT({t_words},{a_words}),"词","?"))'),
        (numbers, "{numbers}"),
        otherwise='"?"',
    )  # fmt: skip
    return (
        Step("far", "相差千倍", f"IF({numbers},IF({both},IF({far},1,0),0),0)"),
        Step("around1", "只有一边不过1", f"IF({numbers},IF({both},IF(({{t_number}}<=1)=({{a_number}}<=1),0,1),0),0)"),
        Step("numbers", "两个数怎样比", _how_numbers_compare()),
        Step("mode", "怎样得分", mode),
        Step("goal", "目标·同一单位", _scaled("t_number", _OWN_ROW, "{a_row}")),
        Step("done", "完成·同一单位", _scaled("a_number", "{a_row}", _OWN_ROW)),
        Step("direction", "越大或越小好", _direction()),
        Step("signed", "写明≥", f"IF(OR(EXACT({{t_sign}},\"≥\"),{_is_among('TRIM({kind})', words.POSITIVE)}),1,0)"),
    )  # fmt: skip


_OWN_ROW = 'IF(EXACT({t_row}&"",""),{n_row},{t_row})'


def _how_numbers_compare() -> str:
    """比 as numbers, 率 by the percentage typed as actual, ? where units or 95 and 0.95 are in doubt."""
    no_unit = '{t_dimension}&{a_dimension}&{n_dimension}=""'
    unknown = 'OR(EXACT({own},"?"),EXACT({a_dimension},"?"),AND(EXACT({t_dimension},""),EXACT({n_dimension},"?"),NOT(EXACT({a_dimension},""))))'
    counts = "OR(" + ",".join(f'EXACT(RIGHT({{n_text}},{len(end)}),"{end}")' for end in words.COUNTS) + ")"
    percent_of_plain = _if(
        ('EXACT({n_percent},"可能")', '"?"'),
        (f'AND(EXACT({{n_percent}},"否"),OR({{t_number}}>100,{counts}))', '"率"'),
        ("AND({around1}=1,{t_number}<=1)", '"?"'),
        otherwise='"比"',
    )
    percent = _if(('EXACT({own},"比率")', '"比"'), ('EXACT({own},"")', percent_of_plain), otherwise='"率"')
    of_percent = 'IF(EXACT({a_dimension},""),IF(AND({around1}=1,{a_number}<=1),"?","比"),"?")'
    one_scale = 'AND(OR(EXACT({own},"数量级"),EXACT({a_dimension},"数量级")),NOT(ISNUMBER(FIND("/",{own}&{a_dimension}))))'
    return _if(
        ("NOT(AND(ISNUMBER({t_number}),ISNUMBER({a_number})))", '"?"'),
        (unknown, '"?"'),
        ('EXACT({a_dimension},"比率")', percent),
        ('EXACT({own},"比率")', of_percent),
        ('AND(NOT(EXACT({own},"")),NOT(EXACT({a_dimension},"")))', f'IF(OR(EXACT({{own}},{{a_dimension}}),{one_scale}),"比","?")'),
        ('AND({around1}=1,NOT(EXACT({n_percent},"否")))', '"?"'),
        (f"AND({{far}}=1,NOT({no_unit}))", '"?"'),
        otherwise='"比"',
    )  # fmt: skip


def _scaled(number: str, row: str, other: str) -> str:
    """The number in the unit that both share, where both have one and their factors differ."""
    factor, against = f"INDEX({{factors}},{row})", f"INDEX({{factors}},{other})"
    scaled = f"IF({factor}={against},{{{number}}},ROUND({{{number}}}*{factor},6))"
    rows = f"N({row}),N({other})"
    return f'IF(ISNUMBER({{{number}}}),IF(MIN({rows})>0,{scaled},{{{number}}}),"")'


def _direction() -> str:
    by_kind = _if(
        *((_is_among("TRIM({kind})", listed), f'"{sign}"') for sign, listed in (("≥", words.POSITIVE), ("≤", words.NEGATIVE), ("=", words.EQUAL))),
        otherwise='"?"',
    )  # fmt: skip
    by_name = 'IF({n_cost}=1,"≤",IF({n_good}=1,"≥","?"))'
    return f'IF(NOT(EXACT({{t_sign}},"")),{{t_sign}},IF(TRIM({{kind}})="",{by_name},{by_kind}))'


# --- what the profile says --------------------------------------------------------------------------


def _above_cap(profile: Profile) -> str:
    """The points of an actual above its cap, as scoring.quantitative has them."""
    return {
        "linear": "{weight}*MAX(0,2*{goal}-{done})/{goal}",
        "ratio": "{weight}*{goal}/{done}",
        "strict": "0",
    }[profile.inverse]


def _beyond(profile: Profile) -> str:
    """The points above the target: all of them, or the core is needed where the profile takes some off."""
    deduction = profile.deduction
    starts = [start for start, _ in deduction.lines]
    if deduction.tolerance is not None:
        starts.append(1 + deduction.tolerance)
    if not starts:
        return "{weight}"
    return f'IF({{done}}/{{goal}}>={plain(min(starts))}*{_NEARLY},"{ASK}",{{weight}})'


def addressed(formula: str, cells: Mapping[str, str]) -> str:
    """Return a formula with the addresses of the cells that it names."""
    return formula.format_map(cells)
