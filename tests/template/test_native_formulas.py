"""The 免宏版 formulas give what the core gives, or no number: in our calculation and in LibreOffice."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import xlsxwriter

from support import office
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.formulas import evaluate as calculated
from zipingbiao.book.formulas import results
from zipingbiao.book.read import read_book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.scoring import words as scoring_words
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.template import native
from zipingbiao.template.native import ASK, LineCells, completion_formula, score_formula

# 指标性质 | 目标值 | 业绩值 | 分值 | 三级指标 | 二级指标. A bare number in 目标值 and 业绩值 is text, as typed into
# the template; n:95 is a cell with a number, p:95 a percent cell of 95%, d: a date cell.
NUMERIC = """
 | 130 | 221 | 10 | 维护系统数量 | 数量指标
 | 8755 | 8676 | 15 | 全县参合人数 | 数量指标
 | 3807 | 3220 | 2 | 高血压随访控制数 | 数量指标
 | 100% | 95% | 10 | 疫情控制率 | 质量指标
 | n:130 | n:221 | 10 | 维护系统数量 | 数量指标
 | n:130 | 121 | 10 | 维护系统数量 | 数量指标
 | 130 | n:121.5 | 10 | 维护系统数量 | 数量指标
 | n:8 | n:7 | 12.5 | 培训期数 | 数量指标
 | 3 | 0 | 10 | 培训期数 | 数量指标
 | n:3 | n:0 | 10 | 培训期数 | 数量指标
 | 0.5 | 0.4 | 10 | 覆盖面积 | 数量指标
 | 0.5 | 40 | 10 | 覆盖面积 | 数量指标
 | 40 | 0.5 | 10 | 覆盖面积 | 数量指标
 | 1 | 100 | 10 | 建设项目数 | 数量指标
 | 95 | 85 | 10 | 群众满意度 | 满意度指标
 | 95% | 85% | 10 | 群众满意度 | 满意度指标
 | 95% | 85 | 10 | 群众满意度 | 满意度指标
 | 95 | 85% | 10 | 群众满意度 | 满意度指标
 | 95 | 85% | 10 | 社会公众满意度（%） | 满意度指标
 | 95％ | 85％ | 10 | 群众满意度 | 满意度指标
 | ≥95％ | 85% | 10 | 群众满意度 | 满意度指标
 | ≥95% | p:85 | 10 | 群众满意度 | 满意度指标
 | p:95 | p:85 | 10 | 群众满意度 | 满意度指标
 | p:95 | 85% | 10 | 群众满意度 | 满意度指标
 | 95 | p:85 | 10 | 群众满意度 | 满意度指标
 | p:95 | n:85 | 10 | 群众满意度 | 满意度指标
 | 100% | p:120 | 10 | 任务完成率 | 数量指标
 | 100% | 120% | 10 | 任务完成率 | 数量指标
 | p:100 | p:100 | 10 | 任务完成率 | 数量指标
 | 0.5% | 0.4% | 10 | 新增覆盖率 | 数量指标
 | 1% | 0.5% | 10 | 新增覆盖率 | 数量指标
 | ≤1% | 0.5% | 10 | 差错率 | 质量指标
 | ≤1% | 1.5% | 10 | 差错率 | 质量指标
 | 100% | 0% | 10 | 任务完成率 | 数量指标
 | 100 | 0 | 10 | 任务完成率 | 数量指标
 | ≥90% | 89.99% | 10 | 政策知晓率 | 效益指标
 | ≥ 90% | 45% | 10 | 政策知晓率 | 效益指标
 | >=90% | 45% | 10 | 政策知晓率 | 效益指标
 | >90% | 45% | 10 | 政策知晓率 | 效益指标
 | ＞90% | 45% | 10 | 政策知晓率 | 效益指标
 | ＞=90% | 45% | 10 | 政策知晓率 | 效益指标
 | ＞＝90% | 45% | 10 | 政策知晓率 | 效益指标
 | =90% | 45% | 10 | 政策知晓率 | 效益指标
 | ＝90% | 95% | 10 | 政策知晓率 | 效益指标
 | ≥95 | 94 | 10 | 政策知晓率 | 效益指标
 | ≥10 | 12 | 10 | 开展活动场次 | 数量指标
 | ≥10 | 9 | 10 | 开展活动场次 | 数量指标
 | ≤10 | 9 | 10 | 科目调整次数 | 质量指标
 | ≤10 | 10 | 10 | 科目调整次数 | 质量指标
 | ≤10 | 12 | 10 | 科目调整次数 | 质量指标
 | ≤10 | 20 | 10 | 科目调整次数 | 质量指标
 | ≤10 | 25 | 10 | 科目调整次数 | 质量指标
 | <=10 | 11 | 10 | 科目调整次数 | 质量指标
 | ＜=10 | 11 | 10 | 科目调整次数 | 质量指标
 | ＜＝10 | 11 | 10 | 科目调整次数 | 质量指标
 | <10 | 11 | 10 | 科目调整次数 | 质量指标
 | ＜10 | 10.5 | 10 | 科目调整次数 | 质量指标
 | ≤107.26 | 110 | 13 | 业务运行成本 | 经济成本指标
 | ≤107.26 | 98.5 | 13 | 业务运行成本 | 经济成本指标
 | ≤107.26 | n:98.5 | 13 | 业务运行成本 | 经济成本指标
 | ≤5300 | 5830 | 10 | 补助标准 | 经济成本指标
 | ≤0.8 | 1.2 | 10 | 户均补助 | 经济成本指标
 | ≤100 | 200 | 10 | 单位成本 | 经济成本指标
 | ≥5 | 3 | 10 | 平均工作日 | 时效指标
 | ≤5 | 3 | 10 | 办结时间 | 时效指标
 | ≤5 | 7 | 10 | 办结时间 | 时效指标
 | ≤0 | 0 | 10 | 安全事故起数 | 质量指标
 | ≤0 | 2 | 10 | 安全事故起数 | 质量指标
 | =0 | 1 | 10 | 安全事故起数 | 质量指标
 | =0 | 0 | 10 | 安全事故起数 | 质量指标
 | ≥0 | 3 | 10 | 新增企业数 | 数量指标
 | ≥0 | 0 | 10 | 新增企业数 | 数量指标
 | 0 | 0 | 10 | 新增企业数 | 数量指标
 | 0 | 5 | 10 | 新增企业数 | 数量指标
 | ≤0% | 0% | 10 | 差错率 | 质量指标
 | ≤0% | 1% | 10 | 差错率 | 质量指标
