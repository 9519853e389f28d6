"""The examples of the guide are read as the guide says."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.fields import NORMALISERS
from backend.core.fields.field import Context, State
from backend.core.wording.kinds import KINDS
from sheets_schema.model import Kind

CONTEXT = Context(today=date(2026, 11, 22), choices=(("个人", "individual"), ("personal", "individual")))
READ = [(kind, cell) for kind, words in KINDS.items() for cell in words.also]


def test_every_kind_is_explained_with_an_example() -> None:
    assert set(KINDS) == set(Kind)
    assert all(words.meaning.zh and words.meaning.en and words.example for words in KINDS.values())


@pytest.mark.parametrize("kind", list(Kind))
def test_the_right_form_is_left_as_it_is(kind: Kind) -> None:
    field = NORMALISERS[kind](KINDS[kind].example, CONTEXT)

    assert (field.state, field.findings, field.suggestion) == (State.VALID, (), "")


@pytest.mark.parametrize(("kind", "cell"), READ)
def test_another_form_is_read_too(kind: Kind, cell: str) -> None:
    field = NORMALISERS[kind](cell, CONTEXT)

    assert field.state in {State.VALID, State.POSSIBLE}
    assert field.value != ""


@pytest.mark.parametrize(
    "kind", [Kind.DATE, Kind.POSTCODE, Kind.RESIDENT_ID, Kind.IBAN, Kind.PERCENT, Kind.AGE, Kind.QQ]
)
def test_another_form_is_the_same_value(kind: Kind) -> None:
    values = {
        NORMALISERS[kind](cell, CONTEXT).value
        for cell in (KINDS[kind].example, *KINDS[kind].also)
        if "折" not in cell and "成" not in cell
    }

    assert len(values) == 1
