from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.intake import Intake, parse_mapping, recognise, tab_for
from backend.core.team_settings import defaults
from backend.errors import MappingUnreadable, NameNotInFile
from sheets_schema.model import Kind
from tests.builders import TODAY, tab_of

if TYPE_CHECKING:
    from collections.abc import Mapping

CUSTOMERS, TRANSACTIONS = tab_of("Customers"), tab_of("Transactions")
CONTEXT = defaults().context(today=TODAY)


def recognised(headers: list[str], *rows: list[object], mapping: Mapping[str, str] | None = None) -> Intake:
    return recognise(CUSTOMERS, headers, rows, mapping or {}, CONTEXT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "mapping"),
    [
        ("Site=full_name", {"Site": "full_name"}),
        (" Site = 客户名称 ", {"Site": "full_name"}),
        ("Site=Customer name", {"Site": "full_name"}),
        ("Site=-", {"Site": "-"}),
        ("a=b=电话", {"a=b": "mobile"}),
    ],
)
def test_a_column_is_mapped_by_field_or_header_or_left_alone(text: str, mapping: dict[str, str]) -> None:
    assert parse_mapping([text], CUSTOMERS, ["Site", "a=b"]) == mapping


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["Site"], "the file has these columns: Site, Place"),
        (["Town=city"], "the file has these columns: Site, Place"),
        (["Site=shoe_size"], "the fields are: customer_id, team_tier"),
        (["Site=tier"], "the fields are: customer_id, team_tier"),
        (["Site=city", "Place=城市"], "another column has that field already"),
        (["Site=city", "Site=notes"], "the column is mapped above already"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(texts: list[str], said: str) -> None:
    with pytest.raises(MappingUnreadable, match=said) as problem:
        parse_mapping(texts, CUSTOMERS, ["Site", "Place"])

    assert f'"{texts[-1]}"' in problem.value.en
    assert f"“{texts[-1]}”" in problem.value.zh


def test_several_columns_may_be_left_alone() -> None:
    assert parse_mapping(["Site=-", "Place=-"], CUSTOMERS, ["Site", "Place"]) == {"Site": "-", "Place": "-"}


def test_columns_are_recognised_by_their_headers() -> None:
    intake = recognised(["Shoe size", "电话", "Name"], ["42", "13812348000", "王小明"])

    assert intake == Intake(fields=("", "mobile", "full_name"))


def test_a_mapping_goes_before_a_header_and_frees_what_the_header_meant() -> None:
    intake = recognised(
        ["Phone", "Cell", "Name", "Site"],
        ["010-65529988", "13812348000", "A1", "王小明"],
        mapping={"Cell": "mobile", "Site": "full_name", "Name": "-"},
    )

    assert intake == Intake(fields=("phone_2", "mobile", "", "full_name"))


def test_a_column_whose_cells_do_not_look_like_its_header_is_doubted() -> None:
    rows = [*([f"王{number}", f"{number}.csv"] for number in range(11)), ["李雷", "store"]]

    intake = recognised(["Name", "Source"], *rows)

    assert intake == Intake(fields=("full_name", ""), doubted=(("Source", "source"),))


def test_a_column_is_believed_when_a_tenth_of_its_filled_cells_can_be_read() -> None:
    rows = [*([f"王{number}", f"{number}.csv"] for number in range(9)), ["李雷", "store"], ["韩梅梅", ""]]

    intake = recognised(["Name", "Source"], *rows)

    assert intake.fields == ("full_name", "source")


def test_a_column_is_believed_when_too_few_cells_are_filled_to_tell() -> None:
    rows = [[f"王{number}", f"{number}.csv"] for number in range(9)]

    intake = recognised(["Name", "Source"], *rows)

    assert intake.fields == ("full_name", "source")


def test_a_column_without_cells_is_believed() -> None:
    assert recognised(["Name", "Source"]).fields == ("full_name", "source")


@pytest.mark.parametrize("headers", [["Shoe size"], ["Mobile"], []])
def test_customers_need_a_name_column(headers: list[str]) -> None:
    with pytest.raises(NameNotInFile, match="No column of the file is recognised as the customer's name"):
        recognised(headers)


def test_other_tabs_need_no_name_column() -> None:
    intake = recognise(TRANSACTIONS, ["Order no.", "Shoe size"], [], {}, CONTEXT)

    assert intake.fields == ("order_no", "")


def test_the_sheet_is_to_have_the_block_then_the_files_own_columns() -> None:
    headers = ["Name", "Shoe size", "Team's tier"]

    tab, texts = tab_for(CUSTOMERS, headers, Intake(fields=("full_name", "", "team_tier")))

    assert [column.id for column in tab.team_columns] == ["full_name", "", "team_tier"]
    assert tab.block == CUSTOMERS.block
    assert texts == (*[""] * 9, "Name", "Shoe size", "Team's tier")
    foreign = tab.team_columns[1]
    assert (foreign.label.both, foreign.help.both, foreign.kind, foreign.unique) == (
        "Shoe size",
        "",
        Kind.TEXT,
        False,
    )
    assert not any(column.hidden for column in tab.team_columns)
