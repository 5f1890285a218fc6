"""``zpb report FILE --update 报告.docx``: the figures of an existing report, brought to those of its workbook."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import overload

from zipingbiao.book.cells import Book
from zipingbiao.book.given import IN_MEMORY, OnePath
from zipingbiao.book.read.content import content_of
from zipingbiao.book.write.save import save_to
from zipingbiao.errors import UsageError
from zipingbiao.report.update.document import Updated, updated
from zipingbiao.report.write import examined


@overload
def update_report(
    file: OnePath | Book,
    document: OnePath,
    *,
    out: OnePath | None = None,
    dry_run: bool = False,
    profile: str | None = None,
) -> Updated: ...
@overload
def update_report(
    file: bytes, document: bytes, *, name: str = IN_MEMORY, profile: str | None = None
) -> tuple[bytes, Updated]: ...
def update_report(
    file: OnePath | bytes | Book,
    document: OnePath | bytes,
    *,
    out: OnePath | None = None,
    name: str = IN_MEMORY,
    dry_run: bool = False,
    profile: str | None = None,
) -> Updated | tuple[bytes, Updated]:
    """Bring the tables and the score sentence of an existing Word report to the figures of its workbook.

    All else stays byte for byte as people edited it: only the planned cells, rows and figures of the document
    change, with the formatting that they have there. A table is found by its headings and the heading above
    it, a figure in prose only in the sentence that states the result. What is not found, found twice without
    a bookmark of ours, or holds an open tracked change, stands against writing anything at all. Reasons that
    stand in the report alone are kept, and a note says so. A second update changes nothing.

    Args:
        file: the workbook, or one that was read already, or its bytes; of bytes the new document comes back.
        document: the report, a .docx, or its bytes.
        out: another file, or an existing folder; None writes in place and keeps backups.
        name: for bytes, what messages call the report.
        dry_run: plan only.
        profile: 评分规则, a name or a YAML file; None chooses per table.

    Raises:
        UnreadableError: no workbook with a filled table, or *document* cannot be read.
        RefusedError: the document is no report of these projects, a place in it is not as it must be, or it
            cannot be written; one Chinese sentence names all places, and the file is unchanged.
        UsageError: one is given as a path and the other as bytes, or an unknown profile.
    """
    if isinstance(file, bytes) and isinstance(document, bytes):
        return updated(document, name, examined(file, name, profile))
    if isinstance(file, bytes) or isinstance(document, bytes):
        raise UsageError("工作簿和报告应当都是文件，或都是内存中的内容。")
    place, target = Path(document), _target(Path(document), out)
    result = examined(file, name, profile)
    data = content_of(place)
    new, done = updated(data, str(place), result)
    if dry_run or (new == data and target is None):
        return done
    saved, backup = save_to(target, place, new, hashlib.blake2b(data, digest_size=16).hexdigest())
    return replace(done, saved=saved, backup=backup)


def _target(place: Path, out: OnePath | None) -> Path | None:
    if out is None:
        return None
    target = Path(out) / place.name if Path(out).is_dir() else Path(out)
    if target.suffix.lower() != place.suffix.lower():
        raise UsageError(f"“{out}”应以 {place.suffix} 结尾：报告是 Word 文档。")
    return target
