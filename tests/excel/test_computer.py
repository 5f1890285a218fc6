"""The real computer behind the record: pip's list of files, Windows' registry, the running Excel."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import zipingbiao
from zipingbiao.excel.addin.build import ADDIN
from zipingbiao.excel.desk import computer, running
from zipingbiao.excel.parts import INSTALL_PARTS, PARTS

ROOT = Path(__file__).parents[2]


# --- what pip installed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", ["../../", "../../../Scripts and more/"], ids=["beside Python", "elsewhere"]
)
def test_libraries_are_found_by_the_list_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    packages = tmp_path / "Python 311" / "Lib" / "site-packages"
    about = packages / "xlwings-9.9.9.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: xlwings\nVersion: 9.9.9\n")
    (about / "LICENSE.txt").write_text("BSD")
    names = [f"{place}xlwings{bits}-9.9.9.dll" for bits in (32, 64)]
    (packages / place).resolve().mkdir(exist_ok=True)
    for name in names:
        (packages / name).resolve().touch()
    listed = [*names, f"{about.name}/METADATA", f"{about.name}/LICENSE.txt", "xlwings/gone.dll"]
    (about / "RECORD").write_text("".join(f"{name},,\n" for name in listed))
    monkeypatch.syspath_prepend(packages)
    found = computer._libraries()
    assert {bits: file.resolve() for bits, file in found.items()} == {
        bits: (packages / name).resolve() for bits, name in zip((32, 64), names, strict=True)
    }
    assert computer._notice() == about / "LICENSE.txt"


def test_the_package_that_is_installed_here_has_its_licence() -> None:
    notice = computer._notice()
    assert notice is not None
    assert "BSD 3-clause" in notice.read_text("utf-8")


def test_what_is_to_be_installed_is_what_the_package_declares() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]["excel"]
    names = [re.split("[<>=]", each)[0] for each in declared]
    assert [each.partition("==")[0] for each in PARTS.split()] == names
    assert declared[0] == "xlwings>=0.37,<0.38"
    assert "xlwings==0.37.*" in INSTALL_PARTS


def test_no_text_says_that_the_package_index_has_this_program() -> None:
    texts = [*Path(zipingbiao.__file__).parent.rglob("*.py"), ROOT / "README.md", ROOT / "docs" / "excel.md"]
    promised = re.compile(r"pip install (?!zipingbiao-)[^\n`。]*\bzipingbiao")
    assert [path.name for path in texts if promised.search(path.read_text("utf-8"))] == []


# --- the registry ----------------------------------------------------------------------------------


class Registry(SimpleNamespace):
    """``winreg`` over a dictionary: a key with others below it cannot be deleted."""

    HKEY_CURRENT_USER, REG_SZ = 1, 1

    def __init__(self, *paths: str) -> None:
        super().__init__()
        self.values: dict[str, str] = dict.fromkeys(paths, "theirs")

    def SetValue(self, hive: int, path: str, kind: int, value: str) -> None:  # noqa: N802 winreg's name
        assert (hive, kind) == (self.HKEY_CURRENT_USER, self.REG_SZ)
        self.values[path] = value

    @contextmanager
    def OpenKey(self, _hive: int, path: str) -> Iterator[str]:  # noqa: N802
        if path not in self.values:
            raise FileNotFoundError(path)
        yield path

    def below(self, path: str) -> list[str]:
        inside = [each.removeprefix(f"{path}\\") for each in self.values if each.startswith(f"{path}\\")]
        return sorted({each.partition("\\")[0] for each in inside})

    def QueryInfoKey(self, path: str) -> tuple[int, int]:  # noqa: N802
        return len(self.below(path)), 1

    def EnumKey(self, path: str, number: int) -> str:  # noqa: N802
        return self.below(path)[number]

    def DeleteKey(self, _hive: int, path: str) -> None:  # noqa: N802
        if self.below(path):
            raise PermissionError(path)
        del self.values[path]


def test_keys_of_ours_are_written_and_removed_with_all_below(monkeypatch: pytest.MonkeyPatch) -> None:
    other = r"Software\Classes\Directory\shell\other"
    registry = Registry(other)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", registry)
    ours = r"HKCU\Software\Classes\Directory\shell\zipingbiao.merge"
    computer._set_key(ours, "自评表汇总")
    computer._set_key(rf"{ours}\command", "python")
    assert len(registry.values) == 3
    computer._set_key(ours, None)
    computer._set_key(ours, None)  # gone already
    assert registry.values == {other: "theirs"}
    with pytest.raises(ValueError, match="HKLM"):
        computer._set_key(r"HKLM\Software\Classes", "x")


# --- the running Excel -----------------------------------------------------------------------------


def app(*books: str, shown: object = 19.0) -> Any:
    asked: list[tuple[str, tuple[object, ...]]] = []

    def macro(name: str) -> Any:
        return lambda *given: asked.append((name, given)) or shown  # type: ignore[func-returns-value]

    return SimpleNamespace(books=dict.fromkeys(books, True), macro=macro, asked=asked)


def test_the_function_is_asked_of_the_excel_that_has_the_addin(monkeypatch: pytest.MonkeyPatch) -> None:
    other, ours = app("自评表.xlsx"), app("自评表.xlsx", ADDIN)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "xlwings", SimpleNamespace(apps=[other, ours]))
    assert running.score() == running.SCORE
    assert other.asked == []
    ((name, given),) = ours.asked
    assert name == f"{ADDIN}!ZPB_SCORE"
    assert '=ZPB_SCORE("{}","{}","{}",{})'.format(*given) == running.FORMULA


@pytest.mark.parametrize("apps", [[], [app("自评表.xlsx")]], ids=["no Excel", "no add-in"])
def test_without_the_addin_nothing_is_asked(apps: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "xlwings", SimpleNamespace(apps=apps))
    assert running.score() is None


def test_what_the_doctor_expects_is_what_the_function_gives() -> None:
    from zipingbiao.excel import udfs

    assert udfs.zpb_score(*running._ARGUMENTS) == running.SCORE
