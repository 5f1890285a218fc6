"""What earlier runs know of files: asked before a file is opened, written while a batch is read.

Only what the content of a file and its name give is remembered. Where it lies, what it is to other files,
the list of projects and what people decided are joined afterwards, in every run anew. Of anything secret,
and of what could not be read, nothing is remembered.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from zipingbiao.batch import store
from zipingbiao.batch.fingerprint import content_digest, key_of, terms_of
from zipingbiao.batch.records import FileRecord
from zipingbiao.batch.store import Kept, Store
from zipingbiao.errors import system_reason
from zipingbiao.result.codec import codec
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.packed import Packed
from zipingbiao.values.secrecy import may_be_secret_path

_KEPT = frozenset({Status.ACCEPTED, Status.BLANK, Status.OTHER})
_AT_ONCE = 200
_SECONDS = 1.0
_BROKEN = (
    "结果缓存不能正常使用（{}），不影响这次的结果，只是要多花时间；如果总是这样，请运行 zpb cache clear。"
)


def cache_of(
    inputs: Iterable[Path],
    say: Callable[[str], object],
    is_secret: Callable[[FileRecord], bool] | None = None,
) -> Cache | None:
    """Return the cache of this user; None where it is turned off, cannot be, or lies in a folder that is read.

    Args:
        inputs: the files and folders that are read.
        say: as for :class:`Cache`.
        is_secret: as for :class:`Cache`.
    """
    place = store.folder()
    if place is None or find_spec("sqlite3") is None:
        return None
    around = {place.absolute(), *place.absolute().parents}
    if any(path.absolute() in around for path in inputs):
        return None
    return Cache(place, say, is_secret)


class Cache:
    """The results of earlier runs. Whatever is wrong with them is said in one sentence, and costs time only."""

    def __init__(
        self, place: Path, say: Callable[[str], object], is_secret: Callable[[FileRecord], bool] | None = None
    ) -> None:
        """Make the cache in a folder; nothing is opened yet.

        Args:
            place: the folder; it is made when it is needed.
            say: called with the sentence.
            is_secret: whether a record is of a project that a list says is secret: it is forgotten.
        """
        self._place, self._say, self._is_secret = place, say, is_secret or _nothing_is
        self._store: Store | None = None
        self._details = False
        self._keys: dict[str, tuple[str, bytes]] = {}
        self._waiting: list[Kept] = []
        self._since = time.monotonic()

    def known(
        self, paths: Iterable[str], profile_name: str | None, *, details: bool
    ) -> Iterator[tuple[str, FileRecord]]:
        """Yield each file whose content is known, and its record.

        Raises:
            UsageError: there is no profile of this name.
        """
        self._details = details
        with self._tried():
            terms = terms_of(profile_name)
            if terms is None:
                return
            self._store = Store(self._place)
            for path in paths:
                digest = content_digest(path)
                if digest is not None:
                    key = key_of(digest, path, terms)
                    self._keys[path] = digest, key
                    record = self._record(self._store, path, key)
                    if record is not None:
                        yield path, record

    def keep(self, record: FileRecord) -> None:
        """Remember the record of a file, if it may be; it is written with those of the next second."""
        digest, key = self._keys.get(record.path, ("", b""))
        if not digest or record.digest != digest or not self._may_keep(record):
            return
        self._waiting.append(Kept(key, _told(record), bytes(record.whole.data) if self._details else None))
        if len(self._waiting) >= _AT_ONCE or time.monotonic() - self._since > _SECONDS:
            self._write()

    def close(self) -> None:
        """Write what waits, let the oldest go, and let go of the file; may be opened again."""
        self._write()
        with self._tried() as opened:
            if opened is not None:
                opened.note_use()
                opened.trim(store.MOST_BYTES)
                opened.close()
        self._store = None
        self._keys.clear()

    def _may_keep(self, record: FileRecord) -> bool:
        whole = record.status in _KEPT and not record.member and not record.faults
        return whole and not may_be_secret_path(record.path) and not self._is_secret(record)

    def _record(self, opened: Store, path: str, key: bytes) -> FileRecord | None:
        kept = opened.get(key, details=self._details)
        if kept is None:
            return None
        record: FileRecord = _RECORD.decode(json.loads(kept.record))
        whole = Packed(FileResult, kept.details, 1) if kept.details else record.whole
        record = replace(record, path=path, whole=whole)
        if self._is_secret(record):
            opened.forget([key])
        return record

    def _write(self) -> None:
        with self._tried() as opened:
            if opened is not None:
                opened.put(self._waiting)
        self._waiting.clear()
        self._since = time.monotonic()

    @contextmanager
    def _tried(self) -> Iterator[Store | None]:
        """Give the store; whatever goes wrong with it is said, and it is not used any more."""
        import sqlite3

        try:
            yield self._store
        except (sqlite3.Error, OSError) as error:
            self._say(_BROKEN.format(_reason(error)))
            if self._store is not None:
                self._store.close()
            self._store = None


def _nothing_is(_: FileRecord) -> bool:
    return False


def _told(record: FileRecord) -> bytes:
    """A record as it is stored: without where it lies."""
    bare = replace(record, path="", whole=Packed(FileResult))
    return json.dumps(_RECORD.encode(bare), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return system_reason(error)
    said = str(error)
    if "locked" in said:
        return "正被另一个程序占用"
    return "没有写入的权限" if "readonly" in said or "unable to open" in said else "文件已损坏"


_RECORD = codec(FileRecord)
