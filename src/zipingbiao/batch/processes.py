"""A batch in processes of our own: each file has a time limit, and a process that hangs or dies costs one file.

They run our code and nothing else: not the script that called, which therefore needs no
``if __name__ == "__main__"``, and nothing that lies beside the workbooks.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from zipingbiao.batch.engine import Batch, Item, Job, Map
from zipingbiao.book.read.usual import is_usual
from zipingbiao.result.isolated import OUR_FAULT

T = TypeVar("T")

SECONDS_PER_FILE = 20.0
"""What one file may take."""
SECONDS_PER_FURTHER_FILE = 2.0
"""What each further file adds for a batch: usual ones take hundredths of that."""

# Its flags leave out the current folder, where a module beside a workbook would run, and PYTHONPATH; what that
# gave to us reaches the process with the other folders that we import from.
_CHILD = "import sys; sys.path = sys.argv[1:]; from zipingbiao.batch.worker import main; main()"


def in_processes(job: Job[T], workers: int) -> Map[T]:
    """Return the map that works in up to *workers* processes at once.

    A batch that takes longer than its files may on the whole, or ends its process, is read again file
    by file; a file that takes more than ``SECONDS_PER_FILE`` or ends its process is rejected.
    """

    def mapped(batches: Iterable[Batch]) -> Generator[list[T], None, None]:
        crew, threads = _Crew(job), ThreadPoolExecutor(workers)
        try:
            yield from threads.map(crew.records, batches)
        finally:  # also when somebody presses Ctrl-C
            threads.shutdown(wait=False, cancel_futures=True)
            crew.dismiss()
            threads.shutdown()

    return mapped


def in_one_beside(job: Job[T]) -> Map[T]:
    """Return the map that reads usual files here, which starts at once, and any other in one process beside."""

    def mapped(batches: Iterable[Batch]) -> Generator[list[T], None, None]:
        crew = _Crew(job)
        try:
            for batch in batches:
                yield [job.record(item) if _is_usual(item) else crew.alone(item) for item in batch]
        finally:
            crew.dismiss()

    return mapped


def _is_usual(item: Item) -> bool:
    return isinstance(item, str) and is_usual(item)


class _EndedError(Exception):
    """A process came to no answer; the arguments are why, in Chinese, and our fault if it was one."""


class _Crew(Generic[T]):
    """One process per thread, started when it is first needed and again after it was ended."""

    def __init__(self, job: Job[T]) -> None:
        self._job = job
        self._own = threading.local()
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._dismissed = False

    def records(self, batch: Batch) -> list[T]:
        try:
            return self._answer(batch)
        except _EndedError:
            return [self.alone(item) for item in batch]

    def alone(self, item: Item) -> T:
        """Return what is kept of one file; one that does not come back is rejected."""
        try:
            return self._answer([item])[0]
        except _EndedError as ended:
            return self._job.rejected(item, *ended.args)

    def dismiss(self) -> None:
        """End all processes, and start none any more."""
        with self._lock:
            self._dismissed = True
            running = tuple(self._running)
        for process in running:
            self._end(process)

    def _answer(self, batch: Batch) -> list[T]:
        process, late = self._process(), threading.Event()

        def end() -> None:
            late.set()
            _kill(process)

        seconds = SECONDS_PER_FILE + SECONDS_PER_FURTHER_FILE * (len(batch) - 1)
        limit = threading.Timer(seconds, end)
        limit.start()
        try:
            answer = _exchanged(process, (self._job, batch))
        except Exception as ended:
            self._end(process)
            raise _EndedError(*_why(ended, late=late.is_set())) from ended
        finally:
            limit.cancel()
        if late.is_set():  # it answered in the very last moment
            self._end(process)
        if isinstance(answer, str):
            raise _EndedError(OUR_FAULT, answer)
        records: list[T] = answer
        return records

    def _process(self) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if process is not None and process in self._running:
            return process
        with self._lock:
            if self._dismissed:
                raise _EndedError(_DIED)
            process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-E", "-P", "-c", _CHILD, *filter(os.path.isabs, sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # so that it ends with what it has started
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # of Windows, where Excel asks
            )
            self._running.add(process)
        self._own.process = process
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._running.discard(process)
        _kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # a question that it never took
                    pipe.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process, and where the system knows groups of them also the program that unpacks for it."""
    if sys.platform != "win32" and process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _why(ended: Exception, *, late: bool) -> tuple[str, ...]:
    """Return why there is no answer, and what happened if it is our fault."""
    if late:
        return (_TOO_LONG.format(SECONDS_PER_FILE),)
    if isinstance(ended, EOFError | OSError | pickle.UnpicklingError):
        return (_DIED,)
    return OUR_FAULT, "".join(traceback.format_exception(ended))


_TOO_LONG = "读取超过 {:.0f} 秒，已停止；请检查文件是否异常庞大，或重新获取原文件。"
_DIED = "读取进程异常退出，已跳过；请用 Excel 或 WPS 打开后另存为 .xlsx，再重试。"


def _exchanged(process: subprocess.Popen[bytes], question: object) -> Any:
    """Return the answer of a process: records, or as text what went wrong on the way."""
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    pickle.dump(question, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)  # noqa: S301 - of our own process
