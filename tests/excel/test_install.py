"""Installing and removing the add-in on computers made up in a folder."""

from __future__ import annotations

import hashlib
import shutil
import sys
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

from support import vba
from support.computers import XLWINGS, Parts, healthy
from support.headless.desk import Desk
from support.headless.foreign import foreign
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.excel.addin.build import ADDIN
from zipingbiao.excel.desk import computer, installed, library, menu, running
from zipingbiao.excel.desk.computer import Computer
from zipingbiao.excel.desk.install import install, uninstall
from zipingbiao.excel.live import journal


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return healthy(tmp_path)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_install_writes_the_addin_and_its_record(parts: Parts) -> None:
    here = parts.computer()
    made = install(here)
    assert here.addin == parts.folder / "张三/Roaming/Microsoft/Excel/XLSTART/zipingbiao.xlam"
    assert here.addin.is_file()
    assert installed.read(here) == made
    assert made.interpreter.endswith("pythonw.exe")


def test_addin_starts_the_python_that_installed_it(parts: Parts, tmp_path: Path) -> None:
    install(parts.computer())
    # The content type of an add-in is one that openpyxl refuses, so the settings are looked for as bytes.
    copy = tmp_path / "addin.zip"
    shutil.copyfile(parts.computer().addin, copy)
    shutil.unpack_archive(copy, tmp_path / "unpacked")
    texts = "".join(file.read_text("utf-8") for file in (tmp_path / "unpacked").rglob("*.xml"))
    assert str(parts.python.parent / "pythonw.exe") in texts


def test_the_libraries_lie_in_our_folder_under_version_and_digest(parts: Parts) -> None:
    here = parts.computer()
    made = install(here)
    for bits, name in zip((32, 64), made.libraries, strict=True):
        digest = hashlib.sha256(parts.libraries[bits].read_bytes()).hexdigest()[:12]
        assert name == f"xlwings{bits}-{XLWINGS}-{digest}.dll"
        assert (here.data_folder / name).read_bytes() == parts.libraries[bits].read_bytes()
    assert (here.data_folder / library.NOTICE).read_text() == "BSD 3-clause"
    copies = {file.name for file in here.data_folder.iterdir() if file.suffix == ".dll"}
    assert copies == set(made.libraries)


def test_the_addin_loads_these_libraries_from_that_folder(parts: Parts) -> None:
    here = parts.computer()
    made = install(here)
    source = vba.read_back(here.addin)["ZpbServer"]
    for name in made.libraries:
        assert source.count(f'"{name}"') == 2  # the file that is loaded, and the one that is called
    assert "xlwings64.dll" not in source


