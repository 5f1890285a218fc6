"""Units of targets and actual values: 万元 元 % ‰ 个 人次 亩 公里 元/人·月 ….

A unit has a dimension and a factor to that dimension's base; two values compare only within one
dimension. Counters (个 套 项 人次 …) and labels we do not know are one dimension, ``count``: people
mix them freely, and a difference between 只 and 头 is no reason to refuse.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import is_chinese, normalise
from zipingbiao.values.words import COUNTERS, NOT_UNITS, ONLY_PER, PER_MANY, SCALES, UNITS


@frozen
class Unit:
    """A unit in canonical spelling.

    Attributes:
        label: ``万元``, ``%``, ``m2``; what :func:`parse_unit` reads back to an equal unit.
        dimension: money, ratio, area, length, volume, mass, data, seconds, months, workdays,
            count, or scale for a bare 万 / 亿 that takes the dimension of its counterpart.
        factor: how many of the dimension's base one of this unit is (money: 元; ratio: 1).
        per: the denominator, ``人·月`` in ``元/人·月``; "" when there is none.
    """

    label: str
    dimension: str
    factor: Decimal
    per: str = ""

    @property
    def is_percent(self) -> bool:
        """Whether this is % or ‰."""
        return self.dimension == "ratio"

    def same_scale(self, other: Unit) -> bool:
        """Tell whether the numbers of the two units compare as they stand: 万 and 万元."""
        return self.comparable(other) and self.factor == other.factor

    @property
    def is_money(self) -> bool:
        """Whether amounts in this unit are money."""
        return self.dimension == "money"

    def comparable(self, other: Unit) -> bool:
        """Tell whether values in the two units can be compared after conversion."""
        if self.per and other.per and set(self.per.split("·")) != set(other.per.split("·")):
            return False
        dimensions = {self.dimension, other.dimension}
        return len(dimensions) == 1 or ("scale" in dimensions and "ratio" not in dimensions)


def _known() -> dict[str, tuple[str, str, Decimal]]:
    units: dict[str, tuple[str, str, Decimal]] = {}
    for dimension, lines in UNITS.items():
        for line in lines.split("|"):
            first, *aliases = line.split(" ")
            label, factor = first.split("=")
            for name in (label, *aliases):
                units[name] = (label, dimension, Decimal(factor))
    for counter in COUNTERS:
        units.setdefault(counter, (counter, "count", Decimal(1)))
    return units


_KNOWN = _known()
_LONGEST_LABEL = 16
_PER = regex(r"(?P<top>.*?)(?:/|每)(?P<per>.+)")
_PER_PARTS = regex(r"[*·、/每.]+")
_PER_MANY = regex(rf"(?P<many>{'|'.join(PER_MANY)})(?P<noun>.*)")
_SCALED = regex(rf"(?P<scale>{'|'.join(SCALES)})(?P<rest>.*)")
_BRACKETS_BEHIND = regex(r"(?<=.)[(\[][^()\[\]\d不未]{1,4}[)\]]$")
_BRACKETS_AROUND = regex(r"^[(\[]([^()\[\]]*)[)\]]$")
_ABROAD = regex(r"[A-Za-z°]{1,6}")
_LONGEST_COUNTER = 4
_COUNTED_BY = "次户人件份"
PERCENT = Unit("%", "ratio", Decimal("0.01"))


def known_labels() -> tuple[str, ...]:
    """Return every spelling of every unit of the inventory, without scales (万人) and rates (元/人)."""
    return tuple(_KNOWN)


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """Return the unit that *text* names as a whole, or None.

    Accepts scales (``万亩``), rates (``元/人*月``, ``万/月``), a bracketed second counter
    (``台（套）``) and unknown short labels as counters, for a column of units may hold any word;
    never digits, ordinals or phrases. Behind a number only :func:`is_known` labels are units.
    """
    label = normalise(text).replace(" ", "")
    if len(label) > _LONGEST_LABEL:
        return None
    label = _BRACKETS_AROUND.sub(r"\1", _BRACKETS_BEHIND.sub("", label))
    per = ""
    if rate := _PER.fullmatch(label):
        label = rate["top"]
        denominator = _denominator(label, rate["per"])
        if denominator is None:
            return None
        per = denominator
        if not label:
            return Unit(f"/{per}", "scale", Decimal(1), per)
    simple = _simple(label)
    if simple is None:
        return None
    name, dimension, factor = simple
    return Unit(f"{name}/{per}" if per else name, dimension, factor, per)


def split_unit(text: str) -> tuple[Unit, str] | None:
    """Split what follows a number into its unit and the rest: ``个贫困村`` → 个, 贫困村.

    The longest known unit counts. None when no known unit starts the text, or when it is one
    Latin letter with words behind it (``5G基站``).
    """
    for size in range(min(len(text), _LONGEST_LABEL), 0, -1):
        head, rest = text[:size], text[size:].strip()
        if head.endswith(" ") or not is_known(head):
            continue
        # 5/10万元 was refused as a whole: /10万 is not its unit.
        if head.endswith("万") and split_unit(rest):
            continue
        if size == 1 and head.isascii() and head.isalpha() and rest[:1].isalnum():
            return None
        unit = parse_unit(head)
        return (unit, rest) if unit is not None else None
    return None


def split_per(text: str) -> str | None:
    """Return the denominator that starts *text*: 户 in ``户补助``, 人·月 in ``人每月``."""
    parts = text.split("每")
    if all(_is_per(part) for part in parts):
        return "·".join(parts)
    heads = (text[:size] for size in range(len(text) - 1, 0, -1))
    return next((head for head in heads if _is_per(head)), None)


def is_known(label: str) -> bool:
    """Tell whether *label* is a unit of the inventory, not merely a short word.

    A counter may carry a noun of one sign: ``艘次`` is known, ``热线`` is not.
    """
    unit = parse_unit(label)
    if unit is None:
        return False
    bare = unit.label.split("/")[0]
    scaled = _SCALED.fullmatch(bare)
    return any(
        not part or part in _KNOWN or _compound(part) for part in (bare, scaled["rest"] if scaled else bare)
    )


def _compound(label: str) -> bool:
    if (
        len(label) != 2
        or not is_chinese(label[0])
        or label[1] not in _COUNTED_BY
        or not NOT_UNITS.isdisjoint(label)
    ):
        return False
    return label[0] not in _KNOWN or label[0] in COUNTERS


def _is_per(part: str) -> bool:
    return part in _KNOWN or part in ONLY_PER or _compound(part)


def _per_label(part: str) -> str | None:
    if part in _KNOWN:
        return _KNOWN[part][0]
    short = len(part) <= 2 and _may_count(part)
    return part if part in ONLY_PER or short else None


def _denominator(top: str, text: str) -> str | None:
    many = _PER_MANY.fullmatch(text)
    # 3万人/10万人 and 3元/10万元 say how far something got: no rates.
    if many and not _SCALED.match(top) and not _is_money(top):
        noun = many["noun"]
        counts = not noun or (not _is_money(noun) and (noun in _KNOWN or _may_count(noun)))
        return PER_MANY[many["many"]] + (_KNOWN[noun][0] if noun in _KNOWN else noun) if counts else None
    parts = [_per_label(part) for part in _PER_PARTS.split(text) if part]
    return "·".join(part for part in parts if part) if parts and None not in parts else None


def _is_money(label: str) -> bool:
    return label in _KNOWN and _KNOWN[label][1] == "money"


def _simple(label: str) -> tuple[str, str, Decimal] | None:
    if label in _KNOWN:
        return _KNOWN[label]
    if scaled := _SCALED.fullmatch(label):
        factor = Decimal(SCALES[scaled["scale"]])
        rest = scaled["rest"]
        if not rest:
            return label, "scale", factor
        # 百姓 and 千斤顶 are words, but nothing that starts with 万 or 亿 is counted one by one.
        base = _KNOWN.get(rest) or (_counter(rest) if factor >= 10_000 or _compound(rest) else None)
        if base and base[1] != "ratio":
            return scaled["scale"] + base[0], base[1], factor * base[2]
        if factor >= 10_000:
            return None
    return _counter(label)


def _counter(label: str) -> tuple[str, str, Decimal] | None:
    return (label, "count", Decimal(1)) if _may_count(label) else None


def _may_count(label: str) -> bool:
    """Whether a text that is no known unit can be one by which things are counted."""
    short = 0 < len(label) <= _LONGEST_COUNTER and all(map(is_chinese, label))
    return bool(short or _ABROAD.fullmatch(label)) and NOT_UNITS.isdisjoint(label)
