"""What a sidebar gets of any run: both languages, nothing private, never large."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backend.jobs.result import MOST_BYTES, result_of

TWIN = {"full_name": "欧阳晓明", "mobile": "13912345678", "email": "ouyang@example.com"}


def texts(value: Any) -> Any:
    """Every text of ours in a result."""
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def size(result: Any) -> int:
    return len(json.dumps(result))


@pytest.fixture
def shop(desk: Any, people: Any) -> Any:
    return desk.make(
        people(6, {2: TWIN, 3: {"mobile": "", "email": "li.example.com"}, 4: {"city": "火星"}, 5: TWIN})
    )


def arguments(desk: Any, register: Any, **rows: Any) -> Any:
    return {"sheet_id": desk.person(register).sheet_id(), **rows}


def test_the_main_job_says_what_changed_and_what_needs_a_person(desk: Any, shop: Any) -> None:
    result: Any = result_of(desk.run(shop))

    assert result["headline"] == {
        "zh": "检查并分级 · 登记表 shop · 读取 6 位客户、0 条交易",
        "en": "Validate & Tier · register shop · 6 customers and 0 transactions read",
    }
    assert result["lines"][0]["zh"].startswith("写入 6 行客户的")
    assert {"zh": "可能重复：1 组，1 对。", "en": "Possible duplicates: 1 groups, 1 pairs."} in result[
        "lines"
    ]
    first = result["changes"][0]
    assert (first["row"], first["column"], first["before"]) == ("2", {"zh": "行号标识", "en": "Row ID"}, "")
    assert first["after"].startswith("C-")
    assert [(one["row"], one["name"]) for one in result["needs_person"]][:2] == [
        ("4", result["needs_person"][0]["name"]),
        ("6", "欧阳晓明"),
    ]
    assert result["needs_person"][0]["text"]["en"].startswith("E-mail: ")
    assert result["needs_person"][1]["text"]["zh"].startswith("可能与第 3 行 欧阳晓明 重复（")
    assert "card" not in result


def test_a_preview_says_so_and_a_second_run_that_nothing_changed(desk: Any, shop: Any) -> None:
    preview: Any = result_of(desk.run(shop, preview=True))
    desk.run(shop)
    second: Any = result_of(desk.run(shop))

    assert [one["en"] for one in preview["lines"]][1] == "Nothing was written."
    assert preview["lines"][0]["en"].endswith("lines in Steward's tabs.")
    assert (second["lines"][0]["en"].startswith("Nothing changed"), second["changes"]) == (True, [])


def test_selected_rows_are_told_one_by_one(desk: Any, shop: Any) -> None:
    result: Any = result_of(desk.run(shop, "check-rows", arguments=arguments(desk, shop, rows=[3, 5])))

    said = [one["en"] for one in result["lines"]]
    assert result["headline"]["en"] == "Check selected rows · register shop · 3 of 6 customers"
    assert said[1] == "Row 3 欧阳晓明: unrated: no purchase data"
    assert any(one.startswith("· possible duplicate of row 6 欧阳晓明 (") for one in said)
    assert [one["row"] for one in result["needs_person"]][:2] == ["4", "3"]


def test_a_card_has_four_parts_with_a_line_at_least(desk: Any, shop: Any) -> None:
    result: Any = result_of(desk.run(shop, "customer-card", arguments=arguments(desk, shop, row=2)))

    card = result["card"]
    assert (result["headline"]["zh"][:5], card["row"], result["lines"]) == ("第 2 行", "2", [])
    assert [part["title"]["en"] for part in card["parts"]] == [
        "Tier", "Problems", "Possible duplicates, as of the last search", "Last orders",
    ]  # fmt: skip
    assert [part["lines"][0]["en"] for part in card["parts"]][1:] == ["no problem", "none", "no orders"]


def test_an_undo_says_what_went_back(desk: Any, shop: Any) -> None:
    run = desk.run(shop)
    desk.person(shop).type_in(2, "tier", "重要")

    preview: Any = result_of(desk.undo(run.run_id, shop, preview=True))
    result: Any = result_of(desk.undo(run.run_id, shop))

    assert preview["headline"]["en"].startswith(f"Undoing {run.run_id} (shop) would give 6 rows back")
    assert preview["lines"][-1]["en"] == "Nothing was written."
    assert result["headline"]["zh"].startswith(f"已撤销 {run.run_id}（shop）：6 行")
    assert [one["en"] for one in result["lines"]] == [
        "1 cells hold something else by now and stay as they are."
    ]
    assert len(result["changes"]) == 20


@pytest.mark.parametrize("job", ["validate-and-tier", "find-duplicates"])
def test_rows_that_are_not_settled_come_first(desk: Any, shop: Any, job: str) -> None:
    desk.run(shop)
    person = desk.person(shop)
    row_id, sig = person.rows()[1][0], person.rows()[1][8]
    for row, name in ((2, "甲某某"), (3, "乙某某")):
        for column, cell in {
            "row_id": row_id,
            "sig": sig,
            "full_name": name,
            "mobile": f"1360013600{row}",
        }.items():
            person.type_in(row, column, cell)

    result: Any = result_of(desk.run(shop, job))

    assert [(one["row"], one["name"]) for one in result["needs_person"]][:2] == [
        ("2", "甲某某"), ("3", "乙某某"),
    ]  # fmt: skip


@pytest.mark.parametrize("nasty", ["字" * 45_000, "\x00\x01" * 20_000, "\U0001f600" * 20_000, '"\\' * 20_000])
def test_a_result_is_never_large_whatever_the_cells_hold(desk: Any, people: Any, nasty: str) -> None:
    cells = {"full_name": nasty, "mobile": nasty, "email": nasty, "city": nasty, "tier_override": nasty}
    register = desk.make(people(30, {number: {**cells, "notes": nasty[:900]} for number in range(1, 30)}))
    given = [
        ("validate-and-tier", {}),
        ("check-rows", arguments(desk, register, rows=[1, 40])),
        ("find-duplicates", {}),
        ("customer-card", arguments(desk, register, row=2)),
    ]

    results = [result_of(desk.run(register, job, arguments=each, preview=True)) for job, each in given]

    assert [size(result) <= MOST_BYTES for result in results] == [True] * 4
    assert [len(list(texts(result))) > 3 for result in results] == [True] * 4
    for result in results:
        assert len(result["changes"]) <= 20  # type: ignore[arg-type]
        assert len(result["needs_person"]) <= 20  # type: ignore[arg-type]
        assert json.loads(json.dumps(result)) == result


def test_every_text_is_there_in_both_languages_and_no_contact_in_full(desk: Any, shop: Any) -> None:
    person = desk.person(shop)
    person.type_in(2, "notes", "call 13812345678 or wang.ming@example.com")
    for job, given in (
        ("validate-and-tier", {}),
        ("check-rows", arguments(desk, shop, rows=[2, 7])),
        ("customer-card", arguments(desk, shop, row=3)),
    ):
        result = result_of(desk.run(shop, job, arguments=given, preview=True))

        told = json.dumps(result, ensure_ascii=False)
        assert [one for one in texts(result) if not one["zh"] or not one["en"]] == []
        assert [one for one in ("13912345678", "ouyang@", "13812345678", "wang.ming") if one in told] == []
