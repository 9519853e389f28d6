"""The shape of a request: what is checked before anything reads it.

A body is checked against the messages of the discovery document (`message_shapes`) and comes out plain:
names in camelCase, numbers as numbers, a lone value for a repeated field as a list, null left out. As lenient
as the JSON form of protocol buffers is, and no further: what does not fit is a 400 that lists every fault,
what fits and is not done here is a 501.

Source: discovery document; wording of unknown names from theoephraim/
node-google-spreadsheet#523, googleapis/google-api-python-client#930, google-api-nodejs-client#1220.
"""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from backend.localsheets.changes import CHANGES
from backend.localsheets.field_mask import camel, parse_mask
from backend.localsheets.message_shapes import (
    EVERYWHERE,
    LISTS,
    MESSAGES,
    NOT_HERE,
    Method,
    Shape,
    unknown_fields,
)
from backend.localsheets.problems import Json, invalid_fields, unimplemented

BODY_FIELDS = {"Spreadsheet": "spreadsheet", "ValueRange": "data"}
"""Messages that are one field of the request; Google names that field in its refusals."""
ONEOFS: MappingProxyType[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "Request": ("kind", frozenset()),
        "ExtendedValue": (
            "value",
            frozenset({"numberValue", "stringValue", "boolValue", "formulaValue", "errorValue"}),
        ),
        "DataFilter": ("filter", frozenset({"developerMetadataLookup", "a1Range", "gridRange"})),
        "DeveloperMetadataLocation": ("location", frozenset({"spreadsheet", "sheetId", "dimensionRange"})),
        "ConditionalFormatRule": ("rule", frozenset({"booleanRule", "gradientRule"})),
        "UpdateCellsRequest": ("area", frozenset({"start", "range"})),
        "FindReplaceRequest": ("scope", frozenset({"range", "sheetId", "allSheets"})),
        "ColorStyle": ("kind", frozenset({"rgbColor", "themeColor"})),
    }
)
"""Fields of which a message has at most one, with the name of their group; a Request has one field at all."""
FILE_TEXTS = frozenset({"name", "mimeType", "description"})
MESSAGE_TYPE = "type.googleapis.com/google.apps.sheets.v4."
KIND_OF_REQUEST = re.compile(r"requests\[[0-9]+\]\.[A-Za-z]+")
INT32 = 2**31
INTEGER = re.compile(r"[+-]?[0-9]{1,10}")


def checked_query(method: Method, query: dict[str, list[str]]) -> None:
    """Refuse query parameters the method does not have, and values they cannot take."""
    check = Check()
    for name, given in query.items():
        known = method.query.get(camel(name))
        if known is not None:
            check.value(known, given if known == "[string]" else given[-1], camel(name))
        elif name not in EVERYWHERE:
            reason = "Cannot bind query parameter."
            check.problem(
                name,
                f'Invalid JSON payload received. Unknown name "{name}": {reason} '
                f"Field '{name}' could not be found in request message.",
            )
    check.conclude()


def checked_fields(method: Method, fields: str | None) -> None:
    """Refuse a `fields` parameter that names what the answer does not have, or that holds a space.

    Source: ringo380/claude-google-sheets-mcp#4 (the space); the text about the path is unverified.
    """
    if not fields:
        return
    paths = [fields] if " " in fields else list(unknown_fields(method.answer, parse_mask(fields)))
    if paths:
        sentence = "Error expanding 'fields' parameter. Cannot find matching fields for path '{}'."
        problems = [(path, sentence.format(path)) for path in paths]
        raise invalid_fields(problems, "Request contains an invalid argument.")


def checked_body(method: Method, body: Any) -> Json:
    """Give a request's body in plain form.

    Raises:
        RefusedError: 400, it does not have the shape of the method's message; 501, it asks for something
            Google does and this server does not.
    """
    kind = method.body
    if kind is None:
        return {}
    check = Check()
    result = check.message(kind, body, BODY_FIELDS.get(kind, ""))
    check.conclude()
    return result


def checked_file(body: Any) -> Json:
    """Give the body of a Drive request; Drive passes over names it does not know."""
    check = Check()
    if not isinstance(body, dict):
        check.problem("", "Invalid JSON payload received. Root element must be a message.")
    known = {
        name: each for name, each in (body if isinstance(body, dict) else {}).items() if each is not None
    }
    for name in FILE_TEXTS & set(known):
        check.value("string", known[name], name)
    check.conclude()
    return known


