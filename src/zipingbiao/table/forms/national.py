"""全国样表: amounts are columns of its funds block, which has the 预算执行率 with 分值 and 得分."""

from __future__ import annotations

from zipingbiao.table.forms.usual import LEVELS
from zipingbiao.table.records import Form, Role
from zipingbiao.table.sections import ANALYSIS, PRACTICE, Section

FORM = Form(
    key="national",
    name="全国通用",
    file_name="全国-项目支出绩效自评表",
    title="项目支出绩效自评表",
    profile="national-2020",
    headings={
        Role.NAME: "三级指标",
        Role.TARGET: "年度\n指标值",
        Role.ACTUAL: "实际\n完成值",
        Role.WEIGHT: "分值",
        Role.SCORE: "得分",
    },
    told_by=(Role.TARGET, Role.ACTUAL),
    funds_by_rows=False,
    levels=LEVELS,
    sections=(
        Section("立项背景", "依据的文件和文号，项目要解决的问题。"),
        Section("资金用途及目的", "资金花在哪些方面，分别要达到什么目的。"),
        Section("资金预算和执行情况", "年初预算、调整、到位、支出和结余的金额（万元）及原因。"),
        Section("绩效自评工作开展情况", "谁组织、怎样收集数据、何时完成、如何复核。"),
        *ANALYSIS,
        PRACTICE,
        Section("项目管理中存在的主要问题及原因分析", "先写问题，再写原因；与扣分的指标对应。"),
        Section("下一步改进措施及管理建议", "针对上面每个问题写措施、责任人或科室、完成时间。"),
        Section("绩效自评结果应用建议", "对下年预算安排、政策调整和结果公开的建议。"),
    ),
)
