"""T110 标题或文字中的年度与表头的年度不同。

检查内容：标题中的“××年度”、报告封面的年度、文字中“××年度绩效自评”“××年度绩效目标”一类说明自评对象的年份，是否就是表头的年度。
为何重要：沿用上年的材料改填时，常漏改标题和正文里的年份，交上来就说不清评的是哪一年。
依据：自评针对的是当年的预算和绩效目标；各地样表的标题和表头都写年度。
严重程度：警告，因为两处年度必有一处要改，也可能是在次年编报的标题，要由填报人核对。一张表只报一次，列出各处。
反例：表头年度2023，标题“（2022年度）”；封面“评价年度：2022”；文字“对我单位2022年度绩效目标完成情况进行自评”。
正例：标题“2023年度项目支出绩效自评表”；文字“财预〔2021〕5号”“2022年结转资金”“合同期2022年至2024年”。
不检查：文件的文号和日期、计划、规划、方案、合同期限、结转、与上年的比较，“根据”“按照”某年度的；正文里以次年称呼自评的；同一处也写着表头年度的；立项依据、背景和实施期目标；没有写年度的表。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.rules.texts.said import REPORT_TITLE, TITLE, is_year_goal, looks_back, texts
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.regex import regex

CODE = "T110"
SEVERITY = Severity.WARNING

_TITLES = (TITLE, REPORT_TITLE)
_YEAR = regex(r"20\d\d")
_IN_TITLE = regex(r"(?<!\d)(20\d\d)\s*年度")
# The year that a text is about, never that of a document, a plan or a contract.
_EVALUATED = regex(
    r"(?<!根据)(?<!按照)(?<!依据)(?<!结合)(?<!参照)(?<![较比与同])(?<![\d《〔\[(（至到从自\-~])(20\d\d)年度?(?:的|本)?(?:我单位|我部门|本单位|单位|部门|本项目|项目)?(?:的)?(?:整体|支出|总体|预算)*"
    r"(?:绩效(?:自评|目标完成|目标实现|目标的?完成|评价工作)|自评(?:工作|结果|总|得分)|年度绩效目标)"
)
_DOCUMENT = regex(r"《[^》]*》|[〔\[(（【]20\d\d[〕\])）】]\s*第?\d*号?")


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the years in title and texts with that of the head, once per table."""
    stated = _YEAR.fullmatch(evaluation.table.project.year.strip())
    if stated is None:
        return
    strange: list[Hit] = []
    named: set[str] = set()
    for title, entry, spelt, _ in texts(evaluation):
        if stated[0] in spelt or not _YEAR.search(spelt):
            continue
        years = _years(title, spelt)
        if title not in _TITLES:  # a report written in the next year may be called after it
            years -= {str(int(stated[0]) + 1)}
        if years:
            label = title if title in _TITLES else quote(title)
            strange.append(Hit(f"{label}写的是{'、'.join(sorted(years))}年", entry.ref))
            named |= years
    report = evaluation.table.report
    cover = report.cover.get("year") if report is not None else None
    if cover is not None and stated[0] not in cover.text:
        strange.append(Hit(f"封面写的是{quote(cover.text)}", cover.ref))
        named |= set(_YEAR.findall(cover.text))
    lead, said = f"表头是{stated[0]}年度，", "。请核对年度，改正漏改的地方。"
    found = "、".join(sorted(named))
    yield from together(CODE, SEVERITY, strange, said, lead=lead, found=found, expected=stated[0])


def _years(title: str, text: str) -> set[str]:
    if title in _TITLES:
        return set(_IN_TITLE.findall(text))
    if not (looks_back(title) or is_year_goal(title)):
        return set()
    return set(_EVALUATED.findall(_DOCUMENT.sub(" ", text)))
