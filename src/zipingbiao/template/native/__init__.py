"""The 免宏版: 完成率 and 核算得分 calculated by formulas, without macros, in Excel 2007 and later, WPS, LibreOffice and Gnumeric.

A line is calculated in small steps, one hidden column each (:mod:`.steps`), with word lists
(:mod:`.words`) and a table of units (:mod:`.units`). The formulas give what :mod:`zipingbiao.scoring.score`
gives, or no number: whatever they cannot decide for certain shows :data:`~zipingbiao.template.sums.ASK`.

Only what every program calculates alike is used: SUBSTITUTE, LEN, LEFT, RIGHT, MID, FIND, EXACT, TRIM,
VALUE of bare digits, INDEX and MATCH whose find is looked at again with EXACT. Not used: functions of text over
several cells or words at once (Gnumeric took the first of ``FIND({"差错","事故"},…)`` for all and gave 10
points for 5 against a limit of 3), VALUE of anything but digits, and ``=`` between texts that are not blank.
Lines with a known result (:mod:`.trial`) are calculated by the same formulas; where one differs, all lines ask.
"""