正向 | 10 | 8 | 10 | 安全事故演练次数 | 数量指标
正向 | 95 | 90% | 10 | 投诉办结率 | 质量指标
正向 | 100 | 90 | 10 | 项目投入资金 | 成本指标
正向 | 0 | 5 | 10 | 新增企业数 | 数量指标
正向 | ≤0 | 5 | 10 | 新增企业数 | 数量指标
正向 | 5 | 4 | 10 | 响应时间 | 时效指标
正向 | ≥20 | 10 | 5 | 惠及村数 | 效益指标
正向 | ≤20 | 30 | 5 | 惠及村数 | 效益指标
正向指标 | 20 | 10 | 5 | 惠及村数 | 效益指标
越大越好 | 20 | 10 | 5 | 惠及村数 | 效益指标
≥ | 20 | 10 | 5 | 惠及村数 | 效益指标
>= | 20 | 10 | 5 | 惠及村数 | 效益指标
大于等于 | 20 | 10 | 5 | 惠及村数 | 效益指标
反向 | 10 | 8 | 10 | 投诉件数 | 满意度指标
反向 | 10 | 10 | 10 | 投诉件数 | 满意度指标
反向 | 10 | 13 | 10 | 投诉件数 | 满意度指标
反向 | 10 | 19.99 | 10 | 投诉件数 | 满意度指标
反向 | 10 | 20 | 10 | 投诉件数 | 满意度指标
反向 | 10 | 200 | 10 | 投诉件数 | 满意度指标
反向 | 10 | 0 | 10 | 投诉件数 | 满意度指标
反向 | 0 | 0 | 10 | 投诉件数 | 满意度指标
反向 | 0 | 1 | 10 | 投诉件数 | 满意度指标
反向 | n:0 | n:1 | 10 | 投诉件数 | 满意度指标
反向 | n:125.95 | n:130.5 | 12.5 | 项目成本 | 经济成本指标
反向 | 125.95 | 119.6525 | 12.5 | 项目成本 | 经济成本指标
反向 | 5% | 6% | 10 | 成本超支率 | 经济成本指标
反向 | p:5 | p:6 | 10 | 成本超支率 | 经济成本指标
反向 | 5% | p:6 | 10 | 成本超支率 | 经济成本指标
反向 | ≥10 | 8 | 10 | 惠及村数 | 效益指标
反向指标 | 10 | 12 | 10 | 投诉件数 | 满意度指标
越小越好 | 10 | 12 | 10 | 投诉件数 | 满意度指标
负向 | 10 | 12 | 10 | 投诉件数 | 满意度指标
≤ | 10 | 12 | 10 | 投诉件数 | 满意度指标
<= | 10 | 12 | 10 | 投诉件数 | 满意度指标
等于 | 10 | 8 | 10 | 编制报告数 | 数量指标
等于 | 10 | 12 | 10 | 编制报告数 | 数量指标
等于 | 10 | 10 | 10 | 编制报告数 | 数量指标
等于 | 0 | 0 | 10 | 编制报告数 | 数量指标
等于 | 0 | 1 | 10 | 编制报告数 | 数量指标
= | 10 | 8 | 10 | 编制报告数 | 数量指标
 | 100 | 99.995 | 10 | 道路硬化里程 | 数量指标
 | 3 | 1 | 10 | 道路硬化里程 | 数量指标
 | 3 | 2 | 7 | 道路硬化里程 | 数量指标
 | 8 | 1.003 | 20 | 道路硬化里程 | 数量指标
 | 200 | 178.9 | 1 | 道路硬化里程 | 数量指标
 | 1000 | 894.5 | 10 | 道路硬化里程 | 数量指标
 | 123456.78 | 120000 | 8 | 林木产量 | 数量指标
 | 12 | 11 | 10 | 系统运行稳定性 | 质量指标
 | 90 | 80 | 6 | 带动就业人数（人） | 社会效益指标
 | 1200 | 1100 | 6 | 带动增收（万元） | 社会效益指标
 | 50 | 45 | 0 | 惠及村数 | 效益指标
