"""Makes the trimmed documents of backend/localsheets/contract from Google's own, or compares them.

    python tests/contracts/discovery.py             say whether they differ
    python tests/contracts/discovery.py --write     write them anew
    python tests/contracts/discovery.py --download  only fetch the package they are taken from

Google's documents are part of the package google-api-python-client. It is 111 MB installed, so it is no
requirement: its wheel (17 MB, pinned by version and checksum) is downloaded once and read as a zip.
"""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "backend" / "localsheets" / "contract"
VERSION = "2.202.0"
WHEEL = ROOT / "build" / f"google_api_python_client-{VERSION}-py3-none-any.whl"
CHECKSUM = "aaa90064c9bb642ff1d065b22ca8958a2cb6e345909cefe70d0e5452fc50e08b"
DOCUMENTS = ("sheets.v4", "drive.v3")
LICENCE = "Apache-2.0; descriptions and what no kept method reaches are left out"
DRIVE_METHODS = frozenset(
    f"drive.{name}"
    for name in (
        *(f"files.{each}" for each in ("list", "create", "get", "update", "copy", "delete", "export")),
        *(f"permissions.{each}" for each in ("list", "create", "get", "update", "delete")),
        "comments.list",
    )
)
METHOD_PARTS = ("id", "httpMethod", "path", "request", "response", "supportsMediaDownload")
VALUE_PARTS = ("type", "format", "enum", "$ref", "repeated", "required", "location", "items")


def download() -> None:
    """Fetch the wheel with pip, from wherever pip is set up to look; say so when that fails."""
    if WHEEL.exists():
        return
    wanted = [f"google-api-python-client=={VERSION}", "--no-deps", "--dest", str(WHEEL.parent)]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", *wanted]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - pip, with arguments of our own
        sys.stderr.write(f"{WHEEL.name} could not be downloaded: the discovery documents are not compared.\n")


def original(name: str) -> dict[str, Any]:
    """Google's own document of a service."""
    found = hashlib.sha256(WHEEL.read_bytes()).hexdigest()
    if found != CHECKSUM:
        msg = f"{WHEEL} is not the wheel that was pinned: its SHA-256 is {found}"
        raise ValueError(msg)
    with zipfile.ZipFile(WHEEL) as wheel:
        content = wheel.read(f"googleapiclient/discovery_cache/documents/{name}.json")
    document: dict[str, Any] = json.loads(content)
    return document


def methods(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for each in resource.get("resources", {}).values():
        yield from methods(each)


def value(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema or a parameter without what is only meant for people."""
    kept = {name: schema[name] for name in VALUE_PARTS if name in schema}
    for name in ("items", "additionalProperties"):
        if name in schema:
            kept[name] = value(schema[name])
    if "properties" in schema:
        kept["properties"] = {name: value(each) for name, each in sorted(schema["properties"].items())}
    return kept


def references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for each in schema.values():
            yield from references(each)


def reachable(schemas: dict[str, Any], names: set[str]) -> set[str]:
    found: set[str] = set()
    while names:
        found |= names
        names = {each for name in names for each in references(schemas[name])} - found
    return found


def trimmed(name: str) -> dict[str, Any]:
    """What the contract needs of a document: methods, parameters and the schemas they reach."""
    document = original(name)
    kept = [each for each in methods(document) if name != "drive.v3" or each["id"] in DRIVE_METHODS]
    schemas = {each: value(schema) for each, schema in document["schemas"].items()}
    wanted = reachable(schemas, {each for method in kept for each in references(method)})
    return {
        "source": f"{name}.json of google-api-python-client {VERSION}, Copyright Google LLC",
        "licence": LICENCE,
        "revision": document["revision"],
        "rootUrl": document["rootUrl"],
        "servicePath": document["servicePath"],
        "parameters": {each: value(schema) for each, schema in sorted(document["parameters"].items())},
        "methods": {each["id"]: _method(each) for each in sorted(kept, key=lambda each: str(each["id"]))},
        "schemas": {each: schemas[each] for each in sorted(wanted)},
    }


def _method(method: dict[str, Any]) -> dict[str, Any]:
    kept = {name: method[name] for name in METHOD_PARTS if name in method and name != "id"}
    kept["parameters"] = {name: value(each) for name, each in sorted(method.get("parameters", {}).items())}
    return kept


def text(document: dict[str, Any]) -> str:
    """A trimmed document as JSON, a line for each method and schema: a new revision reads well as a diff."""
    lines = []
    for name, part in document.items():
        if isinstance(part, dict):
            inner = ",\n".join(f"{json.dumps(key)}:{_compact(each)}" for key, each in part.items())
            lines.append(f"{json.dumps(name)}:{{\n{inner}\n}}")
        else:
            lines.append(f"{json.dumps(name)}:{json.dumps(part)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _compact(part: Any) -> str:
    return json.dumps(part, separators=(",", ":"), sort_keys=True)


def main(arguments: list[str]) -> int:
    download()
    if "--download" in arguments:
        return 0
    different = 0
    for name in DOCUMENTS:
        file, new = FOLDER / f"{name}.json", text(trimmed(name))
        if "--write" in arguments:
            file.write_text(new, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != new:
            different = 1
            sys.stderr.write(
                f"{file.relative_to(ROOT)} is not what the package holds; write it with --write.\n"
            )
    return different


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
