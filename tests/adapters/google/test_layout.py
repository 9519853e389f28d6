from typing import Any

import pytest

from backend.adapters.google import layout
from backend.core.new_register import new_tabs
from sheets_schema.headers import HeaderLanguage, column_letters
from sheets_schema.model import Preset

TABS = {tab.id: tab for tab in new_tabs(Preset.RETAIL)}


@pytest.fixture
def register(desk: Any, people: Any) -> Any:
    return desk.make(people(2))


def header_cells(desk: Any, register: Any, tab_id: Any = "Customers") -> Any:
    title = desk.person(register).sheet(tab_id)["properties"]["title"]
    fields = "sheets(data(rowData(values(userEnteredValue,note,dataValidation,userEnteredFormat))))"
    answer = desk.client.fetch_sheet_metadata(
        register.spreadsheet_id, {"fields": fields, "ranges": f"'{title}'!1:2", "includeGridData": True}
    )
    return [row.get("values", []) for row in answer["sheets"][0]["data"][0]["rowData"]]


@pytest.mark.parametrize("tab_id", TABS)
def test_every_header_says_in_a_note_what_it_means(desk: Any, register: Any, tab_id: Any) -> None:
    headers, *_ = header_cells(desk, register, tab_id)

    notes = {cell["userEnteredValue"]["stringValue"]: cell["note"] for cell in headers}
    expected = {
        column.label.both: f"{column.help.zh}\n{column.help.en}".replace(" / ", "\n")
        for column in TABS[tab_id]
    }
    assert notes == expected


def test_choices_have_a_dropdown_and_other_values_are_allowed(desk: Any, register: Any) -> None:
    _, cells = header_cells(desk, register)

    rules = {
        TABS["Customers"].columns[place].id: cell["dataValidation"]
        for place, cell in enumerate(cells)
        if "dataValidation" in cell
    }
    gender = {value["userEnteredValue"] for value in rules["gender"]["condition"]["values"]}
    strict = {rule.get("strict", False) for rule in rules.values()}
    with_choices = {column.id for column in TABS["Customers"] if column.choices}
    assert (set(rules), {"男", "女"} <= gender, strict) == (with_choices, True, {False})


@pytest.mark.parametrize(
    ("field_id", "kind"), [("mobile", "TEXT"), ("customer_id", "TEXT"), ("birth_date", "DATE")]
)
def test_columns_are_formatted_by_their_kind(desk: Any, register: Any, field_id: Any, kind: Any) -> None:
    _, cells = header_cells(desk, register)

    place = TABS["Customers"].columns.index(TABS["Customers"].column(field_id))
    assert cells[place]["userEnteredFormat"]["numberFormat"]["type"] == kind


def test_the_header_row_is_frozen_on_every_tab(desk: Any, register: Any) -> None:
    sheets = desk.person(register).ask("GET", "?fields=sheets.properties.gridProperties.frozenRowCount")[
        "sheets"
    ]

    assert [sheet["properties"]["gridProperties"]["frozenRowCount"] for sheet in sheets] == [1] * len(TABS)


def test_the_long_columns_of_the_block_lie_in_a_collapsed_group(desk: Any, register: Any) -> None:
    (group,) = desk.person(register).sheet()["columnGroups"]

    hidden = [
        column.id
        for column in TABS["Customers"].columns[group["range"]["startIndex"] : group["range"]["endIndex"]]
    ]
    assert (group["collapsed"], hidden) == (True, ["explanation", "tier_reason", "tier_since", "sig"])


def test_the_block_is_protected_with_a_warning_only(desk: Any, register: Any) -> None:
    (protected,) = desk.person(register).sheet()["protectedRanges"]

    assert (protected["warningOnly"], protected["range"]["endColumnIndex"]) == (True, 9)


def test_each_team_column_is_coloured_where_the_issues_name_it(desk: Any, register: Any) -> None:
    rules = desk.person(register).sheet()["conditionalFormats"]

    formulas = {
        (rule["ranges"][0].get("startColumnIndex", 0), rule["ranges"][0]["startRowIndex"]): rule[
            "booleanRule"
        ]["condition"]["values"][0]["userEnteredValue"]
        for rule in rules
    }
    place = TABS["Customers"].columns.index(TABS["Customers"].column("mobile"))
    assert formulas[place, 1] == '=OR(ISNUMBER(FIND("【手机号】",$D2)),ISNUMBER(FIND("[Mobile]",$D2)))'
    assert formulas[0, 1] == '=AND($A2<>"",LEFT($I2,LEN($A2))<>$A2)'
    assert len(rules) == 1 + 2 + len(TABS["Customers"].team_columns)


def test_the_issues_column_is_where_the_conditional_formats_look() -> None:
    columns = [column.id for column in TABS["Customers"]]

    assert [column_letters(columns.index(name)) for name in ("row_id", "issues", "sig")] == ["A", "D", "I"]


@pytest.mark.parametrize("rows", [1, 2_500])
def test_the_number_of_calls_and_of_changes_does_not_grow_with_the_rows(
    desk: Any, people: Any, rows: Any
) -> None:
    made = []
    desk.wire.before = {number: lambda: made.append(desk.wire.sent[-1]) for number in range(1, 20)}

    desk.make(people(rows))

    created, laid_out, *filled = made
    assert len(laid_out.body["requests"]) == sum(
        len(layout.tab_requests(tab, 0, HeaderLanguage.BOTH, ())) for tab in TABS.values()
    )
    assert (created.path.endswith("spreadsheets"), len(filled)) == (True, 3)
