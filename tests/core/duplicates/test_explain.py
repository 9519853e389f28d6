from __future__ import annotations

import pandas as pd
import pytest

from backend.core.duplicates import (
    Evidence,
    FieldKind,
    MatchField,
    MatchRules,
    explain,
    find_duplicates,
)
from backend.core.duplicates.evidence import mask
from sheets_schema.model import Language, Text

LABELS = {"phone": Text(zh="手机号", en="Mobile"), "name": Text(zh="姓名", en="Name")}
EVIDENCE = (
    Evidence(column="", code="match-prior", bits=-10.0),
    Evidence(column="name", code="match-near", bits=7.5),
    Evidence(column="phone", code="match-same-value", bits=11.0, params=(("value", "+86138****8000"),)),
    Evidence(column="VIP", code="match-different", bits=-1.0),
    Evidence(column="city", code="match-same", bits=0.2),
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.ZH, "手机号相同 +86138****8000；姓名相近；VIP不同"),
        (Language.EN, "same mobile +86138****8000; similar name; different VIP"),
    ],
)
def test_the_strongest_reason_is_told_first_and_faint_ones_not_at_all(
    language: Language, sentence: str
) -> None:
    assert explain(EVIDENCE, language, LABELS) == sentence


def test_a_name_that_sounds_alike_is_told_so() -> None:
    rules = MatchRules(
        fields=(
            MatchField(column="name", kind=FieldKind.PERSON_NAME),
            MatchField(column="phone", kind=FieldKind.PHONE),
        )
    )
    frame = pd.DataFrame({"name": ["张晓明", "章小鸣"], "phone": ["+8613812348000"] * 2})

    evidence = find_duplicates(frame, rules).pairs.evidence[0]

    assert explain(evidence, Language.ZH, LABELS) == "手机号相同 +86138****8000；姓名同音"


def test_a_value_that_does_not_count_is_told() -> None:
    params = (("value", "+86106****1234"), ("rows", "200"))
    shared = Evidence(column="phone", code="match-shared", bits=0.0, params=params)

    told = explain((shared,), Language.EN, LABELS)

    assert told == "same mobile +86106****1234, but 200 rows share it, so it does not count"


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (FieldKind.PHONE, "+8613812348000", "+86138****8000"),
        (FieldKind.PHONE, "13812348000", "138****8000"),
        (FieldKind.PHONE, "65551234", "****1234"),
        (FieldKind.PHONE, "+0123", "+****0123"),
        (FieldKind.EMAIL, "wei.zhang@x.cn", "w****@x.cn"),
        (FieldKind.IDENTIFIER, "91110000600037341L", "****341L"),
        (FieldKind.IDENTIFIER, "M17", "****7"),
        (FieldKind.ADDRESS, "北京市朝阳区中山路88号", "北京市朝阳区****"),
    ],
)
def test_contact_values_are_masked(kind: FieldKind, value: str, masked: str) -> None:
    assert mask(value, kind) == masked
