"""``zpb bundle``: everything that a Windows computer without a network needs, in one zip."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from zipingbiao.book.given import OnePath
from zipingbiao.book.marks import VERSION
from zipingbiao.book.write.save import make_folder, save_new
from zipingbiao.deliver.page import source
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.values.frozen import frozen

PLATFORM, PYTHON = "win_amd64", "3.12"
_OWN = "zipingbiao-*.whl"
_PAGE = "评分页.html"
_FIRST = (1980, 1, 1, 0, 0, 0)  # a fixed date: same wheels, same bytes
_LAST_LINES = 3
_NEEDS = re.compile(r"^Requires-Dist: *([^;\n]+);(.+)$", re.MULTILINE)
_WINDOWS = re.compile(r"""(?:platform_system|sys_platform|os_name) *== *["'](?:Windows|win32|nt)["']""")
_NO_OWN = (
    "请把本软件的安装包（zipingbiao-{version}-py3-none-any.whl）放进“{name}”："
    "在源代码文件夹里运行 python -m pip wheel --no-deps -w {name} . 即可得到。"
)
_INCOMPLETE = (
    "“{name}”里的安装包不全，装不到 {platform}、Python {python} 的电脑上；"
    "请在能上网的电脑上加 --online 重新运行，缺少的会自动下载。（{why}）"
)


@frozen
class Bundle:
    """A bundle that was written: the file, its SHA-256, and the wheels in it."""

    file: Path
    digest: str
    wheels: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        """Return what was done, for people."""
        return (
            f"已生成 {self.file}，内有{len(self.wheels)}个安装包；在目标电脑上解压后双击 安装.cmd，不用联网。",
            f"SHA-256：{self.digest}",
        )


def bundle(
    out: OnePath,
    *,
    wheels: OnePath,
    page: OnePath | None = None,
    platform: str = PLATFORM,
    python: str = PYTHON,
    online: bool = False,
) -> Bundle:
    """Write the bundle; the same wheels and page give the same bytes.

    Args:
        out: a new file ending in .zip.
        wheels: a folder with our wheel, and with those that it needs unless *online*.
        page: 评分页 to put in; None for none.
        platform: of the computers that it is for, as pip names it; several names with commas between.
        python: their Python, ``3.12``.
        online: take what is missing from the package index.

    Raises:
        UsageError: *out* does not end in .zip, there is no *page*, our wheel is not in *wheels*, or they do not
            make up an installation.
        RefusedError: there is a file at *out* already.
    """
    target, folder = Path(out), Path(wheels)
    if target.suffix.lower() != ".zip":
        raise UsageError(f"安装包文件名应以 .zip 结尾，现为“{target.name}”，例如 离线安装.zip。")
    if target.exists():
        raise RefusedError(f"{target.name} 已存在，没有覆盖；请先移走，或换一个文件名。")
    if page is not None and not Path(page).is_file():
        raise UsageError(f"找不到评分页“{page}”，请检查路径。")
    with tempfile.TemporaryDirectory() as scratch:
        found = _resolved(folder, Path(scratch), platform, python, online=online)
    parts = {f"wheels/{name}": data for name, data in found.items()}
    if page is not None:
        parts[_PAGE] = Path(page).read_bytes()
    parts["安装.cmd"] = _script(python)
    parts["说明.txt"] = _told(parts, python)
    make_folder(target.parent)
    data = _packed(parts)
    save_new(target, data)
    return Bundle(target, hashlib.sha256(data).hexdigest(), tuple(found))


def _resolved(folder: Path, scratch: Path, platform: str, python: str, *, online: bool) -> dict[str, bytes]:
    """The wheels of an installation, as pip resolves it for the other computer."""
    own = sorted(folder.glob(_OWN), key=lambda path: path.stat().st_mtime)
    if not own:
        raise UsageError(_NO_OWN.format(version=VERSION, name=folder))
    platforms = platform.split(",")
    options = [
        *(word for each in platforms for word in ("--platform", each)), *([] if online else ["--no-index"]), "--find-links", str(folder), "--dest", str(scratch),
        "--only-binary", ":all:", "--python-version", python, "--implementation", "cp",
    ]  # fmt: skip
    wanted = {f"{own[-1]}[excel]", "pip"}
    while True:
        failed = _downloaded([*options, *sorted(wanted)])
        if failed:
            raise UsageError(_INCOMPLETE.format(name=folder, platform=platform, python=python, why=failed))
        wheels = sorted(scratch.glob("*.whl"))
        # pip asks "is this Windows?" of the computer that it runs on, so what only Windows needs is asked for by name.
        of_windows = any(each.startswith("win") for each in platforms)
        more = {each for wheel in wheels for each in _of_windows(wheel)} if of_windows else set()
        if more <= wanted:
            return {wheel.name: wheel.read_bytes() for wheel in wheels}
        wanted |= more


def _downloaded(options: Sequence[str]) -> str:
    """Let pip gather wheels; return its last words where it could not."""
    done = subprocess.run(  # noqa: S603 our own arguments
        [
            sys.executable,
            "-E",
            "-P",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "download",
            "--quiet",
            *options,
        ],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    return "；".join(done.stderr.strip().splitlines()[-_LAST_LINES:]) if done.returncode else ""


def _of_windows(wheel: Path) -> Iterator[str]:
    """What a wheel needs on Windows only."""
    with zipfile.ZipFile(wheel) as archive:
        about = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(about).decode("utf-8", "replace")
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    for needed, marker in _NEEDS.findall(head):
        if _WINDOWS.search(marker) and "extra" not in marker:
            yield "".join(needed.split())


def _script(python: str) -> bytes:
    """安装.cmd as the console of a Chinese Windows reads it."""
    text = source("install.cmd").replace("{{python}}", python).replace("{{digits}}", python.replace(".", ""))
    return text.replace("\n", "\r\n").encode("gbk")


def _told(parts: Mapping[str, bytes], python: str) -> bytes:
    sums = "\n".join(f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in parts.items())
    text = source("install.txt").replace("{{python}}", python).replace("{{version}}", VERSION)
    return text.replace("{{sums}}", sums).replace("\n", "\r\n").encode("utf-8-sig")


def _packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in _ordered(parts):
            archive.writestr(zipfile.ZipInfo(name, _FIRST), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _ordered(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """What people open first, then the wheels."""
    yield from sorted(parts.items(), key=lambda part: (part[0].startswith("wheels/"), part[0]))
