"""The ledger: every file that a bureau receives has a line, counts once, and its reason says what to do."""

from __future__ import annotations

import json
import random
import string
from collections import Counter
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zipingbiao as z
from support.budget import drawn, often
from support.handed_in import FILES
from support.old_excel import compound
from support.sent import DOC, EXE, JPG, MP4, PDF, document, packed, put, rows, workbook
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.summary.settle import settle
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.json import ledger_json
from zipingbiao.result.said import ledger_sum

BLANK = """项目支出绩效自评表
项目名称|
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额||||10||
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|指标1：
|质量指标|……
总分|||||100"""
TABLE = workbook(rows())
OTHER = workbook(rows("宣传培训经费", executed="80"))


def merged(folder: Path, files: Mapping[str, bytes]) -> MergeResult:
    put(folder / "收文", files)
    return z.merge(folder / "收文", folder / "汇总表.xlsx", details=True, workers=1)


def statuses(results: MergeResult | tuple[FileResult, ...], folder: Path) -> dict[str, str]:
    """Status by the path below the folder of what was received."""
    found = results.results if isinstance(results, MergeResult) else results
    return {Path(one.path).relative_to(folder / "收文").as_posix(): one.status.label for one in found}


def why(result: MergeResult, name: str) -> str:
    return next(one.why or "" for one in result.records if one.path.endswith(name))


# --- one folder of the county each -----------------------------------------------------------------


def test_an_archive_and_what_is_in_it_have_lines(tmp_path: Path) -> None:
    """county/01: the table in the zip was never mentioned. Its name is in GBK, as Chinese programs write it."""
    files = {"教育局.zip": packed({"宣传培训经费.xlsx": OTHER}, gbk=True), "有一个.xlsx": TABLE}
    result = merged(tmp_path, files)
    assert statuses(result, tmp_path) == {
        "教育局.zip": "压缩包", "教育局.zip/宣传培训经费.xlsx": "已采用", "有一个.xlsx": "已采用",
    }  # fmt: skip
    assert [row.name for row in result.summary.projects()] == ["宣传培训经费", "校舍维修改造"]
    assert "共3个文件、1个包内文件：已采用2、压缩包1，合计3" in result.lines()


