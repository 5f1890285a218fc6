"""撤销 of one workbook in memory: the last batch of 变更记录 taken back."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath

from zipingbiao.book.given import IN_MEMORY
from zipingbiao.book.read import read_bytes
from zipingbiao.change import log
from zipingbiao.change.press import Ask, Press, carried_out
from zipingbiao.change.workbook import foresee_undo, why_unwritten
from zipingbiao.errors import RefusedError
from zipingbiao.result.evaluate import Evaluator
from zipingbiao.result.sheets import HEADINGS


def undo_bytes(
    data: bytes,
    name: str = IN_MEMORY,
    *,
    dry_run: bool = False,
    when: dt.datetime | None = None,
    ask: Ask | None = None,
) -> tuple[bytes, Press]:
    """Return the workbook as it was before the last press, and what was changed back.

    People are told of the cells outside the sheets that are wholly ours.

    Raises:
        UnreadableError: the bytes are no workbook that can be read.
        RefusedError: nothing can be written into a file of its kind.
        UsageError: there is nothing to undo.
    """
    book = read_bytes(data, name)
    if (why := why_unwritten(book)) is not None:
        raise RefusedError(f"{PurePath(name).name}：{why}")
    batch = log.to_undo(book)
    evaluator = Evaluator()
    result = evaluator.evaluate(book)
    plan, shown = foresee_undo(book, when or log.now(), evaluator)
    cells = tuple(change for change in plan.changes if change.ref.sheet not in HEADINGS)
    press = Press(log.UNDO, name, result, plan, cells, undone=batch)
    return carried_out(data, book, press, shown, evaluator, dry_run=dry_run, ask=ask, read=read_bytes)
