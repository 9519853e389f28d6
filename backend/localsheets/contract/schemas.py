"""Google's discovery documents as JSON Schema 2020-12.

Discovery is a dialect of its own: `$ref` names a schema of the document, 64-bit numbers travel as text, and
nothing says what must be there. What proto3 JSON adds is put in: a request may hold null for any value.

Source: developers.google.com/discovery/v1/type-format; protobuf.dev/programming-guides/json.
"""

from backend.localsheets.problems import Json

_RANGES = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}


def json_schema(name: str, schemas: Json, *, nullable: bool) -> Json:
    """Give the JSON Schema of one message.

    Args:
        name: The message, such as `ValueRange`.
        schemas: All schemas of the discovery document.
        nullable: Whether null may stand for any value: so it is in requests; Google never answers null.
    """
    definitions: Json = {}
    wanted = {name}
    while wanted:
        for each in wanted:
            definitions[each] = _schema(schemas[each], nullable=nullable)
        wanted = {other for each in wanted for other in _mentioned(schemas[each])} - definitions.keys()
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "$ref": f"#/$defs/{name}", "$defs": definitions}


def _mentioned(schema: Json) -> set[str]:
    parts = [*schema.get("properties", {}).values()]
    parts += [schema[each] for each in ("items", "additionalProperties") if each in schema]
    found = {other for part in parts for other in _mentioned(part)}
    return {*found, schema["$ref"]} if "$ref" in schema else found


def _schema(schema: Json, *, nullable: bool) -> Json:
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    kind, form = schema.get("type", "any"), schema.get("format", "")
    if kind == "any":
        return {}
    null = ["null"] if nullable else []
    if form in {"int64", "uint64"}:
        return {"type": ["integer", "string", *null], "pattern": "^-?[0-9]+$"}
    return {"type": [kind, *null], **_inside(schema, kind, nullable=nullable)}


def _inside(schema: Json, kind: str, *, nullable: bool) -> Json:
    if kind == "array":
        return {"items": _schema(schema["items"], nullable=nullable)}
    if kind == "object":
        return _fields(schema, nullable=nullable)
    low, high = _RANGES.get(schema.get("format", ""), (None, None))
    choices = [*schema["enum"], *([None] if nullable else [])] if "enum" in schema else None
    limits = {"minimum": low, "maximum": high, "enum": choices}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _fields(schema: Json, *, nullable: bool) -> Json:
    declared = schema.get("properties", {})
    fields = {name: _schema(each, nullable=nullable) for name, each in declared.items()}
    rest = schema.get("additionalProperties")
    others = _schema(rest, nullable=nullable) if rest is not None else False
    return {"properties": fields, "additionalProperties": others}
