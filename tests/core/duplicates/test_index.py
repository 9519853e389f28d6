from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from synthetic_registers import RULES as REGISTER_RULES
from synthetic_registers import register

from backend.core.duplicates import (
    Decisions,
    FieldKind,
    Index,
    MatchField,
    MatchRules,
    block,
    find_duplicates,
    postings,
)

if TYPE_CHECKING:
    from backend.core.duplicates import Duplicates

PHONE, OTHER_PHONE = "+8613812348000", "+8613912340000"
RULES = MatchRules(
    fields=(
        MatchField(column="name", kind=FieldKind.NAME),
        MatchField(column="phone", kind=FieldKind.PHONE),
        MatchField(column="email", kind=FieldKind.EMAIL),
    )
)
NAMES = st.sampled_from(["张伟", "張偉", "章伟", "李娜", "John Smith", "Jon Smith", "华信有限公司", ""])
PHONES = st.sampled_from([PHONE, "13812348000", OTHER_PHONE, "12348000", ""])
MAILS = st.sampled_from(["a@x.cn", "wei.zhang@x.cn", "wei.zhang@y.cn", ""])
ROW = st.tuples(NAMES, PHONES, MAILS)


def customers(*rows: tuple[str, ...], keys: str = "C") -> pd.DataFrame:
    filled = [(*row, "", "")[:3] for row in rows]
    index = [f"{keys}{i:02d}" for i in range(len(rows))]
    return pd.DataFrame(filled, columns=["name", "phone", "email"], index=index, dtype=object)


def told(found: Duplicates) -> tuple[object, ...]:
    pairs = found.pairs.assign(score=found.pairs.score.round(4))
    columns = ["a", "b", "score", "strength", "group"]
    return sorted(pairs[columns].itertuples(index=False, name=None)), found.groups


def made(rows: int, *, chinese: bool) -> pd.DataFrame:
    frame = register(rows, chinese=chinese).frame
    return frame.set_axis([f"C{i:05d}" for i in range(rows)], axis=0)


def with_slips(frame: pd.DataFrame) -> pd.DataFrame:
    """Swap two letters in one cell of each row."""
    rng, cells = np.random.default_rng(3), frame.to_numpy(dtype=object, copy=True)
    for row in cells:
        column = int(rng.integers(len(row)))
        at = int(rng.integers(max(len(row[column]) - 1, 1)))
        row[column] = row[column][:at] + row[column][at : at + 2][::-1] + row[column][at + 2 :]
    return pd.DataFrame(cells, columns=frame.columns, index=frame.index)


@settings(max_examples=30, deadline=None)
@given(st.lists(ROW, min_size=2, max_size=10), st.lists(st.tuples(st.integers(0, 9), ROW), max_size=4))
def test_changed_rows_alone_give_what_all_rows_give_by_the_same_weights(
    rows: list[tuple[str, ...]], changes: list[tuple[int, tuple[str, ...]]]
) -> None:
    before = customers(*rows)
    index, now = Index(before, RULES), before.copy()
    for place, row in changes:
        now.iloc[place % len(rows)] = list(row)
    changed = now[(now != before).any(axis=1)]

    alone, all_of_them = index.answer_with(changed), index.answer_with(now)

    assert told(alone) == told(all_of_them)


@settings(max_examples=30, deadline=None)
@given(st.lists(ROW, min_size=2, max_size=10), st.sets(st.integers(0, 9)))
def test_rows_that_come_as_they_were_change_nothing(rows: list[tuple[str, ...]], again: set[int]) -> None:
    frame = customers(*rows)
    index = Index(frame, RULES)

    answer = index.answer_with(frame.iloc[[place for place in sorted(again) if place < len(rows)]])

    assert told(answer) == told(index.answer) == told(find_duplicates(frame, RULES))
    assert answer.pairs.evidence.tolist() == index.answer.pairs.evidence.tolist()


@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
def test_a_thousand_rows_of_a_register_that_come_again_give_the_pairs_of_the_full_search(
    *, chinese: bool
) -> None:
    frame = made(4_000, chinese=chinese)
    index = Index(frame, REGISTER_RULES)

    answer = index.answer_with(frame.sample(1_000, random_state=1))

    assert told(answer) == told(index.answer)


@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
def test_changed_rows_give_the_pairs_of_a_search_that_learns_anew_but_for_a_few_near_the_threshold(
    *, chinese: bool
) -> None:
    frame = made(4_000, chinese=chinese)
    changed = with_slips(frame.sample(400, random_state=1))
    now = frame.copy()
    now.loc[changed.index] = changed

    kept = scores(Index(frame, REGISTER_RULES).answer_with(changed))
    anew = scores(find_duplicates(now, REGISTER_RULES))

    other = [(kept | anew)[pair] for pair in kept.keys() ^ anew.keys()]
    assert len(other) <= 0.01 * len(anew)
    assert max(other, default=0) < 0.95


