"""The local server over HTTP as any client meets it: with requests alone, no google-auth."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import requests

from backend.localsheets import LocalSheets
from backend.localsheets.http import GRANT, SheetsOverHttp

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
NOW = [1_800_000_000.0]


def believed(text: str) -> Mapping[str, Any]:
    """Claims written as `account scope audience`; anything else is not believed."""
    account, _, rest = text.partition(" ")
    scope, _, audience = rest.partition(" ")
    if not audience:
        msg = "Invalid JWT Signature."
        raise ValueError(msg)
    return {"iss": account, "scope": scope, "aud": audience}


@pytest.fixture
def http() -> Iterator[SheetsOverHttp]:
    NOW[0] = 1_800_000_000.0
    sheets = LocalSheets(None)
    http = SheetsOverHttp(
        sheets,
        verify=believed,
        seconds=60,
        clock=lambda: NOW[0],
    )
    yield http
    http.close()
    sheets.close()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def token(http: Any, session: Any) -> Callable[..., str]:
    def ask(account: str = "ann", scope: str = SCOPE) -> str:
        form = {"grant_type": GRANT, "assertion": f"{account} {scope} {http.token_uri}"}
        return str(session.post(http.token_uri, form).json()["access_token"])

    return ask


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def make(http: Any, session: Any, token: str) -> Any:
    body = {"properties": {"title": "登记表"}}
    return session.post(f"{http.url}/v4/spreadsheets", json=body, headers=bearing(token))


def test_it_listens_on_this_machine_alone(http: Any) -> None:
    assert http.url.startswith("http://127.0.0.1:")


def test_a_bearer_is_answered_by_the_local_server(http: Any, session: Any, token: Any) -> None:
    answer = make(http, session, token())

    assert (answer.status_code, answer.json()["properties"]["title"]) == (200, "登记表")
    assert answer.headers["Date"] == "Fri, 15 Jan 2027 08:00:00 GMT"


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer ya29.guess"}, {"Authorization": "Bearer "}]
)
def test_without_a_token_of_its_own_giving_it_answers_401(http: Any, session: Any, headers: Any) -> None:
    answer = session.get(f"{http.url}/v4/spreadsheets/x", headers=headers)

    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_a_token_runs_out(http: Any, session: Any, token: Any) -> None:
    bearer = token()
    NOW[0] += 59
    before = make(http, session, bearer).status_code
    NOW[0] += 1

    assert (before, make(http, session, bearer).status_code) == (200, 401)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "unsupported_grant_type"),
        ({"grant_type": "password", "assertion": "x"}, "unsupported_grant_type"),
        ({"grant_type": GRANT}, "unsupported_grant_type"),
        ({"grant_type": GRANT, "assertion": "forged"}, "invalid_grant"),
        ({"grant_type": GRANT, "assertion": "ann scope https://elsewhere/token"}, "invalid_grant"),
    ],
)
def test_who_is_not_believed_gets_no_token(http: Any, session: Any, form: Any, error: Any) -> None:
    answer = session.post(http.token_uri, form)

    assert (answer.status_code, answer.json()["error"], http.given) == (400, error, 0)


def test_a_token_does_what_its_scope_says(http: Any, session: Any, token: Any) -> None:
    nothing = make(http, session, token(scope="openid"))
    drive = session.get(f"{http.url}/drive/v3/files", headers=bearing(token()))
    whole = session.get(
        f"{http.url}/drive/v3/files", headers=bearing(token(scope="https://www.googleapis.com/auth/drive"))
    )

    assert [one.status_code for one in (nothing, drive, whole)] == [403, 403, 200]
    assert drive.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_an_account_does_what_it_may(http: Any, session: Any, token: Any) -> None:
    made = make(http, session, token()).json()["spreadsheetId"]
    bob, ann = bearing(token("bob@x.test")), bearing(token(scope="https://www.googleapis.com/auth/drive"))
    reader = {"type": "user", "role": "reader", "emailAddress": "bob@x.test"}

    stranger = session.get(f"{http.url}/v4/spreadsheets/{made}", headers=bob)
    session.post(f"{http.url}/drive/v3/files/{made}/permissions", json=reader, headers=ann)
    reads = session.get(f"{http.url}/v4/spreadsheets/{made}", headers=bob)
    writes = session.post(f"{http.url}/v4/spreadsheets/{made}:batchUpdate", json={}, headers=bob)

    assert (stranger.status_code, reads.status_code, writes.status_code) == (403, 200, 403)
    assert writes.json()["error"]["message"] == "The caller does not have permission"


def test_a_file_that_is_deleted_answers_without_a_body(http: Any, session: Any, token: Any) -> None:
    made = make(http, session, token()).json()["spreadsheetId"]
    drive = bearing(token(scope="https://www.googleapis.com/auth/drive"))

    answer = session.delete(f"{http.url}/drive/v3/files/{made}", headers=drive)

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_body_of_impossible_length_is_refused_unread(http: Any, session: Any, token: Any) -> None:
    headers = {**bearing(token()), "Content-Length": "99999999999"}

    answer = session.post(f"{http.url}/v4/spreadsheets", headers=headers)

    assert answer.status_code == 413
