"""The words by which a name says which way is better, and a result which grade it takes.

Each group names an example, a near miss that it must not take in, and where the words are from:
全国样表 is the annex of 财预〔2020〕10号, 山西附件1 the form of Shanxi, 公开自评表 what governments publish.
"""

from __future__ import annotations

from zipingbiao.values.regex import regex
from zipingbiao.values.words import DONE

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

# A rate of control that says how much of a limit was used: less is better.
# Example: 公用经费控制率、财政供养人员控制率、“三公”经费控制率、投资概算控制率. Near miss:
# 疫情控制率、病虫害控制率、重点人员控制率、高血压随访控制数（控制住的越多越好）.
# Source: 部门整体支出绩效评价共性指标（在职人员控制率＝在职人数÷编制数，公用经费控制率＝实际支出÷预算安排）、公开自评表.
CAPS = regex(
    r"(?:经费|费用?|三公|概算|预算|决算|投资|造价|成本|支出|开支|资金|编制|人数"
    r"|(?<!重点|特殊|吸毒|上访|信访|矫正|涉稳|涉恐|感染|障碍|流动|隔离|闲散|失业|伤亡)人员)"
    r"[\"”’》]?的?控制(?:率|比例|比率|数|额|总额)$",
    holds=("控制",),
)

# How much something moved; a name does not say which way is meant.
# Example: “三公”经费变动率、结转结余变化率. Near miss: 增长率、变动率说明、活动率.
# Source: 部门整体支出绩效评价共性指标（“三公经费”变动率、结转结余变动率）.
CHANGES = regex(r"(?:变动|变化|增减|浮动)(?:率|幅度|比例|比率|额)$")

# Not wished for: less is better.
# Example: 安全事故发生次数、资金结余率、预算调整次数、对居民出行的负面影响. Near miss:
# 投诉处理率、故障排除及时率（中心词是处理、及时）.
# Source: 公开自评表；事故、投诉、差错、故障、违规、病害、变质、成灾、受害、结余、调整是其中常见的.
BAD_THINGS = (
    r"事故|投诉|差错|错误|故障|违规|违纪|违法|违约|病害|虫害|变质|成灾|受害|结余|结转|超标|死亡|伤亡|上访|信访|舆情|逾期|安全事件|突发事件|群体性事件|负面事件|公共事件|不良事件|流失|损失|损耗|浪费|污染|返工|闲置|空置|缺陷"
    r"|退货|拖欠|欠薪|失误|失信|火灾|发案|发病|感染|(?:科目|预算|计划|目标)调整|超支|误差|偏差|泄露|泄漏|中断|停机|宕机|能耗|消耗|排放|辍学|失业|返贫|不合格|不满意|未完成|负面影响|不利影响|不良影响|消极影响"
)

# What is in air or water and should not be; less is better.
# Example: PM2.5年均浓度、氨氮排放总量、二氧化硫平均浓度. Near miss: 负氧离子浓度、溶解氧含量（没有说多少为好）.
# Source: 公开自评表的生态效益指标.
POLLUTANTS = (
    r"(?:PM\s*(?:2\.5|10)|颗粒物|污染物|二氧化硫|二氧化氮|氮氧化物|臭氧|一氧化碳|二氧化碳|氨氮|化学需氧量|COD|总磷|总氮|甲醛|VOCs?)"
    r"(?:年均|月均|日均|平均|排放)*(?:浓度|含量|总量|值)?"
)

# Before a bad thing: what was done about it is counted.
# Example: 查处违规次数、扑救火灾起数. Near miss: 发生违规次数.
# Source: 公开自评表的数量指标.
DEALT_WITH = r"(?:处理|办理|化解|查处|排查|整治|解决|受理|调处|救助|帮扶|救治|处置|整改|消除|排除|修复|打击|扑救|治理|防治)"

# The name ends in a measure of how good something is.
# Example: 资金支出合规率、群众满意度. Near miss: 制度建设数（数量）.
# Source: 全国样表、公开自评表.
RATE = ("率", "比例", "比率", "占比", "百分比", "比重", "度", "程度", "性", "指数")

