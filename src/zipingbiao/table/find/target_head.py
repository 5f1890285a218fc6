"""What stands above a table of targets: the year's amounts and the goal in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.book.cells import Area, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.funds import Block
from zipingbiao.table.find.money import block_unit
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.words import EXPECTED_GOAL, LONGER_GOAL, YEAR_GOAL
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key, normalise
from zipingbiao.values.typed import Quantity, parse_text

_APPROVED = (AmountKind.INITIAL, AmountKind.FULL_YEAR)
_PARTS_BELOW = 8
_LINE = regex(
    r"(?P<label>[^\d:：]{2,20}(?:[:：][^\d:：]{2,12})?)[:：\s]\s*(?P<value>[\d.,，]+\s*(?:[万亿千]?元)?)\s*"
)


# ------------------------------------------------------------------ amounts


def block_amounts(block: Block) -> dict[Source, Decimal]:
    """Return the approved budget of a funds block in 万元: the first one, else that of the whole year."""
    funds = block.funds
    for kind in _APPROVED:
        found = {source: funds.typed_amount(kind, source) for source in funds.sources}
        known = {source: amount for source, amount in found.items() if amount is not None}
        if known:
            return known
    return {}


def amounts(sheet: Sheet, first: int, last: int) -> dict[Source, Decimal]:
    """Return ``年度资金总额：100`` with its parts below or beside it, in 万元; empty without such a label."""
    found = list(_amounts(sheet, first, last))
    totals = [each for each in found if each[1] is Source.TOTAL]
    # 实施期资金总额 and 年度资金总额 may stand side by side.
    total = next((each for each in totals if "年" in each[2]), next(iter(totals), None))
    if total is None:
        return {}
    place = total[0]
    result: dict[Source, Decimal] = {Source.TOTAL: total[3]}
    for ref, source, _, amount in found:
        below = ref.column == place.column and place.row <= ref.row <= place.row + _PARTS_BELOW
        beside = ref.row == place.row and ref.column > place.column
        if below or beside:
            result.setdefault(source, amount)
    return result


def _amounts(sheet: Sheet, first: int, last: int) -> Iterator[tuple[Ref, Source, str, Decimal]]:
    for row in sheet.rows_between(first, last):
        for column in sheet.filled(row):
            text, ref = sheet.text(row, column), sheet.grid.ref(row, column)
            for label, entry in _labelled(sheet, ref, text):
                source = _source(label)
                if source is None:
                    continue
                area = Area(row, column, row, entry.ref.column)
                amount = entry.amount(block_unit(sheet, area, [ref]))
                if amount is not None:
                    yield ref, source, label_key(label), amount


def _labelled(sheet: Sheet, ref: Ref, text: str) -> Iterator[tuple[str, Entry]]:
    """A label with the number right of it, or each line of a cell that holds both."""
    if labels.source(text) is not None or labels.amount_kind(text) is not None:
        place = sheet.right_of(ref.row, ref.column)
        if place is not None and isinstance((entry := sheet.entry(place.row, place.column)).value, Quantity):
            yield text, entry
        return
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip())
        if found is not None:
            value = parse_text(normalise(found["value"]))
            yield found["label"], Entry(ref, sheet.grid.at(ref.row, ref.column), found["value"], value)


def _source(label: str) -> Source | None:
    source = labels.source(label)
    if source is Source.TOTAL:  # a bare 合计 or 金额 heads other figures too
        return source if re.search(r"资金|总额|预算", label) else None
    if source is None and (kind := labels.amount_kind(label)) is not None and kind[0] in _APPROVED:
        return Source.TOTAL
    return source


# ------------------------------------------------------------------ goal


def goal_rank(text: str) -> int | None:
    """Return how surely a label names the goal of the year: 0 年度目标, 1 总体目标; None for any other."""
    key = labels.label(text).key
    if EXPECTED_GOAL.fullmatch(key):
        return 0
    found = YEAR_GOAL.fullmatch(key)
    return None if found is None else 0 if found["year"] else 1


def goal(sheet: Sheet, first: int, last: int) -> str:
    """Return the goal in words from these rows: beside or below its label, or behind its colon."""
    found: dict[int, str] = {}
    for row in sheet.rows_between(first, last):
        for column in sheet.filled(row):
            text = sheet.text(row, column)
            head, *rest = re.split(r"[:：]", text, maxsplit=1)
            rank = goal_rank(head)
            if rank is None or rank in found:
                continue
            said = "".join(rest).strip() or _beside(sheet, row, column) or _below(sheet, row, column)
            if said:
                found[rank] = said
    return next((found[rank] for rank in sorted(found)), "")


def _beside(sheet: Sheet, row: int, column: int) -> str:
    """The first text right of a label in each of the rows that it covers."""
    area = sheet.span(row, column)
    lines: list[str] = []
    for line in range(area.top, area.bottom + 1):
        place = next(iter(sheet.filled(line, area.right + 1)), None)
        text = sheet.text(line, place) if place is not None else ""
        if text and not _is_label(text) and text not in lines:
            lines.append(text)
    return "\n".join(lines)


def _below(sheet: Sheet, row: int, column: int) -> str:
    text = sheet.seen(sheet.span(row, column).bottom + 1, column)
    return "" if _is_label(text) else text


def _is_label(text: str) -> bool:
    return (
        goal_rank(text) is not None
        or LONGER_GOAL.fullmatch(labels.label(text).key) is not None
        or labels.heading(text) is not None
        or labels.opens_head(text)
        or labels.source(text) is not None
    )
