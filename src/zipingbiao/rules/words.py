"""The words that rules look for, by what they say.

Each group names an example, a near miss that it must not take for one, and where the words are from:
公开自评表 and 公开自评报告 are what governments publish, 样表 the printed forms.
"""

from __future__ import annotations

from zipingbiao.values.regex import regex

# ------------------------------------------------------------------ reasons

# Words of intent.
# Example: 厉行节约，用好每一笔资金. Near miss: 因雨季停工，工期顺延两个月（有事实）.
# Source: 公开自评表的偏差原因栏.
INTENT = regex(
    r"厉行节约|开源节流|勤俭节约|加强|提高|提升|增强|强化|抓好|做好|抓紧|认真|努力|积极|端正|改进|改善|完善|优化|用好|发挥|确保|保证"
    r"|重视|落实|严格|规范|加大|加快|巩固|再接再厉|精打细算",
    holds="厉开勤加提增强抓做认努积端改完优用发确保重落严规巩再精",
)

# What declarations of intent are filled up with.
# Example: 今后进一步提高工作效率. Near miss: 设备、合同、疫情（说的是事）.
# Source: 公开自评表的偏差原因栏.
FILLING = regex(
    r"今后|以后|下一步|下步|进一步|一步|不断|继续|持续|切实|全面|更加|更大|更好|更高|各项|各方面|各个?环节|方方面面|每一笔|每一分|一切|按时|按期|及时"
    r"|工作|任务|项目|业务|财务|资金|经费|效率|效益|效果|效能|作用|质量|水平|能力|素质|态度|思想|认识|意识|责任心?|理论|知识|政策|学习|管理|监督|监管"
    r"|制度|措施|力度|服务|宣传|组织|领导|协调|沟通|配合|作风|干部|职工|人员|群众|满意度|完工|完成|支出|使用|执行|节约|节支|成本|目标|进度"
    r"|[和与及的地得将要会好我们单位本度,、]"
)

# What is written where nothing deviated; beside lost points it is no reason.
# Example: 无偏差、已按计划完成. Near miss: 已完成招标，尾款次年支付.
# Source: 公开自评表的偏差原因栏.
DENIAL = regex(
    r"(?:无|没有|不存在)(?:明显)?(?:偏差|原因|差异|问题)?|(?:已|经|均|都|全部|全面|圆满|如期|按[时期]|按计划)*(?:完成|达标|达成)(?:目标|任务|指标|计划)*"
    r"|正常|良好|很好|好|合格|(?:已|均)*达到?(?:预期|目标|要求)+|符合(?:预期|目标|要求)?"
)

# Words with which a sentence can repeat a figure without giving a cause.
# Example: 超额完成年度目标任务数. Near miss: 新增两个村纳入服务（有原因）.
# Source: 公开自评表中超额完成的原因.
STOCK = regex(
    r"超额|超过|超出|完成|达到|达成|实现|实际|实有|目标|任务|指标|计划|预期|全年|本年|年度|今年|当年|情况|数量|总共|共计|合计"
    r"|[共计总约已为是了的达有余多率数值年度均全圆满]"
)

# What an answer to a warning says without saying anything; taken away, nothing is left of it.
# Example: 已核实、情况属实、同上、无. Near miss: 已核实，19.27万元为合同价（说了依据）.
# Source: 校验结果的核实说明栏.
HOLLOW = regex(
    r"同[上前意]|[见如]上|以上|上述|所[填述]|情况|如此|事项|数据|数字|金额|内容|填[报写列]?|实际|确实|如实|属实|真实|有效|准确|正确|一致|相符|为准|以此|特此"
    r"|核[实对查准]|复核|审核|检查|确认|查看|了解|知[悉道晓]|收到|说明|解释|整改|修改|更正|改正|处理"
    r"|无误|没错|问题|异议|错误?|差错|不[适涉][用及]|不?需要?|不存在|暂|待|正在|再次|重新|认真|我?单位|本单位"
    r"|[已经均都无没有是对好行可阅的了过与将本我]"
)


# Work that is not done.
# Example: 部分路段尚未整改、工程进度滞后、未按期完工. Near miss: 未完成率为0、不滞后、按期完成.
# Source: 公开自评表的偏差原因栏.
UNDONE = regex(
    r"(?:未能?|没有?能?|没能)(?:全部|全面|完全|按[时期]|按计划|如期|及时|达到预期)*(?:完成|完工|竣工|达到|达标|实现|通过|落实|开展|实施|启动|验收|交付|投入使用)(?!率)"
    r"|尚未|还未|(?<![不未无])滞后",
    holds=("未", "没", "滞后"),
)

