"""``--template``: a unit's own Word document gives the styles, and places 【…】 for what is to be filled in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

import zipingbiao as z
from support import office
from support.written import below, blocks, project, tables, texts, workbook

LETTER = (
    ("Title", "某县教师进修学校自评报告"),
    ("Normal", "按照县财政局要求，现将自评情况报告如下。"),
    ("Heading 1", "一、结果"),
    ("Normal", "【总得分句】"),
    ("Heading 1", "二、产出"),
    ("Normal", "【表：产出】"),
    ("Normal", " 【产出情况及分析】 "),
    ("Normal", "【单位公章】"),
    ("Normal", "本段提到【表：效益】，不是只有它，保持原样。"),
)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    made = Document()
    for style, text in LETTER:
        made.add_paragraph(text, style=style)
    own = made.styles.add_style("公文正文", WD_STYLE_TYPE.PARAGRAPH)
    own.font.size = Pt(14)
    path = tmp_path / "单位.docx"
    made.save(str(path))
    return path


def test_places_are_replaced_whole_and_the_rest_is_appended(letter: Path) -> None:
    document, written = z.report(workbook(project(texts={"产出情况及分析": "按期。"})), template=letter)
    found = [(style, said) for style, said in blocks(document) if said]
    assert [said for _, said in found[:3]] == [text for _, text in LETTER[:3]]
    assert found[3][0] == "公文正文"
    assert found[3][1].endswith('总得分96.95分，属于"优秀"。')
    assert found[4] == ("Heading 1", "二、产出")
    assert [row[1] for row in found[5][1]] == ["三级指标", "培训人次", "培训合格率"]
    assert found[6:9] == [("公文正文", "按期。"), ("Normal", "【单位公章】"), ("Normal", LETTER[-1][1])]
    appended = [said for style, said in found[9:] if style.startswith("Heading")]
    assert appended[:2] == ["一、项目的基本情况", "（一）项目概况"]
    assert "二、项目绩效情况" not in appended
    assert "（二）项目产出情况" not in appended
    assert "2. 产出情况及分析" not in appended
    assert {"（三）项目效益情况", "三、项目绩效分析", "附件1.项目支出绩效自评表"} <= set(appended)
    assert sum("总得分" in said for said in texts(document)) == 1
    assert written.notes[0].startswith("模板中的“【单位公章】”不认识，原样保留；可用的有：【项目概况】、")


def test_its_styles_are_used_and_what_it_lacks_is_made(letter: Path) -> None:
    document, _ = z.report(workbook(), template=letter)
    read = Document(io.BytesIO(document))
    assert read.styles["公文正文"].font.size == Pt(14)
    assert read.styles["表格文字"].font.size == Pt(10.5)


def test_a_document_of_styles_alone_gets_the_whole_report(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "样式.docx"))
    plain, _ = z.report(workbook())
    styled, _ = z.report(workbook(), template=tmp_path / "样式.docx")
    assert list(blocks(styled)) == list(blocks(plain))


def test_two_tables_side_by_side_stay_two(tmp_path: Path) -> None:
    made = Document()
    for key in ("表：产出", "表：效益", "附件1"):
        made.add_paragraph(f"【{key}】")
    made.save(str(tmp_path / "表.docx"))
    document, _ = z.report(workbook(), template=tmp_path / "表.docx")
    assert [table[1][1] for table in tables(document)[:2]] == ["培训人次", "系统使用率"]
    assert tables(document)[2][0][0] == "一级指标"


def test_several_projects_have_no_place_of_their_own(letter: Path) -> None:
    with pytest.raises(z.UsageError, match="有 2 个项目，模板中的“【总得分句】”不知道填哪一个"):
        z.report(workbook(project("甲项目"), project("乙项目")), template=letter)


def test_what_is_no_document_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "单位.docx"
    wrong.write_bytes(b"not a zip")
    with pytest.raises(z.UnreadableError, match=r"单位\.docx：不是 Word 文档"):
        z.report(workbook(), template=wrong)
    with pytest.raises(z.UnreadableError):
        z.report(workbook(), template=tmp_path / "没有.docx")


def test_headings_of_the_document_are_left_alone(letter: Path) -> None:
    document, _ = z.report(workbook(), template=letter)
    assert below(document, "一、结果")[0].startswith("综合考虑")


def test_a_cell_takes_a_sentence_but_no_table(tmp_path: Path) -> None:
    made = Document()
    cells = made.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "【总得分句】", "【表：产出】"
    made.save(str(tmp_path / "封面.docx"))
    document, written = z.report(workbook(), template=tmp_path / "封面.docx")
    ((sentence, left),) = tables(document)[0]
    assert "总得分96.95分" in sentence
    assert left == "【表：产出】"
    assert "在表格里，放不下一张表" in written.notes[0]
    assert [table[1][1] for table in tables(document)[1:]].count("培训人次") == 1


def test_properties_of_the_document_stay_and_say_what_it_is(letter: Path) -> None:
    made = Document(str(letter))
    made.core_properties.author = "某县教师进修学校"
    made.save(str(letter))
    read = Document(io.BytesIO(z.report(workbook(), template=letter)[0]))
    assert (read.core_properties.author, read.core_properties.identifier) == (
        "某县教师进修学校",
        "zpb:report:1",
    )


@pytest.mark.office
def test_a_filled_document_is_valid(letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    (tmp_path / "表.xlsx").write_bytes(workbook())
    z.report(tmp_path / "表.xlsx", out=out, template=letter)
    before = set(office.validate(letter, "Microsoft365"))
    assert set(office.validate(out, "Microsoft365")) <= before
    assert office.printed(out)
