"""T115 表头或总体目标没有填写。

检查内容：表中留有位置的项目名称、实施单位、年度、年度总体目标（预期目标）、实际完成情况是否空白；表头是否显示 #REF! 等公式错误；填报人、负责人、日期是否空白。
为何重要：看不出是谁的、哪一年的、哪个项目的表，收表的单位一律退回。
依据：各地样表的表头；本软件模板“单位信息”表的必填项。
严重程度：错误，因为缺了这几项就会被退回；填报人、负责人、日期空白为提示，因为多在打印后手写。一张表每种只报一次。
反例：“项目名称”右边空白；“预期目标”下面空白；标题写着“（    年度）”；“单位信息”表的实施单位没有填；“单位信息”表被删去，表头显示 #REF!。
正例：填写了的表；表头没有“实施单位”一栏的表。
不检查：表中没有的栏目；要盖章的“填报单位（盖章）”；封面或别的工作表上写了的；指标一项也没有填的空表。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zipingbiao.book.cells import CellClass
from zipingbiao.rules.shared.say import entries_of, listed
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Gap, Scope

CODE = "T115"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report what the form asks for beside its indicators: errors, blanks, what is signed by hand."""
    if not evaluation.table.gaps:
        return
    if all(line.indicator.is_execution or line.indicator.is_unfilled for line in evaluation.rows):
        return
    spoken_of = {entry.ref for entry in entries_of(evaluation, CellClass.ERROR)}
    gaps = [gap for gap in evaluation.table.gaps if gap.ref not in spoken_of]
    broken = [gap for gap in gaps if gap.shows]
    signed = [gap for gap in gaps if gap.field == "signature"]
    # A whole department's form and a transfer's have no project of their own to name.
    not_asked = {"name"} if evaluation.table.scope is not Scope.PROJECT else set()
    blank = [gap for gap in gaps if gap not in (*broken, *signed) and gap.field not in not_asked]
    if broken:
        names = listed([f"{gap.label}{gap.ref.place_here}" for gap in broken])
        shows = "、".join(dict.fromkeys(gap.shows for gap in broken))
        message = f"请重新填写表头的{names}：显示公式错误{shows}，多半是所引用的工作表（如“单位信息”）被删去或改了名。"
        yield _finding(SEVERITY, broken, message, shows)
    if blank:
        message = f"请{_to_fill(evaluation, blank)}，空白的表会被退回。"
        yield _finding(SEVERITY, blank, message, "空白")
    if signed:
        names = listed([gap.label for gap in signed])
        yield _finding(Severity.INFO, signed, f"{names}空白，打印后手写的不必改。", "空白")


def _finding(severity: Severity, gaps: Iterable[Gap], message: str, found: str) -> Finding:
    return Finding.about(CODE, severity, [gap.ref for gap in gaps], message, found)


def _to_fill(evaluation: Evaluation, gaps: Sequence[Gap]) -> str:
    """What to fill in, and on which sheet where that is another one."""
    sheets = dict.fromkeys(gap.ref.sheet for gap in gaps)
    parts = []
    for sheet in sorted(sheets, key=lambda sheet: sheet != evaluation.table.sheet):
        where = "" if sheet == evaluation.table.sheet else f"在“{sheet}”"
        parts.append(f"{where}填写{listed([gap.label for gap in gaps if gap.ref.sheet == sheet])}")
    return "，并".join(parts)
