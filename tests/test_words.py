"""Word lists: each group names an example, a near miss and its source, and both are true of its words."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import zipingbiao
from zipingbiao.values.spelling import says

ROOMS = ("values", "table", "scoring", "rules")
ROOT = Path(zipingbiao.__file__).parent
COMMENT = re.compile(r"Example: (?P<example>.+)\. Near miss: (?P<miss>.+)\. Source: .+\.$")
ASIDE = re.compile(r"（[^（）]{3,}）")
# Taken away from a text, or only a part of a larger expression: they stand in a near miss as well.
PARTS = {"FILLING", "HOLLOW", "STOCK", "COMMON", "PROMPT", "MAY_GUIDE"}
# Compared with a whole label or reason.
WHOLE = {"BESIDE_HEAD", "DENIAL", "PERSONAL_LABEL", "REGISTER_TOTAL", "REGISTER_NO", "REGISTER_YES", "YEAR_GOAL", "LONGER_GOAL", "EXPECTED_GOAL", "GOAL_TITLE", "ACHIEVED", "ANALYSIS",
         "DOCUMENT", "LEVEL1", "GRADE_REACHED", "GRADE_NEARLY", "GRADE_PARTLY", "GRADE_MISSED",
         "SIGNATURE", "ALL_OF_IT", "SUPERIOR_TOTAL", "COLUMN_NUMBER", "TAKEN_OFF", "NOTHING_OFF", "GRADE_ALONE"}  # fmt: skip
WHOLE_MODULES = {"table.report_words"}  # headings
SEARCHED = {"STATES_TOTAL", "NAMES_PROJECT"}
# Lists of words with which a name ends, or one of which stands in it.
ENDINGS = {"RATE", "COUNT", "DURATION", "EFFECT", "SHARE"}
MENTIONED = {"SPENDING", "MONEY_GAINED", "BURDENS", "TIME_NAME"}

# Sets of signs, one of which stands in a text.
SIGNS = {"NOT_UNITS"}
# Sets of words whose examples are whole units or labels; the tests of these try them.
PARTS_OF_UNITS = {"MONEY_UNITS", "COUNTERS", "ONLY_PER"}


def groups() -> list[tuple[str, str, str]]:
    """Module, name and the comment above of every group of words."""
    found = []
    for file in sorted(file for room in ROOMS for file in (ROOT / room).glob("*words.py")):
        room = f"{file.parent.name}.{file.stem}"
        source = file.read_text("utf-8")
        lines = source.split("\n")
        for node in ast.parse(source).body:
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            first = last = node.lineno - 1
            while lines[first - 1].startswith("# "):
                first -= 1
            comment = " ".join(line.removeprefix("# ") for line in lines[first:last])
            found.append((room, node.targets[0].id, comment))
    return found


GROUPS = groups()


@pytest.mark.parametrize(
    ("room", "name", "comment"), GROUPS, ids=[f"{room} {name}" for room, name, _ in GROUPS]
)
def test_a_group_of_words_is_explained_truly(room: str, name: str, comment: str) -> None:
    said = COMMENT.search(comment)
    assert said is not None, comment
    words = getattr(import_module(f"zipingbiao.{room}"), name)
    if hasattr(words, "fullmatch"):
        whole = name in WHOLE or (room in WHOLE_MODULES and name not in SEARCHED)
        meets = words.fullmatch if whole else words.search
    elif name in ENDINGS:
        meets = lambda text: text.endswith(words)  # noqa: E731
    elif name in MENTIONED:
        meets = lambda text: says(text, words)  # noqa: E731
    elif name in SIGNS:
        meets = lambda text: not words.isdisjoint(text)  # noqa: E731
    elif isinstance(words, set | frozenset) and name not in PARTS_OF_UNITS:
        meets = words.__contains__
    else:
        return
    for example in ASIDE.sub("", said["example"]).split("、"):
        assert meets(example), example
    for miss in () if name in PARTS else ASIDE.sub("", said["miss"]).split("、"):
        assert not meets(miss), miss
