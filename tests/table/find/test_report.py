"""Word reports: one evaluation each, every text under its key, nothing lost and nothing twice."""

from __future__ import annotations

import io
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pytest
from docx import Document
from docx.document import Document as WordDocument

from support import reports
from support.handed_in import handed_in
from zipingbiao.book.cells import BODY, Book
from zipingbiao.book.read import read_bytes
from zipingbiao.errors import UnreadableError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.find import read_tables
from zipingbiao.table.find.candidates import open_book
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Report, Role, SelfEvaluation

SEEDS = range(5)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOX = "文本框里的一句话"

# What people and programs make of a report; the evaluation stays the same.
SAME: dict[str, Callable[[int], WordDocument]] = {
    "as printed": reports.written,
    "no numbers": lambda seed: reports.written(seed, numbers=False),
    "other words": lambda seed: reports.written(seed, words=reports.OTHER_WORDS),
    "tracked changes": lambda seed: reports.tracked(reports.written(seed)),
    "content controls": lambda seed: reports.controlled(reports.written(seed)),
    "a text box": lambda seed: reports.boxed(reports.written(seed), BOX),
    "tables in a frame": lambda seed: reports.nested(reports.written(seed)),
    "split, heading repeated": lambda seed: reports.split(reports.written(seed)),
    "split, title repeated": lambda seed: reports.split(reports.written(seed), title=True),
    "split, no heading": lambda seed: reports.split(reports.written(seed), heading=False),
    "all at once": lambda seed: reports.nested(
        reports.controlled(
            reports.tracked(reports.split(reports.written(seed, numbers=False, words=reports.OTHER_WORDS)))
        )
    ),
}


def book_of(document: WordDocument) -> Book:
    return read_bytes(reports.content(document), "报告.docx")


def only(document: WordDocument) -> SelfEvaluation:
    (table,) = read_tables(book_of(document))
    return table


def evaluation(document: WordDocument) -> Evaluation:
    result = evaluate(book_of(document))
    assert not result.faults
    (found,) = result.evaluations
    return found


def report_of(table: SelfEvaluation) -> Report:
    assert table.report is not None
    return table.report


Facts = dict[str, object]


def facts(table: SelfEvaluation) -> Facts:
    """What a table says, without the places where it says it."""
    roles = (Role.TARGET, Role.ACTUAL, Role.COMPLETION, Role.SCORE, Role.REASON)
    funds = table.funds.entries if table.funds is not None else {}
    return {
        "project": table.project,
        "lines": [
            (line.level1, line.level2, line.name, line.weight, *map(line.text, roles))
            for line in table.indicators
        ],
        "funds": {key: entry.text for key, entry in funds.items()},
        "texts": {key: entry.text for key, entry in table.texts.items()},
        "body": [(line.level1, line.name, line.text(Role.SCORE)) for line in report_of(table).body],
    }


@cache
def printed(seed: int) -> Facts:
    return facts(only(reports.written(seed)))


# ------------------------------------------------------------------ the five reference projects


@pytest.mark.parametrize(
    ("seed", "total", "adopted", "executed", "rows"),
    [
        (0, "89.5", "89.5", "19.48", 7),
        (1, "93.08", "93.08", "106.49", 7),
        (2, "94.23", "94.23", "49.92", 6),
        (3, "100", "98", "24.5", 11),  # ten lines and the execution of its funds block
        (4, "96.75", "96.75", "119.65", 9),
    ],
)
def test_the_figures(seed: int, total: str, adopted: str, executed: str, rows: int) -> None:
    found = evaluation(reports.written(seed))
    table = found.table
    assert (found.total, found.adopted_total) == (Decimal(total), Decimal(adopted))
    assert table.funds is not None
    assert table.funds.amount(AmountKind.EXECUTED) == Decimal(executed)
    assert len(table.indicators) == rows
    assert table.project.name == reports.NAMES[seed]
    assert all(line.name and not line.is_unfilled for line in table.indicators)


