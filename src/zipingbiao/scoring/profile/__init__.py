"""评分规则: weights, bands, thresholds and grades of one regulation or place, dated and sourced."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zipingbiao.errors import UsageError, meant
from zipingbiao.scoring.finding import Severity
from zipingbiao.scoring.profile.check import Content, Provenance, read
from zipingbiao.scoring.profile.values import Deduction, Items, Mistake, Node, Pairs, Text, Wrong
from zipingbiao.scoring.profiles.generated import BUILT_IN, STARTERS
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain

if TYPE_CHECKING:
    import yaml

__all__ = [
    "Deduction", "Mistake", "Profile", "Provenance", "check_file", "load", "names", "profiles", "starters", "to_start_from", "without_comments",
]  # fmt: skip

# Deeper than any value of a profile; an alias that contains itself ends here too.
_DEEPEST = 8


@frozen
class Profile:
    """The rules in force for one evaluation.

    Attributes:
        name: file name without suffix, as given to ``--profile``.
        title: for people.
        weight_total: points of a whole table.
        execution_points: points of 预算执行率.
        execution_base: what the execution rate divides by, ``full_year_budget`` or
            ``initial_budget`` (a value of :class:`zipingbiao.table.funds.AmountKind`).
        levels: points of each level 1, by the words that a level-1 name contains
            (:meth:`belongs`); empty where the place leaves them free.
        inverse: above the cap ``linear`` for W × (1 − (A−T)/T), ``ratio`` for W × T ÷ A,
            ``strict`` for nothing.
        ask_from, ask_strongly_from: completion as a fraction from which over-completion asks for
            a reason.
        deduction: what over-completion costs; nothing unless the place says so.
        caps: (execution rate as a fraction, most points of a total below it), descending.
        grades: (lowest total, word) from best to worst, in 优 良 中 差.
        grade_words: how this place prints them.
        grading: ``optional`` where a place may leave tables without a grade, else ``required``.
        bands: (lower, upper) fraction of the weight of each grade of a qualitative result, best
            first: two or more that meet from 1 down to 0.
        lag_above: (指标得分率 − 预算执行得分率) ÷ 指标得分率 above which T103 warns, a fraction.
        left_above: 结余 ÷ budget above which T103 mentions it, a fraction.
        product_within: how near count × standard comes to the money spent for F113 to ask, a fraction.
        serial_years: first and last year of which V108 takes a number for the serial of a day.
        severities: what a finding of a rule asks for here, by code, where it differs.
        rules_off: codes of the rules that are not applied here.
        provenance: source of each value by its name in the file, inherited ones included.
        extends: the profile that gives what the file does not state.
    """

    name: str
    title: str
    weight_total: Decimal
    execution_points: Decimal
    execution_base: str
    levels: Mapping[str, Decimal]
    inverse: str
    ask_from: Decimal
    ask_strongly_from: Decimal
    deduction: Deduction
    caps: tuple[tuple[Decimal, Decimal], ...]
    grades: tuple[tuple[Decimal, str], ...]
    grade_words: Mapping[str, str]
    grading: str
    bands: tuple[tuple[Decimal, Decimal], ...]
    lag_above: Decimal
    left_above: Decimal
    product_within: Decimal
    serial_years: tuple[int, int]
    severities: Mapping[str, Severity]
    rules_off: tuple[str, ...]
    provenance: Mapping[str, Provenance]
    extends: str | None = None

    @cached_property
    def hash(self) -> str:
        """Of the effective values and their origins, 12 hex digits: two outputs with one hash used the same rules.

        It is the same whether a file states them or inherits them, as 0.8 or 80 %.
        """
        import json

        values = {key: getattr(self, key) for key in self.provenance}
        origins = {
            key: (where.since, where.source, where.trust, where.checked_on)
            for key, where in self.provenance.items()
        }
        text = json.dumps([values, origins], ensure_ascii=False, sort_keys=True, default=_as_json)
        return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()

    def grade(self, total: Decimal) -> str:
        """Return 优, 良, 中 or 差 for a total in points."""
        return next((word for lowest, word in self.grades if total >= lowest), self.grades[-1][1])

    def printed_grade(self, total: Decimal) -> str:
        """Return the grade as this place prints it: Shanxi writes 优秀 and 良好."""
        word = self.grade(total)
        return self.grade_words.get(word, word)

    def same_grade(self, typed: str) -> str | None:
        """Return the grade that a typed word means (``优秀`` is 优), or None."""
        own = {printed: word for word, printed in self.grade_words.items()}
        common = next((word for _, word in self.grades if typed in _SPELLINGS[word]), None)
        return own.get(typed, common)

    def belongs(self, level: str, level1: str) -> bool:
        """Tell whether a level-1 name counts for a key of :attr:`levels`.

        ``效益+满意度`` is a key whose points two levels share.
        """
        return any(word in level1 for word in level.split("+"))

    def cap(self, execution_rate: Decimal) -> tuple[Decimal, Decimal] | None:
        """Return (rate, most points) of the lowest line that this rate stays below, or None."""
        return next((cap for cap in reversed(self.caps) if execution_rate < cap[0]), None)


_SPELLINGS = {
    "优": {"优", "优秀", "优等", "A"},
    "良": {"良", "良好", "良等", "B"},
    "中": {"中", "中等", "合格", "及格", "一般", "C"},
    "差": {"差", "较差", "差等", "不合格", "不及格", "D"},
}


def load(name: str) -> Profile:
    """Return a built-in profile by name, or one from a YAML file by path.

    Raises:
        UsageError: no such profile, or a mistake in it: the first one, and how many there are.
    """
    if _is_file_name(name):
        return _from_file(name, _content_of(name))
    if name not in names():
        raise UsageError(
            f"没有名为“{name}”的评分规则{meant(name, names())}，可用的有：{'、'.join(names())}。"
        )
    return _from_package(name)


def profiles(*wanted: str) -> tuple[Profile, ...]:
    """Return the 评分规则 of these names or YAML files; all built-in ones where none is named.

    Each has its weights in points, rates and bands as fractions, grades, and of every value since
    when it holds, by which source, and how far that is to be trusted.

    Raises:
        UsageError: no such profile, or a mistake in the file.
    """
    return tuple(load(name) for name in wanted or names())


def check_file(path: str | Path) -> tuple[Mistake, ...]:
    """Return every mistake of a 评分规则 file in the order of its lines; empty when it can be used.

    Raises:
        UsageError: there is no such file.
    """
    return _read(str(path), _content_of(str(path)))[1]


def without_comments(path: str | Path) -> bytes:
    """Return the content of a 评分规则 file as it is to be handed out: the same values, and no word beside them.

    Raises:
        UsageError: there is no such file, or a mistake in it.
    """
    import json

    load(str(path))
    root = _tree(Path(path).name, _content_of(str(path)))
    assert not isinstance(root, Mistake)  # noqa: S101 it could be loaded
    return json.dumps(_plain(root), ensure_ascii=False, indent=1).encode()  # which is YAML too


def _plain(node: Node) -> Any:
    match node:
        case Pairs(_, pairs):
            return {key.text: _plain(item) for key, item in pairs}
        case Items(_, items):
            return [_plain(item) for item in items]
        case Text(_, text):
            return text


def to_start_from(name: str) -> Profile:
    """Return a built-in profile or a starter by name.

    Raises:
        UsageError: there is neither.
    """
    if name not in (known := (*names(), *starters())):
        raise UsageError(f"没有名为“{name}”的评分规则{meant(name, known)}，可用的有：{'、'.join(known)}。")
    return _from_package(name)


def names() -> tuple[str, ...]:
    """Return the names of the built-in profiles."""
    return tuple(BUILT_IN)


def starters() -> tuple[str, ...]:
    """Return the names of the files from which a place may start its own: they are no place's rules."""
    return tuple(STARTERS)


