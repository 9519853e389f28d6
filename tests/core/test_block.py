from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from backend.core.block import (
    LONGEST_TEXT,
    Answers,
    build_block,
    differing,
    marks,
    texts_of,
    unsettled_rows,
    worst,
)
from backend.core.issues import Issue
from backend.core.tiers.override import Override
from backend.core.tiers.rules import TierRule
from backend.core.tiers.tiering import Figures
from sheets_schema.model import Language
from tests.builders import TODAY, Line, customer, facts_of, tab_of, tab_read

if TYPE_CHECKING:
    import pandas as pd

    from backend.core.checks.facts import Facts
    from backend.core.snapshot import TabRead

CUSTOMERS = tab_of("Customers")
A = "C-00000-00000"
SERIAL = 46348
"""2026-11-22 as a sheet counts."""


def issue(row: int, column: str, code: str, suggestion: str = "", **params: object) -> Issue:
    named = tuple((name, str(value)) for name, value in params.items())
    return Issue(tab="Customers", row=row, column=column, code=code, params=named, suggestion=suggestion)


def figures(tier: str) -> Figures:
    rule = TierRule(priority=1, tier=tier, min_orders=1)
    return Figures(rule=rule, orders=2, last_purchase=date(2026, 11, 1))


def answers(tiers: dict[int, str], **rest: dict[int, object]) -> Answers:
    given = {"overrides": {}, "duplicate_of": {}, **rest}
    return Answers(figures={row: figures(tier) for row, tier in tiers.items()}, **given)  # type: ignore[arg-type]


def block_of(facts: Facts, *issues: Issue, tier: str = "ordinary", **rest: dict[int, object]) -> pd.DataFrame:
    return build_block(facts, issues, answers(dict.fromkeys(facts.customers.raw.index, tier), **rest))


def written(read: TabRead, after: pd.DataFrame, run_id: str = "run") -> TabRead:
    """The tab after a run wrote the block into it."""
    lines: list[Line] = []
    for row in read.frame.index:
        block = dict(after.loc[row]) if row in after.index else {}
        if block.get("sig"):
            block["sig"] = f"{block['sig']}#{run_id}"
        lines.append({**dict(read.frame.loc[row]), **block})
    return tab_read("Customers", *lines, columns=[column.id for column in CUSTOMERS])


def test_a_row_gets_its_answers_in_words() -> None:
    facts = facts_of(tab_read("Customers", customer(row_id=A), customer()))
    problems = [
        issue(2, "city", "placeholder-text", value="无"),
        issue(2, "email", "email-no-at", value="wang.qq.com", suggestion="wang@qq.com"),
        issue(2, "full_name", "name-repeated", value="aaa"),
        issue(0, "owner", "column-missing"),
        Issue(tab="Transactions", row=2, column="amount", code="required-error"),
    ]

    block = block_of(facts, *problems, duplicate_of={2: "C-00000-0001A"})

    cells = block.loc[2].to_dict()
    sig = cells.pop("sig").split("#")
    assert cells == {
        "row_id": A,
        "tier": "一般",
        "status": "错误",
        "issues": "【电子邮箱】缺少“@”：wang.qq.com；例如 name@qq.…；【客户名称】像随手输入的：aaa；请核对",
        "duplicate_of": "C-00000-0001A",
        "explanation": "【电子邮箱】缺少“@”：wang.qq.com；例如 name@qq.com（建议：wang@qq.com）；"
        "【客户名称】像随手输入的：aaa；请核对；【城市】“无”按空白处理；没有就留空",
        "tier_reason": "一般：历来 2 单 ≥ 1，最近购买 2026-11-01",
        "tier_since": SERIAL,
    }
    assert (sig[0], [len(part) for part in sig[1:]]) == (A, [7, 6, 6, 7])
    assert block.loc[3, ["status", "issues", "duplicate_of", "explanation"]].tolist() == ["正常", "", "", ""]


def test_the_language_of_the_register_is_spoken() -> None:
    facts = facts_of(tab_read("Customers", customer()), settings={"language": "en"})

    block = block_of(facts, issue(2, "mobile", "not-unique", count=2))

    assert block.loc[2, ["tier", "status", "issues"]].tolist() == [
        "ordinary", "error", "[Mobile] may stand once and stands on…",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ([], "ok"),
        (["required-info"], "ok"),
        (["required-info", "required-warning"], "warning"),
        (["required-warning", "required-error", "required-info"], "error"),
    ],
)
def test_the_status_is_that_of_the_worst_problem(codes: list[str], status: str) -> None:
    assert worst([issue(2, "city", code) for code in codes]) == status


@pytest.mark.parametrize("language", Language)
def test_every_column_with_a_problem_keeps_its_mark_however_many_there_are(language: Language) -> None:
    read = tab_read("Customers", customer())
    value = "很长的内容" * 20
    many = [
        issue(2, column.id, "placeholder", value=value) for column in CUSTOMERS.team_columns for _ in range(2)
    ]

    text, _ = texts_of(read, many, language)

    assert len(text) <= LONGEST_TEXT
    place = 0 if language is Language.ZH else 1
    assert all(marks(column)[place] in text for column in CUSTOMERS.team_columns)


