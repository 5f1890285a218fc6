"""Lists of projects as offices keep them: any order of columns, titles, totals, merged departments."""

from __future__ import annotations

from decimal import Decimal

from table.find.drawn import sheet
from zipingbiao.book.cells import Book, Cell, CellClass, Grid, Visibility
from zipingbiao.table.find.register import read_register
from zipingbiao.table.register import Register


def read(*grids: Grid) -> Register:
    return read_register(Book("名单.xlsx", grids))


def test_a_list_with_title_totals_and_merged_departments() -> None:
    register = read(
        sheet(
            """
2025年度项目支出绩效自评项目名单
||||||单位：万元
序号|主管部门|实施单位|项目编码|项目名称|年初预算数|调整后预算数|资金级次
1|某县教育局|一小|A01|校园安防|30|32.5|县级
2||一小|A02|操场维修|50|50|省级
|某县教育局小计||||80|82.5|
3|某县水利局|水库站|B01|水库加固|100||中央
|||||||
合计|||||180||
填表人：某某
""",
            merges="A1:H1 B4:B5",
        )
    )
    assert [(row.department, row.unit, row.code, row.name, row.year, row.level) for row in register.rows] == [
        ("某县教育局", "一小", "A01", "校园安防", "2025", "县级"),
        ("某县教育局", "一小", "A02", "操场维修", "2025", "省级"),
        ("某县水利局", "水库站", "B01", "水库加固", "2025", "中央"),
    ]
    assert [(row.initial, row.full_year) for row in register.rows] == [
        (Decimal(30), Decimal("32.5")), (Decimal(50), Decimal(50)), (Decimal(100), None),
    ]  # fmt: skip
    (note,) = register.notes
    assert "第 6、9 行是合计行" in note


def test_other_words_another_order_and_yuan() -> None:
    register = read(
        sheet("""
项目代码|年初预算金额（元）|项 目 名 称|预算单位|全年预算数(万元)|一级项目名称|预算年度
001|305000|路灯改造|市政所|31|城市维护|2024年
002|￥120000|"垃圾清运|环卫所|12|城市维护|2024
""")
    )
    first, second = register.rows
    assert (first.name, first.unit, first.parent, first.year) == ("路灯改造", "市政所", "城市维护", "2024")
    assert (first.initial, first.full_year) == (Decimal("30.5"), Decimal(31))
    assert second.initial == Decimal(12)


def test_amounts_before_the_names() -> None:
    register = read(sheet("年初预算|项目名称|实施单位\n10|甲|一所\n10|合计（万元）|"))
    assert [row.name for row in register.rows] == ["甲"]
    assert "第 3 行是合计行" in register.notes[0]


def test_codes_stay_text() -> None:
    cells = dict(sheet("编码|项目名称\nx|甲\nx|乙\nx|丙\nx|丁").cells)
    cells[2, 1] = Cell("001402", CellClass.TEXT)
    cells[3, 1] = Cell("140000202500000001", CellClass.TEXT)
    cells[4, 1] = Cell(Decimal(140000202500000000), CellClass.NUMBER)
    cells[5, 1] = Cell("1.4E+17", CellClass.TEXT)
    register = read(Grid("名单", cells))
    assert [row.code for row in register.rows] == [
        "001402", "140000202500000001", "140000202500000000", "1.4E+17",
    ]  # fmt: skip
    assert [note.split("：")[0] for note in register.notes] == ["名单!A4等2格"]
    assert [row.code_lost for row in register.rows] == [False, False, True, True]
    assert "末几位" in register.notes[0]


def test_who_need_not_report() -> None:
    """Some fill in the column of reasons for every project, and write there that there is none."""
    register = read(
        sheet("项目名称|免评原因|是否需要自评\n甲|否|是\n乙|资金不足10万元|\n丙|无|\n丁||否\n戊||")
    )
    assert [row.name for row in register.rows if row.is_exempt] == ["乙", "丁"]


def test_a_project_that_ended_in_the_year_need_not_report() -> None:
    """年中终止、取消的项目还留在名单里，状态列写着。"""
    register = read(
        sheet(
            "项目名称|项目状态|免评原因\n甲|正常|\n乙|已终止|\n丙|取消|资金收回\n丁|新增|\n戊|已完成|\n己||"
        )
    )
    assert {row.name: row.exempt for row in register.rows if row.is_exempt} == {
        "乙": "名单注明已终止",
        "丙": "资金收回",
    }


def test_split_headings_and_blank_units() -> None:
    register = read(
        sheet(
            """
项目单位|项目名称|预算安排||备注
||年初|调整|
甲中心|一号|10|11|
|二号|20|22|
乙中心|三号|x1|33|无
|||44|
""".replace("年初|调整", "年初预算|调整预算"),
            merges="A1:A2 B1:B2 C1:D1 E1:E2",
        )
    )
    assert [(row.unit, row.name, row.initial, row.full_year) for row in register.rows] == [
        ("甲中心", "一号", Decimal(10), Decimal(11)),
        ("甲中心", "二号", Decimal(20), Decimal(22)),
        ("乙中心", "三号", None, Decimal(33)),
    ]
    said = " ".join(register.notes)
    assert "第 4 行单位或部门空白，已按上一行填写" in said
    assert "第 6 行没有项目名称" in said
    assert "C5：金额“x1”无法识别" in said


