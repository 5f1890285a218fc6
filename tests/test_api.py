"""``import zipingbiao as z``: light, complete, typed, and the same in memory as on a disk."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support.handed_in import FILES, handed_in
from zipingbiao.template.examples import examples

ARCHIVE = next(examples().glob("001-*.xlsx"))
WHEN = dt.datetime(2026, 1, 9, 10, 0)  # noqa: DTZ001 the clock on the wall
API = [
    "read",
    "evaluate",
    "plan_score",
    "apply",
    "check",
    "score",
    "merge",
    "fix",
    "undo",
    "new",
    "explain",
    "profiles",
    "score_line",
    "frame",
    "report",
]


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- what the package offers ------------------------------------------------------------------------


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import zipingbiao; print(*set(sys.modules) - before)"
    loaded = set(run(code).split())
    assert {name for name in loaded if name.startswith("zipingbiao")} == {"zipingbiao"}
    assert {name.split(".")[0] for name in loaded} - {"zipingbiao"} <= set(sys.stdlib_module_names)


def test_looking_at_a_name_loads_only_what_it_needs() -> None:
    code = "import sys, zipingbiao as z; z.score_line, z.read, z.score; print(*sys.modules)"
    assert not {"pandas", "xlsxwriter", "openpyxl", "click", "rich", "xlwings"} & set(run(code).split())


def test_the_names_are_the_documented_ones() -> None:
    assert set(API) < set(z.__all__) <= set(dir(z))
    assert len(z.__all__) == len(set(z.__all__))
    with pytest.raises(AttributeError, match="no attribute 'scroe'"):
        z.scroe  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("first", ["zipingbiao.report.write", "zipingbiao.report"])
def test_a_name_is_the_function_though_a_room_is_called_so(first: str) -> None:
    code = f"import importlib, zipingbiao as z; importlib.import_module({first!r}); print(z.report.__module__, callable(z.report))"
    assert run(code).split() == ["zipingbiao.report.write", "True"]


def test_a_type_checker_sees_what_a_program_gets() -> None:
    tree = ast.parse(Path(z.__file__).read_text("utf-8"))
    (block,) = (
        node for node in tree.body if isinstance(node, ast.If) and isinstance(node.body[0], ast.ImportFrom)
    )
    imported = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(imported) == set(z.__all__)
    for name, (module, own) in imported.items():
        assert getattr(z, name) is getattr(__import__(module or "", fromlist=[own]), own)


@pytest.mark.parametrize("name", z.__all__)
def test_every_name_says_what_one_may_rely_on(name: str) -> None:
    said = inspect.getdoc(getattr(z, name)) or ""
    assert len(said.splitlines()[0]) > 20
    if name in API:
        assert "Raises:" in said or name == "plan_score"


def test_as_a_module_it_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zipingbiao", "explain", "W101"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout[:4]) == (0, "W101")
    done = subprocess.run(
        [sys.executable, "-m", "zipingbiao", "nosuch"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (2, "")


# --- bytes in, bytes out ----------------------------------------------------------------------------


def test_in_memory_is_as_on_a_disk(tmp_path: Path) -> None:
    data = handed_in("003").read_bytes()
    path = tmp_path / "政务.xlsx"
    path.write_bytes(data)
    read = z.read(path)
    plan = z.plan_score(read, z.evaluate(read), WHEN, recompute=True)
    assert plan.changes
    assert z.apply(plan, path, out=tmp_path / "按计划.xlsx") == tmp_path / "按计划.xlsx"
    scored, press = z.score(data, name=str(path), recompute=True, when=WHEN)
    (on_disk,) = z.score(path, recompute=True, when=WHEN)
    assert scored == path.read_bytes() == z.apply(plan, data) == (tmp_path / "按计划.xlsx").read_bytes()
    assert press.plan == on_disk.plan == plan
    assert press.result == on_disk.result == z.evaluate(z.read(path))
    assert (press.saved, on_disk.saved, on_disk.backup) == (None, path, tmp_path / "政务.xlsx.bak")


def test_score_fix_and_undo_in_memory_come_back_to_the_first_values() -> None:
    data = ARCHIVE.read_bytes()
    fixed, press = z.fix(data)
    assert [(change.old, change.new) for change in press.cells] == [("＜=107.26万元", "<=107.26万元")]
    assert press.lines()[0] == "将修复 1 处（未写文件）："
    scored, press = z.score(fixed)
    assert press.result.evaluations[0].total == Decimal("93.08")
    again, press = z.score(scored)
    assert (again, press.lines()) == (scored, ["没有需要改动的单元格，文件未写。"])
    back, press = z.undo(scored)
    assert press.undone is not None
    back, press = z.undo(back)
    assert press.undone is not None
    assert press.undone.action == "修复"
    (evaluation,) = z.evaluate(z.read(back)).evaluations
    assert "＜=107.26万元" in {
        row.indicator.text(role) for row in evaluation.rows for role in row.indicator.entries
    }
    with pytest.raises(z.UsageError, match="没有可以撤销"):
        z.undo(back)


def test_what_is_no_workbook_raises_and_names_it() -> None:
    for call in (z.read, z.score, z.fix, z.undo):
        with pytest.raises(z.UnreadableError, match=r"李四\.xlsx"):
            call(b"nothing", name="李四.xlsx")
    (result,) = z.check({"李四.xlsx": b"nothing"})
    assert (result.status, result.path) == ("rejected", "李四.xlsx")


def test_our_own_summary_is_left_alone_in_memory_too() -> None:
    summary, _ = z.merge({"a.xlsx": ARCHIVE.read_bytes()})
    assert summary is not None
    same, press = z.score(summary)
    assert (same, press.result.status, press.lines()) == (summary, "skipped", [])
    with pytest.raises(z.UsageError, match="本软件生成的汇总表"):
        z.fix(summary)
    assert [result.status for result in z.check({"汇总表.xlsx": summary})] == ["skipped"]
    assert z.merge({"汇总表.xlsx": summary})[0] is None


def test_a_merge_in_memory_has_the_cells_of_one_on_a_disk(tmp_path: Path) -> None:
    merged = z.merge(FILES, tmp_path / "汇总表.xlsx", details=True, workers=1)
    summary, in_memory = z.merge({str(path): path.read_bytes() for path in FILES}, details=True)
    assert summary is not None
    assert merged.out is not None
    assert list(in_memory.results) == list(merged.results)
    assert in_memory.lines()[-1] == "2 个项目"
    on_disk, here = openpyxl.load_workbook(merged.out), openpyxl.load_workbook(io.BytesIO(summary))
    assert here.sheetnames == on_disk.sheetnames
    for sheet in on_disk.worksheets:
        assert [[cell.value for cell in row] for row in here[sheet.title].iter_rows()] == [
            [cell.value for cell in row] for row in sheet.iter_rows()
        ]


WITHOUT = """
import pathlib, sys
import zipingbiao as z
data = {path.name: path.read_bytes() for path in map(pathlib.Path, sys.argv[1:])}
def all_of_it():
    z.check(data)
    z.merge(data)
    for name, one in data.items():
        fixed, _ = z.fix(one, name=name)
        scored, press = z.score(fixed, name=name)
        if press.plan:
            z.undo(scored, name=name)
