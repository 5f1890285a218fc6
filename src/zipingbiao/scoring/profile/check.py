"""A 评分规则 file, checked: what it states, what it inherits, and every mistake with its line.

Nothing here raises because of what somebody wrote in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, TypeVar

from zipingbiao.errors import nearest
from zipingbiao.scoring.profile.values import (
    KEYS,
    TRUSTS,
    Mistake,
    Node,
    Pairs,
    Wrong,
    choice,
    date_of,
    refuse,
    shown,
    suggestion,
    text_of,
)
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain

_T = TypeVar("_T")
_ORIGIN: Mapping[str, Callable[[Node, str], str]] = {
    "from": date_of,
    "source": text_of,
    "trust": partial(choice, TRUSTS),
    "checked_on": date_of,
}


class Provenance(NamedTuple):
    """Where one value of a profile comes from.

    Attributes:
        value: as written in the file, on one line.
        since: the day from which it holds, like *checked_on* as ``2026-11-20``.
        trust: confirmed, practice or unchecked.
        stated_in: name of the profile that states it; another one's where it is inherited.
    """

    value: str
    since: str
    source: str
    trust: str
    checked_on: str
    stated_in: str = ""


class Stated(NamedTuple):
    """A typed value with its origin, and the line of this file; line 0 where it is inherited."""

    value: Any
    origin: Provenance
    line: int


@frozen
class Content:
    """A file as understood: complete where :func:`read` found no mistake."""

    title: str = ""
    extends: str | None = None
    stated: Mapping[str, Stated] = field(default_factory=dict)


def read(
    file: str, name: str, root: Node, bases: Mapping[str, Callable[[], Content]]
) -> tuple[Content, tuple[Mistake, ...]]:
    """Return what a file states and inherits, and its mistakes in the order of the lines.

    Args:
        file: for the messages.
        name: of the profile, for the origin of its values.
        root: the whole file.
        bases: the profiles that may stand behind ``extends``.
    """
    reading = _Reading(file, name)
    content = reading.content(root, bases)
    return content, tuple(sorted(reading.mistakes, key=lambda mistake: mistake.line))


class _Reading:
    """One pass over one file, which collects the mistakes."""

    def __init__(self, file: str, name: str) -> None:
        self.file, self.name = file, name
        self.mistakes: list[Mistake] = []

    def content(self, root: Node, bases: Mapping[str, Callable[[], Content]]) -> Content:
        # forms stood in older files; which profile a form has is said by its record.
        top = self.fields(root, ("title", "values"), ("extends", "forms"), "评分规则文件")
        title = self.part(text_of, top, "title", "")
        extends = self.part(partial(choice, bases), top, "extends", None)
        inherited = bases[extends]() if extends is not None else Content()
        stated = {key: item._replace(line=0) for key, item in inherited.stated.items()}
        if "values" in top:
            stated |= self.values(top["values"])
            if "extends" not in top:
                self.missing(top["values"])
        if not self.mistakes:
            self.mistakes.extend(_contradictions(self.file, stated))
        return Content(title, extends, stated)

    def part(self, reader: Callable[[Node, str], Any], top: Mapping[str, Node], name: str, default: _T) -> _T:
        """Return one part of the file, *default* where it is missing or wrong."""
        found = self.attempt(partial(reader, top[name], name)) if name in top else None
        return default if found is None else found

    def values(self, node: Node) -> dict[str, Stated]:
        fields = self.fields(node, (), tuple(KEYS), "values")
        found = {key: self.attempt(partial(self.value, key, item)) for key, item in fields.items()}
        return {key: stated for key, stated in found.items() if stated is not None}

    def value(self, key: str, node: Node) -> Stated | None:
        parts = self.fields(node, ("value", *_ORIGIN), (), key)
        if len(parts) < 1 + len(_ORIGIN):
            return None
        before = len(self.mistakes)
        value = self.attempt(partial(KEYS[key].read, parts["value"], key))
        since, source, trust, checked_on = (
            self.attempt(partial(reader, parts[name], f"{key} 的 {name}")) or ""
            for name, reader in _ORIGIN.items()
        )
        if len(self.mistakes) > before:
            return None
        origin = Provenance(shown(parts["value"]), since, source, trust, checked_on, self.name)
        return Stated(value, origin, node.line)

    def missing(self, node: Node) -> None:
        present = {key.text for key, _ in node.pairs} if isinstance(node, Pairs) else set()
        advice = "请补上，或在文件开头写 extends: national-2020，沿用它的值"
        for key in KEYS:
            if key not in present:
                self.say(node.line, f"缺少 {key}（{KEYS[key].label}）", advice)

    def fields(
        self, node: Node, required: Sequence[str], optional: Sequence[str], where: str
    ) -> dict[str, Node]:
        """Return the known fields of a mapping; report those that are unknown, repeated or missing."""
        if not isinstance(node, Pairs):
            self.attempt(partial(refuse, node, where, "“名称: 值”的若干行"))
            return {}
        known = (*required, *optional)
        found: dict[str, Node] = {}
        meant: set[str | None] = set()
        for key, item in node.pairs:
            if key.text in known and key.text not in found:
                found[key.text] = item
            elif key.text in known:
                self.say(key.line, f"{where} 里 {key.text} 写了两次", "请只留一处")
            else:
                meant.add(nearest(key.text, known))
                self.say(key.line, f"{where} 里没有名为 {key.text} 的项", suggestion(key.text, known))
        for name in required:
            if name not in found and name not in meant:
                self.say(node.line, f"{where} 缺少 {name}", "请补上；每个值都要写明依据")
        return found

    def say(self, line: int, what: str, advice: str) -> None:
        self.mistakes.append(Mistake(self.file, line, what, "", advice))

    def attempt(self, action: Callable[[], _T]) -> _T | None:
        try:
            return action()
        except Wrong as wrong:
            self.mistakes.append(wrong.mistake(self.file))
            return None


def _contradictions(file: str, known: Mapping[str, Stated]) -> Iterator[Mistake]:
    """Values that are right one by one and do not fit together."""

    def line(*keys: str) -> int:
        return max(known[key].line for key in keys) or 1

    total, execution = known["weight_total"].value, known["execution_points"].value
    levels: Mapping[str, Decimal] = known["levels"].value
    whole = execution + sum(levels.values(), Decimal(0))
    keys = ("weight_total", "execution_points", "levels")
    if whole > total or (levels and whole != total):
        what = f"execution_points 与 levels 合计 {plain(whole)}，不等于 weight_total {plain(total)}"
        yield Mistake(file, line(*keys), what, "", "请改正其中的分值；一级指标分值自定的，levels 写 {}")
    if known["ask_from"].value > known["ask_strongly_from"].value:
        what = "ask_from 高于 ask_strongly_from"
        yield Mistake(file, line("ask_from", "ask_strongly_from"), what, "", "请把较低的一条线写在 ask_from")
