"""What stands at a terminal: a table that fits into 80 columns, errors first, nothing that only we understand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import zipingbiao as z
from support.handed_in import FILES
from zipingbiao.cli import cli
from zipingbiao.cli.terminal import in_columns, label
from zipingbiao.cli.width import columns, wrapped
from zipingbiao.result.examine import examine
from zipingbiao.result.said import by_severity, score_table
from zipingbiao.rules import explained
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.template.examples import examples

INSIDE = re.compile(r"版本|可信程度|核对原文")


def run(*arguments: str) -> str:
    return CliRunner().invoke(cli, list(arguments)).output


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:3])
def test_a_score_table_fits_and_nothing_is_cut(file: Path, width: int) -> None:
    (evaluation,) = examine(file).evaluations
    heading, rows = score_table(evaluation)
    lines = list(in_columns(heading, rows, width))
    assert max(map(columns, lines)) <= width
    shown = "".join("".join(lines).split())
    for row in rows:
        explanation = "".join(row[-1].split())
        assert explanation in shown  # on lines of its own
        for cell in row[:-1]:
            assert all(shown.count(sign) >= cell.count(sign) for sign in "".join(cell.split()))


@given(
    st.lists(
        st.text(st.characters(codec="gbk", exclude_categories=("C", "Z")), max_size=60),
        min_size=9,
        max_size=9,
    )
)
def test_any_row_keeps_its_signs_and_its_width(row: list[str]) -> None:
    figures = [text[:5] for text in row]  # 行, 分值, 完成率 and the scores are short
    cells = tuple(row[place] if place in {1, 3, 4, 8} else figures[place] for place in range(9))
    heading = ("行", "指标", "分值", "目标值", "业绩值", "完成率", "填报得分", "核算得分", "说明")
    lines = list(in_columns(heading, [cells], 100))
    assert max(map(columns, lines)) <= 100
    for cell in cells:
        for sign in cell:
            assert sum(line.count(sign) for line in lines) >= cell.count(sign)


@given(st.text(max_size=80), st.integers(2, 40))
def test_wrapped_lines_keep_every_sign(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert [columns(line) for line in wrapped("A" * 25, 10)] == [10, 10, 5]


def test_errors_come_first_and_verified_warnings_last() -> None:
    made = [
        Finding("A1", Severity.INFO, None, "提示"),
        Finding("A2", Severity.WARNING, None, "已核实的警告", verified="无误"),
        Finding("A3", Severity.ERROR, None, "错误"),
        Finding("A4", Severity.WARNING, None, "警告"),
        Finding("A5", Severity.ERROR, None, "另一个错误"),
    ]
    assert [finding.code for finding in by_severity(made)] == ["A3", "A5", "A4", "A1", "A2"]


@pytest.mark.parametrize("severity", list(Severity))
def test_a_colour_never_stands_alone(severity: Severity) -> None:
    coloured = label(Finding("A1", severity, None, "。"))
    assert severity.label in coloured
    assert "\x1b[" in coloured


def test_check_says_errors_first_and_no_colours_into_a_file() -> None:
    said = run("check", str(FILES[2]))
    ranks = [
        ["错误", "警告", "提示"].index(word) for word in re.findall(r" (错误|警告|提示) [A-Z]\d{3} ", said)
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1
    assert "\x1b[" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", *map(str, FILES)],
        ["score", *map(str, FILES), "--dry-run"],
        ["explain"],
        *(["explain", rule.code] for rule in explained.all_rules()),
        ["profile", "show"],
        *(["profile", "show", profile.name] for profile in z.profiles()),
        *(
            [*command, "--help"]
            for command in ([], ["check"], ["score"], ["merge"], ["new"], ["fix"], ["undo"], ["explain"])
        ),
    ],
    ids=" ".join,
)
def test_no_profile_hash_and_no_trust_at_the_terminal(arguments: list[str]) -> None:
    said = re.sub("显示版本|的几个版本", "", run(*arguments))  # of the program, of a file
    assert said
    assert not INSIDE.search(said)
    assert not any(profile.hash in said for profile in z.profiles())


def test_only_the_sheet_of_the_rules_names_the_version_of_the_rules(tmp_path: Path) -> None:
    file = Path(shutil.copy(examples() / "000-创建党建先进县项目.xlsx", tmp_path / "自评表.xlsx"))
    run("score", str(file))
    for sheet in openpyxl.load_workbook(file):
        texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
        told = [text for text in texts if INSIDE.search(text) or any(p.hash in text for p in z.profiles())]
        assert bool(told) == (sheet.title == "评分规则"), (sheet.title, told)


def test_a_blank_table_is_said_to_be_unfilled_and_has_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "空白.xlsx"
    made = run("new", str(file))
    assert f"zpb check {file}" in made
    assert "接下来" in made
    for command in ("check", "score"):
        said = run(command, str(file))
        assert "项目1：未填写" in said
        assert "未计算" not in said
    assert "未填写1，" in run("check", str(file))
