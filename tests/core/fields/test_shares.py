"""Percentages, ages and consent."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.fields import age, consent, percent
from backend.core.fields.field import Cell, Context, State

CONTEXT = Context(today=date(2026, 11, 22), placeholders=frozenset({"待定"}))


@pytest.mark.parametrize(
    ("cell", "value", "display"),
    [
        ("12%", 0.12, "12%"),
        ("12.50 ％", 0.125, "12.5%"),
        (0.12, 0.12, "12%"),
        (1, 1.0, "100%"),
        ("-3%", -0.03, "-3%"),
        ("5‰", 0.005, "0.5%"),
        ("百分之十二", 0.12, "12%"),
        ("千分之五", 0.005, "0.5%"),
        ("百万分之五", 5e-06, "0.0005%"),
        ("负百分之五", -0.05, "-5%"),
        ("三成", 0.3, "30%"),
        ("三成半", 0.35, "35%"),
        ("八折", 0.8, "80%"),
        ("七五折", 0.75, "75%"),
        ("打8.5折", 0.85, "85%"),
        ("六个百分点", 0.06, "6%"),
        ("20 percent", 0.2, "20%"),
    ],
)
def test_a_percentage_is_read_as_a_share(cell: Cell, value: float, display: str) -> None:
    field = percent.normalise(cell, CONTEXT)

    assert (field.value, field.display, field.state) == (value, display, State.VALID)


def test_a_text_without_a_percent_sign_is_to_be_looked_at() -> None:
    field = percent.normalise("12", CONTEXT)

    assert (field.value, field.state, field.issues, field.suggestion) == (
        0.12,
        State.POSSIBLE,
        ("percent-no-sign",),
        "12%",
    )


@pytest.mark.parametrize("cell", ["十二折折", "很多", "%", "12%%", "120折", "二三十个百分点"])
def test_what_is_no_percentage_is_refused(cell: str) -> None:
    assert percent.normalise(cell, CONTEXT).value == ""


@pytest.mark.parametrize(
    ("cell", "years", "unit"),
    [
        (35, 35, "year"),
        ("35岁", 35, "year"),
        ("三十五周岁", 35, "year"),
        ("５ 岁", 5, "year"),
        ("3岁半", 3, "year"),
        ("十个月大", 0, "month"),
        ("18个月", 1, "month"),
        ("90天", 0, "day"),
        ("29 years old", 29, "year"),
    ],
)
def test_an_age_is_read_in_whole_years(cell: Cell, years: int, unit: str) -> None:
    field = age.normalise(cell, CONTEXT)

    assert (field.value, field.part("unit"), field.state) == (years, unit, State.VALID)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (200, "age-out-of-range"),
        (-1, "age-unreadable"),
        ("90后", "age-unreadable"),
        ("30-40", "age-unreadable"),
    ],
)
def test_what_is_no_age_is_refused(cell: Cell, code: str) -> None:
    field = age.normalise(cell, CONTEXT)

    assert (field.value, field.issues) == ("", (code,))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", "yes"), ("同意", "yes"), ("Y", "yes"), ("√", "yes"), (True, "yes"), ("👌🏾", "yes"),
        ("好啊", "yes"), ("否", "no"), ("不同意", "no"), ("×", "no"), (False, "no"), ("勿扰", "no"),
        ("已退订", "withdrawn"), ("TD", "withdrawn"),
    ],
)  # fmt: skip
def test_a_clear_word_is_consent_or_none(cell: Cell, value: str) -> None:
    field = consent.normalise(cell, CONTEXT)

    assert (field.value, field.state) == (value, State.VALID)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("", State.BLANK),
        (" ", State.BLANK),
        ("待定", State.INVALID),
        ("未知", State.INVALID),
        ("无", State.INVALID),
        ("n/a", State.INVALID),
        ("--", State.INVALID),
        ("再说", State.INVALID),
        ("同意，但只要短信", State.INVALID),
        ("#REF!", State.UNKNOWN),
    ],
)
def test_what_is_not_clear_is_neither_yes_nor_no(cell: str, state: State) -> None:
    field = consent.normalise(cell, CONTEXT)

    assert (field.value, field.state) == ("", state)
