from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from datetime import date
from types import MappingProxyType

import phonenumbers
import pytest

from backend.demo import DemoRegister, PlantedKind, make_register
from sheets_schema.choices import ORDER_STATUSES
from sheets_schema.tabs.customers import CUSTOMERS
from sheets_schema.tabs.transactions import TRANSACTIONS

TODAY = date(2026, 11, 21)
TODAY_SERIAL = 46_347
COUNTED = ("已付款", "已发货", "已完成")

LOOK = MappingProxyType(
    {
        PlantedKind.PHONE_PLUS_86: r"\+86 1\d\d \d{4} \d{4}",
        PlantedKind.PHONE_DASHES: r"1\d\d-\d{4}-\d{4}",
        PlantedKind.PHONE_FULL_WIDTH: r"[０-９]{11}",
        PlantedKind.PHONE_0086: r"00861\d{10}",
        PlantedKind.PHONE_AS_NUMBER: r"1\d{10}",
        PlantedKind.PHONE_FLOAT_TEXT: r"1\d{10}\.0",
        PlantedKind.PHONE_10_DIGITS: r"1\d{9}",
        PlantedKind.PHONE_12_DIGITS: r"1\d{11}",
        PlantedKind.PHONE_LETTER_O: r"1\d{3}O\d{6}",
        PlantedKind.PHONE_PLACEHOLDER: r"13800138000",
        PlantedKind.PHONE_SCIENTIFIC: r"1\.\d\dE\+10",
        PlantedKind.PHONE_TWO_NUMBERS: r"1\d{10} / 1\d{10}",
        PlantedKind.EMAIL_WITHOUT_AT: r"[^@＠]+",
        PlantedKind.EMAIL_FULL_WIDTH_AT: r"[^@]+＠[^@]+",
        PlantedKind.EMAIL_TYPO_DOMAIN: r"\S+@qq\.con",
        PlantedKind.EMAIL_SPACES: r"\S+ @ \S+",
        PlantedKind.DATE_IMPOSSIBLE: r"2024-02-30",
        PlantedKind.DATE_CHINESE_TEXT: r"2024年\d+月\d+日",
        PlantedKind.DATE_AMBIGUOUS: r"(0\d|1[0-2])/(0\d|1[0-2])/2024",
        PlantedKind.BIRTH_IN_FUTURE: r"(4[6-9])\d{3}",
        PlantedKind.NAME_BLANK: r"",
        PlantedKind.NAME_TEST: r"测试",
        PlantedKind.NAME_TRAILING_SPACES: r".+  ",
        PlantedKind.NAME_ZERO_WIDTH: ".\u200b.*",
        PlantedKind.CHOICE_MISSPELT: r"个仁|企页",
        PlantedKind.DUPLICATE_PHONE: r"1\d{10}",
        PlantedKind.DUPLICATE_TYPO: r".+",
        PlantedKind.DUPLICATE_EMAIL: r"\S+@\S+",
        PlantedKind.ID_TWICE: r"K\d{5}",
        PlantedKind.UNKNOWN_CUSTOMER: r"XK\d{5}",
        PlantedKind.NEGATIVE_AMOUNT: r"-\d+(\.\d+)?",
        PlantedKind.FUTURE_TRANSACTION: r"4[67]\d{3}",
    }
)


@pytest.fixture(scope="module")
def register() -> DemoRegister:
    return make_register(7, 2_000, 12_000, TODAY)


def digest(register: DemoRegister) -> str:
    text = json.dumps([register.customers, register.transactions], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def tiers(register: DemoRegister) -> Counter[str]:
    """Work the default rules out anew, on what the rows say."""
    lines = defaultdict(list)
    for row in register.transactions:
        lines[row["customer_id"]].append(row)
    return Counter(tier(lines[row["customer_id"]]) for row in register.customers)


def tier(lines: list[dict[str, str | int | float]]) -> str:
    year = [line for line in lines if TODAY_SERIAL - 365 < int(line["transaction_date"]) <= TODAY_SERIAL]
    bought = [line for line in year if line["status"] in COUNTED]
    spent = sum(float(line["amount"]) for line in bought)
    last = max((int(line["transaction_date"]) for line in bought), default=0)
    if spent >= 10_000 and len({line["order_no"] for line in bought}) >= 3 and last > TODAY_SERIAL - 180:
        return "important"
    if bought:
        return "ordinary"
    if any(line["status"] in COUNTED for line in lines) or any(line["status"] == "咨询" for line in year):
        return "potential"
    return "unrated"


def test_a_seed_gives_the_same_register_again_and_another_seed_another_one(register: DemoRegister) -> None:
    again = make_register(7, 2_000, 12_000, TODAY)

    assert again == register
    assert digest(make_register(8, 2_000, 12_000, TODAY)) != digest(register)


@pytest.mark.parametrize(
    ("customers", "transactions", "orders"),
    [(2_000, 12_000, 12_000), (1, 5, 5), (0, 0, 0), (0, 9, 0), (50, 0, 0), (300, 100, 100)],
)
def test_a_register_has_as_many_rows_as_asked_for(customers: int, transactions: int, orders: int) -> None:
    register = make_register(3, customers, transactions, TODAY)

    assert (len(register.customers), len(register.transactions)) == (customers, orders)


def test_every_field_is_a_column_of_the_schema(register: DemoRegister) -> None:
    assert {field for row in register.customers for field in row} <= {
        column.id for column in CUSTOMERS.columns
    }
    assert {field for row in register.transactions for field in row} <= {
        column.id for column in TRANSACTIONS.columns
    }
    assert {row["status"] for row in register.transactions} <= {choice.label.zh for choice in ORDER_STATUSES}


@pytest.mark.parametrize("seed", range(5))
def test_the_default_rules_find_a_natural_share_in_each_tier(seed: int) -> None:
    shares = {name: count / 2_000 for name, count in tiers(make_register(seed, 2_000, 12_000, TODAY)).items()}

    assert 0.08 <= shares["important"] <= 0.12
    assert 0.45 <= shares["ordinary"] <= 0.60
    assert 0.20 <= shares["potential"] <= 0.36
    assert 0.05 <= shares["unrated"] <= 0.15


def test_every_kind_is_planted_and_looks_like_it(register: DemoRegister) -> None:
    rows = {"Customers": register.customers, "Transactions": register.transactions}

    for planted in register.planted:
        cell = rows[planted.tab][planted.row][planted.field]
        assert re.fullmatch(LOOK[planted.kind], str(cell)), planted
    assert {planted.kind for planted in register.planted} == set(PlantedKind)


def test_nothing_else_is_wrong_with_a_customer(register: DemoRegister) -> None:
    spoilt = {planted.row for planted in register.planted if planted.tab == "Customers"}
    clean = [row for position, row in enumerate(register.customers) if position not in spoilt]

    assert len(clean) == 1_760
    for field in ("customer_id", "mobile", "email", "member_no", "wechat_id"):
        values = [row[field] for row in clean if row[field]]
        assert len(set(values)) == len(values)
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(str(row["mobile"]), "CN")) for row in clean)
    assert all(
        phonenumbers.is_valid_number(phonenumbers.parse(str(row["phone_2"]), "CN"))
        for row in clean
        if row["phone_2"]
    )
    assert all(int(row["collected_at"]) <= TODAY_SERIAL for row in clean)


