"""The contract itself: which method a URL means, what it refuses, and that Google's own answers keep it."""

import gzip
import json
import tomllib
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import requests

from backend.localsheets import LocalSheets, LocalSheetsAdapter
from backend.localsheets.contract import answer_faults, method_of, request_faults
from tests.contracts.watching import by_hand, taken

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT.parent / "shared" / "truth" / "google-sheets" / "recordings.jsonl.gz"
BOOK = "https://sheets.googleapis.com/v4/spreadsheets/1a"
FILES = "https://www.googleapis.com/drive/v3/files"


def recorded() -> list[dict[str, Any]]:
    if not RECORDINGS.exists():
        pytest.skip(f"The recordings are not at {RECORDINGS}")
    with gzip.open(RECORDINGS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def complete(value: Any) -> Any:
    """A recorded answer without the two constants that the recording shortened to an ellipsis."""
    if isinstance(value, dict):
        return {name: complete(each) for name, each in value.items() if each != "…"}
    return [complete(each) for each in value] if isinstance(value, list) else value


def test_every_answer_google_gave_keeps_the_contract() -> None:
    given = [each for each in recorded() if each["status"] == 200]
    bodies = [(each, each["resp"]) for each in given]
    faults = [
        answer_faults(each["method"], each["uri"], 200, json.dumps(complete(body)).encode())
        for each, body in bodies
        if not isinstance(body, str)
    ]

    assert (len(given), len(faults)) == (1262, 1260), "two are exported files"
    assert [each for each in faults if each] == []


# Measured 2026-11-22. The three are refused by Google too (`"values": "X"`): on shapes the documents and the
# service agree. gspread's one query parameter is taken though it is not declared.
def test_every_request_google_took_keeps_the_contract_but_for_one_parameter() -> None:
    bodies, faults, refused = 0, Counter[str](), []
    for each in recorded():
        body = each["body"] if isinstance(each["body"], str | None) else json.dumps(each["body"])
        bodies += bool(body)
        for fault in request_faults(each["method"], each["uri"], body):
            faults[fault] += each["status"] == 200
            refused += [fault] if each["status"] == 400 else []

    assert bodies == 422
    assert refused == 3 * [
        'sheets.spreadsheets.values.update: ValueRange: values: the value is not of types "null", "array"'
    ]
    assert +faults == {"drive.files.get: the query parameter includeItemsFromAllDrives is not declared": 95}


@pytest.mark.parametrize(
    ("method", "url", "method_id"),
    [
        ("GET", BOOK, "sheets.spreadsheets.get"),
        ("POST", f"{BOOK}:batchUpdate", "sheets.spreadsheets.batchUpdate"),
        ("GET", f"{BOOK}/values/%27a%2Fb%27%21A1?fields=values", "sheets.spreadsheets.values.get"),
        ("POST", f"{BOOK}/values/'客户'!A1:B2:append", "sheets.spreadsheets.values.append"),
        ("POST", f"{BOOK}/values/A1:clear", "sheets.spreadsheets.values.clear"),
        ("GET", f"{BOOK}/values:batchGet", "sheets.spreadsheets.values.batchGet"),
        ("POST", f"{BOOK}/developerMetadata:search", "sheets.spreadsheets.developerMetadata.search"),
        ("patch", f"{FILES}/1a/permissions/7", "drive.permissions.update"),
        ("POST", f"{FILES}/1a/copy", "drive.files.copy"),
    ],
)
def test_a_url_means_one_method(method: str, url: str, method_id: str) -> None:
    found = method_of(method, url)

    assert found is not None
    assert found.method_id == method_id


@pytest.mark.parametrize(
    ("method", "url"),
    [("PUT", BOOK), ("POST", f"{BOOK}:batchupdate"), ("GET", f"{BOOK}/values/A1/x"), ("POST", f"{FILES}/1a")],
)
def test_another_url_means_none(method: str, url: str) -> None:
    assert method_of(method, url) is None
    assert request_faults(method, url, None) == [f"no method is {method} on this path"]


def sheet(**properties: Any) -> dict[str, Any]:
    return {"requests": [{"updateSheetProperties": {"properties": properties, "fields": "*"}}]}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (sheet(sheetId=2**31 - 1, hidden=None), ""),
        (sheet(sheetId=2**31), "properties.sheetId"),
        (sheet(sheetType="GRID"), ""),
        (sheet(sheetType="grid"), "properties.sheetType"),
        (sheet(tabColour={}), "properties"),
        (sheet(tabColor={"red": "half"}), "properties.tabColor.red"),
        ({"requests": {"addSheet": {}}}, "requests"),
        ({"requests": [{"addSheets": {}}]}, "requests.0"),
        ([], "the message"),
    ],
)
def test_a_body_is_held_to_types_ranges_and_choices(body: Any, fault: str) -> None:
    found = request_faults("POST", f"{BOOK}:batchUpdate", json.dumps(body))

    assert [each.split(": ")[2].removeprefix("requests.0.updateSheetProperties.") for each in found] == (
        [fault] if fault else []
    )


