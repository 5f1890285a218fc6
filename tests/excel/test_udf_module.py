"""The UDF module: importable without Excel, and called by xlwings' own machinery as Excel calls it."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from typing import Any

import pytest

from zipingbiao.excel import registry, udf_module, udfs

# xlwings' UDF side imports pywin32, which Linux has not; the parts that only talk to Excel are stubs.
SERVER = """
import json, sys
from unittest.mock import MagicMock

for name in ("pythoncom", "pywintypes", "win32api", "win32event", "win32com", "win32com.client",
             "win32com.server", "win32com.server.util", "win32com.server.dispatcher",
             "win32com.server.policy", "win32timezone"):
    sys.modules[name] = MagicMock()
import xlwings
import xlwings.udfs

xlwings._xlwindows = MagicMock()
xlwings._xlwindows.is_range_instance = lambda _: False
engine = MagicMock(impl=MagicMock(prepare_xl_data_element=lambda value, options: value))
xlwings.engines.engines_by_name["excel"] = engine
engine.name = "excel"
xlwings.func, xlwings.arg = xlwings.udfs.xlfunc, xlwings.udfs.xlarg
sys.modules["xlwings.com_server"] = MagicMock()

def tuples(value):
    return tuple(map(tuples, value)) if isinstance(value, list) else value

answers = [
    xlwings.udfs.call_udf("zipingbiao.excel.udf_module", name, tuples(given))
    for name, given in json.loads(sys.stdin.read())
]
import zipingbiao.excel.udf_module as module
help_ = {
    name: [info["category"], info["ret"]["doc"], [[each["name"], each["doc"], "optional" in each] for each in info["args"]]]
    for name in dir(module) if (info := getattr(getattr(module, name), "__xlfunc__", None))
}
print(json.dumps([answers, help_]))
"""
MISSING = -2147352572  # what an argument that was left out becomes on its way
CALLS: list[tuple[str, list[Any]]] = [
    ("zpb_score", ["合格率", "≥95%", "85%", 10.0, None, None]),
    ("zpb_score", ["合格率", "≥95%", "85%", 10.0, MISSING, MISSING]),
    (
        "zpb_score",
        [[["合格率"], [None]], [["≥95%"], [None]], [["85%"], [None]], [[10.0], [None]], None, None],
    ),
    ("zpb_rate", ["合格率", "≥95%", "#DIV/0!", None]),
    ("zpb_table", [[["三级指标", "目标值", "业绩值", "分值"], ["合格率", "≥95%", "85%", 10.0]], None, None]),
    ("zpb_total", [[[8.95], [10.0]], None]),
    ("zpb_grade", [90.0, "shanxi"]),
]
PRESS = ("zpb_press", ["choose_rules", "choice\tauto\n"])


@pytest.fixture(scope="module")
def served() -> tuple[list[object], dict[str, object]]:
    """What xlwings' server answers, and the help that it would hand to Excel."""
    done = subprocess.run(
        [sys.executable, "-c", SERVER],
        input=json.dumps([*CALLS, PRESS]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers, texts = json.loads(done.stdout)
    return answers, texts


def table(value: object) -> object:
    """The server always answers with rows; Excel gets a single one as a value."""
    return value if isinstance(value, list) else [[value]]


def test_the_server_of_xlwings_gives_what_the_functions_give(served: tuple[list[object], object]) -> None:
    plain = [(name, [None if each == MISSING else each for each in given]) for name, given in CALLS]
    assert served[0][:-1] == [table(getattr(udfs, name)(*given)) for name, given in plain]
    assert served[0][0] == served[0][1] == [[8.95]]


def test_a_button_is_answered_with_one_text(served: tuple[list[object], object]) -> None:
    assert served[0][-1] == [["rules\n\n\n"]]


def test_xlwings_knows_the_help_of_the_registry(served: tuple[object, dict[str, object]]) -> None:
    helped = {name: said for name, said in served[1].items() if name != PRESS[0]}
    assert helped == {
        function.name.lower(): [
            "绩效自评",
            function.help,
            [[argument.name, argument.help, argument.optional] for argument in function.arguments],
        ]
        for function in registry.FUNCTIONS
    }


@pytest.mark.parametrize("function", registry.FUNCTIONS, ids=lambda function: function.name)
def test_without_excel_a_published_function_is_the_plain_one(function: registry.Function) -> None:
    name = function.name.lower()
    published = getattr(udf_module, name)
    assert inspect.signature(published) == inspect.signature(getattr(udfs, name))
    assert (published.__name__, published.__doc__) == (name, function.help)


def test_a_published_function_computes() -> None:
    assert udf_module.zpb_score("合格率", "≥95%", "85%", 10) == 8.95
