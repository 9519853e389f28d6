"""USER_ENTERED: what typed text becomes, and how numbers and dates look afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.localsheets.cells import Formula
from backend.localsheets.number_formats import formatted, general
from backend.localsheets.typing_in import typed

if TYPE_CHECKING:
    from conftest import Bench


# Source: recordings (2020-01-01, 1999-01-02, 3_1_0); google/hyou#4, vlucas/sheetquery#20,
# theoephraim/node-google-spreadsheet#696 (facts page, row "USER_ENTERED danger"). The rest is unverified.
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("007", 7),
        ("22 34", 2234),
        ("'007", "007"),
        ("'", ""),
        ("2020-01-01", 43831),
        ("1999-01-02", 36162),
        ("3_1_0", "3_1_0"),
        ("true", True),
        ("FALSE", False),
        ("-1.50", -1.5),
        ("1,234", 1234),
        ("1,23", "1,23"),
        ("1e3", 1000),
        ("12%", 0.12),
        ("¥1,234.5", 1234.5),
        ("+86 138 0013 8000", 8613800138000),
        ("110101199003071234", 110101199003071232),
        ("2/29/2025", "2/29/2025"),
        ("2/28/2025", 45716),
        ("2026-11-21 06:00", 46347.25),
        ("18:00", 0.75),
        ("25:00", "25:00"),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("=", "="),
        ("", ""),
        ("客户", "客户"),
    ],
)
def test_typed_text_becomes_what_a_person_would_see(text: str, cell: object) -> None:
    found = typed(text, "en_US").cell

    assert found == cell
    assert isinstance(found, bool) == isinstance(cell, bool)


def test_a_formula_is_kept_as_text() -> None:
    assert typed("=SUM(A1:A2)", "en_US").cell == Formula("=SUM(A1:A2)", None)


def test_day_and_month_change_places_with_the_locale() -> None:
    assert (typed("1/2/2026", "en_US").cell, typed("1/2/2026", "de_DE").cell) == (46024, 46054)


@given(st.text(max_size=30))
def test_nothing_typed_is_an_error(text: str) -> None:
    typed(text, "en_US")


def test_typed_dates_are_shown_as_typed_and_text_cells_keep_text(bench: Bench) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    bench.change(
        {"repeatCell": {"range": bench.area(0, 1, 4, 5), "cell": text, "fields": "userEnteredFormat"}}
    )
    sent = ["2020-01-01", "2026/3/4", "12.50%", "¥1,234.50", "007"]

    bench.write("A1", [sent], "USER_ENTERED")

    assert bench.read("A1:E1") == [sent]
    assert bench.raw("A1:E1") == [[43831, 46085, 0.125, 1234.5, "007"]]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (53, "53"),
        (0.4, "0.4"),
        (1.45, "1.45"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.3333333333"),
        (13800138000, "13800138000"),
        (-2.0, "-2"),
        (1e20, "1.00E+20"),
    ],
)
def test_a_number_without_a_format_is_shown_plainly(number: float, shown: str) -> None:
    assert general(number) == shown


# Source: Google's date and number format guide.
@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        (46347, {"type": "DATE"}, "11/21/2026"),
        (46347, {"type": "DATE", "pattern": "yyyy-mm-dd"}, "2026-11-21"),
        (46347, {"type": "DATE", "pattern": 'yyyy"年"m"月"d"日"'}, "2026年11月21日"),
        (46347, {"type": "DATE", "pattern": "ddd, d mmm yy"}, "Sat, 21 Nov 26"),
        (46347.75, {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}, "2026-11-21 18:00:00"),
        (0.75, {"type": "TIME"}, "6:00:00 PM"),
        (1.5, {"type": "TIME", "pattern": "[h]:mm"}, "36:00"),
        (1234.5, {"type": "NUMBER", "pattern": "#,##0.00"}, "1,234.50"),
        (1234.5, {"type": "NUMBER", "pattern": "0"}, "1234"),
        (-1234.5, {"type": "NUMBER", "pattern": "#,##0.0#"}, "-1,234.5"),
        (7, {"type": "NUMBER", "pattern": "000"}, "007"),
        (0.125, {"type": "PERCENT", "pattern": "0.0%"}, "12.5%"),
        (-5, {"type": "NUMBER", "pattern": "0;(0)"}, "(5)"),
        (1234.5, {"type": "CURRENCY", "pattern": "[$¥-804]#,##0.00"}, "¥1,234.50"),
        (12345, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}, "1.23E+04"),
        (5, {"type": "TEXT", "pattern": "@"}, "5"),
    ],
)
def test_a_pattern_shapes_a_number(number: float, number_format: dict[str, Any], shown: str) -> None:
    assert formatted(number, number_format, "en_US") == shown


@given(
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["yyyy-mm-dd", "#,##0.00", "0%", ""])
)
def test_no_number_is_too_odd_to_be_shown(number: float, pattern: str) -> None:
    assert isinstance(formatted(number, {"type": "NUMBER", "pattern": pattern}, "en_US"), str)
