"""Batches that are carried out at most once: each brings a piece of metadata whose id may exist only once.

A copy that is delivered again, or late, fails as a whole (row-safety.md, section 1). When an answer got lost,
the fence is put up alone: then either the batch was carried out before, or it never will be.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from backend.errors import AnswerUnclear, RequestRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.adapters.google.client import SheetsClient

_KEY = "steward.fence"
_TRIES = 3
_MOST = 2**31 - 1
_KEPT = timedelta(hours=1)
"""How long a fence stands: Google carries nothing out later than 180 seconds after it came."""

Request = dict[str, Any]


def send_once(client: SheetsClient, spreadsheet_id: str, requests: Sequence[Request], now: datetime) -> None:
    """Send a batch; when this returns it has been carried out, or never will be: the sheet says which.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        requests: The batch.
        now: The moment, UTC.

    Raises:
        RequestRefused: It was refused as a whole.
        AnswerUnclear: The fence got no answer several times either.
    """
    fence = _fence(now)
    try:
        client.batch_update(spreadsheet_id, {"requests": [fence, *requests]})
    except AnswerUnclear:
        _close(client, spreadsheet_id, fence)
    except RequestRefused:
        if _close(client, spreadsheet_id, fence):
            raise


def old_fences(client: SheetsClient, spreadsheet_id: str, now: datetime) -> list[Request]:
    """Give the requests that take away fences nothing can come back to: one read."""
    url = f"{SPREADSHEETS_API_V4_BASE_URL}/{spreadsheet_id}/developerMetadata:search"
    wanted = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": _KEY}}]}
    found = client.request("post", url, json=wanted).json().get("matchedDeveloperMetadata", ())
    past = _moment(now - _KEPT)
    ids = [
        one["developerMetadata"]["metadataId"]
        for one in found
        if one["developerMetadata"].get("metadataValue", "") < past
    ]
    return [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": one}}}}
        for one in ids
    ]


def _close(client: SheetsClient, spreadsheet_id: str, fence: Request) -> bool:
    """Put a fence up alone; say whether it did not stand: what was refused was the batch, no copy of it."""
    for tried in range(_TRIES):
        try:
            client.batch_update(spreadsheet_id, {"requests": [fence]})
        except RequestRefused:
            return False
        except AnswerUnclear:
            if tried == _TRIES - 1:
                raise
        else:
            return True
    return False


def _fence(now: datetime) -> Request:
    metadata = {
        "metadataId": secrets.randbelow(_MOST) + 1,
        "metadataKey": _KEY,
        "metadataValue": _moment(now),
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