"""
LEFT_TO_THE_BUTTON = """
 | 100% | 92% | 10 | 财政供养人员控制率 | 数量指标
 | 0% | 5% | 10 | 就业人数变动率 | 数量指标
 | 及时 | 及时 | 10 | 服务响应 | 质量指标
 | 及时 | 90% | 10 | 服务响应 | 质量指标
 | 95 | 良好 | 10 | 服务质量 | 质量指标
 | 130个 | 221个 | 10 | 维护系统数量 | 数量指标
 | 130 | 221个 | 10 | 维护系统数量 | 数量指标
 | ＜=107.26万元 | 90% | 13 | 业务运行成本 | 经济成本指标
 | ≤107.26 | 90% | 13 | 业务运行成本 | 经济成本指标
 | 6 | 90% | 13 | 软件采购数量 | 数量指标
 | 2021年12月底前 | 2021年11月 | 10 | 完成时间 | 时效指标
 | 20211231 | 20211201 | 10 | 建设数量 | 数量指标
 | 2021-12-31 | 2021-12-01 | 10 | 建设数量 | 数量指标
 | 3-5 | 4 | 10 | 建设数量 | 数量指标
 | 3/5 | 2/5 | 10 | 建设数量 | 数量指标
 | 3:5 | 2 | 10 | 建设数量 | 数量指标
 | n:44561 | 5 | 10 | 建设数量 | 数量指标
 | d:44561 | 5 | 10 | 建设数量 | 数量指标
 | 5 | d:44561 | 10 | 建设数量 | 数量指标
 | 12,34 | 5 | 10 | 建设数量 | 数量指标
 | 1.2.3 | 5 | 10 | 建设数量 | 数量指标
 | 007 | 5 | 10 | 建设数量 | 数量指标
 | 13800138000 | 5 | 10 | 建设数量 | 数量指标
 | 约20 | 20 | 10 | 建设数量 | 数量指标
 | 20 | 5以上 | 10 | 建设数量 | 数量指标
 | ≥ | 5 | 10 | 建设数量 | 数量指标
 | ≥≤5 | 5 | 10 | 建设数量 | 数量指标
 | 5≥3 | 5 | 10 | 建设数量 | 数量指标
 | 9%5 | 5 | 10 | 建设数量 | 数量指标
 | 95%% | 5 | 10 | 建设数量 | 数量指标
 | . | 5 | 10 | 建设数量 | 数量指标
 | 9 5 | 5 | 10 | 建设数量 | 数量指标
 | / | 5 | 10 | 建设数量 | 数量指标
 | 5 | / | 10 | 建设数量 | 数量指标
 | | 5 | 10 | 建设数量 | 数量指标
 | 95‰ | 90‰ | 10 | 出生人口性别指数 | 数量指标
 | 10 | 8 | 10 | 安全事故起数 | 质量指标
 | 10 | 8 | 10 | 投诉件数 | 满意度指标
 | 10 | 8 | 10 | 业务运行成本 | 经济成本指标
 | 10 | 8 | 10 | 培训 | 经济成本指标
 | 10 | 8 | 10 | 办结时间 | 时效指标
 | 10 | 8 | 10 | 差错次数不超过10 | 数量指标
 | 95% | 0.9 | 10 | 服务覆盖 | 数量指标
 | 100 | 1 | 10 | 群众满意度 | 满意度指标
 | 980000 | 98 | 10 | 带动增收（万元） | 社会效益指标
