"""Small changes to the XML of a workbook, of the kind that odd programs and damaged disks make."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TAG = re.compile(r"<(?![?!/])[^<>]*>")
_ATTRIBUTE = re.compile(r'\s[\w:.-]+="[^"]*"')
_END_OF_TAG = re.compile(r"(?=/?>$)(?<!/)")
_ENCODING = re.compile(r"(?<=encoding=.)[^\"]+")
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")
_DECLARATIONS = (
    f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"', 'xmlns=""', 'xmlns="urn:odd"', 'xmlns="&#10;"', 'xmlns:r=""', 'xmlns:r="urn:odd"',
)  # fmt: skip
_VALUES = (
    "",
    "s",
    "0",
    "-1",
    "1e5",
    "A0",
    "XFE1",
    "A1:XFD1048576",
    "99999999999",
    "../../x",
    "..\\x",
    "show",
    "&#10;",
)
_ENCODINGS = ("GB2312", "utf-16", "UTF8", "ISO-8859-1", "XFD1", "hex")
_PREFIXES = ("x:", "xdr:", "r:")


@st.composite
def mutated(draw: st.DrawFn, parts: Mapping[str, str]) -> dict[str, str]:
    """Draw the parts of a workbook with one to three small changes."""
    changed = dict(parts)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(changed)))
        if draw(st.integers(0, 8)) == 0:
            changed[name.replace("/", "\\")] = changed.pop(name)
        else:
            changed[name] = _mutated(draw, changed[name])
    return changed


def _mutated(draw: st.DrawFn, text: str) -> str:
    """Return the text of a part with one change."""
    value, prefix = draw(st.sampled_from(_VALUES)), draw(st.sampled_from(_PREFIXES))
    declared, encoding = draw(st.sampled_from(_DECLARATIONS)), draw(st.sampled_from(_ENCODINGS))
    changes: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
        (_ATTRIBUTE, lambda _: ""),
        (_ATTRIBUTE, lambda found: f'{found.partition("=")[0]}="{value}"'),
        (_TEXT, lambda _: value),
        (_TAG, lambda _: ""),
        (_TAG, lambda tag: f"<{prefix}{tag[1:]}"),
        (_TAG, lambda tag: _END_OF_TAG.sub(f" {declared}", tag)),
        (_ENCODING, lambda _: encoding),
    )
    pattern, new = draw(st.sampled_from(changes))
    places = list(pattern.finditer(text))
    if not places:
        return text
    place = draw(st.sampled_from(places))
    return text[: place.start()] + new(place[0]) + text[place.end() :]
