"""The budget execution that a table does not list: the printed total and grade are those that scoring says.

Each case is one project sheet of the form of Shanxi. What stands on it is calculated by this product and
by LibreOffice; what it should be is said by the core, which knows nothing of the formulas.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support import office
from support.budget import drawn, often
from zipingbiao.book import formulas as calc
from zipingbiao.book.after import after
from zipingbiao.book.cells import Book, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.workbook import plan_workbook
from zipingbiao.result.code import labelled_cell
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import examine
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.forms import shanxi
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Place, Project, Role
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.write import finished

ROOT = Path(__file__).parents[2]
EXAMPLE = next((ROOT / "workbooks" / "examples").glob("002-*.xlsx"))
FIRST_VERSION = ROOT / "tests" / "data" / "template1" / "002.xlsx"
WHEN = dt.datetime.fromisoformat("2026-11-20 20:10:05")
EXECUTION = NewLine("预算执行指标", "预算执行指标", "预算执行率", Decimal(10), "100%", is_execution=True)


def line(weight: str | None, *, level1: str = "产出指标", level2: str = "数量指标", name: str = "培训人数",
         actual: str = "80人", manual: str | None = None) -> NewLine:  # fmt: skip
    """A line whose target is 100人: 80人 earn four fifths of the weight."""
    points = None if weight is None else Decimal(weight)
    typed = None if manual is None else Decimal(manual)
    return NewLine(
        level1, level2, name, points, "100人", actual, manual=typed, manual_reason="按实际" if typed else ""
    )


def funds(
    budget: str | None = "50", executed: str | None = "49.92"
) -> Mapping[tuple[AmountKind, Source], Decimal]:
    typed = {
        AmountKind.INITIAL: budget,
        AmountKind.FULL_YEAR: budget,
        AmountKind.RECEIVED: executed,
        AmountKind.EXECUTED: executed,
    }
    return {(kind, Source.CITY): Decimal(amount) for kind, amount in typed.items() if amount is not None}


@dataclass(frozen=True)
class Case:
    """Lines and funds, and by hand: the total and grade on paper, and the points of the note."""

    lines: tuple[NewLine, ...]
    total: str
    grade: str
    adds: str = ""
    funds: Mapping[tuple[AmountKind, Source], Decimal] | None = None


CASES = {
    "已列": Case((EXECUTION, line("85", actual="100人")), "94.98", "优秀"),
    "未列有余地": Case((line("45"), line("40", actual="100人")), "85.98", "良好", "9.98"),
    "未列正好": Case((line("90", actual="100人"),), "99.98", "优秀", "9.98"),
    "差一厘": Case((line("90.01", actual="100人"),), "90.01", "优秀"),
    "未列无余地": Case((line("100"),), "80", "良好"),
    "没有金额": Case((line("85"),), "68", "中", funds={}),
    "没有执行数": Case((line("85"),), "68", "中", funds=funds(executed=None)),
    "没有预算": Case((line("85"),), "68", "中", funds=funds(budget=None)),
    "预算为零": Case((line("85"),), "68", "中", funds=funds("0", "5")),
    "超支": Case((line("85", actual="100人"),), "95", "优秀", "10", funds("50", "60")),
    "没有支出": Case((line("85", actual="100人"),), "85", "良好", "0", funds("50", "0")),
    "四舍五入": Case((line("85", actual="100人"),), "88.33", "良好", "3.33", funds("3", "1")),
    "成本中的执行率": Case((line("85", level2="成本指标", name="预算执行率", actual="100人"),), "94.98", "优秀", "9.98"),
    "资金管理下": Case((line("10", level2="资金管理", name="预算执行率（%）", actual="100人"), line("70")), "65.98", "中"),
    "资金管理下另名": Case((line("10", level2="资金管理", name="及时拨付率", actual="100人"), line("70")), "75.98", "中", "9.98"),
    "二级为执行": Case((line("10", level1="投入", level2="预算执行情况", name="执行率", actual="100人"), line("70")), "65.98", "中"),
    "有空格": Case((line("10", level1="预算 执行", name="执行率", actual="100人"), line("70")), "65.98", "中"),
    "没有权重却有得分": Case((line("60"), line(None, manual="9")), "57", "差"),
    "手工得分": Case((line("85", manual="70.5"),), "80.48", "良好", "9.98"),
    "未评完": Case((line("45"), line("40", actual="")), "未完成", "", "9.98"),
}  # fmt: skip


ODD = {
    Role.LEVEL1: ("产出指标", "效益指标", "预算\n执行", "投入", "过程", "资金执行（10分）"),
    Role.LEVEL2: ("数量指标", "成本指标", "资金管理", "预算管理", "执行情况", "项目资金", "预算执行率"),
    Role.NAME: ("培训人数", "预算执行率", "预算执行率（%）", "资金完成率", "项目预算执行率", "执行率(%)"),
}


def workbook(cases: Mapping[str, Case], *, formulas: bool) -> bytes:
    projects = tuple(
        NewProject(Project(name=name), funds=funds() if case.funds is None else case.funds, lines=case.lines)
        for name, case in cases.items()
    )
    unit = Project(department="某局", unit="某所", year="2025")
    return finished(NewWorkbook(shanxi.FORM, unit, projects, formulas=formulas))


@pytest.fixture(scope="module", params=[False, True], ids=["", "免宏版"])
def scored(request: pytest.FixtureRequest) -> bytes:
    data = workbook(CASES, formulas=bool(request.param))
    book = read_bytes(data, "自评表.xlsx")
    return patch(data, plan_workbook(book, evaluate(book), WHEN))


@pytest.fixture(scope="module")
def evaluations(scored: bytes) -> dict[str, Evaluation]:
    return {one.table.sheet: one for one in evaluate(read_bytes(scored, "自评表.xlsx")).evaluations}


def note(book: Book, sheet: str) -> object:
    """What the row below the total says on paper."""
    grid = book.grid(sheet)
    found = labelled_cell(grid, ours.UNLISTED_LABEL)
    assert found is not None
    cell = grid.at(found[0].row, 1)
    return cell.value if cell is not None else None


@pytest.mark.parametrize("name", CASES)
def test_the_printed_total_and_grade_are_those_of_scoring(
    name: str, scored: bytes, evaluations: Mapping[str, Evaluation]
) -> None:
    case, evaluation = CASES[name], evaluations[name]
    table = evaluation.table
    assert table.total_score is not None
    assert table.grade is not None
    said = evaluation.adopted_total
    assert (table.total_score.text, table.grade.text) == (case.total, case.grade)
    assert said == (Decimal(case.total) if case.total != "未完成" else None)
    assert case.grade == ("" if said is None else evaluation.profile.printed_grade(said))
    implied = [row.score for row in evaluation.rows if row.indicator.place is Place.IMPLIED]
    assert implied == ([Decimal(case.adds)] if case.adds else [])
    weights = sum((each.weight or 0 for each in case.lines), Decimal(0))
    expected = f"未列预算执行率，按资金表另计{case.adds}分（权重10，计入后权重合计{weights + 10}）"
    assert note(read_bytes(scored, "自评表.xlsx"), name) == (expected if case.adds else "")


@pytest.mark.office
def test_libreoffice_calculates_the_same(scored: bytes, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(scored)
    found = office.recalculated(path)
    for one in evaluate(read_bytes(scored, "自评表.xlsx")).evaluations:
        sheet, case = found[one.table.sheet], CASES[one.table.sheet]
        for entry, expected in ((one.table.total_score, case.total), (one.table.grade, case.grade)):
            assert entry is not None
            shown = sheet.cell(entry.ref.row, entry.ref.column).value
            assert str(shown if shown is not None else "") == expected, one.table.sheet
        said = [cell.value for row in sheet.iter_rows(max_col=1) for cell in row if "另计" in str(cell.value)]
        assert bool(said) == bool(case.adds), one.table.sheet
    assert office.validate(path, "Office2013") == []


@drawn
def test_the_formulas_decide_as_the_core_does() -> None:
    """Random levels, names, weights and amounts on one sheet: both say whether the execution is implied."""
    data = workbook({"甲": Case(tuple(line("10") for _ in range(5)), "", "")}, formulas=False)
    book = read_bytes(data, "x.xlsx")
    (table,) = (one.table for one in evaluate(book).evaluations)
    found = labelled_cell(book.grid("甲"), ours.UNLISTED_LABEL)
    assert found is not None
    draw, outcomes = random.Random(7), []
    for _ in range(often(30, 1500)):
        changed: dict[Ref, Decimal | str] = {}
        odd = draw.choice(table.indicators)
        for row in table.indicators:
            ref = Ref("甲", row.row or 0, table.headings[Role.WEIGHT].column)
            changed[ref] = draw.choice([Decimal(10), Decimal(18), Decimal("18.5"), Decimal("5.25")])
        for role, words in ODD.items():
            changed[Ref("甲", odd.row or 0, table.headings[role].column)] = draw.choice(words)
        assert table.funds is not None
        for kind in (AmountKind.FULL_YEAR, AmountKind.EXECUTED):
            entry = table.funds.entry(kind, Source.CITY)
            assert entry is not None
            changed[entry.ref] = draw.choice([Decimal("49.92"), Decimal(50), Decimal(0), Decimal(7)])
        then = after(book, (Change(ref, "", value, "填写") for ref, value in changed.items()))
        results = calc.results(book, changed)
        then = after(then, (Change(ref, "", value, "结果", cached=True) for ref, value in results.items()))
        (evaluation,) = evaluate(then).evaluations
        implied = [row.score for row in evaluation.rows if row.indicator.place is Place.IMPLIED]
        assert results.get(found[0], "") == (implied[0] if implied else ""), changed
        outcomes.append(bool(implied))
    assert len(outcomes) / 8 < sum(outcomes) < len(outcomes) * 0.9


class TestTypedOver:
    """A total or the points typed over: what was typed stays until zpb fix, which brings the formula back."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = Path(shutil.copy(EXAMPLE, tmp_path / "自评表.xlsx"))
        z.score(path)
        return path

    def cells(self, path: Path) -> tuple[Ref, Ref]:
        (evaluation,) = examine(path).evaluations
        found = labelled_cell(read_book(path).grid(evaluation.table.sheet), ours.UNLISTED_LABEL)
        assert evaluation.table.total_score is not None
        assert found is not None
        return evaluation.table.total_score.ref, found[0]

    def type_over(self, path: Path, ref: Ref, value: Decimal) -> None:
        plan = Plan((Change(ref, "", value, "粘贴", formula=""),), read_book(path).digest)
        path.write_bytes(patch(path.read_bytes(), plan))

    def formula(self, path: Path, ref: Ref) -> str | None:
        cell = read_book(path).grid(ref.sheet).at(ref.row, ref.column)
        return cell.formula if cell is not None else None

    def test_the_total(self, path: Path) -> None:
        total, unlisted = self.cells(path)
        before = self.formula(path, total)
        assert before is not None
        assert unlisted.a1 in before
        self.type_over(path, total, Decimal("84.25"))
        assert {"W103", "L106"} <= {finding.code for finding in examine(path).findings}
        z.score(path)
        assert self.formula(path, total) is None
        assert (
            note(read_book(path), total.sheet)
            == "未列预算执行率，按资金表另计9.98分（权重10，计入后权重合计95）"
        )
        z.fix(path)
        assert self.formula(path, total) == before
        (evaluation,) = examine(path).evaluations
        assert evaluation.table.total_score is not None
        assert evaluation.table.total_score.number == evaluation.adopted_total == Decimal("94.23")

    def test_the_points(self, path: Path) -> None:
        _, unlisted = self.cells(path)
        before = self.formula(path, unlisted)
        self.type_over(path, unlisted, Decimal(5))
        z.fix(path)
        assert self.formula(path, unlisted) == before


