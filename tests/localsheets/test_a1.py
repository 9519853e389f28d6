"""A1 notation, with Chinese titles and titles that look like cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.localsheets.a1 import area_name, column_index, column_letters, parse_reference, split_title
from backend.localsheets.grid import Area

if TYPE_CHECKING:
    from conftest import Bench


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("A1", (0, 1, 0, 1)),
        ("$B$2", (1, 2, 1, 2)),
        ("b2:a1", (0, 2, 0, 2)),
        ("A:C", (None, None, 0, 3)),
        ("2:3", (1, 3, None, None)),
        ("A2:C", (1, None, 0, 3)),
        ("A1:1", (0, 1, 0, None)),
        ("AA10:AB11", (9, 11, 26, 28)),
    ],
)
def test_a_reference_is_read(text: str, edges: tuple[int | None, ...]) -> None:
    reference = parse_reference(text)

    assert reference is not None
    assert (reference.top, reference.bottom, reference.left, reference.right) == edges


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "ABCD1", "A1:", ":B2", "A1:B2:C3", "客户", "A-1"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert parse_reference(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("客户!A1", ("客户", "A1")),
        ("'It''s'!A1", ("It's", "A1")),
        ("'a!b'!A1", ("a!b", "A1")),
        ("'a!b'", ("a!b", "")),
        ("A1", (None, "A1")),
    ],
)
def test_the_last_exclamation_mark_splits_a_title_from_its_cells(
    text: str, parts: tuple[str | None, str]
) -> None:
    assert split_title(text) == parts


# Source: recordings test_get_all_values_title_is_a1_notation, test_values_get (facts page, row "A1").
@pytest.mark.parametrize(
    ("title", "echo"),
    [
        ("Sheet1", "Sheet1!A1"),
        ("D3", "'D3'!A1"),
        ("CRM26", "'CRM26'!A1"),
        ("a b", "'a b'!A1"),
        ("o'k", "'o''k'!A1"),
    ],
)
def test_a_title_is_quoted_in_the_echo_unless_it_is_a_plain_word(title: str, echo: str) -> None:
    assert area_name(title, Area(0, 1, 0, 1)) == echo


@given(st.integers(min_value=0, max_value=18_277))
def test_column_letters_and_index_are_each_others_inverse(index: int) -> None:
    assert column_index(column_letters(index)) == index


# Source: Google's guide on A1 notation: a named range wins over a tab of the same name.
def test_a_named_range_is_read_by_its_name(bench: Bench) -> None:
    bench.write("客户!A1", [["a", "b"], ["c", "d"]])
    named = {"name": "Names", "range": {"sheetId": 7, "startColumnIndex": 1, "endColumnIndex": 2}}
    bench.change({"addNamedRange": {"namedRange": named}})

    answer = bench.ask("GET", bench.range_url("names"))

    assert answer == {"range": "'客户'!B1:B20", "majorDimension": "ROWS", "values": [["b"], ["d"]]}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Sheet1!K:L", "Range (Sheet1!K:L) exceeds grid limits. Max rows: 20, max columns: 10"),
        ("Sheet1!A21", "Range (Sheet1!A21) exceeds grid limits. Max rows: 20, max columns: 10"),
        ("客户!21:22", "Range ('客户'!21:22) exceeds grid limits. Max rows: 20, max columns: 10"),
        ("Nowhere!A1", "Unable to parse range: Nowhere!A1"),
        ("Sheet1!what", "Unable to parse range: Sheet1!what"),
        ("Sheet1!", "Unable to parse range: Sheet1!"),
    ],
)
def test_a_range_that_is_not_there_is_refused(bench: Bench, name: str, message: str) -> None:
    assert bench.refusal("GET", bench.range_url(name)) == (400, message)
