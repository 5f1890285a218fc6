"""Amounts of a funds block along one line: 年初预算 | 全年预算 | 全年执行 | 执行率."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zipingbiao.book.cells import Ref
from zipingbiao.table.find.funds_lines import Mark, View
from zipingbiao.table.funds import AmountKind
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key
from zipingbiao.values.typed import Quantity

GAP = 3
"""Lines without a label that a block may contain."""
AMOUNTS = frozenset({AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED})
_WIDE_GAP = 5  # columns between two amounts of one row, at most
_DIVIDED = (AmountKind.INITIAL, AmountKind.EXECUTED, AmountKind.EXECUTION_RATE)
# Example: 年初预算数(A), 全年执行数B. Near miss: 执行率B/A.
_LETTER = regex(r"(?<![A-Z/÷])([A-Z])\)?$")


@frozen
class Run:
    """One such line of a sheet, with the places of its amounts."""

    view: View
    line: int
    places: Mapping[AmountKind, int]

    @property
    def first(self) -> int:
        """The first place of an amount."""
        return min(self.places.values())

    @property
    def last(self) -> int:
        """The last place of an amount."""
        return max(self.places.values())

    def mark(self, kind: AmountKind) -> Mark | None:
        """The label of an amount; None where only a 行次 beside the line names it."""
        return self.view.lines[self.line].get(self.places[kind])

    @property
    def marks(self) -> list[Mark]:
        """The labels of its amounts."""
        return [mark for kind in self.places if (mark := self.mark(kind)) is not None]

    @property
    def labels(self) -> list[Ref]:
        """Where its labels stand."""
        return [mark.ref for mark in self.marks]

    def is_part(self, line: int, label: int) -> bool:
        """Whether a line after the sources holds amounts and has words of its own at about the place *label*."""
        sheet, by_rows = self.view.sheet, self.view.by_rows
        places = range(max(label - 2, 1), self.first)
        named = any(sheet.text(at, line) if by_rows else sheet.text(line, at) for at in places)
        return named and any(
            isinstance(self.view.entry(line, place).value, Quantity)
            for kind, place in self.places.items()
            if kind in AMOUNTS
        )

    @property
    def is_by_initial(self) -> bool:
        """Whether the headings divide 全年执行 by 年初预算, as 年初预算数（A）, 全年执行数（B）, 执行率（B/A） do."""
        if self.view.by_rows or AmountKind.FULL_YEAR in self.places:
            return False
        initial, executed, rate = (self._heading(kind) for kind in _DIVIDED)
        letters = [_LETTER.search(heading) for heading in (executed, initial)]
        return all(letters) and "/".join(found[1] for found in letters if found) in rate.replace("÷", "/")

    def _heading(self, kind: AmountKind) -> str:
        """The heading of an amount in one spelling; "" where the block has none."""
        mark = self.mark(kind) if kind in self.places else None
        return "" if mark is None else label_key(self.view.sheet.text(mark.ref.row, mark.ref.column)).upper()

    @property
    def rank(self) -> int:
        """How sure its least sure label is; a lower rank is surer."""
        return max((mark.rank for mark in self.marks), default=2)


def runs(view: View) -> Iterator[Run]:
    """Runs of two amounts or more; where one merged label covers two lines, the last line counts."""
    for line in sorted(view.lines):
        kinds = view.kinds(line)
        following = {mark.ref for mark in view.kinds(line + 1).values()}
        if {mark.ref for mark in kinds.values()} <= following:
            continue
        for places in _unbroken(view, line):
            if len(places) >= 2:
                extra = _by_line_number(view, line, places) if view.by_rows else {}
                yield Run(view, line, places | extra)


def _unbroken(view: View, line: int) -> Iterator[dict[AmountKind, int]]:
    """Cut a line where another block begins: an amount comes again, a gap, a source label between."""
    run: dict[AmountKind, int] = {}
    ranks: dict[AmountKind, int] = {}
    held: Ref | None = None
    for place, mark in view.kinds(line).items():
        if mark.ref == held or mark.kind is None:
            continue
        held = mark.ref
        if mark.kind is AmountKind.EXECUTION_RATE and run.get(mark.kind) == min(run.values(), default=0):
            del run[mark.kind]  # 预算执行率 before the amounts was the caption of the block
        again = mark.kind in run
        if again and mark.rank > ranks[mark.kind]:
            continue
        if (again and mark.rank == ranks[mark.kind]) or (
            run and _is_cut(view, line, max(run.values()), place)
        ):
            yield run
            run, ranks = {}, {}
        run[mark.kind], ranks[mark.kind] = place, mark.rank
    yield run


def _is_cut(view: View, line: int, last: int, place: int) -> bool:
    """Whether two amounts of a line are too far apart, or the next block's sources stand between them."""
    if view.by_rows:
        return place - last > GAP
    below, heads = view.lines.get(line + 1, {}), view.kinds(line)
    between = (below[at] for at in range(last + 1, place) if at in below and at not in heads)
    return place - last > _WIDE_GAP or any(mark.source for mark in between)


def _by_line_number(view: View, line: int, places: dict[AmountKind, int]) -> dict[AmountKind, int]:
    """Amounts that only their 行次 names, in rows of the block whose label is missing or odd."""
    first, last = min(places.values()) - 2, max(places.values()) + 2
    found: dict[AmountKind, int] = {}
    for beside in range(line + 1, line + GAP + 1):
        for place, mark in view.kinds(beside).items():
            free = place not in places.values() and mark.kind not in places
            if mark.kind is not None and mark.rank == 2 and free and first <= place <= last:
                found.setdefault(mark.kind, place)
    return found
