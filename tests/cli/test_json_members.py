"""The contract of ``--json``: members may be added within a version; one that goes or changes raises it.

``json_members.txt`` lists every member of every command with its types, over the files below. To renew it
after a wanted change: ``python tests/cli/test_json_members.py``. It refuses to lose or change a member
as long as ``zipingbiao.result.json.VERSION`` is the same.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import zipingbiao as z
from batch.made import file, summarise, table
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.book.cells import Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.cli import main
from zipingbiao.result.json import VERSION
from zipingbiao.table import ours
from zipingbiao.template.examples import examples

FILES = sorted((Path(__file__).parents[1] / "data" / "handed_in").glob("*.xlsx"))
GOLDEN = Path(__file__).with_name("json_members.txt")


def printed(*arguments: str | Path) -> Any:
    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
        contextlib.suppress(SystemExit),
    ):
        main([*map(str, arguments), "--json"])
    return json.loads(out.getvalue())


# A table with a line nobody can compute, a total and a grade that were typed, and neither funds nor head.
UNFINISHED = (
    ("一级指标", "二级指标", "三级指标", "分值", "目标值", "业绩值", "得分"),
    ("产出指标", "数量指标", "培训人次", 60, "≥200人次", "180人次"),
    ("效益指标", "社会效益指标", "办事效率", 40, "显著提高", None),
    ("总分", None, None, 100, None, None, 95),
    ("自评等级：优",),
)
REGISTER: tuple[tuple[str | int | None, ...], ...] = (
    ("主管部门", "实施单位", "项目编码", "项目名称", "年初预算", "是否涉密", "免评原因"),
    ("某县水利局", "河道管理站", "140925000001", "河道清障", 100, "否"),
    ("某县水利局", None, None, "水库除险加固"),
    ("某县教育局", None, "140925000003", "宣传培训经费", 5, "否", "资金不足10万元"),
    ("某县教育局", "一小", None, "校园安防", None, "否", "当年没有预算"),
    ("某县教育局", None, "140925000004", "某涉密项目", 5, "是"),
)
CAPPED = """title: 某县
extends: shanxi
values:
  caps:
    value: [[100%, 80]]
    from: 2026-01-01
    source: 某县财政局《项目支出绩效自评办法》第十条
    trust: confirmed
    checked_on: 2026-11-20
"""


def documents(folder: Path) -> Iterator[tuple[str, Any]]:
    """What each command prints of good files, of bad ones, and of one that cannot be written."""
    template, *_ = files = [
        Path(shutil.copy(file, folder)) for file in (*examples().glob("001-*.xlsx"), *FILES[2:])
    ]
    (folder / "坏.xlsx").write_bytes(b"nothing")
    unfinished = openpyxl.Workbook()
    for row in UNFINISHED:
        unfinished.worksheets[0].append(row)
    unfinished.save(folder / "未完成.xlsx")
    register = openpyxl.Workbook()
    for project in REGISTER:
        register.worksheets[0].append(project)
    register.save(folder.parent / f"{folder.name}名单.xlsx")
    (folder / "某县.yaml").write_text(CAPPED, "utf-8")
    with zipfile.ZipFile(folder / "某局.zip", "w") as archive:
        archive.write(FILES[1], "项目/表.xlsx")
        archive.writestr("涉密.xlsx", b"")
    locked = folder / f"~${template.name}"
    locked.touch()
    for command in ("fix", "score"):
        yield command, printed(command, template)
    locked.unlink()
    yield "fix", printed("fix", template)
    yield "score", printed("score", template, folder / "坏.xlsx", folder / "未完成.xlsx")
    answer(template)
    compared = ("--targets", FILES[0], "--last", folder / "未完成.xlsx")
    yield "check", printed("check", folder, *compared, "--profile", folder / "某县.yaml")
    yield "check", printed("check", folder)
    yield "merge", printed("merge", folder, "-o", folder / "汇总表.xlsx", "--profile", folder / "某县.yaml")
    yield "merge", printed("merge", folder, "-o", folder / "汇总表.xlsx")
    listed = ("--register", folder.parent / f"{folder.name}名单.xlsx", "--as-of", "2026-02-12")
    yield "merge", printed("merge", folder, "-o", folder / "汇总表.xlsx", *listed)
    (folder.parent / f"{folder.name}名单.xlsx").unlink()
    last_year(last := folder.parent / f"{folder.name}上年.xlsx")
    yield "merge", printed("merge", folder, "-o", folder / "汇总表.xlsx", "--last", last)
    last.unlink()
    yield "score", printed("score", *files, folder / "汇总表.xlsx", "--recompute", "-o", folder / "已评分")
    locked.touch()
    yield "undo", printed("undo", template)
    locked.unlink()
    typed(template, z.undo(template, dry_run=True).cells[0].ref, "手工改过")
    yield "undo", printed("undo", template)
    yield "undo", printed("undo", template)


def last_year(target: Path) -> None:
    """The 汇总表 of the year before, in which the template lost points of one indicator too."""
    lost = table(
        "某县精准扶贫档案规范化、数字化整理项目工作运行经费项目", unit="某县档案馆", code="001", year="2020",
        lines="产出指标 | 安装及时性 | 90 | 及时 | 60% | 60",
    )  # fmt: skip
    write_summary(summarise([file("上年.xlsx", lost)]), str(target))


def typed(path: Path, ref: Ref, text: str) -> None:
    """What a person types after us."""
    z.apply(Plan((Change(ref, "", text, "手工"),), z.read(path).digest), path)


def answer(template: Path) -> None:
    """Type a 核实说明 beside the first warning, and let it be noticed."""
    sheet = z.read(template).grid(ours.Sheet.FINDINGS)
    level, note = (ours.FINDING_HEADINGS.index(heading) + 1 for heading in ("级别", "核实说明"))
    row = next(row for row in sheet.rows if (cell := sheet.at(row, level)) and cell.value == "警告")
    typed(template, sheet.ref(row, note), "已核对合同和发票，19.27万元为合同价，差额为审计费。")


def members(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Give each member below a value with the type that it has here."""
    kind = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", type(None): "null"}
    yield path, kind[type(value)]  # no number with a point: an exact decimal is a string
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from members(inner, f"{path}.{name}")
    if isinstance(value, list):
        for inner in value:
            yield from members(inner, f"{path}[]")


