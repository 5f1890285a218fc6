"""The permanent codes of all rules, by family; each rule is listed here and nowhere else.

They stand below the rules, because a 评分规则 may move or switch off a rule by its code.
"""

from __future__ import annotations

from collections.abc import Mapping

IN_FORCE: Mapping[str, tuple[str, ...]] = {
    "layout": ("L101", "L102", "L103", "L104", "L105", "L106", "L107", "L108", "L109", "L110"),
    "values": (
        "V101", "V102", "V103", "V104", "V105", "V106", "V107", "V108", "V109", "V110", "V111", "V112",
        "V113", "V114", "V115", "V116",
    ),
    "weights": ("W101", "W102", "W103", "W104", "W105", "W106", "W107", "W108"),
    "years": ("Y101", "Y201", "Y202", "Y203", "Y204", "Y301", "Y302", "Y303", "Y304"),
    "scores": (
        "S101", "S102", "S103", "S104", "S105", "S106", "S107", "S108", "S109", "S110",
        "S111", "S112",
    ),
    "texts": (
        "T101", "T102", "T103", "T104", "T105", "T106", "T107", "T108", "T109", "T110", "T111", "T112",
        "T113", "T114", "T115", "T116", "T117", "T118", "T119", "T120", "T121",
    ),
    "funds": (
        "F101", "F102", "F103", "F104", "F105", "F106", "F107", "F108", "F109", "F110", "F111", "F112",
        "F113", "F114", "F115", "F116", "F117", "F118", "F119",
    ),
    "batches": ("B101", "B102", "B103", "B104"),
}  # fmt: skip
"""By the folder of their family, in the order in which the rules run."""

RETIRED: tuple[str, ...] = ()
"""Once in force; never given to another rule."""

CODES = frozenset(code for codes in IN_FORCE.values() for code in codes)
