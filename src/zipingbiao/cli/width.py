"""Texts in columns of a terminal, in which Chinese signs are two wide."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from zipingbiao.values.regex import regex

_PIECE = regex(r"(?:[!-~]+|[^!-~])[，。；、：）”]*\s*")


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """Return lines of at most *width* columns; neither a punctuation mark nor half a word starts a line.

    A word that is longer than a line is broken: nothing is cut off.
    """
    lines = [""]
    for piece in (part for found in _PIECE.findall(text) for part in _broken(found, width)):
        if columns(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _broken(piece: str, width: int) -> Iterator[str]:
    while columns(piece.rstrip()) > width and len(piece) > 1:
        part = piece[:width]
        while columns(part) > width and len(part) > 1:
            part = part[:-1]
        yield part
        piece = piece[len(part) :]
    yield piece


def padded(text: str, width: int) -> str:
    """Return a text with blanks up to *width* columns."""
    return text + " " * (width - columns(text))
