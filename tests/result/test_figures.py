"""One figure, one value: every face of the product says the same of a workbook (figures.yaml lists them)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, Protocol

import openpyxl
import pytest
import yaml

import zipingbiao as z
from support import headless, written
from support.headless.desk import Desk
from support.headless.foreign import LINES, foreign
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_book
from zipingbiao.book.write.patch import patch
from zipingbiao.cli import main
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.values.number import round_rate

EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"
FIGURES = yaml.safe_load(Path(__file__).with_name("figures.yaml").read_text("utf-8"))
BY_INITIAL = """title: 某省（年初预算口径）
extends: national-2020
forms: [other]
values:
  execution_base:
    value: 年初预算
    from: 2026-01-01
    source: 试验
    trust: practice
    checked_on: 2026-11-20
"""
GRADES = {"优秀": "优", "良好": "良", "合格": "中", "较差": "差"}

Figure = Decimal | str | None


class Silent(Exception):  # noqa: N818 no error
    """A face that has nothing to say about this workbook."""


class Face(Protocol):
    """What one face shows: of the project on a sheet, and of the whole workbook."""

    def project(self, sheet: str, word: str) -> object: ...
    def workbook(self, word: str) -> object: ...


def figure(shown: object) -> Figure:
    """Make comparable what a face shows: 50.00% is 0.5, 优秀 is 优, 未完成, — and blank are nothing."""
    if shown is None or isinstance(shown, Decimal):
        return shown
    if isinstance(shown, int | float):
        return Decimal(str(shown))
    text = str(shown)
    if re.fullmatch(r"-?[\d.]+%", text):
        return Decimal(text[:-1]) / 100
    if re.fullmatch(r"-?[\d.]+", text):
        return Decimal(text)
    return None if text in {"", "未完成", "—"} else GRADES.get(text, text)


# --- faces ---------------------------------------------------------------------------------------


@dataclass
class Said:
    """Lines for people: one per project, and the count of findings."""

    lines: Mapping[str, str]
    tally: str

    def project(self, sheet: str, word: str) -> object:
        line = self.lines[sheet]
        if word == "未完成":
            found = re.search(r"未完成（(\d+) 行无法计算）", line)
            return found[1] if found else 0
        found = re.search(rf"[：，]{word} ([^，（]+)", line)
        if found is None and word == "填报总分":  # said only where it differs
            return self.project(sheet, "核算总分")
        return found[1] if found else None

    def workbook(self, word: str) -> object:
        found = re.search(rf"{word} (\d+)|(\d+) 处{word}", self.tally)
        if found is None and "个项目，" in self.tally:  # the box of Excel tells only what is left to do
            return 0
        assert found is not None, (word, self.tally)
        return found[1] or found[2]


@dataclass
class Json:
    """What ``--json`` prints of one file."""

    file: Mapping[str, Any]

    def project(self, sheet: str, word: str) -> object:
        value: Any = next(one for one in self.file["evaluations"] if one["sheet"] == sheet)
        for name in word.split("."):
            value = value[name] if value is not None else None
        return len(value) if isinstance(value, list) else value

    def workbook(self, word: str) -> object:
        member, _, severity = word.partition(".")
        return sum(not severity or one["severity"] == severity for one in self.file[member])


@dataclass
class Rules:
    """What the findings say the execution rate should be."""

    file: Mapping[str, Any]

    def project(self, sheet: str, word: str) -> object:
        assert word == "预算执行率"
        said = {
            finding["expected"].partition("、")[0]
            for finding in self.file["findings"]
            if finding["code"] in {"F106", "F111"} and finding["expected"]
            and finding["cell"].startswith(f"{sheet}!")
        }  # fmt: skip
        if not said:
            raise Silent
        (rate,) = said
        return rate

    def workbook(self, word: str) -> object:
        raise AssertionError(word)


class Printed:
    """The form itself: its formulas divide by 全年预算."""

    def __init__(self, evaluations: Mapping[str, Evaluation]) -> None:
        self.evaluations = evaluations

    def project(self, sheet: str, word: str) -> object:
        assert word == "预算执行率"
        funds = self.evaluations[sheet].table.funds
        entry = funds.entry(AmountKind.EXECUTION_RATE) if funds is not None else None
        if entry is None or not entry.is_formula or entry.fraction is None:
            raise Silent
        return round_rate(entry.fraction)

    def workbook(self, word: str) -> object:
        raise AssertionError(word)


Line = Mapping[Any, Any]


@dataclass
class Sheet:
    """A 汇总表: a line per project by its headings, and the line of the total by its own."""

    lines: Mapping[object, Line]
    total: Line

    def project(self, sheet: str, word: str) -> object:
        return self.lines[sheet][word]

    def workbook(self, word: str) -> object:
        if word == "项目数":
            return len(self.lines)
        if word in self.total:
            return self.total[word]
        return sum(figure(line[word]) or 0 for line in self.lines.values())  # type: ignore[misc]  # counts


def merged(path: Path) -> Sheet:
    """Read 底稿 of the workbook that a merge wrote, and the total that is handed up."""
    book = openpyxl.load_workbook(path)
    heads, *rows = [[cell.value for cell in row] for row in book["底稿"].iter_rows()]
    lines = [dict(zip(map(heading, heads), row, strict=True)) for row in rows]
    heads, total = ([cell.value for cell in row] for row in book["汇总表（上报）"].iter_rows(3, 4))
    return Sheet({line["工作表"]: line for line in lines}, dict(zip(map(heading, heads), total, strict=True)))


def heading(value: object) -> str:
    """A heading as it reads, on however many lines it stands."""
    return str(value).replace("\n", "")


def own(book: Book) -> Sheet:
    """Read 汇总表 of a workbook itself: 合计, and a line per table in their order."""
    total, *lines = own_lines(book.grid(ours.Sheet.SUMMARY))
    sheets = [evaluation.table.sheet for evaluation in evaluate(book).evaluations]
    counted = {"项目数": sum(line["序号"] is not None for line in lines)}
    return Sheet(dict(zip(sheets, lines, strict=True)), {**total, **counted})


def own_lines(grid: Grid) -> Iterator[Line]:
    for row in (row for row in grid.rows if row >= ours.FIRST_ROW):
        cells = [
            (heading, grid.at(row, column)) for column, heading in enumerate(HEADINGS[ours.Sheet.SUMMARY], 1)
        ]
        line = {heading: cell.value if cell is not None else None for heading, cell in cells}
        if any(line.values()):
            yield line


class Word:
    """The Word report and the 送签单: of each project the sentence of its result, and the table of its page."""

    def __init__(self, path: Path, sheets: Sequence[str], profile: str | None) -> None:
        data = path.read_bytes()
        report, slip = (z.report(data, profile=profile, sign_off=sign_off)[0] for sign_off in (False, True))
        sentences = [text for text in written.texts(report) if "绩效自评价结果为" in text]
        self.sentences = dict(zip(sheets, sentences, strict=True))
        self.pages = dict(zip(sheets, written.tables(slip), strict=True))
        sentences = [text for text in written.texts(report) if "绩效自评价结果为" in text]
        self.sentences = dict(zip(sheets, sentences, strict=True))
        self.pages = dict(zip(sheets, written.tables(slip), strict=True))

    def project(self, sheet: str, word: str) -> object:
        if word in {"总得分", "属于"}:
            found = re.search(rf'{word}"?([^分"]+)', self.sentences[sheet])
            return found[1] if found else None
        (said,) = {row[at + 1] for row in self.pages[sheet] for at in (0, 2) if row[at] == word}
        return None if said == "—" else said.removesuffix("分")

    def workbook(self, word: str) -> object:
        raise AssertionError(word)


# --- workbooks -----------------------------------------------------------------------------------


def example(number: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(next(EXAMPLES.glob(f"{number}*.xlsx")).read_bytes())

    return make


def of_one_year(path: Path) -> None:
    """The five projects in one workbook; the one of 2022 says 2021, for a folder's summary is of one year."""
    source = next(EXAMPLES.glob("五个项目*.xlsx"))
    book = read_book(source)
    years = [one.table.head["year"] for one in evaluate(book).evaluations if one.table.project.year == "2022"]
    changes = tuple(Change(ref, "2022", "2021", "一个年度") for ref in years)
    path.write_bytes(patch(source.read_bytes(), Plan(changes, book.digest)))


