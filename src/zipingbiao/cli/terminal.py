"""What a person at a terminal sees of a result: a table that fits, colours beside words."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence

import click

from zipingbiao.cli.width import columns, padded, wrapped
from zipingbiao.result.said import SCORE_TABLE_TEXTS, score_table
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

_GAP, _NARROWEST = "  ", 8
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def label(finding: Finding) -> str:
    """Return 错误, 警告 or 提示 in its colour; where no colour is shown, the word says it."""
    if finding.verified:
        return finding.label
    return click.style(
        finding.label, fg=_COLOURS[finding.severity], bold=finding.severity is Severity.ERROR or None
    )


def show_scores(evaluation: Evaluation) -> None:
    """Print a scored table: in columns for a person at a terminal, tab-separated otherwise."""
    heading, rows = score_table(evaluation)
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        lines: Iterator[str] = in_columns(heading, rows, width)
    else:
        lines = ("\t".join(row) for row in (heading, *rows))
    for line in lines:
        click.echo(line)


def in_columns(heading: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield the lines of a scored table within *width* columns, the last cell of each row below it.

    Long cells go on in the next line. At 80 columns and above no line is wider.
    """
    *heads, _ = heading
    body = [list(row[:-1]) for row in rows]
    widths = _widths(heads, body, width)
    yield from _row(heads, widths)
    yield "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    for cells, row in zip(body, rows, strict=True):
        yield from _row(cells, widths)
        yield from (f"{_GAP}{line}" for line in wrapped(row[-1], width - len(_GAP)) if line)


def _widths(heads: Sequence[str], body: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column: figures as wide as they are, the texts share what is left."""
    widths = [
        max([4 if head not in SCORE_TABLE_TEXTS else columns(head), *(columns(row[place]) for row in body)])
        for place, head in enumerate(heads)
    ]
    texts = [place for place, head in enumerate(heads) if head in SCORE_TABLE_TEXTS]
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room:
        wide = max(texts, key=lambda place: widths[place])
        if widths[wide] <= _NARROWEST:
            break
        widths[wide] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    parts = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, parts))):
        line = [part[number] if number < len(part) else "" for part in parts]
        yield _GAP.join(padded(text, width) for text, width in zip(line, widths, strict=True)).rstrip()