@pytest.mark.parametrize(("seed", "source"), [(0, "COUNTY"), (1, "COUNTY"), (2, "CITY"), (4, "COUNTY")])
def test_whose_money_it_is(seed: int, source: str) -> None:
    funds = only(reports.written(seed)).funds
    assert funds is not None
    own = Source[source]
    for kind in (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED):
        filled = {part for part in (Source.CENTRAL, Source.PROVINCIAL, Source.CITY, Source.COUNTY)
                  if funds.typed_amount(kind, part)}  # fmt: skip
        assert filled == {own}
        assert funds.typed_amount(kind, own) == funds.amount(kind)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_text_stands_under_its_key(seed: int) -> None:
    texts = only(reports.written(seed)).texts
    for key, said in reports.prose(seed).items():
        assert texts[key].text == said.strip(), key
    assert all(entry.ref.sheet == BODY for key, entry in texts.items() if seed != 3)


@pytest.mark.parametrize("seed", [0, 1, 2, 4])
def test_the_body_and_the_sentence(seed: int) -> None:
    table = only(reports.written(seed))
    report = report_of(table)
    assert report.sentence is not None
    assert report.sentence.text == reports.sentence(seed) == table.texts["自评结果"].text
    assert report.name is not None
    assert (report.name.ref, report.name.text) == (report.sentence.ref, reports.NAMES[seed])
    assert list(report.bodies) == list(reports.LEVELS.values())
    lines = [
        (line["level1"], line["level2"], line["name"], line["score"])
        for line in reports.data(seed)["indicators"]
    ]
    assert [(line.level1, line.level2, line.name, line.text(Role.SCORE)) for line in report.body] == lines


@pytest.mark.parametrize(("seed", "number"), [(0, "000"), (1, "001"), (2, "002"), (4, "004")])
def test_the_evaluation_is_that_of_the_workbook(seed: int, number: str) -> None:
    report = evaluation(reports.written(seed))
    (workbook,) = evaluate(open_book(handed_in(number))).evaluations
    assert [row.indicator.name for row in report.rows] == [row.indicator.name for row in workbook.rows]
    assert [row.score for row in report.rows] == [row.score for row in workbook.rows]
    assert (report.total, report.grade, report.execution_rate) == (
        workbook.total, workbook.grade, workbook.execution_rate,
    )  # fmt: skip


# ------------------------------------------------------------------ the same in other shapes


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SAME)
def test_the_shape_does_not_matter(shape: str, seed: int) -> None:
    assert facts(only(SAME[shape](seed))) == printed(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_in_another_order(seed: int) -> None:
    table = only(reports.written(seed, shuffled=True))
    for key, value in facts(table).items():
        known = printed(seed)[key]
        assert (
            (sorted(value) == sorted(known))
            if isinstance(value, list) and isinstance(known, list)
            else value == known
        )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SAME)
def test_nothing_is_lost_and_nothing_twice(shape: str, seed: int) -> None:
    """Every line of prose ends in exactly one text or among the unplaced."""
    table = only(SAME[shape](seed))
    unplaced = [entry.text for entry in report_of(table).unplaced]
    placed = Counter(line for entry in table.texts.values() for line in entry.text.split("\n"))
    placed.update(line for text in unplaced for line in text.split("\n"))
    lines = [said.strip() for said in reports.prose(seed).values() if said]
    lines += [reports.sentence(seed)] if seed != 3 else []
    assert {line: placed[line] for line in lines} == dict.fromkeys(lines, 1)
    assert unplaced == ([BOX] if shape == "a text box" else [])


# ------------------------------------------------------------------ other reports


