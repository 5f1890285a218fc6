"""What may stand behind each key of a 评分规则 file: one reader per key, from located nodes.

A reader returns the typed value or raises :class:`Wrong` with the line, what stands there and what
was expected; :mod:`zipingbiao.scoring.profile.check` collects those.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, NoReturn

from zipingbiao.errors import nearest
from zipingbiao.scoring.codes import CODES
from zipingbiao.scoring.finding import Severity
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import HUNDRED, exact, plain

GRADES = ("优", "良", "中", "差")
INVERSES = ("linear", "ratio", "strict")
GRADINGS = ("required", "optional")
FEWEST_BANDS = 2
TRUSTS = ("confirmed", "practice", "unchecked")
EXECUTION_BASES = {"全年预算": "full_year_budget", "年初预算": "initial_budget"}

_SEVERITIES = {word: severity for severity in Severity for word in (severity.value, severity.label)}


class Text(NamedTuple):
    """A scalar as written, without its quotation marks. Lines count from 1."""

    line: int
    text: str


class Items(NamedTuple):
    """A list."""

    line: int
    items: tuple[Node, ...]


class Pairs(NamedTuple):
    """A mapping, in the order of the file; a key may stand twice, which is a mistake to report."""

    line: int
    pairs: tuple[tuple[Text, Node], ...]


Node = Text | Items | Pairs


class Mistake(NamedTuple):
    """One mistake in a file: where, what, what was expected, what to do."""

    file: str
    line: int
    what: str
    expected: str
    advice: str = "请改正"

    @property
    def message(self) -> str:
        """One Chinese sentence: ``本县.yaml 第12行：inverse 为“half”，应为 linear、ratio、strict 之一。请改正。``"""
        expected = f"，应为{self.expected}" if self.expected else ""
        return f"{self.file} 第{self.line}行：{self.what}{expected}。{self.advice}。"

    def __str__(self) -> str:
        return self.message


class Wrong(Exception):  # noqa: N818 not an error of ours: it carries a mistake of a file
    """What is wrong with one node; :func:`read` turns it into a :class:`Mistake`."""

    def __init__(self, line: int, what: str, expected: str = "", advice: str = "请改正") -> None:
        super().__init__(what)
        self.mistake = partial(Mistake, line=line, what=what, expected=expected, advice=advice)


@frozen
class Deduction:
    """Points taken off for over-completion; nothing where both are empty.

    Attributes:
        tolerance: score = weight × max(0, 1 − (completion − 1 − tolerance)), above 1 + tolerance.
        lines: (completion as a fraction, points off) ascending; the highest line reached counts.
    """

    tolerance: Decimal | None = None
    lines: tuple[tuple[Decimal, Decimal], ...] = ()


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return what to do about an unknown word: the nearest known one, or all of them."""
    meant = nearest(word, known)
    return f"是否想写 {meant}" if meant is not None else f"可用的有：{'、'.join(known)}"


def refuse(node: Node, where: str, expected: str) -> NoReturn:
    """Raise :class:`Wrong` for a node that is not what was expected."""
    found = (
        f"为“{node.text}”"
        if isinstance(node, Text)
        else f"写成了{'列表' if isinstance(node, Items) else '“名称: 值”'}"
    )
    raise Wrong(node.line, f"{where} {found}", expected)


def text_of(node: Node, where: str) -> str:
    """Return a text that is not blank, trimmed."""
    if not isinstance(node, Text) or not node.text.strip():
        refuse(node, where, "一段文字")
    return node.text.strip()


def date_of(node: Node, where: str) -> str:
    """Return a day as ``2026-11-20``."""
    text = text_of(node, where)
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Wrong(node.line, f"{where} 为“{text}”", "2026-01-01 这样的日期") from None


def choice(allowed: Iterable[str], node: Node, where: str) -> str:
    """Return one of the allowed words."""
    words = tuple(allowed)
    text = node.text if isinstance(node, Text) else None
    if text not in words:
        refuse(node, where, f"{'、'.join(words)} 之一")
    return text


def one_of(allowed: Iterable[str]) -> Callable[[Node, str], str]:
    """Return the reader of one of these words."""
    return partial(choice, tuple(allowed))


def items_of(item: Callable[[Node, str], Any], node: Node, where: str) -> tuple[Any, ...]:
    """Return the items of a list, each read by *item*."""
    if not isinstance(node, Items):
        refuse(node, where, "用方括号括起来的列表，没有内容时写 []")
    return tuple(item(part, where) for part in node.items)


