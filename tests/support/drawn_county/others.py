"""Other tables, files that cannot be read, secrets, and archives of all of it.

A function for each thing that happens, with the outcome that is right.
"""

from __future__ import annotations

from dataclasses import replace

import zipingbiao as z
from support.drawn_county import kinds, layouts
from support.drawn_county.project import FEN_PER_WAN, YEAR
from support.drawn_county.sender import Sender
from support.drawn_county.tables import other_kind, scan_beside, table
from support.drawn_county.truth import Counted
from support.drawn_county.versions import converted, copy, two_kinds

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
