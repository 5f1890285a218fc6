"""The headless Excel types and answers as Excel does, and fails loudly where it knows no answer."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal

import pytest
import xlwings

from support.headless import Error, Excel, Held, Workbook, Worksheet, com_error, running
from support.headless.cells import formula, raw, typed
from zipingbiao.excel.live import patience

DATE, DAY = dt.datetime.fromisoformat("2025-03-05"), 45721.0


@pytest.mark.parametrize(
    ("data", "held"),
    [
        (8, Held(8.0)),
        (True, Held(True)),
        ("", Held()),
        ("12", Held(12.0)),
        ("1,234.5", Held(1234.5)),
        ("(5)", Held(-5.0)),
        ("¥12", Held(12.0)),
        ("1E5", Held(100000.0, None, "0.00E+00")),
        ("95%", Held(0.95, None, "0%")),
        ("９５.５％", Held(0.955, None, "0.00%")),
        ("2025-03-05", Held(DAY, None, "yyyy/m/d")),
        ("2025年3月5日", Held(DAY, None, "yyyy/m/d")),
        ("110101199003071234", Held(110101199003071000.0)),
        ("true", Held(True)),
        ("#N/A", Held(Error("#N/A"))),
        ("=A1*2", Held(None, "A1*2")),
        ("+A1", Held(None, "A1")),
        ("'=A1", Held("=A1")),
        ("95个", Held("95个")),
        ("2025-13-45", Held("2025-13-45")),
        (DATE, Held(DAY, None, "yyyy/m/d")),
    ],
)
def test_what_is_assigned_is_typed(data: object, held: Held) -> None:
    assert typed(Held(), data) == held


@pytest.mark.parametrize(
    ("data", "value"), [("95%", "95%"), ("=A1", "=A1"), ("'7", "7"), (7, "7"), (0.5, "0.5"), (True, "TRUE")]
)
def test_a_text_cell_makes_text_of_everything(data: object, value: str) -> None:
    assert typed(Held(format="@"), data) == Held(value, None, "@")


def test_a_cell_keeps_a_format_of_its_own() -> None:
    assert typed(Held(format="0.00"), "95%") == Held(0.95, None, "0.00")


@pytest.mark.parametrize(
    ("held", "value", "text"),
    [
        (Held(12.0), 12.0, "12"),
        (Held(12.34567, None, "¥#,##0.00"), Decimal("12.3457"), "12.34567"),
        (Held(DAY, None, "yyyy-mm-dd"), DATE, "45721"),
        (Held(Error("#DIV/0!"), "1/0"), -2146826281, "=1/0"),
        (Held("=A1"), "=A1", "=A1"),
        (Held(), None, ""),
    ],
)
def test_what_a_cell_answers(held: Held, value: object, text: str) -> None:
    assert raw(held) == value
    assert formula(held) == text


def workbook(excel: Excel) -> tuple[Workbook, Worksheet]:
    model = Workbook("簿.xlsx")
    model.sheets = [
        Worksheet("表", model, {(1, 1): Held(2.0), (2, 1): Held(None, "A1*2"), (3, 1): Held(Error("#N/A"))})
    ]
    model.active = model.sheets[0]
    excel.show(model)
    return model, model.sheets[0]


def test_formulas_follow_what_is_written() -> None:
    with running() as excel:
        _, sheet = workbook(excel)
        target = xlwings.Book.caller().sheets[0].range("A1:A3")
        target.value = [[5], ["=A1*3"], [None]]
        assert target.options(ndim=2).value == [[5.0], [15.0], [None]]
        assert list(target.formula) == [("5",), ("=A1*3",), ("",)]
        assert (sheet.reads, sheet.writes) == (2, 1)


def test_errors_are_blanks_unless_asked_for() -> None:
    with running() as excel:
        workbook(excel)
        target = xlwings.Book.caller().sheets["表"].range("A3")
        assert target.value is None
        assert target.options(err_to_str=True).value == "#N/A"


def test_refusals_are_those_of_com() -> None:
    with running() as excel:
        model, sheet = workbook(excel)
        book = xlwings.Book.caller()
        sheet.protected = True
        with pytest.raises(com_error):
            book.sheets[0].range("A1").value = 1
        model.busy = True
        with patience.limited(0.2), pytest.raises(com_error):
            _ = book.sheets[0]
        assert 3 <= model.calls <= 40


def test_a_busy_excel_is_asked_again_and_answers_once_it_can() -> None:
    """As with somebody who finishes a cell meanwhile; the wrapper is xlwings' own."""
    with running() as excel:
        model, _ = workbook(excel)
        model.busy = True
        threading.Timer(0.2, lambda: setattr(model, "busy", False)).start()
        with patience.limited(5):
            assert xlwings.Book.caller().sheets[0].name == "表"


def test_without_a_limit_xlwings_asks_without_end() -> None:
    """Why there is one; the refused call ends here because Excel becomes ready."""
    with running() as excel:
        model, _ = workbook(excel)
        model.busy = True
        threading.Timer(0.3, lambda: setattr(model, "busy", False)).start()
        assert xlwings.Book.caller().sheets[0].name == "表"
        assert model.calls > 1000


def test_an_unknown_call_fails_loudly() -> None:
    with running() as excel:
        workbook(excel)
        with pytest.raises(NotImplementedError):
            _ = xlwings.Book.caller().sheets[0].range("A1").color


def test_nothing_is_left_behind() -> None:
    with running() as excel:
        workbook(excel)
    assert xlwings.engines.active is None
    assert "excel" not in xlwings.engines.engines_by_name
    assert not hasattr(xlwings.Book, "_mock_caller")
