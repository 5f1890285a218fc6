"""The words of printed forms: headings, labels of funds, head and foot, titles.

Labels are compared without white space, brackets and numbering (:func:`zipingbiao.table.find.labels.label`).
Each group names an example, a near miss that it must not take for one, and where the words are from:
全国样表 and 山西附件1 are printed forms, 公开自评表 what governments publish, whose headings vary.
Ranks say how sure a word is; a lower rank wins.
"""

from __future__ import annotations

from enum import StrEnum

from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Role
from zipingbiao.values.regex import regex


class Extra(StrEnum):
    """Meanings of headings beyond the roles of the model."""

    ADJUSTED = "adjusted"  # the approved adjustment of the target
    VALUE = "value"  # 数值 below a parent heading: the parent says which


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ------------------------------------------------------------------ headings of indicators

# What a column of an indicator table holds.
# Example: 年度指标值(A)、单项指标实际完成值、权重占比(%). Near miss: 完成时限、数据来源.
# Source: 全国样表、山西附件1、四川等地公开自评表.
HEADINGS = (
    (Role.LEVEL1, 0, "一级指标 一级指标名称 一级绩效指标 一级"),
    (Role.LEVEL1, 1, "指标类别 指标分类 指标类型 指标大类 评价内容"),
    (Role.LEVEL2, 0, "二级指标 二级指标名称 二级绩效指标 二级"),
    (Role.NAME, 0, "三级指标 三级指标名称 三级绩效指标 三级指标内容 目标指标 目标指标名称 三级"),
    (Role.NAME, 1, "指标名称 绩效指标名称 指标内容 具体指标 具体指标名称 绩效指标内容 评价指标 考核指标 指标项 明细指标 四级指标 绩效内容"),
    (Role.NAME, 2, "绩效指标 指标 年度绩效指标"),
    (Role.TARGET, 0, """指标值 目标值 年度指标值 年度目标值 年初目标值 年初指标值 年初设定目标值 年初设定指标值 年初设定值 预期指标值
    预期目标值 预期值 预期完成值 全年目标值 全年指标值 计划值 计划指标值 计划目标值 计划完成值 年度计划值 目标数 目标数值
    绩效目标值 绩效指标值 年度绩效指标值 年度绩效目标值 指标目标值 目标指标值 设定值 设定目标值 预设目标值 本年目标值 当年目标值
    批复目标值 批复指标值 预算目标值 应完成值 计划数值 三级指标值 年初预期值 年度预期值 年初绩效目标值 年初计划值 全年计划值 预期指标"""),
    (Role.TARGET, 1, "目标 年度目标 计划 计划数 年初目标 绩效目标"),
    (Extra.ADJUSTED, 0, "调整后 年中调整"),
    (Role.ACTUAL, 0, """业绩值 实际完成值 全年实际值 全年完成值 完成值 实际完成指标值 单项指标实际完成值 实际值 完成数值 全年实际完成值
    年度实际完成值 年度实际值 实际业绩值 完成指标值 指标完成值 年度完成值 实际完成数 实际完成数值 实际数值 实际完成结果 指标实际完成值
    指标实际值 实际达成值 实现值 实际实现值 达成值 年末完成值 完成数 实际数 绩效值 年度业绩值 全年业绩值 自评完成值 全年完成数
    实际指标值 年度实际指标值 实际绩效值 年末实际值 实际完成"""),
    (Role.ACTUAL, 1, "实际完成情况 全年实际完成情况 实际完成情况值"),
    (Role.COMPLETION, 0, "完成率 完成比例 指标完成率 完成百分比 完成程度 完成比率 目标完成率 实际完成率 年度完成率 指标完成比例 指标值完成率 累计完成率 累计完成比例"),
    (Role.WEIGHT, 0, """分值 权重 指标分值 权重占比 指标权重 满分 标准分 标准分值 权重分 权重分值 分值权重 权重/分值 分值/权重 满分值 权数
    指标满分 配分 设定分值 指标权重分值 权重分数 标准分数 三级指标分值 三级指标权重 分值占比 赋分 赋分值 参考分值"""),
    (Role.SCORE, 0, """得分 指标得分 自评得分 自评分 自评分数 自评分值 单项指标得分 单项得分 实际得分 得分值 评分 评价得分 绩效得分
    实得分 本项得分 最终得分 自评打分 打分 自评评分 单位自评得分 指标自评得分 三级指标得分 自评价得分"""),
    (Role.DEDUCTION, 0, "扣分 扣分值 扣分数 扣分分值 扣减分 扣减分值 扣减分数 指标扣分 自评扣分 自评扣分值 应扣分 应扣分值 实际扣分 实扣分"),
    (Role.DEDUCTION, 1, "扣分情况"),
    (Role.REASON, 0, "扣分理由"),
    (Role.SIGN, 0, """符号 比较符 比较符号 运算符 运算符号 计算符号 计算符 指标性质 指标方向 性质 方向 指标符号 目标值符号 指标值符号
    关系符 关系符号 逻辑符号 正反向 指标正反向 判断符号 比较方式"""),
    (Role.UNIT, 0, "单位 度量单位 计量单位 指标单位 数量单位 指标值单位 目标值单位 指标计量单位"),
    (Role.COMPUTED, 0, "核算得分"),
    (Role.MANUAL, 0, "手工得分"),
    (Role.MANUAL_REASON, 0, "手工得分理由"),
    (Role.EXPLANATION, 0, "评分说明"),
    (Extra.VALUE, 0, "数值 值 内容 年初 年初值 原值 原 年初设定 批复"),
)  # fmt: skip

