"""One formula at a time: what Excel shows for it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zipingbiao.book.cells import Book, Cell, CellClass, Grid, Scalar
from zipingbiao.book.formulas import evaluate

# A1 and on: 10, 20, 0.1, the text 95%, 及时, TRUE, an error, (blank), a date, a percent cell, "".
COLUMN_A: list[tuple[Scalar, CellClass]] = [
    (Decimal(10), CellClass.NUMBER),
    (Decimal(20), CellClass.NUMBER),
    (Decimal("0.1"), CellClass.NUMBER),
    ("95%", CellClass.TEXT),
    ("及时", CellClass.TEXT),
    (True, CellClass.BOOL),
    ("#DIV/0!", CellClass.ERROR),
    (None, CellClass.BLANK),
    (dt.date(2021, 1, 1), CellClass.DATE),
    (Decimal("0.95"), CellClass.PERCENT),
    ("", CellClass.TEXT),
]
CELLS = {(row, 1): Cell(*cell) for row, cell in enumerate(COLUMN_A, 1) if cell[1] is not CellClass.BLANK}
TEXTS = {
    (row, 3): Cell(text, CellClass.TEXT) for row, text in enumerate(["成本", "产出", "Output", "产出*"], 1)
}
POINTS = {(row, 4): Cell(Decimal(row * 10), CellClass.NUMBER) for row in range(1, 5)}
BOOK = Book(
    "book.xlsx",
    (Grid("自评表", CELLS | TEXTS | POINTS), Grid("It's 2", {(1, 1): Cell(Decimal(7), CellClass.NUMBER)})),
    {"满分": "100", "得分区": "自评表!$D$1:$D$4", "动态": "OFFSET(自评表!$D$1,0,0)"},
)

KNOWN = '''
1+2*3 → 7
(1+2)*3 → 9
-2^2 → 4
0-2^2 → -4
2^-1 → 0.5
2^3^2 → 64
50%+1 → 1.5
10%% → 0.001
-50% → -0.5
1-1-1 → -1
8/4/2 → 1
"a"&1+2 → "a3"
1&2=12 → FALSE
1&2="12" → TRUE
+A5 → "及时"
A1+A2 → 30
A8 → 0
A8+1 → 1
A8&"x" → "x"
A8="" → TRUE
A8=0 → TRUE
A8=FALSE → TRUE
A11="" → TRUE
A4+1 → 1.95
"1,234.5"*2 → 2469
TRUE+1 → 2
A6*5 → 5
"b">"a" → TRUE
"B"="b" → TRUE
"产出"="产出" → TRUE
9<"1" → TRUE
"z"<TRUE → TRUE
1<>2 → TRUE
0.1+0.2=0.3 → TRUE
1/3*3=1 → TRUE
0.1+0.2 → 0.3
1/3 → 0.333333333333333
1/3&"" → "0.333333333333333"
1.50&"" → "1.5"
A6&"" → "TRUE"
A10&"" → "0.95"
"say ""hi""" → "say "hi""
'It''s 2'!A1+1 → 8
自评表!$A$1 → 10
SUM(得分区)/满分 → 1
SUM(A1:A5) → 30.1
SUM(A1,A2,"3",TRUE) → 34
SUM(D:D) → 100
SUM($D$1:$D$2,D4) → 70
SUM(D1:D4,) → 100
SUM(1:1) → 20
MIN(D1:D4) → 10
MAX(A1:A5,99) → 99
MAX(C1:C4) → 0
AVERAGE(D1:D4) → 25
PRODUCT(D1:D2,2) → 400
COUNT(A1:A6) → 3
COUNTA(A1:A8) → 7
COUNTBLANK(A8:A8) → 1
COUNTBLANK(D1:D10) → 6
IF(A1>5,"大","小") → "大"
IF(A1>50,"大") → FALSE
IF(TRUE,A8) → 0
IF(A1=10,1,1/0) → 1
IF(A1,,2) → 0
IFERROR(1/0,"无") → "无"
IFERROR(A7,3) → 3
IFERROR(VALUE("及时"),"文字") → "文字"
IFERROR(5,1/0) → 5
IFNA(MATCH("x",C1:C4,0),0) → 0
ISERROR(A7) → TRUE
ISERROR(A1) → FALSE
ISNUMBER(A1) → TRUE
ISNUMBER(A4) → FALSE
ISTEXT(A4) → TRUE
ISBLANK(A8) → TRUE
ISBLANK(A11) → FALSE
AND(A1>1,A2>1) → TRUE
AND(D1:D4,C1:C4) → TRUE
OR(FALSE,A8) → FALSE
NOT(A1) → FALSE
ROUND(2.675,2) → 2.68
ROUND(2.5,0) → 3
ROUND(-2.5,0) → -3
ROUND(1234.5,-2) → 1200
ROUND(15,-1) → 20
ROUND(4,-1) → 0
ROUNDUP(1.001,2) → 1.01
ROUNDUP(-1.1,0) → -2
ROUNDUP(1/3*3,0) → 1
ROUNDDOWN(1.999,2) → 1.99
ROUND(10*85/95,2) → 8.95
INT(-1.5) → -2
INT(1/3*3) → 1
ABS(-3) → 3
LOG10(1000) → 3
VALUE("95%") → 0.95
VALUE(" 12 ") → 12
N(A5) → 0
N(A6) → 1
TEXT(8.5,"0.00") → "8.50"
TEXT(8.947,"0") → "9"
TEXT(8.5,"0.##") → "8.5"
TEXT(8,"0.##") → "8."
TEXT(0.5,"#.##") → ".5"
TEXT(0.8947,"0%") → "89%"
TEXT(0.8947,"0.00%") → "89.47%"
TEXT(1234567.8,"#,##0.00") → "1,234,567.80"
TEXT(-0.5,"0") → "-1"
TEXT(5,"000") → "005"
TEXT(94.5,"0.0分") → "94.5分"
TEXT(94.5,"""得""0.0") → "得94.5"
TEXT(12,"@") → "12"
TEXT("及时","0.00") → "及时"
TEXT("5","0.00") → "5.00"
LEN("自评 a") → 4
LEN(A1) → 2
LEFT("自评表",2) → "自评"
LEFT("abc") → "a"
RIGHT("abc",2) → "bc"
RIGHT("abc",0) → ""
MID("abcdef",3,2) → "cd"
MID("abc",9,2) → ""
TRIM("  a   b ") → "a b"
SUBSTITUTE("≥95％","％","%") → "≥95%"
SUBSTITUTE("a-b-c","-","+",2) → "a-b+c"
SUBSTITUTE("aaa","a","",9) → "aaa"
FIND("b","abcb") → 2
FIND("b","abcb",3) → 4
IFERROR(FIND("B","abc"),0) → 0
SEARCH("B","abc") → 2
SEARCH("c?e","abcde") → 3
SEARCH("~*","a*b") → 2
EXACT("a","A") → FALSE
CONCATENATE("a",1,TRUE) → "a1TRUE"
HYPERLINK("#自评表!A1","转到") → "转到"
HYPERLINK("#A1") → "#A1"
CHOOSE(2,"a",A2) → 20
SUM(CHOOSE(1,D1:D2,D3)) → 30
COUNTIF(D1:D4,">=20") → 3
COUNTIF(D:D,20) → 1
COUNTIF(C1:C4,"产出*") → 2
COUNTIF(C1:C4,"产出~*") → 1
COUNTIF(C1:C4,"output") → 1
COUNTIF(C1:C4,"<>产出") → 3
COUNTIF(C1:C8,"") → 4
COUNTIF(C1:C8,"<>") → 4
COUNTIF(A1:A4,"0.95") → 1
COUNTIFS(C1:C4,"产出*",D1:D4,">20") → 1
SUMIF(C1:C4,"产出",D1:D4) → 20
SUMIF(C1:C4,"产出*",D1) → 60
SUMIF(D1:D4,">15") → 90
SUMIFS(D1:D4,C1:C4,"<>成本",D1:D4,"<40") → 50
SUMPRODUCT(D1:D2,D3:D4) → 1100
SUMPRODUCT((D1:D4>15)*D1:D4) → 90
SUMPRODUCT((C1:C4="产出")*(D1:D4)) → 20
SUMPRODUCT(--(LEFT(C1:C4,2)="产出"),D1:D4) → 60
SUMPRODUCT(D1:D4/D4) → 2.5
INDEX(D1:D4,3) → 30
INDEX(C1:D4,2,2) → 20
SUM(INDEX(C1:D4,0,2)) → 100
ISBLANK(INDEX(A1:A8,8)) → TRUE
MATCH("产出",C1:C4,0) → 2
MATCH("O*",C:C,0) → 3
MATCH(30,D1:D4,0) → 3
INDEX(D1:D4,MATCH("Output",C1:C4,0)) → 30
VLOOKUP("产出",C1:D4,2,FALSE) → 20
MEDIAN(1,9,5) → 5
MEDIAN(D1:D4) → 25
IFERROR(NA(),1) → 1
IF(TRUE(),1,2) → 1
IF(FALSE(),1,2) → 2
LEFT(CELL("format",A10)) → "P"
LEFT(CELL("format",A1))="P" → FALSE
SUMPRODUCT(--ISNUMBER(FIND({"成","量"},"成本"))) → 1
SUMPRODUCT({1,2;3,4}) → 10
VALUE("95e0") → 95
IFERROR(VALUE("3-5e0"),"文字") → "文字"
IF(SUM(D1:D4)>=90,"优",IF(SUM(D1:D4)>=80,"良","中")) → "优"
CHOOSE(1+(A1>=5)+(A1>=20),"差","中","优") → "中"
TEXT(IFERROR(ROUND(A1/A2,4),0),"0.00%") → "50.00%"
ROW() → 5
ROW(A9) → 9
'''
ERRORS = """
1/0 | A5+1 | ""+1 | A7+1 | SUM(A1:A7) | SUM("及时") | VALUE("") | AVERAGE(C1:C4) | 0^0 | (-8)^0.5
FIND("x","abc") | LEFT("a",-1) | CHOOSE(9,1) | MATCH("x",C1:C4,0) | INDEX(D1:D4,9) | IF("及时",1,2) | #REF!+1 | AND(C1:C4)
SUMPRODUCT(C1:C4*1) | SUMPRODUCT(D1:D4,D1:D3) | 10^400 | NOT("x") | VLOOKUP("x",C1:D4,2,0)
"""
UNKNOWN = """
A9+1 | COUNT(A8:A10) | D1:D4 | D1:D4+1 | VLOOKUP("a",C1:D4,2) | MATCH(1,D1:D4) | LET(x,1,x) | NOW() | INDIRECT("A1") | OFFSET(A1,1,1)
SQRT(9) | 动态+1 | 没有的名称 | 别的表!A1 | [1]Sheet1!A1+1 | Sheet1:Sheet3!A1 | Table1[得分] | {1,2} | {1,A1} | {1 2} | 1E999 | SUM(A1:A2 A2:A3) | 1 2 | 1+ | (1 | SUM(1;2)
ROUND(1) | "3-5"+1 | VALUE("2021年") | "1/2"*1 | "é"<"e" | "甲"<"乙" | TEXT(1,"yyyy-mm-dd") | TEXT(1,"0;-0") | 1E-9&"" | A1# | @A1
"""


def cases() -> list[tuple[str, str]]:
    return [tuple(line.split(" → ", 1)) for line in KNOWN.strip().splitlines()]  # type: ignore[misc]


def shown(value: Decimal | str | bool | None) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f'"{value}"' if isinstance(value, str) else "" if value is None else f"{value.normalize():f}"


@pytest.mark.parametrize(("formula", "result"), cases())
def test_result(formula: str, result: str) -> None:
    assert shown(evaluate(formula, BOOK, "自评表", (5, 6))) == result


@pytest.mark.parametrize(
    "formula", [one.strip() for line in ERRORS.strip().splitlines() for one in line.split("|")]
)
def test_an_error_is_no_result_and_is_caught(formula: str) -> None:
    assert evaluate(formula, BOOK, "自评表") is None
    assert evaluate(f'IFERROR({formula},"错")', BOOK, "自评表") == "错"


@pytest.mark.parametrize(
    "formula", [one.strip() for line in UNKNOWN.strip().splitlines() for one in line.split("|")]
)
def test_what_is_left_to_excel_is_no_error(formula: str) -> None:
    assert evaluate(formula, BOOK, "自评表") is None
    assert evaluate(f'IFERROR({formula},"错")', BOOK, "自评表") is None


numbers = st.decimals(min_value=-99999, max_value=99999, places=3)


@given(numbers, numbers, numbers)
def test_arithmetic_is_that_of_decimals(a: Decimal, b: Decimal, c: Decimal) -> None:
    assert evaluate(f"({a})+({b})*({c})", BOOK, "自评表") == pytest.approx(a + b * c, rel=Decimal("1E-14"))
    assert evaluate(f"({a})-({b})-({c})", BOOK, "自评表") == a - b - c
    if c:
        assert evaluate(f"ROUND(({a})*({c})/({c}),3)", BOOK, "自评表") == a


@given(st.text("0123456789+-*/^&%()<>=,.\"'!:$A1B 得IFSUM", max_size=40))
def test_no_text_ever_raises(formula: str) -> None:
    value = evaluate(formula, BOOK, "自评表")
    assert value is None or isinstance(value, Decimal | str | bool)


def test_long_and_deep_formulas_end() -> None:
    assert evaluate("+".join(["1"] * 4000), BOOK, "自评表") == 4000
    assert evaluate("(" * 60 + "1" + ")" * 60, BOOK, "自评表") == 1
    assert evaluate("(" * 4000 + "1" + ")" * 4000, BOOK, "自评表") is None
    assert evaluate("-" * 4001 + "1" + "%" * 200, BOOK, "自评表") is not None
