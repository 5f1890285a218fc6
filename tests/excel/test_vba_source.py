"""Our VBA as the editor of Excel takes it: what no other program checks."""

from __future__ import annotations

import re
from itertools import groupby

import pytest

from zipingbiao.excel.addin import build, sources

LONGEST_LINE, MOST_CONTINUATIONS, LARGEST_PROCEDURE = 1023, 24, 64 * 1024
_WORDS = """addressof alias and any appactivate array as attribute base beep binary boolean byref byte byval call case
chdir chdrive circle close compare const currency date debug decimal declare defbool defint deflng dim do
doevents double each else elseif empty end endif enum eqv erase error event exit explicit false fix for
friend function get global gosub goto if imp implements in input int integer is lbound len let lib like local
lock long longlong longptr loop lset me mid mod name new next not nothing null object on open option optional
or paramarray preserve print private property pset public put raiseevent randomize redim rem resume return
rset scale seek select set sgn shared single spc static step stop string sub tab then to true type typeof
ubound unlock until variant wend while with withevents write xor"""
RESERVED = frozenset(_WORDS.split())
ALL = {
    **build.addin_modules(aliases=True),
    **build.template_modules(),
    "ThisWorkbook": sources.module("ThisWorkbook"),
}
OURS = {name: text for name, text in ALL.items() if name not in {"xlwings", "Dictionary"}}
EVERY = pytest.mark.parametrize("name", ALL)
EVERY_ONE_OF_OURS = pytest.mark.parametrize("name", OURS)


@EVERY
def test_the_editor_takes_every_line(name: str) -> None:
    lines = ALL[name].splitlines()
    assert max(map(len, lines)) <= LONGEST_LINE
    runs = [len(list(run)) for goes_on, run in groupby(lines, lambda line: line.endswith(" _")) if goes_on]
    assert max(runs, default=0) <= MOST_CONTINUATIONS


@EVERY
def test_the_compiler_takes_every_procedure(name: str) -> None:
    sizes = map(len, re.split(r"^End (?:Sub|Function|Property)$", ALL[name], flags=re.MULTILINE))
    assert max(sizes) < LARGEST_PROCEDURE


@EVERY_ONE_OF_OURS
def test_every_variable_is_declared(name: str) -> None:
    assert "\nOption Explicit\n" in f"\n{OURS[name]}"
    assert "Declare " not in OURS[name]  # what calls a library is xlwings' own


def test_64_bit_excel_takes_the_declarations_of_xlwings() -> None:
    """Everything before #Else of #If VBA7 is what Excel 2010 and newer compiles."""
    newer, found, _older = ALL["xlwings"].partition("\n#Else\n")
    assert found
    declared = [line.strip() for line in newer.splitlines() if re.match(r"\s*(Private )?Declare ", line)]
    assert declared
    assert [line for line in declared if "PtrSafe" not in line] == []


@EVERY_ONE_OF_OURS
def test_no_name_is_a_word_of_the_language(name: str) -> None:
    heads = re.findall(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\((.*?)\)", OURS[name], re.MULTILINE)
    declared = re.findall(
        r"^\s*(?:Dim|Public|Private|Const) (?!Sub|Function|Const)(.*)", OURS[name], re.MULTILINE
    )
    listed = [*(parameters for _, parameters in heads), *declared]
    names = [
        re.sub(r"^(Optional |ByVal |ByRef )+", "", part.strip())
        for text in listed
        for part in text.split(",")
    ]
    used = {procedure for procedure, _ in heads} | {re.split(r"\W", part, maxsplit=1)[0] for part in names}
    assert {word.lower() for word in used} & RESERVED == set()
