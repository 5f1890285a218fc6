"""The text of a file that is text: in the encodings that tables come in, whatever the file calls them."""

from __future__ import annotations

import re

# What a file may call the encoding of its Chinese text; GB18030 reads GB2312 and GBK too.
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{1,20})""", re.IGNORECASE)
_KNOWN = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "windows-1252"), "cp1252"),
}
_HEAD = 4096
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text, and a note where some bytes are no characters of any encoding.

    Args:
        data: the whole text; a mark at its start, or being UTF-8, counts more than what is declared.
        declared: the encoding that stands outside of it; None looks for one inside.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    inside = _DECLARED.search(data[:_HEAD])
    name = declared or (inside[1].decode("ascii", "replace") if inside else "")
    said = _KNOWN.get(name.lower())
    for encoding in (marked,) if marked else ("utf-8", said, "gb18030"):
        if encoding is not None:
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                continue
    text = data.decode(marked or "gb18030", "replace")
    return text, (f"有 {text.count(chr(0xFFFD))} 处文字无法识别（显示为 {chr(0xFFFD)}），请核对原文件。",)
