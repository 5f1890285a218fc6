"""T109 文字里出现别的项目或单位。

检查内容：报告封面的项目名称、标题中的项目和单位、文字材料中“……绩效自评结果为”前面和书名号、引号里以“项目”结尾的名称，是否与表头的项目名称毫无共同之处；自称“我局”“本馆”的，表头的单位、主管部门是否都不是局、馆。
为何重要：多半是拿别的项目或单位的报告改填，漏改的名称会让整份材料被退回。
依据：自评报告说的应是表头所列的项目和单位；各地样表的表头都写项目名称和实施单位。
严重程度：封面、结果一句写着别的项目为警告，因为这两处只能说本项目；其他为提示，因为文字里也会提到相关的项目。一张表只报一次，列出各处。
反例：项目是“融媒体平台建设项目”，文字写“档案整理项目绩效自评结果为：总得分93分”；单位是县档案馆，文字写“我局”。
正例：标题写“××局2022年度部门预算项目支出绩效自评报告”；项目“平台运维服务费”，文字写“平台运行维护费项目”；单位“某执法大队”、主管部门“某局”，文字写“我局”。
不检查：与项目名称有部分文字相同的名称；目标、立项依据、背景、计划里的名称；文件名称；文字里也写着本项目名称的；书名号、引号里有几个项目的；没有项目名称或单位的表。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zipingbiao.book.cells import Ref
from zipingbiao.rules.shared.reasons import text_key
from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.rules.texts.said import REPORT_TITLE, Text, told
from zipingbiao.rules.words import ANY_PROJECT, BODIES, COMMON, REGION, THIS_PROJECT, UNIT_ENDINGS
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Project, SelfEvaluation
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import without_brackets

CODE = "T109"
SEVERITY = Severity.WARNING

_SHORTEST = 3
_RESULT_OF = regex(r"(?:^|[:,。;\s])([^:,。;\s]{2,40}?项目[^:,。;\s]{0,8}?)的?绩效自评价?结果(?:为|是)")
_IN_TITLE = regex(
    r"(?:^|年度?|关于|[局馆院校委会厅府心队办部所站园])([^年\s]{2,30}?项目)(?:支出|资金|经费)*的?绩效"
)
_UNIT_IN_TITLE = regex(r"^(?:关于)?([^\d\s]{3,25}?)(?:关于)?20\d\d年")
_QUOTED = regex(r"[《“\"]([^《》“”\"]{2,30}项目)[》”\"]")
_WE = regex(
    rf"(?<!自)我({'|'.join(BODIES)})(?![长员外内落设托派任下])|(?:^|[,。;:\s由经对])本(局|馆|厅|中心)(?!部)"
)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report other projects and other kinds of units in the texts, once per table."""
    project = evaluation.table.project
    said = told(evaluation)
    title = [text for text in said if text.title == REPORT_TITLE]
    results = [(SEVERITY, ref, name) for ref, name in _projects(project, said, _RESULT_OF)]
    results += [(SEVERITY, ref, name) for ref, name in _on_cover(evaluation.table)]
    quoted = [(Severity.INFO, ref, name) for ref, name in _projects(project, said, _QUOTED)]
    if len({name for _, _, name in quoted}) > 1:
        quoted = []  # several are the parts of a programme
    quoted += [(Severity.INFO, ref, name) for ref, name in _projects(project, title, _IN_TITLE)]
    found = [
        *results,
        *quoted,
        *((Severity.INFO, ref, name) for ref, name in (*_units(project, said), *_named(project, title))),
    ]
    if not found:
        return
    severity = found[0][0]  # the graver ones come first
    names = list(dict.fromkeys(quote(name) for _, _, name in found))
    own = quote((project.name if results or quoted else "") or project.unit)
    message = f"文字里写着{listed(names)}，与表头（{own}）不符，像是沿用了别处的材料。请核对，改正名称。"
    yield Finding.about(CODE, severity, [ref for _, ref, _ in found], message, "、".join(names), own)


def _projects(project: Project, told: Sequence[Text], pattern: re.Pattern[str]) -> Iterator[tuple[Ref, str]]:
    """Names of projects that have nothing in common with the project's own, which no text names."""
    own = _core(project.name)
    if not own or any(text_key(project.name) in text.key for text in told):
        return
    for text in told:
        for name in pattern.findall(text.spelt):
            other = _core(name)
            is_one = (
                len(other) >= _SHORTEST and not THIS_PROJECT.search(name) and not ANY_PROJECT.search(name)
            )
            if is_one and not _share(own, other):
                yield text.entry.ref, name.removesuffix("项目") if name.endswith("项目项目") else name


def _on_cover(table: SelfEvaluation) -> Iterator[tuple[Ref, str]]:
    """项目名称 on the cover, where it has nothing in common with that of the table."""
    line = table.report.cover.get("name") if table.report is not None else None
    own = _core(table.project.name)
    if line is not None and own and len(other := _core(line.text)) >= _SHORTEST and not _share(own, other):
        yield line.ref, line.text


def _core(name: str) -> str:
    return COMMON.sub("", text_key(name))


def _share(one: str, other: str) -> bool:
    """Whether two neighbouring signs of one stand in the other."""
    return len(one) < 2 or any(one[at : at + 2] in other for at in range(len(one) - 1))


def _named(project: Project, title: Sequence[Text]) -> Iterator[tuple[Ref, str]]:
    """The unit in a title that has no sign in common with unit and department, the region set aside."""
    for text in title:
        for name in filter(UNIT_ENDINGS.search, _UNIT_IN_TITLE.findall(text.spelt)):
            own = _unit_core(project.unit) + _unit_core(project.department)
            if own and _unit_core(name) and set(own).isdisjoint(_unit_core(name)):
                yield text.entry.ref, name


def _unit_core(name: str) -> str:
    return UNIT_ENDINGS.sub("", REGION.sub("", without_brackets(text_key(name))))


def _units(project: Project, told: Sequence[Text]) -> Iterator[tuple[Ref, str]]:
    """我局, 本馆: where neither unit nor department is of that kind."""
    if not UNIT_ENDINGS.search(without_brackets(project.unit)):
        return
    heads = f"{project.unit} {project.department}"
    for text in told:
        for found in _WE.finditer(text.spelt):
            kind = found[1] or found[2]
            if not re.search(BODIES[kind], heads):
                yield text.entry.ref, f"{'我' if found[1] else '本'}{kind}"
