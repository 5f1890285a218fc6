"""T111 文字中的总分或等级与表中不符。

检查内容：文字里写明的总得分、自评等级，是否与表中各项得分之和及其等级相同。
为何重要：报告正文与附表对不上，总分和等级以哪一处为准就说不清。
依据：报告正文的“总得分××分，属于××”取自附表；等级按所用评分规则的 grades 项。
严重程度：总得分和写明“属于”“等级为”的等级为错误，因为正文与附表必有一处要改；“自评结果良好”一类为警告，因为可能只是一般的说法。一张表只报一次。
反例：各项得分之和89.5分，文字写“总得分98.5分，属于优秀”或“自评得分：98.5（优秀）”“综合得分九十八分”“自评等级为优，分数为98分”，或在“自评得分”一节里只写“98分”；总分98，文字写“总体自评结果良好”。
正例：总分93.08，文字写“总得分93.08分，属于优秀”或“总得分93.1分”；表中填写的总分98，文字也写98。
不检查：单项或一级指标的得分；一份报告写几个项目的，没有写明本项目的得分；满分、上年（“2023年度自评得分86分”）和平均得分；复核、第三方、财政重点评价的得分；等级的分数段（“90分以上为优”）；有的指标没有得分、表中也没有填总分的；已由 T101、T102 核对的总分格和等级格。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from zipingbiao.book.cells import Ref
from zipingbiao.rules.scores.claims import shown_total
from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.texts.said import Text, text_of, texts, told
from zipingbiao.rules.words import ABOUT_PART, ABOUT_RESULT, GRADE_WORDS
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Project, Role
from zipingbiao.values.number import plain
from zipingbiao.values.numerals import with_points
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise

CODE = "T111"
SEVERITY = Severity.ERROR

_SENTENCE = regex(r"[。;]+")
_CLAUSE = regex(r"[,、]")
# 90分(含)以上为优, 80-90分评定为良: what the grades mean, not what was reached.
_SCALE = regex(r"分(?:\(含\))?(?:及)?(?:以上|以下)|\d(?:分)?(?:\(含\))?[-—~至到]\s*\d")
_REACH = 8
# 自评得分 that follows the points of a part is said of that part, unless a word before it says otherwise.
_TOTAL = regex(
    r"(?:(?P<bare>(?<!满)总分)(?=[为是:])|总得分|综合(?:评价)?得分|综合评分|自评总分|总评分|最终(?:得分|评分)"
    r"|(?:(?<=项目)|(?<=绩效)|(?<=本次)|(?<=总体)|(?<=最终)|(?<=综合))(?:自评价?(?:(?:总体)?得分|评分|分数?|(?=\d{1,3}(?:\.\d+)?分))|评价(?:得分|评分|分数))"
    r"|(?:(?<=[优良中差秀好],)|(?<=[优良中差秀好][”\"],))(?:自评)?分数(?=[为是:])"
    r"|(?P<open>(?:^|(?<=^\([一二三四五六]\))|(?<=^\d[.、])|(?<=[,:(\s])|(?<=单位)|(?<=经)|(?<=本年))自评价?(?:得分|评分|分数?)|本项目得分|^得分(?=[^(]{0,9}\((?:优|良|中|差))))"
    r"(?:[为是:]|达到|共计?|合计)*\s*(?P<points>\d{1,3}(?:\.\d+)?)(?:\s*分|(?=[,(\s]|$))"
)
# What the bureau or somebody it asked found is another figure; 自评 is always the unit's own.
_BY_OTHERS = regex(r"复核|复评|抽评|第三方|重点评价|(?:财政|部门)评价|专家|评审")
_OWN = "自评"
# Parts that only their own clause names: 投入资金120万元,自评得分98分 is of the whole.
_OF_PART = regex(r"决策|过程|投入|方面|部分")
_FULL = regex(r"(?:满分|总分值?)[为是:]*100分")
_OF_RESULT = regex(r"[,(\s]*(?:自评|评价|绩效)(?:等级|等次|评级|级别|结果|结论)|\((?:优|良|中|差)")
_WORD = rf"\s*[“\"'‘(]*(?P<word>{GRADE_WORDS})[”\"'’)]*(?:等级?|级|档)?(?=[,\s)]|$)"
_GRADE = regex(rf"(?:属于|(?:等级|等次|评级|级别)(?:[为是:]|评定为)*|(?:评定|确定)为){_WORD}")
_BESIDE = regex(rf"{_TOTAL.pattern}\s*\((?P<word>{GRADE_WORDS})\)")
_RESULT = regex(
    r"(?:自评价?结果(?:总体)?[为是:]?|(?:总体|绩效|项目)自评[为是:]|(?<=分,)评价(?:结果|结论)[为是:]+)\s*[“\"'‘]*(?P<word>优秀|良好|优|良)[”\"'’]*(?=[,\s]|$)"
)
# One of them stands in whatever the patterns above take for a total or a grade.
_MAY_STATE = regex(r"[得总评价]分|分数|自评[为是:\d]|结果|结论|属于|等级|等次|评级|级别|[评确]定为")
_HEADS_POINTS = regex(r"(?:自评|评价|综合|总)得?分$")
_POINTS_ALONE = regex(r"\d{1,3}(?:\.\d+)?分")
_YEAR = regex(r"(?<![\d〔\[(【])20\d\d(?=年)|本年")
_YEAR_BEFORE = regex(r"^20\d\d年度?")
_SHORTEST_NAME = 4
_THIS = "本项目"
# 实施项目共15个, 共实施2个项目, 15个项目自评平均得分: each has a total of its own. Near miss: 8个项目村.
_SEVERAL = regex(
    r"(?:实施|安排|开展|自评)(?:了)?(?:预算|支出)?(?:项目(?:支出)?(?:共计?|合计)?(?:[2-9]|\d\d)个|(?:[2-9]|\d\d)个(?:预算|专项)?项目(?![村点区乡镇部]))"
    r"|(?<!\d)(?:[2-9]|\d\d)个项目(?:自评|平均|绩效|均|综合)"
)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare what the texts state with the table, once per table: the total first, then the grade."""
    totals = _totals(evaluation)
    if not totals:
        return
    own = [evaluation.table.total_score, evaluation.table.grade]
    checked = {entry.ref for entry in own if entry is not None}
    names = _names(evaluation.table.project)
    said = [
        (text, sentences)
        for text in (*_sentence(evaluation), *told(evaluation))
        if text.entry.ref not in checked and (sentences := _stating(_about_itself(_under(text), names)))
    ]
    if any(_SEVERAL.search(text.spelt) for text in texts(evaluation)):
        said = [(text, [each for each in sentences if _is_of_this(each, totals)]) for text, sentences in said]
    for find in (_other_total, _other_grade):
        for text, sentences in said:
            finding = find(evaluation, text, sentences, totals)
            if finding is not None:
                yield finding
                return


