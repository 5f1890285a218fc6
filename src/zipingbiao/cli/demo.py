"""``zpb demo``: the five reference projects scored, checked and merged, with a short tour."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import zipingbiao as z
from zipingbiao.result.said import by_severity, headline
from zipingbiao.scoring.finding import Severity, count
from zipingbiao.template.examples import examples

SUMMARY = "汇总表.xlsx"


def run(folder: Path, say: Callable[[str], object]) -> Path:
    """Copy the examples into a new folder, score, check and merge them there; return the folder.

    A folder that already holds something is left alone: the next free name is used, and said.
    """
    target = _free(folder)
    if target != folder:
        say(f"“{folder}”里已有内容，不去改动，改用“{target}”。")
    target.mkdir(parents=True, exist_ok=True)
    # One workbook per project; the one with all five would count every project twice.
    single = sorted(examples().glob("[0-9]*.xlsx"))
    files = [Path(shutil.copyfile(file, target / file.name)) for file in single]
    say(f"一、评分并校验 {len(files)} 个示例项目（只填空白的单元格，手工填写的不动）")
    for press in z.score(files):
        for evaluation in press.result.evaluations:
            say(f"  {headline(evaluation)}")
        for finding in by_severity(press.result.findings):
            if finding.severity is not Severity.INFO:
                say(
                    f"    {finding.severity.label} {finding.code} {finding.ref.place if finding.ref else ''}：{finding.message}"
                )
        hints = count(press.result.findings, Severity.INFO)
        if hints:
            say(f"    另有提示 {hints} 条，用 zpb check 查看")
    merged = z.merge(target, target / SUMMARY)
    say("二、汇总（一张汇总表只汇总一个年度，另一年度的略过）")
    for line in merged.lines()[-2:]:
        say(f"  {line}")
    say("三、接下来可以")
    for line in _next_steps(target, files):
        say(f"  {line}")
    return target


def _free(folder: Path) -> Path:
    candidate, number = folder, 2
    while candidate.exists() and (not candidate.is_dir() or any(candidate.iterdir())):
        candidate = folder.with_name(f"{folder.name}-{number}")
        number += 1
    return candidate


def _next_steps(target: Path, files: list[Path]) -> Iterator[str]:
    yield f"打开 {target / SUMMARY}，看汇总表（上报）、部门汇总、统计、底稿、问题清单、文件清单"
    if files:
        yield f"zpb check {files[0]}        只校验，不改文件"
        yield f"zpb score {files[0]}        再按一次评分，不会有任何改动"
    yield "zpb merge 您的文件夹 -o 汇总表.xlsx"
