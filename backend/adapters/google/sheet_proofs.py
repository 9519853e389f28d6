"""A nonce in a sheet: looked for as Steward's account, and taken out again.

It is developer metadata of the spreadsheet, visible to every project that has access to it; only somebody who
can edit the sheet can have put it there.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import requests
from google.auth.exceptions import GoogleAuthError

from backend.errors import AccessDenied, NotReady, SpreadsheetMissing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

_LOG = logging.getLogger(__name__)
_SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
_TIMEOUT = (1.0, 3.0)
"""Seconds to connect and to answer: somebody waits for it with the menu open."""

_AT_ONCE = 2
_PATIENCE = 0.5
"""How many may ask the sheet service at once, and how many seconds another one waits for its turn: a service
that does not answer must not keep every thread waiting."""

_DENIED = "The caller does not have permission"
_WAIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProofs:
    """Looks for nonces.

    Attributes:
        session: Opens a session that is signed in as Steward's account.
        account: That account's e-mail; '' where it is not known.
    """

    session: Callable[[], AbstractContextManager[requests.Session]]
    account: str = ""
    _turns: threading.BoundedSemaphore = field(default_factory=partial(threading.BoundedSemaphore, _AT_ONCE))

    def holds(self, spreadsheet_id: str, key: str, nonce: str) -> bool:
        """Say whether a spreadsheet holds a nonce under a key; afterwards it does no longer.

        Raises:
            AccessDenied, SpreadsheetMissing: The sheet is not shared with Steward's account.
            NotReady: The sheet service does not answer, or too many are asking it.
        """
        if not self._turns.acquire(timeout=_PATIENCE):
            raise NotReady(_WAIT)
        try:
            return self._holds(spreadsheet_id, key, nonce)
        finally:
            self._turns.release()

    def _holds(self, spreadsheet_id: str, key: str, nonce: str) -> bool:
        lookup = {"metadataKey": key, "metadataValue": nonce, "locationType": "SPREADSHEET"}
        where = {"developerMetadataLookup": lookup}
        with self.session() as session:
            found = self._post(
                session, f"{spreadsheet_id}/developerMetadata:search", {"dataFilters": [where]}
            )
            entries = [
                entry
                for match in found.get("matchedDeveloperMetadata", ())
                if (entry := match["developerMetadata"]).get("metadataKey") == key
                and entry.get("metadataValue") == nonce
            ]
            if entries:
                self._take_out(session, spreadsheet_id, where)
        return bool(entries)

    def _take_out(self, session: requests.Session, spreadsheet_id: str, where: object) -> None:
        """Take the nonce out of the sheet; it is used up anyway, so that failing does no harm."""
        change = {"requests": [{"deleteDeveloperMetadata": {"dataFilter": where}}]}
        try:
            self._post(session, f"{spreadsheet_id}:batchUpdate", change)
        except (NotReady, AccessDenied, SpreadsheetMissing):
            _LOG.warning("a proof was left in the sheet")

    def _post(self, session: requests.Session, path: str, body: object) -> dict[str, Any]:
        try:
            answer = session.post(f"{_SHEETS}/{path}", json=body, timeout=_TIMEOUT)
            if answer.status_code == HTTPStatus.NOT_FOUND:
                raise SpreadsheetMissing(self.account)
            if answer.status_code == HTTPStatus.FORBIDDEN:
                raise AccessDenied(_DENIED, self.account)
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        except (requests.RequestException, GoogleAuthError, ValueError):
            raise NotReady(_WAIT) from None
        return found
