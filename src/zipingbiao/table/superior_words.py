"""Words of a form in which a superior wants the results of many projects: 上级的汇总表."""

from __future__ import annotations

from zipingbiao.values.regex import regex

# What a column asks for.
# Example: 预算部门、项目单位、自评结论、编码、名称、资金级次. Near miss: 部门编码、复核得分、项目总金额、业务处室、资金性质.
# Source: 几省通用系统的自评复核列表、部门项目自评列表；高校项目绩效自评汇总表；公开的自评结果汇总表.
SUPERIOR = (
    ("number", 0, "序号 序 顺序号 行号 No"),
    ("name", 0, "项目名称 项目支出名称 二级项目名称 专项名称 专项资金名称 预算项目名称 项目名 名称"),
    ("name", 1, "项目 评价项目 自评项目 预算项目 二级项目 资金名称"),
    ("name", 0, "转移支付名称 转移支付项目名称 专项转移支付名称 转移支付资金名称"),
    ("code", 0, "项目编码 项目代码 项目编号 预算项目编码 预算项目代码 二级项目编码"),
    ("code", 1, "编码 代码"),
    ("department", 0, "主管部门 主管部门名称 预算主管部门 业务主管部门 项目主管部门 主管单位 预算部门 部门名称 部门"),
    ("unit", 0, "实施单位 项目单位 项目实施单位 预算单位 单位名称 项目承担单位 资金使用单位 项目执行单位 预算单位名称 实施单位名称"),
    ("unit", 1, "填报单位 自评单位 申报单位 单位 归口单位"),
    ("levels", 0, "资金级次 资金级别 资金层级 资金来源级次 资金来源层级 财政级次"),
    ("year", 0, "年度 预算年度 自评年度 评价年度 年份"),
    ("rate", 0, "支出进度 预算支出进度 执行进度 预算执行进度 资金支出进度"),
    ("score", 0, "自评得分 自评总分 自评分 总分 总得分 自评总得分 绩效自评得分 绩效自评总分 自评分数 项目自评得分 综合得分 自评结果得分"),
    ("score", 1, "得分 分数 评价得分"),
    ("grade", 0, "自评等级 等级 自评等次 等次 自评结论 自评结果等级 绩效等级 绩效自评等级 评价等级 评价等次"),
    ("grade", 1, "结论 自评结果"),
    ("execution_score", 0, "预算执行得分 预算执行率得分 执行率得分 预算执行情况得分 资金执行得分 预算执行指标得分"),
    ("cost_score", 0, "成本 成本指标 成本得分 成本指标得分"),
    ("output_score", 0, "产出 产出指标 产出得分 产出指标得分"),
    ("benefit_score", 0, "效益 效益指标 效益得分 效益指标得分 效果 效果指标 效果指标得分"),
    ("satisfaction_score", 0, "满意度 满意度指标 满意度得分 满意度指标得分 服务对象满意度 服务对象满意度指标 服务对象满意度得分"),
    ("unmet", 0, "未完成指标数 未达标指标数 未完成指标个数"),
    ("reasons", 0, "偏差原因 偏差原因分析 偏差原因分析及改进措施 未完成原因 未完成原因分析 未完成原因及改进措施 扣分原因"),
    ("remark", 0, "备注 备考"),
    ("remark", 1, "说明 备注说明 情况说明"),
)  # fmt: skip

# Words below a heading that mean all of it.
# Example: 合计（年初预算数下）、总分（自评得分下）. Near miss: 财政拨款、其他资金、合计金额.
# Source: 公开的自评结果汇总表.
ALL_OF_IT = regex(r"合计|总计|小计|总额|总分|得分|金额|资金总额")

# Headings whose columns are somebody else's, or another year's.
# Example: 复核情况、财政部门评价、上年度得分、抽查结果. Near miss: 自评情况、项目评价得分.
# Source: 自评复核列表、复核评分表.
OF_OTHERS = regex(r"复核|抽查|复评|审核|财政(?:部门)?评价|第三方|重点评价|上年|上一年|以前年度")

# A row of a form that adds up all others.
# Example: 合计、总计、全县合计. Near miss: 资金合计数、合计金额最大的项目.
# Source: 公开的自评结果汇总表.
SUPERIOR_TOTAL = regex(r"[\u4e00-\u9fff]{0,6}(?:合计|总计|共计)")

# What stands below the headings to number the columns.
# Example: 栏次、1、(3)、7=6/5、甲. Near miss: 2025、一.
# Source: 公开的自评结果汇总表.
COLUMN_NUMBER = regex(r"栏次|行次|[甲乙丙丁A-Z]|\(?\d{1,2}\)?(?:=[\d()（）+\-*/×÷]+)?")

# What a form shows only to be understood; nothing of it is anybody's.
# Example: ……、示例、例：道路维修、XX项目、×××. Near miss: 道路养护、1409252100100007919.
# Source: 各地下发的空白汇总表.
SAMPLE = regex(
    r"^[.…·．。]+$|^\(?(?:示例|样例|举例|例[:：如])|[×✕]{2}|[XＸx]{2}|(?:项目|单位|部门)(?:[一二三1-3]|[A-CＡ-Ｃ])$"
    r"|^[(（]?(?:此处|以下|可)?(?:可|请)?(?:自行|根据需要|按需)?(?:增加|添加|插入|增|加)行|^[(（]?以下(?:空白|略)"
)