@dataclass(slots=True)
class Check:
    """What was found while one request was looked at."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def problem(self, path: str, sentence: str) -> None:
        """Note a fault."""
        self.problems.append((snake(path), sentence))

    def conclude(self) -> None:
        """Refuse the request when there was a fault, or something that is not done here."""
        if self.problems:
            raise invalid_fields(self.problems)
        if self.missing:
            raise unimplemented(what=self.missing[0])

    def message(self, kind: str, value: Any, path: str) -> Json:
        """Give a message in plain form."""
        if isinstance(value, list):
            self._no_list(path)
            return {}
        if not isinstance(value, dict):
            self._wrong(path, MESSAGE_TYPE + kind, value)
            return {}
        fields, result = MESSAGES[kind], {}
        for given, inner in value.items():
            name = camel(given)
            if name not in fields:
                self._unknown(given, path, "Cannot find field.")
            elif inner is not None:
                is_here = kind != "Request" or name in CHANGES
                place = f"{path}.{name}" if path else name
                result[name] = self.value(fields[name] if is_here else NOT_HERE, inner, place)
        self._oneof(kind, result, path)
        return result

    def value(self, shape: Shape, value: Any, path: str) -> Any:
        """Give the value of a field in plain form."""
        if shape == NOT_HERE:
            return self._not_here(value, path)
        if isinstance(shape, list):
            return self._enum(shape, value, path)
        if shape in SCALARS:
            return self._scalar(shape, value, path)
        if shape == LISTS:
            return self._lists(value, path)
        many = {"[": self._repeated, "{": self._map}.get(shape[0])
        return many(shape[1:-1], value, path) if many else self.message(shape, value, path)

    def _not_here(self, value: Any, path: str) -> None:
        if value not in ([], {}, False, "") or KIND_OF_REQUEST.fullmatch(path):
            self.missing.append(path)

    def _repeated(self, shape: str, value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            return [self.value(shape, value, path)]
        result: list[Any] = []
        for place, each in enumerate(value):
            inner = f"{path}[{place}]"
            if isinstance(each, list):
                result += self._repeated(shape, each, inner)
            else:
                result.append(self.value(shape, each, inner))
        return result

    def _lists(self, value: Any, path: str) -> list[list[Any]]:
        rows = value if isinstance(value, list) else [value]
        for place, row in enumerate(rows):
            if not isinstance(row, list):
                inner = f"{path}[{place}]" if rows is value else path
                self._wrong(inner, "type.googleapis.com/google.protobuf.ListValue", row)
        return rows

    def _map(self, shape: str, value: Any, path: str) -> Json:
        if not isinstance(value, dict):
            self._wrong(path, "Map", value)
            return {}
        return {
            key: self.value(shape, each, f"{path}[{key}]") for key, each in value.items() if each is not None
        }

    def _enum(self, names: list[str], value: Any, path: str) -> Any:
        if isinstance(value, list):
            self._no_list(path)
        elif value not in names:
            self._wrong(path, "TYPE_ENUM", value)
        return value

    def _scalar(self, shape: str, value: Any, path: str) -> Any:
        if isinstance(value, list) and shape != "any":
            self._no_list(path)
            return None
        try:
            return SCALARS[shape](value)
        except (ValueError, TypeError, OverflowError):
            self._wrong(path, f"TYPE_{shape.upper()}", value)
            return None

    def _wrong(self, path: str, kind: str, value: Any) -> None:
        shown = json.dumps(value, ensure_ascii=False)
        self.problem(path, f"Invalid value at '{snake(path)}' ({kind}), {shown}")

    def _no_list(self, path: str) -> None:
        place, _, name = path.rpartition(".")
        self._unknown(name, place, "Proto field is not repeating, cannot start list.")

    def _unknown(self, name: str, path: str, reason: str) -> None:
        where = f" at '{snake(path)}'" if path else ""
        self.problem(path, f'Invalid JSON payload received. Unknown name "{name}"{where}: {reason}')

    def _oneof(self, kind: str, message: Json, path: str) -> None:
        group, names = ONEOFS.get(kind, ("", frozenset()))
        given = [name for name in message if name in names or (kind == "Request")]
        for second in given[1:]:
            place = f"Invalid value at '{snake(path)}' (oneof)"
            self.problem(path, f"{place}, oneof field '{group}' is already set. Cannot set '{second}'")


def snake(path: str) -> str:
    """Give a path as Google's refusals spell it: `requests[0].addSheet` is `requests[0].add_sheet`."""
    return re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), path)


def _integer(value: Any) -> int:
    if isinstance(value, str) and INTEGER.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        raise TypeError(value)
    if not -INT32 <= value < INT32:
        raise ValueError(value)
    return int(value)


def _number(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not math.isfinite(number):
        raise TypeError(value)
    return value if isinstance(value, (int, float)) else number


def _truth(value: Any) -> bool:
    if not isinstance(value, bool) and str(value).lower() not in {"true", "false"}:
        raise TypeError(value)
    return value is True or str(value).lower() == "true"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


SCALARS: dict[str, Callable[[Any], Any]] = {
    "int32": _integer,
    "double": _number,
    "bool": _truth,
    "string": _text,
    "any": lambda value: value,
}
