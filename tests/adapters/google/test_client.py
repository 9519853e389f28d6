import json
from typing import Any

import pytest
import requests

from backend.adapters.google.client import Patience
from backend.errors import (
    AccessDenied,
    AnswerUnclear,
    CredentialsRefused,
    RequestRefused,
    ServiceBusy,
    ServiceUnreachable,
    SpreadsheetMissing,
    StewardError,
)

BASE = "https://sheets.googleapis.com/v4/spreadsheets"
HTML = b"<html><title>502. That's an error.</title></html>"


def answer(status: Any, body: Any, **headers: Any) -> Any:
    """A fault: the service answers this, and does nothing."""

    def give(request: Any, _carry_out: Any) -> Any:
        response = requests.Response()
        response.status_code, response._content, response.request = status, body, request  # noqa: SLF001
        response.headers.update({name.replace("_", "-"): text for name, text in headers.items()})
        return response

    return give


def error(status: Any, message: Any, **more: Any) -> Any:
    return answer(status, json.dumps({"error": {"code": status, "message": message, **more}}).encode())


def lost(kind: Any) -> Any:
    """A fault: the request is carried out and its answer is lost."""

    def give(_request: Any, carry_out: Any) -> None:
        carry_out()
        raise kind

    return give


def never_sent(kind: Any) -> Any:
    def give(_request: Any, _carry_out: Any) -> None:
        raise kind

    return give


def truncated(_request: Any, carry_out: Any) -> Any:
    response = carry_out()
    response._content = response.content[:-9]  # noqa: SLF001
    return response


BUSY = error(429, "Quota exceeded for quota metric 'Read requests'.")
DRIVE_BUSY = error(403, "Rate Limit Exceeded", errors=[{"reason": "userRateLimitExceeded"}])
RESET = requests.ConnectionError("connection reset by peer")

PASSING = {
    "429 without Retry-After": BUSY,
    "403 of Drive for the rate": DRIVE_BUSY,
    "500": error(500, "Internal error encountered."),
    "502 as a page": answer(502, HTML),
    "503": error(503, "The service is currently unavailable."),
    "504": answer(504, b""),
    "a truncated answer": truncated,
    "a reset after it": lost(RESET),
    "a reset before it": never_sent(RESET),
    "no connection in time": never_sent(requests.ConnectTimeout()),
    "no answer in time": lost(requests.ReadTimeout()),
}


def read(desk: Any, register: Any) -> Any:
    return desk.client.fetch_sheet_metadata(register.spreadsheet_id, {"fields": "properties.title"})


def write(desk: Any, register: Any, name: Any = "'客户 Customers'!Z3") -> Any:
    body = {"values": [["typed"]]}
    return desk.client.values_update(
        register.spreadsheet_id, name, params={"valueInputOption": "RAW"}, body=body
    )


@pytest.fixture
def register(desk: Any, people: Any) -> Any:
    return desk.make(people(2))


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_read_is_tried_again_after_a_passing_fault(desk: Any, register: Any, fault: Any) -> None:
    desk.wire.faults = [fault, fault]

    title = read(desk, register)

    assert (title, len(desk.wire.sent), desk.slept) == ({"properties": {"title": "Register"}}, 3, [2.0, 4.0])


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (BUSY, ServiceBusy),
        (DRIVE_BUSY, ServiceBusy),
        (PASSING["503"], ServiceUnreachable),
        (truncated, ServiceUnreachable),
        (never_sent(RESET), ServiceUnreachable),
        (lost(requests.ReadTimeout()), ServiceUnreachable),
    ],
)
def test_a_permanent_fault_ends_a_read_after_eight_tries(
    desk: Any, register: Any, fault: Any, expected: Any
) -> None:
    desk.wire.faults = [fault] * 100

    with pytest.raises(expected):
        read(desk, register)

    assert (len(desk.wire.sent), desk.slept) == (8, [2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 64.0])


def test_no_request_waits_longer_than_its_patience(desk: Any, register: Any) -> None:
    desk.wire.faults = [answer(429, b"{}", Retry_After="250")] * 100

    with pytest.raises(ServiceBusy):
        read(desk, register)

    assert (len(desk.wire.sent), desk.slept) == (3, [250.0, 250.0])


@pytest.mark.parametrize(
    ("header", "slept"),
    [("7", 7.0), ("0", 0.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 2.0), ("²", 2.0), ("", 2.0)],
)
def test_the_wait_the_service_asks_for_is_kept_when_it_is_in_seconds(
    desk: Any, register: Any, header: Any, slept: Any
) -> None:
    desk.wire.faults = [answer(429, b"{}", Retry_After=header)]

    read(desk, register)

    assert desk.slept == [slept]


@pytest.mark.parametrize("fault", [BUSY, DRIVE_BUSY, never_sent(requests.ConnectTimeout())])
def test_a_write_is_sent_again_when_it_was_not_carried_out(desk: Any, register: Any, fault: Any) -> None:
    desk.wire.faults = [fault]

    written = write(desk, register)

    assert (written["updatedCells"], len(desk.wire.sent), desk.slept) == (1, 2, [2.0])


