"""Which tables of a batch count: a project and year once, and what nobody can decide is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import TypeVar

from zipingbiao.batch.summary.clusters import clusters_of
from zipingbiao.batch.summary.doubtful import settle_doubtful
from zipingbiao.batch.summary.figures import differences, figures, filled, in_other_unit, money_evidence
from zipingbiao.batch.summary.identity import Identity, identity_of, stable_of
from zipingbiao.batch.summary.questions import (
    BOTH,
    LEAVE,
    PROJECT_ONLY,
    TAKE,
    TRANSFER_ONLY,
    WAN,
    YUAN,
    Asked,
    Docket,
    Matter,
)
from zipingbiao.batch.summary.versions import Mark, later, likely_last, newest
from zipingbiao.result.rows import ProjectRow
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import digits_of
from zipingbiao.values.offices import Offices
from zipingbiao.values.words import COPY_NAME, SAMPLE_NAME

Key = TypeVar("Key", bound=Hashable)

TELLING_DIGITS = 4
"""Amounts of fewer significant digits are the same by chance too."""
MOST_DOUBLES = 3
"""Beside how many tables one without a unit is asked about; more would stop half a batch for one."""


@frozen
class Bench:
    """What is known of each table of a docket besides its row, by place.

    Attributes:
        marks: when its file was handed in, as far as its path says.
        ranks: of its file, which of several of the same figures is kept; the least one.
        offices: which names are one office.
    """

    docket: Docket
    marks: Sequence[Mark]
    ranks: Sequence[tuple[int, int]]
    offices: Offices

    def row(self, place: int) -> ProjectRow:
        """The table at a place."""
        return self.docket.rows[place]

    def identity(self, place: int) -> Identity:
        """What tells its project from others."""
        return identity_of(self.row(place), self.offices)


def settle_standing(bench: Bench, wanted: str | None) -> str:
    """Decide which tables of a docket count, or ask; return the year of the summary, "" for none known.

    Args:
        bench: the tables; its docket is filled.
        wanted: the year, four digits; None for the one of most tables.
    """
    settle_doubtful(bench.docket)
    year = _settle_years(bench.docket, wanted)
    _settle_samples(bench.docket)
    identities = {place: bench.identity(place) for place in bench.docket.standing()}
    clusters = clusters_of(identities)
    for cluster in clusters:
        _settle_versions(bench, cluster, identities)
    _settle_money(bench, clusters, identities)
    _settle_codes(bench, identities)
    _settle_names(bench, identities)
    _settle_superiors(bench, identities)
    _settle_transfers(bench, identities)
    return year


# ------------------------------------------------------------------ years


def _settle_years(docket: Docket, wanted: str | None) -> str:
    standing = docket.standing()
    counts = Counter(docket.rows[place].year for place in standing if docket.rows[place].year)
    year = wanted or max(counts, key=lambda each: (counts[each], each), default="")
    several = len({*counts, year} - {""}) > 1
    choices = (*sorted({*counts, year} - {""}, reverse=True), LEAVE)
    unknown = [place for place in standing if several and not docket.rows[place].year]
    why = "表上没有写年度，或写着两个年度，而本批有几个年度"
    for identity, places in _by(unknown, lambda place: stable_of(docket.rows[place])).items():
        asked = [Asked(place, why, year) for place in places]
        for place, said in (docket.ask(Matter.YEAR, identity, asked, choices=choices) or {}).items():
            if said == LEAVE:
                docket.drop(place, "认定为不计")
            else:
                docket.rows[place] = docket.rows[place]._replace(year=said)
    for place in docket.standing():
        said = docket.rows[place].year
        if said and said != year:
            docket.drop(place, f"另一年度：这张表是{said}年度的，汇总的是{year}年度")
    return year


def _settle_samples(docket: Docket) -> None:
    """Ask about tables without a real name: mostly the sample that the bureau sent with its notice."""
    samples = [place for place in docket.standing() if SAMPLE_NAME.search(docket.rows[place].name)]
    for identity, places in _by(samples, lambda place: stable_of(docket.rows[place])).items():
        asked = [Asked(place, "项目名称不是真实的名称，像下发的填报样例", LEAVE) for place in places]
        _drop_left(docket, docket.ask(Matter.SAMPLE, identity, asked))


def _drop_left(docket: Docket, answer: Mapping[int, str] | None) -> None:
    for place, choice in (answer or {}).items():
        if choice == LEAVE:
            docket.drop(place, "认定为不计")


# ------------------------------------------------------------------ one project


def _settle_versions(bench: Bench, cluster: Sequence[int], identities: Mapping[int, Identity]) -> None:
    """Leave the one version that counts; where nothing tells which, ask."""
    if len(cluster) == 1:
        return
    cluster = sorted(cluster, key=lambda place: _preference(bench, place))
    said = {place: figures(bench.row(place)) for place in cluster}
    dated = {said[place] for place in cluster if bench.marks[place].has_batch}
    # Of tables that say the same those in a batch tell when; a copy beside the batches tells nothing.
    told = [place for place in cluster if bench.marks[place].has_batch or said[place] not in dated]
    last = [told[place] for place in newest([bench.marks[place] for place in told])] or told
    kept = sorted({said[place]: place for place in reversed(last)}.values(), key=cluster.index)
    known, fullest = {said[place] for place in kept}, max(filled(bench.row(place)) for place in kept)
    earlier = [place for place in _distinct(cluster, said) if said[place] not in known]
    fuller = [place for place in earlier if place not in last and filled(bench.row(place)) > fullest]
    candidates = [*kept, *fuller]
    for place in cluster:
        if place not in candidates:
            bench.docket.drop(place, _replaced(bench, place, candidates, said))
    if len(candidates) == 1:
        return
    files = [_file(bench, place) for place in candidates]
    answer = bench.docket.ask(  # two sheets of one workbook may well be two projects
        Matter.VERSIONS if len(set(files)) == len(files) else Matter.SUSPECT,
        min(identities[place].stable for place in candidates),
        _versions(bench, candidates, kept),
    )
    for place, choice in (answer or {}).items():
        if choice == LEAVE:
            bench.docket.drop(place, "认定采用另一版")


def _distinct(places: Sequence[int], said: Mapping[int, tuple[object, ...]]) -> list[int]:
    return list({said[place]: place for place in reversed(places)}.values())


def _preference(bench: Bench, place: int) -> tuple[object, ...]:
    """Of tables that say the same: the kind in which people work, no copy, a workbook of more projects, its path."""
    row = bench.row(place)
    is_copy = COPY_NAME.search(PurePath(row.file).name) is not None
    return (*bench.ranks[place], is_copy, row.file, row.number)


def _replaced(
    bench: Bench, place: int, candidates: Sequence[int], said: Mapping[int, tuple[object, ...]]
) -> str:
    same = next((each for each in candidates if said[each] == said[place]), None)
    if same is not None:
        return f"与“{_file(bench, same)}”中的是同一项目，数字相同，只计一次"
    for each in candidates:
        why = later(bench.marks[each], bench.marks[place])
        if why:
            return f"已由“{_file(bench, each)}”代替（后者{why}）"
    return f"已由“{_file(bench, candidates[0])}”代替"


def _file(bench: Bench, place: int) -> str:
    return bench.row(place).file


def _versions(bench: Bench, candidates: Sequence[int], last: Sequence[int]) -> list[Asked]:
    """The lines of a question about versions; proposed is the one filled in most, of several the one named as the last."""
    lines = {place: filled(bench.row(place)) for place in candidates}
    most = [place for place in candidates if lines[place] == max(lines.values())]
    named = likely_last([bench.marks[place] for place in most])
    proposed = most[0] if len(most) == 1 else None if named is None else most[named]
    asked = []
    for place in candidates:
        others = [each for each in candidates if each != place]
        told = "；".join(
            f"与{'另一版' if len(others) == 1 else f'“{_file(bench, each)}”'}不同："
            f"{differences(bench.row(place), bench.row(each))}"
            for each in others[:MOST_DOUBLES]
        )
        fewer = max(lines.values()) - lines[place]
        if len(last) == 1 and place in last and fewer:
            told = f"报送较晚，但少填{fewer}行；{told}"
        if place == proposed and len(most) > 1:
            told = f"文件名像是较后的一版；{told}"
        proposal = TAKE if len(last) > 1 and place == proposed else ""
        asked.append(Asked(place, told, proposal))
    return asked


# ------------------------------------------------------------------ 元 or 万元


def _settle_money(
    bench: Bench, clusters: Iterable[Sequence[int]], identities: Mapping[int, Identity]
) -> None:
    """Ask about amounts that look typed in the other one of 元 and 万元."""
    evidence = {
        place: why
        for cluster in clusters
        for place in cluster
        if bench.docket.stands(place)
        and (why := money_evidence(bench.row(place), [bench.row(at) for at in cluster if at != place]))
    }
    for identity, places in _by(evidence, lambda place: identities[place].stable).items():
        meant = [in_other_unit(bench.row(place), to_yuan=not bench.row(place).in_yuan) for place in places]
        answer = bench.docket.ask(
            Matter.MONEY,
            identity,
            [Asked(at, evidence[at], WAN if bench.row(at).in_yuan else YUAN) for at in places],
            amount=sum((row.budget or Decimal(0) for row in meant), Decimal(0)),
        )
        for place, choice in (answer or {}).items():
            if choice == LEAVE:
                bench.docket.drop(place, "认定为不计")
            else:
                bench.docket.rows[place] = in_other_unit(bench.row(place), to_yuan=choice == YUAN)


# ------------------------------------------------------------------ two projects that may be one


def _settle_codes(bench: Bench, identities: Mapping[int, Identity]) -> None:
    """Ask about one code of two units, and about two names under one code."""
    whole = [place for place in bench.docket.standing() if identities[place].whole_code]
    by_code = _by(whole, lambda place: (identities[place].scope, identities[place].whole_code))
    for (scope, code), found in by_code.items():
        places = sorted(found, key=lambda place: _preference(bench, place))
        first, *others = (identities[place] for place in places)
        if not others:
            continue
        if all(first.may_be_of_unit(other) for other in others):
            _ask_suspects(bench, places, "单位和编码相同，项目名称不同", identities)
            continue
        alike = len({figures(bench.row(place)) for place in places}) == 1
        said = "编码相同，单位不同" + ("，各项数字完全相同" if alike else "，数字不同")
        proposals = [TAKE, *[LEAVE] * len(others)] if alike else [BOTH] * len(places)
        asked = [Asked(place, said, proposal) for place, proposal in zip(places, proposals, strict=True)]
        _ask(bench, Matter.UNITS, f"{scope.value}|{code}", asked)


def _settle_names(bench: Bench, identities: Mapping[int, Identity]) -> None:
    """Ask about equal names that nothing tells apart but what one of them leaves open."""
    by_name = _by(
        [place for place in bench.docket.standing() if identities[place].name],
        lambda place: (identities[place].scope, identities[place].name),
    )
    for places in by_name.values():
        for unit, group in _by(places, lambda place: identities[place].unit).items():
            alike = _doubtful(group, group, identities) if unit else []
            if alike:
                _ask_suspects(bench, alike, "项目名称和单位相同，编码或主管部门不全", identities)
        bare = [place for place in places if not identities[place].unit]
        whole = [place for place in places if identities[place].unit and bench.docket.stands(place)]
        beside = _doubtful(whole, bare, identities)
        if len(beside) > MOST_DOUBLES:
            budgets = {bench.row(place).budget for place in bare}
            beside = [place for place in beside if bench.row(place).budget in budgets]
        bare = _doubtful(bare, [*bare, *beside], identities)
        if bare:
            _ask_suspects(bench, [*bare, *beside], "项目名称相同，有的表没有写单位", identities)


def _settle_superiors(bench: Bench, identities: Mapping[int, Identity]) -> None:
    """Ask about a department's own table with the money of its units' tables of the same name: told twice."""
    named = [place for place in bench.docket.standing() if identities[place].name]
    groups = _by(named, lambda place: _told_above(identities[place]))
    for (_, _, department), places in groups.items():
        own = [place for place in places if department and identities[place].unit == department]
        units = [
            place
            for place in places
            if len(own) == 1 and place not in own and identities[own[0]].codes_agree(identities[place])
        ]
        if not units or not _is_sum(bench.row(own[0]), [bench.row(place) for place in units]):
            continue
        why = f"主管部门的表与所属{len(units)}个单位同名项目的预算、执行数合计相同，像是重复填报"
        asked = [Asked(own[0], why, LEAVE), *(Asked(place, why, BOTH) for place in units)]
        answer = bench.docket.ask(
            Matter.SUSPECT, identities[own[0]].stable, asked, amount=bench.row(own[0]).budget
        )
        _drop_left(bench.docket, answer)


def _told_above(identity: Identity) -> tuple[Scope, str, str]:
    """What a department's table shares with those of its units; 智慧水利 and 智慧水利项目 are one name."""
    return identity.scope, identity.name.removesuffix("项目"), identity.department


