"""What only the bureau's list of projects shows.

A function for each thing that happens, with the outcome that is right.
"""

from __future__ import annotations

from dataclasses import replace

from support.drawn_county import kinds, layouts
from support.drawn_county.sender import Sender
from support.drawn_county.truth import HIDDEN, PROJECTS, Asked, Counted, Entry, Truth, counted


def nothing(sender: Sender) -> None:
    """A project for which nothing came."""
    project = sender.project()
    sender.truth.fates[project.code] = "未收到文件"


def blank_of_project(sender: Sender) -> None:
    """A form in which nothing but the project's name is filled in, by the name of its file."""
    project = sender.project()
    sender.truth.fates[project.code] = "空表"
    sender.send(sender.path(project), kinds.xlsx(layouts.blank(project.name)), "blank")


def exempt(sender: Sender) -> None:
    """A project that need not report, and now and then does."""
    project = sender.project()
    sender.truth.exempt[project.code] = "金额低于50万元"
    if sender.draw.random() < 0.3:
        sender.plain(project)


def unlisted(sender: Sender) -> None:
    """A table of a project that the register does not have: it counts, and is told."""
    project = sender.project()
    sender.projects.remove(project)
    sender.truth.unlisted.add(project.code)
    sender.plain(project)


def former_name(sender: Sender) -> None:
    """A department under the name that it had before."""
    owner = sender.draw.choice(list(sender.former))
    project = sender.project(owner)
    project = replace(project, unit=owner.name)
    sender.projects[-1] = project
    sender.plain(project, department=sender.former[owner])
    right = sender.truth.counted[PROJECTS].pop()
    without = replace(right, department=sender.former[owner])
    sender.count_as(without, PROJECTS)
    sender.known_by_register(lambda truth: _exchange(truth, without, right))


def _exchange(truth: Truth, old: Counted, new: Counted | None) -> None:
    truth.counted[PROJECTS].remove(old)
    truth.counted[PROJECTS] += [new] if new is not None else []


def yuan_unseen(sender: Sender) -> None:
    """Amounts in 元 below 万元, and no other figure in the table that shows it."""
    project = sender.project()
    few = tuple(line for line in project.lines if line.unit != "万元")
    few = (replace(few[0], weight=few[0].weight + 15), *few[1:])
    project = replace(project, lines=few)
    sender.projects[-1] = project
    typed = replace(sender.typed(project, plainly=True), in_yuan_by_mistake=True)
    sent = sender.send(sender.path(project), sender.book(project, typed), "accepted", project.code)
    right = counted(project)
    wrong = replace(right, budget=project.budget * 10_000, executed=project.executed * 10_000)
    sender.count_as(wrong, PROJECTS)
    asked = Asked(
        "金额与名单相差一万倍",
        frozenset({project.code}),
        frozenset({sent}),
        project.budget,
        {sent: "按元"},
        (right,),
    )

    def beside(truth: Truth) -> None:
        _exchange(truth, wrong, None)
        truth.asked.append(asked)

    sender.known_by_register(beside)


def secret_by_register(sender: Sender) -> None:
    """A table of which only the register says that it is a secret."""
    project = sender.project(name=sender.new_name())
    sender.truth.secret.add(project.code)
    sender.plain(project)
    entry, each = sender.truth.entries[-1], sender.truth.counted[PROJECTS][-1]
    hidden = Entry(f"{sender.folder(project.department)}{HIDDEN}", "", "secret")

    def beside(truth: Truth) -> None:
        truth.entries[truth.entries.index(entry)] = hidden
        _exchange(truth, each, None)
        truth.hidden.update((project.name, project.code))

    sender.known_by_register(beside)


def near(sender: Sender) -> None:
    """A table without a code, under a name that is nearly that of the register."""
    project = sender.project(name=sender.new_name())
    named = replace(project, name=f"{project.name}工程")
    sent = sender.plain(named, code="")
    sender.truth.fates[project.code] = "疑似已报（名称相近）"
    each = sender.truth.counted[PROJECTS][-1]
    asked = Asked(
        "与名单名称相近",
        frozenset({named.name}),
        frozenset({sent}),
        project.budget,
        {sent: "不是，另列"},
        (each,),
    )

    def beside(truth: Truth) -> None:
        _exchange(truth, each, None)
        truth.asked.append(asked)

    sender.known_by_register(beside)
