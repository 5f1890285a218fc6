"""Names in the county of 云岭: departments, what they spend money on, and how people write both."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

COUNTY = "云岭县"
OFFICES = (
    "教育局", "水利局", "民政局", "农业农村局", "交通运输局", "卫生健康局", "文化和旅游局", "住房和城乡建设局",
    "自然资源局", "林业局", "应急管理局", "市场监督管理局", "人力资源和社会保障局", "医疗保障局", "司法局", "公安局",
    "统计局", "审计局", "退役军人事务局", "工业和信息化局", "行政审批服务管理局", "乡村振兴局", "能源局", "档案馆",
    "融媒体中心", "县委宣传部", "县委组织部", "县委党校", "总工会", "妇女联合会", "残疾人联合会", "供销合作社联合社",
    "气象局", "信访局", "机关事务服务中心", "政府办公室", "城关镇人民政府", "石泉镇人民政府", "柳沟乡人民政府", "东山乡人民政府",
)  # fmt: skip
"""Departments, without the county before them."""

_BELOW = ("信息中心", "综合服务中心", "事业发展中心", "执法大队", "培训学校")
_OBJECTS = (
    "校舍", "河道", "灌渠", "敬老院", "乡村道路", "桥梁", "体育场馆", "图书馆", "污水管网", "路灯", "苗圃", "防火瞭望塔",
    "监测站", "检验设备", "就业服务大厅", "医疗救助系统", "法律援助中心", "监控设备", "普查设备", "烈士陵园", "产业园区", "政务大厅",
    "光伏电站", "库房", "演播室", "文化广场", "党员活动室", "教学楼", "职工之家", "康复器材", "冷链仓库", "雷达", "接待大厅",
    "机关锅炉", "会议系统", "垃圾中转站", "集镇排水", "饮水工程", "堤防", "学生宿舍", "食堂", "卫生院", "广播线路", "公交站台",
)  # fmt: skip
_ACTIONS = ("维修改造", "新建", "购置更新", "运行维护", "安全检测", "绿化美化", "节能升级", "数字化")
COMMON = ("宣传培训经费", "办公设备购置", "业务工作经费")
"""Names that many departments use, each for a project of its own."""

FORMER_NAMES = ("文教体育委员会", "水务委员会", "卫生和计划生育委员会")


@dataclass(frozen=True)
class Department:
    """A department: its place in the register, its name there, its name without the county, the units below it."""

    number: int
    name: str
    short: str
    units: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Its folder, with the number that makes the order."""
        return f"{self.number:02d}{self.short}"


def departments(draw: random.Random, count: int) -> list[Department]:
    """Return so many departments, numbered in the order of the register."""
    return [_department(number, office, draw) for number, office in enumerate(draw.sample(OFFICES, count), 1)]


def _department(number: int, office: str, draw: random.Random) -> Department:
    name = f"{COUNTY.removesuffix('县')}{office}" if office.startswith("县委") else f"{COUNTY}{office}"
    if office.endswith("人民政府"):
        return Department(number, name, office, (name,))
    below = draw.sample(_BELOW, draw.randint(0, 2))
    return Department(number, name, office, (name, *(f"{name}{unit}" for unit in below)))


def project_names(draw: random.Random) -> Iterator[str]:
    """Yield names that differ from each other."""
    every = [f"{thing}{action}" for thing in _OBJECTS for action in _ACTIONS]
    draw.shuffle(every)
    yield from every


def spellings(department: Department) -> Sequence[str]:
    """Return how people write a department: all of them mean this one."""
    spaced = f"{department.name[:4]} {department.name[4:]}"
    if department.short.endswith("人民政府"):
        return department.name, spaced, department.short, department.short.replace("人民政府", "政府")
    if department.short.startswith("县委"):
        return department.name, spaced, department.short
    level = f"县{department.short}"
    return department.name, spaced, department.short, level, f"{department.name}（本级）", f"{level}本级"


def unit_spellings(unit: str, department: Department) -> Sequence[str]:
    """Return how people write a unit."""
    if unit == department.name:
        return spellings(department)
    return (unit, unit.removeprefix(COUNTY), unit.replace(COUNTY, f"{COUNTY} "))
