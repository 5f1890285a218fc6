"""Writes ``rules.md`` from the docstrings of the rules: ``python docs/build_rules.py``."""

from __future__ import annotations

from pathlib import Path

from zipingbiao.rules.explained import all_rules, as_markdown

PAGE = Path(__file__).with_name("rules.md")
NOTE = "<!-- 由 docs/build_rules.py 从规则文件生成，请勿手工修改。 -->\n\n"


def page() -> str:
    """Return the page as it should be."""
    return NOTE + as_markdown(all_rules())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
