"""上级表: a superior's blank form, filled with the projects of a summary beside the 汇总表.

The copy is the form as it came: its look, formulas and all other content; only its ready rows, and what its
total row does not calculate itself, are filled.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zipingbiao.batch.files import is_output
from zipingbiao.batch.records import Section, Summary
from zipingbiao.batch.summary.superior_lines import Filled, disagreeing, filled
from zipingbiao.book.after import after
from zipingbiao.book.changes import Plan
from zipingbiao.book.formulas import calculate
from zipingbiao.book.marks import OUTPUT, is_template
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.read.content import content_of
from zipingbiao.book.read.looks import looks_of
from zipingbiao.book.read.seals import seals
from zipingbiao.book.write.patch import patch
from zipingbiao.book.write.rows.insert import with_rows
from zipingbiao.book.write.rows.moving import Insertion
from zipingbiao.book.write.save import save_new
from zipingbiao.change.log import with_results
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.table.find.superior import SuperiorForm, read_superior
from zipingbiao.values.frozen import frozen

_MARK = "form 1"


@frozen
class Superior:
    """A superior's workbook that can be filled.

    Attributes:
        path: of the blank workbook.
        target: of the filled one; where it is there already it is ours.
        data: the blank workbook.
        forms: its sheets that want a line per project.
    """

    path: Path
    target: Path
    data: bytes
    forms: tuple[SuperiorForm, ...]

    def write(self, summary: Summary) -> tuple[str, ...]:
        """Write the filled form and return what a person must know of it, in Chinese sentences.

        Raises:
            RefusedError: it cannot be filled without harm to the rest of it, or not be written.
        """
        data, said = self.content(summary)
        save_new(self.target, data, overwrite=self.target.exists())
        return (f"上级表已填好：{self.target}", *said)

    def content(self, summary: Summary) -> tuple[bytes, tuple[str, ...]]:
        """Return the filled workbook, and what a person must know of it.

        Raises:
            RefusedError: it cannot be filled without harm to the rest of it.
        """
        pairs = [(form, section) for section in summary.sections for form in self.forms_for(section)[:1]]
        data, looks = self.data, looks_of(self.data)
        for form, section in pairs:
            data = with_rows(data, _insertion(form, sum(1 for _ in section.projects())))
        book = read_bytes(data, self.path.name)
        made: list[Filled] = [
            filled(book.grid(form.sheet), form, section, looks[form.sheet], summary.draft)
            for form, section in pairs
        ]
        changes = [change for each in made for change in each.changes]
        complete = tuple(sorted(with_results(book, changes), key=lambda change: change.ref))
        rows = tuple(row for each in made for row in each.rows)
        plan = Plan(complete, book.digest, names=((OUTPUT, _MARK),), rows=rows)
        then = after(book, complete)
        said = [
            f"请核对上级表“{form.sheet}”合计行“{heading}”的公式：结果与汇总表的合计不同。"
            for form, section in pairs
            for heading in disagreeing(then.grid(form.sheet), form, section)
        ]
        if calculate(book, {change.ref: change.new for change in changes}).unknown:
            said.append(
                "请用 Excel 或 WPS 打开填好的上级表，核对并保存一次再报送：有的公式打开时才会算出结果。"
            )
        return patch(data, plan), (*(one for each in made for one in each.said), *said, *self._left(summary))

    def forms_for(self, section: Section) -> tuple[SuperiorForm, ...]:
        """Return the sheets about the money of a section."""
        return tuple(form for form in self.forms if form.scope is section.scope)

    def _left(self, summary: Summary) -> Iterator[str]:
        """What of the summary has no place, and which sheets are left blank."""
        for section in summary.sections:
            count = sum(1 for _ in section.projects())
            forms = self.forms_for(section)
            if count and not forms:
                yield f"上级表没有{section.scope.label}的工作表，{count}个没有填入，请另行填报。"
            if len(forms) > 1:
                names = "、".join(form.sheet for form in forms[1:])
                yield f"上级表有几张工作表都是{section.scope.label}，只填了“{forms[0].sheet}”，请核对：{names}。"


def open_superior(path: Path, beside: Path) -> Superior:
    """Return a superior's form, to be filled beside the 汇总表 *beside*; asked before the long work.

    Raises:
        UnreadableError: the file cannot be read.
        UsageError: it is no blank form that can be filled.
        RefusedError: what stands in the place of the filled one is not ours.
    """
    name, book = path.name, read_book(path)
    if not book.writable:
        raise UsageError(
            f"请把上级表 {name} 用 Excel 或 WPS 另存为 .xlsx 后再试：这种格式只能读取，不能写入。"
        )
    if is_output(path):
        raise UsageError(f"请换成上级发来的空白表：{name} 是本软件生成的，不能再往里填。")
    if is_template(book.names):
        raise UsageError(f"请换成上级发来的空白汇总表：{name} 是单位的自评表工作簿。")
    data = content_of(path)
    framed = {
        sheet: frozenset(place for place, cell in look.cells.items() if cell.framed)
        for sheet, look in looks_of(data).items()
    }
    forms = read_superior(book, framed)
    if not forms:
        raise UsageError(
            f"请核对上级表 {name}：没有找到“项目名称”和预算、得分等列名，不知道往哪里填，没有汇总。"
        )
    if sealed := seals(data, [form.sheet for form in forms]):
        raise UsageError(f"请先取消再试：上级表 {name} {'，'.join(sealed)}，不能写入。")
    typed = [ref for form in forms for ref in form.filled]
    if typed:
        raise UsageError(
            f"请把上级表 {name} 的数据行清空后再试：{typed[0]} 等{len(typed)}处已有内容，不能覆盖。"
        )
    target = beside.parent / f"{path.stem}（已填）{path.suffix}"
    if target.exists() and not is_output(target):
        raise RefusedError(f"{target.name} 已存在，而且不是本软件填写的，没有覆盖；请把它移走或改名后再试。")
    return Superior(path, target, data, forms)


def _insertion(form: SuperiorForm, needed: int) -> Insertion:
    """The rows that a form lacks: before its last ready row, whose lower frame stays the last."""
    body, lacking = form.body, max(0, needed - len(form.body))
    if not body:
        return Insertion(form.sheet, form.heading + 1 + _above(form), lacking)
    single = len(body) == 1
    return Insertion(form.sheet, body[-1] + single, lacking, like=body[0], grows=single)


def _above(form: SuperiorForm) -> int:
    return sum(row < form.body.start for row in form.totals)