def _sentence(evaluation: Evaluation) -> Iterator[Text]:
    """The paragraph of a report that states its total: nearer to the place than the section around it."""
    report = evaluation.table.report
    if report is not None and report.sentence is not None:
        yield text_of("", report.sentence)


def _is_of_this(sentence: str, totals: Sequence[Decimal]) -> bool:
    """Whether a sentence in a report on several projects speaks of the one whose table this is."""
    return _THIS in sentence or _states(sentence, totals)


def _under(text: Text) -> str:
    """A text, below the heading 自评得分 with its words before the figure: 98分."""
    return (
        f"{_OWN}得分:{text.spelt}"
        if _POINTS_ALONE.match(text.spelt) and _HEADS_POINTS.search(text.title)
        else text.spelt
    )


def _totals(evaluation: Evaluation) -> list[Decimal]:
    """The total by the table and the one that it states; T101 compares the two."""
    totals = (evaluation.adopted_total, shown_total(evaluation))
    return [total for total in totals if total is not None]


def _stating(text: str) -> list[str]:
    """The sentences of a text that may state a total or a grade."""
    return [sentence for sentence in _SENTENCE.split(text) if _MAY_STATE.search(sentence)]


def _said(
    sentences: Iterable[str],
    pattern: re.Pattern[str],
    year: str,
    about: str = "",
    totals: Sequence[Decimal] = (),
) -> Iterator[re.Match[str]]:
    """What sentences state of the whole evaluation: the sentence is about it, the clause about no part of it.

    A sentence that states the very total of the table is about the evaluation too.
    """
    for sentence in sentences:
        for found in pattern.finditer(sentence):
            lead, rest = sentence[: found.start()], sentence[found.end() :]
            clause = _CLAUSE.split(lead)[-1]
            is_about = ABOUT_RESULT.search(about + lead + found[0]) or _OF_RESULT.match(rest)
            is_scale = _SCALE.search(clause + found[0] + rest[:_REACH])
            is_open = found.groupdict().get("open") is not None
            of_a_part = ABOUT_PART.search(about + _FULL.sub("", lead) if is_open else clause)
            of_a_part = of_a_part or _OF_PART.search(clause)
            of_others = (_OWN not in found[0] and _BY_OTHERS.search(lead)) or _is_earlier(lead, year)
            if (is_about or _states(sentence, totals)) and not (is_scale or of_a_part or of_others):
                yield found


