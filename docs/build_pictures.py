"""Pictures of every sheet of the template, blank and filled: ``python docs/build_pictures.py``.

Needs LibreOffice, pdftoppm and a Chinese font. Written to docs/images/template-*.png.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import zipingbiao as z

DOCS = Path(__file__).parent
WORKBOOKS = DOCS.parent / "workbooks"
SOURCES = {
    "blank-shanxi": WORKBOOKS / "templates" / "山西-项目支出绩效自评表.xlsx",
    "blank-national": WORKBOOKS / "templates" / "全国-项目支出绩效自评表.xlsx",
    "filled-shanxi": next((WORKBOOKS / "examples").glob("002-*.xlsx")),
    "filled-national": next((WORKBOOKS / "examples").glob("003-*.xlsx")),
}
RESOLUTION = "70"


def build(folder: Path) -> None:
    """Write the pages of each source as pictures, filled ones scored."""
    for name, source in SOURCES.items():
        with tempfile.TemporaryDirectory() as scratch:
            book = Path(shutil.copy(source, Path(scratch) / f"{name}.xlsx"))
            if name.startswith("filled"):
                z.score(book)
            profile = f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}"
            convert = [
                "soffice",
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                scratch,
                str(book),
            ]
            subprocess.run(convert, check=True, capture_output=True)  # noqa: S603 fixed command, own file
            pdf = str(book.with_suffix(".pdf"))
            subprocess.run(["pdftoppm", "-r", RESOLUTION, "-png", pdf, f"{scratch}/page"], check=True)  # noqa: S603, S607
            for old in folder.glob(f"template-{name}-*.png"):
                old.unlink()
            # pdftoppm writes as many digits as the last page needs; names in the docs must not change with it.
            for page in Path(scratch).glob("page-*.png"):
                number = int(page.stem.removeprefix("page-"))
                shutil.copy(page, folder / f"template-{name}-{number:02}.png")


if __name__ == "__main__":
    build(DOCS / "images")
