"""Holds every request and answer that passes through a local server in a test against Google's documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlsplit

from backend.localsheets import Answer
from backend.localsheets.contract import answer_faults, request_faults

_UNKNOWN = "Permission: the message: Additional properties are not allowed ('withLink' was unexpected)"
ACCEPTED = frozenset(
    {
        "drive.files.get: the query parameter includeItemsFromAllDrives is not declared",
        f"drive.permissions.create: {_UNKNOWN}",
    }
)
"""What gspread itself sends and Google takes though the documents do not know it."""

UNKNOWN = "/upload/drive/v2/"
"""Where gspread's import_csv goes: an older Drive, which these documents do not hold."""

_found: list[str] = []
_by_hand = ContextVar("by_hand", default=False)


@contextmanager
def by_hand(*, on: bool = True) -> Iterator[None]:
    """Requests in here are a test's own, meant to be wrong or lenient: only their answers are checked."""
    before = _by_hand.set(on)
    try:
        yield
    finally:
        _by_hand.reset(before)


def watch(method: str, url: str, body: bytes | None, answer: Answer) -> None:
    """Note what is wrong; nothing is raised here, where the product could catch it."""
    is_unknown = urlsplit(url).path.startswith(UNKNOWN)
    asked = [] if is_unknown or _by_hand.get() else request_faults(method, url, body)
    found = [*asked, *answer_faults(method, url, answer.status, answer.body)]
    _found.extend(f"{method} {url}: {each}" for each in found if each not in ACCEPTED)


def taken() -> list[str]:
    """Give what was wrong since the last time."""
    found = _found.copy()
    _found.clear()
    return found
