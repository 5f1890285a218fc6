"""Columns below one wide 偏差原因分析: 经费保障 | 制度保障 | 人员保障 | 其他 | 原因说明."""

from __future__ import annotations

from dataclasses import replace

from zipingbiao.table.find import labels
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.find.spots import Spot
from zipingbiao.table.records import Role
from zipingbiao.table.words import Extra


def kinds_of_causes(sheet: Sheet, row: int) -> set[int]:
    """Return the columns of a row whose text stands below one wide heading of reasons."""
    above = ((column, sheet.span(row - 1, column)) for column in sheet.filled(row))
    return {
        column
        for column, area in above
        if area.left < area.right and area.bottom < row and _is_reason(sheet.text(area.top, area.left))
    }


def reason_among(causes: list[Spot[Role | Extra]]) -> list[Spot[Role | Extra]]:
    """Return what tells the reason: 原因说明; where only kinds of causes stand, whichever is filled."""
    told = [spot for spot in causes if _is_reason(spot.text)]
    return told or [replace(cause, last=causes[-1].last) for cause in causes[:1]]


def _is_reason(text: str) -> bool:
    meaning = labels.heading(text)
    return meaning is not None and meaning.role is Role.REASON
