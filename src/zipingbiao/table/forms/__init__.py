"""The printed forms that we know: one record each.

A form is added by its record here, a line in :data:`FORMS`, and the module of the same key in
``template/forms`` that writes it; whatever else depends on a form asks its record.
"""

from __future__ import annotations

from zipingbiao.errors import UsageError, meant
from zipingbiao.table.forms import national, shanxi
from zipingbiao.table.records import Form

FORMS: tuple[Form, ...] = (shanxi.FORM, national.FORM)
"""In the order in which a table is compared with them; the first is the one of a new workbook by default."""

OTHER = Form("other", "其他样式")
"""Any other layout: tables in it are read by their labels as well, but we print none."""


def form_of(key: str) -> Form | None:
    """Return the printed form of a key; None where there is none."""
    return next((form for form in FORMS if form.key == key), None)


def form_named(key: str | None) -> Form | None:
    """Return the printed form that a caller named; None where none was.

    Raises:
        UsageError: there is no form of this key; the sentence says which there are.
    """
    form = None if key is None else form_of(key)
    if key is None or form is not None:
        return form
    known = [one.key for one in FORMS]
    raise UsageError(f"没有名为“{key}”的样式{meant(key, known)}，可用的有：{'、'.join(known)}。")
