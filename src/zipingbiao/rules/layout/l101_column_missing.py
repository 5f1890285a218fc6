"""L101 缺少必需的列。

检查内容：指标表的表头里能否找到目标值、业绩值、得分等必需的列；列还在而表头被清空的，指出是哪一格、应写什么。
为何重要：缺了这一列就无法核算；列认错了，整张表都会算错，所以不猜。
依据：国家和各地印发的自评表都有这些列，只有湖北的样表没有分值列，执行率的分值印在“得分（20分*执行率）”里；列名的常见写法由本程序收集。
严重程度：错误，因为缺列的表无法核算，会被退回；样表本来就没有分值列的，为警告，因为得分照填报计，只是无法核对。每缺一列报一次。
反例：表头只有“完成情况”，没有“业绩值”或“实际完成值”；权重一列的数还在，表头“权重”却被删掉了。
正例：表头写“实际完成值”“业绩值”“全年完成值”中的任何一个；没有分值列，各项分值写在名称里：“培训社工（10分）”。
不检查：一级指标、二级指标、完成率、偏差原因等可以没有的列。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.find.headings import ROLE_NAMES
from zipingbiao.table.records import Problem, Role, Trouble

CODE = "L101"
SEVERITY = Severity.ERROR

# Points behind the name are read as well.
_INSTEAD = {ROLE_NAMES[Role.WEIGHT]: "，或者在各指标名称后面写明分值，如“（10分）”"}
_NO_WEIGHTS = "请在指标名称里写明分值，例如“培训人数（10分）”，或增加“分值”列：表中没有分值，各项得分照填报计，无法核对。"


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each needed column that was not found, with the nearest label, or its cleared heading."""
    for problem in evaluation.table.problems:
        if problem.trouble is Trouble.LOST_HEADING:
            yield Finding(CODE, SEVERITY, problem.ref, _lost(problem), None, problem.what)
        if problem.trouble is Trouble.NO_WEIGHTS:
            yield Finding(CODE, Severity.WARNING, problem.ref, _NO_WEIGHTS, None, problem.what)
        if problem.trouble is not Trouble.NO_COLUMN:
            continue
        nearest = "、".join(f"「{' '.join(label.split())}」" for label in problem.labels)
        advice = f"，无法核算。请增加{quote(problem.what)}列{_INSTEAD.get(problem.what, '')}。"
        if nearest:
            advice = f"；最接近的是{nearest}，如果就是这一列，请把表头改为{quote(problem.what)}。"
        message = f"找不到「{problem.what}」列{advice}"
        yield Finding(CODE, SEVERITY, problem.ref, message, "、".join(problem.labels) or None, problem.what)


def _lost(problem: Problem) -> str:
    """Name the cell and what should stand in it; several words where the column could be each."""
    words = "或".join(quote(word) for word in problem.labels)
    sure = len(problem.labels) == 1
    return f"{problem.ref.a1}的表头{'' if sure else '（可能是'}{words}{'' if sure else '）'}不见了，请补上。"