区间 | 10 | 8 | 10 | 建设数量 | 数量指标
定性 | 10 | 8 | 10 | 建设数量 | 数量指标
 | TRUE | 5 | 10 | 建设数量 | 数量指标
 | ¥5 | 5 | 10 | 建设数量 | 数量指标
 | 1e3 | 5 | 10 | 建设数量 | 数量指标
 | 十 | 五 | 10 | 建设数量 | 数量指标
"""
FIRST_ROW = 2
HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "指标性质",
    "年度指标值",
    "实际完成值",
    "完成率",
    "得分",
)


class Line(NamedTuple):
    kind: str
    target: str
    actual: str
    weight: str
    name: str
    level2: str


def lines(text: str) -> list[Line]:
    return [Line(*(cell.strip() for cell in line.split("|"))) for line in text.strip("\n").splitlines()]


ALL = [*lines(NUMERIC), *lines(LEFT_TO_THE_BUTTON)]
COMPUTED = len(lines(NUMERIC))


def write(path: Path) -> None:
    """One table with all lines, as the template lays them out; formulas in 完成率 and 得分."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("自评表")
    forms = {key: workbook.add_format({"num_format": code}) for key, code in _FORMATS.items()}
    sheet.write_row(0, 0, HEADINGS)
    for row, line in enumerate(ALL, FIRST_ROW - 1):
        sheet.write_row(row, 0, ["产出指标", line.level2, line.name, float(line.weight)])
        sheet.write_string(row, 4, line.kind)
        _type(sheet, row, 5, line.target, forms)
        _type(sheet, row, 6, line.actual, forms)
        at = LineCells(*(f"{column}{row + 1}" for column in "DFGEBC"))
        sheet.write_formula(row, 7, f"={completion_formula(at)}", None, "")
        sheet.write_formula(row, 8, f"={score_formula(at)}", None, "")
    workbook.close()


_FORMATS = {"p": "0.00%", "d": "yyyy-mm-dd", "n": "General", "": "@"}


def _type(sheet: Any, row: int, column: int, typed: str, forms: dict[str, Any]) -> None:
    found = re.fullmatch(r"([pnd]):([\d.]+)", typed)
    if found is None:
        sheet.write_string(row, column, typed, forms[""]) if typed else sheet.write_blank(
            row, column, None, forms[""]
        )
        return
    number = float(Decimal(found[2]) / (100 if found[1] == "p" else 1))
    sheet.write_number(row, column, number, forms[found[1]])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("native") / "native.xlsx"
    write(made)
    return made


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return read_book(path)


