from __future__ import annotations

from datetime import date

import pytest

from backend.core.fields.company import normalise
from backend.core.fields.field import Context, State

CONTEXT = Context(today=date(2026, 11, 22), placeholders=frozenset({"无"}))


@pytest.mark.parametrize(
    ("cell", "core", "form", "region"),
    [
        ("杭州华信科技有限公司", "华信科技", "有限公司", "杭州市"),
        ("深圳市腾讯计算机系统有限公司", "腾讯计算机系统", "有限公司", "深圳市"),
        ("南京钢铁股份有限公司", "钢铁", "股份有限公司", "南京市"),
        ("ABB（中国）有限公司", "ABB", "有限公司", "中国"),
        ("新疆天业（集团）有限公司", "天业", "集团有限公司", "新疆维吾尔自治区"),
        ("上海星河投资合伙企业（有限合伙）", "星河投资", "合伙企业(有限合伙)", "上海市"),
        ("华为技术有限公司", "华为技术", "有限公司", ""),
        ("建设银行", "建设银行", "", ""),
        ("北京公司", "北京", "公司", ""),
        ("Acme Trading Co., Ltd.", "Acme Trading", "Co Ltd", ""),
        ("Müller & Söhne GmbH", "Müller & Söhne", "GmbH", ""),
        ("Oy Hello World Ab", "Hello World", "Oy AB", ""),
        ("America Movil, S.A. de C.V.", "America Movil", "SA de CV", ""),
        ("A.B.C. Corp", "A.B.C.", "Corp", ""),
        ("Siemens", "Siemens", "", ""),
        ("北京公司 Ltd", "北京公司", "Ltd", ""),
    ],
)
def test_core_legal_form_and_region_are_told_apart(cell: str, core: str, form: str, region: str) -> None:
    field = normalise(cell, CONTEXT)

    assert (field.part("core"), field.part("legal_form"), field.part("region")) == (core, form, region)
    assert field.state is State.VALID


def test_a_branch_is_no_part_of_the_core() -> None:
    field = normalise("北京京东世纪贸易有限公司上海分公司", CONTEXT)

    assert (field.part("core"), field.part("branch"), field.part("province")) == (
        "京东世纪贸易",
        "上海分公司",
        "北京市",
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("阿里巴巴(中国)有限公司", "阿里巴巴（中国）有限公司"),
        (" 杭州华信\u200b科技有限公司 ", "杭州华信科技有限公司"),
        ("Ａcme Ltd", "Acme Ltd"),
    ],
)
def test_the_one_form_is_suggested(cell: str, value: str) -> None:
    field = normalise(cell, CONTEXT)

    assert (field.value, field.suggestion) == (value, value)


@pytest.mark.parametrize(
    ("cell", "state", "code"),
    [
        ("有限公司", State.POSSIBLE, "company-only-form"),
        ("LLC", State.POSSIBLE, "company-only-form"),
        ("无", State.INVALID, "placeholder"),
        ("测试公司", State.INVALID, "placeholder"),
        ("12345", State.INVALID, "name-no-letters"),
    ],
)
def test_what_names_no_company_is_told(cell: str, state: State, code: str) -> None:
    field = normalise(cell, CONTEXT)

    assert (field.state, field.issues[-1]) == (state, code)
