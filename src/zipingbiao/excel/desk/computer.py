"""Facts about this computer that an installation depends on, in one record that a test can make up.

Only :func:`this_computer` looks at the real one, and only on Windows at its registry.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from zipingbiao.excel.addin.build import ADDIN
from zipingbiao.excel.desk import running
from zipingbiao.values.frozen import frozen

Value = str | int | bytes
Registry = Callable[[str], Mapping[str, Value]]
"""Key (``HKCU\\Software\\…``) → its values by lower-case name, "" for the default; {} without the key."""
SetKey = Callable[[str, str | None], None]
"""Give a key below ``HKCU`` its default value, or remove it with all below it (None)."""

PACKAGE = "zipingbiao"
_PACKAGES = (PACKAGE, "xlwings")
_NT_10, _NT_OF_8 = (10, 0), (6, 2)
# Windows tells a 32-bit program that the processor is x86, and the true one under the second name.
_PROCESSOR, _TRUE_PROCESSOR = "PROCESSOR_ARCHITECTURE", "PROCESSOR_ARCHITEW6432"


@frozen
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
        windows: the version of Windows; 10.0 for all that is newer.
        libraries: xlwings' libraries by 32 and 64, the bits of an Excel that loads them.
        notice: the licence of xlwings, None where its package brought none.
        loaded: whether a running Excel has the add-in open; None when no Excel shows a workbook.
        live_score: what :data:`running.FORMULA` gives in a running Excel with the add-in; None without one.
        set_key: see :data:`SetKey`.
    """

    is_windows: bool
    environment: Mapping[str, str]
    interpreter: Path
    python_home: Path
    code_page: int | None = None
    registry: Registry = field(default=lambda _key: {})
    packages: Mapping[str, str] = field(default_factory=dict)
    windows: tuple[int, int] = _NT_10
    libraries: Mapping[int, Path] = field(default_factory=dict)
    notice: Path | None = None
    loaded: Callable[[], bool | None] = field(default=lambda: None)
    live_score: Callable[[], object] = field(default=lambda: None)
    set_key: SetKey = field(default=lambda _key, _value: None)

    @property
    def is_too_old(self) -> bool:
        """Whether this Windows, by its age or its 32 bits, has no library that Excel could load."""
        return self.windows < _NT_OF_8 or (
            self.is_32_bit_python and not self.environment.get(_TRUE_PROCESSOR)
        )

    @property
    def is_32_bit_python(self) -> bool:
        """Whether this Python is a 32-bit program; Excel's bits are its own."""
        return self.environment.get(_PROCESSOR, "").lower() == "x86"

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
        windows=_windows(),
        libraries=_libraries(),
        notice=_notice(),
        loaded=running.is_loaded,
        live_score=running.score,
        set_key=_set_key,
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


def _windows() -> tuple[int, int]:
    if sys.platform != "win32":
        return _NT_10
    version = sys.getwindowsversion()
    return version.major, version.minor


def _libraries() -> dict[int, Path]:
    """By the list of files that pip keeps: where they lie differs with the way of the installation."""
    names = {f"xlwings{bits}-{_packages().get('xlwings')}.dll": bits for bits in (32, 64)}
    return {names[file.name]: file for file in _files_of_xlwings() if file.name in names}


def _notice() -> Path | None:
    return next((file for file in _files_of_xlwings() if file.name == "LICENSE.txt"), None)


def _files_of_xlwings() -> list[Path]:
    from importlib.metadata import PackageNotFoundError, files

    try:
        listed = files("xlwings") or ()
    except PackageNotFoundError:
        return []
    found = (Path(str(file.locate())) for file in listed if file.suffix in (".dll", ".txt"))
    return [file for file in found if file.is_file()]


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


def _set_key(key: str, value: str | None) -> None:
    if sys.platform != "win32":
        return
    import winreg

    hive, _, path = key.partition("\\")
    if hive != "HKCU":
        raise ValueError(key)
    if value is not None:
        winreg.SetValue(winreg.HKEY_CURRENT_USER, path, winreg.REG_SZ, value)
        return
    with contextlib.suppress(FileNotFoundError):
        _remove_key(winreg.HKEY_CURRENT_USER, path)


def _remove_key(hive: Any, path: str) -> None:
    if sys.platform != "win32":
        return
    import winreg

    with winreg.OpenKey(hive, path) as opened:
        below = [winreg.EnumKey(opened, number) for number in range(winreg.QueryInfoKey(opened)[0])]
    for name in below:
        _remove_key(hive, f"{path}\\{name}")
    winreg.DeleteKey(hive, path)
