"""Funds blocks in their orientations and places; the head of a table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from table.find.drawn import names, read, read_one, sheet
from zipingbiao.table.forms import national, shanxi
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Place, Role, Trouble

TABLE = """一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|甲|1|1|90|90
"""
NATIONAL = """项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|100|120|90|10|75%|7.5
|其中：当年财政拨款|100|120|90|10|75%|7.5
|上年结转资金|||||—|
"""


def test_the_national_block_gives_the_execution_line() -> None:
    evaluation = read_one(NATIONAL + TABLE)
    assert evaluation.form is national.FORM
    assert evaluation.funds is not None
    assert evaluation.funds.amount(AmountKind.FULL_YEAR) == 120
    first, second = evaluation.indicators
    assert (first.place, first.row, first.weight, first.is_execution) == (Place.FUNDS, 2, Decimal(10), True)
    assert (first.text(Role.SCORE), first.text(Role.COMPLETION)) == ("7.5", "75%")
    assert second.name == "甲"


@pytest.mark.parametrize(
    ("heads", "amounts", "rate", "by_initial"),
    [
        ("年初预算数（A）|全年执行数（B）", "45|36", "执行率（B/A）", True),  # 济南
        ("年初预算数A|全年执行数B", "45|36", "执行率（%）C=B÷A", True),
        ("年初预算数|全年执行数", "45|36", "执行率", False),  # nobody said what it is divided by
        ("全年预算数（A）|全年执行数（B）", "45|36", "执行率（B/A）", False),
        (
            "年初预算数（A）|全年预算数（B）|全年执行数（C）",
            "45||36",
            "执行率（C/A）",
            False,
        ),  # a blank one can be filled
        ("年初预算数（A）|追加（减）数（B）|全年执行数（C）", "45|5|36", "执行率（C/（A+B））", False),
    ],
)
def test_a_form_that_divides_by_the_initial_budget_says_so(
    heads: str, amounts: str, rate: str, by_initial: bool
) -> None:
    block = f"项目资金（万元）||{heads}|分值|{rate}|得分\n|年度资金总额|{amounts}|10|80%|8\n"
    funds = read_one(block + TABLE).funds
    assert funds is not None
    assert funds.by_initial is by_initial


@pytest.mark.parametrize("label", ["部门", "部　门", "部门："])
def test_the_department_of_a_whole_departments_table(label: str) -> None:
    project = read_one(
        f"部门整体支出绩效自评表（2023年度）\n{label}|金寨县美丽乡村建设服务中心\n{NATIONAL}{TABLE}"
    ).project
    assert (project.department, project.name) == ("金寨县美丽乡村建设服务中心", "")


def test_a_department_named_in_full_goes_before_a_bare_one() -> None:
    project = read_one(f"部门|科技股\n主管部门|县教育局\n{NATIONAL}{TABLE}").project
    assert project.department == "县教育局"


@pytest.mark.parametrize(
    ("unit", "amount"),
    [("（万元）", Decimal("120.5")), ("（元）", Decimal("0.01205")), ("", Decimal("0.01205"))],
)
def test_a_sign_before_an_amount_is_no_unit_where_the_heading_names_one(unit: str, amount: Decimal) -> None:
    """从网页、CSV 导出的货币格式显示成“￥120.50”；表头写着万元，就是万元。"""
    block = NATIONAL.replace("（万元）", unit).replace("|120|", "|￥120.50|")
    funds = read_one(block + TABLE).funds
    assert funds is not None
    assert funds.amount(AmountKind.FULL_YEAR) == amount


def test_a_row_that_is_the_execution_needs_no_second_line() -> None:
    evaluation = read_one(NATIONAL + TABLE + "预算执行指标|预算执行指标|预算执行率|100%|75%|10|7.5")
    assert names(evaluation) == ["甲", "预算执行率"]


def test_no_points_in_the_block_is_no_execution_line() -> None:
    evaluation = read_one(NATIONAL.replace("100|120|90|10|75%|7.5", "100|120|90|—|75%|") + TABLE)
    assert evaluation.funds is not None
    assert evaluation.funds.points is None
    assert names(evaluation) == ["甲"]


def test_a_heading_in_yuan_and_a_cell_that_says_otherwise() -> None:
    evaluation = read_one(
        NATIONAL.replace("万元", "元").replace("|90|10|75%", "|0.009万元|10|75%", 1) + TABLE
    )
    assert evaluation.funds is not None
    assert evaluation.funds.unit.label == "元"
    assert evaluation.funds.typed_amount(AmountKind.FULL_YEAR) == Decimal("0.012")
    assert evaluation.funds.typed_amount(AmountKind.EXECUTED) == Decimal("0.009")


def test_a_caption_in_yuan_and_one_heading_in_wan_yuan() -> None:
    evaluation = read_one(
        "|||||||单位：元\n"
        + NATIONAL.replace("项目资金（万元）", "项目资金").replace("年初预算数", "年初预算数（万元）")
        + TABLE
    )
    assert evaluation.funds is not None
    assert evaluation.funds.typed_amount(AmountKind.INITIAL) == 100
    assert evaluation.funds.typed_amount(AmountKind.FULL_YEAR) == Decimal("0.012")


def test_amounts_beside_their_labels() -> None:
    evaluation = read_one("项目资金|预算数：|50|执行数：|45\n|其中：财政拨款|50|其中：财政拨款|45\n" + TABLE)
    assert evaluation.funds is not None
    assert evaluation.funds.typed_amount(AmountKind.FULL_YEAR) == 50
    assert evaluation.funds.typed_amount(AmountKind.EXECUTED, Source.FISCAL) == 45


def test_amounts_beside_their_labels_two_by_two() -> None:
    evaluation = read_one(
        """年初预算数（万元）|400||全年预算数（万元）|420
