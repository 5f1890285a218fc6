"""What the page without Python shows and saves: the same core, asked by name, answering in words as JSON.

It runs inside the browser, where nothing is written and nothing fetched: content comes in as bytes and goes
out as bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePath
from typing import Any, NamedTuple

import zipingbiao as z
from zipingbiao.batch.finished import spot_of
from zipingbiao.batch.records import record_of
from zipingbiao.batch.summary.findings import owner_of
from zipingbiao.batch.summary.workbook import findings_workbook
from zipingbiao.book.changes import Plan
from zipingbiao.deliver.county import County, carried
from zipingbiao.errors import ZipingbiaoError
from zipingbiao.report.sign_off import sign_off_pages
from zipingbiao.result import precheck
from zipingbiao.result.columns import FindingLine
from zipingbiao.result.examine import examine_bytes
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.said import by_severity, number_text
from zipingbiao.scoring.evaluation import LEVEL_GROUPS, Evaluation, Scored, level_group
from zipingbiao.scoring.finding import Finding, Severity, count, parted
from zipingbiao.table.entry import Entry
from zipingbiao.table.forms import FORMS, form_named
from zipingbiao.table.records import Project, Role
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.examples import examples
from zipingbiao.template.write import finished
from zipingbiao.values.number import percent, plain

NONE = "—"
_ARCHIVES = frozenset({".zip", ".rar", ".7z"})
_UNPACK = "这是压缩包，请先解压，再把里面的自评表放进来。"
_SCORED, _NATIVE = "（已评分）", "native"
_DO_NOT_USE = "请勿使用，告知财政局绩效股"
_SELF_CHECK = (("000", "89.5"), ("001", "93.08"), ("002", "94.23"), ("003", "100"), ("004", "96.75"))
"""The reference projects and their totals by rule (design.md 3)."""
_MARKED = {
    Role.LEVEL1: "level1", Role.LEVEL2: "level2", Role.NAME: "name", Role.WEIGHT: "weight", Role.TARGET: "target",
    Role.ACTUAL: "actual", Role.COMPLETION: "completion", Role.SCORE: "score", Role.REASON: "reason",
}  # fmt: skip


class Answer(NamedTuple):
    """What a call comes back with: words for the screen, and a file to be saved where it makes one."""

    words: Any
    file: bytes | None = None


def answer(call: str, words: str, files: Any) -> tuple[str, bytes | None]:
    """Answer one call of the page.

    Args:
        call: the name of a call.
        words: its words, a list as JSON: the paths of *files*, or what the call takes.
        files: contents as the browser holds them, or bytes.

    Returns:
        The answer as JSON, and the file that it makes.
    """
    contents = [each if isinstance(each, bytes) else each.to_bytes() for each in files]
    said = _CALLS[call](json.loads(words), contents)
    return json.dumps(said.words, ensure_ascii=False), said.file


# ------------------------------------------------------------------ one file on the screen


def examined(words: Sequence[str], files: Sequence[bytes]) -> Answer:
    """Say what is in a file: its state in a few words, its projects with all that the screen shows of them."""
    result = _result(files[0], words[0])
    errors, warnings = (count(result.findings, each) for each in (Severity.ERROR, Severity.WARNING))
    filled = [
        (one, findings)
        for one, findings in zip(result.evaluations, result.checks, strict=True)
        if not one.table.is_blank
    ]
    return Answer(
        {
            "state": _state(result, errors, warnings),
            "good": result.status is Status.ACCEPTED and not errors,
            "why": result.why,
            "writable": _is_writable(files[0], result),
            "projects": [_project(result, one, findings) for one, findings in filled],
        }
    )


def _result(data: bytes, path: str) -> FileResult:
    """What is in a file, by the rules of this edition and held against what its bureau approved."""
    county = carried()
    result = examine_bytes(data, path, county.profile)
    if result.status is Status.ARCHIVE or (
        not result.evaluations and PurePath(path).suffix.lower() in _ARCHIVES
    ):
        return replace(result, status=Status.REJECTED, why=_UNPACK, members=())
    against = county.against({path: data})
    return result if against is None else against.applied([result], whole=False)[0]


def _state(result: FileResult, errors: int, warnings: int) -> str:
    if result.status is not Status.ACCEPTED:
        word = "打不开" if result.status is Status.REJECTED else result.status.label
        return f"{word}：{result.why}" if result.why else word
    asked = f"，需说明{warnings}处" if warnings else ""
    return (f"需修改{errors}处" if errors else "已评分") + asked


def _is_writable(data: bytes, result: FileResult) -> bool:
    return result.status is Status.ACCEPTED and z.read(data, name=result.path).writable


def _project(result: FileResult, one: Evaluation, findings: Sequence[Finding]) -> dict[str, Any]:
    project = one.table.project
    marks = _marks(findings)
    return {
        "name": one.table.name,
        "head": "　".join(
            part for part in (one.table.name, project.unit or project.department, project.year) if part
        ),
        "total": "未完成" if one.total is None else plain(one.total),
        "grade": one.profile.printed_grade(one.total) if one.total is not None else "",
        "rate": NONE if one.execution_rate is None else percent(one.execution_rate),
        "agrees": _agrees(one),
        "stated": _stated(one),
        "parts": list(_parts(one)),
        "rows": [_row(row, marks) for row in one.rows],
        "findings": [_finding(finding) for finding in by_severity(findings)],
        "sign_off": _sign_off(result, one, findings),
    }


def _parts(one: Evaluation) -> Iterator[dict[str, str]]:
    """What each group of indicators got by rule, and what it could have got; no group with a line that has no score."""
    for name in LEVEL_GROUPS:
        rows = [row for row in one.rows if level_group(row.indicator) == name]
        weight = sum((row.indicator.weight or Decimal(0) for row in rows), Decimal(0))
        scores = [row.score for row in rows if row.score is not None]
        if weight and len(scores) == len(rows):
            yield {"name": name, "score": number_text(sum(scores, Decimal(0))) or "", "weight": plain(weight)}


def _agrees(one: Evaluation) -> bool:
    """Whether the total and the grade on the table, typed or calculated there, are those of the rules."""
    shown, word = _shown(one), _shown_grade(one)
    same_total = shown is None or shown.number in {None, one.total}
    return same_total and (
        not word or one.total is None or one.profile.same_grade(word) == one.profile.grade(one.total)
    )


def _shown(one: Evaluation) -> Entry | None:
    total = one.table.total_score
    return None if total is None or total.is_empty else total


def _shown_grade(one: Evaluation) -> str:
    return one.table.grade.text.strip() if one.table.grade is not None else ""


def _stated(one: Evaluation) -> str:
    shown = _shown(one)
    if shown is None or shown.number is None:
        return "表上还没有总分"
    said = f"表上{'填' if shown.is_typed else '算'}的：{shown.text.strip()}　{_shown_grade(one)}".rstrip()
    return f"{said}　一致" if _agrees(one) else f"{said}　与核算的{number_text(one.total) or '未完成'}不一致"


def _marks(findings: Sequence[Finding]) -> Mapping[str, Severity]:
    """The most serious finding about each cell."""
    marks: dict[str, Severity] = {}
    for finding in findings:
        for ref in finding.refs:
            known = marks.get(str(ref))
            if not finding.verified and (known is None or finding.severity.rank < known.rank):
                marks[str(ref)] = finding.severity
    return marks


def _row(row: Scored, marks: Mapping[str, Severity]) -> dict[str, Any]:
    line = row.indicator
    found = {
        key: marks[str(entry.ref)].value
        for role, key in _MARKED.items()
        if (entry := line.entries.get(role)) is not None and str(entry.ref) in marks
    }
    return {
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "weight": number_text(line.weight) or "",
        "target": line.text(Role.TARGET),
        "actual": line.text(Role.ACTUAL),
        "completion": row.completion_text,
        "score": number_text(row.score) or "",
        "stated": number_text(line.stated_score) or "",
        "reason": line.text(Role.REASON),
        "explanation": row.explanation,
        "marks": {key: value for key, value in found.items() if value != Severity.INFO.value},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    what, remedy = parted(finding.message)
    if not remedy and finding.expected:
        remedy = f"应为{finding.expected}"
    explained = z.explain(finding.code)
    return {
        "severity": finding.severity.value,
        "where": _where(finding),
        "what": what,
        "remedy": remedy,
        "basis": explained.parts["依据"],
    }


def _where(finding: Finding) -> str:
    """Its place as on paper: 附件1 D12."""
    ref = finding.ref
    if ref is None:
        return "整个文件"
    return ref.place if ref.said else f"{ref.sheet} {ref.a1}"


def _sign_off(result: FileResult, one: Evaluation, findings: Sequence[Finding]) -> list[list[Any]]:
    """The 送签单 of a project as rows of (text, columns that it takes, whether it is a label)."""
    alone = FileResult(
        result.path, result.status, result.why, (one,), (tuple(findings),), digest=result.digest
    )
    blocks, _notes = sign_off_pages(alone, None, None)
    return [
        [[cell.text, cell.span, cell.bold] for cell in row] for block in blocks for row in _rows_of(block)
    ]


def _rows_of(block: Any) -> Iterator[Any]:
    yield from getattr(block, "rows", ())


# ------------------------------------------------------------------ files to save


def scored(words: Sequence[str], files: Sequence[bytes]) -> Answer:
    """Return the scored workbook, as ``zpb score`` writes it."""
    county = carried()
    changed, press = z.score(files[0], name=words[0], profile=county.profile)
    path = PurePath(words[0])
    name = f"{path.stem}{_SCORED}{path.suffix}"
    if press.refused is not None:
        return Answer({"name": name, "said": press.refused})
    told = f"已生成 {name}，请在浏览器的下载位置查看。"
    if county.is_own:
        changed, checks = _prechecked(changed, words[0], county)
        told += "".join(f"{each}。" for each in checks)
    return Answer({"name": name, "said": told}, changed)


def _prechecked(data: bytes, path: str, county: County) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with what this edition found in it, and that in words."""
    texts = precheck.said(_result(data, path), county.rules_said or "内置规则")
    book = z.read(data, name=path)
    names = precheck.names_for(texts, book.names)
    return z.apply(Plan((), book.digest, names), data), texts


