"""A form in which nothing is filled is 未填写: one error, no project in a merge, nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from table.find.drawn import sheet
from zipingbiao.batch.merge import merge
from zipingbiao.book.cells import Book
from zipingbiao.cli import main
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult, Status

TRANSFER = """甲资金绩效目标自评表
转移支付（项目）名称|甲资金
中央主管部门|财政部
地方主管部门|甲局||资金使用单位|甲所
项目资金（万元）||全年预算数（A）|全年执行数（B）|预算执行率（B/A）
|年度资金总额：
一级指标|二级指标|三级指标|指标值|全年实际完成值|未完成原因和改进措施
产出指标|数量指标|支持项目数量
产出指标|质量指标|验收合格率"""
NATIONAL = """项目支出绩效自评表
项目名称|
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额||||10||
|其中：当年财政拨款||||—||—
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|指标1：
||指标2：
|质量指标|……
总分|||||100"""
SHANXI = """附件1
一级指标|二级指标|目标指标|权重|目标值|业绩值|完成率|指标得分|偏差原因分析及改进措施
预算执行指标|预算执行指标|预算执行率|10|100%
产出指标|数量指标|培训人数
|质量指标|/|/|/|/|/|/"""


def result_of(*drawings: str) -> FileResult:
    grids = tuple(sheet(drawing, name=f"表{number}") for number, drawing in enumerate(drawings, 1))
    return evaluate(Book("表.xlsx", grids))


@pytest.mark.parametrize("drawing", [TRANSFER, NATIONAL, SHANXI])
def test_a_form_without_any_figure_is_blank_and_one_error(drawing: str) -> None:
    result = result_of(drawing)
    (finding,) = result.findings
    assert (result.status, finding.code) == (Status.BLANK, "V115")
    assert finding.message.startswith("请填写这张表后再报送")


@pytest.mark.parametrize(
    "typed",
    [
        ("产出指标|数量指标|支持项目数量", "产出指标|数量指标|支持项目数量|5个"),
        ("产出指标|数量指标|支持项目数量", "产出指标|数量指标|支持项目数量||5个"),
        ("|年度资金总额：", "|年度资金总额：|100"),
        # A row without a name is no line, yet somebody has filled it in.
        ("产出指标|质量指标|验收合格率", "产出指标|质量指标|||100%"),
    ],
)
def test_one_value_makes_it_a_form_that_is_filled_in_part(typed: tuple[str, str]) -> None:
    result = result_of(TRANSFER.replace(*typed))
    assert result.status is Status.ACCEPTED
    assert not any("请填写这张表" in finding.message for finding in result.findings)


def test_beside_a_filled_table_a_blank_one_is_one_error_and_no_project() -> None:
    filled = TRANSFER.replace("支持项目数量", "支持项目数量|5个|5个").replace(
        "验收合格率", "验收合格率|90%|95%"
    )
    result = result_of(filled, TRANSFER)
    assert result.status is Status.ACCEPTED
    assert [finding.code for finding in result.checks[1]] == ["V115"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "收文"
    folder.mkdir()
    for name, drawing in (
        ("空表", TRANSFER),
        ("已填", TRANSFER.replace("支持项目数量", "支持项目数量|5个|5个")),
    ):
        book = openpyxl.Workbook()
        for line in drawing.split("\n"):
            book.worksheets[0].append(line.split("|"))
        book.save(folder / f"{name}.xlsx")
    return folder


def test_in_a_merge_it_is_a_line_of_the_ledger_and_no_project(folder: Path, tmp_path: Path) -> None:
    merged = merge([folder], tmp_path / "汇总表.xlsx", workers=1)
    assert {Path(one.path).stem: one.status.label for one in merged.records} == {
        "已填": "已采用", "空表": "未填写",
    }  # fmt: skip
    (project,) = merged.summary.projects()
    assert project.file == "已填.xlsx"
    book = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")
    assert book["文件清单"]["A1"].value == "共2个文件：已采用1、未填写1，合计2"
    assert any("1 个文件未填写" in note for note in merged.summary.notes)


def test_terminal_and_json_say_so_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "空表.xlsx"
    before = path.read_bytes()
    for arguments in (["check", str(path)], ["score", str(path)], ["check", "--json", str(path)]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 1
        shown = capsys.readouterr()
        if "--json" not in arguments:
            assert shown.err.startswith(f"未填写 {path}：")
            assert shown.out.count("V115") == 1
            continue
        (file,) = json.loads(shown.out)["files"]
        assert (file["status"], file["why"]) == ("blank", "自评表还没有填写，请填写后再报送。")
        assert len(file["findings"]) == 1
    assert path.read_bytes() == before
