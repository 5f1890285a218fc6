"""What stands in words: goals, results and analysis around a table, and our sheets 文字材料 and 佐证材料."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zipingbiao.book.cells import Book, Cell, Grid, Ref
from zipingbiao.table import ours
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.bands import Bands, printed_bands
from zipingbiao.table.find.drafts import Draft, beside_rows
from zipingbiao.table.find.sheet import Sheet, text_of
from zipingbiao.table.records import Evidence, Project
from zipingbiao.table.words import ACHIEVED, ANALYSIS, GOAL_TITLE, NOTE, STATES_RESULT
from zipingbiao.values.frozen import frozen
from zipingbiao.values.numerals import with_years
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key
from zipingbiao.values.typed import parse_text

__all__ = ["Around", "Materials", "read_around", "read_materials"]

TITLE, RESULT = "标题", "自评结果"
"""Keys of texts without a label: the title that names a year, and the sentence that states the total."""

# Signs of which every such label has one: most cells around a table have none in their first words.
_SIGNS = frozenset("标成析法论果概要立制划途情问措建需")
_LABEL_REACH = 30
_COLON = regex(r"[:：\n]")
_LABEL = regex(r"([^\s:：]{2,12})\s*[:：]")
_SENTENCE = regex(r"[,，。；;]")
_YEAR = regex(r"20\d\d\s*年度")
_SHORTEST_SENTENCE = 12
_SHORTEST_PHRASE = 2


# ------------------------------------------------------------------ around a table


@dataclass
class Around:
    """What the rows outside a table's own lines say, and where the fields of its head stand."""

    texts: dict[str, Entry] = field(default_factory=dict)
    head: dict[str, Ref] = field(default_factory=dict)
    bands: Bands = ()


def read_around(draft: Draft, project: Project) -> Around:
    """Return the texts on the sheet of a table by their labels; the first filled one of each counts."""
    sheet, found, written, held = draft.sheet, Around(), list[str](), set[Ref]()
    for row in beside_rows(draft):
        for column in sheet.filled(row, draft.left, draft.right):
            text = sheet.text(row, column)
            if not text:
                continue
            written.append(text)
            _take_head(found.head, draft, project, (row, column), text)
            said = _labelled(draft, row, column, text) or _unlabelled(draft, row, column, text)
            if said is not None and not said[1].is_empty and said[1].ref not in held:
                held.add(found.texts.setdefault(*said).ref)
    found.bands = printed_bands(written)
    return found


def _labelled(draft: Draft, row: int, column: int, text: str) -> tuple[str, Entry] | None:
    """A label with the text beside, behind its colon, or below it."""
    if _SIGNS.isdisjoint(text[:_LABEL_REACH]):
        return None
    if title := _title(text):
        entry = _beside(draft, row, column) or _below(draft.sheet, row, column)
        return (title, entry) if entry is not None else None
    head, *rest = _COLON.split(text, maxsplit=1)
    said = "".join(rest).strip()
    if not said or not (title := _title(head)):
        return None
    return title, _part(draft.sheet, row, column, said)


def _unlabelled(draft: Draft, row: int, column: int, text: str) -> tuple[str, Entry] | None:
    """A sentence that states the result of the evaluation, or the title that names its year."""
    if len(text) > labels.LONGEST_LABEL or _SENTENCE.search(text):
        title = RESULT if len(text) >= _SHORTEST_SENTENCE and STATES_RESULT.search(text) else ""
    else:
        title = TITLE if row < draft.top and _title_of_year(text) else ""
    if not title or NOTE.match(text):
        return None
    return title, _part(draft.sheet, row, column, text)


def _title_of_year(text: str) -> str:
    """A text that names the year of a table, 二〇二四年度 with digits; "" for any other."""
    titled = with_years(text) if "年度" in text else ""
    return titled if _YEAR.search(titled) else ""


def _part(sheet: Sheet, row: int, column: int, text: str) -> Entry:
    return Entry(sheet.grid.ref(row, column), sheet.grid.at(row, column), text, parse_text(text))


def _beside(draft: Draft, row: int, column: int) -> Entry | None:
    sheet = draft.sheet
    place = sheet.right_of(row, column, draft.right)
    text = sheet.text(place.row, place.column) if place is not None else ""
    return None if place is None or not text or _is_label(text) else sheet.entry(place.row, place.column)


def _below(sheet: Sheet, row: int, column: int) -> Entry | None:
    """A sentence directly below; a short text there is a label of its own, except below a row of titles."""
    place = sheet.right_of(row, column)
    if place is not None and not _is_label(sheet.text(place.row, place.column)):
        return None
    below = sheet.span(row, column).bottom + 1
    entry = sheet.entry(below, column)
    text = text_of(entry.cell)
    said = _SENTENCE.search(text) or (len(text) >= _SHORTEST_PHRASE and _heads_texts(sheet, row, below))
    return entry if said and not _is_label(text) else None


def _heads_texts(sheet: Sheet, row: int, below: int) -> bool:
    """Whether a row of several titles (预期目标 | 实际完成情况) stands over their texts, be they phrases."""
    titles = sum(bool(_title(sheet.text(row, column))) for column in sheet.filled(row))
    return titles > 1 and not any(_is_label(sheet.text(below, column)) for column in sheet.filled(below))


