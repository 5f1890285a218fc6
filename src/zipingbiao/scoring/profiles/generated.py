"""The built-in 评分规则 and the starters, as their YAML files say it. Made by generate.py; not edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# fmt: off

BUILT_IN: Mapping[str, Any] = {
    'hubei': {
        'title': '湖北（执行20 产出40 效益和满意度40）',
        'extends': 'national-2020',
        'values': {
            'execution_points': {'value': '20', 'from': '2020-01-01', 'source': '湖北省自评表的填表说明：预算执行情况20分，得分为 20 × 执行率；另见公开样表中的市级单位和长江禁捕补助资金表', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'execution_base': {'value': '全年预算', 'from': '2020-01-01', 'source': '湖北省自评表备注1：预算数为调整后财政资金总额（包括上年结余结转），执行数为资金使用单位财政资金实际支出数；只说财政资金，其他资金怎样计算没有见到（1wenmi.com/doc/330418.html）', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'levels': {'value': {'产出': '40', '效益+满意度': '40'}, 'from': '2020-01-01', 'source': '湖北省自评表的填表说明：产出指标40分，效益指标和满意度指标40分', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'inverse': {'value': 'ratio', 'from': '2020-01-01', 'source': '湖北省自评表备注2：反向指标得分为权重 × A÷B（目标值除以完成值），得分不得突破权重总额（1wenmi.com/doc/330418.html）；2016 年全国样表相同', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'bands': {'value': [['0.8', '1'], ['0.5', '0.8'], ['0', '0.5']], 'from': '2020-01-01', 'source': '湖北省自评表的填表说明：100-80%（含80%）、80-50%（含50%）、50-0%', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'grading': {'value': 'optional', 'from': '2020-01-01', 'source': '湖北省自评表的填表说明：满分为100分，不设置加分项，可以不评级', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
        },
    },
    'national-2016': {
        'title': '全国 2016（2016—2019 年样表，执行10 产出50 效益30 满意度10）',
        'extends': 'national-2020',
        'forms': [],
        'values': {
            'execution_points': {'value': '10', 'from': '2016-01-01', 'source': '2016—2019 年全国样表（wenku365.com/s-60761775.html、biz.doczj.com/doc/174893555.html）', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'levels': {'value': {'产出': '50', '效益': '30', '满意度': '10'}, 'from': '2016-01-01', 'source': '2016—2019 年全国样表（wenku365.com/s-60761775.html、biz.doczj.com/doc/174893555.html）', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'inverse': {'value': 'ratio', 'from': '2016-01-01', 'source': '2016—2019 年全国样表：反向指标未达到的，得分为分值 × A÷B（目标值除以完成值），不超过分值（wenku365.com/s-60761775.html、biz.doczj.com/doc/174893555.html）', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'bands': {'value': [['0.8', '1'], ['0.5', '0.8'], ['0', '0.5']], 'from': '2016-01-01', 'source': '2016—2019 年全国样表脚注：100-80%（含80%）、80-50%（含50%）、50-0%（wenku365.com/s-60761775.html、biz.doczj.com/doc/174893555.html）', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
        },
    },
    'national-2020': {
        'title': '全国 2020（执行10 产出50 效益30 满意度10）',
        'values': {
            'weight_total': {'value': '100', 'from': '2020-02-25', 'source': '财预〔2020〕10号《项目支出绩效评价管理办法》，总分的规定', 'trust': 'unchecked', 'checked_on': '2026-11-20'},
            'execution_points': {'value': '10', 'from': '2020-02-25', 'source': '财预〔2020〕10号《项目支出绩效评价管理办法》，权重的规定；另见安徽、四川表格脚注', 'trust': 'confirmed', 'checked_on': '2026-11-20'},
            'levels': {'value': {'产出': '50', '效益': '30', '满意度': '10'}, 'from': '2020-02-25', 'source': '财预〔2020〕10号《项目支出绩效评价管理办法》，权重的规定；另见安徽、四川表格脚注', 'trust': 'confirmed', 'checked_on': '2026-11-20'},
            'grade_words': {'value': {}, 'from': '2020-02-25', 'source': '财预〔2020〕10号《项目支出绩效评价管理办法》，评价等级的规定', 'trust': 'unchecked', 'checked_on': '2026-11-20'},
            'inverse': {'value': 'linear', 'from': '2020-02-25', 'source': '办法没有规定超出上限的算法；取业务系统通行的线性扣减，超过一倍得零分', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'ask_from': {'value': '1.2', 'from': '2020-02-25', 'source': '办法只说“高于指标值较多”；120% 只见于一套业务系统的提醒线', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'ask_strongly_from': {'value': '1.3', 'from': '2020-02-25', 'source': '130% 见于三处：广西的业务系统（不写原因不能保存）、成都市某区 2026 年的复核规则、一体化平台操作手册 desk33.com/d-565511.html', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'grades': {'value': {'优': '90', '良': '80', '中': '60', '差': '0'}, 'from': '2020-02-25', 'source': '财政部预算司对各中央部门统一明确为优（90-100分）、良（80-89分）、中（60-79分）、差（0-59分），对其他单位是“在原则上”（转引自 dz-gczx.com/wap/articleDetails_id_1290.html）', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'grading': {'value': 'required', 'from': '2020-02-25', 'source': '财政部预算司明确的四个等级，没有见到可以不评级的说法', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'bands': {'value': [['0.8', '1'], ['0.6', '0.8'], ['0', '0.6']], 'from': '2020-02-25', 'source': '财预〔2020〕10号《项目支出绩效评价管理办法》，定性指标三档的规定；另见安徽、四川表格脚注和多省业务系统的三档用语', 'trust': 'confirmed', 'checked_on': '2026-11-27'},
            'execution_base': {'value': '全年预算', 'from': '2020-02-25', 'source': '全国样表的执行率为全年执行数除以全年预算数（年初预算加减调整）；另见湖北表格脚注', 'trust': 'confirmed', 'checked_on': '2026-11-20'},
            'deduction': {'value': 'none', 'from': '2020-02-25', 'source': '财预〔2020〕10号《项目支出绩效评价管理办法》只说目标明显偏低的按偏离度适度调减，没有给出数字；默认不扣分，只要求说明原因', 'trust': 'unchecked', 'checked_on': '2026-11-20'},
            'caps': {'value': [], 'from': '2020-02-25', 'source': '办法没有按执行率限制总分的规定；有规定的地方在本地规则中写明', 'trust': 'practice', 'checked_on': '2026-11-20'},
            'lag_above': {'value': '5%', 'from': '2020-02-25', 'source': '多省业务系统的自评预警（红色）', 'trust': 'practice', 'checked_on': '2026-11-20'},
            'left_above': {'value': '20%', 'from': '2020-02-25', 'source': '多省业务系统的自评预警（黄色）', 'trust': 'practice', 'checked_on': '2026-11-20'},
            'product_within': {'value': '5%', 'from': '2020-02-25', 'source': '核对的经验，没有规定：人数或标准填错时，乘积多与执行数相差不多', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'serial_years': {'value': ['2010', '2035'], 'from': '2020-02-25', 'source': '核对的经验，没有规定：自评表里写到的日期大多在这些年份', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'severities': {'value': {}, 'from': '2020-02-25', 'source': '各条校验规则自定的级别', 'trust': 'practice', 'checked_on': '2026-11-20'},
            'rules_off': {'value': [], 'from': '2020-02-25', 'source': '全部校验规则都启用', 'trust': 'practice', 'checked_on': '2026-11-20'},
        },
    },
    'national-2021': {
        'title': '中央部门 2021（试行）',
        'extends': 'national-2020',
        'values': {
            'weight_total': {'value': '100', 'from': '2021-08-18', 'source': '财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》，权重的规定', 'trust': 'unchecked', 'checked_on': '2026-11-20'},
            'execution_points': {'value': '10', 'from': '2021-08-18', 'source': '财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》，权重的规定；另见重庆表格', 'trust': 'confirmed', 'checked_on': '2026-11-20'},
            'levels': {'value': {'成本': '20', '产出': '40', '效益': '20', '满意度': '10'}, 'from': '2021-08-18', 'source': '财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》，权重的规定；成本单列时适用（标题和适用范围见 lsrwf.cn/news/708af42006d811ec81694b356a0c000d，正文没有读到）', 'trust': 'unchecked', 'checked_on': '2026-11-27'},
        },
    },
    'shanxi': {
        'title': '山西（附件1，执行10，其余权重自定）',
        'extends': 'national-2020',
        'values': {
            'weight_total': {'value': '100', 'from': '2021-01-01', 'source': '山西省县级单位 2020、2021 年度项目支出绩效自评报告附件1', 'trust': 'practice', 'checked_on': '2026-11-20'},
            'execution_points': {'value': '10', 'from': '2021-01-01', 'source': '山西省县级单位自评报告附件1的预算执行率行', 'trust': 'practice', 'checked_on': '2026-11-20'},
            'levels': {'value': {}, 'from': '2021-01-01', 'source': '山西省县级单位自评报告：一级指标权重不固定', 'trust': 'practice', 'checked_on': '2026-11-20'},
            'grade_words': {'value': {'优': '优秀', '良': '良好'}, 'from': '2021-01-01', 'source': '山西省县级单位自评报告正文的等级用词', 'trust': 'practice', 'checked_on': '2026-11-20'},
        },
    },
    'sichuan': {
        'title': '四川（执行10，其余90自定）',
        'extends': 'national-2020',
        'forms': [],
        'values': {
            'execution_points': {'value': '10', 'from': '2022-01-01', 'source': '四川省部门项目自评表的公开样表（2023 年度）：预算执行10分', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'levels': {'value': {}, 'from': '2022-01-01', 'source': '四川省部门项目自评表的公开样表（2022、2023 年度）：其余90分由单位按项目分配', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'deduction': {'value': 'none', 'from': '2026-01-01', 'source': '成都市某区 2026 年复核自评所用规则第6项：完成值超过130%不扣分', 'trust': 'practice', 'checked_on': '2026-11-27'},
        },
    },
}
STARTERS: Mapping[str, Any] = {
    'capped': {
        'title': '执行率低的限制总分，超额三成的扣分（限分模板，不是某地的规则）',
        'extends': 'national-2020',
        'values': {
            'caps': {'value': [['80%', '89'], ['70%', '79'], ['60%', '69'], ['50%', '59']], 'from': '2026-01-01', 'source': '某一体化平台操作手册 1.4：执行率为70%至80%的，自评不超过89分；低于50%的，不超过59分（desk33.com/d-565511.html）；请换成本地文件的文号和条款', 'trust': 'practice', 'checked_on': '2026-11-27'},
            'deduction': {'value': {'points': [['1.3', '2']]}, 'from': '2026-01-01', 'source': '某一体化平台操作手册 1.3：完成值超过年初指标值30%及以上的减2分（desk33.com/d-565511.html）；请换成本地文件的文号和条款', 'trust': 'practice', 'checked_on': '2026-11-27'},
        },
    },
}
