"""The frames of a merge as CSV, for people who script and for notebooks; Excel opens them too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from zipingbiao.batch.files import is_output
from zipingbiao.batch.frames import frame
from zipingbiao.batch.merged import MergeResult
from zipingbiao.book.write.save import make_folder, save_new
from zipingbiao.errors import RefusedError
from zipingbiao.values.frozen import frozen

if TYPE_CHECKING:
    import pandas as pd

NAMES = ("projects.csv", "indicators.csv", "findings.csv", "ledger.csv")
"""In the order of :class:`zipingbiao.batch.frames.Frames`."""
_LACKING = (
    "请先安装 pandas（pip install pandas），再运行一次同一命令：没有它写不了 --frames 的表，其余都已完成。"
)
_RUNS = re.compile(r"^(?:[=@\t\r]|[+-](?![\d.,]*%?$))")
"""How a text begins that Excel would take for a formula when it opens a CSV; a number with its sign is none."""


@frozen
class FrameFiles:
    """Where the frames go.

    Attributes:
        folder: made where it is missing.
    """

    folder: Path

    def write(self, merged: MergeResult) -> tuple[str, ...]:
        """Write the four files, UTF-8 with a mark at their head; return what was done in Chinese sentences.

        Texts that Excel would calculate begin with ``'``. What is missing is blank.

        Raises:
            RefusedError: a file cannot be written.
        """
        try:
            frames = frame(merged)
        except ImportError:
            return (_LACKING,)
        make_folder(self.folder)
        for name, table in zip(NAMES, frames, strict=True):
            target = self.folder / name
            save_new(target, _csv(table), overwrite=target.exists())
        return (f"数据表已写入 {self.folder}：{'、'.join(NAMES)}",)


def open_frames(folder: Path) -> FrameFiles:
    """Return where the frames of a merge go; asked before the long work.

    Raises:
        RefusedError: what stands in their place is not ours, or is no folder.
    """
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"请给 --frames 换一个文件夹：“{folder}”是一个文件，没有写入。")
    for target in (folder / name for name in NAMES):
        if target.exists() and not is_output(target):
            raise RefusedError(
                f"请把 {target} 移走或改名，或给 --frames 换一个文件夹：它不是本软件生成的，没有覆盖。"
            )
    return FrameFiles(folder)


def _csv(table: pd.DataFrame) -> bytes:
    shown = table.copy()
    texts: list[str] = list(shown.select_dtypes("string").columns)
    for name in texts:
        shown[name] = shown[name].str.replace(_RUNS, lambda begin: f"'{begin[0]}", regex=True)
    return shown.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
