"""The messages and methods of Google's discovery documents in short form: the type of each field.

A type is a word: `int32`, `double`, `bool`, `string`, `any`; the name of a message; `[X]` for several, `{X}`
for a map from text; a list for an enum's names; and `-` for a field this server does nothing with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from backend.localsheets.contract import document, methods
from backend.localsheets.field_mask import Mask
from backend.localsheets.problems import Json

Shape: TypeAlias = str | list[str]
NOT_HERE = "-"
LISTS = "[ListValue]"
WORDS = MappingProxyType(
    {"integer": "int32", "number": "double", "boolean": "bool", "any": "any", "string": "string"}
)
UNIMPLEMENTED: MappingProxyType[str, frozenset[str]] = MappingProxyType(
    {
        "CellData": frozenset(
            {"pivotTable", "textFormatRuns", "dataSourceTable", "chipRuns", "dataSourceFormula"}
        ),
        "SortSpec": frozenset(
            {
                "foregroundColor",
                "foregroundColorStyle",
                "backgroundColor",
                "backgroundColorStyle",
                "dataSourceColumnReference",
            }
        ),
        "Sheet": frozenset({"charts", "slicers", "tables", "commentAnchors"}),
        "SheetProperties": frozenset({"dataSourceSheetProperties"}),
        "Spreadsheet": frozenset({"comments", "dataSources", "dataSourceSchedules"}),
        "BasicFilter": frozenset({"tableId"}),
        "FilterView": frozenset({"tableId"}),
        "FilterSpec": frozenset({"dataSourceColumnReference"}),
        "ProtectedRange": frozenset({"tableId"}),
    }
)
"""Fields a request may not set here: it is refused with 501, where Google would have done something."""


def shape_of(schema: Json) -> Shape:
    """Give the type of a field of the discovery document in short form."""
    if "$ref" in schema:
        return str(schema["$ref"])
    if "enum" in schema:
        return list(schema["enum"])
    if schema["type"] == "array":
        items = schema["items"]
        return LISTS if items.get("type") == "array" else f"[{shape_of(items)}]"
    if schema["type"] == "object":
        return f"{{{shape_of(schema['additionalProperties'])}}}"
    return WORDS[schema["type"]]


def _fields(name: str, schema: Json) -> dict[str, Shape]:
    missing = UNIMPLEMENTED.get(name, frozenset())
    fields = schema.get("properties", {})
    return {field: NOT_HERE if field in missing else shape_of(each) for field, each in fields.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What a method takes and gives: its path, its query, the messages of its body and its answer."""

    http_method: str
    template: str
    query: dict[str, Shape]
    body: str | None
    answer: str


def _method(method: Json) -> Method:
    queries = {name: each for name, each in method["parameters"].items() if each["location"] == "query"}
    shapes = {name: "[string]" if each.get("repeated") else shape_of(each) for name, each in queries.items()}
    return Method(
        http_method=method["httpMethod"],
        template=method["path"],
        query=shapes,
        body=method.get("request", {}).get("$ref"),
        answer=method["response"]["$ref"],
    )


_SHEETS = document("sheets.v4")
MESSAGES = MappingProxyType({name: _fields(name, each) for name, each in _SHEETS["schemas"].items()})
METHODS = MappingProxyType({name: _method(each) for name, each in _SHEETS["methods"].items()})
EVERYWHERE = frozenset(_SHEETS["parameters"])
"""Query parameters of every method."""


def method_of(http_method: str, path: str) -> Method | None:
    """Give the method at a path; None when the Sheets API has no such method."""
    found = methods.method_of(http_method, path)
    return METHODS.get(found.method_id) if found else None


def unknown_fields(message: str, mask: Mask, above: str = "") -> Iterator[str]:
    """Give the paths a field mask names though the message, or one in it, has no such field."""
    for name, deeper in mask.items():
        shape = MESSAGES[message].get(name)
        inner = shape.strip("[]") if isinstance(shape, str) else ""
        if name == "*":
            continue
        if shape is None:
            yield above + name
        elif deeper and inner in MESSAGES:
            yield from unknown_fields(inner, deeper, f"{above}{name}.")
