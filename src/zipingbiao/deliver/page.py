"""``zpb page``: one HTML file that scores and checks without Python, network or installation."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import tarfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from zipingbiao.book.given import OnePath, Paths
from zipingbiao.book.marks import VERSION
from zipingbiao.book.write.save import make_folder, save_new
from zipingbiao.deliver.county import County, Gathered, gathered
from zipingbiao.deliver.site import licences, site_archive
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.scoring.profile import profiles
from zipingbiao.values.frozen import frozen

PARTS = ("pyodide.js", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
"""What of the npm package ``pyodide`` the page carries."""
_SITE = "site.zip"
_START_SECONDS = 60
_PYODIDE = "Pyodide（MPL-2.0，源代码见 github 上的 pyodide/pyodide）\nCPython（PSF-2.0）"
_NO_PYODIDE = (
    "请用 --pyodide 给出 npm 软件包 pyodide 解压后的文件夹，或下载的 .tgz 文件：“{name}”里没有 {part}。"
)


@frozen
class Page:
    """A page that was written: the file, its SHA-256, and what it was built from."""

    file: Path
    digest: str
    size: int
    notes: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return what was done, for people."""
        return (
            f"已生成 {self.file}（{self.size / 1_000_000:.1f} MB），双击即可在浏览器中使用，不用联网。",
            f"SHA-256：{self.digest}",
            *self.notes,
            "分发时请把这一行写进说明，便于核对；请放在内网或U盘，不要用邮件附件。",
        )


def page(
    out: OnePath,
    *,
    pyodide: OnePath,
    profile: str | None = None,
    register: OnePath | None = None,
    targets: Paths = (),
) -> Page:
    """Write the page; the same program and parts give the same bytes.

    Args:
        out: a new file ending in .html.
        pyodide: the npm package ``pyodide``: its folder, or the .tgz as downloaded.
        profile: 评分规则 of a bureau, a name or a YAML file, for all tables; None chooses per table.
        register: 名单: a unit gets its own projects from the page. No person, payment or secret project
            gets into it.
        targets: approved targets, files or folders, with which the page fills and compares tables.

    Raises:
        UsageError: *out* does not end in .html, *pyodide* is not that package, or what a bureau gave cannot be used.
        UnreadableError: *register* cannot be read.
        RefusedError: there is a file at *out* already.
    """
    target = Path(out)
    if target.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"网页文件名应以 .html 结尾，现为“{target.name}”，例如 评分页.html。")
    if target.exists():
        raise RefusedError(f"{target.name} 已存在，没有覆盖；请先移走，或换一个文件名。")
    own = gathered(profile, register, targets)
    data = built(read_pyodide(Path(pyodide)), own)
    make_folder(target.parent)
    save_new(target, data)
    return Page(target, hashlib.sha256(data).hexdigest(), len(data), own.notes)


def read_pyodide(place: Path) -> dict[str, bytes]:
    """Return the parts of the npm package that the page carries.

    Raises:
        UsageError: one is missing.
    """
    found = _of_folder(place) if place.is_dir() else _of_archive(place)
    missing = next((part for part in PARTS if part not in found), None)
    if missing is not None:
        raise UsageError(_NO_PYODIDE.format(name=place.name, part=missing))
    return found


def _of_folder(place: Path) -> dict[str, bytes]:
    places = (place, place / "package", place / "node_modules" / "pyodide")
    inside = next((each for each in places if (each / PARTS[0]).is_file()), place)
    return {part: (inside / part).read_bytes() for part in PARTS if (inside / part).is_file()}


def _of_archive(place: Path) -> dict[str, bytes]:
    try:
        with tarfile.open(place) as archive:
            members = {Path(each.name).name: each for each in archive if each.isfile()}
            return {
                part: content.read()
                for part in PARTS
                if part in members and (content := archive.extractfile(members[part])) is not None
            }
    except (OSError, tarfile.TarError) as error:
        raise UsageError(_NO_PYODIDE.format(name=place.name, part=PARTS[0])) from error


def built(parts: Mapping[str, bytes], own: Gathered | None = None, file_seconds: float = 60) -> bytes:
    """Return the page with the program, what it needs, and the policy that lets nothing else run.

    Args:
        parts: of pyodide, by name.
        own: a bureau's edition; None for the general one.
        file_seconds: how long one file may take.
    """
    county, facts = (own.county, own.files) if own is not None else (County(), {})
    style, script, worker = (source(name) for name in ("style.css", "page.js", "worker.js"))
    carried = {**parts, _SITE: site_archive(facts)}
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}' blob: 'wasm-unsafe-eval'",
            "worker-src blob:",
            f"style-src '{_hash(style)}'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    libraries = "\n".join(f"{name} {version}（{licence}）" for name, version, licence in licences())
    said = {
        "policy": policy,
        "edition": county.edition,
        "start_seconds": str(_START_SECONDS),
        "file_seconds": f"{file_seconds:g}",
        "licences": f"{_PYODIDE}\n{libraries}",
        "version": VERSION,
        "digest": county.digest[:8] or _digest_of_rules(),
    }
    texts = {name: html.escape(text) for name, text in said.items()}
    raw = {
        "style": style,
        "script": script,
        "worker": worker,
        "parts": "\n".join(map(_part, carried.items())),
    }
    filled = source("page.html")
    for name, text in {**texts, **raw}.items():
        filled = filled.replace("{{" + name + "}}", text, 1)
    return filled.encode()


def source(name: str) -> str:
    """Return a file of ``web``, installed or in a checkout."""
    installed = Path(str(resources.files("zipingbiao"))) / "data" / "web" / name
    place = installed if installed.is_file() else Path(__file__).parents[3] / "web" / name
    return place.read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _part(part: tuple[str, bytes]) -> str:
    name, data = part
    packed = base64.b64encode(gzip.compress(data, mtime=0)).decode()
    return f'<script type="text/plain" data-part="{name}">{packed}</script>'


def _digest_of_rules() -> str:
    whole = json.dumps([profile.hash for profile in profiles()])
    return hashlib.sha256(whole.encode()).hexdigest()[:8]
