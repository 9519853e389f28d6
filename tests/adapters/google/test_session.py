"""google-auth's real service account flow against a token endpoint on this machine."""

import json
import re
import time
from typing import Any

import gspread
import pytest
import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError, TransportError
from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from backend.adapters.google.access import read_access
from backend.adapters.google.client import Patience, SheetsClient
from backend.adapters.google.session import GoogleSession, sign_in_error
from backend.errors import (
    AccessDenied,
    ApiDisabled,
    ClockWrong,
    CredentialsRefused,
    ServiceUnreachable,
)
from tests.google_desk import EMAIL

SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
PAGE = "<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>"


class Stumbling(Credentials):
    """Credentials whose first tries to get a token end badly."""

    def __init__(self, sound: Credentials, problems: list[Exception]) -> None:
        super().__init__()
        self.sound, self.problems = sound, problems

    def refresh(self, request: Any) -> None:
        if self.problems:
            raise self.problems.pop(0)
        self.sound.refresh(request)
        self.token, self.expiry = self.sound.token, self.sound.expiry


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def session(google_desk: Any) -> Any:
    google_desk.refused.clear()
    google_desk.answers.clear()
    google_desk.asked.clear()
    google_desk.ahead = 0.0
    session = GoogleSession(read_access(str(google_desk.key_file())), google_desk.http.url)
    yield session
    session.close()


@pytest.fixture
def client(session: Any, slept: Any) -> Any:
    patience = Patience(sleep=slept.append, jitter=lambda _low, high: high)
    return SheetsClient(None, session, patience=patience, account=EMAIL)


def make(client: Any) -> Any:
    body = {"properties": {"title": "Register"}}
    return client.request("post", SPREADSHEETS_API_V4_BASE_URL, json=body).json()["spreadsheetId"]


def read(client: Any, spreadsheet_id: Any) -> Any:
    return client.fetch_sheet_metadata(spreadsheet_id, {"fields": "properties.title"})


def test_the_assertion_is_signed_and_asks_for_sheets_alone(google_desk: Any, session: Any) -> None:
    session.sign_in()

    claims = google_desk.asked[-1]
    assert {name: claims[name] for name in ("iss", "aud", "scope")} == {
        "iss": EMAIL,
        "aud": "https://oauth2.googleapis.com/token",
        "scope": "https://www.googleapis.com/auth/spreadsheets",
    }
    assert (claims["exp"] - claims["iat"], abs(session.seconds_ahead) < 5) == (3600, True)


def test_gspread_works_through_it(session: Any, client: Any) -> None:
    spreadsheet = gspread.Client(None, session).open_by_key(make(client))

    spreadsheet.sheet1.update([["张三", "13800138000"]], "A1")

    assert spreadsheet.sheet1.get("A1:B1") == [["张三", "13800138000"]]


def test_a_token_serves_many_requests(google_desk: Any, client: Any) -> None:
    made = make(client)
    read(client, made)
    read(client, made)

    assert (len(google_desk.asked), client.calls) == (1, 3)


def test_a_token_that_has_run_out_is_renewed_once(google_desk: Any, client: Any) -> None:
    made = make(client)
    google_desk.ahead = 7200.0

    read(client, made)

    assert (len(google_desk.asked), client.calls) == (2, 2)


def test_a_write_after_the_token_was_taken_back_is_carried_out_once(google_desk: Any, client: Any) -> None:
    made = make(client)
    google_desk.http.forget_tokens()

    written = client.values_append(
        made, "Sheet1", params={"valueInputOption": "RAW"}, body={"values": [["x"]]}
    )

    assert written["updates"]["updatedCells"] == 1
    assert client.values_get(made, "Sheet1")["values"] == [["x"]]


def test_a_foreign_key_is_refused_in_both_languages(google_desk: Any, slept: Any) -> None:
    session = GoogleSession(read_access(str(google_desk.key_file("thief"))), google_desk.http.url)
    client = SheetsClient(None, session, patience=Patience(sleep=slept.append))

    with pytest.raises(CredentialsRefused) as caught:
        make(client)

    session.close()
    assert 'STEWARD_GOOGLE_CREDENTIALS: "invalid_grant: Invalid JWT Signature."' in caught.value.en
    assert "STEWARD_GOOGLE_CREDENTIALS 里的凭据" in caught.value.zh
    assert (slept, "PRIVATE" in caught.value.en) == ([], False)


