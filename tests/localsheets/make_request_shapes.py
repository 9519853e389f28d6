"""Makes backend/localsheets/request_shapes.json anew from the discovery document of the Sheets API.

    python tests/localsheets/make_request_shapes.py sheets.v4.json > backend/localsheets/request_shapes.json

The document is `googleapiclient/discovery_cache/documents/sheets.v4.json` of google-api-python-client.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend.localsheets.changes import CHANGES

Json = dict[str, Any]
NOT_HERE = "-"
UNIMPLEMENTED = {
    "CellData": {"pivotTable", "textFormatRuns", "dataSourceTable", "chipRuns", "dataSourceFormula"},
    "SortSpec": {
        "foregroundColor",
        "foregroundColorStyle",
        "backgroundColor",
        "backgroundColorStyle",
        "dataSourceColumnReference",
    },
    "Sheet": {"charts", "slicers", "tables", "commentAnchors"},
    "SheetProperties": {"dataSourceSheetProperties"},
    "Spreadsheet": {"comments", "commentsViewMode", "dataSources", "dataSourceSchedules"},
    "BasicFilter": {"tableId"},
    "FilterView": {"tableId"},
    "FilterSpec": {"dataSourceColumnReference"},
    "ProtectedRange": {"tableId"},
    "GetSpreadsheetByDataFilterRequest": {"commentsViewMode", "excludeTablesInBandedRanges"},
}
"""Fields this server knows and does not do; a request that sets one is refused with 501."""


def shape_of(schema: Json) -> Any:
    """Give the type of a field: `int32`, `[Sheet]`, `{FilterCriteria}`, or the list of an enum's names."""
    if "$ref" in schema:
        return schema["$ref"]
    if "enum" in schema:
        return schema["enum"]
    kind = schema.get("type")
    if kind == "array":
        inner = schema["items"]
        return "[ListValue]" if inner.get("type") == "array" else f"[{shape_of(inner)}]"
    if kind == "object":
        return f"{{{shape_of(schema['additionalProperties'])}}}"
    names = {"integer": "int32", "number": "double", "boolean": "bool", "any": "any", "string": "string"}
    return names[str(kind)]


def fields_of(name: str, schema: Json) -> Json:
    """Give the fields of a message with their types."""
    missing = UNIMPLEMENTED.get(name, set())
    if name == "Request":
        missing = set(schema["properties"]) - set(CHANGES)
    return {
        field: NOT_HERE if field in missing else shape_of(each)
        for field, each in sorted(schema["properties"].items())
    }


def methods_of(resource: Json) -> Iterator[Json]:
    """Give every method of a resource and of those below it."""
    yield from resource.get("methods", {}).values()
    for below in resource.get("resources", {}).values():
        yield from methods_of(below)


def method_shape(method: Json) -> Json:
    """Give what a method takes: HTTP method, path, query parameters, and the message of its body."""
    queries = {
        name: f"[{each['type']}]" if each.get("repeated") else shape_of(each)
        for name, each in method.get("parameters", {}).items()
        if each["location"] == "query"
    }
    body = method.get("request", {}).get("$ref")
    return {"method": method["httpMethod"], "path": method["flatPath"], "query": queries, "body": body}


def reachable(schemas: Json, roots: list[str]) -> Json:
    """Give the fields of every message the roots can hold."""
    found: Json = {}
    while roots:
        name = roots.pop()
        if name in found or name not in schemas or not schemas[name].get("properties"):
            found.setdefault(name, {})
            continue
        found[name] = fields_of(name, schemas[name])
        types = [each.strip("[]{}") for each in found[name].values() if isinstance(each, str)]
        roots += [each for each in types if each in schemas]
    return dict(sorted(found.items()))


def main() -> None:
    """Print the shapes, one message a line."""
    document = json.loads(Path(sys.argv[1]).read_text())
    methods = {each["id"].removeprefix("sheets."): method_shape(each) for each in methods_of(document)}
    roots = [each["body"] for each in methods.values() if each["body"]]
    parts = {
        "methods": methods,
        "messages": reachable(document["schemas"], roots),
    }
    lines = [
        f'"{part}": {{\n'
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in entries.items())
        + "\n}"
        for part, entries in parts.items()
    ]
    common = json.dumps(sorted(document["parameters"]))
    sys.stdout.write(f'{{\n"revision": "{document["revision"]}",\n"everywhere": {common},\n')
    sys.stdout.write(",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
