"""The add-in and the button templates, built here as ``zpb addin build`` does, and read back by others."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import olefile
import openpyxl
import pyopenvba
import pytest
from openpyxl.utils import range_boundaries

from support import office, vba
from support.exports import exported
from zipingbiao.book.cells import column_letters
from zipingbiao.book.marks import VERSION
from zipingbiao.book.read import read_bytes
from zipingbiao.errors import ZipingbiaoError
from zipingbiao.excel import registry
from zipingbiao.excel.addin import build, generate, sources
from zipingbiao.excel.addin import vba as generated
from zipingbiao.excel.addin.project import vba_project
from zipingbiao.excel.addin.start import SHEET, Start
from zipingbiao.excel.addin.texts import ADDIN_TEXTS, TEMPLATE_TEXTS, TITLE
from zipingbiao.excel.desk import computer
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table.forms import national, shanxi
from zipingbiao.table.ours import Sheet
from zipingbiao.table.records import Form, Project
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.write import finished

START = Start(
    r"C:\程序 & 文件 (x)\pythonw.exe",
    r"C:\Users\张三\AppData\Local\zipingbiao",
    {32: "xlwings32-0.37.8-0123456789ab.dll", 64: "xlwings64-0.37.8-ba9876543210.dll"},
)
CHINESE = 936
SHANXI, NATIONAL = build.TEMPLATES[shanxi.FORM], build.TEMPLATES[national.FORM]
WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("addin") / "new"
    paths = build.build_addin(folder, code_page=CHINESE, start=START)
    assert paths == tuple(folder / name for name in (build.ADDIN, SHANXI, NATIONAL))
    return folder


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


# --- the VBA ---------------------------------------------------------------------------------------


def test_the_source_is_ascii() -> None:
    written = {**build.addin_modules(aliases=False), **build.template_modules()}
    written["ThisWorkbook"] = sources.module("ThisWorkbook")
    assert [name for name, source in written.items() if not source.isascii()] == []


def test_oletools_reads_the_sources_of_the_addin(built: Path) -> None:
    expected = {
        name: vba.body(source) for name, source in build.addin_modules(aliases=True, start=START).items()
    }
    expected["ThisWorkbook"] = sources.module("ThisWorkbook")
    read = vba.read_back(built / build.ADDIN)
    assert {name: read[name] for name in expected} == expected
    assert {name for name in read if read[name].strip()} == set(expected)


@pytest.mark.parametrize("name", [SHANXI, NATIONAL])
def test_oletools_reads_the_sources_of_a_template(built: Path, name: str) -> None:
    expected = {name: vba.body(source) for name, source in build.template_modules().items()}
    read = vba.read_back(built / name)
    assert {name: code for name, code in read.items() if code.strip()} == expected


def test_chinese_names_only_where_the_computer_can_read_them() -> None:
    assert "ZpbAliases" not in build.addin_modules(aliases=False)
    aliases = build.addin_modules(aliases=True)["ZpbAliases"]
    assert re.findall(r"Public Function (\w+)\(", aliases) == [each.alias for each in registry.FUNCTIONS]
    assert build.addin(1252) == build.addin(None) != build.addin(CHINESE)


def test_no_source_is_written_in_a_code_page_that_lacks_its_signs() -> None:
    skeleton = finished(NewWorkbook(shanxi.FORM, Project(), (NewProject(),)))
    with pytest.raises(ZipingbiaoError, match="ZpbX 里的“得”不能写入代码页 1252"):
        vba_project(skeleton, {"ZpbX": "' 得分\n"})


@pytest.mark.parametrize("aliases", [False, True])
def test_no_two_public_names_are_one_to_vba(aliases: bool) -> None:
    """VBA and cells ignore case; a procedure named as a module cannot be called at all."""
    pattern = re.compile(r"^Public (?:Sub|Function|Const) (\w+)", re.MULTILINE)
    for written in (build.addin_modules(aliases=aliases), build.template_modules()):
        names = Counter(name.lower() for name in written)
        names.update(found.lower() for name, source in written.items() for found in pattern.findall(source))
        assert [name for name, times in names.items() if times > 1] == []


def test_every_procedure_that_is_called_is_there() -> None:
    for written in (build.addin_modules(aliases=True), build.template_modules()):
        ours = "\n".join(source for name, source in written.items() if name.startswith("Zpb"))
        called = set(re.findall(r"\b(Zpb[A-Z]\w+|ZPB_do_\w+)", ours)) - set(written)
        there = set(re.findall(r"(?:Sub|Function) (Zpb\w+|ZPB_do_\w+)", ours))
        if "ZpbButtons" in written:  # a button names the add-in's procedure
            there |= {generated.entry(macro) for macro in registry.MACROS}
        assert called - there == set()


# --- what is generated and committed ---------------------------------------------------------------


@pytest.mark.parametrize("name", generate.generated())
def test_a_committed_file_is_what_the_registry_gives(name: str) -> None:
    assert (sources.folder() / name).read_text("utf-8") == generate.generated()[name]


def test_generating_writes_these_files(tmp_path: Path) -> None:
    (tmp_path / "vba").mkdir()
    (tmp_path / "ribbon").mkdir()
    generate.write(tmp_path)
    for name, text in generate.generated().items():
        assert (tmp_path / name).read_bytes() == text.encode()


def test_every_module_of_the_folder_is_built() -> None:
    committed = {path.stem for path in (sources.folder() / "vba").iterdir()}
    assert committed == {*vba.people_wrote(), *generated.GENERATORS, "ThisWorkbook"}


# --- what starts Python ---------------------------------------------------------------------------------------


def test_python_is_started_by_its_program_file_alone() -> None:
    program, _, arguments = START.command.partition('" ')
    assert program == f'"{START.interpreter}'
    assert arguments == ("-B -E -P -c \"from zipingbiao.excel.desk.server import serve; serve('$(CLSID)')\"")
    assert len(START.command) - len(START.interpreter) < 120


def test_the_addin_of_a_computer_says_where_its_python_is(built: Path) -> None:
    rows = hidden_rows(built / build.ADDIN, SHEET)
    assert rows == [("folder", START.folder), ("start", START.command), ("version", VERSION)]
    source = vba.read_back(built / build.ADDIN)["ZpbServer"]
    (order,) = re.findall(
        r"FOLDER_ROW As Long = (\d), START_ROW As Long = (\d), VERSION_ROW As Long = (\d)", source
    )
    assert order == ("1", "2", "3")
    for bits, name in START.libraries.items():
        assert source.count(f'"{name}"') == 2
        assert f'"xlwings{bits}.dll"' not in source


def test_an_addin_that_was_only_built_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.xlam").write_bytes(build.addin())
    assert hidden_rows(tmp_path / "x.xlam", SHEET) == [("folder", ""), ("start", ""), ("version", VERSION)]


FORBIDDEN = (
    "cmd.exe",
    "WScript",
    "MacScript",
    "AppleScript",
    "Scripting.Dictionary",
    "CreateObject",
    "Environ",
)


def suspicious(path: Path) -> dict[str, list[str]]:
    """What oletools finds, by kind: the words that scanners look for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(path))
        found: dict[str, list[str]] = {}
        for kind, word, _ in parser.analyze_macros():
            found.setdefault(kind, []).append(word)
        parser.close()
    return found


