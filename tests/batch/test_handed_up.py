"""What is handed up: its order, its pages, what people typed into it, and that each figure is the one of JSON."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import zipingbiao as z
from batch.made import file, summarise, table
from support import budget, county, office
from support.drawn_county.build import county as drawn_county
from support.sent import put, rows, workbook
from table.find.drawn import sheet
from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.as_json import summary_json
from zipingbiao.batch.summary.signed import Signed, names_in, signers
from zipingbiao.batch.summary.statistics import statistics_of
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.book.cells import Book
from zipingbiao.book.write.new_cells import body_lines
from zipingbiao.book.write.paper import Height, page_breaks
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.json import as_json
from zipingbiao.result.said import headline
from zipingbiao.values.numerals import ordinal

REPORT = "汇总表（上报）"


def opened(summary: Summary) -> Workbook:
    stream = io.BytesIO()
    write_summary(summary, stream)
    return openpyxl.load_workbook(stream)


def records(book: Workbook, name: str, head: int) -> list[dict[str, Any]]:
    """The rows of a sheet below its heading row, by their headings."""
    heads, *lines = [[cell.value for cell in row] for row in book[name].iter_rows(head)]
    keys = [str(heading).replace("\n", "") for heading in heads]
    return [dict(zip(keys, line, strict=True)) for line in lines]


# ------------------------------------------------------------------ one figure, one value


def same(shown: object, said: str | int | None) -> bool:
    """Whether a cell shows what JSON says: a dash and a blank cell are nothing."""
    if said is None:
        return shown in {None, "—", "未完成"}
    return isinstance(shown, int | float) and Decimal(str(shown)) == Decimal(str(said))


FIGURES = {
    "年初预算数": "initial_budget", "全年预算数": "budget", "全年执行数": "executed", "执行率": "rate", "自评得分": "mean",
    "平均分": "mean", "按金额加权": "weighted_mean",
}  # fmt: skip


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, Mapping[str, Any], Path]:
    """A county of 60 files beside its list: the workbook, and what --json says."""
    folder, sent = tmp_path_factory.mktemp("县"), drawn_county(11, 60)
    (folder / "名单.xlsx").write_bytes(sent.register)
    out = folder / "汇总表.xlsx"
    merged = z.merge(
        put(folder / "收文", sent.files),
        out,
        workers=1,
        register=folder / "名单.xlsx",
        as_of="2026-02-12",
        details=True,
    )
    told = {**as_json(merged.results), **summary_json(merged.summary)}
    return openpyxl.load_workbook(out), json.loads(json.dumps(told)), out


def test_every_printed_total_is_that_of_json(drawn: tuple[Workbook, Mapping[str, Any], Path]) -> None:
    book, told, _ = drawn
    sections = {REPORT: told["summary"]}
    others = {"转移支付": "转移支付汇总", "部门整体": "部门整体汇总"}
    sections.update((sheet, told["other_summaries"][name]) for name, sheet in others.items() if name in told["other_summaries"])  # fmt: skip
    for name, summary in sections.items():
        lines = records(book, name, 3)
        totals = {re.sub(r"（\d+个）$", "", str(line["项目名称"])): line for line in lines if not isinstance(line["序号"], int)}  # fmt: skip
        counted = [each for each in summary["departments"] if each["counted"]]
        for label, figures in [("合计", summary), *((each["name"], each) for each in counted)]:
            assert all(same(totals[label][heading], figures[key]) for heading, key in FIGURES.items() if heading in lines[0])  # fmt: skip
        projects = [line for line in lines if isinstance(line["序号"], int)]
        assert [line["序号"] for line in projects] == list(range(1, summary["counted"] + 1))


def test_every_figure_of_the_departments_is_that_of_json(
    drawn: tuple[Workbook, Mapping[str, Any], Path],
) -> None:
    book, told, _ = drawn
    summary, coverage = told["summary"], told["summary"]["coverage"]["projects"]
    known = {"合计": summary, **{each["name"]: each for each in summary["departments"]}}
    due = {"合计": coverage, **{each["name"]: each for each in coverage["departments"]}}
    lines = records(book, "部门汇总", 4)
    assert {line["主管部门"] for line in lines} == {*known, *due}
    for line in lines:
        figures, listed = known.get(line["主管部门"]), due.get(line["主管部门"])
        if figures is None or not figures["counted"]:
            assert {line[heading] for heading in ("全年预算数", "全年执行数", "执行率", "平均分")} == {"—"}
        else:
            assert all(
                same(line[heading], figures[key]) for heading, key in FIGURES.items() if heading in line
            )
            assert [line[grade] for grade in "优良中差"] == [figures["grades"][grade] for grade in "优良中差"]
        if listed is not None:
            assert (line["应评"], line["已评"], line["未报"] or 0) == (
                listed["due"], listed["done"], listed["missing"],
            )  # fmt: skip


def test_every_figure_of_the_statistics_is_that_of_json(
    drawn: tuple[Workbook, Mapping[str, Any], Path],
) -> None:
    book, told, _ = drawn
    blocks = list(tables(book))
    said = told["summary"]["statistics"]
    parts = [said[name] for name in ("scopes", "grades", "rates", "sources", "levels")]
    parts += [each["projects"] for each in said["attention"] if each["projects"]]
    parts.append(said["reasons"])
    assert len(blocks) == len(parts)
    for shown, figures in zip(blocks, parts, strict=True):
        assert len(shown) == len(figures)
        for line, record in zip(shown, figures, strict=True):
            for cell, value in zip(line, record.values(), strict=False):
                assert cell == value or same(cell, value), (line, record)


def test_every_printed_project_is_a_table_of_json(drawn: tuple[Workbook, Mapping[str, Any], Path]) -> None:
    book, told, _ = drawn
    known = [
        (table["project"]["name"], *(table["funds"][name] for name in ("full_year_budget", "executed", "execution_rate")), table["adopted_total"], table["grade"])
        for each in told["files"]
        for table in each["evaluations"]
        if table["funds"] is not None
    ]  # fmt: skip
    lines = [line for line in records(book, REPORT, 3) if isinstance(line["序号"], int)]
    assert lines
    for line in lines:
        shown = [line[heading] for heading in ("全年预算数", "全年执行数", "执行率", "自评得分")]
        assert any(
            name == line["项目名称"]
            and all(same(cell, value) for cell, value in zip(shown, figures, strict=True))
            and (grade or "—") == line["自评等级"]
            for name, *figures, grade in known
        ), line


def test_what_is_open_is_said_with_the_figures_of_json(
    drawn: tuple[Workbook, Mapping[str, Any], Path],
) -> None:
    book, told, _ = drawn
    undecided = told["summary"]["undecided"]
    items, amount = undecided["items"], Decimal(undecided["budget"])
    assert items
    heading = f"待认定事项（{len(items)}项，涉及{amount:,.2f}万元，认定前不计入任何合计）"
    assert book["待认定"]["A1"].value == heading
    asked = [line["编号"] for line in records(book, "待认定", 3) if line["编号"] and line["编号"].isdigit()]
    assert set(asked) == {str(number) for number in range(1, len(items) + 1)}
    files = {file for item in items for file in item["files"]}
    draft = f"草稿：有{len(items)}项待认定，涉及{len(files)}个文件、{amount:,.2f}万元未计入"
    for name in (REPORT, "部门汇总"):
        assert draft in [cell.value for cell in book[name][1]]


def test_who_did_not_report_is_as_in_json(drawn: tuple[Workbook, Mapping[str, Any], Path]) -> None:
    book, told, _ = drawn
    summary = told["summary"]
    lines = records(book, "应报未报", 2)
    listed = [line for line in lines if line["序号"] is not None]
    assert [line["序号"] for line in listed] == list(range(1, len(summary["missing"]) + 1))
    for line, missing in zip(listed, summary["missing"], strict=True):
        shown = [line[heading] for heading in ("主管部门", "实施单位", "项目编码", "项目名称", "情况")]
        assert shown == [missing[name] for name in ("department", "unit", "code", "name", "trace")]
        assert same(line["调整后预算"], missing["budget"])
    due = {each["name"]: each for each in summary["coverage"]["departments"]}
    headings = [str(line["主管部门"]) for line in lines if line["序号"] is None]
    assert len(headings) == len({missing["department"] for missing in summary["missing"]})
    for heading in headings:
        name, _, said = heading.partition("：")
        figures = [due[name][key] for key in ("due", "done", "missing")]
        assert [int(number) for number in re.findall(r"(?:应评|已评|未报)(\d+)个", said)] == figures
        assert said.endswith(f"金额{Decimal(due[name]['missing_budget']):,.2f}万元")
    total = summary["coverage"]["projects"]
    foot = next(
        str(row[0].value) for row in book[REPORT].iter_rows() if str(row[0].value).startswith("注：1.")
    )
    rate = Decimal(total["done"]) * 100 / Decimal(total["due"])
    assert f"应评{total['due']}个，已评{total['done']}个，自评覆盖率{rate:.2f}%" in foot


def tables(book: Workbook) -> Iterator[list[list[Any]]]:
    """The tables of 统计: the bordered rows below each heading row."""
    found: list[list[Any]] | None = None
    for row in book["统计"].iter_rows():
        if row[0].border.left.style is None:
            if found is not None:
                yield found
            found = None
        elif found is None:
            found = []
        else:
            found.append([cell.value for cell in row if cell.value is not None])


# ------------------------------------------------------------------ order and rows


def batch() -> list[FileResult]:
    return [
        file("05水利局/堤防.xlsx", table("堤防", department="云岭县水利局", unit="河道站", code="8", budget="0.125")),
        file("05水利局/清障.xlsx", table("清障", department="云岭县水利局", unit="河道站", code="7", budget="0.125")),
        file("01教育局/校舍.xlsx", table("校舍", department="云岭县教育局", initial="90", budget="120")),
    ]  # fmt: skip


def test_departments_stand_by_the_number_of_their_folder_and_the_title_says_whose_they_are() -> None:
    book = opened(summarise(batch()))
    lines = records(book, REPORT, 3)
    assert [(line["序号"], line["项目名称"]) for line in lines][:6] == [
        (None, "合计（3个）"), ("一", "云岭县教育局（1个）"), (1, "校舍"), ("二", "云岭县水利局（2个）"), (2, "清障"), (3, "堤防"),
    ]  # fmt: skip
    sheet = book[REPORT]
    assert sheet["A1"].value == "云岭县2021年度项目支出绩效自评汇总表"
    assert sheet["A2"].value == "填报单位（盖章）：云岭县财政局"
    assert sheet.oddFooter is not None
    assert "云岭县财政局" in str(sheet.oddFooter.left)
    assert sheet["A4"].fill.start_color.rgb == "FFD9D9D9"


def test_a_note_on_rounding_stands_only_where_it_is_needed() -> None:
    def notes(results: list[FileResult]) -> list[str]:
        return [str(row[0].value) for row in opened(summarise(results))[REPORT].iter_rows() if "四舍五入" in str(row[0].value)]  # fmt: skip

    # printed 0.13 and 0.13, together 0.25
    assert notes(batch()) == ["注：部分数据因四舍五入，分项之和与合计略有差异。"]
    assert notes(batch()[2:]) == []


def test_a_project_without_a_total_is_listed_and_not_counted_as_evaluated() -> None:
    unfinished = table("体检", unit="医院", lines="产出指标 | 甲 | 90 | 较高 | 尚可 |")
    summary = summarise([file("甲.xlsx", table("校舍")), file("乙.xlsx", unfinished)])
    line = next(line for line in records(opened(summary), REPORT, 3) if line["项目名称"] == "体检")
    assert (line["自评得分"], line["自评等级"]) == ("未完成", "—")
    assert (summary.main.total.counted, summary.main.total.scored) == (2, 1)
    assert records(opened(summary), "部门汇总", 4)[0]["已评"] == 1


def test_a_form_that_gives_no_points_is_not_unfinished() -> None:
    """四川's 项目绩效目标完成情况表 and the transfers' 区域绩效目标自评表 hold targets beside results, nothing else."""
    form = sheet("""2021年度项目绩效目标完成情况表