def test_the_attachments_of_a_mail_have_lines(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Date"] = "a@b.invalid", "Thu, 20 Feb 2025 09:30:00 +0800"
    made.set_content("附件请查收。")
    for name, data in (("宣传培训经费.xlsx", OTHER), ("盖章扫描件.pdf", PDF)):
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    result = merged(tmp_path, {"教育局/转发：绩效自评.eml": made.as_bytes()})
    assert statuses(result, tmp_path) == {
        "教育局/转发：绩效自评.eml": "压缩包",
        "教育局/转发：绩效自评.eml/宣传培训经费.xlsx": "已采用",
        "教育局/转发：绩效自评.eml/盖章扫描件.pdf": "附件",
    }


def test_a_mail_without_attachments_says_so(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "a@b.invalid", "c@d.invalid", "Thu, 20 Feb 2025 09:30:00 +0800"
    made.set_content("自评表已上传网盘。")
    result = merged(tmp_path, {"教育局/绩效自评.eml": made.as_bytes(), "有一个.xlsx": TABLE})
    assert statuses(result, tmp_path) == {"教育局/绩效自评.eml": "无法读取", "有一个.xlsx": "已采用"}
    assert why(result, "绩效自评.eml").startswith("邮件没有附件，正文没有读取")


def test_an_outlook_mail_says_what_to_do(tmp_path: Path) -> None:
    data = compound({"__properties_version1.0": bytes(600)})
    result = merged(tmp_path, {"教育局/转发.msg": data})
    assert why(result, "转发.msg") == "是 Outlook 邮件，附件没有读取，请打开邮件，把附件另存后再提供。"


def test_a_document_counts_where_no_workbook_does(tmp_path: Path) -> None:
    """county/02: Word, PDF and an archive that nobody here can open were never mentioned."""
    files = {
        "有一个.xlsx": TABLE,
        "宣传培训经费.docx": document(rows("宣传培训经费", executed="80")),
        "宣传培训经费扫描.pdf": PDF,
        "材料.rar": b"Rar!\x1a\x07\x00" + bytes(99),
    }
    result = merged(tmp_path, files)
    assert statuses(result, tmp_path) == {
        "有一个.xlsx": "已采用", "宣传培训经费.docx": "已采用", "宣传培训经费扫描.pdf": "附件", "材料.rar": "无法读取",
    }  # fmt: skip
    assert "请右键解压后再汇总" in why(result, "材料.rar")


def test_of_one_table_in_two_kinds_the_workbook_counts(tmp_path: Path) -> None:
    files = {"a/校舍.xlsx": TABLE, "a/校舍维修改造.docx": document(rows())}
    result = merged(tmp_path, files)
    assert statuses(result, tmp_path) == {"a/校舍.xlsx": "已采用", "a/校舍维修改造.docx": "附件"}
    assert "与“校舍.xlsx”是同一张表" in why(result, ".docx")
    assert len(list(result.summary.projects())) == 1


def test_another_figure_in_the_document_is_no_attachment(tmp_path: Path) -> None:
    files = {"校舍.xlsx": TABLE, "校舍.docx": document(rows(executed="70"))}
    assert set(statuses(merged(tmp_path, files), tmp_path).values()) == {"已采用"}


def test_a_blank_form_is_no_project(tmp_path: Path) -> None:
    """county/10."""
    empty = [line.split("|") for line in BLANK.split("\n")]
    result = merged(tmp_path, {"校舍维修改造.xlsx": TABLE, "空表.xlsx": workbook(empty)})
    assert statuses(result, tmp_path) == {"校舍维修改造.xlsx": "已采用", "空表.xlsx": "未填写"}
    assert "请填写后再报送" in why(result, "空表.xlsx")


@pytest.mark.parametrize(
    "copy", ["校舍维修改造 - 副本.xlsx", "校舍维修改造(2).xlsx", "复制 校舍维修改造.xlsx"]
)
def test_the_copy_is_skipped_and_not_the_original(tmp_path: Path, copy: str) -> None:
    """county/13: the copy comes first in the order of names, and counted."""
    result = merged(tmp_path, {copy: TABLE, "校舍维修改造.xlsx": TABLE})
    assert statuses(result, tmp_path) == {copy: "略过", "校舍维修改造.xlsx": "已采用"}


def test_a_file_goes_before_its_double_in_an_archive(tmp_path: Path) -> None:
    result = merged(tmp_path, {"a.zip": packed({"表.xlsx": TABLE}), "b/表.xlsx": TABLE})
    assert statuses(result, tmp_path) == {"a.zip": "压缩包", "a.zip/表.xlsx": "略过", "b/表.xlsx": "已采用"}


# --- what comes along with a table -----------------------------------------------------------------


def test_evidence_in_the_folder_of_a_unit_is_attached(tmp_path: Path) -> None:
    files = {
        "教育局/校舍维修改造.xlsx": TABLE,
        "教育局/校舍维修改造（盖章扫描件）.pdf": PDF,
        "教育局/佐证材料/屋顶1.jpg": JPG,
        "教育局/佐证材料/竣工验收报告.pdf": PDF,
        "教育局/自评报告.docx": document([], "项目实施情况良好。"),
        "教育局/屋顶.jpg": JPG,
        "教育局/施工.mp4": MP4,
        "教育局/扫描件.pdf": PDF,
        "教育局/教育局校舍维修改造项目（盖章）.pdf": PDF,
        "教育局/校舍维修改造.doc": DOC,
    }
    found = statuses(merged(tmp_path, files), tmp_path)
    assert found.pop("教育局/校舍维修改造.xlsx") == "已采用"
    assert set(found.values()) == {"附件"}


ROSTER = workbook(
    [["补助发放花名册"], ["序号", "姓名", "学校", "补助金额（元）"], ["1", "张某", "一小", "500"]]
)
PROGRESS = workbook(
    [["项目进度表"], ["项目", "年初预算数", "全年执行数", "完成率"], ["甲", "100", "90", "90%"]]
)
UNKNOWN = workbook([["绩效自评情况"], ["三级指标", "说明"], ["完成数量", "已完成"]])


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("教育局/佐证材料/花名册.xlsx", ROSTER, "附件"),
        ("教育局/佐证材料/进度.xlsx", PROGRESS, "附件"),
        ("教育局/补助发放花名册.xlsx", ROSTER, "附件"),
        # Near misses: it may be a form that we do not understand, or the table of another project.
        ("教育局/佐证材料/材料.xlsx", UNKNOWN, "无法读取"),
        ("教育局/进度.xlsx", PROGRESS, "无法读取"),
        ("卫健局/花名册.xlsx", ROSTER, "无法读取"),
    ],
)
def test_a_workbook_without_a_table_may_be_evidence(
    tmp_path: Path, name: str, data: bytes, status: str
) -> None:
    found = merged(tmp_path, {"教育局/校舍维修改造自评表.xlsx": TABLE, name: data})
    assert statuses(found, tmp_path)[name] == status


