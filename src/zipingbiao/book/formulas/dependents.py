"""Which formulas refer to a cell: an index of their areas that is asked once per cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zipingbiao.book.cells import Area
from zipingbiao.book.formulas.cells import Spot

_Block = tuple[str, int, int, int, int]


class Dependents:
    """Formulas by the areas they refer to.

    An area is cut into blocks whose sides are powers of two, so that ``A:A`` is one block, any area
    a few dozen, and a cell lies in at most one block of each size.
    """

    def __init__(self) -> None:
        self._users: dict[_Block, list[Spot]] = {}
        self._sizes: set[tuple[int, int]] = set()

    def add(self, sheet: str, area: Area, user: Spot) -> None:
        """Note that the formula in *user* refers to an area."""
        columns = list(_blocks(area.left, area.right))
        for height, row in _blocks(area.top, area.bottom):
            for width, column in columns:
                self._sizes.add((height, width))
                self._users.setdefault((sheet, height, width, row, column), []).append(user)

    def take(self, spots: Iterable[Spot]) -> set[Spot]:
        """Return the formulas that depend on *spots*, directly or through others, and forget them.

        Each block is looked at once, so that all dependents cost no more than the index itself.
        """
        reached: set[Spot] = set()
        frontier = list(spots)
        while frontier:
            for user in self._direct(frontier.pop()):
                if user not in reached:
                    reached.add(user)
                    frontier.append(user)
        return reached

    def _direct(self, spot: Spot) -> Iterator[Spot]:
        sheet, row, column = spot
        for height, width in self._sizes:
            yield from self._users.pop((sheet, height, width, row >> height, column >> width), ())


def _blocks(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch into (size, number) blocks: number n of size s holds n·2**s and the next ones."""
    end = last + 1
    while first < end:
        size = (first & -first).bit_length() - 1 if first else end.bit_length()
        while first + (1 << size) > end:
            size -= 1
        yield size, first >> size
        first += 1 << size