def doubled(number: str) -> Callable[[Path], None]:
    """An example that was given twice the money at the beginning of the year."""

    def make(path: Path) -> None:
        source = next(EXAMPLES.glob(f"{number}-*.xlsx"))
        (evaluation,) = evaluate(read_book(source)).evaluations
        book, funds = openpyxl.load_workbook(source), evaluation.table.funds
        assert funds is not None
        for source_of in Source:
            entry = funds.entry(AmountKind.INITIAL, source_of)
            if entry is not None and entry.is_typed and entry.number:
                book[entry.ref.sheet][entry.ref.a1] = float(entry.number * 2)
        book.save(path)

    return make


def without_funds(path: Path) -> None:
    """A list of indicators; the execution rate is only typed, the amounts are nowhere."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "自评"
    for row in (
        ["项目支出绩效自评表"], ["项目名称", "培训项目"],
        ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分"],
        ["预算执行指标", "预算执行率", "预算执行率", 10, "100%", "80%", 8],
        ["产出指标", "数量指标", "培训人次", 50, "≥200人次", "190人次", 47.5],
        ["效益指标", "社会效益指标", "业务办结率", 30, "≥80%", "85%", 30],
        ["满意度指标", "服务对象满意度指标", "群众满意度", 10, "≥95%", "96%", 10],
    ):  # fmt: skip
        sheet.append(row)
    book.save(path)


def incomplete(path: Path) -> None:
    """Somebody else's workbook of two projects; one line of each cannot be computed."""
    path.write_bytes(foreign(sheets=2, lines=(*LINES[:3], (*LINES[3][:4], "较高", 10))))


