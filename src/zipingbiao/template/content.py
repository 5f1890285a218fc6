"""What a new template workbook is filled with: records between 名单, 绩效目标表 and the template writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Form, Project
from zipingbiao.values.frozen import frozen


@frozen
class NewLine:
    """One indicator row of a new project sheet, as a person would have typed it.

    Attributes:
        target, actual: text exactly as it is to stand in the text-formatted cell: ``≥130个``.
        kind: the word for the 指标性质 column (正向 反向 等于 区间 定性 时限); "" leaves it to the rules.
        adjusted, document: the approved adjustment of the target and its 文号; "" when there is none.
        manual, manual_reason: a score typed by hand and why; None and "" when there is none.
        is_execution: the 预算执行率 row, whose actual and score are native formulas over the funds.
    """

    level1: str
    level2: str
    name: str
    weight: Decimal | None = None
    target: str = ""
    actual: str = ""
    kind: str = ""
    adjusted: str = ""
    document: str = ""
    reason: str = ""
    manual: Decimal | None = None
    manual_reason: str = ""
    is_execution: bool = False


@frozen
class NewProject:
    """One project sheet of a new workbook.

    Attributes:
        project: the head; department, unit and year stand on 单位信息 unless they differ from it.
        parent: 一级项目; fiscal_level: 资金级次; both "" when unknown.
        funds: typed amounts in 万元; derived amounts and rates are formulas and never in here.
        lines: rows in order; empty for the form's usual skeleton of levels.
        texts: 文字材料 by section title; missing sections stay blank.
        evidence: the lines of 佐证材料: the indicator and the document that proves it.
    """

    project: Project = field(default_factory=Project)
    parent: str = ""
    fiscal_level: str = ""
    funds: Mapping[tuple[AmountKind, Source], Decimal] = field(default_factory=dict)
    lines: tuple[NewLine, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[tuple[str, str], ...] = ()


@frozen
class Unplaced:
    """What a source says and the form has no cell for: where it stood, its text, and what to do with it."""

    place: str
    text: str
    advice: str


@frozen
class NewWorkbook:
    """One workbook to be written: the form, what the unit says of itself once, its projects.

    Attributes:
        unit: department, unit and year for 单位信息 (name and code unused).
        projects: at least one; a blank template has one without a name.
        formulas: 免宏版: 完成率 and 核算得分 are native formulas.
        profile_name: the 评分规则 shown on its sheet and used by the grade formula; None for the
            form's own (``shanxi``, ``national-2020``).
        unplaced: of an imported workbook what went into no cell; a sheet of its own lists it.
    """

    form: Form
    unit: Project
    projects: tuple[NewProject, ...]
    formulas: bool = False
    profile_name: str | None = None
    unplaced: tuple[Unplaced, ...] = ()
