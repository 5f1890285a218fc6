"""How far a batch is, on one line of a terminal that is written over: done, rate, time left."""

from __future__ import annotations

import shutil
import time
from typing import TextIO

from zipingbiao.batch.run import Step
from zipingbiao.cli.width import columns

_EVERY = 0.1  # seconds
_FIRST_RATE = 1.0  # seconds after which a rate says something


class ProgressLine:
    """Shows each step of a batch; a batch after it begins a line of its own.

    Args:
        stream: a terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._began = self._shown = time.monotonic()
        self._last = Step(0, 0)
        self._width = 0

    def __call__(self, step: Step) -> None:
        now = time.monotonic()
        if step.done < self._last.done:
            self._began = now
        is_last = step.done == step.all
        self._last = step
        if is_last or now - self._shown >= _EVERY:
            self._shown = now
            room = shutil.get_terminal_size().columns - 1
            self._write(said(step, now - self._began, room), is_last=is_last)

    def _write(self, line: str, *, is_last: bool) -> None:
        blanks = " " * (self._width - columns(line))
        self._stream.write(f"\r{line}{blanks}" + ("\n" if is_last else ""))
        self._stream.flush()
        self._width = 0 if is_last else columns(line)


def said(step: Step, seconds: float, room: int) -> str:
    """Return the line for a step that was reached after so many seconds; what has no room is left out whole."""
    parts = [f"已读 {step.done}/{step.all}"]
    read = step.done - step.cached
    if step.done == step.all:
        parts.append(f"用时{_time(seconds)}")
    elif read > 0 and seconds >= _FIRST_RATE:
        rate = read / seconds
        parts.append(f"每秒{rate:.0f}个" if rate >= 1 else f"每分钟{rate * 60:.0f}个")
        parts.append(f"还需约{_time((step.all - step.done) / rate)}")
    if step.cached:
        parts.append(f"沿用上次{step.cached}个")
    if step.rejected:
        parts.append(f"无法读取{step.rejected}个")
    while columns("，".join(parts)) > room and len(parts) > 1:
        parts.pop()
    return "，".join(parts)


def _time(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole}秒"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}分{rest}秒"
    return f"{minutes // 60}小时{minutes % 60}分"
