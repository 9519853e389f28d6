from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import date as calendar_date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.fields.date import from_serial, normalise, to_serial, vote
from backend.core.fields.date_text import take_apart
from backend.core.fields.field import Cell, Context, DateOrder, Field, State

CONTEXT = Context(today=date(2026, 11, 22), placeholders=frozenset({"待定"}))


def read(cell: Cell, **context: object) -> Field:
    return normalise(cell, replace(CONTEXT, **context))


def told(field: Field) -> list[str]:
    return [finding.code for finding in field.findings]


@pytest.mark.parametrize(
    ("cell", "value"),
    [(45569, "2024-10-04"), (45000, "2023-03-15"), (45569.75, "2024-10-04"), (20240304, "2024-03-04")],
)
def test_a_number_of_the_sheet_is_days_since_the_end_of_1899(cell: float, value: str) -> None:
    assert read(cell) == Field(value=value, display=value, state=State.VALID)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-04",
        "2024/3/4",
        "2024.3.4",
        "2024 03 04",
        "20240304",
        "20240304T10",
        "20240304102030",
        "2024年3月4日",
        "2024年3月4号",
        "2024年3月4號",
        "2024 年 3 月 4 日",
        "2024年3月4",
        "公元2024年3月4日",
        "二〇二四年三月四日",
        "二零二四年三月四號",
        "２０２４－０３－０４",
        "２０２４年３月４日",
        "2024-03-04 星期一",
        "2024年3月4日（周一）下午3点20分",
        "2024-03-04 10:20:30",
        "2024-03-04T10:20:30Z",
        "2024-03-04T10:20:30.123+08:00",
        "2024-03-0410:20",
        "2024年3月4日 上午9时",
        "2024年3月4日上午",
        "Mar 4, 2024",
        "Mon Mar  4 10:20:30 2024",
        "4 March 2024",
        "4th of March 2024 at 3:20 pm",
        "04-Mar-2024",
        "4MAR2024",
        "2024-Mar-04",
        "Monday, March 4th, 2024",
    ],
)
def test_every_plain_form_of_one_day_is_that_day(cell: str) -> None:
    field = read(cell)

    assert (field.value, field.state, field.findings) == ("2024-03-04", State.VALID, ())


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ("2024-03-04", ""),
        ("2024/3/4", ""),
        ("2024年3月4日", "2024-03-04"),
        ("20240304", "2024-03-04"),
        (45355, ""),
    ],
)
def test_only_text_that_is_not_like_iso_gets_a_suggestion(cell: Cell, suggestion: str) -> None:
    assert read(cell).suggestion == suggestion


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("二〇二四年元月二十号", "2024-01-20"),
        ("2024年十一月10日", "2024-11-10"),
        ("二〇二四年三月二十", "2024-03-20"),
        ("2024-02-29", "2024-02-29"),
        ("25/09/2003", "2003-09-25"),
        ("09.25.2003", "2003-09-25"),
        ("27. 05. 2022.", "2022-05-27"),
        ("3/3/2015", "2015-03-03"),
    ],
)
def test_a_day_with_one_reading_is_read(cell: str, value: str) -> None:
    assert (read(cell).value, read(cell).state) == (value, State.VALID)


@pytest.mark.parametrize(
    ("cell", "one", "other"),
    [
        ("03/04/2024", "2024-03-04", "2024-04-03"),
        ("10-09-2003", "2003-09-10", "2003-10-09"),
        ("24-3-4", "2004-03-24", "2024-03-04"),
    ],
)
def test_two_readings_are_refused_and_both_named(cell: str, one: str, other: str) -> None:
    field = read(cell)

    assert (field.value, told(field)) == ("", ["date-ambiguous"])
    assert dict(field.findings[0].params) == {"value": cell, "one": one, "other": other}


@pytest.mark.parametrize(
    ("order", "value"), [(DateOrder.MONTH_FIRST, "2024-03-04"), (DateOrder.DAY_FIRST, "2024-04-03")]
)
def test_the_order_of_the_column_settles_two_readings(order: DateOrder, value: str) -> None:
    assert (read("03/04/2024", date_order=order).value, read("03/04/2024", date_order=order).state) == (
        value,
        State.VALID,
    )


def test_a_date_against_the_order_of_its_column_is_doubtful() -> None:
    field = read("2/29/2020", date_order=DateOrder.DAY_FIRST)

    assert (field.value, field.state, told(field)) == ("2020-02-29", State.POSSIBLE, ["date-other-order"])