def test_what_is_named_after_a_project_belongs_to_its_table(tmp_path: Path) -> None:
    """A report, and a folder of its own for what proves the results: both are nearly always sent along."""
    meeting = workbook(rows("会议系统新建", executed="80"))  # 会议 alone is a word of evidence
    files = {
        "教育局/校舍维修改造.xlsx": TABLE,
        "教育局/会议系统新建.xlsx": meeting,
        "教育局/校舍维修改造绩效自评报告.docx": document([], "校舍维修改造绩效自评报告"),
        "教育局/会议系统新建自评报告.docx": document([], "会议系统新建绩效自评报告"),
        "教育局/校舍维修改造佐证材料/现场照片1.jpg": JPG,
        "教育局/会议系统新建佐证材料/采购合同.pdf": PDF,
        "教育局/校舍维修改造/扫描件.pdf": PDF,
        "教育局/图书购置佐证材料/采购合同.pdf": PDF,  # a project without a table
        "教育局/教学系统新建自评报告.docx": document([], "教学系统新建绩效自评报告"),
    }
    found = statuses(merged(tmp_path, files), tmp_path)
    alone = {found.pop("教育局/图书购置佐证材料/采购合同.pdf"), found.pop("教育局/教学系统新建自评报告.docx")}
    assert alone == {"无法读取"}
    assert {name for name, status in found.items() if status == "已采用"} == {
        "教育局/校舍维修改造.xlsx", "教育局/会议系统新建.xlsx",
    }  # fmt: skip
    assert set(found.values()) == {"已采用", "附件"}


def test_amounts_are_added_to_the_last_fen(tmp_path: Path) -> None:
    """Rounded to 元 one by one, they would be 0.0001万元 too many."""
    files = {}
    for name in ("甲", "乙", "丙"):
        cells = rows(f"{name}项目", executed="0")
        cells[5][2] = "100.000033"  # 1000000.33元
        files[f"{name}.xlsx"] = workbook(cells)
    (section,) = merged(tmp_path, files).summary.sections
    assert str(section.total.full_year_budget) == "300.000099"


def test_a_whole_department_is_told_by_its_name_in_the_ledger(tmp_path: Path) -> None:
    cells = [["部门整体支出绩效自评表"], ["（2025年度）"], ["部门名称", "教育局"], *rows()[4:]]
    (line,) = ledger_json(merged(tmp_path, {"整体.xlsx": workbook(cells)}).results)
    assert (line["status"], line["projects"]) == ("accepted", ["教育局"])


def test_what_may_be_all_that_a_unit_sent_is_no_attachment(tmp_path: Path) -> None:
    files = {
        "教育局/校舍维修改造.xlsx": TABLE,
        "教育局/图书购置自评表扫描.pdf": PDF,  # another project of the same department
        "教育局/图书购置.doc": DOC,
        "教育局/校舍维修改造二期.pdf": PDF,
        "民政局/自评表.pdf": PDF,  # nothing else in its folder
        "水利局/河道.jpg": JPG,
        "1/扫描.pdf": PDF,  # beside 教育局, not in it
        "slj/a.pdf": PDF,
        "教育局/客运补贴.xlsx": JPG,  # a photograph of its table under the name of a workbook
    }
    result = merged(tmp_path, files)
    found = statuses(result, tmp_path)
    assert found.pop("教育局/校舍维修改造.xlsx") == "已采用"
    assert set(found.values()) == {"无法读取"}
    assert why(result, "民政局/自评表.pdf") == "这是 PDF，读不出数据；请另报 Excel 自评表，扫描件留作附件。"


def test_scans_in_a_folder_beside_that_of_the_workbooks_are_attached(tmp_path: Path) -> None:
    files = {
        "教育局/Excel版/校舍.xlsx": TABLE,
        "教育局/盖章扫描件/校舍.pdf": PDF,
        "教育局/盖章扫描件/图书购置.pdf": PDF,
        "教育局/佐证材料.zip": packed({"照片/屋顶.jpg": JPG}),
    }
    found = statuses(merged(tmp_path, files), tmp_path)
    assert found["教育局/盖章扫描件/校舍.pdf"] == "附件"
    assert found["教育局/佐证材料.zip/照片/屋顶.jpg"] == "附件"
    assert found["教育局/盖章扫描件/图书购置.pdf"] == "无法读取"


