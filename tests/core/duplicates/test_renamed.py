from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from backend.core.duplicates import FieldKind as K
from backend.core.duplicates import MatchField, MatchRules, find_duplicates
from backend.core.duplicates.columns import read_column
from backend.core.duplicates.field_model import FieldModel
from backend.core.duplicates.renamed import renamed

SPLIT = {"given": K.GIVEN_NAME, "family": K.FAMILY_NAME, "born": K.DATE, "phone": K.PHONE}
FULL = {"full": K.PERSON_NAME, "born": K.DATE, "phone": K.PHONE}
PHONE = "+447123456789"


def grouped(kinds: dict[str, K], left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    others = [("Tom", "Ray", "1950-01-02", "+447987654321"), ("Eve", "Orr", "1960-03-04", "+447546372819")]
    frame = pd.DataFrame([left, right, *others], columns=["given", "family", "born", "phone"])
    frame["full"] = frame.given + " " + frame.family
    fields = tuple(MatchField(column=column, kind=kind) for column, kind in kinds.items())
    return (0, 1) in find_duplicates(frame, MatchRules(fields=fields)).groups


@pytest.mark.parametrize("kinds", [SPLIT, FULL], ids=["split", "full"])
def test_another_family_name_is_outweighed_by_given_name_day_of_birth_and_phone(kinds: dict[str, K]) -> None:
    ann = ("Ann", "Lee", "1971-06-24", PHONE)

    assert grouped(kinds, ann, ("Ann", "Miller", "1971-06-24", PHONE))
    assert not grouped(kinds, ann, ("Ann", "Miller", "1982-11-03", PHONE))


@pytest.mark.parametrize("kinds", [SPLIT, FULL], ids=["split", "full"])
def test_only_one_given_name_and_day_of_birth_make_a_renamed_person(kinds: dict[str, K]) -> None:
    names = [("Ann", "Lee"), ("Annie", "Miller"), ("Sue", "Miller"), ("Ann", "Lee"), ("Ann", "Ray")]
    frame = pd.DataFrame(names, columns=["given", "family"]).assign(phone="", born="1971-06-24")
    frame["full"] = frame.given + " " + frame.family
    frame.loc[4, "born"] = "1988-01-02"
    columns = [read_column(frame[name], MatchField(column=name, kind=kind)) for name, kind in kinds.items()]
    none = np.zeros(0, dtype=np.int64)
    fields = [FieldModel(values, (none, none), none) for values in columns]
    a, b = np.zeros(4, dtype=np.int64), np.arange(1, 5)
    levels = np.column_stack([field.comparer.levels(a, b) for field in fields])

    assert renamed(fields, a, b, levels).tolist() == [True, False, False, False]