# What a column of deductions holds instead of a number: how much was taken off.
# Example: 扣2分、扣减0.5分、-2分. Near miss: 每少一次扣1分（评分标准）.
# Source: 按扣分填报的部门自评表.
TAKEN_OFF = regex(r"(?:扣|扣减|扣除)?[-－]?(?P<points>\d+(?:\.\d+)?)分?")

# That nothing was.
# Example: 未扣分、不扣分、无扣分、满分. Near miss: 扣分.
# Source: 按扣分填报的部门自评表.
NOTHING_OFF = regex(r"(?:未|不|无|没有?|没)(?:予)?扣(?:减)?分?|满分|不扣")

# What an indicator means and how its points are given.
# Example: 指标解释、指标说明及评分标准、评价要点. Near miss: 评分说明（本软件的列）、说明、标准分、完成情况说明.
# Source: 公开的部门整体支出绩效评价自评表；预算绩效评价共性指标体系框架的“指标解释”“指标说明”两列.
STANDARD = regex(
    r"(?:(?:三级|绩效)?指标(?:解释|说明|释义|内涵|含义|定义)|(?:指标)?(?:评分|评价|考核|考评|计分|记分|赋分|打分|扣分)(?:标准|细则|办法|方法|规则|要点|依据))"
    r"(?:[及和与、/]*(?:(?:三级|绩效)?指标)?(?:评分|评价|考核|考评|计分|记分|赋分|打分|扣分)?(?:解释|说明|释义|标准|细则|办法|方法|规则|要点|依据))*"
)

# Of these, what says how points are given.
# Example: 评分标准、评价要点. Near miss: 指标解释、指标说明.
# Source: 公开的部门整体支出绩效评价自评表.
GIVES_POINTS = regex(r"标准|细则|办法|方法|规则|要点|依据")

# The vertical caption before a table.
# Example: 绩效指标（竖排在表左）. Near miss: 绩效指标名称.
# Source: 全国样表.
PREFIX_HEADINGS = _words("绩效指标 年度绩效指标 指标 绩效指标完成情况")

# An unknown heading that can only be about results.
# Example: 完成情况说明、实际效果. Near miss: 完成时限.
# Source: 公开自评表.
RESULT_LIKE = regex(r"完成(?:情况|结果|效果)|实际|业绩")

# An unknown heading that cannot be the one of results.
# Example: 数据来源、备注、计算公式. Near miss: 完成情况、达成结果.
# Source: 公开自评表.
NO_RESULT = regex(r"解释|说明|标准|依据|来源|公式|备注|序号|编号|内涵|要点")

# The column of the document that approved an adjustment.
# Example: 调整文号、批复依据. Near miss: 项目编号.
# Source: 绩效目标批复表.
DOCUMENT = regex(r".*文号|(?:目标)?调整(?:批复|审批)?(?:依据|文件)|批复(?:依据|文件)")

