"""What cannot be found, is found twice or is under revision is not written: one sentence, and the file stays."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

import zipingbiao as z
from support import office
from support.updates import changed_blocks, content, opened, parts, project, report, sentence, with_lines
from support.written import tables, workbook

HIGHER = with_lines({"培训人次": "产出指标|数量指标|培训人次|15|200人次|200人次|有10人请假，下年初补训。"})
OUTPUT = 2  # which table of the report it is


def refused(document: bytes, data: bytes | None = None) -> str:
    with pytest.raises(z.RefusedError) as why:
        z.update_report(data or workbook(project(HIGHER)), document, name="报告.docx")
    return str(why.value)


def sentence_of(document: WordDocument) -> Any:
    (found,) = [each for each in document.paragraphs if "自评价结果" in each.text]
    return found


def without(element: Any) -> None:
    element.getparent().remove(element)


def without_marks(document: WordDocument) -> None:
    for mark in document.element.body.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
        without(mark)


def heading(document: WordDocument, text: str) -> Any:
    (found,) = [each for each in document.paragraphs if each.text == text]
    return found


def deleted_sentence(document: WordDocument) -> None:
    without(sentence_of(document)._p)


def second_sentence(document: WordDocument) -> None:
    """Under another heading, in a report without our bookmarks."""
    without_marks(document)
    heading(document, "四、项目主要经验做法")._p.addnext(copy.deepcopy(sentence_of(document)._p))


def deleted_table(document: WordDocument) -> None:
    without(document.tables[OUTPUT]._tbl)


def second_table(document: WordDocument) -> None:
    """Behind a paragraph, in a report without our bookmarks."""
    without_marks(document)
    table = document.tables[OUTPUT]._tbl
    between = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>又一张：</w:t></w:r></w:p>")
    table.addnext(between)
    between.addnext(copy.deepcopy(table))


def copied_table(document: WordDocument) -> None:
    """Right below itself, as if it went on."""
    without_marks(document)
    table = document.tables[OUTPUT]._tbl
    table.addnext(copy.deepcopy(table))


def deleted_heading(document: WordDocument) -> None:
    without(heading(document, "（二）项目产出情况")._p)


def deleted_form(document: WordDocument) -> None:
    without(document.tables[5]._tbl)


def deleted_funds(document: WordDocument) -> None:
    without(document.tables[0]._tbl)


def revised_table(document: WordDocument) -> None:
    row = document.tables[OUTPUT].rows[3].cells[1].paragraphs[0]._p
    row.append(
        parse_xml(f"<w:ins {nsdecls('w')} w:id='900' w:author='某人'><w:r><w:t>（全年）</w:t></w:r></w:ins>")
    )


def revised_sentence(document: WordDocument) -> None:
    run = sentence_of(document).runs[0]._r
    inserted = parse_xml(f"<w:ins {nsdecls('w')} w:id='900' w:author='某人'/>")
    run.addprevious(inserted)
    inserted.append(run)


def nested_table(document: WordDocument) -> None:
    table = document.tables[OUTPUT]
    frame = document.add_table(1, 1)
    table._tbl.addprevious(frame._tbl)
    cell = frame.cell(0, 0)._tc
    cell.insert(len(cell) - 1, table._tbl)


def two_columns(document: WordDocument) -> None:
    document.tables[OUTPUT].rows[0].cells[3].text = "业绩值"


def no_county_column(document: WordDocument) -> None:
    for row in document.tables[0]._tbl.tr_lst[2:]:
        row.tc_lst[7].find(qn("w:p")).clear()
    document.tables[0].rows[1].cells[7].text = "乡镇级"


def joined_cells(document: WordDocument) -> None:
    """The two figures of one line in one cell."""
    row = document.tables[OUTPUT].rows[3]
    row.cells[3].merge(row.cells[4])


@pytest.mark.parametrize(
    ("change", "request_"),
    [
        (deleted_sentence, "在“二、项目绩效情况”下恢复总得分句（…自评价结果为：总得分…分，属于…）"),
        (second_sentence, "只留一处总得分句（正文第17段、正文第33段）"),
        (deleted_table, "恢复“（二）项目产出情况”标题和下面的表格"),
        (second_table, "只留一张产出表（表3、表4）"),
        (copied_table, "只留一张产出表（表3后面还有一张）"),
        (deleted_heading, "恢复“（二）项目产出情况”标题和下面的表格"),
        (deleted_form, "恢复附件1标题和下面的表格"),
        (deleted_funds, "恢复“（二）预算执行情况”标题和下面的表格"),
        (revised_table, "先接受或拒绝产出表（表3）里的修订"),
        (revised_sentence, "先接受或拒绝正文第17段总得分句里的修订"),
        (nested_table, "把产出表从别的表格的单元格里移出来"),
        (two_columns, "改产出表的列名，“业绩值”、“业绩值”都像“业绩值”"),
        (no_county_column, "在资金表里补上“县区级”"),
        (joined_cells, "拆开表3第4行第5列的合并单元格，那里应有两项内容"),
    ],
    ids=lambda each: each.__name__ if callable(each) else "",
)
def test_a_place_that_is_not_as_it_must_be(change: Callable[[WordDocument], None], request_: str) -> None:
    document = opened(report(workbook(project())))
    change(document)
    said = refused(content(document))
    assert said == f"报告.docx 没有写入，请{request_}，再重试。"


def test_all_places_are_said_at_once() -> None:
    document = opened(report(workbook(project())))
    deleted_sentence(document)
    deleted_form(document)
    said = refused(content(document))
    assert said == (
        "报告.docx 没有写入，请在“二、项目绩效情况”下恢复总得分句（…自评价结果为：总得分…分，属于…）；"
        "请恢复附件1标题和下面的表格，再重试。"
    )


def test_a_revision_in_a_table_that_says_the_same_hinders_nothing() -> None:
    document = opened(report(workbook(project())))
    row = document.tables[1].rows[1].cells[1].paragraphs[0]._p
    row.append(
        parse_xml(
            f"<w:del {nsdecls('w')} w:id='900' w:author='某人'><w:r><w:delText>旧</w:delText></w:r></w:del>"
        )
    )
    before = content(document)
    new, _ = z.update_report(workbook(project(HIGHER)), before)
    assert changed_blocks(before, new) == [sentence(new), "表3", "表6"]


# ------------------------------------------------------------------ bookmarks decide


def marked_copy(document: WordDocument, *, between: bool) -> None:
    """A copy of the output table below it; the bookmark stays in the first one."""
    table = document.tables[OUTPUT]._tbl
    other = copy.deepcopy(table)
    for mark in other.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
        without(mark)
    table.addnext(other)
    if between:
        other.addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>上年：</w:t></w:r></w:p>"))


@pytest.mark.parametrize("between", [True, False])
@pytest.mark.parametrize(
    "lines", [HIGHER, with_lines({"培训班次": None, "教材": "产出指标|数量指标|教材|5|3册|2册"})]
)
def test_of_two_tables_the_one_with_the_bookmark_is_written(between: bool, lines: list[str]) -> None:
    document = opened(report(workbook(project())))
    marked_copy(document, between=between)
    before = content(document)
    data = workbook(project(lines))
    new, _ = z.update_report(data, before)
    assert tables(new)[OUTPUT] == tables(report(data))[OUTPUT]
    assert tables(new)[OUTPUT + 1] == tables(before)[OUTPUT + 1]
    assert z.update_report(data, new)[0] == new


def test_of_two_sentences_the_one_below_the_bookmark_is_written() -> None:
    document = opened(report(workbook(project())))
    heading(document, "四、项目主要经验做法")._p.addnext(copy.deepcopy(sentence_of(document)._p))
    before = content(document)
    new, _ = z.update_report(workbook(project(HIGHER)), before)
    first, second = (each.text for each in opened(new).paragraphs if "自评价结果" in each.text)
    assert ("98.45分" in first, "97.7分" in second) == (True, True)


# ------------------------------------------------------------------ other documents


def test_the_report_of_another_project() -> None:
    said = refused(report(workbook(project(name="校舍维修项目"))))
    assert (
        said == "报告.docx 是“校舍维修项目”的报告，工作簿是“教师培训项目”的，没有写入；请核对文件或项目名称。"
    )


def test_the_report_of_another_year() -> None:
    plain = project()
    said = refused(report(workbook(replace(plain, project=replace(plain.project, year="2024")))))
    assert said == "报告.docx 是2024年度的报告，工作簿是2025年度的，没有写入；请核对文件。"


def test_a_document_that_is_no_report() -> None:
    document = opened(report(workbook(project())))
    for block in list(document.element.body)[1:-1]:
        without(block)
    assert "没有找到自评报告的标题" in refused(content(document))


def test_a_workbook_in_place_of_the_report() -> None:
    assert "不是 Word 文档" in refused(workbook(project()))


@pytest.mark.office
def test_an_old_document_is_to_be_saved_anew(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(report(workbook(project())))
    old = office.convert(tmp_path / "报告.docx", "doc", tmp_path)
    assert refused(old.read_bytes()).endswith("没有写入；请用 Word 或 WPS 打开后另存为 .docx。")


def test_a_part_in_another_encoding() -> None:
    document = report(workbook(project()))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts(document).items():
            text = (
                data.decode().replace("UTF-8", "UTF-16").encode("utf-16")
                if name == "word/document.xml"
                else data
            )
            archive.writestr(name, text)
    assert "编码不是 UTF-8" in refused(made.getvalue())


def with_part(document: bytes, name: str, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each, data in parts(document).items():
            archive.writestr(each, data.replace(old.encode(), new.encode(), 1) if each == name else data)
        if name not in parts(document):
            archive.writestr(name, new)
    return made.getvalue()


def test_a_signed_or_protected_document() -> None:
    document = report(workbook(project()))
    signed = with_part(document, "_xmlsignatures/origin.sigs", "", "")
    assert refused(signed) == "报告.docx 有数字签名（写入后签名失效），没有写入；请先在 Word 中取消，再重试。"
    tag = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    guarded = with_part(document, "word/settings.xml", "</w:settings>", tag)
    assert refused(guarded) == "报告.docx 限制了编辑，没有写入；请先在 Word 中取消，再重试。"


@pytest.mark.parametrize(
    "hurt", [lambda data: data[:2000], lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_a_document_that_cannot_be_read(hurt: Callable[[bytes], bytes]) -> None:
    with pytest.raises(z.UnreadableError):
        z.update_report(workbook(project()), hurt(report(workbook(project()))), name="报告.docx")


# ------------------------------------------------------------------ files


@pytest.mark.parametrize("why", ["read-only", "open"])
def test_a_file_that_cannot_be_written(why: str, tmp_path: Path) -> None:
    book, document = tmp_path / "自评表.xlsx", tmp_path / "报告.docx"
    book.write_bytes(workbook(project(HIGHER)))
    document.write_bytes(report(workbook(project())))
    before = document.read_bytes()
    if why == "open":
        (tmp_path / "~$报告.docx").write_bytes(b"")
    else:
        document.chmod(0o444)
    with pytest.raises(z.RefusedError, match=r"报告.docx"):
        z.update_report(book, document)
    assert document.read_bytes() == before
    assert not (tmp_path / "报告.docx.bak").exists()
