"""Which project of the list a table is of: by code, else by name and unit; what is only near is asked, never taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from zipingbiao.batch.summary.coverage import VOLUNTARY
from zipingbiao.batch.summary.figures import in_other_unit
from zipingbiao.batch.summary.identity import Identity, are_alike, codes_agree
from zipingbiao.batch.summary.questions import LEAVE, WAN, YUAN, Asked, Matter
from zipingbiao.batch.summary.roll import Enrolled, Roll
from zipingbiao.batch.summary.standing import Bench
from zipingbiao.result.rows import NO_DEPARTMENT
from zipingbiao.rules.shared.mixed import is_mixed
from zipingbiao.table.records import Scope
from zipingbiao.values.number import plain

ANOTHER = "不是，另列"
_MOST_NEAR = 3
_SHORTEST_NAME = 4


@dataclass
class Matched:
    """The tables of a batch beside the projects of a list.

    Attributes:
        enrolled: the projects of the year.
        of: by the place of a table the place of its project; a table that is asked about too.
        near: places of projects for which a table came that may be theirs.
    """

    enrolled: tuple[Enrolled, ...]
    of: dict[int, int] = field(default_factory=dict)
    near: set[int] = field(default_factory=set)


def settle_enrolment(bench: Bench, roll: Roll, year: str) -> Matched:
    """Say which project of the list each table is of; ask where a person must say it, or the amounts or the department."""
    matched = Matched(roll.of_year(year))
    tables = [place for place in range(len(bench.docket.rows)) if place not in bench.docket.dropped]
    identities = {
        place: bench.identity(place) for place in tables if bench.row(place).scope is not Scope.DEPARTMENT
    }
    for place, identity in identities.items():
        found = _own(identity, matched.enrolled)
        if found is not None:
            matched.of[place] = found
    _settle_near(bench, matched, identities)
    for place, at in matched.of.items():
        if matched.enrolled[at].is_exempt:
            row = bench.row(place)
            bench.docket.rows[place] = row._replace(
                remark=_voluntary(row.remark), notice=_voluntary(row.notice)
            )
    _settle_amounts(bench, matched)
    _settle_departments(bench, matched, roll)
    return matched


def _voluntary(remark: str) -> str:
    return f"{VOLUNTARY}；{remark}" if remark else VOLUNTARY


# ------------------------------------------------------------------ which project


def _own(identity: Identity, enrolled: Sequence[Enrolled]) -> int | None:
    """The project of a table; None where nothing, or not only one, is certain."""
    coded = [
        at for at, each in enumerate(enrolled) if each.whole_code and each.whole_code == identity.whole_code
    ]
    if coded:
        own = [at for at in coded if _same_unit(identity, enrolled[at])] or [
            at for at in coded if not identity.unit or _alike(identity.name, enrolled[at].name)
        ]
        return own[0] if len(own) == 1 else None
    own = [
        at
        for at, each in enumerate(enrolled)
        if identity.name
        and identity.name.removesuffix("项目") == each.name.removesuffix("项目")
        and codes_agree(identity.code, each.code, cut=identity.cut or each.row.code_lost)
    ]
    own = [at for at in own if _same_unit(identity, enrolled[at])] or [
        at for at in own if not identity.unit or not enrolled[at].unit
    ]
    # The department itself and a unit of it may each have one of this name.
    own = [at for at in own if enrolled[at].unit == identity.unit] or own
    return own[0] if len(own) == 1 else None


def _same_unit(identity: Identity, each: Enrolled) -> bool:
    """Whether a table and a project are of one office; a unit that one of them leaves out contradicts nothing."""
    if identity.department and each.office and identity.department != each.office:
        return False
    return bool(each.unit) and (
        each.unit in {identity.unit, each.office} or identity.unit == identity.department
    )


def _holds(one: str, other: str) -> bool:
    """Whether two names are the same, or the longer one holds the shorter one: 河道清障 and 河道清障工程."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) >= _SHORTEST_NAME and shorter in longer))


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and are_alike([one, other])


# ------------------------------------------------------------------ what is only near


