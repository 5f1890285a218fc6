"""A 评分规则 file of one's own to start from: what it inherits, ready to be changed value by value."""

from __future__ import annotations

from textwrap import indent

from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.profile import Provenance
from zipingbiao.scoring.profile.values import KEYS

# What every place says of itself; a starter states its own values instead.
_STATED = ("execution_points", "levels")

_HEAD = """\
# 本地评分规则：沿用 {base}（{inherited}），这里只写不同的地方。
# 1. 要改哪一项，就去掉它那六行行首的 #，改 value，再写清依据：from 自何日起，source 文号和条款，
# trust 可信程度（confirmed 已核对原文、practice 通行做法、unchecked 待核对原文），checked_on 核对日期。
# 2. 检查：zpb profile check 本文件　使用：zpb score 自评表.xlsx --profile 本文件
"""


def new_profile(name: str, title: str) -> str:
    """Return the text of a valid file that extends a built-in profile.

    A few values are stated, with the value and the origin that they have in *name*; the others
    follow as comments. Until somebody changes a value the file scores as *name* does.

    Args:
        name: a built-in profile, or a starter (``capped``), whose own values are stated.
        title: of the new file.

    Raises:
        UsageError: there is no such profile.
    """
    source = profiles.to_start_from(name)
    own = tuple(key for key, where in source.provenance.items() if where.stated_in == name)
    stated, base = (own, source.extends) if name in profiles.starters() else (_STATED, name)
    inherited = profiles.load(base or name)
    head = _HEAD.format(base=inherited.name, inherited=inherited.title)
    head += f"{_line('title', title)}extends: {inherited.name}\nvalues:\n"
    rest = (key for key in KEYS if key not in stated)
    return (
        head
        + "".join(_block(key, source.provenance[key]) for key in KEYS if key in stated)
        + "".join(indent(_block(key, inherited.provenance[key]), "#") for key in rest)
    )


def _block(key: str, where: Provenance) -> str:
    """One value as it stands in a file, six lines."""
    known = KEYS[key]
    lines = [f"{key}:  # {known.label}：{known.how}\n", f"  value: {where.value}\n"]
    lines += [f"  from: {where.since}\n", f"  {_line('source', where.source)}"]
    lines += [f"  trust: {where.trust}\n", f"  checked_on: {where.checked_on}\n"]
    return indent("".join(lines), "  ")


def _line(name: str, text: str) -> str:
    """``name: text``, quoted where YAML needs it."""
    import yaml

    quoted = yaml.safe_dump(text, allow_unicode=True, width=float("inf"))
    return f"{name}: {quoted.removesuffix('...' + chr(10)).strip()}\n"
