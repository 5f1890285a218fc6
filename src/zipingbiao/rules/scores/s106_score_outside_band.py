"""S106 定性指标的得分不在所选的一档之内。

检查内容：业绩值是三档用语（达成、部分达成、未达成）或优良中差时，填报得分是否在该档的范围之内。
为何重要：选的档次与得分不符，两者必有一个填错。
依据：所用评分规则的 bands 项：100%-80%（含）、80%-60%（含）、60%-0%；安徽、四川样表的脚注写有这三档。
严重程度：错误，因为档次与得分必有一个填错。
反例：分值10，业绩值“部分达成年度指标并具有一定效果”，得分8。
正例：分值10，业绩值“达成年度指标”，得分8；“部分达成年度指标并具有一定效果”，得分7.9或6。
不检查：按百分比填报的定性指标；得分超出分值（见 S101）；没有填得分（见 V104）；最高一档的“优”“好”必为满分（见 S103）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.scores.claims import claims
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring import qualitative
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain, round_points
from zipingbiao.values.typed import Words

CODE = "S106"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each typed score outside the band that its words name."""
    for claim in claims(evaluation):
        indicator = claim.rows[0].indicator
        actual, weight = indicator.value(Role.ACTUAL), indicator.weight
        if len(claim.rows) > 1 or not isinstance(actual, Words) or weight is None or not claim.is_possible:
            continue
        band = qualitative.band(actual, indicator.value(Role.TARGET), evaluation.profile.bands)
        if band is None or band.low == band.high or _is_within(claim.stated, weight, band, evaluation):
            continue
        limits = _limits(weight, band, evaluation)
        stated = plain(claim.stated)
        message = f"{claim.name}选的是{quote(actual.text)}，这一档为{limits}分，填报得分{stated}。请改正档次或得分。"
        yield Finding(CODE, SEVERITY, claim.ref, message, stated, limits)


def _is_within(stated: Decimal, weight: Decimal, band: qualitative.Band, evaluation: Evaluation) -> bool:
    low, high = round_points(weight * band.low), round_points(weight * band.high)
    if _is_open(band, evaluation):
        return low <= round_points(stated) < high
    return low <= round_points(stated) <= high


def _is_open(band: qualitative.Band, evaluation: Evaluation) -> bool:
    """The limit between two bands belongs to the upper one: 80%（含）."""
    return any(band.high == low for low, _ in evaluation.profile.bands)


def _limits(weight: Decimal, band: qualitative.Band, evaluation: Evaluation) -> str:
    low, high = plain(round_points(weight * band.low)), plain(round_points(weight * band.high))
    return f"{low}（含）～{high}（{'不含' if _is_open(band, evaluation) else '含'}）"
