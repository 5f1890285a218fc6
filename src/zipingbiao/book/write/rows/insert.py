"""Rows inserted into a sheet, as a person inserts them in Excel, with every other byte of the file kept."""

from __future__ import annotations

import logging

from zipingbiao.book.read import read_bytes
from zipingbiao.book.read.package import WORKSHEET, open_package
from zipingbiao.book.write.calc_chain import without_calc_chain
from zipingbiao.book.write.rows.beside import changed_beside, with_moved_names
from zipingbiao.book.write.rows.formulas import ODD
from zipingbiao.book.write.rows.moving import Insertion
from zipingbiao.book.write.rows.sheet import with_formulas, with_rows_in
from zipingbiao.book.write.xml_bytes import require_utf8
from zipingbiao.book.write.zip_copy import rewrite
from zipingbiao.errors import RefusedError, UnreadableError


def with_rows(data: bytes, insertion: Insertion) -> bytes:
    """Return a workbook with new rows in one sheet.

    The new rows have the cells, look, height, merged cells and formulas of the model row, and no values;
    formulas, names, formats, validations, breaks, notes and drawings follow their rows. A formula that
    several cells share becomes each cell's own. Results of formulas stay as they were cached. No row to
    insert, the very same bytes.

    Args:
        data: an .xlsx or .xlsm file.
        insertion: the sheet, which it must have, and the rows.

    Raises:
        RefusedError: something in the file cannot be moved (a pivot table), or the file is built in an unusual way.
    """
    if not insertion.count:
        return data
    try:
        return _with_rows(data, insertion)
    except (RefusedError, MemoryError):
        raise
    except UnreadableError as error:
        raise RefusedError(f"没有写入：{error}") from error
    except Exception as error:
        logging.getLogger("zipingbiao").info("rows cannot be inserted", exc_info=True)
        raise RefusedError(ODD) from error


def _with_rows(data: bytes, insertion: Insertion) -> bytes:
    package, book = open_package(data), read_bytes(data, "工作簿.xlsx")
    changed: dict[str, bytes | None] = {}
    for sheet in package.sheets:
        if sheet.kind != WORKSHEET:
            continue
        old = require_utf8(package.read(sheet.part))
        renewed = with_rows_in if sheet.name == insertion.sheet else with_formulas
        changed[sheet.part] = renewed(old, sheet.part, book.grid(sheet.name), insertion)
        if sheet.name == insertion.sheet:
            changed |= changed_beside(package, sheet.part, insertion)
    workbook = package.workbook
    changed[workbook] = with_moved_names(require_utf8(package.read(workbook)), workbook, insertion)
    changed |= without_calc_chain(package)
    kept = {part: new for part, new in changed.items() if new is None or new != package.read(part)}
    return rewrite(data, kept)
