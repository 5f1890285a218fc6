"""S112 改动后还没有重新评分。

检查内容：本软件上次评分写入的得分、完成率、总分、等级，是否仍是按现在的内容应有的结果。
为何重要：评分以后改了业绩值等内容而没有再评分，打印出来的得分和总分还是改动以前的。
依据：本软件的约定：得分由评分写入，内容改动后再按一次评分才更新。
严重程度：错误，因为表上的得分和总分不是现在的内容应得的，照此报送会被退回；再按一次评分就改正。一张表只报一次，列出各行。
反例：评分后把业绩值从6套改成3套，得分还是10分。
正例：改动以后又评过分；评分后改了目标值，得分不变。
不检查：从来没有评过分的表；没有填写或无法核算的行（见 V104、V115）；手工填写的得分和完成率（见 S102、S103、S110）；公式算出的得分和总分，只是跟着上次写入的核算得分的除外。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.book.cells import CellClass
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Role
from zipingbiao.values.number import HUNDRED, exact, plain, same_points

CODE = "S112"
SEVERITY = Severity.ERROR

_SHOWS_OTHERWISE = {CellClass.DATE, CellClass.PERCENT}
_SCORES = (Role.SCORE, Role.COMPUTED, Role.DEDUCTION)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare what we wrote last with what we would write now, once per table."""
    lines: dict[int | None, Hit] = {}
    for row, role, entry in _written(evaluation):
        is_rate, is_off = role is Role.COMPLETION, role is Role.DEDUCTION
        points = evaluation.off(row) if is_off else evaluation.points(row)
        if not (_holds_rate(entry, row) if is_rate else _holds(entry, points)):
            right = row.completion_text if points is None or is_rate else plain(points)
            shown = entry.text.strip() or "空白"
            detail = f"{'完成率' if is_rate else '扣分' if is_off else '得分'}{shown}，应为{right}"
            hit = on_line(row, role, detail=detail, found=shown, expected=right)
            lines.setdefault(row.indicator.row, hit)
    hits = lines.values() or _of_table(evaluation)
    yield from together(CODE, SEVERITY, hits, "。", lead="改动后还没有重新评分，请再按评分：")


def _written(evaluation: Evaluation) -> Iterator[tuple[Scored, Role, Entry]]:
    """The cells of lines that we wrote, and those that another press would write.

    In our template, where they are ours before the first press too, only once 核算得分 stands in a line.
    """
    held = [
        (row, role, row.indicator.entries[role])
        for row in evaluation.rows
        for role in (*_SCORES, Role.COMPLETION)
        if role in row.indicator.entries and row.indicator.row not in row.indicator.shared_score[1:]
    ]
    if not any(entry.ours or role is Role.COMPUTED for _, role, entry in held):
        return
    uses = Counter(entry.ref for _, _, entry in held)  # a cell that lines share is not written
    scored = any(role is Role.COMPUTED and entry.ours and entry.cell for _, role, entry in held)
    for row, role, entry in held:
        fits = role is Role.COMPLETION or entry.cell is None or entry.cell.kind not in _SHOWS_OTHERWISE
        by_us = entry.ours and (scored or Role.COMPUTED not in row.indicator.entries)
        if fits and uses[entry.ref] == 1 and (by_us or (role is Role.SCORE and _repeats(row, entry))):
            yield row, role, entry


def _repeats(row: Scored, score: Entry) -> bool:
    """Whether a formula only repeats what 评分 left beside it: 核算得分 itself asks for the button (免宏版)."""
    entries = row.indicator.entries
    computed, manual = entries.get(Role.COMPUTED), entries.get(Role.MANUAL)
    asks = computed is not None and computed.is_formula and computed.number is None and not computed.is_empty
    return asks and score.is_formula and score.number is not None and (manual is None or manual.cell is None)


def _holds(entry: Entry, points: Decimal | None) -> bool:
    """A line that cannot be computed is V104's or V115's: another press would not help."""
    return points is None or (entry.number is not None and same_points(entry.number, points))


def _holds_rate(entry: Entry, row: Scored) -> bool:
    if not row.completion_text:
        return True
    printed = exact(row.completion_text.rstrip("%"))
    rates = {row.completion, None if printed is None else printed / HUNDRED}
    return entry.text.strip() == row.completion_text or entry.fraction in rates


def _of_table(evaluation: Evaluation) -> Iterator[Hit]:
    """Total and grade of a table whose lines are all as they should be: a typed score was changed."""
    total, entry, grade = evaluation.adopted_total, evaluation.table.total_score, evaluation.table.grade
    if total is None:
        return
    if entry is not None and entry.ours and not _holds(entry, total):
        yield Hit(f"总分{entry.text}，应为{plain(total)}", entry.ref, entry.text, plain(total))
    off = evaluation.table.total_deduction
    if off is not None and off.ours and not _holds(off, evaluation.weights_total - total):
        right = plain(evaluation.weights_total - total)
        yield Hit(f"扣分合计{off.text}，应为{right}", off.ref, off.text, right)
    if grade is not None and grade.ours and evaluation.profile.same_grade(grade.text) != evaluation.grade:
        word = evaluation.profile.printed_grade(total)
        yield Hit(f"等级{grade.text}，应为{word}", grade.ref, grade.text, word)
