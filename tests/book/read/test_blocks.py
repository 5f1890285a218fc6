"""The blocks of a document: texts as people see them, and where each stands in the bytes of its part."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document

from book.read.test_docx import raw, saved
from support import reports
from support.reports import fill
from zipingbiao.book.blocks import Paragraph, TableBlock
from zipingbiao.book.cells import Book
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.read.preflight import Limits
from zipingbiao.errors import UnreadableError


def part_of(path: Path, book: Book) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(book.part)


def paragraphs(book: Book) -> list[Paragraph]:
    return [block for block in book.blocks if isinstance(block, Paragraph)]


def tables(book: Book) -> list[TableBlock]:
    return [block for block in book.blocks if isinstance(block, TableBlock)]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_each_block_says_where_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(reports.content(reports.written(1)))
    book = read_book(path)
    xml = part_of(path, book)
    before = 0
    for block in book.blocks:
        assert before <= block.start < block.end
        before = block.end
        name = b"<w:tbl>" if isinstance(block, TableBlock) else b"<w:p>"
        whole = xml[block.start : block.end]
        assert whole.startswith((name, name.replace(b">", b"/>")))
        assert whole.endswith((name.replace(b"<", b"</"), b"/>"))
    for paragraph in paragraphs(book):
        for piece in paragraph.pieces:
            assert xml[piece.start : piece.end].decode() == piece.text.replace("&", "&amp;").replace(
                "<", "&lt;"
            )
    for table in tables(book):
        grid = book.grid(table.sheet)
        for row in table.rows:
            assert xml[row.start : row.end].startswith(b"<w:tr>")
            assert xml[row.start : row.end].endswith(b"</w:tr>")
            for cell in row.cells:
                assert xml[cell.start : cell.end].startswith(b"<w:tc>")
                assert xml[cell.start : cell.end].endswith(b"</w:tc>")
                said = grid.at(row.row, cell.column)
                text = "\n".join(each.text for each in cell.paragraphs).strip()
                assert text == ("" if said is None or cell.goes_on else said.value)
    score = tables(book)[-1].cell(20, 8)
    assert score is not None


def test_a_paragraph_knows_its_level_bookmarks_pieces_and_changes(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("一、项目概况", 1)
    document.add_paragraph("甲")
    path = saved(document, tmp_path)
    heading, text = paragraphs(read_book(path))
    assert (heading.level, text.level) == (0, None)
    body = (
        "<w:p><w:pPr><w:outlineLvl w:val='2'/><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>"
        "<w:bookmarkStart w:id='1' w:name='zpb_score'/>"
        f"{run('得分')}<w:r><w:tab/><w:t xml:space='preserve'> 9&lt;10</w:t></w:r><w:r><w:t/></w:r></w:p>"
        f"<w:p><w:ins>{run('新')}</w:ins></w:p><w:p/>"
    )
    path = raw(tmp_path, body)
    book = read_book(path)
    first, second, third = paragraphs(book)
    assert (first.text, first.level, first.marks, first.tracked) == ("得分\t 9<10", 2, ("zpb_score",), False)
    xml = part_of(path, book)
    assert [xml[piece.start : piece.end] for piece in first.pieces] == ["得分".encode(), b" 9&lt;10"]
    assert (second.text, second.tracked, second.number, third.number) == ("新", True, 2, 0)
    assert xml[third.start : third.end] == b"<w:p/>"


def test_accepted_changes(tmp_path: Path) -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    row = "<w:tr>{0}<w:tc><w:p>{1}</w:p></w:tc></w:tr>"
    body = (
        f"<w:p>{gone}{run('前半')}</w:p><w:p>{run('后半')}</w:p>"
        f"<w:tbl>{row.format('', run('留'))}{row.format('<w:trPr><w:del/></w:trPr>', run('删'))}</w:tbl>"
        f"<w:p>{gone}{run('末尾')}</w:p>"
    )
    book = read_book(raw(tmp_path, body))
    assert [paragraph.text for paragraph in paragraphs(book)] == ["", "前半后半", "", "末尾"]
    table = tables(book)[0]
    assert table.tracked
    assert [cell.value for cell in book.grids[0].cells.values()] == ["前半后半", "留"]


def test_text_boxes_and_tables_in_them_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('框')}</w:p><w:tbl><w:tr><w:tc><w:p>{run('格')}</w:p></w:tc></w:tr></w:tbl></w:txbxContent>"
    body = (
        f"<w:p>{run('外')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>"
    )
    book = read_book(raw(tmp_path, body))
    inner, table, outer = book.blocks
    assert isinstance(inner, Paragraph)
    assert isinstance(outer, Paragraph)
    assert (inner.text, inner.boxed, outer.text, outer.boxed) == ("框", True, "外", False)
    assert isinstance(table, TableBlock)
    assert outer.start < inner.start < inner.end <= table.start < table.end < outer.end


def test_a_table_that_goes_on_is_one_sheet_and_two_blocks(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("附件1")
    fill(document, ["指标|分值|得分", "甲|60|60"])
    document.add_paragraph()
    fill(document, ["乙|40|40"])
    document.add_paragraph("续表")
    fill(document, ["指标|分值|得分", "丙|0|0"])
    document.add_paragraph("另一张")
    fill(document, ["指标|分值|得分"])
    book = read_book(saved(document, tmp_path))
    assert [grid.sheet for grid in book] == ["表1", "表4"]
    assert [table.sheet for table in tables(book)] == ["表1", "表1", "表1", "表4"]
    assert [[row.row for row in table.rows] for table in tables(book)] == [[2, 3], [4], [5, 6], [2]]
    grid = book.grids[0]
    assert [grid.ref(row, 1).place for row in (1, 2, 4, 6)] == [
        "正文第1段", "附件1（表1）第1行第1列", "附件1（表2）第1行第1列", "附件1（表3）第2行第1列",
    ]  # fmt: skip
    assert (str(grid.ref(6, 3)), grid.ref(6, 3).row_label) == ("表1!C6", "2")


def test_tables_that_are_not_one(tmp_path: Path) -> None:
    document = Document()
    fill(document, ["指标|分值|得分", "甲|60|60"])
    document.add_paragraph()
    fill(document, ["姓名|电话", "张|1"])
    document.add_paragraph("第二个项目")
    fill(document, ["指标|分值|得分", "乙|40|40"])
    assert [grid.sheet for grid in read_book(saved(document, tmp_path))] == ["表1", "表2", "表3"]


def test_a_part_in_utf_16_is_read_but_has_no_offsets(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc><w:p>{run('格')}</w:p></w:tc></w:tr></w:tbl>"
    path = raw(tmp_path, f"<w:p>{run('总得分90分')}</w:p>{table}")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.decode().encode("utf-16") if "document" in name else part)
    first, second = read_book(path).blocks
    assert isinstance(first, Paragraph)
    assert (first.text, first.start, first.end, first.pieces) == ("总得分90分", 0, 0, ())
    assert isinstance(second, TableBlock)
    assert (second.start, second.end, second.rows[0].cells[0].end) == (0, 0, 0)


@pytest.mark.parametrize(
    "body", ["<w:p/>" * 60, "<w:tbl><w:tr/></w:tbl>" * 60, f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 60}</w:p>"]
)
def test_blocks_are_counted(tmp_path: Path, body: str) -> None:
    with pytest.raises(UnreadableError, match="段落和单元格数超过上限"):
        read_book(raw(tmp_path, body), limits=Limits(blocks=50))


def test_broken_styles_do_not_matter(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("一、项目概况", 1)
    path = saved(document, tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/styles.xml"] = parts["word/styles.xml"][:500]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    (heading,) = paragraphs(read_bytes(path.read_bytes(), "a.docx"))
    assert (heading.text, heading.level) == ("一、项目概况", None)
