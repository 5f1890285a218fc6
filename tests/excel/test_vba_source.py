"""Our VBA as the editor of Excel takes it: what no other program checks."""

from __future__ import annotations

import re
from itertools import groupby

import pytest

from zipingbiao.excel.addin import build, sources, start

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
EVERY = pytest.mark.parametrize("name", ALL)


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


@EVERY
def test_every_variable_is_declared(name: str) -> None:
    assert "\nOption Explicit\n" in f"\n{ALL[name]}"
    assert ("Declare " in ALL[name]) is (name == start.MODULE)  # only there a library is reached


def test_64_bit_excel_takes_the_declarations() -> None:
    """Excel 2010 and newer, of 32 and of 64 bits, knows PtrSafe; a pointer is as long as they are."""
    declared = [line for line in ALL[start.MODULE].splitlines() if "Declare " in line]
    assert len(declared) == 3
    assert [line for line in declared if not line.startswith("Private Declare PtrSafe Function ")] == []
    (loads,) = (line for line in declared if "LoadLibraryW" in line)
    assert loads.endswith("(ByVal path As LongPtr) As LongPtr")


@EVERY
def test_no_name_is_a_word_of_the_language(name: str) -> None:
    heads = re.findall(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\((.*?)\)", ALL[name], re.MULTILINE)
    declared = re.findall(
        r"^\s*(?:Dim|Public|Private|Const) (?!Sub|Function|Const|Declare)(.*)", ALL[name], re.MULTILINE
    )
    listed = [*(parameters for _, parameters in heads), *declared]
    names = [
        re.sub(r"^(Optional |ByVal |ByRef )+", "", part.strip())
        for text in listed
        for part in text.split(",")
    ]
    used = {procedure for procedure, _ in heads} | {re.split(r"\W", part, maxsplit=1)[0] for part in names}
    assert {word.lower() for word in used} & RESERVED == set()
