"""What one press of 评分, 修复 or 撤销 changes in one workbook: one record, one JSON, one text for all three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, NamedTuple, TypeAlias

from zipingbiao.book.cells import Book
from zipingbiao.book.changes import Change, Plan, why_covered
from zipingbiao.change.log import FIX, SCORE, UNDO, Batch
from zipingbiao.change.plan import OF_LINES
from zipingbiao.errors import RefusedError, UnreadableError
from zipingbiao.result.evaluate import Evaluator
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.said import plan_lines
from zipingbiao.table.find.candidates import open_bytes
from zipingbiao.values.frozen import frozen

Ask: TypeAlias = Callable[[str], bool]
"""Puts a question to a person: whether a signed, final or protected workbook is to be written all the same."""


class _Said(NamedTuple):
    """What people are told; after a colon the changes follow, else the notes alone."""

    would: str
    did: str
    nothing: str = ""


_QUESTION = "{name} {seals}，仍要写入吗？"
_SEALED = "请先确认可以改动，再加 --yes 运行：这个工作簿{seals}，所以没有写入。"

_SAID = {
    SCORE: _Said(
        would="将改动 {count} 处（未写文件）：",
        did="已写入 {lines} 行得分：{saved}{kept}。",
        nothing="没有需要改动的单元格，文件未写。",
    ),
    FIX: _Said(
        would="将修复 {count} 处（未写文件）：",
        did="已修复 {count} 处，写入 {saved}{kept}：",
        nothing="没有可以自动修复的单元格，文件未写。",
    ),
    UNDO: _Said(
        would="将撤销{batch}，改动 {count} 处（未写文件）：",
        did="已撤销{batch}，写入 {saved}（{count} 处{kept}）。",
    ),
}


_SAME = "内容没有变化，已另存为 {saved}。"
_NO_LINE = "各行得分没有变化，其他内容已更新：{saved}{kept}。"


@frozen
class Press:
    """What a press changed in a workbook, or would change.

    Attributes:
        action: the word of 变更记录: 评分, 修复 or 撤销.
        path: the workbook, as given.
        result: the workbook as it now stands; as it was read where nothing was changed.
        plan: the changes, those of our own sheets and of results of formulas included; None for a
            file that was not accepted.
        cells: the changes that people are told of.
        undone: of 撤销, the batch that was taken back.
        saved: where the result stands; None when nothing was saved.
        backup: the copy of the workbook as it was before, when it was replaced.
        refused: why nothing could be written, in Chinese; None otherwise.
        imported: whether the file cannot be written itself and was imported: *result*, *plan* and *cells* are of
            the new workbook.
    """

    action: str
    path: str
    result: FileResult
    plan: Plan | None = None
    cells: tuple[Change, ...] = ()
    undone: Batch | None = None
    saved: Path | None = None
    backup: Path | None = None
    refused: str | None = None
    imported: bool = False

    @property
    def scored_lines(self) -> int:
        """How many lines of tables got another score, 完成率 or explanation."""
        return len({(each.ref.sheet, each.ref.row) for each in self.cells if each.why in OF_LINES})

    def lines(self) -> list[str]:
        """Return what happened to the file, for people."""
        if self.plan is None:
            return []
        if self.refused is not None:
            return [self.refused]
        said = _SAID[self.action]
        if self.saved is None and not self.plan:
            return [said.nothing]
        sentence = said.would if self.saved is None else said.did
        if self.saved is not None and not self.plan:
            sentence = _SAME
        elif self.action == SCORE and self.saved is not None and not self.scored_lines:
            sentence = _NO_LINE
        kept = f"，原文件留作 {self.backup.name}" if self.backup is not None else ""
        shown = list(plan_lines(replace(self.plan, changes=self.cells)))
        return [
            sentence.format(
                count=len(self.cells),
                lines=self.scored_lines,
                saved=self.saved,
                kept=kept,
                batch=_named(self.undone),
            ),
            *(shown if sentence.endswith("：") else self.plan.notes),
        ]

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` says of the press, beside the file's path or its object."""
        from zipingbiao.result.json import changes_json

        saved = str(self.saved) if self.saved is not None else None
        written = {"saved": saved, "refused": self.refused}
        changes = {"changes": changes_json(self.cells)}
        if self.undone is None or self.plan is None:
            return {**changes, **written}
        batch = {"batch": self.undone.number, "action": self.undone.action, "when": self.undone.when}
        return {**batch, **changes, "notes": list(self.plan.notes), **written}


def carried_out(
    data: bytes,
    book: Book,
    press: Press,
    shown: FileResult | None,
    evaluator: Evaluator,
    *,
    dry_run: bool = False,
    ask: Ask | None = None,
    read: Callable[[bytes, str], Book] = open_bytes,
) -> tuple[bytes, Press]:
    """Return the workbook with the press carried out; what refuses to be patched stays, and says why.

    With *dry_run* it stays, too.

    The new bytes are read back as the old ones were (*read*), and each cell compared with what it is to
    hold. *shown* is what the plan is known to bring about; None where that is to be evaluated, best by the
    *evaluator* that evaluated *book*. A signed, final or protected workbook is changed only where *ask* says yes.
    """
    if not press.plan:
        return data, press
    if (why := why_covered(book, press.plan)) is not None:
        return data, replace(press, refused=why)
    if dry_run:
        return data, press
    from zipingbiao.book.read.seals import seals
    from zipingbiao.book.write.patch import patch

    try:
        changed = patch(data, press.plan)
        if changed == data:
            return data, press
        now = _read_back(read, changed, book, press)
    except RefusedError as refused:
        return data, replace(press, refused=str(refused))
    found = seals(data, {change.ref.sheet for change in press.plan.changes})
    if found and (
        ask is None or not ask(_QUESTION.format(name=PurePath(press.path).name, seals="、".join(found)))
    ):
        return data, replace(press, refused=_SEALED.format(seals="、".join(found)))
    result = evaluator.evaluate(now) if shown is None else replace(shown, digest=now.digest)
    return changed, replace(press, result=result)


def _read_back(read: Callable[[bytes, str], Book], changed: bytes, book: Book, press: Press) -> Book:
    """Read the new bytes, and hold them against the plan.

    Raises:
        RefusedError: they cannot be read, or a cell does not hold what it is to hold.
    """
    from zipingbiao.book.write.verified import verify

    assert press.plan is not None  # noqa: S101
    try:
        now = read(changed, press.path)
    except UnreadableError as unreadable:
        raise RefusedError(f"没有写入：写入后读不出来（{unreadable}）") from unreadable
    verify(book, press.plan, now)
    return now


def _named(batch: Batch | None) -> str:
    return "" if batch is None else f"第{batch.number}批（{batch.when} {batch.action}）"
