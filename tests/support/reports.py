"""Word reports in the structure of the five reference projects: their figures, prose of our own, and variations.

``written`` builds a report; the functions below it change a finished one as people and programs do.
"""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

DATA = Path(__file__).parents[1] / "data"
NAMES = (
    "创建党建先进县",
    "大宁县精准扶贫档案规范化、数字化整理项目工作运行经费",
    "信息化建设经费",
    "“互联网+政务服务”平台运维服务费",
    "融媒体平台建设项目",
)
BODY_HEADING = "二级指标|三级指标|权重|目标值|业绩值|得分"
MAIN_HEADING = "一级指标|二级指标|目标指标|权重|目标值|业绩值|完成率|指标得分|偏差原因分析及改进措施"
TITLE = "附件1.项目支出绩效自评表"
LEVELS = {
    "（一）预算执行情况": "预算执行指标", "（二）项目产出情况": "产出指标",
    "（三）项目效益情况": "效益指标", "（四）项目满意度情况": "满意度指标",
}  # fmt: skip

# Our own words; a marker in each tells the projects apart.
_PROSE = {
    "项目概况": "本项目由承办单位组织实施，惠及各村群众{0}。",
    "立项依据": "依据《关于做好相关工作的通知》（办字〔2020〕{0}号）和局务会议纪要。",
    "设立的必要性": "不做则群众办事要多跑路，有必要设立{0}。",
    "保证项目实施的措施与制度": "成立工作专班，执行财务管理办法{0}。 （2）对经费实行专账管理，定期公开。 （3）落实验收制度。",
    "项目实施计划": "实施计划 : 一季度完成准备，三季度完成建设{0}。实施时间: 1月-12月",
    "项目实施期绩效目标": "实施期内全部建成并稳定运行{0}。",
    "项目年度绩效目标": "当年完成全部建设任务，群众得到便利{0}。",
    "项目实施和预算执行情况及分析": "实施计划 : 已按计划完成，支付与进度相符{0}。",
    "产出情况及分析": "各项产出均已完成{0}。",
    "效益情况及分析": "办事时间明显缩短{0}。",
    "满意度情况及分析": "发放问卷一百份，多数受访者表示认可{0}。",
    "主要经验做法": "专款专用，逐级审批{0}。",
    "存在问题及原因分析": "绩效意识还不够强，原因是培训较少{0}。",
    "进一步加强项目管理措施及建议": "一是加强培训；二是细化指标{0}。",
}
_NATIONAL = {
    "立项背景": "根据上级关于推进数据共享的部署设立{0}。",
    "资金用途及目的": "用于平台运行维护，保障系统稳定{0}。",
    "资金预算和执行情况": "    项目预算24.5万元，已全部支付{0}。",
    "绩效自评工作开展情况": "由业务股室收集数据，财务股室复核{0}。",
    "绩效自评结果及分析": "    总体自评结果良好，资金使用比较规范{0}。",
    "自评发现的问题及整改措施": "　　遇到困难要及时沟通协调{0}。",
    "绩效自评结果应用建议": "　　今后在预算中加强资金监管{0}。",
    "项目实施和预算执行情况及分析": "平台全年运行正常，款项已付清{0}。",
    "产出情况及分析": "维护及时，指标达到要求{0}。",
    "效益情况及分析": "数据共享范围有所扩大{0}。",
    "满意度情况及分析": "使用人员总体认可{0}。",
    "主要经验做法": "严格按年初预算执行{0}。",
    "项目管理中存在的主要问题及原因分析": "合同验收资料整理偏慢{0}。",
    "下一步改进措施及管理建议": "明确资料归档时限{0}。",
}
_EMPTY = {0: {"设立的必要性", *tuple(_PROSE)[7:]}, 1: {"设立的必要性"}}

# Headings as they stand in the reports; each can be said in other words.
PRINTED = {
    word: word
    for word in (
        "项目的基本情况", "项目概况", "预算执行情况", "项目绩效目标", "项目实施期绩效目标", "项目年度目标", "项目绩效情况",
        "项目产出情况", "项目效益情况", "项目满意度情况", "项目绩效分析", "项目实施和预算执行情况及分析", "产出情况及分析",
        "效益情况及分析", "满意度情况及分析", "项目主要经验做法", "项目管理中存在问题及原因分析", "进一步加强项目管理措施及建议",
        "立项依据", "设立的必要性", "保证项目实施的措施与制度", "项目实施计划",
    )
}  # fmt: skip
OTHER_WORDS = PRINTED | {
    "项目的基本情况": "项目基本情况", "项目概况": "项目基本概况", "项目实施期绩效目标": "实施期绩效目标",
    "项目年度目标": "项目年度绩效目标", "项目产出情况": "产出完成情况", "项目效益情况": "效益实现情况", "项目满意度情况": "满意度情况",
    "产出情况及分析": "产出情况分析", "效益情况及分析": "项目效益情况及分析", "项目主要经验做法": "主要经验及做法",
    "项目管理中存在问题及原因分析": "存在的主要问题及原因分析", "进一步加强项目管理措施及建议": "下一步改进措施及建议",
    "设立的必要性": "项目设立的必要性", "保证项目实施的措施与制度": "保障项目实施的制度、措施",
}  # fmt: skip