def test_scanners_find_little_to_be_afraid_of(built: Path) -> None:
    found = suspicious(built / build.ADDIN)
    # Not words of ours: the class numbers of sheets, and names whose length is a multiple of four.
    words = [word for word in found["Suspicious"] if word not in ("Hex Strings", "Base64 Strings")]
    assert len(words) <= 3, found
    assert "Lib" in words
    assert set(found) <= {"Suspicious", "AutoExec", "IOC", "Hex String", "Base64 String"}
    libraries = START.libraries.values()
    assert all(any(library.endswith(word) for library in libraries) for word in found["IOC"]), found
    everything = "\n".join(vba.read_back(built / build.ADDIN).values())
    assert [word for word in FORBIDDEN if word.lower() in everything.lower()] == []


def streams(path: Path) -> Any:
    with zipfile.ZipFile(path) as package:
        return olefile.OleFileIO(io.BytesIO(package.read("xl/vbaProject.bin")))


@pytest.mark.parametrize("name", [build.ADDIN, SHANXI, NATIONAL])
def test_the_project_is_of_no_version_and_has_nothing_compiled(built: Path, name: str) -> None:
    """MS-OVBA 2.3.4.1: 0xFFFF lets every Excel compile the source; 2.3.4.2.3.2.5: where the source begins."""
    project = streams(built / name)
    assert project.openstream(["VBA", "_VBA_PROJECT"]).read() == bytes.fromhex("cc61ffff000100")
    offsets = re.findall(rb"\x31\x00\x04\x00\x00\x00(.{4})\x1e\x00", directory(project), re.DOTALL)
    assert len(offsets) == len(vba.read_back(built / name))
    assert set(offsets) == {bytes(4)}
    assert [entry for entry in project.listdir() if entry[-1].startswith("__SRP")] == []


