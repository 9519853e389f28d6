from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from hard_registers import HOUSEHOLD, PAST, households, people_of_the_past

from backend.core.duplicates import FieldKind, MatchField, MatchRules, find_duplicates
from backend.core.duplicates.columns import Values, read_column
from backend.core.duplicates.field_model import FieldModel
from backend.core.duplicates.households import has_families, own_columns
from backend.core.duplicates.strangers import strangers


def read(frame: pd.DataFrame, kinds: dict[str, FieldKind]) -> tuple[list[Values], list[FieldModel]]:
    columns = [read_column(frame[name], MatchField(column=name, kind=kind)) for name, kind in kinds.items()]
    sample, none = strangers(columns, len(frame)), pd.Series([], dtype="int64").to_numpy()
    return columns, [FieldModel(values, sample, none) for values in columns]


def own(frame: pd.DataFrame, kinds: dict[str, FieldKind]) -> list[str]:
    columns, fields = read(frame, kinds)
    return [list(kinds)[i] for i in own_columns(columns, fields, strangers(columns, len(frame)))]


def test_a_trade_is_a_persons_own_and_a_town_is_not() -> None:
    kinds = {column: kind for column, kind in PAST.items() if column != "full_name"}

    assert own(people_of_the_past(3_000)[0], kinds) == ["sex", "trade"]
    assert own(households(3_000)[0], HOUSEHOLD) == []


def test_families_are_seen_with_and_without_a_day_of_birth() -> None:
    frame, _ = households(2_000)
    without = {column: kind for column, kind in HOUSEHOLD.items() if column != "born"}

    assert has_families(*read(frame, HOUSEHOLD))
    assert has_families(*read(frame, without))


def test_slips_in_given_names_make_no_families() -> None:
    frame, _ = households(2_000)
    alone = frame[~frame.duplicated("street") & (frame.street != "")]
    slipped = alone.assign(given=alone.given.str[::-1])

    assert not has_families(*read(pd.concat([alone, slipped]), HOUSEHOLD))


def test_the_order_of_columns_changes_nothing() -> None:
    frame, _ = households(600)
    fields = [MatchField(column=name, kind=kind) for name, kind in HOUSEHOLD.items()]

    straight, turned = (
        find_duplicates(frame, MatchRules(fields=tuple(some))) for some in (fields, fields[::-1])
    )

    assert len(straight.groups) > 50
    assert straight.groups == turned.groups