def written_lines(*lines: str) -> WordDocument:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def test_without_an_attachment_the_body_is_the_table() -> None:
    found = evaluation(reports.written(1, attached=False))
    assert found.total == Decimal("93.08")
    levels = {line["name"]: line["level1"] for line in reports.data(1)["indicators"]}
    assert {row.indicator.name: row.indicator.level1 for row in found.rows} == levels
    assert [row.indicator.entries[Role.SCORE].ref.place for row in found.rows[:3]] == [
        "表2第2行第6列", "表3第2行第6列", "表3第3行第6列",
    ]  # fmt: skip
    result = evaluate(book_of(reports.written(1, attached=False)))
    assert [finding.message for finding in result.findings if finding.code == "L109"] == [
        "请在报告后面附上附件1“项目支出绩效自评表”：现在没有找到，已按正文各表合起来评分。"
    ]


def test_two_whole_tables_below_each_other_are_two() -> None:
    document = Document()
    for _ in range(2):
        reports.fill(document, [reports.MAIN_HEADING, "产出指标|数量指标|人次|100|200|190|95%|95|"])
        document.add_paragraph()
    assert [len(table.indicators) for table in read_tables(book_of(document))] == [1, 1]


def test_several_projects_in_one_report() -> None:
    document = reports.written(1)
    reports.written(4, into=document)
    first, second = read_tables(book_of(document))
    assert facts(first) == printed(1)
    assert facts(second) == printed(4)
    assert not (report_of(first).unplaced)
    assert not (report_of(second).unplaced)


def test_several_projects_with_their_tables_at_the_end() -> None:
    document = Document()
    for seed in (1, 4):
        reports.written(seed, into=document, attached=False)
    for seed in (4, 1):
        reports.attach(document, seed, f"项目名称：{reports.NAMES[seed]}")
    second, first = read_tables(book_of(document))
    assert facts(first)["texts"] == printed(1)["texts"]
    assert facts(second)["texts"] == printed(4)["texts"]
    assert facts(first)["funds"] == printed(1)["funds"]
    assert not (report_of(first).unplaced)
    assert not (report_of(second).unplaced)


def test_a_cover_for_several_projects_each_with_a_heading_of_its_own() -> None:
    """乡镇 and departments send one report: a chapter and an attachment per project."""
    projects = {"道路维护项目": "92", "管网清淤项目": "93", "校园安防项目": "94"}
    document = written_lines("县住建局2024年度项目支出绩效自评报告", "填报单位：县住建局")
    for number, (name, points) in enumerate(projects.items()):
        for line in (
            f"{'一二三'[number]}、{name}",
            "（一）项目基本情况",
            f"{name}由县住建局实施。",
            "（二）绩效自评结果",
            f"{name}绩效自评总得分{points}分。",
            "（三）存在问题",
            "无。",
        ):
            document.add_paragraph(line)
    for name in projects:
        document.add_paragraph(f"附件：{name}绩效自评表")
        reports.fill(
            document,
            [f"项目名称|{name}|||||||", reports.MAIN_HEADING, "产出指标|数量指标|人次|100|200|190|95%|95|"],
        )
    tables = read_tables(book_of(document))
    assert [table.project.name for table in tables] == list(projects)
    assert {(table.project.unit, table.project.year) for table in tables} == {("县住建局", "2024")}
    for table, points in zip(tables, projects.values(), strict=True):
        sentence = report_of(table).sentence
        assert sentence is not None
        assert f"{points}分" in sentence.text
        assert [entry.text for title, entry in table.texts.items() if "问题" in title] == ["无。"]


def test_one_report_for_two_tables_gives_its_texts_to_none() -> None:
    document = reports.written(2)
    reports.attach(document, 4)
    first, second = read_tables(book_of(document))
    assert not first.texts
    assert second.report is None
    unplaced = "\n".join(entry.text for entry in report_of(first).unplaced)
    assert all(unplaced.count(said) == 1 for said in reports.prose(2).values())


