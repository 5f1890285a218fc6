"""``zpb pack``: what is handed in, whole, named, and not before it is ready; 公开稿 without anything secret."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from docx import Document

import zipingbiao as z
from support import confidential, office
from support.written import project, workbook
from zipingbiao.book.cells import Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import office as printer
from zipingbiao.book.write.patch import patch
from zipingbiao.cli import main
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.report.proof import proof_of

TEXTS = {
    "项目年度绩效目标": "培训教师200人次。",
    "项目概况": "培训全县教师。",
    "存在问题及原因分析": "请假较多。",
}


@pytest.fixture(autouse=True)
def _no_office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("office") is None:
        monkeypatch.setattr(printer, "_program", lambda: None)


def scored(*names: str, texts: Mapping[str, str] = TEXTS) -> bytes:
    projects = [project(name, texts=texts) for name in names or ("业务培训项目",)]
    data, _ = z.score(workbook(*projects))
    return data


def typed(data: bytes, sheet: str, column: int, texts: Mapping[int, str]) -> bytes:
    """Type texts into blank cells of a column, by row."""
    changes = [Change(Ref(sheet, row, column), "", text, "填写") for row, text in texts.items()]
    return patch(data, Plan(tuple(changes), z.read(data, name="a.xlsx").digest))


def with_proof(data: bytes, *names: str) -> bytes:
    return typed(data, "佐证材料", 4, dict(enumerate(names, 4)))


def place(folder: Path, data: bytes, name: str = "培训.xlsx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    target.write_bytes(data)
    return target


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def said(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


# ------------------------------------------------------------------ what is in it


def test_all_that_is_handed_in_is_in_it_and_on_its_list(tmp_path: Path) -> None:
    source = place(tmp_path, with_proof(scored(), "签到表", "2. 培训照片.jpg、发票", "合同"))
    for name in ("签到表.pdf", "培训照片.jpg", "别的.txt"):
        place(tmp_path / "佐证材料", b"x", name)
    place(tmp_path, b"y", "发票.png")
    done = z.pack(source)
    assert done.saved == tmp_path / "培训提交包.zip"
    assert names(done.saved) == [
        "目录.docx", "培训.xlsx", "培训绩效自评报告.docx", "问题清单.xlsx", "佐证材料/签到表.pdf",
        "佐证材料/培训照片.jpg", "佐证材料/发票.png",
    ]  # fmt: skip
    assert member(done.saved, "培训.xlsx") == source.read_bytes()
    listed = said(member(done.saved, "目录.docx"))
    assert all(name in listed for name in names(done.saved)[1:])
    assert "合同没有找到" in listed
    assert "别的.txt没有列入" in listed
    assert "没有生成 PDF" in listed
    sheet = openpyxl.load_workbook(io.BytesIO(member(done.saved, "问题清单.xlsx"))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:2] == ["序号", "主管部门"]
    assert sheet.max_row - 1 == len(done.results[0].findings)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = place(tmp_path, scored())
    one, two = (z.pack(source, out=tmp_path / name).saved.read_bytes() for name in ("1.zip", "2.zip"))
    assert one == two


def test_the_report_beside_it_is_taken_whatever_its_name(tmp_path: Path) -> None:
    source = place(tmp_path, scored())
    z.report(source, out=tmp_path / "终稿.docx")
    other = place(tmp_path / "别处", scored("别的项目"))
    z.report(other, out=tmp_path / "别的项目.docx")
    place(tmp_path, b"no zip", "坏.docx")
    done = z.pack(source)
    assert member(done.saved, "终稿.docx") == (tmp_path / "终稿.docx").read_bytes()
    assert [name for name in names(done.saved) if name.endswith(".docx")] == ["目录.docx", "终稿.docx"]


def test_two_reports_of_the_project_are_a_question(tmp_path: Path) -> None:
    source = place(tmp_path, scored())
    for name in ("一稿.docx", "二稿.docx"):
        z.report(source, out=tmp_path / name)
    with pytest.raises(RefusedError, match=r"请只留一份报告.*一稿\.docx.*二稿\.docx"):
        z.pack(source)
    assert not list(tmp_path.glob("*.zip"))


def test_a_report_of_an_earlier_state_is_an_error(tmp_path: Path) -> None:
    source = place(tmp_path, scored())
    z.report(source, out=tmp_path / "报告.docx")
    source.write_bytes(z.score(workbook(project(texts=TEXTS, executed="50")))[0])
    with pytest.raises(RefusedError, match="错误没有改正"):
        z.pack(source)
    done = z.pack(source, ask=lambda _question: True)
    assert "请更新报告“报告.docx”" in said(member(done.saved, "目录.docx"))


# ------------------------------------------------------------------ not before it is ready


@pytest.mark.parametrize("where", ["workbook", "report"])
def test_nothing_is_packed_while_a_sentence_waits(tmp_path: Path, where: str) -> None:
    texts = {**TEXTS, "项目概况": "培训200人次。（待核实）"} if where == "workbook" else TEXTS
    source = place(tmp_path, scored(texts=texts))
    if where == "report":
        z.report(source, out=tmp_path / "报告.docx", draft=True)
    expected = (
        r"请先核实文字材料!E\d+的内容" if where == "workbook" else r"请先核实报告“报告.docx”正文第\d+段的内容"
    )
    with pytest.raises(RefusedError, match=expected):
        z.pack(source)
    assert not list(tmp_path.glob("*.zip"))


def test_a_workbook_that_changed_since_it_was_scored_is_scored_first(tmp_path: Path) -> None:
    data = scored()
    book = z.read(data, name="a.xlsx")
    (evaluation,) = z.evaluate(book).evaluations
    line = next(row.indicator for row in evaluation.rows if row.indicator.name == "培训人次")
    ref = line.entries["actual"].ref  # type: ignore[index]
    source = place(tmp_path, patch(data, Plan((Change(ref, "190人次", "100人次", "改"),), book.digest)))
    with pytest.raises(RefusedError, match="请先再按一次评分，再打包"):
        z.pack(source)


def test_a_workbook_that_was_never_scored_is_scored_first(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="请先评分，再打包：表上还没有总分"):
        z.pack(place(tmp_path, workbook(project(texts=TEXTS))))


def test_errors_are_asked_about_and_stand_on_the_list(tmp_path: Path) -> None:
    lines = [line for line in project().lines if line.name != "学员满意度"]
    source = place(tmp_path, z.score(workbook(project(lines=lines, texts=TEXTS)))[0])
    asked: list[str] = []

    def refuse(question: str) -> bool:
        asked.append(question)
        return False

    with pytest.raises(RefusedError, match="没有打包；请改正后再打包"):
        z.pack(source, ask=refuse)
    assert "个错误没有改正" in asked[0]
    done = z.pack(source, ask=lambda _question: True)
    assert "（必须改正）" in said(member(done.saved, "目录.docx"))


# ------------------------------------------------------------------ 佐证材料


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_nothing_outside_the_folder_is_taken(tmp_path: Path) -> None:
    outside, folder = tmp_path / "外面", tmp_path / "里面"
    place(outside, b"z", "工资表.xlsx")
    place(folder / "佐证材料", b"x", "签到表.pdf")
    (folder / "佐证材料" / "工资表.xlsx").symlink_to(outside / "工资表.xlsx")
    (folder / "佐证材料" / "目录链接").symlink_to(outside)
    found = proof_of(folder, ["../外面/工资表.xlsx", "工资表", "签到表", "/etc/hostname"])
    assert found.files == {"签到表.pdf": b"x"}
    assert found.missing == ("../外面/工资表.xlsx", "/etc/hostname")
    assert "是快捷链接" in found.left_out[0]


# ------------------------------------------------------------------ a folder


def test_of_a_folder_each_workbook_has_its_own_and_one_that_waits_stops_none(tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    place(folder / "甲局", scored("甲项目"))
    place(folder / "乙局", scored("乙项目"), "表.xlsx")
    place(folder / "丙局", scored("丙项目", texts={**TEXTS, "项目概况": "待核实"}), "表.xlsx")
    done = z.pack(folder)
    assert done.saved == tmp_path / "各单位提交包.zip"
    assert {name.rpartition("/")[0] for name in names(done.saved)} == {"", "甲局/培训", "乙局/表"}
    (left,) = done.left_out
    assert "请先核实" in str(left.why)
    listed = said(member(done.saved, "目录.docx"))
    assert "丙局/表.xlsx" in listed
    assert "没有打包" in listed


def test_a_folder_with_nothing_to_pack_gives_no_file(tmp_path: Path) -> None:
    place(tmp_path / "空", b"x", "坏.xlsx")
    with pytest.raises(RefusedError, match="没有可以打包的工作簿"):
        z.pack(tmp_path / "空")
    assert not list(tmp_path.glob("*.zip"))


def test_a_state_secret_is_neither_opened_nor_named(tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    place(folder / "甲局", with_proof(scored(), "涉密合同"))
    place(folder / "甲局" / "佐证材料", b"x", "涉密合同.pdf")
    place(folder / "甲局", scored("装备"), "装备（机密）.xlsx")
    done = z.pack(folder)
    assert confidential.found(done.saved.read_bytes(), "装备") == []
    assert [name for name in names(done.saved) if "涉密" in name or "机密" in name] == []
    assert "涉密文件" in said(member(done.saved, "目录.docx"))
    with pytest.raises(RefusedError, match="请按保密规定另行报送"):
        z.pack(folder / "甲局" / "装备（机密）.xlsx")


# ------------------------------------------------------------------ 公开稿


def test_a_public_pack_holds_nothing_that_is_not_public(tmp_path: Path) -> None:
    data = with_proof(scored(texts={**TEXTS, "项目概况": "联系13812345678，项目编码P1。"}), "签到表")
    source = place(tmp_path, data)
    place(tmp_path, b"x", "签到表.pdf")
    done = z.pack(source, public=True)
    assert done.saved.name == "培训公开稿.zip"
    assert names(done.saved) == ["目录.docx", "培训.xlsx", "培训绩效自评报告.docx"]
    for name in names(done.saved)[1:]:
        assert confidential.found(member(done.saved, name), "13812345678", "zp_", "zpb_", "zpb:") == []
    assert "联系***********，项目编码P1。" in said(member(done.saved, "培训绩效自评报告.docx"))
    book = openpyxl.load_workbook(io.BytesIO(member(done.saved, "培训.xlsx")))
    assert not {"变更记录", "校验结果"} & set(book.sheetnames)
    assert "错误" not in said(member(done.saved, "目录.docx"))


# ------------------------------------------------------------------ the command, and PDF


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("培训.xlsx", "-o", "包.rar"), "应以 .zip 结尾"),
        (("报告.docx",), "是 Word 文档"),
        (("没有.xlsx",), "没有.xlsx"),
    ],
)
def test_what_does_not_fit_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], word: str,
) -> None:  # fmt: skip
    place(tmp_path, scored())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["pack", *arguments])
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert word in err
    assert len(err.splitlines()) == 1


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    source = place(tmp_path, scored())
    z.pack(source)
    with pytest.raises(RefusedError, match="已存在"):
        z.pack(source)
    with pytest.raises(UsageError):
        z.pack(tmp_path / "报告.docx")


@pytest.mark.office
def test_the_pdf_prints_the_table_alone_and_says_which_fonts_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = place(tmp_path, scored())
    with pytest.raises(SystemExit) as left:
        main(["pack", str(source)])
    out, err = capsys.readouterr()
    assert (left.value.code, out.split("，")[0]) == (0, f"已打包 {tmp_path / '培训提交包.zip'}")
    assert "不宜签字盖章" in err
    assert "方正小标宋简体" in err
    pack = tmp_path / "培训提交包.zip"
    table = place(tmp_path, member(pack, "自评表（打印稿）.pdf"), "t.pdf")
    text = office._run(["pdftotext", "-layout", str(table), "-"])
    assert "培训人次" in text
    assert "填报说明" not in text
    assert "自评报告（打印稿）.pdf" in said(member(pack, "目录.docx"))
    for name in ("目录.docx", "问题清单.xlsx"):
        assert (
            office.validate(place(tmp_path, member(pack, name), f"x{Path(name).suffix}"), "Microsoft365")
            == []
        )
