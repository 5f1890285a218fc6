"""Tables of a web page (.html, or named .xls) → one sheet, stacked as Excel shows them, text between as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from zipingbiao.book.cells import Area, Cell, CellClass
from zipingbiao.book.read.cells import stored_cell
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.decoded import decoded
from zipingbiao.book.read.delimited import SHEET
from zipingbiao.book.read.filling import ERROR_TEXTS, Budget, Filling, finished, written_cell
from zipingbiao.book.read.styles import GENERAL, Format, named
from zipingbiao.values import number
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

_MOST_SPAN = 1_000
_LONGEST_TAG = 20_000
_TAG = regex(r"<(/?)([a-zA-Z][\w:-]*)")
_ATTRIBUTE = regex(r"""(?<![\w:-])([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
_FORMAT = re.compile(
    r"""mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;"']*)""", re.IGNORECASE
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CLASS = regex(r"\.([\w-]+)")
_ESCAPE = regex(r"\\([0-9a-fA-F]{4})|\\(.)")
_SPACE = regex(r"[ \t\r\n\f]+")
_CELLS = frozenset({"td", "th"})
_LINES = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "caption", "center", "form"})
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("style", "script", "xml", "title")}
_BY_FORMAT = frozenset({CellClass.PERCENT, CellClass.DATE})


def read_html(content: Content, wanted: Wanted | None) -> Sheets:
    """Read a web page as Excel opens one: merged cells by colspan and rowspan, formats by ``mso-number-format``.

    Numbers stay as they are written, ``95%`` is a text, unless the page says what was stored or how to show it.

    Raises:
        UnreadableError: it exceeds a limit; does not name the file.
    """
    text, notes = decoded(content.data)
    return finished([_page(text, SHEET, Budget(content.limits))], content.limits, wanted, notes=notes)


def read_mhtml(content: Content, wanted: Wanted | None) -> Sheets:
    """Read the pages of a 单个文件网页, each as :func:`read_html`; Excel writes one per sheet.

    Raises:
        UnreadableError: it exceeds a limit; does not name the file.
    """
    import email

    budget, pages, notes = Budget(content.limits), list[Filling](), list[str]()
    for part in email.message_from_bytes(content.data.lstrip()).walk():
        held = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(held, bytes):
            text, said = decoded(held, part.get_content_charset())
            page = _page(text, f"表{len(pages) + 1}", budget)
            if page.cells:  # the frame around the sheets has none
                pages.append(page)
                notes += said
    return finished(pages, content.limits, wanted, notes=notes)


def _page(text: str, sheet: str, budget: Budget) -> Filling:
    walk = _Walk(Filling(sheet, budget))
    for token in _tokens(text):
        walk.take(token)
    walk.close()
    return walk.sheet


# ------------------------------------------------------------------ signs to tags


@frozen
class _Token:
    """A tag with the text before it; of a style sheet that is what it says."""

    before: str
    name: str = ""
    closes: bool = False
    raw: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """By small names; one without value is empty."""
        if len(self.raw) > _LONGEST_TAG:
            return {}
        found = _ATTRIBUTE.findall(self.raw)
        return {name.lower(): unescape(value[1:-1] if value[:1] in "\"'" else value) for name, value in found}


def _tokens(text: str) -> Iterator[_Token]:
    """The tags in order; every sign is looked at once, so that no page costs more than its length."""
    at = begun = 0
    while (start := text.find("<", at)) >= 0:
        tag = _TAG.match(text, start)
        if tag is None and text[start + 1 : start + 2] not in {"!", "?"}:
            at = start + 1  # a sign of its own: <5
            continue
        is_comment = text.startswith("<!--", start)
        end = text.find("-->", start) + 2 if is_comment else _end_of_tag(text, start)
        if end <= start:
            break
        name = tag[2].lower() if tag else ""
        yield _Token(text[begun:start], name, bool(tag and tag[1]), text[tag.end() : end] if tag else "")
        at = begun = end + 1
        if name in _RAW and tag is not None and not tag[1]:
            close = _RAW[name].search(text, at)
            if close is None:
                return
            yield _Token(text[at : close.start()], name, closes=True)
            at = begun = max(text.find(">", close.end()), close.end()) + 1
    yield _Token(text[begun:])


def _end_of_tag(text: str, start: int) -> int:
    """Where a tag ends, -1 where it does not; a ``>`` between quotation marks is none."""
    end = text.find(">", start)
    if end - start < _LONGEST_TAG and text.count('"', start, end) % 2:
        close = text.find('"', end, start + _LONGEST_TAG)
        end = text.find(">", close) if close >= 0 else end
    return end


# ------------------------------------------------------------------ tags to cells


@dataclass
class _Table:
    """An open table: where it stands on the sheet, and which columns its tall cells still take."""

    row: int = 0
    index: int = 0
    column: int = 1
    taken: dict[int, tuple[int, int]] = field(default_factory=dict)  # column → last index, next column
    merges: list[Area] = field(default_factory=list)