def _title(text: str) -> str:
    """The label of a text in words as its key; "" when it is none."""
    if len(text) > _LABEL_REACH:
        return ""
    key = labels.label(text).key
    known = GOAL_TITLE.fullmatch(key) or ACHIEVED.fullmatch(key) or ANALYSIS.fullmatch(key)
    return key if known else ""


def _is_label(text: str) -> bool:
    first = _COLON.split(text, maxsplit=1)[0]
    if _SENTENCE.search(first):
        return False  # 分析存在的问题及原因。 speaks of them
    return bool(_title(first)) or (
        labels.heading(text) is not None
        or labels.opens_head(text)
        or labels.source(text) is not None
        or (len(text) <= _LABEL_REACH and labels.is_foot(text))
    )


def _take_head(
    found: dict[str, Ref], draft: Draft, project: Project, place: tuple[int, int], text: str
) -> None:
    """Remember where a field of the head stands: beside or below its label, behind the colon, in a title."""
    sheet, (row, column) = draft.sheet, place
    is_title = row < draft.top and _SENTENCE.search(text) is None
    if is_title and project.year and project.year in _title_of_year(text):
        found.setdefault("year", sheet.grid.ref(row, column))
    named = labels.head_field(text)
    if named is not None:
        beside = sheet.right_of(row, column, draft.right)
        places = [(beside.row, beside.column)] if beside is not None else []
        _remember(found, sheet, project, named[0], [*places, (sheet.span(row, column).bottom + 1, column)])
    elif _COLON.search(text):
        for label in _LABEL.findall(text):
            if (named := labels.head_field(label)) is not None:
                _remember(found, sheet, project, named[0], [place])


def _remember(
    found: dict[str, Ref], sheet: Sheet, project: Project, name: str, places: Sequence[tuple[int, int]]
) -> None:
    """The first of these places that holds the field as it was read."""
    value = getattr(project, name)
    entries = (sheet.entry(*place) for place in places if value and name not in found)
    ref = next((entry.ref for entry in entries if value in entry.shown), None)
    if ref is not None:
        found[name] = ref


# ------------------------------------------------------------------ our sheets 文字材料, 佐证材料


@frozen
class _Line:
    """One line of a sheet of ours: sheet and project that it is for, what it is about, and its cell."""

    sheet: str
    project: str
    about: str
    ref: Ref
    cell: Cell | None


@frozen
class Materials:
    """The lines of 文字材料 and 佐证材料; None for a sheet that the workbook does not have."""

    sections: tuple[_Line, ...] = ()
    evidence: tuple[_Line, ...] | None = None

    def texts_of(self, project: Project, sheet: str, sheets: Sequence[str]) -> dict[str, Entry]:
        """Return the sections of one project, whose table stands on *sheet*, one of *sheets*."""
        own = (line for line in self.sections if _belongs(line, project, sheet, sheets))
        return {labels.label(line.about).key: Entry.of(line.ref, line.cell) for line in own}

    def evidence_of(self, project: Project, sheet: str, sheets: Sequence[str]) -> tuple[Evidence, ...] | None:
        """Return the documents listed for one project; None where the sheet is missing."""
        if self.evidence is None:
            return None
        own = (line for line in self.evidence if _belongs(line, project, sheet, sheets))
        return tuple(Evidence(line.about, text_of(line.cell), line.ref) for line in own)


def read_materials(book: Book) -> Materials:
    """Return what stands on 文字材料 and 佐证材料 of our template; nothing for anybody else's workbook."""
    if ours.of(book.names) is None:
        return Materials()
    sheets = {grid.sheet: grid for grid in book}
    written = _lines(sheets.get(ours.Sheet.TEXTS), "章节", "内容")
    proofs = _lines(sheets.get(ours.Sheet.EVIDENCE), "对应指标", "材料名称")
    return Materials(
        tuple(line for line in written or () if line.about),
        None if proofs is None else tuple(line for line in proofs if line.about or text_of(line.cell)),
    )


def _lines(grid: Grid | None, about: str, content: str) -> tuple[_Line, ...] | None:
    """The lines below the headings; None without the sheet or one of the headings."""
    if grid is None:
        return None
    headings = {text_of(grid.at(ours.HEADING_ROW, at)): at for at in grid.rows.get(ours.HEADING_ROW, ())}
    if not headings.keys() >= {about, content, "所属项目"}:
        return None
    at, sheet = headings[content], headings.get("工作表", 0)
    return tuple(
        _Line(
            text_of(grid.at(row, sheet)),
            text_of(grid.at(row, headings["所属项目"])),
            text_of(grid.at(row, headings[about])),
            grid.ref(row, at),
            grid.at(row, at),
        )
        for row in grid.rows
        if row >= ours.FIRST_ROW
    )


def _belongs(line: _Line, project: Project, sheet: str, sheets: Sequence[str]) -> bool:
    """By the name of the sheet, else by the project; a workbook with one project owns every line."""
    if line.sheet in sheets:
        return line.sheet == sheet
    if len(sheets) == 1:
        return True
    own = {label_key(name) for name in (project.name, project.code, sheet) if name}
    return bool(line.project) and label_key(line.project) in own
