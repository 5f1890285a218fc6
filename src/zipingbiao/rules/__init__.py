"""All checks: one rule, one file, one permanent code.

A rule module has a docstring of fixed parts (检查内容 为何重要 依据 严重程度 反例 正例 不检查), ``CODE``,
``SEVERITY`` (the only place that says it; a profile may move it) and ``check(evaluation)``, which yields findings and
never raises because of what a user typed. A batch rule (B…) has ``check_batch(evaluations)`` instead: it
compares tables with each other and yields each finding with the file it belongs to; what only a merge may say, which has
all tables of a unit, is ``check_merged(tables)``, which gets what a batch keeps of each. Rules of Y2 have
``check_targets(evaluation, approval)``, what is held beside a list ``check_registered(evaluation, registered)``,
those of Y3 ``check_last(evaluation, last)``, or ``check_gone(last)`` where this year's table is missing; what compares a
written report with the workbook of its project is ``check_report(report, table, source)``.

:mod:`zipingbiao.scoring.codes` lists each rule once; its file is found by its code.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from zipingbiao.scoring.codes import IN_FORCE


def _rules() -> Iterator[ModuleType]:
    for folder, codes in IN_FORCE.items():
        family = import_module(f"{__name__}.{folder}")
        files = {module.name[:4].upper(): module.name for module in iter_modules(family.__path__)}
        for code in codes:
            yield import_module(f"{family.__name__}.{files[code]}")


ALL_RULES: tuple[ModuleType, ...] = tuple(_rules())


def _with(function: str) -> tuple[ModuleType, ...]:
    return tuple(rule for rule in ALL_RULES if hasattr(rule, function))


RULES = _with("check")
BATCH_RULES = _with("check_batch")
MERGED_RULES = _with("check_merged")
TARGET_RULES = _with("check_targets")
LAST_RULES = _with("check_last")
GONE_RULES = _with("check_gone")
REPORT_RULES = _with("check_report")
REGISTER_RULES = _with("check_registered")
