"""Mails saved as files: their attachments have the names that the sender saw, whatever program wrote them."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from zipingbiao.book.unpack import Archive, Source, open_archive
from zipingbiao.errors import UnreadableError

TABLE = b"PK\x03\x04 a table"


def mail(*attachments: tuple[str, bytes], subject: str = "教育局绩效自评") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "a@b.invalid", "c@d.invalid", "Thu, 20 Feb 2025 09:30:00 +0800"
    made["Subject"] = subject
    made.set_content("附件请查收。")
    for name, data in attachments:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def opened(data: bytes) -> Archive:
    archive = open_archive(Source.of_bytes(data, "转发.eml"))
    assert archive is not None
    return archive


def held(archive: Archive) -> dict[str, bytes]:
    return {entry.name: archive.read(at, 10**6) for at, entry in enumerate(archive.entries)}


def test_attachments_are_members() -> None:
    archive = opened(mail(("自评表.xlsx", TABLE), ("../照片.jpg", b"jpg")).as_bytes())
    assert archive.kind == "eml"
    assert held(archive) == {"自评表.xlsx": TABLE, "照片.jpg": b"jpg"}


def test_a_name_in_gbk() -> None:
    """Foxmail and QQ 邮箱 write the name as an encoded word, and lines end as on Windows."""
    word = "=?gbk?B?" + base64.b64encode("校舍维修自评表.xlsx".encode("gbk")).decode() + "?="
    data = mail(("name", TABLE)).as_bytes().replace(b'filename="name"', f'filename="{word}"'.encode())
    assert held(opened(data.replace(b"\n", b"\r\n"))) == {"校舍维修自评表.xlsx": TABLE}


def test_a_mail_sent_on_with_a_mail_is_a_mail() -> None:
    outer = mail()
    outer.add_attachment(mail(("自评表.xlsx", TABLE), subject="二小"))
    (name, data), *_ = held(opened(outer.as_bytes())).items()
    assert (name, held(opened(data))) == ("二小.eml", {"自评表.xlsx": TABLE})


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",  # a saved web page
        # a web page saved by a browser
        (
            b"From: <Saved by Blink>\nSubject: a\nDate: Thu, 20 Feb 2025 09:30:00 +0800\nMIME-Version: 1.0\n"
            b'Content-Type: multipart/related; type="text/html"; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>\n--x--\n'
        ),
        "From: 张某\nDate: 2025\n\n项目名称：甲".encode(),
        "项目名称:甲\n主管部门:乙\n".encode("gbk"),
    ],
)
def test_a_text_is_no_mail_with_attachments(data: bytes) -> None:
    assert open_archive(Source.of_bytes(data, "a.eml")) is None


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_mail_without_attachments_is_one(kind: str) -> None:
    made = mail()
    made.add_alternative("<p>见网盘</p>", subtype="html") if kind == "html" else None
    assert held(opened(made.as_bytes())) == {}


def test_a_mail_with_nothing_but_a_file() -> None:
    """Some programs send a file without a word: the mail is the file."""
    made = mail()
    made.set_content(TABLE, maintype="application", subtype="octet-stream", filename="自评表.xlsx")
    assert held(opened(made.as_bytes())) == {"自评表.xlsx": TABLE}


@pytest.mark.parametrize("gone", ["From", "To", "Date"])
def test_a_draft_lacks_what_the_server_adds(gone: str) -> None:
    made = mail(("自评表.xlsx", TABLE))
    del made[gone]
    assert held(opened(made.as_bytes())) == {"自评表.xlsx": TABLE}


def test_a_picture_in_the_text_is_no_attachment() -> None:
    made = mail()
    made.set_content("<img src=cid:a>", subtype="html")
    made.add_related(b"png", "image", "png", cid="<a>", filename="签名.png")
    assert held(opened(made.as_bytes())) == {}


def test_a_signed_mail() -> None:
    inner = mail(("自评表.xlsx", TABLE)).as_bytes().partition(b"MIME-Version: 1.0")[2]
    signed = (
        b"From: a@b.invalid\nTo: c@d.invalid\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/signed; boundary=s; protocol=x\n\n--s"
        + inner
        + b"\n--s\nContent-Type: x/y\n\nz\n--s--\n"
    )
    assert held(opened(signed)) == {"自评表.xlsx": TABLE}


def test_a_mail_that_is_cut_off_or_odd_is_one_sentence_or_what_is_left() -> None:
    whole = mail(("自评表.xlsx", TABLE)).as_bytes()
    odd = whole.replace(b"base64", b"x-unknown")
    for data in (*(whole[:length] for length in range(120, len(whole), 37)), odd):
        try:
            archive = open_archive(Source.of_bytes(data, "a.eml"))
        except UnreadableError:
            continue
        if archive is not None:
            held(archive)
