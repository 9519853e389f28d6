"""Protected ranges: whom they let through, and whom they show their editors.

Source: discovery document sheets.v4, ProtectedRange (who sees the editors; warningOnly; unprotectedRanges);
Apps Script reference, class Protection (neither the owner nor who protects can be taken off the editors).
"""

from backend.localsheets.grid import Area
from backend.localsheets.permissions import domain_of, may, owner_of
from backend.localsheets.problems import Json, RefusedError, invalid
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Workbook

EDGES = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


def refused_edit() -> RefusedError:
    """Give the 400 for touching what is protected (theoephraim/node-google-spreadsheet#20)."""
    return invalid(
        message="You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
        "remove protection if you need to edit."
    )


def is_whole_sheet(protected: Json) -> bool:
    """Tell whether a protection is of the tab itself: its range has no edges."""
    return all(protected["range"].get(edge) is None for edge in EDGES)


def lets_edit(book: Workbook, protected: Json) -> bool:
    """Tell whether who is calling may edit what is protected."""
    caller, owner = book.outside.caller, owner_of(book.permissions)
    if caller.casefold() == owner.casefold():
        return True
    if not may(book.permissions, caller, "writer"):
        return False
    editors = protected.get("editors") or {}
    named = {user.casefold() for user in editors.get("users", ())}
    of_domain = editors.get("domainUsersCanEdit") and domain_of(caller) == domain_of(owner)
    return bool(protected.get("warningOnly") or caller.casefold() in named or of_domain)


def seen_protection(book: Workbook, protected: Json) -> Json:
    """Give a protected range as the caller sees it: its editors are shown to those who are of them."""
    may_edit = lets_edit(book, protected)
    hidden = () if may_edit else ("editors",)
    seen = {name: value for name, value in protected.items() if name not in hidden}
    return {**seen, "requestingUserCanEdit": may_edit}


def editors_of(book: Workbook, given: Json | None) -> Json:
    """Give the editors of a range that is being protected: those named, who protects it, and the owner.

    Without a word about editors, all who may edit the spreadsheet: documented for a protection that stops
    being a mere warning (ProtectedRange.warningOnly), assumed for a new one.
    """
    writers = [each for each in book.permissions if each["role"] in {"writer", "owner"}]
    if given is None:
        given = {
            "users": [each["emailAddress"] for each in writers if each["type"] == "user"],
            "groups": [each["emailAddress"] for each in writers if each["type"] == "group"],
            "domainUsersCanEdit": any(each["type"] == "domain" for each in writers),
        }
    first = dict.fromkeys((book.outside.caller, owner_of(book.permissions), *(given.get("users") or ())))
    return {**{name: value for name, value in given.items() if value}, "users": list(first)}


def locks_on(book: Workbook, sheet: Sheet) -> list[Json]:
    """Give the protected ranges of a tab that do not let the caller through."""
    return [each for each in sheet.protected_ranges if not lets_edit(book, each)]


def locked_parts(sheet: Sheet, protected: Json) -> list[Area]:
    """Give what a protected range covers, without its unprotected ranges."""
    parts = [sheet.area(protected["range"])]
    for grid_range in protected.get("unprotectedRanges") or ():
        hole = sheet.area(grid_range)
        parts = [rest for part in parts for rest in _without(part, hole)]
    return parts


def _without(area: Area, hole: Area) -> list[Area]:
    if not area.overlaps(hole):
        return [area]
    common = area.common(hole)
    around = (
        Area(area.top, common.top, area.left, area.right),
        Area(common.bottom, area.bottom, area.left, area.right),
        Area(common.top, common.bottom, area.left, common.left),
        Area(common.top, common.bottom, common.right, area.right),
    )
    return [each for each in around if each.height > 0 and each.width > 0]


def check_cells(book: Workbook, sheet: Sheet, area: Area) -> None:
    """Refuse to touch cells that a protection does not let the caller edit.

    Raises:
        RefusedError: 400, at least one of the cells is protected from the caller.
    """
    for each in locks_on(book, sheet):
        if any(part.overlaps(area) for part in locked_parts(sheet, each)):
            raise refused_edit()


def check_written(book: Workbook, answer: Json) -> None:
    """Refuse a values write whose answer says that it reached protected cells.

    Raises:
        RefusedError: 400; of a batch, `Invalid data[i]: ...`, as Google words it.
    """
    for place, response in enumerate(answer.get("responses") or ()):
        try:
            check_written(book, response)
        except RefusedError as error:
            raise invalid(message=f"Invalid data[{place}]: {error.message}") from error
    update = answer.get("updates") or answer
    ranges = [update.get("updatedRange"), answer.get("clearedRange"), *answer.get("clearedRanges", ())]
    for name in filter(None, ranges):
        target = book.find(name)
        check_cells(book, target.sheet, target.area)


def own_protection(book: Workbook, protected: Json) -> Json:
    """Give a protected range as a copy of the file has it: who copied it alone edits it (gspread#1072)."""
    return {**protected, "editors": editors_of(book, {})}