def test_an_account_that_is_gone_is_refused(google_desk: Any) -> None:
    key = google_desk.key_file(client_email="gone@acme-register.iam.gserviceaccount.com")
    session = GoogleSession(read_access(str(key)), google_desk.http.url)

    with pytest.raises(CredentialsRefused, match="account not found"):
        session.sign_in()

    session.close()


def test_a_wrong_clock_is_named_with_how_far_it_is_off(google_desk: Any, session: Any) -> None:
    google_desk.ahead = 1200.0
    google_desk.answers = [SHORT_LIVED]

    with pytest.raises(ClockWrong) as caught:
        session.sign_in()

    assert re.match(r"The clock of this machine is wrong by 1,(199|200) s \(behind\), so", caught.value.en)
    assert "慢了 1," in caught.value.zh


def test_a_clock_whose_error_is_not_known_is_named_all_the_same() -> None:
    error = sign_in_error(RefreshError("invalid_grant: not in a reasonable timeframe"), None)

    assert error.en.startswith("The clock of this machine is wrong, so Google gives no access.")


@pytest.mark.parametrize("problem", [RefreshError(PAGE), RefreshError(""), TransportError("reset")])
def test_a_token_service_that_is_down_is_no_fault_of_the_key(problem: Any) -> None:
    error = sign_in_error(problem, None)

    assert isinstance(error, ServiceUnreachable)
    assert "<" not in error.en


def test_a_token_service_that_does_not_answer_is_asked_again_within_bounds(
    google_desk: Any, slept: Any
) -> None:
    nobody = "http://127.0.0.1:9/token"
    session = GoogleSession(read_access(str(google_desk.key_file(token_uri=nobody))), google_desk.http.url)
    client = SheetsClient(
        None, session, patience=Patience(sleep=slept.append, tries=3, jitter=lambda _low, high: high)
    )

    with pytest.raises(ServiceUnreachable, match="TransportError"):
        make(client)

    session.close()
    assert slept == [2.0, 4.0]


def test_a_web_page_from_the_token_service_is_passing_and_a_write_is_sent_once_it_is_over(
    google_desk: Any, session: Any, slept: Any
) -> None:
    session.credentials = Stumbling(session.credentials, [RefreshError(PAGE), RefreshError(PAGE)])
    patience = Patience(sleep=slept.append, jitter=lambda _low, high: high)
    client = SheetsClient(None, session, patience=patience)

    before = len(google_desk.sheets.spreadsheets())
    make(client)

    assert (slept, len(google_desk.sheets.spreadsheets()) - before) == ([2.0, 4.0], 1)


def test_a_sheet_that_is_no_longer_shared_names_the_account(google_desk: Any, client: Any) -> None:
    made = make(client)
    google_desk.refused.append("GET ")

    with pytest.raises(AccessDenied) as caught:
        read(client, made)

    assert f"Share the sheet with Steward's account ({EMAIL}) as an editor." in caught.value.en
    assert f"请把表格共享给管家的账号（{EMAIL}），并给编辑权限。" in caught.value.zh


def test_drive_is_out_of_reach(client: Any) -> None:
    with pytest.raises(CredentialsRefused, match="insufficient authentication scopes"):
        client.request("get", "https://sheets.googleapis.com/drive/v3/files")


def test_a_project_without_the_api_is_named(desk: Any) -> None:
    message = "Google Sheets API has not been used in project 12345 before or it is disabled. Enable it."

    def disabled(request: Any, _carry_out: Any) -> Any:
        response = requests.Response()
        response.status_code, response.request = 403, request
        response._content = json.dumps({"error": {"code": 403, "message": message}}).encode()  # noqa: SLF001
        return response

    desk.wire.faults = [disabled]

    with pytest.raises(ApiDisabled, match="project 12345"):
        read(desk.client, "x")


def test_a_call_takes_milliseconds(session: Any, client: Any) -> None:
    made = make(client)
    started = time.perf_counter()
    for _ in range(20):
        read(client, made)

    assert (time.perf_counter() - started) / 20 < 0.05
    assert session.seconds_ahead is not None