# A caption that may open a level.
# Example: 产出指标、决策. Near miss: 本页小结.
# Source: 公开自评表.
LEVEL_LIKE = regex(r"指标|产出|效益|满意|成本|执行|决策|过程")

# The names of level 1.
# Example: 产出指标、社会公众满意度指标. Near miss: 数量指标（二级）.
# Source: 全国样表、决策过程产出效益四级的公开自评表.
LEVEL1 = regex(
    r"(?:成本|产出|效益|效果|(?:服务对象|社会公众)?满意度|投入|过程|决策|管理|预算执行)(?:类|指标|类指标)?"
)

# Words in a column of units that name none.
# Example: 定性（写在计量单位列）. Near miss: 次、项.
# Source: 绩效目标申报表.
NO_UNIT = frozenset({"定性", "文字", "文本", "描述"})

# ------------------------------------------------------------------ funds

# Amounts of the funds table.
# Example: 全年预算数（A）、实际支出. Near miss: 预算执行率得分、资金使用规范性.
# Source: 全国样表、山西附件1、公开自评表.
KINDS = (
    (AmountKind.INITIAL, 0, "年初预算 年初预算数 年初预算资金 年初预算金额 年初预算额 年初批复预算 年初批复预算数 年初预算安排 期初预算数"),
    (AmountKind.FULL_YEAR, 0, """全年预算 全年预算数 全年预算资金 全年预算金额 调整后预算 调整后预算数 调整后预算资金 调整后预算金额
    调整预算 调整预算数 调整后全年预算 调整后全年预算数 全年预算额 调整后数 年度预算调整数"""),
    (AmountKind.FULL_YEAR, 1, "预算数 预算金额 预算资金 预算 预算总额 预算安排数 年度预算 年度预算数"),
    (AmountKind.EXECUTED, 1, "预算执行"),
    (AmountKind.RECEIVED, 0, """实际到位 实际到位资金 实际到位数 实际到位金额 到位资金 资金到位 到位数 到位金额 资金到位数 资金到位金额
    全年到位数 全年到位资金 资金实际到位数 全年实际到位资金 资金到位情况"""),
    (AmountKind.EXECUTED, 0, """全年执行 全年执行数 全年执行资金 全年执行金额 预算执行数 执行数 执行资金 执行金额 实际支出 实际支出数
    实际支出金额 全年支出 全年支出数 支出数 支出金额 实际执行 实际执行数 实际执行资金 实际执行金额 全年实际支出 全年实际支出数
    预算执行金额 预算执行资金 实际使用资金 全年实际执行数 决算数 实际支出资金 年度执行数 年度执行金额 年度支出数"""),
    (AmountKind.BALANCE, 0, "资金结余 结余 结余资金 结余数 结余金额 预算结余 年末结余 资金结余数 剩余资金"),
    (AmountKind.FUNDING_RATE, 0, "预算到位率 资金到位率 到位率 预算资金到位率"),
    (AmountKind.EXECUTION_RATE, 0, "预算执行率 执行率 资金执行率 全年执行率 预算资金执行率 预算完成率"),
)  # fmt: skip

# Where the money comes from; in the form of a whole department also what it is spent for.
# Example: 当年财政拨款、上年结转资金、基本支出. Near miss: 资金支出合规率.
# Source: 全国样表、山西附件1、公开自评表.
SOURCES = (
    (Source.TOTAL, """年度总金额 年度资金总额 资金总额 合计 总额 项目资金总额 总金额 总计 年度总额 年度金额 项目总金额 年度预算总额 总量
    预算资金总额 年度资金合计 资金合计 金额合计 金额 资金总计 年度项目资金总额 全年资金总额 年度财政资金总额 财政资金总额
    年度支出总额 支出总额 年度支出合计 支出合计 总支出 年度总支出 部门支出总额 部门预算支出 部门整体支出 整体支出 年度预算支出总额"""),
    (Source.FISCAL, """小计 财政资金 财政拨款 当年财政拨款 本年财政拨款 一般公共预算 一般公共预算拨款 一般公共预算资金 一般公共预算财政拨款
    财政资金小计 财政性资金 本年财政资金 当年财政资金 财政拨款资金 财政拨款小计 财政拨款收入 年度财政拨款 当年财政资金拨款 政府预算资金"""),
    (Source.CARRIED_OVER, "上年结转 上年结转资金 上年结转结余 上年结转和结余 上年结转结余资金 以前年度结转 以前年度结转资金 结转资金 上年结转数"),
    (Source.EARMARKED, "财政专户管理资金 财政专户资金 财政专户 专户资金 专户管理资金"),
    (Source.OWN, "单位资金 自有资金 单位自有资金 自筹资金 单位自筹 单位自筹资金"),
    (Source.OTHER, "其他资金 其他 其他来源资金 其他收入 其他来源"),
    (Source.BASIC, "基本支出 基本支出合计 基本支出小计"),
    (Source.PROJECTS, "项目支出 项目支出合计 项目支出小计"),
    (Source.OTHER_SPENDING, "其他支出 经营支出 事业单位经营支出"),
)  # fmt: skip

