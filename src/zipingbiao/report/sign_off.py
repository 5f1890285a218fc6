"""送签单: one page per project for the leader who signs, in words without codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zipingbiao.batch.against import read_baseline
from zipingbiao.batch.baseline import Baseline
from zipingbiao.book.given import OnePath
from zipingbiao.report.blocks import Block, Cell, Look, Table, Text
from zipingbiao.report.texts import section
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.rows import shortened, year_of
from zipingbiao.rules.shared.reasons import counted, gives_reason, is_below_full
from zipingbiao.rules.words import MONEY_LEFT
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Place, Role
from zipingbiao.table.sections import ANALYSIS
from zipingbiao.values.number import percent, plain
from zipingbiao.values.spelling import label_key

_WIDTHS = (34, 51, 34, 51)
_MOST_LOST, _MOST_FINDINGS = 3, 3
_LONG, _SHORT, _BOX = 56, 26, 150
"""Signs of a longer and a shorter text and of all that stands in a field: what one page holds, whatever a table says."""
_SIGNED = ("经办人", "财务负责人", "单位负责人意见")
_SIGNATURE = "\n签字：　　　　　　　　　　　年　　月　　日"
_ROOM = 16  # mm to write in
_SENTENCE = re.compile(r"[^。；;！!\n]+")

Row = tuple[Cell, ...]


def sign_off_pages(
    result: FileResult, last: OnePath | None, profile: str | None
) -> tuple[list[Block], tuple[str, ...]]:
    """Return the pages of a workbook's projects, and what could not be compared.

    Args:
        result: the filled tables of a workbook with their findings.
        last: last year's workbook or folder; None compares with nothing.
        profile: 评分规则 for last year's tables; None chooses per table.

    Raises:
        UsageError: there is no *last*.
    """
    before = None if last is None else read_baseline((), last, profile)
    if before is not None:
        (result,) = before.applied([result], whole=False)
    blocks: list[Block] = []
    for number, (evaluation, findings) in enumerate(zip(result.evaluations, result.checks, strict=True)):
        blocks.append(Text("项目支出绩效自评送签单", Look.TITLE, new_page=number > 0))
        rows = [*_facts(evaluation), *_worth_knowing(result, evaluation, findings, before), *_signatures()]
        blocks.append(Table(_WIDTHS, rows))
    return blocks, (*result.notes, *(before.notes if before is not None else ()))


def _pair(left: str, said: str, right: str, other: str) -> Row:
    return Cell(left, bold=True), Cell(said), Cell(right, bold=True), Cell(other)


def _wide(label: str, said: str) -> Row:
    return Cell(label, bold=True), Cell(said, span=3, left=True)


def _facts(evaluation: Evaluation) -> Iterator[Row]:
    project, total = evaluation.table.project, evaluation.adopted_total
    budget, executed = _amount(evaluation, AmountKind.FULL_YEAR), _amount(evaluation, AmountKind.EXECUTED)
    left = None if budget is None or executed is None else budget - executed
    rate = evaluation.execution_rate
    yield _wide("项目名称", shortened(evaluation.table.name, _LONG))
    yield _pair("实施单位", shortened(project.unit, _SHORT), "年度", year_of(project.year))
    grade = "—" if total is None else evaluation.profile.printed_grade(total)
    yield _pair("自评总分", "未完成" if total is None else f"{plain(total)}分", "自评等级", grade)
    yield _pair("全年预算（万元）", _shown(budget), "全年执行（万元）", _shown(executed))
    yield _pair("预算执行率", "—" if rate is None else percent(rate), "未支出（万元）", _shown(left))
    if left is not None and left > 0:
        yield _wide("未支出的原因", _why_left(evaluation))


def _amount(evaluation: Evaluation, kind: AmountKind) -> Decimal | None:
    return evaluation.table.funds.amount(kind) if evaluation.table.funds is not None else None


def _shown(amount: Decimal | None) -> str:
    return "—" if amount is None else plain(amount)


def _why_left(evaluation: Evaluation) -> str:
    """The reason beside the execution, else the first sentence of the analysis that speaks of money left."""
    row = evaluation.execution
    if row is not None and gives_reason(row.indicator):
        return shortened(row.indicator.text(Role.REASON), _LONG)
    said = "。".join(section(evaluation, ANALYSIS[0].title))
    found = next((one for one in _SENTENCE.findall(said) if MONEY_LEFT.search(one)), "")
    return shortened(found, _LONG) or "表中没有写明，请补写。"


def _worth_knowing(
    result: FileResult, evaluation: Evaluation, findings: Sequence[Finding], before: Baseline | None
) -> Iterator[Row]:
    yield _wide("扣分较多的指标", "\n".join(_lost(evaluation)))
    yield _wide("须先改正的问题", "\n".join(_errors(findings)))
    yield _wide("需要说明的问题", "\n".join(_warnings(findings)))
    if before is not None:
        yield _wide("与上年相比", _compared(result, evaluation, before))
    yield _wide("佐证材料", _proof(evaluation))


def _lost(evaluation: Evaluation) -> Iterator[str]:
    """The lines that lost most, why in plain words, and what all others lost together."""
    if evaluation.adopted_total is None:
        bare = [row.indicator.name for row in evaluation.rows if row.adopted is None]
        yield shortened(f"还有{len(bare)}项指标没有得分：{'、'.join(bare)}。", _BOX)
    lost = sorted(
        ((_points_lost(row), row) for row in evaluation.rows if is_below_full(row)), key=lambda each: -each[0]
    )
    for number, (points, row) in enumerate(lost[:_MOST_LOST], 1):
        yield f"{number}. {_loss(points, row)}"
    others = lost[_MOST_LOST:]
    if others:
        yield f"另有{len(others)}项共扣{plain(sum((points for points, _ in others), Decimal(0)))}分。"
    if evaluation.cap_note:
        yield f"{evaluation.cap_note}。"
    if not lost and evaluation.adopted_total is not None:
        yield "各项指标均得满分。"


def _points_lost(row: Scored) -> Decimal:
    points, weight = counted(row), row.indicator.weight
    return Decimal(0) if points is None or weight is None else weight - points


def _loss(points: Decimal, row: Scored) -> str:
    line = row.indicator
    facts = [
        f"{word}{shortened(text, _SHORT // 2)}"
        for word, text in (("目标", line.text(Role.TARGET)), ("实际", line.text(Role.ACTUAL)))
        if text
    ]
    if row.completion_text and row.completion_text != line.text(Role.ACTUAL):
        facts.append(f"完成率{row.completion_text}")
    behind = f"（{'，'.join(facts)}）" if facts else ""
    why = shortened(line.text(Role.REASON), _SHORT).rstrip("。") if gives_reason(line) else "表中没有写明"
    return f"{shortened(line.name, _SHORT)}：扣{plain(points)}分{behind}。原因：{why}。"


def _errors(findings: Sequence[Finding]) -> Iterator[str]:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    yield from _listed([finding.message for finding in errors], "没有。")


def _warnings(findings: Sequence[Finding]) -> Iterator[str]:
    """The warnings, those that nobody explained first."""
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    open_ones = count(tuple(warnings), Severity.WARNING)
    told = [_warning(finding) for finding in sorted(warnings, key=lambda finding: bool(finding.verified))]
    yield from _listed(told, "没有。")
    if open_ones:
        yield f"其中{open_ones}项单位还没有说明。"


def _warning(finding: Finding) -> str:
    # What the unit says comes first: where both are too long for the page, the end of the question goes.
    return (
        f"单位说明：{shortened(finding.verified, _SHORT)}（{finding.message}）"
        if finding.verified
        else finding.message
    )


def _listed(texts: Sequence[str], none: str) -> Iterator[str]:
    shown = texts[:_MOST_FINDINGS]
    for number, text in enumerate(shown, 1):
        yield f"{number}. {shortened(text, _BOX // len(shown))}"
    if len(texts) > _MOST_FINDINGS:
        yield f"另有{len(texts) - _MOST_FINDINGS}项，见工作簿的“校验结果”。"
    if not texts:
        yield none


def _compared(result: FileResult, evaluation: Evaluation, before: Baseline) -> str:
    found = before.last_of(result, evaluation)
    if len(found) != 1:
        return "没有找到上年的自评表，没有比较。" if not found else "上年的自评表不止一份，没有比较。"
    last = found[0].table
    said = []
    total, then = evaluation.adopted_total, last.adopted_total
    if then is not None:
        change = "" if total is None else f"，本年{_change(total - then, '分')}"
        said.append(f"上年总分{plain(then)}分（{last.profile.printed_grade(then)}）{change}")
    rate, rate_then = evaluation.execution_rate, last.execution_rate
    if rate_then is not None:
        change = "" if rate is None else f"，本年{_change((rate - rate_then) * 100, '个百分点')}"
        said.append(f"上年预算执行率{percent(rate_then)}{change}")
    budget, budget_then = _amount(evaluation, AmountKind.FULL_YEAR), _amount(last, AmountKind.FULL_YEAR)
    if budget_then is not None:
        change = "" if budget is None else f"，本年{_change(budget - budget_then, '万元')}"
        said.append(f"上年全年预算{plain(budget_then)}万元{change}")
    return "；".join(said) + "。" if said else "上年的自评表没有总分和金额，没有比较。"


def _change(difference: Decimal, unit: str) -> str:
    if not difference:
        return "相同"
    return f"{'增加' if difference > 0 else '减少'}{plain(abs(difference))}{unit}"


def _proof(evaluation: Evaluation) -> str:
    """Which lines with points have no document listed."""
    listed = evaluation.table.evidence
    if not listed:
        return "还没有列出佐证材料，请在“佐证材料”中逐项列出。"
    proved = {label_key(one.indicator) for one in listed}
    bare = [
        row.indicator.name
        for row in evaluation.rows
        if row.indicator.place is Place.ROW and row.indicator.weight and not _is_proved(row, proved)
    ]
    said = f"已列{len(listed)}份。"
    if bare:
        said += f"{len(bare)}项指标没有对应的材料：{'、'.join(bare)}。"
    return shortened(said, _BOX)


def _is_proved(row: Scored, proved: set[str]) -> bool:
    line = row.indicator
    return not {label_key(text) for text in (line.name, line.text(Role.NAME))}.isdisjoint(proved)


def _signatures() -> Iterator[Row]:
    for who in _SIGNED:
        yield Cell(who, bold=True, high=_ROOM), Cell(_SIGNATURE, span=3)
