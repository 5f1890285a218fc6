"""What is told in JSON comes back as it was: every result and record of every example, and drawn values of each type."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.handed_in import FILES
from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.result.codec import codec
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.packed import Packed

EXAMPLES = [*FILES, *sorted(Path(__file__).parents[2].joinpath("workbooks", "examples").glob("*.xls[xm]"))]


class Colour(StrEnum):
    RED = "红"
    BLUE = "蓝"


class Pair(NamedTuple):
    left: Decimal | str
    right: Colour | None


@dataclass(frozen=True, slots=True)
class One:
    text: str


@dataclass(frozen=True)
class Many:
    number: int
    flag: bool
    points: Decimal
    maybe: Decimal | None
    pairs: tuple[Pair, ...]
    fixed: tuple[int, str]
    either: One | Pair | Decimal | str | bool | dt.datetime | dt.date | dt.time | None
    held: Mapping[Colour, One]
    data: bytes
    days: tuple[dt.date, ...]
    packed: Packed[One]


texts = st.text(max_size=6)
decimals = st.decimals(allow_nan=False, allow_infinity=False)
pairs = st.builds(Pair, decimals | texts, st.sampled_from(Colour) | st.none())
ones = st.builds(One, texts)
moments = st.datetimes() | st.dates() | st.times()
many = st.builds(
    Many,
    number=st.integers(),
    flag=st.booleans(),
    points=decimals,
    maybe=decimals | st.none(),
    pairs=st.lists(pairs, max_size=3).map(tuple),
    fixed=st.tuples(st.integers(), texts),
    either=ones | pairs | decimals | texts | st.booleans() | moments | st.none(),
    held=st.dictionaries(st.sampled_from(Colour), ones),
    data=st.binary(max_size=9),
    days=st.lists(st.dates(), max_size=2).map(tuple),
    packed=st.lists(ones, max_size=3).map(lambda values: Packed.of(One, values)),
)


def back(kind: Any, value: Any) -> Any:
    return codec(kind).decode(json.loads(json.dumps(codec(kind).encode(value))))


@given(many)
def test_a_value_comes_back_with_its_types(value: Many) -> None:
    found = back(Many, value)
    assert repr(found) == repr(value)
    assert list(found.packed) == list(value.packed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_result_comes_back_to_the_last_digit(path: Path) -> None:
    """Also what no comparison of records looks at: forms, and how a number was written."""
    result = examine(path)
    assert result.evaluations
    assert repr(back(FileResult, result)) == repr(result)
    record = record_of(result, details=True)
    found = back(FileRecord, record)
    assert found == record
    assert repr(found.result) == repr(result)


def test_what_json_cannot_hold_is_refused_before_anything_is_told() -> None:
    with pytest.raises(TypeError, match="no codec"):
        codec(object)


def test_no_value_is_made_that_stays() -> None:
    packed = Packed.of(One, [One("甲"), One("乙")])
    assert (len(packed), list(packed), list(packed)) == (2, [One("甲"), One("乙")], [One("甲"), One("乙")])
    assert One("甲") in packed
    assert not Packed.of(One, []).data
