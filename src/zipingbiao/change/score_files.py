"""``zpb score``: read, evaluate, plan, patch, save; one outcome per file, one bad file stops none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from zipingbiao.book import marks
from zipingbiao.book.cells import Book
from zipingbiao.book.changes import Plan
from zipingbiao.book.write.patch import patch
from zipingbiao.book.write.save import save_to
from zipingbiao.change.workbook import NOT_WRITABLE, plan_workbook
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import isolated
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.json import changes_json
from zipingbiao.result.said import plan_lines
from zipingbiao.table.find.candidates import open_book, open_bytes


@dataclass(frozen=True)
class Outcome:
    """What scoring did with one file.

    Attributes:
        plan: the changes; None when the file was not accepted.
        saved: where the result stands; None when nothing was written.
        backup: the copy of the original beside it, when it was replaced.
        refused: why nothing could be written, in Chinese; None otherwise.
    """

    result: FileResult
    plan: Plan | None = None
    saved: Path | None = None
    backup: Path | None = None
    refused: str | None = None
    dry_run: bool = False

    def lines(self) -> list[str]:
        """Return what happened to the file, for people."""
        if self.plan is None:
            return []
        if self.refused is not None:
            return [self.refused]
        if self.dry_run:
            return [f"将改动 {len(self.plan.changes)} 处（未写文件）：", *plan_lines(self.plan)]
        if self.saved is None:
            return ["没有需要改动的单元格，文件未写。"]
        kept = f"，原文件留作 {self.backup.name}" if self.backup is not None else ""
        return [f"已写入 {self.saved}（{len(self.plan.changes)} 处{kept}）。", *self.plan.notes]

    def as_json(self) -> dict[str, Any]:
        """Return what ``zpb score --json`` adds to the file's object."""
        changes = self.plan.changes if self.plan is not None else ()
        return {
            "changes": changes_json(changes),
            "saved": str(self.saved) if self.saved is not None else None,
            "refused": self.refused,
        }


def score_files(
    files: Sequence[str],
    *,
    output: str | None = None,
    recompute: bool = False,
    dry_run: bool = False,
    profile_name: str | None = None,
    when: dt.datetime | None = None,
) -> list[Outcome]:
    """Score workbooks and write the results into them, or beside them with *output*.

    Args:
        files: workbooks; each is handled on its own.
        output: a folder, or a file for one workbook: what has no suffix is a folder. None writes in place.
        recompute: replace typed scores that differ from the rule's.
        dry_run: plan only.
        profile_name: for all files; None chooses per table.
        when: what 变更记录 of a template says; None is now.

    Raises:
        UsageError: output is no folder although there are several files, or an unknown profile.
    """
    target = _target(files, output)
    how = _How(recompute, dry_run, profile_name, when or dt.datetime.now())  # noqa: DTZ005 the clock on the wall
    return [
        isolated(path, partial(_score_file, path, target(path), how), Outcome) for path in map(Path, files)
    ]


@dataclass(frozen=True, slots=True)
class _How:
    """What the user asked for, the same for every file."""

    recompute: bool
    dry_run: bool
    profile_name: str | None
    when: dt.datetime


def _target(files: Sequence[str], output: str | None) -> Any:
    if output is None:
        return lambda _file: None
    folder = Path(output)
    if folder.is_dir() or not folder.suffix:
        return lambda file: folder / file.name
    if len(files) > 1:
        raise UsageError(f"有 {len(files)} 个文件，-o 应为文件夹，现为“{output}”。")
    return lambda _file: folder


def _score_file(path: Path, target: Path | None, how: _How) -> Outcome:
    book = open_book(path)
    if book.names and (why := _not_for_scoring(book)):
        return Outcome(FileResult(str(path), Status.SKIPPED, why, digest=book.digest))
    result = evaluate(book, how.profile_name)
    if not result.status.holds_tables:
        return Outcome(result)
    if not book.writable:
        return Outcome(result, Plan((), book.digest), refused=NOT_WRITABLE)
    plan = plan_workbook(book, result, how.when, recompute=how.recompute, profile_name=how.profile_name)
    done = Outcome(result, plan, dry_run=how.dry_run)
    if how.dry_run or (not plan and target is None):
        return done
    try:
        return _write(done, path, target, plan, how)
    except RefusedError as refused:
        return replace(done, refused=str(refused))


def _not_for_scoring(book: Book) -> str | None:
    """Why a workbook with names of its own is left alone: a 汇总表 lists what is scored elsewhere."""
    return marks.OUR_OUTPUT if marks.OUTPUT in book.names else None


def _write(done: Outcome, path: Path, target: Path | None, plan: Plan, how: _How) -> Outcome:
    """Patch and save; the result shown afterwards is that of the file as it now stands."""
    data = path.read_bytes()  # the plan carries the digest: patch refuses if the file changed meanwhile
    patched = patch(data, plan) if plan else data
    done = replace(done, result=evaluate(open_bytes(patched, done.result.path), how.profile_name))
    saved, backup = save_to(target, path, patched, plan.digest)
    return replace(done, saved=saved, backup=backup)
