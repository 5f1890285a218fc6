"""Whatever changed in the workbook and whatever people did to the report: the tables are those of a new report,
and no byte differs outside of what had to change."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from functools import cache

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

import zipingbiao as z
from support import budget
from support.updates import LINES, changed_blocks, content, edited, opened, project, report, sentence
from support.written import rows, workbook
from zipingbiao.book.blocks import Piece
from zipingbiao.book.write.docx_xml import Replaced, escaped, text_edits
from zipingbiao.book.write.xml_bytes import apply
from zipingbiao.report.update.plan import ReportChange

FORMS = ("shanxi", "national")
NEW = st.builds(
    "{}|新指标{}|5|{}个|{}个".format,
    st.sampled_from(
        ["产出指标|数量指标", "产出指标|成本指标", "效益指标|社会效益指标", "满意度指标|服务对象满意度指标"]
    ),
    st.integers(1, 9),
    st.integers(1, 50),
    st.integers(0, 60),
)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Lines of the project, some gone, some new, some with another result; levels stay together."""
    kept = [line for line in LINES if draw(st.booleans())]
    made = [*kept, *draw(st.lists(NEW, max_size=3, unique_by=name))] or [LINES[0]]
    found = []
    for line in made:
        fields = line.split("|")
        fields[5] = draw(st.sampled_from([fields[5], "100", "90%", "88%", "3期"]))
        found.append("|".join(fields))
    levels = [*dict.fromkeys(map(level, LINES)), "产出指标|成本指标"]
    return sorted(found, key=lambda line: (line[:2] != "产出", line[:2] == "满意", levels.index(level(line))))


def level(line: str) -> str:
    return "|".join(line.split("|")[:2])


def name(line: str) -> str:
    return line.split("|")[2]


def gap(document: WordDocument) -> None:
    first = document.element.body[0]
    first.addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))


def control(document: WordDocument) -> None:
    """A content control around the last table, as some editors make."""
    table = document.tables[-1]._tbl
    around = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    table.addprevious(around)
    around[1].append(table)


def swapped(document: WordDocument) -> None:
    """The first two columns of figures of a table of lines change their places."""
    for table in [table for table in document.tables if table.rows[0].cells[0].text == "二级指标"][:1]:
        for row in table._tbl.tr_lst:
            row.tc_lst[2].addprevious(row.tc_lst[3])


def unmerged(document: WordDocument) -> None:
    """Every line says its level again."""
    for table in document.tables:
        for row in table._tbl.tr_lst[1:] if table.rows[0].cells[0].text in {"一级指标", "二级指标"} else ():
            above = row.getprevious()
            for cell in row.tc_lst[:2]:
                if cell.vMerge == "continue":
                    text = copy.deepcopy(above.tc_lst[row.tc_lst.index(cell)].p_lst[0])
                    cell.p_lst[0].addprevious(text)
                    cell.remove(cell.p_lst[1])
        for mark in (
            table._tbl.xpath(".//w:vMerge") if table.rows[0].cells[0].text in {"一级指标", "二级指标"} else ()
        ):
            mark.getparent().remove(mark)


@cache
def base(form: str) -> bytes:
    return report(workbook(project(), form=form))


def shown(document: bytes) -> list[list[list[str]]]:
    """All tables, those in a content control too."""
    made = opened(document)
    return [rows(Table(table, made)) for table in made.element.body.iter(qn("w:tbl"))]


def told(changes: Sequence[ReportChange], form: str) -> set[str]:
    """The tables in which something is said to have changed."""
    form_table = "表6" if form == "shanxi" else "表1"
    rows = {"预算执行表": "表2", "产出表": "表3", "效益表": "表4", "满意度表": "表5", "附件1": form_table}
    cells = (re.search(r"表\d+(?=[）第])", change.place) for change in changes)
    return {found[0] for found in cells if found} | {rows.get(change.place, "") for change in changes}


@given(
    form=st.sampled_from(FORMS),
    changed=lines(),
    executed=st.sampled_from(["95", "100", "61.37"]),
    hands=st.lists(st.sampled_from([gap, control, swapped, unmerged]), unique=True),
)
@settings(max_examples=budget.often(10, 400))
def test_the_tables_are_those_of_a_new_report(
    form: str, changed: list[str], executed: str, hands: list[Callable[[WordDocument], None]]
) -> None:
    document = opened(edited(base(form)))
    for hand in hands:
        hand(document)
    before = content(document)
    data = workbook(project(changed, executed=executed), form=form)
    new, done = z.update_report(data, before)
    wanted = report(data)
    assert sentence(new) == sentence(wanted)
    assert {each for each in changed_blocks(before, new) if each != sentence(new)} <= told(done.changes, form)
    sort = sorted if swapped in hands else list
    assert [[sort(row) for row in table] for table in shown(new)] == [
        [sort(row) for row in table] for table in shown(wanted)
    ]
    assert z.update_report(data, new)[0] == new


@given(
    texts=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs"])),
        min_size=1,
    ),
    data=st.data(),
)
def test_a_span_over_any_runs(texts: list[str], data: st.DataObject) -> None:
    """Every byte before the span and behind it is as it was; the text is the old one with the new one in it."""
    xml, pieces = b"", []
    for text in texts:
        xml += b"<w:r><w:t>"
        raw = escaped(text)
        pieces.append(Piece(text, len(xml), len(xml) + len(raw)))
        xml += raw + b"</w:t></w:r>"
    whole = "".join(texts)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    new = data.draw(st.sampled_from(["", "96.75", "<优&秀>", " 5"]))
    made = apply(xml, text_edits(xml, pieces, [Replaced(start, end, new)]))
    shown = made.replace(b' xml:space="preserve"', b"")
    parts = [part.split(b"</w:t>")[0] for part in shown.split(b"<w:t>")[1:]]
    assert b"".join(parts) == escaped(whole[:start] + new + whole[end:])
    assert len(parts) == len(texts)
