"""Projects whose reports are brought up to date, what a person does to such a report, and how it is compared.

Workbooks are made through our own template; reports are edited with python-docx as ``edited`` says.
"""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

import zipingbiao as z
from support import written
from zipingbiao.book.blocks import Paragraph
from zipingbiao.template.content import NewProject

PART = "word/document.xml"
LINES = (
    "产出指标|数量指标|培训人次|15|200人次|190人次|有10人请假，下年初补训。",
    "产出指标|数量指标|培训班次|10|5期|5期",
    "产出指标|质量指标|培训合格率|15|≥95%|96%",
    "产出指标|时效指标|培训完成时间|10|2025年11月底前|2025年10月",
    "效益指标|社会效益指标|系统使用率|15|≥90%|92%",
    "效益指标|可持续影响指标|骨干教师留任率|15|≥80%|85%",
    "满意度指标|服务对象满意度指标|学员满意度|10|≥95%|85%|食宿安排不够周到。",
)
TEXTS = {
    "项目概况": "全县教师轮训。",
    "项目年度绩效目标": "培训200人次。",
    "产出情况及分析": "共办班五期。\n第二期因暴雨改期。",
    "存在问题及原因分析": "个别班次食宿安排不够周到。",
}


def project(lines: Sequence[str] = LINES, *, name: str = "教师培训项目", executed: str = "95") -> NewProject:
    """Return a project whose money came from the county."""
    return written.project(name, (written.EXECUTION, *map(written.line, lines)), TEXTS, executed=executed)


def report(data: bytes) -> bytes:
    """Return the report of a workbook."""
    return z.report(data, name="自评表.xlsx")[0]


def with_lines(changes: Mapping[str, str | None], lines: Sequence[str] = LINES) -> list[str]:
    """Return lines with some replaced: name → the line now, None for one that goes; a new name goes last of its level."""
    by_name = {each.split("|")[2]: each for each in lines}
    known = {name: changes.get(name, old) for name, old in by_name.items()}
    found = [each for each in known.values() if each is not None]
    for name, new in changes.items():
        if name in by_name or new is None:
            continue
        level1, level2 = new.split("|")[:2]
        places = [at for at, each in enumerate(found) if each.split("|")[:2] == [level1, level2]]
        places = places or [at for at, each in enumerate(found) if each.split("|")[0] == level1]
        found.insert(places[-1] + 1 if places else len(found), new)
    return found


# ------------------------------------------------------------------ what a person does in Word


def opened(document: bytes) -> WordDocument:
    """Open a document with python-docx."""
    return docx.Document(io.BytesIO(document))


def content(document: WordDocument) -> bytes:
    """Return the bytes of a document."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def edited(document: bytes) -> bytes:
    """Return a report as a person leaves it.

    A paragraph is added before the score sentence, whose number is split over two runs and bold in the first;
    a paragraph is rewritten, another one has a comment, a third one a picture, a fourth one a tracked insertion.
    """
    made = opened(document)
    for paragraph in list(made.paragraphs):
        if "总得分" in paragraph.text:
            split_number(paragraph)
            paragraph.insert_paragraph_before("（单位补写的一段话，分数以附件1为准。）")
        if paragraph.text == "共办班五期。":
            paragraph.runs[0].text = "全年共办培训班五期，覆盖全部乡镇（人工改写）。"
        if paragraph.text == "第二期因暴雨改期。":
            made.add_comment(paragraph.runs, text="请附通知", author="某人")
        if paragraph.text.startswith("个别班次"):
            paragraph.add_run().add_picture(io.BytesIO(picture()))
        if paragraph.text.startswith("项目概况"):
            inserted = (
                f"<w:ins {nsdecls('w')} w:id='900' w:author='某人'><w:r><w:t>另增一期。</w:t></w:r></w:ins>"
            )
            paragraph._p.append(parse_xml(inserted))
    return content(made)


def split_number(paragraph: Any) -> None:
    """Let the number of the score sentence stand in two runs, the first one bold."""
    (run,) = [run for run in paragraph.runs if "总得分" in run.text]
    before, number = run.text.split("总得分")
    cut = number.find(".") + 1 or 1
    texts = (f"{before}总得分", number[:cut], number[cut:])
    run.text = texts[0]
    for text in reversed(texts[1:]):
        part = copy.deepcopy(run._r)
        part.find(qn("w:t")).text = text
        if text is texts[1]:
            part.find(qn("w:rPr")).append(parse_xml(f"<w:b {nsdecls('w')}/>"))
        run._r.addnext(part)


def picture() -> bytes:
    """Return a PNG of one red point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


# ------------------------------------------------------------------ how two documents are compared


def parts(document: bytes) -> dict[str, bytes]:
    """Return the parts of a document by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_of(document: bytes) -> bytes:
    """Return the part with the text."""
    return parts(document)[PART]


def with_xml(document: bytes, xml: bytes) -> bytes:
    """Return a document with another text part."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(document).items():
            archive.writestr(name, xml if name == PART else data)
    return made.getvalue()


def changed_blocks(before: bytes, after: bytes) -> list[str]:
    """Return what differs: the text of each paragraph as it now is, ``表3`` for a table; all other parts are equal."""
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} <= {PART}
    one, other = z.read(before, name="1.docx").blocks, z.read(after, name="2.docx").blocks
    assert [type(block) for block in one] == [type(block) for block in other]
    return [
        block.text if isinstance(block, Paragraph) else block.sheet
        for was, block in zip(one, other, strict=True)
        if old[PART][was.start : was.end] != new[PART][block.start : block.end]
    ]


def sentence(document: bytes) -> str:
    """Return the score sentence."""
    (found,) = [each.text for each in opened(document).paragraphs if "自评价结果" in each.text]
    return found
