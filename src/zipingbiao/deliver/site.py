"""The Python that the page carries: our core and the libraries that it needs, as one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from zipingbiao.deliver.county import FOLDER
from zipingbiao.template.examples import examples

LIBRARIES = ("openpyxl", "et_xmlfile", "PyYAML", "XlsxWriter", "xlrd")
"""What the core imports in the browser; of each its Python and its licence, nothing that was compiled."""
_OWN = "zipingbiao"
_NOT_IN_A_BROWSER = frozenset({"cli", "excel", "season"})
_FIRST = (1980, 1, 1, 0, 0, 0)  # a fixed date: same packages, same bytes
_KEPT = frozenset({".py", ".yaml", ".docx", ".typed"})


def site_archive(facts: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Return a zip of packages as they lie in a ``site-packages``; the same packages and facts, the same bytes.

    Args:
        facts: what a bureau's edition knows, by the name of its file in the county's folder.
    """
    own = {f"{_OWN}/{FOLDER}/{name}": data for name, data in facts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted({**dict(_own()), **dict(_libraries()), **own}.items()):
            archive.writestr(zipfile.ZipInfo(name, _FIRST), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def licences() -> Iterator[tuple[str, str, str]]:
    """Yield name, version and licence of each library in the archive."""
    for name in LIBRARIES:
        about = metadata.metadata(name)
        yield name, about["Version"], about["License-Expression"] or about["License"] or "见其说明"


def _own() -> Iterator[tuple[str, bytes]]:
    root = Path(str(resources.files(_OWN)))
    for path in root.rglob("*"):
        inside = path.relative_to(root)
        if path.suffix in _KEPT and inside.parts[0] not in _NOT_IN_A_BROWSER:
            yield f"{_OWN}/{inside.as_posix()}", path.read_bytes()
    for path in examples().glob("[0-9]*.xlsx"):
        yield f"{_OWN}/data/examples/{path.name}", path.read_bytes()


def _libraries() -> Iterator[tuple[str, bytes]]:
    for name in LIBRARIES:
        for file in metadata.files(name) or ():
            inside = PurePosixPath(file.as_posix())
            if inside.suffix == ".py" and ".." not in inside.parts and "tests" not in inside.parts:
                yield str(inside), Path(str(file.locate())).read_bytes()
