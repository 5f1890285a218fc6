"""撤销 of a file: what is written where, and what is said."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

import zipingbiao as z
from zipingbiao.book import marks
from zipingbiao.book.read import read_book
from zipingbiao.book.write.patch import patch
from zipingbiao.change.log import SCORE, logged
from zipingbiao.change.plan import plan_score
from zipingbiao.errors import UnreadableError, UsageError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table import ours

WHEN = dt.datetime.fromisoformat("2026-11-20 20:10:05")
ROWS = (
    ("一级指标", "二级指标", "三级指标", "目标值", "业绩值", "分值", "得分", "完成率"),
    ("产出指标", "数量指标", "培训人次", "≥200人次", "190人次", 60),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "96%", 40),
)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """Give a workbook whose scores are blank."""
    path = tmp_path / "自评表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("项目1")
    for row, line in enumerate(ROWS):
        sheet.write_row(row, 0, line)
    log = book.add_worksheet(ours.Sheet.LOG)
    log.write_row(ours.HEADING_ROW - 1, 0, ours.LOG_HEADINGS)
    book.define_name(marks.TEMPLATE, '="shanxi/1"')
    book.close()
    return path


@pytest.fixture
def scored(blank: Path) -> Path:
    """Give the workbook after 评分."""
    book = read_book(blank)
    plan = plan_score(book, evaluate(book).evaluations)
    log = logged(book, plan.changes, SCORE, WHEN, "shanxi")
    blank.write_bytes(patch(blank.read_bytes(), replace(plan, changes=(*plan.changes, *log))))
    return blank


def scores(path: Path) -> list[object]:
    grid = read_book(path).grid("项目1")
    return [cell.value for place in ((2, 7), (2, 8), (3, 7)) if (cell := grid.at(*place))]


def test_in_place_with_the_original_beside_it(scored: Path) -> None:
    before = scored.read_bytes()
    done = z.undo(scored)
    assert scores(scored) == []
    assert done.saved == scored
    assert done.backup == scored.with_name("自评表.xlsx.bak")
    assert done.backup.read_bytes() == before
    assert done.lines() == [
        f"已撤销第1批（2026-11-20 20:10:05 评分），写入 {scored}（4 处，原文件留作 自评表.xlsx.bak）。"
    ]


def test_into_another_file_or_folder(scored: Path, tmp_path: Path) -> None:
    before = scored.read_bytes()
    done = z.undo(scored, out=tmp_path / "另存.xlsx")
    assert done.saved == tmp_path / "另存.xlsx"
    assert scores(done.saved) == []
    (tmp_path / "夹").mkdir()
    assert z.undo(scored, out=tmp_path / "夹").saved == tmp_path / "夹" / "自评表.xlsx"
    assert z.undo(scored, out=tmp_path / "另存.xlsx").lines()[0].startswith("另存.xlsx 已存在")
    made = tmp_path / "无" / "另存.xlsx"
    assert z.undo(scored, out=made).saved == made
    assert scored.read_bytes() == before


def test_a_dry_run_writes_nothing(scored: Path) -> None:
    before = scored.read_bytes()
    done = z.undo(scored, dry_run=True)
    assert scored.read_bytes() == before
    assert done.lines() == [
        "将撤销第1批（2026-11-20 20:10:05 评分），改动 4 处（未写文件）：",
        "项目1!G2：57 → 空白（撤销第1批）",
        "项目1!H2：95.00% → 空白（撤销第1批）",
        "项目1!G3：40 → 空白（撤销第1批）",
        "项目1!H3：101.05% → 空白（撤销第1批）",
    ]


def test_json(scored: Path) -> None:
    told = json.loads(json.dumps(z.undo(scored).as_json()))
    assert (told["batch"], told["action"], told["saved"]) == (1, "评分", str(scored))
    assert told["changes"][0] == {"cell": "项目1!G2", "old": "57", "new": "", "why": "撤销第1批"}
    assert (len(told["changes"]), told["notes"], told["refused"]) == (4, [], None)


def test_an_open_file_is_refused_in_one_sentence(scored: Path) -> None:
    before = scored.read_bytes()
    scored.with_name("~$自评表.xlsx").write_bytes(b"")
    done = z.undo(scored)
    assert done.saved is None
    assert done.lines() == [done.refused]
    assert "被打开" in (done.refused or "")
    assert scored.read_bytes() == before


def test_nothing_to_undo_is_wrong_usage(scored: Path, tmp_path: Path) -> None:
    z.undo(scored)
    before = scored.read_bytes()
    with pytest.raises(UsageError, match="没有可以撤销"):
        z.undo(scored)
    assert scored.read_bytes() == before
    with pytest.raises(UnreadableError, match="找不到"):
        z.undo(tmp_path / "没有.xlsx")
