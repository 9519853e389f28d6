from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from backend.core.duplicates.columns import read_column
from backend.core.duplicates.compare import ColumnComparer
from backend.core.duplicates.levels import Level
from backend.core.duplicates.rules import FieldKind as K
from backend.core.duplicates.rules import MatchField


def level(kind: K, left: str, right: str) -> int:
    values = read_column(pd.Series([left, right]), MatchField(column="x", kind=kind))
    return int(ColumnComparer(values).levels(np.array([0]), np.array([1]))[0])


def test_two_common_given_names_a_slip_apart_are_two_names() -> None:
    names = ["Mark Lee"] * 10 + ["Mary Lee"] * 10 + ["Marl Lee"]
    values = read_column(pd.Series(names), MatchField(column="x", kind=K.PERSON_NAME))

    levels = ColumnComparer(values).levels(np.array([0, 0]), np.array([10, 20]))

    assert levels.tolist() == [Level.FAR, Level.NEAR]


def test_a_frequent_slip_of_a_name_far_more_frequent_is_a_slip() -> None:
    names = ["John Lee"] * 250 + ["Jhon Lee"] * 12
    values = read_column(pd.Series(names), MatchField(column="x", kind=K.PERSON_NAME))

    assert ColumnComparer(values).levels(np.array([0]), np.array([255])).tolist() == [Level.NEAR]


CASES = [
    (K.PERSON_NAME, "John Smith", "Smith John", Level.EXACT),
    (K.PERSON_NAME, "John Smith", "J. Smith", Level.NEAR),
    (K.PERSON_NAME, "Jon Smith", "John Smith", Level.NEAR),
    (K.PERSON_NAME, "Jane Smith", "John Smith", Level.DIFFERENT),
    (K.PERSON_NAME, "Sofia", "Sofia Martinelli", Level.FAR),
    (K.PERSON_NAME, "王小明", "王晓明", Level.PART),
    (K.PERSON_NAME, "王小明", "王小亮", Level.FAR),
    (K.PERSON_NAME, "章小鸣", "張曉明", Level.PART),
    (K.PERSON_NAME, "Xiaoming Zhang", "张晓明", Level.PART),
    (K.PERSON_NAME, "王伟", "魏旺", Level.DIFFERENT),
    (K.PERSON_NAME, "曾志", "Zhi Zeng", Level.PART),
    (K.GIVEN_NAME, "foSia", "Sofia", Level.NEAR),
    (K.PERSON_NAME, "Phil Scott", "Scott Phiilp", Level.NEAR),
    (K.PERSON_NAME, "James Smith", "Smith J.", Level.NEAR),
    (K.PERSON_NAME, "William Henry Smith", "Bill Smith", Level.NEAR),
    (K.PERSON_NAME, "John Smith Jr.", "John Smith", Level.FAR),
    (K.PERSON_NAME, "John Smith Jr.", "Smith, John Jr", Level.EXACT),
    (K.PERSON_NAME, "John Smith II", "John Smith Sr", Level.DIFFERENT),
    (K.PERSON_NAME, "张伟", "李娜", Level.DIFFERENT),
    (K.PERSON_NAME, "张伟", "", Level.MISSING),
    (K.COMPANY, "北京华信科技有限公司", "北京华信科技股份有限公司", Level.EXACT),
    (K.COMPANY, "北京华信科技有限公司", "华信", Level.NEAR),
    (K.COMPANY, "北京华信科技有限公司", "上海华信科技有限公司", Level.FAR),
    (K.COMPANY, "北京华信科技有限公司", "北京中信科技有限公司", Level.DIFFERENT),
    (K.NAME, "张伟", "李娜", Level.DIFFERENT),
    (K.NAME, "华信公司", "华信有限公司", Level.EXACT),
    (K.PHONE, "+862165551234", "65551234", Level.PART),
    (K.PHONE, "+8613812348000", "13812348000", Level.EXACT),
    (K.PHONE, "+447026861023", "07026 861023", Level.EXACT),
    (K.PHONE, "13812348000", "13812348001", Level.NEAR),
    (K.PHONE, "13812348000", "13912340000", Level.DIFFERENT),
    (K.EMAIL, "wei.zhang@x.cn", "wei.zhang@y.com", Level.PART),
    (K.EMAIL, "info@x.cn", "info@y.com", Level.DIFFERENT),
    (K.EMAIL, "wei.zhang@x.cn", "wei.zhnag@x.cn", Level.NEAR),
    (K.EMAIL, "wangwei15@qq.com", "wangwei51@qq.com", Level.DIFFERENT),
    (K.EMAIL, "jamesbrown46@x.com", "james.brown47@x.com", Level.DIFFERENT),
    (K.EMAIL, "jamesbrown46@x.com", "james.brown46@x.com", Level.NEAR),
    (K.EMAIL, "1234567890@qq.com", "1234567809@qq.com", Level.NEAR),
    (K.EMAIL, "haoley@hruston.net", "harley@houston.net", Level.FAR),
    (K.DATE, "2001-02-03", "2001-03-02", Level.NEAR),
    (K.DATE, "1749-01-01", "1765-01-01", Level.DIFFERENT),
    (K.DATE, "1749-01-01", "1748-01-01", Level.FAR),
    (K.DATE, "1749-01-01", "1749", Level.NEAR),
    (K.DATE, "1749", "1765", Level.DIFFERENT),
    (K.DATE, "1749", "1749-06-30", Level.FAR),
    (K.DATE, "2001-02-03", "2011-02-03", Level.NEAR),
    (K.DATE, "2001-02-03", "2001-02-21", Level.PART),
    (K.DATE, "2001-02-03", "2001-04-21", Level.FAR),
    (K.DATE, "2001-02-03", "1971-12-14", Level.DIFFERENT),
    (K.ADDRESS, "10 Kedzie Street", "10 kedzie st.", Level.EXACT),
    (K.IDENTIFIER, "91110000600037341L", "91110000600037314L", Level.NEAR),
    (K.CHOICE, "a", "b", Level.DIFFERENT),
]


@pytest.mark.parametrize(("kind", "left", "right", "expected"), CASES)
def test_two_values_agree_as_well_as_a_person_would_say(
    kind: K, left: str, right: str, expected: Level
) -> None:
    assert level(kind, left, right) is expected
    assert level(kind, right, left) is expected