def test_nothing_else_is_wrong_with_a_transaction(register: DemoRegister) -> None:
    spoilt = {planted.row for planted in register.planted if planted.tab == "Transactions"}
    ids = {row["customer_id"] for row in register.customers}
    clean = [row for position, row in enumerate(register.transactions) if position not in spoilt]

    assert len(clean) == 11_940
    assert len({row["transaction_id"] for row in clean}) == 11_940
    for row in clean:
        sign = -1 if row["status"] == "已退款" else 1
        assert float(row["amount"]) == round(sign * float(row["unit_price"]) * int(row["quantity"]), 2)
        assert row["customer_id"] in ids
        assert int(row["transaction_date"]) < TODAY_SERIAL


def test_an_order_belongs_to_one_customer(register: DemoRegister) -> None:
    spoilt = {planted.row for planted in register.planted if planted.tab == "Transactions"}
    customers = defaultdict(set)
    for position, row in enumerate(register.transactions):
        if position not in spoilt:
            customers[row["order_no"]].add(row["customer_id"])

    assert {len(found) for found in customers.values()} == {1}


def test_each_row_is_planted_once_and_a_twin_stays_clean(register: DemoRegister) -> None:
    places = Counter((planted.tab, planted.row) for planted in register.planted)
    twins = [planted.twin for planted in register.planted if planted.twin is not None]

    assert set(places.values()) == {1}
    assert len(set(twins)) == len(twins)
    assert not {("Customers", twin) for twin in twins} & set(places)


@pytest.mark.parametrize(
    ("kind", "same", "different"),
    [
        (PlantedKind.DUPLICATE_PHONE, ("mobile", "address_line"), ("full_name", "customer_id")),
        (PlantedKind.DUPLICATE_TYPO, ("full_name", "birth_date", "address_line"), ("mobile", "customer_id")),
        (PlantedKind.DUPLICATE_EMAIL, ("email", "full_name"), ("mobile", "customer_id")),
        (PlantedKind.ID_TWICE, ("customer_id",), ("mobile", "address_line")),
    ],
)
def test_a_duplicate_shares_with_its_twin_what_its_kind_says(
    register: DemoRegister, kind: PlantedKind, same: tuple[str, ...], different: tuple[str, ...]
) -> None:
    pairs = [
        (register.customers[planted.row], register.customers[planted.twin])
        for planted in register.planted
        if planted.kind is kind and planted.twin is not None
    ]

    assert len(pairs) >= 5
    for row, twin in pairs:
        assert {field: row[field] for field in same} == {field: twin[field] for field in same}
        assert all(row[field] != twin[field] for field in different)


def test_a_typo_in_a_phone_changes_two_digits_at_most(register: DemoRegister) -> None:
    for planted in register.planted:
        if planted.kind is PlantedKind.DUPLICATE_TYPO and planted.twin is not None:
            one = str(register.customers[planted.row]["mobile"])
            other = str(register.customers[planted.twin]["mobile"])
            assert 1 <= sum(a != b for a, b in zip(one, other, strict=True)) <= 2


def test_a_harmless_thing_is_a_right_value_written_otherwise() -> None:
    harmless = {kind.name for kind in PlantedKind if kind.is_harmless}

    assert harmless == {
        "PHONE_PLUS_86", "PHONE_DASHES", "PHONE_FULL_WIDTH", "PHONE_0086", "PHONE_AS_NUMBER",
        "PHONE_FLOAT_TEXT", "DATE_CHINESE_TEXT", "NAME_TRAILING_SPACES", "NAME_ZERO_WIDTH",
    }  # fmt: skip
