"""What a form asks for around its indicators and nobody filled in: head, goals, results, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from zipingbiao.book.cells import Ref
from zipingbiao.book.formulas.tokens import references
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.drafts import Draft, beside_rows
from zipingbiao.table.find.head import FIELDS, is_label, said
from zipingbiao.table.find.head_words import labelled_parts
from zipingbiao.table.records import Gap, Project
from zipingbiao.table.words import ACHIEVED, BLANK_YEAR, GOAL_TITLE, LONGER_GOAL, SIGNATURE, STAMP

_ASKED = frozenset({"name", "unit", "year"})
_REACH = 40  # rows above and below a table in which its head, texts and signatures stand
_SURE = {"name": 0, "unit": 1, "year": 0}  # 项目, 单位 alone may mean something else


def find_gaps(draft: Draft, project: Project, texts: Mapping[str, Entry]) -> tuple[Gap, ...]:
    """Return what stands blank, or shows an error, though the form has a cell for it: each field once.

    Args:
        draft: the table with what stands around it.
        project: its head as read; a field that any place gives is not missing.
        texts: those on its own sheet, by label.
    """
    known = {field for field in FIELDS if getattr(project, field)}
    known |= {_words_asked(title) for title, entry in texts.items() if not entry.is_empty}
    found: dict[str, Gap] = {}
    for gap in _gaps(draft):
        if gap.shows:
            found.setdefault(str(gap.ref), gap)
        elif gap.field not in known:
            found.setdefault(gap.label if gap.field == "signature" else gap.field, gap)
    return tuple(found.values())


def _gaps(draft: Draft) -> Iterator[Gap]:
    sheet, right = draft.sheet, _edge(draft)
    for row in beside_rows(draft):
        if not draft.top - _REACH <= row <= draft.rows.last + _REACH:
            continue
        for column in sheet.filled(row, draft.left, right):
            text = sheet.text(row, column)
            if text:
                yield from _blank(draft, row, column, text)
            elif row < draft.top and sheet.entry(row, column).is_error:
                entry = sheet.entry(row, column)
                yield Gap("", _label_before(draft, row, column), entry.ref, entry.text)


def _edge(draft: Draft) -> int:
    """The last column of the form: what stands beyond is no part of it."""
    block = draft.block_beside
    return max(block.area.right if block is not None else 0, *(band.right for band in draft.bands))


def _blank(draft: Draft, row: int, column: int, text: str) -> Iterator[Gap]:
    """The blank cells that one text asks to fill in."""
    if row < draft.top and BLANK_YEAR.search(text):
        yield Gap("year", "年度", _source(draft.sheet.entry(row, column)))
        return
    if field := _asked(text):
        own = draft.sheet.entry(row, column)
        ref = _source(own)
        place = ref if ref != own.ref else _place(draft, row, column, field)
        if place is not None:
            yield Gap(field, labels.label(text).key, place)
        return
    for label, value in labelled_parts(text):
        if not value and (field := _asked(label)):
            yield Gap(field, labels.label(label).key, _source(draft.sheet.entry(row, column)))


@lru_cache(maxsize=8192)
def _asked(text: str) -> str:
    """What a label asks for; "" when it is no such label, or one that is stamped."""
    named, label = labels.head_field(text), labels.label(text)
    if named is not None:
        field, rank = named
        return field if field in _ASKED and rank <= _SURE[field] and not STAMP.search(label.note) else ""
    return "signature" if SIGNATURE.fullmatch(label.key) else _words_asked(label.key)


def _words_asked(key: str) -> str:
    if ACHIEVED.fullmatch(key):
        return "result"
    return "goal" if GOAL_TITLE.fullmatch(key) and not LONGER_GOAL.search(key) else ""


def _place(draft: Draft, row: int, column: int, field: str) -> Ref | None:
    """The blank cell that a label asks to fill in; None where something stands there, or it is a caption."""
    sheet, span, edge = draft.sheet, draft.sheet.span(row, column), _edge(draft)
    following = sheet.right_of(row, column, edge)
    if following is not None and not _labels(draft, following.row, following.column):
        entry = sheet.entry(following.row, following.column)
        return None if said(entry) or entry.is_error else _source(entry)
    beside = sheet.entry(row, span.right + 1) if span.right < edge else None
    if following is not None and following.column == span.right + 1:
        beside = None
    below = _below(draft, row, column)
    if field in {"goal", "result"}:
        if _is_title(draft, row):
            return None
        if following is not None and _words(draft, following) == "goal":
            return None  # 年度总体目标 before 预期目标 is a caption
        if below is not None and (said(below) or below.is_error):
            return None
        others = [
            _words(draft, sheet.grid.ref(row, at))
            for at in sheet.filled(row, draft.left, edge)
            if at != column
        ]
        beside = below if below is not None and any(others) else beside or below
    elif below is not None and _is_row_of_headings(draft, row):
        beside = None if said(below) or below.is_error else below
    elif beside is None and sheet.text(row, column)[-1] in ":：":
        beside = sheet.entry(row, column)  # filled in behind the colon
    return _source(beside) if beside is not None else None


def _is_title(draft: Draft, row: int) -> bool:
    """Whether a text stands alone above all others: 项目年度绩效目标（2023年度） is what the form is called."""
    sheet, edge = draft.sheet, _edge(draft)
    alone = len(list(sheet.filled(row, draft.left, edge))) == 1
    return alone and not any(any(sheet.filled(above, draft.left, edge)) for above in range(1, row))


def _below(draft: Draft, row: int, column: int) -> Entry | None:
    """What stands below a label of the head; None where that is a label too, or the table begins."""
    below = draft.sheet.span(row, column).bottom + 1
    if below >= draft.top > row or _labels(draft, below, column):
        return None
    return draft.sheet.entry(below, column)


def _is_row_of_headings(draft: Draft, row: int) -> bool:
    """Whether a row holds nothing but labels, one directly beside another: what they ask for stands below."""
    filled = draft.sheet.filled(row, draft.left, _edge(draft))
    ends = {draft.sheet.span(row, at).right + 1 for at in filled}
    return not ends.isdisjoint(filled) and all(_labels(draft, row, at) for at in filled)


def _words(draft: Draft, ref: Ref) -> str:
    return _words_asked(labels.label(draft.sheet.text(ref.row, ref.column)).key)


def _labels(draft: Draft, row: int, column: int) -> bool:
    """Whether a label of the form stands here."""
    text = draft.sheet.text(row, column)
    return bool(text) and (is_label(draft.sheet, row, column) or bool(_asked(text)) or labels.is_foot(text))


def _label_before(draft: Draft, row: int, column: int) -> str:
    before = draft.sheet.filled(row, draft.left, column - 1)
    text = draft.sheet.text(row, before[-1]) if before else ""
    return labels.label(text).key if text and _labels(draft, row, before[-1]) else ""


def _source(entry: Entry) -> Ref:
    """The cell to be filled in: the one on another sheet from which a formula takes its text, else this."""
    areas = references(entry.cell.formula).areas if entry.cell is not None and entry.cell.formula else ()
    other = next(((sheet, area) for sheet, area in areas if sheet is not None), None)
    return entry.ref if other is None else Ref(other[0], other[1].top, other[1].left)
