"""T113 文字材料还有章节没有写。

检查内容：本软件模板的“文字材料”表中，指标表已经填完的项目，是否还有空白的章节。
为何重要：生成自评报告时，空白的章节印“未填写”，报告不完整会被退回。
依据：各地自评报告提纲的章节；模板“文字材料”表的“填写要求”栏写明各章节写什么。
严重程度：提示，因为有的地方只报表不报报告。一张表只报一次，列出章节。
反例：指标都已评分，“产出情况及分析”“存在问题及原因分析”空白。
正例：没有可写的章节写“无”。
不检查：别的样式的工作簿；指标还没有填完的表；项目表已经写了年度绩效目标时的“项目年度绩效目标”。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.rules.texts.said import is_year_goal, texts
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.ours import Sheet

CODE = "T113"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report the blank sections of a complete table, once per table."""
    if evaluation.adopted_total is None:
        return
    has_goal = any(is_year_goal(text.title) for text in texts(evaluation))
    blank = [
        Hit(quote(title), entry.ref)
        for title, entry in evaluation.table.texts.items()
        if _is_unwritten(entry) and not (has_goal and is_year_goal(title))
    ]
    lead, said = "“文字材料”中还没有写：", "。要生成自评报告的请补写，没有可写的写“无”。"
    yield from together(CODE, SEVERITY, blank, said, lead=lead)


def _is_unwritten(entry: Entry) -> bool:
    return entry.ref.sheet == Sheet.TEXTS and not entry.text.strip()
