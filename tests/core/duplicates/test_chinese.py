from __future__ import annotations

import pytest

from backend.core.duplicates.chinese import company_sound, name_sound, pinyin, simplify
from backend.core.duplicates.normalise import normalise
from backend.core.duplicates.rules import FieldKind


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("張偉國", "张伟国"),
        ("劉麗華", "刘丽华"),
        ("鄭曉龍", "郑晓龙"),
        ("华信", "华信"),
        ("Acme 廣東", "Acme 广东"),
    ],
)
def test_traditional_characters_become_simplified_ones(traditional: str, simplified: str) -> None:
    assert simplify(traditional) == simplified


def test_every_kind_of_name_is_read_in_simplified_characters() -> None:
    assert normalise("北京華信科技有限公司", FieldKind.COMPANY) == normalise(
        "北京华信科技有限公司", FieldKind.COMPANY
    )
    assert normalise("張偉 先生", FieldKind.PERSON_NAME) == "张伟"


def test_a_syllable_has_no_tone() -> None:
    assert pinyin("妈麻马骂") == "mamamama"
    assert pinyin("吕") == "lv"
    assert pinyin("A座") == "Azuo"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("张晓明", "章小鸣", True),
        ("张晓明", "xiaoming zhang", True),
        ("张晓明", "zhang xiaoming", True),
        ("张晓明", "xiao ming zhang", True),
        ("欧阳娜娜", "nana ouyang", True),
        ("单田芳", "tianfang shan", True),
        ("曾志伟", "zhiwei zeng", True),
        ("张晓明", "张晓亮", False),
        ("张", "章", False),
    ],
)
def test_names_sound_alike_in_either_script_and_order(one: str, other: str, *, alike: bool) -> None:
    assert (name_sound(one) == name_sound(other) != "") is alike


def test_one_character_is_too_little_for_the_sound_of_a_company() -> None:
    assert company_sound("华") == ""
    assert company_sound("华信") == company_sound("华鑫") == "huaxin"
