from typing import Any

import pytest

from backend.core.repeated_headers import repeated_header_rows

HEADER = ["姓名", " 手机", "", "备注"]


@pytest.mark.parametrize(
    ("row", "repeats"),
    [
        (["姓名", "手机", "", "备注"], True),
        ([" 姓名 ", "手机"], True),
        (["", "手机", "", "备注"], True),
        (["姓名"], False),
        (["姓名", "手机", "x"], False),
        (["手机", "姓名"], False),
        (["姓名", "13800138000"], False),
        (["姓名", "手机", "", "备注", "x"], False),
        ([], False),
        (["", None, 1], False),
    ],
)
def test_a_row_repeats_the_headers_when_every_filled_cell_does(row: Any, repeats: Any) -> None:
    assert repeated_header_rows(HEADER, [(7, row)]) == (frozenset({7}) if repeats else frozenset())


def test_without_a_known_header_nothing_repeats_it() -> None:
    assert repeated_header_rows([], [(2, ["姓名", "手机"])]) == frozenset()
