"""One line at a terminal: done, rate, time left, what was known already, what failed; elsewhere nothing."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from support.handed_in import FILES
from zipingbiao.batch.run import Step
from zipingbiao.cli import base, cli
from zipingbiao.cli import progress as line
from zipingbiao.cli.width import columns


@pytest.mark.parametrize(
    ("step", "seconds", "shown"),
    [
        (Step(1, 300), 0.2, "已读 1/300"),
        (Step(90, 300), 2, "已读 90/300，每秒45个，还需约5秒"),
        (
            Step(90, 3000, cached=80, rejected=2),
            10,
            "已读 90/3000，每秒1个，还需约48分30秒，沿用上次80个，无法读取2个",
        ),
        (Step(2, 12), 120, "已读 2/12，每分钟1个，还需约10分0秒"),
        (Step(80, 300, cached=80), 3, "已读 80/300，沿用上次80个"),
        (Step(100, 100_000), 100, "已读 100/100000，每秒1个，还需约27小时45分"),
        (Step(300, 300, rejected=1), 65.2, "已读 300/300，用时1分5秒，无法读取1个"),
        (Step(300, 300, cached=300), 0.1, "已读 300/300，用时1秒，沿用上次300个"),
    ],
)
def test_what_is_said(step: Step, seconds: float, shown: str) -> None:
    assert line.said(step, seconds, 80) == shown


def test_it_is_one_line_that_is_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    monkeypatch.setenv("COLUMNS", "30")
    stream = io.StringIO()
    show = line.ProgressLine(stream)
    for step in (Step(20, 40, rejected=1), Step(30, 40), Step(40, 40), Step(1, 5), Step(5, 5)):
        show(step)
    said = stream.getvalue()
    assert said.count("\n") == 2  # one for each batch
    assert said.endswith("\n")
    parts = [part.removesuffix("\n") for part in said.split("\r")[1:]]
    assert [part.rstrip() for part in parts] == [
        "已读 20/40，每秒20个",  # what is left out is left out whole
        "已读 30/40，每秒15个",
        "已读 40/40，用时3秒",
        "已读 1/5",
        "已读 5/5，用时1秒",
    ]
    widths = [columns(part) for part in parts]
    assert max(widths) < 30
    assert widths[2] >= widths[1]  # what stood there is gone


def test_it_is_not_written_more_often_than_anyone_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 5.0)
    stream = io.StringIO()
    show = line.ProgressLine(stream)
    for done in range(1, 1001):
        show(Step(done, 1000))
    assert stream.getvalue().count("\r") == 1


def test_elsewhere_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "已读" not in CliRunner().invoke(cli, ["check", str(FILES[0])]).stderr
    monkeypatch.setattr(sys, "stderr", None)  # pythonw
    assert base.progress() is None
