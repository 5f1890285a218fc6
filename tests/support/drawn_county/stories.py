"""What departments send: one function per kind of thing that happens, each with the outcome that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import zipingbiao as z
from support.drawn_county import kinds, layouts
from support.drawn_county.ours import ours
from support.drawn_county.project import FEN_PER_WAN, YEAR
from support.drawn_county.sender import LATE, SECOND, Sender
from support.drawn_county.truth import HIDDEN, PROJECTS, Asked, Counted, Entry, Truth, counted
from support.sent import JPG, PDF, document

Story = Callable[[Sender], None]


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


def yuan_by_mistake(sender: Sender) -> None:
    """Amounts in 元 below a heading that says 万元: the cost among the indicators shows it."""
    project = sender.project()
    typed = replace(sender.typed(project, plainly=True), in_yuan_by_mistake=True)
    sent = sender.send(sender.path(project), sender.book(project, typed), "accepted", project.code)
    sender.ask("金额疑为元", [project.code], [sent], project.budget, ("按元",), project)


# ------------------------------------------------------------------ what only the register knows


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


# ------------------------------------------------------------------ other tables


def whole_department(sender: Sender) -> None:
    owner = sender.department()
    if owner.name in {each.department for each in sender.truth.counted.get("部门整体", ())}:
        return
    budget = sender.draw.randint(1000, 9000) * FEN_PER_WAN
    executed = budget * sender.draw.randint(80, 100) // 100
    sheets, score = layouts.whole_department(owner.name, budget, executed, YEAR)
    name = f"{sender.folder(owner)}部门整体支出绩效自评表.xlsx"
    sender.send(name, kinds.xlsx(sheets), "accepted", owner.name)
    sender.count_as(Counted(owner.name, "", budget, executed, score, "优"), "部门整体")


def transfer(sender: Sender) -> None:
    project = sender.project()
    typed = sender.typed(project, plainly=True)
    data = kinds.xlsx(layouts.transfer(project, typed))
    sender.send(sender.path(project, after="转移支付自评表"), data, "accepted", typed.label(project))
    sender.count(project, "转移支付")


def not_ours(sender: Sender) -> None:
    """Tables of other kinds: none of them is a self-evaluation."""
    project = sender.project()
    sender.plain(project)
    owner = project.department
    after, sheets = sender.draw.choice(
        (
            ("绩效监控表", layouts.monitoring(project)),
            ("绩效目标申报表", layouts.application(project)),
            ("汇总", layouts.list_of([project, sender.other(project)], owner.name)),
        )
    )
    sender.send(sender.path(project, after=after), kinds.xlsx(sheets), "other")


def blank(sender: Sender) -> None:
    owner = sender.department()
    name = f"{sender.folder(owner)}空表{sender.draw.randint(0, 10**6)}.xlsx"
    sender.send(name, kinds.xlsx(layouts.blank()), "blank")


def our_summary(sender: Sender) -> None:
    """A 汇总表 of ours that a department made for itself."""
    project = sender.project()
    data, _ = z.merge({"表.xlsx": sender.book(project, sender.typed(project, plainly=True))})
    assert data is not None
    sender.send(sender.path(project, after="汇总表"), data, "skipped")
    sender.plain(project)


# ------------------------------------------------------------------ nothing to be read


def unreadable(sender: Sender) -> None:
    project = sender.project()
    sender.truth.fates[project.code] = "无法读取"
    whole = sender.book(project)
    data, ending = sender.draw.choice(
        (
            (whole[: len(whole) * 2 // 3], "xlsx"),
            (kinds.locked(), "xlsx"),
            (b"", "xlsx"),
            (bytes(3000), "xls"),
            (b"Rar!\x1a\x07\x00" + bytes(200), "rar"),
        )
    )
    sender.send(sender.path(project, ending), data, "rejected")


def litter(sender: Sender) -> None:
    """What programs leave behind."""
    project = sender.project()
    sent = sender.book(project)
    folder = sender.folder(project.department)
    sender.projects.remove(project)
    name, data = sender.draw.choice(
        (
            (f"{project.name}.xlsx.bak", sent),
            (f"~${project.name}.xlsx", b"lock"),
            (f"{project.name}/Thumbs.db", b"\xd0\xcf"),
            (f"{project.name}/.DS_Store", b"\0\0\0\1Bud1"),
            (f"{project.name}/__MACOSX/._{project.name}.xlsx", b"\0\5\x16\7"),
        )
    )
    sender.send(f"{folder}{name}", data, "skipped")


def secret(sender: Sender) -> None:
    """A name, a folder or a mark that says so: nothing is kept."""
    project = sender.project(name=sender.new_name())
    sender.truth.secret.add(project.code)
    sender.truth.hidden.update((project.name, project.code))
    folder, name = sender.folder(project.department), project.name
    kind = sender.draw.choice(("name", "folder", "mark"))
    sheets = sender.sheets(project, sender.typed(project, plainly=True))
    if kind == "mark":
        first = replace(sheets[0], rows=[["秘密★1年"], *sheets[0].rows])
        sender.secret(folder, f"{name}.xlsx", kinds.xlsx([first, *sheets[1:]]))
        return
    named = sender.draw.choice((f"涉密{name}.xlsx", f"{name}（机密）.xlsx", f"秘密★{name}.xlsx"))
    sender.secret(folder, named if kind == "name" else f"机密★{name}/{name}.xlsx", kinds.xlsx(sheets))


def no_secret(sender: Sender) -> None:
    """Names that only sound like it."""
    owner = sender.department()
    name = f"{sender.draw.choice(('保密宣传', '非涉密信息系统运维', '商业秘密保护培训'))}{owner.short}"
    if (owner.name, name) not in {(each.department.name, each.name) for each in sender.projects}:
        sender.plain(sender.project(owner, name))


def archive(sender: Sender) -> None:
    """All that a department sends, in one archive, with another one in it now and then."""
    owner = sender.department()
    stories = (table, table, other_kind, scan_beside, copy, converted, litter, secret, two_kinds)
    path = f"{sender.folder(owner)}{owner.short}报送材料{sender.draw.randint(0, 10**6)}.zip"
    with sender.archive(path, owner, gbk=sender.draw.random() < 0.6):
        for story in sender.draw.choices(stories, k=4):
            story(sender)
        if sender.draw.random() < 0.5:
            with sender.archive("内层.zip", owner, gbk=sender.draw.random() < 0.6):
                table(sender)
                table(sender)
