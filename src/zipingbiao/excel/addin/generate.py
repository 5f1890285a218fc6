"""Writes what is generated and committed: ``python -m zipingbiao.excel.addin.generate``."""

from __future__ import annotations

from pathlib import Path

from zipingbiao.excel.addin import ribbon, sources, vba


def generated() -> dict[str, str]:
    """Return the committed files that the registry decides, by path below ``xl_addin``."""
    modules = {f"vba/{name}.bas": make() for name, make in vba.GENERATORS.items()}
    return {**modules, f"ribbon/{sources.RIBBON}": ribbon.ribbon()}


def write(folder: Path) -> None:
    """Write the generated files below *folder*, with the line ends of the repository."""
    for name, text in generated().items():
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write(sources.folder())
