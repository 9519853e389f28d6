from typing import Any

import pytest

from backend.adapters.files import read_table


@pytest.fixture(scope="module")
def demo(steward: Any) -> Any:
    return steward("demo", "--customers", 400, "--transactions", 2000)


def test_the_demo_shows_problems_tiers_and_duplicates(demo: Any) -> None:
    said = [
        text in demo.out
        for text in (
            "400 customers, 2,000 transactions, 58 slips planted on purpose",
            "Problems",
            "Customers · Mobile",
            "important",
            "Possible duplicates",
            "API calls",
        )
    ]

    assert (demo.code, said) == (0, [True] * 6)


def test_the_second_run_of_the_demo_writes_nothing(demo: Any) -> None:
    again = demo.out.partition("The same run once more:\n")[2]

    assert again.startswith("Nothing changed: 0 cells written. 2 API calls, ")


def test_the_demo_says_where_the_sheet_lies_and_leaves_a_copy(demo: Any, home: Any) -> None:
    lines = [f"{home}/sheets.db" in demo.out, f"{home}/demo.xlsx" in demo.out]

    customers = read_table(home / "demo.xlsx", tabs=["客户 Customers"])
    assert (lines, len(customers.rows)) == ([True, True], 400)


def test_without_a_terminal_stages_are_plain_lines(demo: Any) -> None:
    assert demo.err.splitlines()[:8] == [
        "making the sheet",
        "reading the sheet",
        "checking every cell",
        "giving tiers",
        "looking for duplicates",
        "comparing with what is there",
        "writing the answers",
        "verifying what was written",
    ]


def test_nothing_printed_without_a_terminal_moves_a_cursor(demo: Any) -> None:
    assert "\x1b" not in demo.out + demo.err


def test_the_demo_can_be_made_again_in_chinese(steward: Any, demo: Any) -> None:
    said = steward("demo", "--customers", 30, "--transactions", 60, "--lang", "zh")

    assert (said.code, demo.code) == (0, 0)
    assert said.out.startswith("演示登记表：30 位客户、60 条交易，全部虚构，其中故意放了")
    assert "没有变化：写入 0 格。2 次 API 调用" in said.out
    steward("demo", "--customers", 400, "--transactions", 2000)


def test_no_phone_and_no_address_of_a_customer_is_printed_whole(steward: Any, demo: Any, home: Any) -> None:
    customers = read_table(home / "demo.xlsx", tabs=["客户 Customers"])
    place = {text.partition(" / ")[2]: number for number, text in enumerate(customers.headers)}
    secrets = {str(row[place[name]]) for row in customers.rows for name in ("Mobile", "E-mail")} - {
        "",
        "13800138000",
    }
    preview = steward("run", "validate-and-tier", "--preview", "--register", "demo")

    told = [secret for secret in secrets if secret in demo.out + preview.out]
    assert told == []