def directory(project: Any) -> bytes:
    from oletools.olevba import decompress_stream

    return bytes(decompress_stream(bytearray(project.openstream(["VBA", "dir"]).read())))


def test_no_module_writes_vba() -> None:
    """That would need 信任对 VBA 工程对象模型的访问."""
    written = "\n".join([*build.addin_modules(aliases=True).values(), *build.template_modules().values()])
    assert re.findall("VBProject|VBComponents", written) == []


# --- the packages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"), [(build.ADDIN, ADDIN_TYPE), (SHANXI, WORKBOOK_TYPE), (NATIONAL, WORKBOOK_TYPE)]
)
def test_the_content_type_says_what_it_is(built: Path, name: str, kind: str) -> None:
    types = part(built / name, "[Content_Types].xml")
    assert f'PartName="/xl/workbook.xml" ContentType="{kind}"' in types
    report = pyopenvba.check_file(built / name)
    assert (report.ok, report.complete, report.issues) == (True, True, ())


def test_the_addin_carries_its_ribbon_and_its_name(built: Path) -> None:
    path = built / build.ADDIN
    relation = (
        r'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" Target="(.*?)"'
    )
    (target,) = re.findall(relation, part(path, "_rels/.rels"))
    assert part(path, target) == (sources.folder() / "ribbon" / sources.RIBBON).read_text("utf-8")
    assert f"<dc:title>{TITLE}</dc:title>" in part(path, "docProps/core.xml")


