"""山西: the report with six parts, four tables in its text, and 附件1 across.

Basis: 山西省县级单位 2020、2021 年度项目支出绩效自评报告; headings are theirs word for word.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter

from zipingbiao.report.annexes import evidence_table
from zipingbiao.report.blocks import FORM_MARK, Table
from zipingbiao.report.funds import funds_table
from zipingbiao.report.lines import (
    ACTUAL,
    LEVEL1,
    LEVEL2,
    NAME,
    SCORE,
    TARGET,
    WEIGHT,
    Column,
    body_table,
    lines,
    table_of,
)
from zipingbiao.report.outline import Labels, Outline, Part, Printed, Prose, Sentence
from zipingbiao.report.texts import Basis
from zipingbiao.table.forms.shanxi import FORM
from zipingbiao.table.records import Role

_COLUMNS = (
    LEVEL1,
    LEVEL2,
    Column(FORM.heading(Role.NAME), NAME.width, NAME.value, left=True),
    WEIGHT,
    TARGET,
    ACTUAL,
    Column("完成率", 20, attrgetter("completion")),
    Column(FORM.heading(Role.SCORE), 18, SCORE.value),
    Column("偏差原因分析及改进措施", 52, attrgetter("reason"), left=True),
)


def _form_table(basis: Basis) -> Table:
    return table_of(lines(basis.evaluation, with_funds=True), _COLUMNS, FORM_MARK)


def _body(title: str, name: str, mark: str, *groups: str) -> Part:
    made = partial(body_table, groups=groups, mark=f"zpb_{mark}_table")
    return Part(title, 2, f"表：{name}", mark, Printed(made))


def _analysis(number: int, section: str, mark: str) -> Part:
    return Part(f"{number}. {section}", 3, section, mark, Prose(section))


OUTLINE = Outline(
    parts=(
        Part("一、项目的基本情况", 1, "", "basics"),
        Part(
            "（一）项目概况",
            2,
            "项目概况",
            "overview",
            Labels(("项目概况", "立项依据", "设立的必要性", "保证项目实施的措施与制度", "项目实施计划")),
        ),
        Part(
            "（二）预算执行情况",
            2,
            "表：资金",
            "funds",
            Printed(partial(funds_table, mark="zpb_funds_table")),
        ),
        Part("（三）项目绩效目标", 2, "", "goals"),
        Part(
            "（1）. 项目实施期绩效目标", 3, "项目实施期绩效目标", "goal_period", Prose("项目实施期绩效目标")
        ),
        Part("（2）. 项目年度目标", 3, "项目年度绩效目标", "goal_year", Prose("项目年度绩效目标")),
        Part("二、项目绩效情况", 1, "总得分句", "result", Sentence()),
        # A line of 决策 or 过程 stands with the execution, one of a level 成本 with the output: none is left out.
        _body("（一）预算执行情况", "预算执行", "execution", "预算执行", "其他"),
        _body("（二）项目产出情况", "产出", "output", "成本", "产出"),
        _body("（三）项目效益情况", "效益", "effect", "效益"),
        _body("（四）项目满意度情况", "满意度", "satisfaction", "满意度"),
        Part("三、项目绩效分析", 1, "", "analysis"),
        _analysis(1, "项目实施和预算执行情况及分析", "analysis_execution"),
        _analysis(2, "产出情况及分析", "analysis_output"),
        _analysis(3, "效益情况及分析", "analysis_effect"),
        _analysis(4, "满意度情况及分析", "analysis_satisfaction"),
        Part("四、项目主要经验做法", 1, "主要经验做法", "practice", Prose("主要经验做法")),
        Part(
            "五、项目管理中存在问题及原因分析",
            1,
            "存在问题及原因分析",
            "problems",
            Prose("存在问题及原因分析"),
        ),
        Part(
            "六、进一步加强项目管理措施及建议",
            1,
            "进一步加强项目管理措施及建议",
            "measures",
            Prose("进一步加强项目管理措施及建议"),
        ),
    ),
    annexes=(
        Part(FORM.title, 1, "附件1", "annex1", Printed(_form_table, named=True)),
        Part(
            "附件2.绩效自评相关资料",
            1,
            "附件2",
            "annex2",
            Printed(partial(evidence_table, mark="zpb_evidence_table")),
        ),
    ),
)
