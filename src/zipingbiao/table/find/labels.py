"""The words of the forms, as data: what a heading, a funds label, a head or foot label means.

Every text is compared by its :class:`Label` key: one width, no white space, simplified characters,
bracketed suffixes dropped (their content is kept as the note: it may say the money unit).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Role
from zipingbiao.table.words import (
    BESIDE_HEAD,
    CONTINUED,
    DEPARTMENT_OF,
    FOOT,
    GIVES_POINTS,
    GOVERNMENT,
    GRADES,
    HEAD,
    HEADINGS,
    KINDS,
    LOOSE_TOTALS,
    OF_EXECUTION,
    OF_WHICH,
    POINTS,
    PREFIX_HEADINGS,
    SCORES,
    SOURCES,
    STANDARD,
    SUBTOTAL,
    TITLE,
    TOTALS,
    Extra,
)
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import is_chinese, label_key, without_brackets
from zipingbiao.values.unit import Unit, parse_unit
from zipingbiao.values.words import PERSONAL_LABEL

K = TypeVar("K", bound=Hashable)

# A label is short; a longer text is a sentence and never looked up.
LONGEST_LABEL = 60

_TRADITIONAL = str.maketrans(
    "標權預資總額級實際業績數執財撥餘結轉專戶單縣區項編碼門報評價說備註審負責聯係電話問題進議稱內體設調後滿準運計劃號質類經驗開發萬當條產時滿會圓領導",
    "标权预资总额级实际业绩数执财拨余结转专户单县区项编码门报评价说备注审负责联系电话问题进议称内体设调后满准运计划号质类经验开发万当条产时满会圆领导",
)
_NOTE = regex(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_NUMBERING = regex(r"^(?:[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[、.](?!\d)|[①-⑳])")
# Example: 执行率C=B/A, 得分=分值×C. Near miss: A=B, where no Chinese sign stands before it.
_FORMULA = regex(r"[A-Za-z]{0,2}=.+$")
# Example: 全年预算数A, 执行率B/A. Near miss: ROI, where no Chinese sign stands before it.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TAIL = f"{_LETTERS}{_LETTERS.upper()}%‰/÷×*=+-"


@frozen
class Meaning(Generic[K]):
    """What a heading means, and how sure: a lower rank wins over a higher one."""

    role: K
    rank: int = 0


@frozen
class Label:
    """A short text as a label: how it is compared and what its brackets said."""

    text: str
    key: str
    note: str


@lru_cache(maxsize=65536)
def label(text: str) -> Label:
    """Return the label that a cell's text makes; the key is "" for long or empty text."""
    if not text or len(text) > LONGEST_LABEL:
        return Label(text, "", "")
    whole = label_key(text).translate(_TRADITIONAL).replace("其它", "其他")
    notes: list[str] = []
    key = whole
    while found := _NOTE.findall(key):
        notes += found
        key = without_brackets(key)
    key = _NUMBERING.sub("", label_key(key))
    formula = _FORMULA.search(key)
    if formula is not None and is_chinese(key[formula.start() - 1 : formula.start()]):
        key = key[: formula.start()]
    bare = key.rstrip(_TAIL)
    return Label(text, bare if is_chinese(bare[-1:]) else key, " ".join(notes))


def _table(rows: tuple[tuple[Role | Extra, int, str], ...]) -> dict[str, Meaning[Role | Extra]]:
    return {word: Meaning(role, rank) for role, rank, words in rows for word in words.split()}


_HEADINGS = _table(HEADINGS)
_LEVEL_POINTS = regex(r"\d+(?:\.\d+)?分")
_PERIOD = regex(r"^(?:20\d\d年度?|本年度?|当年度?|本项目?|单项|20\d\d)")


@lru_cache(maxsize=8192)
def heading(text: str) -> Meaning[Role | Extra] | None:
    """Return what a column heading means, or None when it is none that we know."""
    if _HEADING_SIGNS.isdisjoint(text):
        return None
    found = label(text)
    meaning = _heading(found.key)
    if meaning is not None and meaning.role is Role.TARGET and _LEVEL_POINTS.fullmatch(found.note):
        return None  # 绩效目标（6分） is a level with its points
    return meaning


