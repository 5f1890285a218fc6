"""The open workbook, worked on from outside: no VBA, no add-in, for offices where macros are blocked.

Attaches to the program that is running, and never starts or ends one.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.excel import entry
from zipingbiao.excel.at_exit import leave_excel_running
from zipingbiao.excel.entry import Tone
from zipingbiao.excel.live import patience
from zipingbiao.excel.parts import INSTALL_PARTS
from zipingbiao.excel.talk import Report, Talk

WPS_NAMES = ("Ket.Application", "ET.Application")

Connect = Callable[[], Any]
"""Gives the ``xlwings.App`` of the running program; None when there is none."""


def excel() -> Any:
    """Return the Excel in front as an ``xlwings.App``; None when none shows a workbook."""
    import xlwings

    leave_excel_running()
    return xlwings.apps.active


def wps() -> Any:
    """Return the running WPS 表格 as an ``xlwings.App``; None when there is none. Experimental.

    WPS answers to Excel's calls under a name of its own; which of them, depends on its version.
    """
    import xlwings

    com = importlib.import_module("win32com.client")
    adapter = importlib.import_module("xlwings._xlwindows")
    leave_excel_running()
    for name in WPS_NAMES:
        try:
            running = com.GetActiveObject(name)
        except Exception:  # noqa: BLE001, S112 pywin32's com_error exists on Windows only
            continue
        return xlwings.App(impl=adapter.App(xl=running))
    return None


def active_book(connect: Connect = excel) -> Any:
    """Return the active workbook as an ``xlwings.Book``.

    Raises:
        UsageError: the program is not running, shows no workbook, or does not answer.
    """
    program = "WPS 表格" if connect is wps else "Excel"
    try:
        with patience.limited():
            app = connect()
            book = app.books.active if app is not None else None
            named = book is not None and bool(book.name)
    except AttributeError:  # xlwings wraps the None of an Excel whose window is a protected view
        named = False
    except ImportError as error:
        raise UsageError(f"{INSTALL_PARTS}没有安装 xlwings。") from error
    except Exception as error:
        raise UsageError(
            f"请确认打开了自评表、没有在编辑单元格，{program} 和命令提示符同样是（或同样不是）以管理员身份运行，"
            f"再试一次：{program} 没有应答（{type(error).__name__}）。"
        ) from error
    if not named:
        raise UsageError(
            f"没有打开着工作簿的 {program}，请先打开自评表（“受保护的视图”要先点“启用编辑”）再运行；"
            "也可以直接处理文件：zpb score 自评表.xlsx。"
        )
    return book


def run(identifier: str, book: Any, talk: Talk) -> Report:
    """Run a macro of the registry on an open workbook, as its button would.

    Raises:
        RefusedError: the macro could not do its work; the sentence says why.
        RuntimeError: a fault of ours.
    """
    told: list[tuple[Tone, str]] = []
    report = entry.run(identifier, book, talk, lambda text, tone: told.append((tone, text)))
    if report is None:
        tone, text = told[-1]
        raise RuntimeError(text) if tone is Tone.FAULT else RefusedError(text)
    return report
