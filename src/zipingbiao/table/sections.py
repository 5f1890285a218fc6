"""文字材料: the sections of the written 绩效自评报告 that accompany each form, and how they are listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zipingbiao.table.records import Form

TEXT_HEADINGS = ("序号", "工作表", "所属项目", "章节", "内容", "填写要求")
"""Columns A to F of the sheet 文字材料; 内容 is typed by the unit.

所属项目 and not 项目名称: that is a label of a table's head, and a missing project name would be
read from here.
"""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report: its title, which is its key, and what belongs into it."""

    title: str
    hint: str


_ANALYSIS = (
    Section(
        "项目实施和预算执行情况及分析", "实施进度与计划比较；资金到位、支出和结余；执行率偏低的写明原因。"
    ),
    Section("产出情况及分析", "对照数量、质量、时效、成本指标逐项写完成情况；没有完成或超额较多的写明原因。"),
    Section("效益情况及分析", "对照效益指标写产生的作用，用数据或事实说明；没有达到预期的写明原因。"),
    Section("满意度情况及分析", "调查的对象、方式、份数和结果；不满意的集中在哪些方面。"),
)
_PRACTICE = Section("主要经验做法", "值得保留和推广的做法，每条一两句；没有可写“无”。")

SECTIONS: Mapping[Form, tuple[Section, ...]] = {
    Form.SHANXI: (
        Section("项目概况", "项目做什么、由谁做、覆盖范围和受益对象。"),
        Section("立项依据", "文件名称和文号，或会议纪要、批复；与项目内容直接有关的才列。"),
        Section("设立的必要性", "要解决什么问题，不做会怎样。"),
        Section("保证项目实施的措施与制度", "组织分工、资金管理和采购、验收等制度的名称。"),
        Section("项目实施计划", "分阶段写时间、工作内容和完成标志。"),
        Section("项目实施期绩效目标", "整个实施期结束时达到的结果；一年期项目与年度目标相同。"),
        Section("项目年度绩效目标", "本年度达到的结果，与批复的绩效目标表一致。"),
        *_ANALYSIS,
        _PRACTICE,
        Section("存在问题及原因分析", "先写问题，再写原因；与扣分的指标对应。"),
        Section("进一步加强项目管理措施及建议", "针对上面每个问题写措施、责任人或科室、完成时间。"),
    ),
    Form.NATIONAL: (
        Section("立项背景", "依据的文件和文号，项目要解决的问题。"),
        Section("资金用途及目的", "资金花在哪些方面，分别要达到什么目的。"),
        Section("资金预算和执行情况", "年初预算、调整、到位、支出和结余的金额（万元）及原因。"),
        Section("绩效自评工作开展情况", "谁组织、怎样收集数据、何时完成、如何复核。"),
        *_ANALYSIS,
        _PRACTICE,
        Section("项目管理中存在的主要问题及原因分析", "先写问题，再写原因；与扣分的指标对应。"),
        Section("下一步改进措施及管理建议", "针对上面每个问题写措施、责任人或科室、完成时间。"),
        Section("绩效自评结果应用建议", "对下年预算安排、政策调整和结果公开的建议。"),
    ),
}
"""The sections of each form in the order of its report."""
