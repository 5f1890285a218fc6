"""What every report is as a file: its page, its fonts, its tables, and nothing of anybody else's in it."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

import zipingbiao as z
from support import office
from support.written import EXECUTION, blocks, line, project, tables, workbook
from zipingbiao.table.records import Role
from zipingbiao.template.examples import examples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXAMPLES = sorted(examples().glob("[0-9]*.xlsx"))
LONG = "因为设备到货晚，安装推迟到下年；" * 30


def made(data: bytes, **options: object) -> bytes:
    document, _ = z.report(data, **options)  # type: ignore[call-overload]
    return bytes(document)


def part(document: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name)


def root(document: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(part(document, name))


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.name[:3])
def document(request: pytest.FixtureRequest) -> bytes:
    return made(Path(request.param).read_bytes())


def test_it_holds_our_own_parts_and_each_once(document: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert sorted(names) == sorted(
        ["[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels"]
        + [f"word/{name}.xml" for name in ("document", "fontTable", "footer", "settings", "styles")]
    )
    core = part(document, "docProps/core.xml").decode()
    assert "<dc:identifier>zpb:report:1</dc:identifier>" in core
    assert "<dc:language>zh-CN</dc:language>" in core
    assert "creator" not in core


def test_the_page_and_its_fonts_are_those_of_an_official_document(document: bytes) -> None:
    sections = list(root(document).iter(f"{W}sectPr"))
    shapes = [
        [int(section.find(f"{W}pgSz").get(f"{W}{side}")) for side in ("w", "h")] for section in sections
    ]
    assert shapes == [[11906, 16838], [16838, 11906]]
    assert sections[1].find(f"{W}pgSz").get(f"{W}orient") == "landscape"
    margins = sections[0].find(f"{W}pgMar")
    assert margins is not None
    millimetres = {
        side: round(int(margins.get(f"{W}{side}", "0")) / 56.7) for side in ("top", "bottom", "left", "right")
    }
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    styles = part(document, "word/styles.xml").decode()
    written = styles + part(document, "word/document.xml").decode()
    assert "Theme" not in written
    fonts = set(re.findall(r'w:eastAsia="([^"]*)"', styles)) - {"zh-CN"}
    assert fonts == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"}
    alternatives = re.findall(r'w:name="([^"]*)"><w:altName', part(document, "word/fontTable.xml").decode())
    assert set(alternatives) == fonts
    assert "PAGE" in part(document, "word/footer.xml").decode()
    assert not list(root(document).iter(f"{W}sdt"))


def test_tables_repeat_their_head_keep_their_rows_and_fill_their_columns(document: bytes) -> None:
    found = list(root(document).iter(f"{W}tbl"))
    assert found
    for table in found:
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        made_rows = table.findall(f"{W}tr")
        assert made_rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        for row in made_rows:
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val", "0")) for span in spans) == columns


def test_what_stands_before_a_table_stays_with_it(document: bytes) -> None:
    for table in root(document).iter(f"{W}tbl"):
        before = table.getprevious()
        assert before is not None
        style = before.find(f"{W}pPr/{W}pStyle")
        assert before.find(f"{W}pPr/{W}keepNext") is not None, style


def test_headings_are_headings_and_carry_their_mark(document: bytes) -> None:
    names = root(document).xpath("//w:bookmarkStart/@w:name", namespaces={"w": W[1:-1]})
    assert len(names) == len(set(names))
    assert all(name.startswith("zpb_") for name in names)
    assert {"zpb_title", "zpb_result", "zpb_form", "zpb_annex1", "zpb_annex2"} <= set(names)
    numbers = root(document).xpath("//w:bookmarkStart/@w:id", namespaces={"w": W[1:-1]})
    assert len(numbers) == len(set(numbers))
    styles = {style for style, _ in blocks(document)}
    assert {"Title", "Heading 1", "Heading 2", "公文正文", "table"} <= styles


def test_the_same_workbook_gives_the_same_bytes() -> None:
    data = EXAMPLES[0].read_bytes()
    assert made(data) == made(data)
    assert made(data, sign_off=True) == made(data, sign_off=True)


def spacing(document: bytes) -> str:
    (style,) = root(document, "word/styles.xml").xpath(
        "//w:style[w:name/@w:val='公文正文']/w:pPr", namespaces={"w": W[1:-1]}
    )
    indent = style.find(f"{W}ind")
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "640")
    assert style.find(f"{W}spacing").get(f"{W}lineRule") == "exact"
    return str(style.find(f"{W}spacing").get(f"{W}line"))


@pytest.mark.parametrize(
    ("points", "twips"), [("28", "560"), ("28.8", "576"), ("28.9", "578"), ("29", "580"), ("30", "600")]
)
def test_lines_are_as_far_apart_as_the_bureau_asks(points: str, twips: str) -> None:
    data = workbook()
    assert spacing(made(data, line_spacing=Decimal(points))) == twips
    assert spacing(made(data)) == "600"


def test_another_distance_is_refused() -> None:
    with pytest.raises(z.UsageError, match="28、28"):
        z.report(workbook(), line_spacing=Decimal(25))


@pytest.mark.parametrize("bold", [False, True])
def test_a_title_is_bold_where_the_bureau_wants_it(bold: bool) -> None:
    document = made(workbook(), bold_title=bold)
    (font,) = root(document, "word/styles.xml").xpath(
        "//w:style[@w:styleId='Title']/w:rPr", namespaces={"w": W[1:-1]}
    )
    assert (font.find(f"{W}b") is not None) is bold
    assert font.find(f"{W}sz").get(f"{W}val") == "44"


def test_a_row_that_may_fill_more_than_a_page_may_be_split() -> None:
    data = workbook(project(lines=(EXECUTION, line(f"产出指标|数量指标|安装设备|90|10台|9台|{LONG}"))))
    rows = list(root(made(data)).iter(f"{W}tr"))
    (long,) = (row for row in rows if LONG in "".join(row.itertext()))
    assert long.find(f"{W}trPr/{W}cantSplit") is None
    assert sum(row.find(f"{W}trPr/{W}cantSplit") is None for row in rows) == 1


def test_signs_that_no_document_may_hold_are_shown_as_such() -> None:
    texts = {"项目概况": "甲\x07乙&<丙>\n　　第二段", "立项依据": "\U0002000b字"}
    data = workbook(project("A&B<培训>项目", texts=texts))
    said = [said for style, said in blocks(made(data)) if style == "公文正文"]
    assert "项目概况：甲�乙&<丙>" in said
    assert "第二段" in said
    assert "立项依据：\U0002000b字" in said
    assert any("最终评分结果：A&B<培训>项目项目绩效自评价结果为" in text for text in said)


# ------------------------------------------------------------------ the office programs


@pytest.mark.office
@pytest.mark.parametrize(("executed", "rate"), [("95.83", "95.83%"), ("100", "100%")])
def test_a_rate_of_the_national_form_stays_on_one_line(executed: str, rate: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(z.report(workbook(project(executed=executed), form="national"))[0])
    said = "\n".join(office.printed(path))
    assert re.search(rf"年度资金总额.*\s{executed}\s.*\s{rate}\s", said), said


@pytest.mark.office
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name[:3])
def test_it_is_valid_and_its_pages_are_as_they_should(path: Path, tmp_path: Path) -> None:
    document = tmp_path / "报告.docx"
    z.report(path, out=document)
    assert office.validate(document, "Office2013") == office.validate(document, "Microsoft365") == []
    pages = ["".join(page.split()) for page in office.printed(document)]
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
    across = [width > height for width, height in office.page_sizes(document)]
    first = next(number for number, page in enumerate(pages) if page.startswith("附件1"))
    assert across == [number >= first for number in range(len(pages))]
    assert pages[-1].startswith("附件2.绩效自评相关资料")


@pytest.mark.office
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("draft", [False, True])
def test_no_heading_is_torn_from_its_text_or_table(path: Path, draft: bool, tmp_path: Path) -> None:
    """Every heading asks to stay with what follows; LibreOffice 7.4 does not always do so.

    It may leave a heading behind that stands above another one, or above the last text of the upright pages.
    """
    document = tmp_path / "报告.docx"
    z.report(path, out=document, draft=draft)
    found = [(style.startswith("Heading"), said) for style, said in blocks(document.read_bytes()) if said]
    headings = {
        "".join(said.split())
        for (is_heading, said), (is_next, _) in pairwise(found)
        if is_heading and not is_next
    }
    assert headings
    paragraphs = Document(str(document)).paragraphs
    kept = [each for each in paragraphs if ((each.style and each.style.name) or "").startswith("Heading")]
    assert all(each.paragraph_format.keep_with_next for each in kept)
    upright = next(at for at, (is_heading, said) in enumerate(found) if is_heading and "附件1" in said)
    last_heading = next(said for is_heading, said in reversed(found[:upright]) if is_heading)
    headings.discard("".join(last_heading.split()))
    for page in office.printed(document):
        *_, last, _number = ["".join(line.split()) for line in page.splitlines() if line.strip()]
        assert last not in headings


@pytest.mark.office
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name[:3])
def test_every_reason_is_printed_whole(path: Path, tmp_path: Path) -> None:
    document = tmp_path / "报告.docx"
    (evaluation,) = z.report(path, out=document).result.evaluations
    printed = office.sequence(document)
    reasons = [row.indicator.text(Role.REASON) for row in evaluation.rows]
    assert all("".join(reason.split()) in printed for reason in reasons)


@pytest.mark.office
def test_long_reasons_are_printed_to_their_end(tmp_path: Path) -> None:
    """A row higher than a page would be cut off at its foot if it were kept whole."""
    reasons = [
        "".join(f"第{n}批之{m}：供货商停产，改由别家供货。" for m in range(10 * n)) for n in range(1, 10)
    ]
    lines = [line(f"产出指标|数量指标|第{n}批设备|10|10台|{n}台|{said}") for n, said in enumerate(reasons, 1)]
    filled, document = tmp_path / "自评表.xlsx", tmp_path / "报告.docx"
    filled.write_bytes(workbook(project(lines=(EXECUTION, *lines))))
    z.report(filled, out=document)
    head = "".join(tables(document.read_bytes())[-1][0])
    printed = re.sub(rf"—\d+—({head})?", "", office.sequence(document))
    missing = [said[:12] for said in reasons if said not in printed]
    assert not missing
    assert office.validate(document, "Microsoft365") == []


@pytest.mark.office
@pytest.mark.parametrize("sign_off", [False, True])
def test_several_projects_are_valid_too(tmp_path: Path, sign_off: bool) -> None:
    document = tmp_path / "报告.docx"
    z.report(examples() / "五个项目.xlsx", out=document, sign_off=sign_off)
    assert office.validate(document, "Microsoft365") == []
