"""项目支出绩效自评表：understands, scores, checks and consolidates self-evaluation tables.

``import zipingbiao as z`` loads nothing else; each name below is fetched when it is first used
(docs/api.md shows them all at work). Amounts are in 万元, rates and completions are fractions (0.8947
is 89.47 %), scores and weights are points; all are exact Decimals, and None is missing, never 0.
Sentences for people are Chinese. A failure is one such sentence: a :class:`ZipingbiaoError`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipingbiao.batch.check import check
    from zipingbiao.batch.frames import frame
    from zipingbiao.batch.merge import merge
    from zipingbiao.book.marks import VERSION as __version__  # noqa: N811 the name that programs ask for
    from zipingbiao.change.files import apply, fix, score, undo
    from zipingbiao.change.workbook import plan_workbook as plan_score
    from zipingbiao.errors import RefusedError, UnreadableError, UsageError, ZipingbiaoError
    from zipingbiao.report.pack import pack
    from zipingbiao.report.update.file import update_report
    from zipingbiao.report.write import report
    from zipingbiao.result.evaluate import evaluate
    from zipingbiao.rules.explained import explain
    from zipingbiao.scoring.line import score_line
    from zipingbiao.scoring.profile import profiles
    from zipingbiao.table.find.candidates import read
    from zipingbiao.template.new import import_report, new

__all__ = [
    "RefusedError",
    "UnreadableError",
    "UsageError",
    "ZipingbiaoError",
    "__version__",
    "apply",
    "check",
    "evaluate",
    "explain",
    "fix",
    "frame",
    "import_report",
    "merge",
    "new",
    "pack",
    "plan_score",
    "profiles",
    "read",
    "report",
    "score",
    "score_line",
    "undo",
    "update_report",
]

_HOMES = {
    "batch.check": "check",
    "batch.frames": "frame",
    "batch.merge": "merge",
    "change.files": "apply fix score undo",
    "errors": "RefusedError UnreadableError UsageError ZipingbiaoError",
    "report.pack": "pack",
    "report.update.file": "update_report",
    "report.write": "report",
    "result.evaluate": "evaluate",
    "rules.explained": "explain",
    "scoring.line": "score_line",
    "scoring.profile": "profiles",
    "table.find.candidates": "read",
    "template.new": "import_report new",
}
_OTHER_NAMES = {
    "__version__": ("book.marks", "VERSION"),
    "plan_score": ("change.workbook", "plan_workbook"),
}

if not TYPE_CHECKING:  # so that a type checker knows these names and no others

    def __getattr__(name: str) -> object:
        places = {each: (home, each) for home, names in _HOMES.items() for each in names.split()}
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home, known = (places | _OTHER_NAMES)[name]
        found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), known)
        return found

    class _Api(ModuleType):
        """``report`` is the name of a room too: whenever it is first imported, the name here stays the function."""

        def __setattr__(self, name: str, value: object) -> None:
            if not (name in __all__ and isinstance(value, ModuleType)):
                super().__setattr__(name, value)

    sys.modules[__name__].__class__ = _Api

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
