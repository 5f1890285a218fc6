"""What stdout and stderr can show: UTF-8, or the code page 936 of a Chinese Windows.

A program that reads what we print, such as ``more`` or Notepad, reads it in the code page of the console.
There UTF-8 would be mojibake, and a sign that the code page lacks would end the program.
"""

from __future__ import annotations

import codecs
import sys
from typing import Any
from unicodedata import normalize

_SPELLINGS = {
    "✓": "对", "✔": "对", "✗": "错", "✘": "错", "−": "-", "\u00a0": " ", "•": "·", "‐": "-", "‑": "-", "–": "-",
}  # fmt: skip
_UNKNOWN = "□"
"""What stands for a sign that cannot be shown, as in print."""
_SPELLED = "zipingbiao.spelled"
_CHINESE = "错误：“≥×÷→”"


def set_up() -> None:
    """Let stdout and stderr take every text: in their own encoding where that knows Chinese, else in UTF-8."""
    codecs.register_error(_SPELLED, _spelled)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = stream.encoding if _knows_chinese(stream.encoding) else "utf-8"
            stream.reconfigure(encoding=encoding, errors=_SPELLED)


def in_utf8(stream: Any) -> None:
    """Let a stream write UTF-8 from here on: JSON is UTF-8 whatever the console (design.md 5.3)."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors=_SPELLED)


def _knows_chinese(encoding: str | None) -> bool:
    try:
        return bool(_CHINESE.encode(encoding or ""))
    except (LookupError, UnicodeEncodeError):
        return False


def _spelled(error: UnicodeError) -> tuple[str, int]:
    """Spell what an encoding lacks with signs that it has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_spelling(sign, error.encoding) for sign in signs), error.end


def _spelling(sign: str, encoding: str) -> str:
    for other in (_SPELLINGS.get(sign, ""), normalize("NFKC", sign), _UNKNOWN):
        try:
            if other and other.encode(encoding):
                return other
        except UnicodeEncodeError:
            continue
    return "?"


def is_interactive() -> bool:
    """Whether a person sits at a terminal and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
