"""疑似涉密文件: read, asked about, in no total; what is said to be secret is named nowhere any more."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support.sent import packed, put, rows, workbook
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.summary.questions import Matter
from zipingbiao.cli import main
from zipingbiao.values.secrecy import HIDDEN, may_be_secret_name

CODENAME = "磐石装备更新"
PLAIN = "校舍维修改造"
DOUBTFUL = "教育局/机密装备自评表.xlsx"
SENT = {
    DOUBTFUL: workbook(rows(CODENAME, executed="80")),
    f"教育局/{PLAIN}.xlsx": workbook(rows(PLAIN)),
    "教育局/商业秘密保护经费.xlsx": workbook(rows("商业秘密保护经费", executed="70")),
}


@pytest.mark.parametrize(
    "name", ["机密装备自评表.xlsx", "2025年秘密项目.docx", "国家秘密.xlsx", "关于机 密设备的自评.xlsx", "工作秘密培训（秘密项目）.xls"]
)  # fmt: skip
def test_a_name_about_which_a_person_is_asked(name: str) -> None:
    assert may_be_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "机密★.xlsx", "某项目（机密）.xlsx", "涉密机密.xlsx",  # closed unread
        "非涉密（机密室改造）.xlsx", "商业秘密保护.xlsx", "机密性测评.xlsx", "机密文件柜采购.xlsx", "保守国家秘密宣传.xlsx",
        "国家秘密载体销毁费.xlsx", "保密宣传.xlsx", "非秘密.xlsx", "校舍.xlsx",
    ],
)  # fmt: skip
def test_a_name_that_is_closed_or_plainly_speaks_of_something_else(name: str) -> None:
    assert not may_be_secret_name(name)


def merged(folder: Path, *, update: bool = False) -> MergeResult:
    out = folder / "汇总表.xlsx"
    return z.merge(folder / "收文", out, update=out if update else None, details=True, workers=1)


def decide(folder: Path, choice: str) -> None:
    """Choose on every line about a doubtful file."""
    book = openpyxl.load_workbook(folder / "汇总表.xlsx")
    for row in book["待认定"].iter_rows(min_row=4):
        if row[1].value == Matter.SECRET.value:
            row[10].value, row[12].value = choice, "甲经办"
    book.save(folder / "汇总表.xlsx")


def names(result: MergeResult) -> list[str]:
    return sorted(row.name for row in result.summary.projects() if row.counted)


def everything(folder: Path, result: MergeResult, capsys: pytest.CaptureFixture[str]) -> str:
    """All that is said and written of a merge with decisions, JSON included."""
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(
            [
                "merge",
                str(folder / "收文"),
                "--update",
                str(folder / "汇总表.xlsx"),
                "--json",
                "--workers",
                "1",
            ]
        )
    shown = capsys.readouterr()
    with zipfile.ZipFile(folder / "汇总表.xlsx") as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    return "\n".join([repr(result), *result.lines(), shown.out, shown.err, *parts])


def test_it_is_read_and_asked_about_and_in_no_total(tmp_path: Path) -> None:
    put(tmp_path / "收文", SENT)
    result = merged(tmp_path)
    (question,) = result.summary.questions
    assert (question.matter, question.choices) == (Matter.SECRET, ("不是涉密", "是，另行报送"))
    assert [(Path(line.file).name, line.name, line.proposal) for line in question.lines] == [
        ("机密装备自评表.xlsx", CODENAME, "")
    ]
    assert names(result) == ["商业秘密保护经费", PLAIN]
    assert result.summary.draft.startswith("草稿：有1项待认定")
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["待认定"]
    (listed,) = sheet.data_validations.dataValidation
    assert listed.formula1 == '"不是涉密,是，另行报送"'


def test_what_is_no_secret_counts(tmp_path: Path) -> None:
    put(tmp_path / "收文", SENT)
    merged(tmp_path)
    decide(tmp_path, "不是涉密")
    for result in (merged(tmp_path, update=True), merged(tmp_path, update=True)):
        assert names(result) == ["商业秘密保护经费", PLAIN, CODENAME]
        assert result.summary.draft == ""
        assert [each.matter for each in result.summary.decided] == [Matter.SECRET]


@pytest.mark.parametrize("sent", ["a file", "in an archive", "of a folder"])
def test_what_is_secret_is_named_nowhere_and_stays_decided(
    sent: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = dict(SENT)
    data = files.pop(DOUBTFUL)
    files |= {
        "a file": {DOUBTFUL: data},
        "in an archive": {"教育局/报送.zip": packed({"里层/机密装备自评表.xlsx": data})},
        "of a folder": {"教育局/机密装备采购类/磐石.xlsx": data},
    }[sent]
    put(tmp_path / "收文", files)
    merged(tmp_path)
    decide(tmp_path, "是，另行报送")
    result = merged(tmp_path, update=True)
    for _ in range(2):
        assert names(result) == ["商业秘密保护经费", PLAIN]
        assert (result.summary.questions, result.summary.secret) == ((), 1)
        (line,) = [one for one in result.records if one.status.value == "secret"]
        assert Path(line.path).relative_to(tmp_path / "收文") == Path("教育局", HIDDEN)
        said = everything(tmp_path, result, capsys)
        for hidden in (CODENAME, "磐石", "机密装备", "里层"):
            assert hidden not in said
        kept = [
            [cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["待认定"]
        ]
        assert [(row[1], row[2], row[10], row[12]) for row in kept if row[1] == Matter.SECRET.value] == [
            ("疑似涉密文件", HIDDEN, "是，另行报送", "甲经办")
        ]
        result = merged(tmp_path, update=True)


def test_a_decision_holds_for_the_content_it_was_made_on(tmp_path: Path) -> None:
    put(tmp_path / "收文", SENT)
    merged(tmp_path)
    decide(tmp_path, "是，另行报送")
    put(tmp_path / "收文", {DOUBTFUL: workbook(rows(CODENAME, executed="85"))})
    (question,) = merged(tmp_path, update=True).summary.questions
    assert question.lines[0].why.startswith("原认定“是，另行报送”已失效：文件已变化")


def test_of_equal_files_the_doubtful_one_is_asked_about(tmp_path: Path) -> None:
    put(tmp_path / "收文", {"教育局/装备.xlsx": SENT[DOUBTFUL], DOUBTFUL: SENT[DOUBTFUL]})
    result = merged(tmp_path)
    assert names(result) == []
    assert [question.matter for question in result.summary.questions] == [Matter.SECRET]


def test_a_check_notes_it_and_a_doubtful_file_alone_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put(tmp_path / "收文", SENT)
    with pytest.raises(SystemExit):
        main(["check", str(folder), "--json"])
    files = json.loads(capsys.readouterr().out)["files"]
    (noted,) = [file for file in files if file["notes"]]
    assert "汇总时待认定（疑似涉密文件）" in noted["notes"][0]
    (alone,) = z.check(folder / DOUBTFUL)
    assert (alone.status.label, alone.notes) == ("已采用", ())
