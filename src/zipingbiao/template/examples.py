"""The five reference projects as workbooks, which the package carries."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def examples() -> Path:
    """Return the folder of the five example workbooks, installed or in a checkout."""
    installed = Path(str(resources.files("zipingbiao"))) / "data" / "examples"
    if installed.is_dir():
        return installed
    return Path(__file__).parents[3] / "workbooks" / "examples"
