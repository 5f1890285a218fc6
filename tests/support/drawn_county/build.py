"""A seed and a size → a county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from support.drawn_county import stories
from support.drawn_county.project import Project
from support.drawn_county.register import register
from support.drawn_county.sender import Sender
from support.drawn_county.stories import Story
from support.drawn_county.truth import Truth
from support.drawn_county.words import Department

SHARES: Mapping[Story, int] = {
    stories.other_kind: 30, stories.our_template: 4, stories.loose: 3, stories.no_code: 5, stories.code_as_number: 5, stories.no_department: 4,
    stories.faulty: 9, stories.hidden_last_year: 3, stories.last_year: 4, stories.scan_beside: 8,
    stories.evidence_beside: 2, stories.report_beside: 4, stories.scan_alone: 5, stories.copy: 5,
    stories.converted: 3, stories.two_kinds: 5, stories.scored: 3, stories.all_of_a_unit: 2,
    stories.later_by_name: 6, stories.nobody_knows: 4, stories.later_batch: 7, stories.same_again: 2,
    stories.fewer_lines: 3, stories.document_differs: 2, stories.one_code: 3, stories.yuan_by_mistake: 3,
    stories.whole_department: 5, stories.transfer: 4, stories.not_ours: 8, stories.blank: 4,
    stories.our_summary: 1, stories.unreadable: 6, stories.litter: 6, stories.secret: 4, stories.no_secret: 3,
    stories.archive: 5, stories.nothing: 8, stories.blank_of_project: 2, stories.exempt: 6, stories.unlisted: 5,
    stories.former_name: 2, stories.yuan_unseen: 1, stories.secret_by_register: 2, stories.near: 3,
}  # fmt: skip
"""How often each thing happens in a county of 300 files; the rest are plain tables."""


@dataclass(frozen=True)
class County:
    """What a county sends, and what is right.

    Attributes:
        files: path below its folder → content.
        register: 名单.xlsx, which is not among them.
    """

    files: Mapping[str, bytes]
    register: bytes
    truth: Truth
    departments: tuple[Department, ...]
    projects: tuple[Project, ...]


def county(seed: int, size: int = 300) -> County:
    """Return the county of a seed with about so many files and members; the same one each time."""
    sender = Sender(seed, min(40, max(4, size // 9)))
    happened = [story for story, share in SHARES.items() for _ in range(max(1, share * size // 300))]
    sender.draw.shuffle(happened)
    for department in sender.departments:  # each sends one table at least
        project = sender.project(department)
        sender.truth.sound.add(sender.plain(project))
    for story in happened:
        story(sender)
    while len(sender.truth.entries) < size:
        stories.table(sender)
    listed = register(
        sender.projects,
        exempt=sender.truth.exempt,
        secret=frozenset(sender.truth.secret),
        former=sender.former,
        draw=sender.draw,
    )
    return County(sender.files, listed, sender.truth, tuple(sender.departments), tuple(sender.projects))
