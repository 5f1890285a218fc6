"""Files full of what nobody outside is to see; every such text holds the word :data:`SECRET`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import xlsxwriter

SECRET = "秘密"  # noqa: S105 a word to search for
PHONES = ("13812345678", "0351-7654321", "3022345", "11010519491231002X")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument"
_CUSTOM_XML = f"<x>{SECRET}自定义</x>"


def searched(data: bytes) -> dict[str, str]:
    """Return the text of each part of a package, with its name, that somebody could look into."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def found(data: bytes, *words: str) -> list[tuple[str, str]]:
    """Return (part, word) for each word that stands anywhere in a package, split by tags or not."""
    return [
        (name, word)
        for name, text in searched(data).items()
        for word in words
        if word in text or word in re.sub(r"<[^>]*>", "", text)
    ]


def changed(data: bytes, parts: Mapping[str, bytes | None], edits: Mapping[str, tuple[str, str]]) -> bytes:
    """Return a package with more parts, and with texts in some parts replaced, each of which must be there."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in edits:
                before, after = edits[name]
                assert before.encode() in content, (name, before)
                content = content.replace(before.encode(), after.encode(), 1)
            new.writestr(name, content)
        for name, more in parts.items():
            new.writestr(name, more or b"")
    return target.getvalue()


def workbook() -> bytes:
    """Return a workbook whose shown sheet 表 leans on hidden sheets, rows and columns, with all that may lie in one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {key: f"{SECRET}{key}" for key in ("author", "manager", "company", "comments", "keywords")}
    )
    book.set_custom_property("来源", f"{SECRET}属性")
    first, shown, hidden, deep = (
        book.add_worksheet(name) for name in (f"{SECRET}一", "表", f"{SECRET}二", f"{SECRET}三")
    )
    first.hide()
    hidden.hide()
    deep.very_hidden()
    hidden.write_column("A1", [7, f"{SECRET}甲"])
    shown.write_row("A1", ["联系电话", int(PHONES[2]), "项目编码", "14092621000001"])
    shown.write("A2", f"请打{PHONES[0]}或{PHONES[1]}")
    shown.write_rich_string("A3", "手机138", book.add_format({"bold": True}), "12345678")
    shown.write("A4", f"身份证{PHONES[3]}")
    shown.write_number("B4", int(PHONES[0]))
    shown.write_formula("B5", f"='{SECRET}二'!A1*2", None, 14)
    shown.write_formula("B6", "=SUM(C10:C12)", None, 6)
    shown.write_formula("B7", "=zp_rate*2", None, 1)
    shown.write_formula("B8", "=B5+1", None, 15)
    shown.write_formula("B9", f'="电话{PHONES[0]}"', None, f"电话{PHONES[0]}")
    shown.write_column("C10", [1, 2, 3])
    shown.write("A11", f"{SECRET}行")
    shown.set_row(10, None, None, {"hidden": True})
    shown.write("F1", f"{SECRET}列")
    shown.set_column("F:F", None, None, {"hidden": True})
    shown.write_comment("A1", f"{SECRET}批注", {"author": f"{SECRET}作者"})
    shown.write_url("A13", f"external:\\\\server\\{SECRET}.xlsx", string="附表")
    shown.write_url("A14", f"internal:'{SECRET}二'!A1", string="底稿")
    shown.write_url("A15", "https://www.gov.cn/", string="网站")
    shown.data_validation("A20", {"validate": "list", "source": f"='{SECRET}二'!$A$1:$A$2"})
    shown.data_validation(
        "A21", {"validate": "list", "source": ["是", "否"], "input_message": f"问{PHONES[0]}"}
    )
    shown.conditional_format("A20", {"type": "formula", "criteria": "=COUNTIF(zp_cells,1)>0"})
    shown.conditional_format("A22", {"type": "cell", "criteria": ">", "value": 5})
    shown.set_footer(f"&L电话{PHONES[1]}")
    book.define_name("zp_cells", f"='{SECRET}二'!$A$1:$A$9")
    book.define_name("zp_rate", "=0.5")
    book.define_name("表!局部", "=表!$A$1")
    book.define_name("全部", "=表!$A$1:$B$2")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{SECRET}二'!$A$1:$A$2"})
    shown.insert_chart("H2", chart)
    shown.activate()
    book.close()
    path = f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:\\Users\\{SECRET}\\"/></mc:Choice></mc:AlternateContent>'
    return changed(
        target.getvalue(),
        {
            "customXml/item1.xml": _CUSTOM_XML.encode(),
            "docProps/thumbnail.jpeg": SECRET.encode(),
            "xl/printerSettings/printerSettings1.bin": SECRET.encode(),
        },
        {
            "xl/workbook.xml": ("<bookViews>", f"{path}<bookViews>"),
            "xl/_rels/workbook.xml.rels": (
                "</Relationships>",
                f'<Relationship Id="rId90" Type="{_RELATIONSHIPS}/customXml" Target="../customXml/item1.xml"/></Relationships>',
            ),
            "_rels/.rels": (
                "</Relationships>",
                ('<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"'
                ' Target="docProps/thumbnail.jpeg"/></Relationships>'),
            ),
            "xl/worksheets/_rels/sheet2.xml.rels": (
                "</Relationships>",
                (f'<Relationship Id="rId92" Type="{_RELATIONSHIPS}/printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
                "</Relationships>"),
            ),
            "[Content_Types].xml": (
                "<Default ", ('<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="bin"'
                f' ContentType="{_TYPES}.spreadsheetml.printerSettings"/><Default ')
            ),
        },
    )  # fmt: skip


