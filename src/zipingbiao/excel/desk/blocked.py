"""The mark of the web: a second stream beside a file that came from elsewhere; Office blocks its macros."""

from __future__ import annotations

from pathlib import Path


def is_blocked(file: Path) -> bool:
    """Tell whether a file carries the mark."""
    return _stream(file).exists()


def unblock(file: Path) -> None:
    """Take the mark away; a file without it stays as it is.

    Raises:
        OSError: the file is in use.
    """
    _stream(file).unlink(missing_ok=True)


def _stream(file: Path) -> Path:
    return Path(f"{file}:Zone.Identifier")
