"""Firefox as a person uses it, asked over its own wire (Marionette): length, colon, a list as JSON."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PORT = 2828
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_SECONDS = 120


def firefox() -> str | None:
    """Return where Firefox is; None without."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One window of Firefox."""

    def __init__(self, wire: Any) -> None:
        self._wire, self._number = wire, 0
        self._answer()  # what it is
        self.ask("WebDriver:NewSession", {"capabilities": {}})

    def ask(self, command: str, arguments: dict[str, Any] | None = None) -> Any:
        """Ask one command and return its value."""
        self._number += 1
        said = json.dumps([0, self._number, command, arguments or {}]).encode()
        self._wire.write(str(len(said)).encode() + b":" + said)
        self._wire.flush()
        _kind, _number, error, value = self._answer()
        assert error is None, error
        return value.get("value", value) if isinstance(value, dict) else value

    def open(self, page: Path) -> None:
        """Open a page from disk."""
        self.ask("WebDriver:Navigate", {"url": page.as_uri()})

    def find(self, place: str) -> dict[str, str] | None:
        """Return the first element of a place; None where there is none."""
        found = self.ask("WebDriver:FindElements", {"using": "css selector", "value": place})
        return found[0] if found else None

    def wait(self, place: str, text: str = "") -> str:
        """Wait until a place is there and says a text, and return all that it says."""
        end = time.monotonic() + _SECONDS
        said: str = ""
        while time.monotonic() < end:
            element = self.find(place)
            if element is not None:
                said = str(self.ask("WebDriver:GetElementText", {"id": element[_ELEMENT]}))
                if text in said:
                    return said
            time.sleep(0.5)
        raise AssertionError(f"{place}: {said}")

    def click(self, place: str) -> None:
        """Press what stands at a place."""
        element = self.find(place)
        assert element is not None, place
        self.ask("WebDriver:ElementClick", {"id": element[_ELEMENT]})

    def drop(self, *files: Path) -> None:
        """Hand files to the page."""
        element = self.find("#files")
        assert element is not None
        self.ask("WebDriver:ElementSendKeys", {"id": element[_ELEMENT], "text": "\n".join(map(str, files))})

    def _answer(self) -> Any:
        size = b""
        while (sign := self._wire.read(1)) != b":":
            assert sign, "Firefox has ended"
            size += sign
        return json.loads(self._wire.read(int(size)))


@contextmanager
def window() -> Iterator[Firefox]:
    """Give a window of a Firefox of its own, ended afterwards."""
    program = firefox()
    assert program is not None
    with tempfile.TemporaryDirectory(prefix="zpb-firefox-") as profile:
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", profile]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                with _connected(process) as wire, wire.makefile("rwb") as stream:
                    yield Firefox(stream)
            finally:
                process.kill()


def _connected(process: subprocess.Popen[bytes]) -> socket.socket:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "Firefox has ended"
        try:
            return socket.create_connection(("127.0.0.1", PORT), timeout=_SECONDS)
        except OSError:
            time.sleep(0.5)
    raise AssertionError("Firefox does not answer")