全年执行数（万元）|399||预算执行率|95%
其中：中央资金|300||省级资金|120
"""
        + TABLE
    )
    assert evaluation.funds is not None
    amounts = {
        AmountKind.INITIAL: Decimal(400), AmountKind.FULL_YEAR: Decimal(420), AmountKind.EXECUTED: Decimal(399),
    }  # fmt: skip
    assert {kind: evaluation.funds.typed_amount(kind) for kind in amounts} == amounts
    assert evaluation.funds.sources == (Source.TOTAL,)  # 300 and 120 may be of any of these amounts


def test_amounts_beside_labels_that_stand_below_each_other_do_not_tell_the_form_of_shanxi() -> None:
    evaluation = read_one(
        "当年预算数（元）：|850000|是否经常性项目：|是\n预算执行数（元）：|816000||\n" + TABLE
    )
    assert evaluation.funds is not None
    assert evaluation.funds.amount(AmountKind.EXECUTED) == Decimal("81.6")
    assert evaluation.form is not shanxi.FORM


def test_parts_without_a_known_source() -> None:
    evaluation = read_one(
        """项目资金（万元）|全年预算数|全年执行数
年度资金总额|110|100
其中：一般公共预算|70|60
政府性基金|20|20
国有资本经营预算|10|10
社会资本|5|5
其他资金|5|5
"""
        + TABLE
    )
    funds = evaluation.funds
    assert funds is not None
    assert funds.sources == (Source.TOTAL, Source.FISCAL, Source.OTHER)
    assert [entry.text for entry in funds.unnamed[AmountKind.EXECUTED]] == ["20", "10", "5"]


def test_the_last_parts_may_be_without_a_known_source() -> None:
    evaluation = read_one(
        """资金来源（万元）|全年预算|实际支出
资金总额|560|532
一般公共预算|200|190
政府性基金|260|247
专项债券|100|95
"""
        + TABLE
    )
    funds = evaluation.funds
    assert funds is not None
    assert [entry.text for entry in funds.unnamed[AmountKind.FULL_YEAR]] == ["260", "100"]
    assert names(evaluation) == ["甲"]


def test_a_column_without_a_known_source() -> None:
    evaluation = read_one(
        """项目资金（万元）|资金总额|中央财政|市县财政|其他资金
全年预算数|100|60|30|10
全年执行数|90|60|20|10
"""
        + TABLE
    )
    funds = evaluation.funds
    assert funds is not None
    assert funds.sources == (Source.TOTAL, Source.CENTRAL, Source.OTHER)
    assert [entry.text for entry in funds.unnamed[AmountKind.FULL_YEAR]] == ["30"]


def test_a_row_without_label_is_known_by_its_line_number() -> None:
    evaluation = read_one(
        """项目|行次|年度总金额|财政资金||其他资金