def data(seed: int) -> dict[str, Any]:
    """Return the figures of a reference project."""
    found: dict[str, Any] = json.loads((DATA / f"seed{seed}.json").read_text("utf-8"))
    return found


def prose(seed: int) -> dict[str, str]:
    """Return the texts of a report by the keys under which they must be read; "" for an empty section."""
    words = _NATIONAL if seed == 3 else _PROSE
    empty = _EMPTY.get(seed, set())
    return {key: "" if key in empty else text.format("甲乙丙丁戊"[seed]) for key, text in words.items()}


def sentence(seed: int) -> str:
    """Return the sentence that states the total of a report."""
    figures = data(seed)
    total = figures["total_score"].removesuffix("分")
    grade = {"良好": "良好", "优秀": "优秀"}[figures["grade"]]
    return (
        "综合考虑各方面因素，通过数据采集及分析，最终评分结果："
        f'{NAMES[seed]}项目绩效自评价结果为:总得分{total}分，属于"{grade}"。'
    )


def written(
    seed: int,
    *,
    numbers: bool = True,
    words: Mapping[str, str] = PRINTED,
    shuffled: bool = False,
    attached: bool = True,
    evidence: Sequence[str] = (),
    into: WordDocument | None = None,
) -> WordDocument:
    """Return the report of a reference project.

    Args:
        numbers: whether its headings are numbered.
        words: how each heading is said.
        shuffled: whether the rows of funds, body and 附件1 stand in another order.
        attached: whether it has 附件1.
        evidence: the documents listed under 附件2.
        into: a document to go on in, for a report of several projects.
    """
    writer = _Writer(into or Document(), numbers=numbers, words=words, shuffled=shuffled)
    if seed == 3:
        _national(writer)
    else:
        _shanxi(writer, seed, attached=attached)
    for number, name in enumerate(evidence, 1):
        writer.say("附件2.绩效自评相关资料") if number == 1 else None
        writer.say(f"{number}．{name}")
    writer.say()  # Word never ends a document with a table
    return writer.document


def attach(document: WordDocument, seed: int, *above: str) -> None:
    """Add the 附件1 of a reference project, below its title and the lines *above* it."""
    writer = _Writer(document, numbers=True, words=PRINTED, shuffled=False)
    for line in (TITLE, *above):
        writer.say(line)
    writer.table(_main(writer, seed, data(seed)))
    writer.say()


class _Writer:
    def __init__(
        self, document: WordDocument, *, numbers: bool, words: Mapping[str, str], shuffled: bool
    ) -> None:
        self.document, self.numbers, self.words, self.shuffled = document, numbers, words, shuffled

    def head(self, number: str, word: str) -> None:
        self.say(f"{number if self.numbers else ''}{self.words.get(word, word)}")

    def say(self, text: str = "") -> None:
        self.document.add_paragraph(text)

    def ordered(self, rows: Sequence[str]) -> list[str]:
        return [*reversed(rows)] if self.shuffled else [*rows]

    def table(self, rows: Sequence[str]) -> None:
        fill(self.document, rows)


def fill(document: WordDocument, rows: Sequence[str]) -> None:
    """Add a table with a row per line, ``|`` between cells; ``<`` goes on to the left, ``^`` upwards."""
    texts = [row.split("|") for row in rows]
    table = document.add_table(len(rows), len(texts[0]))
    grid = [list(row.cells) for row in table.rows]
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            if text not in {"<", "^"}:
                grid[row][column].text = text
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            right = column
            while text not in {"<", "^"} and right + 1 < len(line) and line[right + 1] == "<":
                right += 1
            down = row
            while text not in {"<", "^"} and down + 1 < len(texts) and texts[down + 1][column] == "^":
                down += 1
            if (right, down) != (column, row):
                grid[row][column].merge(grid[down][right])
                grid[row][column].text = text


# ------------------------------------------------------------------ the Shanxi report


