"""The words of a written 绩效自评报告: its headings, which are found by words and never by numbers.

As :mod:`zipingbiao.table.words`: a heading is compared without numbering, white space and brackets, as a whole.
山西自评报告 is the report with 附件1, 全国自评报告 the one in five parts.
"""

from __future__ import annotations

import re

# ------------------------------------------------------------------ parts, which hold sections

# What the project is.
# Example: 项目的基本情况、项目支出基本情况、项目基本信息. Near miss: 项目概况、预算执行情况、单位基本情况表.
# Source: 山西自评报告、全国自评报告.
BASICS = re.compile(r"(?:项目)?(?:支出)?的?基本(?:情况|信息)(?:介绍)?")

# Its goals, of the year and of the period.
# Example: 项目绩效目标、绩效目标设定情况. Near miss: 项目年度绩效目标、绩效目标完成情况.
# Source: 山西自评报告.
GOALS = re.compile(r"(?:项目)?(?:总体)?绩效目标(?:及)?(?:设定|设立|设置)?(?:情况)?")

# The part that states the total and has the tables by level.
# Example: 项目绩效情况、绩效自评结果、项目绩效完成情况、综合评价情况及评价结论. Near miss: 项目绩效分析、绩效自评结果及分析、绩效自评结果应用建议.
# Source: 山西自评报告、公开的自评报告.
RESULTS = re.compile(
    r"(?:项目)?(?:支出)?绩效(?:完成|实现)?情况|(?:项目)?(?:绩效)?自评价?(?:总体)?(?:结果|结论)"
    r"|(?:综合|总体)评价(?:情况|结果)?[及和与]?(?:评价)?结论"
)

# The part that analyses the result.
# Example: 项目绩效分析、绩效分析情况、绩效评价指标分析. Near miss: 产出情况及分析、绩效自评结果及分析.
# Source: 山西自评报告.
ANALYSES = re.compile(r"(?:项目)?(?:支出)?绩效(?:评价|自评)?(?:指标)?(?:情况)?的?分析(?:情况)?")

# What the table of funds stands under.
# Example: 预算执行情况、资金预算执行情况. Near miss: 项目实施和预算执行情况及分析、资金预算和执行情况.
# Source: 山西自评报告.
EXECUTION = re.compile(r"(?:项目)?(?:资金)?预算(?:资金)?执行(?:完成)?(?:情况)?")

# What the tables of outputs, benefits and satisfaction stand under.
# Example: 项目产出情况、产出指标完成情况. Near miss: 产出情况及分析、产出指标.
# Source: 山西自评报告、公开的自评报告.
OUTPUTS = re.compile(r"(?:项目)?产出(?:指标|目标)?(?:的)?(?:完成|实现|达成)?情况")

# Example: 项目效益情况、效益实现情况. Near miss: 效益情况及分析、社会效益指标.
# Source: 山西自评报告、公开的自评报告.
BENEFITS = re.compile(r"(?:项目)?(?:效益|效果)(?:指标|目标)?(?:的)?(?:完成|实现|达成)?情况")

# Example: 项目满意度情况、服务对象满意度情况. Near miss: 满意度情况及分析、群众满意度.
# Source: 山西自评报告、公开的自评报告.
SATISFACTION = re.compile(
    r"(?:项目)?(?:服务对象|社会公众)?满意度(?:指标|目标)?(?:的)?(?:完成|实现|达成)?情况"
)

# ------------------------------------------------------------------ sections, which hold a text

# What the project does.
# Example: 项目概况、项目基本概况、项目简介. Near miss: 项目的基本情况、单位概况.
# Source: 山西自评报告、公开的自评报告.
OVERVIEW = re.compile(r"(?:项目)?的?(?:基本|总体)?(?:概况|简介|概述)(?:及(?:主要)?内容)?")

# Example: 立项依据、项目立项的依据、项目立项背景及依据. Near miss: 立项背景、评价依据.
# Source: 山西自评报告.
GROUNDS = re.compile(r"(?:项目)?(?:立项|设立)的?(?:背景(?:及|和|与))?(?:主要)?依据")

# Example: 设立的必要性、项目立项必要性. Near miss: 立项依据、必要条件.
# Source: 山西自评报告.
NEED = re.compile(r"(?:项目)?(?:设立|立项|实施)的?必要性(?:分析)?")

# Example: 保证项目实施的措施与制度、保障项目实施的制度和措施. Near miss: 整改措施、进一步加强项目管理措施及建议.
# Source: 山西自评报告.
MEASURES = re.compile(
    r"(?:保证|保障|确保)?(?:项目)?(?:顺利)?实施的?(?:措施|制度)[与和及、](?:制度|措施)|(?:保证|保障)(?:制度|措施)[与和及、](?:制度|措施)"
)

