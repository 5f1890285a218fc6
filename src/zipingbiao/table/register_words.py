"""Words of a list of projects."""

from __future__ import annotations

import re

from zipingbiao.values.regex import regex

# Columns of a list of projects. It says 一级项目 and 预算单位 in another sense than the head of a table:
# there they mean the project and, less surely, the unit.
# Example: 二级项目名称、预算单位、资金级次. Near miss: 联系人、项目资金.
# Source: 预算项目名单.
REGISTER = (
    ("name", 0, "项目名称 项目支出名称 二级项目名称 二级项目 专项名称 专项资金名称 具体项目名称 项目名 预算项目名称 子项目名称"),
    ("name", 1, "项目 评价项目 自评项目 预算项目"),
    ("code", 0, "项目编码 项目代码 项目编号 预算项目编码 预算项目代码 二级项目编码 二级项目代码"),
    ("code", 1, "编码 代码"),
    ("parent", 0, "一级项目 一级项目名称 所属一级项目 上级项目 上级项目名称"),
    ("department", 0, "主管部门 主管部门名称 预算主管部门 业务主管部门 主管单位 部门名称 一级预算单位"),
    ("department", 1, "部门"),
    ("unit", 0, "实施单位 实施单位名称 项目单位 项目实施单位 项目承担单位 预算单位 预算单位名称 单位名称 资金使用单位 二级预算单位 基层预算单位"),
    ("unit", 1, "填报单位 自评单位 申报单位 单位"),
    ("year", 0, "年度 预算年度 自评年度 评价年度 所属年度 项目年度 年份"),
    ("level", 0, "资金级次 资金级别 资金层级 资金来源级次 财政级次 预算级次 级次 资金来源层级"),
    ("category", 0, "项目类别 项目类型 项目分类 支出项目类别 项目支出类别 预算项目类别 预算项目类型"),
    ("also", 0, "曾用名/简称 曾用名、简称 曾用名或简称 曾用名(简称) 曾用名和简称 简称/曾用名 部门曾用名/简称 别名 其他名称"),
    ("also_short", 0, "简称 部门简称 主管部门简称 单位简称 主管单位简称"),
    ("also_former", 0, "曾用名 部门曾用名 主管部门曾用名 原名称 原部门名称 原单位名称"),
    ("unit_also", 0, "实施单位简称 实施单位曾用名 实施单位曾用名/简称 预算单位简称 项目单位简称"),
    ("section", 0, "业务股室 业务科室 业务处室 业务股 对口股室 对口科室 归口股室 归口科室 归口业务股室 主管股室"),
    ("paid", 0, "国库支付数 国库支付金额 国库支付额 国库集中支付数 国库集中支付金额 国库已支付数 国库已支付 国库支付 支付数 累计支付数 国库累计支付数"),
    ("paid", 1, "支付金额 已支付 已支付数 实际支付数"),
    ("secret", 0, "是否涉密 涉密 是否涉密项目 涉密项目 是否为涉密项目 密级"),
    ("public", 0, "是否公开 是否公开项目 公开 是否向社会公开"),
    ("exempt", 0, "免评原因 免评理由 免于自评原因 不评原因 不纳入自评原因 免自评原因 免评 是否免评 是否免自评 是否免于自评 是否免予自评"),
    ("due", 0, "是否需要自评 是否需自评 是否自评 是否应评 是否参评 是否纳入自评 是否开展自评 是否纳入绩效自评 是否开展绩效自评 是否需要绩效自评 是否绩效自评"),
    ("state", 0, "项目状态 状态 项目实施状态 项目变动 项目变动情况 变动情况 项目变动类型 变动类型"),
    ("deadline", 0, "截止日期 报送截止日期 截止时间 报送截止时间 报送期限 报送时限 报送日期 上报截止日期 要求报送日期"),
    ("contact", 0, "联系人 单位联系人 经办人 部门联系人 联系人姓名 填报联系人"),
    ("phone", 0, "电话 联系电话 联系方式 联系人电话 手机 手机号 手机号码 办公电话"),
)  # fmt: skip

# Says in a list of projects that a project is no secret, as does a blank cell.
# Example: 否、不涉密、非涉密、无、×、公开、内部. Near miss: 是、涉密、机密、√.
# Source: 预算项目名单.
REGISTER_NO = regex(r"(?:否|不是|不|非|没有|无|[×✗✕xXnN0]|no|[不非未]涉密|非密|公开|内部)", re.IGNORECASE)

# Says that it is one; so does a word of which nobody knows what it says, which is told.
# Example: 是、涉密、机密、√、秘密★5年. Near miss: 否、待定、不涉密.
# Source: 预算项目名单.
REGISTER_YES = regex(r"(?:是|涉密|[√✓✔yY1]|yes|(?:绝密|机密|秘密).*)", re.IGNORECASE)

# What stands under 免评 and exempts nothing.
# Example: 否、不免评、应评. Near miss: 是、资金不足10万元、项目已取消.
# Source: 预算项目名单.
REGISTER_MUST = frozenset({"否", "不", "×", "不免评", "需自评", "应评"})

# Says under 状态 that a project is no longer one, so that nobody reports it.
# Example: 终止、已终止、取消、项目已取消、撤销、不再实施. Near miss: 正常、新增、已完成、未取消、终止审计.
# Source: 预算项目名单，年中调整的项目.
REGISTER_ENDED = regex(r"^(?:项目)?(?:已经?)?(?:终止|取消|撤销|撤项|不再实施|停止实施|终止实施)(?:项目)?$")

# A row of a list that adds up others.
# Example: 全县合计、小计. Near miss: 合计金额最大的项目建设工程.
# Source: 预算项目名单.
REGISTER_TOTAL = regex(r".{0,20}(?:合计|小计|总计|共计|累计)[数额]?")

# Columns that may stand beside the only known one.
# Example: 序号、备注. Near miss: 指标值.
# Source: 预算项目名单.
REGISTER_BESIDE = frozenset({"序号", "备注", "编号", "说明"})