def complete(path: Path) -> None:
    path.write_bytes(foreign(sheets=2))


ALL = {"终端", "JSON", "汇总表", "Excel", "Excel报告", "送签单"}
OURS = ALL | {"本簿汇总表", "项目表"}
PROFILED = {"终端", "JSON", "汇总表", "本簿汇总表", "规则", "送签单"}
WORKBOOKS: dict[str, tuple[Callable[[Path], None], bool, set[str]]] = {
    # made by, divided by 年初预算?, the faces that tell the execution rate
    "000": (example("000"), False, OURS),
    "001": (example("001"), False, OURS),
    "002": (example("002"), False, OURS | {"规则"}),  # F111: a cost indicator named 预算执行率
    "003": (example("003"), False, OURS),
    "004": (example("004"), False, OURS),
    "五个项目": (of_one_year, False, OURS | {"规则"}),
    "000年初翻倍": (doubled("000"), True, PROFILED),
    "002年初翻倍": (doubled("002"), True, PROFILED),
    "外来表": (complete, False, ALL | {"项目表"}),
    "没有资金表": (without_funds, False, ALL),
    "未完成": (incomplete, False, ALL | {"项目表"}),
}


@dataclass
class Case:
    """A scored workbook, and what every face says about it."""

    sheets: tuple[str, ...]
    faces: Mapping[str, Face]
    rate_on: set[str]


def zpb(*arguments: object) -> str:
    """Run a command; return what it prints."""
    with redirect_stdout(StringIO()) as out, pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    assert left.value.code in {0, 1}
    return out.getvalue()


