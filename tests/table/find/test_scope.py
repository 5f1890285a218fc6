"""Kinds of table: a project's, a whole department's, a transfer's; and those that are no self-evaluation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from table.find.drawn import read, read_one, sheet
from zipingbiao.book.cells import Book, Grid
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.json import as_json
from zipingbiao.result.rows import project_row
from zipingbiao.result.said import headline
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Role, Scope

TABLE = """一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|甲|1|1|90|90
"""
FUNDS = """项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|100|100|90|10|90%|9
"""
WHOLE = """预算支出（万元）|支出类型|年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分
|年度支出总额|200|210|200|10|95.24%|9.52
|其中：基本支出|120|120|118|—|98.33%|—
|项目支出|80|90|82|—|91.11%|—
"""
DEPARTMENT = (
    "2025年度部门整体支出绩效自评表\n部门名称|某县档案馆\n"
    + WHOLE
    + """年度履职目标|完成档案接收整理
一级指标|二级指标|三级指标|年度指标值|全年完成值|分值|得分|未完成原因及改进措施
履职效能|重点工作任务|档案接收数量|≥1000卷|1100卷|30|30
||开放鉴定完成率|100%|90%|20|18|人手不足
管理效率|预算管理|预算编制准确率|≥95%|96%|20|20
社会效应|服务对象满意度|群众满意度|≥95%|96%|20|20
总分|||||100|97.52"""
)


def result_of(*grids: Grid) -> FileResult:
    return evaluate(Book("表.xlsx", grids))


@pytest.mark.parametrize(
    ("above", "scope"),
    [
        ("项目支出绩效自评表\n项目名称|甲项目\n", Scope.PROJECT),
        ("2025年度部门整体支出绩效自评表\n部门名称|某局\n", Scope.DEPARTMENT),
        ("某县2024年部门（单位）整体绩效自评表（2024年度）\n单位名称|某局\n", Scope.DEPARTMENT),
        ("附件2\n某局整体支出绩效评价得分表\n部门名称|某局\n", Scope.DEPARTMENT),
        ("中央对地方转移支付绩效自评表\n项目名称|农业资金\n", Scope.TRANSFER),
        ("绩效目标自评表\n转移支付（项目）名称|农业资金\n", Scope.TRANSFER),
        ("绩效目标自评表\n专项转移支付项目名称：农业资金\n", Scope.TRANSFER),
        # Near misses: the name of a project, not the title of the table.
        ("项目支出绩效自评表\n项目名称|部门整体支出绩效评价工作经费\n", Scope.PROJECT),
        ("项目支出绩效自评表\n项目名称|省级转移支付资金管理情况\n", Scope.PROJECT),
        ("项目整体绩效自评表\n项目名称|甲项目\n", Scope.PROJECT),
    ],
)
def test_the_title_and_the_labels_say_whose_money_it_is(above: str, scope: Scope) -> None:
    assert read_one(above + FUNDS + TABLE).scope is scope


def test_without_a_title_the_sheet_or_the_kinds_of_spending_say_it() -> None:
    named, spending = read(
        sheet("部门名称|某局\n" + FUNDS + TABLE, name="部门整体支出"),
        sheet("部门名称|某局\n" + WHOLE + TABLE, name="Sheet2"),
    )
    assert (named.scope, spending.scope) == (Scope.DEPARTMENT, Scope.DEPARTMENT)


def test_a_whole_department_is_scored_with_its_own_demands() -> None:
    result = result_of(sheet(DEPARTMENT))
    (evaluation,) = result.evaluations
    table = evaluation.table
    assert (result.status, table.scope, evaluation.total) == (
        Status.ACCEPTED, Scope.DEPARTMENT, Decimal("97.52"),
    )  # fmt: skip
    assert not result.findings
    assert headline(evaluation).startswith("某县档案馆部门整体：核算总分 97.52")
    assert project_row("表.xlsx", evaluation, ()).remark == ""
    (file,) = as_json([result])["files"]
    assert file["evaluations"][0]["scope"] == "department"
    assert table.funds is not None
    assert table.funds.parts_amount(AmountKind.EXECUTED) == 200
    assert table.funds.typed_amount(AmountKind.EXECUTED, Source.BASIC) == 118


@pytest.mark.parametrize(
    "parts",
    [
        "|按收入性质分：||按支出性质分：\n|其中：一般公共预算：|200|其中：基本支出：|118\n|政府性基金拨款：||项目支出：|82\n",
        "|按收入性质分：||按支出性质分：\n|其中：一般公共预算：||其中：基本支出：\n|其他资金：||项目支出：\n",
        "|按收入性质分：200||按支出性质分：200\n|其中：一般公共预算：200||其中：基本支出：118\n|其他资金：||项目支出：82\n",
        "|其中：财政拨款|200|人员经费：|118\n|其他资金||公用经费：|82\n",
    ],
)
def test_a_total_divided_by_income_and_by_spending_is_not_crossed_with_the_amounts(parts: str) -> None:
    """湖南's form of a whole department: labels with figures of their own below the columns of the amounts."""
    block = "|资金|年初预算数|全年预算数|全年执行数|分值|执行率|得分\n|年度资金总额|200|200|200|10|100%|10\n"
    result = result_of(sheet(f"部门整体支出绩效自评表\n部门名称|某局\n{block}{parts}" + TABLE))
    (evaluation,) = result.evaluations
    assert evaluation.table.funds is not None
    assert set(evaluation.table.funds.entries) == {
        (kind, Source.TOTAL)
        for kind in (
            AmountKind.INITIAL,
            AmountKind.FULL_YEAR,
            AmountKind.EXECUTED,
            AmountKind.EXECUTION_RATE,
        )
    }
    assert not {finding.code for finding in result.findings} & {"F105", "F116"}


