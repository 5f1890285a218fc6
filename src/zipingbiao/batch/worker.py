"""The other end of :mod:`zipingbiao.batch.processes`: answers batches until nobody asks any more."""

from __future__ import annotations

import contextlib
import pickle
import signal
import sys
import traceback
from typing import Any


def main() -> None:
    """Take (job, batch) after (job, batch) from stdin and give the records of each, pickled, on stdout."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks; they end us
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what prints must not stand among the answers
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            answers.write(_answer(pickle.load(questions)))  # noqa: S301 - of the process that started us
            answers.flush()


def _answer(question: tuple[Any, list[Any]]) -> bytes:
    job, batch = question
    try:
        return pickle.dumps([job.record(item) for item in batch])
    except Exception:  # noqa: BLE001 a record that cannot travel is told, not lost
        return pickle.dumps(traceback.format_exc())
