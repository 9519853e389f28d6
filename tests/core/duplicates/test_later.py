from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from backend.core.duplicates import FieldKind, MatchField
from backend.core.duplicates.columns import BLANK, read_column
from backend.core.duplicates.later import numbers_of, read_later

FIELDS = [MatchField(column="city", kind=FieldKind.TEXT), MatchField(column="street", kind=FieldKind.TEXT)]
ROWS = st.lists(st.tuples(*[st.sampled_from(["", "a", "b", "c", "d", "B"])] * 2), min_size=1, max_size=12)


def frame(rows: list[tuple[str, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[field.column for field in FIELDS], dtype=object)


@given(ROWS, ROWS, st.lists(st.integers(-1, 11), min_size=12, max_size=12))
def test_rows_that_come_later_are_read_and_stand_where_what_they_hold_belongs(
    ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]], places: list[int]
) -> None:
    ours = sorted(tuple(map(str.lower, row)) for row in ours)
    columns = [read_column(frame(ours)[field.column], field) for field in FIELDS]
    before = np.array([min(place, len(ours) - 1) for place in places[: len(theirs)]], dtype=np.int64)

    cells = [frame(ours)[field.column].to_numpy(dtype=object) for field in FIELDS]
    later = read_later(frame(theirs), before, cells, columns, numbers_of(columns))

    rows = [tuple(map(str.lower, row)) for row in theirs]
    assert later.rank.tolist() == [sum(other < row for other in ours) for row in rows]
    for side, (values, column) in enumerate(zip(columns, later.columns, strict=True)):
        joint = [*values.texts, *column.new.texts, ""]
        assert [joint[code] for code in column.codes] == [row[side] for row in rows]
        assert set(column.new.texts).isdisjoint(values.texts)
        alone = [*column.alone.texts, ""]
        assert [alone[code] for code in column.alone.codes] == [row[side] for row in rows]
        held = column.alone.codes[column.alone.codes != BLANK]
        assert column.alone.rows.tolist() == np.bincount(held, minlength=len(alone) - 1).tolist()
