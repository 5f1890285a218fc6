"""The ribbon tab 绩效自评, made of the registry: one button per macro, all with the one callback."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from zipingbiao.excel import registry
from zipingbiao.excel.addin.texts import TITLE
from zipingbiao.excel.addin.vba import CALLBACK
from zipingbiao.excel.registry import Group, Macro

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
TAB_KEYTIP = "ZP"


def ribbon() -> str:
    """Return customUI14.xml as text."""
    root = ET.Element("customUI", {"xmlns": NAMESPACE})
    tabs = ET.SubElement(ET.SubElement(root, "ribbon"), "tabs")
    tab = ET.SubElement(tabs, "tab", {"id": "zpb_tab", "label": TITLE, "keytip": TAB_KEYTIP})
    for number, group in enumerate(Group, 1):
        element = ET.SubElement(tab, "group", {"id": f"zpb_group{number}", "label": group.value})
        for macro in registry.MACROS:
            if macro.group is group:
                ET.SubElement(element, "button", _button(macro))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ET.tostring(root, "unicode") + "\n"


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
