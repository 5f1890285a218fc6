"""The columns of the four sheets of a summary, in order: heading, width, style, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from zipingbiao.evaluate import FileResult
from zipingbiao.evaluation import LEVEL_GROUPS, Scored
from zipingbiao.finding import Finding, Severity, count
from zipingbiao.model import Place, Role
from zipingbiao.writers.summary_cells import Column, Style, Value
from zipingbiao.writers.summary_records import ProjectRow, Summary


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One scored line of a project."""

    project: ProjectRow
    scored: Scored

    @property
    def repeats_score(self) -> bool:
        """Whether its score stands in the merged cell of an earlier line and counts there."""
        indicator = self.scored.indicator
        return indicator.row in indicator.shared_score[1:]

    @property
    def place(self) -> str:
        """Where the line stands: its row, or what takes its place."""
        row, place = self.scored.indicator.row, self.scored.indicator.place
        if place is Place.IMPLIED:
            return "按资金表推算"
        return "" if row is None else str(row)

    @property
    def difference(self) -> Decimal | None:
        """Stated − computed score; None where they cannot be compared line by line."""
        stated, score = self.scored.indicator.stated_score, self.scored.score
        if stated is None or score is None or self.scored.indicator.shared_score:
            return None
        return stated - score


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding and the file it is about."""

    file: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the ledger."""

    number: int
    file: str
    result: FileResult

    @property
    def remark(self) -> str:
        """What the reader says of the file, and our own faults by their last line."""
        faults = [f"程序故障：{fault.strip().splitlines()[-1]}" for fault in self.result.faults]
        return "；".join([*self.result.notes, *faults])


def indicator_lines(summary: Summary) -> Iterator[IndicatorLine]:
    """All indicators of all projects, in the order of the summary."""
    for project in summary.projects():
        for scored in project.evaluation.rows:
            yield IndicatorLine(project, scored)


def finding_lines(summary: Summary) -> Iterator[FindingLine]:
    """All findings, in the order of the files."""
    for file, result in summary.files:
        for finding in result.findings:
            yield FindingLine(file, finding)


def file_lines(summary: Summary) -> Iterator[FileLine]:
    """All files, in input order."""
    for number, (file, result) in enumerate(summary.files, start=1):
        yield FileLine(number, file, result)


def _part(group: int) -> Column[ProjectRow]:
    return Column(f"{LEVEL_GROUPS[group]}得分", 8, Style.SCORE, lambda row: row.parts[group])


def _grade(row: ProjectRow) -> Value:
    return row.evaluation.grade or "未完成"


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
    Column("自评总分", 8, Style.SCORE, attrgetter("evaluation.adopted_total")),
    Column("自评等级", 7, Style.WORD, _grade),
    Column("未完成指标数", 8, Style.COUNT, attrgetter("unmet")),
    Column("偏差原因", 26, Style.TEXT, attrgetter("reasons")),
    Column("备注", 24, Style.TEXT, attrgetter("remark")),
)

CHECKING: tuple[Column[ProjectRow], ...] = (
    Column("核算总分", 9, Style.SCORE, attrgetter("evaluation.total")),
    Column("分值合计", 9, Style.WEIGHT, attrgetter("evaluation.weights_total")),
    Column("未计算指标数", 8, Style.COUNT, lambda row: len(row.evaluation.uncomputed)),
    Column("错误数", 7, Style.COUNT, attrgetter("errors")),
    Column("警告数", 7, Style.COUNT, attrgetter("warnings")),
    Column("评分规则", 16, Style.TEXT, attrgetter("evaluation.profile.name")),
    Column("文件", 30, Style.TEXT, attrgetter("file")),
    Column("工作表", 18, Style.TEXT, attrgetter("evaluation.table.sheet")),
)

INDICATORS: tuple[Column[IndicatorLine], ...] = (
    Column("文件", 24, Style.TEXT, attrgetter("project.file")),
    Column("工作表", 14, Style.TEXT, attrgetter("project.evaluation.table.sheet")),
    Column("行", 13, Style.WORD, attrgetter("place")),
    Column("主管部门", 13, Style.TEXT, attrgetter("project.department")),
    Column("实施单位", 14, Style.TEXT, attrgetter("project.unit")),
    Column("项目名称", 20, Style.TEXT, attrgetter("project.name")),
    Column("一级指标", 11, Style.TEXT, attrgetter("scored.indicator.level1")),
    Column("二级指标", 11, Style.TEXT, attrgetter("scored.indicator.level2")),
    Column("三级指标", 20, Style.TEXT, attrgetter("scored.indicator.name")),
    Column("指标性质", 8, Style.WORD, lambda line: line.scored.kind.label if line.scored.kind else "未定"),
    Column("目标值", 13, Style.TEXT, lambda line: line.scored.indicator.text(Role.TARGET)),
    Column("业绩值", 13, Style.TEXT, lambda line: line.scored.indicator.text(Role.ACTUAL)),
    Column(
        "完成率",
        9,
        Style.PERCENT,
        lambda line: (
            line.scored.completion if line.scored.completion is not None else line.scored.completion_text
        ),
    ),
    Column("分值", 7, Style.WEIGHT, attrgetter("scored.indicator.weight")),
    Column("填报得分", 8, Style.SCORE, attrgetter("scored.indicator.stated_score")),
    Column("核算得分", 8, Style.SCORE, attrgetter("scored.score")),
    Column("采用得分", 8, Style.SCORE, lambda line: None if line.repeats_score else line.scored.adopted),
    Column("差异", 8, Style.SCORE, attrgetter("difference")),
    Column("偏差原因及改进措施", 26, Style.TEXT, lambda line: line.scored.indicator.text(Role.REASON)),
    Column("计算说明", 34, Style.TEXT, attrgetter("scored.explanation")),
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

FILES: tuple[Column[FileLine], ...] = (
    Column("序号", 6, Style.COUNT, attrgetter("number")),
    Column("文件", 36, Style.TEXT, attrgetter("file")),
    Column("状态", 10, Style.WORD, lambda line: line.result.status.label),
    Column("原因", 50, Style.TEXT, lambda line: line.result.why),
    Column("自评表数", 8, Style.COUNT, lambda line: len(line.result.evaluations)),
    Column("错误数", 7, Style.COUNT, lambda line: count(line.result.findings, Severity.ERROR)),
    Column("警告数", 7, Style.COUNT, lambda line: count(line.result.findings, Severity.WARNING)),
    Column("内容摘要", 14, Style.TEXT, lambda line: line.result.digest[:12]),
    Column("说明", 36, Style.TEXT, attrgetter("remark")),
)