def test_words_are_shortened_before_marks_are() -> None:
    read = tab_read("Customers", customer())
    value = "x" * 60
    some = [issue(2, column.id, "placeholder", value=value) for column in CUSTOMERS.team_columns[:28]]

    text, _ = texts_of(read, some, Language.ZH)

    assert text.startswith("【客户编号】“xxxxxxxx…；【原等级】“xxxxxxxx…；")


def test_a_text_of_ours_is_cut_at_a_thousand_characters() -> None:
    read = tab_read("Customers", customer())
    problem = issue(2, "city", "placeholder", value="长" * 5_000)

    _, text = texts_of(read, [problem], Language.ZH)

    assert (len(text), text[-2:]) == (1_000, "长…")


def test_a_tier_set_by_hand_goes_before_the_rules_and_its_reason_is_cut_too() -> None:
    facts = facts_of(tab_read("Customers", customer()))
    override = Override(tier="important", until=date(2027, 1, 1), reason="因" * 2_000)

    block = block_of(facts, overrides={2: override})

    assert block.at[2, "tier"] == "重要"
    assert str(block.at[2, "tier_reason"]).startswith("重要：人工指定至 2027-01-01，原因：因因")
    assert len(str(block.at[2, "tier_reason"])) == 1_000


@pytest.mark.parametrize(
    ("tier", "since", "planned"),
    [
        ("一般", 46000, 46000),
        ("ordinary", 46000, 46000),
        ("重要", 46000, SERIAL),
        ("", "", SERIAL),
        ("一般", "", SERIAL),
        ("一般", "last year", SERIAL),
        ("一般", True, SERIAL),
    ],
)
def test_the_day_a_tier_began_is_kept_while_the_tier_stays(tier: str, since: object, planned: int) -> None:
    facts = facts_of(tab_read("Customers", customer(tier=tier, tier_since=since)))

    assert block_of(facts).at[2, "tier_since"] == planned


def test_a_row_of_which_only_stewards_cells_are_left_is_cleared() -> None:
    facts = facts_of(tab_read("Customers", customer(row_id=""), {"row_id": A, "tier": "一般"}))

    block = block_of(facts)

    assert block.index.tolist() == [2, 3]
    assert set(block.loc[3]) == {""}


def test_rows_that_share_an_id_are_not_written() -> None:
    facts = facts_of(tab_read("Customers", customer(row_id=A), customer(row_id=A), customer(row_id="")))

    assert block_of(facts).index.tolist() == [4]


def test_a_register_of_which_no_row_may_be_written_has_no_block() -> None:
    facts = facts_of(tab_read("Customers", customer(row_id=A), customer(row_id=A)))

    before, after = differing(facts.customers.read, block_of(facts))

    assert (len(before), len(after)) == (0, 0)


PROBLEM = issue(2, "city", "placeholder-text", value="无")


def test_a_run_the_next_day_plans_no_change() -> None:
    read = tab_read("Customers", customer(city="无"), customer(), {"row_id": A, "tier": "一般"})
    facts = facts_of(read)
    before, after = differing(read, block_of(facts, PROBLEM))

    tomorrow = facts_of(written(read, after), today=TODAY + timedelta(days=1))

    assert before.index.tolist() == after.index.tolist() == [2, 3, 4]
    assert before.columns.tolist() == after.columns.tolist() == [column.id for column in CUSTOMERS.block]
    assert before.loc[4, ["row_id", "tier"]].tolist() == [A, "一般"]
    assert differing(tomorrow.customers.read, block_of(tomorrow, PROBLEM))[1].empty


@pytest.mark.parametrize(
    ("cells", "settled"),
    [
        ({}, True),
        ({"notes": "moved to Hangzhou"}, False),
        ({"tier": "重要"}, False),
        ({"sig": ""}, False),
        ({"row_id": "C-00000-0001A"}, False),
        ({"row_id": ""}, False),
    ],
)
def test_a_row_is_settled_while_its_signature_proves_id_inputs_and_block(
    cells: Line, *, settled: bool
) -> None:
    read = tab_read("Customers", customer())
    facts = facts_of(read)
    frame = written(read, differing(read, block_of(facts))[1]).frame

    edited = tab_read("Customers", {**dict(frame.loc[2]), **cells})

    assert unsettled_rows(edited) == (() if settled else (2,))


def test_a_row_whose_signature_fails_is_written_again() -> None:
    read = tab_read("Customers", customer())
    frame = written(read, differing(read, block_of(facts_of(read)))[1]).frame
    edited = tab_read("Customers", {**dict(frame.loc[2]), "notes": "moved"})

    before, after = differing(edited, block_of(facts_of(edited)))

    assert after.index.tolist() == [2]
    assert [name for name in before.columns if before.at[2, name] != after.at[2, name]] == ["sig"]
