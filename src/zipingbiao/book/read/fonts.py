"""Which fonts this computer has: a PDF made without those that a document names looks otherwise."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

from zipingbiao.book.read.office import installed

_SECONDS = 20
# The names under which a program of Windows knows the same font.
_SAME = {
    "宋体": "simsun", "黑体": "simhei", "楷体": "kaiti", "仿宋": "fangsong", "新宋体": "nsimsun", "微软雅黑": "microsoft yahei",
    "等线": "dengxian", "隶书": "lisu", "幼圆": "youyuan",
}  # fmt: skip
_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


def missing(wanted: Iterable[str]) -> list[str] | None:
    """Return those of some fonts that are not installed, in their order; None where the system does not tell."""
    there = _of_windows() if sys.platform == "win32" else _of_fontconfig()
    if there is None:
        return None
    return [name for name in dict.fromkeys(wanted) if not {name.casefold(), _SAME.get(name, "")} & there]


def _of_fontconfig() -> frozenset[str] | None:
    program = installed("fc-list")
    if program is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603 an installed program, our own arguments
            [program, ":", "family"], capture_output=True, check=True, timeout=_SECONDS
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    names = said.decode("utf-8", "replace").replace("\n", ",").split(",")
    return frozenset(known for name in names if (known := name.strip().replace("\\", "").casefold()))


def _of_windows() -> frozenset[str] | None:
    if sys.platform != "win32":
        return None
    import winreg

    found: set[str] = set()
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(root, _KEY) as key:
                listed = [winreg.EnumValue(key, number)[0] for number in range(winreg.QueryInfoKey(key)[1])]
        except OSError:
            continue
        for one in listed:  # “SimSun & NSimSun (TrueType)”
            found.update(name.strip().casefold() for name in one.partition(" (")[0].split("&"))
    return frozenset(found) or None
