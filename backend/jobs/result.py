"""The result of a run as JSON, for whoever asked from the sheet: both languages, and never large."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from backend.core.wording import both
from backend.jobs import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.jobs.job import Outcome
    from sheets_schema.model import Text

MOST_BYTES = 60_000
"""Of the JSON, every character that is not ASCII written as an escape."""

MOST_CUSTOMERS = 20
MOST_LINES = 80
_LONGEST = (600, 300, 150, 75, 30, 10)
"""Most characters of a text: fewer, until the whole fits."""


def result_of(outcome: Outcome) -> Mapping[str, object]:
    """Give the result of a run, whatever its job.

    Returns:
        `headline`, `lines`, `changes` (`row`, `name`, `column`, `before`, `after`; at most 20),
        `needs_person` (`row`, `name`, `text`; at most 20, the most urgent first), and for a card
        `card` (`row`, `name`, `parts` of a `title` and `lines`). Texts of ours are {"zh", "en"}; a row is a
        text, `5`, or `East!5` where customers stand in several sheets, and '' where none is meant.
    """
    for longest in _LONGEST:
        result = _result(outcome, longest)
        if len(json.dumps(result)) <= MOST_BYTES:
            break
    return result


def _result(outcome: Outcome, longest: int) -> dict[str, Any]:
    def cut(text: str) -> str:
        return text if len(text) <= longest else f"{text[: longest - 1]}…"

    def spoken(text: Text) -> dict[str, str]:
        return {"zh": cut(text.zh), "en": cut(text.en)}

    def listed(texts: Iterable[Text]) -> list[dict[str, str]]:
        return [spoken(text) for text in texts][:MOST_LINES]

    result: dict[str, Any] = {
        "headline": spoken(telling.headline(outcome)),
        "lines": listed(_lines(outcome)),
        "changes": [
            {
                "row": cut(one.spot),
                "name": cut(one.name),
                "column": spoken(one.column),
                "before": cut(one.before),
                "after": cut(one.after),
            }
            for one in outcome.changes
        ],
        "needs_person": [
            {"row": cut(one.spot), "name": cut(one.name), "text": spoken(one.text)} for one in outcome.matters
        ],
    }
    if outcome.job == "customer-card":
        card = outcome.cards[0]
        parts = [{"title": spoken(title), "lines": listed(lines)} for title, lines in telling.parts(card)]
        result["card"] = {"row": cut(card.spot), "name": cut(card.name), "parts": parts}
    return result


def _lines(outcome: Outcome) -> list[Text]:
    if telling.is_undo(outcome):
        return telling.undone(outcome, "")[1:] + [both("nothing-written")] * outcome.preview
    if outcome.job == "customer-card":
        return []
    said = telling.customers(outcome.cards, MOST_CUSTOMERS) if outcome.cards else telling.found(outcome)
    preview = [both("nothing-written")] * outcome.preview
    # What was written, and what is left to do, comes first: the customers' lines may be many.
    return [telling.written(outcome), *preview, *telling.unsettled(outcome), *telling.aside(outcome), *said]