def _settle_near(bench: Bench, matched: Matched, identities: dict[int, Identity]) -> None:
    """Ask of each table without a project whether it is of one for which no table came."""
    taken = set(matched.of.values())
    for place, identity in identities.items():
        if place in matched.of:
            continue
        near = [at for at in _near(identity, matched.enrolled) if at not in taken]
        if not near:
            continue
        if not bench.docket.stands(place):
            matched.near.update(near)
            continue
        words = {f"是名单第{matched.enrolled[at].row.number}项": at for at in near}
        said = "；".join(_said(identity, matched.enrolled[at]) for at in near)
        asked = [Asked(place, said, next(iter(words)) if len(near) == 1 else "")]
        answer = bench.docket.ask(Matter.NEAR, identity.stable, asked, choices=(*words, ANOTHER))
        if answer is None:
            matched.near.update(near)
        elif answer[place] != ANOTHER:
            matched.of[place] = words[answer[place]]
            taken.add(words[answer[place]])


def _near(identity: Identity, enrolled: Sequence[Enrolled]) -> list[int]:
    """The projects of the same office under a like name, or of another one under the same; the likest first.

    Two whole codes that differ are two projects, unless the office is the same and one name holds the
    whole other one: then a code was mistyped. A common ending such as 运行维护 says nothing, and beside a
    code or a name that is wholly there a common beginning such as 法律援助中心 neither.
    """
    found = []
    for at, each in enumerate(enrolled):
        apart = identity.department and each.office and identity.department != each.office
        same_code = bool(each.whole_code) and each.whole_code == identity.whole_code
        alike = _alike(identity.name, each.name) and (not apart or identity.name == each.name)
        if each.whole_code and identity.whole_code:
            alike = not apart and _holds(identity.name, each.name)
        if same_code or alike:
            likeness = SequenceMatcher(None, identity.name, each.name, autojunk=False).ratio()
            found.append((not same_code, not _holds(identity.name, each.name), -likeness, at))
    sure = [near for near in found if not (near[0] and near[1])] or found
    return [at for *_, at in sorted(sure)[:_MOST_NEAR]]


def _said(identity: Identity, each: Enrolled) -> str:
    row = each.row
    beside = "，".join(text for text in (row.code, row.unit or row.department) if text)
    parts = []
    if identity.name != each.name:
        parts.append("名称不同")
    if each.code and identity.code != each.code:
        parts.append("编码不同" if identity.code else "表上没有编码")
    if identity.unit != each.unit:
        parts.append("单位不同" if identity.unit else "表上没有单位")
    where = f"（{beside}）" if beside else ""
    return f"名单第{row.number}项“{row.name}”{where}：{'、'.join(parts) or '名单中不止一项'}"


# ------------------------------------------------------------------ amounts and departments


def _settle_amounts(bench: Bench, matched: Matched) -> None:
    """Ask about amounts that are exactly ten thousand times those of the list, or a ten-thousandth."""
    for place, at in matched.of.items():
        row, each = bench.row(place), matched.enrolled[at]
        pairs = ((row.full_year_budget, each.registered.budget), (row.executed, each.row.paid))
        mixed = [(own, listed) for own, listed in pairs if own and listed and is_mixed(own, listed)]
        if not mixed or not bench.docket.stands(place):
            continue
        own, listed = mixed[0]
        said = f"名单为{plain(listed)}万元，表上为{plain(own)}万元，正好相差一万倍"
        fitting = (own > listed) is not row.in_yuan
        proposal = "" if not fitting else WAN if row.in_yuan else YUAN
        asked = [Asked(place, said, proposal)]
        amount = each.budget or min(own, listed)
        identity = bench.identity(place).stable
        answer = bench.docket.ask(Matter.LISTED_MONEY, identity, asked, amount=amount)
        if answer is None:
            continue
        if answer[place] == LEAVE:
            bench.docket.drop(place, "认定为不计")
        elif fitting:
            bench.docket.rows[place] = in_other_unit(row, to_yuan=answer[place] == YUAN)


def _settle_departments(bench: Bench, matched: Matched, roll: Roll) -> None:
    """Take the department over from the list where a table names none; ask where it is not in the list."""
    for place in bench.docket.standing() if roll.departments else ():
        row = bench.row(place)
        if row.department != NO_DEPARTMENT:
            continue
        at = matched.of.get(place)
        if at is not None and matched.enrolled[at].row.department:
            bench.docket.rows[place] = row._replace(department=matched.enrolled[at].department)
            continue
        why = "表上没有写主管部门，名单和文件夹也看不出来"
        asked = [Asked(place, why)]
        answer = bench.docket.ask(
            Matter.DEPARTMENT, bench.identity(place).stable, asked, choices=roll.departments
        )
        if answer is not None:
            bench.docket.rows[place] = row._replace(department=answer[place])
