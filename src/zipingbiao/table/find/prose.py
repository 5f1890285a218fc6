"""What a report says in words: its texts by the keys of 文字材料, its evidence, and what belongs nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from zipingbiao.book.blocks import Paragraph
from zipingbiao.book.cells import BODY, Book, Cell, CellClass, Grid, Ref
from zipingbiao.table import report_words as words
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.head import project
from zipingbiao.table.find.outline import Chapter, Line, Section, heading_key, lists_evidence, read_outline
from zipingbiao.table.find.report import Part, number_of
from zipingbiao.table.find.sheet import text_of
from zipingbiao.table.find.texts import RESULT
from zipingbiao.table.forms import FORMS, OTHER
from zipingbiao.table.records import Evidence, Form, Problem, Report, SelfEvaluation, Trouble
from zipingbiao.table.sections import UNWRITTEN
from zipingbiao.values.regex import regex
from zipingbiao.values.typed import parse_text

__all__ = ["read_prose", "with_reports"]

_FIGURES = regex(r"[\d\W]*")
_OF_INDICATOR = frozenset(["对应指标", "指标"])
_LIST_HEADINGS = frozenset(
    [
        "序号",
        "名称",
        "材料",
        "材料名称",
        "资料",
        "资料名称",
        "文件名称",
        "对应指标",
        "指标",
        "备注",
        "页码",
        "页数",
        "份数",
    ]
)


def with_reports(
    book: Book, parts: Sequence[Part], tables: Sequence[SelfEvaluation], owners: Mapping[int, Part]
) -> list[SelfEvaluation]:
    """Return the evaluations of a document with the reports around them.

    Args:
        book: the document.
        parts: its reports.
        tables: its evaluations.
        owners: by the place of an evaluation among *tables* the report to which it belongs.
    """
    read = {number for at, part in owners.items() for number in _read_above(tables[at], part)}
    found = [_with_report(book, table, owners.get(at), read) for at, table in enumerate(tables)]
    if not parts or not found:
        return found
    homeless = [part.chapter for part in parts if all(part is not owner for owner in owners.values())]
    rest = [entry for chapter in homeless for entry in _all_of(chapter)] + _unused(book, parts, tables)
    host = min(owners, default=0)
    report = found[host].report or Report()
    unplaced = _in_order(book, (*report.unplaced, *rest))
    found[host] = replace(found[host], report=replace(report, unplaced=unplaced))
    return found


def read_prose(book: Book) -> tuple[SelfEvaluation, ...]:
    """Return what the reports of a document say whose table stands elsewhere: their heads and texts, no line."""
    parts = [Part(chapter) for chapter in read_outline(book.blocks)]
    anchor = Ref(BODY, 1, 1)
    bare = (SelfEvaluation(OTHER, BODY, anchor, {}, project(part.head), None, ()) for part in parts)
    return tuple(_with_report(book, table, part, ()) for table, part in zip(bare, parts, strict=True))


def _with_report(
    book: Book, table: SelfEvaluation, part: Part | None, read: Collection[int]
) -> SelfEvaluation:
    if part is None:
        return table
    chapter = part.chapter
    sections, left = _sections(chapter, table.form)
    texts = dict(table.texts)
    for key, section in sections.items():
        if key in texts and not texts[key].is_empty:
            left += section.lines
        else:
            texts[key] = _text(section)
    sentence = _entry(chapter.sentence) if chapter.sentence is not None else None
    if sentence is not None and chapter.loose:
        texts.setdefault(RESULT, sentence)
    loose = tuple(_entry(paragraph) for paragraph in chapter.unplaced if paragraph.number not in read)
    unplaced = (*loose, *(_entry(line.paragraph, line.text) for line in left))
    problems = table.problems
    if not part.has_attachment:
        problems = (*problems, Problem(Trouble.NO_ATTACHMENT, table.anchor, "附件1"))
    return replace(
        table,
        texts=texts,
        problems=problems,
        evidence=table.evidence if chapter.evidence is None else tuple(_evidence(book, chapter)),
        report=Report(
            part.lines,
            _bodies(part),
            sentence,
            _name(table, part),
            _in_order(book, unplaced),
            next(
                (_entry(each) for each in chapter.cover if words.REPORT_TITLE.fullmatch(each.text.strip())),
                None,
            ),
            loose,
            part.funds,
            {key: _entry(line, said if key != "year" else None) for key, (line, said) in part.cover.items()},
        ),
    )


# ------------------------------------------------------------------ texts


def _sections(chapter: Chapter, form: Form) -> tuple[dict[str, Section], list[Line]]:
    """The sections by key, each once with all its lines, and lines that no section of their own can hold."""
    found: dict[str, Section] = {}
    left: list[Line] = []
    for section in sorted(chapter.sections, key=lambda each: each.weak):
        key = _key(section, form)
        if section.weak and not section.lines:
            continue
        if key not in found:
            found[key] = replace(section, lines=list(section.lines))
        elif section.weak and found[key].lines:
            left += section.lines
        else:
            found[key].lines += section.lines
    return found, left


def _key(section: Section, form: Form) -> str:
    """The key of a section in 文字材料: that of its form, else of another one that has it, else its own heading."""
    titles = (labels.label(each.title).key for known in (form, *FORMS) for each in known.sections)
    return next((title for title in titles if section.pattern.fullmatch(title)), section.key)


def _text(section: Section) -> Entry:
    """The lines of a section as one text; of an empty one the place of its heading."""
    lines = [line for line in section.lines if line.text.strip() != UNWRITTEN]
    if not lines:
        return Entry(section.heading.ref, None, "", parse_text(""))
    return _entry(lines[0].paragraph, "\n".join(line.text for line in lines))


def _entry(paragraph: Paragraph, text: str | None = None) -> Entry:
    said = paragraph.text.strip() if text is None else text
    return Entry(paragraph.ref, Cell(said, CellClass.TEXT), said, parse_text(said))


def _name(table: SelfEvaluation, part: Part) -> Entry | None:
    """The paragraph that names the project, where the head of its table does not."""
    name, chapter = table.project.name, part.chapter
    if not name or (part.main is not None and part.main.name):
        return None
    places = [*chapter.cover, *([chapter.sentence] if chapter.sentence is not None else [])]
    return next((_entry(place, name) for place in places if name in place.text), None)


def _bodies(part: Part) -> dict[str, Ref]:
    """The first cell of the heading of each body table, by level 1."""
    found: dict[str, Ref] = {}
    for level, draft in part.body:
        found.setdefault(level, draft.sheet.grid.ref(draft.top, draft.bands[0].left))
    return found


# ------------------------------------------------------------------ evidence


def _evidence(book: Book, chapter: Chapter) -> Iterator[Evidence]:
    for line in chapter.evidence or ():
        if line.text.strip() != UNWRITTEN:
            yield Evidence("", line.text, line.paragraph.ref)
    for sheet in chapter.evidence_tables:
        grid, about = _grid(book, sheet), 0
        for row in range(_above(grid) + 1, max(grid.rows, default=0) + 1):
            texts = {at: text for at in grid.rows.get(row, ()) if (text := text_of(grid.at(row, at)))}
            named = [at for at, text in texts.items() if not _FIGURES.fullmatch(text)]
            if not named:
                continue
            if _is_list_heading(texts.values()):
                about = next((at for at, text in texts.items() if heading_key(text) in _OF_INDICATOR), 0)
                continue
            names = [at for at in named if at != about] or named
            yield Evidence(texts.get(about, ""), " ".join(texts[at] for at in names), grid.ref(row, names[0]))


def _is_list_heading(texts: Collection[str]) -> bool:
    return any(map(lists_evidence, texts)) or all(heading_key(text) in _LIST_HEADINGS for text in texts)


# ------------------------------------------------------------------ 未归类内容


def _read_above(table: SelfEvaluation, part: Part) -> set[int]:
    """The paragraphs right above the table that reading it took for a text, its head, total or grade."""
    places = part.main.sheet.grid.places if part.main is not None else None
    entries = [
        *table.texts.values(),
        *(each for each in (table.total_score, table.grade) if each is not None),
    ]
    refs = [*(entry.ref for entry in entries), *table.head.values()]
    if places is None:
        return set()
    above = len(places.above)
    return {places.above[ref.row - 1] for ref in refs if ref.sheet == table.sheet and ref.row <= above}


def _all_of(chapter: Chapter) -> list[Entry]:
    """Everything in words of a report that belongs to no evaluation."""
    lines = [line for section in chapter.sections for line in section.lines] + (chapter.evidence or [])
    whole = [*chapter.cover, *(each for each in chapter.unplaced if each not in chapter.cover)]
    if chapter.sentence is not None and chapter.loose:
        whole.append(chapter.sentence)
    return [_entry(line.paragraph, line.text) for line in lines] + [_entry(each) for each in whole]


def _unused(book: Book, parts: Sequence[Part], tables: Sequence[SelfEvaluation]) -> list[Entry]:
    """The tables that are neither evaluated nor the funds, the body or the evidence of one."""
    used = {table.sheet for table in tables}
    used |= {table.funds.anchor.sheet for table in tables if table.funds is not None}
    used |= {sheet for part in parts for sheet in (*part.used, *part.chapter.evidence_tables)}
    return [entry for grid in book if grid.sheet not in used and (entry := _whole(grid)) is not None]


def _whole(grid: Grid) -> Entry | None:
    """A table as one text: rows by line, cells by tab; None where nothing stands in it."""
    above = _above(grid)
    rows = [
        "\t".join(text_of(grid.at(row, column)) for column in columns)
        for row, columns in grid.rows.items()
        if row > above
    ]
    text = "\n".join(rows).strip()
    place = grid.ref(above + 1, 1)
    return Entry(place, Cell(text, CellClass.TEXT), text, parse_text(text)) if text else None


def _in_order(book: Book, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries as they follow each other in the document; a table in a cell is where that cell is."""
    paragraphs: dict[int, int] = {}
    tables: dict[int, int] = {}
    for place, block in enumerate(book.blocks):
        if isinstance(block, Paragraph):
            paragraphs[block.number] = place
        else:
            tables.setdefault(number_of(block.sheet), place)

    def place_of(entry: Entry) -> int:
        if entry.ref.sheet == BODY:
            return paragraphs.get(entry.ref.row, 0)
        around = [number for number in tables if number <= number_of(entry.ref.sheet)]
        return tables[max(around)] if around else 0

    return tuple(sorted(entries, key=place_of))


def _grid(book: Book, sheet: str) -> Grid:
    return next((grid for grid in book if grid.sheet == sheet), Grid(sheet, {}))


def _above(grid: Grid) -> int:
    return len(grid.places.above) if grid.places is not None else 0
