"""Invented forms in which superiors want the results of many projects: 上级的汇总表, blank, as workbooks."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter

Form = Callable[[Any, Any], None]


def workbook(*sheets: tuple[str, Form]) -> bytes:
    """A workbook of these sheets."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, fill in sheets:
        fill(book, book.add_worksheet(name))
    book.close()
    return stream.getvalue()


def _looks(book: Any) -> tuple[Any, Any, Any, Any, Any]:
    line = {"border": 1, "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    return (
        book.add_format({**line, "bold": True, "align": "center", "text_wrap": True}),
        book.add_format({**line, "text_wrap": True}),
        book.add_format({**line, "num_format": "#,##0.00"}),
        book.add_format({**line, "num_format": "0.00%"}),
        book.add_format({**line, "num_format": "0.00"}),
    )


def two_rows(book: Any, sheet: Any) -> None:
    """Headings in two rows, 合计 above with sums, three ready rows, the rate a formula, foot, print area, titles."""
    head, text, money, rate, score = _looks(book)
    sheet.merge_range(
        "A1:N1", "××市2025年度项目支出绩效自评结果汇总表", book.add_format({"bold": True, "align": "center"})
    )
    sheet.write("A2", "填报单位（盖章）：")
    sheet.write("M2", "单位：万元")
    for column, title in (
        ("A", "序号"),
        ("B", "主管部门"),
        ("C", "项目单位"),
        ("D", "项目名称"),
        ("E", "项目编码"),
        ("N", "备注"),
    ):
        sheet.merge_range(f"{column}3:{column}4", title, head)
    sheet.merge_range("F3:I3", "资金执行情况", head)
    sheet.merge_range("J3:M3", "自评得分", head)
    for place, title in enumerate(
        ("年初预算数", "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A）"), 5
    ):
        sheet.write(3, place, title, head)
    for place, title in enumerate(("预算执行率（10分）", "产出指标（50分）", "效益及满意度", "总分"), 9):
        sheet.write(3, place, title, head)
    sheet.merge_range("A5:E5", "合计", head)
    for place, letter in enumerate("FGH", 5):
        sheet.write_formula(4, place, f"=SUM({letter}6:{letter}8)", money)
    sheet.write_formula("I5", '=IF(G5=0,"",H5/G5)', rate)
    for place in range(9, 14):
        sheet.write_blank(4, place, None, score if place < 13 else text)
    for row in range(5, 8):
        sheet.set_row(row, 27)
        for place in range(14):
            look = text if place < 5 or place == 13 else money if place < 8 else rate if place == 8 else score
            sheet.write_blank(row, place, None, look)
        sheet.write_number(row, 0, row - 4, text)
        sheet.write_formula(row, 8, f'=IF(G{row + 1}=0,"",H{row + 1}/G{row + 1})', rate)
    sheet.merge_range("A9:N9", "注：1.执行率＝全年执行数÷全年预算数。2.本表由主管部门汇总后报送。")
    sheet.write("A10", "填表人：")
    sheet.write("F10", "审核人：")
    sheet.write("K10", "联系电话：")
    for columns, width in (("A:A", 5), ("B:C", 16), ("D:D", 26), ("E:E", 22), ("F:N", 11)):
        sheet.set_column(columns, width)
    sheet.set_row(3, 30)
    sheet.print_area("A1:N10")
    sheet.repeat_rows(2, 3)
    sheet.freeze_panes(5, 4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.conditional_format(
        "M6:M8", {"type": "cell", "criteria": "<", "value": 60, "format": book.add_format({"bold": True})}
    )
    sheet.data_validation("N6:N8", {"validate": "list", "source": ["已核实", "待核实"]})


def total_below(book: Any, sheet: Any) -> None:
    """In 元, one ready row with a sample, 合计 below with sums over that one row, columns nobody knows, a note that counts."""
    head, text, money, _rate, score = _looks(book)
    titles = (
        "序号",
        "项目代码",
        "二级项目名称",
        "实施单位",
        "业务处室",
        "年初预算（元）",
        "调整后预算（元）",
        "实际支出（元）",
        "执行率（%）",
        "自评等次",
        "自评分",
        "说明",
    )
    sheet.write("A1", "附件3")
    sheet.write("A2", "预算项目绩效自评结果一览表")
    for place, title in enumerate(titles):
        sheet.write(2, place, title, head)
        sheet.write(3, place, place + 1, head)
        look = money if 5 <= place <= 7 else score if place in (8, 10) else text
        sheet.write_blank(4, place, None, look)
        sheet.write_blank(5, place, None, look)
    sheet.write("C5", "示例：道路维修", text)
    sheet.write("F5", 1000000, money)
    sheet.write("C6", "合  计", text)
    for letter in "FGH":
        sheet.write_formula(f"{letter}6", f"=SUM({letter}5:{letter}5)", money)
    sheet.write_formula("I6", "=IF(G6=0,0,ROUND(H6/G6*100,2))", score)
    sheet.write("A8", "填报人：")
    sheet.write_formula("D8", '="共"&COUNTA(C5:C5)&"个项目"')
    sheet.set_h_pagebreaks([7])
    sheet.write_comment("A8", "由经办人签字")


def system_list(book: Any, sheet: Any) -> None:
    """The headings of a provincial system; plain text, nothing framed, no total, no foot."""
    titles = (
        "状态",
        "编码",
        "名称",
        "预算单位",
        "业务处室",
        "年初预算数",
        "当年预算数",
        "全年执行数",
        "项目总金额",
        "预算执行率",
        "得分",
        "自评结论",
    )
    for place, title in enumerate(titles):
        sheet.write(0, place, title)


def with_review(book: Any, sheet: Any) -> None:
    """Own results beside those of a review, in two rows without merged cells; two ready rows, total of scores by formula."""
    head, text, money, rate, score = _looks(book)
    sheet.write("B1", "项目支出绩效自评及复核情况汇总表")
    groups = ("序号", "项目名称", "主管部门", "预算资金", "", "", "自评情况", "", "复核情况", "", "偏差原因")
    titles = ("", "", "", "全年预算数", "全年执行数", "执行率", "得分", "等级", "得分", "等级", "")
    for place, (group, title) in enumerate(zip(groups, titles, strict=True)):
        sheet.write(2, place, group, head)
        sheet.write(3, place, title, head)
        for row in (4, 5, 6):
            look = money if place in (3, 4) else rate if place == 5 else score if place in (6, 8) else text
            sheet.write_blank(row, place, None, look)
    sheet.write("A5", 1, text)
    sheet.write("A6", "……", text)
    sheet.write("B7", "合计", text)
    sheet.write_formula("D7", "=SUM(D5:D6)", money)
    sheet.write_formula("E7", "=SUM(E5:E6)", money)
    sheet.write_formula("G7", "=AVERAGE(G5:G6)", score)
    sheet.write("A9", "注：单位为万元")


def by_kind(title: str) -> Form:
    """A plain form of one row of headings, whose title says whose money it is about."""

    def fill(book: Any, sheet: Any) -> None:
        head, text, money, _rate, score = _looks(book)
        sheet.write("A1", title)
        for place, heading in enumerate(
            (
                "序号",
                "项目名称",
                "项目实施单位",
                "预算数（万元）",
                "执行数（万元）",
                "自评得分",
                "自评等级",
                "备注",
            )
        ):
            sheet.write(1, place, heading, head)
            for row in range(2, 8):
                sheet.write_blank(
                    row, place, None, money if place in (3, 4) else score if place == 5 else text
                )
        sheet.write("B9", "总计", text)

    return fill


def whole_departments(book: Any, sheet: Any) -> None:
    """Of whole departments, whose tables name no project; ready rows end in a hint to add some."""
    head, text, money, _rate, score = _looks(book)
    sheet.write("A1", "部门（单位）整体支出绩效自评汇总表")
    for place, heading in enumerate(
        ("序号", "部门名称", "全年预算数（万元）", "全年执行数（万元）", "自评得分", "自评等级")
    ):
        sheet.write(1, place, heading, head)
        for row in (2, 3):
            sheet.write_blank(row, place, None, money if place in (2, 3) else score if place == 4 else text)
    sheet.write("A4", "（可自行增加行）", text)


def english(book: Any, sheet: Any) -> None:
    """No form of ours: headings that nobody here knows."""
    for place, title in enumerate(("No.", "Project", "Agency", "Budget", "Score")):
        sheet.write(0, place, title)
