"""The words by which a name says which way is better, as alternatives of expressions.

Each group names an example, a near miss that it must not take in, and where the words are from:
全国样表 is the annex of 财预〔2020〕10号, 山西附件1 the form of Shanxi, 公开自评表 what governments publish.
"""

from __future__ import annotations

import re

# What follows the noun that matters, or nothing.
# Example: 事故发生率、投诉件数、受益人数. Near miss: 投诉渠道（渠道不是量词）.
# Source: 公开自评表的三级指标.
MEASURE = r"(?:发生|出现)?(?:率|比例|比率|占比|百分比|比重|度|程度|性|次数|起数|件数|例数|人数|户数|数量|数|量|面积|额|金额|幅度|情况|指数)?"

# Done, kept or won: more is better.
# Example: 系统故障解决率、科目调整及时性. Near miss: 设备故障率（故障是中心词）.
# Source: 全国样表、山西附件1、公开自评表的质量和时效指标.
GOOD_DEEDS = (
    r"解决|处理|处置|办结|办理|化解|整改|修复|排除|消除|响应|及时|合规|合格|达标|覆盖|完成|满意|知晓|受理|回复|回访|规范|优良|优秀|保障|落实|到位|发放|执行|支付"
    r"|完好|成活|利用|使用|提高|提升|增长|增加|改善|控制|防控|防治|预防|治理|下降|降低|减少|压减|节约|节省|缩短|查处|侦破|救治|治愈|监测|达到|实现|结案|发现|整治"
)

# Not wished for: less is better.
# Example: 安全事故发生次数、资金结余率、预算调整次数. Near miss:
# 投诉处理率、故障排除及时率（中心词是处理、及时）.
# Source: 公开自评表；事故、投诉、差错、故障、违规、病害、变质、成灾、受害、结余、调整是其中常见的.
BAD_THINGS = (
    r"事故|投诉|差错|错误|故障|违规|违纪|违法|违约|病害|虫害|变质|成灾|受害|结余|结转|超标|死亡|伤亡|上访|信访|舆情|逾期|安全事件|突发事件|群体性事件|负面事件|公共事件|不良事件|流失|损失|损耗|浪费|污染|返工|闲置|空置|缺陷"
    r"|退货|拖欠|欠薪|失误|失信|火灾|发案|发病|感染|(?:科目|预算|计划|目标)调整|超支|误差|偏差|泄露|泄漏|中断|停机|宕机|能耗|消耗|排放|辍学|失业|返贫|不合格|不满意|未完成"
)

# Before a bad thing: what was done about it is counted.
# Example: 查处违规次数、扑救火灾起数. Near miss: 发生违规次数.
# Source: 公开自评表的数量指标.
DEALT_WITH = r"(?:处理|办理|化解|查处|排查|整治|解决|受理|调处|救助|帮扶|救治|处置|整改|消除|排除|修复|打击|扑救|治理|防治)"

# The name ends in a measure of how good something is.
# Example: 资金支出合规率、群众满意度. Near miss: 制度建设数（数量）.
# Source: 全国样表、公开自评表.
RATE = re.compile(r"(?:率|比例|比率|占比|百分比|比重|度|程度|性|指数)$")

# The name ends in something counted or measured.
# Example: 培训人次、道路里程. Near miss: 培训费用、培训时间.
# Source: 公开自评表的数量指标.
COUNT = re.compile(
    r"(?:数|数量|量|次|人次|面积|长度|里程|公里|规模|个数|天数|期数|人员|户|件|套|台|辆|家|亩|场|份|篇|名|条|项|种)$"
)

# Money spent, or what one of a thing costs.
# Example: 户均补助标准、设备采购单价. Near miss: 培训次数、道路里程.
# Source: 全国样表的成本指标、公开自评表.
SPENDING = re.compile(
    r"成本|支出|费用|经费|投资|投入|花费|开支|造价|单价|价格|报价|限价|资金|金额|补助|补贴|标准|预算|工资|薪酬|租金"
)

# The name ends in how long something takes.
# Example: 审批时间、平均用时. Near miss: 及时率、完成日期.
# Source: 公开自评表的时效指标.
DURATION = re.compile(r"(?:时间|时长|时限|用时|耗时|天数|工期|周期|时效|期限|工作日)$")

# Money that comes in or is saved: more is better.
# Example: 农民人均增收、节约资金额. Near miss: 人员支出、设备采购单价.
# Source: 公开自评表的经济效益指标.
MONEY_GAINED = re.compile(r"收入|增收|产值|销售|利润|税收|效益|节约|节省|募集|筹集|到位|回收|收益|GDP|营收")

# Names of indicators that are about a date.
# Example: 项目完工时间、资金拨付截止日. Near miss: 学期数量、课时数、日均客流量、工期缩短天数.
# Source: 公开自评表的时效指标.
TIME_NAME = re.compile(r"时间|时限|期限|日期|截止")
