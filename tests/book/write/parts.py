"""Looking into the parts of a workbook."""

from __future__ import annotations

import io
import zipfile

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def sheet_data(xml: str) -> str:
    return xml[xml.index("<sheetData") : xml.index("</worksheet>")]
