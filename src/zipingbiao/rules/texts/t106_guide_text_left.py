"""T106 留有填表说明，没有填写内容。

检查内容：项目名称、单位、指标、目标值、业绩值、偏差原因、绩效目标、完成情况和分析等处是否还是表格自带的填写提示，项目名称、单位是否还是样例的“××”，或照抄了“文字材料”的填写要求。
为何重要：提示没有换成内容，等于没有填写；打印报送后会被退回。
依据：各地样表在空格里印有提示，如“对照年度目标，说明……（100字以内）”。
严重程度：警告，因为没有内容的栏目可能就是不适用，要由填表人补填或删去提示。一张表只报一次，列出各处。
反例：偏差原因“（100字以内）”；项目名称“请填写项目全称”“XX项目”。
正例：偏差原因“设备到货晚，次月安装完成”。
不检查：空白单元格；表外的说明文字；较长的正文里提到字数的。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.reasons import text_key
from zipingbiao.rules.shared.say import listed, name_line, quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.rules.texts.said import Text, texts
from zipingbiao.rules.words import GUIDE, MAY_GUIDE, PROMPT
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import Role
from zipingbiao.values.spelling import label_key
from zipingbiao.values.words import SAMPLE_NAME

CODE = "T106"
SEVERITY = Severity.WARNING

_HEAD = {"name": "项目名称", "department": "主管部门", "unit": "实施单位"}
_ROLES = (Role.NAME, Role.TARGET, Role.ACTUAL, Role.REASON)
_LONGEST_GUIDE = 60
_HINTS = frozenset(text_key(section.hint) for form in FORMS for section in form.sections)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report cells that still hold the form's own prompts, once per table."""
    table = evaluation.table
    found = [
        (label, text, table.head.get(field, table.anchor))
        for field, label in _HEAD.items()
        if _is_guide(text := getattr(table.project, field)) or SAMPLE_NAME.search(text)
    ]
    for indicator in table.indicators:
        for role in _ROLES:
            entry = indicator.entries.get(role)
            if entry is not None and _is_guide(entry.text):
                found.append((name_line(indicator), entry.text, entry.ref))
    found += [(text.title, text.entry.text, text.entry.ref) for text in texts(evaluation) if _is_hint(text)]
    hits = dict.fromkeys(Hit(f"{label}（{quote(text)}）", ref) for label, text, ref in found)
    lead, said = "还留着填写提示：", "。请换成实际内容，没有内容的删去提示。"
    quoted = listed([quote(text) for _, text, _ in found])
    yield from together(CODE, SEVERITY, hits, said, lead=lead, found=quoted)


def _is_guide(text: str) -> bool:
    return MAY_GUIDE.search(text) is not None and GUIDE.search(label_key(text)) is not None


def _is_hint(text: Text) -> bool:
    """Whether a text in words is a prompt and no more: a long one only mentions such words."""
    if text.key in _HINTS:
        return True
    if len(text.key) > _LONGEST_GUIDE or not _is_guide(text.spelt):
        return False
    key = label_key(text.spelt)
    return len(key) <= _LONGEST_GUIDE and PROMPT.search(key) is not None
