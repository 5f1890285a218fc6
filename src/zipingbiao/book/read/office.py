"""The one place that starts an installed LibreOffice: old documents become new ones, files become PDF.

It runs in a process of its own with a profile and a folder that nobody else uses, runs no macro and fetches
nothing, and is ended with all that it started when it takes too long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from zipingbiao.errors import UnreadableError

SECONDS = 15  # below the time that a file has in a batch
PRINTING_SECONDS = 120

_FILTER = "MS Word 97"  # without one it takes anything for text
_NOT_CONVERTED = "旧版 Word 文档（.doc）{seconds} 秒内没有转换完，请用 Word 或 WPS 打开后另存为 .docx。"
_NOT_PRINTED = "LibreOffice {seconds} 秒内没有生成 PDF，请用 Word、Excel 或 WPS 打开后另存为 PDF。"
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432")  # of Windows
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def converted(data: bytes) -> bytes | None:
    """Return an old Word document as .docx; None where no LibreOffice is installed.

    Raises:
        UnreadableError: it could not be converted; does not name the file.
    """
    made = _made({"a.doc": data}, "docx", (f"--infilter={_FILTER}",), SECONDS, _NOT_CONVERTED)
    if made is None:
        return None
    if "a.docx" not in made:
        raise UnreadableError(
            "旧版 Word 文档（.doc）未能转换，可能已损坏或设有打开密码，请用 Word 或 WPS 打开后另存为 .docx。"
        )
    return made["a.docx"]


def printed(files: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """Return files as PDF; None where no LibreOffice is installed.

    Args:
        files: content by a plain name with its ending, each of another stem; they must have been read already,
            for what is damaged is printed as text.

    Returns:
        The PDF by the same name; without those that it could not print.

    Raises:
        UnreadableError: it took too long.
    """
    made = _made(files, "pdf", (), PRINTING_SECONDS, _NOT_PRINTED)
    if made is None:
        return None
    return {name: made[pdf] for name in files if (pdf := f"{Path(name).stem}.pdf") in made}


def _made(
    files: Mapping[str, bytes], to: str, more: Sequence[str], seconds: float, late: str
) -> dict[str, bytes] | None:
    """Return what LibreOffice makes of files, by name; None where there is none.

    Raises:
        UnreadableError: it took longer than *seconds*, as *late* says.
    """
    program = _program()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="zpb-", ignore_cleanup_errors=True) as private:
        profile, made = Path(private, "profile"), Path(private, "out")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        given = [Path(private, name) for name in files]
        for path, data in zip(given, files.values(), strict=True):
            path.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            *more,
            "--convert-to",
            to,
            "--outdir",
            str(made),
            *map(str, given),
        ]
        _run(command, private, seconds, late)
        # It ends with status 0 whether or not it has done anything.
        return {path.name: path.read_bytes() for path in sorted(made.glob(f"*.{to}"))}


def installed(name: str) -> str | None:
    """Return where a program of the system is; never one that lies beside the documents."""
    found = shutil.which(name)
    is_safe = found is not None and Path(found).is_absolute() and Path(found).parent != Path.cwd()
    return found if is_safe else None


def _program() -> str | None:
    """Return where LibreOffice is; never one that lies beside the documents."""
    if sys.platform == "emscripten":  # a browser starts nothing
        return None
    if (found := installed("soffice")) is not None:
        return found
    folders = (Path(os.environ[name], "LibreOffice", "program") for name in _FOLDERS if name in os.environ)
    places = [*map(Path, _PLACES), *(folder / "soffice.exe" for folder in folders)]
    return next((str(place) for place in places if place.is_file()), None)


def _run(command: list[str], folder: str, seconds: float, late: str) -> None:
    """Run to the end or to the time limit, when everything that the program started ends with it."""
    with subprocess.Popen(  # noqa: S603 - an installed program, our own arguments
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(late.format(seconds=seconds)) from error
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(  # noqa: S603
                [
                    str(Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe")),
                    "/F",
                    "/T",
                    "/PID",
                    str(process.pid),
                ],
                capture_output=True,
                check=False,
            )
        return
    with contextlib.suppress(OSError):  # all of them have ended already
        os.killpg(process.pid, signal.SIGKILL)
