"""A VBA project as bytes, written by pyOpenVBA: source only, for a workbook that has its sheets already."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zipingbiao.errors import ZipingbiaoError
from zipingbiao.excel.parts import INSTALL_PARTS

if TYPE_CHECKING:
    from pyopenvba import VBAProject

ASCII_CODE_PAGE = 1252
_CODE_PAGE_RECORD = struct.pack("<HI", 0x0003, 2)  # PROJECTCODEPAGE of MS-OVBA 2.3.4.2.1.4
# MS-OVBA 2.3.4.1: of no version, so that every Excel compiles the source, and nothing else in the stream.
_NO_CACHE = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 1)


def vba_project(
    workbook: bytes, modules: Mapping[str, str], this_workbook: str = "", code_page: int = ASCII_CODE_PAGE
) -> bytes:
    """Return ``vbaProject.bin`` for a workbook; the same bytes for the same input.

    Args:
        workbook: .xlsx or .xlsm bytes with the sheets that the project is to have modules for.
        modules: sources by name, with plain line ends; a class has its ``VERSION`` head.
        this_workbook: the source behind the workbook.
        code_page: of the sources; 936 where one holds Chinese.

    Raises:
        ZipingbiaoError: pyOpenVBA is missing, or a source cannot be written in this code page.
    """
    try:
        from pyopenvba import ExcelFile
    except ImportError as error:
        raise ZipingbiaoError(f"{INSTALL_PARTS}缺少组件 pyOpenVBA，没有生成加载项。") from error
    with tempfile.TemporaryDirectory(prefix="zpb-addin-") as private:
        path = Path(private, "workbook.xlsm")
        path.write_bytes(workbook)
        with ExcelFile(path) as file:
            project = file.add_vba_project()
            _set_code_page(project, code_page)
            for name, source in modules.items():
                _add(project, name, _encodable(name, source, code_page))
            if this_workbook:
                file.set_module("ThisWorkbook", _encodable("ThisWorkbook", this_workbook, code_page))
            for module in project.modules:
                module.dirty = True  # written anew, without what was compiled of it where it was captured
            file.save()
        with ExcelFile(path) as file:
            return _without_cache(bytes(file.vba_project_bytes()))


def _without_cache(container: bytes) -> bytes:
    """Return a project whose stream of compiled code is the empty one; pyOpenVBA only fills it with zeros."""
    from pyopenvba.cfb import CFB

    file = CFB.from_bytes(container)
    file.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    return bytes(file.to_bytes())


def _add(project: VBAProject, name: str, source: str) -> None:
    from pyopenvba import VBAModuleKind

    is_class = source.startswith("VERSION")
    project.add_module(name, source, kind=VBAModuleKind.other if is_class else VBAModuleKind.standard)


def _encodable(name: str, source: str, code_page: int) -> str:
    """Return the source with Windows line ends; pyOpenVBA would write ``?`` for what does not fit."""
    try:
        source.encode("ascii" if code_page == ASCII_CODE_PAGE else f"cp{code_page}")
    except UnicodeEncodeError as error:
        sign = source[error.start]
        raise ZipingbiaoError(f"VBA 模块 {name} 里的“{sign}”不能写入代码页 {code_page}。") from error
    return source.replace("\n", "\r\n")


def _set_code_page(project: VBAProject, code_page: int) -> None:
    """Declare the code page of the sources; pyOpenVBA itself makes new projects in 1252 only."""
    at = project.dir_raw.index(_CODE_PAGE_RECORD) + len(_CODE_PAGE_RECORD)
    project.dir_raw = project.dir_raw[:at] + struct.pack("<H", code_page) + project.dir_raw[at + 2 :]
    project.code_page = code_page
