"""``zpb addin install`` and ``uninstall``: for this user only, without administrator's rights."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from zipingbiao.errors import RefusedError
from zipingbiao.excel.addin.start import Start
from zipingbiao.excel.desk import blocked, doctor, installed, library, menu
from zipingbiao.excel.desk.computer import PACKAGE, Computer
from zipingbiao.excel.desk.installed import Installed
from zipingbiao.excel.live import journal

_CHOICES = rf"HKCU\Software\VB and VBA Program Settings\{PACKAGE}"


def install(computer: Computer) -> Installed:
    """Build the add-in for this computer and put it where Excel finds it; again, it replaces itself.

    Entries of Explorer's menu that are there are renewed for this Python; :func:`menu.add` puts them in.

    Raises:
        UsageError: something that an installation needs is missing (see :data:`doctor.NEEDED`).
        RefusedError: the file could not be written, or vanished at once; an older one stays in force.
    """
    doctor.require(computer, doctor.NEEDED)
    target = computer.addin
    start = Start(str(computer.background_python), str(computer.data_folder), library.copy(computer))
    with tempfile.TemporaryDirectory(prefix="zpb-addin-") as private:
        _copy(_built(computer, start, Path(private)), target)
    made = Installed(
        addin=str(target),
        version=computer.packages.get(PACKAGE, ""),
        xlwings=computer.packages["xlwings"],
        interpreter=str(computer.background_python),
        digest=hashlib.sha256(target.read_bytes()).hexdigest(),
        libraries=tuple(start.libraries.values()),
    )
    installed.write(computer, made)
    library.tidy(computer)
    if menu.is_there(computer):
        menu.add(computer)
    return made


def uninstall(computer: Computer) -> tuple[str, ...]:
    """Remove the add-in, its libraries, its record, the log, the menu's entries and what was chosen in the ribbon; return what was removed.

    Raises:
        UsageError: not on Windows.
        RefusedError: the add-in is in use; then everything stays.
    """
    doctor.require(computer, (doctor.windows,))
    copies = library.copies(computer)
    ours = (computer.addin, *copies, installed.record_file(computer), *journal.files(computer))
    removed = []
    for file in ours:
        if file.exists():
            _remove(file)
            removed.append(str(file))
    if computer.data_folder.is_dir() and not any(computer.data_folder.iterdir()):
        computer.data_folder.rmdir()
        removed.append(str(computer.data_folder))
    return (*removed, *menu.remove(computer), *_remove_choices(computer))


def _remove_choices(computer: Computer) -> Iterator[str]:
    """Forget the 评分规则 chosen in the ribbon: VBA keeps its settings under a key of their own."""
    if computer.registry(rf"{_CHOICES}\ribbon"):
        computer.set_key(_CHOICES, None)
        yield _CHOICES


def _built(computer: Computer, start: Start, folder: Path) -> Path:
    from zipingbiao.excel.addin.build import build_addin

    addin, *_templates = build_addin(folder, code_page=computer.code_page, start=start)
    return addin


def _copy(built: Path, target: Path) -> None:
    """Not by way of a second file in that folder: Excel opens whatever lies there."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built, target)
        blocked.unblock(target)
        arrived = target.read_bytes() == built.read_bytes()
    except FileNotFoundError:
        arrived = False
    except OSError as error:
        raise _in_use(target) from error
    if not arrived:
        raise RefusedError(
            f"请在杀毒软件中恢复加载项并加入信任，再运行 zpb addin install。{doctor.WITHOUT_ADDIN}"
            f"加载项刚写好就不见了或被改动（{target}），多半被杀毒软件拦下。"
        )


def _remove(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise _in_use(file) from error


def _in_use(file: Path) -> RefusedError:
    return RefusedError(
        f"{file} 正在使用，没有改动。请关闭全部 Excel 窗口再运行一次；"
        "关闭后仍然这样，请看杀毒软件是否拦住了它。"
    )
