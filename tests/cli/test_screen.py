from __future__ import annotations

import json

from backend.cli.screen import pieces


def test_a_long_list_is_written_one_element_a_line_and_reads_the_same() -> None:
    answer = {"ok": True, "pairs": [{"a": "张伟", "b": number} for number in range(1_001)], "groups": []}

    text = "".join(pieces(answer))

    assert json.loads(text) == answer
    assert text.count("\n") < 1_010
    assert '\n    {"a": "张伟", "b": 0}' in text


def test_a_short_answer_is_laid_out_for_reading() -> None:
    assert "".join(pieces({"pairs": [1]})) == '{\n  "pairs": [\n    1\n  ]\n}\n'