# The name ends in something counted or measured.
# Example: 培训人次、道路里程. Near miss: 培训费用、培训时间.
# Source: 公开自评表的数量指标.
COUNT = (
    "数", "数量", "量", "次", "人次", "面积", "长度", "里程", "公里", "规模", "个数", "天数", "期数", "人员", "户", "件", "套",
    "台", "辆", "家", "亩", "场", "份", "篇", "名", "条", "项", "种",
)  # fmt: skip

# Money spent, or what one of a thing costs.
# Example: 户均补助标准、设备采购单价. Near miss: 培训次数、道路里程.
# Source: 全国样表的成本指标、公开自评表.
SPENDING = (
    "成本", "支出", "费用", "经费", "投资", "投入", "花费", "开支", "造价", "单价", "价格", "报价", "限价", "资金", "金额", "补助",
    "补贴", "标准", "预算", "工资", "薪酬", "租金",
)  # fmt: skip

# The name ends in how long something takes.
# Example: 审批时间、平均用时. Near miss: 及时率、完成日期.
# Source: 公开自评表的时效指标.
DURATION = ("时间", "时长", "时限", "用时", "耗时", "天数", "工期", "周期", "时效", "期限", "工作日")

# Money that comes in or is saved: more is better.
# Example: 农民人均增收、节约资金额. Near miss: 人员支出、设备采购单价.
# Source: 公开自评表的经济效益指标.
MONEY_GAINED = (
    "收入", "增收", "产值", "销售", "利润", "税收", "效益", "节约", "节省", "募集", "筹集", "到位", "回收", "收益", "GDP", "营收",
)  # fmt: skip

# ------------------------------------------------------------------ grades of 定性指标

# What was planned, by a word that says so.
# Example: 年度指标、预期绩效目标、既定目标. Near miss: 要求、效果（没有说是谁定的）.
# Source: 全国样表的三档和公开自评表.
PLANNED = r"(?:年度|年初|预期|预定|既定|设定|绩效)+(?:指标|目标)?值?"

# Behind 部分, 基本 and 未 the noun alone is enough, or nothing.
# Example: 任务、预期目标. Near miss: 资金、工程.
# Source: 同上.
MEASURED_BY = rf"(?:{PLANNED}|(?:指标|目标|任务|要求|效果)值?)?"

# The first grade.
# Example: 达成年度指标、全部达成预期目标、全部或基本达成预期指标、完全或基本实现. Near miss: 基本达成预期指标、部分达成年度指标.
# Source: 全国样表的三档；转移支付自评表的脚注“全部或基本达成预期指标”.
GRADE_REACHED = regex(
    rf"(?:已|均|全部|全面|完全)*(?:达成|达到|实现){PLANNED}"
    rf"|(?:已|均)?(?:全部|全面|完全)(?:达成|达到|完成|实现)?{MEASURED_BY}(?:或者?|/)?基本(?:达成|达到|完成|实现){MEASURED_BY}"
)

# The first grade or the next one: 基本 alone does not say which.
# Example: 基本达成预期指标、基本达标、已基本完成. Near miss: 全部或基本达成预期指标、基本满意、基本达成年度指标并具有一定效果.
# Source: 公开自评表；样表的三档中没有这样的用语.
GRADE_NEARLY = regex(rf"(?:已|均|都)*基本上?(?:(?:达成|达到|完成|实现|符合){MEASURED_BY}|达标)了?")

# A grade between the first and the last.
# Example: 部分达成年度指标并具有一定效果、部分完成. Near miss: 未达成年度指标且效果较差、大部分完成.
# Source: 全国样表的三档.
GRADE_PARTLY = regex(
    rf"部分(?:达成|达到|完成|实现){MEASURED_BY}(?:并?(?:具有|取得)一定效果)?"
    rf"|基本(?:达成|达到|完成|实现){MEASURED_BY}并?(?:具有|取得)一定效果"
)

# The last grade.
# Example: 未达成年度指标且效果较差、未完成. Near miss: 部分达成年度指标、未达到进度的已整改.
# Source: 全国样表的三档.
GRADE_MISSED = regex(rf"未(?:能)?(?:达成|达到|完成|实现){MEASURED_BY}(?:且效果较?差)?")

