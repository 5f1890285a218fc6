"""Score, fix and undo of files: read, change in memory, save; and the same of a workbook given as bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol, overload

from zipingbiao.book.changes import Plan
from zipingbiao.book.given import IN_MEMORY, OnePath, Paths, each_path
from zipingbiao.book.read import read_bytes
from zipingbiao.book.read.content import content_of
from zipingbiao.book.write.save import make_folder, save_new, save_to
from zipingbiao.change import log
from zipingbiao.change.press import Ask, Press
from zipingbiao.change.score import score_bytes
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.isolated import isolated


@overload
def score(
    files: Paths,
    *,
    out: OnePath | None = None,
    recompute: bool = False,
    dry_run: bool = False,
    profile: str | None = None,
    when: dt.datetime | None = None,
    ask: Ask | None = None,
) -> tuple[Press, ...]: ...
@overload
def score(
    files: bytes,
    *,
    name: str = IN_MEMORY,
    recompute: bool = False,
    dry_run: bool = False,
    profile: str | None = None,
    when: dt.datetime | None = None,
    ask: Ask | None = None,
) -> tuple[bytes, Press]: ...
def score(
    files: Paths | bytes,
    *,
    out: OnePath | None = None,
    name: str = IN_MEMORY,
    recompute: bool = False,
    dry_run: bool = False,
    profile: str | None = None,
    when: dt.datetime | None = None,
    ask: Ask | None = None,
) -> tuple[Press, ...] | tuple[bytes, Press]:
    """Score workbooks and write 完成率, 得分, 总分, 等级 into them; pressing twice changes nothing.

    Typed values stay, formulas are never replaced by values. Scores are points with 2 decimals. The
    file as it was is kept beside it as ``.bak``, the
    version before the last press as ``.last.bak``. One bad file stops none: its press has a ``result``
    that says why. A workbook given as bytes is not saved: the new bytes come back with its press.

    Args:
        files: a workbook or several, each handled on its own; or the bytes of one.
        out: for files, where to write instead: a folder, or a file for one workbook; what has no
            suffix is a folder. What cannot be written itself, such as .xls, .ods or a Word report, is imported
            into our template, as by ``import_report``, and scored in that new .xlsx.
        name: for bytes, what messages call the workbook.
        recompute: replace typed scores that differ from the rule's.
        dry_run: plan only.
        profile: 评分规则 for all, a name or a YAML file; None chooses per table.
        when: what 变更记录 of a template says; None is now.
        ask: asked before a signed, final-marked or protected workbook is written; None leaves it as it is.

    Raises:
        UsageError: *out* is no folder although there are several files, or an unknown profile.
        UnreadableError: bytes that are no workbook.
    """
    press = partial(score_bytes, recompute=recompute, profile=profile, when=when or log.now(), ask=ask)
    if isinstance(files, bytes):
        return press(files, name, dry_run=dry_run)
    paths = each_path(files)
    target = _target(paths, out)
    return tuple(
        isolated(
            path,
            partial(
                _pressed,
                partial(press, imports=out is not None),
                path,
                target(path),
                dry_run=dry_run,
                copies=True,
            ),
            _not_scored,
        )
        for path in paths
    )


@overload
def fix(
    file: OnePath,
    *,
    out: OnePath | None = None,
    dry_run: bool = False,
    profile: str | None = None,
    ask: Ask | None = None,
) -> Press: ...
@overload
def fix(
    file: bytes,
    *,
    name: str = IN_MEMORY,
    dry_run: bool = False,
    profile: str | None = None,
    ask: Ask | None = None,
) -> tuple[bytes, Press]: ...
def fix(
    file: OnePath | bytes,
    *,
    out: OnePath | None = None,
    name: str = IN_MEMORY,
    dry_run: bool = False,
    profile: str | None = None,
    ask: Ask | None = None,
) -> Press | tuple[bytes, Press]:
    """Repair what cannot alter what a table says: full-width signs, stray spaces, numbers typed as text, lost formulas.

    Args:
        file: a workbook, or its bytes; of bytes the new ones come back with the press.
        out: another file, or an existing folder; None writes in place and keeps backups.
        name: for bytes, what messages call the workbook.
        dry_run: plan only.
        profile: as for :func:`score`.
        ask: as for :func:`score`.

    Raises:
        UnreadableError: no workbook that can be read, or no table in it.
        UsageError: a summary of ours, or an unknown profile.
    """
    from zipingbiao.change.fix import fix_bytes

    press = partial(fix_bytes, profile=profile, ask=ask)
    if isinstance(file, bytes):
        return press(file, name, dry_run=dry_run)
    return _pressed(press, Path(file), _beside(file, out), dry_run=dry_run)


@overload
def undo(
    file: OnePath, *, out: OnePath | None = None, dry_run: bool = False, ask: Ask | None = None
) -> Press: ...
@overload
def undo(
    file: bytes, *, name: str = IN_MEMORY, dry_run: bool = False, ask: Ask | None = None
) -> tuple[bytes, Press]: ...
def undo(
    file: OnePath | bytes,
    *,
    out: OnePath | None = None,
    name: str = IN_MEMORY,
    dry_run: bool = False,
    ask: Ask | None = None,
) -> Press | tuple[bytes, Press]:
    """Take the last press of :func:`score` or :func:`fix` back, as 变更记录 of our template tells it.

    A cell that somebody changed since then stays, and the press names it in its notes.

    Args:
        file: a workbook, or its bytes; of bytes the new ones come back with the press.
        out: another file, or an existing folder; None writes in place and keeps backups.
        name: for bytes, what messages call the workbook.
        dry_run: plan only.
        ask: as for :func:`score`.

    Raises:
        UnreadableError: no workbook that can be read.
        RefusedError: nothing can be written into a file of its kind.
        UsageError: there is nothing to undo.
    """
    from zipingbiao.change.undo import undo_bytes

    press = partial(undo_bytes, ask=ask)
    if isinstance(file, bytes):
        return press(file, name, dry_run=dry_run)
    return _pressed(press, Path(file), _beside(file, out), dry_run=dry_run)


@overload
def apply(plan: Plan, file: OnePath, *, out: OnePath | None = None) -> Path: ...
@overload
def apply(plan: Plan, file: bytes) -> bytes: ...
def apply(plan: Plan, file: OnePath | bytes, *, out: OnePath | None = None) -> Path | bytes:
    """Carry a plan out: only its cells change, every other part of the workbook keeps its bytes.

    Args:
        plan: made from exactly this workbook.
        file: where it stands, or its bytes.
        out: another file, or an existing folder; None writes in place and keeps backups.

    Returns:
        Where the result stands; of bytes, the new ones.

    Raises:
        RefusedError: the workbook is not the one that was read, is open elsewhere or cannot be
            written, or there is a file at *out*; nothing was changed.
        UnreadableError: there is no such file.
        ValueError: the plan is wrong: it takes a formula for a value, or names no sheet of the workbook.
    """
    if isinstance(file, bytes):
        return _applied(file, IN_MEMORY, plan)
    path = Path(file)
    changed = _applied(content_of(path), str(path), plan)
    return save_to(_beside(file, out), path, changed, plan.digest)[0]


def _applied(data: bytes, name: str, plan: Plan) -> bytes:
    from zipingbiao.book.write.patch import patch
    from zipingbiao.book.write.verified import verify

    changed = patch(data, plan)
    if changed != data:
        verify(read_bytes(data, name), plan, read_bytes(changed, name))
    return changed


# --- between the disk and the memory -----------------------------------------------------------------


class _InMemory(Protocol):
    def __call__(self, data: bytes, name: str, /, *, dry_run: bool) -> tuple[bytes, Press]: ...


def _pressed(
    press: _InMemory, path: Path, target: Path | None, *, dry_run: bool, copies: bool = False
) -> Press:
    """Read, press, save. *copies*: an unchanged workbook is written too, where another place is named."""
    data = content_of(path)
    changed, done = press(data, str(path), dry_run=dry_run)
    unchanged = not done.plan and not (copies and target is not None)
    if dry_run or done.plan is None or done.refused is not None or unchanged:
        return done
    try:
        if done.imported and target is not None:
            saved, backup = _saved_new(target, path, changed), None
        else:
            saved, backup = save_to(target, path, changed, done.plan.digest)
    except RefusedError as refused:
        _, planned = press(data, str(path), dry_run=True)  # what is said is what still stands there
        return replace(planned, refused=str(refused))
    return replace(done, saved=saved, backup=backup)


def _saved_new(target: Path, path: Path, data: bytes) -> Path:
    """Save what was imported; in a folder under the name of its source, as the workbook that it is.

    Raises:
        RefusedError: there is such a file, or it would bear the name of another kind.
    """
    if target.name == path.name and target.resolve() != path.resolve():
        target = target.with_suffix(".xlsx")
    if target.suffix.lower() != ".xlsx":
        raise RefusedError(
            f"请给一个以 .xlsx 结尾的新文件名，没有写入：{path.name} 要先导入样表，现为“{target.name}”。"
        )
    make_folder(target.parent)
    save_new(target, data)
    return target


def _not_scored(result: FileResult) -> Press:
    return Press(log.SCORE, result.path, result)


def _target(paths: tuple[Path, ...], out: OnePath | None) -> Callable[[Path], Path | None]:
    if out is None:
        return lambda _path: None
    place = Path(out)
    if place.is_dir() or not place.suffix:
        return lambda path: place / path.name
    if len(paths) > 1:
        raise UsageError(f"有 {len(paths)} 个文件，-o 应为文件夹，现为“{out}”。")
    return lambda _path: place


def _beside(file: OnePath, out: OnePath | None) -> Path | None:
    """Where one result goes: a folder takes a file of the same name."""
    if out is None:
        return None
    place = Path(out)
    return place / Path(file).name if place.is_dir() else place