def _shanxi(writer: _Writer, seed: int, *, attached: bool) -> None:
    said, figures = prose(seed), data(seed)
    writer.head("一、", "项目的基本情况")
    writer.head("（一）", "项目概况")
    for key in ("项目概况", "立项依据", "设立的必要性", "保证项目实施的措施与制度", "项目实施计划"):
        writer.say(f"{writer.words.get(key, key)}：{said[key]}")
    writer.say()
    writer.head("（二）", "预算执行情况")
    writer.table(_funds(writer, figures))
    writer.head("（三）", "项目绩效目标")
    writer.head("（1）. ", "项目实施期绩效目标")
    writer.say(said["项目实施期绩效目标"])
    writer.head("（2）. ", "项目年度目标")
    writer.say(said["项目年度绩效目标"])
    writer.head("二、", "项目绩效情况")
    writer.say(sentence(seed))
    for heading, level in LEVELS.items():
        writer.head(heading[:3], heading[3:])
        writer.table(_body(writer, figures, level))
        writer.say()
    writer.head("三、", "项目绩效分析")
    for at, key in enumerate(tuple(_PROSE)[7:11], 1):
        writer.head("2、" if at == 2 else f"{at}. ", key)
        writer.say(said[key])
    for number, word, key in (
        ("四、", "项目主要经验做法", "主要经验做法"),
        ("五、", "项目管理中存在问题及原因分析", "存在问题及原因分析"),
        ("六、", "进一步加强项目管理措施及建议", "进一步加强项目管理措施及建议"),
    ):
        writer.head(number, word)
        writer.say(said[key])
    if attached:
        writer.say(TITLE)
        writer.table(_main(writer, seed, figures))


def _funds(writer: _Writer, figures: Mapping[str, Any]) -> list[str]:
    rows = ["|".join(row) for row in figures["funds_table"]["rows"]]
    return [
        "项目|行次|年度总金额(万元)|财政资金|<|<|<|<|上年结转资金(万元)|其他资金(万元)",
        "^|^|^|小计|中央级|省级|市级|县区级|^|^",
        *writer.ordered(rows),
    ]


def _body(writer: _Writer, figures: Mapping[str, Any], level: str) -> list[str]:
    rows = [
        "|".join(line[key] for key in ("level2", "name", "weight", "target", "actual", "score"))
        for line in figures["indicators"]
        if line["level1"] == level
    ]
    return [BODY_HEADING, *writer.ordered(rows)]


def _main(writer: _Writer, seed: int, figures: Mapping[str, Any]) -> list[str]:
    rows: list[str] = []
    above = ("", "")
    for line in figures["indicators"][:: -1 if writer.shuffled else 1]:
        levels = (line["level1"], line["level2"])
        shown = [
            "^" if levels[: at + 1] == above[: at + 1] and not writer.shuffled else levels[at]
            for at in (0, 1)
        ]
        above = levels
        reason = f"{line['name']}的原因已说明" if line["has_reason"] else ""
        keys = ("name", "weight", "target", "actual", "completion", "score")
        rows.append("|".join([*shown, *(line[key] for key in keys), reason]))
    title = [] if seed == 0 else [f"{TITLE}|{'|'.join('<' * 8)}"]
    return [*title, MAIN_HEADING, *rows, *["|" * 8] * (2 if seed in {1, 2} else 0)]


# ------------------------------------------------------------------ the national report


def _national(writer: _Writer) -> None:
    said = prose(3)
    writer.head("一、", "项目支出基本情况")
    for number, word, key in (
        ("1、", "项目立项背景", "立项背景"),
        ("2、 ", "资金用途及目的", "资金用途及目的"),
        ("3、 ", "项目资金预算和执行情况", "资金预算和执行情况"),
        ("    二、", "绩效自评工作开展情况", "绩效自评工作开展情况"),
        ("3、 ", "绩效自评结果及分析", "绩效自评结果及分析"),
        ("四、", "自评发现的问题及整改措施", "自评发现的问题及整改措施"),
        ("5、 ", "绩效自评结果应用建议", "绩效自评结果应用建议"),
    ):
        writer.head(number, word)
        writer.say(said[key])
    writer.say("附件1")
    writer.table(_national_table(writer, said))