# The words of a scale, by rank: 0 is the best.
# Example: 优、较好. Near miss: 优化、偏好.
# Source: 四川样表，目标值列出各档，业绩值选一档.
SCALE_RANKS = {
    "优": 0, "优秀": 0, "好": 0, "良": 1, "良好": 1, "较好": 1, "中": 2, "一般": 2, "低": 3, "差": 4, "较差": 4, "坏": 4,
}  # fmt: skip

# Scales in words of their own or of fewer than three words: the rank of each.
# Example: 好坏、高中低. Near miss: 优良（空气质量的结果）.
# Source: 公开自评表的目标值.
SHORT_SCALES = {
    "好坏": {"好": 0, "坏": 4}, "是否": {"是": 0, "否": 4}, "高中低": {"高": 0, "中": 2, "低": 4},
}  # fmt: skip

# Level 1 of indicators about how a project was decided and run: a person judges them.
# Example: 项目决策、过程指标、投入、部门管理. Near miss: 产出指标、管理效益指标、社会效益.
# Source: 预算绩效评价共性指标体系框架（投入、过程、产出、效果，后为决策、过程、产出、效益）、公开自评表.
PROCESS = regex(r"^(?!.*(?:产出|效益|效果|满意|影响|成本)).*(?:决策|过程|管理|投入|立项)")

# Level 2 of what a project costs others: each effect named there is not wished for.
# Example: 社会成本指标、生态环境成本. Near miss: 经济成本指标、社会效益指标.
# Source: 中央部门项目支出核心绩效目标和指标设置及取值指引（成本指标下分经济成本、社会成本、生态环境成本）.
BURDENS = ("社会成本", "生态成本", "环境成本")

# An effect by its last word, where the level says that it is a burden.
# Example: 对居民出行的影响、占用耕地情况影响程度. Near miss: 影响力、影响人数.
# Source: 公开自评表的社会成本和生态环境成本指标.
EFFECT = ("影响", "影响程度", "影响情况")

# Further things that should not be, where a cell says that there was none of them.
# Example: 施工扬尘、噪声扰民、资金挪用. Near miss: 扬尘治理措施、就业岗位.
# Source: 公开自评表的社会成本、生态环境成本和质量指标.
UNWANTED = regex(
    r"(?:扰民|噪声|噪音|扬尘|纠纷|拥堵|破坏|截留|挪用|挤占|套取|虚报|冒领|隐患|塌方|伤害|侵害|欠账|断供)(?:行为|现象|问题|事件|情况|案件)?(?:发生|出现)?(?:情况|次数|起数|数量|数)?$",
    holds="扰噪扬纠拥破截挪挤套虚冒隐塌伤侵欠断",
)

# What a person says where nothing happened; what did not happen may follow.
# Example: 无、没有、未发生投诉、不发生安全事故、零发生、零投诉. Near miss: /、不适用、有无.
# Source: 公开自评表的成本和效益指标.
NONE_HAPPENED = regex(
    r"^(?:(?:暂?无|没有|[未不](?:发生|出现|产生|造成))(?:任何)?|零(?:发生)?)(?P<what>.{0,12})$"
)

# Names of indicators that are about a date.
# Example: 项目完工时间、资金拨付截止日. Near miss: 学期数量、课时数、日均客流量、工期缩短天数.
# Source: 公开自评表的时效指标.
TIME_NAME = ("时间", "时限", "期限", "日期", "截止")

# Names of indicators that say by when something is done.
# Example: 项目完成时间、补贴发放时限、验收截止日期. Near miss: 建设周期、平均用时、服务期限.
# Source: 四川、云南等地的时效指标，度量单位填“月”.
DONE_BY = regex(rf"(?:{DONE}|采购|开工|启动|实施|报送|公开).{{0,4}}(?:时间|时限|期限)(?:节点)?$|截止|日期$")

# Says in a column of units, or in brackets behind such a name, that a number is the month of a year.
# Example: 月（指标值10，度量单位月）、完成时间(月份). Near miss: 个月、工作日.
# Source: 四川、云南等地的时效指标.
IN_MONTHS = regex(r"(?:^|(?<=\())月(?:份|底|底前)?(?:$|\)$)")
