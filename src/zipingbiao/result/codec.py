"""Frozen records ↔ JSON values, by their type hints: what is remembered of a file can be read back, and nothing runs.

A record is a list of its fields, so that no name is repeated; a value that may be of several types has
the place of its type before it.
"""

from __future__ import annotations

import datetime as dt
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

Way: TypeAlias = Callable[[Any], Any]


class Codec(NamedTuple):
    """Both ways of one type: a value → what JSON holds, and back to an equal value."""

    encode: Way
    decode: Way


def codec(kind: Any) -> Codec:
    """Return the codec of a type: a scalar, Enum, date, record, tuple or mapping of such, or a union of them.

    A type that tells itself otherwise has a ``codec`` of its own, called with its type arguments.

    Decoding trusts that the value was encoded for the same type; anything else raises ValueError,
    TypeError, KeyError, IndexError or ArithmeticError.

    Raises:
        TypeError: no value of this type can be told in JSON.
    """
    return _codec(kind)


@cache
def _codec(kind: Any) -> Codec:
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin in {Union, UnionType}:
        return _union(arguments)
    if origin is tuple:
        return _tuple(arguments)
    if origin in _MAPPINGS:
        return _mapping(*arguments)
    found = _SCALARS.get(origin)
    if found is not None:
        return found
    if isinstance(origin, type) and issubclass(origin, Enum):
        return Codec(lambda value: value.value, origin)
    if hasattr(origin, "codec"):
        own: Codec = origin.codec(*arguments)
        return own
    if _is_record(origin):
        return _record(origin)
    raise TypeError(f"no codec for {kind}")


def _same(value: Any) -> Any:
    return value


_MAPPINGS = frozenset({Mapping, dict})
_SCALARS: Mapping[Any, Codec] = {
    str: Codec(_same, _same),
    int: Codec(_same, _same),
    bool: Codec(_same, _same),
    NoneType: Codec(_same, _same),
    Decimal: Codec(str, Decimal),
    bytes: Codec(lambda value: b2a_base64(value, newline=False).decode("ascii"), a2b_base64),
    dt.datetime: Codec(dt.datetime.isoformat, dt.datetime.fromisoformat),
    dt.date: Codec(dt.date.isoformat, dt.date.fromisoformat),
    dt.time: Codec(dt.time.isoformat, dt.time.fromisoformat),
}


def _union(members: tuple[Any, ...]) -> Codec:
    """None is null; of several other types each value has the place of its own before it."""
    others = [member for member in members if member is not NoneType]
    codecs = [codec(member) for member in others]
    places = {get_origin(member) or member: place for place, member in enumerate(others)}
    if len(others) == 1:
        (only,) = codecs
        if only.decode is _same:
            return only
        return Codec(
            lambda value: None if value is None else only.encode(value),
            lambda value: None if value is None else only.decode(value),
        )

    def encode(value: Any) -> Any:
        if value is None:
            return None
        place = places[type(value)]
        return [place, codecs[place].encode(value)]

    def decode(value: Any) -> Any:
        return None if value is None else codecs[value[0]].decode(value[1])

    return Codec(encode, decode)


def _tuple(members: tuple[Any, ...]) -> Codec:
    if len(members) == 2 and members[1] is ...:
        encode, decode = codec(members[0])
        if decode is _same:
            return Codec(list, tuple)
        return Codec(lambda value: [*map(encode, value)], lambda value: (*map(decode, value),))
    return _in_places([codec(member) for member in members], _same, tuple)


def _mapping(key: Any, member: Any) -> Codec:
    pair = codec(tuple[key, member])
    return Codec(
        lambda value: [*map(pair.encode, value.items())], lambda value: dict(map(pair.decode, value))
    )


def _is_record(kind: Any) -> bool:
    return is_dataclass(kind) or hasattr(kind, "_fields")


def _record(kind: Any) -> Codec:
    """A dataclass, or a NamedTuple: the values of its fields in their order."""
    hints = get_type_hints(kind)
    names = kind._fields if hasattr(kind, "_fields") else [field.name for field in fields(kind)]
    taken = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
    return _in_places([codec(hints[name]) for name in names], taken, lambda values: kind(*values))


def _in_places(codecs: Sequence[Codec], taken: Way, made: Way) -> Codec:
    """So many values, each of its own type, side by side."""
    encoders, decoders = (
        [(place, way) for place, way in enumerate(ways) if way is not _same]
        for ways in zip(*codecs, strict=True)
    )  # most values are the same in JSON

    def encode(value: Any) -> Any:
        told = [*taken(value)]
        for place, way in encoders:
            told[place] = way(told[place])
        return told

    def decode(value: Any) -> Any:
        if len(value) != len(codecs):
            raise ValueError(f"{len(value)} values in {len(codecs)} places")
        values = [*value]
        for place, way in decoders:
            values[place] = way(values[place])
        return made(values)

    return Codec(encode, decode)