def test_a_scan_in_a_folder_of_several_departments_needs_its_own_table(tmp_path: Path) -> None:
    files = {
        "一.xlsx": TABLE, "二.xlsx": workbook(rows("低保", department="民政局")), "扫描件.pdf": PDF, "低保扫描.pdf": PDF,
    }  # fmt: skip
    found = statuses(merged(tmp_path, files), tmp_path)
    assert (found["扫描件.pdf"], found["低保扫描.pdf"]) == ("无法读取", "附件")
    named = {
        "一.xlsx": TABLE,
        "二.xlsx": workbook(rows("农村低保补助", department="民政局")),
        "农村低保补助扫描.pdf": PDF,
    }
    assert statuses(merged(tmp_path / "又", named), tmp_path / "又")["农村低保补助扫描.pdf"] == "附件"


def test_what_is_no_table_costs_nothing_and_says_what_it_is(tmp_path: Path) -> None:
    files = {"工具.exe": EXE, "说明.txt": "请查收".encode("gb18030"), "会议.mp4": MP4, "a.py": b"import os\n"}
    result = merged(tmp_path, files)
    assert set(statuses(result, tmp_path).values()) == {"其他表"}
    assert "来历不明的程序请勿运行" not in why(result, "说明.txt")
    assert all(record.why and record.why.endswith("。") for record in result.records)


def test_the_letter_that_comes_with_the_tables_is_no_missing_table(tmp_path: Path) -> None:
    """函、通知是公文；自评报告、带有看不懂的表的公文仍要请人看。"""
    letter = ("云川县交通局", "关于报送2025年度绩效自评材料的函", "县财政局：现报送自评材料。")
    files = {
        "交通局/函.docx": document([], *letter),
        "交通局/通知.docx": document([], "关于开展2025年度绩效自评工作的通知", "各单位："),
        "交通局/报告.docx": document([], "关于农村公路养护项目绩效自评的报告", "一、项目概况"),
        "交通局/函（附表）.docx": document([["指标", "得分"], ["甲", "好"]], *letter),
        "交通局/公路段/养护.xlsx": workbook(rows()),
    }
    result = merged(tmp_path, files)
    assert {name: status for name, status in statuses(result, tmp_path).items() if "docx" in name} == {
        "交通局/函.docx": "其他表",
        "交通局/通知.docx": "其他表",
        "交通局/报告.docx": "无法读取",
        "交通局/函（附表）.docx": "无法读取",
    }
    assert why(result, "交通局/函.docx") == "这是公文，不是自评表，没有评分，也不汇总。"


def test_only_the_first_bytes_of_a_large_film_are_read(tmp_path: Path) -> None:
    film = tmp_path / "会议.mp4"
    with film.open("wb") as file:
        file.write(MP4)
        file.truncate(3_000_000_000)  # sparse
    (result,) = z.check(film)
    assert (result.status, result.kind) == (Status.OTHER, "video")


# --- archives --------------------------------------------------------------------------------------


def test_members_are_examined_like_files(tmp_path: Path) -> None:
    inner = packed({"表.xlsx": TABLE, "~$表.xlsx": b"lock"})
    files = {
        "局.zip": packed(
            {"内层.zip": inner, "照片/1.jpg": JPG, "坏.xlsx": b"PK\x03\x04broken", "__MACOSX/._表.xlsx": b"x"}
        ),
        "汇总.docx": document(rows("宣传培训经费")),
    }
    result = merged(tmp_path, files)
    assert statuses(result, tmp_path) == {
        "局.zip": "压缩包", "局.zip/内层.zip": "压缩包", "局.zip/内层.zip/表.xlsx": "已采用",
        "局.zip/内层.zip/~$表.xlsx": "略过", "局.zip/照片/1.jpg": "无法读取", "局.zip/坏.xlsx": "无法读取",
        "局.zip/__MACOSX/._表.xlsx": "略过", "汇总.docx": "已采用",
    }  # fmt: skip


def test_photographs_beside_the_table_in_an_archive_are_attached(tmp_path: Path) -> None:
    result = merged(tmp_path, {"局.zip": packed({"表.xlsx": TABLE, "照片/1.jpg": JPG})})
    assert statuses(result, tmp_path)["局.zip/照片/1.jpg"] == "附件"


