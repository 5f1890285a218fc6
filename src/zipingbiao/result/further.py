"""Columns that an office adds to what is handed up: those of 底稿, and what else a list of projects says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter

from zipingbiao.book.write.new_cells import Style
from zipingbiao.book.write.paper import A3_ACROSS, pixels
from zipingbiao.errors import UsageError, meant
from zipingbiao.result.columns import HANDED_UP, UNIT, ProjectColumn, of_list, working_paper
from zipingbiao.table.register import Register
from zipingbiao.values.spelling import label_key

_BETWEEN = re.compile(r"[,，、;；\s]+")
_SMALLEST = 0.75
"""Of full size: 9 points are then nearly 7, the least that an office reads on paper."""
_OF_LIST = {"一级项目": "parent", "项目类别": "category", "业务股室": "section"}
"""What only a list says, and the word for it in a row of the list; it may lack the column."""


def with_further(wanted: str | Iterable[str], register: Register | None) -> tuple[ProjectColumn, ...]:
    """Return the columns of what is handed up, with the *wanted* ones after 实施单位.

    Args:
        wanted: headings, or one text with commas between them; what stands there already is not repeated.
        register: the list of projects; None without one.

    Raises:
        UsageError: nobody knows such a column, only a list would say it, or A3 is too narrow for all of them.
    """
    texts = (wanted,) if isinstance(wanted, str) else wanted
    words = dict.fromkeys(word for text in texts for word in _BETWEEN.split(text) if word)
    known = {label_key(heading): column for heading, column in _known().items()}
    there = {label_key(column.heading) for column in HANDED_UP}
    keys = [key for key in dict.fromkeys(map(label_key, words)) if key not in there]
    for word in words:
        if label_key(word) not in {*known, *there}:
            raise UsageError(
                f"请改用下面的列名：没有“{word}”这一列{meant(word, list(_known()))}。可以加的列：{'、'.join(_known())}。"
            )
    further = [_printed(known[key]) for key in keys]
    for column in further:
        _refuse_unlisted(column.heading, register)
    place = next(at for at, column in enumerate(HANDED_UP, start=1) if column.heading == UNIT.heading)
    columns = (*HANDED_UP[:place], *further, *HANDED_UP[place:])
    if pixels(columns) * _SMALLEST > A3_ACROSS.width:
        raise UsageError(f"请少加几列：加了{len(further)}列，A3纸放不下。")
    return columns


def _known() -> Mapping[str, ProjectColumn]:
    """The columns that may be added, by their headings."""
    there = {column.heading for column in HANDED_UP}
    of_paper = [column for column in working_paper(listed=True) if column.heading not in there]
    of_the_list = [
        ProjectColumn(heading, 14, Style.TEXT, of_list(attrgetter(f"row.{name}")))
        for heading, name in _OF_LIST.items()
    ]
    return {column.heading: column for column in (*of_the_list, *of_paper)}


def _printed(column: ProjectColumn) -> ProjectColumn:
    """The column with its amounts as a paper shows them."""
    if column.style is not Style.AMOUNT:
        return column
    total = column.total
    return replace(
        column, style=Style.MONEY, total=None if total is None else replace(total, style=Style.MONEY)
    )


def _refuse_unlisted(heading: str, register: Register | None) -> None:
    """Refuse a column that would be blank because only a list could fill it."""
    always = {column.heading for column in working_paper(listed=False)}
    if heading in always:
        return
    if register is None:
        raise UsageError(f"请用 --register 同时给出名单：“{heading}”要从名单里取。")
    if heading in _OF_LIST and not any(getattr(row, _OF_LIST[heading]) for row in register.rows):
        raise UsageError(f"请在名单里加上“{heading}”一列，或者不加这一列：名单里没有填写。")
