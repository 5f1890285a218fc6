"""A small county: three departments and ten projects that must report, one exempt, one that is a state secret."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl

from support.sent import rows, workbook

Change = Mapping[str, int | float | str]
"""Values of a row of the list by their headings, 序号 among them."""

HEADINGS = (
    "序号", "主管部门", "曾用名/简称", "实施单位", "项目编码", "项目名称", "年初预算", "调整后预算", "国库支付数",
    "是否涉密", "免评原因", "截止日期", "联系人", "电话",
)  # fmt: skip
SCHOOL, WATER, HEALTH = "云岭县教育局", "云岭县水利局", "云岭县卫生健康局"
SECRET_NAME, SECRET_CODE = "天网三期密钥更新", "1409250000000000012"

_ALSO = {HEALTH: "卫计委、县卫健局"}
_PROJECTS = (
    (SCHOOL, "第一中学", "校舍维修改造"),
    (SCHOOL, "第一中学", "宣传培训经费"),
    (SCHOOL, "信息中心", "智慧教室建设"),
    (WATER, "河道管理站", "农村饮水安全维修养护"),
    (WATER, "河道管理站", "河道清障"),
    (WATER, "水库管理处", "水库除险加固"),
    (WATER, "水库管理处", "河长制经费"),
    (HEALTH, "人民医院", "医疗设备购置"),
    (HEALTH, "人民医院", "乡村医生补助"),
    (HEALTH, "疾控中心", "疫苗冷链运行"),
)
EXEMPT = 9
"""乡村医生补助 need not report."""


def code(number: int) -> str:
    """The code of a project by its 序号."""
    return f"14092500000000000{number:02d}"


def listed(*changes: Change, without: Sequence[str] = (), secret: bool = True) -> bytes:
    """名单.xlsx; each of *changes* names its 序号 and other values of that row, or adds a row or column."""
    lines: dict[int, dict[str, int | float | str]] = {
        number: {
            "序号": number, "主管部门": department, "曾用名/简称": _ALSO.get(department, ""), "实施单位": unit,
            "项目编码": code(number), "项目名称": name, "年初预算": 90, "调整后预算": 100, "国库支付数": 90,
            "是否涉密": "否", "免评原因": "资金不足10万元" if number == EXEMPT else "", "截止日期": "2026-02-10",
            "联系人": "张某", "电话": "0000-0000000",
        }
        for number, (department, unit, name) in enumerate(_PROJECTS, start=1)
    }  # fmt: skip
    if secret:
        lines[12] = {**lines[1], "序号": 12, "项目编码": SECRET_CODE, "项目名称": SECRET_NAME, "是否涉密": "是", "调整后预算": 777.31}  # fmt: skip
    for change in changes:
        number = int(change["序号"])
        lines[number] = {**lines.get(number, {}), **change}
    known = dict.fromkeys((*HEADINGS, *(heading for change in changes for heading in change)))
    headings = [heading for heading in known if heading not in without]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["2025年度项目支出绩效自评项目名单"])
    sheet.append(headings)
    for _, line in sorted(lines.items()):
        sheet.append([line.get(heading) for heading in headings])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sent(number: int, **changes: str) -> bytes:
    """The workbook that a unit sends for a project of the list, but for *changes*."""
    department, unit, name = _PROJECTS[number - 1]
    told = {"name": name, "department": department, "unit": unit, "code": code(number), **changes}
    return workbook(rows(**told))
