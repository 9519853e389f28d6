"""The methods of a discovery document: which of them a URL means, and what its query may hold."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

from backend.localsheets.problems import Json

DOCUMENTS = ("sheets.v4", "drive.v3")
VARIABLE = re.compile(r"\{(\w+)\}")
_KINDS = {"boolean": re.compile(r"true|false", re.IGNORECASE), "integer": re.compile(r"-?[0-9]+")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method: `path` matches the path of a URL; `request` and `response` name schemas or are empty."""

    service: str
    method_id: str
    http_method: str
    path: re.Pattern[str]
    parameters: Json
    request: str
    response: str

    def query_faults(self, url: str) -> Iterator[str]:
        """Give a sentence for each query parameter that is not declared or has a value it cannot have."""
        for name, values in parse_qs(urlsplit(url).query, keep_blank_values=True).items():
            declared = self.parameters.get(name, {})
            if declared.get("location") != "query":
                yield f"the query parameter {name} is not declared"
            elif len(values) > 1 and not declared.get("repeated"):
                yield f"the query parameter {name} is given {len(values)} times"
            elif not all(_fits(each, declared) for each in values):
                yield f"the query parameter {name} has a value it cannot have"


def _fits(text: str, declared: Json) -> bool:
    if "enum" in declared and text not in declared["enum"]:
        return False
    kind = _KINDS.get(declared["type"])
    return kind is None or kind.fullmatch(text) is not None


@cache
def document(name: str) -> Json:
    """Give a trimmed discovery document of this package."""
    content = files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    found: Json = json.loads(content)
    return found


@cache
def methods() -> tuple[Method, ...]:
    """Give all methods; no two of them have one path."""
    return tuple(each for name in DOCUMENTS for each in _methods_of(name))


def _methods_of(service: str) -> Iterator[Method]:
    source = document(service)
    for method_id, method in source["methods"].items():
        start = f"/{source['servicePath']}"
        yield Method(
            service=service,
            method_id=method_id,
            http_method=method["httpMethod"],
            path=_pattern(start + method["path"]),
            parameters={**source["parameters"], **method["parameters"]},
            request=method.get("request", {}).get("$ref", ""),
            response=method.get("response", {}).get("$ref", ""),
        )


def _pattern(template: str) -> re.Pattern[str]:
    """Give the pattern of a method's path; a range may hold a colon, an id may not."""
    parts = VARIABLE.split(template)
    places = {"range": "[^/]+"}
    return re.compile(
        "".join(
            places.get(part, "[^/:]+") if place % 2 else re.escape(part) for place, part in enumerate(parts)
        )
    )


def method_of(http_method: str, url: str) -> Method | None:
    """Give the method a request means, or None when the documents have none."""
    path = urlsplit(url).path
    for each in methods():
        if each.http_method == http_method.upper() and each.path.fullmatch(path):
            return each
    return None