def test_cover_contents_and_a_page_number() -> None:
    document = written_lines(
        "2022年度项目支出绩效自评报告",
        "项目名称：数字档案",
        "填报单位：县档案馆",
        "一、项目的基本情况\t1",
        "二、项目绩效情况……………3",
    )
    reports.written(2, into=document)
    document.add_paragraph("— 4 —")
    table = only(document)
    assert (table.project.name, table.project.unit, table.project.year) == ("数字档案", "县档案馆", "2022")
    assert facts(table)["texts"] == printed(2)["texts"]
    assert [entry.text for entry in report_of(table).unplaced] == ["— 4 —"]


@pytest.mark.parametrize(
    ("line", "year", "left"),
    [
        ("（2022年度）", "2022", []),
        ("2022年度", "2022", []),
        ("平安县林业局2022年度", "2022", ["平安县林业局2022年度"]),
        ("按照2022年度工作安排，现将情况报告如下：", "", ["按照2022年度工作安排，现将情况报告如下："]),
        ("二〇二三年一月", "", ["二〇二三年一月"]),
        ("（二〇二二年度）", "2022", []),
        ("平安县林业局二○二二年度", "2022", ["平安县林业局二○二二年度"]),
    ],
)
def test_the_year_on_a_cover(line: str, year: str, left: list[str]) -> None:
    """A title names it, a sentence does not; who else a title names stays among the unplaced."""
    document = written_lines(line)
    reports.written(2, into=document)
    table = only(document)
    assert table.project.year == year
    assert [entry.text for entry in report_of(table).unplaced] == left


@pytest.mark.parametrize(
    ("cover", "code", "says"),
    [
        ("评价年度：2021", "T110", "封面写的是“评价年度：2021”"),
        ("（2023年度）", "T110", "封面写的是“（2023年度）”"),
        ("项目名称：农村饮水安全工程", "T109", "“农村饮水安全工程”"),
        ("评价年度：2022", "", ""),
        ("评价年度：2021-2022", "", ""),
        ("项目名称：融媒体平台", "", ""),
        ("填报日期：2023年4月25日", "", ""),
    ],
)
def test_a_cover_is_held_against_the_table(cover: str, code: str, says: str) -> None:
    document = written_lines("附件3", "项目支出绩效自评报告", cover)
    reports.written(4, into=document)
    at = next(each for each in document.paragraphs if each.text == reports.TITLE)
    at.insert_paragraph_before(reports.TITLE)
    at.text = "（2022年度）"
    head = document.add_paragraph("项目名称：融媒体平台建设项目")
    at._p.addnext(head._p)
    found = [each for each in evaluate(book_of(document)).findings if each.code in {"T109", "T110"}]
    assert [(each.code, each.severity.value) for each in found] == ([(code, "warning")] if code else [])
    assert all(says in each.message for each in found)


def test_neither_unit_nor_year_is_guessed_from_prose() -> None:
    document = reports.written(1)
    document.paragraphs[2].text = "项目概况：2021年档案馆按县人民政府要求开展工作，由实施单位县档案局负责。"
    table = only(document)
    assert (table.project.unit, table.project.year) == ("", "")
    codes = {finding.code: finding.message for finding in evaluate(book_of(document)).findings}
    assert "“填报单位：”、“年度：”" in codes["L110"]


def test_a_sentence_above_the_table_that_names_the_year_is_kept() -> None:
    document = written_lines(
        "某县2021年专项转移支付绩效自评报告", "一、资金使用情况", "已用完。", "二、绩效自评结果", "综上，2021年度绩效自评良好。", "附件1",
        "（2021年度）",
    )  # fmt: skip
    reports.attach(document, 4)
    table = only(document)
    assert table.project.year == "2021"
    assert "综上，2021年度绩效自评良好。" in [entry.text for entry in report_of(table).unplaced]