@pytest.mark.parametrize(
    ("cell", "future", "value"),
    [
        ("26年11月22日", False, "2026-11-22"),
        ("26年11月23日", False, "1926-11-23"),
        ("26年11月23日", True, "2026-11-23"),
        ("46年1月1日", True, "2046-01-01"),
        ("47年1月1日", True, "1947-01-01"),
        ("98年5月6日", False, "1998-05-06"),
        ("31/12/99", False, "1999-12-31"),
        ("6 May '98", False, "1998-05-06"),
    ],
)
def test_a_two_digit_year_is_the_latest_that_may_be(cell: str, future: bool, value: str) -> None:  # noqa: FBT001
    field = read(cell, two_digit_future=future)

    assert (field.value, field.state, told(field)) == (value, State.POSSIBLE, ["date-two-digit-year"])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("明天", "date-unreadable"),
        ("2024-3/4", "date-unreadable"),
        ("05061990", "date-unreadable"),
        ("13 Septiembre 2014", "date-unreadable"),
        ("x" * 101, "date-unreadable"),
        (True, "date-unreadable"),
        ("2024-13-01", "date-no-such-month"),
        ("13/13/2024", "date-no-such-month"),
        ("2024-02-30", "date-no-such-day"),
        ("2023-02-29", "date-no-such-day"),
        ("30/02/2024", "date-no-such-day"),
        ("二月三十日", "date-no-such-day"),
        ("0年1月1日", "date-two-digit-year"),
        ("1899-12-31", "date-out-of-range"),
        ("2201-01-01", "date-out-of-range"),
        ("1/31/1888", "date-out-of-range"),
        ("0000-01-01", "date-no-such-day"),
        (-1, "date-out-of-range"),
        (1e9, "date-out-of-range"),
        ("2024", "date-incomplete"),
        (2024, "date-incomplete"),
        (2024.3, "date-incomplete"),
        ("2024-03", "date-incomplete"),
        ("2024年3月", "date-incomplete"),
        ("202403", "date-incomplete"),
        ("03/2024", "date-incomplete"),
        ("Mar 2024", "date-incomplete"),
        ("3月4日", "date-no-year"),
        ("--03-04", "date-no-year"),
        ("03-04", "date-no-year"),
        ("4 Mar", "date-no-year"),
        ("Mar 4", "date-no-year"),
        ("29 Feb", "date-no-year"),
        ("腊月初八", "date-lunar"),
        ("农历2024年闰四月初一", "date-lunar"),
        ("2023年第366天", "date-unreadable"),
        ("2024年第0天", "date-unreadable"),
        ("10月廿三", "date-lunar"),
        ("1900-01-00", "date-empty"),
        ("0000-00-00", "date-empty"),
        (0, "date-empty"),
        (0.5, "date-empty"),
        ("待定", "placeholder"),
        ("=TODAY()", "formula-text"),
    ],
)
def test_what_is_no_day_is_never_rolled_into_one(cell: Cell, code: str) -> None:
    assert told(read(cell)) == [code]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("民国113年3月4日", "2024-03-04", "date-minguo"),
        ("中華民國七十年元月一日", "1981-01-01", "date-minguo"),
        ("45355", "2024-03-04", "date-number-as-text"),
        ("45355.5", "2024-03-04", "date-number-as-text"),
        (12, "1900-01-11", "date-small-number"),
        ("农历二〇二四年正月初一", "2024-02-10", "date-lunar-read"),
        ("2024年腊月初八", "2025-01-07", "date-lunar-read"),
        ("2020年闰四月初一", "2020-05-23", "date-lunar-read"),
    ],
)
def test_a_reading_that_takes_something_for_granted_is_doubtful(cell: Cell, value: str, code: str) -> None:
    field = read(cell)

    assert (field.value, field.state, told(field)) == (value, State.POSSIBLE, [code])


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (("03/04/2024", "13/04/2024", "2024-01-02", 45000), DateOrder.DAY_FIRST),
        (("03/04/2024", "04/13/2024", ""), DateOrder.MONTH_FIRST),
        (("13/04/2024", "04/13/2024"), DateOrder.UNKNOWN),
        (("03/04/2024", "13/13/2024", "x", "3/4/24", True), DateOrder.UNKNOWN),
        ((), DateOrder.UNKNOWN),
    ],
)
def test_a_part_above_twelve_tells_the_order_of_the_column(cells: tuple[Cell, ...], order: DateOrder) -> None:
    assert vote(cells) is order


@given(day=st.dates(min_value=calendar_date(1900, 1, 1), max_value=calendar_date(2200, 12, 31)))
def test_a_date_survives_its_serial_and_its_text(day: calendar_date) -> None:
    iso = day.isoformat()

    assert from_serial(to_serial(iso)) == iso
    assert read(iso).value == iso
    assert read(f"{day.year}年{day.month}月{day.day}日").value == iso
    assert read(day.strftime("%d %B %Y")).value == iso


def test_serials_count_like_the_sheet() -> None:
    assert (to_serial("2024-10-04"), from_serial(1), from_serial(45569.99)) == (
        45569,
        "1899-12-31",
        "2024-10-04",
    )


def test_a_long_text_is_no_date() -> None:
    assert take_apart("2" * 101) is None
