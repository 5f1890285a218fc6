"""``zpb check --targets --last``: files of this year beside what was approved and what stood there last year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from docx import Document

from support.bureau import FUNDS, HEADINGS, LINES
from zipingbiao.batch.baseline import Baseline, Index, Known
from zipingbiao.batch.merge import examine_paths, read_baseline
from zipingbiao.book.read import read_book
from zipingbiao.cli import main
from zipingbiao.errors import UsageError
from zipingbiao.table.approved import read_approved
from zipingbiao.table.records import Project

Row = tuple[str | float | None, ...]
REASON = "受降雨影响，施工队推迟2个月进场，下年提前安排招标工作。"


def save(path: Path, rows: Sequence[Row]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("自评表")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def evaluation(
    path: Path, name: str = "东片区维护", lines: Sequence[Row] = LINES, year: str = "2025", code: str = ""
) -> Path:
    head: tuple[Row, ...] = (
        (f"{year}年度项目支出绩效自评表",),
        ("项目名称", name, None, "项目编码", code),
        ("实施单位", "某局"),
    )
    return save(path, (*head, *FUNDS, HEADINGS, *lines))


def approved(
    path: Path, name: str = "东片区维护", targets: Sequence[str] = ("≥130个", "≥95%", "≥90%")
) -> Path:
    rows = [(*line[:4], target) for line, target in zip(LINES, targets, strict=True)]
    head: tuple[Row, ...] = (("项目支出绩效目标批复表",), ("项目名称", name), ("实施单位", "某局"))
    return save(path, (*head, HEADINGS[:5], *rows))


def approved_in_word(path: Path, target: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = Document()
    document.add_paragraph("项目名称：东片区维护")
    table = document.add_table(len(LINES) + 1, 5)
    rows = [HEADINGS[:5], *((*line[:4], target if line is LINES[0] else line[4]) for line in LINES)]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = str(text)
    document.save(str(path))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["check", *map(str, arguments)])
    said = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, said.out, said.err


def codes(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, list[tuple[str, str | None]]]:
    """The findings of families Y2 and Y3 by file name, each with its cell."""
    _, out, _ = run(capsys, *arguments, "--json")
    files: list[dict[str, Any]] = json.loads(out)["files"]
    found = {
        Path(file["path"]).name: [
            (each["code"], each["cell"]) for each in file["findings"] if each["code"][:2] in {"Y2", "Y3"}
        ]
        for file in files
    }
    return {name: findings for name, findings in found.items() if findings}


def test_a_table_that_follows_its_approval_has_nothing_to_add(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = evaluation(tmp_path / "甲.xlsx")
    targets = approved(tmp_path / "批复" / "目标.xlsx")
    plain = run(capsys, file)
    assert run(capsys, file, "--targets", targets) == plain
    assert run(capsys, file, "--targets", targets.parent) == plain


def test_missing_extra_and_changed_indicators(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = (
        ("产出指标", "数量指标", "维护系统数量", 40, "≥100个", "100个", 40, None),
        ("产出指标", "数量指标", "召开会议次数", 10, "2次", "2次", 10, None),
        ("效益指标", "社会效益指标", "系统使用率", 40, "95", "95%", 40, None),
    )
    file = evaluation(tmp_path / "甲.xlsx", lines=changed)
    targets = approved(tmp_path / "目标.xlsx")
    assert codes(capsys, file, "--targets", targets) == {
        "甲.xlsx": [
            ("Y201", "自评表!C6"), ("Y204", "自评表!D7"), ("Y203", "自评表!E7"), ("Y202", "自评表!C8"),
        ]
    }  # fmt: skip
    code, out, err = run(capsys, file, "--targets", targets)
    assert code == 1
    assert "“≥100个”与批复的“≥130个”不一致（目标.xlsx 自评表!E5）" in out
    assert err == ""


def test_targets_in_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = evaluation(tmp_path / "甲.xlsx")
    targets = approved_in_word(tmp_path / "目标.docx", "≥150个")
    assert codes(capsys, file, "--targets", targets) == {"甲.xlsx": [("Y203", "自评表!E7")]}


def test_a_bad_target_file_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = evaluation(tmp_path / "甲.xlsx")
    folder = approved(tmp_path / "批复" / "目标.xlsx", targets=("≥150个", "≥95%", "≥90%")).parent
    for name in ("坏.xlsx", "~$目标.xlsx", "说明.txt"):
        (folder / name).write_bytes(b"PK\x03\x04x")
    evaluation(folder / "清单.xlsx", lines=())
    code, out, err = run(capsys, file, "--targets", folder)
    assert code == 1
    assert "Y203" in out
    assert err.count("坏.xlsx") == 1
    assert "清单.xlsx：没有找到绩效目标表" in err
    assert not any(name in err for name in ("~$", "说明"))
    (folder / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    _, _, err = run(capsys, file, "--targets", folder)
    assert "已略过：旧.xls：文件不完整或已损坏" in err
    code, out, err = run(capsys, file, "--targets", folder / "坏.xlsx")
    assert code == 0
    assert "没有可以采用的绩效目标表" in err
    code, _, err = run(capsys, file, "--targets", tmp_path / "无")
    assert code == 2
    assert "找不到" in err


def test_a_project_without_approval_or_with_two_is_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = evaluation(tmp_path / "各单位" / "甲.xlsx").parent
    evaluation(folder / "乙.xlsx", "西片区维护")
    one = approved(tmp_path / "一.xlsx")
    same = approved(tmp_path / "一再.xlsx")
    code, out, err = run(capsys, folder, "--targets", one, "--targets", same)
    assert code == 0
    assert "Y20" not in out
    assert "乙.xlsx：“西片区维护”没有找到批复的绩效目标表" in err
    assert "东片区维护" not in err
    other = approved(tmp_path / "二.xlsx", targets=("≥150个", "≥95%", "≥90%"))
    _, out, err = run(capsys, folder, "--targets", one, "--targets", other)
    assert "Y20" not in out
    assert "“东片区维护”有2份不同的批复的绩效目标表（一.xlsx、二.xlsx）" in err


def test_an_adjustment_with_its_document_in_the_table_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = (*HEADINGS[:5], "调整后目标值", "调整文号", *HEADINGS[5:])
    head: tuple[Row, ...] = (("2025年度项目支出绩效自评表",), ("项目名称", "东片区维护"))
    targets = approved(tmp_path / "目标.xlsx")
    for document, wanted in (("某财〔2025〕8号", {}), (None, {"甲.xlsx": [("Y203", "自评表!F6")]})):
        first = (*LINES[0][:5], "≥100个", document, "100个", *LINES[0][6:])
        rest = [(*line[:5], None, None, *line[5:]) for line in LINES[1:]]
        file = save(tmp_path / "甲.xlsx", (*head, *FUNDS, headings, first, *rest))
        assert codes(capsys, file, "--targets", targets) == wanted


def test_last_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = evaluation(
        tmp_path / "今年" / "甲.xlsx",
        lines=(
            ("产出指标", "数量指标", "维护系统数量", 40, "≥100个", "90个", 36, REASON),
            ("效益指标", "社会效益指标", "系统使用率", 40, "≥95%", "95%", 40, None),
            LINES[2],
        ),
    )
    last = tmp_path / "上年"
    before = ("产出指标", "数量指标", "维护系统数量", 50, "≥130个", "100个", 38.46, REASON)
    evaluation(last / "甲.xlsx", lines=(before, *LINES[1:]), year="2024")
    evaluation(last / "乙.xlsx", "西片区维护", year="2024")
    compared = [("Y303", "自评表!D7"), ("Y301", "自评表!E7"), ("Y302", "自评表!H7")]
    assert codes(capsys, now.parent, "--last", last) == {"甲.xlsx": compared, "上年": [("Y304", None)]}
    assert codes(capsys, now, "--last", last) == {"甲.xlsx": compared}
    _, out, err = run(capsys, now.parent, "--last", last)
    assert f"{last} 提示 Y304 某局的上年项目“西片区维护”今年没有自评表" in out
    assert f"略过 {last}：上年的自评表，只用于对照" in err


def test_last_year_with_nothing_to_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = evaluation(tmp_path / "今年" / "甲.xlsx")
    empty = tmp_path / "上年"
    empty.mkdir()
    (empty / "坏.xlsx").write_bytes(b"PK\x03\x04x")
    code, out, err = run(capsys, now.parent, "--last", empty)
    assert code == 0
    assert "Y3" not in out
    assert "坏.xlsx" in err
    assert "没有找到上年的自评表" in err
    # This year's own folder is not last year: no table is compared with itself.
    assert codes(capsys, now.parent, "--last", now.parent) == {}


def test_many_files_are_compared_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The targets are read once, whatever the number of files and of processes."""
    folder = tmp_path / "各单位"
    for number in range(9):
        evaluation(folder / f"{number}.xlsx", f"项目{number}")
        approved(tmp_path / "批复" / f"{number}.xlsx", f"项目{number}", ("≥150个", "≥95%", "≥90%"))
    read: list[Path] = []

    def counted(path: Path) -> object:
        read.append(path)
        return read_book(path)

    monkeypatch.setattr("zipingbiao.table.approved.read_book", counted)
    against = read_baseline([tmp_path / "批复"])
    results = examine_paths([folder], workers=2, against=against)
    assert [[finding.code for finding in result.findings] for result in results] == [["Y203"]] * 9
    assert len(read) == 9


