"""涉密: never opened, never kept, never named; 非涉密 is read like any other file."""

from __future__ import annotations

import io
import logging
import zipfile
from pathlib import Path

import pytest

import zipingbiao as z
from support.old_excel import compound, record, stream, text
from support.other_kinds import binary_workbook, ods_with_head
from support.sent import document, headed, packed, put, rows, workbook
from zipingbiao.batch import run
from zipingbiao.batch.merged import MergeResult
from zipingbiao.book.cells import Cell, CellClass, Grid
from zipingbiao.book.unpack import Archive, Source
from zipingbiao.cli import main
from zipingbiao.result.file_result import Status
from zipingbiao.values.secrecy import HIDDEN, is_secret_mark, is_secret_name

CODENAME = "磐石工程"
"""The name of a secret project: it must not be found anywhere in what we say or write."""
GRID = Grid(
    "自评表",
    {
        (row, column): Cell(said, CellClass.TEXT)
        for row, line in enumerate(rows(CODENAME), 1)
        for column, said in enumerate(line, 1)
        if said
    },
)
SECRET_TABLE = workbook(rows(CODENAME, top="机密★10年"))
OPEN_TABLE = workbook(rows("校舍维修改造"))


@pytest.mark.parametrize(
    "name",
    [
        "涉密项目自评表（机密）.xlsx", "涉 密.docx", "某项目（机密）.xlsx", "某项目[秘密].doc", "【绝密】名单.pdf",
        "秘密★1年.pdf", "（秘密★１年）采购.docx", "机密", "机密文件", "秘密-采购.xlsx", "绝密资料", "絕密.xlsx",
        "涉密信息系统建设.xlsx", "涉密人员培训（机密）.xlsx", "涉\u200b密.xlsx", "机密★.xlsx", "密级机密.xlsx",
    ],
)  # fmt: skip
def test_a_name_that_says_so(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "非涉密项目.xlsx", "公开（不涉密）.xlsx", "保密宣传经费.xlsx", "涉密人员保密教育培训.xlsx", "保密局自评表.xlsx",
        "商业秘密保护.xlsx", "不含涉密内容.xlsx", "是否涉密审查表.docx", "机密性测评.xlsx", "已解密（原涉密）说明"[:3],
    ],
)  # fmt: skip
def test_a_name_that_only_speaks_of_it(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize("text", ["秘密★1年", "机密", "绝密★", "密级：秘密", "机 密 ★ 长期", "是否涉密：是"])
def test_a_mark(text: str) -> None:
    assert is_secret_mark(text)


@pytest.mark.parametrize(
    "text", ["", "密级：公开", "是否涉密：否", "国家秘密", "秘密花园", "保密", "非涉密", "机密★" + "字" * 40]
)
def test_no_mark(text: str) -> None:
    assert not is_secret_mark(text)


def merged(folder: Path) -> MergeResult:
    return z.merge(folder / "收文", folder / "汇总表.xlsx", workers=1)


def everything(folder: Path, result: MergeResult, capsys: pytest.CaptureFixture[str]) -> str:
    """All that we said and wrote of a batch: workbook, records, lines, JSON, what ``check`` prints."""
    said = [repr(result), *result.lines(), repr(z.frame(result))]
    for command in (["check"], ["check", "--json"]):
        with pytest.raises(SystemExit):
            main([*command, str(folder / "收文")])
        shown = capsys.readouterr()
        said += [shown.out, shown.err]
    if result.out is not None:
        with zipfile.ZipFile(io.BytesIO(result.out.read_bytes())) as archive:
            said += [archive.read(name).decode() for name in archive.namelist()]
    return "\n".join(said)


FILES = {
    "a name": {f"{CODENAME}（机密）.xlsx": OPEN_TABLE},
    "a name that is no workbook": {f"{CODENAME}涉密.pdf": b"%PDF-1.4"},
    "a skipped name": {f"~${CODENAME}涉密.xlsx": b"x"},
    "a folder": {f"涉密/{CODENAME}/表.xlsx": OPEN_TABLE},
    "a folder below a marked one": {f"{CODENAME}涉密/甲/乙/表.xlsx": OPEN_TABLE},
    "an archive": {f"{CODENAME}（秘密）.zip": packed({"表.xlsx": OPEN_TABLE})},
    "a member": {"材料.zip": packed({f"{CODENAME}涉密.xlsx": OPEN_TABLE})},
    "a folder in an archive": {"材料.zip": packed({f"绝密/{CODENAME}.xlsx": OPEN_TABLE})},
    "a marked member": {"材料.zip": packed({f"{CODENAME}.xlsx": SECRET_TABLE})},
    "an archive in an archive": {
        "材料.zip": packed({f"{CODENAME}（机密）.zip": packed({"表.xlsx": OPEN_TABLE})})
    },
    "a marked member of an inner archive": {
        "材料.zip": packed({"内.zip": packed({f"{CODENAME}.xlsx": SECRET_TABLE})})
    },
    "a mark at the top": {f"{CODENAME}.xlsx": SECRET_TABLE},
    "a mark beside its label": {f"{CODENAME}.xlsx": workbook([["密级", "秘密"], *rows(CODENAME)])},
    "a cover sheet": {f"{CODENAME}.xlsx": workbook([["绝密★长期"], [CODENAME]], rows(CODENAME))},
    "a sheet behind": {f"{CODENAME}.xlsx": workbook(rows(CODENAME), [["秘密★1年"], ["明细"]])},
    "the first paragraph": {f"{CODENAME}.docx": document(rows(CODENAME), "机密★5年", CODENAME)},
    "a document without a table": {f"{CODENAME}.docx": document([], "秘密", CODENAME)},
    "above the pages of a document": {
        f"{CODENAME}.docx": headed(document(rows(CODENAME)), "秘密★1年\t第1页")
    },
    "above the first page alone": {f"{CODENAME}.docx": headed(document(rows(CODENAME)), "机密", first=True)},
    "above the pages of a workbook": {
        f"{CODENAME}.xlsx": workbook(rows(CODENAME), [["明细"]], head="秘密★1年")
    },
    "below the pages of a workbook": {
        f"{CODENAME}.xlsx": workbook(rows(CODENAME), head="机密★3年", below=True)
    },
    "below the pages of a document": {
        f"{CODENAME}.docx": headed(document(rows(CODENAME)), "秘密★1年", below=True)
    },
    "above the pages of an .xls": {
        f"{CODENAME}.xls": compound(
            {"Workbook": stream([GRID], inside=[record(0x14, text("&L秘密★1年&R第&P页"))])}
        )
    },
    "above the pages of an .xlsb": {
        f"{CODENAME}.xlsb": binary_workbook([GRID], heads=('&C&"黑体"&14机密★', "&P"))
    },
    "above the pages of an .ods": {f"{CODENAME}.ods": ods_with_head(GRID, "绝密★10年")},
    "the question answered": {f"{CODENAME}.xlsx": workbook([["是否涉密", "是"], *rows(CODENAME)])},
}


@pytest.mark.parametrize("files", FILES.values(), ids=FILES)
def test_nothing_of_a_secret_file_is_kept_or_named(
    tmp_path: Path,
    files: dict[str, bytes],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    put(
        tmp_path / "收文",
        {f"公安局/{name}": data for name, data in files.items()} | {"教育局/表.xlsx": OPEN_TABLE},
    )
    result = merged(tmp_path)
    (secret,) = (record for record in result.records if record.status is Status.SECRET)
    assert secret.path == str(tmp_path / "收文" / "公安局" / HIDDEN)
    assert (secret.kind, secret.digest, secret.projects, secret.members) == ("", "", (), ())
    assert bool(secret.member) == ("材料.zip" in files)
    assert len(list(result.summary.projects())) == 1
    assert CODENAME not in everything(tmp_path, result, capsys)
    assert CODENAME not in caplog.text


def test_a_marked_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(
        tmp_path / "收文",
        {"涉密.xlsx": OPEN_TABLE, "材料.zip": packed({"涉密.xlsx": SECRET_TABLE, "a.xlsx": OPEN_TABLE})},
    )
    read: list[str] = []
    whole = Source.of_member

    def watched(archive: Archive, place: int, path: str) -> Source:
        read.append(archive.entries[place].name)
        return whole(archive, place, path)

    monkeypatch.setattr(Source, "of_member", watched)
    monkeypatch.setattr(run, "NO_PROCESSES", True)  # here, where it is watched
    (tmp_path / "收文" / "涉密.xlsx").chmod(0)
    result = merged(tmp_path)
    assert [record.status.value for record in result.records].count("secret") == 2
    assert set(read) == {"a.xlsx"}


def test_a_mark_further_down_is_part_of_the_text(tmp_path: Path) -> None:
    table = rows("保密宣传经费")
    put(tmp_path / "收文", {"表.xlsx": workbook([*table, ["备注"], ["秘密"]]), "非涉密.xlsx": OPEN_TABLE})
    assert {record.status.value for record in merged(tmp_path).records} == {"accepted"}


def test_the_sheet_shows_the_folder_and_no_link(tmp_path: Path) -> None:
    import openpyxl

    put(
        tmp_path / "收文",
        {"公安局/涉密.xlsx": OPEN_TABLE, "材料.zip": packed({"涉密.xlsx": b""}), "表.xlsx": OPEN_TABLE},
    )
    merged(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["文件清单"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    secret = [line[1:6] for line in lines if line[5] == "涉密"]
    assert secret == [[None, HIDDEN, None, None, "涉密"], ["公安局", HIDDEN, None, None, "涉密"]]
    linked = {cell.value for row in sheet.iter_rows(min_row=3) for cell in row if cell.hyperlink}
    assert linked == {"材料.zip", "表.xlsx"}


def test_approved_targets_that_are_secret_are_not_read(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "表.xlsx": OPEN_TABLE,
            f"目标/{CODENAME}涉密.xlsx": OPEN_TABLE,
            f"目标/{CODENAME}.xlsx": SECRET_TABLE,
        },
    )
    said: list[str] = []
    z.check(tmp_path / "表.xlsx", targets=tmp_path / "目标", say=said.append)
    assert len([note for note in said if "涉密" in note]) == 2
    assert CODENAME not in "".join(said)
