"""名单 as read: the list of projects that must report."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from zipingbiao.book.cells import Ref
from zipingbiao.table.register_words import REGISTER_MUST
from zipingbiao.values.deadline import Deadline
from zipingbiao.values.frozen import frozen
from zipingbiao.values.words import FILLERS


@frozen
class RegisterRow:
    """One project of a list; texts as written, "" where missing.

    Attributes:
        year: four digits.
        level: 资金级次.
        category: 项目类别, as written.
        code_lost: whether the code came as a number, of which a sheet keeps 15 digits: it tells no project.
        initial, full_year, paid: 年初预算, 调整后预算 and 国库支付数 in 万元.
        ref: the cell of the name.
        number: its place in the list, counted from 1.
        also, unit_also: other names, 曾用名 and 简称, of the 主管部门 (of the unit, where the list has no
            departments) and of the 实施单位.
        section: 业务股室.
        public: 是否公开, as written.
        exempt: 免评原因; "" where the project must report.
        deadline: 截止日期.
        contact, phone: 联系人, 电话.
    """

    name: str
    ref: Ref
    code: str = ""
    parent: str = ""
    department: str = ""
    unit: str = ""
    year: str = ""
    level: str = ""
    initial: Decimal | None = None
    full_year: Decimal | None = None
    paid: Decimal | None = None
    number: int = 0
    also: tuple[str, ...] = ()
    unit_also: tuple[str, ...] = ()
    section: str = ""
    public: str = ""
    exempt: str = ""
    deadline: Deadline | None = None
    contact: str = ""
    phone: str = ""
    category: str = ""
    code_lost: bool = False

    @property
    def is_exempt(self) -> bool:
        """Whether the project need not report."""
        return bool(self.exempt) and self.exempt not in FILLERS | REGISTER_MUST


@frozen
class Register:
    """A list of projects.

    Attributes:
        rows: its projects but those that are a state secret.
        notes: what was left out or should be looked at, in Chinese.
        secret: those that are a secret: to be counted and known again, never to be shown.
    """

    rows: tuple[RegisterRow, ...]
    notes: tuple[str, ...] = ()
    secret: tuple[RegisterRow, ...] = field(default=(), repr=False)
