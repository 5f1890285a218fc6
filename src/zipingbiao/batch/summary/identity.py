"""Which project a table is of: its code or name, and the office that carries it out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from zipingbiao.batch.summary.questions import hashed
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.offices import Offices, office_of
from zipingbiao.values.spelling import same_text, without_brackets
from zipingbiao.values.words import CODE_PREFIX, FILLERS, PROJECT_NUMBER, PROJECT_WORDS

KEPT_DIGITS = 15
"""What a sheet keeps of a code that was typed as a number."""

_ALIKE = 0.6


@frozen
class Identity:
    """What tells one project from another.

    Attributes:
        scope: whose money it is.
        code: without prefixes and blanks; "" where there is none.
        cut: whether the code lost its last digits.
        name: as it compares.
        has_unit: whether it names a unit of its own.
        department, unit: the offices as :meth:`Offices.key` folds them; the department stands in for a
            missing unit. "" where nothing is known.
        stable: what stays the same when other files come in: for a decision that is read back.
    """

    scope: Scope
    code: str
    cut: bool
    name: str
    has_unit: bool
    department: str
    unit: str
    stable: str

    @property
    def whole_code(self) -> str:
        """The code where it has all its digits, else ""."""
        return "" if self.cut else self.code

    def same_unit(self, other: Identity) -> bool:
        """Whether both are of one office; 中心小学 of two departments is two."""
        apart = self.department and other.department and self.department != other.department
        return self.unit == other.unit and not apart

    def may_be_of_unit(self, other: Identity) -> bool:
        """Whether tables of one code are of one unit: a missing one contradicts none of its department."""
        missing = not (self.has_unit and other.has_unit)
        return self.same_unit(other) or (missing and self.department == other.department)

    def codes_agree(self, other: Identity) -> bool:
        """Whether the codes may be one, see :func:`codes_agree`."""
        return codes_agree(self.code, other.code, cut=self.cut or other.cut)


def identity_of(row: ProjectRow, offices: Offices) -> Identity:
    """Return the identity of a table; a whole department is told by its office alone."""
    department = "" if row.department == NO_DEPARTMENT else row.department
    owner = row.unit or department
    code, name = code_of(row.code), name_of(row.name)
    if row.scope is Scope.DEPARTMENT:
        code = name = ""
    return Identity(
        scope=row.scope,
        code=code,
        cut=row.code_by_number and code.isdigit(),
        name=name,
        has_unit=bool(row.unit),
        department=offices.key(department),
        unit=offices.key(owner),
        stable=stable_of(row),
    )


def stable_of(row: ProjectRow) -> str:
    """Return what tells the project of a table whatever else is in the batch."""
    owner = row.unit or ("" if row.department == NO_DEPARTMENT else row.department)
    told = "" if row.scope is Scope.DEPARTMENT else code_of(row.code) or name_of(row.name)
    return f"{row.scope.value}|{told}|{office_of(owner).name}"


def project_key(row: ProjectRow) -> str:
    """Return the key by which what people type about a project is found again."""
    return hashed(stable_of(row), row.year)


def code_of(text: str) -> str:
    """Return a code as it compares: [155]1409… and 219001-1409… are 1409…; "" for a filler such as 无."""
    bare = same_text(text)
    if bare in FILLERS or bare == "0":
        return ""
    return CODE_PREFIX.sub("", bare).upper() or bare.upper()


def codes_agree(one: str, other: str, *, cut: bool) -> bool:
    """Whether two codes of one name and office may be one.

    A blank one contradicts nothing; a number has lost the zeros before it, and one that is *cut* is
    compared by its first digits.
    """
    if not (one and other) or one.lstrip("0") == other.lstrip("0"):
        return True
    return cut and abs(_first_digits(one) - _first_digits(other)) <= 1


def name_of(text: str) -> str:
    """Return a name as it compares: without blanks and the signs between words."""
    bare = same_text(text)
    return "".join(sign for sign in bare if unicodedata.category(sign)[0] in "LN") or bare


def are_alike(names: Iterable[str]) -> bool:
    """Whether names may be of one project: 校舍维修改造 and 县校舍维修改造项目, but not 宣传培训经费."""
    first, *others = names
    return all(_is_alike(first, other) for other in others)


def _is_alike(one: str, other: str) -> bool:
    one, other = (PROJECT_WORDS.sub("", without_brackets(name)) for name in (one, other))
    if PROJECT_NUMBER.findall(one) != PROJECT_NUMBER.findall(other):
        return one == other
    if not one or not other or one in other or other in one:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _first_digits(code: str) -> int:
    digits = code[:KEPT_DIGITS]
    return int(digits) if digits.isdigit() and len(code) >= KEPT_DIGITS else -KEPT_DIGITS