# Example: 项目实施计划、项目的实施方案. Near miss: 工作计划、项目实施情况.
# Source: 山西自评报告.
PLAN = re.compile(r"(?:项目)?的?实施(?:计划|方案|进度计划)(?:及进度)?")

# Example: 项目实施期绩效目标、实施期目标、中长期绩效目标. Near miss: 项目年度目标、项目绩效目标.
# Source: 山西自评报告.
PERIOD_GOAL = re.compile(r"(?:项目)?(?:实施期|中长期|中期|长期)的?(?:总体)?(?:绩效)?(?:总)?目标")

# Example: 项目年度目标、项目年度绩效目标、年度绩效目标、当年绩效目标. Near miss: 项目实施期绩效目标、年度绩效目标完成情况.
# Source: 山西自评报告.
YEAR_GOAL = re.compile(
    r"(?:项目)?(?:20\d\d年)?(?:年度|当年|本年度?)的?(?:项目)?(?:总体)?(?:绩效)?(?:总)?目标"
)

# Example: 立项背景、项目立项背景. Near miss: 立项依据、项目背景资料.
# Source: 全国自评报告.
BACKGROUND = re.compile(r"(?:项目)?立项的?背景")

# Example: 资金用途及目的、项目资金用途. Near miss: 资金使用情况.
# Source: 全国自评报告.
PURPOSE = re.compile(r"(?:项目)?资金的?(?:主要)?用途(?:[及和与、](?:主要)?目的)?")

# Example: 资金预算和执行情况、项目资金投入和使用情况、项目资金使用情况、预算安排及支出情况. Near miss: 预算安排、预算执行情况、项目实施和预算执行情况及分析.
# Source: 全国自评报告、公开的自评报告.
SPENDING = re.compile(
    r"(?:项目)?资金(?:(?:预算|安排|投入|到位|落实)(?:情况)?[和及与、])?(?:预算)?(?:执行|使用|管理|支出)(?:情况)?"
    r"|(?:项目)?预算(?:资金)?(?:安排|下达|批复)(?:情况)?[和及与、](?:资金)?(?:执行|使用|支出)(?:情况)?"
)

# Example: 绩效自评工作开展情况、绩效评价工作情况、自评工作组织情况. Near miss: 工作开展情况、绩效自评结果.
# Source: 全国自评报告、公开的自评报告.
WORK = re.compile(
    r"(?:项目)?(?:支出)?(?:绩效)?(?:自评|评价|自评价)工作的?(?:开展|组织|组织开展|实施)?(?:情况|过程)"
)

# Example: 项目实施和预算执行情况及分析、预算执行情况分析、项目实施情况分析. Near miss: 预算执行情况、产出情况及分析.
# Source: 山西自评报告、全国样表的项目绩效分析.
EXECUTION_ANALYSIS = re.compile(
    r"(?:项目)?(?:组织)?(?:实施)?(?:情况)?[和及与、]?(?:资金|预算)(?:资金)?(?:预算)?执行(?:情况)?[及和与的]?分析|项目(?:组织)?实施情况[及和与的]?分析"
)

# Example: 产出情况及分析、产出指标完成情况分析. Near miss: 项目产出情况.
# Source: 山西自评报告、公开的自评报告.
OUTPUT_ANALYSIS = re.compile(r"(?:项目)?产出(?:指标|目标)?的?(?:完成|实现|达成)?(?:情况)?[及和与的]?分析")

# Example: 效益情况及分析、项目效益情况及分析、效益指标完成情况分析. Near miss: 项目效益情况.
# Source: 山西自评报告、公开的自评报告.
BENEFIT_ANALYSIS = re.compile(
    r"(?:项目)?(?:效益|效果)(?:指标|目标)?的?(?:完成|实现|达成)?(?:情况)?[及和与的]?分析"
)

# Example: 满意度情况及分析、满意度指标完成情况分析. Near miss: 项目满意度情况.
# Source: 山西自评报告、公开的自评报告.
SATISFACTION_ANALYSIS = re.compile(
    r"(?:项目)?(?:服务对象|社会公众)?满意度(?:指标|目标)?的?(?:完成|实现|达成)?(?:情况)?[及和与的]?分析"
)

# Example: 主要经验做法、项目主要经验及做法、主要做法和经验. Near miss: 做法、主要问题.
# Source: 山西自评报告、全国样表的项目绩效分析.
PRACTICE = re.compile(
    r"(?:项目)?(?:的)?(?:主要)?(?:工作)?(?:经验[及和与、]?做法|做法[及和与、]经验)|(?:项目)?主要经验"
)