def _is_sum(whole: ProjectRow, parts: Sequence[ProjectRow]) -> bool:
    """Whether budget and spending of one table are those of others together; of one other with digits that tell."""
    if len(parts) == 1 and max(digits_of(whole.budget), digits_of(whole.executed)) < TELLING_DIGITS:
        return False
    return bool(whole.budget) and all(
        None not in (own, *shares) and own == sum(filter(None, shares), Decimal(0))
        for own, shares in (
            (whole.budget, [part.budget for part in parts]),
            (whole.executed, [part.executed for part in parts]),
        )
    )


def _doubtful(places: Iterable[int], others: Sequence[int], identities: Mapping[int, Identity]) -> list[int]:
    """Those that may be one with another of some tables."""
    return [
        place
        for place in places
        if any(_may_be_one(identities[place], identities[other]) for other in others if other != place)
    ]


def _may_be_one(one: Identity, other: Identity) -> bool:
    return one.codes_agree(other) and (not (one.unit and other.unit) or one.unit == other.unit)


def _ask_suspects(bench: Bench, places: Iterable[int], why: str, identities: Mapping[int, Identity]) -> None:
    places = sorted(places, key=lambda place: _preference(bench, place))
    alike = len({figures(bench.row(place)) for place in places}) == 1
    said = f"{why}；各项数字{'完全相同' if alike else '不同'}"
    proposals = [TAKE, *[LEAVE] * (len(places) - 1)] if alike else [""] * len(places)
    asked = [Asked(place, said, proposal) for place, proposal in zip(places, proposals, strict=True)]
    _ask(bench, Matter.SUSPECT, min(identities[place].stable for place in places), asked)


