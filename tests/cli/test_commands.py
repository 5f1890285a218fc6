"""Every command as a new user meets it: right file, wrong file, pressed twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import east_asian_width

import openpyxl
import pytest

from support.handed_in import FOLDER, handed_in
from zipingbiao.book.cells import Book
from zipingbiao.cli import main
from zipingbiao.result.evaluate import Evaluator
from zipingbiao.result.file_result import FileResult


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Zpb = Callable[..., Ran]


@pytest.fixture
def zpb(capsys: pytest.CaptureFixture[str]) -> Zpb:
    def run(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        streams = capsys.readouterr()
        assert isinstance(left.value.code, int)
        assert "Traceback" not in streams.err
        return Ran(left.value.code, streams.out, streams.err)

    return run


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Seed 001 with empty score and completion columns, as a unit starts."""
    book = openpyxl.load_workbook(handed_in("001"))
    for row in book.worksheets[0].iter_rows(min_row=8, max_row=14):
        row[6].value = row[7].value = None
    target = tmp_path / "档案.xlsx"
    book.save(target)
    return target


def cell_of(ran: Ran, name: str, role: str) -> tuple[str, str]:
    rows = ran.json["files"][0]["evaluations"][0]["indicators"]
    cell: str = next(row for row in rows if row["name"] == name)["cells"][role]
    sheet, address = cell.rsplit("!", 1)
    return sheet, address


def edit(path: Path, place: tuple[str, str], value: Any) -> None:
    book = openpyxl.load_workbook(path)
    book[place[0]][place[1]] = value
    book.save(path)


def test_help_is_chinese_and_starts_with_examples(zpb: Zpb) -> None:
    for command in ((), ("check",), ("score",), ("merge",), ("demo",)):
        ran = zpb(*command, "--help")
        assert ran.status == 0
        assert "例：" in ran.out


# --- check --------------------------------------------------------------------------------------


REFERENCE = {  # total by rule, what counts, grade, weights shown, weights with implied execution
    "000": ("89.5", "89.5", "良", "100", "100"),
    "001": ("93.08", "93.08", "优", "100", "100"),
    "002": ("94.23", "94.23", "优", "85", "95"),
    "003": ("100", "98", "优", "100", "100"),
    "004": ("96.75", "96.75", "优", "100", "100"),
}


@pytest.mark.parametrize("number", REFERENCE)
def test_the_five_reference_results(zpb: Zpb, number: str) -> None:
    ran = zpb("check", handed_in(number), "--json")
    (evaluation,) = ran.json["files"][0]["evaluations"]
    keys = ("total", "adopted_total", "grade", "weights_sum", "weights_total")
    assert tuple(evaluation[key] for key in keys) == REFERENCE[number]
    assert evaluation["uncomputed"] == []
    for row in evaluation["indicators"]:
        differs = number == "003" and row["name"] == "工作人员满意度"
        if row["stated_score"] is not None and not differs:
            assert row["score"] == row["stated_score"], row["name"]


def test_json_is_the_documented_object(zpb: Zpb) -> None:
    ran = zpb("check", handed_in("002"), "--json")
    document = ran.json
    assert document["version"] == 1
    (file,) = document["files"]
    assert file["status"] == "accepted"
    assert file["why"] is None
    (evaluation,) = file["evaluations"]
    assert evaluation["form"] == "shanxi"
    assert evaluation["profile"]["name"] == "shanxi"
    assert evaluation["funds"] == {
        "initial_budget": "50", "full_year_budget": "50", "received": "50", "executed": "49.92",
        "execution_rate": "0.9984", "unit": "万元",
    }  # fmt: skip
    implied = evaluation["indicators"][-1]
    assert (implied["place"], implied["row"], implied["score"]) == ("implied", None, "9.98")
    missing = next(finding for finding in file["findings"] if finding["code"] == "W101")
    assert missing["severity"] == "error"
    assert (missing["found"], missing["expected"]) == ("95", "100")
    assert "缺5分" in missing["message"]
    assert missing["cells"][0] == missing["cell"]
    weights = [row["cells"].get("weight") for row in evaluation["indicators"]]
    assert missing["cells"][1:] == [cell for cell in weights if cell is not None]


