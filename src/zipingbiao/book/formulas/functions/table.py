"""How a function is listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zipingbiao.book.formulas.values import UnknownError
from zipingbiao.values.frozen import frozen

ANY = 255


@frozen
class Function:
    """A function and how many arguments it takes; without *most* exactly *least*."""

    call: Callable[..., Any]
    least: int
    most: int | None = None

    def checked(self, count: int) -> Callable[..., Any]:
        """Return the function to call.

        Raises:
            UnknownError: it does not take so many arguments.
        """
        if not self.least <= count <= (self.least if self.most is None else self.most):
            raise UnknownError("number of arguments")
        return self.call