@pytest.mark.parametrize("heading", ["三、绩效评价结论", "三、评价结论", "三、绩效自评结果"])
def test_the_title_of_a_report_and_one_heading_are_enough(heading: str) -> None:
    lines = ("一、本部门情况", "收入792万元。", heading, "部门自评得分97.83分。")
    document = written_lines("2021年度部门整体支出绩效自评报告", *lines)
    reports.attach(document, 4)
    table = only(document)
    assert table.texts["自评结果"].text == "部门自评得分97.83分。"
    assert [entry.text for entry in report_of(table).unplaced] == list(lines[:2])


def test_the_total_alone_below_its_heading_or_behind_a_label() -> None:
    document = written_lines(
        "一、自评结论", "（一）自评得分", "96.75分。", "二、自评结果", "自评得分：96.7", "三、项目概况", "甲。"
    )  # fmt: skip
    reports.attach(document, 4)
    table = only(document)
    assert {key: entry.text for key, entry in table.texts.items()} == {
        "自评得分": "96.75分。", "项目概况": "甲。",
    }  # fmt: skip
    assert table.total_score is not None
    assert table.total_score.text == "96.7"


def test_a_heading_may_end_with_a_full_stop() -> None:
    document = written_lines(
        "一、项目基本情况", "1.项目立项目的和年度绩效目标。", "执行率达到100%。", "2.项目资金情况。", "已支付120万元。",
        "（一）资金投入情况分析。", "资金全部到位。",
    )  # fmt: skip
    reports.attach(document, 4)
    texts = {key: entry.text for key, entry in only(document).texts.items()}
    assert texts == {
        "项目年度绩效目标": "执行率达到100%。",
        "资金预算和执行情况": "已支付120万元。\n资金全部到位。",
    }


def test_labels_in_one_paragraph() -> None:
    document = written_lines(
        "一、项目的基本情况",
        "项目概况：甲。立项依据：乙（办字〔2020〕1号）。设立的必要性： 保证项目实施的措施与制度：丙；（2）丁。项目实施计划：实施计划 : 戊。",
        "补充一段。",
        "二、项目绩效情况",
    )
    reports.attach(document, 4)
    texts = {key: entry.text for key, entry in only(document).texts.items()}
    assert texts == {
        "项目概况": "甲。", "立项依据": "乙（办字〔2020〕1号）。", "设立的必要性": "",
        "保证项目实施的措施与制度": "丙；（2）丁。", "项目实施计划": "实施计划 : 戊。\n补充一段。",
    }  # fmt: skip


def test_a_list_in_a_section_and_an_unknown_heading_behind_it() -> None:
    document = written_lines(
        "四、项目主要经验做法",
        "一、加强领导",
        "1. 成立专班",
        "（二）落实责任",
        "五、资产管理情况",
        "资产已入账。",
        "存在问题及原因分析：人手不足。",
    )
    reports.attach(document, 4)
    table = only(document)
    texts = {key: entry.text for key, entry in table.texts.items()}
    assert texts == {
        "主要经验做法": "一、加强领导\n1. 成立专班\n（二）落实责任", "存在问题及原因分析": "人手不足。",
    }  # fmt: skip
    assert [entry.text for entry in report_of(table).unplaced] == ["五、资产管理情况", "资产已入账。"]


def test_headings_of_another_county() -> None:
    document = written_lines(
        "某项目支出绩效自评报告", "一、基本情况", "项目由县局实施。", "二、项目绩效目标", "全年建成平台一个。",
        "三、绩效评价工作情况", "成立小组。", "四、综合评价情况及评价结论", "经自评，本项目总得分为96.75分，等级为优。",
        "五、绩效评价指标分析", "（一）产出情况", "数量达标。", "（二）效益情况", "效益明显。", "六、有关建议", "（一）加强培训", "按季培训。",
    )  # fmt: skip
    reports.attach(document, 4)
    table = only(document)
    assert {key: entry.text for key, entry in table.texts.items()} == {
        "项目概况": "项目由县局实施。", "项目年度绩效目标": "全年建成平台一个。", "绩效自评工作开展情况": "成立小组。",
        "自评结果": "经自评，本项目总得分为96.75分，等级为优。", "产出情况及分析": "数量达标。", "效益情况及分析": "效益明显。",
        "进一步加强项目管理措施及建议": "（一）加强培训\n按季培训。",
    }  # fmt: skip
    assert not report_of(table).unplaced


