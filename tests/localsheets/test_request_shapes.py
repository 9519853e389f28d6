"""Requests that are not what they should be: a wrong shape, a wrong number, a name nobody knows."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backend.localsheets.changes import CHANGES
from backend.localsheets.message_shapes import MESSAGES, METHODS
from backend.localsheets.request_shapes import MESSAGE_TYPE, SCALARS

if TYPE_CHECKING:
    from conftest import Bench

UNKNOWN = "Invalid JSON payload received. Unknown name \"{}\" at '{}': {}"
NO_FIELD = "Cannot find field."
NO_LIST = "Proto field is not repeating, cannot start list."
APPEND = "valueInputOption=RAW"
KINDS = MESSAGES["Request"]
NUMBERS = [-1, 0, 1, 2, 7, 19, 20, 21, 2**31 - 1, -(2**31), 10**12, 1.5, "3", "x", True]
TEXTS = ["", "A1", "Sheet1!A1:B2", "客户", "Nowhere!Z9", "x" * 60_000, "=1/0", "2020-01-01", "*", "(", "$1"]
ODD = [None, "odd", 1, -0.5, True, [], {}, [[]], [{}], {"nobody": 1}]


class Maker:
    """Makes messages of a kind by chance: mostly of the right shape, with odd values in it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def value(self, shape: Any, name: str, depth: int) -> Any:
        if self.chance.random() < 0.04 or shape in ("any", "-"):
            return self.chance.choice(ODD)
        if isinstance(shape, list):
            return self.chance.choice(shape)
        if shape == "[ListValue]":
            return [[self.chance.choice([*TEXTS, *NUMBERS, None]) for _ in range(3)] for _ in range(3)]
        if shape[0] in "[{":
            many = [self.value(shape[1:-1], name, depth + 1) for _ in range(self.chance.randrange(3))]
            return many if shape[0] == "[" else {str(place): each for place, each in enumerate(many)}
        return self.scalar(shape, name) if shape in SCALARS else self.message(shape, depth + 1)

    def scalar(self, shape: str, name: str) -> Any:
        if shape == "string":
            return self.text(name)
        if shape == "bool":
            return self.chance.choice([True, False])
        return self.chance.choice([0, 0, 1, 2, 7] if self.chance.random() < 0.6 else NUMBERS)

    def text(self, name: str) -> str:
        masks = [
            "*",
            "title",
            "name",
            "range",
            "userEnteredValue,note",
            "userEnteredFormat.textFormat",
            "a(b",
        ]
        return self.chance.choice(masks if name == "fields" else TEXTS)

    def message(self, kind: str, depth: int = 0) -> dict[str, Any]:
        fields = MESSAGES[kind]
        likely = 0.8 if depth < 4 else 0.2
        found = {
            name: self.value(shape, name, depth)
            for name, shape in fields.items()
            if shape != "-" and (kind != "Request" or name in CHANGES) and self.chance.random() < likely
        }
        return found if self.chance.random() > 0.03 else {**found, "nobody": self.chance.choice(ODD)}


def well_refused(answer: Any) -> bool:
    """Whether an answer is a success, or a refusal in Google's form."""
    document = json.loads(answer.body)
    if answer.status == 200:
        return isinstance(document, dict)
    error = document["error"]
    names = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 501: "UNIMPLEMENTED"}
    return (
        error["code"] == answer.status and error["status"] == names[answer.status] and error["message"] != ""
    )


@pytest.mark.parametrize("kind", sorted(CHANGES))
def test_whatever_a_change_holds_the_answer_is_one_of_googles(bench: Bench, kind: str) -> None:
    bench.write("A1", [["a", 1, True], ["b", 2.5, "=1"], ["", "c"]])
    statuses = set()
    for seed in range(120):
        request = {kind: Maker(seed).value(KINDS[kind], kind, 0)}
        answer = bench.send("POST", bench.url(":batchUpdate"), {"requests": [request]})
        statuses.add(answer.status)
        assert well_refused(answer), request

    assert 400 in statuses
    sizes = [sheet["properties"]["gridProperties"] for sheet in bench.ask("GET", bench.url())["sheets"]]
    assert all(size["rowCount"] > 0 < size["columnCount"] for size in sizes), sizes
    assert sum(size["rowCount"] * size["columnCount"] for size in sizes) <= 10_000_000
    assert bench.send("GET", bench.url(includeGridData="true", ranges=["A1", "客户!A1"])).status in {200, 400}


