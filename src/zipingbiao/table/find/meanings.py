"""What one text may mean wherever it stands on a sheet: the index that finding a table asks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from zipingbiao.table.find import labels
from zipingbiao.table.find.head_words import Says, said_of_head
from zipingbiao.table.find.labels import Meaning
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Role
from zipingbiao.table.words import Extra


class Meanings(NamedTuple):
    """What one text may mean: a heading, a label of the funds, something of the head of a table."""

    heading: Meaning[Role | Extra] | None
    amount: tuple[AmountKind, int] | None
    source: Source | None
    line: AmountKind | None
    head: Says | None


@lru_cache(maxsize=65536)
def meanings(text: str) -> Meanings | None:
    """Return what a text may mean; None for most texts. A sentence may only say something of the head."""
    head = said_of_head(text)
    if len(text) > labels.LONGEST_LABEL:
        return None if head is None else Meanings(None, None, None, None, head)
    found = Meanings(
        labels.heading(text), labels.amount_kind(text), labels.source(text), labels.line_kind(text), head
    )
    return found if any(found) else None
