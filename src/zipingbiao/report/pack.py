"""提交包 and 公开稿: all that is handed in for a workbook, or published, as one zip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from zipingbiao.batch.files import find
from zipingbiao.batch.summary.workbook import findings_workbook
from zipingbiao.book.given import OnePath
from zipingbiao.book.read.content import content_of
from zipingbiao.book.write.public.document import public_document
from zipingbiao.book.write.public.workbook import public_workbook
from zipingbiao.book.write.save import make_folder, save_new
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.report.beside import Beside, contradictions, open_sentences, report_beside
from zipingbiao.report.blank import packed
from zipingbiao.report.contents import Item, contents, contents_of_many
from zipingbiao.report.draft import TO_CHECK
from zipingbiao.report.printed import print_all
from zipingbiao.report.proof import FOLDER, proof_of
from zipingbiao.report.write import report
from zipingbiao.result.columns import FindingLine
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.isolated import isolated
from zipingbiao.result.said import by_severity, headline
from zipingbiao.result.secrecy import WHY, secret
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.table import ours
from zipingbiao.values.frozen import frozen
from zipingbiao.values.secrecy import is_secret_path

Ask: TypeAlias = Callable[[str], bool]

Contents: TypeAlias = tuple[list[Item], tuple[str, ...]]
"""The files of one workbook's pack, 目录 first, and what a person should know."""

_NAMES = {False: "提交包", True: "公开稿"}
_SUFFIX = ".zip"
_WORD = frozenset({".docx", ".doc", ".wps", ".docm"})
_OPEN_XML = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_WORKBOOKS = _OPEN_XML | {".xlsb", ".xls", ".et", ".ods"}
_SECRET = "请按保密规定另行报送：涉密文件不打包，也没有打开。"  # noqa: S105 no password
_WAITING = TO_CHECK.strip("（）")
_STALE = "S112"
_NOT_PUBLIC = (ours.Sheet.FINDINGS, ours.Sheet.LOG)
_MOST_NAMED = 10


@frozen
class Ready:
    """A workbook that may be packed: nothing in its texts waits, and it was scored after its last change.

    Attributes:
        result: its filled tables with their findings.
        report: the report to be packed.
        report_name: its name.
        beside: the report that was there already; None for a new one.
        notes: what a person should know of the report.
        wrong: what the report beside it states otherwise, each an error.
    """

    path: Path
    data: bytes
    result: FileResult
    report: bytes
    report_name: str
    beside: Beside | None
    notes: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many errors stand in the workbook and its report."""
        return count(self.result.findings, Severity.ERROR) + len(self.wrong)


@frozen
class Packed:
    """A pack that was written.

    Attributes:
        saved: the zip.
        results: of the workbooks that are in it.
        left_out: those that are not, each with why.
        notes: what a person should know, in Chinese: what is missing, what else to do.
    """

    saved: Path
    results: tuple[FileResult, ...]
    left_out: tuple[FileResult, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return what was done, for people."""
        return (f"已打包 {self.saved}，共 {len(self.results)} 个工作簿", *self.notes)


