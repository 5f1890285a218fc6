"""What the shell offers when somebody presses Tab: files, 评分规则, codes of rules; click offers the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell offer files and folders itself."""
    return [_item(incomplete, type="file")]


def profiles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the built-in 评分规则; where none begins so, files: a county's own is one."""
    from zipingbiao.scoring.profile import profiles as built_in

    named = [_item(one.name, help=one.title) for one in built_in() if one.name.startswith(incomplete)]
    return named or files(ctx, param, incomplete)


def codes(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the codes of the rules in force; the case does not matter."""
    from zipingbiao.rules.explained import all_rules

    return [
        _item(rule.code, help=rule.title) for rule in all_rules() if rule.code.startswith(incomplete.upper())
    ]


def _item(value: str, **said: str) -> CompletionItem:
    from click.shell_completion import CompletionItem  # only a shell asks

    return CompletionItem(value, **said)
