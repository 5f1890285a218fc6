"""Edits of a document's bytes: split runs, entities, blanks, cells that hold nothing yet, rows like their neighbour."""

from __future__ import annotations

import io
import zipfile

import pytest

import zipingbiao as z
from zipingbiao.book.blocks import CellBlock, Paragraph, RowBlock, TableBlock
from zipingbiao.book.cells import Book
from zipingbiao.book.write.document_patch import patch_document
from zipingbiao.book.write.docx_xml import Content, Replaced, cell_edits, merge_edits, new_row, text_edits
from zipingbiao.book.write.xml_bytes import Edit, apply
from zipingbiao.errors import RefusedError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def document(body: str) -> bytes:
    """A document with this body; ``w:`` and ``w14:`` are declared."""
    made = io.BytesIO()
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document xmlns:w="{W}" xmlns:w14="{W14}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", xml)
    return made.getvalue()


def read(body: str) -> tuple[Book, bytes]:
    data = document(body)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return z.read(data, name="文.docx"), archive.read("word/document.xml")


def body_of(xml: bytes) -> str:
    return xml.decode().split("<w:body>")[1].split("</w:body>")[0]


def runs(*texts: str) -> str:
    return "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts)


# ------------------------------------------------------------------ text


@pytest.mark.parametrize(
    ("inside", "old", "new", "expected"),
    [
        (runs("总得分96.75分"), "96.75", "95.5", runs("总得分95.5分")),
        (runs("总得分96", ".75", "分"), "96.75", "95.5", runs("总得分95.5", "", "分")),
        (runs("总得分", "96.", "75分"), "96.75", "95.5", runs("总得分", "95.5", "分")),
        (runs("A&amp;B&#x4e2d;96"), "96", "1", runs("A&amp;B&#x4e2d;1")),
        (runs("甲&lt;96"), "96", "<&>", runs("甲&lt;&lt;&amp;&gt;")),
        (runs("得分 96"), "96", "", '<w:r><w:t xml:space="preserve">得分 </w:t></w:r>'),
        ("<w:r><w:t><![CDATA[得<分]]>96</w:t></w:r>", "96", "7", runs("得&lt;分7")),
        (runs("😀得96分"), "96", "7", runs("😀得7分")),
        (runs("得96"), "96", "\x01", runs("得\ufffd")),
    ],
)
def test_a_text_takes_the_place_of_another(inside: str, old: str, new: str, expected: str) -> None:
    book, xml = read(f"<w:p>{inside}</w:p>")
    paragraph = book.blocks[0]
    assert isinstance(paragraph, Paragraph)
    start = "".join(piece.text for piece in paragraph.pieces).index(old)
    edits = text_edits(xml, paragraph.pieces, [Replaced(start, start + len(old), new)])
    assert body_of(apply(xml, edits)) == f"<w:p>{expected}</w:p>"


def test_two_spans_of_one_run_change_at_once() -> None:
    book, xml = read(f"<w:p>{runs('总得分96分，属于“优秀”')}</w:p>")
    paragraph = book.blocks[0]
    assert isinstance(paragraph, Paragraph)
    spans = [Replaced(3, 5, "85.5"), Replaced(10, 12, "良好")]
    assert (
        body_of(apply(xml, text_edits(xml, paragraph.pieces, spans)))
        == f"<w:p>{runs('总得分85.5分，属于“良好”')}</w:p>"
    )


def test_a_text_is_put_where_only_a_gap_is() -> None:
    book, xml = read(f"<w:p>{runs('总得分', '分')}</w:p>")
    paragraph = book.blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert (
        body_of(apply(xml, text_edits(xml, paragraph.pieces, [Replaced(3, 3, "96")])))
        == f"<w:p>{runs('总得分96', '分')}</w:p>"
    )


# ------------------------------------------------------------------ cells

GRID = "<w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"


def table(*rows: str) -> str:
    return f"<w:tbl>{GRID}{''.join(rows)}</w:tbl><w:p/>"


