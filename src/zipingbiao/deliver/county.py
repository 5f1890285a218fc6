"""本局版: what a bureau's page knows beside the program: its rules, whose projects there are, what was approved of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from zipingbiao.batch.baseline import Baseline, known_approved
from zipingbiao.book.given import OnePath, Paths, each_path
from zipingbiao.errors import UsageError
from zipingbiao.result.codec import codec
from zipingbiao.scoring.profile import Profile, load, profiles, without_comments
from zipingbiao.table.approved import read_approved
from zipingbiao.table.find.targets import TargetTable
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import Form, Project
from zipingbiao.table.register import RegisterRow
from zipingbiao.table.registered import open_register
from zipingbiao.template.content import NewWorkbook
from zipingbiao.template.new.match import unit_key
from zipingbiao.template.new.plan import plan_workbooks
from zipingbiao.values.frozen import frozen
from zipingbiao.values.spelling import label_key

FOLDER = "data/county"
"""Below the package that the page carries: what this edition knows."""
_FACTS, _RULES = "facts.json", "rules"
_LONGEST_LABEL = 20


@frozen
class County:
    """What an edition knows; of the general one nothing.

    Attributes:
        label: whose edition it is, 云岭县; "" for the general one.
        rules: the file of its 评分规则 below :data:`FOLDER`, or the name of a built-in one; "" chooses per table.
        rules_said: these rules by name and date, ``云岭县规则 2026-01-08``.
        digest: of these rules, in hex.
        year: of its projects; "" where nothing says one.
        rows: the projects that must report, without persons, payments and what is secret.
        approved: the approved targets, each with the name of its file.
    """

    label: str = ""
    rules: str = ""
    rules_said: str = ""
    digest: str = ""
    year: str = ""
    rows: tuple[RegisterRow, ...] = ()
    approved: tuple[tuple[str, TargetTable], ...] = ()

    @property
    def edition(self) -> str:
        """What the bar of the page says."""
        rules = (
            f"规则：{self.rules_said}"
            if self.rules_said
            else f"规则：内置{len(profiles())}种，按表格自动选用"
        )
        whose = f"{self.label or '本局'}版" if self.is_own else "通用版"
        return " · ".join(part for part in (f"{self.year}年度" if self.year else "", whose, rules) if part)

    @property
    def is_own(self) -> bool:
        """Whether it is a bureau's edition."""
        return bool(self.rules or self.rows or self.approved)

    @property
    def profile(self) -> str | None:
        """The 评分规则 for all tables as ``--profile`` takes it, within the page; None chooses per table."""
        if not self.rules:
            return None
        return str(_folder() / self.rules) if Path(self.rules).suffix else self.rules

    @property
    def form(self) -> Form:
        """The printed form of its new workbooks: the one whose rules its own go back to."""
        profile = load(self.profile) if self.profile else None
        known = {profile.name, profile.extends} if profile is not None else set()
        return next((form for form in FORMS if form.profile in known), FORMS[0])

    def units(self) -> Mapping[str, tuple[str, ...]]:
        """Return the names of the projects by unit, in the order of the list."""
        found: dict[str, tuple[str, list[str]]] = {}
        for project in self._projects():
            found.setdefault(unit_key(project.unit), (project.unit, []))[1].append(project.name)
        return {unit: tuple(names) for unit, names in found.values() if unit}

    def prefilled(self, unit: str) -> NewWorkbook:
        """Return the workbook of a unit, filled from the list and the approved targets."""
        key = unit_key(unit)
        rows = [row for row in self.rows if unit_key(row.unit) == key]
        tables = [table for _, table in self.approved if rows or unit_key(table.project.unit) == key]
        planned = plan_workbooks(self.form, rows, tables, year=self.year, formulas=True)
        return planned.workbooks[0]

    def against(self, opened: Mapping[str, bytes]) -> Baseline | None:
        """Return what tables are held against, for these contents by path; None where nothing was approved."""
        import zipingbiao as z

        if not self.approved:
            return None
        return Baseline(known_approved(self.approved), opened=lambda path: z.read(opened[path], name=path))

    def _projects(self) -> Iterable[Project]:
        if self.rows:
            return (Project(row.name, row.code, row.department, row.unit, row.year) for row in self.rows)
        return (table.project for _, table in self.approved)


