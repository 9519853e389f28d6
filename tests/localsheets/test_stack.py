"""Everything around a server at once: what a request meets first, and whom people edit."""

import json
from typing import Any

import pytest

from backend.localsheets.editors import Editors
from backend.localsheets.edits import Edit
from backend.localsheets.faults import Fault, Faults
from backend.localsheets.quota import Limits, QuotaService
from backend.localsheets.stack import EditedSpreadsheets, stacked
from backend.localsheets.truth import TOOL

LINES = [["row_id", "tier", "name"], *[[f"C-{n}", "t", f"n{n}"] for n in range(1, 9)]]
STORM = Editors(7, 3.0)


def statuses(service: Any, url: str, times: int) -> list[int]:
    return [service.handle("GET", url, None).status for _ in range(times)]


def test_a_server_with_nothing_around_it_is_the_server(bench: Any) -> None:
    assert stacked(bench.server) is bench.server


def test_a_fault_comes_before_the_quota_and_takes_none_of_it(bench: Any) -> None:
    faults = Faults.scripted({1: Fault.UNAVAILABLE})
    service = stacked(bench.server, limits=Limits(account=2), faults=faults)

    assert statuses(service, bench.url(), 4) == [503, 200, 200, 429]


def test_people_count_against_no_quota(bench: Any) -> None:
    bench.write("客户!A1", LINES)
    service = stacked(bench.server, limits=Limits(project=2, account=2), editors=STORM)

    assert statuses(service, bench.url(), 3) == [200, 200, 429]
    assert isinstance(service, QuotaService)
    assert bench.read("客户") != LINES


def test_the_tab_the_tools_columns_lie_on_is_edited_and_they_are_known(bench: Any) -> None:
    bench.write("Sheet1!A1", LINES)
    bench.write("客户!A1", LINES)
    block = {"sheetId": 7, "startColumnIndex": 0, "endColumnIndex": 2}
    bench.change({"addNamedRange": {"namedRange": {"name": "block", "range": block}}})
    service = EditedSpreadsheets(bench.server, STORM, "block")
    statuses(service, bench.url(), 5)

    (edited,) = service.edited.values()
    assert (bench.read("Sheet1"), bench.read("客户") != LINES) == (LINES, True)
    assert edited.truth.columns[:3] == [TOOL, TOOL, 3]
    assert edited.truth.differences(edited.sheet) == []


def test_without_such_columns_the_first_filled_tab_is_edited(bench: Any) -> None:
    bench.write("客户!A1", LINES)
    service = EditedSpreadsheets(bench.server, STORM, "block")
    statuses(service, bench.url(), 5)

    assert (bench.read("Sheet1"), bench.read("客户") != LINES) == ([], True)


@pytest.mark.parametrize("lines", [[], LINES[:2]])
def test_where_there_is_nothing_to_edit_nobody_does(bench: Any, lines: Any) -> None:
    bench.write("A1", lines or [[""]])
    service = EditedSpreadsheets(bench.server, STORM, "block")

    assert (statuses(service, bench.url(), 3), service.edited) == ([200] * 3, {})
    assert statuses(service, bench.url().replace(bench.id, "missing"), 1) == [404]


def test_a_request_the_mirror_cannot_follow_is_answered_all_the_same(bench: Any) -> None:
    bench.write("A1", LINES)
    service = EditedSpreadsheets(bench.server, Editors(7, 0.5, [Edit.HIDE_ROWS]), "block")
    paste = {"source": bench.area(1, 2, 0, 1), "destination": bench.area(1, 2, 5, 6)}
    body = json.dumps({"requests": [{"copyPaste": paste}]}).encode()

    answers = [service.handle("POST", bench.url(":batchUpdate"), body).status for _ in range(3)]

    assert (answers, bench.read("F2"), service.book(bench.id).title) == ([200] * 3, [["C-1"]], "Register")
