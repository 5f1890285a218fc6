"""What the bureau must make of a county, as whoever planted it knows it: no figure is taken from the product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from support.drawn_county.project import FEN_PER_WAN, Project, half_up

HIDDEN = "（涉密文件，名称不显示）"
PROJECTS = "部门预算项目"
GRADES = ("优", "良", "中", "差")


@dataclass(frozen=True, order=True)
class Entry:
    """One line of the ledger.

    Attributes:
        path: of the file below the folder of the county; of a secret one, of its folder and no name.
        member: its name inside the archive; "" for a file.
        status: as the product calls it.
        projects: the names of the projects that it brings into the summary, counted or asked about.
    """

    path: str
    member: str
    status: str
    projects: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The path by which the summary knows it."""
        return f"{self.path}/{self.member}" if self.member else self.path


@dataclass(frozen=True)
class Counted:
    """What one project brings into a sum: amounts in 分, its score in hundredths; its code in the register."""

    department: str
    code: str
    budget: int
    executed: int
    score: int
    grade: str


@dataclass(frozen=True)
class Totals:
    """The sums and means of some projects: 分, hundredths of a point, and the rate in ten-thousandths."""

    counted: int
    budget: int
    executed: int
    rate: int | None
    mean: int | None
    weighted_mean: int | None
    grades: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """A question, and what a person decides.

    Attributes:
        why: 事项.
        projects: that it is about, as the ledger tells them.
        files: of its tables.
        amount: the money left out of the sums until it is decided, in 分.
        answers: 认定 of each file; one that is not here is left blank.
        brings: what is in the sums then.
    """

    why: str
    projects: frozenset[str]
    files: frozenset[str]
    amount: int
    answers: Mapping[str, str]
    brings: tuple[Counted, ...]


@dataclass
class Truth:
    """What a county holds.

    Attributes:
        entries: the ledger.
        counted: what is in the sums, by kind of table.
        asked: the questions.
        faulty: paths of tables with a planted fault, each of which needs a finding.
        sound: paths of tables that nobody may find fault with.
        order: the departments, as their folders are numbered.
        fates: 情况 of each project of the register for which no table came, by its code.
        exempt, secret: codes of the register, of projects that need not report.
        unlisted: codes of projects in the sums that the register does not have.
        known_by_register: what the register shows that nothing else does, each as a change of the truth.
        hidden: names and codes that may stand in no output.
    """

    entries: list[Entry] = field(default_factory=list)
    counted: dict[str, list[Counted]] = field(default_factory=lambda: {PROJECTS: []})
    asked: list[Asked] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    sound: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    fates: dict[str, str] = field(default_factory=dict)
    exempt: dict[str, str] = field(default_factory=dict)
    secret: set[str] = field(default_factory=set)
    unlisted: set[str] = field(default_factory=set)
    known_by_register: list[Callable[[Truth], None]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def beside_register(self) -> Truth:
        """What is right where the register is given."""
        truth = replace(
            self,
            entries=list(self.entries),
            counted={kind: list(each) for kind, each in self.counted.items()},
            asked=list(self.asked),
            fates=dict(self.fates),
            hidden=set(self.hidden),
        )
        for change in self.known_by_register:
            change(truth)
        return truth

    def decided(self) -> Truth:
        """What is right when every question is answered: the sums grow by what the answers bring, and by nothing else."""
        dropped = {file for asked in self.asked for file in asked.files if _drops(asked, file)}
        entries = [
            replace(entry, status="skipped", projects=()) if entry.shown in dropped else entry
            for entry in self.entries
        ]
        brought = [each for asked in self.asked for each in asked.brings]
        counted = {**self.counted, PROJECTS: [*self.counted[PROJECTS], *brought]}
        return replace(self, entries=entries, counted=counted, asked=[])

    def done(self) -> set[str]:
        """The codes of all projects in the sums."""
        return {each.code for kind, found in self.counted.items() if kind != "部门整体" for each in found}

    def ledger(self) -> Counter[Entry]:
        """The lines, in no order; two secret files of one folder have equal ones."""
        return Counter(self.entries)

    def totals(self, kind: str = PROJECTS) -> Totals:
        """The sums of all departments."""
        return totals_of(self.counted[kind])

    def departments(self, kind: str = PROJECTS) -> dict[str, Totals]:
        """The sums by department."""
        found: dict[str, list[Counted]] = {}
        for each in self.counted[kind]:
            found.setdefault(each.department, []).append(each)
        return {name: totals_of(of) for name, of in found.items()}


def _drops(asked: Asked, file: str) -> bool:
    """Whether a file does not count when the question is answered."""
    if "只计部门项目" in asked.answers.values():
        return "转移支付" in file
    return "采用" in asked.answers.values() and asked.answers.get(file) != "采用"


def counted(project: Project) -> Counted:
    """Return what a project brings into the sums."""
    name = project.department.name
    return Counted(name, project.code, project.budget, project.executed, project.total, project.grade)


def totals_of(projects: Sequence[Counted]) -> Totals:
    """Return the sums and means over some projects: amounts are added, scores never."""
    budget, executed = sum(each.budget for each in projects), sum(each.executed for each in projects)
    weighed = sum(each.score * each.budget for each in projects)
    grades = Counter(each.grade for each in projects)
    return Totals(
        counted=len(projects),
        budget=budget,
        executed=executed,
        rate=half_up(Fraction(10_000 * executed, budget)) if budget else None,
        mean=half_up(Fraction(sum(each.score for each in projects), len(projects))) if projects else None,
        weighted_mean=half_up(Fraction(weighed, budget)) if budget else None,
        grades=tuple(grades[grade] for grade in GRADES),
    )


def fen(wan: str | None) -> int:
    """Return an amount that the product tells in 万元, in 分; a fraction of one is a fault.

    Raises:
        ValueError: it is none.
    """
    exact = Fraction(wan or "0") * FEN_PER_WAN
    if exact.denominator != 1:
        raise ValueError(wan)
    return int(exact)
