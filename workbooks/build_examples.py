"""Builds the example workbooks from examples.yaml: ``python workbooks/build_examples.py [FOLDER]``.

One template workbook per reference project, and one with all five. Scores are left to the rules,
but where a unit gave another one: that stands as 手工得分. The same data gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from zipingbiao.table.forms import FORMS, national, shanxi
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Form, Project
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.places import ACHIEVED, GOAL
from zipingbiao.template.write import finished

HERE = Path(__file__).parent
ALL_FIVE = "五个项目.xlsx"

Data = Mapping[str, Any]
Amounts = dict[tuple[AmountKind, Source], Decimal]

_KINDS = {
    "年初预算资金": AmountKind.INITIAL,
    "全年预算资金": AmountKind.FULL_YEAR,
    "实际到位资金": AmountKind.RECEIVED,
    "全年执行资金": AmountKind.EXECUTED,
}
_SOURCES = (
    *(Source.TOTAL, Source.FISCAL, Source.CENTRAL, Source.PROVINCIAL, Source.CITY, Source.COUNTY),
    *(Source.CARRIED_OVER, Source.OTHER),
)
_NATIONAL_KINDS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.EXECUTED)
_YEAR = "2021"
"""Of all five, whatever their documents say: one summary is of one year."""
_EXECUTION = NewLine("预算执行指标", "预算执行指标", "预算执行率", Decimal(10), "100%", is_execution=True)


def build(folder: Path) -> list[Path]:
    """Write every example into *folder* and return the files in the order of the data."""
    folder.mkdir(parents=True, exist_ok=True)
    data = yaml.safe_load((HERE / "examples.yaml").read_text(encoding="utf-8"))
    books = {f"{one['file']}.xlsx": _one(one) for one in data}
    books[ALL_FIVE] = NewWorkbook(
        shanxi.FORM,
        Project(department="某县财政局", unit="某县五个单位", year=_YEAR),
        tuple(_project(one, shanxi.FORM) for one in data),
    )
    for name, book in books.items():
        (folder / name).write_bytes(finished(book))
    return [folder / name for name in books]


def _one(data: Data) -> NewWorkbook:
    form = next(form for form in FORMS if form.key == data["form"])
    unit = Project(department=data["department"], unit=data["unit"], year=_YEAR)
    return NewWorkbook(form, unit, (_project(data, form),))


def _project(data: Data, form: Form) -> NewProject:
    """Return a project on a sheet of *form*, whatever form it was handed in."""
    is_national = data["form"] == national.FORM.key
    lines = tuple(_lines(data, _national_rows(data) if is_national else data["indicators"]))
    if is_national and form == shanxi.FORM:
        lines = (_EXECUTION, *lines)  # the national form has it in its funds block
    head = Project(data["project"], data["file"][:3], data["department"], data["unit"], _YEAR)
    funds = _national_funds(data) if is_national else _shanxi_funds(data)
    return NewProject(head, funds=funds, lines=lines, texts=_texts(data))


def _lines(data: Data, rows: Sequence[Sequence[Any]]) -> Iterator[NewLine]:
    level1 = level2 = ""
    for first, second, name, weight, target, actual, *_, reason in rows:
        level1, level2 = first or level1, second or level2
        if weight == "":
            continue
        manual = data.get("manual", {}).get(name)
        yield NewLine(
            level1.replace("\n", ""),
            level2.replace("\n", ""),
            name,
            Decimal(str(weight)),
            str(target),
            str(actual),
            reason=reason,
            manual=None if manual is None else Decimal(str(manual)),
            is_execution=level1.startswith("预算执行"),
        )


def _national_rows(data: Data) -> list[list[Any]]:
    """The rows without caption and heading, in the order of columns of the Shanxi form."""
    return [
        [first, second, name, weight, target, actual, score, reason]
        for _, first, second, name, target, actual, weight, score, reason in data["indicators"][1:]
    ]


def _shanxi_funds(data: Data) -> Amounts:
    return {
        (_KINDS[label], source): Decimal(str(amount))
        for label, _, *amounts in data["funds"]
        if label in _KINDS
        for source, amount in zip(_SOURCES, amounts, strict=True)
        if amount != ""
    }


def _national_funds(data: Data) -> Amounts:
    amounts = data["funds"][1][1:4]
    return {
        (kind, Source.TOTAL): Decimal(str(amount))
        for kind, amount in zip(_NATIONAL_KINDS, amounts, strict=True)
    }


def _texts(data: Data) -> Mapping[str, str]:
    goals = data.get("goals", {})
    texts = {GOAL: data.get("goal") or goals.get("预期目标", ""), ACHIEVED: goals.get("实际完成情况", "")}
    for title, text in (*data.get("result_analysis", {}).items(), *data.get("remarks", {}).items()):
        texts[title.replace("\n", "")] = text
    return texts


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "examples"):
        print(path)
