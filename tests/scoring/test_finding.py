"""A long message is told with its last sentence first; nothing of it is lost."""

from __future__ import annotations

import pytest

from zipingbiao.scoring.finding import LONGEST_AT_ONCE, remedy_first

LONG = "第9行“维护系统数量”" * 8


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("分值合计85。请核对分值列。", "分值合计85。请核对分值列。"),
        (f"{LONG}不符。请改正。", f"请改正。{LONG}不符。"),
        (f"{LONG}不符。只是取整。请改正。", f"请改正。{LONG}不符。只是取整。"),
        (f"{LONG}都写“路远，不及时。”。请核对。", f"请核对。{LONG}都写“路远，不及时。”。"),
        (f"{LONG}不符。请改为“好。很好”。", f"请改为“好。很好”。{LONG}不符。"),
        (f"请改正{LONG}。", f"请改正{LONG}。"),
    ],
)
def test_what_to_do_comes_first(message: str, told: str) -> None:
    assert remedy_first(message) == told
    assert len(told) == len(message)


def test_a_message_of_just_eighty_signs_stays() -> None:
    message = f"{'长' * (LONGEST_AT_ONCE - 5)}。请改。"
    assert len(message) == LONGEST_AT_ONCE - 1
    assert remedy_first(message) == message
    assert remedy_first(f"很{message}") == f"很{message}"
    assert remedy_first(f"很长{message}").startswith("请改。很长")
