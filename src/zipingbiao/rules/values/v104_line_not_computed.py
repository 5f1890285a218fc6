"""V104 指标无法核算。

检查内容：每一项指标是否有核算得分；没有的，按原因合并列出。
为何重要：有一项算不出，总分和等级就都是未完成，不能按0分或满分代替。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》的定量、定性计分方法（可信程度：未核对原文）；晚于时限等没有规定算法的情况不替填表人打分。
严重程度：错误，因为缺了它总分就是未完成；只能由人评分（没有目标值、文字不同、晚于时限、升降幅度等）而已经填了得分的，以及没有全年预算的，为警告；数值只写在下面分项里而填了得分的为提示，因为得分照填报计。同一原因一张表只报一次，列出各行。
反例：业绩值空白；业绩值“/”“—”“无”却有分值；目标值空白，数写在了名称里；业绩值“约20”；目标值“3-5”变成了日期；目标值“达标”、业绩值“基本达标”；目标值“2021年6月底前”、业绩值“2021年9月”。
正例：业绩值填一个确定的数，或与定性目标相同的文字；“立项依据充分性”等决策、过程、管理类指标没有目标值而填了得分，按填报得分计；“负面影响”“投诉”目标值“无”、业绩值“无”，按达到目标计。
不检查：整行未填写（V115）、公式错误（V101）、变成五位数的日期（V108）、公式没有结果（V102）、单位不一致（V103）、方向不明（V105）、没有预算也没有支出的（F112）、金额看不明白的（F116）、分值有误（W106）、得分超出分值（S101）、缺列（L101、L102）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.book.cells import Ref
from zipingbiao.rules.funds.f112_not_carried_out import is_withdrawn
from zipingbiao.rules.shared.say import name_line, quote, unreadable
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.find.lost import lost_roles
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role, Trouble
from zipingbiao.values.doubt import Doubt
from zipingbiao.values.typed import Quantity, Unclear, format_value, parse_text

CODE = "V104"
SEVERITY = Severity.ERROR

_ADVICE = {
    Note.NO_TARGET: "请填写目标值",
    Note.NO_ACTUAL: "请填写业绩值",
    Note.NO_VALUES: "请填写目标值和业绩值，不用的行请删除分值",
    Note.NOT_APPLICABLE: "请填写业绩值；确实不适用的，请取消这项指标并调整分值",
    Note.UNCLEAR: "请改成一个确定的数",
    Note.SCALE_UNSURE: "请写明百分号，例如95%",
    Note.UNIT_UNSURE: "请在目标值和业绩值中都写明单位",
    Note.NOT_A_NUMBER: "请填写实际完成的数",
    Note.WORDS_DIFFER: "请填写与目标值相同的文字，或按三档选择，或填写完成的百分比",
    Note.NOTHING_CHOSEN: "请从选项中选出一项",
    Note.NUMBER_FOR_WORDS: "请在业绩值后加上百分号，或改填文字",
    Note.NEEDS_SCORE: "请填写{points}",
    Note.NEEDS_POINTS: "请填写{points}",
    Note.VALUES_IN_PARTS: "请在这一行填写合计的目标值和业绩值，或填写{points}",
    Note.NEGATIVE_TARGET: "请改用正数表示目标，例如“下降率5%”",
    Note.LATE: "请打分并写理由",
    Note.DATES_COARSE: "请把日期写到月或日",
    Note.NO_FUNDS: "请填写资金表，或填写执行率",
    Note.NO_BUDGET: "请填写全年预算",
    Note.NO_INITIAL_BUDGET: "请填写年初预算",
    Note.ZERO_BUDGET: "请填写全年预算",
    Note.ZERO_INITIAL_BUDGET: "请填写年初预算",
    Note.NO_EXECUTED: "请填写全年执行数，没有支出的填0",
}
_COLUMNS = {
    Note.NO_TARGET: (Role.TARGET,),
    Note.NO_ACTUAL: (Role.ACTUAL,),
    Note.NO_VALUES: (Role.TARGET, Role.ACTUAL),
}
_CELLS = {
    Note.NO_TARGET: (Role.TARGET,),
    Note.NEGATIVE_TARGET: (Role.TARGET,),
    Note.NEEDS_SCORE: (Role.SCORE, Role.DEDUCTION),
    Note.NEEDS_POINTS: (Role.SCORE, Role.DEDUCTION),
}
_TYPED_SCORES = {Role.MANUAL: "手工得分", Role.SCORE: "得分", Role.DEDUCTION: "扣分"}
"""Where a person gives points, by the column that the table has."""
_ONE_SIDE = frozenset({Note.NO_TARGET, Note.NO_ACTUAL, Note.NEGATIVE_TARGET, Note.NEEDS_SCORE})
# Points that only a person can give; once given they count, and ask to be verified.
_BY_HAND = frozenset(
    {
        Note.NO_TARGET,
        Note.NOT_APPLICABLE,
        Note.WORDS_DIFFER,
        Note.NOTHING_CHOSEN,
        Note.NEGATIVE_TARGET,
        Note.LATE,
        Note.DATES_COARSE,
    }
)
_BLANK_BASE = {Note.NO_BUDGET: AmountKind.FULL_YEAR, Note.NO_INITIAL_BUDGET: AmountKind.INITIAL}
_NO_BASE = {
    **_BLANK_BASE, Note.ZERO_BUDGET: AmountKind.FULL_YEAR, Note.ZERO_INITIAL_BUDGET: AmountKind.INITIAL,
}  # fmt: skip
_AMOUNTS = {**_NO_BASE, Note.NO_EXECUTED: AmountKind.EXECUTED}


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report lines without a score, one finding per reason."""
    groups: dict[tuple[Note, bool], list[Scored]] = {}
    for row in evaluation.rows:
        note = next((note for note in row.notes if note in _ADVICE), None)
        if row.score is None and note is not None and not _is_said_elsewhere(evaluation, row, note):
            groups.setdefault((note, _is_settled_by_hand(row, note)), []).append(row)
    for (note, by_hand), rows in groups.items():
        points = Role.DEDUCTION if Role.DEDUCTION in rows[0].indicator.entries else Role.SCORE
        advice = _ADVICE[note].format(points=_TYPED_SCORES[points])
        said = f"无法核算：{note.value}。{advice}。"
        if note in _BLANK_BASE:
            said = f"：{note.value}，无法核对。{advice}。"
        if by_hand:
            said = f"{note.value}，规则给不出得分，暂按填报得分计。请核实并写明评分依据。"
        if note is Note.LATE:
            said = _late(rows[0], by_hand=by_hand)
        severity = Severity.WARNING if by_hand or note in _NO_BASE else SEVERITY
        yield from together(CODE, severity, [_hit(evaluation, row, note) for row in rows], said)
    adopted = [row for row in evaluation.rows if Note.VALUES_IN_PARTS in row.notes and row.score is not None]
    hits = [_hit(evaluation, row, Note.VALUES_IN_PARTS) for row in adopted]
    said = f"的{Note.VALUES_IN_PARTS.value}，按填报得分计。请核对得分。"
    yield from together(CODE, Severity.INFO, hits, said)