# Levels of government as sources.
# Example: 中央补助、省级财政资金、县区级、盟市级、旗县（市、区）级、地（州、市）级资金、省本级. Near miss: 县医院、市场监管、地区差异.
# Source: 山西附件1和公开自评表的资金来源；内蒙古的盟、旗，新疆、青海、西藏的地、州、师.
GOVERNMENT = regex(
    r"^(?:(?P<central>中央)|(?P<provincial>省|自治区|省市区)|(?P<city>市|州市|地市|市州|地州市?|地市州|州|自治州|盟市?|地区|地(?=级)|师市?)"
    r"|(?P<county>县区|区县|县市区|县市|旗县(?:市区|区)?|县|区|旗))"
    r"(?P<level>本?级)?(?:财政|预算|补助|配套|拨款|专项|资金)*$"
)

# What opens the parts of a sum.
# Example: 其中：财政拨款. Near miss: 其他资金.
# Source: 全国样表.
OF_WHICH = regex(r"^其中[:、,\-—]*")

# Headings of the points of the execution in a funds block.
# Example: 分值、标准分. Near miss: 得分.
# Source: 全国样表的资金行.
POINTS = _words("分值 权重 权重分值 指标分值 满分 标准分 权重占比")

# Headings of its score.
# Example: 得分、自评得分. Near miss: 分值.
# Source: 全国样表的资金行.
SCORES = _words("得分 指标得分 自评得分 自评分 实际得分 单项得分")

# What may stand before them.
# Example: 执行率权重、预算执行率得分. Near miss: 权重、得分.
# Source: 公开自评表的资金行.
OF_EXECUTION = regex(r"^(?:预算|资金)?执行率?(?=.)")

# Values behind 单位 that are no 实施单位.
# Example: 单位：万元. Near miss: 实施单位：公路站.
# Source: 公开自评表表头.
MONEY_UNITS = frozenset({"元", "千元", "万元", "亿元", "人民币元", "人民币万元"})  # 单位：万元 is no 实施单位

# ------------------------------------------------------------------ head, totals, foot

# Fields of the head of one table.
# Example: 项目名称、主管部门及代码、部门（部门整体的表）. Near miss: 项目资金、部门预算.
# Source: 全国样表、山西附件1、公开自评表.
HEAD = (
    ("name", 0, "项目名称 项目支出名称 专项名称 专项资金名称 项目名 项目名称及编码 项目名称及代码 一级项目名称"),
    ("name", 0, "转移支付名称 转移支付项目名称 转移支付资金名称 专项转移支付名称 转移支付"),
    ("name", 1, "二级项目名称 项目 评价项目 支出名称 资金名称 支出项目名称 资金项目名称 项目资金名称 政策名称"),
    ("code", 0, "项目编码 项目代码 项目编号"),
    ("department", 0, "主管部门 预算主管部门 主管部门及代码 主管部门名称 主管单位 部门名称 业务主管部门 预算部门 预算部门名称"),
    ("department", 0, "项目主管部门 预算部门及代码 预算部门、单位名称 部门、单位名称 部门单位名称 部门及单位名称 部门或单位名称"),
    ("department", 2, "部门"),
    ("unit", 0, "实施单位 项目单位 项目实施单位 项目承担单位 资金使用单位 项目执行单位 项目建设单位 项目负责单位 具体实施单位"),
    ("unit", 1, "预算单位 填报单位 单位名称 预算单位名称 自评单位 申报单位 编制单位 填表单位 评价单位 实施单位名称"),
    ("unit", 2, "单位"),
    ("year", 0, "年度 评价年度 预算年度 自评年度 所属年度 项目年度 绩效年度"),
)  # fmt: skip