def core(book: Book) -> dict[int, Scored]:
    [evaluation] = evaluate(book, "shanxi").evaluations
    return {row.indicator.row: row for row in evaluation.rows if row.indicator.row is not None}


def compare(book: Book, shown: dict[tuple[int, int], Any]) -> list[tuple[Any, ...]]:
    """The lines on which the formulas differ from the core: completion and score of both."""
    scored, wrong = core(book), []
    for row, line in enumerate(ALL[:COMPUTED], FIRST_ROW):
        ours = scored[row].completion, scored[row].score
        theirs = tuple(
            None if shown.get((row, column)) in {"", None} else shown[row, column] for column in (8, 9)
        )
        if theirs != tuple(
            None if value is None else pytest.approx(float(value), abs=1e-9) for value in ours
        ):
            wrong.append((line, ours, theirs))
    return wrong


def never_a_number(shown: dict[tuple[int, int], Any]) -> list[tuple[Line, Any, Any]]:
    rows = range(FIRST_ROW + COMPUTED, FIRST_ROW + len(ALL))
    return [
        (ALL[row - FIRST_ROW], shown.get((row, 8)), shown.get((row, 9)))
        for row in rows
        if shown.get((row, 9)) != ASK or shown.get((row, 8)) not in {"", None}
    ]


def test_our_calculation_agrees_with_the_core(book: Book) -> None:
    found = results(book)
    shown = {
        (ref.row, ref.column): float(value) if isinstance(value, Decimal) else value
        for ref, value in found.items()
    }
    dates = {row for row, line in enumerate(ALL, FIRST_ROW) if "d:" in line.target + line.actual}
    assert not any((row, 9) in shown for row in dates)  # a date cell is left to Excel
    shown |= {(row, column): ASK if column == 9 else "" for row in dates for column in (8, 9)}
    assert compare(book, shown) == []
    assert never_a_number(shown) == []


@pytest.mark.office
def test_libreoffice_agrees_with_the_core(path: Path, book: Book) -> None:
    sheet = office.recalculated(path)["自评表"]
    shown = {
        (row, column): sheet.cell(row, column).value for row in range(1, len(ALL) + 2) for column in (8, 9)
    }
    assert compare(book, shown) == []
    assert never_a_number(shown) == []


def test_every_word_that_turns_a_direction_needs_the_core() -> None:
    """A new word in scoring/words.py must be a doubtful one here too."""
    patterns = (
        scoring_words.BAD_THINGS,
        scoring_words.SPENDING.pattern,
        scoring_words.DURATION.pattern,
    )
    words = re.findall(r"[\u4e00-\u9fff]+", re.sub(r"\(\?:科目[^)]*\)", "", "|".join(patterns)))
    caps = re.sub(r"\(\?<![^)]*\)", "", scoring_words.CAPS.pattern).split("[")[0]
    words += [f"{word}控制率" for word in re.findall(r"[\u4e00-\u9fff]+", caps)]
    words += [f"{word}率" for word in re.findall(r"变动|变化|增减|浮动", scoring_words.CHANGES.pattern)]
    assert len(words) > 100
    assert [word for word in words if not any(doubtful in word for doubtful in native._DOUBTFUL)] == []


def test_formulas_stay_within_the_limits_of_excel() -> None:
    at = LineCells(*(f"${column}$1000" for column in "DFGEBC"))
    for formula in (completion_formula(at), score_formula(at)):
        assert len(formula) <= 8192
        assert max(len(text) for text in re.findall(r'"([^"]*)"', formula)) <= 255
        depth = [0]
        for sign in re.sub(r'"[^"]*"', "", formula):
            depth.append(depth[-1] + (sign == "(") - (sign == ")"))
        assert max(depth) <= 64
        assert depth[-1] == 0


def test_a_line_without_actual_shows_nothing() -> None:
    at = LineCells("D2", "F2", "G2", "E2", "B2", "C2")
    empty = Book("", (Grid("自评表", {}),))
    assert calculated(completion_formula(at), empty, "自评表") == ""
    assert calculated(score_formula(at), empty, "自评表") == ""