def _late(row: Scored, *, by_hand: bool) -> str:
    """What is said of lines that are late, in the words of their table: the columns are the same for all."""
    if by_hand:
        return "，没有规定怎样扣分，暂按填报得分计。请核实并写明扣分的理由。"
    column = next((word for role, word in _TYPED_SCORES.items() if role in row.indicator.entries), None)
    where = f"在“{column}”" if column else "增加“得分”列，"
    return f"，没有规定怎样扣分。请{where}打分并写理由。"


def _hit(evaluation: Evaluation, row: Scored, note: Note) -> Hit:
    cells = (*_CELLS.get(note, (Role.ACTUAL,)), Role.NAME, Role.SCORE)
    detail, anchor = row.detail or _proposal(row, note), evaluation.table.anchor
    also = () if note in _ONE_SIDE or row.indicator.is_execution else (Role.TARGET, Role.ACTUAL)
    hit = on_line(row, *cells, detail=detail, found=Role.ACTUAL, at=anchor, also=also)
    if note is Note.LATE:
        hit = hit._replace(name=f"{name_line(row.indicator)}{row.detail}")
    amount = _amount_ref(evaluation, note)
    if amount is None or hit.ref is None:
        return hit
    return hit._replace(ref=amount, more=(hit.ref,))


def _is_settled_by_hand(row: Scored, note: Note) -> bool:
    """Whether only a person can give the points, and somebody has: 下降5% beside 下降6% is one such."""
    target = row.indicator.value(Role.TARGET)
    is_change = note is Note.UNCLEAR and isinstance(target, Unclear) and target.doubt is Doubt.CHANGE
    return (note in _BY_HAND or is_change) and row.indicator.stated_score is not None


def _proposal(row: Scored, note: Note) -> str:
    """The value that stands in the name instead of the target: 年度资金支付完成率100%."""
    if note not in {Note.NO_TARGET, Note.NO_VALUES}:
        return ""
    value = parse_text(row.indicator.name)
    if not isinstance(value, Quantity) or value.unit is None or value.unit.label == "分":
        return ""
    return f"名称里写有{quote(format_value(value))}，可填入目标值"


def _amount_ref(evaluation: Evaluation, note: Note) -> Ref | None:
    """The cell of the amount that is missing, else the funds block."""
    funds = evaluation.table.funds
    if funds is None or note not in _AMOUNTS:
        return None
    entry = funds.entry(_AMOUNTS[note])
    return entry.ref if entry is not None else funds.anchor


def _is_said_elsewhere(evaluation: Evaluation, row: Scored, note: Note) -> bool:
    """Tell whether V101, V102, F112, F116, S101, L101 or L102 reports the very cause."""
    funds = evaluation.table.funds
    if note is Note.VALUES_IN_PARTS and row.indicator.stated_score is not None:
        return True  # outside the weight
    if row.indicator.is_execution and note is Note.UNCLEAR:
        return True
    if funds is not None and note in _NO_BASE and is_withdrawn(funds):
        return True
    if unreadable(row.indicator, Role.TARGET, Role.ACTUAL):
        return True
    if funds is not None and note in _AMOUNTS:
        entry = funds.entry(_AMOUNTS[note])
        return entry is not None and (entry.is_error or entry.lacks_result)
    lost = set(lost_roles(evaluation.table))
    lacks = any(role in lost or role not in row.indicator.entries for role in _COLUMNS.get(note, ()))
    troubles = {problem.trouble for problem in evaluation.table.problems}
    return lacks and bool(troubles & {Trouble.NO_COLUMN, Trouble.LOST_HEADING, Trouble.TWO_COLUMNS})
