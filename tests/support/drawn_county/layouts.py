"""How a project looks on paper: the national form, the one of 山西, and what else comes along with both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from support.drawn_county.project import EXECUTION, Line, Project, half_up, in_wan, plain, points

Cell = str | Decimal | float | None
Row = Sequence[Cell]
HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


@dataclass(frozen=True)
class Sheet:
    """A sheet as rows of cells; a hidden one is there and not seen.

    Attributes:
        merges: what is merged where the kind of file has merged cells: first row, first column, last
            row, last column, from 0.
    """

    name: str
    rows: Sequence[Row]
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Typing:
    """How somebody typed a project into a form.

    Attributes:
        department, unit, code: as they are typed.
        code_as_number: whether the sheet holds the code as a number, of which 15 digits are left.
        unit_of_money: 万元 or 元, as the heading says.
        in_yuan_by_mistake: amounts of the funds in 元 below a heading that says 万元.
        without_scores: the scores are left to whoever reads the table.
        unfilled: so many of the last lines have neither result nor score.
        total: the total as typed; None for the right one.
    """

    department: str
    unit: str
    code: str
    code_as_number: bool = False
    unit_of_money: str = "万元"
    in_yuan_by_mistake: bool = False
    without_scores: bool = False
    unfilled: int = 0
    total: str | None = None

    def money(self, fen: int) -> Decimal:
        """Return an amount of the funds as the sheet holds it."""
        in_yuan = self.in_yuan_by_mistake or self.unit_of_money == "元"
        return Decimal(fen) / 100 if in_yuan else Decimal(in_wan(fen))

    def label(self, project: Project) -> str:
        """Return how the ledger calls the project: by its code as a person sees it, else by its name."""
        code = plain(Decimal(f"{float(self.code):.16G}")) if self.code_as_number else self.code.strip()
        return code or project.name

    @property
    def code_cell(self) -> Cell:
        """The code as the sheet holds it."""
        return float(self.code) if self.code_as_number else self.code


def merged(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return sheets with their titles merged across, and a level of indicators over the lines below it."""
    return [replace(sheet, merges=tuple(_merges(sheet))) for sheet in sheets]


def _merges(sheet: Sheet) -> Iterator[tuple[int, int, int, int]]:
    for number, row in enumerate(sheet.rows[:2]):
        if len(row) == 1:
            yield number, 0, number, 8
    heads = (number for number, row in enumerate(sheet.rows) if "一级指标" in row)
    for head in heads:
        first = list(sheet.rows[head]).index("一级指标")
        for column in (first, first + 1):
            yield from _spans(sheet, head + 1, column, first + 2)


def _spans(sheet: Sheet, top: int, column: int, name: int) -> Iterator[tuple[int, int, int, int]]:
    """The runs of rows that a level stands for: from where it is named to the row above the next one."""
    start = top
    for number in range(top, len(sheet.rows) + 1):
        row = sheet.rows[number] if number < len(sheet.rows) else ()
        is_line = len(row) > name and bool(row[name])
        if not is_line or row[column]:
            if number - start > 1:
                yield start, column, number - 1, column
            start = number
        if not is_line:
            return


