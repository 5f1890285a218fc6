"""Edits into the bytes of a Word document: its text changes where it was planned, and nowhere else.

Styles, pictures, comments, headers and everything else keep their bytes, names and order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

from zipingbiao.book.blocks import Block, Paragraph
from zipingbiao.book.cells import Book
from zipingbiao.book.read import read_bytes
from zipingbiao.book.read.preflight import open_archive
from zipingbiao.book.write.xml_bytes import Edit, apply
from zipingbiao.book.write.zip_copy import rewrite
from zipingbiao.errors import RefusedError, UnreadableError

_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx，再重试。"


def document_xml(data: bytes, book: Book) -> bytes:
    """Return the part of a document in which its blocks stand.

    Raises:
        RefusedError: *book* was not read from these bytes, or the part is stored in a way that cannot be patched.
    """
    if hashlib.blake2b(data, digest_size=16).hexdigest() != book.digest:
        raise RefusedError("文件在读取后被修改，没有写入；请重新运行，以免覆盖他人的修改。")
    if book.blocks and all(block.end == 0 for block in book.blocks):
        raise RefusedError(f"文档的内部编码不是 UTF-8，没有写入；{_SAVE_AS}")
    return open_archive(data).read(book.part)


def patch_document(data: bytes, book: Book, edits: Iterable[Edit]) -> bytes:
    """Return the document with edits made in the part that *book* names; without any, the very same bytes.

    What is written is read again: the blocks must follow each other as before, and each that no edit touched
    must have its bytes.

    Raises:
        RefusedError: as :func:`document_xml`, or what was written does not read as it should.
    """
    old = document_xml(data, book)
    changes = [edit for edit in edits if edit.new != old[edit.start : edit.end]]
    if not changes:
        return data
    made = sorted(changes, key=lambda edit: (edit.start, edit.end))
    if any(one.end > other.start for one, other in pairwise(made)):
        raise ValueError("two edits of the same bytes")
    new = apply(old, made)
    try:
        written = rewrite(data, {book.part: new})
        again = read_bytes(written, book.path)
    except (UnreadableError, KeyError) as error:
        raise RefusedError(f"文档的内部结构特殊，没有写入；{_SAVE_AS}") from error
    if not _is_kept(_whole(book.blocks), _whole(again.blocks), old, new, made):
        raise RefusedError(f"写出后复核不一致，没有写入；{_SAVE_AS}")
    return written


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that stand in no other one."""
    return [block for block in blocks if not (isinstance(block, Paragraph) and block.boxed)]


def _is_kept(
    before: Sequence[Block], after: Sequence[Block], old: bytes, new: bytes, edits: Sequence[Edit]
) -> bool:
    """Whether the same blocks follow each other, those that no edit touched with their bytes."""
    if [type(block) for block in before] != [type(block) for block in after]:
        return False
    return all(
        old[one.start : one.end] == new[other.start : other.end]
        for one, other in zip(before, after, strict=True)
        if not any(one.start <= edit.start and edit.end <= one.end for edit in edits)
    )
