"""Why a row of a file is not simply new, in words a person reads; contact details are masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.arrivals import Fate
from backend.core.duplicates import explain
from backend.core.fields.reading import excerpt
from backend.core.masking import shown
from backend.core.wording import say

if TYPE_CHECKING:
    from backend.core.arrivals import Arrival, Difference
    from sheets_schema.model import Language, Tab


def why(arrival: Arrival, tab: Tab, language: Language) -> str:
    """Say why, in one line.

    Args:
        arrival: A row that is told about.
        tab: The Customers tab, for the names of its columns.
        language: In which language.
    """
    match arrival.fate:
        case Fate.REFUSED:
            return say(arrival.reason, language)
        case Fate.UPDATE:
            return _cells("arrival-update", "arrival-filled", arrival, tab, language)
        case Fate.CONFLICT:
            return _cells("arrival-conflict", "arrival-differs", arrival, tab, language)
        case _:
            labels = {column.id: column.label for column in tab.columns}
            reason = explain(arrival.evidence, language, labels) or say("arrival-same-cells", language)
            code = "arrival-maybe-ours" if arrival.belongs else "arrival-maybe-theirs"
            return say(code, language, row=arrival.spot, why=reason)


def _cells(code: str, cell_code: str, arrival: Arrival, tab: Tab, language: Language) -> str:
    cells = say("problem-and", language).join(
        _cell(cell_code, difference, tab, language) for difference in arrival.differences
    )
    return say(code, language, row=arrival.spot, cells=cells)


def _cell(code: str, difference: Difference, tab: Tab, language: Language) -> str:
    column = tab.column(difference.column)
    return say(
        code,
        language,
        label=column.label.to(language),
        theirs=excerpt(shown(column, difference.theirs)),
        ours=excerpt(shown(column, difference.ours)),
    )
