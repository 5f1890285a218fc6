"""What Tab offers, asked as a shell asks: through the completion machinery of click."""

from __future__ import annotations

import pytest
from click.shell_completion import ShellComplete

from zipingbiao.cli import cli
from zipingbiao.rules import explained
from zipingbiao.scoring.profile import names


def offered(line: str) -> list[tuple[str, str]]:
    """Type and value of what is offered for the last word of a line."""
    *words, last = line.split(" ")[1:]
    shell = ShellComplete(cli, {}, "zpb", "_ZPB_COMPLETE")
    return [(item.type, item.value) for item in shell.get_completions(words, last)]


def test_commands() -> None:
    assert offered("zpb sc") == [("plain", "score")]
    assert ("plain", "show") in offered("zpb profile ")


@pytest.mark.parametrize(
    "line",
    [
        "zpb check 各", "zpb score 自评表", "zpb score a.xlsx b", "zpb fix a", "zpb undo a", "zpb merge 各", "zpb new a",
        "zpb merge 各单位 -o 汇", "zpb check 各单位 --targets 批", "zpb check 各单位 --last 上", "zpb new a --projects 名",
        "zpb profile check 本", "zpb check a.xlsx --profile ./本县",
    ],
)  # fmt: skip
def test_files_and_folders(line: str) -> None:
    assert offered(line) == [("file", line.rsplit(" ", 1)[1])]


@pytest.mark.parametrize(
    "start", ["zpb check a.xlsx --profile ", "zpb score --profile ", "zpb profile show "]
)
def test_profiles(start: str) -> None:
    assert [value for _, value in offered(start)] == list(names())
    assert offered(f"{start}sh") == [("plain", "shanxi")]


def test_codes_of_rules_in_any_case() -> None:
    codes = [rule.code for rule in explained.all_rules()]
    assert [value for _, value in offered("zpb explain ")] == codes
    assert [value for _, value in offered("zpb explain w10")] == [
        code for code in codes if code.startswith("W10")
    ]


def test_forms_and_options() -> None:
    assert offered("zpb new a.xlsx --form n") == [("plain", "national")]
    assert ("plain", "--dry-run") in offered("zpb score --d")
