"""From the rows of a list and tables of targets to the records of new workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.find import labels
from zipingbiao.table.find.targets import TargetLine, TargetTable
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Form, Project
from zipingbiao.table.register import RegisterRow
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.levels import execution_line
from zipingbiao.template.new.match import Item, match, names, unit_key
from zipingbiao.template.places import GOAL, GOAL_SECTION
from zipingbiao.values.frozen import frozen
from zipingbiao.values.spelling import label_key


@frozen
class Planned:
    """Workbooks to be written, and what a person should know of them, in Chinese."""

    workbooks: tuple[NewWorkbook, ...]
    notes: tuple[str, ...] = ()


def plan_workbooks(
    form: Form,
    register: Sequence[RegisterRow],
    targets: Sequence[TargetTable],
    *,
    year: str,
    formulas: bool,
) -> Planned:
    """Return one workbook per 实施单位, its projects matched to their targets by code, else by name.

    Without a register the targets name the projects. *year* stands where neither of the two says one.
    """
    notes: list[str] = []
    if register:
        items = _registered(register, notes)
        match(items, targets, year, notes)
    else:
        items = [Item(table.project, table=table) for table in targets]
    for item in items:
        item.head = _completed(item, year)
    others = [item for item in items if item.head.year != year]
    if others:
        notes.append(f"{len(others)} 个项目的年度不是 {year} 年，已按其自身年度生成：{names(others)}。")
    profile = profiles.load(form.profile)
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(unit_key(item.head.unit), []).append(item)
    books = [_workbook(form, group, profile, notes, formulas=formulas) for group in groups.values()]
    return Planned(tuple(books), tuple(notes))


def _registered(register: Sequence[RegisterRow], notes: list[str]) -> list[Item]:
    """One item per project; a project listed again for another source of money is one project."""
    items: list[Item] = []
    named: dict[tuple[str, str], list[Item]] = {}
    for row in register:
        item = Item(
            Project(row.name, row.code, row.department, row.unit, row.year),
            row.parent,
            row.level,
            _amounts(row.initial, row.full_year, row.level),
        )
        alike = named.setdefault((label_key(row.name), unit_key(row.unit)), [])
        first = next((other for other in alike if _same_code(other.head, item.head)), None)
        if first is None:
            alike.append(item)
            items.append(item)
        elif item.funds and not first.funds.keys() & item.funds.keys() and _apart(first, item):
            first.funds |= item.funds
            first.level = f"{first.level}、{item.level}"
            notes.append(f"{row.ref.place}：“{row.name}”列了两次，资金级次不同，已合并为一个项目，请核对。")
        else:
            notes.append(f"{row.ref.place}：“{row.name}”与前面的项目重复，没有再次生成，请核对。")
    return items


def _same_code(one: Project, other: Project) -> bool:
    return len({label_key(one.code).casefold(), label_key(other.code).casefold()} - {""}) < 2


def _apart(one: Item, other: Item) -> bool:
    """Whether the amounts of both stand in columns of their own, so that the total is their sum."""
    return all(source is not Source.TOTAL for _, source in (*one.funds, *other.funds))


def _amounts(
    initial: Decimal | None, full_year: Decimal | None, level: str
) -> dict[tuple[AmountKind, Source], Decimal]:
    source = _level_source(level) or Source.TOTAL
    given = ((AmountKind.INITIAL, initial), (AmountKind.FULL_YEAR, full_year))
    return {(kind, source): amount for kind, amount in given if amount is not None}


def _level_source(level: str) -> Source | None:
    source = labels.source(level.replace("本级", "级"))
    return None if source in {Source.TOTAL, Source.FISCAL} else source


def _completed(item: Item, year: str) -> Project:
    """The head by the register; what it leaves open by the targets."""
    own, said = item.head, item.table.project if item.table is not None else Project()
    return Project(
        own.name or said.name,
        own.code or said.code,
        own.department or said.department,
        own.unit or said.unit,
        own.year or said.year or year,
    )


def _workbook(
    form: Form, items: Sequence[Item], profile: Profile, notes: list[str], *, formulas: bool
) -> NewWorkbook:
    heads = [item.head for item in items]
    department = next((head.department for head in heads if head.department), "")
    year = Counter(head.year for head in heads).most_common(1)[0][0]
    unit = Project(department=department, unit=heads[0].unit, year=year)
    return NewWorkbook(form, unit, tuple(_project(form, item, profile, notes) for item in items), formulas)


def _project(form: Form, item: Item, profile: Profile, notes: list[str]) -> NewProject:
    table = item.table
    texts = {}
    if table is not None and table.goal:
        in_report = any(section.title == GOAL_SECTION for section in form.sections)
        texts = {GOAL_SECTION if in_report else GOAL: table.goal}
    return NewProject(
        project=item.head,
        parent=item.parent,
        fiscal_level=item.level,
        funds=_funds(item),
        lines=_lines(item.head.name, table.lines, profile, notes) if table is not None else (),
        texts=texts,
    )


def _funds(item: Item) -> dict[tuple[AmountKind, Source], Decimal]:
    """The amounts of the register; the approved ones where it has no 年初预算.

    Parts go in only where they make up the whole: a total is a formula over its parts.
    """
    approved = dict(item.table.funds) if item.table is not None else {}
    if not approved or any(kind is AmountKind.INITIAL for kind, _ in item.funds):
        return item.funds
    whole = approved.pop(Source.TOTAL, None)
    level = _level_source(item.level)
    if level is not None and (fiscal := approved.pop(Source.FISCAL, None)) is not None:
        approved[level] = fiscal
    if whole is not None and sum(approved.values()) != whole:
        approved = {level or Source.TOTAL: whole}
    return {**item.funds, **{(AmountKind.INITIAL, source): amount for source, amount in approved.items()}}


def _lines(name: str, lines: Sequence[TargetLine], profile: Profile, notes: list[str]) -> tuple[NewLine, ...]:
    """The lines as typed, with the form's execution line where none is there and the points leave room."""
    new = [_line(line) for line in lines]
    weights = [line.weight for line in new if line.weight is not None]
    room = not weights or sum(weights) <= profile.weight_total - profile.execution_points
    given = next((line for line in new if line.is_execution), None)
    if given is not None:
        points = profile.execution_points if given.weight is None and room else given.weight
        filled = replace(given, weight=points, target=given.target or execution_line(profile).target)
        return tuple(filled if line is given else line for line in new)
    if room:
        return (execution_line(profile), *new)
    notes.append(
        f"“{name}”的分值合计已超过 {profile.weight_total - profile.execution_points}，没有加预算执行率一行，请核对。"
    )
    return tuple(new)


def _line(line: TargetLine) -> NewLine:
    return NewLine(
        level1=line.level1,
        level2=line.level2,
        name=line.name,
        weight=line.weight,
        target=line.target,
        kind=line.kind,
        adjusted=line.adjusted,
        document=line.document,
        is_execution=line.is_execution,
    )