def findings(words: Sequence[str], files: Sequence[bytes]) -> Answer:
    """Return 问题清单 of one file as a workbook."""
    path = PurePath(words[0])
    result = _result(files[0], words[0])
    tables = record_of(result).projects
    lines = [
        FindingLine.of(path.name, finding, owner_of(spot_of(finding), tables))
        for finding in by_severity(result.findings)
    ]
    name = f"{path.stem}校验结果.xlsx"
    return Answer({"name": name, "said": f"已生成 {name}。"}, findings_workbook(lines))


def merged(words: Sequence[str], files: Sequence[bytes]) -> Answer:
    """Return the 汇总表 of several files, as ``zpb merge`` writes it."""
    data, done = z.merge(dict(zip(words, files, strict=True)), profile=carried().profile)
    return Answer({"name": "汇总表.xlsx", "said": "；".join(done.lines())}, data)


def blank(words: Sequence[str], _files: Sequence[bytes]) -> Answer:
    """Return a blank template: ``national``, ``shanxi``, or ``native``, which calculates without macros."""
    native = words[0] == _NATIVE
    form = form_named("national" if native else words[0]) or FORMS[0]
    name = f"{form.file_name}{'-免宏版' if native else ''}.xlsx"
    data = finished(NewWorkbook(form, Project(), (NewProject(),), formulas=native))
    return Answer({"name": name, "said": f"已生成 {name}。"}, data)


