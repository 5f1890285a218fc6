"""The texts of a project as its report prints them: sections of 文字材料, and what stands on the table's own sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zipingbiao.report import draft
from zipingbiao.rules.texts.said import is_year_goal
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.labels import label
from zipingbiao.table.sections import UNWRITTEN
from zipingbiao.values.frozen import frozen

_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\n\v\f\u2028\u2029]")


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, each without the blanks around it: the style indents.

    Signs that no document may hold become �, nothing else changes.
    """
    lines = (line.strip() for line in _BREAKS.split(_ILLEGAL.sub("\ufffd", text)))
    return tuple(line for line in lines if line)


def section(evaluation: Evaluation, title: str) -> tuple[str, ...]:
    """Return what was written under a section; empty where nobody wrote anything.

    The goal of the year may stand on the table itself, as 年度绩效目标 or 预期目标.
    """
    texts = evaluation.table.texts
    own = _said(texts.get(label(title).key))
    if own or not is_year_goal(title):
        return own
    return next((said for key, entry in texts.items() if is_year_goal(key) and (said := _said(entry))), ())


@frozen
class Basis:
    """What a report is made from.

    Attributes:
        drafts: whether sections that nobody wrote get sentences made of figures.
    """

    evaluation: Evaluation
    drafts: bool = False

    def said(self, title: str) -> tuple[str, ...]:
        """Return the paragraphs of a section: as written, else as drafted, else that it is not written."""
        written = section(self.evaluation, title)
        offered = draft.sentences(self.evaluation, title) if self.drafts and not written else ()
        return written or offered or (UNWRITTEN,)

    def unwritten(self, titles: Iterable[str]) -> list[str]:
        """Return those of some sections that print :data:`UNWRITTEN`."""
        return [title for title in titles if self.said(title) == (UNWRITTEN,)]


def _said(entry: Entry | None) -> tuple[str, ...]:
    return paragraphs(entry.text) if entry is not None and not entry.is_error else ()
