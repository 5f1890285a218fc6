"""Which sheets are read when tables are looked for: those that show two labels, and any in doubt."""

from pathlib import Path

import pytest

from book.read import raw
from zipingbiao.book import marks
from zipingbiao.table.find.candidates import open_book, open_bytes


@pytest.mark.parametrize(
    ("shared", "kept"),
    [
        (("甲", "乙"), False),
        (("指标", "乙"), False),
        (("绩\n效\n指\n标", "权 重"), True),
        (("績效指標", "權　重"), True),
    ],
)
def test_only_a_sheet_with_two_labels_is_read(tmp_path: Path, shared: tuple[str, ...], *, kept: bool) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(raw.workbook(shared=shared))
    assert bool(open_book(file).grids) is kept
    assert open_bytes(file.read_bytes(), str(file)) == open_book(file)


def test_a_label_that_is_no_plain_shared_string_is_not_overlooked() -> None:
    rows = (
        "<row><c t='inlineStr'><is><r><t>分</t></r><r><t>值</t></r></is></c><c t=\"str\"><v>x</v></c></row>"
    )
    assert open_bytes(raw.workbook(rows), "甲.xlsx").grids


def test_of_our_template_every_sheet_is_read() -> None:
    workbook = raw.parts()["xl/workbook.xml"].removeprefix(raw.HEAD)
    named = workbook.replace(
        "</workbook>",
        f'<definedNames><definedName name="{marks.TEMPLATE}">"shanxi/1"</definedName></definedNames></workbook>',
    )
    assert open_bytes(raw.workbook(shared=("甲", "乙"), workbook=named), "甲.xlsx").grids