def document(body: str, styles: str = "") -> bytes:
    """Return a Word document around paragraphs, with comments, a template, custom XML, properties."""
    comment = f'<w:comment w:id="5" w:author="{SECRET}" w:initials="x"><w:p><w:r><w:t>{SECRET}批注</w:t></w:r></w:p></w:comment>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in {
                "word/document.xml": f"{_TYPES}.wordprocessingml.document.main+xml",
                "word/comments.xml": f"{_TYPES}.wordprocessingml.comments+xml",
                "word/settings.xml": f"{_TYPES}.wordprocessingml.settings+xml",
                "word/styles.xml": f"{_TYPES}.wordprocessingml.styles+xml",
                "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
                "docProps/app.xml": f"{_TYPES}.extended-properties+xml",
            }.items()
        )
        + "</Types>",
        "_rels/.rels": _rels(
            (f"{_RELATIONSHIPS}/officeDocument", "word/document.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
            (f"{_RELATIONSHIPS}/customXml", "customXml/item1.xml"),
        ),
        "customXml/item1.xml": _CUSTOM_XML,
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>报告</dc:title><dc:creator>{SECRET}</dc:creator>'
        f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy></cp:coreProperties>",
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Template>{SECRET}.dotm</Template><Manager>{SECRET}</Manager><Company>{SECRET}</Company><Application>Word</Application></Properties>",
        "word/_rels/document.xml.rels": _rels(
            *((f"{_RELATIONSHIPS}/{kind}", f"{kind}.xml") for kind in ("comments", "settings", "styles"))
        ),
        "word/_rels/settings.xml.rels": _rels((f"{_RELATIONSHIPS}/attachedTemplate", f"file:///C:/{SECRET}.dotm"), outside=True),
        "word/comments.xml": f"<w:comments {W}>{comment}</w:comments>",
        "word/settings.xml": f'<w:settings {W} xmlns:r="{_RELATIONSHIPS}"><w:attachedTemplate r:id="rId1"/><w:trackRevisions/></w:settings>',
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/document.xml": f'<w:document {W} xmlns:r="{_RELATIONSHIPS}"><w:body>{body}</w:body></w:document>',
    }  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return target.getvalue()


def _rels(*relations: tuple[str, str], outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"{mode}/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