def _ask(bench: Bench, matter: Matter, identity: str, asked: Sequence[Asked]) -> None:
    amount = sum((bench.row(each.place).budget or Decimal(0) for each in asked), Decimal(0))
    if asked[0].proposal == TAKE:
        amount = bench.row(asked[0].place).budget or Decimal(0)
    _drop_left(bench.docket, bench.docket.ask(matter, identity, asked, amount=amount))


def _settle_transfers(bench: Bench, identities: Mapping[int, Identity]) -> None:
    """Ask about a transfer that came as a project of the department too: it is the same money."""
    by_code: dict[Hashable, list[int]] = defaultdict(list)
    by_name: dict[Hashable, list[int]] = defaultdict(list)
    standing = bench.docket.standing()
    for place in standing:
        identity = identities[place]
        if identity.scope is Scope.PROJECT:
            by_code[identity.whole_code, identity.unit].append(place)
            by_name[identity.name, identity.unit].append(place)
    for place in standing:
        identity = identities[place]
        if identity.scope is not Scope.TRANSFER or not identity.unit:
            continue
        same = by_code[identity.whole_code, identity.unit] if identity.whole_code else []
        same = same or [
            other
            for other in (by_name[identity.name, identity.unit] if identity.name else [])
            if identity.codes_agree(identities[other])
        ]
        projects = [other for other in same if bench.docket.stands(other)]
        if not projects or not bench.docket.stands(place):
            continue
        why = "同一项目既报了转移支付自评表，又报了部门预算项目自评表"
        answer = bench.docket.ask(
            Matter.TRANSFER, identity.stable, [Asked(at, why, TRANSFER_ONLY) for at in (place, *projects)]
        )
        for at, choice in (answer or {}).items():
            if choice == (PROJECT_ONLY if at == place else TRANSFER_ONLY):
                bench.docket.drop(at, f"认定为{choice}")


def _by(places: Iterable[int], key: Callable[[int], Key]) -> dict[Key, list[int]]:
    groups: dict[Key, list[int]] = {}
    for place in places:
        groups.setdefault(key(place), []).append(place)
    return groups
