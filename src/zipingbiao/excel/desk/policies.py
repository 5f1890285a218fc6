"""What this user, or the administrators of a unit, have switched off in Office and in Windows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zipingbiao.excel.desk.computer import Computer, Value
from zipingbiao.excel.desk.office import versions

SECURITY = r"Excel\Security"
TRUSTED_LOCATIONS = r"Excel\Security\Trusted Locations"
COMMON, COMMON_SECURITY = "Common", r"Common\Security"

_BY_POLICY = (
    r"HKCU\Software\Policies\Microsoft\Office",
    r"HKLM\Software\Policies\Microsoft\Office",
    r"HKCU\Software\Policies\Microsoft\Cloud\Office",
)
_BY_USER = r"HKCU\Software\Microsoft\Office"
_ATTACK_SURFACE = (
    r"HKLM\Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\Software\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
# What a device management such as Intune sets: all rules in one text, "rule=1|rule=2".
_MANAGED = (
    (r"HKLM\Software\Policies\Microsoft\Windows Defender\Policy Manager", "asrrules"),
    (r"HKLM\Software\Microsoft\PolicyManager\current\device\Defender", "attacksurfacereductionrules"),
)
_PROMPT = r"Software\Policies\Microsoft\Windows\System"
_BLOCK, _WARN = "1", "6"
_RULES = {
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": "禁止 Office 启动其他程序",
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "禁止 Office 宏调用系统函数",
}

UNIT, USER = "单位策略", "本机设置"


def setting(computer: Computer, place: str, name: str) -> tuple[Value, str] | None:
    """Return a setting of Office with who made it (:data:`UNIT` or :data:`USER`); None if nobody did.

    Args:
        computer: whose registry is read.
        place: the key below the version, such as :data:`SECURITY`.
        name: the value, in lower case.
    """
    for version in versions(computer):
        for root in _BY_POLICY:
            if name in (values := computer.registry(f"{root}\\{version}\\{place}")):
                return values[name], UNIT
        if name in (values := computer.registry(f"{_BY_USER}\\{version}\\{place}")):
            return values[name], USER
    return None


def switched_on(computer: Computer, place: str, name: str) -> str | None:
    """Return who switched a yes-or-no setting on; None while it is off."""
    found = setting(computer, place, name)
    return found[1] if found is not None and found[0] == 1 else None


def blocking_rules(computer: Computer) -> list[str]:
    """Return the rules of Defender that keep Excel from reaching Python, in Chinese."""
    found = list(_rules_in_force(computer))
    return [
        title
        for rule, title in _RULES.items()
        if any(name.strip("{} ") == rule and state in (_BLOCK, _WARN) for name, state in found)
    ]


def no_prompt(computer: Computer) -> bool:
    """Tell whether a policy keeps this user from the command prompt."""
    return any(
        computer.registry(f"{hive}\\{_PROMPT}").get("disablecmd") in (1, 2) for hive in ("HKCU", "HKLM")
    )


def _rules_in_force(computer: Computer) -> Iterator[tuple[str, str]]:
    """Give each rule with its state, whoever set it: a group policy, this computer, a device management."""
    for key in _ATTACK_SURFACE:
        yield from ((name.lower(), str(value)) for name, value in computer.registry(key).items())
    for key, name in _MANAGED:
        for entry in str(computer.registry(key).get(name, "")).lower().split("|"):
            rule, _, state = entry.partition("=")
            yield rule, state.strip()


def disabled_items(computer: Computer) -> Iterator[str]:
    """Give what Excel itself has put on its list of disabled items, as lower-case text with paths."""
    for version in versions(computer):
        values: Mapping[str, Value] = computer.registry(
            f"{_BY_USER}\\{version}\\Excel\\Resiliency\\DisabledItems"
        )
        for value in values.values():
            if isinstance(value, bytes):
                yield value.decode("utf-16-le", "ignore").lower()