|||小计|县级|
年初预算资金|(1)|50|50|50|
全年预算资金|(2)|50|50|50|
实际到位|(3)|50|50|50|
？|(4)|40|40|40|
"""
        + TABLE,
        merges="D1:E1",
    )
    assert evaluation.form is shanxi.FORM
    assert evaluation.funds is not None
    assert evaluation.funds.typed_amount(AmountKind.EXECUTED, Source.COUNTY) == 40


def test_the_funds_may_stand_below_their_tables() -> None:
    title = "项目支出绩效自评表\n"
    one, two = read(sheet(title + TABLE + NATIONAL + title + TABLE + NATIONAL.replace("120", "240")))
    assert one.funds is not None
    assert two.funds is not None
    assert (one.funds.amount(AmountKind.FULL_YEAR), two.funds.amount(AmountKind.FULL_YEAR)) == (
        Decimal(120),
        Decimal(240),
    )


def test_funds_on_other_sheets_are_matched_by_project() -> None:
    tables = [sheet(f"项目名称|{name}\n" + TABLE, name=f"自评{name}") for name in ("甲项目", "乙项目")]
    funds = [
        sheet(f"项目名称|{name}\n" + NATIONAL, name=f"资金{number}")
        for number, name in enumerate(("乙项目", "甲项目"))
    ]
    one, two = read(*tables, *funds)
    assert one.funds is not None
    assert two.funds is not None
    assert (one.funds.anchor.sheet, two.funds.anchor.sheet) == ("资金1", "资金0")


def test_funds_that_fit_several_tables_are_said() -> None:
    tables = [sheet(f"项目名称|{name}\n" + TABLE, name=name) for name in ("甲项目", "乙项目")]
    one, two = read(*tables, sheet(NATIONAL, name="预算执行情况"))
    assert one.funds is two.funds is None
    assert [problem.trouble for problem in (*one.problems, *two.problems)] == [Trouble.FUNDS_ELSEWHERE] * 2


@pytest.mark.parametrize(
    ("head", "years"),
    [
        ("2025年度项目支出绩效自评表\n（2024年度）\n项目名称|甲\n", [("2025", "2024")]),
        ("2025年度项目支出绩效自评表\n（2025年度）\n项目名称|2024年度农田水利项目\n", []),
        ("2025年度项目支出绩效自评表\n2024年度经济普查补助表\n项目名称|甲\n", []),
        ("2025年度项目支出绩效自评表\n填报日期：2026年1月5日\n项目名称|甲\n", []),
        ("项目支出绩效自评表\n（二〇二五年度）|（2024年度）\n项目名称|甲\n", []),
    ],
)
def test_two_titles_of_different_years_are_a_trouble(head: str, years: list[tuple[str, str]]) -> None:
    """去年的表只改了标题、没有改年度行；项目名称、填报日期里的年份不是标题。"""
    found = [each for each in read_one(head + TABLE).problems if each.trouble is Trouble.TWO_YEARS]
    assert [each.labels for each in found] == years


@pytest.mark.parametrize("year", ["二〇二四", "二○二四", "二零二四", "２０２４"])
def test_a_year_in_words_is_the_year(year: str) -> None:
    head = "项目支出绩效自评表\n{}项目名称|甲项目{}\n" + TABLE
    assert read_one(head.format(f"（{year}年度）\n", "")).project.year == "2024"
    assert read_one(head.format("", f"|评价年度|{year}年")).project.year == "2024"


def test_the_head_beside_and_within_its_labels() -> None:
    evaluation = read_one(
        "项目支出绩效自评表\n（2022年度）\n项目名称||甲项目\n主管部门及代码：219-某局|||实施单位（盖章）|219001-某单位\n项目编码|5109|评价年度|\n"
        + TABLE,
        merges="A3:B3",
    )
    project = evaluation.project
    assert (project.name, project.department, project.unit) == ("甲项目", "219-某局", "219001-某单位")
    assert (project.code, project.year) == ("5109", "2022")


def test_a_sentence_behind_a_field_is_no_part_of_it() -> None:
    evaluation = read_one(
        "项目名称|甲项目\n实施单位：甲县教育局。全年预算100万元，执行90万元。\n主管部门：甲局；乙局\n" + TABLE
    )
    project = evaluation.project
    assert (project.unit, project.department) == ("甲县教育局", "甲局；乙局")


def test_a_label_without_value_stays_blank() -> None:
    evaluation = read_one("项目名称|甲项目\n主管部门||实施单位|某单位\n" + TABLE)
    assert (evaluation.project.department, evaluation.project.unit) == ("", "某单位")


@pytest.mark.parametrize(
    "beside",
    [
        "金额单位：万元", "（金额单位：元）", "单位：元", "联系电话：", "联系电话：0739-1234567", "项目负责人", "项目负责人：张某",
        "填报日期：2025年2月20日", "填表时间", "项目类别：", "项目属性", "资金性质：本级财力", "是否公开：",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["实施单位", "填报单位（盖章）：", "项目编码", "主管部门"])
def test_what_stands_beside_a_blank_field_and_asks_for_something_else_is_not_its_value(
    field: str, beside: str
) -> None:
    project = read_one(f"项目名称|甲项目\n{field}|||{beside}\n" + TABLE).project
    assert (project.unit, project.code, project.department) == ("", "", "")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("项目名称", "万元贷款贴息"),
        ("项目名称", "负责人培训"),
        ("项目名称", "项目类别化管理：试点"),
        ("项目名称", "联系电话改造"),
        ("实施单位", "县时间服务中心"),
    ],
)
def test_a_value_that_begins_like_another_label_stays_one(label: str, name: str) -> None:
    project = read_one(f"{label}|{name}\n" + TABLE).project
    assert name in {project.name, project.unit}


def test_a_cover_sheet_completes_the_head_of_the_only_table() -> None:
    cover = sheet("2022年度自评报告\n项目名称|甲项目\n主管部门|某局", name="封面")
    (evaluation,) = read(cover, sheet(TABLE))
    assert (evaluation.project.name, evaluation.project.department) == ("甲项目", "某局")


def test_a_big_sheet_without_table_has_none() -> None:
    lines = "\n".join(f"2022-01-{day % 28 + 1}|记-{day}|办公用品|{day}" for day in range(5000))
    assert read(sheet("日期|凭证号|摘要|金额\n" + lines)) == ()


def test_the_corner_of_a_funds_table_is_no_project_name() -> None:
    funds = "项目|行次|年度总金额\n年初预算资金|(1)|50\n全年预算资金|(2)|50\n全年执行资金|(4)|40\n"
    assert read_one(funds + TABLE).project.name == ""
    (evaluation,) = read(sheet(funds, name="预算执行情况"), sheet(TABLE))
    assert evaluation.funds is not None
    assert evaluation.project.name == ""


def test_headings_of_one_column_in_another_unit_and_order() -> None:
    evaluation = read_one(
        """项目|其他资金(元)|财政资金(元)||年度总金额(元)|行次
