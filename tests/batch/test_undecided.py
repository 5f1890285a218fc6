"""待认定: what is asked, how it is answered in the workbook, and what an answer changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import zipingbiao as z
from support import office
from support.sent import rows, workbook
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.summary.questions import Matter, decided
from zipingbiao.cli import main

CODE = "1409252100100007919"
OTHER = "1409252100200015838"
HEADINGS = [
    "编号", "事项", "项目名称", "主管部门 · 实施单位", "文件", "全年预算数", "全年执行数", "自评得分",
    "两者差别 / 依据", "建议", "认定", "认定说明", "认定人", "认定日期", "校验标记",
]  # fmt: skip
CHOICE, NOTE, BY, ON, MARK = 11, 12, 13, 14, 15


def yuan() -> list[list[str]]:
    """A table whose funds are typed in 元, though headed 万元; a line shows it."""
    table = rows("宣传培训经费", code=OTHER, budget="1000000", executed="900000")
    return [*table, ["成本指标", "经济成本指标", "项目总成本", "≤100万元", "100万元", "10", "10", ""]]


FILES: Mapping[str, list[list[str]]] = {
    "教育局/一/校舍.xlsx": rows(code=CODE, executed="90"),
    "教育局/二/校舍.xlsx": rows(code=CODE, executed="80", unit="县教育局"),
    "教育局/宣传.xlsx": yuan(),
    "城关镇/表.xlsx": rows("道路", code="7", department="城关镇", executed="60"),
    "石泉镇/表.xlsx": rows("道路", code="7", department="石泉镇", budget="50", executed="40"),
    "水利局/堤防.xlsx": rows("堤防", code="8", department="水利局", executed="100"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, table in FILES.items():
        path = tmp_path / "收文" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook(table))
    return tmp_path / "收文"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "汇总表.xlsx"


def merged(folder: Path, out: Path, **more: Any) -> MergeResult:
    return z.merge(folder, out, workers=1, **more)


def budget(result: MergeResult) -> Decimal:
    return result.summary.main.total.full_year_budget or Decimal(0)


def line_of(sheet: Any, file: str) -> int:
    return int(next(row[0].row for row in sheet.iter_rows() if row[4].value == file))


def answer(out: Path, answers: Mapping[str, str], **more: str) -> None:
    """Type into 认定 beside files, and into the columns that follow it, as an officer does."""
    book = openpyxl.load_workbook(out)
    sheet = book["待认定"]
    for file, choice in answers.items():
        row = line_of(sheet, file)
        sheet.cell(row, CHOICE).value = choice
        for column, name in ((NOTE, "note"), (BY, "by"), (ON, "on")):
            if name in more:
                sheet.cell(row, column).value = more[name]
    book.save(out)


def cells(out: Path, sheet: str = "待认定") -> list[list[Any]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(out)[sheet].iter_rows()]


# ------------------------------------------------------------------ the sheet


def test_the_sheet_is_laid_out_as_agreed(folder: Path, out: Path) -> None:
    result = merged(folder, out)
    lines = cells(out)
    assert lines[0][0] == "待认定事项（3项，涉及350.00万元，认定前不计入任何合计）"
    assert (
        lines[1][0]
        == "请在“认定”栏选择，保存后运行：zpb merge … --update 汇总表.xlsx。空着的仍按待认定处理。"
    )
    assert lines[2] == HEADINGS
    assert [(line[0], line[1], line[4], line[5], line[9]) for line in lines[3:]] == [
        ("1", "同一编码，两个单位", "城关镇/表.xlsx", 100, "分别计入"),
        ("1", "同一编码，两个单位", "石泉镇/表.xlsx", 50, "分别计入"),
        ("2", "同一项目两个版本", "教育局/一/校舍.xlsx", 100, None),
        ("2", "同一项目两个版本", "教育局/二/校舍.xlsx", 100, None),
        ("3", "金额疑为元", "教育局/宣传.xlsx", 1_000_000, "按元"),
    ]
    assert [line[CHOICE - 1] for line in lines[3:]] == [None] * 5  # never pre-filled
    assert lines[6][8].startswith("与另一版不同：金额1处、")
    assert budget(result) == Decimal(100)


def test_lists_colours_and_the_thick_line_between_questions(folder: Path, out: Path) -> None:
    merged(folder, out)
    sheet = openpyxl.load_workbook(out)["待认定"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["K4"] == '"分别计入,采用,不计"'
    assert lists["K6"] == '"采用,不计"'
    assert lists["K8"] == '"按元,按万元,不计"'
    assert [sheet.cell(row, 1).border.top.style for row in range(4, 9)] == [
        "thick",
        "thin",
        "thick",
        "thin",
        "thick",
    ]
    assert sheet["K4"].fill.start_color.rgb == "FFFFFF99"
    assert sheet.column_dimensions["O"].hidden
    heights = [sheet.row_dimensions[row].height for row in range(4, 9)]
    assert all(height is None or height < 30 for height in heights)  # what is hidden makes no row high


def test_the_summary_says_that_it_is_a_draft_as_long_as_anything_is_open(folder: Path, out: Path) -> None:
    merged(folder, out)
    said = "草稿：有3项待认定，涉及5个文件、350.00万元未计入"
    book = openpyxl.load_workbook(out)
    for name in ("汇总表（上报）", "部门汇总"):
        (cell,) = [each for each in book[name][1] if each.value and each.column > 1]
        assert (cell.value, cell.font.b, cell.font.color.rgb) == (said, True, "FFFF0000")
    answer(
        out,
        {
            "城关镇/表.xlsx": "分别计入",
            "石泉镇/表.xlsx": "分别计入",
            "教育局/一/校舍.xlsx": "采用",
            "教育局/宣传.xlsx": "按元",
        },
    )
    result = merged(folder, out, update=out)
    book = openpyxl.load_workbook(out)
    assert [book[name]["A1"].value for name in ("汇总表（上报）", "部门汇总")] == [
        "2025年度项目支出绩效自评汇总表", "2025年度项目支出绩效自评分部门汇总表",
    ]  # fmt: skip
    assert not any(
        "草稿" in str(cell.value) for name in ("汇总表（上报）", "部门汇总") for cell in book[name][1]
    )
    assert result.summary.draft == ""
    assert cells(out)[0][0] == "待认定事项（0项，涉及0.00万元，认定前不计入任何合计）"


def test_the_command_says_it_too(folder: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["merge", str(folder), "-o", str(out), "--workers", "1", "--json"])
    document = json.loads(capsys.readouterr().out)
    summary = document["summary"]
    assert (summary["year"], summary["counted"], summary["budget"]) == (2025, 1, "100")
    assert summary["undecided"]["projects"] == 5
    assert summary["undecided"]["budget"] == "350"
    assert summary["undecided"]["items"][2] == {
        "why": "金额疑为元",
        "projects": [OTHER],
        "files": ["教育局/宣传.xlsx"],
    }
    assert document["other_summaries"] == {}


# ------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"教育局/一/校舍.xlsx": "采用"}, "100"),
        ({"教育局/一/校舍.xlsx": "不计", "教育局/二/校舍.xlsx": "采用"}, "100"),
        ({"教育局/宣传.xlsx": "按元"}, "100"),
        ({"教育局/宣传.xlsx": "按万元"}, "1000000"),
        ({"教育局/宣传.xlsx": "不计"}, "0"),
        ({"城关镇/表.xlsx": "分别计入"}, "150"),
        ({"城关镇/表.xlsx": "分别计入", "石泉镇/表.xlsx": "分别计入"}, "150"),
        ({"石泉镇/表.xlsx": "采用"}, "50"),
        ({"城关镇/表.xlsx": "分别计入", "石泉镇/表.xlsx": "不计"}, "100"),
    ],
)
def test_a_decision_changes_the_totals_by_exactly_its_lines(
    folder: Path, out: Path, answers: dict[str, str], more: str
) -> None:
    before = budget(merged(folder, out))
    answer(out, answers, by="李某", on="2026-02-05")
    after = merged(folder, out, update=out)
    assert budget(after) - before == Decimal(more)
    assert len(after.summary.questions) == 2
    assert budget(merged(folder, out, update=out)) == budget(after)  # decided lines are kept


def test_decided_lines_move_down_and_keep_who_decided_and_when(folder: Path, out: Path) -> None:
    merged(folder, out)
    answer(out, {"教育局/宣传.xlsx": "按元"}, note="电话核实", by="李某", on="2026-02-05")
    for _ in range(2):
        merged(folder, out, update=out)
        lines = cells(out)
        at = next(number for number, line in enumerate(lines) if line[0] == "已认定（1项）")
        assert lines[at + 1][4] == "教育局/宣传.xlsx"
        assert lines[at + 1][CHOICE - 1 : ON] == ["按元", "电话核实", "李某", "2026-02-05"]
        assert len(lines) == at + 2


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        (
            {"教育局/宣传.xlsx": "随便"},
            "请从列表中选择（按元、按万元、不计）：认定“随便”不在其中，仍按待认定处理",
        ),
        (
            {"教育局/一/校舍.xlsx": "采用", "教育局/二/校舍.xlsx": "采用"},
            "请选且只选一个“采用”，仍按待认定处理",
        ),
        (
            {"教育局/一/校舍.xlsx": "不计", "教育局/二/校舍.xlsx": "不计"},
            "请选且只选一个“采用”，仍按待认定处理",
        ),
        ({"教育局/一/校舍.xlsx": "不计"}, "请把其余各行也选上，仍按待认定处理"),
    ],
)
def test_what_does_not_decide_is_said_and_nothing_is_assumed(
    folder: Path, out: Path, answers: dict[str, str], complaint: str
) -> None:
    before = budget(merged(folder, out))
    answer(out, answers)
    result = merged(folder, out, update=out)
    assert (budget(result), len(result.summary.questions)) == (before, 3)
    assert f"{complaint}。" in result.lines()
    sheet = openpyxl.load_workbook(out)["待认定"]
    for file, choice in answers.items():  # what a person typed stays
        assert sheet.cell(line_of(sheet, file), CHOICE).value == choice


@pytest.mark.parametrize(
    ("matter", "typed", "found"),
    [
        (Matter.TRANSFER, ["只计转移支付", ""], ["只计转移支付", "只计转移支付"]),
        (Matter.TRANSFER, ["只计转移支付", "都计"], None),
        (Matter.YEAR, ["2025", ""], None),
        (Matter.YEAR, ["2025", "不计"], ["2025", "不计"]),
        (Matter.SUSPECT, ["分别计入", "采用"], None),
        (Matter.SUSPECT, ["", ""], None),
    ],
)
def test_what_words_decide(matter: Matter, typed: list[str], found: list[str] | None) -> None:
    assert decided(matter, (*matter.choices, "2025"), typed)[0] == found


def test_a_decision_lapses_when_the_file_changes(folder: Path, out: Path) -> None:
    before = budget(merged(folder, out))
    answer(out, {"教育局/一/校舍.xlsx": "采用"}, by="李某", on="2026-02-05", note="以一为准")
    assert budget(merged(folder, out, update=out)) == before + 100
    (folder / "教育局/一/校舍.xlsx").write_bytes(workbook(rows(code=CODE, executed="70")))
    result = merged(folder, out, update=out)
    assert (budget(result), len(result.summary.questions)) == (before, 3)
    sheet = openpyxl.load_workbook(out)["待认定"]
    row = line_of(sheet, "教育局/一/校舍.xlsx")
    assert str(sheet.cell(row, 9).value).startswith("原认定“采用”已失效：文件已变化。与另一版不同：")
    assert sheet.cell(row, CHOICE).value is None
    assert sheet.cell(row, NOTE).value == "原认定：采用（李某，2026-02-05）；以一为准"


def test_a_decision_lapses_when_a_third_version_arrives(folder: Path, out: Path) -> None:
    merged(folder, out)
    answer(out, {"教育局/一/校舍.xlsx": "采用"})
    (folder / "教育局/三.xlsx").write_bytes(workbook(rows(code=CODE, executed="75")))
    result = merged(folder, out, update=out)
    (question,) = [each for each in result.summary.questions if each.matter is Matter.VERSIONS]
    assert len(question.lines) == 3
    assert [line.choice for line in question.lines] == [""] * 3
    assert [line.note for line in question.lines if line.note] == ["原认定：采用"]


def test_a_decision_whose_project_is_gone_is_listed(folder: Path, out: Path) -> None:
    merged(folder, out)
    answer(out, {"教育局/宣传.xlsx": "按元"}, by="李某")
    (folder / "教育局/宣传.xlsx").unlink()
    for _ in range(2):
        result = merged(folder, out, update=out)
        (line,) = result.summary.gone
        assert (line.file, line.choice, line.by) == ("教育局/宣传.xlsx", "按元", "李某")
        told = next(line for line in cells(out) if line[4] == "教育局/宣传.xlsx")
        assert told[8].count("项目已不在本批，或已不需认定，原认定留存备查") == 1


def test_sorted_lines_and_a_date_of_the_program_are_read_all_the_same(folder: Path, out: Path) -> None:
    import datetime as dt

    merged(folder, out)
    answer(out, {"教育局/宣传.xlsx": "按元"})
    book = openpyxl.load_workbook(out)
    sheet = book["待认定"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(4, sheet.max_row)]
    lines[-1][ON - 1] = dt.date(2026, 2, 5)
    for row, values in enumerate(reversed(lines), start=4):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    book.save(out)
    (question,) = merged(folder, out, update=out).summary.decided
    assert (question.lines[0].choice, question.lines[0].on) == ("按元", "2026-02-05")


def test_a_line_without_its_mark_is_told(folder: Path, out: Path) -> None:
    merged(folder, out)
    answer(out, {"教育局/宣传.xlsx": "按元"})
    book = openpyxl.load_workbook(out)
    sheet = book["待认定"]
    sheet.cell(line_of(sheet, "教育局/宣传.xlsx"), MARK).value = None
    book.save(out)
    result = merged(folder, out, update=out)
    assert len(result.summary.questions) == 3
    assert any("校验标记没有了" in line for line in result.lines())


# ------------------------------------------------------------------ what people typed is never lost


def test_decisions_are_not_overwritten_by_a_merge_that_does_not_read_them(folder: Path, out: Path) -> None:
    merged(folder, out)
    merged(folder, out)  # nothing typed: replaced as ever
    answer(out, {"教育局/宣传.xlsx": "按元"})
    before = out.read_bytes()
    with pytest.raises(z.RefusedError, match="请加 --update"):
        merged(folder, out)
    assert out.read_bytes() == before
    merged(folder, out, update=out)
    assert out.with_name("汇总表.xlsx.bak").read_bytes() == before


def test_a_remark_that_was_typed_is_kept_by_project(folder: Path, out: Path) -> None:
    def remarks(path: Path) -> dict[str, str]:
        head, *lines = cells(path, "汇总表（上报）")[2:]
        name, remark = head.index("项目名称"), head.index("备注")
        return {line[name]: line[remark] for line in lines if isinstance(line[0], int)}

    merged(folder, out)
    assert remarks(out)["堤防"] is None
    book = openpyxl.load_workbook(out)
    sheet = book["汇总表（上报）"]
    at = next(number for number, cell in enumerate(sheet[3], start=1) if cell.value == "备注")
    row = next(
        number
        for number, cells_of in enumerate(sheet.iter_rows(), start=1)
        if any(cell.value == "堤防" for cell in cells_of)
    )
    sheet.cell(row, at).value = "免评转自评"
    book.save(out)
    (folder / "水利局/堤防.xlsx").write_bytes(
        workbook(rows("堤防", code="8", department="水利局", executed="99"))
    )
    for _ in range(2):
        merged(folder, out, update=out)
        assert remarks(out)["堤防"] == "免评转自评"
    assert "道路" not in remarks(out)
    head, *lines = cells(out, "底稿")
    told = {line[head.index("项目名称")]: line[head.index("说明")] for line in lines}
    assert told["道路"] == "待认定（第1项），不计入合计"


def test_only_a_summary_of_ours_updates(folder: Path, out: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "别的.xlsx"
    foreign.write_bytes(workbook(rows()))
    with pytest.raises(z.UsageError, match="不是本软件生成的汇总表"):
        merged(folder, out, update=foreign)
    with pytest.raises(z.UsageError):
        merged(folder, out, update=tmp_path / "没有.xlsx")


def test_update_writes_where_it_read(folder: Path, out: Path) -> None:
    merged(folder, out)
    answer(out, {"教育局/宣传.xlsx": "按元"})
    with pytest.raises(SystemExit):
        main(["merge", str(folder), "--update", str(out), "--workers", "1"])
    assert any(str(line[0]).startswith("已认定") for line in cells(out))


def test_a_year_that_is_none_is_told(folder: Path, out: Path) -> None:
    with pytest.raises(z.UsageError, match="年度应为四位数字"):
        merged(folder, out, year="去年")
    assert budget(merged(folder, out, year=2024)) == 0


# ------------------------------------------------------------------ the file


def test_one_and_two_workers_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for place in range(12):
        table = rows(f"项目{place}", code=f"10{place:02}", department="教育局" if place % 2 else "县教育局")
        (folder / f"{place}.xlsx").write_bytes(workbook(table))
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    z.merge(folder, one, workers=1)
    z.merge(folder, two, workers=2, cache=False)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.office
def test_office_programs_open_it(folder: Path, out: Path) -> None:
    transfer = rows("农业资金", department="农业局", title="转移支付项目支出绩效自评表")
    (folder / "转移.xlsx").write_bytes(workbook(transfer))
    merged(folder, out)
    answer(out, {"教育局/宣传.xlsx": "按元"}, by="李某")
    merged(folder, out, update=out)
    assert openpyxl.load_workbook(out).sheetnames[:3] == ["汇总表（上报）", "转移支付汇总", "部门汇总"]
    assert office.validate(out, "Office2013") == []
    assert office.validate(out, "Microsoft365") == []


def test_batches_and_year_are_options_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Folders whose names say nothing: the order in which they are given does; none of them is read twice."""
    for name, executed in (("乙", "90"), ("甲", "95")):
        path = tmp_path / "收文" / name / "校舍.xlsx"
        path.parent.mkdir(parents=True)
        path.write_bytes(workbook(rows(code=CODE, executed=executed)))
    first, second = (str(tmp_path / "收文" / name) for name in ("乙", "甲"))
    for batches, executed in (((first, second), "95"), ((second, first), "90")):
        given = [text for batch in batches for text in ("--batch", batch)]
        out = str(tmp_path / "汇总表.xlsx")
        with pytest.raises(SystemExit) as left:
            main(
                [
                    "merge",
                    str(tmp_path / "收文"),
                    *given,
                    "--year",
                    "2025",
                    "-o",
                    out,
                    "--workers",
                    "1",
                    "--json",
                ]
            )
        assert left.value.code in {0, 1}
        document = json.loads(capsys.readouterr().out)
        assert document["summary"]["executed"] == executed
        assert sorted(line["status"] for line in document["ledger"]) == ["accepted", "skipped"]
