"""``zpb report FILE --update 报告.docx``: what it says, what it leaves with, what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.updates import edited, project, report, sentence, with_lines
from support.written import workbook
from zipingbiao.cli import main

HIGHER = with_lines({"培训人次": "产出指标|数量指标|培训人次|15|200人次|200人次|有10人请假，下年初补训。"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a workbook and a report of how it was before."""
    (tmp_path / "自评表.xlsx").write_bytes(workbook(project(HIGHER)))
    (tmp_path / "报告.docx").write_bytes(edited(report(workbook(project()))))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["report", "自评表.xlsx", *arguments])
    out, err = capsys.readouterr()
    return int(str(left.value.code)), out, err


def test_a_report_is_brought_up_to_date_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--update", "报告.docx")
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        "已更新 报告.docx（6 处，原文件留作 报告.docx.bak）：",
        "  正文第18段 总得分句：97.7 → 98.45",
        "  表3第2行第5列 “培训人次”的业绩值：190人次 → 200人次",
    ]
    after = (folder / "报告.docx").read_bytes()
    code, out, err = run(capsys, "--update", "报告.docx")
    assert (code, out, err) == (0, "报告与工作簿一致，没有需要更新的内容，文件未写。\n", "")
    assert (folder / "报告.docx").read_bytes() == after


def test_a_look_writes_nothing_and_a_copy_another_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "报告.docx").read_bytes()
    code, out, _ = run(capsys, "--update", "报告.docx", "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "将更新 6 处（未写文件）：")
    code, out, _ = run(capsys, "--update", "报告.docx", "-o", "新报告.docx")
    assert (code, out.splitlines()[0]) == (0, "已更新 新报告.docx（6 处）：")
    assert (folder / "报告.docx").read_bytes() == before
    assert "98.45分" in sentence((folder / "新报告.docx").read_bytes())
    code, _, err = run(capsys, "--update", "报告.docx", "-o", "新报告.docx")
    assert (code, "已存在，没有覆盖" in err) == (1, True)


def test_what_stands_against_it_is_one_line_and_status_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "报告.docx").write_bytes(report(workbook(project(name="校舍维修项目"))))
    before = (folder / "报告.docx").read_bytes()
    code, out, err = run(capsys, "--update", "报告.docx")
    assert (code, out) == (1, "")
    assert err == (
        "报告.docx 是“校舍维修项目”的报告，工作簿是“教师培训项目”的，没有写入；请核对文件或项目名称。\n"
    )
    assert (folder / "报告.docx").read_bytes() == before
    assert not (folder / "报告.docx.bak").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--update", "报告.docx", "--draft"),
        ("--update", "报告.docx", "--sign-off"),
        ("--update", "没有.docx"),
        ("--update", "报告.docx", "-o", "新报告.doc"),
        ("-o", "新报告.docx", "--dry-run"),
    ],
)
def test_what_does_not_fit_together_is_status_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sorted(path.name for path in folder.iterdir()) == ["报告.docx", "自评表.xlsx"]