# Example: 存在问题及原因分析、项目管理中存在的主要问题及原因分析、存在的问题和原因分析. Near miss: 自评发现的问题及整改措施、偏差原因分析.
# Source: 山西自评报告、全国样表的项目绩效分析.
PROBLEMS = re.compile(
    r"(?:项目)?(?:绩效)?(?:管理|实施|自评|执行)?(?:工作)?(?:过程)?中?存在的?(?:主要)?问题(?:[及和与、](?:其)?(?:主要)?(?:产生)?的?原因(?:分析)?)?"
)

# Example: 进一步加强项目管理措施及建议、下一步改进措施及管理建议、改进措施和建议、有关建议. Near miss: 绩效自评结果应用建议、保证项目实施的措施与制度.
# Source: 山西自评报告、全国样表的项目绩效分析、公开的自评报告.
NEXT_STEPS = re.compile(
    r"(?:进一步)?加强项目(?:绩效)?管理的?(?:措施|意见)(?:[及和与、]建议)?|下一步(?:工作)?(?:的)?(?:改进|整改|打算|计划|工作)+(?:的)?(?:措施|意见|思路)?(?:[及和与、](?:管理)?(?:工作)?建议)?"
    r"|(?:改进|整改)(?:的)?(?:措施|意见)(?:[及和与、](?:管理|有关|相关)?建议)?|(?:有关|相关|意见和)建议"
)

# Example: 绩效自评结果应用建议、自评结果拟应用和公开情况. Near miss: 绩效自评结果及分析.
# Source: 全国自评报告、公开的自评报告.
USE = re.compile(
    r"(?:项目)?(?:绩效)?自评价?结果的?(?:拟)?(?:应用|公开)(?:[及和与、](?:应用|公开))?的?(?:情况|建议|计划|打算)?"
)

# Sections of which no form has a place of its own; each is kept under its own title.
# Example: 绩效自评结果及分析、自评发现的问题及整改措施、偏离绩效目标的原因和下一步改进措施、其他需要说明的问题. Near miss: 存在问题及原因分析、绩效自评结果.
# Source: 全国自评报告、公开的自评报告.
FURTHER = re.compile(
    r"(?:项目)?(?:绩效)?自评价?结果(?:情况)?[及和与的]?分析"
    r"|(?:绩效)?自评(?:中|工作)?中?发现的?(?:主要)?问题(?:[及和与、].{0,10})?"
    r"|(?:项目)?主要(?:经验|做法).{0,8}[、及和与]存在的?(?:主要)?问题.{0,10}"
    r"|(?:偏离|未完成)绩效目标的?原因.{0,14}|其他需要说明的?(?:问题|情况|事项)"
    r"|(?:总体)?绩效目标(?:总体)?完成情况(?:分析)?"
)

# ------------------------------------------------------------------ other places

# The title of a report.
# Example: 2022年度信息化建设项目支出绩效自评报告、绩效自评价报告. Near miss: 项目支出绩效自评表、自评报告提纲要求.
# Source: 山西自评报告、公开的自评报告.
REPORT_TITLE = re.compile(r".*(?:绩效)?(?:自评|评价|自评价)(?:工作)?(?:情况)?(?:的)?报告(?:[(（].*[)）])?$")

# What opens an attachment.
# Example: 附件1.项目支出绩效自评表、附件2、附表1：. Near miss: 附件齐全、见附件1.
# Source: 山西自评报告.
ATTACHMENT = re.compile(
    r"^附[件表]\s*(?:[\d一二三四五六]{1,2}\s*)?(?:[.．、:：\s].*|[^，。；]{0,4}(?:自评表|资料|材料).{0,6})?$"
)

# The attachment that lists the evidence.
# Example: 绩效自评相关资料、佐证材料清单、相关资料目录. Near miss: 资料不全、项目支出绩效自评表.
# Source: 山西自评报告.
EVIDENCE = re.compile(
    r"(?:项目)?(?:支出)?(?:绩效)?(?:自评)?(?:相关|佐证|证明|支撑)(?:佐证)?(?:资料|材料)(?:清单|目录|列表)?"
)

# The sentence that states the total.
# Example: 总得分89.5分、自评得分为96分、综合得分：93.08 分. Near miss: 满意度得分10分、总分值100.
# Source: 山西自评报告、公开的自评报告.
STATES_TOTAL = re.compile(
    r"(?:总得分|总分|综合得分|自评得分|评价得分|最终得分)(?:为|是|:|：|共计?|达到?)*\s*\d{1,3}(?:\.\d+)?\s*分(?!值)"
)

# What stands before the name of the project in that sentence, the name, and what follows.
# Example: 最终评分结果：信息化建设经费项目绩效自评价结果为. Near miss: 总得分94.23分.
# Source: 山西自评报告.
NAMES_PROJECT = re.compile(
    r"(?:^|[:：。；;，,\n])\s*(?P<name>[^:：。；;，,\n]{2,60}?)(?:支出)?绩效自评价?(?:评分)?结果(?:为|是|:|：)"
)