class TestFirstVersion:
    """A workbook made before the form counted the unlisted execution: its formula stays as it is."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return Path(shutil.copy(FIRST_VERSION, tmp_path / "自评表.xlsx"))

    def formulas(self, path: Path) -> dict[str, str]:
        sheet = openpyxl.load_workbook(path)["002"]
        return {
            cell.coordinate: str(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }

    def test_it_is_scored_as_before_and_undone(self, path: Path) -> None:
        before = self.formulas(path)
        z.score(path)
        result = examine(path)
        (evaluation,) = result.evaluations
        assert evaluation.table.total_score is not None
        assert evaluation.table.total_score.number == Decimal("84.25")
        assert evaluation.adopted_total == Decimal("94.23")
        messages = {finding.code: finding.message for finding in result.findings}
        assert messages["W103"].startswith("指标表漏列预算执行率，按资金表另计10分，得9.98分：")
        assert not messages.keys() & {"T101", "T102"}
        assert self.formulas(path) == before
        z.undo(path)
        assert self.formulas(path) == before

    def test_its_repaired_total_adds_up_what_it_had(self, path: Path) -> None:
        """The formula knows named rows without figures by now; what is not on an old sheet it does not add."""
        z.score(path)
        before = self.formulas(path)
        (evaluation,) = examine(path).evaluations
        assert evaluation.table.total_score is not None
        ref = evaluation.table.total_score.ref
        plan = Plan((Change(ref, "", Decimal(90), "粘贴", formula=""),), read_book(path).digest)
        path.write_bytes(patch(path.read_bytes(), plan))
        z.fix(path)
        after = self.formulas(path)
        assert {place: after[place] for place in after if place != ref.a1} == {
            place: before[place] for place in before if place != ref.a1
        }
        assert after[ref.a1].endswith(',"未完成",ROUND(SUM(H19:H48),2)))')
        (evaluation,) = examine(path).evaluations
        assert evaluation.table.total_score is not None
        assert evaluation.table.total_score.number == Decimal("84.25")