def pack(
    path: OnePath,
    *,
    out: OnePath | None = None,
    public: bool = False,
    profile: str | None = None,
    ask: Ask | None = None,
) -> Packed:
    """Put a workbook with all that belongs to it into one zip; of a folder each workbook into a folder of its own.

    In it are the workbook, its 绩效自评报告 (the one that lies beside it and is about its projects, else a new
    one), both as PDF where this computer can print them (Word and Excel, or LibreOffice), the files that
    佐证材料 lists, 问题清单 and 目录. Nothing is changed beside the new zip. The same input gives the same bytes,
    but for the PDF.

    Args:
        path: a workbook, or a folder of them.
        out: the zip; None is beside *path*, named after it.
        public: 公开稿: workbook and report without comments, tracked changes, hidden content, personal data
            and marks of ours, their PDF and 目录; nothing else.
        profile: 评分规则, a name or a YAML file; None chooses per table.
        ask: asked before a workbook with errors is packed; None packs none.

    Raises:
        UnreadableError: no workbook with a filled table.
        RefusedError: 待核实 stands in a text, the workbook was not scored or changed since, errors are left and
            nobody agreed, or there is a file at *out* already.
        UsageError: arguments that do not fit together.
    """
    source = Path(path)
    target = _target(source, out, _NAMES[public])
    if source.is_dir():
        found, aside = find(source)
        files = [file for file in found if file.suffix.lower() in _WORKBOOKS]
        done = [isolated(file, partial(_ready, file, profile), _as_it_is) for file in files]
        ready = [one for one in done if isinstance(one, Ready)]
        left_out = [one for one in done if isinstance(one, FileResult)]
        left_out += [one for one in aside if one.status in {Status.SECRET, Status.REJECTED}]
        if not ready:
            raise RefusedError(_nothing(source, left_out))
        _agree(ready, ask)
        return _pack_folder(source, target, ready, left_out, public=public)
    if is_secret_path(str(source)):
        raise RefusedError(_SECRET)
    if source.suffix.lower() in _WORD:
        raise UsageError(f"请给自评表工作簿或文件夹：“{source.name}”是 Word 文档，旁边的报告会一起打包。")
    one = _ready(source, profile)
    _agree([one], ask)
    items, notes = _items(one, public=public, alone=True)
    _save(target, {item.name: item.data for item in items})
    return Packed(target, (one.result,), (), notes)


def _target(source: Path, out: OnePath | None, name: str) -> Path:
    """Where the zip goes.

    Raises:
        UsageError: it is not named as a zip.
        RefusedError: it is there already.
    """
    whole = source.resolve()
    default = f"{whole.name if whole.is_dir() else whole.stem}{name}{_SUFFIX}"
    place = whole.parent / default if out is None else Path(out)
    place = place / default if place.is_dir() else place
    if place.suffix.lower() != _SUFFIX:
        raise UsageError(f"“{place}”应以 {_SUFFIX} 结尾，例如 -o {default}。")
    if place.exists():
        raise RefusedError(f"{place.name} 已存在，没有覆盖；请先移走，或用 -o 换一个文件名。")
    return place


def _as_it_is(result: FileResult) -> Ready | FileResult:
    return secret(result.path) if WHY in (result.why or "") else result


def _no_items(result: FileResult) -> Contents | FileResult:
    return result


def _nothing(folder: Path, left_out: Sequence[FileResult]) -> str:
    first = next((f"：{Path(one.path).name}，{one.why}" for one in left_out if one.why), "。")
    return f"“{folder.name}”中没有可以打包的工作簿，没有打包{first}"


# ------------------------------------------------------------------ may it be packed


def _ready(path: Path, profile: str | None) -> Ready:
    """Read a workbook and its report, and say why they may not be packed yet.

    Raises:
        UnreadableError, RefusedError: as :func:`pack`.
    """
    data = content_of(path)
    made, written = report(data, name=str(path), profile=profile)
    result = written.result
    _refuse_waiting(result)
    _refuse_stale(result)
    beside = report_beside(path, result.evaluations)
    if beside is None:
        return Ready(path, data, result, made, f"{path.stem}绩效自评报告.docx", None, written.notes)
    waiting = next(open_sentences(beside.book, _WAITING), None)
    if waiting is not None:
        raise RefusedError(
            f"{path.name}：请先核实报告“{beside.path.name}”{waiting}的内容并删去“{_WAITING}”，再打包。"
        )
    wrong = tuple(contradictions(beside, result.evaluations))
    return Ready(path, data, result, beside.data, beside.path.name, beside, result.notes, wrong)


def _refuse_waiting(result: FileResult) -> None:
    for evaluation in result.evaluations:
        for entry in evaluation.table.texts.values():
            if _WAITING in entry.text:
                raise RefusedError(
                    f"{Path(result.path).name}：请先核实{entry.ref.place}的内容并删去“{_WAITING}”，再打包。"
                )


