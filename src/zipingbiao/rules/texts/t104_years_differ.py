"""T104 表头、工作表名或项目名称中的年份不一致。

检查内容：表头的标题和年度行是否写着同一年度；表头的年度与工作表名、项目名称中的年份是否相合。
为何重要：沿用上年的表改填时，常漏改年度，交上来的就成了上年的自评。
依据：自评对照的是当年的年度指标值；各地样表的表头都写年度。
严重程度：表头写着两个年度为警告，因为年度决定这张表汇总到哪一年；其余为提示，因为结转项目的名称里常有立项的年份。各报一次。
反例：标题“2025年度项目支出绩效自评表”，下一行“（2024年度）”；表头“（2022年度）”，工作表名“2020自评表”；项目名称“2021年农田水利项目”。
正例：表头2022年度，工作表名“2022自评表”；次年填报，工作表名“2023年报送”。
不检查：没有写年度的表；目标值中的日期（见 Y101）；名称里写着几个年份、结转、续建等的跨年项目。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.words import CARRIED_ON
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble
from zipingbiao.values.regex import regex

CODE = "T104"
SEVERITY = Severity.WARNING

_YEAR = regex(r"(?<!\d)20\d\d(?!\d)")
_SPAN = regex(r"(?<!\d)(20\d\d)年?\s*[-—–~～至到]+\s*(20\d\d)(?!\d)")
_IN_NAME = regex(r"(?<!\d)20\d\d(?=年)")


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the years that the head says, and its year with that of the sheet and of the project."""
    table = evaluation.table
    for problem in table.problems:
        if problem.trouble is Trouble.TWO_YEARS:
            years = "、".join(f"{year}年度" for year in problem.labels)
            message = f"表头写着两个年度：{years}，按{table.project.year}年度处理。请核对年度。"
            yield Finding.about(CODE, SEVERITY, [problem.ref, *problem.more], message, years)
    stated = _YEAR.fullmatch(table.project.year.strip())
    if stated is None:
        return
    year = int(stated[0])
    # A sheet filled in the next year may carry that year; a project of several years names them all.
    sheet = {int(found) for found in _YEAR.findall(table.sheet)}
    strange = []
    if sheet and not sheet & {year, year + 1}:
        strange.append(f"工作表名{quote(table.sheet)}")
    if _is_of_another_year(table.project.name, year):
        strange.append(f"项目名称{quote(table.project.name)}")
    if strange:
        message = f"表头是{year}年度，{'、'.join(strange)}写的是另一年。请核对年度。"
        refs = [table.head.get("year", table.anchor), table.head.get("name")]
        yield Finding.about(CODE, Severity.INFO, refs, message, "、".join(strange), str(year))


def _is_of_another_year(name: str, year: int) -> bool:
    """Whether a name holds one year and not this one; 结转 and a span of years explain another."""
    spans = [range(int(first), int(last) + 1) for first, last in _SPAN.findall(name)]
    if CARRIED_ON.search(name) or any(year in span for span in spans):
        return False
    years = {int(found) for found in _IN_NAME.findall(name)}
    return len(years) == 1 and year not in years
