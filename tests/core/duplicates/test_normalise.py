from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.duplicates.normalise import normalise
from backend.core.duplicates.rules import FieldKind as K


@pytest.mark.parametrize(
    ("kind", "cell", "form"),
    [
        (K.COMPANY, "北京华信科技有限公司", "华信|科技|北京"),
        (K.COMPANY, "华信（北京）科技股份有限公司", "华信|科技|"),
        (K.COMPANY, "广东省深圳市腾讯计算机系统有限公司", "腾讯计算机系统||广东深圳"),
        (K.COMPANY, "The Acme Trading Co., Ltd.", "acme trading||"),
        (K.COMPANY, "Müller GmbH", "müller||"),
        (K.PERSON_NAME, "张伟先生", "张伟"),
        (K.PERSON_NAME, "张伟(北京)", "张伟"),
        (K.PERSON_NAME, "Mr. Smith", "smith"),
        (K.PERSON_NAME, "Smith, John", "john smith"),
        (K.PERSON_NAME, "买买提·吐尔逊", "买买提吐尔逊"),
        (K.NAME, "买买提·吐尔逊", "买买提吐尔逊"),
        (K.NAME, "欧阳娜娜", "欧阳娜娜"),
        (K.NAME, "华信公司", "华信||"),
        (K.PHONE, "+8613812348000", "+8613812348000"),
        (K.PHONE, 13812348000.0, "13812348000"),
        (K.PHONE, "１３８ １２３４ ８０００", "13812348000"),
        (K.PHONE, "021-65551234 转801", "02165551234"),
        (K.PHONE, "0086 138 1234 8000", "+8613812348000"),
        (K.PHONE, "00000000", ""),
        (K.PHONE, "110", ""),
        (K.EMAIL, "mailto:Wei.Zhang@X.cn", "wei.zhang@x.cn"),
        (K.DATE, "20240304", "2024-03-04"),
        (K.DATE, "2024年3月4日", "2024-03-04"),
        (K.DATE, "4/3/2024", "2024-03-04"),
        (K.DATE, "3/14/2024", "2024-03-14"),
        (K.IDENTIFIER, "9111-0000 60003734 1l", "91110000600037341L"),
        (K.ADDRESS, "435 S. La Cienega Boulevard", "435 s la cienega blvd"),
        (K.TEXT, "N/A", ""),
        (K.TEXT, None, ""),
        (K.TEXT, float("nan"), ""),
    ],
)
def test_a_cell_has_one_form(kind: K, cell: object, form: str) -> None:
    assert normalise(cell, kind) == form


@given(st.one_of(st.text(max_size=40), st.floats(), st.none(), st.booleans()), st.sampled_from(list(K)))
def test_no_cell_raises_and_no_form_is_long(cell: object, kind: K) -> None:
    assert len(normalise(cell, kind)) <= 202


def test_a_company_that_is_normalised_already_stays_as_it_is() -> None:
    once = normalise("北京华信科技有限公司", K.COMPANY)

    assert normalise(once, K.COMPANY) == once
