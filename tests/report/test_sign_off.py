"""送签单: one page for the leader, in plain words, whatever the table holds."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import zipingbiao as z
from support import office
from support.written import EXECUTION, line, project, tables, texts, workbook
from zipingbiao.table.records import Project
from zipingbiao.template.content import NewProject
from zipingbiao.template.examples import examples


def slip(data: bytes, **options: object) -> dict[str, str]:
    """Return the one table of a 送签单 as label → text."""
    document, _ = z.report(data, sign_off=True, **options)  # type: ignore[call-overload]
    (table,) = tables(document)
    pairs = [
        (row[at], row[at + 1]) for row in table for at in (0, 2) if row[at] not in {row[0], row[1]} or at == 0
    ]
    return dict(pairs)


def example(number: str) -> Path:
    return next(examples().glob(f"{number}-*.xlsx"))


def test_it_says_what_a_leader_asks() -> None:
    said = slip(workbook())
    assert said["项目名称"] == "业务培训项目"
    assert (said["实施单位"], said["年度"]) == ("某县教师进修学校", "2025")
    assert (said["自评总分"], said["自评等级"]) == ("96.95分", "优秀")
    assert (said["全年预算（万元）"], said["全年执行（万元）"]) == ("100", "95")
    assert (said["预算执行率"], said["未支出（万元）"]) == ("95.00%", "5")
    assert said["扣分较多的指标"].split("\n") == [
        "1. 培训人次：扣1.5分（目标200人次，实际190人次，完成率95.00%）。原因：有10人请假，改在下年初补训。",
        "2. 学员满意度：扣1.05分（目标≥95%，实际85%，完成率89.47%）。原因：食宿安排不够周到。",
        "3. 预算执行率：扣0.5分（目标100%，实际95%，完成率95.00%）。原因：表中没有写明。",
    ]
    assert said["未支出的原因"] == "表中没有写明，请补写。"
    assert said["佐证材料"].startswith("还没有列出佐证材料")
    for who in ("经办人", "财务负责人", "单位负责人意见"):
        assert "签字" in said[who]
    assert "与上年相比" not in said


def test_why_money_is_left_may_stand_in_the_text() -> None:
    texts_ = {"项目实施和预算执行情况及分析": "按合同实施。剩余5%为质保金，待期满后支付。"}
    assert slip(workbook(project(texts=texts_)))["未支出的原因"] == "剩余5%为质保金，待期满后支付"
    assert slip(example("004").read_bytes())["未支出的原因"] == "质保金未到期，到期后支付"


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_it_names_no_rule_by_its_code(number: str) -> None:
    document, _ = z.report(example(number).read_bytes(), sign_off=True)
    whole = "".join("".join(cell for row in table for cell in row) for table in tables(document))
    assert not re.search(r"[A-Z]\d{3}", whole)


def test_errors_and_warnings_stand_apart() -> None:
    said = slip(example("002").read_bytes())
    assert said["须先改正的问题"].startswith("1. 指标表漏列预算执行率")
    assert "其中2项单位还没有说明。" in said["需要说明的问题"]


def test_what_the_lines_that_are_not_named_lost_is_added_up() -> None:
    lines = [line(f"产出指标|数量指标|第{n}项|10|10|{10 - n}|原因{n}。") for n in range(1, 6)]
    said = slip(workbook(project(lines=(EXECUTION, *lines), executed="100")))["扣分较多的指标"].split("\n")
    assert [text[:7] for text in said[:3]] == ["1. 第5项：", "2. 第4项：", "3. 第3项："] or len(said) == 4
    assert said[0].startswith("1. 第5项：扣5分")
    assert said[3] == "另有2项共扣3分。"


def test_full_marks_and_missing_scores_are_said() -> None:
    full = (EXECUTION, line("产出指标|数量指标|培训人次|90|200|200"))
    assert slip(workbook(project(lines=full, executed="100")))["扣分较多的指标"] == "各项指标均得满分。"
    bare = (EXECUTION, line("产出指标|数量指标|培训人次|90|200|"))
    said = slip(workbook(project(lines=bare)))
    assert said["自评总分"] == "未完成"
    assert said["扣分较多的指标"].startswith("还有1项指标没有得分：培训人次。")


# ------------------------------------------------------------------ last year


def last_year(tmp_path: Path, *, name: str = "业务培训项目") -> Path:
    made = project(name, budget="80", executed="80")
    before = Project(made.project.name, made.project.code, made.project.department, made.project.unit, "2024")
    path = tmp_path / "上年.xlsx"
    path.write_bytes(workbook(NewProject(before, funds=made.funds, lines=made.lines)))
    return path


def test_what_changed_since_last_year(tmp_path: Path) -> None:
    said = slip(workbook(), last=last_year(tmp_path))["与上年相比"]
    assert said == (
        "上年总分97.45分（优秀），本年减少0.5分；上年预算执行率100.00%，本年减少5个百分点；"
        "上年全年预算80万元，本年增加20万元。"
    )


def test_another_project_is_not_compared_with(tmp_path: Path) -> None:
    other = last_year(tmp_path, name="设备更新项目")
    data = workbook(NewProject(Project("业务培训项目", "", "", "", "2025"), lines=project().lines))
    assert slip(data, last=other)["与上年相比"] == "没有找到上年的自评表，没有比较。"


def test_last_year_is_asked_for_on_the_slip_only(tmp_path: Path) -> None:
    with pytest.raises(z.UsageError, match="--sign-off"):
        z.report(workbook(), last=last_year(tmp_path))
    with pytest.raises(z.UsageError, match="找不到"):
        z.report(workbook(), sign_off=True, last=tmp_path / "没有.xlsx")


# ------------------------------------------------------------------ one page


def crowded() -> NewProject:
    """Return a project with 30 lines, every one below its target, every text long."""
    reason = (
        "因供货商停产、合同重签、验收推迟，设备没有按期到货，已与供货商约定下年一季度补齐并承担违约金。" * 2
    )
    lines = [
        line(
            f"产出指标|数量指标|第{n}批信息化设备采购安装调试及人员培训完成数量（台套）|3|{'一' * 30}100台套|{n}台套|{reason}"
        )
        for n in range(1, 31)
    ]
    named = "全县义务教育阶段学校信息化设备采购安装调试及教师应用能力提升培训综合项目（第二期）"
    return project(named * 2, (EXECUTION, *lines), {"项目实施和预算执行情况及分析": f"因{reason}没有支付。"})


@pytest.mark.office
def test_it_is_one_page_for_thirty_lines_and_valid(tmp_path: Path) -> None:
    filled, out = tmp_path / "自评表.xlsx", tmp_path / "送签单.docx"
    filled.write_bytes(workbook(crowded()))
    z.report(filled, out=out, sign_off=True, last=last_year(tmp_path))
    assert len(office.printed(out)) == 1
    assert office.validate(out, "Microsoft365") == []


@pytest.mark.office
def test_every_project_has_a_page(tmp_path: Path) -> None:
    out = tmp_path / "送签单.docx"
    z.report(examples() / "五个项目.xlsx", out=out, sign_off=True)
    pages = office.printed(out)
    assert ["送签单" in page for page in pages] == [True] * 5


def test_points_lost_are_exact() -> None:
    lines = (
        EXECUTION,
        line("产出指标|数量指标|培训人次|33.33|3|2"),
        line("产出指标|质量指标|合格率|56.67|90%|90%"),
    )
    (said, *_) = slip(workbook(project(lines=lines, executed="100")))["扣分较多的指标"].split("\n")
    assert said.startswith(f"1. 培训人次：扣{Decimal('33.33') - Decimal('22.22')}分")
    assert texts(z.report(workbook(), sign_off=True)[0]) == ["项目支出绩效自评送签单"]
