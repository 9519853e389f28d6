"""One request, taken apart and checked: method, path, query and body."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from backend.localsheets.message_shapes import method_of
from backend.localsheets.problems import Json, invalid
from backend.localsheets.request_shapes import checked_body, checked_fields, checked_file, checked_query

SHEETS = "/v4/spreadsheets"
FILES = "/drive/v3/files"
RANGE_PARTS = 2
"""Parts of the path behind the spreadsheet's id where it names a range: `values`, the range."""

_ACTION = re.compile(r"(?P<name>.*?)(?::(?P<action>[A-Za-z]+))?")
_KNOWN_ACTIONS = frozenset({"append", "clear", "batchUpdate", "getByDataFilter", "copyTo"})


class Call:
    """One request, taken apart.

    Raises:
        RefusedError: 400, it does not fit Google's discovery document.
    """

    def __init__(self, method: str, url: str, body: bytes | None) -> None:
        parts = urlsplit(url)
        self.method = method.upper()
        self.path = parts.path
        self.query = parse_qs(parts.query, keep_blank_values=True)
        self.body = self._checked(body)

    def _checked(self, body: bytes | None) -> Json:
        method = method_of(self.method, self.path)
        if method is not None:
            checked_query(method, self.query)
            checked_fields(method, self.option("fields"))
            return checked_body(method, _parsed(body))
        return checked_file(_parsed(body)) if self.path.startswith(FILES) else {}

    def option(self, name: str) -> str | None:
        """Give a query parameter, or None."""
        found = self.query.get(name)
        return found[-1] if found else None

    @property
    def options(self) -> Json:
        """The query parameters, the last one of each."""
        return {name: found[-1] for name, found in self.query.items()}


def _parsed(body: bytes | None) -> Any:
    if not body:
        return {}
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise invalid(message=f"Invalid JSON payload received. {error}") from error


def _no_number(text: str) -> float:
    raise ValueError(text)


def with_action(text: str) -> tuple[str, str]:
    """Take the action off the end of a part of a path: `A1:B2:clear` is (`A1:B2`, `clear`)."""
    found = _ACTION.fullmatch(text)
    if found is None or found["action"] not in _KNOWN_ACTIONS:
        return text, ""
    return found["name"], found["action"]
