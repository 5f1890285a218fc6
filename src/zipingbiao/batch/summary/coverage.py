"""What a list of projects shows of a batch: who reported, who did not, who need not; amounts in 万元, all from the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from zipingbiao.batch.summary.roll import Enrolled
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.moment import Moment
from zipingbiao.values.number import percent, ratio


class Trace(StrEnum):
    """情况: what came of a project that is missing, in the words of the sheet 应报未报; the first one found counts."""

    NEAR = "疑似已报（名称相近）"
    UNREADABLE = "无法读取"
    BLANK = "空表"
    SCAN = "只有扫描件"
    NOTHING = "未收到文件"


@frozen
class Coverage:
    """How many of the projects that must report did.

    Attributes:
        label: whose they are: a department, or all.
        due: 应评: those of the list that are neither exempt nor secret.
        done: 已评: those with a total that counts.
        missing: 未报: those for which no table came.
        due_amount, done_amount, missing_amount: their money.
    """

    label: str
    due: int
    done: int
    missing: int
    due_amount: Decimal
    done_amount: Decimal
    missing_amount: Decimal

    @property
    def rate(self) -> Decimal | None:
        """自评覆盖率 as a fraction; None where nobody must report."""
        return ratio(Decimal(self.done), Decimal(self.due)) if self.due else None

    @property
    def waiting(self) -> int:
        """Those whose table came and has no total yet, or waits for 认定."""
        return self.due - self.done - self.missing

    def __str__(self) -> str:
        """Return it as the line above a department's projects says it."""
        waiting = f"，待补全或待认定{self.waiting}个" if self.waiting else ""
        return (
            f"{self.label}：应评{self.due}个，已评{self.done}个{waiting}，未报{self.missing}个，"
            f"金额{self.missing_amount:,.2f}万元"
        )

    @property
    def sentence(self) -> str:
        """Return it as the foot of a paper says it."""
        rate = f"，自评覆盖率{percent(self.rate)}" if self.rate is not None else ""
        return f"应评{self.due}个，已评{self.done}个{rate}。"


@frozen
class Missing:
    """One project for which no table came.

    Attributes:
        key: by which what people type about it is found again.
        trace: 情况.
        chased: 催报情况, as typed.
    """

    enrolled: Enrolled
    key: str
    trace: Trace
    chased: str = ""


@frozen
class Remark:
    """One line of 名单核对: a project, or the list itself, and what is to be said of it.

    Attributes:
        matter: 事项.
        amount: of the list in 万元; of a project that it does not have, of the table.
        scope: in which summary the table of a project that it does not have is added up.
    """

    matter: str
    why: str
    department: str = ""
    unit: str = ""
    code: str = ""
    name: str = ""
    amount: Decimal | None = None
    file: str = ""
    scope: Scope = Scope.PROJECT


@frozen
class Reminder:
    """催报话术 of one department."""

    department: str
    contact: str
    phone: str
    text: str


@frozen
class Enrolment:
    """A batch beside a list of projects.

    Attributes:
        total, departments: in the order of the list; also those that sent nothing.
        projects, projects_of: of the projects alone, in all and by department; what did not come is one of them.
        transfers: of the transfers that the list has and whose table came.
        missing: by department, in the order of the list.
        exempt: 免评.
        remarks: what else is to be said: not in the list, exempt and yet handed in, faults of the list.
        reminders: one per department that lacks something.
        secret: how many projects of the list are a state secret.
        as_of: 截至, as typed; None for no date.
    """

    total: Coverage
    departments: tuple[Coverage, ...]
    missing: tuple[Missing, ...]
    exempt: tuple[Enrolled, ...]
    remarks: tuple[Remark, ...]
    reminders: tuple[Reminder, ...]
    secret: int
    as_of: Moment | None
    projects: Coverage
    projects_of: tuple[Coverage, ...]
    transfers: Coverage

    @property
    def unlisted(self) -> tuple[Remark, ...]:
        """The projects that were handed in and that the list does not have."""
        return tuple(remark for remark in self.remarks if remark.matter == UNLISTED)

    def sentences(self) -> Iterator[str]:
        """Yield what the foot of a paper says of it."""
        yield self.total.sentence
        if self.unlisted:
            yield f"另有 {len(self.unlisted)} 个项目未列入名单，见“名单核对”。"
        if self.secret:
            yield "涉密项目按规定另行报送，未列入本表。"


UNLISTED = "未列入名单"
EXEMPT = "免评"
VOLUNTARY = "免评转自评"
FAULT = "名单本身"
CHASED = "原催报情况"


def coverage_of(
    label: str, due: Sequence[Enrolled], done: Sequence[Enrolled], missing: Sequence[Enrolled]
) -> Coverage:
    """Return the coverage of some projects."""
    amounts = (sum((each.budget for each in some), Decimal(0)) for some in (due, done, missing))
    return Coverage(label, len(due), len(done), len(missing), *amounts)
