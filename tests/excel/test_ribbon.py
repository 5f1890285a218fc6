"""The ribbon: every button has its callback, its tag, its keys, and they agree with VBA and Python."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from zipingbiao.excel import macros, registry
from zipingbiao.excel.addin import sources, vba
from zipingbiao.excel.addin.ribbon import NAMESPACE, ribbon
from zipingbiao.excel.registry import Group

IN_RIBBON = {"ui": NAMESPACE}


@pytest.fixture(scope="module")
def tab() -> ET.Element:
    root = ET.fromstring((sources.folder() / "ribbon" / sources.RIBBON).read_text("utf-8").encode())
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
    assert labels == [group.value for group in Group] == ["填报", "评分与校验", "报告", "汇总"]


def test_every_callback_is_in_vba(buttons: list[ET.Element]) -> None:
    callbacks = {button.get("onAction") for button in buttons}
    there = re.findall(r"^Public Sub (\w+)\(control As IRibbonControl\)", vba.ribbon_module(), re.MULTILINE)
    assert callbacks == set(there) == {vba.CALLBACK}


def test_every_tag_is_a_macro_with_a_handler(buttons: list[ET.Element]) -> None:
    tags = [button.get("tag") for button in buttons]
    assert sorted(map(str, tags)) == sorted(macro.id for macro in registry.MACROS)
    handled = dict(re.findall(r'Case "(\w+)": (\w+)', vba.ribbon_module()))
    handlers = dict(re.findall(r'Public Sub (\w+)\(\)\n    ZpbRun "(\w+)"\nEnd Sub', vba.ribbon_module()))
    assert {tag: handlers[handler] for tag, handler in handled.items()} == {tag: tag for tag in tags}


@pytest.mark.parametrize("macro", registry.MACROS, ids=lambda macro: macro.id)
def test_every_macro_is_a_function_of_a_workbook(macro: registry.Macro) -> None:
    parameters = list(inspect.signature(getattr(macros, macro.id)).parameters)
    assert parameters == ["book", "talk"]


def test_ids_are_unique(tab: ET.Element) -> None:
    ids = Counter(element.get("id") for element in tab.iter())
    assert [each for each, times in ids.items() if times > 1 or each is None] == []


def test_no_key_tip_hides_another(buttons: list[ET.Element]) -> None:
    """Excel acts on the first key tip that is complete: P would keep PJ from being typed."""
    tips = [str(button.get("keytip")) for button in buttons]
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