# 主管部门 of a level of government: of several the one nearest to the unit is meant.
# Example: 地方主管部门、县级主管部门、省级业务主管部门、中央主管部门、省级预算部门（单位）名称. Near miss: 主管部门意见、非主管部门、县级预算单位.
# Source: 转移支付绩效自评表、公开自评表表头.
DEPARTMENT_OF = regex(
    r"(?:(?P<nearest>地方|本级|县区?|区县?|县市区?|市县|旗县?|乡镇?|镇)|(?P<city>市州?|州市?|地市|盟)"
    r"|(?P<provincial>省|自治区|省市区)|(?P<central>中央|国家))(?:级|直)?(?:(?:项目|业务|预算|行业)?主管(?:部门|单位)|预算部门)(?:名称)?(?:及代码)?"
)

# What else stands in the rows of the head: labels that ask for something that is no field of it.
# Example: 联系人、项目负责人、填报日期、项目类别、是否公开. Near miss: 负责人培训、电话费、时间服务中心.
# Source: 北京、湖南、云南等地公开自评表的表头.
BESIDE_HEAD = regex(
    r"(?:填报|填表|制表|经办|审核|复核|联系|财务)人(?:员)?|(?:项目|单位|部门|财务|分管)?(?:负责人|领导)(?:签[字章名])?"
    r"|(?:填报|填表|自评|评价|编制|上报)?(?:日期|时间)|(?:项目)?(?:起止|实施|执行)(?:时间|日期|期限?|年限)"
    r"|(?:项目|资金|预算|支出)(?:类别|类型|分类|属性|性质|级次|级别|周期|期限|地点|概况|来源|用途)|是否[^，。,]{1,10}|备注|邮编|传真|地址"
)

# Labels of the name that only a transfer has.
# Example: 转移支付名称、专项转移支付项目名称. Near miss: 项目名称、专项名称.
# Source: 财政部转移支付绩效自评表.
TRANSFER_NAME = regex(r"(?:专项)?转移支付(?:项目|资金)?名称")

# The total row of a table.
# Example: 总分、自评得分合计. Near miss: 产出指标小计.
# Source: 全国样表、公开自评表.
TOTALS = _words("""总分 合计 总计 总得分 自评总分 自评总得分 得分合计 合计得分 总评分 综合得分 总分值 项目总分 自评得分合计 绩效自评总分 自评得分 评价得分
        最终得分 总分合计 自评分合计 绩效自评得分 自评分数合计 合计分值 总体得分 总合计 评价总分 得分总计""")

# Of these, words that alone beside a table state no total.
# Example: 合计. Near miss: 总分.
# Source: 公开自评表，资金表里也有合计.
LOOSE_TOTALS = _words("合计 总计 总合计")

# The label of the grade.
# Example: 自评等级、评价等次. Near miss: 等级医院数量.
# Source: 山西附件1、公开自评表.
GRADES = _words(
    "自评等级 评价等级 绩效等级 等级 评价等次 自评等次 等次 绩效评价等级 自评结果等级 评定等级 评价级别 绩效自评等级 绩效等次 总体等级 考核等级"
)

# A grade that stands alone behind the total.
# Example: 优、（良好）. Near miss: 优化管理（总分行的备注）.
# Source: 云南各单位公开的项目支出绩效自评表，总分行末格.
GRADE_ALONE = regex(r"[(（]?(?:优秀?|良好?|中等?|合格|不合格|及格|较?差)[)）]?")

# A subtotal inside a table.
# Example: 产出指标小计、效益指标得分合计. Near miss: 培训合计人数、合计金额.
# Source: 公开自评表.
SUBTOTAL = regex(
    r"^(?:.*(?:指标|产出|效益|满意度|成本|预算执行|决策|过程|管理|投入|数量|质量|时效))?(?:得分|分值|分数)?(?:小计|合计)$"
)

