"""The texts of a table as rules ask for them: filled ones, goals of the year and the period, results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.shared.reasons import without_punctuation
from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.words import PERIOD, PLAN, REACHED, RESULT_TITLE
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.values.numerals import with_percents, with_years
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise

TITLE, REPORT_TITLE = "标题", "报告标题"
"""The title above a table, and that of the report around it."""
_FIGURES = regex(r"[\d\W]+")
_SHORTEST_COPY = 8  # signs; shorter texts are alike by chance


class Text(NamedTuple):
    """One text, in the forms in which rules read it.

    Attributes:
        spelt: in one width and spelling, on one line, years and rates with digits.
        key: the form in which texts are compared: without punctuation and white space.
    """

    title: str
    entry: Entry
    spelt: str
    key: str


@once
def texts(evaluation: Evaluation) -> Iterator[Text]:
    """The texts that say something, each title once: neither blank nor a figure alone nor an error.

    Of a report also its title, and the paragraphs outside its sections, each under its place.
    """
    report = evaluation.table.report
    loose = [] if report is None else [(entry.ref.place, entry) for entry in report.loose]
    if report is not None and report.title is not None:
        loose.append((REPORT_TITLE, report.title))
    for title, entry in (*evaluation.table.texts.items(), *loose):
        if not (entry.is_empty or entry.is_error or _FIGURES.fullmatch(entry.text)):
            yield text_of(title, entry)


@once
def told(evaluation: Evaluation) -> Iterator[Text]:
    """The texts that speak of what was done."""
    return (text for text in texts(evaluation) if looks_back(text.title))


def text_of(title: str, entry: Entry) -> Text:
    """Return the text of a cell or paragraph under a title."""
    spelt = with_percents(with_years(normalise(entry.text)))
    return Text(title, entry, spelt, without_punctuation(spelt))


def is_period_goal(title: str) -> bool:
    """Tell whether this is the goal of the whole period: 项目实施期绩效目标."""
    return "目标" in title and not is_result(title) and PERIOD.search(title) is not None


def is_year_goal(title: str) -> bool:
    """Tell whether this is the goal of the year: 年度绩效目标, 预期目标, 总体目标."""
    return "目标" in title and not is_result(title) and PERIOD.search(title) is None


def is_goal(title: str) -> bool:
    """Tell whether this is a goal, of the year or of the whole period."""
    return is_year_goal(title) or is_period_goal(title)


def is_result(title: str) -> bool:
    """Tell whether this says what was done: 实际完成情况, 总体目标完成情况."""
    return RESULT_TITLE.search(title) is not None


def looks_back(title: str) -> bool:
    """Tell whether a text speaks of what was done, not of goals, grounds, plans or measures."""
    of_goals = "目标" in title and not REACHED.search(title)
    return is_result(title) or not (of_goals or PLAN.search(title))


def repeated(
    code: str,
    severity: Severity,
    evaluation: Evaluation,
    is_copy: Callable[[str], bool],
    is_original: Callable[[str], bool],
    advice: str,
) -> Iterator[Finding]:
    """Yield the first text of one kind that repeats one of the other word for word, punctuation aside."""
    said = texts(evaluation)
    originals = {text.key: text for text in said if is_original(text.title)}
    for text in said:
        original = originals.get(text.key)
        if original is None or not is_copy(text.title) or len(text.key) < _SHORTEST_COPY:
            continue
        message = f"{quote(text.title)}与{quote(original.title)}逐字相同。{advice}"
        refs = [text.entry.ref, original.entry.ref]
        yield Finding.about(code, severity, refs, message, quote(text.entry.text))
        return
