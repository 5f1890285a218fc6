"""Frozen records: dataclasses whose methods are shared, or compiled when they are first used.

``dataclass(frozen=True)`` compiles six methods for each class when it is imported. A start imports a hundred
records, makes some of them and compares hardly any: the compiling took longer than scoring a workbook.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import cache, cached_property
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, NoReturn, TypeVar, dataclass_transform

R = TypeVar("R")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[R]) -> type[R]:
    """Make a class a frozen record, as ``dataclass(frozen=True)`` does: ``replace``, ``fields``, ``asdict`` know it.

    Two records are equal when they are of one class and equal in all fields that are compared. A record may be
    pickled, and may remember what it worked out (``cached_property``): then it has no slots. Whatever method it has
    of its own stays.
    """
    remembers = any(isinstance(each, cached_property) for each in vars(kind).values())
    made = dataclass(init=False, repr=False, eq=False, slots=not remembers)(kind)
    for name, method in _METHODS.items():
        if name not in vars(kind):
            setattr(made, name, method)
    return made


def _init(self: Any, *values: Any, **named: Any) -> None:
    """Make way for the ``__init__`` that fits the fields: the first record of a kind comes here, once."""
    kind = type(self)
    kind.__init__ = _compiled(kind)
    kind.__init__(self, *values, **named)


def _compiled(kind: type[Any]) -> Callable[..., None]:
    """Make the ``__init__`` of a kind as dataclasses write it: a loop over its fields would cost each record more.

    Kinds of one shape share what was compiled: only the names of their fields differ.
    """
    order = sorted(fields(kind), key=attrgetter("kw_only"))
    first = sum(not each.kw_only for each in order)
    code = _code(first, tuple(each.default_factory is not MISSING for each in order))
    names = {f"f{place}": each.name for place, each in enumerate(order)}
    renamed = code.replace(
        co_varnames=("self", *names.values()),
        co_consts=tuple(names.get(each, each) for each in code.co_consts),
    )
    known: dict[str, Any] = {"set_": object.__setattr__, "missing_": MISSING}
    known |= {f"make_f{place}": each.default_factory for place, each in enumerate(order)}
    optional = [each for each in order if not each.default is each.default_factory is MISSING]
    made = FunctionType(
        renamed, known, "__init__", tuple(each.default for each in optional if not each.kw_only)
    )
    made.__kwdefaults__ = {each.name: each.default for each in optional if each.kw_only}
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


@cache
def _code(first: int, made: tuple[bool, ...]) -> CodeType:
    """The code for fields ``f0``, ``f1`` and so on, of which only the *first* may be given by place, and some are *made* anew."""
    names = [f"f{place}" for place in range(len(made))]
    asked = ["self", *names[:first], *(["*", *names[first:]] if first < len(names) else [])]
    values = [
        f"make_{name}() if {name} is missing_ else {name}" if new else name
        for name, new in zip(names, made, strict=True)
    ]
    body = [f"  set_(self, {name!r}, {value})" for name, value in zip(names, values, strict=True)]
    text = "\n".join([f"def __init__({', '.join(asked)}):", *(body or ["  pass"])])
    return next(each for each in compile(text, "<frozen>", "exec").co_consts if isinstance(each, CodeType))


class _Compared(dict[type[Any], Callable[[Any], Any]]):
    """Of each kind what gives the values that are compared."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        names = [each.name for each in fields(kind) if each.compare]
        self[kind] = attrgetter(*names) if names else lambda _record: ()
        return self[kind]


_COMPARED = _Compared()


def _eq(self: Any, other: object) -> object:
    if type(other) is not type(self):
        return NotImplemented
    compared = _COMPARED[type(self)]
    return compared(self) == compared(other)


def _hash(self: Any) -> int:
    return hash(_COMPARED[type(self)](self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _refuse(_record: object, name: str, *_value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r}")


_METHODS: dict[str, Callable[..., Any]] = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