def test_check_exits_by_severity_and_writes_nothing(zpb: Zpb, tmp_path: Path) -> None:
    for number, status in (("000", 0), ("002", 1), ("003", 0), ("004", 0)):
        copy = Path(shutil.copy(handed_in(number), tmp_path / f"{number}.xlsx"))
        before = copy.read_bytes()
        assert zpb("check", copy).status == status
        assert copy.read_bytes() == before
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".xlsx"] * 4


def test_check_takes_a_folder(zpb: Zpb) -> None:
    ran = zpb("check", FOLDER)
    assert ran.status == 1
    assert "共6个文件：已采用4、其他表1、略过1，合计6；错误" in ran.out  # build.py lies beside the five
    assert ran.err.count("：另一年度：这张表是") == 1


# --- score --------------------------------------------------------------------------------------


def test_score_fills_blank_cells_once(zpb: Zpb, archive: Path) -> None:
    first = zpb("score", archive)
    assert first.status == 0
    assert "已写入" in first.out
    after = archive.read_bytes()
    second = zpb("score", archive)
    assert "没有需要改动的单元格" in second.out
    assert archive.read_bytes() == after
    assert [file.name for file in archive.parent.iterdir() if file.suffix == ".bak"] == ["档案.xlsx.bak"]


def test_a_corrected_actual_gives_the_new_score(zpb: Zpb, archive: Path) -> None:
    zpb("score", archive)
    before = zpb("check", archive, "--json")
    score = cell_of(before, "社会公众满意度（%）", "score")
    edit(archive, cell_of(before, "社会公众满意度（%）", "actual"), "95%")
    again = zpb("score", archive, "--json").json["files"][0]
    assert {change["cell"]: change["new"] for change in again["changes"]}["!".join(score)] == "10"
    assert openpyxl.load_workbook(archive)[score[0]][score[1]].value == 10
    assert again["evaluations"][0]["total"] == "94.13"


def test_rows_inserted_above_do_not_confuse_the_memory(zpb: Zpb, archive: Path) -> None:
    zpb("score", archive)
    actual = cell_of(zpb("check", archive, "--json"), "社会公众满意度（%）", "actual")
    edit(archive, actual, "95%")
    book = openpyxl.load_workbook(archive)
    merged = [str(area) for area in book[actual[0]].merged_cells.ranges]
    for area in merged:
        book[actual[0]].unmerge_cells(area)
    book[actual[0]].insert_rows(1, 3)
    book.save(archive)
    again = zpb("score", archive, "--json").json["files"][0]
    assert again["evaluations"][0]["total"] == "94.13"
    assert "10" in {change["new"] for change in again["changes"]}


def test_what_a_person_typed_over_ours_stays(zpb: Zpb, archive: Path) -> None:
    zpb("score", archive)
    score = cell_of(zpb("check", archive, "--json"), "安装及时性", "score")
    edit(archive, score, 12)
    ran = zpb("score", archive, "--json").json["files"][0]
    assert openpyxl.load_workbook(archive)[score[0]][score[1]].value == 12
    row = next(row for row in ran["evaluations"][0]["indicators"] if row["name"] == "安装及时性")
    assert (row["stated_score"], row["score"], row["adopted"]) == ("12", "13.5", "12")


def test_recompute_replaces_typed_scores_and_the_total_in_one_go(zpb: Zpb, tmp_path: Path) -> None:
    file = Path(shutil.copy(handed_in("003"), tmp_path / "政务.xlsx"))
    assert "没有需要改动的单元格" in zpb("score", file).out
    ran = zpb("score", file, "--recompute", "--json").json["files"][0]
    assert [(change["old"], change["new"]) for change in ran["changes"]] == [("8", "10"), ("98", "100")]
    assert ran["evaluations"][0]["adopted_total"] == "100"
    assert "没有需要改动的单元格" in zpb("score", file, "--recompute").out


def test_a_total_behind_its_label_keeps_the_label(zpb: Zpb, tmp_path: Path) -> None:
    file = Path(shutil.copy(handed_in("001"), tmp_path / "档案.xlsx"))
    place = cell_of(zpb("check", file, "--json"), "安装及时性", "actual")
    edit(file, place, "100%")
    zpb("score", file, "--recompute")
    texts = [cell.value for row in openpyxl.load_workbook(file)[place[0]].iter_rows() for cell in row]
    assert "自评总分：94.58分  自评等级：优秀" in texts


