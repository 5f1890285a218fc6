"""A desk with a headless Excel for every test of the Excel side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import headless
from support.headless.desk import Desk
from zipingbiao.excel.live import patience


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy Excel stays busy here: nobody need wait for it."""
    monkeypatch.setattr(patience, "SECONDS", 0.1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk on which no workbook is open yet."""
    with headless.running() as excel:
        yield Desk(excel)
