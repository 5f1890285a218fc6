"""Whether a name or a mark says that something is a state secret."""

from __future__ import annotations

import re
import unicodedata

from zipingbiao.values.words import MAY_BE_SECRET, NOT_SECRET, SECRET_MARK, SECRET_NAME

HIDDEN = "（涉密文件，名称不显示）"
"""What stands for the name of a secret file wherever files are named."""
MARK_SIGN = "密"
"""What every mark has, and most texts have not."""

_TRADITIONAL = str.maketrans("絕機級", "绝机级")
_STARS = str.maketrans("✩✪✫✬✭✮⭐✰⋆＊﹡", "★★★★★★★★★**")
_LONGEST_MARK = 40


def is_secret_name(name: str) -> bool:
    """Whether the name of a file or folder says 涉密, 绝密, 机密 or 秘密 as a mark; such a file is not opened.

    Blanks, full-width and traditional signs make no difference; 非涉密, 涉密宣传 and the like are not meant.
    """
    bare = _bare(name)
    return SECRET_NAME.search(NOT_SECRET.sub("", bare)) is not None or _stem_is_mark(bare)


def may_be_secret_name(name: str) -> bool:
    """Whether a name speaks of 机密 or 秘密 without a mark, and not plainly of something else such as 商业秘密."""
    bare = _bare(name)
    denied = NOT_SECRET.search(bare) is not None
    return MAY_BE_SECRET.search(bare) is not None and not denied and not is_secret_name(name)


def is_secret_path(path: str) -> bool:
    """Whether one of the names of a path says so, with either stroke between them."""
    return any(is_secret_name(name) for name in re.split(r"[/\\]", path))


def may_be_secret_path(path: str) -> bool:
    """Whether one of the names of a path speaks of it so, with either stroke between them."""
    return any(may_be_secret_name(name) for name in re.split(r"[/\\]", path))


def is_secret_mark(text: str) -> bool:
    """Whether a whole cell or paragraph is a mark such as 秘密★1年 or 密级：机密."""
    return MARK_SIGN in text and len(text) <= _LONGEST_MARK and SECRET_MARK.fullmatch(_bare(text)) is not None


def _stem_is_mark(bare: str) -> bool:
    return SECRET_MARK.fullmatch(bare.rpartition(".")[0] or bare) is not None


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_STARS)).translate(_TRADITIONAL)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf")
