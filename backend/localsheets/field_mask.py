"""The `fields` parameter: which parts of a message are shown, or which parts an update touches."""

import re
from typing import Any, TypeAlias

from backend.localsheets.problems import Json, invalid

Mask: TypeAlias = dict[str, Any]
"""A tree of field names; an empty tree under a name means the whole field; `*` means every field."""

TOKEN = re.compile(r"[A-Za-z0-9_*]+|[(),./]")


def parse_mask(text: str) -> Mask:
    """Read a field mask: names, `a.b` or `a/b`, `a(b,c)` nested, `*`.

    Raises:
        RefusedError: The text is not a field mask.
    """
    compact = "".join(text.split())
    tokens = TOKEN.findall(compact)
    if "".join(tokens) != compact:
        raise invalid(message=f"Request contains an invalid argument: fields = {text}")
    mask, rest = _parse_list(tokens)
    if rest:
        raise invalid(message=f"Request contains an invalid argument: fields = {text}")
    return mask


def _parse_list(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while tokens and tokens[0] != ")":
        tokens = _parse_path(tokens, mask)
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
        elif tokens and tokens[0] != ")":
            raise invalid(message="Request contains an invalid argument: fields")
    return mask, tokens


def _parse_path(tokens: list[str], mask: Mask) -> list[str]:
    names = [camel(tokens[0])]
    tokens = tokens[1:]
    while len(tokens) > 1 and tokens[0] in {".", "/"}:
        names.append(camel(tokens[1]))
        tokens = tokens[2:]
    below: Mask = {}
    if tokens and tokens[0] == "(":
        below, tokens = _parse_list(tokens[1:])
        if not tokens:
            raise invalid(message="Request contains an invalid argument: fields")
        tokens = tokens[1:]
    _add(mask, names, below)
    return tokens


def _add(mask: Mask, names: list[str], below: Mask) -> None:
    for name in names[:-1]:
        if name in mask and not mask[name]:
            return
        mask = mask.setdefault(name, {})
    last = names[-1]
    if last in mask and mask[last] and below:
        mask[last].update(below)
    else:
        mask[last] = below


def camel(name: str) -> str:
    """Give the JSON spelling of a field name: `row_data` and `rowData` are the same field."""
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail) if head else name


def show(document: Any, mask: Mask) -> Any:
    """Give the parts of a JSON document a mask names; an empty mask gives all of it."""
    if not mask or "*" in mask:
        return document if len(mask) <= 1 and not mask.get("*") else _show_star(document, mask)
    if isinstance(document, list):
        return [show(item, mask) if item else item for item in document]
    if not isinstance(document, dict):
        return document
    return {name: show(document[name], below) for name, below in mask.items() if name in document}


def _show_star(document: Any, mask: Mask) -> Any:
    if isinstance(document, list):
        return [_show_star(item, mask) for item in document]
    if not isinstance(document, dict):
        return document
    return {name: show(value, mask[name] if name in mask else mask["*"]) for name, value in document.items()}


def wants(mask: Mask, *path: str) -> bool:
    """Tell whether a mask shows anything at or below a path."""
    for name in path:
        if not mask or ("*" in mask and not mask["*"]):
            return True
        if name not in mask and "*" not in mask:
            return False
        mask = mask[name] if name in mask else mask["*"]
    return True


def below(mask: Mask, *path: str) -> Mask:
    """Give the mask that holds for the value at a path; call only where `wants` is true."""
    for name in path:
        mask = mask[name] if name in mask else mask.get("*") or {}
    return mask


def update_mask(request: Json) -> Mask:
    """Give the mask of an update request.

    Raises:
        RefusedError: `fields` is missing or empty.
    """
    text = request.get("fields") or ""
    if not text.strip():
        raise invalid(
            message="At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    return parse_mask(text)


def updated(old: Json, new: Json, mask: Mask) -> Json:
    """Give `old` with the fields of the mask taken from `new`; a field `new` lacks is cleared."""
    if not mask or "*" in mask:
        return {name: value for name, value in new.items() if value is not None}
    result = dict(old)
    for name, deeper in mask.items():
        value = new.get(name)
        if deeper:
            value = updated(old.get(name) or {}, value or {}, deeper)
        if value is None or value == {}:
            result.pop(name, None)
        else:
            result[name] = value
    return result
