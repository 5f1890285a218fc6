"""Where the product and the truth of a county differ, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from support.drawn_county.project import half_up
from support.drawn_county.truth import GRADES, Asked, Entry, Totals, Truth, fen
from fractions import Fraction


def differences(truth: Truth, told: Mapping[str, Any], root: str) -> Iterator[str]:
    """Yield each difference.

    Args:
        truth: of the county.
        told: the documented JSON object of a merge.
        root: the folder of the county.
    """
    yield from _ledger(truth, told, root)
    yield from _sums(truth, told)
    yield from _questions(truth, told)


def _ledger(truth: Truth, told: Mapping[str, Any], root: str) -> Iterator[str]:
    found = Counter(_entry(line, root) for line in told["ledger"])
    planted = truth.ledger()
    whys = {_entry(line, root): line["why"] for line in told["ledger"]}
    for entry in sorted((found - planted) + (planted - found)):
        side = f"told, {whys[entry]}" if found[entry] > planted[entry] else "planted"
        yield f"ledger {entry.path} {entry.member} {entry.status} {entry.projects} ({side})"


def _entry(line: Mapping[str, Any], root: str) -> Entry:
    path = PurePath(line["path"]).relative_to(root).as_posix()
    return Entry(path, line["member"] or "", line["status"], tuple(sorted(line["projects"])))


def _sums(truth: Truth, told: Mapping[str, Any]) -> Iterator[str]:
    summaries = {"部门预算项目": told["summary"], **told["other_summaries"]}
    for kind in {**truth.counted, **summaries}:
        if kind not in summaries or kind not in truth.counted:
            yield f"summary {kind} is there on one side only"
            continue
        summary = summaries[kind]
        yield from _totals(kind, truth.totals(kind), summary)
        planted = truth.departments(kind)
        given = {each["name"]: each for each in summary["departments"]}
        names = [name for name in given if name in planted]
        if names != sorted(names, key=truth.order.index):
            yield f"{kind}: the departments are not in the order of their folders: {names}"
        if len(given) != len(summary["departments"]):
            yield f"{kind}: a department twice"
        for name in {**planted, **given}:
            nothing = name in given and given[name]["counted"] == 0
            if name not in given or (name not in planted and not nothing):
                yield f"{kind}: department {name} is there on one side only"
            elif name in planted:
                yield from _totals(f"{kind} {name}", planted[name], given[name])


def _totals(what: str, planted: Totals, given: Mapping[str, Any]) -> Iterator[str]:
    told = Totals(
        counted=given["counted"],
        budget=fen(given["budget"]),
        executed=fen(given["executed"]),
        rate=_rounded(given["rate"], 10_000),
        mean=_rounded(given["mean"], 100),
        weighted_mean=_rounded(given["weighted_mean"], 100),
        grades=tuple(given["grades"][grade] for grade in GRADES),
    )
    if told != planted:
        yield f"sums {what}: told {told}, planted {planted}"


def _rounded(number: str | None, parts: int) -> int | None:
    return None if number is None else half_up(Fraction(number) * parts)


def _questions(truth: Truth, told: Mapping[str, Any]) -> Iterator[str]:
    undecided = told["summary"]["undecided"]
    given = Counter(
        (item["why"], frozenset(item["projects"]), frozenset(item["files"])) for item in undecided["items"]
    )
    planted = Counter((each.why, each.projects, each.files) for each in truth.asked)
    for why, projects, files in given - planted:
        yield f"question told: {why} {sorted(projects)} {sorted(files)}"
    for why, projects, files in planted - given:
        yield f"question planted: {why} {sorted(projects)} {sorted(files)}"
    amount = sum(each.amount for each in truth.asked)
    if fen(undecided["budget"]) != amount:
        yield f"undecided money: told {undecided['budget']}, planted {amount / 1_000_000}"


__all__ = ["Asked", "differences"]