@pytest.mark.parametrize(
    "fault",
    [PASSING[name] for name in PASSING if not name.startswith(("429", "403", "no connection"))],
)
def test_a_write_that_may_have_been_carried_out_is_unclear_and_sent_once(
    desk: Any, register: Any, fault: Any
) -> None:
    desk.wire.faults = [fault]

    with pytest.raises(AnswerUnclear):
        write(desk, register)

    assert (len(desk.wire.sent), desk.slept) == (1, [])


@pytest.mark.parametrize(
    ("fault", "expected"), [(BUSY, ServiceBusy), (never_sent(requests.ConnectTimeout()), ServiceUnreachable)]
)
def test_a_write_that_never_gets_through_ends(desk: Any, register: Any, fault: Any, expected: Any) -> None:
    desk.wire.faults = [fault] * 100

    with pytest.raises(expected):
        write(desk, register)

    assert len(desk.wire.sent) == 8


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, RequestRefused),
        (401, CredentialsRefused),
        (403, AccessDenied),
        (404, SpreadsheetMissing),
        (409, RequestRefused),
        (501, RequestRefused),
    ],
)
@pytest.mark.parametrize("call", [read, write])
def test_a_final_answer_is_not_tried_again(
    desk: Any, register: Any, status: Any, expected: Any, call: Any
) -> None:
    desk.wire.faults = [error(status, "You are trying to edit a protected cell or object.")]

    with pytest.raises(expected) as caught:
        call(desk, register)

    says = "You are trying to edit a protected cell" in caught.value.en
    assert (len(desk.wire.sent), desk.slept, says) == (1, [], expected is not SpreadsheetMissing)


@pytest.mark.parametrize("status", [400, 403, 502])
def test_a_page_of_html_is_not_in_the_message(desk: Any, register: Any, status: Any) -> None:
    desk.wire.faults = [answer(status, HTML)] * 8

    with pytest.raises(StewardError) as caught:
        read(desk, register)

    assert ("html" in caught.value.en, f"HTTP {status}" in caught.value.en) == (False, True)


def test_a_long_message_of_the_service_is_cut(desk: Any, register: Any) -> None:
    desk.wire.faults = [error(400, "x" * 5_000)]

    with pytest.raises(RequestRefused) as caught:
        read(desk, register)

    assert caught.value.en.count("x") < 310


def test_what_the_local_server_cannot_do_is_named(desk: Any, register: Any) -> None:
    with pytest.raises(RequestRefused, match="addSlicer"):
        desk.client.batch_update(register.spreadsheet_id, {"requests": [{"addSlicer": {}}]})


def test_an_answer_without_a_body_is_an_answer(desk: Any, register: Any) -> None:
    url = f"https://www.googleapis.com/drive/v3/files/{register.spreadsheet_id}"

    response = desk.client.request("delete", url)

    assert (response.status_code, len(desk.wire.sent)) == (204, 1)


def test_reads_wait_a_minute_for_an_answer_and_writes_longer_than_the_service_works(
    desk: Any, register: Any
) -> None:
    read(desk, register)
    write(desk, register)
    desk.client.request("post", f"{BASE}/{register.spreadsheet_id}:getByDataFilter", json={"dataFilters": []})

    assert [sent.timeout for sent in desk.wire.sent] == [(5.0, 60.0), (5.0, 190.0), (5.0, 60.0)]


def test_every_try_is_counted_as_a_call(desk: Any, register: Any) -> None:
    before = desk.client.calls
    desk.wire.faults = [BUSY, BUSY]

    read(desk, register)

    assert desk.client.calls - before == 3


def test_a_body_goes_out_as_compact_utf_8(desk: Any, register: Any) -> None:
    desk.client.values_update(
        register.spreadsheet_id,
        "'客户 Customers'!Z3",
        params={"valueInputOption": "RAW"},
        body={"values": [["张三", "\ud800"]]},
    )
    write(desk, register)

    cells = desk.person(register).rows()[2][25:27]
    assert (desk.wire.sent[1].size, cells) == (len('{"values":[["typed"]]}'), ["typed", "\ud800"])


@pytest.mark.parametrize(
    ("patience", "tried", "waited", "asked_for", "expected"),
    [
        (Patience(tries=3), 2, 0.0, None, 4.0),
        (Patience(tries=3), 3, 0.0, None, None),
        (Patience(seconds=10), 2, 7.0, None, None),
        (Patience(seconds=10), 2, 6.0, None, 10.0),
        (Patience(longest_wait=3), 7, 0.0, None, 3.0),
        (Patience(), 1, 0.0, 600.0, 600.0),
        (Patience(), 1, 0.5, 600.0, None),
    ],
)
def test_patience_ends_by_tries_or_by_seconds(
    patience: Any, tried: Any, waited: Any, asked_for: Any, expected: Any
) -> None:
    given = Patience(
        tries=patience.tries,
        seconds=patience.seconds,
        longest_wait=patience.longest_wait,
        sleep=lambda _seconds: None,
        jitter=lambda _low, high: high,
    )

    assert given.wait(tried, waited, asked_for) == expected
