"""How a report is built: an ordered list of parts, each with its heading and what stands below it.

A printed form has one such list (``report/forms/<key>.py``); who writes, updates or fills a unit's own
document walks the same list.
"""

from __future__ import annotations

from collections.abc import Callable

from zipingbiao.report.blocks import Table
from zipingbiao.report.texts import Basis
from zipingbiao.values.frozen import frozen


@frozen
class Prose:
    """The text of a section of 文字材料, paragraph by paragraph."""

    section: str


@frozen
class Labels:
    """Several sections, each a paragraph that begins with its title and a colon."""

    sections: tuple[str, ...]


@frozen
class Sentence:
    """The one sentence that states total and grade."""


@frozen
class Printed:
    """A table of the evaluation.

    Attributes:
        made: gives the table; None where the workbook has nothing for it.
        sections: whose texts stand in it.
        named: whether a line above it says whose it is, because its own rows do not.
    """

    made: Callable[[Basis], Table | None]
    sections: tuple[str, ...] = ()
    named: bool = False


Content = Prose | Labels | Sentence | Printed


@frozen
class Part:
    """One part of a report.

    Attributes:
        title: its heading with its number.
        level: 1 to 3.
        key: what a unit's own document calls it: 【总得分句】, 【表：产出】.
        mark: the bookmark in the heading, without its prefix.
        content: what stands below; None for a heading over other parts.
    """

    title: str
    level: int
    key: str
    mark: str
    content: Content | None = None

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of 文字材料 that stand below it."""
        match self.content:
            case Prose(section):
                return (section,)
            case Labels(sections) | Printed(sections=sections):
                return sections
            case _:
                return ()


@frozen
class Outline:
    """The report of a printed form: its upright pages, then the 附件 that lie across."""

    parts: tuple[Part, ...]
    annexes: tuple[Part, ...]