def test_a_member_shows_in_sheet_json_and_frame_where_it_lies(tmp_path: Path) -> None:
    files = {"甲/局.zip": packed({"内/表.xlsx": TABLE}), "乙/有.xlsx": OTHER}
    result = merged(tmp_path, files)
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["文件清单"]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert shown == [
        ["序号", "文件夹", "文件", "包内文件", "类型", "状态", "原因", "项目", "金额", "批次"],
        [1, "乙", "有.xlsx", None, "xlsx", "已采用", None, "宣传培训经费", 100, None],
        [2, "甲", "局.zip", None, "zip", "压缩包", "其中的1个文件已逐一列出。", None, None, None],
        [3, "甲", "局.zip", "内/表.xlsx", "xlsx", "已采用", None, "校舍维修改造", 100, None],
    ]
    assert sheet["A1"].value == "共3个文件、1个包内文件：已采用2、压缩包1，合计3"
    links = [sheet.cell(row, 3).hyperlink for row in (3, 4, 5)]
    assert [link and link.target for link in links] == [
        r"收文\乙\有.xlsx", r"收文\甲\局.zip", r"收文\甲\局.zip",
    ]  # fmt: skip
    archive = str(tmp_path / "收文" / "甲" / "局.zip")
    line = list(ledger_json(result.results))[2]
    assert (line["path"], line["member"], line["projects"]) == (archive, "内/表.xlsx", ["校舍维修改造"])
    frame = z.frame(result).ledger
    assert list(frame["status"]) == ["accepted", "archive", "accepted"]
    assert list(frame["file"]) == ["乙/有.xlsx", "甲/局.zip", "甲/局.zip/内/表.xlsx"]


def test_files_in_memory_have_the_same_ledger(tmp_path: Path) -> None:
    files = {"局.zip": packed({"内.zip": packed({"表.xlsx": TABLE})}), "涉密.xlsx": TABLE, "1.jpg": JPG}
    _, in_memory = z.merge(files, details=True)
    assert ledger_sum(in_memory.records) == ledger_sum(merged(tmp_path, files).records)


@pytest.mark.parametrize("workers", [2, 3])
def test_the_number_of_workers_changes_nothing(tmp_path: Path, workers: int) -> None:
    tables = {f"{n}/表.xlsx": workbook(rows(f"项目{n}")) for n in range(9)}
    put(tmp_path / "收文", {"局.zip": packed({**tables, "内.zip": packed(tables)}), **tables})
    outs = [tmp_path / f"{number}.xlsx" for number in (1, workers)]
    results = [
        z.merge(tmp_path / "收文", out, details=True, workers=number, cache=False)
        for out, number in zip(outs, (1, workers), strict=True)
    ]
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert list(results[0].results) == list(results[1].results)
    assert Counter(record.status.value for record in results[0].records) == {
        "accepted": 9,
        "skipped": 18,
        "archive": 2,
    }


