"""Frozen records behave as frozen dataclasses do."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar

import pytest

from zipingbiao.values.frozen import frozen

T = TypeVar("T")


@frozen
class Line(Generic[T]):
    """One line of a table, with all that a field may ask for."""

    name: T
    weight: Decimal = Decimal(10)
    cells: dict[str, str] = field(default_factory=dict)
    said: str = field(default="", compare=False, repr=False)
    colour: str = field(default="", kw_only=True)

    @cached_property
    def half(self) -> Decimal:
        return self.weight / 2


@frozen
class MarkedLine(Line[str]):
    """A line with a field more, behind those of the line."""

    mark: str = "★"


@frozen
class Nothing:
    """A record without fields."""


@frozen
class Own:
    """A record that says itself how it is shown."""

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"


class TestFrozen:
    def test_fields_are_given_by_place_by_name_and_by_default(self) -> None:
        line = Line("合格率", Decimal(5), colour="红")
        assert (line.name, line.weight, line.said, line.colour) == ("合格率", Decimal(5), "", "红")
        assert not line.cells
        assert MarkedLine("合格率", mark="*").mark == "*"
        assert MarkedLine("合格率").weight == 10
        assert Nothing() == Nothing()

    def test_each_record_has_its_own_of_what_is_made_for_it(self) -> None:
        first, second = Line("甲"), Line("乙")
        assert first.cells is not second.cells

    @pytest.mark.parametrize(
        ("values", "named"),
        [((), {}), (("甲", 1, {}, "", "红"), {}), (("甲",), {"name": "乙"}), (("甲",), {"x": 1})],
    )
    def test_what_does_not_fit_the_fields_is_refused_each_time(self, values: Any, named: Any) -> None:
        kind: Any = Line
        for _ in range(2):
            with pytest.raises(TypeError):
                kind(*values, **named)

    def test_nothing_can_be_changed(self) -> None:
        line: Any = Line("合格率")
        with pytest.raises(FrozenInstanceError):
            line.name = "x"
        with pytest.raises(FrozenInstanceError):
            line.new = 1
        with pytest.raises(FrozenInstanceError):
            del line.name
        assert line.name == "合格率"

    def test_equal_are_two_of_one_class_with_equal_fields(self) -> None:
        assert Line("甲", said="x") == Line("甲", said="y")
        assert Line("甲") != Line("乙")
        assert Line("甲") != MarkedLine("甲")

    def test_equal_ones_have_one_hash_and_unhashable_ones_none(self) -> None:
        assert len({Own("甲"), Own("甲"), Own("乙")}) == 2
        with pytest.raises(TypeError):
            hash(Line("甲"))

    def test_it_is_shown_as_a_dataclass_is(self) -> None:
        assert repr(Line("甲")) == "Line(name='甲', weight=Decimal('10'), cells={}, colour='')"
        assert repr(Own("甲")) == "<甲>"

    def test_dataclasses_know_it(self) -> None:
        line = Line("甲")
        assert replace(line, weight=Decimal(1)) == Line("甲", Decimal(1))
        assert [each.name for each in fields(MarkedLine)][-2:] == ["colour", "mark"]
        assert asdict(Own("甲")) == {"name": "甲"}
        match Own("甲"):
            case Own(name):
                assert name == "甲"

    def test_it_remembers_and_travels(self) -> None:
        line = Line("甲")
        assert line.half == 5
        assert pickle.loads(pickle.dumps(line)) == line
        assert pickle.loads(pickle.dumps(line)).half == 5
        assert pickle.loads(pickle.dumps(Own("甲"))) == Own("甲")
