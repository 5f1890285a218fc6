"""The worksheet functions and the buttons as an xlwings UDF module; importable without Excel, where it only holds functions.

The add-in's VBA calls them by their lower-case names. Arguments arrive raw, because the wrappers have
made plain values of cells already; one value stays one value.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable

import xlwings as xw

from zipingbiao.excel import entry, registry, udfs
from zipingbiao.excel.addin.texts import TITLE
from zipingbiao.excel.at_exit import leave_excel_running

leave_excel_running()

Udf = Callable[..., object]


def _published(name: str) -> Udf:
    """Return the function of the registry with this name, with its help, as xlwings publishes it."""
    function = next(each for each in registry.FUNCTIONS if each.name == name)
    plain: Udf = getattr(udfs, name.lower())

    def published(*given: object) -> object:
        return plain(*given)

    published.__name__ = name.lower()
    published.__doc__ = function.help
    # xlwings takes parameters from the signature; an annotation would choose a converter.
    published.__dict__["__signature__"] = inspect.signature(plain)
    published.__annotations__ = {}
    for argument in function.arguments:
        published = xw.arg(argument.name, "raw", doc=argument.help)(published)
    return xw.func(category=TITLE)(published)


def _press() -> Udf:
    """Return the door for buttons, as xlwings publishes it."""

    def press(identifier: object, given: object) -> object:
        return entry.press(str(identifier), str(given or ""))

    press.__annotations__ = {}
    for argument in ("identifier", "given"):
        press = xw.arg(argument, "raw")(press)
    return xw.func(category=TITLE)(press)


zpb_press = _press()
zpb_rate = _published("ZPB_RATE")
zpb_score = _published("ZPB_SCORE")
zpb_table = _published("ZPB_TABLE")
zpb_total = _published("ZPB_TOTAL")
zpb_grade = _published("ZPB_GRADE")
zpb_weights = _published("ZPB_WEIGHTS")
zpb_why = _published("ZPB_WHY")