def _is_file_name(name: str) -> bool:
    return Path(name).suffix.lower() in {".yaml", ".yml"}


def _content_of(path: str) -> bytes:
    if not Path(path).is_file():
        raise UsageError(f"找不到评分规则文件“{path}”，请检查路径。")
    return Path(path).read_bytes()


# By content: somebody who corrects his file in a running Excel gets what it says now.
@cache
def _from_file(path: str, data: bytes) -> Profile:
    content, mistakes = _read(path, data)
    if mistakes:
        more = f"共 {len(mistakes)} 处问题，其余请用 zpb profile check 查看。" if len(mistakes) > 1 else ""
        raise UsageError(mistakes[0].message + more)
    return _profile(Path(path).stem, content)


@cache
def _from_package(name: str) -> Profile:
    return _profile(name, _built_in(name))


@cache
def _built_in(name: str) -> Content:
    content, mistakes = _checked(Path(f"{name}.yaml"), _node_of({**BUILT_IN, **STARTERS}[name]))
    if mistakes:
        raise UsageError(mistakes[0].message)
    return content


def _read(path: str, data: bytes) -> tuple[Content, tuple[Mistake, ...]]:
    file = Path(path)
    root = _tree(file.name, data)
    return (Content(), (root,)) if isinstance(root, Mistake) else _checked(file, root)


