"""The words beside amounts and rates in the prose of a 自评报告.

As :mod:`zipingbiao.rules.words`. Each is what stands directly before a figure, so that 支付设备款10万元 is none.
"""

from __future__ import annotations

from zipingbiao.values.regex import regex

# The budget of the year.
# Example: 项目预算资金、年初预算、预算总金额. Near miss: 部门预算、采购预算、单位预算.
# Source: 公开的自评报告.
BUDGET = regex(
    r"(?<!部门)(?<!单位)(?<!采购)(?<!支出)(?:年初|全年|年度|项目|财政|安排|总)*预算(?:安排|批复|下达|总|资金|金额|数|额|经费)*"
)

# What arrived of it.
# Example: 实际到位资金、资金已全部到位. Near miss: 上级拨付.
# Source: 公开的自评报告.
RECEIVED = regex(r"(?:实际|已经?|全部|资金|经费)*到位(?:资金|金额|总额|数|经费)*")

# What was spent of it.
# Example: 全年执行数、实际支出、已支付、累计支付资金、全年发放资金、拨付使用、截至2021年底支出. Near miss: 预算支出、合同约定支付、发放标准.
# Source: 全国样表、山西附件1和公开的自评报告.
EXECUTED = regex(
    r"(?<!上年)(?<!去年)(?:(?:全年|年度|本年|累计|实际|共计?|已经?|合计|全部|总)+(?:完成)?(?:预算|资金|经费)?(?:执行|支出|支付|使用|发放)|(?:(?<=年底)|(?<=月31日))(?:执行|支出|支付)|拨付使用|执行(?=数)|支出(?=数))"
    r"(?:完成|了)?(?:数|额|总额|总金额|资金|金额|经费)*"
)

# What was left of it.
# Example: 结余资金、年末结余、剩余. Near miss: 剩余质保.
# Source: 公开的自评报告.
LEFT = regex(r"(?:资金|年末|全年|预算)*(?:结余|剩余)(?:资金|金额|数|经费)*(?![\u3400-\u9fff]*质保)")

# The share of the budget that was spent.
# Example: 预算执行率、资金支出进度、支付进度、资金使用率、预算完成率、执行数…，完成预算的. Near miss: 政策执行情况、工程进度、任务完成率、收入完成预算的.
# Source: 公开的自评报告.
EXECUTION_RATE = regex(
    r"(?:(?<![策度令划案同])(?:(?:预算|资金|经费|支出|全年|年度)*(?:执行|支出|支付)(?:完成)?(?:率|进度|比例)))|(?:资金|预算|经费)(?:使用|完成)率"
    r"|(?<!收入)(?:完成|占)(?:全年|年度|年初)?预算(?:数|资金)?的"
)

# The share of it that arrived.
# Example: 资金到位率、预算到位率. Near miss: 人员到位情况、设备到货率.
# Source: 山西附件1和公开的自评报告.
FUNDING_RATE = regex(r"(?<!人员)(?<!设备)(?<!物资)(?<!保障)(?:资金|预算|经费|实际)*到位率")

# The figure is no exact one.
# Example: 约、左右、近. Near miss: 共计、达到.
# Source: 公开的自评报告.
ROUGH = regex(r"约|大概|接近|近|不足|左右|余|多|上下")

# The clause is about a part of the money, about a plan, or about money of another kind.
# Example: 其中设备支出、每人补助、中央下达、省级安排、拟申请、采购合同、追加、首批、尾款、公用经费. Near miss: 项目全年执行数、调整后预算.
# Source: 公开的自评报告.
PART_OF_MONEY = regex(
    r"其中|分别|每|人均|户均|第[一二三四五六]|首[批期付次]|[另再]|申请|拟|概算|估算|合同|中标|招标|采购|追加|调[增减]|压减|核减|收回|质保金|保证金|尾款"
    r"|标准|部门(?:预算|整体|支出)|单位(?:预算|整体)|整体|全[省市县区]|基本支出|三公|公用经费|人员经费|工资|劳务费|上级|(?:中央|省级?|市级?|州级?)(?:财政)?(?:直接)?(?:下达|安排|补助|拨付|配套)|以前年度|历年|往年|次年|明年|下年|总投资|节约"
)

# From here on a sentence speaks of a part of the year.
# Example: 截至9月底、上半年、三季度、2022年十月. Near miss: 2022年12月8日、十二月、全年.
# Source: 公开的自评报告.
WITHIN_YEAR = regex(
    r"(?<!\d)(?:[1-9]|1[01])月|(?<!十)[一二三四五六七八九]月|十一?月|[一二三四]季度|半年|月均"
)

# From here on it speaks of the whole year again.
# Example: 年底执行率、全年支付、12月8日已支付完成. Near miss: 截至2月、上半年.
# Source: 公开的自评报告.
WHOLE_YEAR = regex(r"全年|年底|年末|年终|(?<!\d)12月|十二月|全部|最终|合计|累计")
