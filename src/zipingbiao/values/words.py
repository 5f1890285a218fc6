"""The words of values and units.

Each group names an example, a near miss that it must not take for one, and where the words are from:
全国样表 and 山西附件1 are printed forms, 公开自评表 what governments publish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from zipingbiao.values.regex import regex

# ------------------------------------------------------------------ comparators

# What may stand within 不低于.
# Example: 不得低于、不能超过. Near miss: 不可比.
# Source: 公开自评表的目标值.
MAY = r"(?:得|能|应|可|会)?"

# Words before a number that say which way it is meant.
# Example: 不低于95%、至少3次、不得超过20万元. Near miss: 低保户、最低生活保障人数.
# Source: 公开自评表的目标值和“大于等于、小于等于”的符号列.
COMPARING = {
    "least": rf"大于(?:或|和)?等于|不{MAY}(?:低|少|小)于|不下于|大于|高于|多于|超过|至少|最少|最低",
    "most": rf"小于(?:或|和)?等于|不{MAY}(?:超过|超出|高于|大于|多于)|小于|低于|少于|至多|最多|最高",
    "equal": r"等于",
}

# Words that give way to what stands behind the number: 达到5分钟以内 is at most, 控制在95%以上 at least.
# Example: 达到5分钟以内、控制在95%以上. Near miss: 控制数、达标.
# Source: 公开自评表的目标值.
WEAK = {
    "weak_least": r"达到?(?:预计值|目标值)?|(?:提高|提升|增加|增长|上升)(?:到|至)",
    "weak_most": r"控制在|限于|(?:降低?|下降|减少|压缩|缩短)(?:到|至)",
}

# The direction column: more is better.
# Example: 正向. Near miss: 正常.
# Source: 四川等地的指标性质列.
POSITIVE = {"正向", "正向指标", "越大越好", "正"}

# The direction column: less is better.
# Example: 反向、逆向指标. Near miss: 反馈.
# Source: 四川等地的指标性质列.
NEGATIVE = {"反向", "反向指标", "逆向", "逆向指标", "负向", "负向指标", "越小越好", "反"}

# ------------------------------------------------------------------ no value, or none for sure

# Nothing to say.
# Example: /、—、暂无. Near miss: 无故障、一次.
# Source: 公开自评表中不适用的格；一 is a dash there.
FILLERS = frozenset(
    "/ // \\ - -- --- ---- — —— ——— 一 一一 无 暂无 不适用 不涉及 N/A n/a NA ... ...... 、 _ __ ___".split()  # noqa: SIM905 - one glance
)

# A number that is not meant exactly.
# Example: 约20人、95%左右、20余次. Near miss: 预约20人、余额3万元.
# Source: 公开自评表的业绩值.
APPROXIMATE = regex(
    r"(?<![预节合签契条特公])(?:约|大约|大概|接近|将近)\s*\d|(?<![最附邻新])近\s*\d|≈|左右(?![侧岸两])|上下$|许$"
    r"|\d[^\d,。]{0,2}?(?:多(?![媒功层用样])|余(?![额款热])|几)",
    holds="约概近≈左上许多余几",
)

# Words that say what was not reached.
# Example: 未完成3项、缺2人、不足5次. Near miss: 未成年人20名、误差3%.
# Source: 公开自评表的业绩值.
DENIED = regex(
    r"未(?!成年|来|婚)|没|无法|不足|不到(?!位)|不满(?!意)|(?<![误偏温落级])[差缺欠](?=\s*\d)|剩余?(?=\s*\d)",
    holds="未没无不差缺欠剩",
)

# A change whose base nobody wrote.
# Example: 下降5%、同比增长3%. Near miss: 下降率5%、下降到3%、增长至8%.
# Source: 公开自评表的效益指标.
CHANGE = regex(
    r"超(?:额|出|过?(?:目标|计划|任务|年初))[^\d达到]{0,6}\d"
    r"|(?:下降|降低|减少|缩短|压减|压缩|削减)[^\d到至达为率度]{0,8}\d"
    r"|(?:增长|增加|提高|提升|上升|递增|同比|环比)[^\d到至达为率度]{0,8}[\d.]+\s*(?:%|‰|个?百分点)",
    holds="超降减缩压削增提升比",
)

# A place, a share or a price, but not the value of the indicator.
# Example: 第、编号、每村（3期、7、5万元之前）. Near miss: 培训.
# Source: 公开自评表的目标值.
OTHER_THAN_VALUE = regex(r"(?:第|前|后|各|分别|编号|No\.?|NO\.?)$|每")

# ------------------------------------------------------------------ dates

# What is done by a date.
# Example: 12月底前完成、6月30日前到位. Near miss: 12月底前的工作.
# Source: 公开自评表的时效指标.
DONE = "完成|完工|竣工|验收|投入使用|到位|交付|发放|支付|拨付|结束|建成|上线"

# What it is done to, where it says nothing more.
# Example: 各项任务、设备安装. Near miss: 道路养护（不是日期旁的泛称）.
# Source: 公开自评表的时效指标.
WORK = "(?:各项|所有|全部|项目|建设|任务|工作|资金|采购|安装|调试)+"

# ------------------------------------------------------------------ units

# One line per unit: canonical=factor to the base, then its other spellings.
# Example: 万元、亩、个工作日. Near miss: 万人（数量级加量词）、元月.
# Source: 公开自评表的目标值和计量单位列.
UNITS = {
    "money": "元=1 圆 块钱 元整 元人民币|角=0.1|千元=1000|万元=10000|百万元=1000000|千万元=10000000|亿元=100000000",
    "ratio": "%=0.01 百分比 百分率 百分点 个百分点 百分|‰=0.001 千分比",
    # Base 1/3 m2, so that 亩 (2000/3 m2) is a whole number.
    "area": "m2=3 平方米 平米 平方 M2|亩=2000|公顷=30000 hm2 ha|平方公里=3000000 km2 平方千米",
    "length": "mm=1 毫米|厘米=10 cm CM 公分|米=1000 m M 延米|公里=1000000 千米 km KM Km",
    "volume": "升=1 L l|m3=1000 立方米 立方 M3 方|毫升=0.001 ml mL",
    "mass": "克=1 g|mg=0.001 毫克|μg=0.000001 微克 ug|公斤=1000 千克 kg KG Kg|斤=500|吨=1000000 t T",
    "data": "MB=1 兆|GB=1024 G Gb|TB=1048576|PB=1073741824",
    "seconds": "秒=1 秒钟 s|分钟=60 min|小时=3600 个小时 h H|天=86400 日 日历日 自然日 d|周=604800 星期",
    "months": "个月=1|个季度=3|年=12 周年",
    "workdays": "工作日=1 个工作日",
}

# Scales before a unit, longest first.
# Example: 3万亩、2.6亿元. Near miss: 百姓、千斤顶.
# Source: 公开自评表的目标值.
SCALES = {
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "亿": 100_000_000,
}

# What is counted. No ordinals and no clock times: 级 (2级), 点 and 时 (8点), 号, 版 and 月 are not counted
# with.
# Example: 人次、台套、行政村. Near miss: 2级、8点、3号、V2版.
# Source: 公开自评表的目标值和计量单位列.
COUNTERS = frozenset(
    """
    个 套 项 辆 份 件 场 次 条 株 台 处 种 例 起 人 名 位 只 头 户 篇 单 家 所 村 座 间 本 册 期 批 块 张 幅 盏 支
    部 架 艘 枚 根 棵 口 尊 栋 幢 片 段 宗 笔 门 节 班 栏 届 轮 组 队 对 双 把 瓶 箱 包 袋 匹 羽 尾 针 剂 剂次 针次 镇 乡 县 站
    分 倍 度 类 卷 页 画 扇 眼 孔 樘 副 顶 床 桌 席 井 池 库 塘 束 捆 卡 证 桩 幕 首 曲 则 道 杆 泵 面 盒 桶 罐 讲
    台套 场次 班次 门次 个村 人天 乡镇 街道 社区 小区 标段 课时 学时 学位 床位 车位 工位 岗位 农户 学生 学员 人员
    职工 老人 儿童 企业 学校 项目 行政村 自然村 贫困村 贫困户 脱贫户 低保户 亩次 公里次 吨公里 公里数
    千瓦 千瓦时 kW kWh kV kVA Mbps Gbps dB ppm °C
    """.split()  # noqa: SIM905 - a list of one-sign strings would fill a page
)

# Denominators that are no unit by themselves.
# Example: 元/人·月、次/季度. Near miss: 3月（日期）.
# Source: 公开自评表的成本指标.
ONLY_PER = frozenset({"月", "季度", "季", "学期", "学年", "生"})

# A denominator that is itself a large round number: its spellings=the canonical one.
# Example: 6.5次/10万公顷、16/10万. Near miss: 3个/10个、3万元/10万元（完成进度）.
# Source: 云南公开的转移支付绩效自评表（森林火灾发生率）、卫生健康统计的死亡率.
PER_MANY = {"10万": "10万", "十万": "10万", "100万": "100万", "百万": "100万"}

# Signs of words that stand behind a number and are no unit.
# Example: 覆盖、以上、合格. Near miss: 套、万立方米.
# Source: 公开自评表的目标值.
NOT_UNITS = frozenset(
    "完成达到以上下内外前后约且或和及时已未无不是否按照号第覆盖合格标准规范有效显著良好"
    "多余几来级版月季日年点大优秀甲乙丙丁强新整折线底末初左右热一二三四五六七八九十零"
)

# ------------------------------------------------------------------ state secrets

# A name of a file or folder that says what is in it is secret; 机密 and 秘密 only where they stand as a mark.
# Example: 涉密项目自评表、某某项目（机密）、机密★、秘密★1年、绝密资料、机密-装备采购、机密文件、[秘密]三号. Near miss: 保密宣传、商业秘密保护、机密性测试、机密文件柜.
# Source: 《国家秘密定密管理规定》和《国家秘密载体印制资质管理办法》的标志写法，保守国家秘密法第十四条.
SECRET_NAME = regex(
    r"涉密|绝密|[(（\[【〔〈《<{](?:机密|秘密)(?:[★☆*].*?|\d+年|长期)?[)）\]】〕〉》>}]|(?:机密|秘密)[★☆*]"
    r"|(?:^|[-_.,、+=~#—·])(?:机密|秘密)(?:级|件|文件|资料|材料|项目)?(?:$|[-_.,、+=~#—·])"
)

# What takes 涉密 or 绝密 back: not secret, no longer secret, or teaching and checking how to keep secrets.
# Example: 非涉密项目、不涉密、不含涉密内容、涉密人员教育培训、涉密宣传、涉密检查、已解密、是否涉密. Near miss: 涉密项目、涉密采购.
# Source: 各地公开自评表和保密宣传经费的项目名称，保守国家秘密法第二十条 解密.
NOT_SECRET = regex(
    r"(?:非|不|未|无|没有)(?:含|涉及|包含|属于|属|是)?(?:有|任何)?(?:涉密|绝密)|不(?:得|准|能|可)[^.]{0,6}涉密"
    r"|涉密(?:人员|岗位|工作|单位|知识|资格|载体|文件|信息|网络|设备)*(?:保密)?(?:的)?(?:宣传|宣教|教育|培训|讲座|检查|自查|审查|排查)"
    r"|是否涉密|已(?:解密|脱密)"
)

# Says in a name, without a mark, that the file may be secret: a person is asked. Not where the words are of keeping secrets, or
# of others' secrets.
# Example: 机密装备采购自评表、2025年秘密项目、某秘密级设备更新、国家秘密. Near miss: 商业秘密保护、技术秘密入股、机密性测评、机密文件柜采购、保守国家秘密宣传、国家秘密载体销毁、国家秘密知识培训、机密设备保密宣传、非机密.
# Source: 各地公开自评表的项目名称，保守国家秘密法第六章 法律责任、反不正当竞争法第九条 商业秘密.
MAY_BE_SECRET = regex(
    r"(?<!商业|技术|企业|个人|保守|保护)(?<!保守国家|保护国家)(?<!非)(?:机密|秘密)"
    r"(?!性|法|(?:文件|资料|材料|档案)?柜|(?:文件|资料|材料)?(?:载体|保管|销毁|保护|宣传|宣教|教育|培训|知识|技能)"
    r"|.*保密(?:宣传|宣教|教育|培训))"
)

# A cell or paragraph of its own at the top of a sheet or document that marks all of it as secret.
# Example: 秘密★1年、机密、绝密★、机密★长期、密级：秘密、密级：机密★10年、是否涉密：是、涉密. Near miss: 秘密花园、国家秘密、密级：公开、密级、是否涉密：否、非涉密、机密件保管经费.
# Source: GB/T 9704—2012《党政机关公文格式》7.2.2 密级和保密期限.
SECRET_MARK = regex(
    r"^(?:(?:密级(?:和保密期限)?[:：]?)?(?:绝密|机密|秘密)(?:[★☆*].{0,12}|\d+年|长期)?"
    r"|(?:密级[:：]?)?涉密|是否涉密[:：]?是)$"
)

# ------------------------------------------------------------------ names of files

# Says in the name of a file that it shows the table itself, on paper or in another format.
# Example: 宣传培训经费扫描、自评表（盖章）、绩效评价表、签字版. Near miss: 验收照片、采购合同、中期评价.
# Source: 各地报送通知要求的文件名，如“项目名称+自评表（盖章扫描件）”.
TABLE_NAME = regex(r"自评|评价表|评分表|扫描|盖章|签字|签章|红章")

# Words of a file or folder name that say nothing of which project it is of.
# Example: 2025年度项目支出绩效自评表（最终版）、盖章扫描件、附件2、电子版. Near miss: 宣传培训、校舍维修.
# Source: 各地报送通知要求的文件名.
COMMON_NAME = regex(
    r"(?:部门|单位|财政)?(?:预算)?项目(?:支出)?绩效|项目支出|整体支出|支出绩效|绩效|自评价?|评价表?|评分表|项目|表格?"
    r"|扫描|盖章|签字|签章|红章|原件|复印件|电子|纸质|正式|最终|终稿|定稿|修改后?|改好|报送|上报|提交|年度|年"
    r"|经费|资金|专项|补助|附件|附表|版本?|件|稿|份|副本|复制|excel|word|wps|pdf|图片|img|image|微信|qq|mmexport|dsc|screenshot|scan(?:ned)?|camscanner"
    r"|[\W\d_]",
    re.IGNORECASE,
)

# Words of a file or folder name that say it is evidence beside a table.
# Example: 佐证材料、活动照片、采购合同、验收报告、满意度问卷、县财〔2025〕3号. Near miss: 宣传培训经费扫描、图书购置.
# Source: 各地报送通知所列的佐证材料.
EVIDENCE_NAME = regex(
    r"佐证|证明|照片|相片|图片|现场|发票|收据|合同|协议|凭证|票据|流水|验收|结算|决算|审计|截图|截屏|问卷|调查|满意度|材料|资料"
    r"|通知|文件|批复|请示|函|方案|报告|说明|总结|制度|办法|清单|名单|名册|签到|会议|纪要|记录|公示|公告|台账|视频|录音|[〔\[]20\d\d[〕\]]\d+号"
)

# Says in the name of a folder which form the files in it have.
# Example: 扫描件、盖章版、电子版、Excel版、附件、图片. Near miss: 教育局、第一批、2025、a.
# Source: 各地报送通知要求的文件夹.
FORM_NAME = regex(r"扫描|盖章|签字|签章|电子|纸质|附件|附表|图片|自评|excel|word|wps|pdf", re.IGNORECASE)

# Says in the name of a file that it holds all that its sender has to send, and of no project.
# Example: 全部.pdf、所有项目、合订本、材料打包、汇总扫描. Near miss: 安全部件更换、河道清障、汇水区治理.
# Source: 各地报送材料的文件名.
WHOLE_NAME = regex(r"(?<!安)全部|所有|全套|整套|合订本?|合并|合集|打包|汇总|材料|资料|各项")

# A name that a program gives to a copy of a file; where two are the same, it is not the one that counts.
# Example: 自评表 - 副本、自评表(2)、自评表（1）、复制自评表、自评表 copy. Near miss: 自评表（最终版）、自评表2、复印件.
# Source: Windows 资源管理器、微信和网盘给重名文件的命名.
COPY_NAME = regex(r"副本|复制|[(（]\d{1,2}[)）]|\bcopy\b", re.IGNORECASE)

# Added by our own 评分 to the name of a workbook: it is the later one of that without it.
# Example: 校舍维修改造(已评分)、自评表(已评分). Near miss: 已评分项目、评分表.
# Source: 本软件另存评分结果的文件名.
SCORED_NAME = regex(r"[(（]已评分[)）]$")

# Says in the name of a file or folder that it takes the place of one that does not say so.
# Example: 校舍维修改造最终版、定稿、修改后、财政局退回后、更正、修订稿、重报、正式版. Near miss: 已退回、校舍维修改造、修改造价、管网改造、正式职工培训、（2）、副本.
# Source: 各地报送的文件名.
FINAL_NAME = regex(
    r"最终|终稿|终版|定稿|定版|(?<!维)修改(?!造)|修订|更正|改正|改好|改后|退回后|重报|正式(?:版|稿)"
)

# Says in the name of a file that another one took its place.
# Example: 初稿、草稿、校舍（作废）、校舍修改前、旧版. Near miss: 定稿、老旧小区改造、修改后.
# Source: 各地报送的文件名.
EARLIER_NAME = regex(r"初稿|草稿|作废|(?:修改|退回)前|旧[版表稿件]")

# The number of a batch in the name of a folder; 首批 is the first.
# Example: 第一批0115、第2批、首批、第三次报送. Near miss: 批复文件、第一中学、一批.
# Source: 各地分批报送的文件夹名.
BATCH_NAME = regex(r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?:批|次|轮)|(?P<first>首批)")

# Says in the name of a folder that what is in it was handed in after the rest.
# Example: 补报、补交材料、补充报送. Near miss: 补助、填报、补贴资金.
# Source: 各地分批报送的文件夹名.
SUPPLEMENT_NAME = regex(r"补(?:充)?(?:报|交|送)")

# Words of a project's name that tell it from no other one.
# Example: 2025年、项目、经费、工程、专项资金、补助. Near miss: 道路、校舍维修、一期.
# Source: 各地公开自评表的项目名称.
PROJECT_WORDS = regex(r"(?:19|20)\d\d年?度?|项目|经费|费用|工程|专项|资金|补助|工作")

# A name that stands in a sample, or in a form whose blanks nobody filled in.
# Example: XX项目、××局、**镇道路工程、某某单位、示例：道路维修、农村公路养护（示例）. Near miss: DXX2设备购置、二〇二五年绿化、教学示例中心.
# Source: 财政部门随通知下发的填报样例.
SAMPLE_NAME = regex(
    r"(?<![A-Za-z0-9])[XxＸ×]{2,}(?![A-Za-z0-9])|[*＊]{2,}|某某|^(?:示例|样例|范例)(?=[:：]|$)|[(（](?:示例|样例|范例)[)）]$"
)

# The number by which projects of one name are told apart.
# Example: 一期、第2标段、三批、2号. Near miss: 道路、校舍维修.
# Source: 各地公开自评表的项目名称.
PROJECT_NUMBER = regex(r"[一二三四五六七八九十]+(?=[期批标号])|\d+")

# ------------------------------------------------------------------ names of offices

# One place at the head of a name of an office; what follows may be another place, or the office.
# Example: 云岭县教育局、广州市水利局、云岭县城关镇人民政府. Near miss: 市场监督管理局、城关镇人民政府、教育局.
# Source: 国务院关于行政区划管理的规定，各地公开自评表的主管部门.
PLACE = regex(
    r"^[^省市县区旗盟]{1,8}?(?:省|市(?!场|政(?!府|协|法)|容|民(?!政|族|宗)|区|郊|域)|州(?!市)|盟|县(?!域|级)|旗|区(?!域|块|划|位|间))"
)

# What looks like a place at the head of a name and is a part of the office's own.
# Example: 城市管理局、工业园区管委会、经济开发区管委会、东关社区、城区街道办事处、民盟县委. Near miss: 平城区教育局、云岭县教育局、运城市水利局.
# Source: 各地机构名称.
NO_PLACE = regex(
    r"^(?:城市|都市|上市|门市|集市|超市|民盟|[^省市县区旗盟]*联盟|[^省市县旗盟]*(?:园|发|社|护|胜|景|灾|库|林|矿|校|小|辖|示范|合作)区|新区)"
    r"|^[^省市县区旗盟]*区(?:街道|社区|管委会|管理委员会|管理局|管理处|办事处)"
)

# The level alone, where the name of the place is left out.
# Example: 县教育局、市水利局、区财政局、县委宣传部、县直机关工委. Near miss: 市场监督管理局、市政管理处、县域经济办、区域合作办.
# Source: 各地公开自评表的主管部门.
LEVEL_ALONE = regex(
    r"^本?(?P<level>市(?!场|政(?!府|协|法)|容|民(?!政|族|宗)|区|郊|域)|县(?!域|级)|旗|区(?!域|块|划|位|间))(?=..)"
)

# Says at the end that the office itself is meant, and not what is below it.
# Example: 教育局（本级）、教育局本级、教育局(机关)、卫生健康局机关、财政局机关本级、司法局部门. Near miss: 教育局信息中心、机关事务管理局、机关工委、宣传部门.
# Source: 各地预算单位的名称；四川的项目支出绩效自评表把主管部门写成“司法局部门”.
OFFICE_ITSELF = regex(
    r"[(（](?:局|委|办|部)?(?:机关|本级|机关本级|本部|汇总|部门汇总|盖章|公章|签章)[)）]$|(?:机关)?本级$|(?<=[局委部院站会])机关$|(?<=[局委部院会厅府办校])部门$"
)

# A number before the name of an office: that of the budget system.
# Example: [155001]教育局、219001-教育局、155001教育局. Near miss: 第一中学、110指挥中心、教育局.
# Source: 预算管理一体化系统导出的单位名称.
OFFICE_NUMBER = regex(r"^(?:[\[【(（]\d{3,9}[\]】)）]|\d{3,9}[-—_－]|\d{6,9}(?=\D))")

# The government of a town, which is written out or not.
# Example: 城关镇人民政府、石泉乡政府、东关街道办事处、东关街道办. Near miss: 城关镇卫生院、街道办事处、县政府办.
# Source: 各地公开自评表的主管部门.
TOWN = regex(r"^(?P<town>.+?(?:镇|乡|街道|苏木))(?:人民政府|政府|办事处|办)$")

# Offices of the party, before which 委 may be left out.
# Example: 委宣传部、委员会组织部、委党校、委政法委. Near miss: 宣传部、委办公室、教育局.
# Source: 各地公开自评表的主管部门.
PARTY_OFFICE = regex(r"^委(?:员会)?(?=(?:宣传部|组织部|统战部|社会工作部|政法委|党校|巡察办|编办|网信办))")

# Before the name of a project's code: the number of its unit.
# Example: [155]1409252100100007919、219001-1409252100100007919. Near miss: 1409252100100007919、A1.
# Source: 预算管理一体化系统导出的项目编码.
CODE_PREFIX = regex(r"^(?:[\[【(（]\w{1,9}[\]】)）]|\d{3,9}[-—_－](?=\w{8}))")

# ------------------------------------------------------------------ what is a person's own

# A telephone number: of a mobile phone by the prefixes in use, of an office with its area code, or 7 to 8 digits
# behind the word for it. A code, an amount or the number of a document is none.
# Example: 13812345678、138-1234-5678、+86 13912345678、0351-1234567、(0351)7654321、电话：3022345、010-66554433转8001.
# Near miss: 14092621000001、140926202400001、13812345678元、晋财预〔2024〕0351号、0351-2024001号、2024-0351-12345678、热线12345.
# Source: 工信部公众移动通信网号段、固定电话区号；填报单位写的联系电话.
TELEPHONE = regex(
    r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9\d)(?P<gap>[- ]?)\d{4}(?P=gap)\d{4}"
    r"(?![0-9A-Za-z]|\.\d|\s*[元万亿%号])"
    r"|(?<![0-9A-Za-z.-])(?:[(（](?:010|02\d|0[3-9]\d\d)[)）]\s?|(?:010|02\d|0[3-9]\d\d)[-—–－ ])[1-9]\d{6,7}"
    r"(?:(?:转|-)\d{1,6})?(?![0-9A-Za-z]|\s*号)"
    r"|(?:电话|手机|传真|座机|联系方式)(?:号码?)?[:：\s]{0,4}(?:0\d{2,3}[- ]?)?[1-9]\d{6,7}(?![0-9A-Za-z])"
)

# The label of a cell beside which a telephone number or the number of an identity card stands.
# Example: 联系电话、手机号、身份证号码. Near miss: 电话费、项目编号.
# Source: 各地自评表的表头和单位信息.
PERSONAL_LABEL = regex(
    r"(?:单位|办公|固定|移动|填报人|联系人|负责人)?(?:联系)?(?:电话|手机|传真|联系方式|身份证)(?:号码?)?"
)

# What may be the number of an identity card: place, date of birth, order, check sign.
# Example: 11010519491231002X、身份证号：110105491231002. Near miss: 14092621000000001、91140100MA0GT1234X、140926213001010001.
# Source: GB 11643-1999.
IDENTITY_CARD = regex(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
    r"|(?P<said>身份证(?:号码?)?[:：\s]{0,4})\d{15}(?:\d\d[0-9Xx])?(?![0-9A-Za-z])"
)

# ------------------------------------------------------------------ reasons of deviations

# What a reason for a deviation speaks of; one may speak of several. What none of these names is 其他.
# Example, near miss: 招投标流程滞后、政府采购未完成 (not 招商、采购员)；资金未到位、指标下达较晚 (not 设备未到位)；
#   质保金未到期、尾款待支付 (not 付款及时)；受疫情影响、持续降雨 (not 天气预报系统)；政策调整、标准提高 (not 调整后预算)；
#   需求减少、计划变更、受益人数变化 (not 要求提高)；人员不足、人手紧张 (not 人员培训).
# Source: 公开自评表和自评报告中的“偏差原因分析及改进措施”。
REASONS: Mapping[str, re.Pattern[str]] = {
    "招投标或采购进度": regex(r"招投标|招标|投标|流标|采购(?!员|人)|中标|合同(?:尚?未|没有)签"),
    "资金未到位": regex(
        r"(?:资金|经费|款项|拨款|指标|预算)[^,，。;；]{0,8}(?:[未没](?:有|能)?[^,，。;；]{0,4}(?:到位|下达|拨付)|(?:到位|下达|拨付)[^,，。;；]{0,3}(?:晚|迟|滞后|慢))"
    ),
    "质保金、尾款": regex(
        r"质保金|质量保证金|保证金|[尾余]款|未到(?:付款|支付)(?:期|时间|节点)"
    ),
    "疫情、天气": regex(r"疫情|新冠|天气(?!预报)|气候|降雨|暴雨|多雨|雨季|洪[涝灾水]|汛|旱灾|干旱|严寒|低温|大雪|台风|自然灾害"),
    "政策调整": regex(r"政策[^,，。;；]{0,6}(?:调整|变化|变动|改变|变更|取消)|(?:补助|补贴|收费|发放)?标准[^,，。;；]{0,3}(?:调整|提高|降低|变化)|机构改革|上级(?:要求|部署)"),
    "需求变化": regex(
        r"需求[^,，。;；]{0,6}(?:变化|减少|增加|调整|不足|变更)|(?:计划|方案|设计)[^,，。;；]{0,4}(?:变更|调整|改变)|(?:人数|数量|对象|业务量)[^,，。;；]{0,6}(?:减少|增加|变化|变动)"
    ),
    "人员不足": regex(r"人手|人员[^,，。;；]{0,4}(?:不足|短缺|紧张|缺乏|有限|变动|调动|流动)|缺(?:少|乏)?(?:专业)?人[员才手]|力量不足"),
}  # fmt: skip
