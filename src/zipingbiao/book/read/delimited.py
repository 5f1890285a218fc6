"""Text between tabs, commas or semicolons (.csv, .txt, or named .xls) → one sheet of texts."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.decoded import decoded
from zipingbiao.book.read.filling import Budget, Filling, finished, written_cell
from zipingbiao.book.read.preflight import over_limit
from zipingbiao.errors import UnreadableError

SHEET = "表1"
"""What the one sheet of a file is called that has no name for it."""

_SEPARATORS = "\t,;"
_SAMPLE = 300  # rows that tell the separator
_TEXT_NAMES = (".csv", ".tsv", ".txt", ".prn", ".xls", ".xlsx", ".et", ".html", ".htm", ".xml")


def read_delimited(content: Content, wanted: Wanted | None) -> Sheets:
    """Read a table of plain text; numbers stay as they are written: ``95%`` is a text.

    Quoted fields may hold line breaks. The separator is the one that gives the most rows of equal width.

    Raises:
        UnreadableError: it holds no table, or exceeds a limit; does not name the file.
    """
    text, notes = decoded(content.data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a\0")
    separator = _separator(text)
    if separator is None:
        raise UnreadableError(_without_table(content.file))
    budget = Budget(content.limits)
    filling = Filling(SHEET, budget)
    try:
        for number, row in enumerate(_rows(text, separator), 1):
            budget.spend(1 + len(row))
            for column, field in enumerate(row, 1):
                if field.strip():
                    filling.put(number, column, written_cell(field))
    except csv.Error as error:  # the only complaint of a reader that takes everything
        raise over_limit("一个单元格的文字", f"{csv.field_size_limit()} 字") from error
    return finished([filling], content.limits, wanted, notes=notes)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    # With an odd quotation mark somewhere, one field would swallow the rest of the file.
    quoted = text.count('"') % 2 == 0
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )


def _separator(text: str) -> str | None:
    """The sign that gives the most rows of one width, of two columns at least; None where none does twice."""
    best, found = 1, None
    for separator in _SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for _, row in zip(range(_SAMPLE), _rows(text, separator), strict=False):
                widths[len(row)] += len(row) > 1
        except csv.Error:  # the reading says so
            pass
        rows = max(widths.values(), default=0)
        if rows > best:
            best, found = rows, separator
    return found


def _without_table(file: str) -> str:
    if file.lower().endswith(_TEXT_NAMES):
        return "内容是纯文本，其中没有表格，请提供 Excel 原文件。"
    return "内容是纯文本，与扩展名不符，其中也没有表格，可能没有下载完整，请向提供者重新获取原文件。"
