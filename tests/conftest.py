"""What every suite shares: how much is drawn; the office programs are optional on a desk and required in CI."""

from __future__ import annotations

import gc
import os
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from support import browser, budget, office

REQUIRED = os.environ.get("ZPB_REQUIRE_OFFICE") == "1"

settings.register_profile("drawn", max_examples=budget.often(25, 1000), deadline=None)
settings.load_profile("drawn")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what hypothesis draws, so that the long run finds it."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(budget.drawn)


_OBJECTS_BEFORE_A_LOOK = gc.get_threshold()
_CACHES = tempfile.TemporaryDirectory(prefix="zpb-caches-")
_NUMBERS = count()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give each test a cache of its own, and none the developer's.

    Skip a test marked ``office`` or ``browser`` where a program is missing; fail it where none may be skipped.
    """
    os.environ["ZPB_CACHE"] = str(Path(_CACHES.name) / str(next(_NUMBERS)))
    for marker, programs in (("office", office), ("browser", browser)):
        lacks = "；".join(programs.missing()) if item.get_closest_marker(marker) is not None else ""
        if lacks and REQUIRED:
            pytest.fail(lacks, pytrace=False)
        if lacks:
            pytest.skip(lacks)


def pytest_runtest_teardown() -> None:
    """Let Python look for what may go as before: ``cli.main`` ends a process, and a test of it does not."""
    gc.unfreeze()
    gc.set_threshold(*_OBJECTS_BEFORE_A_LOOK)
