"""What a press leaves behind: no hold on the workbook, and of a fault the place in our code but no value."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from support.computers import healthy
from support.headless import retry
from support.headless.desk import Desk
from support.headless.foreign import foreign
from zipingbiao.errors import ZipingbiaoError
from zipingbiao.excel import entry, macros
from zipingbiao.excel.live import journal

VALUE = "王五 12345.67"


@pytest.fixture
def adapter(monkeypatch: pytest.MonkeyPatch) -> Any:
    """xlwings' side of Windows, as far as a press touches it."""
    made: Any = retry.windows_side()
    made.BOOK_CALLER = object()
    monkeypatch.setitem(sys.modules, retry.NAME, made)
    return made


def test_the_workbook_that_called_is_let_go(desk: Desk, adapter: Any) -> None:
    """Held on, it would keep an Excel without a window running after somebody closed it."""
    desk.excel.open(foreign())
    assert entry._caller() is not None
    assert adapter.BOOK_CALLER is None


def test_without_a_workbook_nothing_is_held_either(desk: Desk, adapter: Any) -> None:
    with pytest.raises(ZipingbiaoError, match="没有可以处理的工作簿"):
        entry._caller()
    assert adapter.BOOK_CALLER is None


def test_the_log_says_where_in_our_code_a_fault_was_and_never_a_value(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = healthy(tmp_path).computer()
    monkeypatch.setattr(journal, "this_computer", lambda: here)
    monkeypatch.setattr(macros, "score", _broken)
    desk.excel.open(foreign())
    desk.press("score")
    line = journal.files(here)[0].read_text("utf-8")
    where = json.loads(line)["where"]
    assert where
    assert [place for place in where if not place.startswith("excel/")] == []
    name, _, number = where[0].partition(":")
    source = (Path(entry.__file__).parents[1] / name).read_text("utf-8").splitlines()
    assert "(macros, identifier)" in source[int(number) - 1]
    assert VALUE not in line
    assert str(tmp_path) not in line


def _broken(*_: object) -> None:
    raise ValueError(VALUE)


def test_frames_of_other_packages_are_left_out() -> None:
    with pytest.raises(ValueError, match="Expecting") as raised:
        json.loads("{")
    assert journal.frames(raised.value) == ()
