"""名单 as a batch uses it: who must report, under which names, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from zipingbiao.batch.summary.identity import code_of, name_of
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow
from zipingbiao.rules.shared.registered import Registered
from zipingbiao.table.register import Register, RegisterRow
from zipingbiao.values.frozen import frozen
from zipingbiao.values.offices import Offices, office_of


@frozen
class Listed:
    """A list of projects, and the name of its file."""

    register: Register
    source: str

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        """Its projects but the secret ones."""
        return self.register.rows

    def names(self) -> set[str]:
        """All names of offices in it."""
        return {name for row in self.rows for name in (row.department, row.unit)} - {""}

    def also(self) -> tuple[Mapping[str, str], tuple[str, ...]]:
        """Return the other names of offices, each with the name for which it stands, and those that say nothing."""
        meant: dict[str, dict[str, str]] = {}
        spelled: dict[str, str] = {}
        for row in self.rows:
            owner = row.department or row.unit
            for name, proper in (
                *((each, owner) for each in row.also),
                *((each, row.unit) for each in row.unit_also),
            ):
                if proper:
                    spelled.setdefault(office_of(name).name, name)
                    meant.setdefault(office_of(name).name, {})[office_of(proper).name] = proper
        taken = {office_of(name).name for name in self.names()}
        found: dict[str, str] = {}
        unclear: list[str] = []
        for key, owners in meant.items():
            if len(owners) == 1 and (key not in taken or key in owners):
                found[spelled[key]] = next(iter(owners.values()))
            else:
                unclear.append(f"请核对曾用名、简称“{spelled[key]}”：它对应几个部门或单位，没有采用")
        return found, tuple(unclear)


@frozen
class Enrolled:
    """One project of a list.

    Attributes:
        registered: what the list says of it.
        department: 主管部门 in the one spelling of the list, else its unit.
        code, name: as they compare; the code is "" where only its first few digits are left (1.4E+18).
        office, unit: the offices as :meth:`Offices.key` folds them; the department stands in for a
            missing unit.
    """

    registered: Registered
    department: str
    code: str
    name: str
    office: str
    unit: str

    @property
    def row(self) -> RegisterRow:
        """The row of the list."""
        return self.registered.row

    @property
    def whole_code(self) -> str:
        """The code where it has all its digits, else ""."""
        return "" if self.row.code_lost else self.code

    @property
    def budget(self) -> Decimal:
        """Its money in 万元, 0 where the list says none."""
        return self.registered.budget or Decimal(0)

    @property
    def is_exempt(self) -> bool:
        """Whether it need not report."""
        return self.row.is_exempt


@frozen
class Roll:
    """The projects of a list under folded names.

    Attributes:
        enrolled: in the order of the list; a project that stands in it for each source of money is one.
        departments: their names in the order of the list.
        spellings: by the key of an office its name in the list.
    """

    enrolled: tuple[Enrolled, ...]
    departments: tuple[str, ...]
    spellings: Mapping[str, str]
    _offices: Offices

    def of_year(self, year: str) -> tuple[Enrolled, ...]:
        """The projects of a year; a row that names none is of each."""
        return tuple(each for each in self.enrolled if year in {each.row.year, ""} or not each.row.year)

    def department_of(self, row: ProjectRow) -> str:
        """Return the department of a table that names none, by its code, else by its unit; "" where nothing tells."""
        code, unit = code_of(row.code), self._offices.key(row.unit)
        coded = [each for each in self.enrolled if code and each.whole_code == code]
        own = [each for each in coded if each.unit == unit] or coded
        own = own or [each for each in self.enrolled if unit and unit in {each.unit, each.office}]
        names = {each.department for each in own}
        return names.pop() if len(names) == 1 and self.departments else ""

    def unit_place(self, key: str) -> int:
        """Return the place of a unit in the list; one that is not in it comes behind."""
        return next((at for at, each in enumerate(self.enrolled) if each.unit == key), len(self.enrolled))


def roll_of(listed: Listed, offices: Offices) -> Roll:
    """Return a list under the names that *offices* folds; these must be among its names."""
    spellings: dict[str, str] = {}
    for row in listed.rows:
        for name in (row.department, row.unit):
            if name:
                spellings.setdefault(offices.key(name), name)
    enrolled = tuple(_joined(_enrolled(listed, offices, spellings)))
    named = (each.department for each in enrolled if each.row.department)
    return Roll(enrolled, tuple(dict.fromkeys(named)), spellings, offices)


def _enrolled(listed: Listed, offices: Offices, spellings: Mapping[str, str]) -> Iterator[Enrolled]:
    for row in listed.rows:
        office, owner = offices.key(row.department), row.unit or row.department
        yield Enrolled(
            registered=Registered(listed.source, row),
            department=spellings.get(office or offices.key(owner), NO_DEPARTMENT),
            code=code if (code := code_of(row.code)).isdigit() or not row.code_lost else "",
            name=name_of(row.name),
            office=office,
            unit=offices.key(owner),
        )


def _joined(rows: Iterable[Enrolled]) -> Iterator[Enrolled]:
    """One per project: listed again for another source of money the amounts are added, else the first row holds."""
    found: dict[tuple[str, str, str, str], Enrolled] = {}
    for each in rows:
        key = (each.whole_code, each.unit, each.row.year, "" if each.whole_code else each.name)
        first = found.setdefault(key, each)
        if (
            first is not each
            and first.row.level
            and each.row.level
            and each.row.level not in first.row.level.split("、")
        ):
            row = replace(
                first.row,
                level=f"{first.row.level}、{each.row.level}",
                initial=_sum(first.row.initial, each.row.initial),
                full_year=_sum(first.row.full_year, each.row.full_year),
                paid=_sum(first.row.paid, each.row.paid),
            )
            found[key] = replace(first, registered=replace(first.registered, row=row))
    yield from found.values()


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    known = [amount for amount in (one, other) if amount is not None]
    return sum(known, Decimal(0)) if known else None