all_of_it()  # what is imported late is imported now
def refuse(event, arguments):
    if event in {"open", "subprocess.Popen", "os.mkdir", "os.rename", "tempfile.mkstemp", "socket.connect"}:
        raise PermissionError(event, arguments)
sys.addaudithook(refuse)
all_of_it()
print("done")
"""


def test_neither_a_file_system_nor_a_process_is_needed() -> None:
    files = [*sorted(examples().glob("[0-9]*.xlsx")), FILES[3]]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *files], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.strip() == "done", done.stderr


# --- paths ------------------------------------------------------------------------------------------


def test_one_path_is_no_sequence_of_letters(tmp_path: Path) -> None:
    path = tmp_path / "档案.xlsx"
    path.write_bytes(ARCHIVE.read_bytes())
    assert [result.path for result in z.check(str(tmp_path))] == [str(path)]
    assert [press.path for press in z.score(str(path), dry_run=True)] == [str(path)]
    assert len(z.merge(str(path), tmp_path / "汇总表.xlsx").records) == 1


def test_a_plan_is_refused_for_another_workbook(tmp_path: Path) -> None:
    data = handed_in("003").read_bytes()
    read = z.read(data)
    plan = z.plan_score(read, z.evaluate(read), recompute=True)
    other = tmp_path / "别的.xlsx"
    other.write_bytes(ARCHIVE.read_bytes())
    with pytest.raises(z.RefusedError):
        z.apply(plan, other)
    assert other.read_bytes() == ARCHIVE.read_bytes()
    with pytest.raises(z.RefusedError):
        z.apply(plan, other.read_bytes())


def test_a_save_that_is_refused_tells_what_still_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "政务.xlsx"
    path.write_bytes(handed_in("003").read_bytes())
    (tmp_path / "~$政务.xlsx").write_bytes(b"")
    (press,) = z.score(path, recompute=True)
    assert press.lines() == [press.refused]
    assert press.result == z.evaluate(z.read(path))
    assert press.result.evaluations[0].adopted_total == Decimal(98)


def test_what_could_not_be_compared_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    results = z.check(ARCHIVE, last=tmp_path, say=said.append)
    assert len(results) == 1
    assert len(said) == 1
    assert "没有找到上年的自评表" in said[0]
    z.check(ARCHIVE, last=tmp_path)
    assert [record.message for record in caplog.records] == said


# --- one line, the rules, new workbooks ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "score", "completion"),
    [
        (("社会公众满意度", "≥95%", "85%", 10), "8.95", "0.8947"),
        (("维护系统成本", "≤19.48万元", "19.27万元", 10, "成本指标"), "10", "0.9892"),
        (("培训人次", 200, 190, Decimal(60)), "57", "0.95"),
        (("按时完成", "及时", None, 5), None, None),
        (("不见得", "≥95%", "85%", None), None, "0.8947"),
    ],
)
def test_one_line(line: tuple[object, ...], score: str | None, completion: str | None) -> None:
    scored = z.score_line(*line)  # type: ignore[arg-type]  # a tuple of values
    assert (scored.score, scored.completion) == tuple(
        None if number is None else Decimal(number) for number in (score, completion)
    )
    assert scored.explanation


def test_rules_and_profiles() -> None:
    assert {"national-2020", "national-2021", "shanxi"} <= {profile.name for profile in z.profiles()}
    (shanxi,) = z.profiles("shanxi")
    assert shanxi.weight_total == 100
    with pytest.raises(z.UsageError, match="火星"):
        z.profiles("火星")
    assert "分值之和" in z.explain("w101").parts["检查内容"]
    with pytest.raises(z.UsageError):
        z.explain("W999")


def test_a_new_workbook(tmp_path: Path) -> None:
    written = z.new(tmp_path / "自评表.xlsx", form="national", year=2025)
    assert written.files == (tmp_path / "自评表.xlsx",)
    with pytest.raises(z.RefusedError):
        z.new(tmp_path / "自评表.xlsx")
    for wrong in ("other", "火星"):
        with pytest.raises(z.UsageError, match=wrong):
            z.new(tmp_path / "b.xlsx", form=wrong)


# --- docs/api.md --------------------------------------------------------------------------------------


def test_every_example_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[1] / "docs" / "api.md").read_text("utf-8")
    blocks = list(re.finditer(r"```python\n(.*?)```", page, re.DOTALL))
    for path in examples().glob("[0-9]*.xlsx"):
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:
        above = "\n" * page.count("\n", 0, block.start(1))  # so that a traceback shows the line of the page
        exec(compile(above + block[1], "docs/api.md", "exec"), names)  # noqa: S102 our own page
    used = set(re.findall(r"\bz\.(\w+)\(", "".join(block[1] for block in blocks)))
    assert used >= set(API), f"no example of {set(API) - used}"


DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_names_every_column_of_every_frame_with_its_type() -> None:
    page = (DOCS / "api.md").read_text("utf-8")
    for name, made in zip(("projects", "indicators", "findings", "ledger"), z.frame([]), strict=True):
        _, _, section = page.partition(f"\n{name}: one line per ")
        told = {
            column: dtype
            for names, dtype in re.findall(r"^\| (`.+?`) \| (\w+) \|", section.partition("\n\n`zpb")[0].split("one line per")[0], re.MULTILINE)
            for column in re.findall(r"`(\w+)`", names)
        }  # fmt: skip
        assert told == {column: str(dtype) for column, dtype in made.dtypes.items()}


def test_the_example_asks_which_indicators_lose_most_points(tmp_path: Path) -> None:
    z.merge(examples(), tmp_path / "汇总表.xlsx", workers=1, frames=tmp_path)
    done = subprocess.run(
        [sys.executable, DOCS / "examples" / "lost_points.py", tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    first = lines.index("某县委办公室")
    # The archive project: 27 of 30 points, and 8.95 of 10 for what the public says.
    assert lines[first + 1] == "  档案整理工作达标，提高工作效率：失分 3.00，1 个项目"
    assert lines[lines.index("某县委组织部") + 1].endswith("：失分 6.00，1 个项目")


def test_it_says_the_same_from_one_packed_file(tmp_path: Path) -> None:
    package = Path(z.__file__).parent
    packed = tmp_path / "zipingbiao.whl"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(package.rglob("*.py")):
            archive.write(file, file.relative_to(package.parent))
    code = "import sys, zipingbiao as z; r, = z.check([sys.argv[1]]); print(z.__file__, [f.code for f in r.checks[0]])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(ARCHIVE)],
        env={**os.environ, "PYTHONPATH": str(packed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    (result,) = z.check([ARCHIVE])
    where, _, said = done.stdout.strip().partition(" ")
    assert where.startswith(str(packed))
    assert said == str([finding.code for finding in result.checks[0]])
