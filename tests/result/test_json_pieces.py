"""The JSON object in pieces: the same text as at once, each file written before the next one is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from support.handed_in import FILES
from zipingbiao.result.examine import examine
from zipingbiao.result.json import as_json, files_json, json_pieces, ledger_json


def at_once(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("number", [0, 1, 5])
def test_the_text_is_the_same(number: int) -> None:
    results = [examine(file) for file in FILES[:number]]
    document = {**as_json(results), "summary": {"甲": []}, "ledger": list(ledger_json(results))}
    pieces = json_pieces({**document, "files": files_json(results), "ledger": ledger_json(results)})
    assert "".join(pieces) == at_once(document)


@pytest.mark.parametrize("value", ["一\n二\r\n三", "\\n", {"a\nb": [1, None, {}]}, [], {}, [[], '“"']])
def test_any_text_keeps_its_signs(value: Any) -> None:
    document = {"version": 1, "files": [value, value], "next": value}
    assert "".join(json_pieces({**document, "files": iter([value, value])})) == at_once(document)


def test_a_file_is_written_before_the_next_one_is_made() -> None:
    made: list[int] = []

    def files() -> Iterator[int]:
        for number in range(3):
            made.append(number)
            yield number

    seen = [(piece.strip(" [,\n"), len(made)) for piece in json_pieces({"files": files()})]
    assert seen[1:4] == [("0", 1), ("1", 2), ("2", 3)]
