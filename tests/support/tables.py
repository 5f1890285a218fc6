"""Tables in plain notation → the records that a reader would deliver, without any reader.

One line per row, cells between ``|``. A bare number is a number, ``公式 89.5`` a formula with its
result, ``公式 ?`` a formula without one, ``写入 90`` what 评分 wrote last (``写入`` a cell it left blank), ``日期 2025-03-05`` a date cell, ``#DIV/0!`` an error,
everything else text. The indicator table is sheet 表 with its headings in row 1, the funds are
sheet 资金; column letters follow the order of the headings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from support.records import Record
from zipingbiao.book.cells import Cell, CellClass, Ref
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.choose import STANDARD
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.score import score_table
from zipingbiao.table.entry import Entry
from zipingbiao.table.forms import OTHER, form_of
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.table.records import (
    Evidence,
    Gap,
    Indicator,
    Place,
    Problem,
    Project,
    Report,
    Role,
    SelfEvaluation,
    Trouble,
)
from zipingbiao.values.number import exact
from zipingbiao.values.typed import parse_comparator
from zipingbiao.values.unit import Unit, parse_unit

TABLE, FUNDS, TEXTS, EVIDENCE, BODY = "表", "资金", "文字材料", "佐证材料", "正文表"
ROLES = {
    "一级": Role.LEVEL1,
    "二级": Role.LEVEL2,
    "指标": Role.NAME,
    "分值": Role.WEIGHT,
    "符号": Role.SIGN,
    "目标值": Role.TARGET,
    "单位": Role.UNIT,
    "业绩值": Role.ACTUAL,
    "完成率": Role.COMPLETION,
    "得分": Role.SCORE,
    "原因": Role.REASON,
    "评分标准": Role.STANDARD,
    "核算得分": Role.COMPUTED,
    "手工得分": Role.MANUAL,
}
_KINDS = {kind.label: kind for kind in AmountKind}
_SOURCES = {source.label: source for source in Source}
_FORMULA = "公式 "
_WRITTEN = "写入"
_DATE = "日期 "


def build(case: Mapping[str, Any]) -> Evaluation:
    """Return the scored table of a case; its keys are explained in tests/rules/test_cases.py."""
    table = read(case)
    profile = profiles.load(case.get("profile", "shanxi"))
    unsure = bool(case.get("profile_unsure", False))
    return Evaluation(
        table, profile, case.get("profile_why", "按表格样式"), unsure, score_table(table, profile)
    )


def read(case: Mapping[str, Any]) -> SelfEvaluation:
    """Return the table of a case, not scored."""
    rows = _rows(case["table"])
    roles = [ROLES[heading] for heading in rows[0]]
    funds = read_funds(case["funds"], case.get("unit", "万元")) if "funds" in case else None
    lines = _lines(rows[1:], roles)
    merged = tuple(case.get("merged_score", ()))
    indicators = [_indicator(row, entries, merged) for row, entries in lines]
    if funds is not None and funds.points is not None:
        indicators.insert(0, _funds_line(funds))
    below = len(rows) + 1
    totals = {
        key: entry_at(TABLE, below, column, str(case[key]))
        for column, key in enumerate(_TOTALS, 1)
        if key in case
    }
    return SelfEvaluation(
        form=form_of(case.get("form", "shanxi")) or OTHER,
        sheet=TABLE,
        anchor=Ref(TABLE, 1, 1),
        headings={role: Ref(TABLE, 1, column) for column, role in enumerate(roles, 1)},
        project=Project(**case.get("project", {})),
        funds=funds,
        indicators=tuple(indicators),
        total_score=totals.get("total"),
        grade=totals.get("grade"),
        total_weight=totals.get("total_weight"),
        problems=tuple(_problem(problem) for problem in case.get("problems", ())),
        texts={
            title: entry_at(TEXTS, row, 5, text)
            for row, (title, text) in enumerate(case.get("texts", {}).items(), 4)
        },
        evidence=_evidence(case["evidence"]) if "evidence" in case else None,
        gaps=tuple(_gap(gap) for gap in case.get("gaps", ())),
        report=_report(case) if case.get("report") else None,
    )


def _report(case: Mapping[str, Any]) -> Report:
    """The report around a table: the tables of its body below each other, one heading for all."""
    rows = _rows(case["body"]) if "body" in case else []
    lines = _lines(rows[1:], [ROLES[heading] for heading in rows[0]], BODY) if rows else []
    body = tuple(_indicator(row, entries, ()) for row, entries in lines)
    said = case.get("sentence")
    return Report(
        body,
        {level: Ref(BODY, 1, 1) for level in (*(line.level1 for line in body), *case.get("bodies", ()))},
        entry_at("正文", 9, 1, said) if said else None,
    )


_TOTALS = ("total", "grade", "total_weight")  # A to C of the row below the table


def read_funds(text: str, unit: str = "万元") -> Funds:
    """Return the funds of a case: kinds in rows (山西) or in columns (全国)."""
    rows = _rows(text)
    by_rows = any(heading in _SOURCES for heading in rows[0])
    entries: dict[tuple[AmountKind, Source], Entry] = {}
    unnamed: dict[AmountKind, tuple[Entry, ...]] = {}
    extra: dict[str, Entry] = {}
    for number, row in enumerate(rows[1:], 2):
        for column, (heading, cell) in enumerate(zip(rows[0][1:], row[1:], strict=True), 2):
            entry = entry_at(FUNDS, number, column, cell)
            kind, source = (row[0], heading) if by_rows else (heading, row[0])
            if kind in _KINDS and source not in _SOURCES:
                unnamed[_KINDS[kind]] = (*unnamed.get(_KINDS[kind], ()), entry)
            elif kind in _KINDS:
                entries[_KINDS[kind], _SOURCES[source]] = entry
            elif number == 2:
                extra[kind] = entry
    known = parse_unit(unit)
    assert isinstance(known, Unit)
    points, score = extra.get("分值"), extra.get("得分")
    return Funds(Ref(FUNDS, 1, 1), known, entries, points, score, by_rows=by_rows, unnamed=unnamed)


def _evidence(text: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(row[0], row[-1], Ref(EVIDENCE, number, 4)) for number, row in enumerate(_rows(text), 4)
    )


def entry_at(sheet: str, row: int, column: int, text: str) -> Entry:
    """Return the entry for a cell in plain notation."""
    entry = Entry.of(Ref(sheet, row, column), _cell(text.removeprefix(_WRITTEN).strip()))
    return entry._replace(ours=True) if text.startswith(_WRITTEN) else entry


def place(ref: Ref | None) -> str:
    """Write a place as the cases do: ``H3`` in the table, ``资金!B2`` in the funds."""
    if ref is None:
        return ""
    return ref.a1 if ref.sheet == TABLE else str(ref)


def _cell(text: str) -> Cell | None:
    if not text:
        return None
    if text.startswith(_FORMULA):
        result = _cell(text.removeprefix(_FORMULA).removesuffix("?"))
        return Cell(None, CellClass.BLANK, "A1") if result is None else Cell(result.value, result.kind, "A1")
    if text.startswith("#"):
        return Cell(text, CellClass.ERROR)
    if text.startswith(_DATE):
        return Cell(dt.date.fromisoformat(text.removeprefix(_DATE)), CellClass.DATE)
    number = exact(text)
    return Cell(text, CellClass.TEXT) if number is None else Cell(number, CellClass.NUMBER)


def _rows(text: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [[*row, *[""] * (len(rows[0]) - len(row))] for row in rows]


def _lines(
    rows: Sequence[Sequence[str]], roles: Sequence[Role], sheet: str = TABLE
) -> list[tuple[int, dict[Role, Entry]]]:
    """Entries of each row; a blank level continues the one above."""
    lines: list[tuple[int, dict[Role, Entry]]] = []
    above: dict[Role, str] = {}
    for number, row in enumerate(rows, 2):
        entries = {}
        for column, (role, text) in enumerate(zip(roles, row, strict=True), 1):
            shown = text or above.get(role, "") if role in {Role.LEVEL1, Role.LEVEL2} else text
            entries[role] = entry_at(sheet, number, column, shown)
            above[role] = shown
        lines.append((number, entries))
    return lines


def _indicator(row: int, entries: dict[Role, Entry], merged: tuple[int, ...]) -> Indicator:
    text = {role: entry.text for role, entry in entries.items()}
    weight = entries[Role.WEIGHT].number if Role.WEIGHT in entries else None
    level1, level2 = text.get(Role.LEVEL1, ""), text.get(Role.LEVEL2, "")
    shared = merged if row in merged else ()
    if shared and row != shared[0]:
        entries.pop(Role.SCORE, None)
    return Indicator(
        row=row,
        place=Place.ROW,
        level1=level1,
        level2=level2,
        name=text.get(Role.NAME, ""),
        weight=weight,
        sign=parse_comparator(text.get(Role.SIGN, "")),
        unit=parse_unit(text.get(Role.UNIT, "")) if text.get(Role.UNIT) else None,
        entries=entries,
        shared_score=shared,
        is_execution="预算执行" in level1 + level2,
    )


def _funds_line(funds: Funds) -> Indicator:
    cells = {
        Role.WEIGHT: funds.points,
        Role.COMPLETION: funds.entry(AmountKind.EXECUTION_RATE),
        Role.SCORE: funds.score,
    }
    entries = {role: entry for role, entry in cells.items() if entry is not None}
    weight = funds.points.number if funds.points is not None else None
    return Indicator(
        2, Place.FUNDS, "预算执行", "预算执行", "预算执行率", weight, entries=entries, is_execution=True
    )


def _gap(gap: Mapping[str, Any]) -> Gap:
    sheet, _, cell = str(gap["at"]).rpartition("!")
    column, row = cell[0], int(cell[1:])
    return Gap(gap["field"], gap["label"], Ref(sheet or TABLE, row, ord(column) - 64), gap.get("shows", ""))


def _problem(problem: Mapping[str, Any]) -> Problem:
    ref = Ref(TABLE, 1, int(problem.get("column", 1)))
    return Problem(Trouble(problem["trouble"]), ref, problem["what"], tuple(problem.get("labels", ())))


def case_of(record: Record, reasons: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the case for a published table; *reasons* gives the wording of some, by indicator."""
    lines = ["一级 | 二级 | 指标 | 分值 | 符号 | 目标值 | 单位 | 业绩值 | 完成率 | 得分 | 原因"]
    for row in record.rows:
        reason = (reasons or {}).get(row.name, f"{row.name}的偏差原因见附件" if row.has_reason else "")
        cells = (row.level1, row.level2, row.name, row.weight, row.sign, row.target, row.unit, row.actual)
        lines.append(
            " | ".join(" ".join(cell.split()) for cell in (*cells, row.completion, row.score, reason))
        )
    profile = (form_of(record.form) or OTHER).profile or STANDARD
    case: dict[str, Any] = {"table": "\n".join(lines), "form": record.form, "profile": profile}
    if record.total_score:
        case["total"] = record.total_score
    if record.grade:
        case["grade"] = record.grade
    funds = _shanxi_funds(record) if record.shanxi_funds else _national_funds(record)
    return case | ({"funds": funds} if funds else {})


