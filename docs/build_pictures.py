"""Pictures of every sheet of the template, blank and filled, and of the page: ``python docs/build_pictures.py [page]``.

Needs LibreOffice, pdftoppm and a Chinese font, and for the page what its tests need. Written to
docs/images/template-*.png and page-*.png; with ``page`` these alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
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


def build_page(folder: Path) -> None:
    """Take pictures of the page as a unit sees it, and of a bureau's own one."""
    sys.path.insert(0, str(DOCS.parent / "tests"))
    from support import browser, bureau
    from zipingbiao.deliver.page import page

    package = browser.pyodide()
    if package is None:
        sys.exit("、".join(browser.missing()))
    with tempfile.TemporaryDirectory() as made, browser.screen() as screen:
        scratch = Path(made)
        screen.open(page(scratch / "评分页.html", pyodide=package).file)
        screen.drop(*sorted((WORKBOOKS / "examples").glob("00*.xlsx")))
        screen.choose("002-")
        screen.page.screenshot(path=folder / "page-result.png")
        screen.choose("000-")
        screen.page.evaluate("document.body.classList.add('sign-off')")
        printed = scratch / "送签单.pdf"
        screen.page.pdf(path=printed, format="A4")
        to_picture = ["pdftoppm", "-r", RESOLUTION, "-png", "-singlefile", str(printed)]
        subprocess.run([*to_picture, str(folder / "page-sign-off")], check=True)  # noqa: S603 fixed command, own file
        lists = {"register": bureau.register(scratch), "targets": bureau.targets(scratch)}
        own = page(scratch / "本局.html", pyodide=package, profile=str(bureau.rules(scratch)), **lists)
        screen.open(own.file)
        screen.page.wait_for_selector("#units:not([hidden])")
        screen.page.select_option("#unit", "云岭县水利局")
        screen.drop(bureau.handed_in(scratch / "东片区维护自评表.xlsx", "≥200个"))
        screen.page.screenshot(path=folder / "page-county.png")


if __name__ == "__main__":
    if sys.argv[1:] != ["page"]:
        build(DOCS / "images")
    build_page(DOCS / "images")
