"""A table in a Word document is checked like one in a workbook; nothing is written into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from zipingbiao.cli import main

ROWS = (
    "项目名称|培训|||||",
    "一级指标|二级指标|三级指标|分值|年度指标值|实际完成值|得分",
    "产出指标|数量指标|培训人次|50|200人次|190人次|",
    "效益指标|社会效益指标|系统使用率|40|≥95%|96%|",
    "满意度指标|服务对象满意度指标|群众满意度|10|≥95%|96%|",
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Give a document with a table whose scores are blank."""
    made = Document()
    made.add_paragraph("项目支出绩效自评表")
    lines = [row.split("|") for row in ROWS]
    table = made.add_table(len(lines), len(lines[0]))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    path = tmp_path / "自评表.docx"
    made.save(str(path))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(str(left.value.code)), out, err


def test_it_is_checked_and_scored(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", document, "--json")
    (file,) = json.loads(out)["files"]
    assert file["status"] == "accepted"
    (evaluation,) = file["evaluations"]
    assert (evaluation["project"]["name"], evaluation["total"]) == ("培训", "97.5")


@pytest.mark.parametrize(
    "command", [("score",), ("score", "--dry-run"), ("fix",), ("fix", "--dry-run"), ("undo",)]
)
def test_what_would_write_into_it_says_what_to_do(
    document: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    before = document.read_bytes()
    code, out, err = run(capsys, command[0], document, *command[1:])
    assert code == 2
    assert (out + err).count("请先把报告导入工作簿（zpb import 报告.docx -o 自评表.xlsx）") == 1
    assert list(document.parent.iterdir()) == [document]
    assert document.read_bytes() == before


def test_the_scores_are_said_though_none_is_written(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "score", document, "-o", tmp_path / "已评分.xlsx", "--json")
    (file,) = json.loads(out)["files"]
    assert code == 2
    assert (file["evaluations"][0]["total"], file["changes"], file["saved"]) == ("97.5", [], None)
    assert "不能写入" in file["refused"]
    assert not (tmp_path / "已评分.xlsx").exists()