def _mapping(item: Callable[[Node, str], Any], node: Node, where: str) -> list[tuple[Text, Any]]:
    if not isinstance(node, Pairs):
        refuse(node, where, "“名称: 值”的对应关系，没有内容时写 {}")
    seen: list[tuple[Text, Any]] = []
    for key, part in node.pairs:
        if any(key.text == other.text for other, _ in seen):
            raise Wrong(key.line, f"{where} 里 {key.text} 写了两次", advice="请只留一处")
        seen.append((key, item(part, f"{where} 的 {key.text}")))
    return seen


def _points(node: Node, where: str) -> Decimal:
    """A number of points, 0 or more."""
    number = exact(node.text) if isinstance(node, Text) else None
    if number is None or number < 0:
        refuse(node, where, "不小于 0 的数字（分）")
    return number


def _rate(low: int, high: int, node: Node, where: str) -> Decimal:
    """A fraction, written ``0.8`` or ``80%``."""
    text = node.text.strip() if isinstance(node, Text) else ""
    number = exact(text.rstrip("%％"))
    if number is not None and text[-1:] in {"%", "％"}:
        number /= HUNDRED
    if number is None or not low <= number <= high:
        refuse(node, where, f"{low * 100}%～{high * 100}% 之间的比例，写作 0.8 或 80%")
    return number


_share = partial(_rate, 0, 1)
_line = partial(_rate, 1, 100)


def _pair(
    first: Callable[[Node, str], Decimal], second: Callable[[Node, str], Decimal], node: Node, where: str
) -> tuple[Decimal, Decimal]:
    if not isinstance(node, Items) or len(node.items) != 2:
        refuse(node, where, "若干对数，每对写作 [0.8, 89]")
    left, right = node.items
    return first(left, where), second(right, where)


def _levels(node: Node, where: str) -> dict[str, Decimal]:
    """Points of each level 1; ``效益+满意度: 40`` is shared by both."""
    known = _mapping(_points, node, where)
    return {"+".join(re.split(r"\s*[+＋]\s*", key.text.strip())): points for key, points in known}


def _grades(node: Node, where: str) -> tuple[tuple[Decimal, str], ...]:
    found = _mapping(_points, node, where)
    if tuple(key.text for key, _ in found) != GRADES:
        raise Wrong(
            node.line,
            f"{where} 的等级为“{'、'.join(key.text for key, _ in found)}”",
            "优、良、中、差，依次写出",
        )
    limits = [limit for _, limit in found]
    if any(low >= high for high, low in pairwise(limits)) or limits[-1]:
        what = f"{where} 的分数线为 {'、'.join(plain(limit) for limit in limits)}"
        raise Wrong(node.line, what, "从高到低，最后的差为 0")
    return tuple((limit, key.text) for key, limit in found)


def _grade_words(node: Node, where: str) -> dict[str, str]:
    found = _mapping(text_of, node, where)
    for key, _ in found:
        choice(GRADES, key, f"{where} 的等级")
    return {key.text: word for key, word in found}


def _bands(node: Node, where: str) -> tuple[tuple[Decimal, Decimal], ...]:
    bands: tuple[tuple[Decimal, Decimal], ...] = items_of(partial(_pair, _share, _share), node, where)
    if len(bands) < FEWEST_BANDS:
        raise Wrong(node.line, f"{where} 有 {len(bands)} 档", "两档或更多，如达成、部分达成、未达成")
    limits = [Decimal(1), *(low for low, _ in bands)]
    meet = all(high == above and low < high for (low, high), above in zip(bands, limits, strict=False))
    if not meet or limits[-1]:
        shares = "、".join(f"{plain(low)}～{plain(high)}" for low, high in bands)
        raise Wrong(
            node.line,
            f"{where} 的各档 {shares} 没有首尾相接",
            "从 1 到 0 依次相接，如 [[0.8, 1], [0.6, 0.8], [0, 0.6]]",
        )
    return bands


def _year(node: Node, where: str) -> int:
    text = node.text.strip() if isinstance(node, Text) else ""
    if re.fullmatch(r"(?:19|20)\d\d", text) is None:
        refuse(node, where, "起止两个年份，写作 [2010, 2035]")
    return int(text)


def _years(node: Node, where: str) -> tuple[int, int]:
    years = items_of(_year, node, where)
    if len(years) != 2 or years[0] > years[1]:
        raise Wrong(node.line, f"{where} 为 {shown(node)}", "由早到晚两个年份，写作 [2010, 2035]")
    return years[0], years[1]


def _deduction(node: Node, where: str) -> Deduction:
    if isinstance(node, Text) and node.text == "none":
        return Deduction()
    choices = "none、{tolerance: 0.2} 或 {points: [[1.3, 1], [1.5, 2]]} 之一"
    if not isinstance(node, Pairs) or len(node.pairs) != 1:
        refuse(node, where, choices)
    ((key, value),) = node.pairs
    if key.text == "tolerance":
        return Deduction(tolerance=_rate(0, 100, value, f"{where} 的 tolerance"))
    if key.text != "points":
        raise Wrong(key.line, f"{where} 里没有名为 {key.text} 的项", choices)
    lines = items_of(partial(_pair, _line, _points), value, f"{where} 的 points")
    if not lines or any(low[0] >= high[0] or low[1] > high[1] for low, high in pairwise(lines)):
        raise Wrong(value.line, f"{where} 的 points 没有从低到高排列", "完成率由低到高、扣分由少到多")
    return Deduction(lines=lines)


