"""What a caller hands over: a path, several, or the content of a file that is in memory already."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

OnePath = str | os.PathLike[str]
Paths = OnePath | Iterable[OnePath]

IN_MEMORY = "工作簿.xlsx"
"""What messages call a workbook that came as bytes, unless the caller says its name."""


def each_path(paths: Paths) -> tuple[Path, ...]:
    """Return the paths one by one: a single one is no sequence of letters."""
    return (Path(paths),) if isinstance(paths, str | os.PathLike) else tuple(map(Path, paths))
