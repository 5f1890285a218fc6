"""名单: the list of projects that must report, its columns found by their headings in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from zipingbiao.book.cells import Area, Book, CellClass, Ref, Visibility
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.head import read_head
from zipingbiao.table.find.labels import Meaning
from zipingbiao.table.find.money import block_unit, in_own_unit, own_unit
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.find.spots import Sought, heading_bottom, read_spots, surest
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.register import Register, RegisterRow
from zipingbiao.table.register_words import (
    REGISTER,
    REGISTER_BESIDE,
    REGISTER_ENDED,
    REGISTER_NO,
    REGISTER_TOTAL,
    REGISTER_YES,
)
from zipingbiao.values.deadline import Deadline, from_date
from zipingbiao.values.frozen import frozen
from zipingbiao.values.moment import parse_moment
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key

_WORDS: dict[str, Meaning[str]] = {
    word: Meaning(field, rank) for field, rank, words in REGISTER for word in words.split()
}
_AMOUNTS = {AmountKind.INITIAL: "initial", AmountKind.FULL_YEAR: "full_year"}
_MONEY = (*_AMOUNTS.values(), "paid")
_ALSO = ("also", "also_short", "also_former")
_BETWEEN_NAMES = regex(r"[、，,;；/\n]+")
_CARRIED = ("department", "unit", "parent", "year")
_YEAR = regex(r"(?<!\d)(20\d{2})(?!\d)")
_EXCEL_DIGITS = 15
_SCIENTIFIC = regex(r"\d(?:\.\d+)?[eE]\+\d+")


@frozen
class _Heading:
    """The heading of a list: its rows, and the column of each field."""

    top: int
    bottom: int
    columns: Mapping[str, int]
    labels: Mapping[str, Ref]


def read_register(book: Book) -> Register:
    """Return the projects of every visible sheet that has a column 项目名称, in order.

    Rows that say the same twice are returned and noted. Never raises for what a user typed.
    """
    rows: list[RegisterRow] = []
    secret: list[RegisterRow] = []
    notes: list[str] = []
    for grid in book:
        sheet = Sheet(grid)
        headings = _headings(sheet)
        if headings and grid.visibility is not Visibility.VISIBLE:
            notes.append(f"{grid.sheet}：工作表已隐藏，没有读取；需要时请取消隐藏。")
            continue
        for heading, last in zip(headings, _ends(sheet, headings), strict=True):
            reader = _Reader(sheet, heading)
            found = list(reader.read(sheet.rows_between(heading.bottom + 1, last)))
            before = len(rows) + len(secret)
            rows += (replace(row, number=before + row.number) for row in found)
            secret += reader.secret
            notes += reader.notes()
    return Register(tuple(rows), (*notes, *_duplicates(rows)), tuple(secret))


def _ends(sheet: Sheet, headings: Sequence[_Heading]) -> list[int]:
    return [*(heading.top - 1 for heading in headings[1:]), sheet.last_row][: len(headings)]


# ------------------------------------------------------------------ heading


def _headings(sheet: Sheet) -> list[_Heading]:
    found: list[_Heading] = []
    for row in sheet.rows:
        if found and row <= found[-1].bottom:
            continue
        heading = _heading(sheet, row)
        if heading is not None:
            found.append(heading)
    return found


def _heading(sheet: Sheet, row: int) -> _Heading | None:
    """The heading that starts here: labels of two fields or more, one of them the name."""
    bottom = heading_bottom(sheet, row, _SOUGHT, "name")
    right = max((sheet.span(row, column).right for column in sheet.filled(row)), default=0)
    found = surest(read_spots(sheet, range(row, bottom + 1), 1, right, _SOUGHT))
    if "name" not in found and "parent" in found:
        found["name"] = found.pop("parent")
    if "name" not in found or not _is_list(sheet, bottom, found["name"].first, len(found)):
        return None
    columns = {field: spot.first for field, spot in found.items()}
    return _Heading(row, bottom, columns, {field: spot.ref for field, spot in found.items()})


def _field(text: str) -> Meaning[str] | None:
    key = labels.label(text).key
    if key in _WORDS:
        return _WORDS[key]
    kind = labels.amount_kind(text)
    return Meaning(_AMOUNTS[kind[0]], kind[1]) if kind is not None and kind[0] in _AMOUNTS else None


_SOUGHT = Sought(_field)


def _is_list(sheet: Sheet, bottom: int, name: int, fields: int) -> bool:
    """Whether projects stand below: in a form the next label does; one field needs plain company."""
    below = sheet.entry(bottom + 1, name)
    if labels.opens_head(below.text) or labels.heading(below.text) is not None:
        return False
    if fields >= 2:
        return True
    beside = (label_key(sheet.text(bottom, column)) for column in sheet.filled(bottom) if column != name)
    return not below.is_empty and REGISTER_BESIDE.issuperset(beside)


# ------------------------------------------------------------------ rows


class _Reader:
    """Reads the rows below one heading, and remembers what it left out."""

    def __init__(self, sheet: Sheet, heading: _Heading) -> None:
        self.sheet, self.heading = sheet, heading
        self.totals: list[int] = []
        self.nameless: list[int] = []
        self.carried: list[int] = []
        self.lost: list[Ref] = []
        self.unread: list[str] = []
        self.unclear: list[str] = []
        self.secret: list[RegisterRow] = []
        self.above = self._above()
        self.last: dict[str, str] = {}
        columns = heading.columns.values()
        self.unit = block_unit(sheet, Area(heading.top, min(columns), heading.bottom, max(columns)), ())

    def _above(self) -> dict[str, str]:
        """What stands above the list for all of it: 主管部门：…, the year of the title."""
        head = read_head(self.sheet, 1, self.heading.top - 1, 1, None)
        return {field: value for field, value in head.items() if field in {"department", "unit", "year"}}

    def read(self, rows: Iterable[int]) -> Iterator[RegisterRow]:
        """Yield the projects; total rows, captions and notes are left out, and what is secret is put aside."""
        listed = 0
        for row in rows:
            filled = self.sheet.filled(row)
            if not filled:
                continue
            if self._is_total(row, filled):
                self.totals.append(row)
                self.last = {}
            elif self._text(row, "name") and not self._is_caption(row, filled):
                if self._is_secret(row):
                    self.secret.append(self._head(row))
                else:
                    listed += 1
                    yield replace(self._row(row), number=listed + len(self.secret))
            elif not labels.is_foot(self.sheet.text(row, filled[0])):
                self.nameless.append(row)

    def notes(self) -> Iterator[str]:
        """What was left out or taken over, one sentence per kind."""
        for rows, said in (
            (self.totals, "是合计行，已略过。"),
            (self.nameless, "没有项目名称，已略过，请核对。"),
            (self.carried, "单位或部门空白，已按上一行填写，请核对。"),
        ):
            if rows:
                shown = "、".join(map(str, rows[:10])) + "等" * (len(rows) > 10)
                yield f"{self.sheet.name}：第 {shown} 行{said}"
        if self.lost:
            where = f"{self.lost[0].place}等{len(self.lost)}格" if len(self.lost) > 1 else self.lost[0].place
            yield f"{where}：项目编码按数字保存，末几位可能已丢失，请改为文本重新填写；现按项目名称和单位对照。"
        yield from self.unread
        yield from self.unclear
        if self.secret:
            yield f"{self.sheet.name}：涉密项目 {len(self.secret)} 个，只计个数，请按保密规定另行报送。"
        full = self.heading.labels.get("full_year")
        kind = labels.amount_kind(self.sheet.text(full.row, full.column)) if full is not None else None
        if full is not None and kind is not None and kind[1]:
            yield f"{full}：“{self.sheet.text(full.row, full.column).strip()}”按全年预算读取，请核对。"

    def _is_total(self, row: int, filled: Sequence[int]) -> bool:
        last = max(column for field, column in self.heading.columns.items() if field not in _MONEY)
        texts = (self.sheet.text(row, column) for column in filled if column <= last)
        return any(REGISTER_TOTAL.fullmatch(labels.label(text).key) for text in texts)

    def _is_caption(self, row: int, filled: Sequence[int]) -> bool:
        """One text alone: a note, or across several columns the caption of a group."""
        if len(filled) > 1 or len(self.heading.columns) < 2:
            return False
        area = self.sheet.span(row, filled[0])
        covered = sum(area.left <= column <= area.right for column in self.heading.columns.values())
        return covered > 1 or labels.is_foot(self.sheet.text(row, filled[0]))

    def _head(self, row: int) -> RegisterRow:
        """What tells one project from another: all that is kept of a secret one."""
        fields = {name: self._text(row, name) for name in _CARRIED}
        self._carry(row, fields)
        year = _YEAR.search(fields["year"])
        column = self.heading.columns["name"]
        return RegisterRow(
            name=" ".join(self._text(row, "name").split()),
            ref=self.sheet.grid.ref(row, column),
            code=self._text(row, "code"),
            code_lost=self._is_code_lost(row),
            parent=fields["parent"],
            department=fields["department"] or self.above.get("department", ""),
            unit=fields["unit"] or self.above.get("unit", ""),
            year=year[1] if year else self.above.get("year", ""),
        )

    def _row(self, row: int) -> RegisterRow:
        head = self._head(row)
        return replace(
            head,
            level=self._text(row, "level"),
            initial=self._amount(row, "initial"),
            full_year=self._amount(row, "full_year"),
            paid=self._amount(row, "paid"),
            also=tuple(name for field in _ALSO for name in self._names(row, field)),
            unit_also=self._names(row, "unit_also"),
            section=self._text(row, "section"),
            public=self._text(row, "public"),
            exempt=self._exempt(row),
            deadline=self._deadline(row),
            contact=self._text(row, "contact"),
            phone=self._text(row, "phone"),
            category=self._text(row, "category"),
        )

    def _is_secret(self, row: int) -> bool:
        """Whether 是否涉密 says so; a word that nobody understands says so too, and is told by its place."""
        entry = self._entry(row, "secret")
        if entry is None or entry.is_empty or REGISTER_NO.fullmatch(label_key(entry.text)):
            return False
        if not REGISTER_YES.fullmatch(label_key(entry.text)):
            self.unclear.append(f"{entry.ref.place}：“是否涉密”请填“是”或“否”，现按涉密处理，只计个数。")
        return True

    def _exempt(self, row: int) -> str:
        """免评原因, or words of ours where only 是否需要自评 says 否, or 状态 that the project ended."""
        is_due = REGISTER_NO.fullmatch(label_key(self._text(row, "due"))) is None
        state = self._text(row, "state")
        ended = f"名单注明{state}" if REGISTER_ENDED.search(label_key(state)) else ""
        return self._text(row, "exempt") or ended or ("" if is_due else "名单注明不需要自评")

    def _names(self, row: int, field: str) -> tuple[str, ...]:
        parts = _BETWEEN_NAMES.split(self._text(row, field))
        return tuple(dict.fromkeys(name for part in parts if (name := part.strip())))

    def _deadline(self, row: int) -> Deadline | None:
        entry = self._entry(row, "deadline")
        if entry is None or entry.is_empty:
            return None
        if isinstance(entry.value, Deadline) and entry.value.day:
            return entry.value
        moment = parse_moment(entry.text)
        if moment is None:
            self.unread.append(f"{entry.ref.place}：截止日期请写成 2026-02-10 的样子，现无法识别，已留空。")
            return None
        return from_date(moment.day)

    def _carry(self, row: int, fields: dict[str, str]) -> None:
        """Take department and unit over from the row above where the list leaves them blank."""
        opened = bool(fields["department"]) and fields["department"] != self.last.get("department")
        for field in _CARRIED:
            if field not in self.heading.columns or fields[field]:
                continue
            # Below a new department the unit of the last one is no answer.
            held = "" if opened and field != "year" else self.last.get(field, "")
            if held:
                fields[field] = held
                if row not in self.carried:
                    self.carried.append(row)
        self.last = {field: fields[field] for field in _CARRIED}

    def _entry(self, row: int, field: str) -> Entry | None:
        column = self.heading.columns.get(field)
        return self.sheet.entry(row, column) if column is not None else None

    def _text(self, row: int, field: str) -> str:
        entry = self._entry(row, field)
        return "" if entry is None or entry.is_empty else entry.shown.strip()

    def _is_code_lost(self, row: int) -> bool:
        """Whether the code came as a number: it keeps 15 digits, the rest of it is lost; its place is noted."""
        entry, code = self._entry(row, "code"), self._text(row, "code")
        is_number = entry is not None and entry.cell is not None and entry.cell.kind is CellClass.NUMBER
        if entry is None or not (
            (is_number and len(code) > _EXCEL_DIGITS) or _SCIENTIFIC.fullmatch(code) is not None
        ):
            return False
        self.lost.append(entry.ref)
        return True

    def _amount(self, row: int, field: str) -> Decimal | None:
        entry, ref = self._entry(row, field), self.heading.labels.get(field)
        if entry is None or ref is None or entry.is_empty:
            return None
        amount = in_own_unit(entry, AmountKind.INITIAL, own_unit(self.sheet, ref), self.unit).amount(
            self.unit
        )
        if amount is None:
            self.unread.append(f"{entry.ref.place}：金额“{entry.text.strip()}”无法识别，已留空，请核对。")
        return amount


def _duplicates(rows: Sequence[RegisterRow]) -> Iterator[str]:
    """Rows with the code, or else the name and unit, of an earlier one."""
    seen: dict[tuple[str, str], RegisterRow] = {}
    for row in rows:
        code = "" if row.code_lost else label_key(row.code)
        keys = [("编码", code), ("名称和单位", f"{label_key(row.name)}|{label_key(row.unit)}")]
        for what, key in keys:
            first = seen.setdefault((what, key), row) if key else row
            by_source = row.level and first.level and row.level != first.level  # its amounts are added
            if first is not row and not by_source:
                yield f"{row.ref.place}：“{row.name}”与 {first.ref.place} 的项目{what}相同，请核对是否重复。"
                break
