"""One table, in every way in which it comes, and what lies beside it.

A function for each thing that happens, with the outcome that is right.
"""

from __future__ import annotations

from dataclasses import replace

from support.drawn_county import kinds, layouts
from support.drawn_county.ours import ours
from support.drawn_county.project import YEAR
from support.drawn_county.sender import Sender
from support.sent import JPG, PDF, document

# ------------------------------------------------------------------ one table


def table(sender: Sender) -> None:
    """A workbook as most are; its name says the project and something else, or nothing else."""
    after = sender.draw.choice(("", "", "自评表", "项目支出绩效自评表", f"{YEAR}年度自评表"))
    sent = sender.plain(after=after, without_scores=sender.draw.random() < 0.05)
    sender.truth.sound.add(sent)


def other_kind(sender: Sender) -> None:
    """A table in the file of another program."""
    sender.truth.sound.add(
        sender.plain(kind=sender.draw.choice(("xls", "et", "xlsb", "xml", "ods", "html", "csv", "docx")))
    )


def our_template(sender: Sender) -> None:
    """A table in our own template."""
    project = sender.project()
    typed = replace(sender.typed(project), unit_of_money="万元")
    sent = sender.send(sender.path(project), ours(project, typed), "accepted", typed.label(project))
    sender.count(project)
    sender.truth.sound.add(sent)


def loose(sender: Sender) -> None:
    """A table in no folder: only what is typed says whose it is."""
    project = sender.project()
    typed = sender.typed(project)
    name = f"{sender.batch}/{project.department.short}-{project.name}.xlsx"
    sender.send(name, sender.book(project, typed), "accepted", typed.label(project))
    sender.count(project)


def own_folder(sender: Sender) -> None:
    """A folder for the project, in which no file is named after it."""
    project = sender.project()
    typed = sender.typed(project)
    folder = f"{sender.folder(project.department)}{project.name}/"
    sender.send(f"{folder}自评表.xlsx", sender.book(project, typed), "accepted", typed.label(project))
    sender.count(project)
    for name, data in (("盖章扫描件/自评表.pdf", PDF), ("佐证/1.jpg", JPG), ("扫描件.pdf", PDF)):
        sender.send(f"{folder}{name}", data, "attached")


def one_name(sender: Sender) -> None:
    """Two units of a department with a project of the same name each."""
    owners = [owner for owner in sender.departments if len(owner.units) > 1]
    if not owners:
        return
    owner, name = sender.draw.choice(owners), sender.new_name()
    for unit in owner.units[:2]:
        made = replace(sender.project(owner, name), unit=unit)
        sender.projects[-1] = made
        typed = sender.typed(made)
        path = f"{sender.folder(owner)}{unit}/{name}.xlsx"
        sender.send(path, sender.book(made, typed), "accepted", typed.label(made))
        sender.count(made)


def no_code(sender: Sender) -> None:
    """A table without a code: name and unit tell the project."""
    sender.plain(code="")


def code_as_number(sender: Sender) -> None:
    """A code that a sheet holds as a number has lost its last digits."""
    project = sender.project()
    sender.plain(project, code=project.code, code_as_number=True)


def no_department(sender: Sender) -> None:
    """A table that names no department is that of its folder."""
    project = sender.project()
    sender.plain(project, department="")


def faulty(sender: Sender) -> None:
    """A table with a fault: it counts as it was typed, and the fault is told."""
    project = sender.project()
    kind = sender.draw.choice(("weights", "total", "full"))
    first = project.lines[0]
    if kind == "weights":
        project = replace(project, lines=(replace(first, weight=first.weight - 5), *project.lines[1:]))
        sender.truth.faulty.add(sender.plain(project))
    elif kind == "total":
        sender.truth.faulty.add(sender.plain(project, total="55.5"))
    else:
        missed = replace(first, target="20", actual="10", given=100 * first.weight, reason="")
        sender.truth.faulty.add(sender.plain(replace(project, lines=(missed, *project.lines[1:]))))


def hidden_last_year(sender: Sender) -> None:
    """A workbook in which the sheet of last year is still there, hidden."""
    project = sender.project()
    typed, last = sender.typed(project), replace(sender.other(project), year=YEAR - 1)
    old = [replace(sheet, name="上年", hidden=True) for sheet in layouts.national(last, typed)]
    data = kinds.xlsx([*layouts.national(project, typed), *old])
    sender.send(sender.path(project), data, "accepted", typed.label(project))
    sender.count(project)


def last_year(sender: Sender) -> None:
    """A table of last year, by itself or beside that of this year."""
    project = sender.project()
    if sender.draw.random() < 0.5:
        sender.plain(project)
    else:
        sender.projects.remove(project)
    last = replace(sender.other(project), year=YEAR - 1)
    sender.send(sender.path(project, after=f"{YEAR - 1}年"), sender.book(last), "skipped")


# ------------------------------------------------------------------ what lies beside a table


def scan_beside(sender: Sender) -> None:
    project = sender.project()
    sender.plain(project)
    after, data, ending = sender.draw.choice(
        (
            ("（盖章扫描件）", PDF, "pdf"),
            ("扫描", JPG, "jpg"),
            ("", PDF, "pdf"),
            ("自评表（签字）", JPG, "jpg"),
        )
    )
    sender.send(sender.path(project, ending, after=after), data, "attached")


def evidence_beside(sender: Sender) -> None:
    project = sender.project()
    sender.plain(project)
    for name, data in (("佐证材料/现场照片1.jpg", JPG), ("佐证材料/采购合同.pdf", PDF)):
        sender.send(f"{sender.folder(project.department)}{project.name}{name}", data, "attached")


def report_beside(sender: Sender) -> None:
    project = sender.project()
    sender.plain(project)
    report = document([], f"{project.name}绩效自评报告", "一、基本情况", "项目实施情况良好。")
    sender.send(sender.path(project, "docx", after="绩效自评报告"), report, "attached")


def scan_alone(sender: Sender) -> None:
    """A scan is all that came: nothing can be read, and nobody may say that nothing came."""
    project = sender.project()
    sender.truth.fates[project.code] = "只有扫描件"
    data, ending = sender.draw.choice(((PDF, "pdf"), (JPG, "jpg")))
    sender.send(sender.path(project, ending, after="自评表扫描"), data, "rejected")
