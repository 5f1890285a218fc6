"""``zpb report``: one new document; nothing that is there is written over."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import click
import pytest
from docx import Document

from support.written import blocks, project, workbook
from zipingbiao.cli import main
from zipingbiao.cli.report import report as command
from zipingbiao.report.blank import LINE_SPACINGS
from zipingbiao.template.examples import examples

ARCHIVE = next(examples().glob("001-*.xlsx"))
WITH_ERRORS = next(examples().glob("002-*.xlsx"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["report", *map(str, arguments)])
    out, err = capsys.readouterr()
    return int(str(left.value.code)), out, err


def test_it_writes_a_report_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "新" / "报告.docx"
    code, out, err = run(capsys, ARCHIVE, "-o", target)
    assert (code, out) == (0, f"已生成 {target}\n")
    assert err.startswith("13个章节没有文字，报告中写的是“未填写”")
    assert Document(str(target)).paragraphs[0].text.endswith("绩效自评报告")


def test_errors_do_not_hinder_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = run(capsys, WITH_ERRORS, "-o", tmp_path / "报告.docx")
    assert code == 1
    assert (tmp_path / "报告.docx").is_file()


def test_what_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "报告.docx"
    run(capsys, ARCHIVE, "-o", target)
    before = target.read_bytes()
    code, out, err = run(capsys, ARCHIVE, "-o", target, "--draft")
    assert (code, out) == (2, "")
    assert "已存在，没有覆盖" in err
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_takes_a_name_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "培训.xlsx"
    shutil.copy(ARCHIVE, source)
    run(capsys, source, "-o", tmp_path)
    run(capsys, source, "-o", tmp_path, "--sign-off")
    assert {path.name for path in tmp_path.iterdir()} == {
        "培训.xlsx",
        "培训绩效自评报告.docx",
        "培训送签单.docx",
    }


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "没有说写到哪里"),
        (("-o", "报告.xlsx"), "应以 .docx 结尾"),
        (("-o", "报告.docx", "--line-spacing", "25"), "28.8"),
        (("-o", "报告.docx", "--last", "上年"), "--sign-off"),
        (("-o", "单.docx", "--sign-off", "--draft"), "送签单不用"),
        (("-o", "报告.docx", "--profile", "火星"), "火星"),
        (("-o", "报告.docx", "--template", "没有.docx"), "没有.docx"),
    ],
)
def test_what_does_not_fit_together_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], word: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, ARCHIVE, *arguments)
    assert (code, out) == (2, "")
    assert word in err
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_file_without_a_table_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "报告.docx"
    (tmp_path / "坏.xlsx").write_bytes(b"nothing")
    Document().save(str(tmp_path / "信.docx"))
    for name, word in (("坏.xlsx", "坏.xlsx"), ("信.docx", "没有找到自评表"), ("没有.xlsx", "没有.xlsx")):
        code, out, err = run(capsys, tmp_path / name, "-o", target)
        assert (code, out) == (2, ""), name
        assert word in err
        assert len(err.splitlines()) == 1
        assert not target.exists()


def test_a_form_that_nobody_filled_in_has_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "自评表.xlsx"
    with pytest.raises(SystemExit):
        main(["new", str(blank)])
    capsys.readouterr()
    code, _, err = run(capsys, blank, "-o", tmp_path / "报告.docx")
    assert code == 2
    assert "还没有填写" in err


def test_a_table_in_a_word_document_has_a_report_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Document()
    lines = [row.split("|") for row in (
        "项目名称|培训|||||",
        "一级指标|二级指标|三级指标|分值|年度指标值|实际完成值|得分",
        "产出指标|数量指标|培训人次|100|200人次|190人次|",
    )]  # fmt: skip
    table = made.add_table(len(lines), 7)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    made.save(str(tmp_path / "表.docx"))
    code, _, _ = run(capsys, tmp_path / "表.docx", "-o", tmp_path / "报告.docx")
    assert code in {0, 1}
    said = [text for _, text in blocks((tmp_path / "报告.docx").read_bytes())]
    assert any("培训项目绩效自评价结果为:总得分95分" in text for text in said if isinstance(text, str))


def test_names_with_any_sign_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a&b.xlsx"
    source.write_bytes(workbook(project('“a<b>”&"c"项目')))
    code, _, _ = run(capsys, source, "-o", tmp_path / "c&d.docx")
    assert code in {0, 1}
    title = next(said for style, said in blocks((tmp_path / "c&d.docx").read_bytes()) if style == "Title")
    assert title == '“a<b>”&"c"项目绩效自评报告'


def test_the_distances_offered_are_those_that_a_report_may_have() -> None:
    """``zpb --help`` starts without the room, so the command has them in words of its own."""
    (option,) = (each for each in command.params if each.name == "line_spacing")
    assert isinstance(option.type, click.Choice)
    assert tuple(map(Decimal, option.type.choices)) == LINE_SPACINGS
