"""The functions of Excel that we know, in three groups by what they are given.

Known are those of our templates' formulas, and those with which people write a total, a rate, a score
or a grade (ROUND, IF, SUMIF, VLOOKUP, TEXT …). Any other makes a formula one that Excel recalculates.

``SINGLE`` get single values, ``RANGED`` values or ranges, ``LAZY`` the evaluator and the arguments as
trees. A function raises ExcelError for an error value, UnknownError for what is better left to Excel.
"""

from __future__ import annotations

from zipingbiao.book.formulas.functions import conditional, lazy, lookup, maths, numbers, texts

SINGLE = {**maths.SINGLE, **texts.SINGLE}
RANGED = {**numbers.RANGED, **conditional.RANGED, **lookup.RANGED}
LAZY = lazy.LAZY