def _refuse_stale(result: FileResult) -> None:
    """Refuse a table whose total is not, or no longer, the one that its lines give."""
    for evaluation in result.evaluations:
        total = evaluation.table.total_score
        if total is not None and total.number is None and evaluation.adopted_total is not None:
            raise RefusedError(
                f"{Path(result.path).name}：请先评分，再打包：表上还没有总分（{total.ref.place}）。"
            )
    stale = next((finding for finding in result.findings if finding.code == _STALE), None)
    if stale is not None:
        place = f"（{stale.ref.place}）" if stale.ref is not None else ""
        raise RefusedError(f"{Path(result.path).name}：请先再按一次评分，再打包：评分以后内容有改动{place}。")


def _agree(ready: Sequence[Ready], ask: Ask | None) -> None:
    """Ask whether workbooks with errors are packed all the same.

    Raises:
        RefusedError: nobody said so.
    """
    wrong = [one for one in ready if one.errors]
    if not wrong:
        return
    errors = sum(one.errors for one in wrong)
    which = f"“{wrong[0].path.name}”" if len(wrong) == 1 else f"{len(wrong)} 个工作簿"
    said = f"{which}还有 {errors} 个错误没有改正，报送后会被退回"
    if ask is None or not ask(f"{said}。仍然打包吗？"):
        raise RefusedError(f"{said}，没有打包；请改正后再打包（用 zpb check 查看），确要打包请加 --yes。")


# ------------------------------------------------------------------ what is in it


def _items(one: Ready, *, public: bool, alone: bool) -> Contents:
    """Return what a workbook's pack holds; *alone* says that no other workbook shares its folder."""
    notes = list(one.notes)
    workbook, name, document = one.data, one.path.name, one.report
    if public:
        workbook, document = _public_copies(one)
        name = f"{one.path.stem}.xlsx"
    sheets = {evaluation.table.sheet for evaluation in one.result.evaluations}
    table, paper, said = print_all(workbook, Path(name).suffix.lower(), sheets, document)
    items = [Item(name, "自评表工作簿", workbook), Item(one.report_name, "自评报告", document)]
    if table is not None:
        items.append(Item("自评表（打印稿）.pdf", "自评表 PDF", table))
    if paper is not None:
        items.append(Item("自评报告（打印稿）.pdf", "自评报告 PDF", paper))
    notes += said
    if public:
        notes.append("公开前请再通读一遍：佐证材料和问题清单没有放入，图片里能看到的内容没有处理。")
    else:
        proofs, missing = _proofs(one, alone=alone)
        items += [Item("问题清单.xlsx", "问题清单", findings_workbook(_findings(one))), *proofs]
        notes += missing
    title = f"{'公开稿' if public else '提交材料'}目录"
    listed = contents(
        title, list(_facts(one, public=public)), items, [*([] if public else one.wrong), *notes]
    )
    return [Item("目录.docx", "目录", listed), *items], (*one.wrong, *notes)


def _public_copies(one: Ready) -> tuple[bytes, bytes]:
    """Return workbook and report as they may be published.

    Raises:
        RefusedError: one of them may not; says which and what to do.
    """
    if one.path.suffix.lower() not in _OPEN_XML:
        raise RefusedError(f"{one.path.name}：请先用 Excel 或 WPS 另存为 .xlsx，再做公开稿。")
    codes = [entry.table.project.code for entry in one.result.evaluations]
    name = one.path.name
    try:
        workbook = public_workbook(one.data, without=_NOT_PUBLIC, codes=codes)
        name = one.report_name
        return workbook, public_document(one.report, codes=codes)
    except RefusedError as error:
        raise RefusedError(f"{name}：{error}") from error


