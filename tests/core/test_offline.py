from __future__ import annotations

from backend.core.file_table import FileTable
from backend.core.offline import file_snapshot, file_tab
from backend.core.rules import read_settings
from backend.core.tiers.rules import DEFAULT_LINES
from sheets_schema.model import Language, Preset
from tests.builders import tab_of


def test_the_rows_of_a_file_keep_the_numbers_they_have_in_it() -> None:
    read = file_tab(
        tab_of("Customers"),
        FileTable.of(
            ["姓名", "?", "手机"], [["王小明", "x", "138"], ["", "", ""], ["李雷", "y", 139]], header_row=3
        ),
        ("full_name", "", "mobile"),
        title="客户.csv",
    )

    assert read.frame.to_dict("index") == {
        4: {"full_name": "王小明", "mobile": "138"},
        6: {"full_name": "李雷", "mobile": 139},
    }
    assert (read.title, read.binding.header_row) == ("客户.csv", 3)


def test_a_file_is_given_the_tabs_a_new_register_has() -> None:
    customers = file_tab(tab_of("Customers"), FileTable.of(["姓名"], [["王小明"]]), ["full_name"])

    snapshot = file_snapshot(
        customers, preset=Preset.B2B, language=Language.EN, settings={"area_code": "312"}
    )

    settings, issues = read_settings(snapshot)
    assert (settings.area_code, settings.preset, issues) == ("312", Preset.RETAIL, ())
    assert len(snapshot["TierRules"].frame) == len(DEFAULT_LINES)
    assert all(snapshot[name].frame.empty for name in ("Transactions", "Issues", "Duplicates", "Runs"))
    assert snapshot["Customers"] is customers
