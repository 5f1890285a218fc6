"""The running Excel as the doctor asks it: whether it has the add-in open, and what a function answers."""

from __future__ import annotations

import sys
from typing import Any

from zipingbiao.excel.addin.build import ADDIN
from zipingbiao.excel.at_exit import leave_excel_running

FORMULA = '=ZPB_SCORE("培训人次","≥200人次","190人次",20)'
SCORE = 19.0
"""By hand: 20 × 190 ÷ 200."""
_ARGUMENTS = ("培训人次", "≥200人次", "190人次", 20)


def is_loaded() -> bool | None:
    """Tell whether a running Excel has the add-in open; None when no Excel shows a workbook, or none answers."""
    try:
        apps = _apps()
        return any(map(_has_addin, apps)) if apps else None
    except Exception:  # noqa: BLE001 an Excel that is busy or elevated does not answer, in many ways
        return None


def score() -> object:
    """Return what :data:`FORMULA` gives in the Excel that has the add-in open; None when there is none.

    Raises:
        Exception: that Excel did not answer.
    """
    app = next(filter(_has_addin, _apps()), None)
    return None if app is None else app.macro(f"{ADDIN}!ZPB_SCORE")(*_ARGUMENTS)


def _apps() -> list[Any]:
    if sys.platform != "win32":
        return []
    try:
        import xlwings
    except ImportError:
        return []
    leave_excel_running()
    return list(xlwings.apps)


def _has_addin(app: Any) -> bool:
    try:
        app.books[ADDIN]
    except KeyError:
        return False
    return True