def test_several_sheets_hidden_ones_left_out_and_duplicates_noted() -> None:
    first = sheet("项目名称|项目编码|实施单位\n甲|1|一所\n乙|2|一所\n甲|3|一所", name="一")
    second = sheet("名单\n填报单位：二所\n项目名称|项目编码\n甲|4\n丙|2", name="二")
    hidden = sheet("项目名称|项目编码\n丁|9", name="旧", visibility=Visibility.HIDDEN)
    register = read(first, second, hidden)
    assert [(row.name, row.unit, str(row.ref)) for row in register.rows] == [
        ("甲", "一所", "一!A2"), ("乙", "一所", "一!A3"), ("甲", "一所", "一!A4"),
        ("甲", "二所", "二!A4"), ("丙", "二所", "二!A5"),
    ]  # fmt: skip
    assert [note.split("：")[0] for note in register.notes] == ["旧", "一!A4", "二!A5"]
    assert "编码相同" in register.notes[2]


def test_names_alone_and_groups_with_captions() -> None:
    assert [row.name for row in read(sheet("序号|项目名称|备注\n1|甲|\n2|乙|")).rows] == ["甲", "乙"]
    register = read(
        sheet(
            "项目名称|预算金额|部门\n一、教育类||\n甲|10|教育局\n注：金额以批复为准\n乙|20|水利局",
            merges="A2:C2",
        )
    )
    assert [(row.name, row.full_year, row.department) for row in register.rows] == [
        ("甲", Decimal(10), "教育局"), ("乙", Decimal(20), "水利局"),
    ]  # fmt: skip
    assert "按全年预算读取" in " ".join(register.notes)


def test_a_project_named_like_a_sum_or_a_note_stays() -> None:
    names = ["城乡统计", "进一步加强基层建设项目", "联系电话更换", "会计业务培训"]
    drawn = "项目名称|实施单位\n" + "\n".join(f"{name}|一所" for name in names)
    assert [row.name for row in read(sheet(drawn)).rows] == names


def test_a_form_or_a_table_of_indicators_is_no_list() -> None:
    register = read(
        sheet(
            "项目名称|道路养护|项目编码|001\n主管部门|交通局|实施单位|养护站\n三级指标|指标值\n里程|≥1公里"
        ),
        sheet("说明\n请填写"),
    )
    assert register == Register(())


def test_a_list_of_who_must_report() -> None:
    register = read(
        sheet("""
主管部门|曾用名/简称|项目编码|项目名称|年初预算|调整后预算|国库支付数（元）|业务股室|是否公开|免评原因|截止日期|联系人|电话
某县卫健局|卫计委、县卫计局|A01|设备购置|30|32.5|300000|社保股|是||2026-02-10|张某|0000-0000000
某县教育局||A02|操场维修|50||500000|教科文股|否|资金不足10万元|2026年2月5日 17:00||
""")
    )
    first, second = register.rows
    assert (first.number, first.also, first.paid, first.section, first.public) == (
        1, ("卫计委", "县卫计局"), Decimal(30), "社保股", "是",
    )  # fmt: skip
    assert (first.exempt, first.contact, first.phone) == ("", "张某", "0000-0000000")
    assert first.deadline is not None
    assert first.deadline.last_day(1999).isoformat() == "2026-02-10"
    assert (second.number, second.exempt, second.also) == (2, "资金不足10万元", ())
    assert second.deadline is not None
    assert second.deadline.last_day(1999).isoformat() == "2026-02-05"


def test_former_and_short_names_may_stand_in_two_columns() -> None:
    register = read(
        sheet("""
主管部门|简称|曾用名|实施单位|实施单位简称|项目名称
某县卫健局|卫健局|卫计委；卫生局|县人民医院|县医院|设备购置
""")
    )
    (row,) = register.rows
    assert (row.also, row.unit_also) == (("卫健局", "卫计委", "卫生局"), ("县医院",))


def test_what_is_secret_is_put_aside_and_named_nowhere() -> None:
    register = read(
        sheet("""
是否涉密|项目编码|项目名称|年初预算|截止日期
否|A01|校园安防|30|2026-02-10
是|S77|天网三期|三百|某日
机密★5年|S77|天网四期|40|2026-02-10
说不清|S79|天网五期|40|2026-02-10
|A02|操场维修|50|某日
非涉密|A03|食堂改造|50|2026-02-10
""")
    )
    assert [(row.number, row.name) for row in register.rows] == [
        (1, "校园安防"),
        (5, "操场维修"),
        (6, "食堂改造"),
    ]
    assert [row.code for row in register.secret] == ["S77", "S77", "S79"]
    assert all(row.initial is None for row in register.secret)
    told = "\n".join(register.notes)
    assert not any(word in told + repr(register) for word in ("天网", "S77", "三百"))
    assert "涉密项目 3 个，只计个数" in told
    assert "A5：“是否涉密”请填“是”或“否”" in told
    assert "E6：截止日期请写成 2026-02-10 的样子" in told