def test_dry_run_writes_nothing(zpb: Zpb, archive: Path) -> None:
    before = archive.read_bytes()
    ran = zpb("score", archive, "--dry-run")
    assert "将改动" in ran.out
    assert "8.95" in ran.out
    assert archive.read_bytes() == before
    assert list(archive.parent.iterdir()) == [archive]


def test_output_leaves_the_original_alone(zpb: Zpb, archive: Path, tmp_path: Path) -> None:
    before = archive.read_bytes()
    target = tmp_path / "评分后" / "新.xlsx"
    assert zpb("score", archive, "-o", target).status == 0
    assert archive.read_bytes() == before
    assert target.is_file()
    refused = zpb("score", archive, "-o", target)
    assert refused.status == 2
    assert "已" in refused.out + refused.err


def test_one_bad_file_does_not_stop_the_others(zpb: Zpb, archive: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 nonsense")
    ran = zpb("score", bad, archive)
    assert "坏.xlsx" in ran.err
    assert "已写入" in ran.out


# --- what is no workbook --------------------------------------------------------------------------


def not_workbooks(folder: Path) -> dict[str, Path]:
    good = handed_in("000").read_bytes()
    contents = {
        "empty": b"",
        "truncated": good[: len(good) // 2],
        "text": "一级指标,分值\n产出指标,50\n".encode("gb18030"),
        "html": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "zeros": bytes(5000),
        "protected": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    }
    files = {}
    for name, content in contents.items():
        files[name] = folder / f"{name}.xlsx"
        files[name].write_bytes(content)
    plain = openpyxl.Workbook()
    assert plain.active is not None
    plain.active["A1"] = "通讯录"
    files["no table"] = folder / "通讯录.xlsx"
    plain.save(files["no table"])
    files["missing"] = folder / "没有.xlsx"
    return files


KINDS = ("empty", "truncated", "text", "html", "zeros", "protected", "no table", "missing")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", ["check", "score", "merge"])
def test_one_clear_sentence_and_exit_2(zpb: Zpb, tmp_path: Path, command: str, kind: str) -> None:
    file = not_workbooks(tmp_path)[kind]
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    more = ("-o", tmp_path / "汇总表.xlsx") if command == "merge" else ()
    ran = zpb(command, file, *more)
    assert ran.status == 2, ran
    sentences = [
        line for line in (ran.err + ran.out).splitlines() if file.name in line or "没有找到自评表" in line
    ]
    assert sentences, ran
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "arguments",
    [("nosuch",), ("score",), ("check", "--nosuch", "x"), ("score", "a.xlsx", "--profile", "nosuch")],
)
def test_wrong_usage(zpb: Zpb, arguments: tuple[str, ...], archive: Path) -> None:
    ran = zpb(*(archive if argument == "a.xlsx" else argument for argument in arguments))
    assert ran.status == 2
    assert len(ran.err.strip().splitlines()) == 1
    assert any("\u4e00" <= sign <= "\u9fff" for sign in ran.err)


# --- merge and demo -------------------------------------------------------------------------------


def test_merge_reports_each_file(zpb: Zpb, tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py"))
    (folder / "坏.xlsx").write_bytes(b"nonsense")
    out = tmp_path / "汇总表.xlsx"
    ran = zpb("merge", folder, "-o", out, "--json")
    assert ran.status == 1
    assert sorted(file["status"] for file in ran.json["files"]) == [
        *["accepted"] * 4,
        "rejected",
        "skipped",
    ]
    assert openpyxl.load_workbook(out).sheetnames == [
        *[
            "汇总表（上报）",
            "部门汇总",
            "统计",
            "待认定",
            "底稿",
            "指标明细",
            "问题清单",
            "文件清单",
            "图表数据",
        ]
    ]


def test_merge_never_overwrites_somebody_elses_file(zpb: Zpb, tmp_path: Path) -> None:
    theirs = tmp_path / "汇总表.xlsx"
    shutil.copy(handed_in("000"), theirs)
    before = theirs.read_bytes()
    ran = zpb("merge", FOLDER, "-o", theirs)
    assert ran.status == 2
    assert theirs.read_bytes() == before
    ours = tmp_path / "我们的.xlsx"
    assert zpb("merge", FOLDER, "-o", ours).status == 1
    assert zpb("merge", FOLDER, "-o", ours).status == 1


def test_demo_twice(zpb: Zpb, tmp_path: Path) -> None:
    folder = tmp_path / "试用"
    first = zpb("demo", folder)
    assert first.status == 0
    for total in ("89.5", "93.08", "94.23", "100", "96.75"):
        assert f"核算总分 {total}" in first.out
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert (folder / "汇总表.xlsx").is_file()
    second = zpb("demo", folder)
    assert second.status == 0
    assert "试用-2" in second.out
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_fault_of_ours_ends_one_file_only(
    zpb: Zpb,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:

    other = Path(shutil.copy(handed_in("000"), tmp_path / "党建.xlsx"))

    evaluated = Evaluator.evaluate

    def breaks(self: Evaluator, book: Book) -> FileResult:
        if book.path.endswith("党建.xlsx"):
            raise RuntimeError("我们的错")
        return evaluated(self, book)

    monkeypatch.setattr(Evaluator, "evaluate", breaks)
    with pytest.raises(SystemExit) as left:
        main(["score", str(other), str(archive)])
    assert left.value.code == 3
    assert "程序自身出错" in capsys.readouterr().err
    assert (
        zpb("check", archive, "--json").json["files"][0]["evaluations"][0]["indicators"][0]["stated_score"]
        is None
    )
    assert openpyxl.load_workbook(archive).worksheets[0]["H8"].value == 9.93


@pytest.mark.parametrize("command", [["check", ""], ["new", ""], ["demo", ""], ["score", "a.xlsx", "-o", ""]])
def test_an_empty_argument_is_no_folder(zpb: Zpb, command: list[str]) -> None:
    ran = zpb(*command)
    assert (ran.status, ran.out) == (2, "")
    assert "参数是空的" in ran.err


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["new", "a.xlsx", "--form", "foo"], "选项“--form”的值不对，可以是 shanxi、national"),
        (["merge", "x", "--workers", "99"], "应为 1 到 64 的整数"),
        (["score", "--profile"], "选项“--profile”的用法不对"),
        (["explain", "W101", "W102"], "参数太多"),
        (["profile", "check"], "缺少参数“文件”，请用 zpb profile check --help"),
    ],
)
def test_wrong_usage_is_told_in_chinese(zpb: Zpb, command: list[str], told: str) -> None:
    ran = zpb(*command)
    assert ran.status == 2
    assert told in ran.err