def row_of(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def cell_of(book: Book, row: int = 0, column: int = 0) -> CellBlock:
    (found,) = [block for block in book.blocks if isinstance(block, TableBlock)]
    return found.rows[row].cells[column]


def rows_of(book: Book) -> tuple[RowBlock, ...]:
    return next(block.rows for block in book.blocks if isinstance(block, TableBlock))


BOLD = "<w:rPr><w:b/></w:rPr>"


@pytest.mark.parametrize(
    ("inside", "text", "expected"),
    [
        ("<w:p/>", "5", f"<w:p>{runs('5')}</w:p>"),
        ('<w:p w14:paraId="1A"/>', "5", f'<w:p w14:paraId="1A">{runs("5")}</w:p>'),
        (
            f"<w:p><w:pPr>{BOLD}</w:pPr></w:p>",
            "5",
            f"<w:p><w:pPr>{BOLD}</w:pPr><w:r>{BOLD}<w:t>5</w:t></w:r></w:p>",
        ),
        (f"<w:p>{runs('1')}</w:p><w:p>{runs('2')}</w:p>", "5", f"<w:p>{runs('5')}</w:p>"),
        (
            f'<w:p>{runs("1")}</w:p><w:p><w:bookmarkStart w:id="1" w:name="a"/>{runs("2")}<w:bookmarkEnd w:id="1"/></w:p>',
            "5",
            f'<w:p>{runs("5")}</w:p><w:p><w:bookmarkStart w:id="1" w:name="a"/>{runs("")}<w:bookmarkEnd w:id="1"/></w:p>',
        ),
        (
            f"<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r>{BOLD}<w:t>1</w:t></w:r></w:p>",
            "甲\n乙 ",
            (f'<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r>{BOLD}<w:t>甲</w:t></w:r></w:p>'
            f'<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r>{BOLD}<w:t xml:space="preserve">乙 </w:t></w:r></w:p>'),
        ),
        (
            '<w:p><w:r><w:tab/><w:t>1</w:t><w:br/><w:sym w:font="Symbol" w:char="F0B3"/></w:r></w:p>',
            "5",
            f"<w:p>{runs('5')}</w:p>",
        ),
        (f"<w:p>{runs('1')}</w:p>", "", f"<w:p>{runs('')}</w:p>"),
    ],
)  # fmt: skip
def test_a_cell_says_another_text(inside: str, text: str, expected: str) -> None:
    book, xml = read(table(row_of(inside, "<w:p/>")))
    edits = cell_edits(xml, cell_of(book), text)
    assert body_of(apply(xml, edits)) == table(row_of(expected, "<w:p/>"))


def test_a_blank_cell_takes_the_formatting_of_another() -> None:
    book, xml = read(table(row_of("<w:p/>", f"<w:p><w:r>{BOLD}<w:t>1</w:t></w:r></w:p>")))
    edits = cell_edits(xml, cell_of(book), "5", cell_of(book, 0, 1))
    assert f"<w:tc><w:p><w:r>{BOLD}<w:t>5</w:t></w:r></w:p></w:tc><w:tc>" in body_of(apply(xml, edits))


def test_a_cell_with_a_table_in_it_is_refused() -> None:
    book, xml = read(table(row_of(f"{table(row_of('<w:p/>', '<w:p/>'))}", "<w:p/>")))
    with pytest.raises(RefusedError):
        list(cell_edits(xml, cell_of(book), "5"))


# ------------------------------------------------------------------ merges and rows


@pytest.mark.parametrize(
    ("before", "merge", "after"),
    [
        ("", "restart", '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'),
        ("<w:tcPr/>", "restart", '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'),
        ('<w:tcPr><w:tcW w:w="9"/><w:vAlign w:val="center"/></w:tcPr>', "continue",
         '<w:tcPr><w:tcW w:w="9"/><w:vMerge w:val="continue"/><w:vAlign w:val="center"/></w:tcPr>'),
        ("<w:tcPr><w:vMerge/></w:tcPr>", "", "<w:tcPr></w:tcPr>"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_cell_is_merged_otherwise(before: str, merge: str, after: str) -> None:
    book, xml = read(table(row_of(f"{before}<w:p/>", "<w:p/>")))
    edits = merge_edits(xml, cell_of(book), merge)
    assert body_of(apply(xml, edits)) == table(row_of(f"{after}<w:p/>", "<w:p/>"))


def test_a_new_row_has_the_properties_of_another_and_nothing_of_its_content() -> None:
    first = '<w:tcPr><w:tcW w:w="9"/></w:tcPr><w:p w14:paraId="1A"><w:pPr><w:jc w:val="left"/></w:pPr>'
    first += (
        f'<w:bookmarkStart w:id="1" w:name="a"/><w:commentRangeStart w:id="0"/><w:r>{BOLD}<w:t>旧</w:t></w:r>'
    )
    first += '<w:bookmarkEnd w:id="1"/></w:p><w:p/>'
    old = row_of(first, "<w:p/>", properties="<w:trPr><w:cantSplit/></w:trPr>")
    old = old.replace("<w:tr>", '<w:tr w14:paraId="2B" w:rsidR="00A1" w14:textId="3C">', 1)
    book, xml = read(table(old))
    contents = {1: Content("新&", "restart"), 2: Content()}
    made = new_row(xml, rows_of(book)[0], contents, [], is_heading=False).decode()
    assert made == (
        '<w:tr w:rsidR="00A1"><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="9"/><w:vMerge w:val="restart"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r>{BOLD}<w:t>新&amp;</w:t></w:r></w:p></w:tc><w:tc><w:p></w:p></w:tc></w:tr>'
    )


def test_a_line_like_the_heading_is_neither_repeated_nor_bold() -> None:
    heading = row_of(
        f"<w:p><w:r>{BOLD}<w:t>名称</w:t></w:r></w:p>",
        "<w:p/>",
        properties="<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
    )
    book, xml = read(table(heading))
    made = new_row(xml, rows_of(book)[0], {1: Content("甲")}, [], is_heading=True).decode()
    assert made == row_of(
        f"<w:p>{runs('甲')}</w:p>", "<w:p></w:p>", properties="<w:trPr><w:cantSplit/></w:trPr>"
    )


# ------------------------------------------------------------------ the file


def test_every_other_part_keeps_its_bytes_and_its_place() -> None:
    data = document(f"<w:p>{runs('1')}</w:p><w:p>{runs('2')}</w:p>")
    book, xml = read(f"<w:p>{runs('1')}</w:p><w:p>{runs('2')}</w:p>")
    at = xml.index(b">1<") + 1
    new = patch_document(data, z.read(data, name="文.docx"), [Edit(at, at + 1, b"7")])
    with zipfile.ZipFile(io.BytesIO(data)) as one, zipfile.ZipFile(io.BytesIO(new)) as other:
        assert one.namelist() == other.namelist()
        assert [one.read(name) == other.read(name) for name in one.namelist()] == [True, True, False]
        assert other.read("word/document.xml") == xml.replace(b">1<", b">7<")
    assert patch_document(data, book, [Edit(at, at + 1, b"1")]) == data


def test_what_would_break_the_document_is_not_written() -> None:
    data = document(f"<w:p>{runs('1')}</w:p>")
    book, xml = read(f"<w:p>{runs('1')}</w:p>")
    at = xml.index(b">1<") + 1
    for new in (b"</w:t>", b"1</w:t></w:r></w:p><w:p><w:r><w:t>2"):
        with pytest.raises(RefusedError):
            patch_document(data, book, [Edit(at, at + 1, new)])


def test_edits_of_another_file_are_refused() -> None:
    data = document(f"<w:p>{runs('1')}</w:p>")
    book, _ = read(f"<w:p>{runs('2')}</w:p>")
    with pytest.raises(RefusedError):
        patch_document(data, book, [Edit(0, 0, b"")])
