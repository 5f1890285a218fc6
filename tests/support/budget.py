"""How much a test draws: a sample in the suite, thousands in ``tests/long/run``, by the same code."""

from __future__ import annotations

import os

import pytest

LONG = os.environ.get("ZPB_LONG") == "1"
SEED = int(os.environ.get("ZPB_SEED", "1"))
"""The seed of a long run, for what is drawn without hypothesis."""

drawn = pytest.mark.drawn
"""Marks a test that draws its inputs, so that the long run finds it."""


def often(sample: int, long: int) -> int:
    """Return how many inputs to draw."""
    return long if LONG else sample