def _national_table(writer: _Writer, said: Mapping[str, str]) -> list[str]:
    figures = data(3)
    funds, blank = figures["funds"], "|<" * 8
    rows = [
        f"项目支出绩效自评表{blank}",
        f"（2022年度）{blank}",
        f"项目名称|<|{NAMES[3]}{'|<' * 6}",
        "主管部门|<|开发区管理委员会|<|<|实施单位|<|行政审批局|<",
        "项目资金\n（万元）|<||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "|".join(["^|^|年度资金总额", *(funds[key] for key in ("initial", "full_year", "executed", "points", "rate", "score"))]),
        *("|".join(["^|^", *(part[key] for key in ("label", "initial", "full_year", "executed", "points", "rate", "score"))]) for part in funds["parts"]),
        "年度总体目标|预期目标|<|<|<|实际完成情况|<|<|<",
        "^|平台稳定运行，实现升级优化。|<|<|<|平台稳定运行，已经升级优化。|<|<|<",
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
    ]  # fmt: skip
    above = ("", "")
    for line in figures["indicators"]:
        levels = (line["level1"], line["level2"])
        shown = ["^" if levels[: at + 1] == above[: at + 1] else levels[at] for at in (0, 1)]
        values = (line[key] for key in ("name", "target", "actual", "weight", "score"))
        rows.append("|".join(["^", *shown, *values, ""]))
        above = levels
        if line["level2"] in {"数量指标", "时效指标", "成本指标", "服务对象满意度指标"}:
            rows.append("^|^|^|指标2：|||||")
        if line["level2"] == "成本指标":
            rows += [f"^|效益指标|经济效益指标|指标1：{'|' * 5}", f"^|^|^|指标2：{'|' * 5}"]
            above = ("效益指标", "经济效益指标")
    rows.append("总分|<|<|<|<|<|100|98|")
    titles = (
        "项目实施和预算执行情况及分析", "产出情况及分析", "效益情况及分析", "满意度情况及分析",
        "主要经验做法", "项目管理中存在的主要问题及原因分析", "下一步改进措施及管理建议",
    )  # fmt: skip
    for number, title in enumerate(titles):
        left = ("项目绩效分析" if number == 0 else "^", "自评结果分析" if number == 0 else "^")
        head = f"{left[0]}|{left[1]}|{title}|<" if number < 4 else f"^|{title}|<|<"
        rows.append(f"{head}|{said[title]}|<|<|<|<")
    return rows


# ------------------------------------------------------------------ variations of a finished report


def tracked(document: WordDocument) -> WordDocument:
    """Change every second paragraph with tracked changes: its text is inserted, another one deleted."""
    for number, paragraph in enumerate(list(document.element.body.iter(qn("w:p")))):
        runs = paragraph.findall(qn("w:r"))
        if number % 2 or not runs:
            continue
        inserted = OxmlElement("w:ins")
        runs[0].addprevious(inserted)
        for run in runs:
            inserted.append(run)
        gone = f"<w:del {nsdecls('w')}><w:r><w:delText>删去的字98.03分</w:delText></w:r></w:del>"
        paragraph.append(parse_xml(gone))
    return document


def controlled(document: WordDocument) -> WordDocument:
    """Put a content control around every paragraph and table of the text."""
    for block in list(document.element.body):
        if block.tag in {qn("w:p"), qn("w:tbl")}:
            control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
            block.addprevious(control)
            control[1].append(block)
    return document


def boxed(document: WordDocument, text: str) -> WordDocument:
    """Put a text box with one paragraph into the first paragraph, drawn twice as Word does."""
    box = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    first = document.element.body.find(qn("w:p"))
    names = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    names += ' xmlns:x="urn:drawing"'
    first.append(
        parse_xml(
            f"<w:r {names}><mc:AlternateContent><mc:Choice Requires='wps'><x:shape>{box}</x:shape></mc:Choice>"
            f"<mc:Fallback><w:pict><x:shape>{box}</x:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    return document


def nested(document: WordDocument) -> WordDocument:
    """Put every table into a cell of a frame."""
    for table in list(document.element.body.findall(qn("w:tbl"))):
        frame = document.add_table(1, 1)
        table.addprevious(frame._tbl)
        cell = frame.cell(0, 0)._tc
        cell.insert(len(cell) - 1, table)
    return document


def split(document: WordDocument, *, heading: bool = True, title: bool = False) -> WordDocument:
    """Split the last table in two behind a page break, with its heading repeated, and its first row, the title."""
    table = document.element.body.findall(qn("w:tbl"))[-1]
    rows = table.findall(qn("w:tr"))
    second = copy.deepcopy(table)
    texts = ["".join(node.text or "" for node in row.iter(qn("w:t"))) for row in rows]
    head = next(number for number, text in enumerate(texts) if "二级指标" in text and "得分" in text)
    half = head + 3
    for row in rows[half:]:
        table.remove(row)
    for number, row in enumerate(second.findall(qn("w:tr"))):
        again = number == head or (title and number == 0)
        if number < half and not (heading and again):
            second.remove(row)
    if heading:
        grid = second.find(qn("w:tblGrid"))
        for column in grid:
            column.set(qn("w:w"), "900")
    page = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:br w:type='page'/></w:r></w:p>")
    table.addnext(page)
    page.addnext(second)
    return document


def content(document: WordDocument) -> bytes:
    """Return the bytes of a document."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
