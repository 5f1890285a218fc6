"""The log in the user's profile: when, which button, which file, which rules, which codes. Never contents.

Kept on Windows only, beside the add-in that writes it; ``zpb addin uninstall`` removes it.
"""

from __future__ import annotations

import datetime as dt
import json
import traceback
from collections.abc import Iterable
from pathlib import Path

from zipingbiao.excel.desk.computer import Computer, this_computer

_FILE, _OLDER = "log.jsonl", "log.older.jsonl"
_MOST_BYTES = 512 * 1024
_OURS = Path(__file__).parents[2]


def note(
    action: str,
    *,
    digest: str = "",
    profiles: Iterable[str] = (),
    codes: Iterable[str] = (),
    failure: str = "",
    where: Iterable[str] = (),
    computer: Computer | None = None,
) -> None:
    """Write one line; a log that cannot be written never stands in the way of the work.

    Args:
        action: the macro.
        digest: what identifies the workbook as read.
        profiles: name and hash of the rules in force.
        codes: the codes of the findings.
        failure: the class of what went wrong, not its sentence: that may quote a cell.
        where: the places of our code that it came through, see :func:`frames`.
        computer: None for this one.
    """
    here = computer or this_computer()
    if not here.is_windows:
        return
    line = {
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "action": action,
        "file": digest,
        "profiles": sorted(set(profiles)),
        "codes": sorted(set(codes)),
        "failure": failure,
        "where": list(where),
    }
    try:
        _append(here.data_folder, json.dumps(line, ensure_ascii=False))
    except OSError:
        return


def frames(fault: BaseException) -> tuple[str, ...]:
    """Return ``file:line`` of each of our own frames, from the press to the fault; no value and no foreign path."""
    walked = traceback.walk_tb(fault.__traceback__)
    placed = ((Path(frame.f_code.co_filename), line) for frame, line in walked)
    return tuple(
        f"{path.relative_to(_OURS).as_posix()}:{line}" for path, line in placed if path.is_relative_to(_OURS)
    )


def files(computer: Computer) -> tuple[Path, ...]:
    """Return where the log lies, present or not."""
    return computer.data_folder / _FILE, computer.data_folder / _OLDER


def _append(folder: Path, line: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / _FILE
    if log.exists() and log.stat().st_size > _MOST_BYTES:
        log.replace(folder / _OLDER)
    with log.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
