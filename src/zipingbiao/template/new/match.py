"""Which targets belong to which project of a list: by code, else by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zipingbiao.table.find.targets import TargetTable
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Project
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key

_SHOWN = 10
_UNIT_CODE = regex(r"^[\[(【]?\d{3,}[\])】]?[-—_]?(?=\D)")


@dataclass
class Item:
    """One project to be written, while its sources are put together."""

    head: Project
    parent: str = ""
    level: str = ""
    funds: dict[tuple[AmountKind, Source], Decimal] = field(default_factory=dict)
    table: TargetTable | None = None


def match(items: Sequence[Item], targets: Sequence[TargetTable], year: str, notes: list[str]) -> None:
    """Give each project its targets; what stays alone on either side, or differs, is noted.

    Of several tables the one for the project's year counts; *year* is that of a project that says none.
    """
    index = _Index(items, targets)
    used: Counter[int] = Counter()
    for item in items:
        candidates = index.of(item.head)
        used.update(id(table) for table in candidates)
        own = item.head.year or year
        of_year = [table for table in candidates if table.project.year in {own, ""}]
        found = _different(of_year or candidates)
        if len(found) > 1:
            notes.append(
                f"“{item.head.name}”有 {len(found)} 份不同的绩效目标表（{'、'.join(t.ref.place for t in found)}），"
                "没有采用，请只保留一份。"
            )
        elif found:
            item.table = found[0]
            notes += _differences(item.head, found[0].project, own)
    if targets:
        alone = [item for item in items if item.table is None]
        if alone:
            notes.append(f"名单中 {len(alone)} 个项目没有对应的绩效目标表，指标留空：{names(alone)}。")
    spare = [Item(table.project) for table in targets if not used[id(table)]]
    if spare:
        notes.append(f"{len(spare)} 份绩效目标表不在名单中，没有生成：{names(spare)}。")
    shared = [Item(table.project) for table in targets if used[id(table)] > 1]
    if shared:
        notes.append(f"以下绩效目标表用于多个同名项目，请核对：{names(shared)}。")


class _Index:
    """The targets by code and by name, as the projects of a list ask for them."""

    def __init__(self, items: Sequence[Item], targets: Sequence[TargetTable]) -> None:
        self._by_code: dict[str, list[TargetTable]] = {}
        self._by_name: dict[str, list[TargetTable]] = {}
        self._projects = Counter(label_key(item.head.name) for item in items)
        for table in targets:
            self._by_code.setdefault(label_key(table.project.code).casefold(), []).append(table)
            self._by_name.setdefault(label_key(table.project.name), []).append(table)

    def of(self, head: Project) -> list[TargetTable]:
        """Return the tables that may be meant for a project; the unit decides between equal names."""
        code = label_key(head.code).casefold()
        name, unit = label_key(head.name), unit_key(head.unit)
        if code and code in self._by_code:
            return _narrowed(self._by_code[code], lambda table: label_key(table.project.name) == name)
        named = self._by_name.get(name, []) if name else []
        own = [table for table in named if unit_key(table.project.unit) == unit]
        if own or self._projects[name] < 2:
            return own or named
        # Another unit's targets are no answer where each unit has a project of this name.
        return [table for table in named if not unit or not table.project.unit]


def _narrowed(tables: list[TargetTable], fits: Callable[[TargetTable], bool]) -> list[TargetTable]:
    """Those that fit, where any does."""
    return [table for table in tables if fits(table)] or tables


def _differences(head: Project, said: Project, year: str) -> Iterator[str]:
    """What the list and the targets say differently of one project."""
    pairs = (
        ("年度", year, said.year, year == said.year),
        ("编码", head.code, said.code, label_key(head.code).casefold() == label_key(said.code).casefold()),
        ("名称", head.name, said.name, label_key(head.name) == label_key(said.name)),
        ("单位", head.unit, said.unit, unit_key(head.unit) == unit_key(said.unit)),
    )
    for what, own, other, same in pairs:
        if own and other and not same:
            yield f"“{head.name}”的{what}在绩效目标表中是“{other}”，与“{own}”不一致，请核对。"


def unit_key(unit: str) -> str:
    """Return the form in which units compare: without the code that a budget system puts in front."""
    return _UNIT_CODE.sub("", label_key(unit))


def _different(tables: Iterable[TargetTable]) -> list[TargetTable]:
    """The tables that say something different: the same one may lie there as .xlsx and as .docx."""
    found: dict[tuple[tuple[str, ...], ...], TargetTable] = {}
    for table in tables:
        found.setdefault(tuple((line.name, line.target, line.adjusted) for line in table.lines), table)
    return list(found.values())


def names(items: Sequence[Item]) -> str:
    """Return the first ten names for a message."""
    shown = [item.head.name or item.head.code or "（无名称）" for item in items[:_SHOWN]]
    return "、".join(shown) + "等" * (len(items) > _SHOWN)