def _is_earlier(lead: str, year: str) -> bool:
    """Whether a total, or the grade behind it, is said of a year before that of the table: 2023年度自评得分86分,等级为良."""
    totals = [found.start() for found in _TOTAL.finditer(lead)]
    clause = _CLAUSE.split(lead[: totals[-1]] if totals else lead)[-1]
    named = _YEAR.findall(clause)
    return bool(named) and named[-1] < year


def _states(sentence: str, totals: Sequence[Decimal]) -> bool:
    stated = (Decimal(found["points"]) for found in _TOTAL.finditer(sentence))
    return any(_same(points, total) for points in stated for total in totals)


def _names(project: Project) -> list[tuple[re.Pattern[str], str]]:
    """How a text calls the project and its year, each with the word that stands for it: 本项目, 本年."""
    names = []
    name, year = _YEAR_BEFORE.sub("", normalise(project.name)).removesuffix("项目"), project.year.strip()
    if len(name) >= _SHORTEST_NAME and not ABOUT_RESULT.search(name):
        names.append((re.compile(rf"(?:20\d\d年度?)?{re.escape(name)}(?:项目)*"), _THIS))
    if re.fullmatch(r"20\d\d", year):
        names.append((re.compile(rf"(?<!\d){year}年(?!度)"), "本年"))
    return names


def _about_itself(text: str, names: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """A text with the words for the names of its project, points with digits."""
    for name, word in names:
        text = name.sub(word, text)
    return with_points(text)


def _other_total(
    evaluation: Evaluation, text: Text, sentences: Sequence[str], totals: list[Decimal]
) -> Finding | None:
    for found in _said(sentences, _TOTAL, evaluation.table.project.year, text.title):
        points = Decimal(found["points"])
        is_full = found["bare"] is not None and points == evaluation.profile.weight_total
        if is_full or any(_same(points, total) for total in totals):
            continue
        message = (
            f"文字里的总得分为{plain(points)}分，{_table(evaluation) or '表中'}总分为{plain(totals[0])}分。"
            "请改正文字，或核对各项得分。"
        )
        return _about(evaluation, SEVERITY, text.entry, message, plain(points), plain(totals[0]))
    return None


def _same(points: Decimal, total: Decimal) -> bool:
    """Whether a figure is the total, perhaps rounded to the decimals that the text shows."""
    unit = Decimal(1).scaleb(int(points.as_tuple().exponent))
    return abs(points - total) * 2 <= unit


def _other_grade(
    evaluation: Evaluation, text: Text, sentences: Sequence[str], totals: list[Decimal]
) -> Finding | None:
    profile = evaluation.profile
    for pattern, severity in ((_GRADE, SEVERITY), (_BESIDE, SEVERITY), (_RESULT, Severity.WARNING)):
        for found in _said(sentences, pattern, evaluation.table.project.year, totals=totals):
            if profile.same_grade(found["word"]) in {None, *map(profile.grade, totals)}:
                continue
            right = profile.printed_grade(totals[0])
            message = (
                f"文字里的自评结果写的是{quote(found['word'])}，{_table(evaluation)}总分{plain(totals[0])}应为{quote(right)}。"
                "请改正文字，或核对得分。"
            )
            return _about(evaluation, severity, text.entry, message, found["word"], right)
    return None


def _about(
    evaluation: Evaluation, severity: Severity, entry: Entry, message: str, found: str, expected: str
) -> Finding:
    """A finding about a text and the total of the table that it contradicts, else the scores that make it up."""
    return Finding.about(CODE, severity, [entry.ref, _total_cell(evaluation)], message, found, expected)


def _total_cell(evaluation: Evaluation) -> Ref | None:
    table = evaluation.table
    return table.total_score.ref if table.total_score is not None else table.headings.get(Role.SCORE)


def _table(evaluation: Evaluation) -> str:
    """The table of a document, which a person finds by its name; "" in a workbook."""
    cell = _total_cell(evaluation)
    return f"{cell.table}中" if cell is not None and cell.table else ""