def national(project: Project, typed: Typing, title: str = "项目支出绩效自评表") -> list[Sheet]:
    """Return the national form."""
    amounts = [typed.money(fen) for fen in (project.initial, project.budget, project.executed)]
    wide = None, None
    rows: list[Row] = [
        [title],
        [f"（{project.year}年度）"],
        ["项目名称", None, project.name, *wide, None, "项目编码", typed.code_cell],
        ["主管部门", None, typed.department, *wide, None, "实施单位", typed.unit],
        [f"项目资金\n（{typed.unit_of_money}）", *wide, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [*wide, "年度资金总额", None, *amounts, Decimal(EXECUTION), project.rate, _score(project.execution, typed)],
        [*wide, "其中：当年财政拨款", None, *amounts, "—", None, "—"],
        [*wide, "上年结转资金", *wide, *wide, "—", None, "—"],
        [*wide, "其他资金", *wide, *wide, "—", None, "—"],
        ["年度总体目标", None, "预期目标", *wide, None, "实际完成情况"],
        [*wide, f"完成{project.name}全部任务。", *wide, None, f"{project.name}按计划实施。"],
        ["绩效指标", *HEADINGS[:-1], None, HEADINGS[-1]],
    ]  # fmt: skip
    above: tuple[Cell, Cell] = wide
    for line, is_filled in _lines(project, typed):
        level = tuple(None if old == new else new for old, new in zip(above, _levels(line), strict=True))
        rows.append([None, *level, line.name, _target(line), *_reached(line, typed, is_filled=is_filled)])
        above = _levels(line)
    rows.append(["总分", *wide, *wide, None, Decimal(_weights(project)), _total(project, typed)])
    rows.append(["填表人：", *wide, "审核人：", *wide, "填报日期：2026年1月"])
    return [Sheet("自评表", rows)]


def _levels(line: Line) -> tuple[Cell, Cell]:
    return line.level1, line.level2


def _lines(project: Project, typed: Typing) -> list[tuple[Line, bool]]:
    last = len(project.lines) - typed.unfilled
    return [(line, number < last) for number, line in enumerate(project.lines)]


def _target(line: Line) -> str:
    return f"{line.sign}{line.target}{line.unit}"


def _reached(line: Line, typed: Typing, *, is_filled: bool) -> Row:
    weight = Decimal(line.weight)
    if not is_filled:
        return [None, weight, None, None, None]
    return [f"{line.actual}{line.unit}", weight, _score(line.score, typed), None, line.reason or None]


def _score(hundredths: int, typed: Typing) -> Cell:
    return None if typed.without_scores else Decimal(points(hundredths))


def _weights(project: Project) -> int:
    return EXECUTION + sum(line.weight for line in project.lines)


def _total(project: Project, typed: Typing) -> Cell:
    if typed.total is not None:
        return Decimal(typed.total)
    return None if typed.without_scores or typed.unfilled else Decimal(points(project.total))


def shanxi(project: Project, typed: Typing) -> list[Sheet]:
    """Return the form of 山西: 附件1 with completions, the funds on a sheet of their own."""
    wide = None, None
    rows: list[Row] = [
        ["附件1.项目支出绩效自评表"],
        [],
        ["项目名称", project.name],
        ["主管部门", typed.department, None, "实施单位", None, typed.unit],
        ["年度", Decimal(project.year), None, "项目编码", None, typed.code_cell],
        ["年度绩效目标", f"完成{project.name}全部任务。"],
        [],
        ["一级指标", "二级指标", "目标指标", "权重", "目标值", "业绩值", "完成率", "指标得分", HEADINGS[-1]],
        ["预算执行指标", "预算执行指标", "预算执行率", Decimal(EXECUTION), "100%", project.rate, project.rate,
         _score(project.execution, typed), "招标结余，资金交回财政。" if project.execution < 1000 else None],
    ]  # fmt: skip
    above: tuple[Cell, Cell] = wide
    for line, is_filled in _lines(project, typed):
        level = tuple(None if old == new else new for old, new in zip(above, _levels(line), strict=True))
        reached: Row = [None] * 4
        if is_filled:
            actual = f"{line.actual}{line.unit}" if line.sign else "100%"
            reached = [actual, _completion(line), _score(line.score, typed), line.reason or None]
        rows.append([*level, line.name, Decimal(line.weight), _target(line), *reached])
        above = _levels(line)
    total = _total(project, typed)
    if total is not None:
        rows += [[], [f"自评总分：{total}分  自评等级：{project.grade}"]]
    return [Sheet("附件1.项目支出绩效自评表", rows), _funds(project, typed)]


def _completion(line: Line) -> str:
    if not line.sign:
        return "100%"
    return f"{half_up(10_000 * Fraction(line.actual) / Fraction(line.target)) / 100:.2f}%"


def _funds(project: Project, typed: Typing) -> Sheet:
    def amounts(label: str, number: str, fen: int) -> Row:
        money = typed.money(fen)
        return [label, number, money, money, None, None, None, money]

    rate = Decimal(project.rate.rstrip("%"))
    heads = (
        f"年度总金额({typed.unit_of_money})",
        f"上年结转资金({typed.unit_of_money})",
        f"其他资金({typed.unit_of_money})",
    )
    rows: list[Row] = [
        ["预算执行情况"],
        [f"项目名称：{project.name}"],
        [],
        ["项目", "行次", heads[0], "财政资金", None, None, None, None, *heads[1:]],
        [None, None, None, "小计", "中央级", "省级", "市级", "县区级"],
        amounts("年初预算资金", "(1)", project.initial),
        amounts("全年预算资金", "(2)", project.budget),
        amounts("实际到位资金", "(3)", project.executed),
        amounts("全年执行资金", "(4)", project.executed),
        ["资金结余", "(5)=(3)-(4)", *[Decimal(0)] * 2, None, None, None, Decimal(0)],
        ["预算到位率", "(6)=(3)/(2)", rate, rate, None, None, None, rate],
        ["预算执行率(%)", "(7)=(4)/(2)", rate, rate, None, None, None, rate],
    ]
    return Sheet("预算执行情况", rows)


def whole_department(name: str, budget: int, executed: int, year: int) -> tuple[list[Sheet], int]:
    """Return the table of a department's whole money, and its score in hundredths."""
    execution = half_up(Fraction(1000 * executed, budget))
    money = [Decimal(in_wan(fen)) for fen in (budget, budget, executed)]
    rate = f"{half_up(Fraction(10_000 * executed, budget)) / 100:.2f}%"
    lines = (
        ("履职效能", "整体工作完成情况", "重点工作完成率", 40),
        ("管理效率", "预算编制管理", "预算编制质量", 25),
        ("社会效应", "社会效益", "公众知晓率", 25),
    )
    rows: list[Row] = [
        ["部门整体支出绩效自评表"],
        [f"（{year}年度）"],
        ["部门名称", name],
        ["部门资金\n（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [None, "年度资金总额", *money, Decimal(10), rate, Decimal(points(execution))],
        [None, *HEADINGS],
        *([None, *line[:3], "100%", "100%", Decimal(line[3]), Decimal(line[3])] for line in lines),
        ["总分", *[None] * 5, Decimal(100), Decimal(points(execution + 9000))],
    ]
    return [Sheet("部门整体支出绩效自评表", rows)], execution + 9000


def transfer(project: Project, typed: Typing) -> list[Sheet]:
    """Return the table of a transfer from above."""
    (sheet,) = national(project, typed, f"{project.year}年度转移支付绩效自评表")
    rows = [list(row) for row in sheet.rows]
    rows[2][0] = "转移支付名称"
    return [Sheet("转移支付", rows)]


def blank(name: str | None = None) -> list[Sheet]:
    """Return the national form as it is handed out, at most with the name of a project."""
    heads = ["项目资金\n（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    rows: list[Row] = [
        ["项目支出绩效自评表"],
        ["（  年度）"],
        ["项目名称", name, None, None, "项目编码"],
        ["主管部门", None, None, None, "实施单位"],
        heads,
        [None, "年度资金总额", None, None, None, Decimal(10)],
        [None, *HEADINGS],
        [None, "产出指标", "数量指标", "指标1："],
        [None, None, "质量指标", "指标1："],
        [None, "效益指标", "社会效益指标", "指标1："],
        [None, "满意度指标", "服务对象满意度指标", "指标1："],
        ["总分", *[None] * 5, Decimal(100)],
    ]
    return [Sheet("自评表", rows)]


def monitoring(project: Project) -> list[Sheet]:
    """Return the table of the half year, whose results are not final."""
    amounts = [Decimal(in_wan(fen)) for fen in (project.initial, project.executed // 2, project.executed)]
    heads = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "1-7月执行情况",
        "全年预计完成情况",
        "偏差原因",
        "完成目标可能性",
    ]
    rows: list[Row] = [
        ["项目支出绩效目标执行监控表"],
        [f"（{project.year}年度）"],
        ["项目名称", project.name],
        ["主管部门", project.department.name, None, None, "实施单位", project.unit],
        ["项目资金\n（万元）", None, "年初预算数", "1-7月执行数", "全年预计执行数"],
        [None, "年度资金总额", *amounts],
        heads,
        *(
            [*_levels(line), line.name, _target(line), "进行中", _target(line), None, "确定能"]
            for line in project.lines
        ),
    ]
    return [Sheet("监控表", rows)]


def application(project: Project) -> list[Sheet]:
    """Return the table of the targets as they were applied for."""
    rows: list[Row] = [
        ["项目支出绩效目标申报表"],
        [f"（{project.year}年度）"],
        ["项目名称", project.name],
        ["主管部门", project.department.name, "实施单位", project.unit],
        ["项目资金（万元）", "年度资金总额", Decimal(in_wan(project.budget))],
        ["年度目标", f"完成{project.name}全部任务。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        *([*_levels(line), line.name, _target(line)] for line in project.lines),
    ]
    return [Sheet("目标申报表", rows)]


def list_of(projects: Sequence[Project], name: str) -> list[Sheet]:
    """Return a department's own list of what it hands in."""
    rows: list[Row] = [
        [f"{name}{projects[0].year}年度项目支出绩效自评汇总表"],
        ["序号", "项目名称", "实施单位", "全年预算数（万元）", "全年执行数（万元）", "执行率", "自评得分"],
    ]
    for number, each in enumerate(projects, 1):
        money = Decimal(in_wan(each.budget)), Decimal(in_wan(each.executed))
        rows.append([Decimal(number), each.name, each.unit, *money, each.rate, Decimal(points(each.total))])
    together = sum(each.budget for each in projects), sum(each.executed for each in projects)
    rows.append([None, "合计", None, *(Decimal(in_wan(fen)) for fen in together)])
    return [Sheet("汇总表", rows)]
