"""Approved targets in the layouts in which bureaus hand them out: everything by label."""

from __future__ import annotations

from decimal import Decimal

import pytest

from support.records import Record, all_records
from table.find.drawn import sheet
from table.find.layouts import Canvas, Layout, dice
from zipingbiao.book.cells import Book, Grid
from zipingbiao.table.find import read_tables
from zipingbiao.table.find.targets import TargetTable, read_targets
from zipingbiao.table.funds import Source
from zipingbiao.table.records import Place, Role

RECORDS = all_records()
RESULTS = (Role.ACTUAL, Role.COMPLETION, Role.SCORE, Role.REASON)


def read(*drawings: str, merges: str = "") -> tuple[TargetTable, ...]:
    """The target tables of a workbook of these sheets."""
    return read_targets(
        Book("x.xlsx", tuple(sheet(d, name=f"表{n}", merges=merges) for n, d in enumerate(drawings, 1)))
    )


def one(*drawings: str, merges: str = "") -> TargetTable:
    (table,) = read(*drawings, merges=merges)
    return table


def targets(table: TargetTable) -> dict[str, str]:
    return {line.name: line.target for line in table.lines}


DECLARED = """
项目支出绩效目标申报表
（2025年度）
项目名称|乡村道路养护||项目编码|140000250001
主管部门及代码|某县交通局||实施单位|公路管理站
项目资金\\n（万元）|年度资金总额：||120.5
|其中：财政拨款||100
|其他资金||20.5
总体目标|目标1：完成县乡道路日常养护。
绩效指标|一级指标|二级指标|三级指标|指标值
|产出指标|数量指标|指标1：养护里程|≥130公里
|||指标2：|
||质量指标|验收合格率|100%
||时效指标|完成时间|2025年12月底前
||成本指标|养护成本|≤120.5万元
|效益指标|社会效益指标|出行条件|明显改善
|满意度指标|服务对象满意度指标|群众满意度|≥90%
填报人：某某|||联系电话：0000000
"""


def test_the_usual_declaration() -> None:
    table = one(DECLARED, merges="B8:E8 B10:B14 A9:A16 C10:C11")
    head = table.project
    assert (head.name, head.code, head.unit, head.year) == (
        "乡村道路养护", "140000250001", "公路管理站", "2025",
    )  # fmt: skip
    assert head.department == "某县交通局"
    assert table.funds == {
        Source.TOTAL: Decimal("120.5"), Source.FISCAL: Decimal(100), Source.OTHER: Decimal("20.5"),
    }  # fmt: skip
    assert table.goal == "目标1：完成县乡道路日常养护。"
    assert targets(table) == {
        "养护里程": "≥130公里", "验收合格率": "100%", "完成时间": "2025年12月底前",
        "养护成本": "≤120.5万元", "出行条件": "明显改善", "群众满意度": "≥90%",
    }  # fmt: skip
    assert [(line.level1, line.level2) for line in table.lines][:2] == [
        ("产出指标", "数量指标"), ("产出指标", "质量指标"),
    ]  # fmt: skip
    assert table.problems == ()


SYSTEM = """
绩效目标批复表
项目名称：智慧档案建设  项目编码：140000250002
单位：元
本年预算|1205000
年度绩效目标|完成馆藏档案数字化。
一级指标|二级指标|三级指标|指标性质|指标值|计量单位|分值
产出指标|数量指标|扫描页数|正向|30|万页|20
||建设系统|=|2|套|10
|时效指标|完成时限|≤|12|个月|10
|成本指标|投资额|反向|120.5|万元|10
||单价|小于等于|1.5|元/页|10
效益指标|社会效益|查档便利度|定性|显著提升||20
满意度指标|满意度|查档人满意度|≧|95|百分比|10
"""