def _caps(node: Node, where: str) -> tuple[tuple[Decimal, Decimal], ...]:
    caps: tuple[tuple[Decimal, Decimal], ...] = items_of(partial(_pair, _share, _points), node, where)
    if any(low[0] >= high[0] or low[1] >= high[1] for high, low in pairwise(caps)):
        raise Wrong(
            node.line, f"{where} 没有从高到低排列", "执行率和最高分都由高到低，如 [[0.8, 89], [0.7, 79]]"
        )
    return caps


def _code(node: Node, where: str) -> str:
    if not isinstance(node, Text) or node.text not in CODES:
        found = f"“{node.text}”" if isinstance(node, Text) else "一个列表"
        advice = suggestion(node.text.upper(), sorted(CODES)) if isinstance(node, Text) else "请改正"
        raise Wrong(node.line, f"{where} 里没有{found}这条校验规则", "W101 这样的规则代码", advice)
    return node.text


def _severities(node: Node, where: str) -> dict[str, Severity]:
    found = _mapping(one_of(_SEVERITIES), node, where)
    return {_code(key, where): _SEVERITIES[word] for key, word in found}


def _rules_off(node: Node, where: str) -> tuple[str, ...]:
    return tuple(sorted(set(items_of(_code, node, where))))


def _execution_base(node: Node, where: str) -> str:
    return EXECUTION_BASES[choice(EXECUTION_BASES, node, where)]


def shown(node: Node) -> str:
    """A value on one line, as somebody would write it."""
    match node:
        case Text():
            return node.text
        case Items():
            return f"[{', '.join(shown(item) for item in node.items)}]"
        case Pairs():
            return f"{{{', '.join(f'{key.text}: {shown(item)}' for key, item in node.pairs)}}}"


class _Key(NamedTuple):
    """What a key is called, how its value is written, and the reader of it."""

    label: str
    how: str
    read: Callable[[Node, str], Any]


KEYS: Mapping[str, _Key] = {
    "weight_total": _Key("满分", "数字", _points),
    "execution_points": _Key("预算执行率的分值", "数字；不评预算执行率的写 0", _points),
    "execution_base": _Key("执行率的口径", "全年预算 或 年初预算", _execution_base),
    "levels": _Key(
        "一级指标的分值", "与预算执行率合计等于满分；两个共用的写 {效益+满意度: 40}，自定的写 {}", _levels
    ),
    "inverse": _Key(
        "反向指标超出上限的算法", "linear 按超出的比例扣、ratio 按上限÷实际、strict 不得分", one_of(INVERSES)
    ),
    "bands": _Key("定性指标分档", "各档占分值的比例 [下限, 上限]，两档或更多，从 1 到 0 依次相接", _bands),
    "ask_from": _Key("超额完成的提醒线", "完成率，120% 或 1.2", _line),
    "ask_strongly_from": _Key("超额完成须说明原因的线", "完成率，130% 或 1.3", _line),
    "deduction": _Key(
        "超额完成的扣分", "none、{tolerance: 0.2} 或 {points: [[1.3, 1], [1.5, 2]]}", _deduction
    ),
    "caps": _Key("执行率低时总分的上限", "[执行率低于, 总分最高] 若干对，从高到低；不限制的写 []", _caps),
    "grades": _Key("等级的分数线", "优、良、中、差的最低分，差为 0", _grades),
    "grade_words": _Key("等级的用词", "如 {优: 优秀, 良: 良好}；照用优良中差的写 {}", _grade_words),
    "grading": _Key("是否必须评定等级", "required 应当评定、optional 可以不评定", one_of(GRADINGS)),
    "lag_above": _Key("指标得分率高于预算执行的警告线", "比例，5% 或 0.05", _share),
    "left_above": _Key("结余比例的提示线", "比例，20% 或 0.2", _share),
    "product_within": _Key("数量乘以标准与执行数相近的范围", "比例，5% 或 0.05", _share),
    "serial_years": _Key("看作日期序号的年份", "起止两个年份", _years),
    "severities": _Key("校验规则的级别", "规则代码: 错误、警告或提示，如 {S104: 错误}", _severities),
    "rules_off": _Key("停用的校验规则", "规则代码，如 [V106]；没有的写 []", _rules_off),
}
"""Every value that a profile has, in the order in which a person reads it."""
