"""The page in a real browser, without a network: Debian's chromium, driven by playwright."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PYODIDE_VARIABLE = "ZPB_PYODIDE"
_SECONDS = 60_000
_INSIDE = ("file:", "blob:", "data:")


def missing() -> tuple[str, ...]:
    """Return what this machine lacks, one Chinese phrase each; empty when the page can be tried."""
    lacks = []
    if shutil.which("chromium") is None:
        lacks.append("未找到浏览器（chromium）")
    if find_spec("playwright") is None:
        lacks.append("未安装 playwright")
    if pyodide() is None:
        lacks.append(f"未找到 npm 软件包 pyodide（下载后用环境变量 {PYODIDE_VARIABLE} 指明）")
    return tuple(lacks)


def pyodide() -> Path | None:
    """Return the npm package that the page is built from."""
    said = os.environ.get(PYODIDE_VARIABLE)
    return Path(said) if said and Path(said).exists() else None


class Screen:
    """The page as a person uses it: what is asked for by its label is what a person sees."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def outside(self) -> list[str]:
        """What it asked for beyond itself."""
        return [url for url in self.requests if not url.startswith(_INSIDE)]

    def another(self) -> Screen:
        """Return another page of the same browser."""
        return Screen(self.page.context.new_page())

    def open(self, page: Path) -> None:
        """Open the page from disk and wait until it is ready."""
        self.page.goto(page.as_uri())
        self.page.wait_for_selector("body.ready", timeout=_SECONDS)

    def drop(self, *files: Path) -> None:
        """Hand over files and wait until each has its word."""
        from playwright.sync_api import expect

        self.page.set_input_files("#files", [str(file) for file in files])
        for file in files:
            line = self.page.locator("#list li", has_text=file.name)
            expect(line).to_have_count(1, timeout=_SECONDS)
            expect(line).not_to_contain_text("正在读取", timeout=_SECONDS)

    def clear(self) -> None:
        """Take every file out of the list."""
        remove = self.page.locator("#list li").get_by_role("button", name="移除")
        while remove.count():
            remove.first.click()

    def choose(self, name: str) -> None:
        """Show one of the files."""
        self.page.locator("#list .name", has_text=name).last.click()

    def text(self, place: str) -> str:
        """Return what a person reads at a place."""
        said: str = self.page.locator(place).inner_text()
        return said

    def state(self, name: str) -> str:
        """Return the word beside a file."""
        said: str = self.page.locator("#list li", has_text=name).locator(".state").inner_text()
        return said

    def count(self, name: str) -> str:
        """Return how many projects a file has, in words."""
        said: str = self.page.locator("#list li", has_text=name).locator(".count").inner_text()
        return said

    def answers(self) -> dict[str, Any]:
        """Return what the core answered of each file, by its path."""
        said: dict[str, Any] = self.page.evaluate(
            "Object.fromEntries([...entries.values()].map((entry) => [entry.path, entry.answer]))"
        )
        return said

    def saved(self, button: str, folder: Path) -> Path:
        """Press a button that makes a file and return the file."""
        with self.page.expect_download(timeout=_SECONDS) as download:
            self.page.get_by_role("button", name=button, exact=True).click()
        target: Path = folder / download.value.suggested_filename
        download.value.save_as(target)
        return target

    def self_check(self) -> str:
        """Press 自检 and return what it says."""
        from playwright.sync_api import expect

        self.page.click("#self-check")
        expect(self.page.locator("#self-check-result")).to_have_text(
            re.compile("用时|请勿"), timeout=_SECONDS
        )
        return self.text("#self-check-result")


@contextmanager
def screen(arguments: Sequence[str] = ()) -> Iterator[Screen]:
    """Give a page in a browser that has no network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as program:
        browser = program.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", *arguments]
        )
        try:
            context = browser.new_context(
                offline=True, viewport={"width": 1366, "height": 768}, accept_downloads=True
            )
            yield Screen(context.new_page())
        finally:
            browser.close()
