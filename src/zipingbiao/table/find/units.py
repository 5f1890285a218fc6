"""The unit in which a line is measured: of its column, or bracketed in its name."""

from __future__ import annotations

from functools import lru_cache

from zipingbiao.table.entry import Entry
from zipingbiao.values.regex import regex
from zipingbiao.values.unit import Unit, is_known, parse_unit

_BRACKETED = regex(r"[（(]([^（）()]{1,8})[）)]")


def unit_of(name: str, entry: Entry | None = None) -> Unit | None:
    """Return the unit of a unit column, else the one bracketed in the name; None when neither names one."""
    if entry is not None and (unit := parse_unit(entry.text)):
        return unit
    return _unit_in(name)


@lru_cache(maxsize=8192)
def _unit_in(name: str) -> Unit | None:
    """The unit in the last brackets of a name that hold one."""
    found = [text for text in _BRACKETED.findall(name) if is_known(text)]
    return parse_unit(found[-1]) if found else None
