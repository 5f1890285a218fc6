"""The columns of the sheets that summarise projects: heading, width, style, where it comes from, its total.

汇总表 of a folder and the 汇总表 of a workbook are made of the same records, so a figure is the same
on both. A sheet is a tuple of columns and rows for them; nothing is found by a column's number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from operator import attrgetter

from zipingbiao.book.write.new_cells import Column, Style, Value
from zipingbiao.result.code import same_code
from zipingbiao.result.rows import IndicatorRow, ProjectRow
from zipingbiao.result.totals import TotalRow
from zipingbiao.rules.shared.registered import Registered
from zipingbiao.scoring.evaluation import LEVEL_GROUPS
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import difference

FOR_INFORMATION = "供参考"
"""What asks for nothing."""


@frozen
class IndicatorLine:
    """One scored line, the project it belongs to, and the findings about it."""

    project: ProjectRow
    indicator: IndicatorRow
    findings: tuple[Finding, ...] = ()

    @property
    def asked(self) -> str:
        """问题: each finding after what it asks for."""
        return "\n".join(f"{action(finding)}：{finding.message}" for finding in self.findings)


def action(finding: Finding) -> str:
    """Return what a finding asks for in a word, or that the unit has answered it: 必须改 请说明 供参考 已说明."""
    if finding.verified:
        return "已说明"
    return {Severity.ERROR: "必须改", Severity.WARNING: "请说明", Severity.INFO: FOR_INFORMATION}[
        finding.severity
    ]


@frozen
class FindingPlace:
    """Of which file and table a finding is, and where it stands on the list: what is joined to what it says.

    Attributes:
        project: the table of it; None where there is none.
        cell: its place as a link names it; "" for none.
        link: the way to the file; "" for none.
        number: 序号, counted from 1.
    """

    file: str
    project: ProjectRow | None = None
    cell: str = ""
    link: str = ""
    number: int = 0

    @property
    def department(self) -> str:
        """主管部门; "" where nobody knows."""
        return self.project.department if self.project is not None else ""

    @property
    def unit(self) -> str:
        """The unit of its table; "" where there is none."""
        return self.project.unit if self.project is not None else ""

    @property
    def name(self) -> str:
        """The project by its name, else its code; where a file holds none, the file."""
        return (self.project.name or self.project.code) if self.project is not None else self.file


@frozen
class FindingLine(FindingPlace):
    """One finding in its place."""

    finding: Finding = field(kw_only=True)

    @classmethod
    def of(
        cls, file: str, finding: Finding, project: ProjectRow | None = None, link: str = "", number: int = 0
    ) -> FindingLine:
        """Return the line of a finding; the rest as in :class:`FindingPlace`."""
        return cls(file, project, cell_of(finding), link, number, finding=finding)

    @property
    def label(self) -> str:
        """级别."""
        return action(self.finding)

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return self.finding.ref.place if self.finding.ref is not None else "整个文件"


def cell_of(finding: Finding) -> str:
    """Return the place of a finding as a link names it; "" for none."""
    ref = finding.ref
    return "" if ref is None or ref.said else f"'{ref.sheet.replace(chr(39), chr(39) * 2)}'!{ref.a1}"


@frozen
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


def fitted(column: ProjectColumn) -> ProjectColumn:
    """Return the column with texts that become a little smaller before they take a second line."""
    return replace(column, style=Style.FITTED)


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
ERRORS = _summed("错误数", 7, Style.COUNT, "errors")
WARNINGS = _summed("警告数", 7, Style.COUNT, "warnings")
SHEET = ProjectColumn("工作表", 18, Style.TEXT, attrgetter("sheet"))


def _missing(row: ProjectRow) -> str:
    """What stands for a total that there is none of: nothing is unfinished where the form gives no points."""
    return NO_RATE if row.without_points else "未完成"


# A score without a total says why it is missing, and below the scores stands their mean.
SCORE = ProjectColumn(
    "自评得分", 7, Style.SCORE, lambda row: _missing(row) if row.adopted_total is None else row.adopted_total
).above("自评得分", Style.SCORE, attrgetter("mean"))
GRADE = ProjectColumn("自评\n等级", 5.5, Style.WORD, lambda row: row.grade or NO_RATE)
NOTICE = ProjectColumn("备注", 7.5, Style.FITTED, attrgetter("notice"))

# What is handed up, with the heading 合计 and the rows of the departments above their projects.
HANDED_UP: tuple[ProjectColumn, ...] = (
    NUMBER.named("序号", 4.5).above("序号", Style.WORD, attrgetter("ordinal")),
    fitted(CODE.named("项目编码", 20)),
    fitted(NAME.named("项目名称", 36)).above(
        "项目名称", Style.FITTED, lambda total: f"{total.label}（{total.counted}个）"
    ),
    fitted(UNIT.named("实施单位", 19)),
    *(_summed(column.heading, 11, Style.MONEY, name) for column, name in (
        (INITIAL, "initial_budget"), (FULL_YEAR, "full_year_budget"), (EXECUTED, "executed"),
    )),
    RATE_OR_DASH.named("执行率", 8),
    SCORE,
    GRADE,
    NOTICE,
)  # fmt: skip

# ------------------------------------------------------------------ 底稿


def _parted(group: int) -> tuple[ProjectColumn, ProjectColumn]:
    weight = ProjectColumn(f"{LEVEL_GROUPS[group]}分值", 8, Style.WEIGHT, lambda row: row.part_weights[group])
    return _part(group), weight


def _levels(row: ProjectRow) -> str:
    """资金级次: as the list names it, else where the money comes from."""
    if row.registered is not None and row.registered.row.level:
        return row.registered.row.level
    labels = (each.source.label.removesuffix("小计") for each in row.sources)  # here nothing is added up
    return "、".join(dict.fromkeys(labels))


LEVELS = ProjectColumn("资金级次", 12, Style.TEXT, _levels)


def of_list(value: Callable[[Registered], Value]) -> Callable[[ProjectRow], Value]:
    """Return what gives the word of a list on a project; None where it does not have it."""
    return lambda row: None if row.registered is None else value(row.registered)


def working_paper(*, listed: bool) -> tuple[ProjectColumn, ...]:
    """Return the columns of 底稿; what only a list of projects says is absent where there is none."""
    beside = (
        ProjectColumn("名单预算", 12, Style.AMOUNT, of_list(attrgetter("budget")))
        .above("名单预算", Style.AMOUNT, attrgetter("listed_budget")),
        ProjectColumn("名单支付数", 12, Style.AMOUNT, of_list(attrgetter("row.paid")))
        .above("名单支付数", Style.AMOUNT, attrgetter("listed_paid")),
        *(
            ProjectColumn(f"{said}相差", 11, Style.AMOUNT, _beside_list(own, theirs))
            for said, own, theirs in (
                ("预算", "full_year_budget", "budget"),
                ("支付", "executed", "row.paid"),
            )
        ),
    )  # fmt: skip
    return (
        *(column if column.style is not Style.MONEY else replace(column, style=Style.AMOUNT) for column in HANDED_UP),
        DEPARTMENT.named("主管部门", 20),
        LEVELS,
        *([ProjectColumn("一级项目", 18, Style.TEXT, of_list(attrgetter("row.parent")))] if listed else []),
        ProjectColumn("填报总分", 8, Style.SCORE, attrgetter("stated_total")),
        ProjectColumn("核算总分", 8, Style.SCORE, attrgetter("total")),
        ProjectColumn("总分相差", 8, Style.SCORE, lambda row: difference(row.stated_total, row.total)),
        *(column for group in range(len(LEVEL_GROUPS)) for column in _parted(group)),
        ProjectColumn("分值合计", 8, Style.WEIGHT, attrgetter("weights_total")),
        _summed("未达目标指标数", 8, Style.COUNT, "unmet"),
        ProjectColumn("未计算指标数", 8, Style.COUNT, attrgetter("uncomputed")),
        ERRORS.named("错误", 6),
        WARNINGS.named("待说明", 6),
        ProjectColumn("偏差原因", 30, Style.TEXT, attrgetter("reasons")),
        ProjectColumn("说明", 24, Style.TEXT, attrgetter("remark")),
        ProjectColumn("评分规则", 16, Style.TEXT, attrgetter("profile")),
        *(beside if listed else ()),
        ProjectColumn("数据校验码", 11, Style.WORD, attrgetter("check_code")),
        ProjectColumn("校验码一致", 8, Style.WORD, _code_held),
        ProjectColumn("预审", 12, Style.WORD, attrgetter("prechecked")),
    )  # fmt: skip


def _beside_list(own: str, theirs: str) -> Callable[[ProjectRow], Value]:
    mine, listed = attrgetter(own), attrgetter(theirs)
    return lambda row: None if row.registered is None else difference(mine(row), listed(row.registered))


def _code_held(row: ProjectRow) -> str:
    """Whether the code typed from stamped paper is that of the file; "" where none was typed."""
    if not row.stamped:
        return ""
    return "一致" if same_code(row.stamped, row.check_code) else "不一致"


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
    SCORE.named("自评得分", 8),
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
    ProjectColumn("等级", 6, Style.WORD, lambda row: row.printed_grade or _missing(row)),
    ERRORS.named("错误", 5),
    WARNINGS.named("警告", 5),
    SHEET.named("工作表", 10),
)

INDICATORS: tuple[Column[IndicatorLine], ...] = (
    Column("项目", 26, Style.TEXT, lambda line: line.project.name or line.project.code),
    Column("一级指标", 11, Style.TEXT, attrgetter("indicator.level1")),
    Column("二级指标", 11, Style.TEXT, attrgetter("indicator.level2")),
    Column("三级指标", 20, Style.TEXT, attrgetter("indicator.name")),
    Column("目标值", 13, Style.TEXT, attrgetter("indicator.target")),
    Column("业绩值", 13, Style.TEXT, attrgetter("indicator.actual")),
    Column("完成率", 9, Style.PERCENT, attrgetter("indicator.completion")),
    Column("分值", 7, Style.WEIGHT, attrgetter("indicator.weight")),
    Column("填报得分", 8, Style.SCORE, attrgetter("indicator.stated_score")),
    Column("核算得分", 8, Style.SCORE, attrgetter("indicator.score")),
    Column("相差", 8, Style.SCORE, attrgetter("indicator.difference")),
    Column("偏差原因", 26, Style.TEXT, attrgetter("indicator.reason")),
    Column("问题", 46, Style.TEXT, attrgetter("asked")),
)

_COLOURS = {"必须改": "#C00000", "请说明": "#9C5700", "供参考": "#595959"}

FINDINGS: tuple[Column[FindingLine], ...] = (
    Column("序号", 5, Style.COUNT, attrgetter("number"), joined=True),
    Column("主管部门", 16, Style.TEXT, attrgetter("department"), joined=True),
    Column("实施单位", 16, Style.TEXT, attrgetter("unit"), joined=True),
    Column("项目名称", 26, Style.TEXT, attrgetter("name"), joined=True),
    Column("级别", 6, Style.WORD, attrgetter("label"), colour=lambda line: _COLOURS.get(line.label, "")),
    Column("位置", 14, Style.TEXT, attrgetter("place"), link=attrgetter("link"), within=attrgetter("cell")),
    Column("问题", 46, Style.TEXT, attrgetter("finding.message")),
    Column("现为", 16, Style.TEXT, attrgetter("finding.found")),
    Column("应为", 16, Style.TEXT, attrgetter("finding.expected")),
    Column("核实说明", 24, Style.TEXT, attrgetter("finding.verified")),
    Column("编号", 7, Style.WORD, attrgetter("finding.code")),
)
