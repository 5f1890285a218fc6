"""The columns of the four sheets of a summary, in order: heading, width, style, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from zipingbiao.book.write.new_cells import Column, Style, Value
from zipingbiao.result.rows import IndicatorRow, ProjectRow
from zipingbiao.scoring.evaluation import LEVEL_GROUPS
from zipingbiao.scoring.finding import Finding


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One scored line and the project it belongs to."""

    project: ProjectRow
    indicator: IndicatorRow


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding and the file it is about."""

    file: str
    finding: Finding


def _part(group: int) -> Column[ProjectRow]:
    return Column(f"{LEVEL_GROUPS[group]}得分", 8, Style.SCORE, lambda row: row.parts[group])


def _grade(row: ProjectRow) -> Value:
    return row.grade or "未完成"


# Printed first; what only serves checking stands to the right of the print area.
PRINTED: tuple[Column[ProjectRow], ...] = (
    Column("序号", 5, Style.COUNT, attrgetter("number")),
    Column("主管部门", 13, Style.TEXT, attrgetter("department")),
    Column("实施单位", 14, Style.TEXT, attrgetter("unit")),
    Column("项目编码", 11, Style.TEXT, attrgetter("code")),
    Column("项目名称", 22, Style.TEXT, attrgetter("name")),
    Column("年度", 6, Style.WORD, attrgetter("year")),
    Column("年初预算数", 11, Style.AMOUNT, attrgetter("initial_budget")),
    Column("全年预算数", 11, Style.AMOUNT, attrgetter("full_year_budget")),
    Column("全年执行数", 11, Style.AMOUNT, attrgetter("executed")),
    Column("执行率", 9, Style.PERCENT, attrgetter("execution_rate")),
    *(_part(group) for group in range(len(LEVEL_GROUPS))),
    Column("自评总分", 8, Style.SCORE, attrgetter("adopted_total")),
    Column("自评等级", 7, Style.WORD, _grade),
    Column("未完成指标数", 8, Style.COUNT, attrgetter("unmet")),
    Column("偏差原因", 26, Style.TEXT, attrgetter("reasons")),
    Column("备注", 24, Style.TEXT, attrgetter("remark")),
)

CHECKING: tuple[Column[ProjectRow], ...] = (
    Column("核算总分", 9, Style.SCORE, attrgetter("total")),
    Column("分值合计", 9, Style.WEIGHT, attrgetter("weights_total")),
    Column("未计算指标数", 8, Style.COUNT, attrgetter("uncomputed")),
    Column("错误数", 7, Style.COUNT, attrgetter("errors")),
    Column("警告数", 7, Style.COUNT, attrgetter("warnings")),
    Column("评分规则", 16, Style.TEXT, attrgetter("profile")),
    Column("文件", 30, Style.TEXT, attrgetter("file")),
    Column("工作表", 18, Style.TEXT, attrgetter("sheet")),
)

INDICATORS: tuple[Column[IndicatorLine], ...] = (
    Column("文件", 24, Style.TEXT, attrgetter("project.file")),
    Column("工作表", 14, Style.TEXT, attrgetter("project.sheet")),
    Column("行", 13, Style.WORD, attrgetter("indicator.place")),
    Column("主管部门", 13, Style.TEXT, attrgetter("project.department")),
    Column("实施单位", 14, Style.TEXT, attrgetter("project.unit")),
    Column("项目名称", 20, Style.TEXT, attrgetter("project.name")),
    Column("一级指标", 11, Style.TEXT, attrgetter("indicator.level1")),
    Column("二级指标", 11, Style.TEXT, attrgetter("indicator.level2")),
    Column("三级指标", 20, Style.TEXT, attrgetter("indicator.name")),
    Column("指标性质", 8, Style.WORD, attrgetter("indicator.kind")),
    Column("目标值", 13, Style.TEXT, attrgetter("indicator.target")),
    Column("业绩值", 13, Style.TEXT, attrgetter("indicator.actual")),
    Column("完成率", 9, Style.PERCENT, attrgetter("indicator.completion")),
    Column("分值", 7, Style.WEIGHT, attrgetter("indicator.weight")),
    Column("填报得分", 8, Style.SCORE, attrgetter("indicator.stated_score")),
    Column("核算得分", 8, Style.SCORE, attrgetter("indicator.score")),
    Column("采用得分", 8, Style.SCORE, attrgetter("indicator.adopted")),
    Column("差异", 8, Style.SCORE, attrgetter("indicator.difference")),
    Column("偏差原因及改进措施", 26, Style.TEXT, attrgetter("indicator.reason")),
    Column("计算说明", 34, Style.TEXT, attrgetter("indicator.explanation")),
)

FINDINGS: tuple[Column[FindingLine], ...] = (
    Column("文件", 28, Style.TEXT, attrgetter("file")),
    Column("位置", 20, Style.TEXT, lambda line: str(line.finding.ref) if line.finding.ref else ""),
    Column("级别", 7, Style.WORD, lambda line: line.finding.severity.label),
    Column("编号", 8, Style.WORD, attrgetter("finding.code")),
    Column("问题", 60, Style.TEXT, attrgetter("finding.message")),
    Column("现为", 16, Style.TEXT, attrgetter("finding.found")),
    Column("应为", 16, Style.TEXT, attrgetter("finding.expected")),
)
