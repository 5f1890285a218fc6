"""The open workbook from outside: attached to, worked on, and never started, saved or ended by us."""

from __future__ import annotations

import ast
import atexit
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings

import zipingbiao
from support.handed_in import handed_in
from support.headless import com_error, retry
from support.headless.desk import Desk, peoples
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.excel.at_exit import leave_excel_running
from zipingbiao.excel.desk import outside
from zipingbiao.excel.talk import Talk

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "五个项目.xlsx"


def test_the_workbook_in_front_is_scored_and_undone(desk: Desk) -> None:
    model = desk.excel.open(EXAMPLE)
    before = peoples(model)
    book = outside.active_book()
    assert book.name == EXAMPLE.name
    assert outside.run("score", book, Talk()).changed > 0
    assert peoples(model) != before
    assert outside.run("score", book, Talk()).changed == 0
    outside.run("undo", book, Talk())
    assert peoples(model) == before


def test_errors_of_the_tables_are_known(desk: Desk) -> None:
    desk.excel.open(handed_in("002"))
    result = outside.run("check", outside.active_book(), Talk()).result
    assert result is not None
    assert result.has_errors


def test_without_a_workbook_one_sentence(desk: Desk) -> None:
    with pytest.raises(UsageError, match="没有应答"):
        outside.active_book()


def test_no_excel_running() -> None:
    with pytest.raises(UsageError, match=r"没有打开着工作簿的 Excel.*zpb score"):
        outside.active_book(lambda: None)


def test_file_in_protected_view_is_no_workbook() -> None:
    no_name = SimpleNamespace()  # xlwings wraps the None that Excel gives
    app = SimpleNamespace(books=SimpleNamespace(active=no_name))
    with pytest.raises(UsageError, match="没有打开着工作簿"):
        outside.active_book(lambda: app)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (com_error(-1), "管理员身份"),
        (ImportError("xlwings"), r"py -m pip install xlwings==0\.37\.\* pyOpenVBA"),
    ],
)
def test_excel_that_does_not_answer(failure: Exception, words: str) -> None:
    def connect() -> Any:
        raise failure

    with pytest.raises(UsageError, match=words):
        outside.active_book(connect)


def test_macro_that_refuses_says_why(desk: Desk) -> None:
    model = desk.excel.open(EXAMPLE)
    book = outside.active_book()
    model.busy = True
    with pytest.raises(RefusedError, match="Excel 没有应答"):
        outside.run("score", book, Talk())


# --- WPS -----------------------------------------------------------------------------------------


@pytest.fixture
def com(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], None]:
    """Put a Windows with these running programs in the place of pywin32."""

    def use(running: dict[str, Any]) -> None:
        def active(name: str) -> Any:
            if name not in running:
                raise com_error(-2147221021, "操作无法使用", None, None)
            return running[name]

        monkeypatch.setitem(sys.modules, "win32com.client", SimpleNamespace(GetActiveObject=active))
        adapter = retry.windows_side()
        vars(adapter)["App"] = lambda xl: xl
        monkeypatch.setitem(sys.modules, retry.NAME, adapter)

    return use


@pytest.mark.parametrize("name", outside.WPS_NAMES)
def test_wps_is_reached_under_either_name(
    desk: Desk, com: Callable[[dict[str, Any]], None], name: str
) -> None:
    desk.excel.open(EXAMPLE)
    com({name: desk.excel.app})
    book = outside.active_book(outside.wps)
    assert outside.run("score", book, Talk()).changed > 0


def test_wps_not_running(com: Callable[[dict[str, Any]], None]) -> None:
    com({})
    with pytest.raises(UsageError, match="没有打开着工作簿的 WPS 表格"):
        outside.active_book(outside.wps)


# --- nobody's Excel is ended ---------------------------------------------------------------------


def test_what_xlwings_does_at_exit_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []

    def cleanup() -> None:
        ended.append("taskkill")

    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", SimpleNamespace(cleanup=cleanup))
    registered: list[Callable[..., Any]] = [cleanup]
    monkeypatch.setattr(atexit, "unregister", registered.remove)
    leave_excel_running()
    assert registered == []


def test_nothing_is_taken_back_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "xlwings._xlwindows", raising=False)
    monkeypatch.setattr(atexit, "unregister", pytest.fail)
    leave_excel_running()


def test_xlwings_still_registers_what_we_take_back() -> None:
    """When this fails, xlwings has changed: look whether at_exit.py is still needed, and enough."""
    source = (Path(xlwings.__file__).parent / "_xlwindows.py").read_text("utf-8")
    registered = [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(decorator) == "atexit.register" for decorator in node.decorator_list)
    ]
    assert registered == ["cleanup"]


def test_no_code_of_ours_starts_or_ends_excel() -> None:
    forbidden = {"quit", "kill", "Quit", "Dispatch", "DispatchEx", "EnsureDispatch", "cleanup"}
    for path in (Path(zipingbiao.__file__).parent / "excel").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in forbidden, f"{path.name}:{node.lineno}"