def _checked(file: Path, root: Node) -> tuple[Content, tuple[Mistake, ...]]:
    return read(file.name, file.stem, root, {name: partial(_built_in, name) for name in names()})


def _profile(name: str, content: Content) -> Profile:
    values = {key: item.value for key, item in content.stated.items()}
    provenance = {key: item.origin for key, item in content.stated.items()}
    return Profile(
        name=name,
        title=content.title,
        provenance=provenance,
        extends=content.extends,
        **values,
    )


def _as_json(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Deduction):
        return asdict(value)
    raise TypeError(f"not part of a profile: {value!r}")


def _node_of(value: Any) -> Node:
    """What YAML makes of the same text; nobody asks for the lines of a built-in profile."""
    match value:
        case dict():
            return Pairs(0, tuple((Text(0, key), _node_of(item)) for key, item in value.items()))
        case list():
            return Items(0, tuple(map(_node_of, value)))
        case _:
            return Text(0, value)


# --- YAML → located nodes ------------------------------------------------------------------------


def _tree(file: str, data: bytes) -> Node | Mistake:
    """Return the nodes of a file with their lines, or why it is no YAML."""
    import yaml

    # The C loader reads the same YAML several times faster; wheels have it, some builds do not.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(data.decode("utf-8-sig"), loader)
        return (
            _node(root) if root is not None else Mistake(file, 1, "文件是空的", "", "请写上 title 和 values")
        )
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        return Mistake(file, line, "文字编码不是 UTF-8", "", "请用记事本另存为 UTF-8 编码")
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark is not None else 1
        return Mistake(
            file, line, "不符合 YAML 的写法", "", "请检查这一行和前几行的缩进、冒号后的空格、引号和括号"
        )
    except yaml.YAMLError:  # a character that YAML does not allow, without a mark
        return Mistake(file, 1, "含有 YAML 不允许的字符", "", "请删去看不见的控制字符")
    except Wrong as fault:
        return fault.mistake(file)


def _node(node: yaml.Node, depth: int = 0, key_line: int | None = None) -> Node:
    """Convert one node; a list or mapping below a key stands in the line of its key."""
    import yaml

    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise Wrong(line, "层次太多", advice="请按 docs/profiles.md 的样子书写")
    if isinstance(node, yaml.ScalarNode):
        return Text(line, str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Items(key_line or line, tuple(_node(item, depth + 1) for item in node.value))
    pairs = []
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Wrong(key.start_mark.line + 1, "名称写成了列表或“名称: 值”", "一个词")
        place = key.start_mark.line + 1
        pairs.append((Text(place, str(key.value)), _node(item, depth + 1, place)))
    return Pairs(key_line or line, tuple(pairs))
