"""Questions that only a person can decide, and the docket on which they are asked and answered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow
from zipingbiao.values.frozen import frozen
from zipingbiao.values.secrecy import HIDDEN

BOTH, TAKE, LEAVE = "分别计入", "采用", "不计"
YUAN, WAN = "按元", "按万元"
NOT_SECRET, SECRET = "不是涉密", "是，另行报送"
TRANSFER_ONLY, PROJECT_ONLY, ALL = "只计转移支付", "只计部门项目", "都计"


class Matter(StrEnum):
    """事项: what a question is about, in the words of the sheet 待认定."""

    VERSIONS = "同一项目两个版本"
    UNITS = "同一编码，两个单位"
    SUSPECT = "疑似同一项目"
    MONEY = "金额疑为元"
    YEAR = "年度不明"
    SAMPLE = "疑似填报样例"
    TRANSFER = "转移支付与部门项目重复"
    NEAR = "与名单名称相近"
    LISTED_MONEY = "金额与名单相差一万倍"
    DEPARTMENT = "主管部门不明"
    SECRET = "疑似涉密文件"  # noqa: S105 no password

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be decided; what depends on the batch is given with the question."""
        return {
            "VERSIONS": (TAKE, LEAVE),
            "UNITS": (BOTH, TAKE, LEAVE),
            "SUSPECT": (BOTH, TAKE, LEAVE),
            "MONEY": (YUAN, WAN, LEAVE),
            "YEAR": (LEAVE,),
            "SAMPLE": (TAKE, LEAVE),
            "TRANSFER": (TRANSFER_ONLY, PROJECT_ONLY, ALL),
            "LISTED_MONEY": (YUAN, WAN, LEAVE),
            "SECRET": (NOT_SECRET, SECRET),
        }.get(self.name, ())

    @property
    def is_of_each(self) -> bool:
        """Whether each of its lines is decided by itself."""
        return self in {
            *(Matter.MONEY, Matter.YEAR, Matter.SAMPLE),
            *(Matter.NEAR, Matter.LISTED_MONEY, Matter.DEPARTMENT),
        }

    @property
    def is_of_all(self) -> bool:
        """Whether one word decides for all its lines."""
        return self in {Matter.TRANSFER, Matter.SECRET}


