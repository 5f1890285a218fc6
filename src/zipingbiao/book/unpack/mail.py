"""Mails saved as files (.eml): their attachments are read like the files of an archive."""

from __future__ import annotations

from collections.abc import Iterable
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from typing import cast

from zipingbiao.book.unpack.archive import Archive, Entry, check_cost, shown_names
from zipingbiao.book.unpack.source import Source
from zipingbiao.errors import UnreadableError

_LONGEST_HEAD = 200_000
# A draft has no sender; a saved web page has one, a subject and a date, and is sent to nobody.
_OF_A_DRAFT = ("from", "to", "subject", "date")
_OF_A_MAIL = ("to", "cc", "received", "message-id", "return-path", "x-mailer")


def open_mail(source: Source) -> Archive | None:
    """Return the attachments of a mail, perhaps none; None for any other text and a saved web page.

    Raises:
        UnreadableError: it exceeds a limit; does not name the file.
    """
    data = source.whole()
    head = BytesHeaderParser(policy=policy.compat32).parsebytes(data[:_LONGEST_HEAD])
    says = _OF_A_DRAFT if head.get_content_type() == "multipart/mixed" else _OF_A_MAIL
    if head["content-type"] is None or all(head[name] is None for name in says):
        return None
    try:
        return _Mail(BytesParser(policy=policy.default).parsebytes(data))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError("邮件已损坏，附件取不出来，请在邮箱里把附件另存后再汇总。") from error


class _Mail(Archive):
    kind = "eml"

    def __init__(self, mail: EmailMessage) -> None:
        self._data = [(_name(part), _bytes(part)) for part in _attached(mail)]
        check_cost([len(data) for _, data in self._data])
        names = shown_names(name for name, _ in self._data)
        self.entries = tuple(
            Entry(name, len(data)) for name, (_, data) in zip(names, self._data, strict=True)
        )

    def close(self) -> None:
        self._data = []

    def _read(self, place: int, most: int) -> bytes:
        return self._data[place][1][:most]


def _attached(mail: EmailMessage) -> Iterable[EmailMessage]:
    """What was attached: neither the text in its two forms nor the pictures in it."""
    kind = mail.get_content_type()
    if kind == "multipart/mixed":
        return mail.iter_attachments()
    if kind == "multipart/signed":
        signed, *_ = mail.iter_parts()
        return _attached(cast("EmailMessage", signed))
    parts = list(mail.iter_parts()) if mail.is_multipart() else [mail]
    return [part for each in parts if _is_sent_along(part := cast("EmailMessage", each))]


def _is_sent_along(part: EmailMessage) -> bool:
    in_the_text = part["content-id"] is not None and part.get_content_maintype() == "image"
    return part.get_content_disposition() == "attachment" and not in_the_text


def _name(part: EmailMessage) -> str:
    """The name that the sender gave it; a mail sent on with a mail has its subject."""
    name = part.get_filename("")
    if name or part.get_content_type() != "message/rfc822":
        return name
    return f"{_inner(part)['subject'] or ''}.eml"


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return _inner(part).as_bytes()
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _inner(part: EmailMessage) -> EmailMessage:
    (mail,) = cast("list[EmailMessage]", part.get_payload())
    return mail