def test_what_the_system_refuses_is_no_fault_of_ours(zpb: Zpb, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", "utf-8")
    ran = zpb("demo", tmp_path / "文件" / "里面")
    assert ran.status == 2
    assert "无法读写" in ran.err


def test_our_own_summary_is_never_scored_or_repaired(zpb: Zpb, tmp_path: Path) -> None:
    summary = tmp_path / "汇总表.xlsx"
    zpb("merge", handed_in("001"), "-o", summary)
    before = summary.read_bytes()
    scored = zpb("score", summary, "--json")
    assert (scored.status, scored.json["files"][0]["status"]) == (2, "skipped")
    assert zpb("fix", summary).status == 2
    assert summary.read_bytes() == before


@pytest.mark.parametrize("command", ["score", "fix", "undo"])
def test_a_copy_keeps_its_kind(zpb: Zpb, archive: Path, command: str) -> None:
    for name in ("另存.xls", "另存.xlsm", "另存.docx"):
        ran = zpb(command, archive, "-o", archive.with_name(name))
        assert ran.status == 2
        assert "应以 .xlsx 结尾" in ran.err
        assert not archive.with_name(name).exists()


def test_what_has_no_suffix_is_a_folder_for_one_file_too(zpb: Zpb, archive: Path) -> None:
    zpb("score", archive, "-o", archive.parent / "已评分")
    assert (archive.parent / "已评分" / archive.name).is_file()


def test_an_empty_folder_is_told(zpb: Zpb, tmp_path: Path) -> None:
    assert "没有找到文件" in zpb("check", tmp_path).err
    assert "没有找到文件" in zpb("merge", tmp_path, "-o", tmp_path / "a.xlsx").out


def test_without_stderr_a_command_still_ends(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr", None)  # pythonw, or 2>&-
    with pytest.raises(SystemExit) as left:
        main(["check", str(archive)])
    assert left.value.code in {0, 1}
    assert archive.name in capsys.readouterr().out


def test_columns_of_the_help_stand_below_each_other(zpb: Zpb) -> None:
    lines = zpb("check", "--help").out.splitlines()
    starts = {
        columns(line[: line.index(text)])
        for line in lines
        for text in ("批复的", "上年自评表", "评分规则的名称", "结果以 JSON", "显示本说明")
        if text in line
    }
    assert len(starts) == 1
    assert max(map(columns, lines)) <= 80


def columns(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


@pytest.mark.parametrize("name", ["national-2020", "hubei", "sichuan", "capped"])
def test_a_new_profile_can_be_checked_and_used_at_once(zpb: Zpb, tmp_path: Path, name: str) -> None:
    file = tmp_path / "本县.yaml"
    assert zpb("profile", "new", file, "--from", name).status == 0
    assert zpb("profile", "check", file).status == 0
    assert (
        zpb("check", handed_in("000"), "--profile", file, "--json").json["files"][0]["evaluations"][0][
            "profile"
        ]["name"]
        == "本县"
    )


def test_a_new_profile_never_replaces_a_file(zpb: Zpb, tmp_path: Path) -> None:
    file = tmp_path / "本县.yaml"
    file.write_text("改过的", "utf-8")
    ran = zpb("profile", "new", file)
    assert (ran.status, file.read_text("utf-8")) == (2, "改过的")
    assert "已经有了，没有改动它" in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["本县.txt"], "应以 .yaml 结尾"),
        (["没有这个文件夹/本县.yaml"], "请检查文件夹是否存在"),
        (["本县.yaml", "--from", "hebei"], "没有名为“hebei”的评分规则"),
    ],
)
def test_a_new_profile_that_cannot_be_written_is_told(
    zpb: Zpb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = zpb("profile", "new", *arguments)
    assert ran.status == 2
    assert told in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_top_grade_is_one_word_per_form_and_one_grade_in_the_totals(zpb: Zpb, tmp_path: Path) -> None:
    """Shanxi prints 优秀, the national form 优; a county counts both together."""
    files, out = [next(FOLDER.glob("001-*.xlsx")), tmp_path / "003.xlsx"], tmp_path / "汇总表.xlsx"
    book = openpyxl.load_workbook(next(FOLDER.glob("003-*.xlsx")))
    book["项目支出绩效自评表"]["A2"] = "（2021年度）"  # a summary is of one year
    book.save(files[1])
    shanxi, national = (zpb("check", file).out for file in files)
    assert "等级 优秀，" in shanxi
    assert "等级 优，" in national
    zpb("merge", *files, "-o", out)
    book = openpyxl.load_workbook(out)
    rows = [*book["汇总表（上报）"].iter_rows(values_only=True), *book["底稿"].iter_rows(values_only=True)]
    words = {word for row in rows for word in row if isinstance(word, str)}
    assert {"优", "优秀"} & words == {"优"}
    heads, total = list(book["部门汇总"].iter_rows(4, 5, values_only=True))
    assert total[heads.index("优")] == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("scroe", "表.xlsx"), "没有“scroe”这个命令，您是要 score 吗，请用 zpb --help 查看用法。"),
        (("score", "--recomput", "表.xlsx"), "没有“--recomput”这个选项，您是要 --recompute 吗，"),
        (("完全不同",), "没有“完全不同”这个命令，请用 zpb --help 查看用法。"),
    ],
)
def test_a_slip_of_the_finger_is_answered_with_what_was_meant(
    zpb: Zpb, typed: tuple[str, ...], said: str
) -> None:
    ran = zpb(*typed)
    assert ran.status == 2
    assert said in ran.err


def test_a_copy_without_a_change_is_said_to_be_one(zpb: Zpb, archive: Path) -> None:
    first, second = archive.with_name("一.xlsx"), archive.with_name("二.xlsx")
    zpb("score", archive, "-o", first)
    assert zpb("score", first, "-o", second).out.splitlines()[-1] == f"内容没有变化，已另存为 {second}。"
    assert second.read_bytes() == first.read_bytes()
