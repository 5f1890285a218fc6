"""B101 同一单位几个项目的资金完全相同。

检查内容：同一单位、同一年度的几个项目，年初预算、全年预算、全年执行三个数是否都相同。
为何重要：同一笔资金报了两次，汇总的金额就多算一份。
依据：核对的经验；每个预算项目有自己的预算。
严重程度：警告，因为几个项目的预算也可能凑巧相同，要由填表人核对。每张表报一次，写明与哪些项目相同；汇总时各文件之间也核对。
反例：两个项目的年初预算、全年预算都是107.26，全年执行都是106.49。
正例：两个项目的预算都是10（凑巧相同的整数不报）；同一项目的几个版本。
不检查：有效数字不到四位的金额；不同单位之间；没有资金表或没有填全年执行的表。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from zipingbiao.book.cells import Ref
from zipingbiao.rules.batches.pairs import groups, others, project_of, unit_key
from zipingbiao.rules.shared.kept import Amount, Sheet, kept
from zipingbiao.rules.shared.money import money
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind
from zipingbiao.values.number import digits_of

CODE = "B101"
SEVERITY = Severity.WARNING

_DIGITS = 4


def check_batch(evaluations: Sequence[tuple[str, Evaluation]]) -> Iterator[tuple[str, Finding]]:
    """Report tables of one file, unit and year that show the same money."""
    yield from _told([(path, kept(evaluation)) for path, evaluation in evaluations], in_one_file=True)


def check_merged(tables: Sequence[Sheet]) -> Iterator[tuple[str, Finding]]:
    """Report those of which only another file shows the same; what its own file shows is told already."""
    yield from _told(tables, in_one_file=False)


def _told(tables: Sequence[Sheet], *, in_one_file: bool) -> Iterator[tuple[str, Finding]]:
    for _, members in groups(tables, _key, project_of):
        files: dict[str, list[Sheet]] = defaultdict(list)
        for member in members:
            files[member[0]].append(member)
        several = {path for path, own in files.items() if len(set(map(project_of, own))) > 1}
        for member in members:
            path, table = member
            full, spent = table.amount(AmountKind.FULL_YEAR), table.amount(AmountKind.EXECUTED)
            if full is not None and spent is not None and (path in several) is in_one_file:
                same = others(member, files[path] if in_one_file else members)
                yield path, _finding(full, spent, same, table.anchor)


def _finding(full: Amount, spent: Amount, same: str, anchor: Ref) -> Finding:
    budget, executed = money(full, full.amount), money(spent, spent.amount)
    message = f"全年预算{budget}、全年执行{executed}，与本单位{same}完全相同，疑似同一资金重复填报。请核对。"
    refs = [full.ref or anchor, spent.ref]
    return Finding.about(CODE, SEVERITY, refs, message, f"{budget}、{executed}")


def _key(sheet: Sheet) -> tuple[Hashable, ...] | None:
    path, table = sheet
    kinds = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.EXECUTED)
    amounts = [None if (told := table.amount(kind)) is None else told.amount for kind in kinds]
    if not amounts[1] or not amounts[2] or max(map(digits_of, amounts)) < _DIGITS:
        return None
    return (unit_key(path, table.project), table.project.year, *amounts)
