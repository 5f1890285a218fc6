""".xlsx and .xlsm → sheets: the worksheets of the package, or those only that can hold what is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zipingbiao.book import marks
from zipingbiao.book.cells import Grid
from zipingbiao.book.read.cells import CellFactory
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.heads import heads_of
from zipingbiao.book.read.package import WORKSHEET, Package, SheetPart, package_of
from zipingbiao.book.read.scan import scan
from zipingbiao.errors import UnreadableError

_LABELS_NEEDED = 2
# A reference to a shared string written as nearly everybody writes it …
_SHARED_CELL = re.compile(rb'\st="s"[^<>]*>\s*<(?:\w+:)?v>\s*(\d+)\s*<')
_SHARED_TYPE = re.compile(rb'\st="s"')
# Any type that might hold text in another way.
_OTHER_TEXT = re.compile(rb'\st\s*=\s*(?!"(?:s|n|b|e|d|shared|array|dataTable)")')


def read_xlsx(content: Content, wanted: Wanted | None) -> Sheets:
    """Read the worksheets, with *wanted* those only that show two wanted texts; of our template all, of our 汇总表 none.

    Raises:
        UnreadableError: why it cannot be read; does not name the file.
    """
    try:
        return _read(content, wanted)
    except (UnreadableError, MemoryError):
        raise
    except Exception:
        # Whatever was too odd for our reader, the second one may know.
        import logging

        from zipingbiao.book.read.second import read_again

        logging.getLogger("zipingbiao").info("%s goes to the second reader", content.file, exc_info=True)
        return read_again(content.data, content.limits)


def _read(content: Content, wanted: Wanted | None) -> Sheets:
    limits = content.limits
    package = package_of(content.archive, content.main, limits)
    if wanted is not None and marks.OUTPUT in package.names:  # what we wrote holds none, and may be huge
        return Sheets((), package.names)
    factory = CellFactory(package.formats, package.shared, date1904=package.date1904)
    grids: list[Grid] = []
    notes: list[str] = []
    text_left = limits.text
    # Of our own template the sheets without a table count too: log, findings, what the unit typed.
    every = wanted is None or marks.is_template(package.names)
    heads: list[str] = []
    for sheet, xml in _candidates(package, None if every else wanted, heads):
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
    return Sheets(tuple(grids), package.names, tuple(notes), heads=tuple(heads))


def _candidates(
    package: Package, wanted: Wanted | None, heads: list[str]
) -> Iterator[tuple[SheetPart, bytes]]:
    """Yield the worksheets that may show wanted texts, with their XML, in workbook order; add the *heads* of all."""
    labels: dict[bytes, bool] = {}
    for sheet in package.sheets:
        if sheet.kind == WORKSHEET:
            xml = package.read(sheet.part)
            heads += heads_of(xml)
            if wanted is None or _shows_labels(xml, package.shared, labels, wanted):
                yield sheet, xml


def _shows_labels(xml: bytes, shared: tuple[str, ...], labels: dict[bytes, bool], wanted: Wanted) -> bool:
    """Tell whether a sheet may show two different wanted texts; when in doubt it may.

    Much cheaper than a scan: a form shows its labels within the first cells.
    """
    seen: set[bytes] = set()
    cells = 0
    for match in _SHARED_CELL.finditer(xml):
        cells += 1
        index = match[1]
        if index not in labels:
            labels[index] = _is_label(shared, int(index), wanted)
        if labels[index]:
            seen.add(index)
            if len(seen) == _LABELS_NEEDED:
                return True
    readable = b"\0" not in xml[:4] and _OTHER_TEXT.search(xml) is None
    return not readable or cells != len(_SHARED_TYPE.findall(xml))


def _is_label(shared: tuple[str, ...], index: int, wanted: Wanted) -> bool:
    # Of an index that points nowhere a scan will say which cell is wrong.
    return index >= len(shared) or wanted(shared[index])
