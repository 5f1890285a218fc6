"""The outline of a written report: which paragraph is a heading, which text belongs to which section.

Headings are found by their words, whatever their numbers; a paragraph goes to exactly one place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zipingbiao.book.blocks import Block, Paragraph, TableBlock
from zipingbiao.table import report_words as words
from zipingbiao.table.find import labels
from zipingbiao.table.find.head_words import labelled_parts, year_of_title
from zipingbiao.values.frozen import frozen
from zipingbiao.values.numerals import ordinal, with_years
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise

__all__ = ["Chapter", "Section", "read_outline"]

LEVELS = (
    ("预算执行指标", words.EXECUTION, words.EXECUTION_ANALYSIS),
    ("产出指标", words.OUTPUTS, words.OUTPUT_ANALYSIS),
    ("效益指标", words.BENEFITS, words.BENEFIT_ANALYSIS),
    ("满意度指标", words.SATISFACTION, words.SATISFACTION_ANALYSIS),
)
"""Level 1 of the table below each heading of the part 绩效情况, and the section of the analysis of it."""

INLINE = (words.OVERVIEW, words.GROUNDS, words.NEED, words.MEASURES, words.PLAN)
"""The sections that stand as labels in one paragraph: 项目概况：… 立项依据：…"""

SECTIONS = (
    *INLINE, words.PERIOD_GOAL, words.YEAR_GOAL, words.BACKGROUND, words.PURPOSE, words.SPENDING, words.WORK,
    words.EXECUTION_ANALYSIS, words.OUTPUT_ANALYSIS, words.BENEFIT_ANALYSIS, words.SATISFACTION_ANALYSIS,
    words.PRACTICE, words.PROBLEMS, words.NEXT_STEPS, words.USE, words.POINTS, words.FURTHER,
)  # fmt: skip

_LONGEST_HEADING = 40
_FEWEST_HEADINGS = 2  # one may stand in any document; below the title of a report it is enough
_NUMBER = regex(
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)|[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[)）]|[一二三四五六七八九十]{1,3}(?=[、.．\s])|\d{1,2}(?=[、.．)）\s])|[①-⑳])"
    r"[、.．)）:：\s]*"
)
_TOP = regex(r"\s*([一二三四五六七八九十]{1,3})\s*[、.．]")
_COUNTED = {ordinal(number): number for number in range(1, 100)}
_SENTENCE = regex(r"[。；;！!？?]")
_YEAR_ALONE = regex(r"[(（]?\s*20\d\d\s*年度?\s*[)）]?")
_COLON = regex(r"[:：]")
_LABEL = regex(r"(?:^|(?<=[。；;\s]))\s*([^\s:：，,。；;]{4,16})\s*[:：]")
_CONTENTS = regex(r"(.*?)(?:\t|[.．·]{4,}|…{2,})[\s.．·…]*\d{1,3}\s*")  # a line of the table of contents
_OF_ATTACHMENT = regex(r"^附[件表]\s*[\d一二三四五六]{0,2}[.．、:：\s]*")
_PAGE = regex(r"[\s—\-–]*\d{1,3}[\s—\-–]*")


@frozen
class Line:
    """A paragraph, or the part of it that belongs to one section."""

    paragraph: Paragraph
    text: str


@dataclass
class Section:
    """One section with what stands in it.

    Attributes:
        pattern: the words of its heading.
        key: its heading as a label.
        heading: where that stands.
        weak: whether the heading says it less surely: its text counts only where no other section has one.
    """

    pattern: re.Pattern[str]
    key: str
    heading: Paragraph
    weak: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass
class Chapter:
    """The report of one project.

    Attributes:
        sections: in their order; one may occur twice.
        sentence: the paragraph that states the total.
        loose: whether *sentence* stands in no section.
        cover: the paragraphs before the first heading that name project, unit or year.
        levels: level 1 of each table of the part 绩效情况, by its number.
        tables: the numbers of its tables, in their order.
        evidence: what 附件2 lists; None where there is no such attachment.
        evidence_tables: the Grids below it.
        unplaced: paragraphs that belong nowhere.
        headings: how many were found.
        bounds: the number of its first table, and of the first one that is no more in it.
    """

    sections: list[Section] = field(default_factory=list)
    sentence: Paragraph | None = None
    loose: bool = False
    cover: list[Paragraph] = field(default_factory=list)
    levels: dict[int, str] = field(default_factory=dict)
    tables: list[int] = field(default_factory=list)
    evidence: list[Line] | None = None
    evidence_tables: list[str] = field(default_factory=list)
    unplaced: list[Paragraph] = field(default_factory=list)
    headings: int = 0
    bounds: tuple[int, int] = (0, 0)

    def holds(self, table: int) -> bool:
        """Whether the table of this number stands in this report, or in a cell of one that does."""
        return self.bounds[0] <= table < self.bounds[1]

    def said(self) -> Iterator[str]:
        """The texts of its sections, and the sentence that states its total."""
        yield from (line.text for section in self.sections for line in section.lines)
        if self.sentence is not None:
            yield self.sentence.text

    def level_at(self, table: int) -> str:
        """Level 1 of the lines of this table, by the heading above it; "" outside the part 绩效情况."""
        own = [number for number in self.tables if number <= table]
        return self.levels.get(own[-1], "") if own else ""

    @property
    def has_title(self) -> bool:
        """Whether the title of a report stands on its cover."""
        return any(words.REPORT_TITLE.fullmatch(each.text.strip()) for each in self.cover)

    @property
    def name(self) -> str:
        """The name of the project as the sentence gives it; "" where it does not."""
        found = words.NAMES_PROJECT.search(self.sentence.text) if self.sentence is not None else None
        name = found["name"].strip().removesuffix("项目").strip() if found else ""
        return "" if re.fullmatch(r"[Xx×*某_\s]*", name) else name


def read_outline(blocks: Iterable[Block]) -> list[Chapter]:
    """Return the reports in a document, one chapter per project; none where it is no report."""
    reader = _Reader()
    for block in blocks:
        reader.take(block)
    headings = sum(chapter.headings for chapter in reader.chapters)
    if headings < _FEWEST_HEADINGS and not (headings and reader.chapters[0].has_title):
        return []
    end = sys.maxsize
    for chapter in reversed(reader.chapters):
        if chapter.tables:
            chapter.bounds = (chapter.tables[0], end)
            end = chapter.tables[0]
    return reader.chapters


def heading_key(text: str) -> str:
    """Return a heading as it is compared: without numbers, white space, brackets and a colon at its end."""
    bare = text.strip()
    while (found := _NUMBER.match(bare)) is not None and found.end():
        bare = bare[found.end() :]
    return labels.label(bare).key


def is_attachment(text: str) -> bool:
    """Tell whether a paragraph opens an attachment: 附件1.项目支出绩效自评表."""
    return len(text) <= _LONGEST_HEADING and words.ATTACHMENT.match(text) is not None


def lists_evidence(text: str) -> bool:
    """Tell whether a title is that of the list of evidence, with or without 附件2 before it."""
    return words.EVIDENCE.fullmatch(heading_key(_OF_ATTACHMENT.sub("", text.strip()))) is not None


class _Reader:
    """Takes the blocks one by one, and knows in which part and section they stand."""

    def __init__(self) -> None:
        self.chapters = [Chapter()]
        self._part = ""  # basics, results, analyses, attachment, evidence, text behind one of these
        self._level = ""
        self._section: Section | None = None
        self._has_basics = False
        self._top = 0

    @property
    def _chapter(self) -> Chapter:
        return self.chapters[-1]

    def take(self, block: Block) -> None:
        """Take the next block."""
        if isinstance(block, TableBlock):
            self._take_table(block)
        elif block.text.strip():
            self._take_paragraph(block)

    def _take_table(self, block: TableBlock) -> None:
        number = int(block.sheet.removeprefix("表"))
        if self._chapter.tables[-1:] == [number]:  # it goes on
            return
        self._chapter.tables.append(number)
        if self._level:
            self._chapter.levels[number] = self._level
        if self._part == "evidence":
            self._chapter.evidence_tables.append(block.sheet)

    def _take_paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text.strip()
        if self._is_of_contents(text):
            return
        if _PAGE.fullmatch(text):
            self._chapter.unplaced.append(paragraph)
        elif not (
            self._attachment(text)
            or self._title(paragraph, text)
            or self._heading(paragraph, text)
            or self._inline(paragraph, text)
            or self._run_in(paragraph, text)
        ):
            self._prose(paragraph, text)

    def _is_of_contents(self, text: str) -> bool:
        """A heading with its page is a line of the table of contents."""
        found = _CONTENTS.fullmatch(text) if len(text) <= 2 * _LONGEST_HEADING else None
        return found is not None and self._opens(heading_key(found[1]))

    # ---------------------------------------------------------------- headings

    def _attachment(self, text: str) -> bool:
        """附件1 closes the text; 附件2, or a title that says so, opens the list of evidence."""
        is_evidence = len(text) <= _LONGEST_HEADING and lists_evidence(text)
        if not (is_attachment(text) or is_evidence):
            return False
        self._section, self._level = None, ""
        self._part = "evidence" if is_evidence else "attachment"
        if is_evidence and self._chapter.evidence is None:
            self._chapter.evidence = []
        return True

    def _title(self, paragraph: Paragraph, text: str) -> bool:
        """The title of a report opens the next one behind another, and belongs to the cover."""
        if len(text) > _LONGEST_HEADING or not words.REPORT_TITLE.fullmatch(text) or _SENTENCE.search(text):
            return False
        if self._section is not None and self._part not in {"attachment", "evidence"}:
            return False
        if self._has_basics:
            self._open_chapter()
            self._top = 0
        self._chapter.cover.append(paragraph)
        return True

    def _open_chapter(self) -> None:
        self.chapters.append(Chapter())
        self._part, self._level, self._section, self._has_basics = "", "", None, False

    def _opens(self, key: str) -> bool:
        parts = (words.BASICS, words.GOALS, words.RESULTS, words.ANALYSES, *(word for _, word, _ in LEVELS))
        return bool(key) and any(pattern.fullmatch(key) for pattern in (*parts, *SECTIONS))

    def _heading(self, paragraph: Paragraph, text: str) -> bool:
        title = text.removesuffix("。")  # （一）资金投入情况分析。
        key = heading_key(title) if len(title) <= _LONGEST_HEADING else ""
        if not self._opens(key) or _SENTENCE.search(title):
            return self._unknown(paragraph, text)
        self._chapter.headings += 1
        self._top = _top_number(text) or self._top
        self._level = ""
        if self._part in {"attachment", "evidence"}:
            self._part = "text"
        if words.BASICS.fullmatch(key):
            if self._has_basics:
                self._open_chapter()
                self._chapter.headings += 1
            self._part, self._has_basics = "basics", True
            self._open(words.OVERVIEW, key, paragraph, weak=True)
        elif words.RESULTS.fullmatch(key):
            self._part, self._section = "results", None
        elif words.ANALYSES.fullmatch(key):
            self._part, self._section = "analyses", None
        elif level := next((each for each in LEVELS if each[1].fullmatch(key)), None):
            self._open_level(paragraph, key, *level)
        elif words.GOALS.fullmatch(key):
            self._open(words.YEAR_GOAL, key, paragraph, weak=True)
        else:
            pattern = next(pattern for pattern in SECTIONS if pattern.fullmatch(key))
            self._open(pattern, key, paragraph)
        return True

    def _open_level(
        self,
        paragraph: Paragraph,
        key: str,
        level: str,
        word: re.Pattern[str],
        analysis: re.Pattern[str],
    ) -> None:
        """预算执行情况 stands over the funds, or over a table of the part 绩效情况, or over words about it."""
        if self._part in {"", "basics"} and word is words.EXECUTION:
            self._open(words.SPENDING, key, paragraph, weak=True)
            return
        self._level = level if self._part != "analyses" else ""
        self._open(analysis, key, paragraph, weak=True)

    def _open(self, pattern: re.Pattern[str], key: str, paragraph: Paragraph, *, weak: bool = False) -> None:
        self._section = Section(pattern, key, paragraph, weak)
        self._chapter.sections.append(self._section)

    def _unknown(self, paragraph: Paragraph, text: str) -> bool:
        """A heading that we do not know ends the section before it; it goes on in the count or is one by style."""
        if len(text) > _LONGEST_HEADING or re.search(r"[，,。；;：:]", text):
            return False
        if self._chapter.headings == 0:
            self._top = _top_number(text) or self._top  # of a project, maybe, in a report of several
            return False
        above = self._section.heading.level if self._section is not None else None
        by_style = paragraph.level is not None and above is not None and paragraph.level <= above
        if not by_style and not (self._top and _top_number(text) == self._top + 1):
            return False
        self._top = _top_number(text) or self._top
        self._section, self._level = None, ""
        self._chapter.unplaced.append(paragraph)
        return True

    # ---------------------------------------------------------------- text

    def _inline(self, paragraph: Paragraph, text: str) -> bool:
        """项目概况：… 立项依据：… in one paragraph or several; only in the part about the project."""
        if self._part not in {"", "basics"}:
            return False
        found = list(self._inline_labels(text))
        if not found:
            return False
        if before := text[: found[0][0]].strip():
            self._add(paragraph, before)
        for number, (_, end, pattern, key) in enumerate(found):
            following = found[number + 1][0] if number + 1 < len(found) else len(text)
            self._chapter.headings += 1
            self._open(pattern, key, paragraph)
            if said := text[end:following].strip():
                self._add(paragraph, said)
        return True

    def _inline_labels(self, text: str) -> Iterator[tuple[int, int, re.Pattern[str], str]]:
        """Where each label begins and ends, and what it means; each once in a paragraph."""
        seen: list[re.Pattern[str]] = []
        for label in _LABEL.finditer(text):
            key = heading_key(label[1])
            pattern = next((each for each in INLINE if each.fullmatch(key)), None)
            # 实施计划： within a plan is a part of it.
            named = label.start() == 0 or key.startswith(("项目", "保", "立项", "设立"))
            if pattern is not None and pattern not in seen and named:
                seen.append(pattern)
                yield label.start(), label.end(), pattern, key

    def _run_in(self, paragraph: Paragraph, text: str) -> bool:
        """A heading with its text behind a colon: 主要经验做法：专款专用。"""
        head, *rest = _COLON.split(text, maxsplit=1)
        key = heading_key(head) if rest and len(head) <= _LONGEST_HEADING else ""
        pattern = next((each for each in SECTIONS if each.fullmatch(key)), None) if key else None
        if pattern in {None, words.POINTS} or (pattern in INLINE and self._part not in {"", "basics"}):
            return False
        self._chapter.headings += 1
        self._open(pattern, key, paragraph)
        if said := rest[0].strip():
            self._add(paragraph, said)
        return True

    def _prose(self, paragraph: Paragraph, text: str) -> None:
        chapter = self._chapter
        if chapter.sentence is None and words.STATES_TOTAL.search(normalise(text)):
            chapter.sentence = paragraph
            chapter.loose = self._section is None or self._section.weak
            if chapter.loose:
                return
        if self._part == "evidence" and chapter.evidence is not None:
            chapter.evidence.append(Line(paragraph, _NUMBER.sub("", text, count=1).strip() or text))
        elif chapter.headings == 0 and any(labels.head_field(label) for label, _ in labelled_parts(text)):
            chapter.cover.append(paragraph)
        elif chapter.headings == 0 and year_of_title(text):
            chapter.cover.append(paragraph)
            if not _YEAR_ALONE.fullmatch(with_years(text)):  # who it is of is said nowhere else, maybe
                self._add(paragraph, text)
        else:
            self._add(paragraph, text)

    def _add(self, paragraph: Paragraph, text: str) -> None:
        if self._section is None:
            self._chapter.unplaced.append(paragraph)
        else:
            self._section.lines.append(Line(paragraph, text))


def _top_number(text: str) -> int:
    """The number of 三、 as it is counted; 0 without one."""
    found = _TOP.match(text)
    return _COUNTED.get(found[1], 0) if found else 0
