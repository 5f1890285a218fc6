"""``zpb check --code``: whether a file still says what was printed and stamped."""

from __future__ import annotations

from pathlib import Path

from zipingbiao.book.cells import Book
from zipingbiao.result.code import check_code, code_cell, same_code
from zipingbiao.result.evaluate import evaluate
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.find.candidates import open_book
from zipingbiao.values.frozen import frozen


@frozen
class CodeCheck:
    """The 数据校验码 of one table.

    Attributes:
        code: over what the table says now.
        printed: as it stands in the foot of the table; "" where it has none.
        asked: as a person read it from paper; "" when nobody asked.
    """

    sheet: str
    code: str
    printed: str
    asked: str = ""

    @property
    def holds(self) -> bool:
        """Whether what was asked for, or else what is printed, is the code over the values."""
        wanted = self.asked or self.printed
        return not wanted or same_code(wanted, self.code)

    @property
    def line(self) -> str:
        """One sentence for people."""
        said = f"{self.sheet}：数据校验码 {self.code}"
        if self.asked:
            return f"{said}，{'与纸质表一致。' if self.holds else f'与纸质表的 {self.asked} 不一致，纸质表盖章以后内容有改动，或不是这张表。'}"
        if not self.printed:
            return f"{said}（工作簿里还没有校验码，评分后写入）。"
        return f"{said}，{'与工作簿里的一致。' if self.holds else f'与工作簿里的 {self.printed} 不一致，评分以后内容有改动，请重新评分并打印。'}"


def check_codes(path: Path, asked: str = "", profile_name: str | None = None) -> tuple[CodeCheck, ...]:
    """Return the check of each table of a workbook.

    With several tables a code from paper is asked of the table whose code it is, if there is one.

    Raises:
        UnreadableError: the file cannot be read.
    """
    book = open_book(path)
    checks = [_check(book, evaluation) for evaluation in evaluate(book, profile_name).evaluations]
    if not asked:
        return tuple(checks)
    meant = [check for check in checks if same_code(asked, check.code)]
    return tuple(CodeCheck(check.sheet, check.code, check.printed, asked) for check in meant or checks)


def _check(book: Book, evaluation: Evaluation) -> CodeCheck:
    sheet = evaluation.table.sheet
    found = code_cell(book.grid(sheet), evaluation.table.anchor.row)
    printed = str(found[1].value or "").strip() if found is not None and found[1] is not None else ""
    return CodeCheck(sheet, check_code(evaluation), printed)
