"""How the page is built: the same every time, nothing from outside, refusals in one sentence."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from zipingbiao.deliver import page as pages
from zipingbiao.deliver.site import site_archive
from zipingbiao.errors import RefusedError, UsageError


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    for part in pages.PARTS:
        (folder / part).write_bytes(part.encode())
    return folder


def test_two_builds_are_the_same(package: Path, tmp_path: Path) -> None:
    archive = tmp_path / "pyodide.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(package, "package")
    one = pages.page(tmp_path / "一.html", pyodide=package)
    two = pages.page(tmp_path / "二.html", pyodide=archive)
    assert one.file.read_bytes() == two.file.read_bytes()
    assert one.digest == hashlib.sha256(two.file.read_bytes()).hexdigest()


def test_only_its_own_program_runs(package: Path, tmp_path: Path) -> None:
    text = pages.page(tmp_path / "页.html", pyodide=package).file.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    said = policy[1].replace("&#x27;", "'")
    assert said.startswith("default-src 'none'; ")
    assert "connect-src" not in said
    for tag in ("script", "style"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        own = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{own}'" in said
    outside = text.split("<script", 1)[0]
    assert not re.search(r"(?:src|href)\s*=|https?://|\son\w+=|\sstyle=", outside)
    assert "{{" not in outside


def test_the_core_travels_without_what_a_browser_cannot_use() -> None:
    names = zipfile.ZipFile(io.BytesIO(site_archive())).namelist()
    assert "zipingbiao/deliver/screen.py" in names
    assert sum(name.startswith("zipingbiao/data/examples/") for name in names) == 5
    assert not [name for name in names if name.startswith(("zipingbiao/cli/", "zipingbiao/excel/"))]
    assert not [name for name in names if name.endswith((".so", ".pyd", ".pyc"))]


def test_refusals(package: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"应以 \.html 结尾"):
        pages.page(tmp_path / "页.htmx", pyodide=package)
    (package / "pyodide.asm.wasm").unlink()
    with pytest.raises(UsageError, match=r"没有 pyodide\.asm\.wasm"):
        pages.page(tmp_path / "页.html", pyodide=package)
    with pytest.raises(UsageError, match="请用 --pyodide 给出"):
        pages.page(tmp_path / "页.html", pyodide=tmp_path / "没有.tgz")
    (tmp_path / "页.html").write_text("旧")
    with pytest.raises(RefusedError, match="没有覆盖"):
        pages.page(tmp_path / "页.html", pyodide=package)
    assert (tmp_path / "页.html").read_text() == "旧"
