"""A workbook without what nobody is to see: hidden sheets, hidden rows and columns, comments, names, macros.

What pointed there keeps the value that it shows: such a formula becomes its result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from zipingbiao.book.cells import Book, CellClass, Grid, Visibility
from zipingbiao.book.formulas.cells import Occupied
from zipingbiao.book.formulas.tokens import references, tokens
from zipingbiao.book.read import read_bytes
from zipingbiao.book.read.package import WORKSHEET, Package, open_package
from zipingbiao.book.read.parse import Attributes, Element, elements
from zipingbiao.book.write.public.package import Link, is_public, public
from zipingbiao.book.write.public.sheet import Place, Sheet, shared_groups
from zipingbiao.book.write.public.sweep import Rules, Sweep, Verdict
from zipingbiao.errors import RefusedError
from zipingbiao.values.personal import is_personal, without_digits

_OURS = "zp_"
_BUILT_IN = "_xlnm."
_OF_THE_WORKBOOK = frozenset(
    "fileSharing customWorkbookViews oleSize webPublishing webPublishObjects fileRecoveryPr smartTagPr"  # noqa: SIM905
    " smartTagTypes extLst mc:AlternateContent :revisionPtr".split()
)
_OF_A_SHEET = frozenset(
    "controls oleObjects customProperties customSheetViews scenarios mc:AlternateContent smartTags webPublishItems".split()  # noqa: SIM905
)


def public_workbook(data: bytes, *, without: Collection[str] = (), codes: Collection[str] = ()) -> bytes:
    """Return an .xlsx or .xlsm file as it may be published, always without macros (an .xlsx).

    Gone are comments, hidden sheets, what stands in hidden rows and columns, hidden and zp_ names, links to
    other files, properties that name a person; personal numbers become asterisks. A formula that pointed
    to something gone becomes the value that it shows. All else keeps its bytes.

    Args:
        data: the workbook.
        without: names of sheets that are not for the public though they are shown.
        codes: numbers of projects, which are no telephone numbers.

    Raises:
        UnreadableError: it cannot be read.
        RefusedError: it holds parts that cannot be published, or no sheet would be left.
    """
    package = open_package(data)
    view = _View(package, read_bytes(data, "工作簿.xlsx"), frozenset(without), tuple(codes))
    if not view.kept:
        raise RefusedError("请先把自评表所在的工作表取消隐藏：没有可以公开的工作表，没有生成。")
    return public(package.archive, view.wants, view.cleaned)


@dataclass
class _View:
    """What of a workbook is gone, and so what has to change in the rest."""

    package: Package
    book: Book
    without: frozenset[str]
    codes: tuple[str, ...]
    used: set[int] = field(default_factory=set)
    """Shared strings that stay in use."""

    @cached_property
    def kept(self) -> tuple[str, ...]:
        return tuple(
            sheet.name
            for sheet in self.package.sheets
            if sheet.visibility is Visibility.VISIBLE and sheet.name not in self.without
        )

    @cached_property
    def _gone_sheets(self) -> frozenset[str]:
        return frozenset(
            sheet.name.casefold() for sheet in self.package.sheets if sheet.name not in self.kept
        )

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """The new number of each sheet that stays, by the old one, as local names count them."""
        left = [number for number, sheet in enumerate(self.package.sheets) if sheet.name in self.kept]
        return {str(old): new for new, old in enumerate(left)}

    # ---------------------------------------------------------------- what is gone

    @cached_property
    def _cut(self) -> dict[str, frozenset[Place]]:
        """The places that say something in hidden rows and columns."""
        return {grid.sheet: frozenset(_hidden(grid)) for grid in self.book if grid.sheet in self.kept}

    @cached_property
    def _cut_areas(self) -> dict[str, Occupied]:
        return {sheet.casefold(): Occupied(places) for sheet, places in self._cut.items() if places}

    @cached_property
    def _listed_names(self) -> list[Element]:
        part = self.package.workbook
        found = elements(self.package.read(part), part, {"definedName"})
        return [each for each in found if each.parent == "definedNames"]

    @cached_property
    def _name_texts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in self._listed_names:
            found.setdefault(each.attributes.get("name", "").casefold(), []).append(each.text)
        return found

    @cached_property
    def _gone_names(self) -> frozenset[str]:
        """Names that go: ours, hidden ones, and whatever leads to something gone, through other names too."""
        gone: set[str] = set()
        while True:
            more = {
                each.attributes.get("name", "").casefold()
                for each in self._listed_names
                if self._goes_with(each.attributes, each.text, gone)
            }
            if more <= gone:
                return frozenset(gone)
            gone |= more

    def _goes_with(self, attributes: Attributes, text: str, gone: Collection[str]) -> bool:
        name = attributes.get("name", "")
        if name.startswith(_BUILT_IN):
            return False
        secret = attributes.get("hidden") in {"1", "true"} or name.casefold().startswith(_OURS)
        return secret or self._leads(text, gone)

    def _leads(self, formula: str, names: Collection[str]) -> bool:
        """Whether a formula points to a sheet, name or workbook that is gone."""
        found = references(formula)
        return (
            any((sheet or "").casefold() in self._gone_sheets for sheet, _ in found.areas)
            or any(name.rpartition("!")[2].casefold() in names for name in found.names)
            or any(token.kind == "outside" for token in tokens(formula))
            or (found.anywhere and any(sheet in formula.casefold() for sheet in self._gone_sheets))
        )

    def is_gone(self, formula: str) -> bool:
        """Whether the formula of a rule, a list or a chart points to what is gone."""
        return self._leads(formula, self._gone_names)

    def _loses(self, formula: str, sheet: str) -> bool:
        """Whether a formula of a cell would show something else in the copy."""
        if not formula or self.is_gone(formula):
            return True  # one without a text of its own follows another cell
        found = references(formula)
        if found.anywhere and (self._gone_sheets or self._cut_areas):
            return True
        areas = [*found.areas]
        for name in found.names:
            for text in self._name_texts.get(name.rpartition("!")[2].casefold(), ()):
                areas += references(text).areas
        return any(
            (cut := self._cut_areas.get((where or sheet).casefold())) and next(cut.within(area), None)
            for where, area in areas
        )

    # ---------------------------------------------------------------- parts

    def wants(self, owner: str, link: Link) -> bool:
        """Whether a relationship stays: public by its kind, of a sheet that stays; header pictures too."""
        if link.kind == "vmldrawing":
            found = elements(self.package.read(owner), owner, {"legacyDrawingHF"})
            return any(each.attributes.get("r:id") == link.id for each in found)
        if owner == self.package.workbook and link.kind in {WORKSHEET, "chartsheet"}:
            return any(sheet.part == link.part and sheet.name in self.kept for sheet in self.package.sheets)
        return is_public(link)

    def cleaned(self, xml: bytes, part: str, kind: str, ids: Collection[str]) -> bytes:
        """Return a part that stays as it shall be; the shared strings need all sheets to be read."""
        rules = Rules(ids=ids, codes=self.codes, leads={":f"}, is_gone=self.is_gone)
        if part == self.package.workbook:
            return self._workbook(xml, part, ids)
        if kind == WORKSHEET:
            return self._sheet(xml, part, ids).run()
        if kind == "sharedstrings":
            return self._strings(xml, part)
        if kind == "table":
            leads = {"calculatedColumnFormula", "totalsRowFormula"}
            rules = replace(rules, leads=leads, condemned=leads)
        return Sweep(xml, part, rules).run() if _is_xml(part) else xml

    def _workbook(self, xml: bytes, part: str, ids: Collection[str]) -> bytes:
        texts = {each.start: each for each in self._listed_names}

        def judge(name: str, attributes: Attributes, sweep: Sweep) -> Verdict:
            below = len(sweep.path) == 2
            if (below and name in _OF_THE_WORKBOOK) or (
                name in {"sheet", "externalReference"} and attributes.get("r:id") in ids
            ):
                return Verdict.GO
            if name == "definedName" and sweep.at in texts and self._name_goes(texts[sweep.at]):
                return Verdict.GO
            if name == "workbookView":
                sweep.set_attributes({"activeTab": None, "firstSheet": None})
            elif name == "definedName" and "localSheetId" in attributes:
                sweep.set_attributes({"localSheetId": str(self._numbers.get(attributes["localSheetId"], 0))})
            return Verdict.STAY

        return Sweep(
            xml, part, Rules(judge, hollow={"definedNames", "externalReferences"}, ids=ids, codes=self.codes)
        ).run()

    def _name_goes(self, name: Element) -> bool:
        local = name.attributes.get("localSheetId")
        if local is not None and local not in self._numbers:
            return True
        own = name.attributes.get("name", "")
        if own.startswith(_BUILT_IN):
            return self.is_gone(name.text)
        return self._goes_with(name.attributes, name.text, self._gone_names)

    def _sheet(self, xml: bytes, part: str, ids: Collection[str]) -> Sheet:
        name = next(sheet.name for sheet in self.package.sheets if sheet.part == part)
        grid = next((grid for grid in self.book if grid.sheet == name), Grid(name, {}))
        cut = self._cut.get(name, frozenset())
        values = {
            place
            for place, cell in grid.cells.items()
            if cell.formula is not None and self._loses(cell.formula, name)
        }
        for group in shared_groups(xml, part):
            if not group.isdisjoint(values | cut):
                values |= group
        rules = Rules(
            self._judge,
            hollow={"conditionalFormatting", "dataValidations", "hyperlinks", "extLst"},
            condemned={"cfRule", "dataValidation", "ext"},
            leads={"formula", "formula1", "formula2", ":f"},
            is_gone=self.is_gone,
            untouched={"f", "v"},
            ids=ids,
            codes=self.codes,
        )
        return Sheet(xml, part, rules, cut, values, dict(_personal(grid)), self.used)

    def _judge(self, name: str, attributes: Attributes, sweep: Sweep) -> Verdict:
        below = len(sweep.path) == 2
        goes = (
            (below and name in _OF_A_SHEET)
            or (name == "legacyDrawing" and attributes.get("r:id") in sweep.rules.ids)
            or (name == "hyperlink" and self._link_goes(attributes, sweep.rules.ids))
        )
        if name == "sheetView":
            sweep.set_attributes({"tabSelected": None})
        elif name == "dataValidations":
            sweep.set_attributes({"count": None})
        return Verdict.GO if goes else Verdict.STAY

    def _link_goes(self, attributes: Attributes, ids: Collection[str]) -> bool:
        location = attributes.get("location", "")
        return attributes.get("r:id", "") in ids or bool(location and self.is_gone(location))

    def _strings(self, xml: bytes, part: str) -> bytes:
        """The shared strings, blank where no cell uses them any more; their numbers stay."""
        for sheet in self.package.sheets:
            if sheet.name in self.kept and sheet.kind == WORKSHEET:
                self._sheet(self.package.read(sheet.part), sheet.part, ()).run()
        number = -1

        def judge(name: str, _attributes: Attributes, sweep: Sweep) -> Verdict:
            nonlocal number
            number += name == "si"
            in_text = sweep.parent.name == "si" and number not in self.used
            return Verdict.GO if in_text else Verdict.STAY

        return Sweep(xml, part, Rules(judge, codes=self.codes)).run()


def _is_xml(part: str) -> bool:
    return part.lower().endswith((".xml", ".vml"))


def _hidden(grid: Grid) -> Iterator[Place]:
    for (row, column), cell in grid.cells.items():
        if cell.kind is CellClass.BLANK or cell.value in {None, ""}:
            continue
        area = grid.merge_at(row, column)
        rows = range(row, row + 1) if area is None else range(area.top, area.bottom + 1)
        columns = range(column, column + 1) if area is None else range(area.left, area.right + 1)
        if all(each in grid.hidden_rows for each in rows) or all(
            each in grid.hidden_columns for each in columns
        ):
            yield row, column


def _personal(grid: Grid) -> Iterator[tuple[Place, str]]:
    """The cells right of a label such as 联系电话 that hold a number, with what they are to say."""
    for row, columns in grid.rows.items():
        for at, column in enumerate(columns[:-1]):
            label, cell = grid.at(row, column), grid.at(row, columns[at + 1])
            if (
                label is None
                or cell is None
                or not isinstance(label.value, str)
                or not is_personal(label.value)
            ):
                continue
            text = f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value or "")
            if (new := without_digits(text)) != text:
                yield (row, columns[at + 1]), new