def test_its_spending_adds_up_beside_the_sources_of_the_same_money() -> None:
    block = WHOLE + "|其中：财政拨款|200|210|200|—||—\n"
    (wrong,) = (
        finding
        for finding in result_of(sheet(DEPARTMENT.replace(WHOLE, block.replace("|82|", "|80|")))).findings
        if finding.code == "F105"
    )
    assert "应为198万元" in wrong.message or "应为198" in wrong.message
    assert not result_of(sheet(DEPARTMENT.replace(WHOLE, block))).findings


@pytest.mark.parametrize("title", ["部门整体支出绩效自评表", "某资金转移支付绩效自评表"])
def test_no_execution_is_asked_of_a_department_or_a_transfer(title: str) -> None:
    table = TABLE.replace("90|90", "100|100")
    codes = {finding.code for finding in result_of(sheet(f"{title}\n部门名称|某局\n{table}")).findings}
    assert "W104" not in codes
    of_project = result_of(sheet(f"项目支出绩效自评表\n项目名称|甲\n{table}"))
    assert "W104" in {finding.code for finding in of_project.findings}


MONITORING = (
    "一级指标|二级指标|三级指标|年度指标值|1-7月执行情况|全年预计完成情况\n产出指标|数量指标|甲|1|1|1"
)
TARGETS = "一级指标|二级指标|三级指标|指标值|分值|指标解释\n产出指标|数量指标|甲|1|10|无"
LIST = "序号|项目名称|预算单位|全年预算数|得分\n1|甲项目|某局|10|98"


@pytest.mark.parametrize(
    ("drawing", "kind"),
    [
        ("项目支出绩效目标执行监控表\n项目名称|甲\n" + MONITORING, "绩效运行监控表"),
        ("附件3\n2024年1-9月部门预算项目绩效运行监控情况表\n" + MONITORING, "绩效运行监控表"),
        # It has every column of ours, yet its results are those of the half year.
        ("绩效运行监控表\n项目名称|甲\n" + FUNDS + TABLE, "绩效运行监控表"),
        ("2023年某乡加工园配套设施建设项目支出绩效目标审批表\n" + TARGETS, "绩效目标审批表"),
        ("部门预算项目绩效目标批复表（2025年度）\n" + TARGETS, "绩效目标审批表"),
        ("项目支出绩效目标申报表\n" + TARGETS, "绩效目标申报表"),
        ("项目支出绩效目标表\n" + TARGETS, "绩效目标申报表"),
        ("某局2024年项目支出绩效自评结果汇总表\n" + LIST, "汇总表"),
    ],
)
def test_what_is_no_self_evaluation_is_called_what_it_is(drawing: str, kind: str) -> None:
    result = result_of(sheet(drawing, name="Sheet1"))
    assert (result.status, result.evaluations) == (Status.OTHER, ())
    assert result.why == f"这是{kind}，不是自评表，没有评分，也不汇总。"


