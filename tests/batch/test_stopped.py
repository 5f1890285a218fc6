"""Ctrl-C while a folder is merged: what was read stands beside the 汇总表, marked 未完成, and nothing else changed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support.county import listed
from support.handed_in import FILES
from zipingbiao import cli
from zipingbiao.batch.engine import UNREAD
from zipingbiao.batch.run import Step
from zipingbiao.batch.stopped import StoppedError
from zipingbiao.cli import tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirteen workbooks in a folder."""
    units = tmp_path / "各单位"
    units.mkdir()
    for number in range(13):
        shutil.copy(FILES[number % 5], units / f"{number:02}.xlsx")
    return tmp_path


def after(files: int) -> Callable[[Step], None]:
    """Somebody who presses Ctrl-C as soon as so many files were read."""

    def watching(step: Step) -> None:
        if step.done >= files:
            raise KeyboardInterrupt

    return watching


def texts(file: Path, sheet: str) -> list[str]:
    book = openpyxl.load_workbook(file)
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_read_is_marked_and_every_file_is_in_the_ledger(folder: Path, workers: int) -> None:
    out = folder / "汇总表.xlsx"
    with pytest.raises(StoppedError) as stopped:
        z.merge(folder / "各单位", out, workers=workers, progress=after(4))
    merged = stopped.value.merged
    beside = folder / "汇总表（未完成）.xlsx"
    assert merged.out == beside
    assert not out.exists()
    unread = sum(record.why == UNREAD for record in merged.records)
    assert 0 < unread <= 9
    assert len(merged.records) == 13
    marked = f"未完成：已读{13 - unread}个，共13个"
    assert any(text.startswith(marked) for text in texts(beside, "汇总表（上报）"))
    assert Counter(texts(beside, "文件清单"))[UNREAD] == unread
    assert str(stopped.value) == (
        f"请再运行一次同一命令：汇总已中断（{marked}）；已读的写在 {beside}（不是完整的汇总表，不列应报未报）。"
    )


def test_a_complete_summary_is_never_replaced_and_the_next_run_is_complete(folder: Path) -> None:
    out = folder / "汇总表.xlsx"
    z.merge(folder / "各单位", out, workers=1)
    before = out.read_bytes()
    for _ in range(2):  # the second time the unfinished one is there already
        with pytest.raises(StoppedError, match=r"原有的 汇总表\.xlsx 没有改动。"):
            z.merge(folder / "各单位", out, workers=1, cache=False, progress=after(3))
        assert out.read_bytes() == before
    z.merge(folder, out, workers=1)  # the unfinished one lies in a folder that is read
    again = z.merge(folder / "各单位", out, workers=1)
    assert (again.summary.unread, out.read_bytes()) == (0, before)


def test_a_file_of_somebody_else_under_that_name_stays(folder: Path) -> None:
    theirs = folder / "汇总表（未完成）.xlsx"
    shutil.copy(FILES[0], theirs)
    with pytest.raises(z.RefusedError, match="不是本软件生成"):
        z.merge(folder / "各单位", folder / "汇总表.xlsx", workers=1, progress=after(3))
    assert theirs.read_bytes() == FILES[0].read_bytes()


def test_nobody_is_missing_who_was_only_not_read(folder: Path) -> None:
    (folder / "名单.xlsx").write_bytes(listed())
    with pytest.raises(StoppedError) as stopped:
        z.merge(
            folder / "各单位",
            folder / "汇总表.xlsx",
            workers=1,
            register=folder / "名单.xlsx",
            progress=after(3),
        )
    assert stopped.value.merged.summary.enrolment is None
    assert stopped.value.merged.out is not None
    sheets = openpyxl.load_workbook(stopped.value.merged.out).sheetnames
    assert not {"应报未报", "催报话术"} & set(sheets)


def test_before_a_table_was_read_nothing_is_written(folder: Path) -> None:
    (folder / "各单位" / "00.xlsx").write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(StoppedError, match="其中还没有自评表，没有写入汇总表。"):
        z.merge(folder / "各单位", folder / "汇总表.xlsx", workers=1, progress=after(1))
    assert [path.name for path in folder.iterdir()] == ["各单位"]


def test_of_an_archive_that_was_read_the_members_are_unread(folder: Path) -> None:
    archive = shutil.make_archive(str(folder / "09号"), "zip", folder / "各单位")
    shutil.move(archive, folder / "各单位")
    with pytest.raises(StoppedError) as stopped:
        z.merge(folder / "各单位", folder / "汇总表.xlsx", workers=1, progress=after(14))
    # All files were read when it was stopped, and none of what the archive holds.
    merged = stopped.value.merged
    assert (merged.summary.unread, len(merged.records)) == (13, 27)


def test_a_check_that_is_stopped_says_nothing(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt) as stopped:
        z.check(folder / "各单位", workers=1, progress=after(3))
    assert not isinstance(stopped.value, StoppedError)


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_says_so_and_prints_no_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    monkeypatch.setattr(tables, "progress", lambda: after(3))
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit) as left:
        cli.main(["merge", "各单位", "--workers", "1", *(["--json"] if as_json else [])])
    shown = capsys.readouterr()
    assert left.value.code == 1
    assert shown.out == ""
    assert "未完成：已读3个，共13个）；已读的写在 汇总表（未完成）.xlsx" in shown.err
    assert (folder / "汇总表（未完成）.xlsx").exists()
