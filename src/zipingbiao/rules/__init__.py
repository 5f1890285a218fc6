"""All checks: one rule, one file, one permanent code.

A rule module has a docstring of fixed parts (检查内容 为何重要 依据 严重程度 反例 正例 不检查), ``CODE``,
``SEVERITY`` (the only place that says it; a profile may move it) and ``check(evaluation)``, which yields findings and
never raises because of what a user typed. A batch rule (B…) has ``check_batch(evaluations)`` instead: it
compares tables with each other and yields each finding with the file it belongs to; what only a merge may say, which has
all tables of a unit, is ``check_merged(tables)``, which gets what a batch keeps of each. Rules of Y2 have
``check_targets(evaluation, approval)``, what is held beside a list ``check_registered(evaluation, registered)``,
those of Y3 ``check_last(evaluation, last)``, or ``check_gone(last)`` where this year's table is missing; what compares a
written report with the workbook of its project is ``check_report(report, table, source)``.

:mod:`zipingbiao.scoring.codes` lists each rule once; its file is found by its code, when somebody asks for it: a
program that looks at one table needs no rule that compares many.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from zipingbiao.scoring.codes import CODES, IN_FORCE

_OTHERS: Mapping[str, tuple[str, ...]] = {
    "check_batch": ("B101", "B102", "B103"),
    "check_merged": ("B101", "B104"),
    "check_targets": ("Y201", "Y202", "Y203", "Y204"),
    "check_last": ("Y301", "Y302", "Y303"),
    "check_gone": ("Y304",),
    "check_report": ("T119",),
    "check_registered": ("T120", "F117", "F118"),
}
"""The rules that are asked by another function than ``check``."""


@cache
def rules_with(function: str) -> tuple[ModuleType, ...]:
    """Return the rules that have this function, ``check`` or another one, in the order in which they run."""
    wanted = CODES.difference(*_OTHERS.values()) if function == "check" else _OTHERS[function]
    return tuple(rule_of(code) for code in _modules() if code in wanted)


def all_rules() -> tuple[ModuleType, ...]:
    """Return every rule in force, in the order in which they run."""
    return tuple(map(rule_of, _modules()))


def rule_of(code: str) -> ModuleType:
    """Return the rule in force of this code."""
    return import_module(_modules()[code])


@cache
def _modules() -> Mapping[str, str]:
    """The module of each rule in force by its code, in the order in which they run."""
    modules: dict[str, str] = {}
    for folder, codes in IN_FORCE.items():
        family = import_module(f"{__name__}.{folder}")
        files = {module.name[:4].upper(): module.name for module in iter_modules(family.__path__)}
        modules |= {code: f"{family.__name__}.{files[code]}" for code in codes}
    return modules