@frozen
class Line:
    """One line of 待认定: a candidate of a question, with what a person typed beside it.

    Attributes:
        key: of its question, the same as long as the project is.
        content: of its file; a decision holds for this content only.
        matter: 事项.
        name, owner, file, budget, executed, score: of the candidate, as shown; amounts in 万元.
        why: 两者差别 / 依据.
        proposal: 建议.
        choice, note, by, on: 认定, 认定说明, 认定人, 认定日期, as typed.
    """

    key: str
    content: str
    matter: str
    name: str
    owner: str
    file: str
    budget: Decimal | None
    executed: Decimal | None
    score: Decimal | None
    why: str
    proposal: str
    choice: str = ""
    note: str = ""
    by: str = ""
    on: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether a person typed anything here."""
        return any((self.choice, self.note, self.by, self.on))

    @property
    def is_withheld(self) -> bool:
        """Whether a person decided that the file is a state secret."""
        return self.matter == Matter.SECRET.value and self.choice == SECRET

    def withheld(self) -> Line:
        """Return the line without what it says of the secret: who decided stays, and on which content."""
        return Line(
            key=self.key,
            content=self.content,
            matter=self.matter,
            name=HIDDEN,
            owner="",
            file=HIDDEN,
            budget=None,
            executed=None,
            score=None,
            why="",
            proposal="",
            choice=self.choice,
            by=self.by,
            on=self.on,
        )


@frozen
class Question:
    """One question: its candidates, each on a line.

    Attributes:
        choices: what may be typed into 认定.
        rows: the table of each line, in their order.
        amount: the money in 万元 about which it is; of exclusive candidates only the largest.
        complaint: why what was typed decides nothing; "" mostly.
    """

    matter: Matter
    choices: tuple[str, ...]
    lines: tuple[Line, ...]
    rows: tuple[ProjectRow, ...]
    amount: Decimal
    complaint: str = ""


@frozen
class Asked:
    """One candidate as a question is put: the place of its table, why, and what is proposed."""

    place: int
    why: str
    proposal: str = ""


@dataclass
class Docket:
    """The tables of a batch on their way to the summary: which count, which do not and why, which are asked about.

    Attributes:
        rows: all tables; a decision may change one.
        contents: of each table a hash of its file and sheet.
        stored: the lines of an earlier 待认定 by the key of their question.
        dropped: why a table does not count, by its place.
        open, decided: the questions.
    """

    rows: list[ProjectRow]
    contents: Sequence[str]
    stored: Mapping[str, Sequence[Line]]
    dropped: dict[int, str] = field(default_factory=dict)
    open: list[Question] = field(default_factory=list)
    decided: list[Question] = field(default_factory=list)
    asked: dict[int, Question] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @cached_property
    def _by_path(self) -> list[int]:
        """All places by file and table: who asks in this order asks the same whatever file was found first."""
        return sorted(range(len(self.rows)), key=lambda at: (self.rows[at].file, self.rows[at].number))

    def standing(self) -> list[int]:
        """The places of the tables that count as far as is known, by their files."""
        return [place for place in self._by_path if self.stands(place)]

    def stands(self, place: int) -> bool:
        """Whether a table is neither dropped nor asked about."""
        return place not in self.dropped and place not in self.asked

    def drop(self, place: int, why: str) -> None:
        """Take a table out, for the reason told in one sentence."""
        self.dropped[place] = why

    def ask(
        self,
        matter: Matter,
        identity: str,
        candidates: Sequence[Asked],
        *,
        choices: tuple[str, ...] = (),
        amount: Decimal | None = None,
    ) -> dict[int, str] | None:
        """Put a question; return what was decided for each place, or None: then none of its tables counts.

        Args:
            matter: what it is about.
            identity: of the project, the same whatever else is in the batch.
            candidates: its tables.
            choices: what may be decided, where the matter does not say it alone.
            amount: the money that it is about; None for the largest budget of a candidate.
        """
        key = hashed(matter.value, identity)
        while key in self.used:  # offices of one name in two places
            key = hashed(key)
        stored = self.stored.get(key, ())
        self.used.add(key)
        choices = choices or matter.choices
        rows = [self.rows[each.place] for each in candidates]
        lines = [
            _line(key, matter, each, row, self.contents[each.place])
            for each, row in zip(candidates, rows, strict=True)
        ]
        typed = [line for line in stored if line.is_typed]
        complaint, found = "", None
        if typed and {line.content for line in stored} == {line.content for line in lines}:
            known = {line.content: line for line in stored}
            lines = [_as_typed(line, known[line.content]) for line in lines]
            found, complaint = decided(matter, choices, [line.choice for line in lines])
        elif typed:
            lines = _lapsed(lines, stored)
        if amount is None:
            amount = max((row.budget or Decimal(0) for row in rows), default=Decimal(0))
        question = Question(matter, choices, tuple(lines), tuple(rows), amount, complaint)
        if found is None:
            self.open.append(question)
            self.asked.update((each.place, question) for each in candidates)
            return None
        self.decided.append(question)
        return {each.place: choice for each, choice in zip(candidates, found, strict=True)}

    def gone(self) -> Iterator[Line]:
        """The lines of an earlier 待认定 on which a person typed, and whose question is no longer put."""
        for key, lines in self.stored.items():
            if key not in self.used and any(line.is_typed for line in lines):
                yield from (line.withheld() if line.is_withheld else line for line in lines)


def hashed(*parts: str) -> str:
    """Return 16 hex digits that stand for some texts."""
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def decided(matter: Matter, choices: Sequence[str], typed: Sequence[str]) -> tuple[list[str] | None, str]:
    """Return what is decided for each candidate, or None, and why what was typed does not decide.

    Nothing is assumed: a word that is not in the list decides nothing, and neither do words that
    contradict each other.
    """
    filled = [word for word in typed if word]
    unknown = next((word for word in filled if word not in choices), None)
    if unknown is not None:
        return None, f"请从列表中选择（{'、'.join(choices)}）：认定“{unknown}”不在其中，仍按待认定处理"
    if not filled:
        return None, ""
    if matter.is_of_all:
        if len(set(filled)) > 1:
            return None, "请只选一种认定：各行所选的不一致，仍按待认定处理"
        return [filled[0]] * len(typed), ""
    if (matter.is_of_each or (BOTH in filled and TAKE not in filled)) and "" not in typed:
        return list(typed), ""
    if filled.count(TAKE) == 1 and BOTH not in filled:
        return [word or LEAVE for word in typed], ""
    if set(filled) == {BOTH}:
        return [BOTH] * len(typed), ""
    if TAKE in choices and "" not in typed:
        return None, f"请选且只选一个“{TAKE}”，仍按待认定处理"
    return None, "请把其余各行也选上，仍按待认定处理"


def _line(key: str, matter: Matter, each: Asked, row: ProjectRow, content: str) -> Line:
    department = "" if row.department == NO_DEPARTMENT else row.department
    return Line(
        key=key,
        content=content,
        matter=matter.value,
        name=row.name or row.code or row.scope.label,
        owner=" · ".join(part for part in (department, row.unit) if part) or NO_DEPARTMENT,
        file=row.file,
        budget=row.budget,
        executed=row.executed,
        score=row.adopted_total,
        why=each.why,
        proposal=each.proposal,
    )


def _as_typed(line: Line, known: Line) -> Line:
    return replace(line, choice=known.choice, note=known.note, by=known.by, on=known.on)


def _lapsed(lines: Sequence[Line], stored: Sequence[Line]) -> list[Line]:
    """The lines of a question whose files are other ones than when it was decided: it is asked again."""
    by_content = {line.content: line for line in stored}
    by_file = {line.file: line for line in stored}
    found = [by_content.get(line.content) or by_file.get(line.file) for line in lines]
    missing = [line for line in stored if line.is_typed and line not in found]
    found = [known or (missing.pop(0) if missing else None) for known in found]
    return [_asked_again(line, known) for line, known in zip(lines, found, strict=True)]


def _asked_again(line: Line, known: Line | None) -> Line:
    if known is None or not known.is_typed:
        return line
    if not known.choice:
        return _as_typed(line, known)
    who = "，".join(part for part in (known.by, known.on) if part)
    before = f"原认定：{known.choice}" + (f"（{who}）" if who else "")
    note = f"{before}；{known.note}" if known.note else before
    return replace(line, why=f"原认定“{known.choice}”已失效：文件已变化。{line.why}", note=note)