def units(_words: Sequence[str], _files: Sequence[bytes]) -> Answer:
    """Say which units this edition knows, and their projects; none in the general one."""
    return Answer([{"unit": unit, "projects": names} for unit, names in carried().units().items()])


def prefilled(words: Sequence[str], _files: Sequence[bytes]) -> Answer:
    """Return the workbook of a unit with its projects and their approved targets."""
    name = f"{words[0]}自评表.xlsx"
    return Answer(
        {"name": name, "said": f"已生成 {name}，填好后再放进来。"}, finished(carried().prefilled(words[0]))
    )


def self_checked(_words: Sequence[str], _files: Sequence[bytes]) -> Answer:
    """Score the five reference projects and say whether each total is what it must be."""
    totals = []
    for number, expected in _SELF_CHECK:
        file = next(examples().glob(f"{number}*.xlsx"))
        (one,) = examine_bytes(file.read_bytes(), file.name).evaluations
        totals.append((number_text(one.total), expected))
    good = all(total == expected for total, expected in totals)
    shown = "　".join(total or NONE for total, _ in totals)
    said = f"{len(totals)}个样表全部一致：{shown}" if good else f"{_DO_NOT_USE}：样表核算为{shown}"
    return Answer({"good": good, "said": said})


def _guarded(call: Callable[[Sequence[str], Sequence[bytes]], Answer]) -> Callable[..., Answer]:
    """The call, whose failure is the sentence that it says."""

    def guarded(words: Sequence[str], files: Sequence[bytes]) -> Answer:
        try:
            return call(words, files)
        except ZipingbiaoError as known:
            return Answer({"name": "", "said": str(known)})

    return guarded


_CALLS = {
    call.__name__: _guarded(call)
    for call in (examined, scored, findings, merged, blank, units, prefilled, self_checked)
}
