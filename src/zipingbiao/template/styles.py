"""The look of the template: one font, few colours, each with its meaning.

Inputs stand blue on yellow that also an old screen shows, formulas black on white, what this product writes on pale grey;
labels on pale blue. Everything stays readable in black and white: borders carry the structure.
"""

from __future__ import annotations

from typing import Any

FONT = "宋体"
INPUT_INK, INPUT_PAPER = "#1F3F9F", "#FFEFAF"
LABEL_PAPER, OURS_PAPER = "#EAF0F8", "#F2F2F2"
ERROR_PAPER, WARNING_PAPER = "#F8CBAD", "#FFC966"

AMOUNT, PERCENT, POINTS, TEXT = "#,##0.00##", "0.00%", "0.00", "@"
WEIGHT = "General"  # 0.## would show 10 as "10."


class Styles:
    """The formats of one workbook; equal properties share one format."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **properties: object) -> Any:
        """Return the format with these XlsxWriter properties on top of the common ones."""
        return self._once({"font_name": FONT, "font_size": 11, "valign": "vcenter", **properties})

    def _once(self, properties: dict[str, object]) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def title(self) -> Any:
        """The title of a sheet."""
        return self.of(font_size=16, bold=True, align="center")

    def label(self, **more: object) -> Any:
        """A caption or column heading."""
        look = {"border": 1, "bold": True, "align": "center", "text_wrap": True, "bg_color": LABEL_PAPER}
        return self.of(**{**look, **more})

    def plain(self, **more: object) -> Any:
        """A text without a frame: a note, a signature."""
        return self.of(**{"text_wrap": True, **more})

    def typed(self, number: str = TEXT, **more: object) -> Any:
        """A cell that a person fills; *number* is its number format."""
        colours = {"font_color": INPUT_INK, "bg_color": INPUT_PAPER}
        return self.of(**{"border": 1, "text_wrap": True, "num_format": number, **colours, **more})

    def formula(self, number: str, **more: object) -> Any:
        """A cell that calculates."""
        return self.of(**{"border": 1, "align": "center", "num_format": number, **more})

    def ours(self, number: str = "General", **more: object) -> Any:
        """A cell that this product writes."""
        return self.of(
            **{"border": 1, "text_wrap": True, "num_format": number, "bg_color": OURS_PAPER, **more}
        )

    def changed(self, **properties: object) -> Any:
        """Return what a conditional format changes; the rest of the cell's look stays."""
        return self._once(properties)
