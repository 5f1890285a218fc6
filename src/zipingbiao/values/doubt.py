"""Why a text that looks like a value is not read as one: what must be asked instead of guessed."""

from __future__ import annotations

from enum import StrEnum

from zipingbiao.values.regex import regex
from zipingbiao.values.unit import is_known
from zipingbiao.values.words import APPROXIMATE, CHANGE, DENIED


class Doubt(StrEnum):
    """Why a text is not understood."""

    APPROXIMATE = "不是确定数值"
    RATIO_OR_DATE = "可能是比例，也可能是日期"
    NUMBER_OR_DATE = "可能是数值，也可能是日期"
    DATE_CELL = "单元格是日期，可能由 3-5 之类的文字变来"
    ERROR = "单元格为公式错误"
    NO_CACHED_VALUE = "公式没有计算结果"
    LOGICAL = "单元格是逻辑值，不是数值"
    DECIMAL_COMMA = "逗号是小数点还是分隔符不明"
    CHANGE = "是升降幅度，不知以什么为基数"
    CODE = "像编号或电话，不像数值"
    NO_NUMBER = "只有符号或单位，没有数值"
    APOSTROPHE = "前面多了撇号"
    GARBLED = "写法不完整或有误，无法确定数值"


_SHAPES = (
    (regex(r"['‘’`]\s*[<>=≥≤]*\d[^'‘’`]*", holds="'‘’`"), Doubt.APOSTROPHE),
    (regex(r"\d{1,3}\s*[/:比]\s*\d{1,3}", holds="/:比"), Doubt.RATIO_OR_DATE),
    (regex(r"[<>=≥≤\s]*(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+)(?!\d|,).*"), Doubt.DECIMAL_COMMA),
    (regex(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"), Doubt.NUMBER_OR_DATE),
    (regex(r"(?:19|20)\d\d\s*[-~至到]+\s*(?:19|20)\d\d", holds="-~至到"), Doubt.NUMBER_OR_DATE),
    (regex(r"0\d[\d-]*|\d{11,}|\d{3,4}-\d{7,8}"), Doubt.CODE),
)
_DIGIT = regex(r"\d")
_SIGNS = tuple("<>≥≤=》")
_PLACEHOLDERS = "()<>≥≤=》*×xX_/ "
_OTHER_LETTER = regex(r"[^\W\d_eE]")
_DIGIT_RUN = regex(r"(?<![\dA-Za-z.,])\d[\d.,]*")
# A letter where a digit should be, before a unit: M.8万元, l00人, 9O%.
_LETTER_FOR_DIGIT = regex(r"[<>=≥≤\s]*(?=[A-Za-z.,]*\d)\d*[A-Za-z][\d.,]*(?P<unit>%|[^\W\dA-Za-z]+)")
_LONGEST_SENTENCE = 40
_SHORT = 16


def count_numbers(text: str) -> int:
    """Return how many numbers stand in *text*; the digits of m2, A4 and V2.0 are none."""
    return len(_DIGIT_RUN.findall(text))


def doubt_of(text: str) -> Doubt | None:
    """Return why *text* must not be read as a value although it could be: 约20, 3:5, 下降5%."""
    for shape, doubt in _SHAPES:
        if shape.fullmatch(text):
            return doubt
    numbers = count_numbers(text)
    if not numbers or len(text) > (_LONGEST_SENTENCE if numbers == 1 else _SHORT):
        return None
    if APPROXIMATE.search(text) or (numbers == 1 and DENIED.search(text)):
        return Doubt.APPROXIMATE
    return Doubt.CHANGE if numbers == 1 and CHANGE.search(text) else None


def doubt_of_rest(text: str) -> Doubt | None:
    """Return why *text*, of which no value could be made, is more than words: ``1.2.3``, ``≥**人``."""
    signed = text.removeprefix("(").startswith(_SIGNS)
    if not _DIGIT.search(text):
        label = text.strip(_PLACEHOLDERS)
        empty = is_known(label) if label else signed
        return Doubt.NO_NUMBER if empty and (signed or not label.isalpha()) else None
    if not _OTHER_LETTER.search(text) or (signed and len(text) <= _SHORT):
        return Doubt.GARBLED
    mistyped = _LETTER_FOR_DIGIT.fullmatch(text)
    if mistyped and is_known(mistyped["unit"]):
        return Doubt.GARBLED
    return None
