""".xlsx and .xlsm by content: preflight, package, and the sheets that can hold a table, as a Book."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

from zipingbiao.book import marks
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.read.cells import CellFactory
from zipingbiao.book.read.package import WORKSHEET, Package, SheetPart, open_package
from zipingbiao.book.read.preflight import DEFAULT_LIMITS, Limits, naming, over_limit
from zipingbiao.book.read.scan import scan
from zipingbiao.errors import UnreadableError

# One of these words stands in the headings of every form, simplified or traditional.
LABEL_WORDS = frozenset(
    word
    for line in (
        "指标 目标 权重 分值 得分 评分 总分 完成 业绩 绩效 预算 执行 资金 结余 项目 单位 部门 年度 等级 偏差 原因",
        "指標 目標 權重 績效 預算 執行 資金 結餘 項目 單位 部門 等級",
    )
    for word in line.split()
)
_LABELS_NEEDED = 2
_INVISIBLE = re.compile(r"[\s\u200b\ufeff]+")
# A reference to a shared string written as nearly everybody writes it …
_SHARED_CELL = re.compile(rb'\st="s"[^<>]*>\s*<(?:\w+:)?v>\s*(\d+)\s*<')
_SHARED_TYPE = re.compile(rb'\st="s"')
# … and any type that might hold text in another way.
_OTHER_TEXT = re.compile(rb'\st\s*=\s*(?!"(?:s|n|b|e|d|shared|array|dataTable)")')


def read_book(
    path: str | os.PathLike[str], *, all_sheets: bool = False, limits: Limits = DEFAULT_LIMITS
) -> Book:
    """Read the sheets of a workbook that can hold a table; every worksheet of our template or with *all_sheets*.

    The true format counts, not the extension. The file is read once, and never written.

    Raises:
        UnreadableError: one Chinese sentence with the name of the file, the reason, and what to do.
    """
    return read_bytes(content(path, limits), str(Path(path)), all_sheets=all_sheets, limits=limits)


def content(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the bytes of a file that is not larger than the limit.

    Raises:
        UnreadableError: as :func:`read_book`.
    """
    file = Path(path)
    name = _shown(file.name or str(file))
    try:
        if file.is_dir():
            raise UnreadableError(f"{name}：这是一个文件夹，请指定其中的工作簿文件。")
        if file.stat().st_size > limits.file_bytes:
            with naming(name):
                raise over_limit("文件大小", f"{limits.file_bytes // 1_000_000} MB")
        return file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"{name}：找不到这个文件，请检查路径和文件名。") from error
    except (OSError, ValueError) as error:
        raise UnreadableError(
            f"{name}：无法打开这个文件（{error}），请检查读取权限，或关闭占用它的程序后重试。"
        ) from error


def read_bytes(data: bytes, name: str, *, all_sheets: bool = False, limits: Limits = DEFAULT_LIMITS) -> Book:
    """Read a workbook from its bytes; *name* is its path, for messages only.

    Raises:
        UnreadableError: as :func:`read_book`.
    """
    shown = _shown(name)
    with naming(re.split(r"[/\\]", shown)[-1]):
        _refuse_lock_file(shown, data)
        try:
            grids, names, notes = _read(data, limits, all_sheets=all_sheets)
        except (UnreadableError, MemoryError):
            raise
        except Exception:
            from zipingbiao.book.read.second import read_again

            # Whatever was too odd for our reader, the second one may know.
            logging.getLogger("zipingbiao").info("%s goes to the second reader", shown, exc_info=True)
            grids, names, notes = read_again(data, limits)
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return Book(path=shown, grids=grids, names=names, digest=digest, notes=notes)


def _read(
    data: bytes, limits: Limits, *, all_sheets: bool
) -> tuple[tuple[Grid, ...], dict[str, str], tuple[str, ...]]:
    package = open_package(data, limits)
    factory = CellFactory(package.formats, package.shared, date1904=package.date1904)
    grids: list[Grid] = []
    notes: list[str] = []
    text_left = limits.text
    # Of our own template the sheets without a table count too: log, findings, what the unit typed.
    every = all_sheets or marks.is_template(dict(package.names))
    for sheet, xml in _candidates(package, all_sheets=every):
        if len(grids) == limits.sheets:
            notes.append(
                f"工作表超过 {limits.sheets} 张，只读取了前 {limits.sheets} 张可能含有自评表的，请拆分工作簿。"
            )
            break
        grid, text_left = scan(
            xml,
            sheet.name,
            sheet.part,
            factory,
            visibility=sheet.visibility,
            limits=limits,
            text_left=text_left,
        )
        grids.append(grid)
    return tuple(grids), dict(package.names), tuple(notes)


def _candidates(package: Package, *, all_sheets: bool) -> Iterator[tuple[SheetPart, bytes]]:
    """Yield the worksheets that can hold a table, with their XML, in workbook order."""
    labels: dict[bytes, bool] = {}
    for sheet in package.sheets:
        if sheet.kind == WORKSHEET:
            xml = package.read(sheet.part)
            if all_sheets or _can_hold_table(xml, package.shared, labels):
                yield sheet, xml


def _can_hold_table(xml: bytes, shared: tuple[str, ...], labels: dict[bytes, bool]) -> bool:
    """Tell whether a sheet may show two different labels; when in doubt it may.

    Much cheaper than a scan: a form shows its labels within the first cells.
    """
    seen: set[bytes] = set()
    cells = 0
    for match in _SHARED_CELL.finditer(xml):
        cells += 1
        index = match[1]
        if index not in labels:
            labels[index] = _is_label(shared, int(index))
        if labels[index]:
            seen.add(index)
            if len(seen) == _LABELS_NEEDED:
                return True
    readable = b"\0" not in xml[:4] and _OTHER_TEXT.search(xml) is None
    return not readable or cells != len(_SHARED_TYPE.findall(xml))


def _is_label(shared: tuple[str, ...], index: int) -> bool:
    if index >= len(shared):
        return True  # a scan will say which cell is wrong
    text = _INVISIBLE.sub("", shared[index])
    return any(word in text for word in LABEL_WORDS)


def _refuse_lock_file(name: str, data: bytes) -> None:
    file = re.split(r"[/\\]", name)[-1]
    if file.startswith(("~$", ".~")) and not data.startswith(b"PK"):
        raise UnreadableError("是 Excel 或 WPS 打开工作簿时的锁定文件，不是工作簿，请忽略它。")


def _shown(name: str) -> str:
    """Return a name that can be printed: bytes that are no UTF-8 become replacement signs."""
    return os.fsencode(name).decode("utf-8", "replace")
