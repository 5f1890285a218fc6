"""The file in which results wait for the next run: one SQLite database in the user's own cache folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

PLACE = "ZPB_CACHE"
"""The environment variable that names another folder, or turns the cache off."""
OFF = frozenset({"", "0", "off"})
MOST_BYTES = 512 * 1024 * 1024

_FAMILY = "results-"
_FILE = f"{_FAMILY}1.sqlite"  # another number for another table
_SEAL = 8
_RUNS = 8
_WAIT = 1.0  # seconds for somebody else who writes
_TABLE = """
CREATE TABLE IF NOT EXISTS files (
    key BLOB PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, seal BLOB NOT NULL,
    record BLOB NOT NULL, details BLOB
)
"""
_WITHOUT = "SELECT used, seal, record FROM files WHERE key = ?"
_WITH_DETAILS = "SELECT used, seal, record, details FROM files WHERE key = ?"
_OLDEST = "SELECT key, size FROM files ORDER BY used, key"


def folder() -> Path | None:
    """Return the folder of the cache, which need not exist; None where it is turned off, or nobody has a home."""
    said = os.environ.get(PLACE)
    if said is not None:
        return None if said.strip().lower() in OFF else Path(said)
    try:
        return _usual() / "zipingbiao"
    except RuntimeError:  # no home
        return None


def _usual() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    said = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return said if said.is_absolute() else Path.home() / ".cache"


def clear(place: Path) -> int:
    """Remove what the cache holds, and return how many bytes that frees.

    Raises:
        OSError: a file is in use.
    """
    freed = 0
    for file in place.glob(f"{_FAMILY}*") if place.is_dir() else ():
        freed += file.stat().st_size
        file.unlink()
    return freed


class Kept(NamedTuple):
    """What is stored of one file: *record* as JSON, and where they were asked for its *details*, packed."""

    key: bytes
    record: bytes
    details: bytes | None = None


class Store:
    """The database, open; whatever is wrong with it is an OSError or sqlite3.Error."""

    def __init__(self, place: Path) -> None:
        import sqlite3

        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._base: sqlite3.Connection = sqlite3.connect(place / _FILE, timeout=_WAIT, isolation_level=None)
        try:
            self._base.execute("PRAGMA secure_delete = ON")  # what is forgotten is gone
            self._base.execute(_TABLE)
            (last,) = self._base.execute("SELECT max(used) FROM files").fetchone()
        except BaseException:
            self._base.close()
            raise
        self._now = (last or 0) + 1
        """The number of this run: the clock is never asked."""
        self._old: list[bytes] = []

    def get(self, key: bytes, *, details: bool) -> Kept | None:
        """Return what is stored under a key; None where there is nothing, not enough, or it is damaged."""
        found = self._base.execute(_WITH_DETAILS if details else _WITHOUT, (key,)).fetchone()
        if found is None or None in found:
            return None
        used, seal, *parts = found
        if seal[: len(parts) * _SEAL] != b"".join(map(_sealed, parts)):
            return None
        if used < self._now - _RUNS:
            self._old.append(key)
        return Kept(key, *parts)

    def put(self, entries: Iterable[Kept]) -> None:
        """Store entries, all or none."""
        rows = [
            (each.key, self._now, _size(each), _seal(each), each.record, each.details) for each in entries
        ]
        self._change("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)

    def forget(self, keys: Iterable[bytes]) -> None:
        """Remove entries, their bytes too."""
        self._change("DELETE FROM files WHERE key = ?", [(key,) for key in keys])

    def trim(self, most: int) -> None:
        """Remove what was not used for the longest time until no more than so many bytes are stored."""
        while (over := self._bytes() - most) > 0:
            gone, freed = [], 0
            for key, size in self._base.execute(_OLDEST):
                gone.append(key)
                freed += size
                if freed > over / 4:  # more is freed than this: pages have room between
                    break
            if not gone:
                return
            self.forget(gone)

    def _bytes(self) -> int:
        """How many bytes are in use."""
        pages, free, size = (
            self._base.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def note_use(self) -> None:
        """Note of what was not noted for some runs that it was used in this one."""
        self._change("UPDATE files SET used = ? WHERE key = ?", [(self._now, key) for key in self._old])
        self._old.clear()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _change(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        if not rows:
            return
        self._base.execute("BEGIN IMMEDIATE")
        try:
            self._base.executemany(statement, rows)
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise


def _size(kept: Kept) -> int:
    return len(kept.record) + len(kept.details or b"")


def _seal(kept: Kept) -> bytes:
    return _sealed(kept.record) + _sealed(kept.details or b"")


def _sealed(data: bytes) -> bytes:
    """By which a stored value is known to be whole: a database does not see a bit that a disk has lost."""
    return blake2b(data, digest_size=_SEAL).digest()
