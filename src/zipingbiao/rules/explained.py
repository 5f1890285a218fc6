"""The text of every rule, parsed from its docstring: help, web page and manual all come from here."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from zipingbiao import rules
from zipingbiao.errors import UsageError
from zipingbiao.scoring import codes
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

PARTS = ("检查内容", "为何重要", "依据", "严重程度", "反例", "正例", "不检查")
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "L": "表格",
        "V": "目标值与业绩值",
        "W": "分值",
        "Y": "年度与批复",
        "S": "得分",
        "T": "总分与等级",
        "F": "资金",
        "B": "多张表之间",
    }
)

_NEAR = 3
# How far a source was checked is for those who keep the rules (docs/rules.md, sheet 评分规则).
# Example: 《…办法》（可信程度：未核对原文）. Near miss: 资料的可信程度 in a rule's own text. Source: the 依据 of all rules.
_TRUST = regex(r"（可信程度：[^；）]*）|(?<=（)可信程度：[^；）]*；|，可信程度[^；。）]*|和可信程度(?=写在)")


@frozen
class Explained:
    """What a person may know about one rule.

    Attributes:
        title: the flaw, in one sentence without the code.
        severity: the label of the usual one, 错误 警告 or 提示; the part 严重程度 says when it is another.
        parts: the text of each of PARTS, in that order.
    """

    code: str
    title: str
    severity: str
    parts: Mapping[str, str]

    @property
    def family(self) -> str:
        """The Chinese name of the group of rules to which it belongs."""
        return FAMILIES[self.code[0]]


def all_rules() -> tuple[Explained, ...]:
    """Return the text of all rules in force, family by family."""
    families = "".join(FAMILIES)
    return tuple(map(_text, sorted(codes.CODES, key=lambda code: (families.index(code[0]), code))))


def explain(code: str) -> Explained:
    """Return the text of one rule; the case of *code* and blanks around it do not matter.

    Raises:
        UsageError: there is no such rule, or it is retired; the message names the nearest codes.
    """
    wanted = code.strip().upper()
    if wanted in codes.CODES:
        return _text(wanted)
    if wanted in codes.RETIRED:
        raise UsageError(f"规则{wanted}已经停用，不再检查。")
    meant, *others = _near(wanted, [rule.code for rule in all_rules()])
    more = f"，相近的还有 {'、'.join(others)}" if others else ""
    raise UsageError(f"没有编号为“{code.strip()}”的规则，您是要 {meant} 吗{more}。")


def reason(code: str) -> str:
    """Return why a rule matters and what it rests on, for the column 规则说明; "" for an unknown code."""
    if code not in codes.CODES:
        return ""
    parts = _text(code).parts
    return f"{parts['为何重要']}依据：{_without_trust(parts['依据'])}"


def as_text(rule: Explained) -> str:
    """Write one rule for a terminal or a message box, without a line break at its end."""
    head = f"{rule.code} {rule.title}（{rule.family}，{rule.severity}）"
    return "\n".join([head, "", *(f"{part}：{_without_trust(text)}" for part, text in rule.parts.items())])


def as_markdown(explained: Iterable[Explained]) -> str:
    """Write rules as a page: one section per family, one heading per code to link to."""
    lines = ["# 校验规则", ""]
    family = ""
    for rule in explained:
        if rule.family != family:
            family = rule.family
            lines += [f"## {rule.code[0]} {family}", ""]
        lines += [f"### {rule.code}", "", f"**{rule.title}**（{rule.severity}）", ""]
        lines += [f"- {part}：{_escaped(text)}" for part, text in rule.parts.items()]
        lines.append("")
    if codes.RETIRED:
        lines += ["## 停用的编号", "", "、".join(codes.RETIRED), ""]
    return "\n".join(lines)


@cache
def _text(code: str) -> Explained:
    rule = rules.rule_of(code)
    first, *rest = inspect.cleandoc(rule.__doc__ or "").splitlines()
    said = dict(line.split("：", 1) for line in rest if line)
    title = first.removeprefix(f"{rule.CODE} ").removesuffix("。")
    parts = MappingProxyType({part: said[part] for part in PARTS})
    return Explained(rule.CODE, title, rule.SEVERITY.label, parts)


def _without_trust(text: str) -> str:
    return _TRUST.sub("", text)


def _near(code: str, known: list[str]) -> list[str]:
    """The codes most like *code*; of the same family, or the first ones, where none is."""
    from difflib import get_close_matches

    begun = [other for other in known if len(code) > 1 and other.startswith(code)]
    near = begun[:_NEAR] or get_close_matches(code, known, _NEAR, 0.5)
    family = [other for other in known if other[:1] == code[:1]]
    return near or family[:_NEAR] or known[:_NEAR]


def _escaped(text: str) -> str:
    """Keep signs of the table from being read as markup: ``<=107.26`` is no tag, ``*`` no emphasis."""
    for sign in "\\<*_|":
        text = text.replace(sign, f"\\{sign}")
    return text
