"""A merge that somebody stopped (Ctrl-C): what was read until then stands beside the 汇总表, and says that it is unfinished."""

from __future__ import annotations

from pathlib import Path

from zipingbiao.batch.merged import MergeResult


class StoppedError(KeyboardInterrupt):
    """Somebody stopped a merge. It ends the program like any Ctrl-C, with one Chinese sentence.

    Attributes:
        merged: of what was read; its ``out`` is where that was written, None where no table was read.
    """

    def __init__(self, merged: MergeResult, wanted: Path) -> None:
        self.merged = merged
        said = f"请再运行一次同一命令：汇总已中断（{merged.summary.unfinished}）"
        if merged.out is None:
            said += "，其中还没有自评表，没有写入汇总表"
        else:
            said += f"；已读的写在 {merged.out}（不是完整的汇总表，不列应报未报）"
        super().__init__(said + (f"，原有的 {wanted.name} 没有改动。" if wanted.exists() else "。"))


def unfinished_name(wanted: Path) -> Path:
    """Return where an unfinished summary is written: never in the place of a complete one."""
    return wanted.with_name(f"{wanted.stem}（未完成）{wanted.suffix}")
