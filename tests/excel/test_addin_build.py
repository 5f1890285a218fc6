"""The add-in and the button templates, built here as ``zpb addin build`` does, and read back by others."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pyopenvba
import pytest
import xlwings
from openpyxl.utils import range_boundaries

from support import office, vba
from zipingbiao.book.read import read_bytes
from zipingbiao.errors import ZipingbiaoError
from zipingbiao.excel import registry
from zipingbiao.excel.addin import build, generate, sources, xlwings_vba
from zipingbiao.excel.addin import vba as generated
from zipingbiao.excel.addin.project import vba_project
from zipingbiao.excel.addin.texts import ADDIN_TEXTS, TEMPLATE_TEXTS, TITLE
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table.forms import national, shanxi
from zipingbiao.table.records import Form, Project
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.write import finished

PYTHON = r"C:\程序\python.exe"
CHINESE = 936
SHANXI, NATIONAL = build.TEMPLATES[shanxi.FORM], build.TEMPLATES[national.FORM]
WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("addin") / "new"
    paths = build.build_addin(folder, code_page=CHINESE, interpreter=PYTHON)
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
    expected = {name: vba.body(source) for name, source in build.addin_modules(aliases=True).items()}
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
        names.update(
            found.lower()
            for name, source in written.items()
            if name != "Dictionary"  # a class: its members are no names of the project
            for found in pattern.findall(source)
        )
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


# --- xlwings ---------------------------------------------------------------------------------------


ANCHORS = [*(each.old for each in xlwings_vba.REPLACEMENTS), *xlwings_vba._IMPORTING, *xlwings_vba._RUNNING]


@pytest.mark.parametrize("anchor", ANCHORS)
def test_an_xlwings_that_changed_stops_the_build(anchor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    true = xlwings_vba._installed
    monkeypatch.setattr(xlwings_vba, "_installed", lambda name: true(name).replace(anchor, "' changed"))
    first = re.escape(anchor.strip().splitlines()[0])
    with pytest.raises(ZipingbiaoError, match=f"xlwings {xlwings.__version__} 的 VBA 与预期不符.*{first}"):
        build.addin()


@pytest.mark.parametrize("setting", xlwings_vba.SETTINGS)
def test_a_setting_that_xlwings_no_longer_reads_stops_the_build(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = xlwings_vba._installed
    changed = f'GetConfig("{setting}'
    monkeypatch.setattr(xlwings_vba, "_installed", lambda name: true(name).replace(changed, 'GetConfig("NEW'))
    with pytest.raises(ZipingbiaoError, match="没有生成加载项"):
        build.addin()


def test_without_xlwings_the_build_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlwings", None)
    with pytest.raises(ZipingbiaoError, match=r"没有安装 xlwings.*pip install zipingbiao\[excel\]"):
        build.addin()


def test_one_python_serves_all_workbooks() -> None:
    """The command that starts the server names no workbook; the library starts one server per command."""
    text = xlwings_vba.module()
    command = text[text.index("Function XLPyCommand()") : text.index("Private Sub XLPyLoadDLL()")]
    assert 'PYTHONPATH = "false;;;;;"' in command
    assert re.findall("ActiveWorkbook|ThisWorkbook", command) == []


def heads_and_ends(source: str) -> tuple[int, int]:
    """Heads of procedures less their ends, and #If less #End If; xlwings writes two heads for some."""
    code = [line.strip() for line in source.splitlines()]
    heads = sum(re.match(r"(Public |Private )?(Sub|Function) \w", line) is not None for line in code)
    ends = sum(line in {"End Sub", "End Function"} for line in code)
    return heads - ends, sum(line.startswith("#If") for line in code) - code.count("#End If")


def test_what_was_replaced_in_xlwings_leaves_whole_procedures() -> None:
    installed = xlwings_vba._installed("xlwings_custom_addin.bas")
    assert heads_and_ends(xlwings_vba.module()) == heads_and_ends(installed)


def test_no_module_writes_vba() -> None:
    """That would need 信任对 VBA 工程对象模型的访问."""
    written = "\n".join([*build.addin_modules(aliases=True).values(), *build.template_modules().values()])
    assert re.findall("VBProject|VBComponents", written) == []


def test_no_workbook_says_which_program_runs() -> None:
    text = xlwings_vba.module()
    assert "SheetExists(ActiveWorkbook, PROJECT_NAME" not in text
    assert 'source = "" Or source = "directory"' not in text


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


def test_xlwings_finds_its_settings(built: Path) -> None:
    text = xlwings_vba.module()
    (project,) = re.findall(r'PROJECT_NAME As String = "(.*)"', text)
    rows = pairs(hidden_rows(built / build.ADDIN, f"{project}.conf"))
    assert rows == {
        "INTERPRETER_WIN": PYTHON,
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "UDF MODULES": "zipingbiao.excel.udf_module",
    }
    assert dict(build.settings(None))["INTERPRETER_WIN"] == "pythonw"


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
        assert list(same.values) == list(sheet.values), sheet.title
        assert same.print_area == sheet.print_area
    results = [evaluate(read_bytes(data, "x")) for data in (path.read_bytes(), plain)]
    assert [(finding.code, finding.message) for finding in results[0].findings] == [
        (finding.code, finding.message) for finding in results[1].findings
    ]


@pytest.mark.parametrize("name", [SHANXI, NATIONAL])
def test_the_buttons_stand_beside_the_form_over_blank_cells(built: Path, name: str) -> None:
    drawing = part(built / name, "xl/drawings/vmlDrawing1.vml")
    anchors = [
        [int(number) for number in found.split(",")]
        for found in re.findall("<x:Anchor>(.*?)</x:Anchor>", drawing)
    ]
    sheet = openpyxl.load_workbook(built / name)["项目1"]
    printed = range_boundaries(sheet.print_area.rpartition("!")[2])[2] or 0
    for left, _, top, _, right, _, bottom, _ in anchors:  # columns and rows from 0, each with its pixels
        assert left >= printed
        assert not [
            cell.coordinate
            for row in sheet.iter_rows(top + 1, bottom + 1, left + 1, right + 1)
            for cell in row
            if cell.value is not None
        ]
    assert len(anchors) == 3


@pytest.mark.parametrize("name", [SHANXI, NATIONAL])
def test_the_buttons_call_what_is_there(built: Path, name: str) -> None:
    drawing = part(built / name, "xl/drawings/vmlDrawing1.vml")
    called = re.findall(r"<x:FmlaMacro>\[0\]!ZpbButtons\.(\w+)</x:FmlaMacro>", drawing)
    assert called == re.findall(r"Public Sub (\w+)\(", generated.buttons_module())
    assert len(called) == sum(macro.in_sheet for macro in registry.MACROS)


def test_the_same_bytes_each_time(built: Path, tmp_path: Path) -> None:
    for path in build.build_addin(tmp_path, code_page=CHINESE, interpreter=PYTHON):
        assert path.read_bytes() == (built / path.name).read_bytes()


@pytest.mark.office
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("name", [build.ADDIN, SHANXI, NATIONAL])
def test_the_validator_finds_nothing(built: Path, name: str, version: office.Office) -> None:
    assert office.validate(built / name, version) == []