def _findings(one: Ready) -> list[FindingLine]:
    own = [FindingLine.of(one.path.name, finding) for finding in by_severity(one.result.findings)]
    said = [
        FindingLine.of(one.report_name, Finding("T111", Severity.ERROR, None, message))
        for message in one.wrong
    ]
    return [*said, *own]


def _facts(one: Ready, *, public: bool) -> Iterator[str]:
    for evaluation in one.result.evaluations:
        project = evaluation.table.project
        unit = project.unit or project.department
        yield f"{unit}　{headline(evaluation).partition('（评分规则')[0]}"
    if not public:
        findings = one.result.findings
        yield f"错误 {one.errors} 个（必须改正），警告 {count(findings, Severity.WARNING)} 个（需要说明），见“问题清单”"


def _proofs(one: Ready, *, alone: bool) -> tuple[list[Item], list[str]]:
    """Return the files of 佐证材料, and a note of each kind about what is not among them."""
    own, said = one.result.evaluations, one.beside.result.evaluations if one.beside is not None else ()
    listed = [each.name for evaluation in own for each in evaluation.table.evidence or () if each.name]
    if not listed:  # somebody's own form has no such sheet: 附件2 of the report says it
        listed = [each.name for evaluation in said for each in evaluation.table.evidence or () if each.name]
    if not listed:
        return [], ["请在“佐证材料”中列出材料名称：没有列出，没有放入佐证材料。"]
    proof = proof_of(one.path.parent, listed)
    items = [Item(f"{FOLDER}/{name}", FOLDER, data) for name, data in proof.files.items()]
    notes = []
    if proof.missing:
        notes.append(
            f"请把缺的佐证材料放到工作簿旁边的“{FOLDER}”文件夹再打包：{'、'.join(proof.missing)}没有找到。"
        )
    if proof.left_out:
        notes.append(f"请另行处理没有放入的佐证材料：{'、'.join(proof.left_out)}。")
    if alone and proof.unlisted:
        named = "、".join(proof.unlisted[:_MOST_NAMED])
        more = "等" if len(proof.unlisted) > _MOST_NAMED else ""
        notes.append(f"需要报送的请先列入佐证材料：文件夹“{FOLDER}”里的{named}{more}没有列入，没有放入。")
    return items, notes


# ------------------------------------------------------------------ a folder, and the zip


def _pack_folder(
    source: Path, target: Path, ready: Sequence[Ready], left_out: list[FileResult], *, public: bool
) -> Packed:
    """Pack each workbook into a folder of its own; one that cannot be published is left out with its reason."""
    files: dict[str, bytes] = {}
    packed_ones: list[Ready] = []
    notes: list[str] = []
    rows: list[tuple[str, str, str]] = []
    for one in ready:
        shown = one.path.relative_to(source).as_posix()
        folder = PurePosixPath(shown).with_suffix("").as_posix()
        folder = shown if f"{folder}/目录.docx" in files else folder  # 甲.xlsx and 甲.xlsm
        done = isolated(one.path, partial(_items, one, public=public, alone=False), _no_items)
        if isinstance(done, FileResult):
            left_out.append(done)
            continue
        items, said = done
        files |= {f"{folder}/{item.name}": item.data for item in items}
        packed_ones.append(one)
        notes += [f"{shown}：{note}" for note in said]
        rows.append((shown, "已打包", f"错误 {one.errors} 个，文件 {len(items)} 个"))
    if not packed_ones:
        raise RefusedError(_nothing(source, left_out))
    for result in left_out:
        shown = result.path.removeprefix(f"{source}").lstrip("/\\")
        rows.append((shown, "没有打包", result.why or Status.REJECTED.label))
    _save(target, {"目录.docx": contents_of_many("材料总目录", rows, ()), **files})
    return Packed(target, tuple(one.result for one in packed_ones), tuple(left_out), tuple(notes))


def _save(target: Path, files: dict[str, bytes]) -> None:
    make_folder(target.parent)
    save_new(target, packed(files))
