"""Exceptions for the tool itself; what a user typed never raises (see :mod:`zipingbiao.scoring.finding`)."""

from __future__ import annotations


class ZipingbiaoError(Exception):
    """A failure that one clear Chinese sentence explains: what, where, what to do."""


class UnreadableError(ZipingbiaoError):
    """The file is no workbook that can be read: wrong format, damaged, encrypted, over a limit."""


class RefusedError(ZipingbiaoError):
    """A write was refused and nothing was changed: file open elsewhere, changed since, read-only."""


class UsageError(ZipingbiaoError):
    """The command was called with arguments that do not fit together."""
