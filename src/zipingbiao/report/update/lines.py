"""The lines of one table of a report, brought to what the workbook prints now."""

from __future__ import annotations

from zipingbiao.report.update.pair import TablePair
from zipingbiao.report.update.places import text_of
from zipingbiao.report.update.reorder import Reorder
from zipingbiao.report.update.rows import FIGURES, Row, in_order, matched, rows_of
from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.table.find.headings import ROLE_NAMES
from zipingbiao.table.records import Role, Trouble


def update_lines(table: TablePair) -> None:
    """Work out what is to change in the lines of a table."""
    if _is_unclear(table):
        return
    own = {row.row for row in table.only.rows} if table.only is not None else set(table.blocks)
    rows = [row for row in rows_of(table.draft) if row.number in own]
    lines = [line for line in rows_of(table.wanted) if line.name]
    found = matched(lines, rows)
    kept = [line for line in lines if line.number in found and _update(table, line, found[line.number])]
    if kept:
        names = listed([table.name_of(line) for line in kept])
        table.plan.notes.append(
            f"{table.title}中{names}的偏差原因只写在报告里，工作簿中是空白，已保留报告的文字。"
        )
    order = list(in_order(rows, lines, found))
    if len(found) < len(lines) or any(row not in order for row in rows):
        Reorder(table, rows, lines, found, order).run()


def _is_unclear(table: TablePair) -> bool:
    """Whether two columns could be the same one; says of a missing column that it is not written."""
    band = table.draft.bands[0]
    twice = [each for each in band.problems if each.trouble is Trouble.TWO_COLUMNS]
    for each in twice:
        table.plan.refuse(f"请改{table.title}的列名，{'、'.join(map(quote, each.labels))}都像“{each.what}”")
    printed = (role for role in FIGURES if role in table.wanted.bands[0].columns)
    missing = [quote(ROLE_NAMES[role]) for role in printed if role not in band.columns]
    if missing and not twice:
        table.plan.notes.append(
            f"{table.title}没有{'、'.join(missing)}列，没有更新这一项；如改过列名，请改回。"
        )
    return bool(twice)


def _update(table: TablePair, line: Row, row: Row) -> bool:
    """Bring the figures of a line up to date; tell whether a reason stands in the report alone."""
    keeps = False
    for role in table.roles:
        if role not in FIGURES:
            continue
        ref = table.ref(row, role)
        cell = table.plan.cell(ref)
        new = "" if table.joins(line, role) else table.printed(line, role)
        if role is Role.REASON and not new.strip():
            keeps = cell is not None and bool(text_of(cell).strip())
        elif not (cell is not None and cell.goes_on and table.joins(line, role)):
            like = None if cell is None else table.like(cell, tuple(table.blocks.values()))
            table.plan.say(ref, f"{table.name_of(line)}的{ROLE_NAMES[role]}", new, table.title, like)
    return keeps
