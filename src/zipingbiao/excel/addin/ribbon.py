"""The ribbon tab 绩效自评, made of the registry: one button per macro, all with the one callback."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from zipingbiao.excel import registry
from zipingbiao.excel.addin.texts import TITLE
from zipingbiao.excel.addin.vba import CALLBACK
from zipingbiao.excel.registry import Group, Macro
from zipingbiao.scoring import profile as profiles

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
TAB_KEYTIP = "ZP"
LOADED = "ZPB_ribbon_loaded"
RULES_SHEET = "zp_rules"


def ribbon() -> str:
    """Return customUI14.xml as text."""
    root = ET.Element("customUI", {"xmlns": NAMESPACE, "onLoad": LOADED})
    tabs = ET.SubElement(ET.SubElement(root, "ribbon"), "tabs")
    tab = ET.SubElement(tabs, "tab", {"id": "zpb_tab", "label": TITLE, "keytip": TAB_KEYTIP})
    for number, group in enumerate(Group, 1):
        element = ET.SubElement(tab, "group", {"id": f"zpb_group{number}", "label": group.value})
        if group is Group.HELP:
            ET.SubElement(element, "dropDown", _rules())
        for macro in registry.MACROS:
            if macro.group is group:
                ET.SubElement(element, "button", _button(macro))
    menus = ET.SubElement(root, "contextMenus")
    menu = ET.SubElement(menus, "contextMenu", {"idMso": "ContextMenuCell"})
    for macro in registry.MACROS:
        if macro.in_cell_menu:
            ET.SubElement(menu, "button", _menu_line(macro))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ET.tostring(root, "unicode") + "\n"


def rule_lines() -> list[tuple[str, str]]:
    """Return the lines of the drop-down 评分规则: what is chosen by each, and how it reads."""
    built_in = ((profile.name, profile.title) for profile in profiles.profiles())
    return [(registry.OF_THE_TABLE, "自动（按表的形式）"), *built_in, (registry.OWN_FILE, "本县的规则文件……")]


def _button(macro: Macro) -> dict[str, str]:
    return {
        "id": f"zpb_{macro.id}",
        "tag": macro.id,
        "label": macro.title,
        "imageMso": macro.icon,
        "size": "large" if macro.large else "normal",
        "keytip": macro.keytip,
        "screentip": macro.title,
        "supertip": macro.help,
        "onAction": CALLBACK,
    }


def _menu_line(macro: Macro) -> dict[str, str]:
    """The same below a right click, where lines have no size and no tips."""
    wanted = ("tag", "label", "imageMso", "onAction")
    line = {name: value for name, value in _button(macro).items() if name in wanted}
    return {"id": f"zpb_cell_{macro.id}", **line, "label": f"{TITLE}：{macro.title}"}


def _rules() -> dict[str, str]:
    return {
        "id": "zpb_rules",
        "label": registry.RULES_TITLE,
        "sizeString": "全国预算绩效自评样表二零二零",
        "keytip": registry.RULES_KEYTIP,
        "screentip": registry.RULES_TITLE,
        "supertip": registry.RULES_HELP,
        "getItemCount": "ZPB_rules_count",
        "getItemLabel": "ZPB_rules_label",
        "getSelectedItemIndex": "ZPB_rules_shown",
        "onAction": "ZPB_rules_chosen",
    }