def test_what_the_table_says_too_stays_beside_it() -> None:
    document = written_lines("一、项目立项背景", "甲。", "二、主要经验做法", "另一种说法。")
    reports.written(3, into=document)
    table = only(document)
    assert table.texts["主要经验做法"].text == reports.prose(3)["主要经验做法"]
    assert [entry.text for entry in report_of(table).unplaced] == ["另一种说法。"]


def test_a_foreign_table_is_kept_and_evidence_listed() -> None:
    document = reports.written(4, evidence=("采购合同", "验收报告"))
    table = document.add_table(2, 2)
    for place, text in {(0, 0): "序号", (0, 1): "材料名称", (1, 0): "3", (1, 1): "付款凭证"}.items():
        table.cell(*place).text = text
    document.add_paragraph("四、项目主要经验做法")
    reports.fill(document, ["姓名|电话", "张|1"])
    found = only(document)
    assert found.evidence is not None
    assert [proof.name for proof in found.evidence] == ["采购合同", "验收报告", "付款凭证"]
    assert [(entry.text, entry.ref.place) for entry in report_of(found).unplaced] == [
        ("姓名\t电话\n张\t1", "表8第1行第1列")
    ]


def test_a_document_without_prose_is_no_report() -> None:
    document = written_lines("项目支出绩效自评表", "项目名称：培训")
    reports.fill(document, ["三级指标|分值|年度指标值|实际完成值|得分", "人次|100|200人次|190人次|95"])
    table = only(document)
    assert (table.report, table.project.name) == (None, "培训")


@pytest.mark.parametrize("lines", [(), ("一、项目概况", "甲。", "二、主要经验做法", "乙。")])
def test_no_table_is_one_sentence(lines: tuple[str, ...]) -> None:
    result = evaluate(book_of(written_lines(*lines)))
    assert not result.evaluations
    assert "没有找到自评表" in str(result.why)


@pytest.mark.parametrize("seed", [3, 4])
def test_findings_name_places_that_a_person_can_find(seed: int) -> None:
    document = reports.written(seed)
    for finding in evaluate(book_of(document)).findings:
        for ref in finding.refs:
            assert ref.place.startswith(("附件1（表", "正文第", "表1第")), ref
            assert "!" in str(ref)


# ------------------------------------------------------------------ what is too much


def raw(body: str) -> Book:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return read_bytes(made.getvalue(), "报告.docx")


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


HEADINGS = paragraph("一、项目的基本情况") + paragraph("二、主要经验做法")


def test_two_hundred_pages_and_many_small_tables_take_bounded_time() -> None:
    long = paragraph("本单位严格执行预算，逐项核对支出凭证并及时归档，") * 20_000
    table = f"<w:tbl><w:tr><w:tc>{paragraph('格')}</w:tc></w:tr></w:tbl><w:p/>" * 10_000
    began = time.process_time()
    result = evaluate(raw(HEADINGS + long + table))
    assert not result.evaluations
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "text",
    [
        "项目概况：" + "甲乙丙丁：" * 20_000,
        "." * 50_000 + "x",
        "…" * 50_000,
        "总得分1" * 20_000,
        "（" * 50_000,
        "一、" * 20_000,
    ],
)
def test_an_odd_paragraph_takes_bounded_time(text: str) -> None:
    began = time.process_time()
    assert not evaluate(raw(HEADINGS + paragraph(text))).evaluations
    assert time.process_time() - began < 5


def test_a_bomb_is_refused() -> None:
    with pytest.raises(UnreadableError, match="压缩比"):
        raw(paragraph("一") * 700_000)
