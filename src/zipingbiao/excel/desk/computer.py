"""Facts about this computer that an installation depends on, in one record that a test can make up.

Only :func:`this_computer` looks at the real one, and only on Windows at its registry.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zipingbiao.excel.addin.build import ADDIN

Value = str | int | bytes
Registry = Callable[[str], Mapping[str, Value]]
"""Key (``HKCU\\Software\\…``) → its values by lower-case name, "" for the default; {} without the key."""

PACKAGE = "zipingbiao"
_PACKAGES = (PACKAGE, "xlwings")


@dataclass(frozen=True)
class Computer:
    """One computer as one user sees it.

    Attributes:
        is_windows: whether there can be an Excel that xlwings drives.
        environment: variables by upper-case name.
        interpreter: the Python that runs this program.
        python_home: the installation behind it, which differs in a virtual environment.
        code_page: the ANSI code page; None where there is none.
        registry: see :data:`Registry`.
        packages: version of zipingbiao and of xlwings; a missing one is missing.
        loaded: whether a running Excel has the add-in open; None when no Excel shows a workbook.
    """

    is_windows: bool
    environment: Mapping[str, str]
    interpreter: Path
    python_home: Path
    code_page: int | None = None
    registry: Registry = field(default=lambda _key: {})
    packages: Mapping[str, str] = field(default_factory=dict)
    loaded: Callable[[], bool | None] = field(default=lambda: None)

    @property
    def startup_folder(self) -> Path:
        """Where Excel opens everything when it starts, for this user; a trusted location by default."""
        return self._folder("APPDATA", "Roaming") / "Microsoft" / "Excel" / "XLSTART"

    @property
    def addin(self) -> Path:
        """The installed add-in, present or not."""
        return self.startup_folder / ADDIN

    @property
    def data_folder(self) -> Path:
        """What we keep for this user: the record of the installation and the log."""
        return self._folder("LOCALAPPDATA", "Local") / PACKAGE

    @property
    def background_python(self) -> Path:
        """The Python that Excel starts: without a console window where there is one."""
        silent = self.interpreter.with_name("pythonw.exe")
        return silent if silent.exists() else self.interpreter

    def _folder(self, variable: str, usual: str) -> Path:
        given = self.environment.get(variable)
        return Path(given) if given else Path.home() / "AppData" / usual


def this_computer() -> Computer:
    """Look at the computer that this runs on."""
    return Computer(
        is_windows=sys.platform == "win32",
        environment={name.upper(): value for name, value in os.environ.items()},
        interpreter=Path(sys.executable),
        python_home=Path(sys.base_prefix),
        code_page=_code_page(),
        registry=_registry,
        packages=_packages(),
        loaded=_loaded,
    )


def _packages() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _code_page() -> int | None:
    if sys.platform != "win32":
        return None
    import ctypes

    return int(ctypes.windll.kernel32.GetACP())


def _registry(key: str) -> Mapping[str, Value]:
    """The 64-bit view first: a 32-bit Office stands in the other one."""
    if sys.platform != "win32":
        return {}
    import winreg

    hives = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }
    hive, _, path = key.partition("\\")
    for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
        try:
            with winreg.OpenKey(hives[hive], path, 0, winreg.KEY_READ | view) as opened:
                rows = (winreg.EnumValue(opened, number) for number in range(winreg.QueryInfoKey(opened)[1]))
                return {name.lower(): value for name, value, _kind in rows}
        except OSError:
            continue
    return {}


def _loaded() -> bool | None:
    if sys.platform != "win32":
        return None
    try:
        import xlwings
    except ImportError:
        return None
    from zipingbiao.excel.at_exit import leave_excel_running

    leave_excel_running()
    try:
        apps = list(xlwings.apps)
        return any(_has_addin(app) for app in apps) if apps else None
    except Exception:  # noqa: BLE001 an Excel that is busy or elevated does not answer, in many ways
        return None


def _has_addin(app: Any) -> bool:
    try:
        app.books[ADDIN]
    except KeyError:
        return False
    return True
