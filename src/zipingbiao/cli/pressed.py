"""A command started from Explorer's context menu: it has no terminal of its own, so its window waits to be read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from zipingbiao.cli import main
from zipingbiao.cli.menu import merging


def arguments(command: str, path: str) -> list[str]:
    """Return what ``zpb`` is called with for a file or folder that was chosen."""
    return merging(Path(path)) if command == "merge" else [command, path]


def run(given: Sequence[str]) -> None:
    """Run the command, then wait for a key; the exit status is the command's."""
    try:
        main(arguments(*given))
    finally:
        if sys.stdin is not None and sys.stdin.isatty():
            input("按回车键关闭窗口。")


if __name__ == "__main__":
    run(sys.argv[1:])
