"""How rules name lines and cells: ``第7行“维护系统数量”``, shortened where a list grows long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from zipingbiao.book.cells import CellClass
from zipingbiao.rules.shared.once import once
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Indicator, Place, Role

_SHOWN = 8
_NAME_LENGTH = 24


def name_line(indicator: Indicator) -> str:
    """Name one line by its row and its 三级指标."""
    if indicator.place is Place.FUNDS:
        return "资金表中的预算执行率"
    name = indicator.name or indicator.level2 or indicator.level1
    if indicator.row is None:
        return quote(name)
    return f"第{indicator.row_label}行{quote(name) if name else ''}"


def list_lines(rows: Sequence[Scored], details: Sequence[str] = ()) -> str:
    """Name several lines, each with its detail in brackets where there is one."""
    return listed(
        [with_detail(row, detail) for row, detail in zip(rows, details or [""] * len(rows), strict=True)]
    )


def with_detail(row: Scored, detail: str) -> str:
    """Name one line with what is to be said of it in brackets, if anything."""
    name = name_line(row.indicator)
    return f"{name}（{detail}）" if detail else name


def listed(items: Sequence[str]) -> str:
    """Join items with 、 and count those beyond the first eight instead of listing them."""
    rest = len(items) - _SHOWN
    return "、".join(items[:_SHOWN]) + (f"等{len(items)}处" if rest > 0 else "")


def quote(text: str) -> str:
    """Put a text from the table into quotation marks, on one line and cut where it is long; 空白 for none."""
    line = " ".join(text.split())
    if not line:
        return "空白"
    return f"“{line if len(line) <= _NAME_LENGTH else line[:_NAME_LENGTH] + '…'}”"


def shown(entry: Entry) -> str:
    """The text of a cell as a message quotes it; 空白 for an empty one."""
    return " ".join(entry.text.split()) or "空白"


def entries_of(evaluation: Evaluation, kind: CellClass) -> list[Entry]:
    """The cells of one class among those of :func:`entries`, as :func:`in_order` gives them."""
    found = (entry for entry in entries(evaluation) if entry.cell is not None and entry.cell.kind is kind)
    return in_order(evaluation, found)


def in_order(evaluation: Evaluation, wanted: Iterable[Entry]) -> list[Entry]:
    """Some cells of a table: each once, in order, other sheets last."""
    found = {entry.ref: entry for entry in wanted}
    here = evaluation.table.sheet
    return [found[ref] for ref in sorted(found, key=lambda ref: (ref.sheet != here, ref))]


@once
def entries(evaluation: Evaluation) -> Iterator[Entry]:
    """The cells of the table, its funds and its totals; one that lines share comes several times."""
    table, funds = evaluation.table, evaluation.table.funds
    single = [table.total_weight, table.total_score, table.total_deduction, table.grade]
    held = [line.entries.values() for line in (*table.indicators, *table.informative)]
    if funds is not None:
        single += [funds.points, funds.score]
        held.append(funds.entries.values())
    return chain(*held, filter(None, single))


def unreadable(indicator: Indicator, *roles: Role) -> bool:
    """Tell whether a cell is an error or an uncalculated formula: V101 and V102 speak of those."""
    entries = (indicator.entries.get(role) for role in roles)
    return any(entry is not None and (entry.is_error or entry.lacks_result) for entry in entries)