||县区级|小计||
全年执行资金||10000|10000|10000|(4)
全年预算资金||20000|20000|20000|(2)
"""
        + TABLE
    )
    assert evaluation.funds is not None
    assert evaluation.funds.typed_amount(AmountKind.FULL_YEAR) == 2
    assert evaluation.funds.typed_amount(AmountKind.EXECUTED, Source.COUNTY) == 1


HUBEI = """预算执行情况（万元）（20分）||预算数(A)|执行数(B)|执行率(B/A)|得分\\n(20分*执行率)
|年度财政资金总额|200|180|90%|18
"""


def test_the_points_of_the_execution_may_stand_in_its_captions() -> None:
    evaluation = read_one(HUBEI + TABLE)
    line = evaluation.indicators[0]
    assert (line.place, line.weight, line.text(Role.SCORE)) == (Place.FUNDS, Decimal(20), "18")


@pytest.mark.parametrize(("name", "trouble"), [("培训人数", [Trouble.NO_WEIGHTS]), ("培训人数（80分）", [])])
def test_a_form_with_points_in_its_captions_lacks_no_column_of_them(
    name: str, trouble: list[Trouble]
) -> None:
    evaluation = read_one(
        HUBEI
        + f"一级指标|二级指标|三级指标|年初目标值(A)|实际完成值(B)|得分\n产出指标|数量指标|{name}|9|9|80\n"
    )
    assert [problem.trouble for problem in evaluation.problems] == trouble


def test_points_and_score_may_be_named_after_the_execution_rate() -> None:
    block = """项目资金（万元）||年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率权重（分）|执行率得分（分）
