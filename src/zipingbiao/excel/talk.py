"""What a macro says when it is done, and how it asks while it works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import Any

from zipingbiao.result.file_result import FileResult
from zipingbiao.values.frozen import frozen


@frozen
class Report:
    """What a macro did.

    Attributes:
        title: one line that says it.
        lines: more, for who wants to read.
        shown: where the lines stand for people in Excel, a sheet; "" where a box has to show them.
        result: the workbook as it now stands; None where the macro did not evaluate it.
        undoable: whether 撤销评分 takes it back.
        in_passing: whether the title belongs on the status bar and nobody has to confirm it.
        goes_on: whether the work goes on beside Excel, and :func:`merged_folder` tells how it ends.
    """

    title: str
    lines: tuple[str, ...] = ()
    changed: int = 0
    result: FileResult | None = None
    undoable: bool = False
    shown: str = ""
    in_passing: bool = False
    goes_on: bool = False


@frozen
class Talk:
    """How a macro asks; the defaults ask nobody: typed scores stay, no folder is chosen.

    Attributes:
        ask: a yes-or-no question.
        folder: the folder that the user chooses; None when cancelled.
        document: the Word document that the user chooses; None when cancelled.
        new_file: the name that the user gives a new file, of the suggested one; None when cancelled.
        now: the time for 变更记录.
        say: told (workbook, what is being done now).
        profile: 评分规则, a name or a YAML file; None chooses per table.
    """

    ask: Callable[[str], bool] = field(default=lambda _question: False)
    folder: Callable[[], Path | None] = field(default=lambda: None)
    now: Callable[[], dt.datetime] = field(default=dt.datetime.now)
    document: Callable[[], Path | None] = field(default=lambda: None)
    new_file: Callable[[Path], Path | None] = field(default=lambda _suggested: None)
    say: Callable[[Any, str], None] = field(default=lambda _book, _text: None)
    profile: str | None = None
