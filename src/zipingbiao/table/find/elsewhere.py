"""Funds blocks that stand on a sheet of their own, and the tables they belong to."""

from __future__ import annotations

from zipingbiao.table.find.drafts import Draft, Page
from zipingbiao.table.find.funds import Block
from zipingbiao.table.find.head import read_head
from zipingbiao.table.records import Problem, Trouble
from zipingbiao.values.spelling import label_key


def give_spare_funds(pages: list[Page]) -> dict[int, tuple[Problem, ...]]:
    """Give spare blocks to tables without funds, by project name or because only one can be meant.

    Returns the problems of tables that may have funds elsewhere but could not be matched, by the
    ``id`` of the draft.
    """
    needy = [draft for page in pages for draft in page.drafts if draft.block is None]
    spare = [(page, block) for page in pages for block in page.spare]
    left: list[tuple[Page, Block]] = []
    for page, block in spare:
        named = [draft for draft in needy if draft.block is None and _names(draft, page, block)]
        if len(named) == 1:
            named[0].block = block
        else:
            left.append((page, block))
    needy = [draft for draft in needy if draft.block is None]
    if len(left) == 1 and (only := _only(needy)) is not None and not _names_another(only, *left[0]):
        only.block = left.pop()[1]
        needy = [draft for draft in needy if draft.block is None]
    if not left:
        return {}
    sheets = tuple(dict.fromkeys(page.sheet.name for page, _ in left))
    problem = Problem(Trouble.FUNDS_ELSEWHERE, left[0][1].funds.anchor, "资金表", sheets)
    return {id(draft): (problem,) for draft in needy}


def _only(needy: list[Draft]) -> Draft | None:
    """The one table that can be meant: alone, or alone with a head (the others are listings)."""
    if len(needy) > 1:
        needy = [draft for draft in needy if draft.name]
    return needy[0] if len(needy) == 1 else None


def _head_name(page: Page, block: Block) -> str:
    sheet = page.sheet
    return read_head(sheet, block.area.top - 8, block.area.top - 1, 1, None).get("name", "")


def _names(draft: Draft, page: Page, block: Block) -> bool:
    """Whether head, title or sheet name of a funds block names the project of a table."""
    own = label_key(draft.name)
    if not own:
        return False
    if head := _head_name(page, block):
        return label_key(head) == own
    if own in label_key(page.sheet.name):
        return True
    rows = page.sheet.rows_between(block.area.top - 8, block.area.top - 1)
    return any(
        own in label_key(page.sheet.text(row, column)) for row in rows for column in page.sheet.filled(row)
    )


def _names_another(draft: Draft, page: Page, block: Block) -> bool:
    head = _head_name(page, block)
    return bool(head) and bool(draft.name) and label_key(head) != label_key(draft.name)