def listed() -> dict[str, str]:
    """All members now, each with its types."""
    seen: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for command, document in documents(Path(folder)):
            assert document["version"] == VERSION
            for path, kind in members(document, command):
                seen.setdefault(path, set()).add(kind)
    return {path: " or ".join(sorted(kinds)) for path, kinds in sorted(seen.items())}


def golden() -> tuple[int, dict[str, str]]:
    head, *lines = GOLDEN.read_text("utf-8").splitlines()
    return int(head.removeprefix("version ")), dict(line.split(": ") for line in lines)


def broken(known: dict[str, str], now: dict[str, str]) -> list[str]:
    """What a program that reads the known members would trip over."""
    return [
        f"{path}: {kinds} → {now.get(path, 'gone')}"
        for path, kinds in known.items()
        if path not in now or not set(now[path].split(" or ")) <= set(kinds.split(" or "))
    ]


def test_no_member_goes_or_changes_within_a_version() -> None:
    version, known = golden()
    assert version == VERSION, "the version was raised: renew json_members.txt and say so in CHANGELOG"
    now = listed()
    assert broken(known, now) == [], "raise zipingbiao.result.json.VERSION, or keep the member"
    assert set(now) - set(known) == set(), "new members: list them (see above)"


@pytest.mark.parametrize(
    ("known", "now", "tells"),
    [
        ({"a": "string"}, {"a": "string", "b": "null"}, []),
        ({"a": "null or string"}, {"a": "string"}, []),
        ({"a": "string", "a.b": "null"}, {"a": "string"}, ["a.b: null → gone"]),
        ({"a": "string"}, {"a": "null or string"}, ["a: string → null or string"]),
        ({"a": "string"}, {"a": "integer"}, ["a: string → integer"]),
    ],
)
def test_what_counts_as_broken(known: dict[str, str], now: dict[str, str], tells: list[str]) -> None:
    assert broken(known, now) == tells


if __name__ == "__main__":
    version, known = golden() if GOLDEN.exists() else (0, {})
    found = listed()
    if version == VERSION and (lost := broken(known, found)):
        sys.exit("\n".join(["within one version nothing may go or change:", *lost]))
    kept = {
        path: " or ".join(sorted({*kinds.split(" or "), *known.get(path, kinds).split(" or ")}))
        for path, kinds in found.items()
    }
    lines = [f"version {VERSION}", *(f"{path}: {kinds}" for path, kinds in kept.items())]
    GOLDEN.write_text("\n".join(lines) + "\n", "utf-8")
