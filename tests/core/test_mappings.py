from __future__ import annotations

from typing import Any

import pytest

from backend.core.mappings import NOTHING_MAPPED, Mapped, mapping_lines, read_mappings, source_of
from tests.builders import tab_of, tab_read

CUSTOMERS = tab_of("Customers")
HEADERS = ["Site", "Phone", "x"]


def mapped(*lines: Any) -> Mapped:
    names = ("source", "their_field", "our_field", "transform", "direction")
    read = tab_read("Mappings", *(dict(zip(names, line, strict=True)) for line in lines), columns=names)
    return read_mappings(read, CUSTOMERS, "sites", HEADERS)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("customers", "customers"),
        ("Customers_2026-11 (2)", "customers"),
        ("客户2026年11月", "客户"),
        ("2026-11-22", "file"),
        ("shop-A 3", "shop a"),
    ],
)
def test_the_source_of_a_file_is_its_name_without_digits_and_dates(name: str, source: str) -> None:
    assert source_of(name) == source


def test_a_line_says_which_field_a_column_is() -> None:
    found = mapped(
        ("sites", "Site", "full_name", "", "in"),
        ("Sites", "Phone", "手机号", "", ""),
        ("sites", "x", "-", "", "导入"),
        ("other", "x", "email", "", "in"),
        ("sites", "gone", "email", "", "in"),
    )

    assert found == Mapped(
        fields={"Site": "full_name", "Phone": "mobile", "x": "-"}, known=frozenset(HEADERS)
    )


@pytest.mark.parametrize(
    "line",
    [
        ("sites", "x", "nonsense", "", "in"),
        ("sites", "x", "row_id", "", "in"),
        ("sites", "x", "email", "upper", "in"),
        ("sites", "x", "email", "", "sideways"),
        ("sites", "x", "full_name", "", "in"),
        ("sites", "Site", "email", "", "in"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_skipped(line: Any) -> None:
    found = mapped(("sites", "Site", "full_name", "", "in"), line)

    skipped = (("row", "3"), ("their", line[1]), ("our", line[2]))
    assert (found.fields, found.skipped) == ({"Site": "full_name"}, (skipped,))


def test_a_blank_field_lets_the_header_decide_and_an_export_line_is_not_used() -> None:
    found = mapped(("sites", "Site", "", "", "in"), ("sites", "Phone", "mobile", "", "out"))

    assert found == Mapped(fields={}, known=frozenset({"Site"}))


def test_only_columns_without_a_line_get_one() -> None:
    known = Mapped(fields={}, known=frozenset({"Site"}))

    lines = mapping_lines("sites", HEADERS, ["full_name", "mobile", ""], known, frozenset({"x"}))
    all_lines = mapping_lines("sites", HEADERS, ["full_name", "", ""], NOTHING_MAPPED, frozenset())

    assert [(line["their_field"], line["our_field"]) for line in lines] == [("Phone", "mobile"), ("x", "-")]
    assert [line["our_field"] for line in all_lines] == ["full_name", "", ""]