WITH_BODY = [
    (name, each.http_method, each.template, each.body)
    for name, each in METHODS.items()
    if each.body and not name.endswith("spreadsheets.batchUpdate")
]


@pytest.mark.parametrize(("name", "method", "path", "body"), WITH_BODY, ids=[each[0] for each in WITH_BODY])
def test_whatever_a_body_holds_the_answer_is_one_of_googles(
    bench: Bench, name: str, method: str, path: str, body: str
) -> None:
    places = path.format(spreadsheetId=bench.id, range="Sheet1!A1:C9", sheetId=7)
    query = f"?{APPEND}" if name.endswith((".update", ".append")) else ""
    url = f"https://sheets.googleapis.com/{places}{query}"
    for seed in range(150):
        message = Maker(seed).message(body)
        assert well_refused(bench.send(method, url, message)), message
    for odd in ODD:
        assert well_refused(bench.send(method, url, odd)), odd


# Source of the wording: theoephraim/node-google-spreadsheet#523, googleapis/google-api-python-client#930,
# google-api-nodejs-client#1220, google-api-php-client#1403; "TYPE_..." and "oneof": unverified.
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"updateSheetProperties": {"properties": {"headerValues": []}, "fields": "title"}},
            UNKNOWN.format("headerValues", "requests[0].update_sheet_properties.properties", NO_FIELD),
        ),
        (
            {"DeleteRange": {}},
            UNKNOWN.format("DeleteRange", "requests[0]", NO_FIELD),
        ),
        (
            {"addSheet": {"properties": [{"title": "x"}]}},
            UNKNOWN.format("properties", "requests[0].add_sheet", NO_LIST),
        ),
        (
            {"addSheet": "x"},
            f"Invalid value at 'requests[0].add_sheet' ({MESSAGE_TYPE}AddSheetRequest), \"x\"",
        ),
        (
            {"deleteSheet": {"sheetId": 1.5}},
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), 1.5",
        ),
        (
            {"deleteSheet": {"sheetId": 2**31}},
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), 2147483648",
        ),
        (
            {"sortRange": {"sortSpecs": [{"sortOrder": "UP"}]}},
            "Invalid value at 'requests[0].sort_range.sort_specs[0].sort_order' (TYPE_ENUM), \"UP\"",
        ),
        (
            {"addSheet": {"properties": {"title": 7, "hidden": "yes"}}},
            (
                "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 7\n"
                "Invalid value at 'requests[0].add_sheet.properties.hidden' (TYPE_BOOL), \"yes\""
            ),
        ),
        (
            {"deleteSheet": {"sheetId": 7}, "addSheet": {}},
            (
                "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. "
                "Cannot set 'addSheet'"
            ),
        ),
    ],
)
def test_a_wrong_shape_is_named_with_its_place(bench: Bench, change: dict[str, Any], message: str) -> None:
    assert bench.refused_change(change) == (400, message)
    assert bench.sheet(1)["properties"]["title"] == "客户"


