"""Names of offices as people write them: which spellings are one office, and which are two.

云岭县教育局, 县教育局, 教 育局 and 教育局（本级） are one; 教育局信息中心 is another, and so are 城关镇 and 石泉镇.
A name without its place joins the one with a place only where there is just one that it may be: beside
大同市教育局 and 云岭县教育局 nobody knows whose 教育局 is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key
from zipingbiao.values.words import (
    LEVEL_ALONE,
    NO_PLACE,
    OFFICE_ITSELF,
    OFFICE_NUMBER,
    PARTY_OFFICE,
    PLACE,
    TOWN,
)

_PARTY = regex(r"^(?:中国共产党|中共)")


@frozen
class Office:
    """A name of an office, in parts.

    Attributes:
        place: the places before it, joined: 大同市云岭县; "" where none is named.
        level: 县 where only the level is named, "" else.
        name: the office itself, as it compares.
        whole: whether nothing stands behind it, such as （本级）, and no number before it.
    """

    place: str
    level: str
    name: str
    whole: bool


def office_of(text: str) -> Office:
    """Return the parts of a name; of a blank one all are ""."""
    given = label_key(unicodedata.normalize("NFKC", text))
    bare = OFFICE_ITSELF.sub("", OFFICE_NUMBER.sub("", given)) or given
    rest, place = _PARTY.sub("", bare), ""
    while (found := PLACE.search(rest)) is not None and not NO_PLACE.search(rest):
        if found.end() == len(rest):
            break
        place, rest = place + found[0], rest[found.end() :]
    level = LEVEL_ALONE.search(rest) if not place else None
    if level is not None:
        rest = rest[level.end() :]
    return Office(place, level["level"] if level is not None else "", _short(rest), bare == given)


def _short(name: str) -> str:
    """The office in its shortest usual form."""
    town = TOWN.search(name)
    if town is not None:
        return town["town"]
    name = PARTY_OFFICE.sub("", name).replace("人民政府", "政府").replace("政法委员会", "政法委")
    return re.sub(r"办公室$", "办", name)


class Offices:
    """Which of many names are one office; the order in which they came makes no difference."""

    def __init__(self, names: Iterable[str], also: Mapping[str, str] | None = None) -> None:
        """*also* gives other names, 曾用名 and 简称, each with the name for which it stands."""
        proper = {office_of(name).name: office_of(meant) for name, meant in (also or {}).items()}
        given = {name: office_of(name) for name in {*names, *(also or {}).values()}}
        self._offices = {name: _meant(office, proper.get(office.name)) for name, office in given.items()}
        same: dict[str, set[Office]] = defaultdict(set)
        for office in self._offices.values():
            same[office.name].add(office)
        self._places: Mapping[str, tuple[str, ...]] = {name: _places(of) for name, of in same.items()}
        self._levels = {name: {office.level for office in of if office.level} for name, of in same.items()}

    def key(self, name: str) -> str:
        """Return what two names have in common when they are one office; "" of a blank one.

        The name is one of those given.
        """
        office = self._offices[name]
        places = self._places[office.name]
        levels = self._levels[office.name]
        if office.place:
            mine = next(place for place in places if place.endswith(office.place))
        elif office.level:
            fitting = [place for place in places if place.endswith(office.level)]
            mine = fitting[0] if len(fitting) == 1 else office.level if places or len(levels) > 1 else ""
        else:
            mine = places[0] if len(places) == 1 else ""
        return f"{mine}|{office.name}" if office.name else ""


def _meant(office: Office, proper: Office | None) -> Office:
    """The office for which another name of it stands; 大同市卫计委 is not that of 云岭县."""
    if proper is None or not _may_be_one_place(office.place, proper.place):
        return office
    return proper


def _may_be_one_place(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _places(offices: Iterable[Office]) -> tuple[str, ...]:
    """The places of offices of one name; 云岭县 is the same place as 大同市云岭县."""
    named = sorted({office.place for office in offices if office.place})
    return tuple(
        place for place in named if not any(other != place and other.endswith(place) for other in named)
    )
