"""Builds the blank template workbooks: ``python workbooks/build_templates.py [FOLDER]``.

The 年度 stays blank in them: a committed file knows no year, ``zpb new`` fills it in. The same
program gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import Project
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.write import finished

HERE = Path(__file__).parent
WITHOUT_MACROS = "-免宏版"


def build(folder: Path) -> list[Path]:
    """Write every template into *folder* and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for form in FORMS:
        for formulas in (False, True):
            path = folder / f"{form.file_name}{WITHOUT_MACROS if formulas else ''}.xlsx"
            path.write_bytes(finished(NewWorkbook(form, Project(), (NewProject(),), formulas=formulas)))
            paths.append(path)
    return paths


if __name__ == "__main__":
    for built in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "templates"):
        print(built.name)
