"""The outline of the report of each printed form: one module per form, named by its key, with ``OUTLINE``."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from zipingbiao.report.outline import Outline
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import SelfEvaluation


def outline_of(table: SelfEvaluation) -> Outline:
    """Return the outline of a table's form; of any other layout that of the form whose funds table it has."""
    by_rows = table.funds is not None and table.funds.by_rows
    alike = next((form for form in FORMS if bool(form.funds_by_rows) is by_rows), FORMS[0])
    form = table.form if table.form in FORMS else alike
    return cast("Outline", import_module(f"{__name__}.{form.key}").OUTLINE)
