"""The files behind 佐证材料: found beside the workbook by the names that 附件2 lists."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from zipingbiao.values.frozen import frozen
from zipingbiao.values.secrecy import is_secret_path

FOLDER = "佐证材料"
_DEEPEST = 4
_MOST_BYTES = 200_000_000
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.、．)）]|[(（]\d{1,3}[)）])\s*")
_APART = re.compile(r"[、；;\n]+")
_TITLE = str.maketrans("", "", "《》“”\"'")


@frozen
class Proof:
    """What was found of the documents that are listed.

    Attributes:
        files: name in the pack → content, in the order of the list.
        missing: names on the list without a file.
        left_out: files that are there but were not taken, each with why.
        unlisted: names of files in the folder 佐证材料 that no line names.
    """

    files: dict[str, bytes]
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    unlisted: tuple[str, ...]


def proof_of(folder: Path, listed: Iterable[str]) -> Proof:
    """Return the files that a list names: beside the workbook, or in the folder 佐证材料 there.

    A name counts with or without its ending; one line may name several. Links are never followed, so that
    nothing from outside the folder is taken.
    """
    inside = list(_walk(folder / FOLDER, _DEEPEST))
    there = [*inside, *_walk(folder, 1)]
    files: dict[str, bytes] = {}
    missing: list[str] = []
    left_out: list[str] = []
    used: set[Path] = set()
    size = 0
    for name in _names(listed, there):
        found = [path for path in there if _key(name) in {_key(path.name), _key(path.stem)}]
        if not found:
            missing.append(name)
        for path in found:
            if path in used:
                continue
            used.add(path)
            size += path.lstat().st_size
            if is_secret_path(str(path)):
                left_out.append("一个涉密文件（请按保密规定另行报送）")
            elif path.is_symlink():
                left_out.append(f"{path.name}（是快捷链接，请把原文件复制到“{FOLDER}”文件夹）")
            elif size > _MOST_BYTES:
                left_out.append(f"{path.name}（合计超过 {_MOST_BYTES // 1_000_000} MB，请另行报送）")
            else:
                base = folder / FOLDER if path in inside else folder
                files[path.relative_to(base).as_posix()] = path.read_bytes()
    unlisted = tuple(path.name for path in inside if path not in used and not is_secret_path(str(path)))
    return Proof(files, tuple(dict.fromkeys(missing)), tuple(left_out), unlisted)


def _names(listed: Iterable[str], there: list[Path]) -> Iterator[str]:
    """Give each name: a line as it stands where there is such a file, else each of those that it lists."""
    known = {key for path in there for key in (_key(path.name), _key(path.stem))}
    for line in listed:
        parts = [part.strip() for part in _APART.split(line) if part.strip()]
        yield from [line.strip()] if _key(line) in known or len(parts) < 2 else parts


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """Give the files of a folder and those below it, links too but never what they lead to; sorted."""
    if not depth or folder.is_symlink():
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), depth - 1)
        elif entry.is_symlink() or entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _key(name: str) -> str:
    """A name as people compare it: without its number, title marks and blanks, whatever the width of its signs."""
    plain = unicodedata.normalize("NFKC", _NUMBERED.sub("", name).translate(_TITLE))
    return "".join(plain.split()).casefold()