def hidden_rows(path: Path, sheet: str) -> list[tuple[str, ...]]:
    """The texts of a hidden sheet; openpyxl reads an add-in that calls itself a workbook."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info).replace(ADDIN_TYPE.encode(), WORKBOOK_TYPE.encode()))
    read = openpyxl.load_workbook(data)[sheet]
    assert read.sheet_state == "veryHidden"
    return [
        tuple(str(value) for value in row if value is not None) for row in read.iter_rows(values_only=True)
    ]


def pairs(rows: list[tuple[str, ...]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def test_every_text_that_vba_asks_for_stands_in_a_cell(built: Path) -> None:
    for name, written, texts in (
        (build.ADDIN, build.addin_modules(aliases=False), ADDIN_TEXTS),
        (SHANXI, build.template_modules(), TEMPLATE_TEXTS),
        (NATIONAL, build.template_modules(), TEMPLATE_TEXTS),
    ):
        asked = set(re.findall(r'ZpbText\("(\w+)"\)', "\n".join(written.values())))
        assert pairs(hidden_rows(built / name, "zp_texts")).keys() == asked
        assert pairs(hidden_rows(built / name, "zp_texts")) == texts


def test_help_for_every_function_and_argument(built: Path) -> None:
    rows = hidden_rows(built / build.ADDIN, "zp_help")
    named = [(name, each) for each in registry.FUNCTIONS for name in (each.name, each.alias)]
    assert [row[0] for row in rows] == [name for name, _ in named]
    assert [row[0] for row in build.help_lines(aliases=False)] == [each.name for each in registry.FUNCTIONS]
    for row, (_, function) in zip(rows, named, strict=True):
        assert row[1:3] == (TITLE, function.help)
        assert row[3:] == tuple(argument.help for argument in function.arguments)
        assert max(map(len, row)) <= 255  # what the Function Wizard holds


@pytest.mark.parametrize("form", build.TEMPLATES)
def test_a_button_template_is_the_template_with_buttons(built: Path, form: Form) -> None:
    path = built / build.TEMPLATES[form]
    plain = finished(NewWorkbook(form, Project(), (NewProject(),)))
    ours, twin = openpyxl.load_workbook(path), openpyxl.load_workbook(io.BytesIO(plain))
    assert ours.sheetnames == [*twin.sheetnames, "zp_texts"]
    for sheet in twin:
        same = ours[sheet.title]
        if sheet.title == Sheet.GUIDE:  # which shows the buttons
            continue
        assert list(same.values) == list(sheet.values), sheet.title
        assert same.print_area == sheet.print_area
    results = [evaluate(read_bytes(data, "x")) for data in (path.read_bytes(), plain)]
    assert [(finding.code, finding.message) for finding in results[0].findings] == [
        (finding.code, finding.message) for finding in results[1].findings
    ]


IN_SHEET = [macro for macro in registry.MACROS if macro.in_sheet]
PIXELS_PER_SIGN, PIXELS_PER_POINT = 7, 4 / 3


@pytest.mark.parametrize("name", [SHANXI, NATIONAL])
def test_the_buttons_stand_at_the_top_left_clear_of_the_title(built: Path, name: str) -> None:
    """Where eyes are, in the columns that stay when somebody scrolls; the title is centred over the form."""
    sheet = openpyxl.load_workbook(built / name)["项目1"]
    printed = range_boundaries(sheet.print_area.rpartition("!")[2])[2] or 0
    letters = [column_letters(column) for column in range(1, printed + 1)]
    widths = [sheet.column_dimensions[letter].width * PIXELS_PER_SIGN for letter in letters]
    title = sheet["A1"]
    begins = (sum(widths) - len(str(title.value)) * title.font.sz * PIXELS_PER_POINT) / 2
    frozen = range_boundaries(str(sheet.freeze_panes))[0] or 0
    anchors = anchors_of(built / name, "项目1")
    assert len(anchors) == len(IN_SHEET)
    for left, across, top, _, right, beyond, bottom, below in anchors:  # from 0, each with its pixels
        assert (top, bottom) == (0, 0)
        assert below <= sheet.row_dimensions[1].height * PIXELS_PER_POINT
        assert sum(widths[:right]) + beyond < begins
        assert right < frozen
        assert across >= 0 <= left


def anchors_of(path: Path, sheet: str) -> list[list[int]]:
    """The places of the buttons of a sheet: column, pixels, row, pixels, and the same of the other corner."""
    number = openpyxl.load_workbook(path).sheetnames.index(sheet) + 1
    relations = part(path, f"xl/worksheets/_rels/sheet{number}.xml.rels")
    (drawing,) = re.findall(r'Target="\.\./(drawings/vmlDrawing\d+\.vml)"', relations)
    text = part(path, f"xl/{drawing}")
    assert text.count("<x:PrintObject>False</x:PrintObject>") == text.count("<x:Anchor>")
    return [
        [int(number) for number in found.split(",")]
        for found in re.findall("<x:Anchor>(.*?)</x:Anchor>", text)
    ]


@pytest.mark.parametrize("name", [SHANXI, NATIONAL])
def test_the_guide_shows_the_buttons_and_says_what_each_does(built: Path, name: str) -> None:
    guide = openpyxl.load_workbook(built / name)[Sheet.GUIDE]
    said = {row[0].value: (row[0].row, row[1].value) for row in guide.iter_rows()}
    rows = [
        top + 1 for _, _, top, _, _, _, bottom, _ in anchors_of(built / name, Sheet.GUIDE) if top == bottom
    ]
    assert rows == [said[macro.title][0] for macro in IN_SHEET]
    assert [said[macro.title][1] for macro in IN_SHEET] == [macro.help for macro in IN_SHEET]


@pytest.mark.parametrize("name", [SHANXI, NATIONAL])
def test_the_buttons_call_what_is_there(built: Path, name: str) -> None:
    drawing = part(built / name, "xl/drawings/vmlDrawing1.vml")
    called = re.findall(r"<x:FmlaMacro>\[0\]!ZpbButtons\.(\w+)</x:FmlaMacro>", drawing)
    assert drawing.count("<x:FmlaMacro>") == len(called)
    assert called == re.findall(r"Public Sub (\w+)\(", generated.buttons_module())
    assert len(called) == sum(macro.in_sheet for macro in registry.MACROS)


def test_the_same_bytes_each_time(built: Path, tmp_path: Path) -> None:
    for path in build.build_addin(tmp_path, code_page=CHINESE, start=START):
        assert path.read_bytes() == (built / path.name).read_bytes()


@pytest.mark.office
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("name", [build.ADDIN, SHANXI, NATIONAL])
def test_the_validator_finds_nothing(built: Path, name: str, version: office.Office) -> None:
    assert office.validate(built / name, version) == []


def test_the_installed_library_offers_what_the_addin_calls() -> None:
    """Skipped where the package brought none, as everywhere but on Windows; tests/long asks that of Windows."""
    libraries = computer._libraries()
    if not libraries:
        pytest.skip(
            "this package of xlwings brought no library: tests/long/test_library.py asks that of Windows"
        )
    for library in libraries.values():
        assert "XLPyDLLActivateAuto" in exported(library)
