"""A seed and a size → a county."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from support.drawn_county import listed, others, tables, versions
from support.drawn_county.project import Project
from support.drawn_county.register import register
from support.drawn_county.sender import Sender
from support.drawn_county.truth import Truth
from support.drawn_county.words import Department

Story = Callable[[Sender], None]

SHARES: Mapping[Story, int] = {
    tables.other_kind: 18, tables.our_template: 4, tables.loose: 3, tables.no_code: 5, tables.own_folder: 3, tables.one_name: 3, versions.three_batches: 3, versions.archive_and_unpacked: 2,
    versions.bare_change: 2, versions.no_year: 2, versions.transfer_twice: 2, tables.code_as_number: 5, tables.no_department: 4,
    tables.faulty: 6, tables.hidden_last_year: 3, tables.last_year: 4, tables.scan_beside: 5,
    tables.evidence_beside: 2, tables.report_beside: 4, tables.scan_alone: 5, versions.copy: 5,
    versions.converted: 3, versions.two_kinds: 4, versions.scored: 3, versions.all_of_a_unit: 2,
    versions.later_by_name: 5, versions.nobody_knows: 4, versions.later_batch: 5, versions.same_again: 2,
    versions.fewer_lines: 3, versions.document_differs: 2, versions.one_code: 3, versions.yuan_by_mistake: 3,
    others.whole_department: 5, others.transfer: 4, others.not_ours: 5, others.blank: 4,
    others.our_summary: 1, others.unreadable: 6, others.litter: 6, others.secret: 4, others.no_secret: 3,
    others.archive: 4, listed.nothing: 8, listed.blank_of_project: 2, listed.exempt: 6, listed.unlisted: 5,
    listed.former_name: 2, listed.yuan_unseen: 1, listed.secret_by_register: 2, listed.near: 3,
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
        tables.table(sender)
    rows = register(
        sender.projects,
        exempt=sender.truth.exempt,
        secret=frozenset(sender.truth.secret),
        former=sender.former,
        draw=sender.draw,
    )
    return County(sender.files, rows, sender.truth, tuple(sender.departments), tuple(sender.projects))
