"""The public copy of a document: changes accepted, nothing secret in any part, all that is shown still there."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

import zipingbiao as z
from support import confidential, office
from support.confidential import SECRET
from support.written import texts, workbook
from zipingbiao.book.write.public.document import public_document
from zipingbiao.errors import RefusedError

A = f'w:id="7" w:author="{SECRET}" w:date="2026-01-01T00:00:00Z"'


def run(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def deleted(text: str) -> str:
    return f"<w:del {A}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def inserted(inside: str) -> str:
    return f"<w:ins {A}>{inside}</w:ins>"


def paragraph(*inside: str, looks: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{looks}</w:pPr>' if looks else ''}{''.join(inside)}</w:p>"


END_DELETED = f"<w:rPr><w:del {A}/></w:rPr>"
CENTRED = '<w:jc w:val="center"/>'
HIDDEN = "<w:vanish/>"
STYLES = (
    '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:basedOn w:val="P"/></w:style>'
)
CASES = {
    "inserted and deleted": (paragraph(run("资金"), deleted(SECRET), inserted(run("已支出"))), ["资金已支出"]),
    "a comment": (
        paragraph('<w:commentRangeStart w:id="5"/>', run("原文"), '<w:commentRangeEnd w:id="5"/>', '<w:r><w:commentReference w:id="5"/></w:r>'),
        ["原文"],
    ),
    "moved": (
        paragraph(f"<w:moveFrom {A}>{run(SECRET)}</w:moveFrom>") + paragraph(f"<w:moveTo {A}>{run('移来')}</w:moveTo>"),
        ["移来"],
    ),
    "another look before": (
        paragraph(run("字", f"<w:b/><w:rPrChange {A}><w:rPr/></w:rPrChange>"), looks=f"{CENTRED}<w:pPrChange {A}><w:pPr/></w:pPrChange>"),
        ["字"],
    ),
    "the end of a paragraph deleted": (
        paragraph(run("前"), looks=END_DELETED) + paragraph(run("中"), looks=CENTRED + END_DELETED) + paragraph(run("后"), looks=CENTRED),
        ["前中后"],
    ),
    "an end deleted before a blank paragraph": (paragraph(run("前"), looks=END_DELETED) + "<w:p/>" + paragraph(run("后")), ["前", "后"]),
    "an end deleted at the end": (paragraph(run("前"), looks=END_DELETED), ["前"]),
    "an end inserted": (paragraph(run("前"), looks=f"<w:rPr><w:ins {A}/></w:rPr>") + paragraph(run("后")), ["前", "后"]),
    "hidden text": (paragraph(run("看得见"), run(SECRET, HIDDEN), run("也看得见", '<w:vanish w:val="0"/>')), ["看得见也看得见"]),
    "hidden by styles": (
        paragraph(run(SECRET, '<w:rStyle w:val="H"/>'), run("正文"))
        + paragraph(run(SECRET), run("取消隐藏", '<w:vanish w:val="false"/>'), looks='<w:pStyle w:val="Q"/>'),
        ["正文", "取消隐藏"],
    ),
    "our bookmarks": (
        paragraph('<w:bookmarkStart w:id="3" w:name="zpb_title"/>', run("标题"), '<w:bookmarkEnd w:id="3"/>'), ["标题"]
    ),
    "a telephone number in two runs": (paragraph(run("电话138"), run("12345678", "<w:b/>")), ["电话***********"]),
    "a field that fetches": (
        paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', f'<w:r><w:instrText> LINK Excel.Sheet "C:\\{SECRET}.xlsx" </w:instrText></w:r>',
                  '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("见表"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        ["见表"],
    ),
}  # fmt: skip


def paragraphs(data: bytes) -> list[str]:
    return [each.text for each in Document(io.BytesIO(data)).paragraphs if each.text]


@pytest.mark.parametrize("case", CASES)
def test_what_a_reader_of_the_copy_sees(case: str) -> None:
    body, said = CASES[case]
    copy = public_document(confidential.document(body, STYLES))
    assert (
        confidential.found(copy, SECRET, "zpb_", "13812345678", "w:ins ", "w:del ", "Change ", "comment")
        == []
    )
    assert paragraphs(copy) == said


def test_a_paragraph_that_runs_on_looks_as_the_last_one() -> None:
    body, _ = CASES["the end of a paragraph deleted"]
    (one,) = Document(io.BytesIO(public_document(confidential.document(body)))).paragraphs
    assert one.alignment is not None


def row(text: str, looks: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{looks}</w:trPr>' if looks else ''}<w:tc><w:tcPr><w:tcW w:w='5' w:type='dxa'/></w:tcPr>{paragraph(run(text))}</w:tc></w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='5'/></w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def test_rows_deleted_or_hidden_go_and_a_table_with_them() -> None:
    body = table(
        row("甲"), row(SECRET, f"<w:del {A}/>"), row(SECRET, "<w:hidden/>"), row("乙", f"<w:ins {A}/>")
    )
    copy = public_document(confidential.document(body + table(row(SECRET, f"<w:del {A}/>"))))
    assert confidential.found(copy, SECRET) == []
    (left,) = Document(io.BytesIO(copy)).tables
    assert [each.cells[0].text for each in left.rows] == ["甲", "乙"]


def test_a_deleted_cell_is_refused() -> None:
    cell = f"<w:tr><w:tc><w:tcPr><w:cellDel {A}/></w:tcPr>{paragraph(run('甲'))}</w:tc></w:tr>"
    with pytest.raises(RefusedError, match="接受或拒绝"):
        public_document(confidential.document(table(cell)))


def test_a_report_of_ours_says_the_same(tmp_path: Path) -> None:
    made, _ = z.report(workbook())
    copy = public_document(made)
    assert texts(copy) == texts(made)
    assert confidential.found(copy, "zpb") == []
    assert public_document(copy) == copy


@pytest.mark.office
def test_office_programs_take_the_copies(tmp_path: Path) -> None:
    body = "".join(case for case, _ in CASES.values())
    for number, made in enumerate((confidential.document(body, STYLES), z.report(workbook())[0])):
        target = tmp_path / f"{number}.docx"
        target.write_bytes(public_document(made))
        assert office.validate(target, "Microsoft365") == []
        assert SECRET not in office.sequence(target)