def _shanxi_funds(record: Record) -> str:
    sources = ("total", "fiscal", "central", "provincial", "city", "county", "carried_over", "other")
    lines = ["项目 | " + " | ".join(Source(source).label for source in sources)]
    for label, _, *figures in record.shanxi_funds:
        kind = next(known for known in _KINDS if label.startswith(known))
        lines.append(" | ".join((kind, *figures)))
    return "\n".join(lines)


def _national_funds(record: Record) -> str:
    if not record.funds:
        return ""
    scored = record.funds[0].points is not None
    headings = (
        "项目",
        "年初预算",
        "全年预算",
        "全年执行",
        "预算执行率",
        *(("分值", "得分") if scored else ()),
    )
    lines = [" | ".join(headings)]
    for index, funds in enumerate(record.funds):
        points = (funds.points, funds.score) if scored else ()
        cells = (funds.initial, funds.full_year, funds.executed, funds.rate, *points)
        source = _source_of(funds.label) if index else Source.TOTAL
        lines.append(" | ".join((source.label, *(cell or "" for cell in cells))))
    return "\n".join(lines)


def _source_of(label: str) -> Source:
    words = {
        "专户": Source.EARMARKED,
        "结转": Source.CARRIED_OVER,
        "单位": Source.OWN,
        "其他": Source.OTHER,
    }
    return next((source for word, source in words.items() if word in label), Source.FISCAL)
