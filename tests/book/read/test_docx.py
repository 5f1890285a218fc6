"""Word documents as grids: tables as a person sees them, and every damaged file refused in a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from support.reports import fill
from zipingbiao.book.cells import Area, Book, CellClass
from zipingbiao.book.read import read_book
from zipingbiao.book.read.preflight import Limits
from zipingbiao.errors import UnreadableError
from zipingbiao.table.find.targets import read_targets

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def saved(document: WordDocument, tmp_path: Path, name: str = "目标.docx") -> Path:
    path = tmp_path / name
    document.save(str(path))
    return path


def raw(tmp_path: Path, body: str, *, part: str = "word/document.xml", start: str = "") -> Path:
    """A document of this XML, as another program may have written it."""
    path = tmp_path / "raw.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{TYPE}" Target="/{part}"/></Relationships>',
        )
        archive.writestr(
            part, f'{start}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
        )
    return path


def texts(book: Book, number: int = 0) -> dict[tuple[int, int], object]:
    return {place: cell.value for place, cell in book.grids[number].cells.items()}


def test_tables_become_sheets_of_text(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("绩效目标表")
    document.add_paragraph("  ")
    document.add_paragraph("项目名称：道路养护")
    fill(document, ["一级|指标|<|值", "产出|a|0.50|95%", "^|b|c|"])
    document.add_paragraph("")
    fill(document, ["x|y"])
    book = read_book(saved(document, tmp_path))
    first, second = book.grids
    assert (first.sheet, second.sheet) == ("表1", "表2")
    assert texts(book) == {
        (1, 1): "绩效目标表", (2, 1): "项目名称：道路养护",
        (3, 1): "一级", (3, 2): "指标", (3, 4): "值",
        (4, 1): "产出", (4, 2): "a", (4, 3): "0.50", (4, 4): "95%", (5, 2): "b", (5, 3): "c",
    }  # fmt: skip
    assert {cell.kind for cell in first.cells.values()} == {CellClass.TEXT}
    assert set(first.merges) == {Area(3, 2, 3, 3), Area(4, 1, 5, 1)}
    assert texts(book, 1) == {(1, 1): "x", (1, 2): "y"}
    assert len(book.digest) == 32


def test_only_the_last_ten_paragraphs_stand_above(tmp_path: Path) -> None:
    document = Document()
    for number in range(15):
        document.add_paragraph(f"第{number}段")
    fill(document, ["x"])
    fill(document, ["y"])
    book = read_book(saved(document, tmp_path))
    assert texts(book)[1, 1] == "第5段"
    assert texts(book)[11, 1] == "x"
    assert texts(book, 1) == {(1, 1): "y"}


def test_a_block_of_merged_cells_and_lines_within_a_cell(tmp_path: Path) -> None:
    document = Document()
    fill(document, ["A|<|c", "^|^|d", "e|f|g"])
    document.tables[0].cell(2, 0).add_paragraph("第二段").add_run("\t后\n下一行")
    book = read_book(saved(document, tmp_path))
    assert book.grids[0].merges == (Area(1, 1, 2, 2),)
    assert texts(book)[3, 1] == "e\n第二段\t后\n下一行"
    assert set(texts(book)) == {(1, 1), (1, 3), (2, 3), (3, 1), (3, 2), (3, 3)}


def test_a_table_inside_a_cell_is_a_sheet_with_the_text_before_it(tmp_path: Path) -> None:
    document = Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "项目名称：甲"
    inner = outer.cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = "内"
    outer.cell(0, 1).text = "右"
    book = read_book(saved(document, tmp_path))
    assert texts(book) == {(1, 1): "项目名称：甲", (1, 2): "右"}
    assert texts(book, 1) == {(1, 1): "项目名称：甲", (2, 1): "内"}


def test_what_a_person_does_not_see_is_left_out(tmp_path: Path) -> None:
    book = read_book(
        raw(
            tmp_path,
            "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p>"
            "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
            "<w:ins><w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>95</w:t><w:t>%</w:t></w:r></w:ins>"
            "<mc:Fallback><w:r><w:t>重复</w:t></w:r></mc:Fallback><w:r><w:instrText>PAGE</w:instrText></w:r>"
            "</w:p></w:tc></w:tr></w:tbl>",
        )
    )
    assert texts(book) == {(1, 2): "≥95%"}


def test_a_target_form_in_word(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("项目支出绩效目标申报表")
    document.add_paragraph("（2025年度）")
    document.add_paragraph("项目名称：乡村图书室    实施单位：文化站")
    fill(
        document,
        [
            "项目资金（万元）|年度资金总额：|<|30|<",
            "^|其中：财政拨款|<|30|<",
            "总体目标|建成十个乡村图书室，全年开放。|<|<|<",
            "绩效指标|一级指标|二级指标|三级指标|指标值",
            "^|产出指标|数量指标|图书室|≥10个",
            "^|^|时效指标|建成时间|2025年10月底前",
            "^|效益指标|社会效益指标|阅读量|逐步提高",
        ],
    )
    document.add_paragraph("项目名称：电影下乡")
    fill(document, ["三级指标|指标值|计量单位|指标性质", "场次|120|场|大于等于"])
    first, second = read_targets(read_book(saved(document, tmp_path)))
    assert (first.project.name, first.project.unit, first.project.year) == ("乡村图书室", "文化站", "2025")
    assert first.goal == "建成十个乡村图书室，全年开放。"
    assert [int(amount) for amount in first.funds.values()] == [30, 30]
    assert [(line.level1, line.level2, line.name, line.target) for line in first.lines] == [
        ("产出指标", "数量指标", "图书室", "≥10个"),
        ("产出指标", "时效指标", "建成时间", "2025年10月底前"),
        ("效益指标", "社会效益指标", "阅读量", "逐步提高"),
    ]
    assert (second.project.name, second.lines[0].target) == ("电影下乡", "≥120场")


def test_a_document_is_one_by_content_and_nothing_is_written_into_it(tmp_path: Path) -> None:
    document = Document()
    fill(document, ["三级指标|指标值"])
    book = read_book(saved(document, tmp_path, "其实是文档.xlsx"))
    assert texts(book) == {(1, 1): "三级指标", (1, 2): "指标值"}
    assert (book.kind, book.writable) == ("docx", False)


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _other(data: bytes) -> bytes:
    return b"%PDF-1.7 " + data


def _old(data: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def _locked(data: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "不完整或已损坏"),
        (_other, "PDF"),
        (_old, "另存为 .docx"),
        (_locked, "密码"),
        (lambda _: b"", "是空的"),
    ],
)
def test_a_spoilt_file_is_refused(tmp_path: Path, spoil: Callable[[bytes], bytes], said: str) -> None:
    path = saved(Document(), tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(UnreadableError, match=said) as told:
        read_book(path)
    assert str(told.value).startswith("目标.docx：")


@pytest.mark.parametrize(
    ("part", "said"), [("a.txt", "普通压缩包"), ("word/styles.xml", r"不是 Word 文档.*另存为 \.docx")]
)
def test_no_document_in_the_package(tmp_path: Path, part: str, said: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(UnreadableError, match=said):
        read_book(path)


def test_a_package_that_names_no_document_has_the_usual_one(tmp_path: Path) -> None:
    path = raw(tmp_path, "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", document)
    assert texts(read_book(path)) == {(1, 1): "x"}


def test_bombs_of_every_kind(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    rows = f"<w:tr>{cell * 5}</w:tr>"
    small = Limits(cells=20, merges=1, sheets=2, text=100)
    with pytest.raises(UnreadableError, match="单元格数超过上限"):
        read_book(raw(tmp_path, f"<w:tbl>{rows * 5}</w:tbl>"), limits=small)
    with pytest.raises(UnreadableError, match="文字总量超过上限"):
        read_book(raw(tmp_path, f"<w:p><w:r><w:t>{'字' * 101}</w:t></w:r></w:p>"), limits=small)
    wide = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc></w:tr>"
    with pytest.raises(UnreadableError, match="合并单元格数超过上限"):
        read_book(raw(tmp_path, f"<w:tbl>{wide * 2}</w:tbl>"), limits=small)
    with pytest.raises(UnreadableError, match="压缩比"):
        read_book(raw(tmp_path, " " * 20_000_000))
    with pytest.raises(UnreadableError, match="DTD"):
        read_book(raw(tmp_path, "&a;", start='<!DOCTYPE x [<!ENTITY a "aaa">]>'))
    with pytest.raises(UnreadableError, match="不是完整的 XML"):
        read_book(raw(tmp_path, "<w:tbl>"))
    book = read_book(raw(tmp_path, f"<w:tbl>{rows}</w:tbl>" * 3), limits=small)
    assert len(book.grids) == 2
    assert "超过 2 张" in book.notes[0]


def test_another_prefix_and_part_name(tmp_path: Path) -> None:
    path = raw(tmp_path, "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", parts["_rels/.rels"].replace("document.xml", "document2.xml"))
        text = parts["word/document.xml"].replace("<w:", "<a:").replace("</w:", "</a:")
        archive.writestr("word/document2.xml", text.replace("xmlns:w=", "xmlns:a="))
    assert texts(read_book(path)) == {(1, 1): "x"}


def test_names_of_other_namespaces_are_no_text(tmp_path: Path) -> None:
    other = "<q:p><q:t>别</q:t></q:p><q:tbl/>"
    cell = f"<w:p><w:r><w:t>x</w:t></w:r></w:p><w:sdt xmlns:q='urn:q'>{other}</w:sdt>"
    book = read_book(raw(tmp_path, f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"))
    assert [texts(book, number) for number in range(len(book.grids))] == [{(1, 1): "x"}]


def test_a_namespace_declared_again_and_a_backslash_in_the_way(tmp_path: Path) -> None:
    path = raw(
        tmp_path,
        f"<w:tbl><tr xmlns='{W}'><tc><p><r xmlns:b='{W}'><t>x</t><b:tab/></r></p></tc></tr></w:tbl>",
        part="word\\document.xml",
    )
    assert texts(read_book(path)) == {(1, 1): "x\t"}
    assert read_book(path).grids


def test_what_nobody_foresaw_is_one_sentence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = raw(tmp_path, "<w:tbl/>")

    def breaks(*_: object) -> None:
        raise AttributeError

    monkeypatch.setattr("zipingbiao.book.read.docx.feed", breaks)
    with pytest.raises(UnreadableError, match=r"raw.docx：文档结构异常.*Word"):
        read_book(path)


def test_cells_in_content_controls(tmp_path: Path) -> None:
    document = Document()
    fill(document, ["a|b"])
    row = document.tables[0].rows[0]._tr
    cell = row.findall(qn("w:tc"))[1]
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    row.replace(cell, control)
    control.append(content)
    content.append(cell)
    assert texts(read_book(saved(document, tmp_path))) == {(1, 1): "a", (1, 2): "b"}
