"""How each printed form is written: one module per form, named by its key."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from zipingbiao.table.records import Form
from zipingbiao.template.lines import Table
from zipingbiao.template.page import Page


class Writer(Protocol):
    """What such a module has.

    Attributes:
        COLUMNS: column by role, counted from 0; what is not printed begins with 调整后目标值.
    """

    COLUMNS: Mapping[str, int]

    def write(self, page: Page) -> Table:
        """Write the whole printed form and what stands beside it; return where its indicators stand."""


def writer(form: Form) -> Writer:
    """Return the writer of one of :data:`zipingbiao.table.forms.FORMS`."""
    return cast("Writer", import_module(f"{__name__}.{form.key}"))
