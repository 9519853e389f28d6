"""The script of the sheet on a V8 of its own, with scripted answers of the backend."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

BRIDGE = Path(__file__).parents[2] / "appsscript_bridge"
SRC = BRIDGE / "src"
FAKES = Path(__file__).parent / "fakes.js"


def sources() -> dict[str, str]:
    """The script files, by name."""
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(SRC.glob("*.js"))}


def pages() -> dict[str, str]:
    """The files of the sidebar, by name without ending."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(SRC.glob("*.html"))}


def manifest() -> dict[str, Any]:
    return dict(json.loads((SRC / "appsscript.json").read_text(encoding="utf-8")))


def said(body: object, status: int = 200, **headers: str) -> Mapping[str, Any]:
    """An answer of the backend; `retry_after` stands for the header of that name."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return {
        "status": status,
        "text": text,
        "headers": {key.replace("_", "-"): value for key, value in headers.items()},
    }


def refused(code: str, status: int, message: str = "as it is", **headers: str) -> Mapping[str, Any]:
    """The backend's shape of an error."""
    return said({"ok": False, "error": {"code": code, "message": message}}, status, **headers)


def run(state: str = "queued", **more: Any) -> dict[str, Any]:
    """A run as the backend tells of it."""
    return {
        "run_id": "20261122-0700-a1b2",
        "job": "validate-and-tier",
        "state": state,
        "preview": False,
        "created": "2026-11-22T07:00:00+00:00",
        "started": None,
        "ended": None,
        "requested_by": "ann@acme.example",
        "progress": {"stage": "", "stage_text": "", "done": 0, "total": 0},
        "counts": {},
        "message": "",
        "result": None,
        **more,
    }


@dataclass(slots=True)
class Script:
    """The files of `src` in one global scope, as Google runs them.

    Attributes:
        own: Names the files add to the global scope.
    """

    locale: str = "en"
    bound: bool = False
    own: frozenset[str] = field(init=False)
    _engine: MiniRacer = field(default_factory=MiniRacer)

    def __post_init__(self) -> None:
        self.evaluate(FAKES.read_text(encoding="utf-8"))
        self.set(locale=self.locale, manifest=manifest(), files=pages())
        before = self._globals()
        for text in sources().values():
            self.evaluate(text.replace("bound: false", "bound: true") if self.bound else text)
        self.own = frozenset(self._globals() - before)

    def close(self) -> None:
        """Stop the engine, and say what the script did that Google would refuse."""
        broken = self.world("broken")
        self._engine.close()
        assert broken == []

    def _globals(self) -> set[str]:
        return set(self.value("Object.getOwnPropertyNames(globalThis)"))

    def evaluate(self, code: str) -> None:
        self._engine.eval(f"{code}\n;0")

    def value(self, expression: str) -> Any:
        """The value of an expression, as far as JSON can carry it."""
        return json.loads(str(self._engine.eval(f"JSON.stringify({expression})")))

    def set(self, **world: object) -> None:
        """Change the world the script finds itself in."""
        self.evaluate(f"Object.assign(world, {json.dumps(world)})")

    def world(self, name: str) -> Any:
        return self.value(f"world.{name} ?? null")

    def answers(self, *answers: object) -> None:
        """What the backend says to the next requests, in order; a text is thrown, as Google throws."""
        self.set(scripted=list(answers))
        self.evaluate(
            "world.fetch = (url) => {"
            "  const answer = world.scripted.shift();"
            "  if (!answer) refuse(`No answer is scripted for ${url}`);"
            "  if (typeof answer === 'string') throw new Error(answer);"
            "  return answer; }"
        )

    def call(self, name: str, *arguments: object) -> Any:
        """Call a function as a menu or the sidebar does."""
        listed = json.dumps([name, *arguments])
        return self.value(f"callByName(...{listed})")

    @property
    def sent(self) -> list[str]:
        """Method and path of every request."""
        return [f"{one['method']} {one['url'].partition('.com')[2]}" for one in self.world("sent")]

    @property
    def boot(self) -> dict[str, Any]:
        """What the sidebar was told."""
        text = self.value('world.sidebar.html.match(/data-boot="([^"]*)"/)[1]')
        return dict(json.loads(html.unescape(str(text))))
