"""Writes the built-in 评分规则 as Python: ``python -m zipingbiao.scoring.profiles.generate``.

The YAML files beside this one are the source. Reading YAML costs every start of a program more than
reading a table does, so that what runs reads :mod:`zipingbiao.scoring.profiles.generated`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_HEAD = '''\
"""The built-in 评分规则 and the starters, as their YAML files say it. Made by generate.py; not edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# fmt: off
'''


def profiles_in(folder: Path) -> dict[str, Any]:
    """Return the content of the YAML files of a folder by their names: every scalar as it is written."""
    import yaml

    files = sorted(folder.glob("*.yaml"))
    # BaseLoader makes nothing but texts, lists and mappings.
    return {file.stem: yaml.load(file.read_bytes(), yaml.BaseLoader) for file in files}  # noqa: S506


def generated() -> str:
    """Return the text of the generated module."""
    return "\n".join((_HEAD, *_table("BUILT_IN", FOLDER), *_table("STARTERS", FOLDER / "starters"), ""))


def _table(name: str, folder: Path) -> Iterator[str]:
    yield f"{name}: Mapping[str, Any] = {{"
    for profile, content in profiles_in(folder).items():
        yield f"    {profile!r}: {{"
        yield from (f"        {key!r}: {value!r}," for key, value in content.items() if key != "values")
        yield "        'values': {"
        yield from (f"            {key!r}: {value!r}," for key, value in content["values"].items())
        yield "        },"
        yield "    },"
    yield "}"


if __name__ == "__main__":
    (FOLDER / "generated.py").write_text(generated(), "utf-8", newline="\n")