|总量|300|280|280|100|10|10
|其中：财政资金|300|280|280|100|/|/
"""
    line = read_one(block + TABLE).indicators[0]
    assert (line.is_execution, line.weight, line.text(Role.SCORE)) == (True, Decimal(10), "10")


def test_a_block_without_source_labels_may_name_the_unit_in_its_headings() -> None:
    block = """预算执行率|预算数（元）|执行数（元）|执行率|分值|得分
|386400|386400|100%|10|10
"""
    evaluation = read_one(block + TABLE)
    assert evaluation.funds is not None
    assert evaluation.funds.amount(AmountKind.FULL_YEAR) == Decimal("38.64")
    assert evaluation.indicators[0].weight == Decimal(10)


def test_the_unit_of_money_is_not_the_unit_that_reports() -> None:
    assert read_one("项目名称：甲|||单位：万元\n" + TABLE).project.unit == ""
    assert read_one("项目名称：甲|||单位：水利局\n" + TABLE).project.unit == "水利局"


def amounts(drawing: str, merges: str = "") -> list[Decimal | None] | None:
    funds = read_one(drawing + TABLE, merges=merges).funds
    return None if funds is None else [funds.amount(AmountKind.FULL_YEAR), funds.amount(AmountKind.EXECUTED)]


def test_the_total_may_stand_below_the_tasks_of_a_department() -> None:
    tasks = """年度主要任务|任务名称|主要内容|预算数（万元）|执行数（万元）|完成情况
|粮食生产|落实播种面积|820|811.3|完成
|生猪稳产||260|247|完成
|金额合计||1080|1058.3|
"""
    assert amounts(tasks, "A1:A4") == [Decimal(1080), Decimal("1058.3")]


def test_tasks_with_headings_over_two_rows() -> None:
    tasks = """年度主要任务|任务名称|完成情况|预算数（万元）|||执行数（万元）||
|||总额|财政拨款|其他资金|总额|财政拨款|其他资金
|甲|完成|1200|1200|0|1100|1100|0
|乙|完成|86.4|80|6.4|86.4|80|6.4
|金额合计||1286.4|1280|6.4|1186.4|1180|6.4
"""
    assert amounts(tasks, "A1:A5 B1:B2 C1:C2 D1:F1 G1:I1") == [Decimal("1286.4"), Decimal("1186.4")]


@pytest.mark.parametrize("below", ["", "|说明||||\n|金额合计||1080|1058.3|\n", "|金额合计||||\n"])
def test_tasks_without_a_total_or_with_words_before_it_are_no_funds(below: str) -> None:
    tasks = "年度主要任务|任务名称|主要内容|预算数（万元）|执行数（万元）|完成情况\n|甲|修渠|820|811.3|完成\n|乙|修路|260|247|完成\n"
    assert amounts(tasks + below) is None


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("盟市级资金", Source.CITY), ("盟级", Source.CITY), ("地（州、市）级", Source.CITY), ("地区级财政资金", Source.CITY),
        ("自治州级", Source.CITY), ("州级补助资金", Source.CITY), ("师市级", Source.CITY), ("旗县（市、区）级", Source.COUNTY),
        ("旗级资金", Source.COUNTY), ("县本级", Source.COUNTY), ("省本级财政资金", Source.PROVINCIAL),
        ("政府预算资金", Source.FISCAL), ("地区差异", None), ("师资补助", None), ("旗杆", None),
    ],
)  # fmt: skip
def test_sources_of_other_provinces(label: str, source: Source | None) -> None:
    block = f"项目资金（万元）|全年预算数|全年执行数\n年度资金总额|50|40\n{label}|50|40\n"
    funds = read_one(block + TABLE).funds
    assert funds is not None
    assert funds.sources == ((Source.TOTAL,) if source is None else (Source.TOTAL, source))


def test_what_is_called_of_the_year_is_called_so_on_both_sides() -> None:
    assert amounts("项目资金（万元）|年度预算数|年度执行数\n年度资金总额|50|40\n") == [
        Decimal(50),
        Decimal(40),
    ]
