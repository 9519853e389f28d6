"""How a `TrueSheet` follows the requests of a batchUpdate, whoever sent them."""

from collections.abc import Sequence

from backend.localsheets.changes.moving import sort_order
from backend.localsheets.grid import Area, Shift
from backend.localsheets.problems import Json
from backend.localsheets.sheet import Sheet
from backend.localsheets.truth import TrueSheet

_PLACES = ("range", "source", "destination", "start")
_UNFOLLOWED = frozenset(
    {"insertRange", "deleteRange", "deleteDuplicates", "pasteData", "autoFill", "randomizeRange"}
)
_SHIFTS = ("insertDimension", "deleteDimension", "moveDimension")


class CannotFollowError(Exception):
    """A request moved cells in an unknown way; no ValueError, which clients take for bad JSON."""


def follow(
    truth: TrueSheet,
    requests: Sequence[Json],
    before: Sheet,
    *,
    by_person: bool,
    others: Sequence[Sheet] = (),
) -> None:
    """Let a true sheet follow requests that were carried out.

    What the tool writes into cells is left out: it is for the tool to answer for.

    Args:
        truth: The mirror of the tab.
        requests: The requests of one batch, in order.
        before: The tab as it was before the batch.
        by_person: Whether a person sent them; otherwise the tool.
        others: The other tabs as they were before; of a tool's paste from one it is followed what comes back.

    Raises:
        CannotFollowError: A request moves cells of the tab in a way the mirror does not know.
    """
    for number, request in enumerate(requests):
        (kind, inside), *_ = request.items()
        if _sheet_id(kind, inside) != before.sheet_id:
            continue
        if kind in _SHIFTS:
            truth.shift(_shift(kind, inside, truth, before), by_person=by_person)
        elif kind == "sortRange" and number == 0:
            truth.reorder(*sort_order(before, inside))
        elif kind == "copyPaste" and not by_person and _comes_back(truth, inside, others):
            continue
        elif kind in {"copyPaste", "cutPaste"}:
            _follow_paste(truth, kind, inside, before, by_person=by_person)
        elif kind == "updateCells" and by_person:
            _follow_typing(truth, inside)
        elif kind == "deleteSheet":
            truth.is_gone = True
        elif kind == "sortRange" or kind in _UNFOLLOWED:
            msg = f"The true sheet cannot follow requests[{number}].{kind}."
            raise CannotFollowError(msg)


def _sheet_id(kind: str, inside: Json) -> int | None:
    """Give the tab whose cells a request moves or writes; for a copy, the one it is pasted into."""
    if kind == "deleteSheet":
        return _id_in(inside)
    names = ("destination",) if kind == "copyPaste" else _PLACES
    place = next((inside[name] for name in names if isinstance(inside.get(name), dict)), None)
    return None if place is None else _id_in(place)


def _id_in(place: Json) -> int:
    return int(place.get("sheetId") or 0)


def _shift(kind: str, inside: Json, truth: TrueSheet, before: Sheet) -> Shift:
    place = inside.get("range") or inside["source"]
    start = int(place.get("startIndex") or 0)
    size = before.row_count if place["dimension"] == "ROWS" else len(truth.columns)
    end = size if place.get("endIndex") is None else int(place["endIndex"])
    return Shift(
        kind={"insertDimension": "insert", "deleteDimension": "delete", "moveDimension": "move"}[kind],  # type: ignore[arg-type]
        dimension=place["dimension"],
        start=start,
        count=end - start,
        target=int(inside.get("destinationIndex") or 0),
    )


def _follow_paste(truth: TrueSheet, kind: str, inside: Json, before: Sheet, *, by_person: bool) -> None:
    source, target = inside.get("source") or {}, inside.get("destination") or {}
    edges = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    size = (0, before.row_count, 0, len(truth.columns))
    given = (source.get(edge) for edge in edges)
    area = Area(*(most if edge is None else int(edge) for edge, most in zip(given, size, strict=True)))
    left = int(target.get("startColumnIndex") or target.get("columnIndex") or 0)
    top = int(target.get("startRowIndex") or target.get("rowIndex") or 0)
    in_place = left == area.left and int(target.get("endRowIndex") or 0) <= top + area.height
    if not in_place or {_id_in(source), _id_in(target)} != {before.sheet_id}:
        msg = f"The true sheet cannot follow a {kind} from or to another tab, other columns or more rows."
        raise CannotFollowError(msg)
    if kind == "copyPaste":
        truth.copy(area, top, left, by_person=by_person)
    else:
        truth.cut(area, top, left, by_person=by_person)


def _comes_back(truth: TrueSheet, inside: Json, others: Sequence[Sheet]) -> bool:
    """Follow the copy of one row of another tab; say whether it is one."""
    source, target = inside["source"], inside["destination"]
    sheet = next((one for one in others if one.sheet_id == _id_in(source)), None)
    if sheet is None:
        return False
    row, columns = source["startRowIndex"], range(source["startColumnIndex"], source["endColumnIndex"])
    cells = [sheet.cell(row, column) for column in columns]
    truth.bring_back(target["startRowIndex"], target["startColumnIndex"], cells)
    return True


def _follow_typing(truth: TrueSheet, inside: Json) -> None:
    start = inside.get("start") or {}
    top, left = int(start.get("rowIndex") or 0), int(start.get("columnIndex") or 0)
    for place, row in enumerate(inside["rows"], start=top):
        for position, cell in enumerate(row["values"], start=left):
            entered = cell.get("userEnteredValue") or {}
            truth.type_in(place, position, next(iter(entered.values()), ""))
