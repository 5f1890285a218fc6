"""T104 looks at the name of the sheet too, which a case file does not give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from support.tables import build
from zipingbiao.rules import run

TABLE = """
一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值 | 得分
产出指标 | 数量指标 | 维修渠道 | 90 | 5公里 | 5公里 | 90
"""


def said(sheet: str) -> list[str]:
    evaluation = build({"table": TABLE, "project": {"name": "农田水利维修项目", "year": "2022"}})
    renamed = replace(evaluation, table=replace(evaluation.table, sheet=sheet))
    return [finding.message for finding in run.check(renamed)[0] if finding.code == "T104"]


@pytest.mark.parametrize("sheet", ["2020年自评表", "自评表2021"])
def test_another_year_in_the_name_of_the_sheet_is_mentioned(sheet: str) -> None:
    assert said(sheet) == [f"表头是2022年度，工作表名“{sheet}”写的是另一年。请核对年度。"]


@pytest.mark.parametrize(
    "sheet", ["自评表", "2022年自评表", "2023年报送", "2021-2022", "20210001号项目", "表2"]
)
def test_the_year_itself_the_year_of_reporting_or_a_number_are_not(sheet: str) -> None:
    assert said(sheet) == []