# The clause denies it.
# Example: 无未完成事项、没有出现进度滞后、未完成事项0个. Near miss: 无法按期开工，尚未完成.
# Source: 公开自评表的偏差原因栏.
NONE_UNDONE = regex(
    r"(?:^|[^有])(?:无|没有|不存在|未出现|未发生|未发现|杜绝|避免)(?!法|力|故)[^,;。]{0,6}(?:未|滞后)|(?:未|滞后)[^,;。]{0,8}(?:为|是)?(?:0|零|无)(?![\d.])"
)

# The clause is about money, another year or the setting of the target, not about the work of the year.
# Example: 质保金尚未支付、上年未完成的部分、申报时尚未确定. Near miss: 资金项目尚未完工、设备尚未到位（说的是事）.
# Source: 公开自评表的偏差原因栏.
NOT_THE_WORK = regex(
    r"质保金|保证金|[尾余欠]款|支付|付款|付清|拨付|拨款|结算|到期|报销|(?:款|资金|经费)[^,;。]{0,6}(?:到位|下达)|上年|去年|上一?年度|往年|以前年度|历年"
    r"|(?:年初|申报|编制|设定|设置|制定|立项|测算|预算)[^,;。]{0,6}(?:尚未|还未)"
)

# What was behind has been made up for.
# Example: 一度滞后，年底前全部完成. Near miss: 尚未全部完成.
# Source: 公开自评表的偏差原因栏.
MADE_UP = regex(
    r"(?:已|最终|(?<![未能])(?:全部|均))[^,;。未]{0,8}(?:完成|完工|竣工|整改|达到|达标|实现|通过|交付|投入使用)|赶上|追回|补齐"
)

# It is still to come.
# Example: 计划次年3月全部完成. Near miss: 已按计划完成.
# Source: 公开自评表的偏差原因栏.
TO_COME = regex(r"次年|明年|下一?年|下一步|今后|预计|(?<!按)计划|[将拟]|力争|争取|确保")

# ------------------------------------------------------------------ indicators

# A share of a whole, which nothing can make larger than 100 %.
# Example: 群众满意度、验收合格率. Near miss: 任务完成率、收入增长率、设备利用率（可以超过100%）.
# Source: 公开自评表的质量指标和满意度指标.
SHARE = tuple(
    what + end
    for end in "率度"
    for what in "满意 合格 达标 覆盖 及时 准确 正确 准时 完好 完整 成活 知晓 发放 接种 签约 入学 巩固 合规 规范 优良 优秀 受理 办结 整改 参与".split()  # noqa: SIM905 - one glance
)

# Named like such a share, but by its definition how far off something is.
# Example: 预算编制准确率（其他收入决算数÷预算数×100%－100%，≤20%得满分）. Near miss: 核查准确率.
# Source: 陕西的部门整体支出绩效自评表.
DEVIATION = regex(r"预算编制准确率")

# An effect of which nobody can say a percentage: things get better, but not a share or rate of anything.
# Example: 社会效益明显、促进经济发展、受益群众生活水平提高. Near miss: 提高就业率、受益人口占比、政策知晓度.
# Source: 2026年某区复核自评表的问题清单，多数项目有“社会效益明显≥95%”一类的指标.
EFFECT = regex(
    r"^(?!.*(?:率|(?<!程)度|比例?|占比|比重|百分[比数]|增幅|增速|系数|指数|[人户次]数|数量|面积|金额|收入|产值|产量)$)(?:"
    r"(?:有效|进一步|持续|不断|逐步|切实|显著|明显)*(?:提高|提升|改善|增强|促进|推动|保障|优化|缓解|营造|带动|巩固|维护|助力|是否)"
    r"|.*(?:效益|效果|成效|影响|作用|水平|能力|意识|环境|面貌|形象|条件|质量)(?:的|力|程度|情况)?(?:得到|有|进一步|持续|不断|逐步)*"
    r"(?:有效|显著|明显)?(?:提高|提升|改善|增强|优化|改进|良好|较好|明显|显著|突出)?$)"
)

# Indicators whose name says under which 二级指标 they belong: the end of the name, the levels where it
# does not belong, and where it does.
# Example: 验收合格率在数量指标下. Near miss: 完成率、及时性在质量指标下（各地写法不一）.
# Source: 2026年某区复核自评表的规则：三级指标与二级指标不合的不得分；公开自评表.
ELSEWHERE = (
    (regex(r"合格率$"), regex(r"数量"), "质量指标"),
    (regex(r"及时率$"), regex(r"质量|效益|影响"), "时效指标"),
    (
        regex(r"满意[度率]$"),
        regex(r"数量|质量|时效|成本|(?:经济|社会|生态|环境)效益|可持续影响"),
        "满意度指标",
    ),
)

