"""Which sheets can hold a table of ours, told by their texts before they are read; files opened so.

A form shows its labels within the first cells, while most sheets of a big workbook show none.
"""

from __future__ import annotations

import os

from zipingbiao.book.cells import Book
from zipingbiao.book.given import IN_MEMORY, OnePath
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.values.regex import regex

# One of these words stands in the headings of every form, simplified or traditional.
_LABEL_WORD = regex(
    "|".join(
        (
            "指标 目标 权重 分值 得分 评分 总分 完成 业绩 绩效 预算 执行 资金 结余 项目 单位 部门 年度 等级 偏差 原因",
            "指標 目標 權重 績效 預算 執行 資金 結餘 項目 單位 部門 等級",
        )
    ).replace(" ", "|")
)
_INVISIBLE = regex(r"[\s\u200b\ufeff]+")


def could_be_label(text: str) -> bool:
    """Tell whether a text could be a heading or label of a form; any sentence that has such a word could."""
    return _LABEL_WORD.search(_INVISIBLE.sub("", text)) is not None


def open_book(path: str | os.PathLike[str]) -> Book:
    """Read a file for its tables: sheets that cannot hold one are left out, except in our own template.

    Raises:
        UnreadableError: one Chinese sentence with the name of the file, the reason, and what to do.
    """
    return read_book(path, could_be_label)


def open_bytes(data: bytes, name: str) -> Book:
    """Read the bytes of a file for its tables, as :func:`open_book`; *name* is its path, for messages.

    Raises:
        UnreadableError: as :func:`open_book`.
    """
    return read_bytes(data, name, could_be_label)


def read(source: OnePath | bytes, *, name: str = IN_MEMORY) -> Book:
    """Read a workbook: its cells as typed, each with its class, and what the file says of itself.

    Only sheets that can hold a table are in the book; of our own template all are. The true format
    counts, not the extension. Nothing is written.

    Args:
        source: a path, or the bytes of a file.
        name: what messages call a workbook that came as bytes.

    Returns:
        The book; rows and columns are counted from 1, numbers are exact Decimals as stored: a
        cell that shows 95% holds 0.95 and says that it is a percentage.

    Raises:
        UnreadableError: no workbook, damaged, encrypted or too large, in one Chinese sentence.
    """
    return open_bytes(source, name) if isinstance(source, bytes) else open_book(source)