def test_without_anything_to_compare_results_are_the_same(tmp_path: Path) -> None:
    folder = evaluation(tmp_path / "各单位" / "甲.xlsx").parent
    assert examine_paths([folder], against=Baseline()) == examine_paths([folder])


def test_a_path_that_does_not_exist_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到"):
        read_approved([tmp_path / "无"])
    with pytest.raises(UsageError, match="找不到"):
        read_baseline(last=tmp_path / "无")


@pytest.mark.parametrize(
    ("project", "found"),
    [
        (Project("改了名", "A1"), ["一"]),
        (Project("公用 经费", unit="一小"), ["一"]),
        (Project("公用经费", "A9", unit="二小"), ["二"]),
        (Project("公用经费", unit="三小"), []),
        (Project("公用经费", department="教育局"), ["一", "二"]),
        (Project("公用经费"), ["一", "二"]),
        (Project(), []),
        (Project(unit="一小"), []),
    ],
)
def test_projects_are_found_by_code_then_name_then_unit(project: Project, found: list[str]) -> None:
    tables = [
        Known("1.xlsx", Project("公用经费", "a1", "县教育局", "第一小学一小"), "一"),
        Known("2.xlsx", Project("公用经费", "a2", "县教育局", "二小"), "二"),
    ]
    assert [known.table for known in Index(tables).of(project)] == found
