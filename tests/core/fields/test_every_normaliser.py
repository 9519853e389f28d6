"""What holds for the normaliser of every kind, on any cell."""

from __future__ import annotations

import math
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.fields import NORMALISERS
from backend.core.fields.field import Context, DateOrder, Field, State
from backend.core.wording import say
from sheets_schema.model import Kind, Language

CONTEXT = Context(
    today=date(2026, 11, 22),
    choices=(("个人", "individual"), ("企业", "company"), ("personal", "individual")),
    placeholders=frozenset({"无", "n/a", "待定", "13800000000"}),
    email_domains=("acme.cn",),
)
CONTEXTS = st.sampled_from(
    (
        CONTEXT,
        Context(
            today=date(2024, 2, 29), country="US", currency="USD", area_code="312", two_digit_future=True
        ),
        Context(today=date(2026, 1, 1), country="DE", currency="EUR", date_order=DateOrder.DAY_FIRST),
        Context(today=date(2026, 1, 1), country="CN", currency="JPY", area_code="010"),
        Context(today=date(2026, 1, 1), country="??", currency="", date_order=DateOrder.MONTH_FIRST),
    )
)
LIKELY = (
    *"0123456789０５９ +-−()（）./:：,，、;#*@＠.xXeEoOlI|%％'\"&<>[]=_~",
    *"\u200b\u200d\ufeff\u3000\xa0\n\x00\ud800·•",
    *"年月日号點点时分秒一二三四五六七八九十百千万亿〇零元角分整负￥¥$€转分机先生女士张伟欧阳公司",
    *("+86", "0086", "138", "13800138000", "010-", "ext", "2024", "03", "@qq.com", "@gmial.com", "mailto:"),
    *(
        "Mar",
        "民国",
        "农历",
        "星期一",
        "10:20",
        "am",
        "1,234",
        ".50",
        "CNY",
        "USD",
        "k",
        "测试",
        "Mr. ",
        "FALSE",
    ),
    *(
        "91110000600037341L",
        "11010519491231002X",
        "110105491231002",
        "GB82 WEST 1234 5698 7654 32",
        "https://",
        "www.",
        "浙江省杭州市",
        "有限公司",
        "Co., Ltd.",
        "百分之",
        "岁",
        "同意",
        "wxid_",
        "310000",
        "DE",
        "#REF!",
        "无",
        "=1+1",
        "e+",
        "１２３",
        "٣",
        "🏴\U000e0067\U000e007f",
        "👨\u200d👩",
    ),
)
CELLS = st.one_of(
    st.lists(st.sampled_from(LIKELY), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.integers(min_value=0, max_value=10**16),
    st.floats(min_value=-100_000, max_value=100_000_000_000),
)


def told(field: Field) -> set[str]:
    return {finding.code for finding in field.findings}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_normaliser(kind: Kind) -> None:
    assert callable(NORMALISERS[kind])


@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("kind", list(Kind))
@given(cell=CELLS, context=CONTEXTS)
def test_no_cell_raises_and_every_answer_is_whole(kind: Kind, cell: object, context: Context) -> None:
    field = NORMALISERS[kind](cell, context)

    assert (field.value == "") == (field.state in {State.BLANK, State.INVALID, State.UNKNOWN})
    assert bool(field.findings) or field.state in {State.VALID, State.BLANK}
    assert not (field.state is State.BLANK and field != NORMALISERS[kind]("", context))
    assert field.suggestion in {"", field.display} or kind is Kind.RESIDENT_ID
    assert all(name and value for name, value in field.parts)
    for finding in field.findings:
        for language in Language:
            assert say(finding.code, language, **dict(finding.params))


@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("kind", list(Kind))
@given(cell=CELLS, context=CONTEXTS)
def test_twice_is_once(kind: Kind, cell: object, context: Context) -> None:
    once = NORMALISERS[kind](cell, context)
    if not once.suggestion:
        return

    twice = NORMALISERS[kind](once.suggestion, context)

    assert twice.suggestion == ""
    if once.value != "" and "email-domain-typo" not in told(once):
        assert twice.value == once.value
    assert twice.value != ""


@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.MONEY])
@given(cell=CELLS, context=CONTEXTS)
def test_the_value_is_read_as_itself(kind: Kind, cell: object, context: Context) -> None:
    once = NORMALISERS[kind](cell, context)
    if isinstance(once.value, int | float) and abs(once.value) >= 10**15:
        return  # a number of the sheet that has lost digits is refused

    assert NORMALISERS[kind](once.value, context).value == once.value


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "cell", ["", " ", "\t\n", "\u200b", "\xa0", "\u3000 \ufeff", "\u3164", "\x00", "\u200d"]
)
def test_a_cell_in_which_nothing_is_seen_is_blank(kind: Kind, cell: str) -> None:
    assert NORMALISERS[kind](cell, CONTEXT) == Field(value="", display="", state=State.BLANK)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "cell",
    [
        "#REF!",
        "#N/A",
        "#ERROR!",
        "#NAME?",
        "#VALUE!",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "Loading...",
        "正在加载...",
        "正在加载…",
        math.nan,
        -math.inf,
    ],
)
def test_an_error_of_the_sheet_is_neither_blank_nor_wrong(kind: Kind, cell: str | float) -> None:
    field = NORMALISERS[kind](cell, CONTEXT)

    assert (field.value, field.state, told(field)) == ("", State.UNKNOWN, {"cell-error"})


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "a",
        " ",
        "张",
        "@",
        "a@",
        "1-",
        ".",
        "1,",
        "+",
        "(",
        "#",
        "转1",
        "\U0001f3f4",
        "\u200d",
        "年",
        "一",
        "Mr ",
        "/1",
        "<",
        "先生",
        "O",
    ],
)
def test_a_very_long_cell_is_answered_at_once(kind: Kind, unit: str) -> None:
    cell = unit * (50_000 // len(unit))

    started = time.perf_counter()
    NORMALISERS[kind](cell, CONTEXT)
    NORMALISERS[kind](cell[:1000], CONTEXT)
    NORMALISERS[kind](cell[:199], CONTEXT)

    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "cell", [10**5000, -(10**400), 1e308, 5e-324, -0.0, 2**63, 10**15, True], ids=range(8)
)
def test_a_number_beyond_all_bounds_does_not_raise(kind: Kind, cell: float) -> None:
    assert NORMALISERS[kind](cell, CONTEXT).state in State
