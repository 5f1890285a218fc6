"""``zpb undo``: take the last batch of 变更记录 back, in the workbook or in a copy of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_book
from zipingbiao.book.write.patch import patch
from zipingbiao.book.write.save import save_to
from zipingbiao.change import log
from zipingbiao.change.workbook import NOT_WRITABLE, plan_undo
from zipingbiao.errors import RefusedError
from zipingbiao.result.json import changes_json
from zipingbiao.result.said import plan_lines
from zipingbiao.result.sheets import HEADINGS


@dataclass(frozen=True)
class Undone:
    """What an undo did with a file.

    Attributes:
        path: the workbook.
        batch: what was taken back.
        plan: the changes, those of 变更记录 included.
        saved: where the result stands; None when nothing was written.
        backup: the copy of the workbook as it was before, when it was replaced.
        refused: why nothing could be written, in Chinese; None otherwise.
    """

    path: Path
    batch: log.Batch
    plan: Plan
    saved: Path | None = None
    backup: Path | None = None
    refused: str | None = None
    dry_run: bool = False

    @property
    def cells(self) -> tuple[Change, ...]:
        """The changes outside the sheets that are wholly ours."""
        return tuple(change for change in self.plan.changes if change.ref.sheet not in HEADINGS)

    def lines(self) -> list[str]:
        """Return what happened to the file, for people."""
        if self.refused is not None:
            return [self.refused]
        what = f"第{self.batch.number}批（{self.batch.when} {self.batch.action}）"
        if self.dry_run:
            shown = plan_lines(replace(self.plan, changes=self.cells))
            return [f"将撤销{what}，改动 {len(self.cells)} 处（未写文件）：", *shown]
        kept = f"，原文件留作 {self.backup.name}" if self.backup is not None else ""
        return [f"已撤销{what}，写入 {self.saved}（{len(self.cells)} 处{kept}）。", *self.plan.notes]

    def as_json(self) -> dict[str, Any]:
        """Return what ``zpb undo --json`` says of the file."""
        return {
            "path": str(self.path),
            "batch": self.batch.number,
            "action": self.batch.action,
            "when": self.batch.when,
            "changes": changes_json(self.cells),
            "notes": list(self.plan.notes),
            "saved": str(self.saved) if self.saved is not None else None,
            "refused": self.refused,
        }


def undo_file(path: Path, *, output: Path | None = None, dry_run: bool = False) -> Undone:
    """Take the last batch of a workbook back.

    Args:
        path: the workbook; the file as it was is kept beside it as ``.bak``.
        output: a new file for the result, or a folder for a file of the same name; None writes in place.
        dry_run: plan only.

    Raises:
        UnreadableError: the file cannot be read.
        RefusedError: nothing can be written into a file of its kind.
        UsageError: there is nothing to undo.
    """
    book = read_book(path)
    if not book.writable:
        raise RefusedError(f"{path.name}：{NOT_WRITABLE}")
    now = datetime.now()  # noqa: DTZ005 - people read the log by the clock on their wall
    done = Undone(path, log.to_undo(book), plan_undo(book, now), dry_run=dry_run)
    if dry_run:
        return done
    try:
        return _write(done, output / path.name if output is not None and output.is_dir() else output)
    except RefusedError as refused:
        return replace(done, refused=str(refused))


def _write(done: Undone, target: Path | None) -> Undone:
    path, plan = done.path, done.plan
    patched = patch(path.read_bytes(), plan)  # refuses if the file changed since it was read
    saved, backup = save_to(target, path, patched, plan.digest)
    return replace(done, saved=saved, backup=backup)
