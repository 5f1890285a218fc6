"""文字材料: how the sections of the written 绩效自评报告 are listed, and those that every form has."""

from __future__ import annotations

from zipingbiao.values.frozen import frozen

TEXT_HEADINGS = ("序号", "工作表", "所属项目", "章节", "内容", "填写要求")
"""Columns A to F of the sheet 文字材料; 内容 is typed by the unit.

所属项目 and not 项目名称: that is a label of a table's head, and a missing project name would be
read from here.
"""


UNWRITTEN = "未填写"
"""What a report prints where nobody has written anything; read back it is nothing."""


@frozen
class Section:
    """One section of the report: its title, which is its key, and what belongs into it."""

    title: str
    hint: str


ANALYSIS = (
    Section(
        "项目实施和预算执行情况及分析", "实施进度与计划比较；资金到位、支出和结余；执行率偏低的写明原因。"
    ),
    Section("产出情况及分析", "对照数量、质量、时效、成本指标逐项写完成情况；没有完成或超额较多的写明原因。"),
    Section("效益情况及分析", "对照效益指标写产生的作用，用数据或事实说明；没有达到预期的写明原因。"),
    Section("满意度情况及分析", "调查的对象、方式、份数和结果；不满意的集中在哪些方面。"),
)
PRACTICE = Section("主要经验做法", "值得保留和推广的做法，每条一两句；没有可写“无”。")
