"""What is printed, stamped and handed in: each name once, no word too many, readable in black and white."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support import office
from zipingbiao.book.cells import Ref, column_number
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.formulas import results
from zipingbiao.book.read import read_book
from zipingbiao.book.write.patch import patch
from zipingbiao.scoring import profile as profiles
from zipingbiao.table.forms import FORMS, national, shanxi
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Form, Project
from zipingbiao.template import styles
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.levels import execution_line, skeleton
from zipingbiao.template.places import UNIT_CELLS
from zipingbiao.template.write import finished

UNIT = Project(department="甲县住建局", unit="甲县档案馆", year="2021")
FUNDS = {
    (kind, source): Decimal("19.48")
    for kind in (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)
    for source in (Source.TOTAL, Source.FISCAL)
}


@pytest.fixture(scope="module", params=FORMS, ids=lambda form: form.key)
def form(request: pytest.FixtureRequest) -> Form:
    assert isinstance(request.param, Form)
    return request.param


def lines_with(form: Form, filled: Sequence[str]) -> tuple[NewLine, ...]:
    """The blank lines of a form of which the first under each of these 二级指标 is filled; weights make 90."""
    lines, left = list(skeleton(form)), list(filled)
    for place, line in enumerate(lines):
        if line.level2 in left:
            left.remove(line.level2)
            weight = Decimal(90) / len(filled)
            lines[place] = replace(line, name=f"任务{place}", weight=weight, target="100人", actual="100人")
    assert not left
    execution = () if form is national.FORM else (execution_line(profiles.load(form.profile)),)
    return (*execution, *lines)


def scored(folder: Path, form: Form, lines: tuple[NewLine, ...]) -> Path:
    path = folder / "自评表.xlsx"
    project = NewProject(Project(name="档案数字化", code="1409-001"), funds=FUNDS, lines=lines)
    path.write_bytes(finished(NewWorkbook(form, UNIT, (project,))))
    (press,) = z.score(path)
    assert press.result.evaluations[0].adopted_total == 100
    return path


def form_pages(path: Path, form: Form) -> str:
    """The printed pages of the one project sheet: from its title to its signatures."""
    pages = office.printed(path)
    first = next(number for number, page in enumerate(pages) if form.title in page and "任务" in page)
    last = next(number for number, page in enumerate(pages) if "日期（盖章）" in page)
    return "\n".join(pages[first : last + 1])


@pytest.mark.office
class TestLevels:
    """Blank lines fold away when a table is complete, and with them the first line of a group."""

    @pytest.mark.parametrize(
        "filled",
        [
            ("数量指标", "质量指标", "社会效益指标", "服务对象满意度指标"),
            ("数量指标", "数量指标", "时效指标", "成本指标", "可持续影响指标", "服务对象满意度指标"),
            ("成本指标", "经济效益指标", "可持续影响指标", "服务对象满意度指标", "服务对象满意度指标"),
        ],
        ids=["只有社会效益", "两个数量", "两个满意度"],
    )
    def test_each_name_is_printed_once(self, form: Form, filled: tuple[str, ...], tmp_path: Path) -> None:
        printed = form_pages(scored(tmp_path, form, lines_with(form, filled)), form)
        for level in ("产出指标", "效益指标", "满意度指标", *dict.fromkeys(filled)):
            assert printed.split().count(level) == 1, level

    def test_a_blank_form_names_each_level_once(self, form: Form, tmp_path: Path) -> None:
        path = tmp_path / "空白.xlsx"
        path.write_bytes(finished(NewWorkbook(form, Project(), (NewProject(),))))
        words = "\n".join(
            page for page in office.printed(path)[2:] if "满意度" in page or "产出" in page
        ).split()
        for level in (*form.levels, *(name for names in form.levels.values() for name in names)):
            assert words.count(level) == 1, level


def luminance(colour: str) -> float:
    """Of a colour as the guidelines for web content define it; white has 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    lighter, darker = sorted((luminance(colour), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_a_cell_to_fill_is_seen_and_what_stands_in_it_is_read() -> None:
    assert contrast(styles.INPUT_PAPER, "#FFFFFF") >= 1.15
    assert contrast(styles.INPUT_INK, styles.INPUT_PAPER) >= 4.5
    for paper in (styles.WARNING_PAPER, styles.ERROR_PAPER):
        assert contrast(paper, styles.INPUT_PAPER) >= 1.15
        assert contrast("#000000", paper) >= 4.5


FILLED = ("数量指标", "质量指标", "社会效益指标", "服务对象满意度指标")


@pytest.fixture(scope="module")
def path(form: Form, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank workbook whose unit, person and date somebody typed before 评分, as an accountant does."""
    path = tmp_path_factory.mktemp("paper") / "自评表.xlsx"
    texts = {"产出情况及分析": "产出指标全部完成。", "主要经验做法": "先易后难。"}
    project = NewProject(
        Project(name="档案数字化", code="1409-001"),
        funds=FUNDS,
        lines=lines_with(form, FILLED),
        texts=texts,
    )
    path.write_bytes(finished(NewWorkbook(form, Project(), (project,))))
    typed: dict[str, Decimal | str] = {
        "主管部门": "甲县住建局",
        "实施单位": "甲县档案馆",
        "年度": Decimal(2021),
        "填报人": "张会计",
    }
    cells = {place(label): value for label, value in typed.items()}
    book = read_book(path)
    changes = [
        *(Change(ref, "", value, "填写") for ref, value in cells.items()),
        *(Change(ref, "", value, "公式结果", cached=True) for ref, value in results(book, cells).items()),
    ]
    path.write_bytes(patch(path.read_bytes(), Plan(tuple(changes), book.digest)))
    z.score(path)
    return path


def place(label: str) -> Ref:
    """The cell of 单位信息 beside a label."""
    letters, row = UNIT_CELLS[label].strip("$").split("$")
    return Ref("单位信息", int(row), column_number(letters))


class TestWords:
    """A statutory form has its own words, the unit and the code in its footer, and a date that people read."""

    def test_the_footer_names_the_unit(self, path: Path) -> None:
        footer = openpyxl.load_workbook(path)["1409-001"].oddFooter
        assert footer is not None
        assert footer.left.text == "填报单位：甲县档案馆"
        assert str(footer.center.text).startswith("数据校验码 ")

    @pytest.mark.office
    def test_what_is_printed(self, path: Path, form: Form) -> None:
        book = openpyxl.load_workbook(path)
        dated = place("填报日期")
        book["单位信息"].cell(dated.row, dated.column).value = dt.date(2022, 1, 15)
        copy = path.with_name("有日期.xlsx")
        book.save(copy)
        printed = form_pages(copy, form)
        assert "日期（盖章）：2022年1月15日" in printed
        assert "44576" not in printed
        for word in ("权重合计", "通过", "1899"):
            assert word not in printed
        assert printed.count("填报单位：甲县档案馆") == printed.count("数据校验码") == printed.count("第 ")
        analysis = [
            printed.find(word) for word in ("总分", "产出指标全部完成。", "先易后难。", "日期（盖章）")
        ]
        if form is national.FORM:
            assert sorted(analysis) == analysis
            assert analysis[0] > 0
        else:
            assert analysis[1:3] == [-1, -1]


@pytest.mark.office
def test_a_form_of_twelve_lines_is_one_page(tmp_path: Path) -> None:
    filled = (
        *shanxi.FORM.levels["产出指标"],
        *shanxi.FORM.levels["产出指标"],
        *shanxi.FORM.levels["效益指标"],
    )
    lines = lines_with(shanxi.FORM, (*filled[:8], "社会效益指标", "服务对象满意度指标"))
    pages = [page for page in office.printed(scored(tmp_path, shanxi.FORM, lines)) if "任务" in page]
    assert len(pages) == 1
    assert "日期（盖章）" in pages[0]
