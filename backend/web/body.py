"""The body of a call: one small JSON object, held against the shape its route takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from marshmallow import ValidationError

from backend.errors import BodyTooLarge, BodyUnreadable, ContentTypeWrong, FieldsWrong

if TYPE_CHECKING:
    from flask import Request
    from marshmallow import Schema

MOST_BYTES = 16 * 1024
_DEEPEST = 6


def read_body(request: Request, schema: Schema) -> dict[str, Any]:
    """Give the fields of a body.

    Raises:
        BodyTooLarge: It is longer than any call needs.
        ContentTypeWrong: There is a body, and it is not said to be JSON.
        BodyUnreadable: It is no JSON object, holds a field twice, or is nested too deep.
        FieldsWrong: A field is missing, unknown or cannot be used.
    """
    raw = request.get_data(cache=False)
    if len(raw) >= MOST_BYTES:  # of a body without a length no more is read
        raise BodyTooLarge(MOST_BYTES)
    if not raw and not schema.fields:
        return {}
    if request.mimetype != "application/json":
        raise ContentTypeWrong
    try:
        loaded: dict[str, Any] = schema.load(_object(raw))
    except ValidationError as problem:
        raise FieldsWrong(_paths(problem.messages)) from None
    return loaded


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value: object = json.loads(raw, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BodyUnreadable from None
    if not isinstance(value, dict) or _depth(value) > _DEEPEST or _has_surrogate(raw, value):
        raise BodyUnreadable
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError
    return names


def _refuse(_text: str) -> NoReturn:
    raise ValueError


def _depth(value: object) -> int:
    """Give how deep a value is nested; what is far too deep is not walked to its end."""
    deepest, level = 0, [value]
    while level and deepest <= _DEEPEST:
        inner = [one for each in level if isinstance(each, dict | list) for one in _inside(each)]
        deepest += any(isinstance(each, dict | list) for each in level)
        level = inner
    return deepest


def _inside(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def _has_surrogate(raw: bytes, value: object) -> bool:
    """Say whether a text in it is no Unicode text: half of a pair, which no database takes."""
    if b"\\u" not in raw:
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _paths(messages: Any, before: str = "") -> list[str]:
    """Give the names of fields that are wrong, such as `arguments.rows`, cut short."""
    if not isinstance(messages, dict):
        return [before]
    found = [path for name, inner in messages.items() for path in _paths(inner, _joined(before, str(name)))]
    return sorted(set(found))[:10]


def _joined(before: str, name: str) -> str:
    shown = "".join(char if char.isprintable() else "?" for char in name[:40])
    if name == "_schema" or name.isdecimal():
        return before
    return f"{before}.{shown}" if before else shown
