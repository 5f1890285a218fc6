"""T121 文字中的指标个数与表中不符。

检查内容：文字里写明的三级指标、二级指标、一级指标个数，以及产出、数量等各类指标的个数，与自评表列出的是否相同。
为何重要：文字说设置了15个指标，表里只有12个，不是表里漏列了指标，就是文字抄自别的报告。
依据：自评报告的“共设置三级指标××个”说的就是附表里的指标。
严重程度：警告，因为文字里的数也可能只是一部分指标的，要由填报人核对。一张表只报一次，列出各处。
反例：自评表列了12个三级指标，文字写“共设置三级指标15个”“绩效指标共15个，其中产出指标8个”。
正例：写“一级指标3个、二级指标9个、三级指标15个”，表中也是；预算执行率算不算一个指标都可以。
不检查：修订、调整前后的，上年的，其他项目、几个项目合计或部门整体的个数；完成、未完成、扣分的个数；新增、取消的个数；同一类指标有一处写对的；一级、二级指标没有写全的表。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.rules.texts.said import Text, texts
from zipingbiao.rules.words import INDICATORS_OF_OTHERS, NOT_ALL_INDICATORS
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Indicator
from zipingbiao.values.numerals import with_counts
from zipingbiao.values.regex import regex

CODE = "T121"
SEVERITY = Severity.WARNING

_COUNT = r"\s*(?P<count>\d{1,3})\s*[个项条]"
_ENDS = r"(?=\W|$|其中|分别|二级|三级)"  # 12个村 counts no indicators
_ALL = r"(?:共计|合计|总计|总共|一共|共)"
_SET = rf"(?:{_ALL}|分别|设置|设立|设定|设有|设|制定|有|为|是|了|:|\s)*"
_GROUP = r"(?<![^个项条)][、和与及])(?P<group>数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|产出|(?<!经济|社会|生态)效益|(?:服务对象)?满意度)类?(?:绩效)?指标"
_LEVEL = r"(?P<level>[一二三]级)(?:绩效|目标)?指标"
_EACH = r"(?:绩效|考核|评价|自评|具体)"
_CLAIMS = tuple(
    regex(pattern)
    for pattern in (
        rf"{_LEVEL}{_SET}{_COUNT}{_ENDS}",
        rf"{_COUNT}{_LEVEL}",
        rf"{_GROUP}{_SET}{_COUNT}{_ENDS}",
        rf"{_COUNT}{_GROUP}",
        rf"(?<![级类出益量度效本响]){_EACH}?指标{_ALL}{_SET}{_COUNT}{_ENDS}",
        rf"{_ALL}{_SET}{_COUNT}{_EACH}?指标",
    )
)
_LINES = "三级"
_LEVELS: Mapping[str, Callable[[Indicator], tuple[str, ...]]] = {
    "一级": lambda line: (line.level1,),
    "二级": lambda line: (line.level1, line.level2),
}
_YEAR = regex(r"(?<!\d)20\d\d(?=年)")
_SENTENCE = regex(r"[。;!?]+")
_CLAUSE = regex(r"[,()]")
# 产出指标4个二级指标: what is counted are its parts.
_OF_PARTS = regex(r"^[一二三]级")


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report the numbers of indicators in the texts that the table does not have, once per table."""
    claims = [claim for text in texts(evaluation) for claim in _claims(text, evaluation.table.project.year)]
    lines = [row.indicator for row in evaluation.rows]
    right = {claim.what: _counts(claim.what, lines) for claim in claims}
    settled = {claim.what for claim in claims if claim.number in right[claim.what]}
    wrong: dict[Text, list[_Claim]] = {}
    for claim in claims:
        if right[claim.what] and claim.what not in settled:
            wrong.setdefault(claim.text, []).append(claim)
    hits = [_hit(text, said, right) for text, said in wrong.items()]
    said = "。请核对是表中漏列、多列，还是文字写错。"
    yield from together(CODE, SEVERITY, hits, said, lead="文字里的指标个数与表中不符：")


class _Claim(NamedTuple):
    """What a text says: of which indicators, how many, and in which words."""

    text: Text
    what: str
    number: int
    written: str


def _hit(text: Text, said: Sequence[_Claim], right: Mapping[str, Sequence[int]]) -> Hit:
    counted = [f"{right[claim.what][0]}个" for claim in said]
    name = "、".join(
        f"{quote(claim.written)}（表中{count}）" for claim, count in zip(said, counted, strict=True)
    )
    found = "、".join(claim.written for claim in said)
    return Hit(f"{quote(text.title)}写{name}", text.entry.ref, found, "、".join(counted))


def _claims(text: Text, year: str) -> Iterator[_Claim]:
    """What a text says of the table at hand, each phrase once."""
    if "指标" not in text.spelt:
        return  # every claim names them
    for sentence in _SENTENCE.split(with_counts(text.spelt)):
        for pattern in _CLAIMS:
            for found in pattern.finditer(sentence):
                lead, rest = sentence[: found.start()], sentence[found.end() :]
                near = _CLAUSE.split(lead)[-1] + found[0] + _CLAUSE.split(rest)[0]
                is_part = _OF_PARTS.match(rest) or NOT_ALL_INDICATORS.search(near)
                if not is_part and not _is_of_others(lead + found[0], year):
                    said = found.groupdict()
                    what = said.get("level") or said.get("group") or _LINES
                    yield _Claim(text, what, int(found["count"]), "".join(found[0].split()))


def _is_of_others(said: str, year: str) -> bool:
    """Whether a sentence speaks of other indicators than those of the table: other years, other projects."""
    years = {found for found in _YEAR.findall(said) if found not in year}
    return bool(years or INDICATORS_OF_OTHERS.search(said))


def _counts(what: str, lines: Sequence[Indicator]) -> list[int]:
    """How many there are, first as the table shows them; nothing where it does not say its levels.

    The budget execution may count or not, and so may lines that nobody filled in.
    """
    without = [line for line in lines if not line.is_execution]
    choices = [
        lines,
        without,
        *([line for line in each if not line.is_unfilled] for each in (lines, without)),
    ]
    if what == _LINES:
        return [len(each) for each in choices]
    if what in _LEVELS:
        levels = [[_LEVELS[what](line) for line in each] for each in choices]
        return [len(set(each)) for each in levels] if all("" not in each[-1:] for each in levels[0]) else []
    word = what.removeprefix("服务对象")
    return [
        counted
        for each in choices
        for counted in (
            sum(word in line.level1 or word in line.level2 for line in each),
            sum(word in line.level1 for line in each),
            sum(word in line.level2 for line in each),
        )
    ]