class Gathered(NamedTuple):
    """What an edition knows, its files below :data:`FOLDER`, and what a person should know, in Chinese."""

    county: County
    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


def gathered(profile: str | None = None, register: OnePath | None = None, targets: Paths = ()) -> Gathered:
    """Read what a bureau gives for its edition, and leave out what no unit needs: persons, payments, secrets.

    Raises:
        UsageError: no such profile, a mistake in it, no project in *register*, or no target in *targets*.
        UnreadableError: *register* cannot be read.
    """
    files: dict[str, bytes] = {}
    county, notes = County(), list[str]()
    if profile is not None:
        rules = load(profile)
        name = profile
        if Path(profile).suffix:
            name = f"{_RULES}/{Path(profile).name}"
            files[name] = without_comments(profile)
        label = _label(rules)
        county = replace(county, label=label, rules=name, rules_said=_said(label, rules), digest=rules.hash)
    secret: Sequence[RegisterRow] = ()
    if register is not None:
        known = open_register(Path(register))
        secret = known.secret
        notes += known.notes
        county = replace(county, rows=tuple(_shown(row) for row in known.rows if not row.is_exempt))
    found, said = read_approved(each_path(targets))
    notes += said
    approved = tuple(
        (Path(path).name, replace(table, problems=())) for path, table in found if not _is_of(secret, table)
    )
    if targets and not approved:
        raise UsageError("\n".join([*notes, "没有找到绩效目标表：表中要有“三级指标”和“指标值”这样的列。"]))
    county = replace(county, approved=approved, year=_year(county.rows, approved))
    if county.is_own:
        files[_FACTS] = json.dumps(codec(County).encode(county), ensure_ascii=False).encode()
    return Gathered(county, files, tuple(notes))


@cache
def carried() -> County:
    """Return the edition of this page."""
    facts = _folder() / _FACTS
    if not facts.is_file():
        return County()
    county: County = codec(County).decode(json.loads(facts.read_text("utf-8")))
    return county


def _folder() -> Path:
    return Path(str(resources.files("zipingbiao"))) / FOLDER


def _label(rules: Profile) -> str:
    """Whose rules they are: their title without what it explains."""
    return rules.title.partition("（")[0].strip()[:_LONGEST_LABEL]


def _said(label: str, rules: Profile) -> str:
    since = max(
        (where.since for where in rules.provenance.values() if where.stated_in == rules.name), default=""
    )
    return f"{label if label.endswith('规则') else f'{label}规则'} {since}".strip()


def _shown(row: RegisterRow) -> RegisterRow:
    """What a unit may know of the list: its project and its budget, no person, no payment."""
    return RegisterRow(
        row.name, row.ref, row.code, row.parent, row.department, row.unit, row.year, row.level,
        row.initial, row.full_year, number=row.number,
    )  # fmt: skip


def _is_of(secret: Iterable[RegisterRow], table: TargetTable) -> bool:
    """Whether approved targets belong to a secret project: its code or its name decides, whatever the unit."""
    code, name = label_key(table.project.code).casefold(), label_key(table.project.name)
    return any(
        (code and code == label_key(row.code).casefold()) or (name and name == label_key(row.name))
        for row in secret
    )


def _year(rows: Sequence[RegisterRow], approved: Sequence[tuple[str, TargetTable]]) -> str:
    said = [*(row.year for row in rows), *(table.project.year for _, table in approved)]
    counted = Counter(year for year in said if year)
    return counted.most_common(1)[0][0] if counted else ""
