from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.duplicates import FieldKind, MatchField, MatchRules, find_duplicates
from backend.core.duplicates.normalise import normalise
from backend.core.duplicates.score import probability

if TYPE_CHECKING:
    from backend.core.duplicates import Duplicates

PHONE = "+8613812348000"
RULES = MatchRules(
    fields=(
        MatchField(column="name", kind=FieldKind.PERSON_NAME),
        MatchField(column="phone", kind=FieldKind.PHONE),
        MatchField(column="email", kind=FieldKind.EMAIL),
        MatchField(column="tax_id", kind=FieldKind.IDENTIFIER),
    )
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文斌"


def customers(*rows: tuple[str, ...], index: list[str] | None = None) -> pd.DataFrame:
    filled = [(*row, "", "", "", "")[:4] for row in rows]
    return pd.DataFrame(filled, columns=["name", "phone", "email", "tax_id"], index=index)


def strengths(found: Duplicates) -> dict[tuple[object, object], str]:
    return {(a, b): s for a, b, s in zip(found.pairs.a, found.pairs.b, found.pairs.strength, strict=True)}


def test_the_same_name_and_mobile_are_certainly_one_customer() -> None:
    found = find_duplicates(
        customers(("张伟", PHONE), ("李娜",), ("张伟", PHONE), index=["C1", "C2", "C3"]), RULES
    )

    assert strengths(found) == {("C1", "C3"): "certain"}
    assert found.groups == (("C1", "C3"),)
    assert found.not_compared == 0
    assert found.shared == ()


CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str | None]] = {
    "same name and e-mail": (("张伟", "", "a@x.cn"), ("张伟", "", "a@x.cn"), "certain"),
    "a mobile with and without country code": (("张伟", "13812348000"), ("张伟", PHONE), "certain"),
    "a name the other way round": (("John Smith", PHONE), ("Smith, John", PHONE), "certain"),
    "an initial": (("John Smith", PHONE), ("J. Smith", PHONE), "certain"),
    "one character of the given name, same mobile": (("王小明", PHONE), ("王晓明", PHONE), "possible"),
    "a mobile, and a name on one side only": (("张伟", PHONE), ("", PHONE), "possible"),
    "a tax id and names that disagree": (
        ("王五", "", "", "91110000600037341L"),
        ("赵六", "", "", "91110000600037341L"),
        "possible",
    ),
    "an everyday name and nothing else": (("张伟",), ("张伟",), None),
    "a couple with one phone": (("张伟", PHONE), ("李娜", PHONE), None),
    "a couple with one phone and one surname": (("John Smith", PHONE), ("Jane Smith", PHONE), None),
    "two empty rows": (("",), ("",), None),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_two_rows_are_as_strong_as_what_they_share(case: str) -> None:
    left, right, strength = CASES[case]

    found = find_duplicates(customers(left, right), RULES)

    assert strengths(found) == ({} if strength is None else {(0, 1): strength})


def test_a_family_of_three_with_one_phone_is_never_certain() -> None:
    found = find_duplicates(customers(("张伟", PHONE), ("李娜", PHONE), ("张小宝", PHONE)), RULES)

    assert "certain" not in set(found.pairs.strength)


def test_a_copy_of_a_copy_is_found_also_in_a_tiny_register() -> None:
    found = find_duplicates(customers(*[("张伟", PHONE)] * 8, ("李娜", "+8613912340000")), RULES)

    assert found.groups == (tuple(range(8)),)
    assert len(found.pairs) == 28
    assert set(found.pairs.strength) == {"certain"}


def everyday(count: int, seed: int = 1) -> list[tuple[str, str]]:
    rng = np.random.default_rng(seed)
    surnames, given_names = rng.integers(len(SURNAMES), size=count), rng.integers(len(GIVEN), size=(count, 2))
    drawn = zip(surnames, given_names, rng.random(count), strict=True)
    phones = rng.choice(9 * 10**9, count, replace=False) + 10**9
    return [
        (SURNAMES[s] + GIVEN[g[0]] + (GIVEN[g[1]] if two < 0.6 else ""), f"+861{phone}")
        for (s, g, two), phone in zip(drawn, phones, strict=True)
    ]


def test_five_thousand_different_people_with_everyday_names_give_no_certain_pair() -> None:
    people = everyday(5_000)

    with_phones = find_duplicates(customers(*people), RULES)
    without = find_duplicates(customers(*[(name,) for name, _ in people]), RULES)

    assert set(with_phones.pairs.strength) <= {"possible"}
    assert len(with_phones.pairs) < 5
    assert set(without.pairs.strength) <= {"possible"}


def test_two_hundred_colleagues_are_not_the_same_person() -> None:
    rules = MatchRules(
        fields=(
            MatchField(column="name", kind=FieldKind.PERSON_NAME),
            MatchField(column="company", kind=FieldKind.COMPANY),
            MatchField(column="phone", kind=FieldKind.PHONE),
            MatchField(column="address", kind=FieldKind.ADDRESS),
        )
    )
    names = sorted({name for name, _ in everyday(400)})[:200]
    frame = pd.DataFrame(
        [(name, "华信科技有限公司", "+861065551234", "北京市朝阳区中山路88号") for name in names],
        columns=["name", "company", "phone", "address"],
    )

    found = find_duplicates(frame, rules)

    assert len(found.pairs) == 0
    assert [(s.column, s.value, s.rows) for s in found.shared] == [
        ("phone", "+86106****1234", 200),
        ("address", "北京市朝阳区****", 200),
    ]


HOSTILE = {
    "one phone on 5,000 rows": [(f"x{i}", PHONE) for i in range(5_000)],
    "one phone and no names": [("", PHONE)] * 5_000,
    "one giant block": [("张伟", f"+861{i + 3 * 10**9}") for i in range(5_000)],
}


@pytest.mark.parametrize("rows", HOSTILE.values(), ids=list(HOSTILE))
def test_a_giant_block_is_compared_in_part_and_says_so(rows: list[tuple[str, str]]) -> None:
    found = find_duplicates(customers(*rows), RULES)

    assert found.not_compared > 10_000_000
    assert "certain" not in set(found.pairs.strength)


LONG = [(f"{i}" + "字" * 10_000, "1" * 10_000) for i in range(2_000)]
BOUNDED = {**HOSTILE, "no names": [("", phone) for _, phone in everyday(5_000)], "cells of 10 kB": LONG}


@pytest.mark.parametrize("rows", BOUNDED.values(), ids=list(BOUNDED))
def test_hostile_rows_take_no_longer_than_others(rows: list[tuple[str, str]]) -> None:
    began = time.process_time()

    find_duplicates(customers(*rows), RULES)

    assert time.process_time() - began < 15


def test_rows_of_empty_cells_and_very_long_cells_are_counted_and_never_alike() -> None:
    found = find_duplicates(customers(*LONG, *[("", None)] * 50), RULES)  # type: ignore[arg-type]

    assert len(found.pairs) == 0
    assert found.too_long == 4_000


def test_two_long_addresses_that_begin_alike_are_not_the_same() -> None:
    assert normalise("路" * 9_000 + "1号", FieldKind.ADDRESS) != normalise(
        "路" * 9_000 + "2号", FieldKind.ADDRESS
    )


def test_an_empty_frame_gives_an_empty_answer() -> None:
    found = find_duplicates(customers(), RULES)

    assert list(found.pairs.columns) == ["a", "b", "score", "strength", "group", "evidence"]
    assert (len(found.pairs), found.groups, found.not_compared, found.shared) == (0, (), 0, ())


def test_rules_without_fields_find_nothing() -> None:
    assert find_duplicates(customers(("张伟", PHONE), ("张伟", PHONE)), MatchRules(fields=())).groups == ()


def test_a_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        find_duplicates(pd.DataFrame({"name": ["a"]}), RULES)


def test_the_pair_cap_is_reported() -> None:
    capped = MatchRules(fields=RULES.fields, max_pairs=2)

    found = find_duplicates(customers(("张伟", PHONE), ("张伟", PHONE), ("李娜",)), capped)

    assert found.not_compared == 1


def test_rows_of_two_scopes_are_never_one_customer() -> None:
    fields = (*RULES.fields, MatchField(column="shop", kind=FieldKind.CHOICE, scope=True))
    frame = customers(*[("张伟", PHONE, "wei@x.cn")] * 4).assign(shop=["A", "B", "A", ""])

    groups = find_duplicates(frame, MatchRules(fields=fields)).groups

    assert all(not {0, 1} <= set(group) and not {1, 2} <= set(group) for group in groups)
    assert any({0, 2} <= set(group) for group in groups)


def test_a_column_may_have_its_own_limit_of_customers_that_share_a_value() -> None:
    frame = customers(("张伟", PHONE), ("李娜", PHONE), ("王芳", PHONE))
    strict = MatchField(column="phone", kind=FieldKind.PHONE, max_shared=2)

    found = find_duplicates(frame, MatchRules(fields=(RULES.fields[0], strict)))

    assert [value.rows for value in found.shared] == [3]
    assert find_duplicates(frame, RULES).shared == ()


NAMES = st.sampled_from(["张伟", "张玮", "李娜", "王小明", "王晓明", "John Smith", "Jon Smith", ""])
PHONES = st.sampled_from([PHONE, "13812348000", "+8613912340000", "12348000", "", "021-65551234"])
MAILS = st.sampled_from(["a@x.cn", "wei.zhang@x.cn", "wei.zhang@y.cn", ""])
ROWS = st.lists(st.tuples(NAMES, PHONES, MAILS), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, ...]], order: object) -> None:
    frame = customers(*rows, index=[f"C{i:02d}" for i in range(len(rows))])
    places = list(range(len(rows)))
    order.shuffle(places)  # type: ignore[attr-defined]

    straight, turned = find_duplicates(frame, RULES), find_duplicates(frame.iloc[places], RULES)

    assert {frozenset(group) for group in straight.groups} == {frozenset(group) for group in turned.groups}
    assert told(straight) == told(turned)


def told(found: Duplicates) -> dict[frozenset[object], tuple[object, ...]]:
    return {frozenset((r.a, r.b)): (r.score, r.strength, r.evidence) for r in found.pairs.itertuples()}


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_evidence_of_every_pair_adds_up_to_its_score(rows: list[tuple[str, ...]]) -> None:
    found = find_duplicates(customers(*rows), RULES)

    for pair in found.pairs.itertuples():
        bits = np.array([sum(reason.bits for reason in pair.evidence)])
        assert probability(bits)[0] == pytest.approx(pair.score, abs=1e-4)
        assert pair.a < pair.b
        assert {pair.a, pair.b} <= set(found.groups[pair.group])
