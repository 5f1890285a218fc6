"""The ribbon: every button has its callback, its tag, its keys, and they agree with VBA and Python."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

import zipingbiao as z
from zipingbiao.excel import macros, registry
from zipingbiao.excel.addin import sources, vba
from zipingbiao.excel.addin.ribbon import NAMESPACE, ribbon, rule_lines
from zipingbiao.excel.registry import Group

IN_RIBBON = {"ui": NAMESPACE}


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return ET.fromstring((sources.folder() / "ribbon" / sources.RIBBON).read_text("utf-8").encode())


@pytest.fixture(scope="module")
def tab(root: ET.Element) -> ET.Element:
    (found,) = root.findall("ui:ribbon/ui:tabs/ui:tab", IN_RIBBON)
    return found


@pytest.fixture(scope="module")
def buttons(tab: ET.Element) -> list[ET.Element]:
    return tab.findall("ui:group/ui:button", IN_RIBBON)


def test_the_committed_ribbon_is_the_registry_s() -> None:
    assert (sources.folder() / "ribbon" / sources.RIBBON).read_text("utf-8") == ribbon()


def test_the_tab_and_its_groups(tab: ET.Element) -> None:
    assert tab.get("label") == "绩效自评"
    labels = [group.get("label") for group in tab.findall("ui:group", IN_RIBBON)]
    expected = ["填报", "评分与校验", "查找问题", "报告", "汇总", "规则与帮助"]
    assert labels == [group.value for group in Group] == expected


# What Excel calls each attribute with.
CALLS = {
    "onLoad": r"ribbon As IRibbonUI",
    "onAction of button": r"control As IRibbonControl",
    "getItemCount": r"control As IRibbonControl, ByRef \w+ As Variant",
    "getItemLabel": r"control As IRibbonControl, index As Integer, ByRef \w+ As Variant",
    "getSelectedItemIndex": r"control As IRibbonControl, ByRef \w+ As Variant",
    "onAction of dropDown": r"control As IRibbonControl, id As String, index As Integer",
}


def test_every_callback_is_in_vba_with_the_arguments_that_excel_gives(root: ET.Element) -> None:
    source = vba.ribbon_module() + sources.module("ZpbRules")
    used = set()
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        for name, called in element.attrib.items():
            wanted = CALLS.get(name) or CALLS.get(f"{name} of {kind}")
            if wanted is not None:
                assert re.search(rf"^Public Sub {called}\({wanted}\)$", source, re.MULTILINE), called
                used.add(called)
    there = re.findall(r"^Public Sub (\w+)\((?:control|ribbon) As", source, re.MULTILINE)
    assert used == set(there)


def test_rules_are_chosen_from_a_list_that_ends_in_a_file_of_one_s_own(root: ET.Element) -> None:
    (drop_down,) = root.iter(f"{{{NAMESPACE}}}dropDown")
    assert drop_down.get("label") == "评分规则"
    keys = [key for key, _ in rule_lines()]
    assert keys == ["auto", *(profile.name for profile in z.profiles()), "file"]
    assert all(label for _, label in rule_lines())


def test_the_explanation_is_in_the_menu_of_a_cell_too(root: ET.Element) -> None:
    (menu,) = root.findall("ui:contextMenus/ui:contextMenu", IN_RIBBON)
    assert menu.get("idMso") == "ContextMenuCell"
    (line,) = menu.findall("ui:button", IN_RIBBON)
    assert (line.get("tag"), line.get("onAction")) == ("explain", vba.CALLBACK)
    assert line.get("label") == "绩效自评：显示说明"


def test_every_tag_is_a_macro_with_a_handler(buttons: list[ET.Element]) -> None:
    tags = [button.get("tag") for button in buttons]
    assert sorted(map(str, tags)) == sorted(macro.id for macro in registry.MACROS)
    handled = dict(re.findall(r'Case "(\w+)": (\w+)', vba.ribbon_module()))
    handlers = dict(re.findall(r"Public Sub (\w+)\(\)\n    (.+)\nEnd Sub", vba.ribbon_module()))
    does = {macro.id: macro.procedure or f'ZpbRun "{macro.id}"' for macro in registry.MACROS}
    assert {tag: handlers[handler] for tag, handler in handled.items()} == does
    assert handled.keys() == set(tags)
    assert handlers["ZPB_do_watch"] == 'ZpbRun "watch"'


IN_PYTHON = [macro for macro in registry.MACROS if not macro.procedure]


@pytest.mark.parametrize("macro", IN_PYTHON, ids=lambda macro: macro.id)
def test_every_macro_is_a_function_of_a_workbook(macro: registry.Macro) -> None:
    parameters = list(inspect.signature(getattr(macros, macro.id)).parameters)
    assert parameters == ["book", "talk"]


def test_ids_are_unique(root: ET.Element) -> None:
    ids = Counter(element.get("id") for element in root.iter() if element.get("label"))
    assert [each for each, times in ids.items() if times > 1 or each is None] == []


def test_no_key_tip_hides_another(buttons: list[ET.Element]) -> None:
    """Excel acts on the first key tip that is complete: P would keep PJ from being typed."""
    tips = [*(str(button.get("keytip")) for button in buttons), registry.RULES_KEYTIP]
    assert [tip for tip in tips if not re.fullmatch("[A-Z]{1,3}", tip)] == []
    assert [
        (one, other)
        for number, one in enumerate(tips)
        for at, other in enumerate(tips)
        if number != at and other.startswith(one)
    ] == []


@pytest.mark.parametrize("macro", registry.MACROS, ids=lambda macro: macro.id)
def test_every_button_says_what_it_does(macro: registry.Macro, buttons: list[ET.Element]) -> None:
    (button,) = (each for each in buttons if each.get("tag") == macro.id)
    assert button.get("label") == button.get("screentip") == macro.title
    assert button.get("supertip") == macro.help
    assert button.get("imageMso") == macro.icon
    assert button.get("size") == ("large" if macro.large else "normal")
    assert len(macro.title) <= 5  # longer labels shrink the group
