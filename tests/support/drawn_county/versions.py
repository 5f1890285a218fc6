"""One table that came several times, and what only a person can decide.

A function for each thing that happens, with the outcome that is right.
"""

from __future__ import annotations

from dataclasses import replace

from support.drawn_county import kinds, layouts
from support.drawn_county.project import YEAR
from support.drawn_county.sender import LATE, SECOND, Sender

# ------------------------------------------------------------------ one table several times


def copy(sender: Sender) -> None:
    """The same bytes under a name that says copy."""
    project = sender.project()
    typed = sender.typed(project)
    data = sender.book(project, typed)
    sender.send(sender.path(project), data, "accepted", typed.label(project))
    sender.count(project)
    before, after = sender.draw.choice((("", " - 副本"), ("", "(2)"), ("", "（1）"), ("复制 ", "")))
    sender.send(sender.path(project, before=before, after=after), data, "skipped")


def converted(sender: Sender) -> None:
    """A workbook of old Excel, and what it was saved as."""
    project = sender.project()
    typed = sender.typed(project)
    sheets = sender.sheets(project, typed)
    sender.send(sender.path(project, "xls"), kinds.xls(sheets), "skipped")
    sender.send(sender.path(project), kinds.xlsx(sheets), "accepted", typed.label(project))
    sender.count(project)


def two_kinds(sender: Sender) -> None:
    """One table as a workbook and as a document, or as a document and as a text."""
    project = sender.project()
    typed = sender.typed(project)
    sheets = layouts.national(project, typed)
    first, second = sender.draw.choice((("xlsx", "docx"), ("xlsx", "csv"), ("docx", "csv")))
    sender.send(sender.path(project, first), kinds.WRITERS[first](sheets), "accepted", typed.label(project))
    sender.send(sender.path(project, second), kinds.WRITERS[second](sheets), "attached")
    sender.count(project)


def scored(sender: Sender) -> None:
    """What we saved of a workbook with scores takes the place of that without."""
    project = sender.project()
    typed = sender.typed(project)
    without = kinds.xlsx(layouts.national(project, replace(typed, without_scores=True)))
    sender.send(sender.path(project), without, "skipped")
    data = kinds.xlsx(layouts.national(project, typed))
    sender.send(sender.path(project, after="（已评分）"), data, "accepted", typed.label(project))
    sender.count(project)


def all_of_a_unit(sender: Sender) -> None:
    """A workbook of all projects of a department, and each of them by itself."""
    owner = sender.department()
    projects = [sender.project(owner) for _ in range(3)]
    typed = [sender.typed(project, plainly=True) for project in projects]
    pages = [layouts.national(project, how)[0] for project, how in zip(projects, typed, strict=True)]
    for project, page in zip(projects[:2], pages, strict=False):
        sender.send(sender.path(project), kinds.xlsx([page]), "skipped")
        sender.count(project)
    sender.count(projects[2])
    sheets = [replace(page, name=str(number)) for number, page in enumerate(pages, 1)]
    labels = [how.label(project) for project, how in zip(projects, typed, strict=True)]
    name = f"{sender.folder(owner)}{owner.short}全部项目{projects[0].code[-4:]}.xlsx"
    sender.send(name, kinds.xlsx(sheets), "accepted", *labels)


def _two_versions(sender: Sender, first: str, second: str, *, asked: bool) -> None:
    """Send a project twice: names, the later one last, which counts or is asked about with the earlier one."""
    project = sender.project()
    later = sender.other(project)
    found = []
    for version, after, status in (
        (project, first, "accepted" if asked else "skipped"),
        (later, second, "accepted"),
    ):
        typed = sender.typed(version)
        labels = [typed.label(version)] if status == "accepted" else []
        sent = sender.send(sender.path(version, after=after), sender.book(version, typed), status, *labels)
        found.append((sent, labels))
    if asked:
        labels = [label for _, each in found for label in each]
        files = [sent for sent, _ in found]
        sender.ask("同一项目两个版本", labels, files, project.budget, ("不计", "采用"), later)
    else:
        sender.count(later)


def later_by_name(sender: Sender) -> None:
    """最终 and 修改 go before a name without such a word."""
    after = sender.draw.choice(("（最终版）", "最终", "（修改）", "修改后", "-修改稿", "（定稿）"))
    _two_versions(sender, "", after, asked=False)


def nobody_knows(sender: Sender) -> None:
    """(2) and 副本 decide nothing, and neither do two names that both say 最终."""
    first, second = sender.draw.choice((("", "(2)"), ("", " - 副本"), ("最终", "（最终版）"), ("", "（1）")))
    _two_versions(sender, first, second, asked=True)


def later_batch(sender: Sender) -> None:
    """What came in a later batch goes before what came earlier, whatever its name."""
    project = sender.project()
    later = sender.other(project)
    after = sender.draw.choice(("", "", "最终", "(2)"))
    sender.send(sender.path(project, after=after), sender.book(project), "skipped")
    sender.batch, before = sender.draw.choice((SECOND, LATE)), sender.batch
    sender.plain(later)
    sender.batch = before


