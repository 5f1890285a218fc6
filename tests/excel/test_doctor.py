"""Each check of the doctor: silent on a healthy computer, and clear about its one fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest

from support.computers import (
    APP_PATHS,
    SERVER,
    UNIT_SECURITY,
    USER_SECURITY,
    XLWINGS,
    Parts,
    healthy,
    program,
)
from zipingbiao import errors
from zipingbiao.excel.desk import doctor, library, office
from zipingbiao.excel.desk.computer import Computer

GUARD = r"HKLM\Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
MANAGED = r"HKLM\Software\Policies\Microsoft\Windows Defender\Policy Manager"
DEVICE = r"HKLM\Software\Microsoft\PolicyManager\current\device\Defender"
OFFICE = r"HKCU\Software\Policies\Microsoft\Office\16.0"
DISABLED = r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return healthy(tmp_path)


def problems(computer: Computer) -> dict[str, str]:
    return {title: str(answer) for title, answer in doctor.diagnose(computer) if answer.is_problem}


def test_healthy_computer_has_no_problem(parts: Parts) -> None:
    assert problems(parts.as_if_installed()) == {}


def no_excel(parts: Parts) -> None:
    parts.excel.unlink()


def excel_from_store(parts: Parts) -> None:
    inside = parts.folder / "WindowsApps" / "Office" / "EXCEL.EXE"
    program(inside, 0x8664)
    parts.set(APP_PATHS, "", str(inside))


def wps_took_the_name(parts: Parts) -> None:
    parts.set(SERVER, "", r'"C:\Users\张三\AppData\Local\Kingsoft\WPS Office\office6\et.exe" /Automation')


def wps_took_the_class(parts: Parts) -> None:
    parts.set(r"HKCR\Excel.Application\CLSID", "", "{45540001-5750-5300-4B49-4E47534F4654}")
    parts.set(r"HKCR\CLSID\{45540001-5750-5300-4B49-4E47534F4654}\LocalServer32", "", r"D:\WPS\wps.exe /et")


def path_outside_code_page(parts: Parts) -> None:
    parts.code_page = 1252


def library_missing(parts: Parts) -> None:
    parts.libraries[64].unlink()


def library_of_32_bits_missing(parts: Parts) -> None:
    program(parts.excel, 0x014C)
    parts.libraries[32].unlink()


def no_library_for_32_bit_python(parts: Parts) -> None:
    parts.environment |= {"PROCESSOR_ARCHITECTURE": "x86", "PROCESSOR_ARCHITEW6432": "AMD64"}
    for file in parts.libraries.values():
        file.unlink()


def windows_7(parts: Parts) -> None:
    parts.windows = (6, 1)


def windows_of_32_bits(parts: Parts) -> None:
    parts.environment["PROCESSOR_ARCHITECTURE"] = "x86"


def xlwings_missing(parts: Parts) -> None:
    del parts.packages["xlwings"]


def newer_package(parts: Parts) -> None:
    parts.packages["zipingbiao"] = "0.2.0"


def vba_off(parts: Parts) -> None:
    parts.set(rf"{OFFICE}\Common", "vbaoff", 1)


def no_trusted_locations(parts: Parts) -> None:
    parts.set(rf"{USER_SECURITY}\Trusted Locations", "alllocationsdisabled", 1)


def no_addins(parts: Parts) -> None:
    parts.set(UNIT_SECURITY, "disablealladdins", 1)


def signed_only(parts: Parts) -> None:
    parts.set(USER_SECURITY, "requireaddinsig", 1)


def signed_always_on(parts: Parts) -> None:
    parts.set(rf"{OFFICE}\Common\Security", "requirealwaysonmacrosig", 1)


def no_child_processes(parts: Parts) -> None:
    parts.set(GUARD, "d4f940ab-401b-4efc-aadc-ad5f3c50688a", "1")


def no_child_processes_by_device_management(parts: Parts) -> None:
    rules = "be9ba2d9-53ea-4cdc-84e5-9b1eeee46550=2|D4F940AB-401B-4EFC-AADC-AD5F3C50688A=1"
    parts.set(MANAGED, "asrrules", rules)


def no_system_calls_by_device_management(parts: Parts) -> None:
    parts.set(DEVICE, "attacksurfacereductionrules", "{92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B}=6")


def another_score(parts: Parts) -> None:
    parts.shown = -2146826273  # what Excel hands over for #VALUE!


def no_answer(parts: Parts) -> None:
    parts.shown = TimeoutError("busy")


def on_the_black_list(parts: Parts) -> None:
    parts.set(DISABLED, "3a9f", b"\x01\0\0\0" + r"c:\users\张三\xlstart\ZIPINGBIAO.XLAM".encode("utf-16-le"))


def not_loaded(parts: Parts) -> None:
    parts.loaded = False


@pytest.mark.parametrize(
    ("fault", "title", "words"),
    [
        (no_excel, "Excel", ("没有找到 Microsoft Excel", "zpb score", "--wps")),
        (excel_from_store, "Excel 版本", ("微软商店", "zpb excel score")),
        (wps_took_the_name, "WPS", ("et.exe", "多半是 WPS", "配置工具")),
        (wps_took_the_class, "WPS", ("wps.exe", "修复 Microsoft Office")),
        (path_outside_code_page, "Python", ("代码页 1252", "程序 文件", "英文路径")),
        (windows_7, "系统", ("Windows 7", "本机装不了加载项，请用评分页.html。")),
        (windows_of_32_bits, "系统", ("32 位 Windows", "本机装不了加载项，请用评分页.html。")),
        (library_missing, "32/64 位", (f"Excel 是 64 位，xlwings {XLWINGS} 没有带来", "隔离区")),
        (library_of_32_bits_missing, "32/64 位", (f"Excel 是 32 位，xlwings {XLWINGS} 没有带来", "隔离区")),
        (no_library_for_32_bit_python, "32/64 位", ("Python 是 32 位的", "64 位的 Python")),
        (xlwings_missing, "32/64 位", ("py -m pip install xlwings==0.37.* pyOpenVBA",)),
        (newer_package, "版本", ("安装时是 0.1.0，现在是 0.2.0", "zpb addin install")),
        (vba_off, "宏设置", ("单位策略停用了 Office 的 VBA", "信息部门")),
        (no_trusted_locations, "宏设置", ("本机设置停用了受信任位置", "信任中心")),
        (no_addins, "加载项设置", ("单位策略停用了全部加载项", "zpb excel score")),
        (signed_only, "加载项设置", ("本机设置只允许有签名的加载项", "信任中心")),
        (signed_always_on, "加载项设置", ("有签名的自动加载的宏", "信息部门")),
        (no_child_processes, "杀毒和防护", ("禁止 Office 启动其他程序", "信息部门")),
        (no_child_processes_by_device_management, "杀毒和防护", ("禁止 Office 启动其他程序", "信息部门")),
        (no_system_calls_by_device_management, "杀毒和防护", ("禁止 Office 宏调用系统函数", "信息部门")),
        (another_score, "试算", ("应得 19，现得 -2146826273", "最近错误")),
        (no_answer, "试算", ("没有应答（TimeoutError）", "结束单元格编辑")),
        (on_the_black_list, "禁用项目", ("禁用项目", "转到")),
        (not_loaded, "已加载", ("没有加载", "重新打开 Excel")),
    ],
)
def test_one_fault_is_named_with_what_to_do(
    parts: Parts, fault: Callable[[Parts], None], title: str, words: tuple[str, ...]
) -> None:
    fault(parts)
    found = problems(parts.as_if_installed())
    assert title in found
    for word in words:
        assert word in found[title]
    # xlwings is part of the record too, so its absence is also another version.
    allowed = {title, "版本"} if fault is xlwings_missing else {title}
    assert set(found) == allowed


def test_without_windows(parts: Parts) -> None:
    assert "不是 Windows" in problems(replace(parts.as_if_installed(), is_windows=False))["系统"]


def test_addin_not_installed(parts: Parts) -> None:
    assert problems(parts.computer()) == {"加载项": "还没有安装加载项。请运行 zpb addin install。"}


def test_addin_taken_away_after_the_installation(parts: Parts) -> None:
    here = parts.as_if_installed()
    here.addin.unlink()
    assert "杀毒软件" in problems(here)["加载项"]


def test_addin_that_nobody_recorded(parts: Parts) -> None:
    here = parts.computer()
    here.addin.parent.mkdir(parents=True)
    here.addin.write_bytes(b"copied by hand")
    assert "不知道版本" in problems(here)["版本"]


def test_python_of_the_addin_was_removed(parts: Parts) -> None:
    here = parts.as_if_installed()
    (parts.python.parent / "pythonw.exe").unlink()
    assert "pythonw.exe" in problems(here)["版本"]


@pytest.mark.parametrize(("policy", "words"), [(False, "Excel 会禁用"), (True, "单位策略禁止运行")])
def test_mark_of_the_web(parts: Parts, policy: bool, words: str) -> None:
    if policy:
        parts.set(UNIT_SECURITY, "blockcontentexecutionfrominternet", 1)
    here = parts.as_if_installed()
    Path(f"{here.addin}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    assert words in problems(here)["来自网络的标记"]


def test_store_python_behind_a_virtual_environment(parts: Parts) -> None:
    home = parts.folder / "WindowsApps" / "PythonSoftwareFoundation.Python.3.11"
    here = replace(parts.as_if_installed(), python_home=home)
    assert "python.org" in problems(here)["Python"]


def test_too_long_a_path(parts: Parts) -> None:
    here = replace(parts.as_if_installed(), interpreter=Path("/", *["很长"] * 400, "python.exe"))
    assert "太长" in problems(here)["Python"]


@pytest.mark.parametrize(("value", "trusted"), [(1, True), (2, True), (3, False), (4, False)])
def test_unsigned_macros_forbidden_does_not_touch_a_trusted_folder(
    parts: Parts, value: int, trusted: bool
) -> None:
    parts.set(UNIT_SECURITY, "vbawarnings", value)
    answer = doctor.macros(parts.as_if_installed())
    assert not answer.is_problem
    assert ("没有被禁用" in answer.what) is trusted


def test_rules_of_defender_that_only_watch_are_no_problem(parts: Parts) -> None:
    parts.set(GUARD, "d4f940ab-401b-4efc-aadc-ad5f3c50688a", "2")
    parts.set(
        MANAGED, "asrrules", "d4f940ab-401b-4efc-aadc-ad5f3c50688a=2|92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b=0"
    )
    assert not doctor.defender(parts.as_if_installed()).is_problem


@pytest.mark.parametrize("value", [1, 2])
def test_without_a_command_prompt_the_addin_works_and_commands_are_run_otherwise(
    parts: Parts, value: int
) -> None:
    parts.set(r"HKCU\Software\Policies\Microsoft\Windows\System", "disablecmd", value)
    answer = doctor.prompt(parts.as_if_installed())
    assert not answer.is_problem
    assert "单位策略停用了命令提示符" in answer.what
    assert "Win+R" in answer.what


def test_32_bit_office_on_64_bit_windows_works(parts: Parts) -> None:
    program(parts.excel, 0x014C)
    here = parts.as_if_installed()
    assert problems(here) == {}
    assert "Excel 是 32 位" in doctor.package(here).what


def test_without_excel_open_nothing_is_tried_and_nothing_is_wrong(parts: Parts) -> None:
    parts.shown = None
    answer = doctor.live_score(parts.as_if_installed())
    assert not answer.is_problem
    assert "打开 Excel" in answer.what


def test_library_that_was_taken_away(parts: Parts) -> None:
    here = parts.as_if_installed()
    lost = next(file for file in library.copies(here) if "64" in file.name)
    lost.unlink()
    assert lost.name in problems(here)["版本"]
    lost.write_bytes(b"another")
    assert lost.name in problems(here)["版本"]


def test_library_of_the_package_that_changed_under_its_version(parts: Parts) -> None:
    here = parts.as_if_installed()
    parts.libraries[64].write_bytes(b"built again")
    assert "与 xlwings 带来的不同" in problems(here)["版本"]


def test_commands_are_named_as_this_computer_runs_them(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_knows_zpb", lambda: False)
    assert problems(parts.computer()) == {
        "加载项": "还没有安装加载项。请运行 py -m zipingbiao addin install。"
    }


def test_a_policy_stands_before_the_users_choice(parts: Parts) -> None:
    parts.set(USER_SECURITY, "disablealladdins", 1)
    parts.set(UNIT_SECURITY, "disablealladdins", 0)
    assert not doctor.addins(parts.computer()).is_problem


def test_unknown_processor_is_said_and_no_problem(parts: Parts) -> None:
    program(parts.excel, 0xAA64)
    answer = doctor.package(parts.computer())
    assert not answer.is_problem
    assert "没有核对" in answer.what


@pytest.mark.parametrize(
    "command",
    [
        r'"C:\Program Files\Microsoft Office\EXCEL.EXE" /automation',
        r"C:\Program Files\Microsoft Office\EXCEL.EXE /automation",
        r"C:\Program Files\Microsoft Office\EXCEL.EXE",
    ],
)
def test_program_of_a_command(parts: Parts, command: str) -> None:
    parts.set(SERVER, "", command)
    found = office.registered_program(parts.computer())
    assert PureWindowsPath(str(found)) == PureWindowsPath(r"C:\Program Files\Microsoft Office\EXCEL.EXE")


def test_excel_is_found_by_its_class_without_app_paths(parts: Parts) -> None:
    del parts.registry[APP_PATHS]
    assert office.excel_program(parts.computer()) == parts.excel


def test_class_by_the_current_version(parts: Parts) -> None:
    del parts.registry[r"HKCR\Excel.Application\CLSID"]
    parts.set(r"HKCR\Excel.Application.16\CLSID", "", "{00024500-0000-0000-C000-000000000046}")
    assert office.registered_program(parts.computer()) == parts.excel


def test_every_version_is_asked_when_none_is_registered(parts: Parts) -> None:
    del parts.registry[r"HKCR\Excel.Application\CurVer"]
    parts.set(r"HKLM\Software\Policies\Microsoft\Office\14.0\Excel\Security", "disablealladdins", 1)
    assert doctor.addins(parts.computer()).is_problem


def test_every_answer_is_a_sentence(parts: Parts) -> None:
    for title, answer in doctor.diagnose(parts.as_if_installed()):
        assert title
        assert answer.what
        assert not answer.remedy


def test_nothing_registered_and_no_excel_open_are_no_problems(parts: Parts) -> None:
    del parts.registry[r"HKCR\Excel.Application\CLSID"]
    del parts.registry[r"HKCR\Excel.Application\CurVer"]
    parts.loaded = None
    assert problems(parts.as_if_installed()) == {}


@pytest.mark.parametrize("content", [b"", b"MZ", b"x" * 200])
def test_bits_of_what_is_no_program(parts: Parts, content: bytes) -> None:
    parts.excel.write_bytes(content)
    assert office.bits(parts.excel) is None
