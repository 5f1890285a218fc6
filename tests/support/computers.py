"""Windows computers made up in a folder: a healthy one, from which a test takes one thing away."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from zipingbiao.excel.desk import installed, library
from zipingbiao.excel.desk.computer import Computer, Value
from zipingbiao.excel.desk.installed import Installed

XLWINGS = "0.37.8"
EXCEL_CLASS = "{00024500-0000-0000-C000-000000000046}"
SERVER = rf"HKCR\CLSID\{EXCEL_CLASS}\LocalServer32"
APP_PATHS = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
UNIT_SECURITY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
USER_SECURITY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"


@dataclass
class Parts:
    """What a test may change before it asks for the computer."""

    folder: Path
    registry: dict[str, dict[str, Value]] = field(default_factory=dict)
    packages: dict[str, str] = field(default_factory=lambda: {"zipingbiao": "0.1.0", "xlwings": XLWINGS})
    environment: dict[str, str] = field(default_factory=lambda: {"PROCESSOR_ARCHITECTURE": "AMD64"})
    code_page: int = 936
    windows: tuple[int, int] = (10, 0)
    loaded: bool | None = True
    shown: object = 19.0  # by a cell with the function that the doctor tries

    @property
    def excel(self) -> Path:
        return self.folder / "Microsoft Office" / "Office16" / "EXCEL.EXE"

    @property
    def python(self) -> Path:
        return self.folder / "程序 文件" / "Python311" / "python.exe"

    def set(self, key: str, name: str, value: Value) -> None:
        self.registry.setdefault(key, {})[name] = value

    def computer(self) -> Computer:
        registry: Mapping[str, Mapping[str, Value]] = self.registry
        return Computer(
            is_windows=True,
            environment={
                **self.environment,
                "APPDATA": str(self.folder / "张三" / "Roaming"),
                "LOCALAPPDATA": str(self.folder / "张三" / "Local"),
            },
            interpreter=self.python,
            python_home=self.python.parent,
            code_page=self.code_page,
            registry=lambda key: registry.get(key, {}),
            packages=self.packages,
            windows=self.windows,
            libraries={bits: file for bits, file in self.libraries.items() if file.exists()},
            notice=self.python.parent / "LICENSE.txt",
            loaded=lambda: self.loaded,
            live_score=self._asked,
            set_key=self._set_key,
        )

    @property
    def libraries(self) -> dict[int, Path]:
        """Where pip put what the package of xlwings brought: beside Python, or below the user's folder."""
        return {bits: self.python.parent / f"xlwings{bits}-{XLWINGS}.dll" for bits in (32, 64)}

    def _asked(self) -> object:
        if isinstance(self.shown, Exception):
            raise self.shown
        return self.shown

    def _set_key(self, key: str, value: str | None) -> None:
        if value is not None:
            self.set(key, "", value)
            return
        for below in [each for each in self.registry if each == key or each.startswith(f"{key}\\")]:
            del self.registry[below]

    def as_if_installed(self) -> Computer:
        """The computer with an add-in and its record, without building one."""
        here = self.computer()
        here.addin.parent.mkdir(parents=True, exist_ok=True)
        here.addin.write_bytes(b"add-in")
        record = Installed(
            addin=str(here.addin),
            version="0.1.0",
            xlwings=XLWINGS,
            interpreter=str(here.background_python),
            digest="",
            libraries=tuple(library.copy(replace(here, packages={"xlwings": XLWINGS})).values()),
        )
        installed.write(here, record)
        return here


def healthy(folder: Path) -> Parts:
    """A Chinese Windows with 64-bit Excel 2016 or newer and Python under a path with blanks and 汉字."""
    parts = Parts(folder)
    program(parts.excel, 0x8664)
    parts.python.parent.mkdir(parents=True)
    for name in ("python.exe", "pythonw.exe"):
        (parts.python.parent / name).touch()
    for bits, file in parts.libraries.items():
        file.write_bytes(b"library of %d bits" % bits)
    (parts.python.parent / "LICENSE.txt").write_text("BSD 3-clause", "utf-8")
    parts.set(APP_PATHS, "", str(parts.excel))
    parts.set(r"HKCR\Excel.Application\CLSID", "", EXCEL_CLASS)
    parts.set(r"HKCR\Excel.Application\CurVer", "", "Excel.Application.16")
    parts.set(SERVER, "", f'"{parts.excel}" /automation')
    return parts


def program(file: Path, machine: int) -> None:
    """Write the head of a Windows program for a processor."""
    file.parent.mkdir(parents=True, exist_ok=True)
    head = bytearray(0x80)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, len(head))
    file.write_bytes(bytes(head) + struct.pack("<4sH", b"PE\0\0", machine))
