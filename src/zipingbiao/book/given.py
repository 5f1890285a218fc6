"""What a caller hands over: a path, several, or the content of a file that is in memory already."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from zipingbiao.errors import UsageError

OnePath = str | os.PathLike[str]
Paths = OnePath | Iterable[OnePath]

IN_MEMORY = "工作簿.xlsx"
"""What messages call a workbook that came as bytes, unless the caller says its name."""


def each_path(paths: Paths) -> tuple[Path, ...]:
    """Return the paths one by one: a single one is no sequence of letters."""
    return (Path(paths),) if isinstance(paths, str | os.PathLike) else tuple(map(Path, paths))


def given_year(year: str | int | None) -> str | None:
    """Return a year as four digits; None where none was given.

    Raises:
        UsageError: it is no year from 2000 on.
    """
    if year is None or re.fullmatch(r"20\d\d", str(year)):
        return None if year is None else str(year)
    raise UsageError(f"年度“{year}”应为四位数字，例如 --year 2025。")
