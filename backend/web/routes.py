"""What a route is: where it stands, what it takes, what it answers and what it says in the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from marshmallow import Schema

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One thing the service answers.

    Attributes:
        path: As in the document, `/runs/{run_id}`.
        summary: What it does, in one line.
        answer: Does it, given the call and what stands in the path; gives the answer, or its fields.
        gives: The shape of the answer; None where it is no JSON of ours.
        body: The shape of what it takes; None where it reads no body.
        status: The status of a good answer.
        refusals: The statuses it may be refused with, besides those of every call.
        is_public: Whether nobody has to be signed in.
    """

    method: str
    path: str
    summary: str
    answer: Callable[..., dict[str, Any] | Response]
    gives: type[Schema] | None
    body: type[Schema] | None = None
    status: HTTPStatus = HTTPStatus.OK
    refusals: tuple[HTTPStatus, ...] = field(default=())
    is_public: bool = False

    @property
    def name(self) -> str:
        """Its name in the document and in figures, such as `get_runs_run_id`."""
        return re.sub(r"\W+", "_", f"{self.method.lower()}{self.path}").strip("_")

    @property
    def rule(self) -> str:
        """Its path as Flask wants it."""
        return _PLACE.sub(r"<\1>", self.path)

    @property
    def places(self) -> list[str]:
        """The names of what stands in its path."""
        return _PLACE.findall(self.path)
