"""What is printed, stamped and handed in: each name once, no word too many, readable in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import zipingbiao as z
from support import office
from zipingbiao.scoring import profile as profiles
from zipingbiao.table.forms import FORMS, national
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Form, Project
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.levels import execution_line, skeleton
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