def _heading(key: str) -> Meaning[Role | Extra] | None:
    if not key:
        return None
    bare = _PERIOD.sub("", key)
    for word in (key, bare):
        if word in _HEADINGS:
            return _HEADINGS[word]
    if "原因" in key and len(key) <= 30:
        return Meaning(Role.REASON)
    if STANDARD.fullmatch(key):
        return Meaning(Role.STANDARD, 0 if GIVES_POINTS.search(key) else 1)
    if "调整" in key and key.endswith(("值", "目标")) and "完成" not in key and len(key) <= 12:
        return Meaning(Extra.ADJUSTED)
    return None


def _signs(words: Iterable[str], *more: str) -> frozenset[str]:
    """Signs of which each of these words has one, in both scripts: most cells of a big sheet have none."""
    simple = {word[-1] for word in words}.union(*more)
    return frozenset(simple | {chr(old) for old, new in _TRADITIONAL.items() if chr(new) in simple})


_HEADING_SIGNS = _signs(_HEADINGS, "因值标释明义涵则法点据")


def words_of(role: Role) -> tuple[str, ...]:
    """Return the headings known for a role, surest first."""
    return tuple(word for word, meaning in _HEADINGS.items() if meaning.role is role)


@lru_cache(maxsize=8192)
def is_prefix_heading(text: str) -> bool:
    """Tell whether this is the vertical caption 绩效指标 that stands before a table."""
    return label(text).key in PREFIX_HEADINGS


_KINDS: dict[str, tuple[AmountKind, int]] = {
    word: (kind, rank) for kind, rank, words in KINDS for word in words.split()
}
_LINE_NUMBER = regex(r"^\(([1-7])\)(?:=.*)?$")
_BY_LINE = (
    AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED,
    AmountKind.BALANCE, AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE,
)  # fmt: skip


@lru_cache(maxsize=8192)
def amount_kind(text: str) -> tuple[AmountKind, int] | None:
    """Return which amount a funds label names, and its rank (0 sure, 1 only if nothing else)."""
    if _FUNDS_SIGNS.isdisjoint(text):
        return None
    key = label(text).key
    return _KINDS.get(key) or _KINDS.get(_PERIOD.sub("", key))


@lru_cache(maxsize=8192)
def line_kind(text: str) -> AmountKind | None:
    """Return the amount of a Shanxi 行次: ``(5)=(3)-(4)`` is the balance."""
    if len(text) > 24:
        return None
    found = _LINE_NUMBER.match(label_key(text))
    return _BY_LINE[int(found[1]) - 1] if found else None


_SOURCES: dict[str, Source] = {word: source for source, words in SOURCES for word in words.split()}
_FUNDS_SIGNS = _signs([*_KINDS, *_SOURCES], "中央省自治区市州县旗盟师")


@lru_cache(maxsize=8192)
def source(text: str) -> Source | None:
    """Return where money comes from by a label of the funds table."""
    if _FUNDS_SIGNS.isdisjoint(text):
        return None
    key = OF_WHICH.sub("", label(text).key)
    if key in _SOURCES:
        return _SOURCES[key]
    found = GOVERNMENT.match(key)
    if found and found.lastgroup and len(key) > 1:
        return next(Source(name) for name in ("central", "provincial", "city", "county") if found[name])
    return None


@lru_cache(maxsize=8192)
def is_points(text: str) -> bool:
    """Tell whether a heading of the national funds block is its 分值 or 执行率权重."""
    return OF_EXECUTION.sub("", label(text).key) in POINTS


@lru_cache(maxsize=8192)
def is_score(text: str) -> bool:
    """Tell whether a heading of the national funds block is its 得分 or 执行率得分."""
    return OF_EXECUTION.sub("", label(text).key) in SCORES


