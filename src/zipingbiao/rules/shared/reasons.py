"""What people give as a reason, and for which lines a reason is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from zipingbiao.rules.shared.once import once
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import round_points
from zipingbiao.values.spelling import label_key

_PUNCTUATION = re.compile(r"[\W_]+")
# Words of intent, and the words that such declarations are filled up with.
_INTENT = re.compile(
    r"厉行节约|开源节流|勤俭节约|加强|提高|提升|增强|强化|抓好|做好|抓紧|认真|努力|积极|端正|改进|改善|完善|优化|用好|发挥|确保|保证"
    r"|重视|落实|严格|规范|加大|加快|巩固|再接再厉|精打细算"
)
_FILLING = re.compile(
    r"今后|以后|下一步|下步|进一步|一步|不断|继续|持续|切实|全面|更加|更大|更好|更高|各项|各方面|各个?环节|方方面面|每一笔|每一分|一切|按时|按期|及时"
    r"|工作|任务|项目|业务|财务|资金|经费|效率|效益|效果|效能|作用|质量|水平|能力|素质|态度|思想|认识|意识|责任心?|理论|知识|政策|学习|管理|监督|监管"
    r"|制度|措施|力度|服务|宣传|组织|领导|协调|沟通|配合|作风|干部|职工|人员|群众|满意度|完工|完成|支出|使用|执行|节约|节支|成本|目标|进度"
    r"|[和与及的地得将要会好我们单位本度,、]"
)
# What is written where nothing deviated; beside lost points it is no reason.
_DENIAL = re.compile(
    r"(?:无|没有|不存在)(?:明显)?(?:偏差|原因|差异|问题)?|(?:已|经|均|都|全部|全面|圆满|如期|按[时期]|按计划)*(?:完成|达标|达成)(?:目标|任务|指标|计划)*"
    r"|正常|良好|很好|好|合格|(?:已|均)*达到?(?:预期|目标|要求)+|符合(?:预期|目标|要求)?"
)
_MOST_LEFT = 1
_REMEMBERED = 256  # several rules compare the same texts of one table


def counted(row: Scored) -> Decimal | None:
    """What counts for this line alone: a merged score belongs to several."""
    return row.score if row.indicator.shared_score else row.adopted


def is_below_full(row: Scored) -> bool:
    """Tell whether a line has less than its weight, so that a reason is due."""
    points, weight = counted(row), row.indicator.weight
    return points is not None and weight is not None and round_points(points) < weight


def gives_reason(indicator: Indicator) -> bool:
    """Tell whether a line says why it deviates: ``已完成`` and ``无偏差`` do not."""
    written = [text for role in (Role.REASON, Role.MANUAL_REASON) if (text := indicator.text(role))]
    return indicator.has_reason and not all(_DENIAL.fullmatch(text_key(text)) for text in written)


@once
def given_reasons(evaluation: Evaluation) -> Iterator[tuple[Scored, str]]:
    """The lines below full marks with the text of their reason; each reason cell once."""
    seen = set()
    for row in evaluation.rows:
        ref = row.indicator.ref(Role.REASON)
        if ref is None or ref in seen or not gives_reason(row.indicator) or not is_below_full(row):
            continue
        seen.add(ref)
        if text := row.indicator.text(Role.REASON):
            yield row, text


@lru_cache(_REMEMBERED)
def text_key(text: str) -> str:
    """Return the form in which reasons are compared: without punctuation and white space."""
    return _PUNCTUATION.sub("", label_key(text))


def is_slogan(text: str) -> bool:
    """Tell whether a reason only declares an intent: ``厉行节约，用好每一笔资金``."""
    key = text_key(text)
    left = _FILLING.sub("", _INTENT.sub("", key))
    return _INTENT.search(key) is not None and len(left) <= _MOST_LEFT
