"""What a file is by its content, whether it can be written into, and what one more reader takes."""

import zipfile

import pytest

from book.read import raw
from zipingbiao.book.cells import Book, Cell, CellClass, Grid
from zipingbiao.book.read import kinds, read_bytes
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.kinds import KINDS, Kind
from zipingbiao.errors import UnreadableError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'
WITH_MACROS = raw.CONTENT_TYPES.replace(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
    "application/vnd.ms-excel.sheet.macroEnabled.main",
)
DAMAGED = raw.zipped(raw.parts(types=WITH_MACROS), zipfile.ZIP_STORED).replace(b"<Types ", b"<Typez ")


@pytest.mark.parametrize(
    ("data", "kind", "writable"),
    [
        (raw.workbook(), "xlsx", True),
        (raw.workbook(root=None), "xlsx", True),
        (raw.workbook(types=None), "xlsx", True),
        (DAMAGED, "xlsx", True),
        (raw.workbook(types=WITH_MACROS), "xlsm", True),
        (raw.workbook(types=WITH_MACROS.replace("sheet.macro", "template.macro")), "xlsm", True),
        # A document that holds a workbook, or a workbook with a part of Word, is what the package calls it.
        (raw.zipped({**raw.parts(), "word/document.xml": DOCUMENT}), "xlsx", True),
        (raw.zipped({"word/document.xml": DOCUMENT, "word/embeddings/1.xlsx": b"PK"}), "docx", False),
    ],
)
def test_what_a_file_is(data: bytes, kind: str, *, writable: bool) -> None:
    book = read_bytes(data, "改了名.dat")
    assert (book.kind, book.writable) == (kind, writable)


def test_a_book_without_a_file_is_of_no_kind() -> None:
    assert (Book("", ()).kind, Book("", ()).writable) == ("", False)


def test_only_what_is_read_is_written_and_a_refusal_is_one_sentence() -> None:
    for kind in KINDS:
        if isinstance(kind.reader, str):
            assert kind.reader.count("。") == 1, kind.name
            assert kind.reader.endswith("。"), kind.name
            assert not kind.writable, kind.name


@pytest.mark.parametrize(
    ("name", "stream", "reason"),
    [
        ("甲.docx", "EncryptedPackage", "在 Word 或 WPS 中取消密码"),
        ("甲.XLSX", "EncryptedPackage", "在 Excel 或 WPS 中取消密码"),
        ("甲.wps", "WordDocument", r"另存为 \.docx"),
        ("甲.xls", "WordDocument", "请提供 Excel 原文件"),
    ],
)
def test_the_name_decides_only_the_remedy_of_what_word_may_have_made(
    name: str, stream: str, reason: str
) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + stream.encode("utf-16-le")
    with pytest.raises(UnreadableError, match=reason):
        read_bytes(data, name)


def test_a_reader_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Wanted | None] = []

    def read_slips(content: Content, wanted: Wanted | None) -> Sheets:
        asked.append(wanted)
        lines = content.data.decode().splitlines()[1:]
        cells = {
            (row, column): Cell(text, CellClass.TEXT)
            for row, line in enumerate(lines, 1)
            for column, text in enumerate(line.split(";"), 1)
        }
        return Sheets((Grid("条", cells),), notes=("没有格式。",))

    data = "%SLIPS\n三级指标;分值\n培训人次;50\n".encode()
    assert read_bytes(data, "甲.slips").kind == "csv"
    row = Kind("slips", lambda content: content.data.startswith(b"%SLIPS"), read_slips)
    monkeypatch.setattr(kinds, "KINDS", (row, *KINDS))
    book = read_bytes(data, "甲.slips", str.isdigit)
    assert (book.kind, book.writable, book.notes) == ("slips", False, ("没有格式。",))
    cell = book.grid("条").at(2, 1)
    assert cell is not None
    assert cell.value == "培训人次"
    assert asked == [str.isdigit]
    with pytest.raises(UnreadableError, match="PDF"):
        read_bytes(b"%PDF-1.7", "甲.slips")


@pytest.mark.parametrize(
    ("shared", "kept"), [(("甲", "乙"), True), (("甲", "丙"), False), (("甲", "<si><t>甲</t></si>"), True)]
)
def test_a_sheet_that_shows_no_two_wanted_texts_is_left_out(shared: tuple[str, ...], *, kept: bool) -> None:
    data = raw.workbook(shared=shared)
    assert bool(read_bytes(data, "甲.xlsx", lambda text: text in "甲乙").grids) is kept
    assert read_bytes(data, "甲.xlsx").grids
