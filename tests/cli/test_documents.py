"""A table in a Word document is checked like one in a workbook; nothing is written into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from support import reports
from zipingbiao.book.read import read_book
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
    command_said = (
        f"请运行 zpb score {document} -o {document.with_name('自评表（已评分）.xlsx')}，导入样表并评分"
    )
    assert (out + err).count(command_said) == 1
    assert list(document.parent.iterdir()) == [document]
    assert document.read_bytes() == before


def test_with_another_place_it_is_imported_and_scored_there(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "score", document, "-o", tmp_path / "已评分.xlsx", "--json")
    (file,) = json.loads(out)["files"]
    assert code in {0, 1}
    assert (file["evaluations"][0]["total"], file["refused"]) == ("97.5", None)
    assert file["saved"] == str(tmp_path / "已评分.xlsx")
    assert read_book(tmp_path / "已评分.xlsx").writable


def test_a_place_is_said_as_people_find_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(reports.content(reports.written(3)))
    _, out, _ = run(capsys, "check", path)
    assert "报告.docx 正文第11段 警告 T111" in out
    assert "报告.docx 附件1（表1）第19行第5列 提示 V110 第19行“成本节约率”" in out
    _, out, _ = run(capsys, "check", path, "--json")
    (file,) = json.loads(out)["files"]
    assert {"正文!A11", "表1!E29"} <= {finding["cell"] for finding in file["findings"]}


def test_reports_are_merged_like_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for seed in range(5):
        paths.append(tmp_path / f"{seed}.docx")
        paths[-1].write_bytes(reports.content(reports.written(seed)))
    code, out, _ = run(capsys, "merge", *paths, "-o", tmp_path / "汇总表.xlsx", "--json")
    assert code == 1  # 002 lacks five points
    merged = json.loads(out)
    names = {
        file["evaluations"][0]["project"]["name"]: file["evaluations"][0]["adopted_total"]
        for file in merged["files"]
    }
    assert names == dict(zip(reports.NAMES, ("89.5", "93.08", "94.23", "98", "96.75"), strict=True))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("半份.docx", reports.content(reports.written(0))[:9000], "不完整或已损坏"),
        (
            "加密.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "取消密码",
        ),
    ],
)
def test_a_spoilt_report_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    _, out, err = run(capsys, "check", tmp_path / name)
    assert said in out + err
    assert "Traceback" not in out + err
