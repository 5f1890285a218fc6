"""The shape of the code: imports point one way, and libraries stay where they belong (design.md 4)."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import zipingbiao

ROOT = Path(zipingbiao.__file__).parent

# One road, from left to right: a room imports only from rooms to its left, late imports included.
ROOMS = "values book table scoring rules result template change batch report excel season deliver cli"
LEVEL = {room: number for number, room in enumerate(ROOMS.split())}
ROOT_FILES = {"__init__", "__main__", "errors"}

# Which library is known in which rooms.
LIBRARIES = {
    "openpyxl": {"book"},
    "xlrd": {"book"},
    "xlsxwriter": {"book", "template", "batch"},
    "zipfile": {"book", "template", "report", "deliver"},
    "docx": {"report"},
    "pandas": {"batch"},
    "pyopenvba": {"excel"},
    "yaml": {"scoring"},
    "click": {"cli"},
    "rich": {"cli"},
    "xlwings": {"excel"},
    "win32com": {"book"},
}


def test_the_root_holds_rooms() -> None:
    names = {path.name.removesuffix(".py") for path in ROOT.iterdir() if path.name != "__pycache__"}
    assert names <= {*LEVEL, *ROOT_FILES, "py.typed", "data"}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def place(path: Path) -> str:
    """The folder or file directly below the package that a module belongs to."""
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports(path: Path, *, late: bool = True) -> Iterator[str]:
    """What a module imports; without *late* only at its top."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree) if late else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            if node.module == "zipingbiao":
                yield from (f"zipingbiao.{alias.name}" for alias in node.names)
            else:
                yield node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    own = place(path)
    if own in ROOT_FILES:
        return
    for name in imports(path):
        if name.startswith("zipingbiao."):
            other = name.split(".")[1]
            assert other in ROOT_FILES or LEVEL[other] <= LEVEL[own], f"{own} imports {other}, to its right"


def test_no_file_imports_itself_over_others() -> None:
    """Late imports and those for types included, but for one: a Book says what the blocks of a document are."""
    files = {
        ".".join((ROOT.name, *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
        for path in modules()
    }
    needed = {name: set(taken_from(path, files)) - {name} for name, path in files.items()}
    needed["zipingbiao.book.cells"].remove("zipingbiao.book.blocks")
    TopologicalSorter(needed).prepare()  # raises CycleError, which names the files


def taken_from(path: Path, files: Container[str]) -> Iterator[str]:
    """The files from which one takes names: a module may itself be such a name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in files else str(node.module)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_faces_use_the_public_api(path: Path) -> None:
    """It reaches every room; whoever used it inside would go around the road."""
    allowed = place(path) in {"excel", "cli", "deliver"}
    assert allowed or "zipingbiao" not in set(imports(path)), f"{place(path)} imports the public API"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_where_they_belong(path: Path) -> None:
    for name in imports(path):
        allowed = LIBRARIES.get(name.split(".")[0])
        assert allowed is None or place(path) in allowed, f"{place(path)} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_heavy_libraries_are_imported_late() -> None:
    """``zpb --help`` and a worker start without them: a module with one at its top is imported late itself."""
    heavy = {"openpyxl", "xlrd", "xlsxwriter", "pandas", "rich", "yaml", "docx"}
    at_top = {path: set(imports(path, late=False)) for path in modules()}
    late = {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        for path, names in at_top.items()
        if heavy & {name.split(".")[0] for name in names}
    }
    for path, names in at_top.items():
        assert not names & late, path
