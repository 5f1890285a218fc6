"""The footnote that prints the grades of a qualitative result: 100-80%（含80%）、80-50%（含50%）、50-0%."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from zipingbiao.values.number import HUNDRED
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key

Bands = tuple[tuple[Decimal, Decimal], ...]

_ABOUT = regex(r"定性|达成|达到预期")
_PERCENT = frozenset("%％﹪")
_SHARE = r"(\d{1,3})%?(?:\([^()]*\))?"
_RANGE = regex(rf"(?<![\d.]){_SHARE}[-~—至到]+(\d{{1,3}})%?(?![\d.])")


def printed_bands(texts: Iterable[str]) -> Bands:
    """Return the (lower, upper) fractions that texts print for qualitative results, best first.

    Empty where they print none, or none that meet from 100 % down to 0. Near misses: 优90-100分
    grades a total, 执行率60-80%的 is one line. Source: the footnotes of the Anhui, Hubei and 2016
    forms (rules.md 1.1, 1.3).
    """
    keys = [label_key(text) for text in texts if not _PERCENT.isdisjoint(text)]
    if not any(_ABOUT.search(key) for key in keys):
        return ()
    lower: dict[Decimal, set[Decimal]] = {}
    for found in _RANGE.finditer("、".join(keys)):
        low, high = sorted(map(Decimal, found.groups()))
        if "%" in found[0] and low < high:
            lower.setdefault(high, set()).add(low)
    bands = []
    limit = HUNDRED
    while len(below := lower.get(limit, set())) == 1:
        (low,) = below
        bands.append((low / HUNDRED, limit / HUNDRED))
        limit = low
    return tuple(bands) if not limit and len(bands) > 1 else ()