_MONEY = regex(r"(?:^|[(\[:： ])(?:人民币)?(万元|亿元|千元|元)(?:$|[)\] ])")
_MONEY_CAPTION = regex(r"单位:?(?:人民币)?(万元|亿元|千元|元)")


@lru_cache(maxsize=8192)
def money_unit(text: str) -> Unit | None:
    """Return the money unit that a label's brackets or a caption ``单位：元`` names."""
    if len(text) > LONGEST_LABEL or "元" not in text:
        return None
    entry = label(text)
    found = _MONEY_CAPTION.search(label_key(text)) or _MONEY.search(entry.note)
    return parse_unit(found[1]) if found else None


_HEAD: dict[str, tuple[str, int]] = {
    word: (field, rank) for field, rank, words in HEAD for word in words.split()
}


@lru_cache(maxsize=8192)
def head_field(text: str) -> tuple[str, int] | None:
    """Return the field of the head that a label names, and its rank among labels of that field."""
    key = label(text).key
    return _HEAD.get(key) or _department_of(key)


def _department_of(key: str) -> tuple[str, int] | None:
    """县级主管部门 before 省级主管部门: where a form asks for both, the nearer one is the unit's."""
    found = DEPARTMENT_OF.fullmatch(key) if "部门" in key or "主管" in key else None
    return ("department", _NEARNESS.index(found.lastgroup)) if found and found.lastgroup else None


_NEARNESS = ("nearest", "city", "provincial", "central")


@lru_cache(maxsize=8192)
def opens_head(text: str) -> bool:
    """Tell whether a text is a label of the head, alone or before a colon: ``项目名称：…``."""
    first = re.split(r"[:：]", text.strip(), maxsplit=1)[0]
    return head_field(first) is not None


@lru_cache(maxsize=8192)
def stands_beside_head(text: str) -> bool:
    """Tell whether a text is a label that asks for no field of the head: ``联系电话``, ``金额单位：万元``, anything before a colon."""
    first, *behind = re.split(r"[:：]", text.strip(), maxsplit=1)
    if behind == [""] or _MONEY_CAPTION.match(label_key(text).strip("()").removeprefix("金额")):
        return True
    key = label(first).key
    return BESIDE_HEAD.fullmatch(key) is not None or PERSONAL_LABEL.fullmatch(key) is not None


@lru_cache(maxsize=8192)
def is_total(text: str) -> bool:
    """Tell whether a row label marks the total row of a table."""
    return label(text).key in TOTALS


def is_stated_total(text: str) -> bool:
    """Tell whether a label beside a table states its total: 自评总分, never a bare 合计."""
    return label(text).key in TOTALS - LOOSE_TOTALS


@lru_cache(maxsize=8192)
def is_subtotal(text: str) -> bool:
    """Tell whether a row label marks a subtotal inside a table."""
    key = label(text).key
    return key not in TOTALS and SUBTOTAL.match(key) is not None


@lru_cache(maxsize=8192)
def is_grade(text: str) -> bool:
    """Tell whether a label names the grade of a table."""
    return label(text).key in GRADES


@lru_cache(maxsize=8192)
def is_foot(text: str) -> bool:
    """Tell whether a text opens what follows a table: signatures, notes, analysis."""
    start = label(text[:LONGEST_LABEL]).key
    return bool(start) and FOOT.match(start) is not None


@lru_cache(maxsize=8192)
def is_title(text: str) -> bool:
    """Tell whether this is the title of a table of its own, not of a continued page."""
    if len(text) > LONGEST_LABEL or "表" not in text:
        return False
    compact = label_key(text)
    return bool(TITLE.search(compact.translate(_TRADITIONAL))) and not CONTINUED.search(compact)


def is_continuation(text: str) -> bool:
    """Tell whether a caption says that the table goes on: 续表, （续）, 第2页."""
    return len(text) <= LONGEST_LABEL and CONTINUED.search(label_key(text)) is not None