# Source: facts page, "proto JSON leniency" (seen).
def test_what_the_json_form_of_protocol_buffers_allows_is_understood(bench: Bench) -> None:
    bench.write("A1", [["b"], ["a"]])
    lone = {"dimension_index": "0", "sort_order": "ASCENDING"}
    place = {"sheet_id": 0, "start_row_index": "0", "end_row_index": 2.0, "end_column_index": None}

    bench.change({"sort_range": {"range": place, "sort_specs": lone}})

    assert bench.read("A1:A2") == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            {"valueRenderOption": "PRETTY"},
            "Invalid value at 'value_render_option' (TYPE_ENUM), \"PRETTY\"",
        ),
        (
            {"renderOption": "FORMULA"},
            (
                'Invalid JSON payload received. Unknown name "renderOption": Cannot bind query parameter. '
                "Field 'renderOption' could not be found in request message."
            ),
        ),
    ],
)
def test_a_query_parameter_nobody_knows_is_refused(bench: Bench, query: dict[str, str], message: str) -> None:
    assert bench.refusal("GET", bench.range_url("A1", **query)) == (400, message)


# Source of the space: ringo380/claude-google-sheets-mcp#4; the rest is unverified.
@pytest.mark.parametrize("fields", ["sheets.propertys", "sheets(data(rowdata))", "spreadsheetId, sheets"])
def test_fields_an_answer_does_not_have_are_refused(bench: Bench, fields: str) -> None:
    refusal = bench.refusal("GET", bench.url(fields=fields))

    assert refusal == (400, "Request contains an invalid argument.")
    assert bench.get("sheets.data.rowData.values.note,namedRanges/range(sheetId),*") is not None


# Source: recording WorksheetTest.test_add_validation; VBA-tools/VBA-Web#332 (no field at the root).
def test_each_fault_is_a_field_violation(bench: Bench) -> None:
    answer = bench.send("POST", bench.url("/values:batchClear"), {"ranges": [1], "rangs": []})

    details = json.loads(answer.body)["error"]["details"][0]
    assert details["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    assert [each.get("field") for each in details["fieldViolations"]] == ["ranges[0]", None]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b'{"values": [[NaN]]}', b"[" * 100_000])
def test_what_is_no_json_message_is_a_400(bench: Bench, body: bytes) -> None:
    for url in (bench.range_url("A1", valueInputOption="RAW"), bench.url(":batchUpdate")):
        method = "POST" if "batchUpdate" in url else "PUT"
        answer = bench.server.handle(method, url, body)
        assert (answer.status, json.loads(answer.body)["error"]["status"]) == (400, "INVALID_ARGUMENT")


# Source: discovery document, the 74 fields of Request.
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_request_is_carried_out_or_says_that_it_is_not_here(bench: Bench, kind: str) -> None:
    answer = bench.send("POST", bench.url(":batchUpdate"), {"requests": [{kind: {}}]})

    message = f"The local Sheets server does not implement requests[0].{kind}."
    refused_as_missing = answer.status == 501 and json.loads(answer.body)["error"]["message"] == message
    assert refused_as_missing == (kind not in CHANGES)


@pytest.mark.parametrize(
    "cell", [{"pivotTable": {"rows": [{}]}}, {"textFormatRuns": [{"startIndex": 0}]}, {"chipRuns": [{}]}]
)
def test_a_part_of_a_cell_that_is_not_kept_is_refused_and_not_dropped(
    bench: Bench, cell: dict[str, Any]
) -> None:
    change = {"start": {}, "rows": [{"values": [cell]}], "fields": "*"}
    status, message = bench.refused_change({"updateCells": change})

    assert (status, message.endswith(f"{next(iter(cell))}.")) == (501, True)


def test_the_body_of_a_file_is_checked_too(bench: Bench) -> None:
    url = "https://www.googleapis.com/drive/v3/files"

    assert bench.refusal("POST", url, {"name": ["x"]})[0] == 400
    assert bench.refusal("POST", url, [1])[0] == 400
    assert bench.ask("POST", url, {"name": "x", "starred": True})["name"] == "x"


def test_the_guide_names_just_the_requests_that_are_not_here() -> None:
    page = (Path(__file__).parents[2] / "docs" / "local-sheets.md").read_text("utf-8")
    named = page.partition("- requests:")[2].partition(";")[0]

    assert {each.strip() for each in named.split(",")} == set(KINDS) - set(CHANGES)
    assert f"{len(CHANGES)} of {len(KINDS)} kinds" in page