def test_sign_and_unit_in_columns_of_their_own() -> None:
    table = one(SYSTEM)
    assert table.project.name == "智慧档案建设"
    assert table.project.code == "140000250002"
    assert table.goal == "完成馆藏档案数字化。"
    assert table.funds == {Source.TOTAL: Decimal("120.5")}
    assert targets(table) == {
        "扫描页数": "≥30万页", "建设系统": "=2套", "完成时限": "≤12个月", "投资额": "≤120.5万元",
        "单价": "≤1.5元/页", "查档便利度": "显著提升", "查档人满意度": "≥95%",
    }  # fmt: skip
    assert [line.kind for line in table.lines] == ["正向", "等于", "反向", "反向", "反向", "定性", "正向"]
    assert [line.weight for line in table.lines] == [Decimal(n) for n in (20, 10, 10, 10, 10, 20, 10)]


def test_an_adjustment_stands_beside_the_first_target() -> None:
    table = one("""
项目名称|图书购置
一级指标|三级指标|目标值|调整后目标值|调整文号|单位
产出指标|图书册数|5000|4200|某财预〔2025〕8号|册
产出指标|种类|不少于300|||种
""")
    first, second = table.lines
    assert (first.target, first.adjusted, first.document) == ("5000册", "4200册", "某财预〔2025〕8号")
    assert (second.target, second.adjusted, second.document) == ("不少于300种", "", "")


@pytest.mark.parametrize("heading", ["一级指标|二级指标|三级指标", "一级指标|二级指标|三级指标|指标值|分值"])
def test_the_target_may_stand_in_the_name(heading: str) -> None:
    table = one(f"""
项目名称|水质监测
{heading}
产出指标|数量指标|1.监测断面≥12个
产出指标|质量指标|数据完成率（≥95%）
成本指标|经济成本|单次费用：＜=500元/次
效益指标|社会效益|知晓率＞80％
满意度指标|满意度|指标1：群众满意度≥90%，
""")
    assert targets(table) == {
        "监测断面": "≥12个", "数据完成率": "≥95%", "单次费用": "＜=500元/次",
        "知晓率": "＞80％", "群众满意度": "≥90%",
    }  # fmt: skip


def test_a_name_with_a_pattern_keeps_it() -> None:
    table = one("""
项目名称|造林
一级指标|三级指标|指标值
产出指标|苗木成活率(≥**%)|85
""")
    assert targets(table) == {"苗木成活率(≥**%)": "85"}


def test_several_projects_on_one_sheet() -> None:
    tables = read("""
2025年项目绩效目标表
项目名称|甲项目|实施单位|一中心
年度目标|甲的目标
三级指标|指标值|权重
甲数量|10个|50
甲质量|合格|50
合计||100
2025年项目绩效目标表
项目名称|乙项目|实施单位|二中心
年度目标|乙的目标
三级指标|指标值|权重
乙数量|20个|100
""")
    assert [(t.project.name, t.project.unit, t.goal, len(t.lines)) for t in tables] == [
        ("甲项目", "一中心", "甲的目标", 2), ("乙项目", "二中心", "乙的目标", 1),
    ]  # fmt: skip


def test_several_projects_on_sheets_of_one_file() -> None:
    tables = read(DECLARED, SYSTEM)
    assert [table.project.name for table in tables] == ["乡村道路养护", "智慧档案建设"]


LIST = """
2025年部门项目绩效目标批复汇总表
主管部门：某县教育局|||||||||单位：万元
序号|单位名称|项目编码|项目名称|年初预算数|年度绩效目标|一级指标|二级指标|三级指标|指标值|分值
1|一小|0012|校园安防|30|保障安全|预算执行指标|预算执行|预算执行率|100%|10
||||||产出指标|数量指标|安装设备|≥20套|50
||||||满意度指标|满意度|师生满意度|≥95%|40
2|一小|0013|操场维修|50|改善条件|产出指标|数量指标|面积|1200平方米|60
||||||效益指标|社会效益|条件改善|明显|40
3|二小|0014|校园安防|40|保障安全|产出指标|数量指标|安装设备|≥25套|100
"""


