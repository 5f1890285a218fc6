"""The page in Firefox: ready, its self-check right, a workbook scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import browser, budget, marionette
from zipingbiao.deliver.page import page as build
from zipingbiao.template.examples import examples

pytestmark = [
    budget.drawn,
    pytest.mark.skipif(not budget.LONG, reason="only in tests/long/run"),
    pytest.mark.skipif(
        marionette.firefox() is None, reason="Firefox is missing: apt-get install firefox-esr"
    ),
    pytest.mark.skipif(browser.pyodide() is None, reason=f"no pyodide in {browser.PYODIDE_VARIABLE}"),
]


def test_the_page_works_in_firefox(tmp_path: Path) -> None:
    package = browser.pyodide()
    assert package is not None
    made = build(tmp_path / "page.html", pyodide=package).file
    with marionette.window() as window:
        window.open(made)
        window.wait("body.ready")
        window.click("#self-check")
        assert "5个样表全部一致" in window.wait("#self-check-result", "用时")
        file = next(examples().glob("001*.xlsx"))
        window.drop(file)
        assert "93.08" in window.wait("#result", "核算总分")
