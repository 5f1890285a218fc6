"""V114 效益指标用百分比，却看不出是什么的百分比。

检查内容：效益指标的名称只说效果（社会效益明显、促进经济发展、生活水平提高），目标值却填了50%以上的百分比。
为何重要：没有写明是谁占谁的比例，就没有办法核对，复核时会按“指标无法考核”扣分或不计分。
依据：2026年某区复核自评表的问题清单，多数项目都有这样的指标；绩效指标应当可以衡量。
严重程度：提示，因为各地都有这样填的，当年的目标不能再改，供下年设指标时参考。一张表只报一次，列出各行。
反例：“社会效益明显”目标值≥95%。
正例：“受益群众就业率”≥95%；“社会效益明显”目标值“明显”；“群众收入水平提高”≥10%（增长幅度）。
不检查：目标值是文字、业绩值是百分比的（山西附件1的填法）；50%以下的百分比（多半是增长幅度）；以率、占比、增幅等结尾的名称；产出和满意度指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.rules.values.shares import percentage
from zipingbiao.rules.words import EFFECT
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key, without_brackets

CODE = "V114"
SEVERITY = Severity.INFO

_OF_EFFECT = regex(r"效益|效果|影响")
_SHARE_FROM = 50  # percent; what grows seldom grows by half


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention effects with a percentage as target, once per table."""
    hits = [
        on_line(row, Role.TARGET, detail=f"目标值{row.indicator.text(Role.TARGET)}", found=Role.TARGET)
        for row in evaluation.rows
        if _is_hollow(row)
    ]
    said = "只说效果，看不出是什么的百分比，复核时难以核对。下年请改设可以计算的指标（如知晓率、受益户占比），或用文字写目标。"
    yield from together(CODE, SEVERITY, hits, said)


def _is_hollow(row: Scored) -> bool:
    indicator = row.indicator
    if indicator.is_execution or not _OF_EFFECT.search(indicator.level1 + indicator.level2):
        return False
    target = percentage(indicator, Role.TARGET)
    if target is None or target < _SHARE_FROM:
        return False
    return EFFECT.search(without_brackets(label_key(indicator.name))) is not None