def test_a_list_of_all_projects_gives_one_record_each() -> None:
    tables = read(LIST, merges="B4:B6 C4:C6 D4:D6 E4:E6 F4:F6")
    assert [
        (t.project.code, t.project.name, t.project.unit, t.project.department, t.goal) for t in tables
    ] == [
        ("12", "校园安防", "一小", "某县教育局", "保障安全"),
        ("13", "操场维修", "一小", "某县教育局", "改善条件"),
        ("14", "校园安防", "二小", "某县教育局", "保障安全"),
    ]
    assert [len(t.lines) for t in tables] == [3, 2, 1]
    assert [t.funds for t in tables] == [{Source.TOTAL: Decimal(n)} for n in (30, 50, 40)]
    assert [line.is_execution for line in tables[0].lines] == [True, False, False]
    assert {t.project.year for t in tables} == {"2025"}


def test_of_two_name_columns_in_a_list_the_surer_one_counts() -> None:
    drawing = """
    评价项目|项目名称|一级指标|二级指标|三级指标|指标值
    是|校园安防|产出指标|数量指标|安装设备|≥20套
    是|操场维修|产出指标|数量指标|面积|1200平方米
    """
    assert [table.project.name for table in read(drawing)] == ["校园安防", "操场维修"]


def test_the_year_counts_where_the_whole_period_stands_beside_it() -> None:
    table = one(
        """
项目支出绩效目标申报表（2025年度）
项目名称|水库加固
项目资金（万元）|实施期资金总额：|300||年度资金总额：|100|
|其中：财政拨款|300||其中：财政拨款|90|
|其他资金|||其他资金|10|
总体目标|实施期目标|||年度目标||
|三年完成加固|||今年完成坝体|||
绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值
|产出指标|数量指标|加固水库|3座|数量指标|加固水库|1座
||质量指标|合格率|100%|质量指标|坝体合格率|100%
|效益指标|社会效益|受益人口|9万人|社会效益|受益人口|3万人
""",
        merges="A6:A7 B6:D6 E6:G6 B7:D7 E7:G7 A8:A11 B9:B10",
    )
    assert table.project.name == "水库加固"
    assert table.goal == "今年完成坝体"
    assert [(line.level1, line.level2, line.name, line.target) for line in table.lines] == [
        ("产出指标", "数量指标", "加固水库", "1座"),
        ("产出指标", "质量指标", "坝体合格率", "100%"),
        ("效益指标", "社会效益", "受益人口", "3万人"),
    ]
    assert table.funds == {
        Source.TOTAL: Decimal(100), Source.FISCAL: Decimal(90), Source.OTHER: Decimal(10),
    }  # fmt: skip


def test_a_monitoring_table_of_the_half_year() -> None:
    table = one("""
2025年绩效运行监控表
项目名称|人才培训
三级指标|年度指标值|1-6月执行情况|全年预计完成情况|分值
培训人次|≥800人次|410人次|800人次|60
培训合格率|≥95%|96%|95%|40
""")
    assert targets(table) == {"培训人次": "≥800人次", "培训合格率": "≥95%"}


def test_a_finished_self_evaluation_holds_targets_too() -> None:
    table = one(
        """
项目支出绩效自评表（2024年度）
项目名称|公园管护
项目资金|年初预算数|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|60|66|60|10|90.9%|9.09
其中：财政拨款|60|66|60|||
年度总体目标|预期目标||实际完成情况
|管护十个公园||已管护
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|公园数量|10个|10个|90|90
""",
        merges="A6:A7",
    )
    assert table.funds[Source.TOTAL] == Decimal(60)
    assert table.goal == "管护十个公园"
    assert [(line.name, line.target, line.weight, line.is_execution) for line in table.lines] == [
        ("预算执行率", "", Decimal(10), True), ("公园数量", "10个", Decimal(90), False),
    ]  # fmt: skip


def test_the_head_may_stand_on_the_sheet_before() -> None:
    table = one(
        "项目名称|路灯改造\n实施单位|市政所\n年度资金总额（万元）|88\n年度目标|换装路灯",
        "一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|换装数量|≥500盏",
    )
    assert (table.project.name, table.project.unit, table.goal) == ("路灯改造", "市政所", "换装路灯")
    assert table.funds == {Source.TOTAL: Decimal(88)}


