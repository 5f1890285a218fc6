"""T102 等级与总分不符。

检查内容：表中填写的等级是否符合总分所在的分数段。
为何重要：等级用于结果应用和公开，写高写低都要退回。
依据：所用评分规则的 grades 和 grade_words 项，可信程度写在规则文件里。
严重程度：错误，因为等级写高写低都会被退回。
反例：总分89.5，等级“优秀”；等级“较好”（不是规定的用词）。
正例：总分89.5，等级“良好”或“良”；总分90，等级“优”。
不检查：没有填等级的表；没有总分的表；有的行没有得分、总分公式只是其余各行之和的表；报告正文里的等级。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.claims import shown_total
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.entry import Entry
from zipingbiao.values.number import plain
from zipingbiao.values.regex import regex

CODE = "T102"
SEVERITY = Severity.ERROR

_LABEL = regex(r"^.*[:：]")
_AROUND = regex(r"^[\s“”\"'（(]+|[\s“”\"'。）)]+$")


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the grade that the form states with the grade of the total."""
    entry, profile = evaluation.table.grade, evaluation.profile
    if entry is None or entry.ours or entry.is_empty or entry.is_error or entry.lacks_result:
        return
    typed = _AROUND.sub("", _LABEL.sub("", " ".join(entry.text.split())))
    total, shown = evaluation.adopted_total, evaluation.table.total_score
    # A formula follows the total that is printed; whether that one is right is T101's question.
    if total is None or (shown is not None and entry.is_formula and shown.is_formula):
        total = shown_total(evaluation)
    grade = profile.same_grade(typed)
    if grade is None:
        yield _unknown(entry, typed, profile)
    elif total is not None and grade != profile.grade(total):
        right = profile.printed_grade(total)
        limits = {word: limit for limit, word in profile.grades}
        needs = f"（{plain(limits[profile.grade(total)])}分以上为{quote(right)}）"
        if limits[grade] > total:
            needs = f"（{quote(typed)}须{plain(limits[grade])}分以上）"
        message = (
            f"等级写的是{quote(typed)}，总分{plain(total)}应为{quote(right)}{needs}。请改正等级或核对得分。"
        )
        refs = [entry.ref, shown.ref if shown is not None else None]
        yield Finding.about(CODE, SEVERITY, refs, message, typed, right)


def _unknown(entry: Entry, typed: str, profile: Profile) -> Finding:
    allowed = "、".join(profile.grade_words.get(word, word) for _, word in profile.grades)
    message = f"等级写的是{quote(typed)}，不是规定的等级用词。请填写{allowed}之一。"
    return Finding(CODE, SEVERITY, entry.ref, message, typed, allowed)
