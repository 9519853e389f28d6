"""The `fields` parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.localsheets.field_mask import parse_mask, show, updated, wants
from backend.localsheets.problems import RefusedError

if TYPE_CHECKING:
    from conftest import Bench


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("a", {"a": {}}),
        ("a,b.c", {"a": {}, "b": {"c": {}}}),
        ("a/b/c", {"a": {"b": {"c": {}}}}),
        ("a(b,c(d)),e", {"a": {"b": {}, "c": {"d": {}}}, "e": {}}),
        ("a.b(c,d)", {"a": {"b": {"c": {}, "d": {}}}}),
        ("a,a.b", {"a": {}}),
        ("a.b,a.c", {"a": {"b": {}, "c": {}}}),
        ("*", {"*": {}}),
        ("row_data", {"rowData": {}}),
    ],
)
def test_a_mask_is_read(text: str, mask: dict[str, Any]) -> None:
    assert parse_mask(text) == mask


@pytest.mark.parametrize("text", ["a(", "a)", "a b c;", "a(b"])
def test_what_is_no_mask_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        parse_mask(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a.x", {"a": [{"x": 1}, {}]}),
        ("a(x),b", {"a": [{"x": 1}, {}], "b": 3}),
        ("*", {"a": [{"x": 1, "y": 2}, {"y": 4}], "b": 3}),
        ("a/*", {"a": [{"x": 1, "y": 2}, {"y": 4}]}),
        ("missing", {}),
    ],
)
def test_only_what_the_mask_names_is_shown(text: str, shown: dict[str, Any]) -> None:
    assert show({"a": [{"x": 1, "y": 2}, {"y": 4}], "b": 3}, parse_mask(text)) == shown


@pytest.mark.parametrize(
    ("text", "path", "is_wanted"),
    [
        ("a.b", "a", True),
        ("a.b", "a.b.c", True),
        ("a.b", "a.c", False),
        ("*", "z", True),
        ("a/*", "a.q", True),
    ],
)
def test_a_mask_tells_what_has_to_be_built(text: str, path: str, is_wanted: bool) -> None:  # noqa: FBT001 - a column of the table
    assert wants(parse_mask(text), *path.split(".")) == is_wanted


def test_an_update_takes_named_fields_and_clears_those_without_a_value() -> None:
    old = {"a": {"x": 1, "y": 2}, "b": 3, "c": 4}

    assert updated(old, {"a": {"x": 9}, "c": 5}, parse_mask("a.x,b")) == {"a": {"x": 9, "y": 2}, "c": 4}
    assert updated(old, {"b": 7}, parse_mask("*")) == {"b": 7}


# Source: discovery document, query parameter `fields` of every method.
def test_the_mask_holds_for_every_method(bench: Bench) -> None:
    url = bench.range_url("A1", valueInputOption="RAW", fields="updatedCells")

    assert bench.ask("PUT", url, {"values": [["x"]]}) == {"updatedCells": 1}
    assert bench.get("spreadsheetId,sheets(properties(title))") == {
        "spreadsheetId": bench.id,
        "sheets": [{"properties": {"title": "Sheet1"}}, {"properties": {"title": "客户"}}],
    }
