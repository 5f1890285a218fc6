"""Registry, rule files, case files, docstrings and the page ``docs/rules.md`` are one set."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from zipingbiao import rules
from zipingbiao.errors import UsageError
from zipingbiao.rules import explained
from zipingbiao.scoring import codes
from zipingbiao.scoring.finding import Severity

HERE = Path(__file__).parent
RULE_FILES = Path(rules.__file__).parent
DOCS = HERE.parents[1] / "docs"
FAMILIES = "".join(explained.FAMILIES)
REGISTERED = sorted(rules.all_rules(), key=lambda rule: (FAMILIES.index(rule.CODE[0]), rule.CODE))
CODES = [rule.CODE for rule in REGISTERED]
CODE = re.compile(rf"\b[{''.join(explained.FAMILIES)}]\d{{3}}\b")
# A document is named with its number: 财预〔2020〕10号. Then trust is named too, and no article of a
# document that could not be read.
DOCUMENT = re.compile(r"〔\d{4}〕\d+号")
ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+条")

FUNCTIONS = ("check", *rules._OTHERS)

every_rule = pytest.mark.parametrize("rule", REGISTERED, ids=CODES)


def cases_of(code: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((HERE / f"{code}.yaml").read_text("utf-8"))
    assert isinstance(loaded, list)
    return loaded


def test_folder_registry_cases_and_page_are_one_set() -> None:
    files = sorted(path.stem.split("_")[0].upper() for path in RULE_FILES.rglob("[a-z][0-9][0-9][0-9]_*.py"))
    assert files == sorted(CODES)
    assert files == sorted(path.stem for path in HERE.glob("*.yaml"))
    on_page = re.findall(r"^### (\w+)$", (DOCS / "rules.md").read_text("utf-8"), re.MULTILINE)
    assert on_page == CODES


def test_codes_are_in_order_and_used_once() -> None:
    for function in FUNCTIONS:
        listed = [rule.CODE for rule in rules.rules_with(function)]
        assert sorted(listed, key=lambda code: (FAMILIES.index(code[0]), code)) == listed
    assert max(Counter((*CODES, *codes.RETIRED)).values()) == 1


def test_each_rule_has_the_functions_by_which_it_is_asked() -> None:
    asked = {rule.CODE: [name for name in FUNCTIONS if rule in rules.rules_with(name)] for rule in REGISTERED}
    has = {rule.CODE: [name for name in FUNCTIONS if hasattr(rule, name)] for rule in REGISTERED}
    assert has == asked
    assert all(asked.values())


def test_page_is_what_the_generator_writes() -> None:
    page = runpy.run_path(str(DOCS / "build_rules.py"))["page"]
    assert (DOCS / "rules.md").read_text("utf-8") == page(), "run python docs/build_rules.py"


@every_rule
def test_file_is_named_after_its_code(rule: ModuleType) -> None:
    assert rule.__name__.rsplit(".", 1)[1].startswith(f"{rule.CODE.lower()}_")
    assert isinstance(rule.SEVERITY, Severity)


@every_rule
def test_docstring_has_all_parts_in_order(rule: ModuleType) -> None:
    first, blank, *rest = (rule.__doc__ or "").strip().splitlines()
    assert re.fullmatch(rf"{rule.CODE} \S.*。", first)
    assert not blank
    parts = [line.split("：", 1) for line in rest]
    assert tuple(part for part, _ in parts) == explained.PARTS
    assert all(len(text) > 2 and text.endswith("。") for _, text in parts)


@every_rule
def test_severity_is_said_with_its_reason(rule: ModuleType) -> None:
    said = explained.explain(rule.CODE).parts["严重程度"]
    assert rule.SEVERITY.label in said
    assert "因为" in said


@every_rule
def test_named_document_has_trust_and_no_article(rule: ModuleType) -> None:
    basis = explained.explain(rule.CODE).parts["依据"]
    assert not DOCUMENT.search(basis) or "可信程度" in basis
    assert not ARTICLE.search(rule.__doc__ or "")


@every_rule
def test_codes_in_a_docstring_exist(rule: ModuleType) -> None:
    assert set(CODE.findall(rule.__doc__ or "")) <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_case_file_has_hits_and_near_misses(code: str) -> None:
    cases = cases_of(code)
    assert len(cases) >= 3
    assert any(case["findings"] for case in cases)
    assert any(not case["findings"] for case in cases)
    titles = [case["title"] for case in cases]
    assert len(titles) == len(set(titles))


def test_explain_finds_a_rule_however_it_is_typed() -> None:
    rule = explained.explain(" w101 ")
    assert (rule.code, rule.severity, rule.family) == ("W101", "错误", "分值")
    assert rule.title == "分值合计与所用评分规则不符"
    assert tuple(rule.parts) == explained.PARTS


def test_text_holds_every_part() -> None:
    rule = explained.explain("W101")
    text = explained.as_text(rule)
    assert text.startswith("W101 分值合计与所用评分规则不符（分值，错误）\n")
    said = {**rule.parts, "依据": "所用评分规则的 weight_total 项，文号、施行日期写在规则文件里。"}
    assert all(f"\n{part}：{words}\n" in f"{text}\n" for part, words in said.items())


@every_rule
def test_how_far_a_source_was_checked_is_said_on_the_page_only(rule: ModuleType) -> None:
    known = explained.explain(rule.CODE)
    for said in (explained.as_text(known), explained.reason(rule.CODE)):
        assert not re.search("可信程度|核对原文", said)
        assert said.count("（") == said.count("）")
        assert not re.search(r"（）|[，；。]{2}|（[，；]", said)


@pytest.mark.parametrize(("typed", "near"), [("W199", "W10"), ("w10", "W10"), ("V1O1", "V1"), ("X", "L101")])
def test_unknown_code_names_near_ones(typed: str, near: str) -> None:
    with pytest.raises(
        UsageError, match=rf"^没有编号为“{typed}”的规则，您是要 {near}.* 吗，相近的还有 .*。$"
    ):
        explained.explain(typed)


def test_retired_code_is_no_unknown_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "RETIRED", ("W199",))
    with pytest.raises(UsageError, match="规则W199已经停用"):
        explained.explain("w199")
    assert "## 停用的编号\n\nW199\n" in explained.as_markdown(explained.all_rules())


def test_signs_of_a_table_are_no_markup() -> None:
    """``<=`` is no tag and ``**`` no emphasis on the page."""
    page = explained.as_markdown([explained.explain("V103")])
    assert "“＜=107.26万元”" in page
    assert not re.search(r"(?<!\\)<", page)
