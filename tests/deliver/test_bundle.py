"""The bundle: complete for a computer without a network, or not written at all."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from zipingbiao.deliver.bundle import bundle
from zipingbiao.errors import RefusedError, UsageError


def wheel(folder: Path, name: str, *needs: str, tag: str = "py3-none-any") -> Path:
    """A wheel with one module that does nothing."""
    newline = "\r\n" if name == "shown" else "\n"  # as some tools write it
    path = folder / f"{name}-1.0-{tag}.whl"
    about = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", "Provides-Extra: excel"]
    files = {
        f"{name}.py": "",
        f"{name}-1.0.dist-info/METADATA": newline.join(
            [*about, *(f"Requires-Dist: {need}" for need in needs), ""]
        ),
        f"{name}-1.0.dist-info/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = f"{name}-1.0.dist-info/RECORD"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
        archive.writestr(record, "".join(f"{inside},,\n" for inside in (*files, record)))
    return path


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """Ours, what it needs, and what this only needs on Windows, with what that needs again."""
    folder = tmp_path / "安装包"
    folder.mkdir()
    wheel(folder, "zipingbiao", "shown", 'books; extra == "excel"')
    wheel(folder, "shown", 'colours>=0.5; platform_system == "Windows"', 'never; extra == "other"')
    wheel(folder, "books", tag="cp312-cp312-win_amd64")
    wheel(folder, "colours", "deeper")
    for name in ("deeper", "pip", "unneeded"):
        wheel(folder, name)
    return folder


def test_it_holds_what_windows_needs_and_nothing_else(wheels: Path, tmp_path: Path) -> None:
    page = tmp_path / "评分页.html"
    page.write_text("页")
    done = bundle(tmp_path / "离线安装.zip", wheels=wheels, page=page)
    archive = zipfile.ZipFile(done.file)
    names = archive.namelist()
    assert [name.split("-")[0] for name in names] == [
        "安装.cmd", "评分页.html", "说明.txt",
        *(f"wheels/{name}" for name in ("books", "colours", "deeper", "pip", "shown", "zipingbiao")),
    ]  # fmt: skip
    assert all(len(name) <= 100 for name in names)
    told = archive.read("说明.txt").decode("utf-8-sig")
    for name in set(names) - {"说明.txt"}:
        assert f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}" in told
    assert done.digest == hashlib.sha256(done.file.read_bytes()).hexdigest()
    again = bundle(tmp_path / "又一次.zip", wheels=wheels, page=page)
    assert again.file.read_bytes() == done.file.read_bytes()


def test_its_script_stays_offline_and_out_of_the_system(wheels: Path, tmp_path: Path) -> None:
    done = bundle(tmp_path / "离线安装.zip", wheels=wheels)
    script = zipfile.ZipFile(done.file).read("安装.cmd")
    text = script.decode("gbk")
    assert script.count(b"\r\n") == script.count(b"\n")
    assert "--no-index" in text
    assert "py -3.12 -m venv" in text
    assert "python312._pth" in text
    assert "{{" not in text
    for word in ("setx", "reg add", "http", "runas"):
        assert word not in text.lower()


def test_it_installs_without_a_network(wheels: Path, tmp_path: Path) -> None:
    """The counterpart for this computer, from the unpacked bundle alone."""
    (wheels / "books-1.0-cp312-cp312-win_amd64.whl").unlink()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    tag = f"cp{version.replace('.', '')}-cp{version.replace('.', '')}-manylinux2014_x86_64"
    wheel(wheels, "books", tag=tag)
    done = bundle(tmp_path / "本机.zip", wheels=wheels, platform="manylinux2014_x86_64", python=version)
    zipfile.ZipFile(done.file).extractall(tmp_path / "解压")
    unpacked = tmp_path / "解压" / "wheels"
    (own,) = unpacked.glob("zipingbiao-*.whl")
    options = ["--quiet", "--no-index", "--find-links", str(unpacked), "--target", str(tmp_path / "装好")]
    command = [sys.executable, "-E", "-P", "-m", "pip", "install", *options, f"{own}[excel]"]
    subprocess.run(command, check=True, capture_output=True)
    assert {path.stem for path in (tmp_path / "装好").glob("*.py")} == {"books", "shown", "zipingbiao"}


def test_refusals(wheels: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"以 \.zip 结尾"):
        bundle(tmp_path / "包.exe", wheels=wheels)
    with pytest.raises(UsageError, match="找不到评分页"):
        bundle(tmp_path / "包.zip", wheels=wheels, page=tmp_path / "没有.html")
    (wheels / "deeper-1.0-py3-none-any.whl").unlink()
    with pytest.raises(UsageError, match=r"安装包不全.*--online"):
        bundle(tmp_path / "包.zip", wheels=wheels)
    assert not (tmp_path / "包.zip").exists()
    (wheels / "zipingbiao-1.0-py3-none-any.whl").unlink()
    with pytest.raises(UsageError, match="请把本软件的安装包"):
        bundle(tmp_path / "包.zip", wheels=wheels)
    (tmp_path / "包.zip").write_text("旧")
    with pytest.raises(RefusedError, match="没有覆盖"):
        bundle(tmp_path / "包.zip", wheels=wheels)
