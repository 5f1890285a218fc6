"""What every suite shares: the office programs are optional on a desk and required in CI."""

from __future__ import annotations

import os

import pytest

from support import office

REQUIRED = os.environ.get("ZPB_REQUIRE_OFFICE") == "1"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked ``office`` where a program is missing; fail it where none may be skipped."""
    if item.get_closest_marker("office") is None:
        return
    lacks = "；".join(office.missing())
    if lacks and REQUIRED:
        pytest.fail(lacks, pytrace=False)
    if lacks:
        pytest.skip(lacks)