def test_a_new_version_comes_beside_a_loaded_one_which_goes_later(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = parts.as_if_installed()
    former = [file for file in library.copies(here) if file.suffix == ".dll"]
    parts.libraries[64].write_bytes(b"built again")
    with monkeypatch.context() as loaded:
        loaded.setattr(Path, "unlink", _held_by_excel)
        made = install(here)
    assert all(file.is_file() for file in former)
    library.tidy(here)
    assert {file.name for file in library.copies(here)} == {*made.libraries, library.NOTICE}


_true_unlink = Path.unlink


def _held_by_excel(file: Path, *, missing_ok: bool = False) -> None:
    """A library that a program has loaded cannot be removed."""
    if file.suffix == ".dll":
        raise PermissionError(13, "being used by another process")
    _true_unlink(file, missing_ok=missing_ok)


def test_nothing_goes_without_a_record(parts: Parts) -> None:
    here = parts.as_if_installed()
    installed.record_file(here).unlink()
    before = everything(parts.folder)
    library.tidy(here)
    assert everything(parts.folder) == before


def test_a_package_without_its_licence_is_not_handed_on(parts: Parts) -> None:
    (parts.python.parent / "LICENSE.txt").unlink()
    with pytest.raises(RefusedError, match="许可证"):
        install(replace(parts.computer(), notice=None))


# --- Explorer's menu -----------------------------------------------------------------------------


CLASSES = r"HKCU\Software\Classes"


def test_the_menu_offers_score_and_check_for_a_workbook_and_merge_for_a_folder(parts: Parts) -> None:
    here = parts.computer()
    menu.add(here)
    titles = {key: str(values[""]) for key, values in parts.registry.items() if key.startswith(CLASSES)}
    entries = {key: title for key, title in titles.items() if not key.endswith("command")}
    assert {(key.split("\\")[-3], title) for key, title in entries.items()} == {
        *((suffix, "自评表评分") for suffix in (".xlsx", ".xlsm")),
        *((suffix, "自评表校验") for suffix in (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")),
        ("Directory", "自评表汇总"),
    }
    for key in entries:
        command = key.rpartition(".")[2]
        started = f'"{parts.python}" -B -E -P -m zipingbiao.cli.pressed {command} "%1"'
        assert titles[rf"{key}\command"] == started


def test_uninstall_takes_every_key_and_file_away(parts: Parts) -> None:
    here = parts.computer()
    parts.set(rf"{CLASSES}\Directory\shell\other", "", "theirs")
    registry, files = deepcopy(parts.registry), everything(parts.folder)
    menu.add(here)
    install(here)
    parts.set(r"HKCU\Software\VB and VBA Program Settings\zipingbiao\ribbon", "rules", "shanxi")
    journal.note("score", computer=here)
    removed = uninstall(here)
    assert (parts.registry, everything(parts.folder)) == (registry, files)
    assert sum("shell" in each for each in removed) == 9
    assert uninstall(here) == ()


def test_a_menu_that_is_there_is_renewed_and_no_other_made(parts: Parts) -> None:
    here = parts.computer()
    install(here)
    assert not menu.is_there(here)
    menu.add(here)
    key = next(iter(menu.keys(here)))[0]
    parts.set(rf"{key}\command", "", "a Python that is gone")
    install(here)
    assert str(parts.python) in str(parts.registry[rf"{key}\command"][""])


def test_installed_twice_is_the_same(parts: Parts) -> None:
    first = install(parts.computer())
    before = everything(parts.folder)
    assert install(parts.computer()) == first
    assert everything(parts.folder) == before


def test_install_takes_the_mark_of_the_web_away(parts: Parts) -> None:
    here = parts.as_if_installed()
    stream = Path(f"{here.addin}:Zone.Identifier")
    stream.write_text("[ZoneTransfer]\nZoneId=3\n")
    install(here)
    assert not stream.exists()


def test_uninstall_leaves_nothing_of_ours_and_everything_else(parts: Parts) -> None:
    here = parts.computer()
    other = here.startup_folder / "个人宏.xlam"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"theirs")
    before = everything(parts.folder)
    install(here)
    journal.note("score", computer=here)
    removed = uninstall(here)
    assert everything(parts.folder) == before
    assert str(here.addin) in removed
    assert not here.data_folder.exists()
    assert uninstall(here) == ()


def test_uninstall_keeps_what_people_put_beside_ours(parts: Parts) -> None:
    here = parts.as_if_installed()
    notes = here.data_folder / "备忘.txt"
    notes.write_text("theirs")
    assert str(here.data_folder) not in uninstall(here)
    assert notes.read_text() == "theirs"


def test_addin_open_in_excel_is_one_sentence(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    here = parts.as_if_installed()
    before = everything(parts.folder)

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "being used by another process")

    monkeypatch.setattr(shutil, "copyfile", locked)
    with pytest.raises(RefusedError, match="请关闭全部 Excel 窗口"):
        install(here)
    monkeypatch.setattr(Path, "unlink", locked)
    with pytest.raises(RefusedError, match="请关闭全部 Excel 窗口"):
        uninstall(here)
    assert everything(parts.folder) == before


def test_addin_that_vanishes_at_once_was_taken_by_antivirus(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quarantined(_source: Path, target: Path) -> None:
        target.unlink(missing_ok=True)

    monkeypatch.setattr(shutil, "copyfile", quarantined)
    with pytest.raises(RefusedError, match="杀毒软件"):
        install(parts.computer())
    assert installed.read(parts.computer()) is None


def test_without_excel_nothing_is_written(parts: Parts) -> None:
    parts.excel.unlink()
    before = everything(parts.folder)
    with pytest.raises(UsageError, match="没有找到 Microsoft Excel"):
        install(parts.computer())
    assert everything(parts.folder) == before


def test_without_a_python_window_less_the_other_one_serves(parts: Parts) -> None:
    (parts.python.parent / "pythonw.exe").unlink()
    assert install(parts.computer()).interpreter.endswith("python.exe")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"addin": 1, "unknown": 2}'])
def test_record_that_cannot_be_read_is_no_record(parts: Parts, text: str) -> None:
    here = parts.as_if_installed()
    installed.record_file(here).write_text(text, "utf-8")
    assert installed.read(here) is None


# --- the log -------------------------------------------------------------------------------------


def lines(here: Computer) -> list[str]:
    return journal.files(here)[0].read_text("utf-8").splitlines()


def test_log_has_codes_and_no_sentences(parts: Parts) -> None:
    here = parts.computer()
    journal.note("score", digest="ab12", profiles=["shanxi"], codes=["W101", "S103", "W101"], computer=here)
    journal.note("undo", failure="UsageError", computer=here)
    first, second = lines(here)
    assert '"codes": ["S103", "W101"]' in first
    assert '"failure": "UsageError"' in second


def test_log_does_not_grow_for_ever(parts: Parts) -> None:
    here = parts.computer()
    current, older = journal.files(here)
    here.data_folder.mkdir(parents=True)
    current.write_text("x" * (512 * 1024 + 1), "utf-8")
    journal.note("score", computer=here)
    assert len(lines(here)) == 1
    assert older.stat().st_size > 512 * 1024


def test_log_that_cannot_be_written_stands_in_nobodys_way(parts: Parts) -> None:
    here = parts.computer()
    here.data_folder.parent.mkdir(parents=True)
    here.data_folder.write_bytes(b"a file where the folder should be")
    journal.note("score", computer=here)
    assert here.data_folder.is_file()


# --- the real computer ---------------------------------------------------------------------------


def test_this_computer_is_looked_at_without_error() -> None:
    here = computer.this_computer()
    assert here.interpreter == Path(sys.executable)
    assert here.packages["zipingbiao"]
    assert here.is_windows is (sys.platform == "win32")


class FakeKey:
    def __init__(self, values: list[tuple[str, Any, int]]) -> None:
        self.values = values

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


def test_registry_is_read_in_both_views(monkeypatch: pytest.MonkeyPatch) -> None:
    in_32_bit_view = {r"Software\Office": [("Bitness", "x86", 1), ("", "default", 1)]}

    def open_key(_hive: int, path: str, _reserved: int, access: int) -> FakeKey:
        if access & 0x200 and path in in_32_bit_view:
            return FakeKey(in_32_bit_view[path])
        raise FileNotFoundError(path)

    fake = SimpleNamespace(
        HKEY_CURRENT_USER=1, HKEY_LOCAL_MACHINE=2, HKEY_CLASSES_ROOT=3, KEY_READ=0x20019,
        KEY_WOW64_64KEY=0x100, KEY_WOW64_32KEY=0x200, OpenKey=open_key,
        QueryInfoKey=lambda key: (0, len(key.values), 0), EnumValue=lambda key, number: key.values[number],
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "winreg", fake)
    monkeypatch.setattr(sys, "platform", "win32")
    assert computer._registry(r"HKLM\Software\Office") == {"bitness": "x86", "": "default"}
    assert computer._registry(r"HKLM\Software\Nothing") == {}


@pytest.mark.parametrize("name", ["自评表.xlsx", ADDIN])
def test_running_excel_is_asked_for_the_addin(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    desk.excel.open(foreign(), name)
    monkeypatch.setattr(sys, "platform", "win32")
    assert running.is_loaded() is (name == ADDIN)


def test_excel_that_is_not_running_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "xlwings", SimpleNamespace(apps=[]))
    assert running.is_loaded() is None


def test_excel_that_does_not_answer_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = SimpleNamespace(books=SimpleNamespace())  # every question to it fails
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "xlwings", SimpleNamespace(apps=[app]))
    assert running.is_loaded() is None


def test_no_log_where_there_is_no_excel(parts: Parts) -> None:
    here = replace(parts.computer(), is_windows=False)
    journal.note("score", computer=here)
    assert not here.data_folder.exists()
