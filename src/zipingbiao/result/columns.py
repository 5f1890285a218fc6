"""The columns of the sheets that summarise projects: heading, width, style, where it comes from, its total.

汇总表 of a folder and the 汇总表 of a workbook are made of the same records, so a figure is the same
on both. A sheet is a tuple of columns and rows for them; nothing is found by a column's number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter

from zipingbiao.book.write.new_cells import Column, Style, Value
from zipingbiao.result.rows import IndicatorRow, ProjectRow
from zipingbiao.result.totals import GRADES, TotalRow
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

    @property
    def label(self) -> str:
        """The word for its standing: 错误, 警告, 提示, or that the unit has answered it."""
        return "单位已说明" if self.finding.verified else self.finding.severity.label


@dataclass(frozen=True, slots=True)
class ProjectColumn(Column[ProjectRow]):
    """One column of a 汇总表.

    Attributes:
        total: what stands below it on a line of totals, with a heading of its own where these lines
            have headings; None where nothing does.
    """

    total: Column[TotalRow] | None = None

    def named(self, heading: str, width: float) -> ProjectColumn:
        """Return the same figure under another heading, in another width."""
        return replace(self, heading=heading, width=width)

    def above(self, heading: str, style: Style, value: Callable[[TotalRow], Value]) -> ProjectColumn:
        """Return the column with another figure of the totals below it."""
        return replace(self, total=Column(heading, self.width, style, value))


def _summed(heading: str, width: float, style: Style, name: str) -> ProjectColumn:
    """A column whose total is the figure of the same name."""
    value = attrgetter(name)
    return ProjectColumn(heading, width, style, value, Column(heading, width, style, value))


def _part(group: int) -> ProjectColumn:
    return ProjectColumn(f"{LEVEL_GROUPS[group]}得分", 8, Style.SCORE, lambda row: row.parts[group])


def _grades(place: int) -> Callable[[TotalRow], Value]:
    return lambda total: total.grades[place]


NO_RATE = "—"

NUMBER = ProjectColumn("序号", 5, Style.COUNT, attrgetter("number"))
DEPARTMENT = ProjectColumn("主管部门", 13, Style.TEXT, attrgetter("department"))
UNIT = ProjectColumn("实施单位", 14, Style.TEXT, attrgetter("unit"))
CODE = ProjectColumn("项目编码", 11, Style.TEXT, attrgetter("code"))
NAME = ProjectColumn("项目名称", 22, Style.TEXT, attrgetter("name"))
YEAR = ProjectColumn("年度", 6, Style.WORD, attrgetter("year"))
INITIAL = _summed("年初预算数", 11, Style.AMOUNT, "initial_budget")
FULL_YEAR = _summed("全年预算数", 11, Style.AMOUNT, "full_year_budget")
EXECUTED = _summed("全年执行数", 11, Style.AMOUNT, "executed")
RATE = _summed("执行率", 9, Style.PERCENT, "execution_rate")
# Where there is no money there is no rate: a dash, that nobody takes for a figure left out.
RATE_OR_DASH = replace(RATE, value=lambda row: NO_RATE if row.budget == 0 else row.execution_rate).above(
    "执行率", Style.PERCENT, lambda total: NO_RATE if total.has_no_budget else total.execution_rate
)
PARTS = tuple(_part(group) for group in range(len(LEVEL_GROUPS)))
ADOPTED = ProjectColumn("自评总分", 8, Style.SCORE, attrgetter("adopted_total"))
GRADE = ProjectColumn("自评等级", 7, Style.WORD, lambda row: row.grade or "未完成")
ERRORS = _summed("错误数", 7, Style.COUNT, "errors")
WARNINGS = _summed("警告数", 7, Style.COUNT, "warnings")
SHEET = ProjectColumn("工作表", 18, Style.TEXT, attrgetter("sheet"))

# Scores are never added: below them stand the means and how many of each grade there are.
_BELOW_PARTS: tuple[tuple[str, Style, Callable[[TotalRow], Value]], ...] = (
    ("简单平均分", Style.SCORE, attrgetter("mean")),
    ("加权平均分", Style.SCORE, attrgetter("weighted_mean")),
    *((f"{grade}（个）", Style.COUNT, _grades(place)) for place, grade in enumerate(GRADES)),
)

# Printed first; what only serves checking stands to the right of the print area.
PRINTED: tuple[ProjectColumn, ...] = (
    *(NUMBER, DEPARTMENT, UNIT, CODE),
    NAME.above("项目数", Style.COUNT, attrgetter("projects")),
    YEAR.above("计入", Style.COUNT, attrgetter("counted")),
    *(INITIAL, FULL_YEAR, EXECUTED, RATE_OR_DASH),
    *(part.above(*below) for part, below in zip(PARTS, _BELOW_PARTS, strict=True)),
    ADOPTED.above("无得分数", Style.COUNT, attrgetter("without_score")),
    GRADE,
    ProjectColumn("未完成指标数", 8, Style.COUNT, attrgetter("unmet")),
    ProjectColumn("偏差原因", 26, Style.TEXT, attrgetter("reasons")),
    ProjectColumn("备注", 24, Style.TEXT, attrgetter("remark")),
)

CHECKING: tuple[ProjectColumn, ...] = (
    ProjectColumn("核算总分", 9, Style.SCORE, attrgetter("total")),
    ProjectColumn("分值合计", 9, Style.WEIGHT, attrgetter("weights_total")),
    ProjectColumn("未计算指标数", 8, Style.COUNT, attrgetter("uncomputed")),
    *(ERRORS, WARNINGS),
    ProjectColumn("评分规则", 16, Style.TEXT, attrgetter("profile")),
    ProjectColumn("文件", 30, Style.TEXT, attrgetter("file")),
    SHEET,
)

# 汇总表 of a workbook: what is handed up, in small. Its headings are how the sheet is known in every workbook handed
# out so far, so another heading would be another layout (result/sheets.py).
OWN_SUMMARY: tuple[ProjectColumn, ...] = (
    NUMBER,
    CODE.named("项目编码", 21),
    NAME.named("项目名称", 30).above(
        "项目名称", Style.TEXT, lambda total: f"{total.label}（{total.counted}个）"
    ),
    UNIT.named("实施单位", 19),
    *(INITIAL, FULL_YEAR, EXECUTED, RATE_OR_DASH),
    ProjectColumn(
        "自评得分", 8, Style.SCORE, lambda row: "未完成" if row.adopted_total is None else row.adopted_total
    ).above("自评得分", Style.SCORE, attrgetter("mean")),
    ProjectColumn("自评等级", 7, Style.WORD, lambda row: row.printed_grade or NO_RATE),
    ProjectColumn("备注", 18, Style.TEXT, attrgetter("remark")),
)

# That of workbooks handed out up to version 0.7, with the total below.
EARLIER_OWN_SUMMARY: tuple[ProjectColumn, ...] = (
    NUMBER,
    CODE.named("项目编码", 21),
    NAME.named("项目名称", 26).above("", Style.TEXT, attrgetter("label")),
    DEPARTMENT.named("主管部门", 16),
    UNIT.named("实施单位", 16),
    YEAR,
    INITIAL.named("年初预算", 11),
    FULL_YEAR.named("全年预算", 11),
    EXECUTED.named("全年执行", 11),
    RATE,
    *(part.named(group, 7) for part, group in zip(PARTS, LEVEL_GROUPS, strict=True)),
    ADOPTED,
    ProjectColumn("等级", 6, Style.WORD, lambda row: row.printed_grade or "未完成"),
    ERRORS.named("错误", 5),
    WARNINGS.named("警告", 5),
    SHEET.named("工作表", 10),
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
    Column("位置", 20, Style.TEXT, lambda line: line.finding.ref.place if line.finding.ref else ""),
    Column("级别", 11, Style.WORD, attrgetter("label")),
    Column("编号", 8, Style.WORD, attrgetter("finding.code")),
    Column("问题", 60, Style.TEXT, attrgetter("finding.message")),
    Column("现为", 16, Style.TEXT, attrgetter("finding.found")),
    Column("应为", 16, Style.TEXT, attrgetter("finding.expected")),
    Column("单位说明", 30, Style.TEXT, attrgetter("finding.verified")),
)