def test_members_that_take_too_long_cost_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each member has the time of a file; one that ends its process has its line, with its name."""
    monkeypatch.setattr("zipingbiao.batch.processes.SECONDS_PER_FILE", 0.0)
    monkeypatch.setattr("zipingbiao.batch.processes.SECONDS_PER_FURTHER_FILE", 0.0)
    monkeypatch.setattr("zipingbiao.batch.processes.is_usual", lambda _: True)  # its list is read here
    members = {f"{number}.xlsx": TABLE for number in range(9)}
    result = z.merge(
        put(tmp_path / "收文", {"局.zip": packed(members)}), tmp_path / "汇总表.xlsx", details=True, workers=2
    )
    assert [record.member for record in result.records] == ["", *members]
    assert {record.why for record in result.records[1:]} <= {
        "读取超过 0 秒，已停止；请检查文件是否异常庞大，或重新获取原文件。"
    }


def test_archives_in_archives_share_one_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zipingbiao.batch.inside.MEMBERS", 5)
    inner = packed({str(number): b"" for number in range(3)})
    result = merged(tmp_path, {"局.zip": packed({"1.zip": inner, "2.zip": inner}), "表.xlsx": TABLE})
    found = statuses(result, tmp_path)
    assert (found["局.zip/1.zip"], found["局.zip/2.zip"]) == ("压缩包", "无法读取")
    assert "请核实来源" in why(result, "2.zip")


def test_archives_too_deep_in_archives_are_not_opened(tmp_path: Path) -> None:
    data = packed({"表.xlsx": TABLE})
    for number in (3, 2, 1):
        data = packed({f"{number}.zip": data})
    result = merged(tmp_path, {"局.zip": data, "表.xlsx": OTHER})
    assert statuses(result, tmp_path)["局.zip/1.zip/2.zip/3.zip"] == "无法读取"
    assert "套了3层以上" in why(result, "3.zip")


def test_check_has_the_ledger_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from zipingbiao.cli import main

    put(tmp_path / "收文", {"局.zip": packed({"表.xlsx": TABLE}), "1.jpg": JPG})
    for flags in ([], ["--json"]):
        with pytest.raises(SystemExit):
            main(["check", str(tmp_path / "收文"), *flags])
    text, _, document = capsys.readouterr().out.partition("{")
    assert "共3个文件、1个包内文件：已采用1、无法读取1、压缩包1，合计3；错误" in text
    ledger: list[dict[str, Any]] = json.loads("{" + document)["ledger"]
    assert [(line["member"], line["kind"], line["status"]) for line in ledger] == [
        (None, "picture", "rejected"), (None, "zip", "archive"), ("表.xlsx", "xlsx", "accepted"),
    ]  # fmt: skip


def test_a_line_that_is_lost_is_our_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "收文", {"一.xlsx": TABLE, "二.xlsx": OTHER})
    monkeypatch.setattr("zipingbiao.batch.recorded.settle", lambda records: settle(records)[1:])
    with pytest.raises(RuntimeError, match="2 files"):
        z.merge(tmp_path / "收文", tmp_path / "汇总表.xlsx", details=True)
    assert not (tmp_path / "汇总表.xlsx").exists()


# --- drawn: whatever lies in a tree ----------------------------------------------------------------

NAMES = (
    "校舍维修改造",
    "(2)",
    " - 副本",
    "佐证材料",
    "扫描",
    "~$",
    "../..",
    "=1+1",
    "C:\\",
    "\u202e",
    "教育局",
    "（机密）",
    "%2f",
)
ENDINGS = (".xlsx", ".XLS", ".pdf", ".jpg", ".zip", ".docx", ".rar", ".bak", "", ".txt", ".mp4", ".7z")
CONTENTS = (
    TABLE,
    OTHER,
    FILES[2].read_bytes(),
    PDF,
    JPG,
    MP4,
    EXE,
    DOC,
    b"",
    b"text",
    b"\0" * 9,
    b"PK\x03\x04",
    b"Rar!",
)


def tree(draw: random.Random, depth: int = 0) -> dict[str, bytes]:
    """A hostile folder: names of every kind with contents of every other, archives within archives."""
    files = {}
    for _ in range(draw.randint(1, 5)):
        name = "".join(draw.choices(NAMES, k=draw.randint(1, 3))) + draw.choice(ENDINGS)
        archive = depth < 4 and draw.random() < 0.3
        files[name] = (
            packed(tree(draw, depth + 1), gbk=draw.random() < 0.5) if archive else draw.choice(CONTENTS)
        )
    return files


def clean(name: str) -> str:
    """A name that a disk takes."""
    return "".join("_" if sign in '/\\:"\0' else sign for sign in name).strip(". ") or "x"


@drawn
@settings(max_examples=often(12, 400), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_ledger_adds_up_whatever_is_sent(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    draw = random.Random(seed)
    folder = tmp_path_factory.mktemp("收")
    sent = {clean(name) + draw.choice(string.ascii_letters): data for name, data in tree(draw).items()}
    put(folder / "收文", {f"{draw.choice(['甲', '乙', '涉密'])}/{name}": data for name, data in sent.items()})
    before = sorted(path for path in folder.rglob("*"))
    results = z.check(folder / "收文", workers=1)
    on_disk = [path for path in (folder / "收文").rglob("*") if path.is_file()]
    assert sum(not result.member for result in results) == len(on_disk)
    assert sum(bool(result.member) for result in results) == sum(len(result.members) for result in results)
    paths = Counter(result.path for result in results if result.status is not Status.SECRET)
    assert max(paths.values(), default=1) == 1
    assert all(result.why for result in results if result.status is not Status.ACCEPTED)
    assert not any(result.faults for result in results)
    assert [result.path for result in results if ".." in Path(result.path).parts] == []
    assert [result.path for result in results if "机密" in str(result)] == []
    assert sorted(path for path in folder.rglob("*")) == before
