"""What is to change in a report: edits of its bytes, told one by one, and what stands against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from zipingbiao.book.blocks import CellBlock, Paragraph
from zipingbiao.book.cells import Ref
from zipingbiao.book.write.docx_xml import Replaced, cell_edits, text_edits
from zipingbiao.book.write.xml_bytes import Edit
from zipingbiao.errors import RefusedError
from zipingbiao.report.update.places import DocumentPlaces, cell_over, joined, text_of
from zipingbiao.rules.shared.say import quote
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import exact


@frozen
class ReportChange:
    """One figure, text or row of a report that changes.

    Attributes:
        place: where a person finds it: ``附件1（表6）第5行第8列``, ``正文第12段``.
        what: what stands there: ``“维护系统数量”的业绩值``, ``总得分``.
        old, new: what it says before and after; both "" for a row that is added or taken out.
    """

    place: str
    what: str
    old: str = ""
    new: str = ""

    @property
    def line(self) -> str:
        """The change in one line, for people."""
        if not self.old and not self.new:
            return f"{self.place}：{self.what}"
        return f"{self.place} {self.what}：{_shown(self.old)} → {_shown(self.new)}"


@dataclass
class ReportPlan:
    """The changes of one report, while they are worked out.

    Attributes:
        edits: of the bytes of its part.
        changes: the same for people.
        notes: what they should know besides.
        refusals: why nothing may be written, each a request in Chinese that names the place.
    """

    places: DocumentPlaces
    edits: list[Edit] = field(default_factory=list)
    changes: list[ReportChange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    _said: dict[int, str] = field(default_factory=dict)  # what a cell is to say, by where it starts

    def refuse(self, request: str) -> None:
        """Note why nothing may be written."""
        if request not in self.refusals:
            self.refusals.append(request)

    def is_free(self, sheet: str, title: str) -> bool:
        """Whether nobody has still to settle a tracked change in the table of a Grid; notes it otherwise."""
        tracked = any(block.tracked for block in self.places.blocks(sheet))
        if tracked:
            self.refuse(f"请先接受或拒绝{title}（{sheet}）里的修订")
        return not tracked

    def say(self, ref: Ref, what: str, new: str, title: str, like: CellBlock | None = None) -> None:
        """Let a cell say something, unless it says so already.

        Args:
            ref: its place.
            what: what stands there, for people.
            new: what it is to say.
            title: of its table, for people.
            like: a cell whose formatting a text takes where there is none.
        """
        cell = self.cell(ref)
        if cell is None:
            if new:
                self.refuse(f"请把{title}里{ref.place}的单元格恢复原样")
            return
        old, is_first = text_of(cell), cell.start not in self._said
        if not alike(self._said.setdefault(cell.start, new), new):
            self.refuse(f"请拆开{ref.place}的合并单元格，那里应有两项内容")
        elif is_first and not alike(old, new):
            if cell.goes_on:
                self.refuse(f"请拆开{ref.place}与上一行合并的单元格")
            elif self.is_free(ref.sheet, title):
                self._set(cell, ReportChange(ref.place, what, old, new), like)

    def _set(self, cell: CellBlock, change: ReportChange, like: CellBlock | None) -> None:
        try:
            self.edits += cell_edits(self.places.xml, cell, change.new, like)
        except RefusedError as refused:
            self.refuse(f"请整理{change.place}：{refused}")
            return
        self.changes.append(change)

    def cell(self, ref: Ref) -> CellBlock | None:
        """The cell of the document at a place of a Grid."""
        row = self.places.rows(ref.sheet).get(ref.row)
        return cell_over(row, ref.column) if row is not None else None

    def replace_value(self, ref: Ref, what: str, old: str, new: str, title: str) -> None:
        """Replace a value in a cell that may say more than it: ``自评等级：良``."""
        cell, above = self.cell(ref), self.places.above(ref)
        if alike(old, new):
            return
        if cell is not None and squeezed(text_of(cell)) == squeezed(old):
            self.say(ref, what, new, title)
            return
        paragraphs = cell.paragraphs if cell is not None else () if above is None else (above,)
        holding = [each for each in paragraphs if old and joined(each).count(old) == 1]
        if len(holding) != 1:
            self.refuse(f"请核对{ref.place}的{what}，应为{quote(new)}")
        elif holding[0].tracked:
            self.refuse(f"请先接受或拒绝{ref.place}的修订")
        else:
            start = joined(holding[0]).index(old)
            self.replace(holding[0], [Replaced(start, start + len(old), new)])
            self.changes.append(ReportChange(ref.place, what, old, new))

    def replace(self, paragraph: Paragraph, spans: Iterable[Replaced]) -> None:
        """Replace spans of the text of a paragraph."""
        self.edits += text_edits(self.places.xml, paragraph.pieces, list(spans))


def squeezed(text: str) -> str:
    """A text without white space: how it is broken into lines is the business of whoever laid it out."""
    return "".join(text.split())


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same: 12.50 says 12.5."""
    one, other = squeezed(one), squeezed(other)
    return one == other or ((number := exact(one)) is not None and number == exact(other))


def _shown(text: str) -> str:
    return " ".join(text.split()) or "空白"
