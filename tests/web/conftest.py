"""A service as it runs over Google's sheets, but on this machine: real tokens, store and sheet server."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.adapters.store.grants import Role
from backend.localsheets import LocalSheets
from backend.localsheets.identities import AUDIENCE, ISSUER
from backend.settings import Settings
from backend.web import create_app
from backend.wiring import Steward
from tests.google_desk import EMAIL, GoogleDesk
from tests.web.tokens import public, signed

API = "https://sheets.googleapis.com/v4/spreadsheets"


@dataclass(slots=True)
class Now:
    """The real time, and what a test adds to it: google-auth looks at the real clock."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def today(self, _time_zone: str) -> Any:
        return self.now().date()

    def forward(self, **time: float) -> None:
        self.ahead += timedelta(**time)


@dataclass(slots=True)
class Bench:
    """A service, its sheet server, and people who call."""

    folder: Path
    options: dict[str, Any] = field(default_factory=dict)
    clock: Now = field(default_factory=Now)
    asked: int = 0
    sheets: LocalSheets = field(init=False)
    desk: GoogleDesk = field(init=False)
    steward: Steward = field(init=False)
    web: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.desk = GoogleDesk(self.folder)
        self.desk.key_file()
        may = self.desk.http.may
        self.desk.http.may = lambda *asked: (self.count(), may(*asked))[1]
        self.desk.http.certificates = lambda: {"google": public("google")}
        self.sheets = self.desk.sheets
        self.open()

    def open(self, **changed: Any) -> None:
        """Start the service, with other settings when some are given."""
        self.options.update(changed)
        settings = Settings(
            home=self.folder / "home",
            credentials=str(self.folder / "key.json"),
            sheets_url=self.desk.http.url,
            metrics_token="metrics-canary-7f3a",  # noqa: S106 - to be looked for in the log
            **self.options,
        )
        self.steward = Steward(settings=settings, clock=self.clock)
        app = create_app(self.steward)
        app.testing = False
        self.web = app.test_client()

    def count(self) -> None:
        self.asked += 1

    def close(self) -> None:
        self.steward.close()
        self.desk.http.close()
        self.sheets.close()

    def claims(self, name: str = "li", **changed: Any) -> dict[str, Any]:
        now = int(time.time())
        whole = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": f"sub-of-{name}",
            "email": f"{name}@example.com",
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
            **changed,
        }
        return {claim: value for claim, value in whole.items() if value is not None}

    def token(self, name: str = "li", **changed: Any) -> str:
        return signed(self.claims(name, **changed))

    def call(
        self, method: str, path: str, body: Any = None, *, name: str = "li", **options: Any
    ) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token(name)}", **options.pop("headers", {})}
        if body is not None:
            options["json"] = body
        return self.web.open(path, method=method, headers=headers, **options)

    def register(self, name: str = "shop") -> str:
        """A spreadsheet that is shared with Steward and is a register here; gives its id."""
        answer = self.sheets.handle(
            "POST", API, json.dumps({"properties": {"title": name}}).encode(), caller="boss"
        )
        spreadsheet_id = str(json.loads(answer.body)["spreadsheetId"])
        share = {"type": "user", "role": "writer", "emailAddress": EMAIL}
        drive = f"https://www.googleapis.com/drive/v3/files/{spreadsheet_id}/permissions"
        assert self.sheets.handle("POST", drive, json.dumps(share).encode(), caller="boss").status == 200
        self.steward.registers.remember(name, spreadsheet_id)
        return spreadsheet_id

    def grant(self, spreadsheet_id: str, role: str = "editor", name: str = "li") -> None:
        self.steward.grants.give(f"sub-of-{name}", spreadsheet_id, Role(role), granted_by="test")

    def write_metadata(self, spreadsheet_id: str, key: str, value: str) -> None:
        """What the bridge does in the sheet, as somebody who can edit it."""
        metadata = {
            "metadataKey": key,
            "metadataValue": value,
            "visibility": "DOCUMENT",
            "location": {"spreadsheet": True},
        }
        change = {"requests": [{"createDeveloperMetadata": {"developerMetadata": metadata}}]}
        answer = self.sheets.handle(
            "POST", f"{API}/{spreadsheet_id}:batchUpdate", json.dumps(change).encode(), caller="boss"
        )
        assert answer.status == 200, answer.body

    def metadata(self, spreadsheet_id: str) -> list[str]:
        """Values of all developer metadata of the spreadsheet."""
        return [one["metadataValue"] for one in self.sheets.book(spreadsheet_id).metadata]

    def ask(self, spreadsheet_id: str, name: str = "li", **changed: Any) -> TestResponse:
        """Ask for a run."""
        body = {
            "spreadsheet_id": spreadsheet_id,
            "job": "validate-and-tier",
            "idempotency_key": f"click-of-{name}-1",
            **changed,
        }
        return self.call("POST", "/runs", body, name=name)


def error_of(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal, whose shape is checked."""
    body = answer.get_json()
    assert set(body) == {"ok", "error"}
    assert body["ok"] is False
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"]
    return answer.status_code, body["error"]["code"]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()