项目名称|科技特派员
主管部门|教育局||预算单位|第一中学
预算执行情况（万元）|预算数：|22|执行数：|21.5
绩效指标|一级指标|二级指标|三级指标|预期指标值|实际完成指标值
|项目完成指标|数量指标|开展培训|≥12场|12场
|满意度指标|服务对象满意度|参训人员满意度|≥90%|93%""")
    result = evaluate(Book("乙.xlsx", (form,)))
    assert headline(result.evaluations[0]).startswith("科技特派员：表中没有分值，不计算总分，执行率 97.73%（")
    summary = summarise([file("甲.xlsx", table("校舍")), result])
    line = next(line for line in records(opened(summary), REPORT, 3) if line["项目名称"] == "科技特派员")
    assert (line["自评得分"], line["自评等级"], line["备注"]) == ("—", "—", "无分值")
    assert (summary.main.total.counted, summary.main.total.scored) == (2, 1)
    assert records(opened(summary), "部门汇总", 4)[0]["备注"] == "无分值1个"
    assert [each.label for each in statistics_of(summary).grades][-1] == "无分值"


def test_only_what_the_office_above_must_see_is_a_remark() -> None:
    weights = "产出指标 | 甲 | 85 | 按时 | 尚可 | 80"
    summary = summarise([file("甲.xlsx", table("校舍", department="", lines=weights))])
    book = opened(summary)
    assert (
        next(line for line in records(book, REPORT, 3) if line["项目名称"] == "校舍")["备注"] == "分值合计95"
    )
    assert "分值合计 95" in records(book, "底稿", 1)[0]["说明"]


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1003, "一千零三"),
    ],
)
def test_parts_are_counted_in_words(number: int, word: str) -> None:
    assert ordinal(number) == word


# ------------------------------------------------------------------ pages


def test_no_heading_stands_last_on_a_page_and_the_foot_not_alone() -> None:
    project, heading = Height(10), Height(10, with_next=True)
    assert page_breaks([project] * 7, 30, 40) == [3]
    assert page_breaks([project, project, heading, project], 30, 40) == [2]
    assert page_breaks([project, project, heading, project, heading], 50, 40) == []
    assert page_breaks([Height(90), project], 30, 40) == [1]  # what is taller than a page stays where it is


@pytest.mark.office
@budget.drawn
def test_a_summary_of_many_projects_is_sound_and_opens(tmp_path: Path) -> None:
    """Of 10,000 in the long run."""
    count = budget.often(100, 10_000)
    results = (
        file(
            f"{number % 90:02d}局/{number}.xlsx",
            table(
                f"第{number}个项目", department=f"云岭县第{ordinal(number % 90 + 1)}局", unit=f"单位{number % 900}",
                code=str(10**18 + number), budget=str(100 + number), executed=f"{number % 100 + 1}.5",
            ),
        )
        for number in range(count)
    )  # fmt: skip
    out, summary = tmp_path / "汇总表.xlsx", summarise(results)
    write_summary(summary, str(out))
    assert office.validate(out, "Microsoft365") == []
    with office.convert(out, "csv", tmp_path).open(encoding="latin-1", newline="") as first_sheet:
        opened = [line for line in csv.reader(first_sheet) if line[0].isdigit()]
    assert [line[0] for line in opened] == [str(number) for number in range(1, count + 1)]
    assert [line[1] for line in opened] == [row.code for row in summary.projects()]
    with zipfile.ZipFile(out) as package:
        breaks = package.read("xl/worksheets/sheet1.xml").count(b"<brk ")
    assert 1 + breaks <= math.ceil((count + len(summary.main.departments)) / 31) + 1


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 10, 1), ("校舍维修改造", 36, 1), ("一" * 30, 36, 2), ("甲\n乙", 36, 2), ("a" * 100, 10, 11)]
)  # fmt: skip
def test_rows_are_as_high_as_their_longest_text(text: str, width: float, lines: int) -> None:
    assert body_lines(text, width) == lines


@pytest.mark.office
def test_it_prints_on_as_few_pages_as_it_should(tmp_path: Path) -> None:
    sent = drawn_county(5, 120)
    out = tmp_path / "汇总表.xlsx"
    merged = z.merge(put(tmp_path / "收文", sent.files), out, workers=2)
    assert office.validate(out, "Microsoft365") == []
    pdf = office.convert(out, "pdf", tmp_path)
    pages = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    printed = pages.stdout.split("\f")
    end = next(
        at for at, page in enumerate(printed) if "转移支付绩效自评汇总表" in page or "分部门汇总表" in page
    )
    main = merged.summary.main
    rows_on_paper = main.total.counted + sum(bool(each.total.counted) for each in main.departments)
    assert end <= math.ceil(rows_on_paper / 31) + 1
    assert "####" not in pages.stdout
    assert "填表人" in printed[end - 1]
    sheet = openpyxl.load_workbook(out)[REPORT]
    assert not any(isinstance(sheet.cell(end.id, 1).value, str) for end in sheet.row_breaks.brk)


# ------------------------------------------------------------------ what people typed


def test_what_was_typed_into_head_and_foot_is_kept(tmp_path: Path) -> None:
    folder, out = put(tmp_path / "收文", {"教育局/表.xlsx": workbook(rows(department="云岭县教育局"))}), tmp_path / "汇总表.xlsx"  # fmt: skip
    z.merge(folder, out, workers=1)
    book = openpyxl.load_workbook(out)
    sheet = book[REPORT]
    sheet["A2"] = "填报单位（盖章）：云岭县教育局"
    foot = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("填表人"))
    foot.value = "填表人：张某　　审核人： 李某　负责人：　联系电话：0000-0000000　填报日期：2026年2月12日"
    book.save(out)
    for _ in range(2):
        z.merge(folder, out, workers=1, update=out)
        sheet = openpyxl.load_workbook(out)[REPORT]
        assert sheet["A2"].value == "填报单位（盖章）：云岭县教育局"
        line = next(str(row[0].value) for row in sheet.iter_rows() if str(row[0].value).startswith("填表人"))
        assert names_in(line) == {
            "填表人": "张某", "审核人": "李某", "联系电话": "0000-0000000", "填报日期": "2026年2月12日",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "at", "text", "kept"),
    [
        (REPORT, "K6", "续建", "备注"),
        (REPORT, "A2", "填报单位（盖章）：云岭县教育局", "填报单位"),
        (REPORT, "A7", "填表人：张某　　审核人：　　负责人：　　联系电话：　　填报日期：　　年　月　日", "签字人"),
        ("底稿", "盖章件校验码", "AAAA-0000", "盖章件校验码"),
        ("应报未报", "催报情况", "已催", "催报情况"),
    ],
)  # fmt: skip
def test_what_people_typed_is_not_replaced_without_being_read(
    tmp_path: Path, sheet: str, at: str, text: str, kept: str
) -> None:
    folder, out, listed = tmp_path / "收文", tmp_path / "汇总表.xlsx", tmp_path / "名单.xlsx"
    put(folder, {"教育局/校舍.xlsx": county.sent(1)})
    listed.write_bytes(county.listed())
    for _ in range(2):  # what nobody touched is replaced
        z.merge(folder, out, workers=1, register=listed)
    book = openpyxl.load_workbook(out)
    cells = [cell for row in book[sheet].iter_rows() for cell in row]
    heading = next((cell for cell in cells if cell.value == at), None)
    below = 2 if sheet == "应报未报" else 1  # below the line of the department
    cell = book[sheet][at] if heading is None else book[sheet].cell(heading.row + below, heading.column)
    cell.value = text
    book.save(out)
    typed = out.read_bytes()
    with pytest.raises(z.RefusedError, match=f"请加 --update .* 保留有人填写的{kept}，或用 -o 换一个文件名"):
        z.merge(folder, out, workers=1, register=listed)
    assert out.read_bytes() == typed
    for _ in range(2):  # what was kept once is what people typed still
        z.merge(folder, out, workers=1, register=listed, update=out)
    with pytest.raises(z.RefusedError, match=kept):
        z.merge(folder, out, workers=1, register=listed)
    z.merge(folder, out, workers=1, register=listed, force=True)


def test_a_blank_line_to_sign_on_names_nobody() -> None:
    assert names_in(signers(Signed())) == {}


def test_a_remark_changed_on_one_sheet_goes_before_the_one_kept_on_the_other(tmp_path: Path) -> None:
    folder, out = put(tmp_path / "收文", {"教育局/表.xlsx": workbook(rows())}), tmp_path / "汇总表.xlsx"

    def typed(name: str, head: int, heading: str, text: str | None) -> None:
        book = openpyxl.load_workbook(out)
        sheet = book[name]
        column = next(cell.column for cell in sheet[head] if cell.value == heading)
        row = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "校舍维修改造")
        sheet.cell(row, column).value = text
        book.save(out)
        z.merge(folder, out, workers=1, update=out)

    def kept() -> tuple[object, object, object]:
        book = openpyxl.load_workbook(out)
        report = next(line for line in records(book, REPORT, 3) if line["序号"] == 1)
        (paper,) = records(book, "底稿", 1)
        return report["备注"], paper["备注"], paper["校验码一致"]

    z.merge(folder, out, workers=1)
    typed("底稿", 1, "备注", "续建")
    assert kept() == ("续建", "续建", None)
    typed(REPORT, 3, "备注", "跨年项目")
    assert kept() == ("跨年项目", "跨年项目", None)
    typed(REPORT, 3, "备注", None)
    assert kept() == (None, None, None)
    typed("底稿", 1, "盖章件校验码", "AAAA-0000")
    assert kept() == (None, None, "不一致")
    code = records(openpyxl.load_workbook(out), "底稿", 1)[0]["数据校验码"]
    typed("底稿", 1, "盖章件校验码", str(code).lower())
    assert kept() == (None, None, "一致")


# ------------------------------------------------------------------ links


def test_links_lead_down_or_stay_in_the_folder_that_all_files_share(tmp_path: Path) -> None:
    files = {"甲/一.xlsx": workbook(rows()), "乙/二.xlsx": workbook(rows("河道清障", code="7"))}
    folder = put(tmp_path / "收文", files)
    (folder / "结果").mkdir()
    (tmp_path / "别处").mkdir()

    def targets(out: Path) -> set[str]:
        z.merge(folder, out, workers=1)
        book = openpyxl.load_workbook(out)
        cells = (cell for name in ("底稿", "文件清单") for row in book[name].iter_rows() for cell in row)
        return {str(cell.hyperlink.target).replace("\\", "/") for cell in cells if cell.hyperlink}

    assert targets(tmp_path / "汇总表.xlsx") == {"收文/甲/一.xlsx", "收文/乙/二.xlsx"}
    assert targets(folder / "结果" / "汇总表.xlsx") == {"../甲/一.xlsx", "../乙/二.xlsx"}
    assert targets(tmp_path / "别处" / "汇总表.xlsx") == set()


def test_a_finding_leads_to_its_cell(tmp_path: Path) -> None:
    blank = rows(executed="50")
    folder = put(tmp_path / "收文", {"教育局/表.xlsx": workbook(blank)})
    z.merge(folder, tmp_path / "汇总表.xlsx", workers=1)
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["问题清单"]
    links = [cell.hyperlink for row in sheet.iter_rows(2) for cell in row if cell.hyperlink]
    assert links
    assert all(re.fullmatch(r"'[^']+'!\$?[A-Z]+\$?\d+", str(link.location)) for link in links)


# ------------------------------------------------------------------ beside a list


def test_a_department_that_sent_nothing_has_a_row(tmp_path: Path) -> None:
    listed = tmp_path / "名单.xlsx"
    listed.write_bytes(county.listed())
    folder = put(tmp_path / "收文", {"教育局/校舍.xlsx": county.sent(1)})
    z.merge(folder, tmp_path / "汇总表.xlsx", workers=1, register=listed)
    book = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")
    water = next(line for line in records(book, "部门汇总", 4) if line["主管部门"] == county.WATER)
    assert (water["应评"], water["已评"], water["覆盖率"], water["全年预算数"], water["未报"]) == (
        4,
        0,
        0,
        "—",
        4,
    )
    red = next(cell for row in book["部门汇总"].iter_rows(5) for cell in row if cell.value == 4 and cell.font.color.rgb == "FFFF0000")  # fmt: skip
    assert red.column_letter == "O"
    foot = next(
        str(row[0].value) for row in book[REPORT].iter_rows() if str(row[0].value).startswith("注：1.")
    )
    assert "3. 应评9个，已评1个，自评覆盖率11.11%。4. 涉密项目按规定另行报送，未列入本表。" in foot
    paper = records(book, "底稿", 1)[0]
    assert (paper["名单预算"], paper["名单支付数"], paper["预算相差"]) == (100, 90, 0)


def test_without_a_list_its_columns_are_absent() -> None:
    book = opened(summarise(batch()))
    assert not {"应评", "覆盖率", "未报"} & set(records(book, "部门汇总", 4)[0])
    assert not {"一级项目", "名单预算", "名单支付数"} & set(records(book, "底稿", 1)[0])


def test_a_remark_typed_into_an_earlier_layout_is_kept(tmp_path: Path) -> None:
    """Before, the sheet was called 汇总表 and a mark said only that a remark was typed."""
    folder, out = put(tmp_path / "收文", {"教育局/表.xlsx": workbook(rows())}), tmp_path / "汇总表.xlsx"
    z.merge(folder, out, workers=1)
    book = openpyxl.load_workbook(out)
    for name in [name for name in book.sheetnames if name != REPORT]:
        del book[name]
    sheet = book[REPORT]
    sheet.title = "汇总表"
    remark, mark = (
        next(cell.column for cell in sheet[3] if cell.value == said) for said in ("备注", "校验标记")
    )
    sheet.cell(6, remark).value = "续建"
    sheet.cell(6, mark).value = f"{str(sheet.cell(6, mark).value).partition('.')[0]}.typed"
    book.save(out)
    z.merge(folder, out, workers=1, update=out)
    assert records(openpyxl.load_workbook(out), REPORT, 3)[2]["备注"] == "续建"
