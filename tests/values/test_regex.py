"""Regular expressions that are compiled late are right all the same."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable
from importlib import import_module
from pkgutil import walk_packages
from re import _constants as of  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import zipingbiao
from zipingbiao.values.regex import regex


def test_it_is_asked_like_a_compiled_one() -> None:
    late, early = regex(r"(?P<year>20\d\d)年"), re.compile(r"(?P<year>20\d\d)年")
    text = "2021年和2022年"
    assert late.pattern == early.pattern
    assert late.findall(text) == early.findall(text) == ["2021", "2022"]
    assert [found.span() for found in late.finditer(text)] == [found.span() for found in early.finditer(text)]
    assert (late.sub("", text), late.split(text)) == (early.sub("", text), early.split(text))
    assert late.fullmatch(text) is None
    assert [found and found["year"] for found in (late.search(text), late.match(text))] == ["2021", "2021"]
    assert regex("excel", re.IGNORECASE).search("Excel")
    assert regex(rb"\d+").findall(b"12 and 3") == [b"12", b"3"]
    assert (late.flags, late.groups, late.groupindex) == (early.flags, early.groups, early.groupindex)


def test_a_mistake_shows_at_the_first_use() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_no_pattern_of_the_package_has_a_mistake() -> None:
    kind, found = type(regex("")), 0
    for module in walk_packages(zipingbiao.__path__, "zipingbiao."):
        if not module.name.endswith("__main__"):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, kind):
                    assert value.groups >= 0
                    found += 1
    assert found > 100


@pytest.mark.parametrize("text", ["", "九成", "百分", "百分之", "百分之九", "共百分之十五"])
def test_a_rare_pattern_answers_as_any_other(text: str) -> None:
    pattern = "百分之([一二三四五六七八九十]+)"
    for ask in ("search", "match", "fullmatch"):
        rare, usual = regex(pattern, holds=("百分之",)), re.compile(pattern)
        found, expected = getattr(rare, ask)(text), getattr(usual, ask)(text)
        assert (found and found.span()) == (expected and expected.span())
    assert regex(pattern, holds=("百分之",)).sub("%", text) == re.sub(pattern, "%", text)


def test_what_a_rare_pattern_is_said_to_hold_stands_in_all_that_it_matches() -> None:
    for module in walk_packages(zipingbiao.__path__, "zipingbiao."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    kind = type(regex("", holds="a"))
    rare = [each for each in gc.get_objects() if type(each) is kind]
    assert len(rare) > 10
    assert [each.pattern for each in rare if not is_said(each)] == []


def test_a_sign_that_a_match_may_do_without_is_noticed() -> None:
    assert is_said(regex("(?:约|大约)[0-9]|≈", holds="约≈"))
    assert not is_said(regex("(?:约|大约)[0-9]|≈", holds="约"))
    assert not is_said(regex("约?[0-9]", holds="约"))
    assert not is_said(regex("(?<!约)[0-9](?=约)", holds="约"))
    assert not is_said(regex("百.分之", holds=("百分之",)))


def is_said(rare: Any) -> bool:
    """Whether each match of a pattern holds one of its signs or words, as far as the pattern itself says so."""
    return must_hold(parser.parse(rare.pattern), rare.holds)


def must_hold(parts: Iterable[tuple[Any, Any]], signs: tuple[str, ...], before: str = "") -> bool:
    """Whether a sign stands in whatever matches the parts, with the text *before* them."""
    for kind, value in parts:
        if kind is of.LITERAL:
            before += chr(value)
            if any(sign in before for sign in signs):
                return True
            continue
        if kind is of.IN and all(what is of.LITERAL for what, _ in value):
            if all(any(sign in before + chr(one) for sign in signs) for _, one in value):
                return True
        elif kind is of.BRANCH:
            if all(must_hold(branch, signs, before) for branch in value[1]):
                return True
        elif kind is of.SUBPATTERN:
            if must_hold(value[-1], signs, before):
                return True
        elif kind in (of.MAX_REPEAT, of.MIN_REPEAT) and value[0] and must_hold(value[2], signs, before):
            return True
        before = ""
    return False
