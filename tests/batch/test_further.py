"""Columns that an office adds to 汇总表（上报）: where they stand, what stands below them, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import zipingbiao as z
from support import county, office
from support.sent import put, rows, workbook
from zipingbiao.cli import main

REPORT = "汇总表（上报）"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "收文", {"教育局/校舍.xlsx": county.sent(1), "水利局/清障.xlsx": county.sent(5, executed="60")})  # fmt: skip


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """The list with 项目类别 and 资金级次 beside its other columns."""
    path = tmp_path / "名单.xlsx"
    one: county.Change = {"序号": 1, "项目类别": "运转类", "资金级次": "省级"}
    path.write_bytes(county.listed(one, {"序号": 5, "项目类别": "特定目标类"}))
    return path


def printed(out: Path) -> dict[str, list[Any]]:
    """Each column of the paper: 合计, a department, its project, a department, its project."""
    heads, *lines = openpyxl.load_workbook(out)[REPORT].iter_rows(3, 8, values_only=True)
    return {str(head).replace("\n", ""): [line[at] for line in lines] for at, head in enumerate(heads)}


def test_further_columns_stand_after_the_unit_on_a3(folder: Path, listed: Path, tmp_path: Path) -> None:
    plain, more = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    z.merge(folder, plain, workers=1, register=listed)
    z.merge(folder, more, workers=1, register=listed, columns="资金级次，项目类别 名单预算,待说明")
    one, other = printed(plain), printed(more)
    assert list(other)[3:8] == ["实施单位", "资金级次", "项目类别", "名单预算", "待说明"]
    assert other["资金级次"] == [None, None, "省级", None, None]
    assert other["项目类别"] == [None, None, "运转类", None, "特定目标类"]
    assert other["名单预算"] == [200, 100, 100, 100, 100]
    assert other["待说明"][0] == other["待说明"][1] + other["待说明"][3]
    kept = {heading: cells for heading, cells in other.items() if heading in one}
    assert kept == one
    papers = [openpyxl.load_workbook(path)[REPORT].page_setup.paperSize for path in (plain, more)]
    assert papers == [9, 8]


def test_further_amounts_are_rounded_as_all_and_the_paper_says_so(folder: Path, tmp_path: Path) -> None:
    """0.13 and 0.13 of the list, together 0.25; the amounts of the tables are whole."""
    listed, out = tmp_path / "名单.xlsx", tmp_path / "汇总表.xlsx"
    listed.write_bytes(county.listed(*({"序号": at, "调整后预算": 100.125} for at in (1, 5))))

    def noted(columns: str) -> bool:
        z.merge(folder, out, workers=1, register=listed, columns=columns)
        return any("四舍五入" in str(row[0].value) for row in openpyxl.load_workbook(out)[REPORT].iter_rows())

    assert not noted("资金级次")
    assert noted("名单预算")
    sheet = openpyxl.load_workbook(out)[REPORT]
    assert {sheet.cell(row, 5).number_format for row in range(4, 9)} == {"#,##0.00"}


def test_where_only_the_sum_of_fiscal_money_is_known_it_is_no_subtotal(tmp_path: Path) -> None:
    table = rows()
    table.insert(6, ["财政资金小计", "100", "100", "90", "", "", ""])
    z.merge(put(tmp_path / "收文", {"表.xlsx": workbook(table)}), tmp_path / "汇总表.xlsx", workers=1, columns="资金级次")  # fmt: skip
    assert printed(tmp_path / "汇总表.xlsx")["资金级次"][2] == "财政资金"


def test_what_stands_there_is_not_repeated_and_names_are_read_as_typed(
    folder: Path, listed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "汇总表.xlsx"
    z.merge(folder, out, workers=1, register=listed, columns=["自评等级", "偏差原因", "偏差原因"])
    assert list(printed(out)).count("偏差原因") == list(printed(out)).count("自评等级") == 1


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("资金来源级", "您是要 资金级次 吗。可以加的列：一级项目、项目类别、"),
        ("资金级次,天气", "没有“天气”这一列"),
        ("业务股室", "请在名单里加上“业务股室”一列"),
        ("偏差原因,说明,主管部门,评分规则,名单预算,名单支付数,预算相差,支付相差,填报总分,核算总分,项目类别,分值合计", "请少加几列：加了12列，A3纸放不下。"),
    ],
)  # fmt: skip
def test_a_column_that_cannot_be_printed_is_refused_before_the_work(
    folder: Path, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], columns: str, said: str
) -> None:
    out = tmp_path / "汇总表.xlsx"
    call = ["merge", str(folder), "-o", str(out), "--register", str(listed), "--columns", columns]
    with pytest.raises(SystemExit) as end:
        main(call)
    assert end.value.code == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert not out.exists()


def test_only_a_list_says_what_kind_a_project_is(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(z.UsageError, match="请用 --register 同时给出名单：“项目类别”要从名单里取"):
        z.merge(folder, tmp_path / "汇总表.xlsx", columns="项目类别")
    z.merge(folder, tmp_path / "汇总表.xlsx", workers=1, columns="资金级次")


@pytest.mark.office
def test_the_wider_paper_is_sound(folder: Path, listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "汇总表.xlsx"
    z.merge(folder, out, workers=1, register=listed, columns="资金级次,项目类别,偏差原因,错误")
    assert office.validate(out, "Microsoft365") == []
    assert office.convert(out, "pdf", tmp_path).exists()
