"""Regular expressions that are compiled late are right all the same."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

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
