"""What Google answers when it refuses: the error JSON, its statuses and its messages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

STATUS_NAMES = (
    (400, "INVALID_ARGUMENT"),
    (403, "PERMISSION_DENIED"),
    (404, "NOT_FOUND"),
    (501, "UNIMPLEMENTED"),
)


LINES_AT_ONCE = 1_000
"""Rows of an answer that are made into JSON together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer: status code, headers, and the body as bytes (empty for 204)."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def json_answer(document: Json, status: int = 200) -> Answer:
    """Give a document as Google sends it: UTF-8 JSON, no character escaped without need."""
    ranges = document.get("valueRanges") or [document]
    is_large = sum(len(one.get("values") or ()) for one in ranges) > LINES_AT_ONCE
    body = b"".join(_pieces(document)) if is_large else _encoded(document)
    return Answer(status=status, headers={"Content-Type": "application/json; charset=UTF-8"}, body=body)


def _encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _pieces(value: Any) -> Iterator[bytes]:
    """Give JSON piece by piece, so that the encoder's own memory stays small for a large sheet."""
    if isinstance(value, dict) and value:
        for place, name in enumerate(value):
            yield (b"," if place else b"{") + _encoded(name) + b":"
            yield from _pieces(value[name])
        yield b"}"
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for place, one in enumerate(value):
            yield b"," if place else b"["
            yield from _pieces(one)
        yield b"]"
    elif isinstance(value, list) and len(value) > LINES_AT_ONCE:
        for start in range(0, len(value), LINES_AT_ONCE):
            yield b"," if start else b"["
            yield _encoded(value[start : start + LINES_AT_ONCE])[1:-1]
        yield b"]"
    else:
        yield _encoded(value)


class RefusedError(Exception):
    """The request is refused; nothing was changed.

    Args:
        code: HTTP status.
        message: Google's sentence.
        details: Google's `details` list, where it sends one.
    """

    def __init__(self, code: int, message: str, details: list[Json] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    def answer(self) -> Answer:
        """Give the refusal in Google's error shape."""
        error: Json = {"code": self.code, "message": self.message, "status": dict(STATUS_NAMES)[self.code]}
        if self.details:
            error["details"] = self.details
        return json_answer({"error": error}, self.code)


class DriveRefusedError(RefusedError):
    """The same of the Drive service, which words its refusals in an older form.

    Args:
        code: HTTP status.
        message: Google's sentence.
        reason: Google's word for it.
    """

    def __init__(self, code: int, message: str, reason: str) -> None:
        super().__init__(code, message)
        self.reason = reason

    def answer(self) -> Answer:
        """Give the refusal in Drive's error shape (masbug/flysystem-google-drive-ext#120)."""
        told = {"message": self.message, "domain": "global", "reason": self.reason}
        return json_answer(
            {"error": {"code": self.code, "message": self.message, "errors": [told]}}, self.code
        )


def invalid(*, message: str) -> RefusedError:
    """Give a 400: the request makes no sense."""
    return RefusedError(400, message)


def invalid_fields(problems: list[tuple[str, str]], message: str | None = None) -> RefusedError:
    """Give a 400 for fields that do not have the shape of the message.

    Args:
        problems: Where (the path of the field) and what (Google's sentence), for each of them.
        message: The sentence for all; without it, all the sentences.

    Source: recording WorksheetTest.test_add_validation; googleapis/google-api-php-client#1403 for several.
    """
    violations = [
        {**({"field": path} if path else {}), "description": sentence} for path, sentence in problems
    ]
    bad_request = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}
    return RefusedError(400, message or "\n".join(sentence for _, sentence in problems), [bad_request])


def not_found() -> RefusedError:
    """Give the 404 of the Sheets service."""
    return RefusedError(404, "Requested entity was not found.")


def not_permitted() -> RefusedError:
    """Give the 403 of the Sheets service (recording ClientTest.test_access_private_spreadsheet)."""
    return RefusedError(403, "The caller does not have permission")


def drive_refusal(code: int, reason: str, message: str) -> RefusedError:
    """Give a refusal of the Drive service."""
    return DriveRefusedError(code, message, reason)


def file_not_found(file_id: str) -> RefusedError:
    """Give the 404 of the Drive service."""
    return drive_refusal(404, "notFound", f"File not found: {file_id}.")


def unimplemented(*, what: str) -> RefusedError:
    """Give a 501 that names what this server does not do; Google itself would have done it."""
    return RefusedError(501, f"The local Sheets server does not implement {what}.")


def exceeds_grid(range_name: str, row_count: int, column_count: int) -> RefusedError:
    """Give the 400 for a range that starts or writes outside the grid.

    Source: measured on the real service (facts page, row "A1").
    """
    return invalid(
        message=f"Range ({range_name}) exceeds grid limits. "
        f"Max rows: {row_count}, max columns: {column_count}"
    )