# Money that people are paid: more is better, whatever level it stands in.
# Example: 生活补助标准、救助金额. Near miss: 设备采购单价.
# Source: 公开自评表的成本指标，发给个人的按不低于标准填写.
PAID_TO_PEOPLE = regex(r"补助|补贴|津贴|奖|工资|薪|救助|资助|救济|保障|标准|待遇|抚恤|养老|低保")

# An indicator that measures the spending again.
# Example: 预算执行率、资金支付进度. Near miss: 资金支出合规率、项目完成率.
# Source: 公开自评表中与预算执行率重复的三级指标.
EXECUTION_AGAIN = regex(
    r"(?:预算|资金|经费)(?:总)?(?:执行|支付|支出)(?:完成)?(?:率|进度)", holds=("执行", "支付", "支出")
)

# What one head, household or 亩 costs.
# Example: 每人补助金额、户均标准. Near miss: 补助总额.
# Source: 公开自评表的成本指标.
STANDARD = regex(r"每[人户亩]|[人户亩]均|标准|单价", holds=("每", "均", "标准", "单价"))

# Money that is still to be paid.
# Example: 质保金尚未到期、尾款待支付. Near miss: 招标节约资金.
# Source: 公开自评表中成本低于目标的原因.
UNPAID = regex(
    r"质保金|保证金|尾款|余款|欠款|[未没](?:有|能|及时)?(?:支付|付款|付清|结算|拨付|到期)|[待再](?:支付|付款|结算)",
    holds=("保", "款", "付", "算", "拨", "到期"),
)

# What shows how satisfied people are.
# Example: 满意度问卷、电话回访记录. Near miss: 验收报告、付款凭证.
# Source: 自评工作通知要求的佐证材料.
PROOF = regex(r"满意|问卷|调查|测评|回访|评议|访谈")

# ------------------------------------------------------------------ texts

# A goal beyond the year.
# Example: 项目实施期绩效目标、中期目标. Near miss: 年度绩效目标.
# Source: 山西附件1和绩效目标申报表的栏目名.
PERIOD = regex(r"实施期|中期|长期")

# The title of what was done.
# Example: 实际完成情况、总体目标完成情况. Near miss: 完成情况分析、目标内容.
# Source: 全国样表和山西附件1的栏目名.
RESULT_TITLE = regex(r"完成(?:情况|结果|内容)$")

# A title that names goals and speaks of how far they were reached.
# Example: 绩效目标完成情况分析、绩效目标实现情况. Near miss: 绩效目标分解下达情况、年度绩效目标.
# Source: 公开的转移支付自评报告和专项资金自评报告.
REACHED = regex(r"(?:完成|实现|达成)(?:情况|程度)")

# The title of grounds, plans or measures.
# Example: 立项依据、下一步改进措施. Near miss: 项目实施情况.
# Source: 自评报告的章节名.
PLAN = regex(r"依据|背景|计划|必要性|措施|建议|问题|制度")

# Why money is left.
# Example: 支出进度慢、质保金未支付. Near miss: 资金使用规范.
# Source: 公开自评表和自评报告中结余的原因.
MONEY_LEFT = regex(
    r"执行(?:率|进度)|支出进度|结余|结转|[未没](?:有|能)?(?:全部|及时|完全)?(?:支付|拨付|支出|下达|到位)|质保金|尾款|收回|招标节约|节约资金"
)

# A project that goes on from another year.
# Example: 2020年续建工程、上年结转项目. Near miss: 2020年新建工程.
# Source: 公开自评表的项目名称.
CARRIED_ON = regex(r"结转|续建|跨年|尾款|质保金")

# The forms' own prompts.
# Example: 100字以内、请简要说明. Near miss: 按填报说明完成了录入（在句子中间）.
# Source: 全国样表、山西附件1和绩效目标申报表的填写提示.
GUIDE = regex(
    r"\d+字(?:以内|以上|左右|之内)|不(?:超过|少于)\d+字|^请?对照[^。]{0,8}目标,?(?:逐项)?说明|^\(?请?(?:在此|此处|在这里)填"
    r"|^\(?请(?:简要|如实|逐项|逐条|按照?[^,。]{1,10})?(?:填写|填报|填列|选择|输入|说明)|^\(?填[写报](?:说明|要求|示例)",
    holds="字填请说",
)

# One of them stands in each of these prompts.
# Example: 请填写. Near miss: 已完成.
# Source: 见上一组.
MAY_GUIDE = regex(r"[字填请说]")  # one of them stands in each of these prompts