def test_a_fault_says_where_and_not_which_value() -> None:
    found = request_faults("PUT", f"{BOOK}/values/A1?valueInputOption=RAW", '{"values": "王小明"}')

    assert found == [
        'sheets.spreadsheets.values.update: ValueRange: values: the value is not of types "null", "array"'
    ]


@pytest.mark.parametrize("version", [7, "7"])
def test_a_64_bit_number_may_be_text(version: Any) -> None:
    assert answer_faults("GET", f"{FILES}/1a", 200, json.dumps({"version": version}).encode()) == []
    assert answer_faults("GET", f"{FILES}/1a", 200, b'{"version": "seven"}') != []


def test_google_answers_no_null_and_no_body_where_it_has_none_to_give() -> None:
    assert answer_faults("GET", BOOK, 200, b'{"spreadsheetId": null}') != []
    assert answer_faults("GET", BOOK, 200, b"") == [
        "sheets.spreadsheets.get: the body of Spreadsheet is no JSON"
    ]
    assert answer_faults("DELETE", f"{FILES}/1a", 204, b"") == []
    assert answer_faults("DELETE", f"{FILES}/1a", 204, b"{}") == [
        "drive.files.delete: this method answers without a body"
    ]
    assert answer_faults("GET", f"{FILES}/1a/export?mimeType=text/csv", 200, b"a,b") == []
    assert answer_faults("GET", BOOK, 500, b"<html>") == [], "a refusal has no schema"


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("ranges=A1&ranges=B1&majorDimension=ROWS&alt=json", ""),
        ("range=A1", "range is not declared"),
        ("majorDimension=ROWS&majorDimension=ROWS", "majorDimension is given 2 times"),
        ("majorDimension=rows", "majorDimension has a value it cannot have"),
        ("prettyPrint=no", "prettyPrint has a value it cannot have"),
        ("spreadsheetId=1a", "spreadsheetId is not declared"),
    ],
)
def test_a_query_is_held_to_its_parameters(query: str, fault: str) -> None:
    found = request_faults("GET", f"{BOOK}/values:batchGet?{query}", None)

    start = "sheets.spreadsheets.values.batchGet: the query parameter "
    assert found == ([start + fault] if fault else [])


def test_what_the_product_sends_wrong_fails_the_test_that_sends_it() -> None:
    server = LocalSheets(None)
    session = requests.Session()
    session.mount("https://sheets.googleapis.com", LocalSheetsAdapter(server))
    session.post("https://sheets.googleapis.com/v4/spreadsheets", json={"title": "Register"})
    noted = taken()
    with by_hand():
        session.post("https://sheets.googleapis.com/v4/spreadsheets", json={"title": "Register"})
    server.close()

    assert len(noted) == 1
    assert '"title"' in noted[0] or "title" in noted[0]
    assert taken() == [], "a test's own wrong requests are let through"


def test_an_installed_package_has_the_documents() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    data = [
        path
        for package in ("backend", "sheets_schema")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]
    named = {".".join(path.parent.relative_to(ROOT).parts): [] for path in data}
    for path in data:
        named[".".join(path.parent.relative_to(ROOT).parts)].append(path.name)

    assert all(
        any(fnmatch(name, pattern) for pattern in patterns.get(package, ()))
        for package, names in named.items()
        for name in names
    )
    assert len(data) >= 2