# What follows a table: signatures, notes, analysis.
# Example: 填报人、存在的问题、注：. Near miss: 日期（天）达标率、说明书数量.
# Source: 全国样表和公开自评表的表尾.
FOOT = regex(
    r"^(?:(?:填报|填表|审核|复核|经办|评价|制表)(?:人|日期|时间)|(?:项目|单位|部门|财务)?(?:分管)?(?:负责人|领导)|联系(?:电话|人)|日期$|注(?:[:：.0-9一]|$)"
    r"|(?:填表|填报|其他|有关)?说明(?:[:：]|$)|备注|评价结论|自评结论|存在的?(?:主要)?问题|(?:下一步)?改进(?:措施|建议)|下一步"
    r"|项目绩效分析|绩效分析|自评结果(?:分析|应用)|(?:项目)?主要经验|项目(?:实施|管理)(?:和|中)|(?:项目)?(?:产出|效益|满意度|预算执行)(?:情况)?(?:及|和)?分析"
    r"|附件\d|其他需要说明|单位(?:公章|盖章)|总体(?:评价|结论)|进一步加强项目管理|(?:绩效)?自评(?:相关资料|结果拟?公开))"
)

# Titles of tables of their own.
# Example: 项目支出绩效自评表、绩效目标申报表. Near miss: 资金表、满意度调查表.
# Source: 全国样表、公开自评表.
TITLE = regex(r"(?:自评表|自评报告表|绩效目标表|目标申报表|评价表|自评情况表|绩效表)")

# Titles of the self-evaluation of a whole department, without blanks.
# Example: 部门整体支出绩效自评表、部门(单位)整体绩效自评表、某局整体支出自评表. Near miss: 项目支出绩效自评表、项目整体绩效表.
# Source: 各地公开的部门整体支出绩效自评表.
DEPARTMENT_TITLE = regex(r"(?:部门|单位)\)?(?:预算)?整体|整体支出")

# Titles of that of a transfer.
# Example: 中央对地方转移支付绩效自评表、转移支付区域绩效目标自评表. Near miss: 项目支出绩效自评表.
# Source: 财政部转移支付绩效自评表.
TRANSFER_TITLE = regex(r"转移支付")

# Titles of tables that are no self-evaluation, by what they are.
# Example: 项目支出绩效运行监控表、绩效目标申报表、绩效目标审批表、自评结果汇总表. Near miss: 绩效目标自评表、绩效目标完成情况表、环境监测表.
# Source: 各地公开的绩效监控、目标申报、审批和汇总表.
OTHER_TABLES = regex(
    r"^(?!.*(?:自评|评价|完成情况)).*(?:(?P<monitoring>监控).*表|(?P<approval>(?:绩效|目标).*(?:审批|批复|审核)表)"
    r"|(?P<targets>(?:绩效|目标).*(?:申报|填报|申请|备案)表|绩效目标表))$|(?P<summary>(?:汇总|一览)表)$"
)

# The title of a letter between offices.
# Example: 关于报送2025年度绩效自评材料的函、关于开展绩效自评工作的通知. Near miss: 关于农村公路养护项目绩效自评的报告、关于印发办法的通知如下.
# Source: 党政机关公文处理工作条例；各单位随自评表报送的公文.
LETTER_TITLE = regex(r"^.{0,30}关于.{2,80}的(?:复?函|通知|请示|批复|通报|公告)$", holds=("关于",))

# What only a form of evaluation says: a workbook without a table that shows it may be a form that we do not understand.
# Example: 三级指标、自评得分、分值、权重、绩效目标. Near miss: 项目进度表、补助金额、满意度、合计.
# Source: 全国样表、公开自评表的表头；花名册、凭证、合同清单等佐证材料没有这些词.
FORM_SIGN = regex(r"指[标標]|得分|分值|[权權]重|自[评評]|[绩績]效")

# A caption that says the table goes on.
# Example: 续表、第2页. Near miss: 附表、其他说明.
# Source: 公开自评表跨页处.
CONTINUED = regex(r"续表?|第\d+页")

