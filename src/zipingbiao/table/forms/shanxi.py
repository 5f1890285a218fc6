"""山西附件1: the kinds of amounts are rows of its funds table, which stands above the indicators."""

from __future__ import annotations

from zipingbiao.table.forms.usual import LEVELS
from zipingbiao.table.records import Form, Role
from zipingbiao.table.sections import ANALYSIS, PRACTICE, Section

FORM = Form(
    key="shanxi",
    name="山西附件1",
    file_name="山西-项目支出绩效自评表",
    title="附件1.项目支出绩效自评表",
    profile="shanxi",
    headings={
        Role.NAME: "目标指标",
        Role.WEIGHT: "权重",
        Role.TARGET: "目标值",
        Role.ACTUAL: "业绩值",
        Role.SCORE: "指标得分",
    },
    told_by=(Role.NAME, Role.ACTUAL),
    funds_by_rows=True,
    levels=LEVELS,
    sections=(
        Section("项目概况", "项目做什么、由谁做、覆盖范围和受益对象。"),
        Section("立项依据", "文件名称和文号，或会议纪要、批复；与项目内容直接有关的才列。"),
        Section("设立的必要性", "要解决什么问题，不做会怎样。"),
        Section("保证项目实施的措施与制度", "组织分工、资金管理和采购、验收等制度的名称。"),
        Section("项目实施计划", "分阶段写时间、工作内容和完成标志。"),
        Section("项目实施期绩效目标", "整个实施期结束时达到的结果；一年期项目与年度目标相同。"),
        Section("项目年度绩效目标", "本年度达到的结果，与批复的绩效目标表一致。"),
        *ANALYSIS,
        PRACTICE,
        Section("存在问题及原因分析", "先写问题，再写原因；与扣分的指标对应。"),
        Section("进一步加强项目管理措施及建议", "针对上面每个问题写措施、责任人或科室、完成时间。"),
    ),
)
