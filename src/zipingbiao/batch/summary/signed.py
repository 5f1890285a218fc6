"""What people type into head and foot of a paper that is handed up: 填报单位, and who signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from zipingbiao.values.frozen import frozen

UNIT_LABEL = "填报单位（盖章）："
SIGNERS = ("填表人", "审核人", "负责人", "联系电话", "填报日期")
_GAP = "　" * 4
_NO_DATE = "　　年　月　日"
_SIGNER = re.compile(rf"({'|'.join(SIGNERS)})[:：]")


@frozen
class Signed:
    """What people typed into head and foot of a paper; "" and no name where they typed nothing.

    Attributes:
        unit: 填报单位.
        names: by the words of SIGNERS.
    """

    unit: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def signers(signed: Signed) -> str:
    """Return the line on which people sign, with the names that are typed already."""
    told = {**dict.fromkeys(SIGNERS, ""), SIGNERS[-1]: _NO_DATE, **signed.names}
    return _GAP.join(f"{label}：{name}" for label, name in told.items())


def names_in(line: str) -> Mapping[str, str]:
    """Return the names that people typed into the line on which they sign; a blank date is none."""
    _, *parts = _SIGNER.split(line)
    told = {label: name.strip() for label, name in zip(parts[::2], parts[1::2], strict=True)}
    return {label: name for label, name in told.items() if "".join(name.split()) not in {"", "年月日"}}