def three_batches(sender: Sender) -> None:
    """Each batch has a version of its own: the last one counts."""
    project = sender.project()
    batches = (sender.batch, SECOND, LATE)
    for batch in batches:
        sender.batch = batch
        if batch == LATE:
            sender.plain(project)
        else:
            sender.send(sender.path(project, after="(2)"), sender.book(sender.other(project)), "skipped")
    sender.batch = batches[0]


def archive_and_unpacked(sender: Sender) -> None:
    """An archive, and what is in it once more as files: these count."""
    projects = [sender.project(owner) for owner in [sender.department()] for _ in range(2)]
    owner = projects[0].department
    books = {}
    for project in projects:
        typed = sender.typed(project)
        books[f"{project.name}.xlsx"] = sender.book(project, typed)
        sender.send(sender.path(project), books[f"{project.name}.xlsx"], "accepted", typed.label(project))
        sender.count(project)
    with sender.archive(f"{sender.folder(owner)}{projects[0].name}等.zip", owner, gbk=True):
        for name, data in books.items():
            sender.send(name, data, "skipped")


def same_again(sender: Sender) -> None:
    """The same figures once more in a later batch, the code with another prefix: the later one counts."""
    project = sender.project()
    sender.send(sender.path(project), sender.book(project), "skipped")
    sender.batch, before = SECOND, sender.batch
    sender.plain(project, code=f"[155]{project.code}")
    sender.batch = before


def fewer_lines(sender: Sender) -> None:
    """A later version that is filled in less is asked about."""
    project = sender.project()
    typed = sender.typed(project, plainly=True)
    first = sender.send(sender.path(project), sender.book(project, typed), "accepted", typed.label(project))
    sender.batch, before = SECOND, sender.batch
    emptier = sender.book(project, replace(typed, unfilled=3))
    second = sender.send(sender.path(project), emptier, "accepted", typed.label(project))
    sender.batch = before
    sender.ask(
        "同一项目两个版本", [typed.label(project)], [first, second], project.budget, ("采用", ""), project
    )


def document_differs(sender: Sender) -> None:
    """A document with other figures than the workbook beside it is no attachment: nobody knows which is right."""
    project = sender.project()
    typed = sender.typed(project, plainly=True)
    other = sender.other(project)
    first = sender.send(sender.path(project), sender.book(project, typed), "accepted", typed.label(project))
    data = kinds.docx(layouts.national(other, typed))
    second = sender.send(sender.path(project, "docx"), data, "accepted", typed.label(project))
    sender.ask(
        "同一项目两个版本", [typed.label(project)], [first, second], project.budget, ("", "采用"), other
    )


# ------------------------------------------------------------------ what only a person can decide


def one_code(sender: Sender) -> None:
    """Two departments with one code: two projects, or one that both sent."""
    one, two = sender.draw.sample(sender.departments, 2)
    alike = sender.draw.random() < 0.5
    first = sender.project(one, sender.new_name())
    if alike:
        second = replace(first, department=two, unit=two.name)
    else:
        own = sender.project(two)
        sender.truth.fates[own.code] = "疑似已报（名称相近）"
        second = replace(own, code=first.code)
    sent = []
    for each in (first, second):
        data = kinds.xlsx(layouts.national(each, sender.typed(each, plainly=True)))
        sent.append(sender.send(sender.path(each), data, "accepted", each.code))
    if alike:
        sender.ask("同一编码，两个单位", [first.code], sent, first.budget, ("采用", "不计"), first)
        return
    both = first.budget + second.budget
    sender.ask("同一编码，两个单位", [first.code], sent, both, ("分别计入", "分别计入"), first, second)


def bare_change(sender: Sender) -> None:
    """（改） alone is no word that decides: layouts.md shows it among what is asked."""
    _two_versions(sender, "", "（改）", asked=True)


def no_year(sender: Sender) -> None:
    """A table without its year, where tables of two years came."""
    project = sender.project()
    typed = sender.typed(project, plainly=True)
    (page,) = layouts.national(project, typed)
    rows = [row for row in page.rows if row != [f"（{project.year}年度）"]]
    rows = [[*row[:-1], "填报日期：　年　月"] if row[0] == "填表人：" else row for row in rows]
    sent = sender.send(
        sender.path(project), kinds.xlsx([replace(page, rows=rows)]), "accepted", typed.label(project)
    )
    sender.ask("年度不明", [project.code], [sent], project.budget, (str(YEAR),), project)


def transfer_twice(sender: Sender) -> None:
    """The same money as a project of the department and as a transfer."""
    project = sender.project()
    typed = sender.typed(project, plainly=True)
    one = sender.send(sender.path(project), sender.book(project, typed), "accepted", typed.label(project))
    data = kinds.xlsx(layouts.transfer(project, typed))
    other = sender.send(sender.path(project, after="转移支付自评表"), data, "accepted", typed.label(project))
    files = [one, other]
    sender.ask(
        "转移支付与部门项目重复", [project.code], files, project.budget, ("只计部门项目",) * 2, project
    )


def yuan_by_mistake(sender: Sender) -> None:
    """Amounts in 元 below a heading that says 万元: the cost among the indicators shows it."""
    project = sender.project()
    typed = replace(sender.typed(project, plainly=True), in_yuan_by_mistake=True)
    sent = sender.send(sender.path(project), sender.book(project, typed), "accepted", project.code)
    sender.ask("金额疑为元", [project.code], [sent], project.budget, ("按元",), project)
