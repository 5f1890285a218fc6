"""The office programs that judge our files: LibreOffice, Gnumeric and the Open XML SDK validator.

Every call works in directories of its own, so that parallel test workers never meet. Tests that
call anything here carry ``@pytest.mark.office``; ``tests/conftest.py`` decides what happens where
a program is missing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import openpyxl
from openpyxl.workbook import Workbook

Office = Literal["Office2013", "Microsoft365"]

VALIDATOR_VARIABLE = "ZPB_OOXML_VALIDATOR"
SECONDS = 180

# Reading a workbook, LibreOffice trusts the cached values of Excel unless its profile says 0: always.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""

# Without a filter LibreOffice opens a damaged workbook as plain text, and calls that a success.
_FILTERS: Mapping[str, str] = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".xlsb": "Calc MS Excel 2007 Binary",
    ".ods": "calc8",
    ".docx": "MS Word 2007 XML",
    ".odt": "writer8",
    ".doc": "MS Word 97",
}


class OfficeError(AssertionError):
    """An office program is missing, refused a file or did not finish: the test has failed."""


def missing() -> tuple[str, ...]:
    """Return what this machine lacks, one Chinese phrase each; empty when every program is there."""
    lacks = []
    if shutil.which("soffice") is None:
        lacks.append("未找到 LibreOffice（soffice）")
    if shutil.which("soffice") is not None and python_with_uno() is None:
        lacks.append("未找到带 uno 的 Python（python3-uno）")
    if shutil.which("ssconvert") is None:
        lacks.append("未找到 Gnumeric（ssconvert）")
    if shutil.which("bsdtar") is None and shutil.which("7z") is None:
        lacks.append("未找到可以读 .7z 的程序（bsdtar 或 7z）")
    if shutil.which("pdftotext") is None:
        lacks.append("未找到 pdftotext（poppler-utils）")
    if _validator() is None:
        lacks.append(f"未找到 ooxml-validator（安装 npm 包后用环境变量 {VALIDATOR_VARIABLE} 指明）")
    return tuple(lacks)


@cache
def python_with_uno() -> str | None:
    """Return a Python that can drive LibreOffice: the system's, else the one beside soffice; None without."""
    beside = Path(os.path.realpath(shutil.which("soffice") or "soffice")).parent / "python"
    for candidate in ("/usr/bin/python3", str(beside)):
        if shutil.which(candidate) is not None:
            asked = subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False)
            if asked.returncode == 0:
                return candidate
    return None


def convert(path: Path, to: str, outdir: Path) -> Path:
    """Let LibreOffice open *path* and save it as *to* (``pdf``, ``xlsx``); return the new file.

    An older file of the same name in *outdir* is replaced.

    Raises:
        OfficeError: LibreOffice could not open or save it, or took longer than ``SECONDS``.
    """
    with tempfile.TemporaryDirectory(prefix="zpb-office-") as private:
        profile, made = Path(private, "profile"), Path(private, "out")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
        command = [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            f"--infilter={_FILTERS[path.suffix.lower()]}",
            "--convert-to",
            to,
            "--outdir",
            str(made),
            str(path),
        ]
        said = _run(command)
        result = made / f"{path.stem}.{to}"
        # soffice ends with status 0 whether or not it has done anything.
        if not result.is_file():
            raise OfficeError(f"LibreOffice made no {to} of {path.name}: {said}")
        outdir.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(result, outdir / result.name))


def recalculated(path: Path) -> Workbook:
    """Return the workbook with the values that LibreOffice computes, whatever was cached in it.

    Raises:
        OfficeError: as for :func:`convert`.
    """
    with tempfile.TemporaryDirectory(prefix="zpb-office-") as private:
        return openpyxl.load_workbook(convert(path, "xlsx", Path(private)), data_only=True)


def recalculated_by_gnumeric(path: Path) -> Workbook:
    """Return the workbook with the values that Gnumeric computes: a second opinion on our formulas.

    Raises:
        OfficeError: Gnumeric could not open or save it, or took longer than ``SECONDS``.
    """
    with tempfile.TemporaryDirectory(prefix="zpb-office-") as private:
        made = Path(private, path.name)
        said = _run(["ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx", str(path), str(made)])
        if not made.is_file():
            raise OfficeError(f"Gnumeric could not calculate {path.name}: {said}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it writes no default style
            return openpyxl.load_workbook(made, data_only=True)


def printed(path: Path) -> list[str]:
    """Return the text of each page that LibreOffice prints, as it stands on paper, whatever its colour.

    Raises:
        OfficeError: as for :func:`convert`.
    """
    with tempfile.TemporaryDirectory(prefix="zpb-office-") as private:
        pages = _run(["pdftotext", "-layout", str(convert(path, "pdf", Path(private))), "-"])
    return pages.rstrip("\f").split("\f")


def sequence(path: Path) -> str:
    """Return all that LibreOffice prints as one text without white space, column by column as it is drawn.

    Raises:
        OfficeError: as for :func:`convert`.
    """
    with tempfile.TemporaryDirectory(prefix="zpb-office-") as private:
        return "".join(_run(["pdftotext", "-raw", str(convert(path, "pdf", Path(private))), "-"]).split())


def page_sizes(path: Path) -> list[tuple[float, float]]:
    """Return width and height in points of each page that LibreOffice prints.

    Raises:
        OfficeError: as for :func:`convert`.
    """
    with tempfile.TemporaryDirectory(prefix="zpb-office-") as private:
        said = _run(["pdfinfo", "-l", "999", str(convert(path, "pdf", Path(private)))])
    return [
        (float(width), float(height)) for width, height in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", said)
    ]


def validate(path: Path, office: Office) -> list[str]:
    """Return what the Open XML SDK finds wrong for this version of Office, one line per error.

    Raises:
        OfficeError: the validator is missing, or could not open the file.
    """
    validator = _validator()
    if validator is None:
        raise OfficeError("; ".join(missing()))
    said = _run([validator, str(path), "--officeVersion", office])
    try:
        errors = json.loads(said)["errors"]
    except ValueError as error:
        raise OfficeError(f"the validator gave no answer on {path.name}: {said}") from error
    if any(error["errorType"] == "Exception" for error in errors):
        raise OfficeError(f"the validator cannot open {path.name}: {errors[0]['description']}")
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in errors]


def _validator() -> str | None:
    return shutil.which(os.environ.get(VALIDATOR_VARIABLE) or "ooxml-validator")


def _run(command: list[str]) -> str:
    """Run to the end or to the time limit; the whole process group goes with the launcher."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(timeout=SECONDS)[0].strip()
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise OfficeError(f"{command[0]} did not finish within {SECONDS} seconds") from error
