"""Filters: the basic filter of a tab and its filter views, as messages, and how they follow columns.

The criteria are kept and shown. Of the basic filter, values that are hidden hide their rows; conditions hide
none, and a filter view hides rows from one person alone.
"""

from backend.localsheets.grid import Shift, shift_object, shift_span
from backend.localsheets.problems import Json


def with_both_forms(given: Json, mask: Json | None = None) -> Json:
    """Give a filter with its criteria as `filterSpecs` and as `criteria`, columns in order.

    Args:
        given: A BasicFilter or FilterView.
        mask: The fields an update named; when it names one of the two forms only, that one holds.

    Source: discovery document, FilterView: both are populated in answers, filterSpecs takes precedence.
    """
    named = set(mask or ())
    specs = given.get("filterSpecs")
    if specs is None or (named & {"criteria", "filterSpecs"} == {"criteria"}):
        specs = [
            {"columnIndex": int(column), "filterCriteria": criteria}
            for column, criteria in (given.get("criteria") or {}).items()
        ]
    return _with_specs(given, specs)


def _with_specs(given: Json, specs: list[Json]) -> Json:
    rest = {name: each for name, each in given.items() if name not in {"criteria", "filterSpecs"}}
    if not specs:
        return rest
    specs = sorted(specs, key=_column)
    criteria = {str(_column(spec)): spec.get("filterCriteria") or {} for spec in specs}
    return {**rest, "criteria": criteria, "filterSpecs": specs}


def _column(spec: Json) -> int:
    return int(spec.get("columnIndex") or 0)


def shift_filter(shift: Shift, given: Json) -> Json | None:
    """Give a filter after rows or columns were inserted, deleted or moved; None when all its cells are gone.

    What it says about a column follows the column, and goes with it.
    """
    moved = shift_object(shift, given)
    if moved is None or shift.dimension == "ROWS" or shift.band is not None:
        return moved
    specs = _followed(shift, moved.get("filterSpecs") or [], "columnIndex")
    moved = _with_specs(moved, specs)
    orders = _followed(shift, moved.pop("sortSpecs", None) or [], "dimensionIndex")
    return {**moved, "sortSpecs": orders} if orders else moved


def _followed(shift: Shift, specs: list[Json], name: str) -> list[Json]:
    places = ((spec, int(spec.get(name) or 0)) for spec in specs)
    spans = ((spec, shift_span(shift, column, column + 1)) for spec, column in places)
    return [{**spec, name: span[0]} for spec, span in spans if span is not None]
