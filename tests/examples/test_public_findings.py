"""Every finding on the public tables and the five reference projects, judged by a person: right or not, and why.

``public_findings.yaml`` holds one group per table and rule: how often, how serious, what is said first,
``right`` and a ``reason``. To renew it after a wanted change: ``python tests/examples/test_public_findings.py``;
judgements are kept, a new group asks for one. It prints for each table how many of its rows are found,
computed, agree with the printed score, or are spoken of by a finding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))  # when run as a program

from scoring.test_public_tables import code
from support.handed_in import FILES
from support.records import Record, every_record
from support.sentences import begins_with_what_to_do
from table.find.layouts import Canvas, Laid, Layout
from zipingbiao.book.cells import Book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import FileResult
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.table.records import Place
from zipingbiao.values.number import same_points

GOLDEN = Path(__file__).with_name("public_findings.yaml")
TABLES = {record.id: record for record in every_record() if record.id.startswith("case")}
HEAD = "# Renewed by python tests/examples/test_public_findings.py; right and reason are a person's.\n"
NAMES = [*TABLES, *(file.stem for file in FILES)]
Group = dict[str, Any]


class Rows(NamedTuple):
    """Rows of a table.

    Attributes:
        printed, found: on the page, and read; parts without points (其中…) among them.
        computed: with a score by rule.
        agreeing: where that is the printed score.
        explained, silent: without a score or with another one than printed, spoken of by a finding or not.
    """

    printed: int
    found: int
    computed: int
    agreeing: int
    explained: int
    silent: int


def result_of(name: str) -> FileResult:
    """A public table in its own headings, or a reference project as handed in."""
    if name not in TABLES:
        return examine(next(file for file in FILES if file.stem == name))
    record, canvas = TABLES[name], Canvas()
    layout = Layout(record, Random(1), plain=True, totals=True)
    if record.headings:
        _draw(canvas, record, layout)
    else:
        layout.table(canvas, 2, 2)
    return evaluate(Book(f"{name}.xlsx", (canvas.grid(),)))


def _draw(canvas: Canvas, record: Record, layout: Layout) -> None:
    """A table in the columns that it has, below its title and its funds."""
    canvas.put(1, 1, f"{record.title}（{record.year}年度）")
    top = layout.funds(canvas, 2, 1, Laid())
    for column, (key, heading) in enumerate(record.headings.items(), 1):
        canvas.put(top, column, heading)
        for row, line in enumerate(record.rows, top + 1):
            canvas.put(row, column, getattr(line, key, ""))
    if record.total_score:
        canvas.put(top + len(record.rows) + 1, 1, f"自评总分：{record.total_score}")


def groups(name: str) -> Iterator[Group]:
    """The findings of a table, one group per rule and severity."""
    result = result_of(name)
    assert not result.faults
    if not result.evaluations:
        yield {"code": result.status.value, "severity": "", "count": 1, "says": result.why or ""}
    found: dict[tuple[str, str], list[str]] = {}
    for finding in result.findings:
        found.setdefault((finding.code, finding.severity.value), []).append(finding.message)
    for (rule, severity), messages in sorted(found.items()):
        yield {"code": rule, "severity": severity, "count": len(messages), "says": messages[0]}


def rows_of(name: str) -> Rows:
    """Count the rows of a table, its budget execution included wherever it stands."""
    result = result_of(name)
    scored = [
        row for one in result.evaluations for row in one.rows if row.indicator.place is not Place.IMPLIED
    ]
    parts = sum(len(one.table.informative) for one in result.evaluations)
    in_funds = sum(row.indicator.place is Place.FUNDS for row in scored)
    open_rows = [row for row in scored if not _agrees(row)]
    told = [row for row in open_rows if code(result, row) != "—"]
    return Rows(
        printed=in_funds + (len(TABLES[name].rows) if name in TABLES else len(scored) - in_funds),
        found=len(scored) + parts,
        computed=sum(row.score is not None for row in scored),
        agreeing=sum(_agrees(row) and row.indicator.stated_score is not None for row in scored),
        explained=len(told),
        silent=len(open_rows) - len(told),
    )


def _agrees(row: Scored) -> bool:
    """Whether a line has a score by rule that is not another one than the printed."""
    stated = row.indicator.stated_score
    return row.score is not None and (stated is None or same_points(stated, row.score))


def golden() -> dict[str, list[Group]]:
    known: dict[str, list[Group]] = yaml.safe_load(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}
    return known


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_judged_and_right(name: str) -> None:
    listed = golden()[name]
    told = [{key: group[key] for key in ("code", "severity", "count", "says")} for group in listed]
    assert list(groups(name)) == told
    for group in listed:
        assert begins_with_what_to_do(group["says"]), group
        assert group["right"] is True, group
        assert group["reason"], group


def test_no_table_is_left_out() -> None:
    assert list(golden()) == NAMES


def renewed() -> dict[str, list[Group]]:
    """The golden list of today's findings with the judgements known so far."""
    judged = {
        (name, group["code"], group["severity"]): group for name, known in golden().items() for group in known
    }
    by_rule = {(name, group["code"]): group for name, known in golden().items() for group in known}
    new: dict[str, list[Group]] = {}
    for name in NAMES:
        new[name] = []
        for group in groups(name):
            known = judged.get((name, group["code"], group["severity"])) or by_rule.get(
                (name, group["code"]), {}
            )
            new[name].append({**group, "right": known.get("right"), "reason": known.get("reason", "")})
    return new


def main() -> None:
    """Write the golden list, print the rows of each table."""
    text = yaml.safe_dump(renewed(), allow_unicode=True, sort_keys=False, width=10_000)
    GOLDEN.write_text(HEAD + text, "utf-8")
    counts = {name[:6]: rows_of(name) for name in NAMES}
    counts["total"] = Rows(*(sum(column) for column in zip(*counts.values(), strict=True)))
    sys.stdout.write("\t".join(["table", *Rows._fields]) + "\n")
    for name, count in counts.items():
        sys.stdout.write("\t".join([name, *map(str, count)]) + "\n")


if __name__ == "__main__":
    main()
