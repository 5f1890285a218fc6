"""The funds of a table as a report prints them: amounts in 万元, rates as they stand in the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from zipingbiao.report.blocks import Cell, Table, head
from zipingbiao.report.texts import Basis
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.funds import FISCAL_PARTS, AmountKind, Funds, Source
from zipingbiao.values.number import percent, plain

_RATES = frozenset({AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE})
_ROWS = (
    (AmountKind.INITIAL, "年初预算资金", "(1)"),
    (AmountKind.FULL_YEAR, "全年预算资金", "(2)"),
    (AmountKind.RECEIVED, "实际到位资金", "(3)"),
    (AmountKind.EXECUTED, "全年执行资金", "(4)"),
    (AmountKind.BALANCE, "资金结余", "(5)=(3)-(4)"),
    (AmountKind.FUNDING_RATE, "预算到位率", "(6)=(3)/(2)"),
    (AmountKind.EXECUTION_RATE, "预算执行率(%)", "(7)=(4)/(2)"),
)
_FISCAL = (Source.FISCAL, *FISCAL_PARTS)
_FISCAL_HEADINGS = ("小计", "中央级", "省级", "市级", "县区级")
_AFTER = (Source.CARRIED_OVER, Source.OTHER)
_LEAST, _MOST = 6, 13  # half signs
_AFTER_HEADINGS = ("上年结转资金(万元)", "其他资金(万元)")


def figure(evaluation: Evaluation, kind: AmountKind, source: Source) -> str:
    """Return an amount in 万元 or a rate as it is printed; "" where there is none.

    What is no amount stands as it was typed. A rate of the whole that its table has no cell for is the
    one that every face shows.
    """
    funds = evaluation.table.funds
    entry = funds.entry(kind, source) if funds is not None else None
    is_whole_rate = kind is AmountKind.EXECUTION_RATE and source is Source.TOTAL
    if funds is None or entry is None or entry.is_empty:
        rate = evaluation.execution_rate
        return percent(rate) if is_whole_rate and rate is not None else ""
    amount = None if kind in _RATES else funds.typed_amount(kind, source)
    return entry.text.strip() if amount is None else plain(amount)


def more_sources(funds: Funds | None, known: Sequence[Source]) -> tuple[Source, ...]:
    """Return the sources in which a table has amounts and for which its form has no place."""
    if funds is None:
        return ()
    filled = {source for (_, source), entry in funds.entries.items() if not entry.is_empty}
    return tuple(source for source in Source if source in filled and source not in known)


def funds_table(basis: Basis, mark: str) -> Table | None:
    """Return the table of 预算执行情况: kinds as rows, sources as columns; None without funds."""
    evaluation = basis.evaluation
    if evaluation.table.funds is None:
        return None
    known = (Source.TOTAL, *_FISCAL, *_AFTER)
    more = more_sources(evaluation.table.funds, known)
    after = (*_AFTER_HEADINGS, *(f"{source.label}(万元)" for source in more))
    upper = (
        *head("项目", "行次", "年度总金额(万元)"),
        Cell("财政资金", span=len(_FISCAL), bold=True),
        *head(*after),
    )
    lower = (
        *(Cell(joins=True) for _ in range(3)),
        *head(*_FISCAL_HEADINGS),
        *(Cell(joins=True) for _ in after),
    )
    sources = (*known, *more)
    rows = [
        (Cell(name), Cell(number), *(Cell(figure(evaluation, kind, source)) for source in sources))
        for kind, name, number in _ROWS
    ]
    widths = [_width([cell.text for cell in column]) for column in zip(*rows, strict=True)]
    return Table(widths, [upper, lower, *rows], heads=2, mark=mark)


def _width(texts: Sequence[str]) -> int:
    """How wide a column is in half signs: a Chinese one takes the room of two digits, as in this code two bytes."""
    longest = max(len(text.encode("gb18030", "replace")) for text in texts)
    return min(max(_LEAST, longest + 2), _MOST)
