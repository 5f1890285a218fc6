"""The hand that puts the files of a county into folders and archives, and notes what each of them is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from support.drawn_county import kinds, layouts
from support.drawn_county.layouts import Sheet, Typing
from support.drawn_county.project import Project, changed, drawn
from support.drawn_county.truth import HIDDEN, PROJECTS, Asked, Counted, Entry, Truth, counted
from support.drawn_county.words import (
    COMMON,
    COUNTY,
    FORMER_NAMES,
    Department,
    departments,
    project_names,
    spellings,
    unit_spellings,
)

FIRST, SECOND, LATE = "第一批0115", "第二批0305", "补报"


@dataclass
class Box:
    """An archive that is being filled: its name, and its files so far."""

    name: str
    gbk: bool
    files: dict[str, bytes] = field(default_factory=dict)


class Sender:
    """Sends files for one county and keeps its truth.

    Attributes:
        draw: where every choice comes from.
        files: path → content, below the folder of the county.
        truth: what they are.
        projects: those that the register has.
        former: names that departments had before, which only the register knows.
    """

    def __init__(self, seed: int, count: int) -> None:
        self.draw = random.Random(seed)
        self.departments = departments(self.draw, count)
        self.files: dict[str, bytes] = {}
        self.truth = Truth(order=[each.name for each in self.departments])
        self.projects: list[Project] = []
        self.batch = FIRST
        self.former = {
            owner: f"{COUNTY}{name}" for owner, name in zip(self.departments, FORMER_NAMES, strict=False)
        }
        self._names = project_names(self.draw)
        self._taken: set[tuple[str, str]] = set()
        self._boxes: list[Box] = []
        self._unsent = list(self.departments)
        self._fixed: Department | None = None

    # ------------------------------------------------------------------ projects and how they are typed

    def department(self) -> Department:
        """Return the department of an archive that is open, one that sent nothing yet, else any."""
        if self._fixed is not None:
            return self._fixed
        return self.draw.choice(self.departments)

    def project(self, department: Department | None = None, name: str = "") -> Project:
        """Return a new project."""
        owner = department or self.department()
        common = self.draw.choice(COMMON)
        if not name and self.draw.random() < 0.15 and (owner.name, common) not in self._taken:
            name = common
            self._taken.add((owner.name, common))
        made = drawn(self.draw, name or self.new_name(), owner)
        self.projects.append(made)
        return made

    def new_name(self) -> str:
        """Return a name that no other project has."""
        return next(self._names)

    def other(self, project: Project) -> Project:
        """Return another version of a project."""
        return changed(project, self.draw)

    def typed(self, project: Project, *, plainly: bool = False) -> Typing:
        """Return how somebody types a project: names and code in one of their spellings."""
        owner = project.department
        if plainly or owner in self._unsent:  # one table at least has the whole name
            if owner in self._unsent:
                self._unsent.remove(owner)
            return Typing(owner.name, project.unit, project.code)
        department = self._spelt(spellings(owner))
        unit = self._spelt(unit_spellings(project.unit, owner))
        code = project.code
        if self.draw.random() < 0.12:
            code = self.draw.choice((f"[155]{code}", f"219001-{code}", f" {code[:10]} {code[10:]}"))
        money = "元" if self.draw.random() < 0.04 else "万元"
        return Typing(department, unit, code, unit_of_money=money)

    def _spelt(self, found: Sequence[str]) -> str:
        return found[0] if self.draw.random() < 0.6 else self.draw.choice(found)

    def sheets(self, project: Project, typed: Typing, kind: str = "xlsx") -> list[Sheet]:
        """Return a project in one of the forms."""
        form = layouts.national if kind in kinds.ONE_SHEET or self.draw.random() < 0.7 else layouts.shanxi
        sheets = form(project, typed)
        return layouts.merged(sheets) if kind == "xlsx" and self.draw.random() < 0.7 else sheets

    def book(self, project: Project, typed: Typing | None = None, kind: str = "xlsx") -> bytes:
        """Return a project as a file of a kind."""
        return kinds.WRITERS[kind](self.sheets(project, typed or self.typed(project), kind))

    # ------------------------------------------------------------------ files

    def path(self, project: Project, ending: str = "xlsx", before: str = "", after: str = "") -> str:
        """Return where a department puts the file of a project."""
        return f"{self.folder(project.department)}{before}{project.name}{after}.{ending}"

    def folder(self, department: Department) -> str:
        """Return the folder of a department in the batch, with the stroke behind it; in an archive none."""
        return "" if self._boxes else f"{self.batch}/{department.folder}/"

    def send(self, path: str, data: bytes, status: str, *labels: str) -> str:
        """Put a file where it belongs; return the path by which the summary knows it.

        Args:
            path: in the archive that is open, else in the county.
            data: its content.
            status: what becomes of it.
            labels: of the projects that it brings, as the ledger tells them.
        """
        if self._boxes:
            self._boxes[-1].files[path] = data
            outer, *inner = [box.name for box in self._boxes]
            archive, member = outer, "/".join([*inner, path])
        else:
            assert path not in self.files, path
            self.files[path] = data
            archive, member = path, ""
        self.truth.entries.append(Entry(archive, member, status, tuple(sorted(labels))))
        return f"{archive}/{member}" if member else path

    def secret(self, folder: str, name: str, data: bytes) -> None:
        """Put a file whose name nobody may see."""
        if self._boxes:
            self._boxes[-1].files[name] = data
            archive = self._boxes[0].name
            self.truth.entries.append(Entry(f"{archive.rpartition('/')[0]}/{HIDDEN}", HIDDEN, "secret"))
            return
        self.files[f"{folder}{name}"] = data
        self.truth.entries.append(Entry(f"{folder}{HIDDEN}", "", "secret"))

    @contextmanager
    def archive(self, path: str, department: Department, *, gbk: bool) -> Iterator[None]:
        """Open an archive for a while: what is sent meanwhile lies in it."""
        self._boxes.append(Box(path, gbk))
        before, self._fixed = self._fixed, department
        yield
        self._fixed = before
        box = self._boxes.pop()
        self.send(box.name, kinds.zipped(box.files, gbk=box.gbk), "archive")

    # ------------------------------------------------------------------ what counts

    def count(self, project: Project, kind: str = PROJECTS) -> None:
        """Note that a project is in the sums."""
        self.count_as(counted(project), kind)

    def count_as(self, each: Counted, kind: str) -> None:
        """Note figures that are in the sums."""
        self.truth.counted.setdefault(kind, []).append(each)

    def ask(
        self,
        why: str,
        labels: Iterable[str],
        files: Sequence[str],
        amount: int,
        answers: Sequence[str],
        *brings: Project,
    ) -> None:
        """Note a question; *answers* are those of *files*, in their order, and *brings* what is in the sums then."""
        said = dict(zip(files, answers, strict=True))
        brought = tuple(map(counted, brings))
        self.truth.asked.append(Asked(why, frozenset(labels), frozenset(files), amount, said, brought))

    def known_by_register(self, change: Callable[[Truth], None]) -> None:
        """Note what is another truth where the register is given."""
        self.truth.known_by_register.append(change)

    def plain(
        self, project: Project | None = None, kind: str = "xlsx", after: str = "", **said: object
    ) -> str:
        """Send a project in one file that counts; return its path."""
        project = project or self.project()
        typed = replace(self.typed(project), **said)  # type: ignore[arg-type]  # fields of Typing
        path = self.path(project, kinds.ENDINGS.get(kind, kind), after=after)
        sent = self.send(path, self.book(project, typed, kind), "accepted", typed.label(project))
        self.count(project)
        return sent
