"""Tables for a terminal; plain lines where the output is no terminal."""

from __future__ import annotations

import sys

import click

from zipingbiao.result.said import score_table
from zipingbiao.scoring.evaluation import Evaluation


def show_scores(evaluation: Evaluation) -> None:
    """Print a scored table: with frames for a person at a terminal, tab-separated otherwise."""
    heading, rows = score_table(evaluation)
    if not sys.stdout.isatty():
        for row in (heading, *rows):
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*heading)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # Text: brackets in a name are no markup
    Console().print(table)
