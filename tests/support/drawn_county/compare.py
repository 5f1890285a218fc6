"""Where the product and the truth of a county differ, a line each."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from support.drawn_county.project import half_up
from support.drawn_county.truth import GRADES, PROJECTS, Entry, Totals, Truth, fen

CODE = re.compile(r"^(?:\[155\]|219001-)")
"""What people type before a code."""


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


def beside_register(truth: Truth, told: Mapping[str, Any], listed: Collection[str]) -> Iterator[str]:
    """Yield each difference in what only a register shows.

    Args:
        truth: of the county beside its register.
        told: the documented JSON object of a merge.
        listed: the codes of the register.
    """
    summary = told["summary"]
    due = {code for code in listed if code not in truth.exempt and code not in truth.secret}
    given = summary["coverage"]
    if (given["due"], given["done"]) != (len(due), len(due & truth.done())):
        yield f"coverage: told {given['due']}, {given['done']}, planted {len(due)}, {len(due & truth.done())}"
    missing = {(each["code"], each["trace"]) for each in summary["missing"]}
    planted = {(code, trace) for code, trace in truth.fates.items() if code in due}
    names = {each["code"]: (each["name"], each["department"]) for each in summary["missing"]}
    for code, trace in sorted(missing ^ planted):
        side = "told" if (code, trace) in missing else "planted"
        yield f"missing {code} {trace} ({side}) {names.get(code)}"
    if {each["code"] for each in summary["exempt"]} != set(truth.exempt):
        yield f"exempt: told {summary['exempt']}, planted {truth.exempt}"
    unlisted = {CODE.sub("", (each["code"] or "").replace(" ", "")) for each in summary["unlisted"]}
    if unlisted != truth.unlisted:
        yield f"unlisted: told {sorted(unlisted - truth.unlisted)}, planted {sorted(truth.unlisted - unlisted)}"
    if summary["secret"] != len(truth.secret):
        yield f"secret: told {summary['secret']}, planted {len(truth.secret)}"


def findings(truth: Truth, told: Mapping[str, Any], root: str) -> Iterator[str]:
    """Yield each sound table with an error, each planted fault that nobody tells, and each secret that is told."""
    for file in told["files"]:
        path = PurePath(file["path"]).relative_to(root).as_posix()
        shown = f"{path}/{file['member']}" if file["member"] else path
        severities = {finding["severity"] for finding in file["findings"]}
        if shown in truth.sound and "error" in severities:
            yield f"{shown} has no error, told {[each['message'] for each in file['findings']]}"
        if shown in truth.faulty and not severities & {"error", "warning"}:
            yield f"{shown} has a fault that is not told"
    text = json.dumps(told, ensure_ascii=False)
    yield from (f"{name} is a secret" for name in sorted(truth.hidden) if name in text)


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
    summaries = {PROJECTS: told["summary"], **told["other_summaries"]}
    for kind in {**truth.counted, **summaries}:
        if kind not in summaries or kind not in truth.counted:
            yield f"summary {kind} is there on one side only"
            continue
        summary = summaries[kind]
        yield from _totals(kind, truth.totals(kind), summary)
        planted = truth.departments(kind)
        given = {each["name"]: each for each in summary["departments"]}
        names = [name for name in given if name in planted and name in truth.order]
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