@pytest.mark.parametrize(
    "drawing",
    [
        "项目支出绩效自评表\n指标|说明\n甲|好",
        "某厂环境监测表\n指标|数值\n甲|3",
        "资金表\n金额|3",
    ],
)
def test_what_cannot_be_told_stays_unread(drawing: str) -> None:
    assert result_of(sheet(drawing)).status is Status.REJECTED


def test_beside_a_self_evaluation_other_tables_are_left_alone() -> None:
    ours = "项目支出绩效自评表\n项目名称|甲\n" + FUNDS + TABLE
    monitoring = "绩效运行监控表\n项目名称|甲\n" + FUNDS + TABLE
    result = result_of(sheet(monitoring, name="监控"), sheet(ours, name="自评"))
    assert result.status is Status.ACCEPTED
    assert [evaluation.table.sheet for evaluation in result.evaluations] == ["自评"]


@pytest.mark.parametrize(
    ("labels", "project"),
    [
        (
            "转移支付（项目）名称|甲\n中央主管部门|财政部\n地方主管部门|乙局||资金使用单位|丙所",
            ("甲", "乙局", "丙所"),
        ),
        ("支出名称|甲\n主管部门|乙局||项目单位|丙所", ("甲", "乙局", "丙所")),
        ("专项资金名称|甲\n县级主管部门|乙局||实施单位|丙所", ("甲", "乙局", "丙所")),
        ("项目名称|甲\n省级预算部门（单位）名称|乙局||实施单位|丙所", ("甲", "乙局", "丙所")),
        ("资金名称|甲\n省级主管部门|某厅|市级主管部门|乙局|预算单位|丙所", ("甲", "乙局", "丙所")),
        ("项目（政策）名称|甲\n县（区）级业务主管部门|乙局||项目执行单位|丙所", ("甲", "乙局", "丙所")),
        ("项目名称|甲\n预算部门|乙局||预算单位|丙所", ("甲", "乙局", "丙所")),
        ("预算部门、单位名称|乙局", ("", "乙局", "")),
        ("部门（单位）名称|乙局", ("", "乙局", "")),
        # 主管部门意见 is no 主管部门.
        ("项目名称|甲\n主管部门意见|同意", ("甲", "", "")),
    ],
)
def test_labels_of_the_head(labels: str, project: tuple[str, str, str]) -> None:
    found = read_one(f"项目支出绩效自评表\n{labels}\n{FUNDS}{TABLE}").project
    assert (found.name, found.department, found.unit) == project


FUJIAN = """评价内容||绩效内容|绩效目标值|实际完成值|累计完成率
产出目标|数量目标|活动数量|>=28次|40次|143%
|质量目标|知晓率|>=95%|98%|103%
满意度目标||满意度|>=90%|95%|106%"""


@pytest.mark.parametrize("merges", ["", "A1:B1", "A1:B1 A2:A3 A4:B4"])
def test_one_heading_over_both_levels(merges: str) -> None:
    table = read_one(FUJIAN, merges=merges)
    levels = [(row.level1, row.level2, row.name) for row in table.indicators]
    assert levels == [
        ("产出目标", "数量目标", "活动数量"),
        ("产出目标", "质量目标", "知晓率"),
        ("满意度目标", "", "满意度"),
    ]
    assert [row.text(Role.COMPLETION) for row in table.indicators] == ["143%", "103%", "106%"]


IN_NAMES = """部门整体支出绩效评价得分表
一级指标|二级指标|三级指标|得分
部门决策（25分）|目标任务（15分）|相关性（15分）|15
|预算编制（10分）|测算依据（10分）|2"""


def test_points_that_stand_in_the_names_only() -> None:
    table = read_one(IN_NAMES)
    assert [(row.level2, row.weight, row.stated_score) for row in table.indicators] == [
        ("目标任务", Decimal(15), Decimal(15)),
        ("预算编制", Decimal(10), Decimal(2)),
    ]
    assert not table.problems


def test_a_list_of_scores_without_points_is_no_table_and_beside_a_table_none_of_its_own() -> None:
    assert not read(sheet(IN_NAMES.replace("（15分）", "").replace("（10分）", "")))
    whole = """项目名称|甲
一级指标|二级指标|三级指标|指标值|实际完成值|分值|得分
部门决策（25分）|目标任务（15分）|相关性（15分）|相关|相关|15|15
|预算编制（10分）|测算依据（10分）|充分|充分|10|2"""
    listed = IN_NAMES.split("\n", 1)[1]
    assert [table.sheet for table in read(sheet(whole, name="自评"), sheet(listed, name="得分"))] == ["自评"]