def test_columns_in_another_order_with_split_headings() -> None:
    table = one(
        """
绩效目标表
项 目 名 称|冬季清雪
权重|指标值||三级\\n指标|二级指标|一级指标
|符号|数值|||
60|≥|12|清雪次数（次）|数量指标|产出指标
40|定性|及时|清雪及时性|时效指标|产出指标
""",
        merges="B3:C3 A3:A4 D3:D4 E3:E4 F3:F4",
    )
    assert [(line.name, line.target, line.kind, line.level1) for line in table.lines] == [
        ("清雪次数（次）", "≥12", "正向", "产出指标"), ("清雪及时性", "及时", "定性", "产出指标"),
    ]  # fmt: skip


def test_what_could_not_be_settled_is_told() -> None:
    (table,) = read("""
项目名称|防火巡查
三级指标|指标值|目标值|指标性质|计量单位|分值
巡查次数|10|12|正向|次|100
""")
    (problem, blank) = table.problems
    assert "指标值" in problem
    assert "目标值" in problem
    assert "表1!B2" in problem
    assert "巡查次数" in blank
    contrary = one("项目名称|甲\n三级指标|指标值|指标性质\n费用|≥30万元|反向")
    assert contrary.lines[0].kind == ""
    assert any("不一致" in said for said in contrary.problems)
    strange = one("项目名称|甲\n三级指标|指标值|计量单位\n处数|12|以实际为准处")
    assert strange.lines[0].target == "12"
    assert any("以实际为准处" in said for said in strange.problems)
    assert any("项目名称" in said for said in one("三级指标|指标值\n处数|12处").problems)


def test_a_sheet_without_targets_gives_nothing() -> None:
    assert read("序号|项目名称|年初预算数|备注\n1|甲|10|\n2|乙|20|", "通知\n请各单位按时报送。") == ()


def test_a_line_whose_target_is_still_missing_is_kept_and_told() -> None:
    table = one("""
项目名称|公厕管护
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|公厕|12座
||指标2：|
|质量指标|达标情况|—
效益指标|社会效益|市容|
财政部门意见|||
||同意|
""")
    assert targets(table) == {"公厕": "12座", "达标情况": "", "市容": ""}
    (problem,) = table.problems
    assert "2 个指标没有目标值（达标情况、市容）" in problem


def test_an_explanation_of_indicators_is_no_table_of_targets() -> None:
    assert read("一级指标|二级指标|三级指标|指标解释\n产出|数量|里程|养护的里程") == ()


@pytest.mark.parametrize("results", [True, False], ids=["with-results", "without"])
@pytest.mark.parametrize("record", RECORDS, ids=[record.id for record in RECORDS])
def test_every_published_table_in_random_layouts(record: Record, *, results: bool) -> None:
    for seed in range(8):
        random, canvas = dice(f"{record.id}:{seed}"), Canvas()
        place = random.choice(["above", "below", "right", "none"])
        Layout(record, random).table(canvas, random.randrange(1, 8), random.randrange(1, 6), funds=place)
        grid = canvas.grid()
        (evaluation,) = read_tables(Book("x.xlsx", (grid,)))
        rows = [row for row in evaluation.indicators if row.place is Place.ROW]
        if not results:
            columns = {evaluation.headings[role].column for role in RESULTS if role in evaluation.headings}
            places = range(evaluation.anchor.row, (rows[-1].row or 0) + 1)
            kept = {
                at: cell for at, cell in grid.cells.items() if at[0] not in places or at[1] not in columns
            }
            grid = Grid(grid.sheet, kept, grid.merges)
        (table,) = read_targets(Book("x.xlsx", (grid,)))
        assert table.project == evaluation.project
        found = [line for line in table.lines if line.ref.row in {row.row for row in rows}]
        assert [(line.level1, line.level2, line.weight) for line in found] == [
            (row.level1, row.level2, row.weight) for row in rows
        ]
        for line, row in zip(found, rows, strict=True):
            assert row.name.startswith(line.name)
            assert row.text(Role.TARGET) in line.target or row.entries[Role.TARGET].is_empty