# What is signed by hand.
# Example: 填报人、单位负责人、填表日期. Near miss: 联系人、完成日期.
# Source: 全国样表和公开自评表的表尾.
SIGNATURE = regex(
    r"(?:填报|填表|制表|经办)人|(?:项目|单位|部门|财务)?负责人|(?:填报|填表)?日期|(?:填报|填表)时间"
)

# A label whose place is stamped.
# Example: 盖章、公章. Near miss: 全称.
# Source: 公开自评表.
STAMP = regex(r"章")

# A title or caption that leaves the year open.
# Example: (    年度)、20  年度项目支出绩效自评表、(XX年度). Near miss: (2023年度)、年度绩效目标.
# Source: 全国样表.
BLANK_YEAR = regex(
    r"^[（(]\s*(?:20)?[\s_＿×Xx*]*年度?\s*[)）]$|^(?:20[\s_＿×Xx*]{0,4}|[_＿×Xx*]{1,4}|[（(]\s*(?:20)?[\s_＿×Xx*]*年度?\s*[)）])\s*(?:年度)?.{0,10}自评表"
)

# ------------------------------------------------------------------ texts

# The goal of the year in words; a title without 年度 says it less surely.
# Example: 年度绩效目标、总体目标. Near miss: 目标值、实施期目标.
# Source: 绩效目标申报表.
YEAR_GOAL = regex(
    r"(?:20\d\d年?|本|当)?(?:项目)?(?P<year>年度)?(?:项目)?(?:总体|整体|总)?(?:绩效)?(?:总体|总)?目标(?:情况|内容|描述)?"
)

# The goal of the whole period.
# Example: 实施期绩效目标、中长期目标. Near miss: 年度目标.
# Source: 绩效目标申报表.
LONGER_GOAL = regex(r"(?:项目)?(?:实施期|中期|长期|中长期)(?:总体|总)?(?:绩效)?目标")

# The goal as expected.
# Example: 年初设定目标、预期目标. Near miss: 预期目标值.
# Source: 全国样表.
EXPECTED_GOAL = regex(r"(?:年度|年初)?(?:预期|设定|批复)(?:总体)?(?:绩效)?目标")

# The title of a goal of any kind.
# Example: 年度总体目标、预期目标. Near miss: 目标值.
# Source: 全国样表、山西附件1.
GOAL_TITLE = regex(
    r"(?:20\d\d年?|本年?|当年?|全年|年度|年初|项目|实施期|中长期|长期|中期|预期|设定|批复|总体|整体|绩效)+(?:总体|总)?目标(?:情况|内容|描述)?"
)

# The title of what was done.
# Example: 实际完成情况、年度总体目标完成情况. Near miss: 完成率.
# Source: 全国样表、山西附件1.
ACHIEVED = regex(
    r"(?:20\d\d年?|本年?|当年?|全年|年度|年初|项目|预期|总体|整体|绩效|目标)*(?:实际)?完成(?:情况|结果|内容)"
)

# Titles of analysis.
# Example: 预算执行情况分析、存在的问题、立项依据、项目实施内容及过程概述. Near miss: 偏差原因分析、扣分原因分析（指标表的列）.
# Source: 山西附件1和公开自评表的文字部分，四川的项目支出绩效自评表.
ANALYSIS = regex(
    r"(?!偏差|扣分|填[表报]|指标)[^\d,。]{0,16}(?:情况及?分析|原因分析|结果分析|做法|结论|评价结果|概况|概述|必要性|立项依据|立项背景|"
    r"措施与制度|实施计划|用途及目的|执行情况|开展情况|存在的?(?:主要)?问题|改进措施|建议|其他需要说明的?(?:问题|情况|事项)?)"
    r"(?:及|和|与)?[^\d,。]{0,8}"
)

# What states the result of the evaluation.
# Example: 自评总分90分、自评结果为良. Near miss: 满意度得分.
# Source: 公开自评表的文字部分.
STATES_RESULT = regex(r"(?:总得分|总分|评分结果|自评(?:价)?(?:得分|结果|等级))")

# What opens a note on how to fill in the form.
# Example: 注：、填报说明. Near miss: 说到底（以说字开头的句子）.
# Source: 公开自评表表尾.
NOTE = regex(r"^(?:注|备注|说明|填[表报]|提示)")