@pytest.fixture(scope="module", params=WORKBOOKS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    make, by_initial, rate_on = WORKBOOKS[request.param]
    folder = tmp_path_factory.mktemp("figures")
    path, rules, out = folder / "自评表.xlsx", folder / "年初.yaml", folder / "汇总表.xlsx"
    make(path)
    rules.write_text(BY_INITIAL, "utf-8")
    profile = ("--profile", rules) if by_initial else ()
    zpb("score", path, *profile)
    zpb("merge", path, "-o", out, "--workers", 1, *profile)
    (file,) = json.loads(zpb("check", path, "--json", *profile))["files"]
    book = read_book(path)
    evaluations = {
        one.table.sheet: one for one in evaluate(book, str(rules) if by_initial else None).evaluations
    }
    faces: dict[str, Face] = {
        "终端": said(zpb("check", path, *profile).splitlines(), evaluations),
        "JSON": Json(file),
        "规则": Rules(file),
        "汇总表": merged(out),
        "送签单": (word := Word(path, tuple(evaluations), str(rules) if by_initial else None)),
        "自评报告": word,
    }
    if ours.of(book.names) is not None:
        faces["本簿汇总表"] = own(book)
    if (
        not by_initial
    ):  # a file of rules is given on the command line only; the printed formulas know 全年预算
        faces["项目表"] = Printed(evaluations)
        with headless.running() as excel:
            desk = Desk(excel)
            desk.excel.open(path)
            checked, listed = desk.press("check"), desk.press("merge_book")
            assert checked is not None
            assert listed is not None
            faces["Excel"] = own(desk.read())
            faces["Excel报告"] = said([*listed.lines, checked.title], evaluations)
    return Case(tuple(evaluations), faces, rate_on)


def said(lines: Sequence[str], sheets: Iterable[str]) -> Said:
    headlines = [line for line in lines if "（评分规则：" in line]
    return Said(dict(zip(sheets, headlines, strict=True)), lines[-1])


# --- the comparison ------------------------------------------------------------------------------


def test_every_face_says_the_same_of_each_project(case: Case) -> None:
    for sheet in case.sheets:
        for name, words in FIGURES["project"].items():
            told = shown(case, words, sheet)
            assert len(set(told.values())) == 1, (sheet, name, told)


def test_every_face_says_the_same_of_the_workbook(case: Case) -> None:
    for name, words in FIGURES["workbook"].items():
        told = shown(case, words)
        assert len(set(told.values())) == 1, (name, told)


def test_the_faces_are_there(case: Case) -> None:
    """A face that fell silent would agree with everything."""
    words = FIGURES["project"]["预算执行率"]
    assert {face for sheet in case.sheets for face in shown(case, words, sheet)} == case.rate_on


def test_the_list_names_each_face() -> None:
    listed = {face for figures in FIGURES.values() for words in figures.values() for face in words}
    assert listed == OURS | PROFILED | {"自评报告"}


def shown(case: Case, words: Mapping[str, str], sheet: str | None = None) -> dict[str, Figure]:
    """What each face says of the project on a sheet, or of the workbook."""
    told = {}
    for name, word in words.items():
        face = case.faces.get(name)
        if face is not None:
            with suppress(Silent):
                told[name] = figure(face.workbook(word) if sheet is None else face.project(sheet, word))
    return told


@pytest.mark.parametrize(("name", "rate"), [("000年初翻倍", "0.5"), ("002年初翻倍", "0.4992")])
def test_a_rate_by_the_initial_budget_is_not_the_one_by_the_full_year(
    name: str, rate: str, tmp_path: Path
) -> None:
    """全年执行 equals 全年预算 there, so a face that divides by the wrong amount would show about 100 %."""
    path, rules = tmp_path / "自评表.xlsx", tmp_path / "年初.yaml"
    WORKBOOKS[name][0](path)
    rules.write_text(BY_INITIAL, "utf-8")
    (evaluation,) = evaluate(read_book(path), str(rules)).evaluations
    assert evaluation.execution_rate == Decimal(rate)
