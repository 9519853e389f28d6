from __future__ import annotations

import pytest

from backend.core.snapshot import data_rows, holds_something, read_tab
from sheets_schema import headers
from sheets_schema.tabs.customers import CUSTOMERS
from tests.builders import sheet_read, snapshot_of, tab_read

HEADERS = ["客户编号", "鞋码", "姓名"]


def test_cells_keep_their_sheet_row_and_rows_without_any_cell_are_left_out() -> None:
    read = sheet_read("Customers", ["客户名单"], HEADERS, ["K1", 42, "王小明"], [], ["", None], ["K2"])

    assert read.frame.to_dict("index") == {
        3: {"customer_id": "K1", "full_name": "王小明"},
        6: {"customer_id": "K2", "full_name": ""},
    }
    assert read.frame.dtypes.tolist() == [object, object]
    assert read.last_row == 6


def test_a_tab_without_lines_ends_at_its_header_row() -> None:
    read = sheet_read("Customers", ["客户名单"], HEADERS)

    assert (read.last_row, data_rows(read).tolist()) == (2, [])


def test_a_column_the_sheet_lacks_is_blank_throughout() -> None:
    read = sheet_read("Customers", HEADERS, ["K1", 42, "王小明"])

    assert read.cells("customer_id").to_dict() == {2: "K1"}
    assert read.cells("mobile").to_dict() == {2: ""}
    assert (read.has("customer_id"), read.has("mobile")) == (True, False)


def test_what_was_told_about_the_sheet_is_kept() -> None:
    binding = headers.bind(CUSTOMERS, [HEADERS])
    assert binding is not None

    read = read_tab(CUSTOMERS, binding, [HEADERS], title="客户", sheet_id=7, rows_in_grid=1000)

    assert (read.tab, read.title, read.sheet_id, read.rows_in_grid) == (CUSTOMERS, "客户", 7, 1000)


def test_a_row_in_which_only_stewards_cells_are_left_holds_no_data() -> None:
    read = tab_read(
        "Customers",
        {"row_id": "C-1", "full_name": "王小明"},
        {"row_id": "C-2", "full_name": " \u3000"},
        {"row_id": "", "mobile": 0},
        {"row_id": "C-3", "consent_marketing": False},
        {"row_id": "C-4", "consent_marketing": True},
    )

    assert data_rows(read).to_dict() == {2: True, 3: False, 4: True, 5: False, 6: True}


@pytest.mark.parametrize("cell", ["x", "-", "0", 0, 0.0, True, "#REF!", "无"])
def test_a_cell_with_something_to_see_holds_something(cell: object) -> None:
    assert holds_something(cell)


@pytest.mark.parametrize("cell", ["", " ", "\t\r\n", "\u3000", "\u00a0", "\u200b\u2060\ufeff", False])
def test_a_cell_of_spaces_or_an_unticked_box_holds_nothing(cell: object) -> None:
    assert not holds_something(cell)


def test_a_tab_the_spreadsheet_lacks_is_not_there() -> None:
    snapshot = snapshot_of(tab_read("Customers", {"full_name": "王小明"}))

    assert snapshot["Customers"] is snapshot.get("Customers")
    assert snapshot.get("Transactions") is None
    with pytest.raises(KeyError):
        snapshot["Transactions"]
