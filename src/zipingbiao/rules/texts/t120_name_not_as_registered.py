"""T120 项目名称与名单不同。

检查内容：项目编码与名单相同的自评表，项目名称是否也与名单相同；空格和标点不计。
为何重要：编码抄错时，这张表会被当作另一个项目的，真正的项目反而成了未报。
依据：项目名称和编码以预算批复为准，名单由财政部门按批复编制。
严重程度：警告，因为名称可能只是简写，要由填表人核对编码和名称。
反例：名单的“农村饮水安全维修养护”，编码相同的自评表写“河道清障”。
正例：名单的“校舍维修改造（一期）”，自评表写“校舍维修改造 (一期)”。
不检查：没有给名单或名单中没有这个编码；没有填项目名称的表。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.kept import Kept
from zipingbiao.rules.shared.registered import Registered
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key

CODE = "T120"
SEVERITY = Severity.WARNING

_BETWEEN = regex(r"[\W_]+")


def check_registered(table: Kept, registered: Registered) -> Iterator[Finding]:
    """Compare the name of the project with that of the list."""
    name, listed = table.project.name, registered.row.name
    if not _bare(name) or _bare(name) == _bare(listed):
        return
    message = (
        f"项目名称为{quote(name)}，名单中同一编码的是{quote(listed)}（{registered.place}）。"
        "请核对编码和名称，按批复改正。"
    )
    yield Finding(CODE, SEVERITY, table.anchor, message, name, listed)


def _bare(name: str) -> str:
    return _BETWEEN.sub("", label_key(name))