@dataclass
class _Place:
    """An open cell."""

    row: int
    column: int
    attributes: dict[str, str]


class _Walk:
    """Takes the tags of a page; afterwards ``sheet`` holds what was read."""

    def __init__(self, sheet: Filling) -> None:
        self.sheet = sheet
        self._bottom = 0  # the last row that is used
        self._tables: list[_Table] = []
        self._cell: _Place | None = None
        self._chunks: list[str] = []
        self._formats: dict[str, Format] = {}

    def take(self, token: _Token) -> None:
        """Take the text before a tag, and the tag."""
        self.sheet.budget.spend()
        name = token.name
        if name in _RAW and token.closes:
            if name == "style":
                self._note_formats(token.before)
            return
        if token.before:
            self._chunks.append(_SPACE.sub(" ", unescape(token.before)))
        if name in _LINES:
            self._break_line()
        elif name == "table":
            self._end_text()
            if token.closes:
                self._close_table()
            else:
                self._tables.append(_Table())
        elif self._tables and name == "tr":
            self._end_text()
            if not token.closes:
                self._open_row(token.attributes)
        elif self._tables and name in _CELLS:
            self._end_text()
            if not token.closes:
                self._open_cell(token.attributes)

    def close(self) -> None:
        """End the page."""
        self._end_text()
        while self._tables:
            self._close_table()

    def _break_line(self) -> None:
        if self._cell is None:
            self._end_text()
        else:
            self._chunks.append("\n")

    def _end_text(self) -> None:
        """Put what was written since the last cell or line; outside of cells each line has a row of its own."""
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(self._chunks).split("\n"))
        text = "\n".join(line for line in lines if line)
        self._chunks.clear()
        cell, self._cell = self._cell, None
        if cell is not None:
            self.sheet.put(cell.row, cell.column, self._made(text, cell.attributes))
        elif text:
            self._bottom += 1
            self.sheet.put(self._bottom, 1, written_cell(text))

    def _open_row(self, attributes: dict[str, str]) -> None:
        table = self._tables[-1]
        self._bottom += 1
        table.row, table.column, table.index = self._bottom, 1, table.index + 1
        if _NOT_SHOWN.search(attributes.get("style", "")):
            self.sheet.hide_rows(self._bottom, self._bottom)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        table = self._tables[-1]
        if not table.row:
            self._open_row({})
        while (taken := table.taken.get(table.column)) is not None and taken[0] >= table.index:
            self.sheet.budget.spend()
            table.column = taken[1]
        column, across, down = table.column, _span(attributes, "colspan"), _span(attributes, "rowspan")
        table.column = column + across
        if down > 1:
            self.sheet.budget.spend(across)
            for each in range(column, column + across):
                table.taken[each] = table.index + down - 1, column + across
        if down > 1 or across > 1:
            table.merges.append(Area(table.row, column, table.row + down - 1, column + across - 1))
        self._cell = _Place(table.row, column, attributes)

    def _close_table(self) -> None:
        if not self._tables:
            return
        for area in self._tables.pop().merges:  # none reaches beyond its table
            self.sheet.merge(Area(area.top, area.left, min(area.bottom, self._bottom), area.right))

    def _note_formats(self, sheet: str) -> None:
        for rule in sheet.split("}"):
            classes, _, says = rule.rpartition("{")
            shown = _format(says)
            if shown is not None:
                self._formats |= dict.fromkeys(_CLASS.findall(classes[-_LONGEST_TAG:]), shown)

    def _made(self, text: str, attributes: dict[str, str]) -> Cell:
        formula = attributes["x:fmla"].removeprefix("=") if "x:fmla" in attributes else None
        if attributes.get("sdval") and text not in ERROR_TEXTS:  # as LibreOffice writes a page
            code = attributes.get("sdnum", "").split(";", 2)[-1]
            return stored_cell(attributes["sdval"], named(code), formula=formula)
        shown = _format(attributes.get("style", ""))
        if shown is None:
            classes = attributes.get("class", "").split()
            shown = next((self._formats[each] for each in classes if each in self._formats), GENERAL)
        stored = attributes.get("x:num")
        by_format = shown.kind in _BY_FORMAT or shown.mask
        if stored is not None or (by_format and number.stored(text) is not None):
            return stored_cell(stored or text, shown, formula=formula)
        return written_cell(text, formula)


def _span(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "").strip()
    return min(max(1, int(text)), _MOST_SPAN) if text.isdecimal() and len(text) < 9 else 1


def _format(style: str) -> Format | None:
    """The number format that a style names, None where it names none."""
    found = _FORMAT.search(style)
    if found is None:
        return None
    code = found[1].strip().strip("\"'")
    return named(_ESCAPE.sub(lambda each: chr(int(each[1], 16)) if each[1] else each[2], code))
