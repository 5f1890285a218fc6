"""Where the add-in's sources lie: ``xl_addin`` of the checkout, a copy of it in the installed package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

ADDIN_VBA = (
    "ZpbServer", "ZpbMain", "ZpbDialogs", "ZpbMessages", "ZpbRules", "ZpbConversion", "ZpbCell", "ZpbErrors",
    "ZpbHelp",
)  # fmt: skip
TEMPLATE_VBA = ("ZpbMessages", "ZpbInSheet")
RIBBON = "customUI14.xml"


def folder() -> Path:
    """Return the folder that holds ``vba`` and ``ribbon``."""
    installed = Path(str(resources.files("zipingbiao"))) / "data" / "xl_addin"
    if installed.is_dir():
        return installed
    return Path(__file__).parents[4] / "xl_addin"


def module(name: str) -> str:
    """Return a module that people wrote, as text with plain line ends."""
    suffix = "cls" if name == "ThisWorkbook" else "bas"
    return (folder() / "vba" / f"{name}.{suffix}").read_text("ascii")
