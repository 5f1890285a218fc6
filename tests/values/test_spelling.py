"""One spelling: widths, look-alikes, HTML escapes, signs that nobody sees, labels."""

from __future__ import annotations

import pytest

from zipingbiao.values.spelling import label_key, normalise, without_brackets


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("９５％（含）", "95%(含)"),
        ("≧≦⩾⩽≮≯═＝", "≥≤≥≤≥≤=="),
        ("3–5−1", "3-5-1"),
        ("― ─", "— —"),
        (" a\u3000\n b\xa0", "a b"),
        ("9\u200b5\ufeff%\u2066", "95%"),
        ("a\x00b\x07", "ab"),
        ("&lt;=5&nbsp;%", "<=5 %"),
        ("&amp;amp;lt;5", "<5"),
        ("＆ge；5", "≥5"),
        ("㎡ m² 米³ km²", "m2 m2 米3 km2"),
        ("10² 3½ ① ㋀", "10² 3½ ① ㋀"),
        ("1⁄2 3∶5", "1/2 3:5"),
        ("plain text", "plain text"),
        ("tab\there", "tab here"),
    ],
)
def test_normal_spelling(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("年度\n指标值", "年度指标值"),
        ("产 出 指 标", "产出指标"),
        ("指标1：", "指标1"),
        ("★★★ 发放人数", "发放人数"),
        ("效益指标（30分）", "效益指标(30分)"),
        ("* 得分 *", "得分"),
        ("：", ""),
    ],
)
def test_labels_compare_by_their_key(label: str, key: str) -> None:
    assert label_key(label) == key


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("产出指标(50分)", "产出指标"),
        ("产出指标（50分）", "产出指标"),
        ("(A)值[万元]", "值"),
        ("无(括号", "无(括号"),
    ],
)
def test_bracketed_parts_can_be_left_out(text: str, rest: str) -> None:
    assert without_brackets(text) == rest
