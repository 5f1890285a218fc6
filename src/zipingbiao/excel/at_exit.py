"""What xlwings would do, and must not: close the Excel of other people, or keep one alive that they closed."""

from __future__ import annotations

import atexit
import sys


def leave_excel_running() -> None:
    """Take back what xlwings registers on Windows: ending each Excel that shows no workbook window.

    Such an Excel may hold a start screen, a file in protected view, or the work of another program.
    To be called after xlwings was imported; harmless where it was not, and on other systems.
    """
    windows = sys.modules.get("xlwings._xlwindows")
    if windows is not None:
        atexit.unregister(windows.cleanup)


def forget_caller() -> None:
    """Let go of the workbook that called: held on, it would keep an Excel without a window running."""
    windows = sys.modules.get("xlwings._xlwindows")
    if windows is not None:
        windows.__dict__["BOOK_CALLER"] = None
