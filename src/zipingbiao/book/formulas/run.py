"""Which formulas must be calculated again, in which order, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, DecimalException

from zipingbiao.book.cells import Area, Book, CellClass, Ref
from zipingbiao.book.formulas.cells import Cells, Occupied, Range, Spot
from zipingbiao.book.formulas.dependents import Dependents
from zipingbiao.book.formulas.evaluator import Evaluator
from zipingbiao.book.formulas.syntax import Literal, Node, Reference, parse
from zipingbiao.book.formulas.tokens import references
from zipingbiao.book.formulas.values import ExcelError, UnknownError, Value, fifteen

Areas = tuple[tuple[str, Area], ...]
_CIRCLE = UnknownError("refers to itself")


class Run:
    """One calculation of a workbook.

    Attributes:
        outcomes: of every formula that had to be calculated, in no particular order.
    """

    def __init__(self, book: Book, changed: Mapping[Ref, Decimal | str] | None) -> None:
        self._book = book
        self._names = named(book)
        self._formulas = dict(_formulas(book))
        new = {(ref.sheet, ref.row, ref.column): _typed(value) for ref, value in (changed or {}).items()}
        self.outcomes: dict[Spot, Value | UnknownError] = {}
        self._known: dict[Spot, Value | UnknownError] = {**new}
        self._cells = Cells(book, self._known)
        self._areas: dict[Spot, Areas] = {}
        self._dependent = self._formulas.keys() - new.keys()
        dirty = set(self._dependent)
        if changed is not None:
            self._dependent, bare = self._affected(new)
            dirty = self._dependent | bare
        self._calculate(spot for spot in self._formulas if spot in dirty)

    def results(self) -> Iterator[tuple[Ref, Decimal | str]]:
        """Yield the results that a cell can be given, in the order of the workbook."""
        for spot in self._formulas:
            value = self.outcomes.get(spot)
            if isinstance(value, Decimal | str):
                yield Ref(*spot), value

    def leaves_stale(self) -> bool:
        """Tell whether a dependent of the changes may now hold another value than its cached one."""
        for spot in self._dependent:
            outcome = self.outcomes[spot]
            if not isinstance(outcome, Decimal | str) and not self._is_cached(spot, outcome):
                return True
        return False

    def _is_cached(self, spot: Spot, outcome: Value | UnknownError) -> bool:
        cell = self._book.grid(spot[0]).cells[spot[1:]]
        if isinstance(outcome, ExcelError):
            return cell.kind is CellClass.ERROR and cell.value == outcome.code
        return isinstance(outcome, bool) and cell.value is outcome

    def _affected(self, changed: Mapping[Spot, Value]) -> tuple[set[Spot], set[Spot]]:
        """Return what depends on *changed*, and what was never calculated with its dependents."""
        index, anywhere = Dependents(), set()
        for spot, text in self._formulas.items():
            if spot in changed:
                continue
            areas, certain = self._references(spot, text)
            self._areas[spot] = areas
            for sheet, area in areas:
                index.add(sheet, area, spot)
            if changed and not certain:
                anywhere.add(spot)
        dependent = anywhere | index.take([*changed, *anywhere])
        bare = {
            spot
            for spot in self._areas.keys() - dependent
            if self._book.grid(spot[0]).cells[spot[1:]].kind is CellClass.BLANK
        }
        return dependent, bare | (index.take(bare) - dependent)

    def _references(self, spot: Spot, text: str) -> tuple[Areas, bool]:
        """Return the areas that a formula refers to, and whether these are all."""
        found, certain = [], True
        direct = references(text)
        wanted: list[tuple[str | None, Area]] = list(direct.areas)
        for name in direct.names:
            node = self._names.get(name.casefold())
            certain = certain and node is not None
            if isinstance(node, Reference):
                wanted.append((node.sheet, node.area))
        for name_of_sheet, area in wanted:
            sheet = spot[0] if name_of_sheet is None else self._cells.sheet(name_of_sheet)
            if sheet is not None:  # a sheet that was not read holds no changes
                found.append((sheet, area))
        return tuple(found), certain and not direct.anywhere

    def _calculate(self, spots: Iterable[Spot]) -> None:
        """Calculate inner formulas first; without recursion, for a chain may be very long."""
        order = list(spots)
        dirty = _Waiting(order)
        # A cell to be calculated must never show its old value to another one.
        self._known.update(dict.fromkeys(order, _CIRCLE))
        path: dict[Spot, None] = {}
        circular: set[Spot] = set()
        waiting = order[::-1]
        while waiting:
            spot = waiting[-1]
            if spot in self.outcomes or spot in path:
                waiting.pop()
                if spot in path:
                    del path[spot]
                    self._finish(spot, circular)
                continue
            path[spot] = None
            for inner in dirty.within(self._inputs(spot)):
                if inner in path:
                    circular.update(_since(path, inner))
                elif inner not in self.outcomes:
                    waiting.append(inner)

    def _finish(self, spot: Spot, circular: set[Spot]) -> None:
        outcome = _CIRCLE if spot in circular else self._outcome(spot)
        self.outcomes[spot] = self._known[spot] = outcome

    def _inputs(self, spot: Spot) -> Areas:
        if spot not in self._areas:
            self._areas[spot] = self._references(spot, self._formulas[spot])[0]
        return self._areas[spot]

    def _outcome(self, spot: Spot) -> Value | UnknownError:
        try:
            return calculated(self._formulas[spot], self._cells, self._names, spot)
        except UnknownError as unknown:
            return unknown


class _Waiting:
    """The cells to be calculated, by sheet and area."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        places: dict[str, list[tuple[int, int]]] = {}
        for sheet, row, column in spots:
            places.setdefault(sheet, []).append((row, column))
        self._sheets = {sheet: Occupied(places[sheet]) for sheet in places}

    def within(self, areas: Areas) -> Iterator[Spot]:
        for sheet, area in areas:
            if sheet in self._sheets:
                for row, column in self._sheets[sheet].within(area):
                    yield sheet, row, column


def calculated(text: str, cells: Cells, names: Mapping[str, Node], spot: Spot) -> Value:
    """Return what a formula shows; a reference to a blank cell shows 0.

    Raises:
        UnknownError: something in it is beyond us.
    """
    try:
        run = Evaluator(cells, names, spot)
        operand = run.operand(parse(text))
        value = operand.single() if isinstance(operand, Range) else operand
        if value is None:
            return Decimal(0)
        return fifteen(value) if isinstance(value, Decimal) else value
    except ExcelError as error:
        return error
    except (DecimalException, RecursionError) as error:
        raise UnknownError(str(error)) from error


def named(book: Book) -> dict[str, Node]:
    """Return the defined names that stand for an area or a constant, in small letters."""
    names: dict[str, Node] = {}
    for name, text in book.names.items():
        try:
            node = parse(text.removeprefix("="))
        except UnknownError:
            continue
        if isinstance(node, Literal) or (isinstance(node, Reference) and node.sheet is not None):
            names[name.casefold()] = node
    return names


def _formulas(book: Book) -> Iterator[tuple[Spot, str]]:
    for grid in book.grids:
        found = {place: cell.formula for place, cell in grid.cells.items() if cell.formula is not None}
        for row, column in sorted(found):
            yield (grid.sheet, row, column), found[row, column]


def _typed(value: Decimal | str) -> Value:
    return None if value == "" else value


def _since(path: dict[Spot, None], first: Spot) -> Iterator[Spot]:
    """Yield the end of the path: the circle that *first* closes."""
    for spot in reversed(path):
        yield spot
        if spot == first:
            return
