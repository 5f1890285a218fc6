"""A plan into the bytes of a workbook, without losing a byte of anything else."""

from __future__ import annotations

import hashlib

from zipingbiao.book.changes import Plan, PlanError
from zipingbiao.book.read.package import WORKSHEET, Package, open_package
from zipingbiao.book.write.calc_chain import without_calc_chain
from zipingbiao.book.write.footer_xml import with_footer
from zipingbiao.book.write.sheet_patch import patch_sheet
from zipingbiao.book.write.styles_xml import PlainStyles
from zipingbiao.book.write.workbook_xml import recalculated, with_names
from zipingbiao.book.write.xml_bytes import require_utf8
from zipingbiao.book.write.zip_copy import rewrite
from zipingbiao.errors import RefusedError, UnreadableError


def patch(data: bytes, plan: Plan) -> bytes:
    """Return the workbook with the plan carried out.

    Only the planned cells and rows change in their sheets, and in the workbook part the names and,
    where a cell changed, full recalculation on load; every other part keeps its bytes and its
    place. Where a number would be seen as a percent or a date its cell gets a style more, behind the others.
    Only the list of formulas (calcChain) goes when a formula is taken away: Excel makes it
    anew, but takes a workbook for damaged whose list names a cell without formula. Text longer
    than a cell holds is cut. A plan that changes nothing returns the very same bytes.

    Args:
        data: an .xlsx or .xlsm file.
        plan: made from exactly these bytes.

    Raises:
        RefusedError: the plan was made from other bytes, or the file is built in a way that cannot
            be changed without touching the rest: a formula to be replaced is an array formula or
            shared with other cells, or something that nobody foresaw (the log has the rest).
        PlanError: the plan itself is wrong: no such sheet, a formula taken for a value or the
            other way round, a cell inside a merged range, a name that cannot hold its text.
    """
    if hashlib.blake2b(data, digest_size=16).hexdigest() != plan.digest:
        raise RefusedError("文件在读取后被修改，没有写入；请重新运行，以免覆盖他人的修改。")
    try:
        package = open_package(data)
        replaced = _changed_parts(package, plan)
        return rewrite(data, replaced) if replaced else data
    except (RefusedError, PlanError, MemoryError):
        raise
    except UnreadableError as error:
        raise RefusedError(f"没有写入：{error}") from error
    except Exception as error:
        import logging

        logging.getLogger("zipingbiao").info("a workbook cannot be patched", exc_info=True)
        raise RefusedError(
            "工作簿的内部结构特殊，没有写入；请用 Excel 或 WPS 打开后另存为 .xlsx，再重试。"
        ) from error


def _changed_parts(package: Package, plan: Plan) -> dict[str, bytes | None]:
    """Return the parts that differ once the plan is carried out, None for one that goes."""
    changed: dict[str, bytes | None] = {}
    parts = {sheet.name: sheet.part for sheet in package.sheets if sheet.kind == WORKSHEET}
    styles = PlainStyles(package)
    in_cells, footers = False, {footer.sheet: footer for footer in plan.footers}
    for sheet in dict.fromkeys([each.ref.sheet for each in plan.changes] + [row.sheet for row in plan.rows]):
        if sheet not in parts:
            raise PlanError(f"the plan names a sheet that does not exist: {sheet}")
        changes = [change for change in plan.changes if change.ref.sheet == sheet]
        rows = {row.row: row for row in plan.rows if row.sheet == sheet}
        old = require_utf8(package.read(parts[sheet]))
        new = patch_sheet(old, parts[sheet], changes, rows, styles)
        if sheet in footers:
            new = with_footer(new, parts[sheet], footers[sheet])
        if new != old:
            changed[parts[sheet]] = new
            in_cells = in_cells or bool(changes)
    changed |= styles.changed()
    if in_cells and any(change.formula == "" for change in plan.changes):
        changed |= without_calc_chain(package)
    part = package.workbook
    old = new = package.read(part)
    if plan.names:
        new = with_names(require_utf8(new), part, plan.names)
    if in_cells:
        new = recalculated(require_utf8(new), part)
    return changed if new == old else changed | {part: new}
