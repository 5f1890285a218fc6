"""全国样表: the report with five parts; 附件1 is the whole printed form, 项目绩效分析 below its 总分.

Source: 2022 年度项目支出绩效自评报告 on the national form; headings are its own word for word.
"""

from __future__ import annotations

from functools import partial

from zipingbiao.report.annexes import evidence_table
from zipingbiao.report.outline import Labels, Outline, Part, Printed, Prose, Sentence
from zipingbiao.report.whole_form import CONCLUSIONS, PROBLEMS, REMEDIES, RESULTS, whole_form

OUTLINE = Outline(
    parts=(
        Part("一、项目支出基本情况", 1, "", "basics"),
        Part("1、项目立项背景", 2, "立项背景", "background", Prose("立项背景")),
        Part("2、资金用途及目的", 2, "资金用途及目的", "purpose", Prose("资金用途及目的")),
        Part("3、项目资金预算和执行情况", 2, "资金预算和执行情况", "funds", Prose("资金预算和执行情况")),
        Part("二、绩效自评工作开展情况", 1, "绩效自评工作开展情况", "work", Prose("绩效自评工作开展情况")),
        Part("三、绩效自评结果及分析", 1, "总得分句", "result", Sentence()),
        Part("四、自评发现的问题及整改措施", 1, "问题及整改措施", "problems", Labels((PROBLEMS, REMEDIES))),
        Part("五、绩效自评结果应用建议", 1, "绩效自评结果应用建议", "use", Prose("绩效自评结果应用建议")),
    ),
    annexes=(
        Part("附件1", 1, "附件1", "annex1", Printed(whole_form, (*RESULTS, *CONCLUSIONS))),
        Part(
            "附件2.绩效自评相关资料",
            1,
            "附件2",
            "annex2",
            Printed(partial(evidence_table, mark="zpb_evidence_table")),
        ),
    ),
)