@pytest.mark.parametrize("crowd", [0, 100], ids=["a family name of two", "a family name of many, one town"])
def test_rows_that_only_the_family_name_brings_together_are_found_as_by_the_full_search(
    monkeypatch: pytest.MonkeyPatch, crowd: int
) -> None:
    monkeypatch.setattr(block, "NEIGHBOURS_UP_TO", 0)
    monkeypatch.setattr(postings, "NEIGHBOURS_UP_TO", 0)
    frame = made(2_000, chinese=False)[["birth_date", "city", "phone"]].assign(phone="")
    frame["family"] = [f"family{i}" for i in range(2_000 - crowd)] + ["zorn"] * crowd
    frame["given"] = [f"given{i}" for i in range(2_000)]
    frame.iloc[7] = ["1980-05-12", "Kiruna", "+447251346486", "zorn", "katharina"]
    frame.iloc[9] = ["1980-05-13", "Kiruna", "+447251346487", "zorn", "katharine"]
    kinds = {
        "family": FieldKind.FAMILY_NAME,
        "given": FieldKind.GIVEN_NAME,
        "birth_date": FieldKind.DATE,
        "city": FieldKind.TEXT,
        "phone": FieldKind.PHONE,
    }
    rules = MatchRules(fields=tuple(MatchField(column=c, kind=kind) for c, kind in kinds.items()))
    index = Index(frame, rules)

    assert ("C00007", "C00009") in index.answer.groups
    assert told(index.answer_with(frame.iloc[[7]])) == told(index.answer)
    renamed = frame.iloc[[7]].set_axis(["N"], axis=0)
    assert index.find(renamed).duplicates.groups == (("C00007", "C00009", "N"),)


def scores(found: Duplicates) -> dict[tuple[object, object], float]:
    return dict(zip(zip(found.pairs.a, found.pairs.b, strict=True), found.pairs.score, strict=True))


def test_a_row_at_entry_is_told_whose_it_is() -> None:
    index = Index(customers(("张伟", PHONE), ("李娜", OTHER_PHONE), ("张伟", PHONE)), RULES)

    touched = index.find(customers(("张伟", PHONE), keys="N"))

    assert touched.duplicates.groups == (("C00", "C02", "N00"),)
    assert touched.rows == {"C00", "C02", "N00"}
    assert set(touched.duplicates.pairs.strength) == {"certain"}


def test_a_row_that_is_gone_or_changed_leaves_its_group() -> None:
    index = Index(customers(*[("张伟", PHONE)] * 3, ("李娜", OTHER_PHONE)), RULES)

    gone = index.answer_with(customers(), gone=["C01"])
    changed = index.answer_with(customers(("王芳", "+8613712340000")))

    assert gone.groups == (("C00", "C02"),)
    assert changed.groups == (("C01", "C02"),)
    assert index.answer.groups == (("C00", "C01", "C02"),)


def test_people_are_obeyed_about_rows_that_come_later() -> None:
    frame = customers(("张伟", PHONE), ("李娜", OTHER_PHONE))
    decisions = Decisions(same=(("C01", "N00"),), apart=(("C00", "N01"),))
    index = Index(frame, RULES, decisions)

    answer = index.answer_with(customers(("王芳", ""), ("张伟", PHONE), keys="N"))

    assert answer.groups == (("C01", "N00"),)


@pytest.mark.parametrize("blank", ["", None, float("nan")], ids=["empty", "None", "NaN"])
def test_a_cell_that_is_cleared_no_longer_speaks_for_its_row(blank: object) -> None:
    index = Index(customers(("张伟", PHONE), ("张伟", PHONE)), RULES)
    cleared = customers(("张伟", PHONE)).assign(phone=[blank])

    assert index.answer.groups == (("C00", "C01"),)
    assert index.answer_with(cleared).groups == ()


def test_names_that_come_later_turned_round_are_seen() -> None:
    rules = MatchRules(
        fields=(
            MatchField(column="given", kind=FieldKind.GIVEN_NAME),
            MatchField(column="family", kind=FieldKind.FAMILY_NAME),
            MatchField(column="phone", kind=FieldKind.PHONE),
        )
    )
    people = [("Sofia", "Martinelli", PHONE), ("Sofja", "Brown", OTHER_PHONE)]
    before = pd.DataFrame(people, columns=["given", "family", "phone"], index=["C0", "C1"], dtype=object)
    later = pd.DataFrame([("Martineli", "Sofia", PHONE)], columns=before.columns, index=["N"], dtype=object)

    found = Index(before, rules).find(later).duplicates

    assert found.groups == (("C0", "N"),)
    reasons = {reason.column: reason.code for reason in found.pairs.evidence[0]}
    assert (reasons["given"], reasons["family"]) == ("match-turned", "match-turned")


def test_what_is_told_of_the_whole_register_stays_what_it_was() -> None:
    desk = [(f"{name} Desk", PHONE) for name in ("Ann", "Bob", "Cy", "Dee", "Eve", "Flo", "Gil", "Hal")]
    index = Index(customers(*desk), MatchRules(fields=RULES.fields, max_shared=3))

    found = index.find(customers(("Ida Desk", PHONE), keys="N")).duplicates

    assert [value.rows for value in found.shared] == [8]
    assert found.shared == index.answer.shared


def test_a_column_that_is_not_there_is_an_error() -> None:
    index = Index(customers(("张伟", PHONE)), RULES)

    with pytest.raises(KeyError):
        index.find(pd.DataFrame({"name": ["张伟"]}, index=["N"]))


def test_an_index_of_no_rows_knows_nobody_and_finds_what_comes() -> None:
    index = Index(customers(), RULES)

    assert index.find(customers(("张伟", PHONE), keys="N")).duplicates.groups == ()
    assert index.answer_with(customers(("张伟", PHONE), ("张伟", PHONE), keys="N")).groups == (
        ("N00", "N01"),
    )
