"""What a result depends on, as short digests: the content of a file, and everything that is the same for all files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

import zipingbiao.errors
from zipingbiao.book.read.content import opened
from zipingbiao.book.read.materials import material_of
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.book.unpack.source import HEAD
from zipingbiao.errors import UnreadableError
from zipingbiao.scoring import profile as profiles

_READERS = ("openpyxl", "xlrd")  # libraries that read files for us
_SIZE = 16


def content_digest(path: str) -> str | None:
    """Return the digest of a file's bytes as FileResult has it; None for a file whose first bytes or size say enough.

    What cannot be opened has none either: whoever examines it says why.
    """
    try:
        with opened(path) as (stream, size):
            head = stream.read(HEAD)
            if size > DEFAULT_LIMITS.file_bytes or material_of(head) is not None:
                return None
            return blake2b(head + stream.read(), digest_size=_SIZE).hexdigest()
    except UnreadableError:
        return None


def key_of(digest: str, path: str, terms: bytes) -> bytes:
    """Return the key under which the result of a content is remembered.

    The name of the file is part of it, not its folder: a name may say that a workbook or a document was
    meant, and stands in messages.
    """
    name = os.fsencode(os.path.basename(path))  # noqa: PTH119 bytes names too
    return _digest([digest.encode(), terms, name])


def terms_of(profile_name: str | None) -> bytes | None:
    """Return the digest of all that is the same for every file: our code, its libraries, the 评分规则.

    None where our own code cannot be seen as files; then nobody can tell whether it is the same.

    Raises:
        UsageError: there is no profile of this name.
    """
    code = _code()
    if code is None:
        return None
    given = "" if profile_name is None else repr(profiles.load(profile_name))
    return _digest([code, *map(str.encode, (sys.version, *map(_version, _READERS), given))])


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def _code() -> bytes | None:
    """The digest of every file of this package; it takes less time than reading a workbook."""
    root = Path(zipingbiao.errors.__file__).parent
    digest, seen = blake2b(digest_size=_SIZE), 0
    for file in sorted(_files(root)):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
        seen += file.suffix == ".py"
    return digest.digest() if seen else None


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(folder, name) for name in names)


def _digest(parts: list[bytes]) -> bytes:
    digest = blake2b(digest_size=_SIZE)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
