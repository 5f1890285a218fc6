"""S107 偏差原因只有口号，没有原因。

检查内容：未得满分的指标，偏差原因是否只写了“加强学习、提高认识”一类的话，没有说出任何事实。
为何重要：偏差原因要让审核的人知道为什么没有完成；只有口号的常被要求重写。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》要求对未完成的目标分析并说明原因，提出改进措施（可信程度：未核对原文）。
严重程度：提示，因为程序只看用词，写得好不好要由人判断。一张表只报一次，列出各行。
反例：“厉行节约，用好每一笔资金”；“加强学习，提升业务水平”。
正例：“村多路远，维护不够及时”；“质保金未到期，到期后支付”。
不检查：没有写原因的行（见 S104）；得满分的行；原因是否属实、措施是否得当。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.reasons import given_reasons, is_slogan
from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "S107"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention reasons that name no fact, once per table."""
    slogans = [(row, quote(text)) for row, text in given_reasons(evaluation) if is_slogan(text)]
    hits = [on_line(row, Role.REASON, detail=slogan) for row, slogan in slogans]
    said = "的偏差原因只有口号，看不出为什么没有完成。请写明原因和具体的改进措施。"
    yield from together(CODE, SEVERITY, hits, said, found=listed([slogan for _, slogan in slogans]))
