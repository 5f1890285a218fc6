"""目录: what is in a pack, on paper; it lies on top of what is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.report.blank import blank
from zipingbiao.report.blocks import Block, Cell, Look, Table, Text, head
from zipingbiao.report.document import Document
from zipingbiao.report.printed import pages_of
from zipingbiao.values.frozen import frozen

_KB = 1024
_WIDTHS = (14, 96, 40, 18, 26)


@frozen
class Item:
    """One file of a pack: its name there, with ``/``, what it is, and its content."""

    name: str
    kind: str
    data: bytes

    @property
    def pages(self) -> str:
        """How many pages it has; a dash where only who opens it knows."""
        known = pages_of(self.data) if self.name.lower().endswith(".pdf") else None
        return str(known) if known else "—"

    @property
    def size(self) -> str:
        """Its size for people."""
        kilobytes = max(1, round(len(self.data) / _KB))
        return f"{kilobytes} KB" if kilobytes < _KB else f"{kilobytes / _KB:.1f} MB"


def contents(title: str, facts: Sequence[str], items: Sequence[Item], notes: Sequence[str]) -> bytes:
    """Return the list of contents of one workbook's pack as a Word document; same input, same bytes.

    Args:
        title: over the list.
        facts: lines below the title: whose it is, total, findings.
        items: all other files, in their order.
        notes: what whoever opens the pack must know: what is missing.
    """
    return _document(title, facts, _listed(items), notes)


def contents_of_many(title: str, rows: Sequence[tuple[str, str, str]], notes: Sequence[str]) -> bytes:
    """Return the list over the packs of a folder: (folder or file, what became of it, why or how much)."""
    lines = [
        (Cell(str(number)), Cell(name, left=True), Cell(became), Cell(said, left=True))
        for number, (name, became, said) in enumerate(rows, 1)
    ]
    table = Table((14, 80, 26, 74), [head("序号", "工作簿", "结果", "说明"), *lines])
    return _document(title, (), table, notes)


def _listed(items: Sequence[Item]) -> Table:
    lines = [
        (
            Cell(str(number)),
            Cell(item.name, left=True),
            Cell(item.kind),
            Cell(item.pages),
            Cell(item.size),
        )
        for number, item in enumerate(items, 1)
    ]
    return Table(_WIDTHS, [head("序号", "文件", "种类", "页数", "大小"), *lines])


def _document(title: str, facts: Sequence[str], table: Table, notes: Sequence[str]) -> bytes:
    document = Document(blank())
    document.add(_blocks(title, facts, table, notes))
    return document.content()


def _blocks(title: str, facts: Sequence[str], table: Table, notes: Sequence[str]) -> Iterator[Block]:
    yield Text(title, Look.TITLE)
    yield from (Text(fact, Look.CELL) for fact in facts)
    yield table
    if notes:
        yield Text("需要注意：")
        yield from (Text(f"{number}. {note}") for number, note in enumerate(notes, 1))
