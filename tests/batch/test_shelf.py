"""The shelf of a large batch: what lies in its file comes back, and the file is closed however its last user goes."""

from __future__ import annotations

import gc
import warnings

from support.handed_in import FILES
from zipingbiao.batch.records import record_of
from zipingbiao.batch.shelf import Shelf
from zipingbiao.result.examine import examine


def test_what_lies_in_the_file_comes_back() -> None:
    record = record_of(examine(FILES[0]))
    assert Shelf().laid(record) == record


def test_a_file_that_an_exception_kept_is_closed() -> None:
    """As after Ctrl-C: exception, traceback, frame and shelf hold each other until Python looks for such circles."""
    kept: list[object] = [Shelf()]
    kept.append(kept)
    del kept
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        gc.collect()
    assert [str(warning.message) for warning in said] == []
