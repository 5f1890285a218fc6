"""The Python that Excel starts: what the add-in's command calls, and what it asks first.

Importable without Excel. It runs as ``pythonw.exe -B -E -P -c "… serve('{…}')"`` (:mod:`zipingbiao.excel.addin.start`).
"""

from __future__ import annotations

import xlwings as xw

from zipingbiao.book.marks import VERSION
from zipingbiao.errors import as_run_here
from zipingbiao.excel.at_exit import leave_excel_running
from zipingbiao.excel.desk import library
from zipingbiao.excel.desk.computer import this_computer


def serve(identifier: str) -> None:
    """Answer Excel under this class identifier until Excel ends."""
    leave_excel_running()
    library.tidy(this_computer())
    from xlwings import com_server  # where pywin32 is, thus not on every system

    com_server.serve(identifier)  # type: ignore[no-untyped-call]


@xw.func
@xw.arg("version", "raw")
@xw.arg("name", "raw")
def unfit(version: str, name: str) -> str:
    """Why the add-in must not work with this program, in one Chinese sentence; "" where both belong together.

    Args:
        version: of zipingbiao when the add-in was installed.
        name: the file of the library that the add-in loaded.
    """
    then, now = library.version(name), this_computer().packages.get("xlwings", "")
    if (version, then) == (VERSION, now):
        return ""
    return as_run_here(
        "请重新安装加载项：关闭全部 Excel 窗口，在命令提示符运行 zpb addin install。程序更新过，加载项还是旧的"
        f"（安装时 zipingbiao {version}、xlwings {then}，现在 zipingbiao {VERSION}、xlwings {now}）。"
    )