# A text of one's own may mention such words; a prompt begins or ends with them.
# Example: 请对照年度目标逐项说明. Near miss: 项目组请专家填报了指标.
# Source: 见上一组.
PROMPT = regex(r"^[(\[【]?(?:请|对照|填|此处|在)|字(?:以内|以上|左右|之内)?[)\]】。]*$")

# How a unit calls itself, and the words of which its name then has one.
# Example: 我局、本馆（表头是中学）. Near miss: 我会认真总结（会不是单位）.
# Source: 公开自评报告的自称，机关、事业单位和乡镇的名称结尾.
BODIES = {
    "局": "局", "馆": "馆", "院": "院", "校": "学|校|幼儿园", "委": "委", "厅": "厅", "镇": "镇|街道", "乡": "乡|街道",
    "中心": "中心", "大队": "队", "支队": "队",
}  # fmt: skip

# How the name of a unit ends.
# Example: 县档案馆、某镇人民政府. Near miss: 县农机推广（名称不完整）.
# Source: 同上.
UNIT_ENDINGS = regex(r"(?:局|馆|院|学|校|委|会|厅|政府|中心|队|办|办公室|部|所|站|园|街道)$")

# Words that projects of any kind share; what is left tells one project from another.
# Example: 建设、专项资金. Near miss: 档案、校园（各项目不同）.
# Source: 公开自评表的项目名称.
COMMON = regex(
    r"项目|建设|工程|工作|专项|资金|经费|补助|管理|服务|运行|维护|支出|费用?|20\d\d|年度?|[省市县区乡镇]级?"
)

# What a title says of projects of any kind.
# Example: 部门预算项目、财政支出项目. Near miss: 档案整理项目、校园安防项目.
# Source: 公开自评报告的标题.
ANY_PROJECT = regex(r"(?:部门|单位|预算|财政|本级|重点|支出|资金)+项目$")

# The region, and what is a government as a whole, before the name of a unit.
# Example: 大宁县教育局、某市人民政府. Near miss: 档案馆、融媒体中心.
# Source: 公开自评报告的标题.
REGION = regex(r"^[^局馆院校委会厅中]{1,8}?[省市县区旗乡镇](?:人民政府)?")

# How a text speaks of its own project.
# Example: 本项目、上述3个项目. Near miss: 校园安防项目.
# Source: 公开自评报告.
THIS_PROJECT = regex(r"^(?:本|该|此|我|各|全部|所有|上述|以上|涉及|多个|[\d一二三四五六七八九十]+个|项目)")

# Grades as texts say them.
# Example: 优秀、较差. Near miss: 优化、中期.
# Source: 各地样表和自评报告的等级用词.
GRADE_WORDS = "优秀|良好|中等|合格|及格|不合格|较差|优|良|中|差"

# The sentence is about the evaluation.
# Example: 自评总得分. Near miss: 安全检查得分.
# Source: 公开自评报告.
ABOUT_RESULT = regex(r"自评|评价|评分结果|项目总得分")

# The clause is about a part of it, or about another one.
# Example: 产出指标得分、上年自评得分. Near miss: 项目自评得分.
# Source: 公开自评报告.
ABOUT_PART = regex(r"指标|产出|效益|满意度|成本|执行|整体|上年|去年|平均|满分|20\d\d年(?!度)|单项|其他|类")

# What makes a rate a wish, or that of another year.
# Example: 目标满意度、力争达到. Near miss: 调查满意度.
# Source: 公开自评报告和自评表的文字部分.
NOT_A_RESULT = regex(r"目标|预期|要求|计划|力争|确保|上年|去年|原|设定|指标值|20\d\d年(?!度)")

# A number of indicators that is not that of the table at hand: of another year, of other projects, before or after a change.
# Example: 修订后三级指标12个、3个项目共设置指标36个、部门整体支出绩效指标20个. Near miss: 本项目共设置三级指标15个、原因.
# Source: 公开自评报告和部门绩效管理总结.
INDICATORS_OF_OTHERS = regex(
    r"上年|去年|往年|以前年度|原(?!因|则)|修订|调整|变更|修改|其他项目|其它项目|整体支出|部门整体|(?<![本该此])[\d多各每]个?(?:子)?项目|子项目"
    r"|新增|增加|减少|删除|取消|优化|建议|下一步|拟|计划|例如"
)

# That does not count all of them: what was reached, or what was not.
# Example: 完成三级指标12个、未完成指标2个、扣分指标3个. Near miss: 共设置三级指标15个.
# Source: 公开自评报告.
NOT_ALL_INDICATORS = regex(
    r"完成|达成|达标|达到|实现|未|偏差|低于|高于|超|扣分|满分|得分|核心|重点|部分|定[性量]"
)
