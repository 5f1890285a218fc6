"""An existing report gets the figures of its workbook; whatever people wrote around them keeps its bytes."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

import zipingbiao as z
from support import office
from support.updates import (
    changed_blocks,
    content,
    edited,
    opened,
    project,
    report,
    sentence,
    with_lines,
)
from support.written import tables, workbook

# Two scores: 14.25 becomes 15, 8.95 becomes 10.
HIGHER = with_lines(
    {
        "培训人次": "产出指标|数量指标|培训人次|15|200人次|200人次|有10人请假，下年初补训。",
        "学员满意度": "满意度指标|服务对象满意度指标|学员满意度|10|≥95%|95%|食宿安排不够周到。",
    }
)
FORMS = ("shanxi", "national")


def updated(data: bytes, document: bytes) -> tuple[bytes, Any]:
    return z.update_report(data, document, name="报告.docx")


def table_with(document: Any, heading: str) -> Any:
    """The last table whose heading row has a cell with this text, and the column of it."""
    found = [
        (table, at)
        for table in document.tables
        for at, cell in enumerate(table.rows[0].cells)
        if cell.text == heading
    ]
    return found[-1]


@pytest.mark.parametrize("form", FORMS)
def test_a_report_that_agrees_with_its_workbook_keeps_every_byte(form: str) -> None:
    data = workbook(project(), form=form)
    for document in (report(data), edited(report(data))):
        new, done = updated(data, document)
        assert new == document
        assert done.lines() == ("报告与工作簿一致，没有需要更新的内容，文件未写。",)


def test_only_the_figures_change_in_a_report_that_people_edited() -> None:
    document = edited(report(workbook(project())))
    new, done = updated(workbook(project(HIGHER)), document)
    assert changed_blocks(document, new) == [sentence(new), "表3", "表5", "表6"]
    assert sentence(new).endswith('总得分99.5分，属于"优秀"。')
    assert [change.line for change in done.changes] == [
        "正文第18段 总得分句：97.7 → 99.5",
        "表3第2行第5列 “培训人次”的业绩值：190人次 → 200人次",
        "表3第2行第6列 “培训人次”的得分：14.25 → 15",
        "表5第2行第5列 “学员满意度”的业绩值：85% → 95%",
        "表5第2行第6列 “学员满意度”的得分：8.95 → 10",
        "附件1（表6）第3行第6列 “培训人次”的业绩值：190人次 → 200人次",
        "附件1（表6）第3行第7列 “培训人次”的完成率：95.00% → 100.00%",
        "附件1（表6）第3行第8列 “培训人次”的得分：14.25 → 15",
        "附件1（表6）第9行第6列 “学员满意度”的业绩值：85% → 95%",
        "附件1（表6）第9行第7列 “学员满意度”的完成率：89.47% → 100.00%",
        "附件1（表6）第9行第8列 “学员满意度”的得分：8.95 → 10",
    ]
    again, twice = updated(workbook(project(HIGHER)), new)
    assert (again == new, twice.changes) == (True, ())


def test_the_number_takes_the_formatting_of_the_run_in_which_it_began() -> None:
    """97.7 was 97. in bold and 7 behind it."""
    document = edited(report(workbook(project())))
    new, _ = updated(workbook(project(HIGHER)), document)
    (said,) = [each for each in opened(new).paragraphs if "自评价结果" in each.text]
    (bold,) = [run for run in said.runs if run.bold]
    assert bold.text == "99.5"
    assert said.runs[-1].text == '分，属于"优秀"。'


def test_the_funds_are_those_of_the_workbook() -> None:
    document = report(workbook(project()))
    data = workbook(project(executed="88.5"))
    new, _ = updated(data, document)
    assert tables(new)[0] == tables(report(data))[0]
    assert tables(new)[0][5][2:] == ["88.5", "88.5", "", "", "", "88.5", "", ""]


@pytest.mark.parametrize("form", FORMS)
def test_what_cannot_be_computed_is_said_and_said_again_once_it_can(form: str) -> None:
    blank = with_lines({"培训班次": "产出指标|数量指标|培训班次|10|5期|"})
    complete, incomplete = workbook(project(), form=form), workbook(project(blank), form=form)
    new, _ = updated(incomplete, edited(report(complete)))
    assert sentence(new).endswith("自评价结果为:未完成。")
    assert tables(new) == tables(report(incomplete))
    again, _ = updated(complete, new)
    assert sentence(again) == sentence(report(complete))
    assert tables(again) == tables(report(complete))


def test_a_lower_grade_is_said_in_its_word() -> None:
    fewer = with_lines({"系统使用率": None})
    new, _ = updated(workbook(project(fewer)), edited(report(workbook(project()))))
    assert sentence(new).endswith('总得分82.7分，属于"良好"。')


# ------------------------------------------------------------------ what people typed


def test_a_reason_that_stands_in_the_report_alone_is_kept_and_said() -> None:
    document = opened(report(workbook(project())))
    table, column = table_with(document, "偏差原因分析及改进措施")
    (row,) = [row for row in table.rows if row.cells[2].text == "培训班次"]
    row.cells[column].text = "第三期改为线上。"
    typed = content(document)
    new, done = updated(workbook(project()), typed)
    assert new == typed
    assert done.notes == ("附件1中“培训班次”的偏差原因只写在报告里，工作簿中是空白，已保留报告的文字。",)


def test_a_reason_of_the_workbook_goes_before_that_of_the_report_and_is_told() -> None:
    document = opened(report(workbook(project())))
    table, column = table_with(document, "偏差原因分析及改进措施")
    table.rows[2].cells[column].text = "报告里另写的原因"
    new, done = updated(workbook(project()), content(document))
    assert "报告里另写的原因 → 有10人请假，下年初补训。" in done.changes[0].line
    assert tables(new) == tables(report(workbook(project())))


def test_a_figure_that_is_only_written_otherwise_stays() -> None:
    document = opened(report(workbook(project())))
    table, column = table_with(document, "指标得分")
    table.rows[2].cells[column].text = "14.250"
    table.rows[2].cells[2].text = "1．培训人次"
    table.rows[3].cells[4].text = "5 期"
    typed = content(document)
    assert updated(workbook(project()), typed)[0] == typed


def test_columns_go_by_their_heading_and_a_column_of_their_own_stays() -> None:
    """得分 before 目标值, 实际完成值 for 业绩值, and a column 责任科室 in the output table."""
    document = opened(report(workbook(project())))
    (table,) = [table for table in document.tables if table.rows[0].cells[0].text == "二级指标"][1:2]
    for row in table._tbl.tr_lst:
        cells = row.tc_lst
        cells[3].addprevious(cells[5])
        own = copy.deepcopy(cells[2])
        own.find(qn("w:p")).find(qn("w:r")).find(qn("w:t")).text = "教研室"
        cells[4].addnext(own)
    grid = table._tbl.tblGrid
    grid.append(copy.deepcopy(grid[0]))
    table.rows[0].cells[5].text = "实际完成值"
    table.rows[0].cells[6].text = "责任科室"
    typed = content(document)
    before = tables(typed)[2]
    assert before[0] == ["二级指标", "三级指标", "权重", "得分", "目标值", "实际完成值", "责任科室"]
    lines = with_lines({"培训教材": "产出指标|数量指标|培训教材|5|3册|2册"}, HIGHER)
    new, _ = updated(workbook(project(lines)), typed)
    rows = tables(new)[2]
    assert rows[1] == ["数量指标", "培训人次", "15", "15", "200人次", "200人次", "教研室"]
    assert rows[3] == ["数量指标", "培训教材", "5", "3.33", "3册", "2册", ""]
    assert [row for row in rows if row not in (rows[1], rows[3])] == [
        row for row in before if row[1] != "培训人次"
    ]


def test_a_row_of_the_total_that_somebody_added_follows() -> None:
    document = opened(report(workbook(project())))
    for at, total, texts in (
        (2, 2, ["合计", "", "50", "", "", "49.25"]),
        (5, 3, ["总分", "", "", "100", "", "", "", "97.7", ""]),
    ):
        table = document.tables[at]
        row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
        row.cells[0].merge(row.cells[total - 1]).text = texts[0]
    before = content(document)
    assert updated(workbook(project()), before)[0] == before
    lines = with_lines({"培训教材": "产出指标|数量指标|培训教材|5|3册|3册"}, HIGHER)
    new, _ = updated(workbook(project(lines)), before)
    assert tables(new)[2][-1] == ["合计", "合计", "55", "", "", "55"]
    assert tables(new)[5][-1] == ["总分", "总分", "总分", "105", "", "", "", "104.5", ""]
    assert [row[:-1] for row in tables(new)[5][:-1]] == [
        row[:-1] for row in tables(report(workbook(project(lines))))[5]
    ]


def test_a_heading_that_nobody_knows_is_said() -> None:
    document = opened(report(workbook(project())))
    table, column = table_with(document, "完成率")
    table.rows[0].cells[column].text = "甲"
    new, done = updated(workbook(project(HIGHER)), content(document))
    assert "附件1没有“完成率”列，没有更新这一项；如改过列名，请改回。" in done.notes
    assert [row[column] for row in tables(new)[5]][2] == "95.00%"


def test_several_runs_and_paragraphs_of_a_cell_take_the_formatting_of_the_first() -> None:
    document = opened(report(workbook(project())))
    table, column = table_with(document, "业绩值")
    cell = table.rows[2].cells[column]
    cell.paragraphs[0].runs[0].text = "190"
    cell.paragraphs[0].runs[0].bold = True
    cell.paragraphs[0].add_run("人").italic = True
    cell.add_paragraph("次（按签到）")
    new, _ = updated(workbook(project(HIGHER)), content(document))
    (said,) = table_with(opened(new), "业绩值")[0].rows[2].cells[column].paragraphs
    assert said.text == "200人次"
    assert [run.bold for run in said.runs if run.text] == [True]


def test_a_blank_cell_takes_the_formatting_of_its_column() -> None:
    blank = with_lines({"培训班次": "产出指标|数量指标|培训班次|10|5期|"})
    document = opened(report(workbook(project(blank))))
    table, column = table_with(document, "业绩值")
    for row in table.rows[1:]:
        for run in row.cells[column].paragraphs[0].runs:
            run.bold = True
    new, _ = updated(workbook(project()), content(document))
    (said,) = table_with(opened(new), "业绩值")[0].rows[3].cells[column].paragraphs[0].runs
    assert (said.text, said.bold) == ("5期", True)


def test_symbols_and_breaks_of_the_old_text_go_with_it() -> None:
    document = opened(report(workbook(project())))
    table, column = table_with(document, "目标值")
    run = table.rows[4].cells[column].paragraphs[0].runs[0]
    run.text = "96%"
    run._r.find(qn("w:t")).addprevious(parse_xml(f"<w:sym {nsdecls('w')} w:font='Symbol' w:char='F0B3'/>"))
    run.add_break()
    new, done = updated(workbook(project()), content(document))
    assert done.changes[0].line == "附件1（表6）第5行第5列 “培训合格率”的目标值：≥96% → ≥95%"
    assert tables(new) == tables(report(workbook(project())))


# ------------------------------------------------------------------ several projects, forms, notes


def test_each_project_of_a_report_gets_its_own_figures() -> None:
    first, second = project(), project(name="校舍维修项目")
    document = report(workbook(first, second))
    data = workbook(first, project(HIGHER, name="校舍维修项目"))
    new, done = updated(data, document)
    assert tables(new) == tables(report(data))
    assert {change.place.split("第")[0] for change in done.changes} == {
        "正文", "表9", "表11", "附件1（表12）",
    }  # fmt: skip


def test_a_project_that_only_one_of_both_has_is_said() -> None:
    document = report(workbook(project(), project(name="校舍维修项目")))
    new, done = updated(workbook(project(HIGHER), project(name="图书购置项目")), document)
    assert tables(new)[:6] == tables(report(workbook(project(HIGHER))))
    assert tables(new)[6:] == tables(document)[6:]
    assert done.notes == (
        "报告中的“校舍维修项目”在工作簿中没有找到，没有更新。",
        "工作簿中的“图书购置项目”在报告中没有找到，没有更新。",
    )


def test_the_head_of_the_national_form_is_that_of_the_workbook() -> None:
    plain = project()
    moved = replace(plain, project=replace(plain.project, unit="某县教师发展中心", code="P2"))
    document = edited(report(workbook(plain, form="national")))
    new, done = updated(workbook(moved, form="national"), document)
    assert [change.line for change in done.changes] == [
        "附件1（表1）第3行第9列 项目编码：P1 → P2",
        "附件1（表1）第4行第6列 实施单位：某县教师进修学校 → 某县教师发展中心",
    ]
    assert tables(new) == tables(report(workbook(moved, form="national")))


def test_the_lines_above_the_form_that_say_whose_it_is() -> None:
    plain = project()
    moved = replace(plain, project=replace(plain.project, code="P2"))
    document = edited(report(workbook(plain)))
    new, done = updated(workbook(moved), document)
    assert [change.line.split(" ", 1)[1] for change in done.changes] == ["项目编码：P1 → P2"]
    assert changed_blocks(document, new) == ["项目名称：教师培训项目　　　项目编码：P2"]


def test_the_note_below_the_form_follows_the_funds() -> None:
    """Nobody listed 预算执行率: its points are counted from the funds, and a note says so."""
    plain = project(executed="90")
    plain = replace(plain, lines=plain.lines[1:])
    more = replace(project(executed="80"), lines=plain.lines)
    document = report(workbook(plain))
    notes = [each.text for each in opened(document).paragraphs if each.text.startswith("注：")]
    assert notes == ["注：未列预算执行率，按资金表另计9分（权重10，计入后权重合计100）。"]
    new, _ = updated(workbook(more), document)
    notes = [each.text for each in opened(new).paragraphs if each.text.startswith("注：")]
    assert notes == ["注：未列预算执行率，按资金表另计8分（权重10，计入后权重合计100）。"]


# ------------------------------------------------------------------ files


def files(folder: Path) -> tuple[Path, Path]:
    """A workbook, and a report of how it was before."""
    book, document = folder / "自评表.xlsx", folder / "报告.docx"
    book.write_bytes(workbook(project(HIGHER)))
    document.write_bytes(edited(report(workbook(project()))))
    return book, document


def test_the_first_original_and_the_last_version_are_kept(tmp_path: Path) -> None:
    book, document = files(tmp_path)
    original = document.read_bytes()
    done = z.update_report(book, document)
    assert (done.saved, done.backup) == (document, tmp_path / "报告.docx.bak")
    first = document.read_bytes()
    assert z.update_report(book, document).saved is None
    assert document.read_bytes() == first
    book.write_bytes(workbook(project()))
    assert z.update_report(book, document).backup == tmp_path / "报告.docx.last.bak"
    assert (tmp_path / "报告.docx.bak").read_bytes() == original
    assert (tmp_path / "报告.docx.last.bak").read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "报告.docx", "报告.docx.bak", "报告.docx.last.bak", "自评表.xlsx",
    ]  # fmt: skip


def test_a_copy_or_a_look_leaves_the_report_alone(tmp_path: Path) -> None:
    book, document = files(tmp_path)
    original = document.read_bytes()
    look = z.update_report(book, document, dry_run=True)
    assert look.saved is None
    assert look.lines()[0] == "将更新 11 处（未写文件）："
    copied = z.update_report(book, document, out=tmp_path / "新报告.docx")
    assert copied.saved == tmp_path / "新报告.docx"
    assert copied.lines()[0] == f"已更新 {copied.saved}（11 处）："
    assert document.read_bytes() == original
    assert changed_blocks(original, copied.saved.read_bytes())


# ------------------------------------------------------------------ other programs


@pytest.mark.office
@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_has_no_error_and_opens(form: str, tmp_path: Path) -> None:
    lines = with_lines({"培训班次": None, "培训教材": "产出指标|数量指标|培训教材|5|3册|2册"}, HIGHER)
    new, _ = updated(workbook(project(lines), form=form), edited(report(workbook(project(), form=form))))
    path = tmp_path / "报告.docx"
    path.write_bytes(new)
    assert office.validate(path, "Office2013") == []
    assert office.validate(path, "Microsoft365") == []
    assert office.convert(path, "pdf", tmp_path).stat().st_size > 0


@pytest.mark.office
@pytest.mark.parametrize("form", FORMS)
def test_a_report_that_libreoffice_saved_is_updated_alike(form: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(edited(report(workbook(project(), form=form))))
    document = office.convert(path, "docx", tmp_path / "saved").read_bytes()
    lines = with_lines({"培训班次": None, "培训教材": "产出指标|数量指标|培训教材|5|3册|2册"}, HIGHER)
    data = workbook(project(lines), form=form)
    new, _ = updated(data, document)
    own = ["表3", "表5", "表6"] if form == "shanxi" else ["表1"]
    assert changed_blocks(document, new) == [sentence(new), *own]
    assert tables(new) == tables(report(data))
    assert updated(data, new)[0] == new
    assert updated(workbook(project(), form=form), document)[0] == document
