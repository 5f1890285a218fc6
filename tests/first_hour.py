"""The first hour of a unit and of its bureau, with the program as installed: ``python tests/first_hour.py FOLDER``.

Run by the interpreter of an environment that has nothing but the installed package, without a network (.ci/run).
Each step is a command as a person types it; what it leaves is looked at. FOLDER holds the wheels (``wheels``) and
the npm package pyodide (``pyodide``).
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import zipingbiao as z
from zipingbiao.book.cells import Grid, Ref
from zipingbiao.book.changes import Change, Plan

# In the form 项目支出绩效自评表 of the nation: 10 for the execution, 90 for these.
LINES = (
    ("数量指标", "培训人次", "≥200人次", "190人次", 50, "疫情影响，少办一期。"),
    ("社会效益指标", "培训合格率", "≥95%", "98%", 30, ""),
    ("服务对象满意度指标", "学员满意度", "≥90%", "92%", 10, ""),
)
TOTAL = "97.25"  # 9.75 of 10 for 97.5 of 100; 47.5 of 50 for 190 of 200; 30; 10


def zpb(*arguments: object, status: int | None = None) -> str:
    """Run a command and return what it says; *status* is what it must end with, 0 or 1 where none is given."""
    command = [sys.executable, "-m", "zipingbiao", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    said = done.stdout + done.stderr
    expected = {0, 1} if status is None else {status}
    assert done.returncode in expected, (arguments, done.returncode, said)
    assert "Traceback" not in said, said
    return done.stdout


def place_of(grid: Grid, text: str) -> tuple[int, int]:
    """Where a label stands."""
    return next(place for place, cell in grid.cells.items() if "".join(str(cell.value).split()) == text)


def beside(grid: Grid, label: str) -> tuple[int, int]:
    """The cell right of a label, merged or not."""
    row, column = place_of(grid, label)
    area = grid.merge_at(row, column)
    return row, (column if area is None else area.right) + 1


def typed_into(form: Grid, unit: Grid) -> Iterator[tuple[Ref, str | Decimal]]:
    """What a person types: head, unit, funds, three lines; nothing that the form calculates."""
    for label, text in (("项目名称", "骨干教师培训"), ("项目编码", "140925000001")):
        yield form.ref(*beside(form, label)), text
    for label, text in (("主管部门", "某县教育局"), ("实施单位", "某县教师进修校")):
        yield unit.ref(*beside(unit, label)), text
    yield unit.ref(*beside(unit, "年度")), Decimal(2025)
    row, _ = place_of(form, "其中：当年财政拨款")
    for label, amount in (("年初预算数", "100"), ("全年预算数", "100"), ("全年执行数", "97.5")):
        yield form.ref(row, place_of(form, label)[1]), Decimal(amount)
    yield from lines_of(form)


def lines_of(form: Grid) -> Iterator[tuple[Ref, str | Decimal]]:
    top, level2 = place_of(form, "二级指标")
    columns = {
        "".join(str(cell.value).split()): column for (row, column), cell in form.cells.items() if row == top
    }
    for second, name, target, actual, points, reason in LINES:
        row = next(
            row
            for row in form.rows
            if row > top and form.at(row, level2) and form.cells[row, level2].value == second
        )
        yield form.ref(row, columns["三级指标"]), name
        yield form.ref(row, columns["年度指标值"]), target
        yield form.ref(row, columns["实际完成值"]), actual
        yield form.ref(row, columns["分值"]), Decimal(points)
        if reason:
            yield form.ref(row, columns["偏差原因分析及改进措施"]), reason


def fill(file: Path) -> None:
    """Fill a new workbook as a person does."""
    book = z.read(file)
    values = typed_into(book.grid("项目1"), book.grid("单位信息"))
    changes = sorted((Change(ref, "", value, "填写") for ref, value in values), key=lambda change: change.ref)
    z.apply(Plan(tuple(changes), book.digest), file)


def total_of(file: Path) -> str | None:
    """The total by rule, as ``--json`` tells it."""
    (evaluation,) = json.loads(zpb("check", file, "--json"))["files"][0]["evaluations"]
    total: str | None = evaluation["total"]
    return total


def unit(folder: Path) -> Path:
    """The hour of the accountant: new, fill, score, twice, undo, fix, report, pack."""
    file = folder / "某县教师进修校.xlsx"
    zpb("new", file, "--form", "national", status=0)
    fill(file)
    before = file.read_bytes()
    assert total_of(file) == TOTAL
    assert file.read_bytes() == before, "check has written"
    zpb("score", file)
    scored = file.read_bytes()
    assert scored != before
    zpb("score", file)
    assert file.read_bytes() == scored, "a second press has written"
    zpb("undo", file)
    assert total_of(file) == TOTAL
    zpb("score", file)
    zpb("fix", file)
    report = folder / "报告.docx"
    zpb("report", file, "-o", report)
    assert TOTAL in "".join(paragraph_texts(report))
    return file


def paragraph_texts(report: Path) -> list[str]:
    """The texts of a document, table or not."""
    book = z.read(report)
    cells = (str(cell.value) for grid in book for cell in grid.cells.values())
    return [*cells, *(block.text for block in book.blocks if hasattr(block, "text"))]


def bureau(folder: Path, file: Path) -> None:
    """The hour of the officer: the folder merged, with and without what is remembered."""
    out = folder / "汇总" / "汇总表.xlsx"
    out.parent.mkdir()
    sent = folder / "收文"
    sent.mkdir()
    (sent / file.name).write_bytes(file.read_bytes())
    (sent / "扫描.pdf").write_bytes(b"%PDF-1.4\n")
    said = json.loads(zpb("merge", sent, "-o", out, "--json"))
    assert (said["summary"]["projects"], said["summary"]["mean"]) == (1, TOTAL)
    assert {line["status"] for line in said["ledger"]} == {"accepted", "attached"}
    before = out.read_bytes()
    zpb("merge", sent, "-o", out)
    assert out.read_bytes() == before


def without_python(folder: Path, given: Path) -> None:
    """The page, and the folder for computers without a network."""
    page = folder / "评分页.html"
    zpb("page", page, "--pyodide", given / "pyodide", status=0)
    bundle = folder / "离线安装.zip"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    platform = "manylinux_2_28_x86_64,manylinux2014_x86_64"
    zpb(
        "bundle",
        bundle,
        "--wheels",
        given / "wheels",
        "--page",
        page,
        "--platform",
        platform,
        "--python",
        version,
        status=0,
    )
    with zipfile.ZipFile(bundle) as made:
        names = made.namelist()
        made.extractall(folder / "离线")
    assert max(map(len, names)) <= 100
    wheels = sorted((folder / "离线").rglob("*.whl"))
    assert any(wheel.name.startswith("zipingbiao-") for wheel in wheels)
    fresh = folder / "另一台"
    subprocess.run([sys.executable, "-m", "venv", str(fresh)], check=True)
    python = fresh / "bin" / "python"
    install = ["pip", "install", "--quiet", "--no-index", "--find-links", str(wheels[0].parent), "zipingbiao"]
    subprocess.run([str(python), "-m", *install], check=True)
    demo = [str(python), "-m", "zipingbiao", "demo", str(folder / "试用")]
    subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)


def main(given: Path) -> None:
    folder = Path.cwd()
    bureau(folder, unit(folder))
    without_python(folder, given)
    print("the first hour: new, filled, scored, undone, fixed, reported, merged, page, bundle")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
