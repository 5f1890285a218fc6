"""What a text says of the head of a table, wherever it stands: fields behind their labels, the year of a title."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from zipingbiao.table.find import labels
from zipingbiao.values.numerals import with_years
from zipingbiao.values.regex import regex

_COLON = regex(r"[:：]")
_PARTS = regex(r"[\n\r\t]+|[ \u3000]{2,}")
_YEAR = regex(r"(?<!\d)(20\d{2})\s*(?:年度|年(?!\s*\d{1,2}\s*月))")
_CLAUSE = regex(r"[，,。；;]")
_WORD = regex(r"[^\W_]")


class Says(NamedTuple):
    """What a text says of the head: the year of a title, and fields.

    Each with its rank and its value behind the colon, None where that stands beside the text.
    """

    year: str
    fields: tuple[tuple[str, int, str | None], ...]


def said_of_head(text: str) -> Says | None:
    """Return what a text says of the head; None for any other text."""
    fields: tuple[tuple[str, int, str | None], ...]
    if named := labels.head_field(text):
        fields = ((*named, None),)
    else:
        fields = tuple(
            (*named, value.partition("。")[0].strip())  # what follows is about something else
            for label, value in labelled_parts(text)
            if (named := labels.head_field(label))
        )
    year = year_of_title(text)
    return Says(year, fields) if fields or year else None


@lru_cache(maxsize=8192)
def labelled_parts(text: str) -> tuple[tuple[str, str], ...]:
    """Return each label before a colon with what stands behind it: ``项目名称：甲   年度：2022``."""
    parts = (_COLON.split(part, maxsplit=1) for part in _PARTS.split(text)) if _COLON.search(text) else ()
    return tuple((label, value[0].strip() if has_word(value[0]) else "") for label, *value in parts if value)


def has_word(text: str) -> bool:
    """Tell whether a text is more than a line to write on."""
    return _WORD.search(text) is not None


def year_of_title(text: str) -> str:
    """Return the four digits of the year in a title (``项目支出绩效自评表（2022年度）``); "" for a sentence."""
    is_title = "表" in text or "年度" in text
    if len(text) > labels.LONGEST_LABEL or not is_title or _CLAUSE.search(text):
        return ""
    found = _YEAR.search(with_years(text))
    return found[1] if found else ""
